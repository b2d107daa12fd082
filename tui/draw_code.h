/* A QR code on the screen, black on white with its quiet zone, so that a telephone can try the link.
 *
 * Where a half block is one column wide, a cell shows two modules, one above the other.  Where the terminal
 * gives it two columns (ambiguous width 2), a module is two blank cells in black or white instead.
 */
#ifndef MB_TUI_DRAW_CODE_H
#define MB_TUI_DRAW_CODE_H

#include "batch/qr.h"
#include "tui/screen.h"

/* Rows and columns of the code with `quiet` modules around it. */
void draw_code_size(const struct qr *q, int quiet, int *rows, int *cols);
/* One of its rows, 0 the first, at row, col of the screen.  flip: black and white exchanged. */
void draw_code_row(struct screen *s, int row, int col, const struct qr *q, int quiet, int which, bool flip);

#endif
