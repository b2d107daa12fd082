/* What has to be done by a unit: overdue, due soon, to be taken down, to be confirmed.
 *
 * Slots belong to a quarter, so the quarters from a year back to `until` are planned once, and then every
 * unit and item is looked at, with the records streaming by.  Older things without a record are no longer
 * asked for here (the summary of their period shows them); an older record left open is.
 *
 * A finder looks at some units at a time, so that a screen can be filled between two keys.  todo_find()
 * is the same for all of them at once, sorted.
 */
#ifndef MB_CHECKLISTS_TODO_H
#define MB_CHECKLISTS_TODO_H

#include "checklists/workbook.h"

enum todo_kind { TODO_OVERDUE, TODO_DUE, TODO_TAKE_DOWN, TODO_CONFIRM, TODO_KINDS };

struct todo_entry {
  enum todo_kind kind;
  int unit, item;
  int64_t no;           /* record; 0: none */
  day due;              /* last day of the notice period for TODO_TAKE_DOWN; DAY_NONE for TODO_CONFIRM */
  day from;             /* event day; posting day for TODO_TAKE_DOWN; DAY_NONE */
  struct period period; /* recurrence; period to confirm; NONE otherwise */
};

/* The farthest `until` that is looked at, in days after on. */
#define TODO_MAX_DAYS 400

/* ---- some units at a time */
struct todo_finder;
typedef void todo_fn(const struct todo_entry *entry, void *ctx);

/* wb, calendar and domains (by index; NULL: all) are borrowed until it is freed.  NULL: out of memory. */
struct todo_finder *todo_finder_new(struct workbook *wb, const struct calendar *calendar, day on, day until,
                                    const bool *domains);
void todo_finder_free(struct todo_finder *f);
/* Look at the units from *next to last, until about `budget` records were read; *next is then the first
 * unit not looked at.  At least one unit is looked at.  fn gets the entries of a unit together, in order
 * of items.  On failure *next and what fn was given are of no use. */
enum status todo_units(struct todo_finder *f, int *next, int last, int budget, todo_fn *fn, void *ctx,
                       struct error *e) MB_MUST_USE;

/* ---- all at once */
struct todo {
  struct workbook *wb;             /* borrowed, as all down to the line */
  const struct calendar *calendar;
  day on, until;
  const bool *units, *domains;     /* by index; NULL: all */
  /* filled by todo_find(): by kind, then due day, unit, item */
  struct todo_entry *list;         /* owned */
  size_t n, cap;
  size_t count[TODO_KINDS];
};

enum status todo_find(struct todo *t, struct error *e) MB_MUST_USE;
void todo_free(struct todo *t);

#endif
