/* A table (CSV) as it stands in the form while one is elsewhere: its first rows in aligned columns. */
#ifndef MB_TUI_PREVIEW_H
#define MB_TUI_PREVIEW_H

#include "tui/screen.h"

/* Draws at most at.rows rows; the first is the head.  Personal data is marked.  False: it does not come
 * apart into cells, nothing is drawn. */
bool preview_draw(struct screen *s, struct rect at, enum attr look, const char *csv);

#endif
