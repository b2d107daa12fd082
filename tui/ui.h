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
/* Draw into ui->screen (whose size was set by the driver).  drawn by frame.c */
void ui_draw(struct ui *ui);
/* Is there background work left?  Does a piece of it. */
bool ui_work(struct ui *ui);
enum context ui_context(const struct ui *ui);

#endif
