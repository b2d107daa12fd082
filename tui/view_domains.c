/* A unit's 26 domains in a grid: how much of each is done, what is overdue, what waits to be confirmed.
 *
 * Cells go down the columns, so that Up and Down walk through all of them in order of their numbers; a
 * cell has two lines where all of them fit on the screen, else one.
 */
#include "base/utf8.h"
#include "tui/change.h"
#include "tui/rates.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

/* How the cells lie in the last drawing. */
struct grid {
  struct rect at; /* of the cells */
  int columns, rows;  /* rows: cells in a column */
  int width, height;  /* of a cell */
  int shown;          /* cells of a column that are seen */
};

struct domains {
  struct view view; /* first */
  struct ui *ui;
  struct tally *tally; /* by domain */
  int *asked;          /* items that ask something of the unit, by domain */
  bool placed;         /* the cursor was put where care is needed */
  int jump;            /* digit typed before */
  struct grid grid;
};

static int count(void *owner) {
  return (int)((struct domains *)owner)->ui->catalogue->n_domains;
}

static bool needs_care(void *owner, int i) {
  const struct tally *t = &((struct domains *)owner)->tally[i];
  return t->state[STATE_OVERDUE] > 0 || t->state[STATE_UNCHECKED] > 0;
}

static bool asked(void *owner, int i) {
  return ((struct domains *)owner)->asked[i] > 0;
}

static const struct list_ops list_ops = { .count = count, .stop = needs_care, .markable = asked };

/* ---- drawing */

enum { TALL_WIDTH = 26, FLAT_WIDTH = 30, COL_NO = 2, COL_NAME = 5, NAME_WIDTH = 13 };

static struct grid lay_out(struct rect at, int n) {
  struct grid g = { .at = at, .columns = at.cols / TALL_WIDTH, .height = 3 };
  g.rows = (n + g.columns - 1) / g.columns;
  if (g.rows * g.height > at.rows) g.height = 2; /* without an empty line between */
  if (g.rows * g.height > at.rows) {
    g.columns = at.cols / FLAT_WIDTH;
    g.rows = (n + g.columns - 1) / g.columns;
    g.height = 1;
  }
  g.width = at.cols / g.columns;
  g.shown = at.rows / g.height < g.rows ? at.rows / g.height : g.rows;
  return g;
}

/* "6/73", and what is all done says so: a colour alone would not do. */
static void add_done(struct text *out, struct rate fill) {
  text_addf(out, "%u/%u", fill.num, fill.den);
  if (fill.den > 0 && fill.num == fill.den) text_add(out, _(" 完"));
}

/* Part of a cell's counts, whole or not at all: half a number would be another number. */
static int put_part(struct screen *s, int row, int col, int end, enum attr attr, struct text *part) {
  int width = utf8_width(text_str(part));
  bool room = col + width <= end;
  if (room) screen_put(s, row, col, width, attr, text_str(part));
  text_clear(part);
  return room ? col + width + 1 : end;
}

static void draw_counts(const struct domains *v, struct screen *s, struct rect at, int i, enum attr attr) {
  const struct tally *t = &v->tally[i];
  struct rate fill = tally_fill(t);
  struct text text = { 0 };
  bool plain = attr != ATTR_SELECTED, all = fill.den > 0 && fill.num == fill.den;
  int end = at.col + at.cols, col = at.col;
  if (v->asked[i] == 0) text_add(&text, _("不涉及"));
  else if (fill.den == 0) text_add(&text, _("本期不到期"));
  else add_done(&text, fill);
  col = put_part(s, at.row, col, end, plain && all ? ATTR_GOOD : attr, &text);
  if (t->state[STATE_OVERDUE] > 0) {
    text_addf(&text, "!%u", t->state[STATE_OVERDUE]);
    col = put_part(s, at.row, col, end, plain ? ATTR_WARN : attr, &text);
  }
  if (t->state[STATE_UNCHECKED] > 0) {
    text_addf(&text, "?%u", t->state[STATE_UNCHECKED]);
    put_part(s, at.row, col, end, attr, &text);
  }
  text_free(&text);
}

