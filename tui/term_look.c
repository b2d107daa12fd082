/* The table of looks.  See term_look.h.
 *
 * Colours of ink on the terminal's own background are of middle lightness (relative luminance about 0.2), so
 * that they are read on black and on white: contrast at least 3.7 either way.  A look with a background of
 * its own has its own ink too.
 */
#include "tui/term_look.h"

enum { BOLD = 1, DIM = 2, UNDER = 4, REVERSE = 8 };
#define NO (-1) /* the terminal's own colour */

struct look {
  short ink, ground;
  unsigned more;
};

static const struct look looks[PALETTE_COUNT][ATTR_COUNT] = {
  [PALETTE_NONE] = {
    [ATTR_PLAIN] = { NO, NO, 0 },          [ATTR_TITLE] = { NO, NO, REVERSE },
    [ATTR_HEAD] = { NO, NO, UNDER },       [ATTR_SELECTED] = { NO, NO, REVERSE },
    [ATTR_DIM] = { NO, NO, DIM },          [ATTR_STRONG] = { NO, NO, BOLD },
    [ATTR_WARN] = { NO, NO, BOLD },        [ATTR_GOOD] = { NO, NO, 0 },
    [ATTR_ERROR] = { NO, NO, BOLD | REVERSE }, [ATTR_KEY] = { NO, NO, BOLD },
    [ATTR_FIELD] = { NO, NO, UNDER },      [ATTR_MARKED] = { NO, NO, BOLD },
    [ATTR_PERSONAL] = { NO, NO, BOLD | UNDER }, [ATTR_PROPOSED] = { NO, NO, DIM | UNDER },
    [ATTR_HEAT_1] = { NO, NO, 0 },         [ATTR_HEAT_2] = { NO, NO, 0 },
    [ATTR_HEAT_3] = { NO, NO, BOLD }, /* reversed is the cell one stands on; the digits tell the shades apart */
    [ATTR_QR] = { NO, NO, REVERSE },       [ATTR_QR_DARK] = { NO, NO, 0 }, /* most consoles are dark */
  },
  [PALETTE_8] = { /* black red green yellow blue magenta cyan white */
    [ATTR_PLAIN] = { NO, NO, 0 },          [ATTR_TITLE] = { 7, 4, BOLD },
    [ATTR_HEAD] = { NO, NO, UNDER },       [ATTR_SELECTED] = { NO, NO, REVERSE },
    [ATTR_DIM] = { NO, NO, DIM },          [ATTR_STRONG] = { NO, NO, BOLD },
    [ATTR_WARN] = { 1, NO, BOLD },         [ATTR_GOOD] = { 2, NO, 0 },
    [ATTR_ERROR] = { 7, 1, BOLD },         [ATTR_KEY] = { NO, NO, BOLD },
    [ATTR_FIELD] = { NO, NO, UNDER },      [ATTR_MARKED] = { 5, NO, BOLD },
    [ATTR_PERSONAL] = { 1, NO, BOLD | UNDER }, [ATTR_PROPOSED] = { 5, NO, UNDER },
    [ATTR_HEAT_1] = { NO, NO, 0 },         [ATTR_HEAT_2] = { 0, 6, 0 },
    [ATTR_HEAT_3] = { 7, 4, BOLD }, /* not red: that is for what is overdue */
    [ATTR_QR] = { 0, 7, 0 },               [ATTR_QR_DARK] = { 7, 0, 0 },
  },
  [PALETTE_256] = { /* only 16 and above: the lower ones are a theme's own */
    [ATTR_PLAIN] = { NO, NO, 0 },          [ATTR_TITLE] = { 231, 24, BOLD },
    [ATTR_HEAD] = { NO, NO, UNDER },       [ATTR_SELECTED] = { NO, NO, REVERSE },
    [ATTR_DIM] = { 244, NO, 0 },           [ATTR_STRONG] = { NO, NO, BOLD },
    [ATTR_WARN] = { 167, NO, BOLD },       [ATTR_GOOD] = { 29, NO, 0 },
    [ATTR_ERROR] = { 231, 124, BOLD },     [ATTR_KEY] = { 31, NO, BOLD },
    [ATTR_FIELD] = { NO, NO, UNDER },      [ATTR_MARKED] = { 133, NO, BOLD },
    [ATTR_PERSONAL] = { 167, NO, BOLD | UNDER }, [ATTR_PROPOSED] = { 67, NO, UNDER },
    [ATTR_HEAT_1] = { NO, NO, 0 },         [ATTR_HEAT_2] = { 16, 146, 0 },
    [ATTR_HEAT_3] = { 231, 60, 0 },
    [ATTR_QR] = { 16, 231, 0 },            [ATTR_QR_DARK] = { 231, 16, 0 },
  },
};

static void add_color(struct text *out, enum palette palette, int color, int base) {
  if (color == NO) return;
  if (palette == PALETTE_8) text_addf(out, ";%d", base + color);
  else text_addf(out, ";%d;5;%d", base + 8, color);
}

void look_add(struct text *out, enum palette palette, enum attr attr) {
  static const struct { unsigned flag; const char *code; } codes[] = {
    { BOLD, ";1" }, { DIM, ";2" }, { UNDER, ";4" }, { REVERSE, ";7" },
  };
  const struct look *l = &looks[palette][attr];
  text_add(out, "\033[0"); /* takes back what was set before */
  for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
    if ((l->more & codes[i].flag) != 0) text_add(out, codes[i].code);
  add_color(out, palette, l->ink, 30);
  add_color(out, palette, l->ground, 40);
  text_addc(out, 'm');
}

bool look_is_ink(enum palette palette, enum attr attr) {
  const struct look *l = &looks[palette][attr];
  return l->ground == NO && (l->more & (UNDER | REVERSE)) == 0;
}
