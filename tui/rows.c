/* From records and plans to rows.  See rows.h for the questions it answers. */
#include "tui/rows.h"
#include "base/array.h"
#include "checklists/deadline.h"

#include <stdlib.h>
#include <string.h>

bool item_is_event(const struct item *item) {
  return item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE;
}

void item_rows_free(struct item_rows *r) {
  free(r->row);
  memset(r, 0, sizeof *r);
}

void item_rows_add(struct item_rows *r, const struct item_row *row) {
  if (ARRAY_ROOM(r->row, r->n, r->cap)) r->row[r->n++] = *row;
  else r->failed = true;
}

/* ---- records of one unit, gathered in order of items */

void record_bag_free(struct record_bag *b) {
  free(b->record);
  free(b->item);
  memset(b, 0, sizeof *b);
}

static bool bag_add(int unit, int item, const struct slot_record *r, void *ctx) {
  struct record_bag *b = ctx;
  (void)unit;
  size_t cap = b->cap; /* of both */
  b->failed = !ARRAY_ROOM(b->record, b->n, cap) || !ARRAY_ROOM(b->item, b->n, b->cap);
  if (b->failed) return false;
  b->record[b->n] = *r;
  b->item[b->n++] = item;
  return true;
}

enum status record_bag_read(struct ui *ui, int unit, int item, struct record_bag *b, struct error *e) {
  *b = (struct record_bag){ 0 };
  enum status st = wb_scan(ui->wb, unit, item, bag_add, b, e);
  return st == ST_OK && b->failed ? error_nomem(e) : st;
}

const struct slot_record *record_bag_of(const struct record_bag *b, size_t *at, int item, int *n) {
  while (*at < b->n && b->item[*at] < item) ++*at;
  size_t first = *at;
  while (*at < b->n && b->item[*at] == item) ++*at;
  *n = (int)(*at - first);
  return *n > 0 ? b->record + first : NULL;
}

/* ---- items of a domain */

/* Which state of several decides how an event item is shown: what needs care first. */
static int care(enum slot_state s) {
  static const int rank[STATE_COUNT] = {
    [STATE_OVERDUE] = 5, [STATE_PENDING] = 4, [STATE_UNCHECKED] = 3,
    [STATE_LATE] = 2,    [STATE_PUBLISHED] = 1, [STATE_NONE] = 0,
  };
  return rank[s];
}

struct rowing {
  struct item_rows *out;
  struct item_row row;
  const struct slot_record *record;
  bool one, days; /* one row for all slots together; rows tell their event days */
  bool any;
};

static void take_slot(const struct slot *slot, void *ctx) {
  struct rowing *w = ctx;
  int64_t no = slot->record >= 0 ? w->record[slot->record].no : 0;
  bool better = !w->any || care(slot->state) > care(w->row.state);
  w->any = true;
  if (w->one && !better) return;
  w->row.slot = true;
  w->row.state = slot->state;
  w->row.due = slot->due;
  w->row.no = no;
  w->row.recurrence = slot->recurrence;
  w->row.confirm = slot->confirm;
  if (w->days) w->row.event = slot->record >= 0 ? w->record[slot->record].event_on : DAY_NONE;
  if (!w->one) item_rows_add(w->out, &w->row);
}

/* A recurring item of which nothing falls due in this period: the recurrence one would fill
 * ahead of time. */
static void add_ahead(struct ui *ui, struct rowing *w, int n) {
  const struct item *item = ui_item(ui, w->row.item);
  w->row.recurrence = period_of(period_last(ui->period), cadence_period(item->cadence));
  w->row.due = deadline_due(ui->calendar, item, DAY_NONE, w->row.recurrence);
  for (int i = 0; i < n; i++) {
    if (!period_same(w->record[i].period, w->row.recurrence)) continue;
    w->row.no = w->record[i].no;
    w->row.due = deadline_due(ui->calendar, item, w->record[i].event_on, w->row.recurrence);
  }
  item_rows_add(w->out, &w->row);
}

