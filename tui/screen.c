/* The cell buffer.  See screen.h for why it exists.
 *
 * Invariant: a cell of width 2 is followed by one of width 0 in the same row, and a cell of
 * width 0 follows one of width 2.
 */
#include "tui/screen.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct cell BLANK = { .cp = ' ', .width = 1, .attr = ATTR_PLAIN };

static struct cell *at(struct screen *s, int row, int col) {
  return &s->cell[(size_t)row * (size_t)s->cols + (size_t)col];
}

bool screen_resize(struct screen *s, int rows, int cols) {
  if (rows < 1) rows = 1;
  if (cols < 2) cols = 2;
  struct cell *cell = calloc((size_t)rows * (size_t)cols, sizeof *cell);
  if (cell == NULL) return false;
  free(s->cell);
  s->cell = cell;
  s->rows = rows;
  s->cols = cols;
  screen_clear(s);
  return true;
}

void screen_free(struct screen *s) {
  free(s->cell);
  memset(s, 0, sizeof *s);
}

void screen_clear(struct screen *s) {
  size_t n = (size_t)s->rows * (size_t)s->cols;
  for (size_t i = 0; i < n; i++) s->cell[i] = BLANK;
  s->cursor_row = -1;
  s->cursor_col = 0;
}

/* Make the cell free for something new: the other half of a wide character goes blank. */
static void vacate(struct screen *s, int row, int col) {
  struct cell *c = at(s, row, col);
  if (c->width == 0 && col > 0) {
    uint8_t attr = at(s, row, col - 1)->attr;
    *at(s, row, col - 1) = BLANK;
    at(s, row, col - 1)->attr = attr;
  }
  if (c->width == 2 && col + 1 < s->cols) {
    uint8_t attr = at(s, row, col + 1)->attr;
    *at(s, row, col + 1) = BLANK;
    at(s, row, col + 1)->attr = attr;
  }
}

static void place(struct screen *s, int row, int col, uint32_t cp, int width, enum attr attr) {
  vacate(s, row, col);
  if (width == 2) vacate(s, row, col + 1);
  *at(s, row, col) = (struct cell){ .cp = cp, .width = (uint8_t)width, .attr = (uint8_t)attr };
  if (width == 2) *at(s, row, col + 1) = (struct cell){ .cp = 0, .width = 0, .attr = (uint8_t)attr };
}

/* Joiners and variation selectors of emoji, which would make some terminals join or widen what
 * stands in cells of its own here. */
static bool is_joiner(uint32_t cp) {
  return cp == 0x200C || cp == 0x200D || cp == 0xFE0E || cp == 0xFE0F;
}

static void add_mark(struct screen *s, int row, int col, uint32_t cp) {
  struct cell *c = at(s, row, col);
  if (c->width == 0 && col > 0) c--;
  for (int i = 0; i < CELL_MARKS; i++) {
    if (c->mark[i] != 0) continue;
    c->mark[i] = cp;
    return;
  }
}

int screen_put(struct screen *s, int row, int col, int max, enum attr attr, const char *text) {
  if (row < 0 || row >= s->rows || col < 0 || text == NULL) return col;
  int end = max > s->cols - col ? s->cols : col + max;
  int start = col;
  for (uint32_t cp; *text != '\0'; ) {
    int n = utf8_decode(text, &cp);
    text += n;
    if (utf8_is_control(cp)) cp = 0xFFFD;
    int width = utf8_cp_width(cp);
    if (width == 0) {
      if (col > start && !is_joiner(cp)) add_mark(s, row, col - 1, cp);
      continue;
    }
    if (col + width > end) break;
    place(s, row, col, cp, width, attr);
    col += width;
  }
  return col;
}

void screen_fit(struct screen *s, int row, int col, int width, enum attr attr, const char *text, bool right) {
  if (width <= 0) return;
  int have = utf8_width(text);
  if (have <= width) {
    screen_fill(s, row, col, width, attr);
    screen_put(s, row, right ? col + width - have : col, have, attr, text);
    return;
  }
  struct text cut = { 0 };
  utf8_fit(&cut, text, width, right);
  screen_put(s, row, col, width, attr, text_str(&cut));
  text_free(&cut);
}

void screen_fill(struct screen *s, int row, int col, int width, enum attr attr) {
  if (row < 0 || row >= s->rows) return;
  for (int i = 0; i < width; i++)
    if (col + i >= 0 && col + i < s->cols) place(s, row, col + i, ' ', 1, attr);
}

void screen_cursor(struct screen *s, int row, int col) {
  s->cursor_row = row;
  s->cursor_col = col < s->cols ? col : s->cols - 1;
}

void screen_dump(const struct screen *s, struct text *out) {
  for (int row = 0; row < s->rows; row++) {
    const struct cell *line = &s->cell[(size_t)row * (size_t)s->cols];
    int last = s->cols;
    while (last > 0 && line[last - 1].cp == ' ') last--;
    for (int col = 0; col < last; col++) {
      if (line[col].width == 0) continue;
      text_addcp(out, line[col].cp);
      for (int i = 0; i < CELL_MARKS && line[col].mark[i] != 0; i++) text_addcp(out, line[col].mark[i]);
    }
    text_addc(out, '\n');
  }
}
