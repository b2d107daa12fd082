/* What a new record may take over from the one before it: the quarter before, the event before.
 *
 * Title, text, channels, address and telephone are proposals that a person accepts; days, tables and
 * "none" are never carried.  Words for the old period become those of the new one.
 */
#ifndef MB_CHECKLISTS_CARRY_H
#define MB_CHECKLISTS_CARRY_H

#include "checklists/workbook.h"

/* The record that a new one of that unit and item would follow: of a recurring item the published one of
 * the nearest earlier recurrence, of an event item the published one of the latest event day; a standing
 * item has none before it.  from->no 0: there is none.  from is the caller's (record_free). */
enum status carry_find(struct workbook *wb, int unit, int item, struct period recurrence, struct record *from,
                       struct error *e) MB_MUST_USE;

/* Is that field carried? */
bool carry_field(enum record_field f);

/* The proposals for the record of that recurrence (PERIOD_NONE: nothing is reworded); *out has unit, item
 * and the carried fields only, and is the caller's. */
enum status carry_propose(const struct record *from, struct period recurrence, struct record *out,
                          struct error *e) MB_MUST_USE;

/* text with the words for period `from` as those for `to`, both of one kind, appended: 2026年第二季度,
 * 二季度, 4-6月, 6月, 六月份, 上半年, 2025年度, 2026Q2 …  A date (6月30日, 2026年6月30日) stays.  years: a
 * year by itself is reworded too, as in a title "2026年度决算"; a text names other years' papers. */
void carry_words(struct text *out, const char *text, struct period from, struct period to, bool years);

#endif
