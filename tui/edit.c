/* The line editor and the multi-line editor are one buffer with two ways to draw it. */
#include "tui/edit.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void edit_set(struct edit *e, const char *text) {
  text_clear(&e->text);
  text_add(&e->text, text);
  e->at = e->text.len;
  e->left = e->top = 0;
}

const char *edit_get(const struct edit *e) {
  return text_str(&e->text);
}

void edit_free(struct edit *e) {
  text_free(&e->text);
  free(e->row);
  memset(e, 0, sizeof *e);
}

static void splice(struct edit *e, size_t begin, size_t end, const char *with, size_t n) {
  struct text *t = &e->text;
  if (!text_reserve(t, n + 1)) {
    t->failed = false; /* the text is as it was */
    return;
  }
  memmove(t->s + begin + n, t->s + end, t->len - end);
  memcpy(t->s + begin, with, n);
  t->len = t->len - (end - begin) + n;
  t->s[t->len] = '\0';
  e->at = begin + n;
}

/* What nobody could see to delete it again: controls, and the blanks without width that come with
 * text pasted from web pages. */
static bool unseen(uint32_t cp) {
  if (cp == '\n' || cp == '\t') return false;
  return utf8_is_control(cp) || cp == 0x200B || cp == 0x2060 || cp == 0xFEFF;
}

enum edit_result edit_insert(struct edit *e, struct key k) {
  char bytes[5];
  uint32_t cp = k.cp;
  if (k.kind == K_ENTER || (k.kind == K_CHAR && (cp == '\n' || cp == '\r'))) cp = e->lines ? '\n' : ' ';
  else if (k.kind == K_TAB && k.pasted) cp = e->lines ? '\t' : ' ';
  else if (k.kind != K_CHAR) return EDIT_IGNORED;
  if (unseen(cp)) return EDIT_IGNORED;
  if (e->fold) cp = utf8_fold(cp);
  int n = utf8_encode(cp, bytes);
  if (e->limit != 0 && e->text.len + (size_t)n > e->limit) return EDIT_FULL;
  splice(e, e->at, e->at, bytes, (size_t)n);
  return EDIT_DONE;
}

static size_t before(const struct edit *e) {
  const char *s = text_str(&e->text);
  return e->at == 0 ? 0 : (size_t)(utf8_prev(s, s + e->at) - s);
}

static size_t after(const struct edit *e) {
  const char *s = text_str(&e->text);
  return e->at >= e->text.len ? e->text.len : (size_t)(utf8_next(s + e->at) - s);
}

/* ---- layout of several lines */

struct layout { struct edit *e; size_t base; };

static void add_row(size_t begin, size_t end, void *ctx) {
  struct layout *l = ctx;
  struct edit *e = l->e;
  if (e->n_rows == e->cap_rows) {
    size_t cap = e->cap_rows ? e->cap_rows * 2 : 16;
    struct edit_row *more = realloc(e->row, cap * sizeof *more);
    if (more == NULL) return;
    e->row = more;
    e->cap_rows = cap;
  }
  e->row[e->n_rows++] = (struct edit_row){ l->base + begin, l->base + end };
}

static long cell_width(uint32_t cp, void *ctx) {
  (void)ctx;
  return cp == '\t' ? 1 : utf8_cp_width(cp);
}

int edit_layout(struct edit *e, int width) {
  const char *s = text_str(&e->text);
  struct text paragraph = { 0 };
  e->n_rows = 0;
  e->width = width;
  for (size_t at = 0; ; ) {
    size_t n = strcspn(s + at, "\n");
    struct layout l = { e, at };
    text_clear(&paragraph);
    text_addn(&paragraph, s + at, n);
    utf8_wrap(text_str(&paragraph), width > 2 ? width - 1 : 2, 0, cell_width, add_row, &l);
    if (s[at + n] == '\0') break;
    at += n + 1;
  }
  text_free(&paragraph);
  return (int)e->n_rows;
}

/* The row in which the cursor stands. */
static size_t row_of(const struct edit *e) {
  size_t row = 0;
  while (row + 1 < e->n_rows && e->row[row + 1].begin <= e->at) row++;
  return row;
}

static int width_between(const struct edit *e, size_t begin, size_t end) {
  const char *s = text_str(&e->text);
  int width = 0;
  uint32_t cp;
  for (size_t at = begin; at < end && s[at] != '\0'; ) {
    at += (size_t)utf8_decode(s + at, &cp);
    width += (int)cell_width(cp, NULL);
  }
  return width;
}

