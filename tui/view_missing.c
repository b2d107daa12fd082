/* What is missing of a unit and all below it, in one domain or in all: overdue, to confirm, and not yet
 * published, each row one Enter away from its form; F5 and F6 deal with one row or with all marked ones.
 *
 * The first rows are read at once, the others unit by unit while no key waits.  After a change the unit one
 * stands on is read again at once, and the rest behind the rows that are seen.
 */
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/view.h"

#include <stdlib.h>

#define AT_ONCE 8     /* units that are read before the first drawing */
#define PIECE 4       /* units read between two looks at the keyboard */
#define ROWS_MAX 20000 /* more than any township's; the memory of an old PC is small */

struct missing {
  struct view view; /* first */
  struct ui *ui;
  int domain;          /* -1: all */
  int last;            /* units view.unit (-1: 0) .. last */
  struct item_rows rows;
  struct item_rows again; /* read behind the rows after a change */
  bool replacing;      /* units are read into `again` */
  int next;            /* unit to be read; last + 1: none */
  struct period period; /* that the rows are of */
  day on;
};

static int first_unit(const struct missing *v) {
  return v->view.unit < 0 ? 0 : v->view.unit;
}

static int count(void *owner) {
  return (int)((struct missing *)owner)->rows.n;
}

static bool markable(void *owner, int i) {
  return i < count(owner);
}

static bool needs_care(void *owner, int i) {
  const struct item_row *r = &((struct missing *)owner)->rows.row[i];
  return r->state == STATE_OVERDUE || r->state == STATE_UNCHECKED;
}

static bool many_units(const struct missing *v) {
  return v->last > first_unit(v);
}

static bool full(const struct missing *v) {
  return v->rows.n >= ROWS_MAX;
}

static bool reading(const struct missing *v) {
  return v->next <= v->last && !(full(v) && !v->replacing);
}

/* ---- drawing */

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct missing *v = owner;
  draw_item_row(v->ui, s, at, &v->rows.row[i], selected, many_units(v));
}

static const struct list_ops list_ops = { .count = count, .stop = needs_care, .draw = draw_row,
                                          .markable = markable };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct missing *v = (struct missing *)view;
  draw_item_head(&ui->screen, at, many_units(v));
  if (v->rows.n == 0)
    screen_put(&ui->screen, at.row + 2, 2, at.cols - 2, ATTR_PLAIN,
               reading(v) ? _("正在查找……") : _("没有缺的。"));
  list_draw(&view->list, &list_ops, v, &ui->screen, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct missing *v = (struct missing *)view;
  int n[STATE_COUNT] = { 0 };
  for (size_t i = 0; i < v->rows.n; i++) n[v->rows.row[i].state]++;
  if (v->domain < 0) text_add(out, _("全部领域"));
  else text_addf(out, "%s %s", ui->catalogue->domains[v->domain].no, ui->catalogue->domains[v->domain].name);
  text_addf(out, _("　尚缺：逾期 %d　待确认 %d　待公开 %d"), n[STATE_OVERDUE], n[STATE_UNCHECKED],
            n[STATE_PENDING]);
  if (full(v) && !reading(v)) text_addf(out, _("（只列前 %d 条，请从一个乡镇看起）"), (int)v->rows.n);
  else if (reading(v) && !v->replacing) text_add(out, _("……"));
}

/* ---- data */

static bool is_missing(const struct item_row *r) {
  return r->state == STATE_OVERDUE || r->state == STATE_UNCHECKED || r->state == STATE_PENDING;
}

/* Append what is missing of one unit. */
static enum status read_unit(struct missing *v, int unit, struct item_rows *out, struct error *e) {
  size_t kept = out->n;
  enum status st = rows_slots(v->ui, unit, v->domain, out, e);
  for (size_t i = kept; i < out->n; i++)
    if (is_missing(&out->row[i])) out->row[kept++] = out->row[i];
  out->n = kept;
  return st;
}

static enum status read_units(struct missing *v, struct item_rows *out, int n, struct error *e) {
  enum status st = ST_OK;
  for (; n > 0 && v->next <= v->last && out->n < ROWS_MAX && st == ST_OK; n--)
    if ((st = read_unit(v, v->next, out, e)) == ST_OK) v->next++;
  return st;
}