static void draw_cell(const struct domains *v, struct screen *s, struct rect at, int i) {
  const struct domain *d = &v->ui->catalogue->domains[i];
  bool selected = i == v->view.list.selected, tall = v->grid.height > 1;
  enum attr attr = selected ? ATTR_SELECTED : v->asked[i] > 0 ? ATTR_PLAIN : ATTR_DIM;
  int width = tall ? at.cols - COL_NAME - 1 : NAME_WIDTH;
  for (int row = at.row; row < at.row + (tall ? 2 : 1); row++) screen_fill(s, row, at.col, at.cols - 1, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  screen_put(s, at.row, at.col + COL_NO, 2, attr, d->no);
  screen_fit(s, at.row, at.col + COL_NAME, width, attr, d->name, false);
  int col = tall ? COL_NAME : COL_NAME + NAME_WIDTH;
  struct rect counts = { at.row + tall, at.col + col, 1, at.cols - col - tall };
  draw_counts(v, s, counts, i, attr);
  if (list_is_marked(&v->view.list, i)) list_draw_mark(s, at, selected);
  if (selected) screen_cursor(s, at.row, at.col);
}

/* The row of the grid that is seen first; list.top holds it between drawings. */
static int scroll(const struct domains *v) {
  const struct grid *g = &v->grid;
  int row = v->view.list.selected % g->rows, top = v->view.list.top;
  if (top > g->rows - g->shown) top = g->rows - g->shown;
  if (row < top) top = row;
  if (row >= top + g->shown) top = row - g->shown + 1;
  return top < 0 ? 0 : top;
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct domains *v = (struct domains *)view;
  struct screen *s = &ui->screen;
  int n = count(v);
  screen_fill(s, at.row, 0, at.cols, ATTR_HEAD);
  screen_put(s, at.row, COL_NO, at.cols - COL_NO, ATTR_HEAD, _("领域　已办/应办　!逾期　?待确认"));
  v->grid = lay_out((struct rect){ at.row + 1, at.col, at.rows - 1, at.cols }, n);
  const struct grid *g = &v->grid;
  view->list.top = scroll(v);
  view->list.page = g->shown + 1;
  view->list.total = n;
  for (int i = 0; i < n; i++) {
    int row = i % g->rows - view->list.top;
    if (row < 0 || row >= g->shown) continue;
    int top = g->at.row + row * g->height, left = g->at.col + i / g->rows * g->width;
    draw_cell(v, s, (struct rect){ top, left, g->height, g->width }, i);
  }
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct domains *v = (struct domains *)view;
  struct tally all = { 0 };
  for (size_t i = 0; i < ui->catalogue->n_domains; i++) tally_add(&all, &v->tally[i]);
  text_add(out, _("填报率 "));
  rate_add(out, tally_fill(&all));
  text_add(out, _("　公开率 "));
  rate_add(out, tally_disclosure(&all));
  if (all.state[STATE_OVERDUE] > 0) text_addf(out, _("　逾期 %u 项"), all.state[STATE_OVERDUE]);
}

/* ---- data */

/* The first domain with something overdue; else the first that asks anything. */
static int first_place(const struct domains *v) {
  int n = count((void *)(uintptr_t)v), asked = -1;
  for (int i = 0; i < n; i++) {
    if (v->tally[i].state[STATE_OVERDUE] > 0) return i;
    if (asked < 0 && v->asked[i] > 0) asked = i;
  }
  return asked < 0 ? 0 : asked;
}

static void refresh(struct view *view, struct ui *ui) {
  struct domains *v = (struct domains *)view;
  struct error e = { 0 };
  list_unmark(&view->list);
  memset(v->tally, 0, ui->catalogue->n_domains * sizeof *v->tally);
  if (rates_domains(ui, view->unit, v->tally, &e) != ST_OK) {
    ui_fail(ui, &e);
    memset(v->tally, 0, ui->catalogue->n_domains * sizeof *v->tally); /* no number rather than a wrong one */
    return;
  }
  if (v->placed) return;
  list_select(&view->list, &list_ops, v, first_place(v));
  v->placed = true;
}

/* ---- requests */

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct error e = { 0 };
  int n = 0;
  if (change_none_domain(ui, view->unit, view->list.selected, reason, &n, &e) != ST_OK) ui_fail(ui, &e);
  else if (n == 0) ui_say(ui, _("这里是要长期公开的，不能一并记为本期无：请回车打开，逐项处理"));
  else ui_say(ui, _("已确认 %d 项本期没有（Ctrl-Z 一次全部撤销）"), n);
  return UI_HANDLED;
}

/* The open ones of the marked domains, or of the one that one stands on. */
static enum status chosen(struct domains *v, struct ui *ui, struct targets *list, struct error *e) {
  const struct list *l = &v->view.list;
  bool many = list_marks(l) > 0;
  enum status st = ST_OK;
  for (int i = 0; i < count(v) && st == ST_OK; i++)
    if (many ? list_is_marked(l, i) : i == l->selected)
      st = targets_confirm(ui, v->view.unit, i, ui->period, list, e);
  return st;
}

/* The marked domains' open ones, as one step. */
static unsigned marks_none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct error e = { 0 };
  struct targets list = { 0 };
  unsigned done = UI_HANDLED | UI_ERROR;
  if (chosen((struct domains *)view, ui, &list, &e) == ST_OK) done = change_none_many(ui, list.t, list.n, reason);
  else ui_fail(ui, &e);
  targets_free(&list);
  return done;
}

