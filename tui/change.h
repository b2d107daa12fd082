/* Every change that a view makes, as one named step each, so that Ctrl-Z can name it. */
#ifndef MB_TUI_CHANGE_H
#define MB_TUI_CHANGE_H

#include "tui/view.h"

/* Store a record as one step, called "VERB ITEM UNIT" in undo.  On failure nothing is stored and r is
 * as it was. */
enum status change_put(struct ui *ui, struct record *r, const char *verb, struct error *e) MB_MUST_USE;
enum status change_delete(struct ui *ui, int unit, int item, int64_t no, struct error *e) MB_MUST_USE;

/* Publish today: the record no, or a new one of that unit, item and recurrence.  Says what was
 * done; flags for a handler. */
unsigned change_publish(struct ui *ui, int unit, int item, int64_t no, struct period recurrence);
/* None, with a reason: record no, or a new one.  An event item's is for ui->period. */
unsigned change_none(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                     const char *reason);
/* None for every confirm slot of a unit's domain that is open, in one step.  *n: how many. */
enum status change_none_domain(struct ui *ui, int unit, int domain, const char *reason, int *n,
                               struct error *e) MB_MUST_USE;

unsigned change_undo(struct ui *ui, bool redo);

/* A record of that unit and item, with its recurrence filled in; not stored. */
enum status record_start(struct ui *ui, int unit, int item, struct period recurrence, struct record *r,
                         struct error *e) MB_MUST_USE;
enum status record_set(struct record *r, enum record_field f, const char *value, struct error *e) MB_MUST_USE;
enum status record_copy(const struct record *from, struct record *to, struct error *e) MB_MUST_USE;

#endif
