/* The units screen: a unit's own row, then its departments, townships or villages, each with
 * its rates in the present period.
 *
 * Rates are counted only for rows that are shown, a few at a time while no key waits; a row
 * that was counted stays so until something changes.
 */
#include "tui/rates.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

struct row {
  int unit;
  bool own;    /* the unit that one looks into, without what is below it */
  int last;    /* its units are unit..last */
  int villages;
  int next;    /* units before this one are in tally; behind last: it is whole */
  struct tally tally;
};
struct units {
  struct view view; /* first */
  struct ui *ui;
  struct row *row;
  int n;
  struct period period; /* whose counts are kept */
  int jump; /* digits typed so far, a row's number */
};

/* ---- rows */

static void add_row(struct units *v, int unit, bool own) {
  struct row *r = &v->row[v->n++];
  *r = (struct row){ .unit = unit, .next = unit, .own = own, .last = own ? unit : ui_last_below(v->ui, unit) };
  for (int i = r->unit; i <= r->last; i++) r->villages += ui_unit(v->ui, i)->level == LEVEL_VILLAGE;
}

static void build(struct units *v) {
  const struct ui *ui = v->ui;
  int top = v->view.unit;
  if (top >= 0) add_row(v, top, true);
  for (size_t i = 0; i < ui->n_units; i++)
    if (ui->units[i].parent == top) add_row(v, (int)i, false);
}

static int count(void *owner) {
  return ((struct units *)owner)->n;
}

/* ---- drawing */

#define WORK_UNITS 12 /* counted between two looks at the keyboard: not felt even on an old PC */
#define MAX_NAME 50
#define NARROW_COLS 72 /* below this: no number of villages, narrower rates */

struct columns { int name, fill, disclosure, overdue; };

static struct columns columns_for(int width) {
  int rate = width < NARROW_COLS ? 17 : 19, margin = width < NARROW_COLS ? 0 : 1;
  struct columns c = { .fill = rate, .disclosure = rate, .overdue = 8 };
  c.name = width - c.fill - c.disclosure - c.overdue - 2 - margin;
  if (c.name > MAX_NAME) c.name = MAX_NAME; /* figures stay beside their names */
  return c;
}

/* To the right, with a blank before it. */
static void put_right(struct screen *s, int row, int col, int width, enum attr attr, const char *text) {
  screen_fit(s, row, col + 1, width - 1, attr, text, true);
}

static void draw_rate(struct screen *s, int row, int col, int width, enum attr attr, struct rate rate) {
  struct text text = { 0 };
  rate_add(&text, rate);
  put_right(s, row, col, width, attr, text_str(&text));
  text_free(&text);
}

static void draw_counts(const struct row *r, struct screen *s, struct rect at, int col, struct columns c,
                        enum attr attr) {
  struct text overdue = { 0 };
  uint32_t late = r->tally.state[STATE_OVERDUE];
  if (r->next <= r->last) {
    put_right(s, at.row, col, c.fill, attr, "…");
    return;
  }
  draw_rate(s, at.row, col, c.fill, attr, tally_fill(&r->tally));
  draw_rate(s, at.row, col + c.fill, c.disclosure, attr, tally_disclosure(&r->tally));
  if (late > 0) text_addf(&overdue, "! %u", late);
  enum attr warn = attr == ATTR_SELECTED ? attr : ATTR_WARN;
  put_right(s, at.row, col + c.fill + c.disclosure, c.overdue, warn, text_str(&overdue));
  text_free(&overdue);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct units *v = owner;
  const struct row *r = &v->row[i];
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  struct columns c = columns_for(at.cols);
  struct text name = { 0 };
  const struct unit *u = ui_unit(v->ui, r->unit);
  if (r->own) text_addf(&name, _("%s（本级）"), u->name);
  else text_add(&name, u->name);
  if (!r->own && r->villages > 0 && u->level != LEVEL_VILLAGE && at.cols >= NARROW_COLS)
    text_addf(&name, _("  %d 个村（居）"), r->villages);
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  screen_fit(s, at.row, at.col + 2, c.name, attr, text_str(&name), false);
  draw_counts(r, s, at, at.col + 2 + c.name, c, attr);
  text_free(&name);
}

