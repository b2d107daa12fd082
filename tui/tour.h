/* The tour: five short screens for the first run, laid over the screen that one will work in. */
#ifndef MB_TUI_TOUR_H
#define MB_TUI_TOUR_H

#include "tui/view.h"

/* Opens the tour if it was never shown to this user, and remembers that (the file "tour" in app->state_dir).
 * Where that cannot be remembered it is not shown: a tour at every start would be in the way. */
void tour_offer(struct ui *ui);

#endif
