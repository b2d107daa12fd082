/* Counting slots for rows on a screen, and only for these.
 *
 * A unit without records counts what its level counts (computed once a period); the records
 * that are there replace the counts of their items.  So a row costs its records.
 */
#ifndef MB_TUI_RATES_H
#define MB_TUI_RATES_H

#include "tui/view.h"

/* All units first..last together, added to t.  ui->plan is used. */
enum status rates_units(struct ui *ui, int first, int last, struct tally *t, struct error *e) MB_MUST_USE;
/* One unit, by domain: t has n_domains entries, added to. */
enum status rates_domains(struct ui *ui, int unit, struct tally *t, struct error *e) MB_MUST_USE;
/* Domains' items that ask something of that unit. */
int rates_items(const struct ui *ui, int unit, int domain);
/* "87.5% 14/16", "—" without a denominator; appended. */
void rate_add(struct text *out, struct rate r);

#endif
