/* Slots of one unit and item, and their states: DESIGN §3, literally.
 *
 * A plan holds what depends only on the item: which recurrences fall due in P by default, and the
 * tally of a unit without any record.  Order of judging a slot: published on or before D, then
 * none, then the due day.
 * Left out: which items a unit is asked (catalogue_asks), reading records, rates (rate.c). */
#include "checklists/slot.h"
#include "checklists/deadline.h"

#include <stdlib.h>

/* What the plan knows of an item. */
struct planned {
  struct period first; /* recurring: the first recurrence due in P by default */
  int n;               /* and how many, one after the other */
  struct tally empty;
};

struct slot_plan {
  const struct catalogue *catalogue;
  const struct calendar *calendar;
  struct period period;
  day on, first, last; /* D; first and last day of P */
  day until;           /* T: the earlier of D and the last day of P */
  struct planned *item;
};

typedef void emit_fn(const struct slot *slot, void *ctx);

/* Where one call of slots_list() sends its slots. */
struct sink {
  const struct slot_plan *plan;
  const struct item *item;
  const struct slot_record *record;
  int n_records;
  emit_fn *emit;
  void *ctx;
  int n; /* emitted so far */
};

static void put(struct sink *s, const struct slot *slot) {
  s->emit(slot, s->ctx);
  s->n++;
}

/* ---- states ---- */

static enum slot_state unpublished(day due, day on) {
  if (due == DAY_NONE) return STATE_UNCHECKED;
  return due >= on ? STATE_PENDING : STATE_OVERDUE;
}

static enum slot_state published(day on, day due) {
  return due == DAY_NONE || on <= due ? STATE_PUBLISHED : STATE_LATE;
}

enum slot_state slot_state_of(const struct slot_record *r, day due, day on) {
  if (r->published_on != DAY_NONE && r->published_on <= on) return published(r->published_on, due);
  return r->none ? STATE_NONE : unpublished(due, on);
}

static bool due_in_period(const struct slot_plan *plan, day due) {
  return due != DAY_NONE && due >= plan->first && due <= plan->last;
}

/* ---- standing: one slot, judged on T ---- */

static bool is_up(const struct slot_plan *plan, const struct slot_record *r) {
  if (r->published_on == DAY_NONE || r->published_on > plan->until) return false;
  if (r->removed_on != DAY_NONE && r->removed_on <= plan->until) return false;
  return r->event_on == DAY_NONE || r->published_on >= r->event_on;
}

static void list_standing(struct sink *s) {
  struct slot slot = { .state = STATE_UNCHECKED, .due = DAY_NONE, .record = -1 };
  if (s->n_records > 0) { /* there is at most one; a second would be a damaged file's */
    const struct slot_record *r = &s->record[0];
    slot.record = 0;
    slot.due = deadline_due(s->plan->calendar, s->item, r->event_on, (struct period){ 0 });
    if (is_up(s->plan, r)) slot.state = published(r->published_on, slot.due);
    else slot.state = r->none ? STATE_NONE : unpublished(slot.due, s->plan->on);
  }
  put(s, &slot);
}

/* ---- recurring: one slot for each recurrence due in P ---- */

static bool has_record(const struct sink *s, struct period recurrence) {
  for (int i = 0; i < s->n_records; i++)
    if (period_same(s->record[i].period, recurrence)) return true;
  return false;
}

static void list_recurring(struct sink *s, const struct planned *planned) {
  const struct slot_plan *plan = s->plan;
  for (int i = 0; i < s->n_records; i++) {
    const struct slot_record *r = &s->record[i];
    day due = deadline_due(plan->calendar, s->item, r->event_on, r->period);
    if (!due_in_period(plan, due)) continue;
    enum slot_state state = slot_state_of(r, due, plan->on);
    put(s, &(struct slot){ .state = state, .due = due, .recurrence = r->period, .record = i });
  }
  struct period p = planned->first;
  for (int i = 0; i < planned->n; i++, p = period_step(p, 1)) {
    if (has_record(s, p)) continue;
    day due = deadline_due(plan->calendar, s->item, DAY_NONE, p);
    put(s, &(struct slot){ .state = unpublished(due, plan->on), .due = due, .recurrence = p, .record = -1 });
  }
}

/* ---- event, before: one slot for each record due in P, else one to confirm ---- */

