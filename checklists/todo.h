/* What has to be done by a unit: overdue, due soon, to be taken down, to be confirmed.
 *
 * Slots belong to a quarter, so the quarters from a year back to `until` are planned and every unit and
 * item is looked at once, with the records streaming by.  Older things without a record are no longer
 * asked for here (the summary of their period shows them); an older record left open is.
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

/* The farthest `until` that is looked at, in days after on. */
#define TODO_MAX_DAYS 400

enum status todo_find(struct todo *t, struct error *e) MB_MUST_USE;
void todo_free(struct todo *t);

#endif
