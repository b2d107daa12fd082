/* Finding what has to be done: see the header.
 *
 * A standing item is judged in the present quarter only.  A confirm slot is asked for in the present
 * quarter and the one before, which can only be confirmed when it is over. */
#include "checklists/todo.h"
#include "checklists/deadline.h"

#include <stdlib.h>

enum { BACK = 3, PLANS = BACK + 1 + TODO_MAX_DAYS / 90 + 2 };

struct finding_run {
  struct todo *t;
  const struct unit *units;
  const struct catalogue *catalogue;
  size_t n_units;
  struct slot_plan *plan[PLANS]; /* quarters; plan[BACK] is the present one */
  int n_plans, at;               /* at: the plan in use */
  int unit, item;                /* in use */
  struct slot_record *record;    /* of that unit and item */
  size_t n, cap;
  int next_unit, next_item;      /* the first pair not looked at yet */
  bool failed;
};

static void add(struct finding_run *r, const struct todo_entry *entry) {
  struct todo *t = r->t;
  if (t->n == t->cap) {
    size_t cap = t->cap > 0 ? t->cap * 2 : 256;
    struct todo_entry *grown = realloc(t->list, cap * sizeof *grown);
    if (grown == NULL) {
      r->failed = true;
      return;
    }
    t->list = grown;
    t->cap = cap;
  }
  t->list[t->n++] = *entry;
  t->count[entry->kind]++;
}

static struct todo_entry entry_of(const struct finding_run *r, const struct slot_record *record) {
  struct todo_entry e = { .unit = r->unit, .item = r->item, .due = DAY_NONE, .from = DAY_NONE };
  if (record != NULL) {
    e.no = record->no;
    e.from = record->event_on;
    e.period = record->period;
  }
  return e;
}

/* ---- one unit and item ---- */

static bool is_standing(const struct finding_run *r) {
  return r->catalogue->items[r->item].cadence == CAD_STANDING;
}

static void add_slot(const struct slot *slot, void *ctx) {
  struct finding_run *r = ctx;
  struct todo_entry e = entry_of(r, slot->record >= 0 ? &r->record[slot->record] : NULL);
  if (is_standing(r) && r->at != BACK) return;
  e.due = slot->due;
  if (slot->recurrence.kind != PERIOD_NONE) e.period = slot->recurrence;
  if (slot->state == STATE_OVERDUE) {
    e.kind = TODO_OVERDUE;
  } else if (slot->state == STATE_PENDING && slot->due <= r->t->until) {
    e.kind = TODO_DUE;
  } else if (slot->state == STATE_UNCHECKED && (r->at == BACK || r->at == BACK - 1)) {
    e.kind = TODO_CONFIRM;
    e.period = slots_period(r->plan[r->at]);
  } else {
    return;
  }
  add(r, &e);
}

/* Records whose due day lies before all plans and that are still open. */
static void add_old(struct finding_run *r) {
  day first = period_first(slots_period(r->plan[0]));
  const struct item *item = &r->catalogue->items[r->item];
  for (size_t i = 0; i < r->n && item->cadence != CAD_STANDING; i++) {
    const struct slot_record *record = &r->record[i];
    day due = deadline_due(r->t->calendar, item, record->event_on, record->period);
    if (due == DAY_NONE || due >= first || record->none) continue;
    if (record->event_on == DAY_NONE && !cadence_recurs(item->cadence)) continue;
    if (record->published_on != DAY_NONE && record->published_on <= r->t->on) continue;
    struct todo_entry e = entry_of(r, record);
    e.kind = TODO_OVERDUE;
    e.due = due;
    add(r, &e);
  }
}

/* Whatever is asked of the unit: what hangs after its notice period has to come down. */
static void add_take_down(struct finding_run *r) {
  for (size_t i = 0; i < r->n; i++) {
    const struct slot_record *record = &r->record[i];
    if (record->published_on == DAY_NONE || record->published_on > r->t->on) continue;
    if (record->removed_on != DAY_NONE && record->removed_on <= r->t->on) continue;
    day end = deadline_notice_end(r->t->calendar, &r->catalogue->items[r->item], record->published_on);
    if (end == DAY_NONE || end >= r->t->on) continue;
    struct todo_entry e = entry_of(r, record);
    e.kind = TODO_TAKE_DOWN;
    e.due = end;
    e.from = record->published_on;
    add(r, &e);
  }
}

