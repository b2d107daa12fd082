/* States' names, counters of a group, and the three rates computed from the counters.
 * Left out on purpose: any mean of rates, any ranking (DESIGN §5.5 and §5.6). */
#include "base/error.h"
#include "checklists/slot.h"

static const struct { const char *key, *name; } states[STATE_COUNT] = {
  [STATE_PUBLISHED] = { "published", N_("已公开") }, [STATE_LATE] = { "late", N_("逾期公开") },
  [STATE_NONE] = { "none", N_("本期无") },           [STATE_PENDING] = { "pending", N_("待公开") },
  [STATE_OVERDUE] = { "overdue", N_("逾期未公开") }, [STATE_UNCHECKED] = { "unchecked", N_("待确认") },
};

const char *state_key(enum slot_state s) { return states[s].key; }
const char *state_name(enum slot_state s) { return _(states[s].name); }

void tally_add(struct tally *a, const struct tally *b) {
  for (int i = 0; i < STATE_COUNT; i++) a->state[i] += b->state[i];
  a->unchecked_due += b->unchecked_due;
}

void tally_subtract(struct tally *a, const struct tally *b) {
  for (int i = 0; i < STATE_COUNT; i++) a->state[i] -= b->state[i];
  a->unchecked_due -= b->unchecked_due;
}

uint32_t tally_slots(const struct tally *t) {
  uint32_t n = 0;
  for (int i = 0; i < STATE_COUNT; i++) n += t->state[i];
  return n;
}

/* What was to be up by now: disclosed, or not and nobody said why. */
static uint32_t owed(const struct tally *t) {
  return t->state[STATE_PUBLISHED] + t->state[STATE_LATE] + t->state[STATE_OVERDUE] + t->unchecked_due;
}

struct rate tally_fill(const struct tally *t) {
  uint32_t filled = t->state[STATE_PUBLISHED] + t->state[STATE_LATE] + t->state[STATE_NONE];
  return (struct rate){ filled, tally_slots(t) };
}

struct rate tally_disclosure(const struct tally *t) {
  return (struct rate){ t->state[STATE_PUBLISHED] + t->state[STATE_LATE], owed(t) };
}

struct rate tally_on_time(const struct tally *t) {
  return (struct rate){ t->state[STATE_PUBLISHED], owed(t) };
}