static bool same_row(const struct item_row *a, const struct item_row *b) {
  return a->unit == b->unit && a->item == b->item && a->no == b->no &&
         period_same(a->recurrence, b->recurrence);
}

/* The rows read anew take the place of the old ones; one stays where one stood. */
static void replace(struct missing *v) {
  struct list *l = &v->view.list;
  struct item_row here = { 0 };
  int at = l->selected;
  if (at >= 0 && at < count(v)) here = v->rows.row[at];
  for (size_t i = 0; i < v->again.n; i++)
    if (same_row(&here, &v->again.row[i])) at = (int)i;
  item_rows_free(&v->rows);
  v->rows = v->again;
  v->again = (struct item_rows){ 0 };
  v->replacing = false;
  list_unmark(l);
  list_select(l, &list_ops, v, at);
}

/* The rows of that unit, read anew between those of the others. */
static enum status reread_unit(struct missing *v, int unit, struct error *e) {
  struct item_rows rows = { 0 };
  size_t i = 0;
  while (i < v->rows.n && v->rows.row[i].unit < unit) item_rows_add(&rows, &v->rows.row[i++]);
  enum status st = read_unit(v, unit, &rows, e);
  while (i < v->rows.n && v->rows.row[i].unit == unit) i++;
  while (i < v->rows.n) item_rows_add(&rows, &v->rows.row[i++]);
  if (st == ST_OK && rows.failed) st = error_nomem(e);
  if (st != ST_OK) {
    item_rows_free(&rows);
    return st;
  }
  item_rows_free(&v->rows);
  v->rows = rows;
  return ST_OK;
}

static void read_first(struct missing *v, struct error *e) {
  item_rows_free(&v->rows);
  v->replacing = false;
  v->next = first_unit(v);
  if (read_units(v, &v->rows, AT_ONCE, e) != ST_OK) ui_fail(v->ui, e);
}

/* Any unit may have changed. */
static void reread_all(struct missing *v, struct error *e) {
  int here = v->view.list.selected;
  item_rows_free(&v->again);
  if (v->last - first_unit(v) < AT_ONCE || v->rows.n == 0) {
    read_first(v, e);
    return;
  }
  if (here >= 0 && here < count(v) && reread_unit(v, v->rows.row[here].unit, e) != ST_OK) ui_fail(v->ui, e);
  v->replacing = true;
  v->next = first_unit(v);
}

/* What has changed since is read again.  Units that are still to be read need not be. */
static void reread_touched(struct missing *v, unsigned since, struct error *e) {
  struct ui *ui = v->ui;
  for (unsigned g = since + 1; g <= ui->generation; g++) {
    int unit = ui->touched[g % UI_TOUCHED];
    if (unit == -1) {
      reread_all(v, e);
      return;
    }
    if (unit < first_unit(v) || unit > v->last || (!v->replacing && unit >= v->next)) continue;
    if (reread_unit(v, unit, e) != ST_OK) ui_fail(ui, e);
    if (v->replacing && unit < v->next) v->next = first_unit(v);
    if (v->next == first_unit(v)) item_rows_free(&v->again);
  }
}

static void refresh(struct view *view, struct ui *ui) {
  struct missing *v = (struct missing *)view;
  struct error e = { 0 };
  int here = view->list.selected;
  unsigned since = view->generation;
  bool same = period_same(v->period, ui->period) && v->on == ui->app->on;
  list_unmark(&view->list);
  v->period = ui->period;
  v->on = ui->app->on;
  if (!same) read_first(v, &e);
  else if (since == 0 || ui->generation - since > UI_TOUCHED) reread_all(v, &e);
  else reread_touched(v, since, &e);
  if (!v->replacing) item_rows_free(&v->again);
  list_select(&view->list, &list_ops, v, here);
}