static size_t at_column(const struct edit *e, size_t row, int column) {
  const char *s = text_str(&e->text);
  size_t at = e->row[row].begin, end = e->row[row].end;
  while (at < end) {
    size_t next = (size_t)(utf8_next(s + at) - s);
    if (width_between(e, e->row[row].begin, next) > column) break;
    at = next;
  }
  return at;
}

static enum edit_result move_row(struct edit *e, int step) {
  if (!e->lines) return EDIT_IGNORED;
  edit_layout(e, e->width > 0 ? e->width : 80);
  size_t row = row_of(e);
  if (e->n_rows == 0 || (step < 0 && row == 0) || (step > 0 && row + 1 >= e->n_rows)) return EDIT_IGNORED;
  int column = width_between(e, e->row[row].begin, e->at);
  e->at = at_column(e, step < 0 ? row - 1 : row + 1, column);
  return EDIT_DONE;
}

static void line_edge(struct edit *e, bool end) {
  if (!e->lines) {
    e->at = end ? e->text.len : 0;
    return;
  }
  edit_layout(e, e->width > 0 ? e->width : 80);
  if (e->n_rows == 0) return;
  struct edit_row row = e->row[row_of(e)];
  e->at = end ? row.end : row.begin;
}

enum edit_result edit_request(struct edit *e, enum request r) {
  size_t at = e->at;
  switch (r) {
  case REQ_LEFT: e->at = before(e); return EDIT_DONE;
  case REQ_RIGHT: e->at = after(e); return EDIT_DONE;
  case REQ_LINE_START: line_edge(e, false); return EDIT_DONE;
  case REQ_LINE_END: line_edge(e, true); return EDIT_DONE;
  case REQ_ERASE: splice(e, before(e), at, "", 0); return EDIT_DONE;
  case REQ_DELETE: splice(e, at, after(e), "", 0); return EDIT_DONE;
  case REQ_CLEAR: splice(e, 0, e->text.len, "", 0); return EDIT_DONE;
  case REQ_UP: return move_row(e, -1);
  case REQ_DOWN: return move_row(e, 1);
  default: return EDIT_IGNORED;
  }
}

/* ---- drawing */

static void put_part(const struct edit *e, size_t begin, size_t end, struct screen *s, int row, int col,
                     int cols) {
  struct text part = { 0 };
  text_addn(&part, text_str(&e->text) + begin, end - begin);
  for (size_t i = 0; i < part.len; i++)
    if (part.s[i] == '\t' || part.s[i] == '\n') part.s[i] = ' ';
  screen_put(s, row, col, cols, ATTR_FIELD, text_str(&part));
  text_free(&part);
}

/* One line: scrolled so that the cursor and the character under it can be seen; where one does not
 * type, its beginning. */
static void draw_line(struct edit *e, struct screen *s, struct rect at, bool focus) {
  int column = width_between(e, 0, e->at);
  e->left = focus ? e->left : 0;
  if (!focus) {
    screen_fit(s, at.row, at.col, at.cols, ATTR_FIELD, edit_get(e), false);
    return;
  }
  if (column < e->left) e->left = column > 4 ? column - 4 : 0;
  if (column - e->left > at.cols - 2) e->left = column - at.cols + 2;
  size_t begin = 0;
  const char *t = text_str(&e->text);
  while (begin < e->text.len && width_between(e, 0, begin) < e->left)
    begin = (size_t)(utf8_next(t + begin) - t);
  int skipped = width_between(e, 0, begin);
  screen_fill(s, at.row, at.col, at.cols, ATTR_FIELD);
  put_part(e, begin, e->text.len, s, at.row, at.col, at.cols);
  screen_cursor(s, at.row, at.col + column - skipped);
}

static void draw_rows(struct edit *e, struct screen *s, struct rect at, bool focus) {
  edit_layout(e, at.cols);
  int row = focus ? (int)row_of(e) : 0;
  if (!focus) e->top = 0;
  if (row < e->top) e->top = row;
  if (row >= e->top + at.rows) e->top = row - at.rows + 1;
  for (int i = 0; i < at.rows; i++) {
    screen_fill(s, at.row + i, at.col, at.cols, ATTR_FIELD);
    size_t n = (size_t)(e->top + i);
    if (n < e->n_rows) put_part(e, e->row[n].begin, e->row[n].end, s, at.row + i, at.col, at.cols);
  }
  if (!focus || e->n_rows == 0) return;
  int column = width_between(e, e->row[row].begin, e->at);
  if (column > at.cols - 1) column = at.cols - 1;
  screen_cursor(s, at.row + row - e->top, at.col + column);
}

void edit_draw(struct edit *e, struct screen *s, struct rect at, bool focus) {
  if (at.rows <= 0 || at.cols < 2) return;
  if (e->lines) draw_rows(e, s, at, focus);
  else draw_line(e, s, at, focus);
}
