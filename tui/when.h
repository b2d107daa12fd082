/* When something was done, as a clerk reads it. */
#ifndef MB_TUI_WHEN_H
#define MB_TUI_WHEN_H

#include "base/text.h"

#define WHEN_COLS 16 /* columns it takes */

/* "2026-10-20 15:03", appended.  Chinese time, whatever the machine's, as in `export --what history`:
 * history is read by people of one country. */
void when_add(struct text *out, int64_t seconds);

#endif
