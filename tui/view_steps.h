/* The steps of the workbook, newest first (view_steps.c); view_history_new opens it where one stands on no
 * record. */
#ifndef MB_TUI_VIEW_STEPS_H
#define MB_TUI_VIEW_STEPS_H

#include "tui/view.h"

struct view *view_steps_new(struct ui *ui, int unit);
/* "撤销：", "重做：", nothing: before what an act did; appended. */
void step_add_act(struct text *out, const char *act);

#endif