static void rows_of_item(struct ui *ui, int unit, int item, const struct slot_record *record, int n,
                         struct item_rows *out) {
  struct rowing w = { .out = out, .record = record, .one = item_is_event(ui_item(ui, item)),
                      .row = { .unit = unit, .item = item, .due = DAY_NONE, .event = DAY_NONE } };
  for (int i = 0; i < n; i++) w.row.records += !record[i].none;
  slots_list(ui->plan, item, record, n, take_slot, &w);
  if (w.one) item_rows_add(out, &w.row);
  else if (!w.any) add_ahead(ui, &w, n);
}

static void slots_of_item(struct ui *ui, int unit, int item, const struct slot_record *record, int n,
                          struct item_rows *out) {
  struct rowing w = { .out = out, .record = record, .days = true,
                      .row = { .unit = unit, .item = item, .due = DAY_NONE, .event = DAY_NONE } };
  slots_list(ui->plan, item, record, n, take_slot, &w);
}

typedef void rows_fn(struct ui *ui, int unit, int item, const struct slot_record *record, int n,
                     struct item_rows *out);

static enum status each_item(struct ui *ui, int unit, int domain, rows_fn *fn, struct item_rows *out,
                             struct error *e) {
  struct record_bag bag;
  const struct unit *u = ui_unit(ui, unit);
  enum status st = record_bag_read(ui, unit, -1, &bag, e);
  size_t at = 0;
  for (size_t i = 0; i < ui->catalogue->n_items && st == ST_OK; i++) {
    int n;
    if (domain >= 0 && ui_item(ui, (int)i)->domain != domain) continue;
    if (!catalogue_asks(ui->catalogue, (int)i, u->level, u->code)) continue;
    const struct slot_record *record = record_bag_of(&bag, &at, (int)i, &n);
    fn(ui, unit, (int)i, record, n, out);
  }
  record_bag_free(&bag);
  return st == ST_OK && out->failed ? error_nomem(e) : st;
}

enum status rows_items(struct ui *ui, int unit, int domain, struct item_rows *out, struct error *e) {
  return each_item(ui, unit, domain, rows_of_item, out, e);
}

enum status rows_slots(struct ui *ui, int unit, int domain, struct item_rows *out, struct error *e) {
  return each_item(ui, unit, domain, slots_of_item, out, e);
}

/* A "none" of this period is a record that can be looked at, too. */
void item_row_open(struct ui *ui, const struct item_row *r) {
  bool event = item_is_event(ui_item(ui, r->item)), said = r->slot && r->state == STATE_NONE;
  if (event && (r->records > 0 || said)) ui_push(ui, view_records_new(ui, r->unit, r->item));
  else if (event) ui_push(ui, view_form_new(ui, r->unit, r->item, 0, (struct period){ 0 }));
  else ui_push(ui, view_form_new(ui, r->unit, r->item, r->no, r->recurrence));
}

/* ---- records of an item */

enum status rows_records(struct ui *ui, int unit, int item, struct item_rows *out, struct error *e) {
  struct record_bag bag;
  enum status st = record_bag_read(ui, unit, item, &bag, e);
  for (size_t i = 0; i < bag.n && st == ST_OK; i++) {
    const struct slot_record *r = &bag.record[i];
    bool none = r->none && r->event_on == DAY_NONE;
    day due = none ? DAY_NONE : deadline_due(ui->calendar, ui_item(ui, item), r->event_on, r->period);
    item_rows_add(out, &(struct item_row){ .unit = unit,
                                           .item = item,
                                           .recurrence = r->period,
                                           .no = r->no,
                                           .slot = true,
                                           .state = slot_state_of(r, due, ui->app->on),
                                           .due = due,
                                           .event = DAY_NONE });
  }
  record_bag_free(&bag);
  return st == ST_OK && out->failed ? error_nomem(e) : st;
}
