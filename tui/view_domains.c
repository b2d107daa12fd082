/* A unit's 26 domains: how much of each is done, what is overdue, what waits. */
#include "tui/change.h"
#include "tui/rates.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

struct domains {
  struct view view; /* first */
  struct ui *ui;
  struct tally *tally; /* by domain */
  int *asked;          /* items that ask something of the unit, by domain */
  bool placed;         /* the cursor was put where care is needed */
  int jump;            /* digit typed before */
};

static int count(void *owner) {
  return (int)((struct domains *)owner)->ui->catalogue->n_domains;
}

static bool overdue(void *owner, int i) {
  const struct tally *t = &((struct domains *)owner)->tally[i];
  return t->state[STATE_OVERDUE] > 0 || t->state[STATE_UNCHECKED] > 0;
}

/* ---- drawing */

#define COL_NO 2
#define COL_NAME 5
enum { WIDTH_DONE = 9, WIDTH_COUNT = 9 };

static void put_count(struct screen *s, int row, int col, enum attr attr, const char *mark, uint32_t n) {
  struct text text = { 0 };
  if (n > 0) text_addf(&text, "%s%u", mark, n);
  screen_fit(s, row, col, WIDTH_COUNT, attr, text_str(&text), true);
  text_free(&text);
}

static void draw_counts(const struct tally *t, int asked, struct screen *s, int row, int col, bool selected) {
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  struct rate fill = tally_fill(t);
  struct text done = { 0 };
  if (asked == 0) text_add(&done, _("不涉及"));
  else if (fill.den == 0) text_add(&done, "—");
  else text_addf(&done, "%u/%u", fill.num, fill.den);
  bool all = asked > 0 && fill.den > 0 && fill.num == fill.den;
  screen_fit(s, row, col, WIDTH_DONE, !selected && all ? ATTR_GOOD : attr, text_str(&done), true);
  col += WIDTH_DONE;
  put_count(s, row, col, selected ? attr : ATTR_WARN, "! ", t->state[STATE_OVERDUE]);
  put_count(s, row, col + WIDTH_COUNT, attr, "", t->state[STATE_PENDING]);
  put_count(s, row, col + 2 * WIDTH_COUNT, attr, "", t->state[STATE_UNCHECKED]);
  text_free(&done);
}

static int name_width(int cols) {
  return cols - COL_NAME - WIDTH_DONE - 3 * WIDTH_COUNT - 2;
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct domains *v = owner;
  const struct domain *d = &v->ui->catalogue->domains[i];
  enum attr attr = selected ? ATTR_SELECTED : v->asked[i] > 0 ? ATTR_PLAIN : ATTR_DIM;
  int width = name_width(at.cols);
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  screen_fit(s, at.row, COL_NO, 2, attr, d->no, false);
  screen_fit(s, at.row, COL_NAME, width, attr, d->name, false);
  draw_counts(&v->tally[i], v->asked[i], s, at.row, COL_NAME + width, selected);
}

static const struct list_ops list_ops = { .count = count, .marked = overdue, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct screen *s = &ui->screen;
  static const char *const names[] = { N_("逾期"), N_("待公开"), N_("待确认") };
  int width = name_width(at.cols), col = COL_NAME + width;
  screen_fill(s, at.row, 0, at.cols, ATTR_HEAD);
  screen_fit(s, at.row, COL_NO, width + COL_NAME - COL_NO, ATTR_HEAD, _("领域"), false);
  screen_fit(s, at.row, col, WIDTH_DONE, ATTR_HEAD, _("已办/应办"), true);
  for (int i = 0; i < 3; i++)
    screen_fit(s, at.row, col + WIDTH_DONE + i * WIDTH_COUNT, WIDTH_COUNT, ATTR_HEAD, _(names[i]), true);
  list_draw(&view->list, &list_ops, view, s, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
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

static unsigned ask_none(struct domains *v, struct ui *ui) {
  int i = v->view.list.selected;
  struct text label = { 0 };
  if (v->tally[i].state[STATE_UNCHECKED] == 0) {
    ui_say(ui, _("这个领域没有待确认的事项"));
    return UI_HANDLED;
  }
  text_addf(&label, _("本领域待确认的都记为本期无，理由："));
  ui_ask_line(ui, text_str(&label), _("本期无此事项"), none_answered);
  text_free(&label);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct domains *v = (struct domains *)view;
  v->jump = 0;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_NONE) return ask_none(v, ui);
  if (r == REQ_OUT && view->below == NULL) return UI_HANDLED;
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

static void close_view(struct view *view) {
  struct domains *v = (struct domains *)view;
  free(v->tally);
  free(v->asked);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_NONE, REQ_SEEK, REQ_BACK, REQ_DUE, REQ_HELP, REQ_QUIT,
                                      REQ_PERIOD_BACK, REQ_PERIOD_ON, REQ_UNDO, REQ_REDO, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .close = close_view };

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
