/* Finding what has to be done: see the header.
 *
 * A standing item is judged in the present quarter only.  A confirm slot is asked for in the present
 * quarter and the one before, which can only be confirmed when it is over.
 * What an item without a record asks for is the same for every unit, so it is found once, when the finder
 * is made; a unit then costs its records. */
#include "checklists/todo.h"
#include "base/array.h"
#include "checklists/deadline.h"

#include <limits.h>
#include <stdlib.h>

enum { BACK = 3, PLANS = BACK + 1 + TODO_MAX_DAYS / 90 + 2 };
enum { UNIT_COST = 10 /* of a unit without records, in records */ };

/* Entries of all items without a record. */
struct blanks {
  struct todo_entry *entry; /* owned; unit is not set */
  size_t n, cap;
  size_t *first;            /* owned; item i has those from first[i] to first[i + 1] */
};

struct todo_finder {
  struct workbook *wb;
  const struct calendar *calendar;
  const struct unit *units;
  const struct catalogue *catalogue;
  day on, until;
  const bool *domains;
  struct slot_plan *plan[PLANS]; /* quarters; plan[BACK] is the present one */
  int n_plans, at;               /* at: the plan in use */
  struct blanks blanks;
  struct slot_record *record;    /* owned; all of the unit in use */
  int *item_of;                  /* owned; the item of each */
  size_t n, cap;
  int unit, item;                /* in use */
  const struct slot_record *of_item; /* its records of that item */
  todo_fn *fn;                   /* of this call of todo_units(), as all below */
  void *ctx;
  int spent, budget;
  bool enough, failed;           /* why reading was stopped */
};

/* ---- one unit and item ---- */

static const struct item *item_in_use(const struct todo_finder *f) {
  return &f->catalogue->items[f->item];
}

static struct todo_entry entry_of(const struct todo_finder *f, const struct slot_record *record) {
  struct todo_entry e = { .unit = f->unit, .item = f->item, .due = DAY_NONE, .from = DAY_NONE };
  if (record != NULL) {
    e.no = record->no;
    e.from = record->event_on;
    e.period = record->period;
  }
  return e;
}

static void add_slot(const struct slot *slot, void *ctx) {
  struct todo_finder *f = ctx;
  struct todo_entry e = entry_of(f, slot->record >= 0 ? &f->of_item[slot->record] : NULL);
  e.due = slot->due;
  if (slot->recurrence.kind != PERIOD_NONE) e.period = slot->recurrence;
  if (slot->state == STATE_OVERDUE) {
    e.kind = TODO_OVERDUE;
  } else if (slot->state == STATE_PENDING && slot->due <= f->until) {
    e.kind = TODO_DUE;
  } else if (slot->state == STATE_UNCHECKED && (f->at == BACK || f->at == BACK - 1)) {
    e.kind = TODO_CONFIRM;
    e.period = slots_period(f->plan[f->at]);
  } else {
    return;
  }
  f->fn(&e, f->ctx);
}

static bool is_open(const struct todo_finder *f, const struct slot_record *r) {
  return !r->none && (r->published_on == DAY_NONE || r->published_on > f->on);
}

/* Records whose due day lies before all plans and that are still open. */
static void add_old(struct todo_finder *f, size_t n) {
  const struct item *item = item_in_use(f);
  day first = period_first(slots_period(f->plan[0]));
  for (size_t i = 0; i < n && item->cadence != CAD_STANDING; i++) {
    const struct slot_record *record = &f->of_item[i];
    if (!is_open(f, record)) continue;
    if (record->event_on == DAY_NONE && !cadence_recurs(item->cadence)) continue;
    day due = deadline_due(f->calendar, item, record->event_on, record->period);
    if (due == DAY_NONE || due >= first) continue;
    struct todo_entry e = entry_of(f, record);
    e.kind = TODO_OVERDUE;
    e.due = due;
    f->fn(&e, f->ctx);
  }
}

