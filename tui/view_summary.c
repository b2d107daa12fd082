/* The summary on the screen: units below one as rows, domains as columns, in each cell how much is done.
 *
 * Readable without colour: a cell's sign says how many tenths, "!" that something is overdue, and the
 * lines below the table say the cell one stands on in words with its numbers.  Rows stand by division code
 * and never by rate: rankings are forbidden.  Enter goes down: to a township's own table, then to what is
 * missing; Esc comes back to the same cell.
 */
#include "base/utf8.h"
#include "tui/heat.h"
#include "tui/rates.h"
#include "tui/view.h"

#include <stdlib.h>

/* Of the last drawing. */
struct layout {
  int name, cell, shown; /* widths; how many domains are shown */
  int total, overdue;
  bool percent;
};

struct summary_view {
  struct view view; /* first */
  struct ui *ui;
  struct heat heat;
  enum heat_measure measure;
  int column;            /* domain, or heat.domains: the total */
  int left;              /* first column shown */
  int longest;           /* name */
  struct layout layout;
  int jump;              /* digit typed before, + 1; 0: none */
  struct period period;  /* that the numbers are of */
  day on;
};

static int count(void *owner) {
  return ((struct summary_view *)owner)->heat.n;
}

static void add_row_name(const struct summary_view *v, int row, struct text *out) {
  const struct heat_row *r = &v->heat.row[row];
  if (r->sum) text_add(out, _("合计"));
  else text_addf(out, r->own && v->heat.n > 1 ? _("%s（本级）") : "%s", ui_unit(v->ui, r->unit)->name);
}

/* ---- layout: what has room, in order of what matters */

#define NAME_COL 2
#define NAME_MIN 16
#define NAME_MAX 30
#define PERCENT 7  /* "100.0% " */
#define OVERDUE 8
#define MISSING 6  /* a cell of this width has room for the number of what is missing, up to 999 */
#define ONE_LINE 110 /* the words of a cell take two lines below this */

static int digits(uint32_t n) {
  return n < 10 ? 1 : 1 + digits(n / 10);
}

static int fraction_width(const struct summary_view *v) {
  int width = utf8_width(heat_name(v->measure));
  for (int i = 0; i < v->heat.n; i++) {
    const struct tally *t = heat_cell(&v->heat, i, v->heat.domains);
    struct rate r = t != NULL ? heat_rate(t, v->measure) : (struct rate){ 0 };
    int own = digits(r.num) + 1 + digits(r.den);
    if (own > width) width = own;
  }
  return width;
}

static int least(int a, int b) {
  return a < b ? a : b;
}

/* The numbers of a group have too many digits for a cell. */
static bool single_units(const struct summary_view *v) {
  for (int i = 0; i < v->heat.n; i++)
    if (heat_opens(&v->heat, i)) return false;
  return true;
}

static struct layout layout_for(const struct summary_view *v, int cols) {
  struct layout l = { .name = NAME_MIN, .cell = 2, .total = fraction_width(v) + 1 };
  int n = v->heat.domains, room = cols - NAME_COL - l.name - l.total;
  l.shown = least(n, room / l.cell);
  room -= l.shown * l.cell;
  if (l.shown < n) {
    l.name += room;
    return l;
  }
  l.percent = room >= PERCENT;
  room -= l.percent ? PERCENT : 0;
  l.total += l.percent ? PERCENT : 0;
  int wanted = v->longest < NAME_MIN ? NAME_MIN : least(v->longest + 1, NAME_MAX);
  int more = least(room, wanted - l.name);
  l.name += more;
  room -= more;
  l.overdue = room >= OVERDUE + n ? OVERDUE : 0;
  room -= l.overdue;
  l.cell = l.cell + room / n < MISSING || !single_units(v) ? least(l.cell + room / n, 3) : MISSING;
  return l;
}

/* Scroll sideways so that the column one stands on is seen. */
static void scroll(struct summary_view *v, int shown) {
  int last = v->heat.domains - shown;
  if (v->column < v->left) v->left = v->column;
  if (v->column >= v->left + shown) v->left = v->column - shown + 1;
  if (v->left > last) v->left = last;
}

/* ---- drawing */

static void put_cell(const struct summary_view *v, struct screen *s, int row, int col, int width,
                     const struct tally *t, bool selected) {
  enum attr attr;
  struct text missing = { 0 };
  const char *sign = heat_sign(t, v->measure, &attr);
  struct rate r = heat_rate(t, v->measure);
  bool overdue = t->state[STATE_OVERDUE] > 0;
  if (selected) attr = ATTR_SELECTED;
  screen_fill(s, row, col, 2, attr);
  screen_put(s, row, col, 2, attr, sign);
  if (overdue) screen_put(s, row, col + 1, 1, selected ? attr : ATTR_WARN, "!");
  if (width < MISSING || r.num == r.den) return;
  text_addf(&missing, "%u", r.den - r.num);
  if ((int)missing.len < width - 2) screen_put(s, row, col + 2, width - 3, ATTR_DIM, text_str(&missing));
  text_free(&missing);
}

