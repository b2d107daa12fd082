/* The difference between two screens as bytes.  See term_cells.h. */
#include "tui/term_cells.h"
#include "base/utf8.h"

#include <string.h>

#define BRIDGE 4     /* so many unchanged columns are cheaper written again than jumped over */
#define ERASE_FROM 4 /* so many blanks are dearer than erasing to the end of the line */
#define FLICKER 100  /* so many bytes, and the cursor is seen running about */

static const char HIDE[] = "\033[?25l", SHOW[] = "\033[?25h";

struct pen {
  struct cells *c;
  const struct screen *s;
  struct text *out;
};

/* ---- the cursor and the look */

static void add_number(struct text *out, int n) {
  char digits[12];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + n % 10);
  while ((n /= 10) > 0);
  text_addn(out, digits + at, sizeof digits - at);
}

static void sequence(struct text *out, int a, int b, char end) {
  text_addn(out, "\033[", 2);
  if (a > 1) add_number(out, a);
  if (b > 1) {
    text_addc(out, ';');
    add_number(out, b);
  }
  text_addc(out, end);
}

static void go(struct pen *p, int row, int col) {
  struct cells *c = p->c;
  if (c->row == row && c->col == col) return;
  if (c->row == row && col == 0) text_addc(p->out, '\r');
  else if (c->row == row && c->col >= 0 && col > c->col) sequence(p->out, col - c->col, 1, 'C');
  else if (c->row == row && !c->no_column) sequence(p->out, col + 1, 1, 'G');
  else if (c->row >= 0 && row == c->row + 1 && col == 0) text_addn(p->out, "\r\n", 2);
  else sequence(p->out, row + 1, col + 1, 'H');
  c->row = row;
  c->col = col;
}

static void look(struct pen *p, int attr) {
  struct cells *c = p->c;
  if (c->look == attr) return;
  text_addn(p->out, text_str(&c->sgr[attr]), c->sgr[attr].len);
  c->look = attr;
}

/* ---- one cell */

static bool is_blank(const struct cell *c) {
  return c->cp == ' ' && c->mark[0] == 0;
}

/* Drawn in as many columns by all terminals. */
static bool is_sure(const struct cell *c) {
  uint32_t cp = c->cp;
  if (c->mark[0] != 0) return false;
  if (cp < 0x7F) return true;
  return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3001 && cp <= 0x3011) || (cp >= 0xFF01 && cp <= 0xFF5E);
}

static bool same(const struct cell *a, const struct cell *b) {
  return a->cp == b->cp && a->attr == b->attr && a->width == b->width &&
         memcmp(a->mark, b->mark, sizeof a->mark) == 0;
}

/* A plain blank, or one that looks like it. */
static bool is_nothing(const struct cells *c, const struct cell *cell) {
  return is_blank(cell) && look_is_ink(c->palette, cell->attr);
}

static void put_character(struct pen *p, const struct cell *cell) {
  struct cells *c = p->c;
  if (!is_nothing(c, cell) || c->look < 0 || !look_is_ink(c->palette, (enum attr)c->look)) look(p, cell->attr);
  if (utf8_is_control(cell->cp)) text_addc(p->out, '?');
  else text_addcp(p->out, cell->cp);
  for (int i = 0; i < CELL_MARKS && cell->mark[i] != 0; i++)
    if (!utf8_is_control(cell->mark[i])) text_addcp(p->out, cell->mark[i]);
}

static void put(struct pen *p, int row, int col, const struct cell *cell) {
  struct cells *c = p->c;
  bool sure = is_sure(cell), last = col + cell->width >= p->s->cols;
  if (last && c->no_corner && row == p->s->rows - 1) return;
  if (!sure && cell->width == 2) { /* the terminal may leave half of it as it was */
    go(p, row, col);
    look(p, cell->attr);
    text_addn(p->out, "  ", 2);
    c->col = -1;
  }
  go(p, row, col);
  if (!sure && last && c->no_corner) put_character(p, &(struct cell){ .cp = '?', .attr = cell->attr });
  else put_character(p, cell);
  c->col = sure ? col + cell->width : -1;
  if (last) c->row = c->col = -1;
}

/* In the last column a character that turns out to be wide pushes into the one before. */
static void put_last(struct pen *p, int row, const struct cell *line) {
  int last = p->s->cols - 1, before = line[last - 1].width == 0 ? last - 2 : last - 1;
  if (is_sure(&line[last]) || line[last].width != 1 || before < 0) return;
  if (line[before].width == 1 && line[before].cp >= 0x7F) return; /* it might do the same */
  go(p, row, before);
  put_character(p, &line[before]);
  p->c->row = p->c->col = -1;
}

