/* The missing list, also of one unit without what is below it. */
#ifndef MB_TUI_MISSING_H
#define MB_TUI_MISSING_H

#include "tui/view.h"

/* domain -1: of all.  own: the unit alone. */
struct view *view_missing_of(struct ui *ui, int unit, int domain, bool own);

#endif
