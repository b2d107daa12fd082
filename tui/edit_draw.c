/* The line editor and the multi-line editor are one buffer with two ways to draw it. */
#include "base/utf8.h"
#include "tui/edit_private.h"

static void put_plain(const struct edit *e, size_t begin, size_t end, struct screen *s, int row, int *col,
                      int edge, enum attr attr) {
  struct text part = { 0 };
  if (begin >= end) return;
  text_addn(&part, text_str(&e->text) + begin, end - begin);
  for (size_t i = 0; i < part.len; i++)
    if (part.s[i] == '\t' || part.s[i] == '\n') part.s[i] = ' ';
  *col = screen_put(s, row, *col, edge - *col, attr, text_str(&part));
  text_free(&part);
}

/* A part of the text in one row, marks in their own look. */
static void put_part(const struct edit *e, size_t begin, size_t end, struct screen *s, int row, int col,
                     int cols) {
  enum attr look = e->look != ATTR_PLAIN ? e->look : ATTR_FIELD;
  int edge = col + cols;
  for (size_t i = 0; i < e->n_marks && begin < end; i++) {
    struct edit_mark m = e->mark[i];
    if (m.end <= begin) continue;
    if (m.begin >= end) break;
    size_t from = m.begin > begin ? m.begin : begin, to = m.end < end ? m.end : end;
    put_plain(e, begin, from, s, row, &col, edge, look);
    put_plain(e, from, to, s, row, &col, edge, ATTR_PERSONAL);
    begin = to;
  }
  put_plain(e, begin, end, s, row, &col, edge, look);
}

/* One line: scrolled so that the cursor and the character under it can be seen; where one does not
 * type, its beginning. */
static void draw_line(struct edit *e, struct screen *s, struct rect at, bool focus) {
  struct edit_row all = { 0, e->text.len };
  enum attr look = e->look != ATTR_PLAIN ? e->look : ATTR_FIELD;
  if (!focus) {
    e->left = 0;
    screen_fit(s, at.row, at.col, at.cols, look, edit_get(e), false);
    return;
  }
  int column = edit_width(e, 0, e->at);
  if (column < e->left) e->left = column > 4 ? column - 4 : 0;
  if (column - e->left > at.cols - 2) e->left = column - at.cols + 2;
  size_t begin = edit_at_column(e, all, e->left);
  int skipped = edit_width(e, 0, begin);
  if (skipped < e->left && begin < e->text.len) {
    begin = (size_t)(utf8_next(text_str(&e->text) + begin) - text_str(&e->text));
    skipped = edit_width(e, 0, begin);
  }
  screen_fill(s, at.row, at.col, at.cols, e->whole && e->text.len > 0 ? ATTR_SELECTED : look);
  if (e->whole) screen_put(s, at.row, at.col, at.cols, ATTR_SELECTED, text_str(&e->text) + begin);
  else put_part(e, begin, e->text.len, s, at.row, at.col, at.cols);
  screen_cursor(s, at.row, at.col + column - skipped);
}

static void draw_rows(struct edit *e, struct screen *s, struct rect at, bool focus) {
  edit_layout(e, at.cols);
  int row = focus ? (int)edit_row_of(e, e->at) : 0, last = (int)e->n_rows - at.rows;
  if (!focus) e->top = 0;
  if (e->top > last) e->top = last > 0 ? last : 0;
  if (row < e->top) e->top = row;
  if (row >= e->top + at.rows) e->top = row - at.rows + 1;
  e->page = at.rows;
  for (int i = 0; i < at.rows; i++) {
    screen_fill(s, at.row + i, at.col, at.cols, e->look != ATTR_PLAIN ? e->look : ATTR_FIELD);
    size_t n = (size_t)(e->top + i);
    if (n < e->n_rows) put_part(e, e->row[n].begin, e->row[n].end, s, at.row + i, at.col, at.cols);
  }
  if (!focus || e->n_rows == 0) return;
  int column = edit_width(e, e->row[row].begin, e->at);
  if (column > at.cols - 1) column = at.cols - 1;
  screen_cursor(s, at.row + row - e->top, at.col + column);
}

void edit_draw(struct edit *e, struct screen *s, struct rect at, bool focus) {
  if (at.rows <= 0 || at.cols < 2) return;
  if (e->lines) draw_rows(e, s, at, focus);
  else draw_line(e, s, at, focus);
}

void edit_click(struct edit *e, int row, int col) {
  struct edit_row line = { 0, e->text.len };
  e->whole = false;
  if (e->lines) {
    if (e->n_rows == 0) return;
    size_t n = (size_t)(e->top + row);
    line = e->row[n < e->n_rows ? n : e->n_rows - 1];
  } else {
    col += e->left;
  }
  e->at = edit_at_column(e, line, col);
}