static void look_at(struct finding_run *r) {
  const struct unit *u = &r->units[r->unit];
  const struct item *item = &r->catalogue->items[r->item];
  if (r->t->domains != NULL && !r->t->domains[item->domain]) return;
  if (item->notice.unit != SPAN_NONE) add_take_down(r);
  if (!catalogue_asks(r->catalogue, r->item, u->level, u->code)) return;
  add_old(r);
  /* without a record only a recurring item can have anything outside the present and the last quarter */
  bool all = r->n > 0 || cadence_recurs(item->cadence);
  for (r->at = all ? 0 : BACK - 1; r->at < (all ? r->n_plans : BACK + 1); r->at++)
    (void)slots_list(r->plan[r->at], r->item, r->record, (int)r->n, add_slot, r);
}

/* ---- every unit and item, those without records too ---- */

/* Look at the pairs before (unit, item): they have no record. */
static void catch_up(struct finding_run *r, int unit, int item) {
  int n_items = (int)r->catalogue->n_items;
  while (r->next_unit < unit || (r->next_unit == unit && r->next_item < item)) {
    r->unit = r->next_unit;
    r->item = r->next_item;
    r->n = 0;
    bool wanted = r->t->units == NULL || r->t->units[r->unit];
    if (wanted && r->item < n_items) look_at(r);
    if (!wanted || ++r->next_item >= n_items) {
      r->next_item = 0;
      r->next_unit++;
    }
  }
}

/* The pair whose records were gathered. */
static void finish_pair(struct finding_run *r) {
  if (r->n == 0) return;
  if (r->t->units == NULL || r->t->units[r->unit]) look_at(r);
  r->n = 0;
  r->next_unit = r->unit;
  r->next_item = r->item + 1;
}

static bool read_record(int unit, int item, const struct slot_record *record, void *ctx) {
  struct finding_run *r = ctx;
  if (r->n > 0 && (unit != r->unit || item != r->item)) finish_pair(r);
  if (r->n == 0) {
    catch_up(r, unit, item);
    r->unit = unit;
    r->item = item;
  }
  if (r->n == r->cap) {
    size_t cap = r->cap > 0 ? r->cap * 2 : 64;
    struct slot_record *grown = realloc(r->record, cap * sizeof *grown);
    if (grown == NULL) r->failed = true;
    if (grown == NULL) return false;
    r->record = grown;
    r->cap = cap;
  }
  r->record[r->n++] = *record;
  return !r->failed;
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

static bool make_plans(struct finding_run *r) {
  struct period p = period_step(period_of(r->t->on, PERIOD_QUARTER), -BACK);
  while (r->n_plans < PLANS && (r->n_plans <= BACK || period_first(p) <= r->t->until)) {
    r->plan[r->n_plans] = slots_plan(r->catalogue, r->t->calendar, p, r->t->on);
    if (r->plan[r->n_plans++] == NULL) return false;
    p = period_step(p, 1);
  }
  return true;
}

enum status todo_find(struct todo *t, struct error *e) {
  struct finding_run r = { .t = t, .catalogue = wb_catalogue(t->wb) };
  enum status st = ST_OK;
  r.units = wb_units(t->wb, &r.n_units);
  if (!make_plans(&r)) r.failed = true;
  if (!r.failed) st = wb_scan(t->wb, -1, -1, read_record, &r, e);
  if (!r.failed && st == ST_OK) {
    finish_pair(&r);
    catch_up(&r, (int)r.n_units, 0);
  }
  for (int i = 0; i < r.n_plans; i++) slots_plan_free(r.plan[i]);
  free(r.record);
  if (r.failed) return error_nomem(e);
  if (t->n > 0) qsort(t->list, t->n, sizeof *t->list, compare);
  return st;
}

void todo_free(struct todo *t) {
  free(t->list);
  t->list = NULL;
  t->n = t->cap = 0;
}