static void put_total(const struct summary_view *v, struct screen *s, int row, int col, const struct tally *t,
                      bool selected) {
  const struct layout *l = &v->layout;
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  struct rate r = heat_rate(t, v->measure);
  struct text text = { 0 };
  if (l->percent || r.den == 0) rate_add(&text, r);
  else text_addf(&text, "%u/%u", r.num, r.den);
  screen_fit(s, row, col + 1, l->total - 1, attr, text_str(&text), true);
  text_clear(&text);
  if (t->state[STATE_OVERDUE] > 0) text_addf(&text, "! %u", t->state[STATE_OVERDUE]);
  screen_fit(s, row, col + l->total, l->overdue, selected ? attr : ATTR_WARN, text_str(&text), true);
  text_free(&text);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct summary_view *v = owner;
  const struct layout *l = &v->layout;
  const struct heat *h = &v->heat;
  struct text name = { 0 };
  add_row_name(v, i, &name);
  screen_fill(s, at.row, 0, at.cols, ATTR_PLAIN);
  screen_put(s, at.row, 0, 1, ATTR_STRONG, selected ? ">" : " ");
  screen_fit(s, at.row, NAME_COL, l->name - 1, selected || h->row[i].sum ? ATTR_STRONG : ATTR_PLAIN,
             text_str(&name), false);
  text_free(&name);
  int col = NAME_COL + l->name, total = col + l->shown * l->cell;
  for (int d = v->left; d < v->left + l->shown; d++, col += l->cell) {
    const struct tally *t = heat_cell(h, i, d);
    if (t != NULL) put_cell(v, s, at.row, col, l->cell, t, selected && d == v->column);
  }
  const struct tally *all = heat_cell(h, i, h->domains);
  if (all != NULL) put_total(v, s, at.row, total, all, selected && v->column == h->domains);
  else screen_fit(s, at.row, total + 1, l->total - 1, ATTR_DIM, "...", true);
}

static const struct list_ops list_ops = { .count = count, .draw = draw_row };

/* Numbers of the domains; in narrow columns upright: tens above ones. */
static int draw_head(struct summary_view *v, struct screen *s, struct rect at) {
  const struct layout *l = &v->layout;
  int rows = l->cell < 3 ? 2 : 1, bottom = at.row + rows - 1, col = NAME_COL + l->name;
  for (int i = 0; i < rows; i++) screen_fill(s, at.row + i, 0, at.cols, ATTR_HEAD);
  screen_fit(s, bottom, NAME_COL, l->name - 2, ATTR_HEAD, _("单位"), false);
  for (int d = v->left; d < v->left + l->shown; d++, col += l->cell) {
    const char *no = v->ui->catalogue->domains[d].no;
    enum attr attr = d == v->column ? ATTR_SELECTED : ATTR_HEAD;
    if (rows == 1) {
      screen_put(s, bottom, col, 2, attr, no);
      continue;
    }
    if (d == v->left || no[1] == '0') screen_put(s, at.row, col, 1, ATTR_HEAD, (char[]){ no[0], '\0' });
    screen_put(s, bottom, col, 1, attr, no + 1);
  }
  /* There is more to the left, to the right. */
  if (v->left > 0) screen_put(s, bottom, NAME_COL + l->name - 2, 1, ATTR_HEAD, "<");
  if (v->left + l->shown < v->heat.domains) screen_put(s, bottom, col, 1, ATTR_HEAD, ">");
  enum attr attr = v->column == v->heat.domains ? ATTR_SELECTED : ATTR_HEAD;
  screen_fit(s, bottom, col + 1, l->total - 1, attr, heat_name(v->measure), true);
  if (l->overdue > 0) screen_fit(s, bottom, col + l->total, l->overdue, ATTR_HEAD, _("逾期"), true);
  return rows;
}

static void add_place(const struct summary_view *v, struct text *out) {
  add_row_name(v, v->view.list.selected, out);
  if (v->column == v->heat.domains) {
    text_add(out, _("　全部领域"));
    return;
  }
  const struct domain *d = &v->ui->catalogue->domains[v->column];
  text_addf(out, "　%s %s", d->no, d->name);
}

