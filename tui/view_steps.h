/* The steps of the workbook, newest first (view_steps.c); view_history_new opens it where one stands on no
 * record. */
#ifndef MB_TUI_VIEW_STEPS_H
#define MB_TUI_VIEW_STEPS_H

#include "tui/view.h"

struct view *view_steps_new(struct ui *ui);

#endif
