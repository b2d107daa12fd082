/* Every change that a view makes, as one named step each, so that Ctrl-Z can name it. */
#ifndef MB_TUI_CHANGE_H
#define MB_TUI_CHANGE_H

#include "tui/view.h"

struct item_rows;

/* Store a record as one step, called "VERB ITEM UNIT" in undo.  On failure nothing is stored and r is
 * as it was. */
enum status change_put(struct ui *ui, struct record *r, const char *verb, struct error *e) MB_MUST_USE;

/* Publish today: the record no, or a new one of that unit, item and recurrence.  Says what was
 * done; flags for a handler.  An event without its day would count nowhere: then its form is opened instead. */
unsigned change_publish(struct ui *ui, int unit, int item, int64_t no, struct period recurrence);
/* None, with a reason: record no, or a new one.  An event item's is for ui->period. */
unsigned change_none(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                     const char *reason);

/* Ask why an event item has none in ui->period; says so where it has some, or none was said already. */
unsigned change_ask_none(struct ui *ui, int unit, int item,
                         unsigned (*done)(struct view *v, struct ui *ui, const char *answer));

/* What an act on several rows is about: record no, or (0) the one of that unit, item and recurrence.
 * For none of an event item recurrence is the period meant; PERIOD_NONE: ui->period. */
struct target { int unit, item; int64_t no; struct period recurrence; };
struct targets { struct target *t; size_t n, cap; bool failed; /* out of memory */ };
void targets_add(struct targets *list, struct target t);
void targets_free(struct targets *list);
/* Add every confirm slot of a unit's domain that is open in that period. */
enum status targets_confirm(struct ui *ui, int unit, int domain, struct period period, struct targets *list,
                            struct error *e) MB_MUST_USE;

/* The same for many, all as one step, "公开 12 项 城西社区居委会": everything or, on an error, nothing.
 * What cannot be (already so; an event without a record or a day) is passed over, and the sentence says how many. */
unsigned change_publish_many(struct ui *ui, const struct target *t, size_t n);
unsigned change_none_many(struct ui *ui, const struct target *t, size_t n, const char *reason);
/* One of the two, of the marked rows of that list.  reason NULL: published today. */
unsigned change_marked(struct ui *ui, const struct item_rows *rows, const struct list *list, const char *reason);
/* Only what has a record number. */
unsigned change_delete_many(struct ui *ui, const struct target *t, size_t n);
/* The record `from` to other units, as one step: title, text, channels, address, telephone, event day and
 * period, or its reason for "none". */
enum { COPY_TABLE = 1, COPY_PUBLISH = 2 /* published today; else not yet */ };
enum status change_copy(struct ui *ui, const struct record *from, const int *units, size_t n,
                        unsigned options, struct error *e) MB_MUST_USE;
/* None for every confirm slot of a unit's domain that is open, in one step.  *n: how many. */
enum status change_none_domain(struct ui *ui, int unit, int domain, const char *reason, int *n,
                               struct error *e) MB_MUST_USE;

unsigned change_undo(struct ui *ui, bool redo);

/* A record of that unit and item, with its recurrence filled in; not stored. */
enum status record_start(struct ui *ui, int unit, int item, struct period recurrence, struct record *r,
                         struct error *e) MB_MUST_USE;
/* Record no as stored, or a started one. */
enum status record_load(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                        struct record *r, struct error *e) MB_MUST_USE;
/* Its fields as they are once it is published today; once it is "none" (period: of an event item,
 * PERIOD_NONE: ui->period).  Not stored. */
enum status record_make_published(struct ui *ui, struct record *r, struct error *e) MB_MUST_USE;
enum status record_make_none(struct ui *ui, struct record *r, struct period period, const char *reason,
                             struct error *e) MB_MUST_USE;
/* An event of which nobody said when it was. */
bool record_lacks_event(struct ui *ui, int item, const struct record *r);

#endif
