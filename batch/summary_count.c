/* Counting for the summary: see the header for the way it is done. */
#include "batch/summary_count.h"
#include "base/array.h"

#include <stdlib.h>

/* The records of the unit and item being read. */
struct run {
  struct summary *s;
  int unit, item; /* -1 before the first */
  struct slot_record *record;
  size_t n, cap;
  bool failed;
};

static size_t row_of(const struct summary *s, int unit) {
  size_t n;
  if (s->by_unit == SUMMARY_ALL_UNITS) return 0;
  return (size_t)(s->by_unit == SUMMARY_BY_UNIT ? unit : wb_units(s->wb, &n)[unit].township);
}

static size_t column_of(const struct summary *s, int item) {
  if (s->by_item == SUMMARY_ALL_ITEMS) return 0;
  return (size_t)(s->by_item == SUMMARY_BY_ITEM ? item : wb_catalogue(s->wb)->items[item].domain);
}

static struct tally *cell_of(const struct summary *s, int unit, int item) {
  return &s->cell[row_of(s, unit) * s->columns + column_of(s, item)];
}

static bool wanted(const struct summary *s, int unit) { return s->wanted == NULL || s->wanted[unit]; }

/* ---- what every unit has without a record ---- */

/* Sums by column for one kind of unit, added into out[columns]. */
static void add_empty(const struct summary *s, enum level level, const char *code, struct tally *out) {
  const struct catalogue *c = wb_catalogue(s->wb);
  for (size_t i = 0; i < c->n_items; i++)
    if (catalogue_asks(c, (int)i, level, code))
      tally_add(&out[column_of(s, (int)i)], slots_empty(s->plan, (int)i));
}

/* All units of a level are asked the same; only departments differ from one another. */
static bool start_cells(struct summary *s) {
  size_t n;
  const struct unit *units = wb_units(s->wb, &n);
  struct tally *level[LEVEL_COUNT] = { NULL };
  bool ok = true;
  for (size_t u = 0; ok && u < n; u++) {
    struct tally *row = &s->cell[row_of(s, (int)u) * s->columns], **sum = &level[units[u].level];
    if (!wanted(s, (int)u)) continue;
    if (units[u].level == LEVEL_DEPARTMENT) {
      add_empty(s, units[u].level, units[u].code, row);
      continue;
    }
    if (*sum == NULL && (*sum = calloc(s->columns, sizeof **sum)) != NULL)
      add_empty(s, units[u].level, units[u].code, *sum);
    ok = *sum != NULL;
    for (size_t k = 0; ok && k < s->columns; k++) tally_add(&row[k], &(*sum)[k]);
  }
  for (int i = 0; i < LEVEL_COUNT; i++) free(level[i]);
  return ok;
}

/* ---- what the records change ---- */

static void finish_run(struct run *r) {
  const struct summary *s = r->s;
  size_t n;
  if (r->n == 0) return;
  const struct unit *u = &wb_units(s->wb, &n)[r->unit];
  if (catalogue_asks(wb_catalogue(s->wb), r->item, u->level, u->code)) {
    struct tally *cell = cell_of(s, r->unit, r->item);
    tally_subtract(cell, slots_empty(s->plan, r->item));
    slots_tally(s->plan, r->item, r->record, (int)r->n, cell);
  }
  r->n = 0;
}

static bool read_record(int unit, int item, const struct slot_record *record, void *ctx) {
  struct run *r = ctx;
  if (unit != r->unit || item != r->item) finish_run(r);
  r->unit = unit;
  r->item = item;
  if (!wanted(r->s, unit)) return true;
  if (!ARRAY_ROOM(r->record, r->n, r->cap)) {
    r->failed = true;
    return false;
  }
  r->record[r->n++] = *record;
  return true;
}

/* The range of units that holds all wanted ones, so that a township's summary reads only its own. */
static enum status scan_wanted(struct run *r, size_t n, struct error *e) {
  int first = 0, last = (int)n - 1;
  while (first <= last && !wanted(r->s, first)) first++;
  while (last > first && !wanted(r->s, last)) last--;
  return first > last ? ST_OK : wb_scan_range(r->s->wb, first, last, read_record, r, e);
}

enum status summary_count(struct summary *s, struct error *e) {
  size_t n;
  struct run r = { .s = s, .unit = -1, .item = -1 };
  const struct catalogue *c = wb_catalogue(s->wb);
  (void)wb_units(s->wb, &n);
  s->columns = s->by_item == SUMMARY_BY_DOMAIN ? c->n_domains : s->by_item == SUMMARY_BY_ITEM ? c->n_items : 1;
  size_t rows = s->by_unit == SUMMARY_ALL_UNITS ? 1 : n;
  s->cell = calloc(rows * s->columns + 1, sizeof *s->cell);
  if (s->cell == NULL || !start_cells(s)) return error_nomem(e);
  enum status st = scan_wanted(&r, n, e);
  if (st == ST_OK && !r.failed) finish_run(&r);
  free(r.record);
  if (r.failed) return error_nomem(e);
  for (size_t i = 0; st == ST_OK && i < rows * s->columns; i++) tally_add(&s->total, &s->cell[i]);
  return st;
}

void summary_free(struct summary *s) {
  free(s->cell);
  s->cell = NULL;
}

/* ---- handing out ---- */

void summary_each(const struct summary *s, summary_fn *fn, void *ctx) {
  const struct catalogue *c = wb_catalogue(s->wb);
  size_t n, rows = 1;
  (void)wb_units(s->wb, &n);
  if (s->by_unit != SUMMARY_ALL_UNITS) rows = n;
  for (size_t row = 0; row < rows; row++) {
    for (size_t k = 0; k < s->columns; k++) {
      struct summary_group g = { .unit = -1, .domain = -1, .item = -1 };
      g.tally = &s->cell[row * s->columns + k];
      if (tally_slots(g.tally) == 0) continue;
      if (s->by_unit != SUMMARY_ALL_UNITS) g.unit = (int)row;
      if (s->by_item == SUMMARY_BY_DOMAIN) g.domain = (int)k;
      if (s->by_item == SUMMARY_BY_ITEM) {
        g.item = (int)k;
        g.domain = c->items[k].domain;
      }
      if (!fn(&g, ctx)) return;
    }
  }
}

uint32_t summary_missing(const struct tally *t) {
  return t->state[STATE_OVERDUE] + t->state[STATE_UNCHECKED];
}
