/* The summary: slots counted by unit and by domain or item, once, for every output format.
 *
 * One pass over the records.  A group starts as the sum of what its units would have without any
 * record; each unit and item that has records is then corrected.  Memory: the groups, and the records
 * of one unit and item.
 */
#ifndef MB_BATCH_SUMMARY_COUNT_H
#define MB_BATCH_SUMMARY_COUNT_H

#include "checklists/workbook.h"

enum summary_units { SUMMARY_ALL_UNITS, SUMMARY_BY_TOWNSHIP, SUMMARY_BY_UNIT };
enum summary_items { SUMMARY_ALL_ITEMS, SUMMARY_BY_DOMAIN, SUMMARY_BY_ITEM };

struct summary_group {
  int unit;   /* index of the unit, or of its township; -1: not grouped by units */
  int domain; /* index; -1 when grouped by units only */
  int item;   /* index; -1 unless grouped by items */
  const struct tally *tally; /* borrowed from the summary */
};

struct summary {
  struct workbook *wb;         /* borrowed; units, catalogue and names come from it */
  const struct slot_plan *plan; /* borrowed */
  enum summary_units by_unit;
  enum summary_items by_item;
  bool by_domain;              /* domains were asked for, alone or beside items */
  const bool *wanted;          /* by unit; NULL: all.  Borrowed */
  /* filled by summary_count() */
  size_t columns;              /* domains or items, 1 when not grouped by them */
  struct tally *cell;          /* owned: rows (units, or 1) x columns */
  struct tally total;
};

/* Count.  The fields above the line must be set.  Call summary_free() also after a failure. */
enum status summary_count(struct summary *s, struct error *e) MB_MUST_USE;
void summary_free(struct summary *s);

/* The groups that have slots, by division code, then domain or item.  fn returns false to stop. */
typedef bool summary_fn(const struct summary_group *g, void *ctx);
void summary_each(const struct summary *s, summary_fn *fn, void *ctx);

/* What is missing: overdue and not confirmed. */
uint32_t summary_missing(const struct tally *t);

#endif
