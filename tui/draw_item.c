/* Columns of items: id, mark, name, recurrence, state, due day. */
#include "tui/draw_item.h"
#include "base/utf8.h"

#define COL_ID 2
#define WIDTH_ID 7
#define WIDTH_MARK 5   /* 待核 */
#define WIDTH_PERIOD 8
#define WIDTH_STATE 13
#define WIDTH_DUE 11

#define NARROW_COLS 72 /* with units, below this: no mark, no due day */
#define NAME_MAX_COLS 50 /* on a wide screen the states stay near the names, and room is left after them */
#define SPARE_MIN_COLS 24

struct columns {
  int unit, unit_width, id, mark, mark_width, name, name_width, period, period_width, state, due,
    due_width;
  int spare, spare_width;
};

static struct columns columns_for(int cols, bool with_unit) {
  struct columns c = { .unit = COL_ID };
  bool narrow = with_unit && cols < NARROW_COLS;
  c.unit_width = !with_unit ? 0 : narrow ? 13 : cols < 100 ? 15 : 23;
  c.id = c.unit + c.unit_width;
  c.mark = c.id + WIDTH_ID;
  c.mark_width = narrow ? 0 : WIDTH_MARK;
  c.name = c.mark + c.mark_width;
  c.due_width = narrow ? 0 : WIDTH_DUE;
  c.due = cols - c.due_width;
  c.state = c.due - WIDTH_STATE;
  c.period_width = WIDTH_PERIOD;
  c.period = c.state - c.period_width;
  c.name_width = c.period - c.name - 1;
  int spare = c.name_width - NAME_MAX_COLS;
  if (spare < SPARE_MIN_COLS) return c;
  c.name_width = NAME_MAX_COLS;
  c.period -= spare;
  c.state -= spare;
  c.due -= spare;
  c.spare = cols - spare + 1;
  c.spare_width = spare - 1;
  return c;
}

bool item_columns_spare(int cols, bool with_unit, int *col, int *width) {
  struct columns c = columns_for(cols, with_unit);
  *col = c.spare;
  *width = c.spare_width;
  return c.spare_width > 0;
}

enum attr state_attr(enum slot_state s) {
  if (s == STATE_OVERDUE) return ATTR_WARN;
  return s == STATE_PUBLISHED || s == STATE_LATE ? ATTR_GOOD : ATTR_PLAIN;
}

/* Does another item of its domain have the same name? */
static bool shares_name(const struct ui *ui, int no) {
  const struct item *item = ui_item(ui, no);
  const struct domain *d = &ui->catalogue->domains[item->domain];
  if (str_empty(item->level1) || str_same(item->level1, item->level2)) return false;
  for (int i = d->first; i < d->first + d->n; i++)
    if (i != no && str_same(ui_item(ui, i)->level2, item->level2)) return true;
  return false;
}

void add_item_name(const struct ui *ui, int no, int cols, struct text *out) {
  const struct item *item = ui_item(ui, no);
  if (shares_name(ui, no)) {
    int have = utf8_width(item->level1), room = cols - utf8_width(item_title(item)) - 2;
    if (have <= room) text_add(out, item->level1);
    else if (room >= 3) utf8_fit(out, item->level1, room, false);
    if (room >= 3) text_add(out, "：");
  }
  text_add(out, item_title(item));
}

void add_state(struct text *out, enum slot_state s) {
  text_add(out, s == STATE_OVERDUE ? "! " : s == STATE_UNCHECKED ? "? " : "  ");
  text_add(out, state_name(s));
}

void draw_item_head(struct screen *s, struct rect at, bool with_unit) {
  struct columns c = columns_for(at.cols, with_unit);
  screen_fill(s, at.row, at.col, at.cols, ATTR_HEAD);
  if (with_unit) screen_fit(s, at.row, c.unit, c.unit_width - 1, ATTR_HEAD, _("单位"), false);
  screen_fit(s, at.row, c.id, WIDTH_ID, ATTR_HEAD, _("编号"), false);
  screen_fit(s, at.row, c.name, c.name_width, ATTR_HEAD, _("公开事项"), false);
  screen_fit(s, at.row, c.period, c.period_width, ATTR_HEAD, _("周期"), false);
  screen_fit(s, at.row, c.state, WIDTH_STATE, ATTR_HEAD, _("  状态"), false);
  screen_fit(s, at.row, c.due, c.due_width, ATTR_HEAD, _("到期日"), false);
}

/* Tells one event from another where there is no room for its title. */
static void add_short_day(struct text *out, day d) {
  int year, month, dom;
  day_split(d, &year, &month, &dom);
  text_addf(out, "%02d-%02d", month, dom);
}

static enum attr row_attr(const struct item_row *r) {
  if (r->take_down) return ATTR_WARN;
  return r->slot ? state_attr(r->state) : ATTR_DIM;
}

static void draw_due(struct screen *s, int row, struct columns c, const struct item_row *r, bool selected,
                     const char *state, enum attr attr) {
  char due[16];
  screen_fit(s, row, c.state, WIDTH_STATE, selected ? ATTR_SELECTED : attr, state, false);
  screen_fit(s, row, c.due, c.due_width, selected ? ATTR_SELECTED : ATTR_PLAIN, day_iso(r->due, due), false);
}

static void add_period_or_day(struct text *out, const struct item *item, const struct item_row *r) {
  if (r->recurrence.kind != PERIOD_NONE && item->cadence != CAD_STANDING) period_add(out, r->recurrence);
  else if (r->event != DAY_NONE) add_short_day(out, r->event);
}

void draw_item_cells(struct ui *ui, struct screen *s, struct rect at, const struct item_cells *cells,
                     bool selected, bool with_unit) {
  const struct item_row *r = cells->row;
  struct columns c = columns_for(at.cols, with_unit);
  const struct item *item = ui_item(ui, r->item);
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  struct text text = { 0 };
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  if (with_unit) screen_fit(s, at.row, c.unit, c.unit_width - 1, attr, ui_unit(ui, r->unit)->name, false);
  screen_fit(s, at.row, c.id, WIDTH_ID - 1, attr, cells->id != NULL ? cells->id : item->id, false);
  if (cells->name != NULL) text_add(&text, cells->name);
  else add_item_name(ui, r->item, c.name_width, &text);
  if (cells->id == NULL && !item->verified) screen_put(s, at.row, c.mark, c.mark_width, attr, _("待核"));
  if (item_is_event(item) && r->records > 0) text_addf(&text, _("（%d 条）"), r->records);
  screen_fit(s, at.row, c.name, c.name_width, attr, text_str(&text), false);
  text_clear(&text);
  add_period_or_day(&text, item, r);
  screen_fit(s, at.row, c.period, c.period_width, attr, text_str(&text), false);
  draw_due(s, at.row, c, r, selected, cells->state, cells->attr);
  text_free(&text);
}

void draw_item_row(struct ui *ui, struct screen *s, struct rect at, const struct item_row *r, bool selected,
                   bool with_unit) {
  struct text state = { 0 };
  if (r->take_down) text_add(&state, _("! 该撤下了"));
  else if (r->slot) add_state(&state, r->state);
  else text_add(&state, _("  本期不到期"));
  struct item_cells cells = { .row = r, .state = text_str(&state), .attr = row_attr(r) };
  draw_item_cells(ui, s, at, &cells, selected, with_unit);
  text_free(&state);
}
