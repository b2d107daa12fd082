/* Template and data to pages: line breaking, tables, QR codes, page breaks.
 *
 * Everything becomes a list of strips (a line of text, a table row, a rule, a QR code) with a height and a
 * mark "stays with the next"; one pass then puts the strips on pages.  Text that does not fit flows on;
 * nothing is ever cut.  No PDF here: the result is glyphs and rectangles.
 */
#ifndef MB_BATCH_LAYOUT_H
#define MB_BATCH_LAYOUT_H

#include "base/error.h"
#include "batch/font.h"
#include "batch/page.h"
#include "batch/sheet_data.h"
#include "templates/template.h"

struct layout; /* a workspace; one a thread, used for any number of sheets */
struct layout *layout_new(const struct fonts *f); /* f is borrowed; NULL: out of memory */
void layout_free(struct layout *l);

/* Append the sheet's pages to out.  ST_DATA "sheet.glyph": some characters are in no font: ask
 * layout_missing(); "sheet.columns": a table has too many columns for the page; "sheet.qr": an address that
 * makes no code. */
enum status layout_sheet(struct layout *l, const struct template *t, const struct sheet_data *d,
                         struct pages *out, struct error *e) MB_MUST_USE;
/* Characters of the last sheet that no font has, each once, in order found; at most 16 are kept. */
size_t layout_missing(const struct layout *l, const uint32_t **cps);

#endif
