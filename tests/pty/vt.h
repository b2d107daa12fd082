/* A terminal in memory: takes what a program sends to its terminal, and knows what would be on the screen.
 *
 * It understands what mingbai sends and no more; anything else is counted as unknown, and a test fails on it.
 * Widths are those of the C library, not of the program under test; ambiguous characters are 1 or 2 wide as
 * told.  Writing over one half of a wide character blanks the other, as terminals do.
 */
#ifndef MB_TESTS_PTY_VT_H
#define MB_TESTS_PTY_VT_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_MARKS 3
struct vt_cell {
  uint32_t cp, mark[VT_MARKS];
  unsigned char width; /* 0: right half of the cell before */
  uint32_t look;       /* 0: plain; else one number for each ESC [ ... m */
};

struct vt {
  int rows, cols, row, col;
  struct vt_cell *cell; /* owned */
  int ambiguous;        /* 1 or 2 */
  bool silent;          /* does not tell where its cursor is */
  bool ended;           /* the cursor stands behind the last column */
  bool no_wrap, hidden, other_screen, pastes, clicks, far_clicks, app_cursor;
  uint32_t look;
  struct text reply;    /* to be sent to the program */
  unsigned char part[64];
  size_t n_part;        /* of a sequence or character that is not whole yet */
  int unknown;
  char first_unknown[80];
};

bool vt_resize(struct vt *vt, int rows, int cols); /* all blank */
void vt_take(struct vt *vt, const unsigned char *bytes, size_t n);
/* As mingbai --dump writes a screen. */
void vt_dump(const struct vt *vt, struct text *out);
/* What is not as a program should leave it, in words; NULL: all is. */
const char *vt_left_behind(const struct vt *vt);
void vt_free(struct vt *vt);

#endif
