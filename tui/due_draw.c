/* How the day's work looks: counts on top, headings with their own counts, rows in the columns of items.
 * Every state is said in words or signs; colour only repeats it. */
#include "base/utf8.h"
#include "checklists/deadline.h"
#include "tui/draw_item.h"
#include "tui/due.h"

#include <string.h>

#define WIDE_COLS 100   /* from here on: full words in the counts on top */
#define TITLE_COLS 76   /* from here on: the line of counts says what it is */
#define FOLD_COLS 4     /* "[-] " */
#define MAX_COLS 110    /* farther to the right no counts of headings stand */
#define MANY_DAYS 999

static const struct { const char *brief, *name, *full; } kinds[DUE_KINDS] = {
  [DUE_OVERDUE] = { N_("逾"), N_("逾期"), N_("逾期") },
  [DUE_SOON] = { N_("快"), N_("快到期"), N_("十个工作日内到期") },
  [DUE_TAKE_DOWN] = { N_("撤"), N_("该撤下"), N_("该撤下") },
  [DUE_NONE] = { N_("无"), N_("本期无"), N_("待填「本期无」") },
  [DUE_CHECK] = { N_("确"), N_("待确认"), N_("待确认") },
};

/* ---- counts in a line */

static void add_count(struct text *out, int kind, uint32_t n, bool full, bool dense) {
  const char *name = _(full ? kinds[kind].full : kinds[kind].name);
  if (n > 0) text_addf(out, dense ? " %s%u" : "  %s %u", name, n);
}

/* "  逾期 3  快到期 2", closer where that does not fit, and only whole ones: half a number would be a wrong one. */
static void add_counts(struct text *out, const uint32_t sum[DUE_KINDS], int cols, bool full) {
  struct text all = { 0 };
  for (int k = 0; k < DUE_KINDS; k++) add_count(&all, k, sum[k], full, false);
  bool dense = utf8_width(text_str(&all)) > cols, fits = true;
  text_free(&all);
  for (int k = 0; k < DUE_KINDS && fits; k++) {
    struct text one = { 0 };
    add_count(&one, k, sum[k], full, dense);
    cols -= utf8_width(text_str(&one));
    fits = cols >= 0;
    text_add(out, fits ? text_str(&one) : "…");
    text_free(&one);
  }
}

/* Columns left of "选中 3　12/345", which stands at the right. */
static int heading_cols(const struct view *view, const struct ui *ui) {
  struct text place = { 0 };
  if (list_marks(&view->list) > 0) text_addf(&place, _("选中 %d　"), list_marks(&view->list));
  text_addf(&place, "%d/%d", view->list.selected + 1, view->list.total);
  int width = utf8_width(text_str(&place));
  text_free(&place);
  return ui->screen.cols - 2 - width - 1;
}

void due_heading(struct view *view, struct ui *ui, struct text *out) {
  const struct due *v = (const struct due *)view;
  int cols = heading_cols(view, ui);
  struct text begin = { 0 }, counts = { 0 };
  if (!v->complete) text_addf(&begin, _("正在数 %d/%d 个单位"), v->next - v->first, v->n_units);
  else if (v->n_lines == 0) text_add(&begin, _("没有待办"));
  else if (ui->screen.cols >= TITLE_COLS) text_add(&begin, _("待办"));
  add_counts(&counts, v->total, cols - utf8_width(text_str(&begin)), ui->screen.cols >= WIDE_COLS);
  const char *first = text_str(&counts);
  if (begin.len == 0) first += strspn(first, " ");
  text_addf(out, "%s%s", text_str(&begin), first);
  text_free(&begin);
  text_free(&counts);
}

/* ---- headings of groups */

static void add_unit_name(const struct due *v, const struct due_line *h, struct text *out) {
  const struct unit *u = ui_unit(v->ui, h->unit);
  bool village = u->level == LEVEL_VILLAGE, inside = h->depth > 0;
  if (village && !inside && u->township >= 0 && u->township != v->first)
    text_addf(out, "%s ", ui_unit(v->ui, u->township)->name);
  bool own = !h->town && ui_last_below(v->ui, h->unit) > h->unit;
  if (own && inside) text_add(out, _("本级"));
  else text_add(out, u->name);
  if (own && !inside) text_add(out, _("（本级）"));
}

static void add_name(const struct due *v, const struct due_line *h, struct text *out) {
  const struct domain *d = h->domain >= 0 ? &v->ui->catalogue->domains[h->domain] : NULL;
  if (h->unit >= 0) add_unit_name(v, h, out);
  else text_addf(out, "%s %s", d->no, d->name);
}

