/* A screen of cells: what views draw on, and what tests look at.
 *
 * No terminal is needed: term.c shows a screen, screen_dump() writes it as text.
 * A wide character takes two cells, the second with width 0; drawing over one half
 * blanks the other, so that no half of a character is ever left standing.
 */
#ifndef MB_TUI_SCREEN_H
#define MB_TUI_SCREEN_H

#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

/* What a cell means; term.c decides how that looks with and without colour. */
enum attr {
  ATTR_PLAIN,
  ATTR_TITLE,    /* the title line */
  ATTR_HEAD,     /* column heads */
  ATTR_SELECTED, /* the row one stands on */
  ATTR_DIM,      /* what matters less */
  ATTR_STRONG,
  ATTR_WARN,     /* overdue; the words say so too */
  ATTR_GOOD,
  ATTR_ERROR,    /* message of an error */
  ATTR_KEY,      /* a key's name in the hints */
  ATTR_FIELD,    /* a place to type */
  ATTR_MARKED,   /* a row marked by Space; a sign in the row says so too */
  ATTR_PERSONAL, /* what looks like personal data; a sentence says so too */
  ATTR_PROPOSED, /* last period's value, not yet accepted; 待确认 stands beside it */
  ATTR_HEAT_1,   /* shades of the heat table, light to dark; a letter stands in each */
  ATTR_HEAT_2,
  ATTR_HEAT_3,
  ATTR_QR,       /* black on white, whatever the terminal's colours are: a telephone reads it */
  ATTR_QR_DARK,  /* the reverse of it */
  ATTR_COUNT
};

#define CELL_MARKS 3
struct cell {
  uint32_t cp;               /* ' ' when empty */
  uint32_t mark[CELL_MARKS]; /* combining marks, 0 ends */
  uint8_t width;             /* 1, 2; 0: right half of the cell before */
  uint8_t attr;
};

struct screen {
  int rows, cols;
  struct cell *cell; /* owned, rows * cols */
  int cursor_row, cursor_col; /* where one types; row -1: nowhere in particular */
};

/* Give it that size, all blank.  False: out of memory, the screen is as it was. */
bool screen_resize(struct screen *s, int rows, int cols);
void screen_free(struct screen *s);
void screen_clear(struct screen *s); /* blank, no cursor */

/* Write text at row, col, at most max columns.  Control characters become U+FFFD; what does
 * not fit is left out (a wide character never halved).  Outside the screen: nothing.
 * Returns the column after the text. */
int screen_put(struct screen *s, int row, int col, int max, enum attr attr, const char *text);
/* The same, but cut with "…" and padded to exactly `width` columns.  right: pad on the left. */
void screen_fit(struct screen *s, int row, int col, int width, enum attr attr, const char *text, bool right);
void screen_fill(struct screen *s, int row, int col, int width, enum attr attr); /* blanks */
void screen_cursor(struct screen *s, int row, int col);

/* The rows as text, trailing blanks left out, each with a newline. */
void screen_dump(const struct screen *s, struct text *out);

/* A part of the screen. */
struct rect { int row, col, rows, cols; };

#endif
