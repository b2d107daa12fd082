/* Two versions of a text side by side: what of a long one is shown begins where they differ. */
#ifndef MB_TUI_EXCERPT_H
#define MB_TUI_EXCERPT_H

#include "base/text.h"

/* Where a and b begin to differ, a few characters before it, on a character of both. */
size_t excerpt_start(const char *a, const char *b);
/* Text on one line without control characters, appended: whole when it has room in cols columns,
 * otherwise from byte `from` with …… before it; "（空）" for none.  Its end is left to the screen to cut. */
void excerpt_add(struct text *out, const char *text, size_t from, int cols);

#endif