/* Of the widest heading, measured once for the lines there are. */
static int name_cols(struct due *v) {
  bool known = v->name_cols > 0;
  for (int i = 0; !known && i < v->n_lines; i++) {
    struct text name = { 0 };
    if (v->line[i].n > 0) continue;
    add_name(v, &v->line[i], &name);
    int cols = 2 * v->line[i].depth + FOLD_COLS + utf8_width(text_str(&name));
    if (cols > v->name_cols) v->name_cols = cols;
    text_free(&name);
  }
  return v->name_cols;
}

/* Columns of counts, as wide as the largest number asks; a kind that no group has takes no room. */
struct columns { int width[DUE_KINDS], digits[DUE_KINDS], all; bool brief, dense; };

static const char *kind_name(int kind, bool brief) {
  return _(brief ? kinds[kind].brief : kinds[kind].name);
}

/* Of the first so many kinds. */
static struct columns columns_with(const struct due *v, int n_kinds, bool brief, bool dense, int gap) {
  struct columns c = { .brief = brief, .dense = dense };
  for (int k = 0; k < n_kinds; k++) {
    for (uint32_t n = v->most[k]; n > 0; n /= 10) c.digits[k]++;
    if (c.digits[k] > 0) c.width[k] = utf8_width(kind_name(k, brief)) + !dense + c.digits[k] + gap;
    c.all += c.width[k];
  }
  if (c.all > 0) c.all -= gap; /* the last needs no distance */
  return c;
}

/* The widest that leave every name whole: closer together, in one character each, then without the least urgent
 * kinds, which the line on top counts.  What is overdue always stands there, and a name is cut rather. */
static struct columns columns_of(struct due *v, int cols) {
  static const struct { int less; bool brief, dense; int gap; } ways[] = {
    { 0, false, false, 2 }, { 0, false, false, 1 }, { 0, false, true, 1 }, { 0, true, true, 1 },
    { 1, true, true, 1 },   { 2, true, true, 1 },   { 3, true, true, 1 },
  };
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
    struct columns c = columns_with(v, DUE_KINDS - ways[i].less, ways[i].brief, ways[i].dense, ways[i].gap);
    if (2 + name_cols(v) + 1 + c.all <= cols) return c;
  }
  return columns_with(v, 1, true, true, 1);
}

static void draw_counts(struct screen *s, int row, int col, struct columns c, bool selected,
                        const uint32_t sum[DUE_KINDS]) {
  for (int k = 0; k < DUE_KINDS; col += c.width[k++]) {
    struct text text = { 0 };
    enum attr attr = selected ? ATTR_SELECTED : k == DUE_OVERDUE ? ATTR_WARN : ATTR_PLAIN;
    const char *gap = c.dense ? "" : " ";
    if (sum[k] > 0) text_addf(&text, "%s%s%*u", kind_name(k, c.brief), gap, c.digits[k], sum[k]);
    screen_fit(s, row, col, c.width[k], attr, text_str(&text), false);
    text_free(&text);
  }
}

static void draw_heading(struct due *v, struct screen *s, struct rect at, const struct due_line *h,
                         bool selected) {
  uint32_t sum[DUE_KINDS];
  struct text text = { 0 };
  int cols = at.cols < MAX_COLS ? at.cols : MAX_COLS, col = at.col + 2 + 2 * h->depth, end = at.col + cols;
  struct columns c = columns_of(v, cols);
  enum attr attr = selected ? ATTR_SELECTED : ATTR_STRONG;
  (void)due_sum(v, h, sum);
  text_add(&text, due_is_open(v, h) ? "[-] " : "[+] ");
  add_name(v, h, &text);
  screen_fill(s, at.row, at.col, at.cols, selected ? ATTR_SELECTED : ATTR_PLAIN);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  screen_fit(s, at.row, col, end - col - (c.all > 0 ? c.all + 1 : 0), attr, text_str(&text), false);
  if (c.all > 0) draw_counts(s, at.row, end - c.all, c, selected, sum);
  text_free(&text);
}

/* ---- rows */

static void add_days(struct text *out, const struct due *v, const struct due_entry *e) {
  int days = (int)(e->due - v->ui->app->on);
  if (e->kind == DUE_TAKE_DOWN) text_add(out, _("! 该撤下了"));
  else if (days < -MANY_DAYS) text_add(out, _("! 逾期很久"));
  else if (days < 0) text_addf(out, _("! 逾期%d天"), -days);
  else if (days == 0) text_add(out, _("! 今天到期"));
  else text_addf(out, _("  还有%d天"), days);
}

static enum attr attr_of(const struct due *v, const struct due_entry *e) {
  bool late = e->kind == DUE_OVERDUE || (e->kind == DUE_SOON && e->due == v->ui->app->on);
  return late || e->kind == DUE_TAKE_DOWN ? ATTR_WARN : ATTR_PLAIN;
}

