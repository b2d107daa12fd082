/* From records and plans to rows.  See rows.h for the three questions it answers. */
#include "tui/rows.h"
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

static void add(struct item_rows *r, const struct item_row *row) {
  if (r->n == r->cap) {
    size_t cap = r->cap ? r->cap * 2 : 64;
    struct item_row *more = realloc(r->row, cap * sizeof *more);
    if (more == NULL) {
      r->failed = true;
      return;
    }
    r->row = more;
    r->cap = cap;
  }
  r->row[r->n++] = *row;
}

/* ---- records of one unit, gathered in order of items */

struct bag {
  struct slot_record *record;
  int *item;
  size_t n, cap;
  bool failed;
};

static void bag_free(struct bag *b) {
  free(b->record);
  free(b->item);
}

static bool bag_add(struct bag *b, int item, const struct slot_record *r) {
  if (b->n == b->cap) {
    size_t cap = b->cap ? b->cap * 2 : 64;
    struct slot_record *record = realloc(b->record, cap * sizeof *record);
    if (record != NULL) b->record = record;
    int *items = realloc(b->item, cap * sizeof *items);
    if (items != NULL) b->item = items;
    b->failed = record == NULL || items == NULL;
    if (b->failed) return false;
    b->cap = cap;
  }
  b->record[b->n] = *r;
  b->item[b->n++] = item;
  return true;
}

static bool bag_scan(int unit, int item, const struct slot_record *r, void *ctx) {
  (void)unit;
  return bag_add(ctx, item, r);
}

/* Its records of one item; *at moves on, so items must be asked for in rising order. */
static const struct slot_record *bag_of(const struct bag *b, size_t *at, int item, int *n) {
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
  bool event, any;
};

static void take_slot(const struct slot *slot, void *ctx) {
  struct rowing *w = ctx;
  int64_t no = slot->record >= 0 ? w->record[slot->record].no : 0;
  bool better = !w->any || care(slot->state) > care(w->row.state);
  w->any = true;
  if (w->event && !better) return;
  w->row.slot = true;
  w->row.state = slot->state;
  w->row.due = slot->due;
  w->row.no = no;
  w->row.recurrence = slot->recurrence;
  w->row.confirm = slot->confirm;
  if (!w->event) add(w->out, &w->row);
}

static enum period_kind recurrence_kind(enum cadence c) {
  switch (c) {
  case CAD_MONTHLY: return PERIOD_MONTH;
  case CAD_QUARTERLY: return PERIOD_QUARTER;
  case CAD_HALFYEAR: return PERIOD_HALF;
  case CAD_ANNUAL: return PERIOD_YEAR;
  default: return PERIOD_NONE;
  }
}

/* A recurring item of which nothing falls due in this period: the recurrence one would fill
 * ahead of time. */
static void add_ahead(struct ui *ui, struct rowing *w, int n) {
  const struct item *item = ui_item(ui, w->row.item);
  w->row.recurrence = period_of(period_last(ui->period), recurrence_kind(item->cadence));
  w->row.due = deadline_due(ui->calendar, item, DAY_NONE, w->row.recurrence);
  for (int i = 0; i < n; i++) {
    if (!period_same(w->record[i].period, w->row.recurrence)) continue;
    w->row.no = w->record[i].no;
    w->row.due = deadline_due(ui->calendar, item, w->record[i].event_on, w->row.recurrence);
  }
  add(w->out, &w->row);
}

static void rows_of_item(struct ui *ui, int unit, int item, const struct slot_record *record, int n,
                         struct item_rows *out) {
  struct rowing w = { .out = out, .record = record, .event = item_is_event(ui_item(ui, item)),
                      .row = { .unit = unit, .item = item, .due = DAY_NONE, .records = n } };
  slots_list(ui->plan, item, record, n, take_slot, &w);
  if (w.event) add(out, &w.row);
  else if (!w.any) add_ahead(ui, &w, n);
}

enum status rows_items(struct ui *ui, int unit, int domain, struct item_rows *out, struct error *e) {
  struct bag bag = { 0 };
  const struct unit *u = ui_unit(ui, unit);
  enum status st = wb_scan(ui->wb, unit, -1, bag_scan, &bag, e);
  if (st == ST_OK && bag.failed) st = error_nomem(e);
  size_t at = 0;
  for (size_t i = 0; i < ui->catalogue->n_items && st == ST_OK; i++) {
    int n;
    if (domain >= 0 && ui_item(ui, (int)i)->domain != domain) continue;
    if (!catalogue_asks(ui->catalogue, (int)i, u->level, u->code)) continue;
    const struct slot_record *record = bag_of(&bag, &at, (int)i, &n);
    rows_of_item(ui, unit, (int)i, record, n, out);
  }
  bag_free(&bag);
  return st == ST_OK && out->failed ? error_nomem(e) : st;
}

/* ---- records of an item */

static enum slot_state state_alone(const struct ui *ui, const struct slot_record *r, day due) {
  if (r->published_on != DAY_NONE && r->published_on <= ui->app->on)
    return due == DAY_NONE || r->published_on <= due ? STATE_PUBLISHED : STATE_LATE;
  if (r->none) return STATE_NONE;
  if (due == DAY_NONE) return STATE_UNCHECKED;
  return due >= ui->app->on ? STATE_PENDING : STATE_OVERDUE;
}

