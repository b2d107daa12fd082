/* The UI as its drivers (tui.c) see it: keys in, a screen out. */
#ifndef MB_TUI_UI_H
#define MB_TUI_UI_H

#include "tui/view.h"

#define UI_MIN_ROWS 16
#define UI_MIN_COLS 60

/* wb, calendar and app are borrowed.  The first view is opened. */
enum status ui_open(struct ui *ui, struct app *app, struct workbook *wb, const struct calendar *calendar,
                    struct error *e) MB_MUST_USE;
void ui_fini(struct ui *ui); /* closes all views without asking */
void ui_key(struct ui *ui, struct key k);
/* The same as the key of that request (keymap.h), in a view or a question. */
void ui_request(struct ui *ui, enum request r);
/* A click, double click or turn of the wheel.  mouse.c */
void ui_mouse(struct ui *ui, struct key k);
/* Whose hint stands in that cell; REQ_NONE_GIVEN: none.  frame.c */
enum request ui_hint_at(const struct ui *ui, int row, int col);
/* Draw into ui->screen (whose size was set by the driver).  drawn by frame.c */
void ui_draw(struct ui *ui);
/* Is there background work left?  Does a piece of it. */
bool ui_work(struct ui *ui);

#endif
