/* How each meaning of a cell looks: one table for 256 colours, 8 colours and none.
 *
 * Meaning is never by colour alone: whoever draws a cell puts a word or a sign there too, and without
 * colours the looks still differ by bold, underline or reverse wherever that helps the eye.
 * All terminals understood are those of ECMA-48 (ESC [ ... m); others are refused by term.c.
 */
#ifndef MB_TUI_TERM_LOOK_H
#define MB_TUI_TERM_LOOK_H

#include "base/text.h"
#include "tui/screen.h"

enum palette { PALETTE_NONE, PALETTE_8, PALETTE_256, PALETTE_COUNT };

/* The sequence that sets that look, whatever was set before; appended. */
void look_add(struct text *out, enum palette palette, enum attr attr);
/* Only ink (colour of the letters, bold): a blank of this look is like any plain blank. */
bool look_is_ink(enum palette palette, enum attr attr);

#endif