/* Asked with the number of what will be said to be none. */
static unsigned ask_none(struct domains *v, struct ui *ui) {
  const struct list *l = &v->view.list;
  struct targets list = { 0 };
  struct error e = { 0 };
  struct text label = { 0 };
  bool many = list_marks(l) > 0;
  if (chosen(v, ui, &list, &e) != ST_OK) {
    ui_fail(ui, &e);
  } else if (list.n == 0) {
    bool standing = !many && v->tally[l->selected].state[STATE_UNCHECKED] > 0;
    if (standing) ui_say(ui, _("待确认的是长期公开的，不能一并记为本期无：请回车打开，逐项处理"));
    else ui_say(ui, "%s", many ? _("选中的领域没有待确认的逐次事项") : _("这个领域没有待确认的事项"));
  } else {
    if (many) text_addf(&label, _("%d 个领域 %zu 项"), list_marks(l), list.n);
    else text_addf(&label, _("%s %zu 项"), ui->catalogue->domains[l->selected].name, list.n);
    text_add(&label, _("本期无，理由："));
    ui_ask_line(ui, text_str(&label), _("本期无此事项"), many ? marks_none_answered : none_answered);
  }
  text_free(&label);
  targets_free(&list);
  return UI_HANDLED;
}

/* One column to the side; the last one may be shorter. */
static unsigned move_aside(struct domains *v, int by) {
  struct list *l = &v->view.list;
  int n = count(v), to = l->selected + by * v->grid.rows;
  bool last = l->selected / v->grid.rows == v->grid.columns - 1;
  if (to >= n && !last) to = n - 1;
  if (to >= 0 && to < n) l->selected = to;
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct domains *v = (struct domains *)view;
  v->jump = 0;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_CELL_LEFT) return move_aside(v, -1);
  if (r == REQ_CELL_RIGHT) return move_aside(v, 1);
  if (r == REQ_NONE) return ask_none(v, ui);
  if (r != REQ_OPEN) return UI_IGNORED;
  if (v->asked[view->list.selected] == 0) ui_say(ui, _("这个领域没有要本单位公开的事项"));
  else ui_push(ui, view_items_new(ui, view->unit, view->list.selected, -1));
  return UI_HANDLED;
}

/* Two digits: the domain of that number. */
static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct domains *v = (struct domains *)view;
  struct key digit = { .kind = K_CHAR, .cp = '0' };
  for (int d = 0; d <= 9; d++, digit.cp++) {
    if (!key_same(digit, k)) continue;
    int no = v->jump * 10 + d;
    v->jump = d;
    for (size_t i = 0; i < ui->catalogue->n_domains; i++)
      if (atoi(ui->catalogue->domains[i].no) == no) list_select(&view->list, &list_ops, v, (int)i);
    return UI_HANDLED;
  }
  return UI_IGNORED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  (void)ui;
  p->domain = view->list.selected;
}

static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  struct domains *v = (struct domains *)view;
  const struct grid *g = &v->grid;
  (void)ui;
  int column = (col - g->at.col) / g->width, line = row < g->at.row ? -1 : (row - g->at.row) / g->height;
  if (line < 0 || line >= g->shown || column >= g->columns) return UI_IGNORED;
  int to = column * g->rows + view->list.top + line;
  if (to >= count(v)) return UI_IGNORED;
  view->list.selected = to;
  return UI_HANDLED;
}

static void close_view(struct view *view) {
  struct domains *v = (struct domains *)view;
  free(v->tally);
  free(v->asked);
  free(v);
}

/* Two lines on 80 columns: a third would take the room of the cells' second lines. */
static const enum request hints[] = { REQ_OPEN, REQ_SEEK, REQ_NONE, REQ_MARK, REQ_SEARCH, REQ_DUE, REQ_BACK,
                                      REQ_HELP, REQ_UNDO, REQ_PERIOD_BACK, REQ_PERIOD_ON, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_TABLE,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .place = place,
                                     .click = click,
                                     .close = close_view,
                                     .about = N_("26 个领域：已办和应办的项数，! 是逾期的，? 是待确认的。方向键走，打两个"
                                                 "数字直接到那个领域，回车看它的事项；F6 把这个领域里没有的一次说完。") };

struct view *view_domains_new(struct ui *ui, int unit) {
  struct domains *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  size_t n = ui->catalogue->n_domains;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->tally = calloc(n + 1, sizeof *v->tally);
  v->asked = calloc(n + 1, sizeof *v->asked);
  if (v->tally == NULL || v->asked == NULL) {
    close_view(&v->view);
    return NULL;
  }
  for (size_t i = 0; i < n; i++) v->asked[i] = rates_items(ui, unit, (int)i);
  return &v->view;
}