/* ---- one row */

/* From where on the row is empty. */
static int tail(const struct cells *c, const struct cell *row, int cols) {
  while (cols > 0 && is_nothing(c, &row[cols - 1])) cols--;
  return cols;
}

/* A few unchanged letters between changed ones are written again. */
static void bridge(struct pen *p, const struct cell *line, int row, int col) {
  struct cells *c = p->c;
  if (c->row != row || c->col < 0 || c->col >= col || col - c->col > BRIDGE) return;
  for (int i = c->col; i < col; i++)
    if (line[i].cp >= 0x7F || line[i].width != 1 || line[i].mark[0] != 0 || line[i].attr != c->look) return;
  for (int i = c->col; i < col; i++) text_addc(p->out, (char)line[i].cp);
  c->col = col;
}

static void erase_rest(struct pen *p, int row, int col) {
  go(p, row, col);
  look(p, ATTR_PLAIN);
  text_addn(p->out, "\033[K", 3);
}

static void update_row(struct pen *p, int row) {
  struct cells *c = p->c;
  int cols = p->s->cols;
  const struct cell *want = &p->s->cell[(size_t)row * (size_t)cols];
  struct cell *have = &c->shown.cell[(size_t)row * (size_t)cols];
  if (memcmp(want, have, (size_t)cols * sizeof *want) == 0) return;
  int empty = tail(c, want, cols), filled = tail(c, have, cols);
  bool again = false; /* the cell before may have run into this one */
  for (int col = 0; col < cols; col += want[col].width == 2 ? 2 : 1) {
    if (!again && same(&want[col], &have[col])) continue;
    if (col >= empty && filled - col >= ERASE_FROM) {
      erase_rest(p, row, col);
      break;
    }
    if (!again && is_nothing(c, &want[col]) && is_nothing(c, &have[col])) continue;
    bridge(p, want, row, col);
    put(p, row, col, &want[col]);
    if (col == cols - 1) put_last(p, row, want);
    again = !is_sure(&want[col]);
  }
  memcpy(have, want, (size_t)cols * sizeof *want);
}

/* ---- the screen */

static bool prepare(struct cells *c) {
  for (int i = 0; i < ATTR_COUNT; i++) {
    if (c->sgr[i].len == 0) look_add(&c->sgr[i], c->palette, (enum attr)i);
    if (!text_ok(&c->sgr[i])) return false;
  }
  return true;
}

static void clear(struct pen *p) {
  struct cells *c = p->c;
  c->look = -1;
  look(p, ATTR_PLAIN);
  text_add(p->out, HIDE);
  text_add(p->out, "\033[H\033[2J");
  c->hidden = true;
  c->row = c->col = 0;
  screen_clear(&c->shown);
  c->stale = false;
}

static void place_cursor(struct pen *p, size_t start, bool was_hidden) {
  const struct screen *s = p->s;
  struct cells *c = p->c;
  c->hidden = s->cursor_row < 0;
  if (!c->hidden) go(p, s->cursor_row, s->cursor_col);
  bool runs = p->out->len - start > FLICKER;
  if (!was_hidden && !c->hidden && runs) { /* hidden while the rest is drawn */
    struct text rest = { 0 };
    text_addn(&rest, p->out->s + start, p->out->len - start);
    p->out->len = start;
    text_add(p->out, HIDE);
    text_addn(p->out, text_str(&rest), rest.len);
    text_add(p->out, SHOW);
    p->out->failed = p->out->failed || rest.failed;
    text_free(&rest);
  } else if (was_hidden != c->hidden) {
    text_add(p->out, c->hidden ? HIDE : SHOW);
  }
}

bool cells_update(struct cells *c, const struct screen *s, struct text *out) {
  struct pen p = { c, s, out };
  size_t start = out->len;
  if (!prepare(c)) return false;
  if (c->shown.rows != s->rows || c->shown.cols != s->cols) {
    if (!screen_resize(&c->shown, s->rows, s->cols)) return false;
    c->stale = true;
  }
  if (c->stale) clear(&p);
  bool was_hidden = c->hidden;
  for (int row = 0; row < s->rows; row++) update_row(&p, row);
  place_cursor(&p, start, was_hidden);
  return text_ok(out);
}

void cells_free(struct cells *c) {
  screen_free(&c->shown);
  for (int i = 0; i < ATTR_COUNT; i++) text_free(&c->sgr[i]);
}