/* Whatever is asked of the unit: what hangs after its notice period has to come down. */
static void add_take_down(struct todo_finder *f, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const struct slot_record *record = &f->of_item[i];
    if (record->published_on == DAY_NONE || record->published_on > f->on) continue;
    if (record->removed_on != DAY_NONE && record->removed_on <= f->on) continue;
    day end = deadline_notice_end(f->calendar, item_in_use(f), record->published_on);
    if (end == DAY_NONE || end >= f->on) continue;
    struct todo_entry e = entry_of(f, record);
    e.kind = TODO_TAKE_DOWN;
    e.due = end;
    e.from = record->published_on;
    f->fn(&e, f->ctx);
  }
}

/* Only a recurring item, or a record still open, can have anything outside the present quarter and the
 * one before; a standing item has nothing outside the present one. */
static void add_slots(struct todo_finder *f, size_t n) {
  const struct item *item = item_in_use(f);
  bool all = cadence_recurs(item->cadence);
  for (size_t i = 0; i < n; i++) all = all || is_open(f, &f->of_item[i]);
  int first = all ? 0 : BACK - 1, end = all ? f->n_plans : BACK + 1;
  if (item->cadence == CAD_STANDING) {
    first = BACK;
    end = BACK + 1;
  }
  for (f->at = first; f->at < end; f->at++)
    (void)slots_list(f->plan[f->at], f->item, f->of_item, (int)n, add_slot, f);
}

static void look_at(struct todo_finder *f, bool asked, size_t n) {
  if (item_in_use(f)->notice.unit != SPAN_NONE) add_take_down(f, n);
  if (!asked) return;
  add_old(f, n);
  add_slots(f, n);
}

/* ---- one unit ---- */

static void add_blank(struct todo_finder *f) {
  for (size_t i = f->blanks.first[f->item]; i < f->blanks.first[f->item + 1]; i++) {
    f->blanks.entry[i].unit = f->unit;
    f->fn(&f->blanks.entry[i], f->ctx);
  }
}

/* With the records that were gathered, which are in order of items. */
static void look_at_unit(struct todo_finder *f, int unit) {
  const struct unit *u = &f->units[unit];
  size_t at = 0;
  f->unit = unit;
  for (f->item = 0; (size_t)f->item < f->catalogue->n_items; f->item++) {
    size_t first = at;
    while (at < f->n && f->item_of[at] == f->item) at++;
    if (f->domains != NULL && !f->domains[item_in_use(f)->domain]) continue;
    bool asked = catalogue_asks(f->catalogue, f->item, u->level, u->code);
    f->of_item = f->record + first;
    if (at > first) look_at(f, asked, at - first);
    else if (asked) add_blank(f);
  }
  f->spent += (int)f->n + UNIT_COST;
  f->n = 0;
}

/* ---- some units, those without records too ---- */

/* Look at the units before that one; what was gathered is the first one's.  False: enough was read. */
static bool catch_up(struct todo_finder *f, int *next, int unit) {
  while (*next < unit && f->spent < f->budget) look_at_unit(f, (*next)++);
  return *next >= unit && f->spent < f->budget;
}

struct reading { struct todo_finder *f; int *next; };

static bool keep_record(struct todo_finder *f, int item, const struct slot_record *record) {
  size_t cap = f->cap; /* of both */
  if (!ARRAY_ROOM(f->record, f->n, cap) || !ARRAY_ROOM(f->item_of, f->n, f->cap)) return false;
  f->record[f->n] = *record;
  f->item_of[f->n++] = item;
  return true;
}

static bool read_record(int unit, int item, const struct slot_record *record, void *ctx) {
  struct reading *r = ctx;
  if (unit != *r->next && !catch_up(r->f, r->next, unit)) {
    r->f->enough = true;
    return false;
  }
  if (!keep_record(r->f, item, record)) r->f->failed = true;
  return !r->f->failed;
}

enum status todo_units(struct todo_finder *f, int *next, int last, int budget, todo_fn *fn, void *ctx,
                       struct error *e) {
  struct reading r = { f, next };
  f->fn = fn;
  f->ctx = ctx;
  f->budget = budget;
  f->spent = 0;
  f->enough = f->failed = false;
  f->n = 0;
  enum status st = wb_scan_range(f->wb, *next, last, read_record, &r, e);
  if (f->failed) return error_nomem(e);
  if (st == ST_OK && !f->enough && *next <= last) {
    look_at_unit(f, (*next)++);
    (void)catch_up(f, next, last + 1);
  }
  return st;
}

