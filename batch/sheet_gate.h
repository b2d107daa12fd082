/* The two gates before a sheet is printed (DESIGN §5.2, §5.3): no personal data, no character without a
 * glyph. Both add findings; a sheet with one is not written. */
#ifndef MB_BATCH_SHEET_GATE_H
#define MB_BATCH_SHEET_GATE_H

#include "batch/layout.h"
#include "batch/sheet_data.h"

/* subject: which sheet, for messages ("140581001001 城西社区居委会 19.05 UID").  file: the workbook. */
/* Personal data in any value or cell; the sheet's own telephone may stand.  Returns the number of hits. */
int sheet_gate_privacy(const struct sheet_data *d, const char *file, const char *subject, struct findings *f);
/* For each character that the layout found in no font: where it stands, and which font package would help. */
void sheet_gate_glyphs(const struct sheet_data *d, const struct layout *l, const struct fonts *fonts,
                       const char *file, const char *subject, struct findings *f);

#endif