static bool work(struct view *view, struct ui *ui) {
  struct missing *v = (struct missing *)view;
  struct error e = { 0 };
  struct item_rows *out = v->replacing ? &v->again : &v->rows;
  if (!reading(v) && !v->replacing) return false;
  if (read_units(v, out, PIECE, &e) != ST_OK || out->failed) {
    ui_fail(ui, &e);
    return false; /* again when a key was pressed */
  }
  if (v->replacing && (v->next > v->last || out->n >= ROWS_MAX)) replace(v);
  return true;
}

/* ---- requests */

static struct item_row *current(struct missing *v) {
  int i = v->view.list.selected;
  return i >= 0 && (size_t)i < v->rows.n ? &v->rows.row[i] : NULL;
}

static unsigned open_row(struct ui *ui, const struct item_row *r) {
  if (r->no == 0 && item_is_event(ui_item(ui, r->item))) ui_push(ui, view_records_new(ui, r->unit, r->item));
  else ui_push(ui, view_form_new(ui, r->unit, r->item, r->no, r->recurrence));
  return UI_HANDLED;
}

static unsigned publish(struct missing *v, struct ui *ui, const struct item_row *r) {
  if (list_marks(&v->view.list) > 0) return change_marked(ui, &v->rows, &v->view.list, NULL);
  if (r->no != 0 || !item_is_event(ui_item(ui, r->item)))
    return change_publish(ui, r->unit, r->item, r->no, r->recurrence);
  ui_say(ui, _("这一事项一事一记：请按 F7 新增一条，或按 F6 记为本期无"));
  return UI_HANDLED;
}

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct missing *v = (struct missing *)view;
  const struct item_row *r = current(v);
  if (list_marks(&view->list) > 0) return change_marked(ui, &v->rows, &view->list, reason);
  if (r == NULL) return UI_HANDLED;
  int64_t no = item_is_event(ui_item(ui, r->item)) ? 0 : r->no;
  return change_none(ui, r->unit, r->item, no, r->recurrence, reason);
}

static unsigned ask_none(struct missing *v, struct ui *ui, const struct item_row *r) {
  struct text label = { 0 };
  int n = list_marks(&v->view.list);
  if (n == 0 && item_is_event(ui_item(ui, r->item)) && !r->confirm) {
    ui_say(ui, _("本期已有记录，不能再记为本期无"));
    return UI_HANDLED;
  }
  if (n > 0) text_addf(&label, _("选中的 %d 条记为本期无，理由："), n);
  else text_add(&label, _("本期无，理由："));
  ui_ask_line(ui, text_str(&label), _("本期无此事项"), none_answered);
  text_free(&label);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct missing *v = (struct missing *)view;
  struct item_row *row = current(v);
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (row == NULL) return UI_IGNORED;
  switch (r) {
  case REQ_OPEN: return open_row(ui, row);
  case REQ_PUBLISH: return publish(v, ui, row);
  case REQ_NONE: return ask_none(v, ui, row);
  case REQ_NEW:
    if (!item_is_event(ui_item(ui, row->item))) return open_row(ui, row);
    ui_push(ui, view_form_new(ui, row->unit, row->item, 0, row->recurrence));
    return UI_HANDLED;
  default: return UI_IGNORED;
  }
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  struct missing *v = (struct missing *)view;
  const struct item_row *r = current(v);
  p->domain = v->domain;
  if (r == NULL) return;
  *p = (struct place){ r->unit, ui_item(ui, r->item)->domain, r->item, r->no, r->recurrence };
}

static void close_view(struct view *view) {
  struct missing *v = (struct missing *)view;
  item_rows_free(&v->rows);
  item_rows_free(&v->again);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_PUBLISH, REQ_NONE, REQ_MARK, REQ_MARK_ALL, REQ_NEW,
                                      REQ_SEEK, REQ_BASIS, REQ_BACK, REQ_HELP, REQ_UNDO, REQ_PERIOD_BACK, REQ_PERIOD_ON,
                                      REQ_DUE, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .work = work,
                                     .place = place,
                                     .close = close_view };

struct view *view_missing_new(struct ui *ui, int unit, int domain, bool own) {
  struct missing *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->domain = domain;
  v->last = own ? unit : ui_last_below(ui, unit);
  v->next = first_unit(v);
  return &v->view;
}