static const struct list_ops list_ops = { .count = count, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct units *v = (struct units *)view;
  struct screen *s = &ui->screen;
  struct columns c = columns_for(at.cols);
  int col = 2 + c.name;
  screen_fill(s, at.row, 0, at.cols, ATTR_HEAD);
  screen_fit(s, at.row, 2, c.name, ATTR_HEAD, _("单位"), false);
  put_right(s, at.row, col, c.fill, ATTR_HEAD, _("填报率"));
  put_right(s, at.row, col + c.fill, c.disclosure, ATTR_HEAD, _("公开率"));
  put_right(s, at.row, col + c.fill + c.disclosure, c.overdue, ATTR_HEAD, _("逾期"));
  list_draw(&v->view.list, &list_ops, v, s, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct units *v = (struct units *)view;
  int townships = 0, villages = 0;
  for (int i = 0; i < v->n; i++) {
    enum level level = ui_unit(ui, v->row[i].unit)->level;
    townships += level == LEVEL_TOWNSHIP && !v->row[i].own;
    villages += v->row[i].villages;
  }
  text_add(out, view->unit >= 0 ? ui_unit(ui, view->unit)->name : _("全部单位"));
  if (townships > 0) text_addf(out, _("　%d 个乡镇（街道）"), townships);
  if (villages > 0) text_addf(out, _("　%d 个村（居）"), villages);
}

/* unit -1: any may have changed. */
static void uncount(struct units *v, int unit) {
  for (int i = 0; i < v->n; i++) {
    struct row *r = &v->row[i];
    if (unit == -1 || (unit >= r->unit && unit <= r->last)) r->next = r->unit;
  }
}

/* Only what has changed since is counted again. */
static void refresh(struct view *view, struct ui *ui) {
  struct units *v = (struct units *)view;
  unsigned since = view->generation;
  bool all = since == 0 || ui->generation - since > UI_TOUCHED || !period_same(v->period, ui->period);
  if (all) uncount(v, -1);
  else for (unsigned g = since + 1; g <= ui->generation; g++) uncount(v, ui->touched[g % UI_TOUCHED]);
  v->period = ui->period;
}

static enum status count_some(struct ui *ui, struct row *r, int units, struct error *e) {
  int end = r->last - r->next < units ? r->last : r->next + units - 1;
  if (r->next == r->unit) memset(&r->tally, 0, sizeof r->tally);
  enum status st = rates_units(ui, r->next, end, &r->tally, e);
  r->next = st == ST_OK ? end + 1 : r->unit;
  return st;
}

/* Rows that are shown and not counted yet, some units at a time. */
static bool work(struct view *view, struct ui *ui) {
  struct units *v = (struct units *)view;
  struct error e = { 0 };
  int end = view->list.top + (view->list.page > 0 ? view->list.page : v->n), room = WORK_UNITS;
  for (int i = view->list.top; i < v->n && i < end && room > 0; i++) {
    struct row *r = &v->row[i];
    int from = r->next;
    if (from > r->last) continue;
    if (count_some(ui, r, room, &e) != ST_OK) {
      ui_fail(ui, &e);
      return false; /* again when a key was pressed */
    }
    room -= r->next - from;
  }
  return room < WORK_UNITS;
}

/* ---- requests */

static unsigned open_row(struct units *v, struct ui *ui) {
  if (v->view.list.selected < 0) return UI_HANDLED;
  const struct row *r = &v->row[v->view.list.selected];
  ui_push(ui, r->own || r->last == r->unit ? view_domains_new(ui, r->unit) : view_units_new(ui, r->unit));
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct units *v = (struct units *)view;
  v->jump = 0;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  return r == REQ_OPEN ? open_row(v, ui) : UI_IGNORED;
}

/* Digits go to the row of that number. */
static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct units *v = (struct units *)view;
  struct key zero = { .kind = K_CHAR, .cp = '0' };
  (void)ui;
  for (int digit = 0; digit <= 9; digit++, zero.cp++) {
    if (!key_same(zero, k)) continue;
    int to = v->jump * 10 + digit;
    if (to > v->n) to = digit;
    v->jump = to;
    if (to > 0) list_select(&view->list, &list_ops, v, to - 1);
    return UI_HANDLED;
  }
  return UI_IGNORED;
}

/* The unit of the row: its sheets are printed, its figures summed up. */
static void place(struct view *view, struct ui *ui, struct place *p) {
  struct units *v = (struct units *)view;
  (void)ui;
  if (view->list.selected >= 0 && view->list.selected < v->n) p->unit = v->row[view->list.selected].unit;
}

static void close_view(struct view *view) {
  struct units *v = (struct units *)view;
  free(v->row);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_SEARCH, REQ_SUMMARY, REQ_DUE, REQ_BACK, REQ_HELP,
                                      REQ_PRINT, REQ_PERIOD_BACK, REQ_PERIOD_ON, REQ_UNDO, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .work = work,
                                     .place = place,
                                     .close = close_view };

struct view *view_units_new(struct ui *ui, int unit) {
  struct units *v = calloc(1, sizeof *v);
  size_t children = 1;
  for (size_t i = 0; i < ui->n_units; i++) children += ui->units[i].parent == unit;
  if (v != NULL) v->row = calloc(children, sizeof *v->row);
  if (v == NULL || v->row == NULL) {
    free(v);
    return NULL;
  }
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  build(v);
  return &v->view;
}