enum status rows_records(struct ui *ui, int unit, int item, struct item_rows *out, struct error *e) {
  struct bag bag = { 0 };
  enum status st = wb_scan(ui->wb, unit, item, bag_scan, &bag, e);
  if (st == ST_OK && bag.failed) st = error_nomem(e);
  for (size_t i = 0; i < bag.n && st == ST_OK; i++) {
    const struct slot_record *r = &bag.record[i];
    bool none = r->none && r->event_on == DAY_NONE;
    day due = none ? DAY_NONE : deadline_due(ui->calendar, ui_item(ui, item), r->event_on, r->period);
    add(out, &(struct item_row){ .unit = unit, .item = item, .recurrence = r->period, .no = r->no, .slot = true,
                                 .state = state_alone(ui, r, due), .due = due });
  }
  bag_free(&bag);
  return st == ST_OK && out->failed ? error_nomem(e) : st;
}

/* ---- what is due */

/* The last period, this one and the next: what was missed at a quarter's end is not forgotten
 * on the first day of the next. */
#define PLANS 3
#define PLAN_NOW 1
struct due_scan {
  struct ui *ui;
  struct slot_plan *plan[PLANS];
  int n_plans;
  int which; /* plan in use */
  day until;
  struct due_rows *out;
  struct bag bag; /* records of the unit being read */
  int unit, last;
  const struct slot_record *record;
  int item;
};

static void take_due(const struct slot *slot, void *ctx) {
  struct due_scan *d = ctx;
  bool standing = ui_item(d->ui, d->item)->cadence == CAD_STANDING;
  struct item_row row = { .unit = d->unit, .item = d->item, .recurrence = slot->recurrence, .slot = true,
                          .no = slot->record >= 0 ? d->record[slot->record].no : 0, .state = slot->state,
                          .due = slot->due, .confirm = slot->confirm };
  if (standing && d->which != PLAN_NOW) return; /* the same slot in every period */
  if (slot->state == STATE_OVERDUE) add(&d->out->overdue, &row);
  if (slot->state == STATE_PENDING && slot->due <= d->until) add(&d->out->soon, &row);
  if (slot->state != STATE_UNCHECKED || d->which != PLAN_NOW) return;
  struct item_rows *c = &d->out->confirm;
  struct item_row *before = c->n > 0 ? &c->row[c->n - 1] : NULL;
  int domain = ui_item(d->ui, d->item)->domain;
  if (before != NULL && before->unit == d->unit && ui_item(d->ui, before->item)->domain == domain) before->records++;
  else {
    row.records = 1;
    add(c, &row);
  }
}

/* Nothing of this item can be in the list as long as it has no record. */
static bool idle(const struct slot_plan *plan, int item, bool now) {
  const struct tally *t = slots_empty(plan, item);
  return t->state[STATE_OVERDUE] + t->state[STATE_PENDING] + (now ? t->state[STATE_UNCHECKED] : 0) == 0;
}

static void due_of_unit(struct due_scan *d) {
  const struct unit *u = ui_unit(d->ui, d->unit);
  size_t at = 0;
  for (int i = 0; i < (int)d->ui->catalogue->n_items; i++) {
    int n;
    if (!catalogue_asks(d->ui->catalogue, i, u->level, u->code)) continue;
    d->record = bag_of(&d->bag, &at, i, &n);
    d->item = i;
    for (d->which = 0; d->which < d->n_plans; d->which++)
      if (n > 0 || !idle(d->plan[d->which], i, d->which == PLAN_NOW))
        slots_list(d->plan[d->which], i, d->record, n, take_due, d);
  }
  d->bag.n = 0;
}

static bool due_scan_one(int unit, int item, const struct slot_record *r, void *ctx) {
  struct due_scan *d = ctx;
  for (; d->unit < unit; d->unit++) due_of_unit(d);
  return bag_add(&d->bag, item, r);
}

static int by_due(const void *a, const void *b) {
  const struct item_row *x = a, *y = b;
  if (x->due != y->due) return x->due < y->due ? -1 : 1;
  if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  return (x->item > y->item) - (x->item < y->item);
}

static enum status make_plans(struct due_scan *d, struct error *e) {
  const struct ui *ui = d->ui;
  struct period now = period_of(ui->app->on, PERIOD_QUARTER);
  d->n_plans = d->until > period_last(now) ? PLANS : PLANS - 1;
  for (int i = 0; i < d->n_plans; i++) {
    d->plan[i] = slots_plan(ui->catalogue, ui->calendar, period_step(now, i - PLAN_NOW), ui->app->on);
    if (d->plan[i] == NULL) return error_nomem(e);
  }
  return ST_OK;
}

static void sort(struct item_rows *r) {
  if (r->n > 1) qsort(r->row, r->n, sizeof *r->row, by_due);
}

enum status rows_due(struct ui *ui, int first, int last, day until, struct due_rows *out, struct error *e) {
  struct due_scan d = { .ui = ui, .until = until, .out = out, .unit = first, .last = last };
  enum status st = make_plans(&d, e);
  if (st == ST_OK) st = wb_scan_range(ui->wb, first, last, due_scan_one, &d, e);
  for (; st == ST_OK && d.unit <= last; d.unit++) due_of_unit(&d);
  for (int i = 0; i < PLANS; i++) slots_plan_free(d.plan[i]);
  sort(&out->overdue);
  sort(&out->soon);
  bool failed = d.bag.failed || out->overdue.failed || out->soon.failed || out->confirm.failed;
  bag_free(&d.bag);
  return st == ST_OK && failed ? error_nomem(e) : st;
}

void due_rows_free(struct due_rows *d) {
  item_rows_free(&d->overdue);
  item_rows_free(&d->soon);
  item_rows_free(&d->confirm);
}