/* The cell in words: where, and its numbers. */
static void draw_words(const struct summary_view *v, struct screen *s, int row, int rows) {
  struct text where = { 0 }, what = { 0 };
  const struct tally *t = heat_cell(&v->heat, v->view.list.selected, v->column);
  add_place(v, &where);
  if (t == NULL) text_add(&what, _("正在统计……"));
  else heat_words(&what, t, v->measure);
  if (rows == 1) text_addf(&where, "　%s", text_str(&what));
  screen_fit(s, row, 1, s->cols - 2, ATTR_STRONG, text_str(&where), false);
  if (rows > 1) screen_fit(s, row + 1, 1, s->cols - 2, ATTR_STRONG, text_str(&what), false);
  text_free(&where);
  text_free(&what);
}

static void draw_legend(const struct summary_view *v, struct screen *s, int row) {
  struct text text = { 0 };
  text_add(&text, _("全=全部 0-9=几成 !=有逾期 .=不涉及"));
  if (v->measure == HEAT_DISCLOSURE) text_add(&text, _(" -=还没到期"));
  if (v->layout.cell >= MISSING) text_add(&text, _(" 后面的数=尚缺几项"));
  screen_put(s, row, 1, s->cols - 1, ATTR_DIM, text_str(&text));
  text_free(&text);
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct summary_view *v = (struct summary_view *)view;
  struct screen *s = &ui->screen;
  const struct layout *l = &v->layout;
  int words = at.cols < ONE_LINE ? 2 : 1;
  v->layout = layout_for(v, at.cols);
  scroll(v, l->shown);
  int head = draw_head(v, s, at), rows = at.rows - head - words - 1;
  list_draw(&view->list, &list_ops, v, s, (struct rect){ at.row + head, 0, rows > 0 ? rows : 0, at.cols });
  int foot = at.row + at.rows - words - 1;
  draw_words(v, s, foot, words);
  draw_legend(v, s, foot + words);
  int col = NAME_COL + l->name + (v->column - v->left) * l->cell;
  if (v->column == v->heat.domains) col = NAME_COL + l->name + l->shown * l->cell + 1;
  if (s->cursor_row >= 0) screen_cursor(s, s->cursor_row, col);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct summary_view *v = (struct summary_view *)view;
  struct text key = { 0 };
  (void)ui;
  keymap_label(&key, REQ_SUMMARY);
  text_addf(out, _("汇总：%s　按 %s 换成%s"), heat_name(v->measure), text_str(&key),
            heat_name((v->measure + 1) % HEAT_MEASURES));
  text_free(&key);
}

/* ---- data */

/* Only what has changed since is counted again. */
static void refresh(struct view *view, struct ui *ui) {
  struct summary_view *v = (struct summary_view *)view;
  unsigned since = view->generation;
  if (!period_same(v->period, ui->period) || v->on != ui->app->on) heat_forget(&v->heat);
  else if (since == 0 || ui->generation - since > UI_TOUCHED) heat_stale(&v->heat, -1);
  else for (unsigned g = since + 1; g <= ui->generation; g++)
    heat_stale(&v->heat, ui->touched[g % UI_TOUCHED]);
  v->period = ui->period;
  v->on = ui->app->on;
}

static bool work(struct view *view, struct ui *ui) {
  struct summary_view *v = (struct summary_view *)view;
  struct error e = { 0 };
  const struct list *l = &view->list;
  bool more = heat_work(&v->heat, ui, l->selected, l->top, l->page, &e);
  if (e.status != ST_OK) ui_fail(ui, &e);
  return more;
}

/* ---- requests */

static struct view *make(struct ui *ui, int unit, int focus, int column, enum heat_measure measure);

static void open_cell(struct summary_view *v, struct ui *ui) {
  int row = v->view.list.selected;
  const struct heat_row *r = &v->heat.row[row];
  const struct tally *t = heat_cell(&v->heat, row, v->column);
  bool total = v->column == v->heat.domains;
  if (t != NULL && tally_slots(t) == 0) ui_say(ui, _("这里在这一周期没有要公开的"));
  else if (heat_opens(&v->heat, row))
    ui_push(ui, make(ui, r->unit, r->unit, total ? -1 : v->column, v->measure));
  else ui_push(ui, view_missing_new(ui, r->unit, total ? -1 : v->column, r->own));
}

