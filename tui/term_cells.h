/* From a screen to the bytes that make a terminal show it: only cells that changed are written.
 *
 * No terminal is needed here.  Terminals differ in how wide they draw a character (ambiguous signs, rare
 * characters, emoji, accents); after each whose width is in doubt the place is given anew, and its neighbour
 * is written again, so that such a difference never travels along the line.
 */
#ifndef MB_TUI_TERM_CELLS_H
#define MB_TUI_TERM_CELLS_H

#include "base/text.h"
#include "tui/screen.h"
#include "tui/term_look.h"

struct cells {
  struct screen shown;  /* what the terminal shows */
  bool stale;           /* nobody knows what it shows: all is cleared and written */
  bool no_column;       /* ESC [ n G is not understood */
  bool no_corner;       /* the terminal would scroll after the last cell */
  enum palette palette; /* set before the first update */
  int row, col, look;   /* of its cursor; -1: not known */
  bool hidden;
  struct text sgr[ATTR_COUNT];
};

/* Append what has to be sent; nothing when nothing changed.  False: out of memory. */
bool cells_update(struct cells *c, const struct screen *s, struct text *out);
void cells_free(struct cells *c);

#endif