/* Where there is room for it: how the due day came about. */
static void draw_why(const struct due *v, struct screen *s, struct rect at, const struct due_entry *e,
                     bool selected, bool with_unit) {
  struct item item = *ui_item(v->ui, e->item);
  struct text text = { 0 };
  int col, width;
  if (!item_columns_spare(at.cols, with_unit, &col, &width)) return;
  if (e->kind == DUE_TAKE_DOWN) { /* a notice period counts like an event's time limit */
    item = (struct item){ .cadence = CAD_EVENT, .within = item.notice };
    text_add(&text, _("公示"));
  }
  if (e->kind == DUE_NONE) text_add(&text, _("没有登记；有的登记，没有的填理由"));
  else if (e->kind == DUE_CHECK) text_add(&text, _("长期公开的内容没有挂出"));
  else deadline_explain(&text, v->ui->calendar, &item, e->from, e->period);
  screen_fit(s, at.row, at.col + col, width, selected ? ATTR_SELECTED : ATTR_DIM, text_str(&text), false);
  text_free(&text);
}

/* Several items of a domain that are confirmed together, "社会救助（12 项）"; an event with its title. */
static void add_row_name(struct due *v, const struct due_line *l, const struct due_entry *e, struct text *out) {
  const struct domain *d = &v->ui->catalogue->domains[l->domain];
  const char *title = due_title(v, e);
  if (l->n > 1) text_addf(out, _("%s（%u 项）"), d->name, l->n);
  else if (*title != '\0') text_addf(out, _("%s：%s"), item_title(ui_item(v->ui, e->item)), title);
}

static void draw_row(struct due *v, struct screen *s, struct rect at, const struct due_line *l,
                     bool selected) {
  const struct due_entry *e = due_entry_of(v, l);
  bool with_unit = v->by_domain && !v->many && v->n_units > 1;
  struct text state = { 0 }, name = { 0 };
  struct item_row row = { .unit = l->unit, .item = e->item, .no = e->no, .recurrence = e->period,
                          .due = e->due, .event = e->from };
  if (e->kind == DUE_NONE) text_add(&state, _("? 待填本期无"));
  else if (e->kind == DUE_CHECK) text_add(&state, _("? 待确认"));
  else add_days(&state, v, e);
  add_row_name(v, l, e, &name);
  struct item_cells cells = { .row = &row, .state = text_str(&state), .attr = attr_of(v, e) };
  if (name.len > 0) cells.name = text_str(&name);
  if (l->n > 1) cells.id = v->ui->catalogue->domains[l->domain].no;
  draw_item_cells(v->ui, s, at, &cells, selected, with_unit);
  draw_why(v, s, at, e, selected, with_unit);
  text_free(&state);
  text_free(&name);
}

void due_draw_line(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct due *v = owner;
  const struct due_line *l = &v->line[i];
  if (l->n == 0) draw_heading(v, s, at, l, selected);
  else draw_row(v, s, at, l, selected);
}

/* ---- nothing to do */

static int draw_next(struct screen *s, struct rect at, int row, enum request r, const char *what) {
  struct text key = { 0 };
  keymap_label(&key, r);
  if (row < at.rows) {
    screen_fit(s, at.row + row, at.col + 4, 8, ATTR_KEY, text_str(&key), false);
    screen_put(s, at.row + row, at.col + 13, at.cols - 14, ATTR_PLAIN, what);
  }
  text_free(&key);
  return row + 1;
}

static void draw_nothing(struct screen *s, struct rect at) {
  int row = 3;
  screen_put(s, at.row + 1, at.col + 2, at.cols - 4, ATTR_STRONG, _("眼下该办的都办好了，没有逾期，也没有快到期的。"));
  screen_put(s, at.row + row++, at.col + 2, at.cols - 4, ATTR_PLAIN, _("接下来可以："));
  row = draw_next(s, at, row, REQ_UNITS, _("看各单位、各领域，提前填下一期的"));
  row = draw_next(s, at, row, REQ_SEARCH, _("查找单位、事项、记录（汉字或拼音首字母）"));
  row = draw_next(s, at, row, REQ_SUMMARY, _("看汇总表"));
  row = draw_next(s, at, row, REQ_PRINT, _("打印公示单"));
  (void)draw_next(s, at, row, REQ_QUIT, _("退出，填过的都已存好"));
}

void due_draw(struct view *view, struct ui *ui, struct rect at) {
  struct due *v = (struct due *)view;
  struct screen *s = &ui->screen;
  bool with_unit = v->by_domain && !v->many && v->n_units > 1;
  int col, width;
  draw_item_head(s, at, with_unit);
  if (item_columns_spare(at.cols, with_unit, &col, &width))
    screen_fit(s, at.row, at.col + col, width, ATTR_HEAD, _("时限是怎样算出来的"), false);
  if (v->n_lines == 0 && v->complete) {
    screen_fill(s, at.row, at.col, at.cols, ATTR_PLAIN);
    draw_nothing(s, at);
  }
  list_draw(&view->list, &due_list_ops, v, s, (struct rect){ at.row + 1, at.col, at.rows - 1, at.cols });
}