/* The next cell in reading order with something overdue; where nothing is, with something to confirm. */
static void seek(struct summary_view *v, int by) {
  const struct heat *h = &v->heat;
  int all = h->n * h->domains, here = v->view.list.selected * h->domains + v->column;
  if (v->column == h->domains) here -= by > 0 ? 1 : 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int k = 1; k <= all; k++) {
      int i = ((here + by * k) % all + all) % all;
      const struct tally *t = heat_cell(h, i / h->domains, i % h->domains);
      if (t == NULL || t->state[pass == 0 ? STATE_OVERDUE : STATE_UNCHECKED] == 0) continue;
      list_select(&v->view.list, &list_ops, v, i / h->domains);
      v->column = i % h->domains;
      return;
    }
  }
  ui_say(v->ui, _("没有逾期的，也没有待确认的"));
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct summary_view *v = (struct summary_view *)view;
  v->jump = 0;
  switch (r) {
  case REQ_CELL_LEFT: v->column -= v->column > 0; return UI_HANDLED;
  case REQ_CELL_RIGHT: v->column += v->column < v->heat.domains; return UI_HANDLED;
  case REQ_SEEK: seek(v, 1); return UI_HANDLED;
  case REQ_SEEK_BACK: seek(v, -1); return UI_HANDLED;
  case REQ_OPEN: open_cell(v, ui); return UI_HANDLED;
  case REQ_SUMMARY: v->measure = (v->measure + 1) % HEAT_MEASURES; return UI_HANDLED;
  default: return list_request(&view->list, &list_ops, v, r) ? UI_HANDLED : UI_IGNORED;
  }
}

/* Two digits: the domain of that number. */
static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct summary_view *v = (struct summary_view *)view;
  uint32_t cp = k.kind == K_CHAR ? utf8_fold(k.cp) : 0;
  if (cp < '0' || cp > '9') return UI_IGNORED;
  char no[3] = { (char)(v->jump > 0 ? v->jump - 1 + '0' : '0'), (char)cp, '\0' };
  int domain = catalogue_find_domain(ui->catalogue, no);
  if (domain >= 0) v->column = domain;
  v->jump = v->jump > 0 ? 0 : (int)(cp - '0') + 1;
  return UI_HANDLED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  struct summary_view *v = (struct summary_view *)view;
  (void)ui;
  if (view->list.selected >= 0) p->unit = v->heat.row[view->list.selected].unit;
  if (v->column < v->heat.domains) p->domain = v->column;
}

/* On a cell, a name (its row) or a head (its column; nothing that a double click would open). */
static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  struct summary_view *v = (struct summary_view *)view;
  const struct layout *l = &v->layout;
  int i = list_at(&view->list, row), x = col - NAME_COL - l->name;
  (void)ui;
  if (i < 0 && row > view->at.row + 1) return UI_IGNORED;
  if (i >= 0) list_select(&view->list, &list_ops, v, i);
  if (x >= l->shown * l->cell) v->column = v->heat.domains;
  else if (x >= 0) v->column = v->left + x / l->cell;
  return i >= 0 ? UI_HANDLED : UI_IGNORED;
}

static void close_view(struct view *view) {
  struct summary_view *v = (struct summary_view *)view;
  heat_free(&v->heat);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_SEEK, REQ_BACK, REQ_PRINT, REQ_PERIOD_BACK, REQ_PERIOD_ON,
                                      REQ_DUE, REQ_SEARCH, REQ_HELP, REQ_UNDO, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_TABLE,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .work = work,
                                     .place = place,
                                     .click = click,
                                     .close = close_view,
                                     .about = N_("一行一个单位，一列一个领域，领域编号竖着读；方向键一格一格走，打两个数字"
                                                 "跳到那个领域，下面写着站的这一格的数。回车往下看：乡镇到各村，各村到还缺"
                                                 "的事项，再到表单。F4 在填报率和公开率之间换。") };

static struct view *make(struct ui *ui, int unit, int focus, int column, enum heat_measure measure) {
  struct summary_view *v = calloc(1, sizeof *v);
  struct error e = { 0 };
  if (v == NULL || heat_init(&v->heat, ui, unit, &e) != ST_OK) {
    free(v);
    return NULL;
  }
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->measure = measure;
  v->column = column >= 0 ? column : v->heat.domains;
  for (int i = 0; i < v->heat.n; i++) {
    struct text name = { 0 };
    add_row_name(v, i, &name);
    if (utf8_width(text_str(&name)) > v->longest) v->longest = utf8_width(text_str(&name));
    text_free(&name);
  }
  list_select(&v->view.list, &list_ops, v, focus >= 0 ? heat_find(&v->heat, focus) : 0);
  return &v->view;
}

/* The table of the view one comes from, standing on the row that holds unit and on the domain that one stands
 * on; from a village or a department: the table it is a row of. */
struct view *view_summary_new(struct ui *ui, int unit) {
  struct place p;
  int top = ui->top != NULL ? ui->top->unit : unit;
  ui_place(ui, &p);
  while (top >= 0 && ui_last_below(ui, top) == top && ui_unit(ui, top)->parent >= 0) top = ui_unit(ui, top)->parent;
  int column = p.domain >= 0 || p.item < 0 ? p.domain : ui_item(ui, p.item)->domain;
  return make(ui, top, unit, column, HEAT_FILL);
}