/* Do the none-periods said so far cover all of P? */
static bool none_said(const struct sink *s) {
  unsigned want = period_months(s->plan->period), said = 0;
  for (int i = 0; i < s->n_records; i++) {
    const struct slot_record *r = &s->record[i];
    if (r->none && r->event_on == DAY_NONE && r->period.year == s->plan->period.year)
      said |= period_months(r->period);
  }
  return (want & ~said) == 0;
}

static void list_events(struct sink *s) {
  for (int i = 0; i < s->n_records; i++) {
    const struct slot_record *r = &s->record[i];
    if (r->event_on == DAY_NONE) continue;
    day due = deadline_due(s->plan->calendar, s->item, r->event_on, (struct period){ 0 });
    if (!due_in_period(s->plan, due)) continue;
    put(s, &(struct slot){ .state = slot_state_of(r, due, s->plan->on), .due = due, .record = i });
  }
  if (s->n > 0) return;
  bool closed = s->item->confirm_implied || none_said(s);
  put(s, &(struct slot){ .state = closed ? STATE_NONE : STATE_UNCHECKED, .due = DAY_NONE, .record = -1,
                         .confirm = true });
}

int slots_list(const struct slot_plan *plan, int item, const struct slot_record *records, int n,
               emit_fn *emit, void *ctx) {
  struct sink s = { .plan = plan, .item = &plan->catalogue->items[item], .record = records, .n_records = n,
                    .emit = emit, .ctx = ctx };
  if (s.item->cadence == CAD_STANDING) list_standing(&s);
  else if (cadence_recurs(s.item->cadence)) list_recurring(&s, &plan->item[item]);
  else list_events(&s);
  return s.n;
}

/* ---- counting ---- */

struct counting { struct tally *tally; bool standing_due; };

static void count(const struct slot *slot, void *ctx) {
  struct counting *c = ctx;
  c->tally->state[slot->state]++;
  if (c->standing_due && slot->state == STATE_UNCHECKED) c->tally->unchecked_due++;
}

void slots_tally(const struct slot_plan *plan, int item, const struct slot_record *records, int n,
                 struct tally *t) {
  bool standing = plan->catalogue->items[item].cadence == CAD_STANDING;
  struct counting c = { .tally = t, .standing_due = standing && plan->on > plan->last };
  (void)slots_list(plan, item, records, n, count, &c);
}

const struct tally *slots_empty(const struct slot_plan *plan, int item) { return &plan->item[item].empty; }

/* ---- planning ---- */

/* Default due days rise with the recurrence, and lie on or after its last day: go back from the
 * recurrence that holds the end of P until one falls due before P. */
static void plan_recurrences(const struct slot_plan *plan, const struct item *item, struct planned *out) {
  struct period p = period_of(plan->last, cadence_period(item->cadence));
  for (; period_last(p) >= DAY_MIN; p = period_step(p, -1)) {
    day due = deadline_due(plan->calendar, item, DAY_NONE, p);
    if (due != DAY_NONE && due < plan->first) break;
    if (!due_in_period(plan, due)) continue;
    out->first = p;
    out->n++;
  }
}

struct slot_plan *slots_plan(const struct catalogue *c, const struct calendar *cal, struct period p, day on) {
  struct slot_plan *plan = calloc(1, sizeof *plan);
  if (plan == NULL) return NULL;
  plan->item = calloc(c->n_items + 1, sizeof *plan->item);
  if (plan->item == NULL) {
    free(plan);
    return NULL;
  }
  plan->catalogue = c;
  plan->calendar = cal;
  plan->period = p;
  plan->on = on;
  plan->first = period_first(p);
  plan->last = period_last(p);
  plan->until = on < plan->last ? on : plan->last;
  for (size_t i = 0; i < c->n_items; i++) {
    if (cadence_recurs(c->items[i].cadence)) plan_recurrences(plan, &c->items[i], &plan->item[i]);
    slots_tally(plan, (int)i, NULL, 0, &plan->item[i].empty);
  }
  return plan;
}

void slots_plan_free(struct slot_plan *plan) {
  if (plan == NULL) return;
  free(plan->item);
  free(plan);
}

struct period slots_period(const struct slot_plan *plan) { return plan->period; }
day slots_on(const struct slot_plan *plan) { return plan->on; }
