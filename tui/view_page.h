/* A text to read: help, the basis of an item. */
#ifndef MB_TUI_VIEW_PAGE_H
#define MB_TUI_VIEW_PAGE_H

#include "tui/view.h"

/* title and body are taken over (text_take) and freed with the view; lines end in \n and are
 * wrapped; a line that begins with \t is indented.  NULL when out of memory. */
struct view *view_page_new(int unit, struct text *title, struct text *body);

#endif