/* ---- making a finder ---- */

static bool make_plans(struct todo_finder *f) {
  struct period p = period_step(period_of(f->on, PERIOD_QUARTER), -BACK);
  while (f->n_plans < PLANS && (f->n_plans <= BACK || period_first(p) <= f->until)) {
    f->plan[f->n_plans] = slots_plan(f->catalogue, f->calendar, p, f->on);
    if (f->plan[f->n_plans++] == NULL) return false;
    p = period_step(p, 1);
  }
  return true;
}

static void keep_blank(const struct todo_entry *entry, void *ctx) {
  struct todo_finder *f = ctx;
  struct blanks *b = &f->blanks;
  if (ARRAY_ROOM(b->entry, b->n, b->cap)) b->entry[b->n++] = *entry;
  else f->failed = true;
}

static bool make_blanks(struct todo_finder *f) {
  size_t n = f->catalogue->n_items;
  f->blanks.first = calloc(n + 1, sizeof *f->blanks.first);
  if (f->blanks.first == NULL) return false;
  f->fn = keep_blank;
  f->ctx = f;
  for (f->item = 0; (size_t)f->item < n; f->item++) {
    look_at(f, true, 0);
    f->blanks.first[f->item + 1] = f->blanks.n;
  }
  return !f->failed;
}

struct todo_finder *todo_finder_new(struct workbook *wb, const struct calendar *calendar, day on, day until,
                                    const bool *domains) {
  struct todo_finder *f = calloc(1, sizeof *f);
  size_t n;
  if (f == NULL) return NULL;
  *f = (struct todo_finder){ .wb = wb, .calendar = calendar, .on = on, .until = until, .domains = domains };
  f->units = wb_units(wb, &n);
  f->catalogue = wb_catalogue(wb);
  if (make_plans(f) && make_blanks(f)) return f;
  todo_finder_free(f);
  return NULL;
}

void todo_finder_free(struct todo_finder *f) {
  if (f == NULL) return;
  for (int i = 0; i < f->n_plans; i++) slots_plan_free(f->plan[i]);
  free(f->blanks.entry);
  free(f->blanks.first);
  free(f->record);
  free(f->item_of);
  free(f);
}

/* ---- all at once ---- */

struct listing { struct todo *t; bool failed; };

static void add(const struct todo_entry *entry, void *ctx) {
  struct listing *l = ctx;
  struct todo *t = l->t;
  if (!ARRAY_ROOM(t->list, t->n, t->cap)) {
    l->failed = true;
    return;
  }
  t->list[t->n++] = *entry;
  t->count[entry->kind]++;
}

static int compare(const void *a, const void *b) {
  const struct todo_entry *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->kind != TODO_CONFIRM && x->due != y->due) return x->due < y->due ? -1 : 1;
  if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  if (x->item != y->item) return x->item < y->item ? -1 : 1;
  int order = period_compare(x->period, y->period);
  return order != 0 ? order : x->no < y->no ? -1 : x->no > y->no;
}

/* Wanted units that follow each other are looked at together. */
static enum status find_units(struct todo *t, struct todo_finder *f, struct error *e) {
  struct listing l = { .t = t };
  enum status st = ST_OK;
  size_t n_units;
  (void)wb_units(t->wb, &n_units);
  for (int unit = 0, n = (int)n_units; unit < n && st == ST_OK && !l.failed;) {
    int end = unit;
    while (end < n && (t->units == NULL || t->units[end])) end++;
    if (end > unit) st = todo_units(f, &unit, end - 1, INT_MAX, add, &l, e);
    else unit++;
  }
  return l.failed ? error_nomem(e) : st;
}

enum status todo_find(struct todo *t, struct error *e) {
  struct todo_finder *f = todo_finder_new(t->wb, t->calendar, t->on, t->until, t->domains);
  if (f == NULL) return error_nomem(e);
  enum status st = find_units(t, f, e);
  todo_finder_free(f);
  if (t->n > 0) qsort(t->list, t->n, sizeof *t->list, compare);
  return st;
}

void todo_free(struct todo *t) {
  free(t->list);
  t->list = NULL;
  t->n = t->cap = 0;
}
