/* Slots, states and rates: a pure module over records and a day (DESIGN §3).
 *
 * slots_plan() compiles catalogue, calendar, period P and day D once; after that
 * slots_list() gives the slots of one unit and item from its records, and
 * slots_tally() adds them to counters.  No allocation after planning.
 */
#ifndef MB_CHECKLISTS_SLOT_H
#define MB_CHECKLISTS_SLOT_H

#include "checklists/calendar.h"
#include "checklists/catalogue.h"
#include "checklists/day.h"
#include <stdint.h>

enum slot_state { STATE_PUBLISHED, STATE_LATE, STATE_NONE, STATE_PENDING, STATE_OVERDUE, STATE_UNCHECKED, STATE_COUNT };
const char *state_key(enum slot_state s);  /* "published" */
const char *state_name(enum slot_state s); /* 已公开 逾期公开 本期无 待公开 逾期未公开 待确认 */

/* What slots need of a record. */
struct slot_record {
  int64_t no;            /* record number in the workbook; carried through */
  struct period period;  /* recurrence, or the period of a "none" */
  day event_on, published_on, removed_on;
  bool none;             /* has a none reason */
};

/* The state of a record by itself, on that day: of a slot that has a due day (event, before, recurring). */
enum slot_state slot_state_of(const struct slot_record *r, day due, day on);

struct slot {
  enum slot_state state;
  day due;                    /* DAY_NONE: no due day */
  struct period recurrence;   /* recurring items */
  int record;                 /* index into the records given, -1: none */
  bool confirm;               /* the confirm slot of an event or before item */
};

/* Counters of a group.  Sums of slots; rates are computed from them, never averaged. */
struct tally {
  uint32_t state[STATE_COUNT];
  uint32_t unchecked_due; /* of STATE_UNCHECKED: standing slots of a period that is over */
};
void tally_add(struct tally *a, const struct tally *b);
void tally_subtract(struct tally *a, const struct tally *b); /* of what is in it */
uint32_t tally_slots(const struct tally *t);
struct rate { uint32_t num, den; };            /* den 0: no rate, prints "—" */
struct rate tally_fill(const struct tally *t);       /* 填报率 */
struct rate tally_disclosure(const struct tally *t); /* 公开率 */
struct rate tally_on_time(const struct tally *t);    /* 及时率 */

struct slot_plan;
/* c and cal are borrowed and must outlive the plan. NULL: out of memory. */
struct slot_plan *slots_plan(const struct catalogue *c, const struct calendar *cal, struct period p, day on);
void slots_plan_free(struct slot_plan *plan);
struct period slots_period(const struct slot_plan *plan);
day slots_on(const struct slot_plan *plan);

/* Slots of items[item] for a unit that it asks (catalogue_asks), from all its records of
 * that item, in any order.  Calls emit for each; returns their number. */
int slots_list(const struct slot_plan *plan, int item, const struct slot_record *records, int n,
               void (*emit)(const struct slot *slot, void *ctx), void *ctx);
/* The same, only counted into t. */
void slots_tally(const struct slot_plan *plan, int item, const struct slot_record *records, int n, struct tally *t);
/* What slots_tally would add for a unit without any record: ready-made, so a summary
 * costs only the records.  Borrowed from the plan. */
const struct tally *slots_empty(const struct slot_plan *plan, int item);

#endif
