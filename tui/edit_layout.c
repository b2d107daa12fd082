/* Rows of a text of several lines.
 *
 * A row depends on nothing after the character that did not fit into it, and that stands in the next row:
 * so after a change the rows just before it, and all from there on until a row begins where one began before,
 * are wrapped anew.  A paragraph is wrapped in pieces, the last row of a piece belonging to the next.
 */
#include "base/array.h"
#include "base/utf8.h"
#include "tui/edit_private.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 2048
#define BACK 2 /* one, and one for a row of a blank before a word too long for any row */

static long cell_width(uint32_t cp, void *ctx) {
  (void)ctx;
  return cp == '\t' ? 1 : utf8_cp_width(cp);
}

int edit_width(const struct edit *e, size_t begin, size_t end) {
  const char *s = text_str(&e->text);
  int width = 0;
  uint32_t cp;
  for (size_t at = begin; at < end && s[at] != '\0'; ) {
    at += (size_t)utf8_decode(s + at, &cp);
    width += (int)cell_width(cp, NULL);
  }
  return width;
}

size_t edit_at_column(const struct edit *e, struct edit_row row, int column) {
  const char *s = text_str(&e->text);
  size_t at = row.begin;
  int width = 0;
  while (at < row.end) {
    size_t next = (size_t)(utf8_next(s + at) - s);
    width += edit_width(e, at, next);
    if (width > column) break;
    at = next;
  }
  return at;
}

size_t edit_row_of(const struct edit *e, size_t at) {
  size_t low = 0, high = e->n_rows;
  while (low + 1 < high) {
    size_t middle = (low + high) / 2;
    if (e->row[middle].begin <= at) low = middle;
    else high = middle;
  }
  return low;
}

/* ---- wrapping */

struct rows { struct edit_row *row; size_t n, cap, base; bool failed; };

static void add_row(size_t begin, size_t end, void *ctx) {
  struct rows *r = ctx;
  if (ARRAY_ROOM(r->row, r->n, r->cap)) r->row[r->n++] = (struct edit_row){ r->base + begin, r->base + end };
  else r->failed = true;
}

/* The rows of a piece that begins a row; the one with which it ends only if the paragraph ends there.
 * Returns where the next row begins; text.len + 1 behind the last. */
static size_t wrap_piece(struct edit *e, size_t at, size_t size, struct rows *out) {
  char *s = e->text.s;
  size_t stop = at;
  while (stop < e->text.len && stop - at < size && s[stop] != '\n') stop++;
  while (stop < e->text.len && ((unsigned char)s[stop] & 0xC0) == 0x80) stop++;
  bool ends = stop >= e->text.len || s[stop] == '\n';
  size_t before = out->n;
  char keep = s[stop];
  out->base = at;
  s[stop] = '\0'; /* the text is our own: no copy of the piece is needed */
  utf8_wrap(s + at, e->width > 2 ? e->width - 1 : 2, 0, cell_width, add_row, out);
  s[stop] = keep;
  if (ends || out->failed) return stop + 1;
  if (out->n - before < 2) { /* a row longer than the piece */
    out->n = before;
    return wrap_piece(e, at, size * 2, out);
  }
  return out->row[--out->n].begin;
}

/* Old rows from `old` on, moved by so much, begin where a new row would. */
struct rest { const struct edit_row *row; size_t n, next, moved_up, moved_down, from; };

static bool meets(struct rest *old, size_t at) {
  if (at < old->from) return false;
  size_t was = at + old->moved_down - old->moved_up;
  while (old->next < old->n && old->row[old->next].begin < was) old->next++;
  return old->next < old->n && old->row[old->next].begin == was;
}

/* Rows from byte `at` (where a row begins) on, until they meet the old ones. */
static void wrap_from(struct edit *e, size_t at, struct rows *out, struct rest *old) {
  while (!out->failed) {
    size_t first = out->n, next = wrap_piece(e, at, PIECE, out);
    for (size_t i = first; i < out->n; i++) {
      if (!meets(old, out->row[i].begin)) continue;
      out->n = i;
      return;
    }
    if (next <= e->text.len && meets(old, next)) return;
    if (next > e->text.len) break;
    at = next;
  }
  old->next = old->n; /* none of them is left */
}

int edit_layout(struct edit *e, int width) {
  if (e->laid && e->width == width) return (int)e->n_rows;
  struct rows out = { e->row, 0, e->cap_rows, 0, false };
  struct rest none = { 0 };
  e->width = width;
  if (!text_reserve(&e->text, 1)) {
    e->text.failed = false;
    return (int)e->n_rows;
  }
  e->text.s[e->text.len] = '\0';
  wrap_from(e, 0, &out, &none);
  e->row = out.row;
  e->cap_rows = out.cap;
  e->n_rows = out.n;
  e->laid = !out.failed;
  return (int)e->n_rows;
}

/* ---- after a change */

/* Put the new rows in place of first..rest, and move the rest along. */
static void join(struct edit *e, size_t first, const struct rows *out, const struct rest *old) {
  size_t keep = old->next < old->n ? old->n - old->next : 0, n = first + out->n + keep;
  if (n > e->cap_rows) {
    struct edit_row *more = realloc(e->row, (n + 64) * sizeof *more);
    if (more == NULL) {
      e->laid = false;
      return;
    }
    e->row = more;
    e->cap_rows = n + 64;
  }
  if (keep > 0) memmove(e->row + first + out->n, e->row + old->next, keep * sizeof *e->row);
  if (out->n > 0) memcpy(e->row + first, out->row, out->n * sizeof *e->row);
  for (size_t i = first + out->n; i < n; i++) {
    e->row[i].begin = e->row[i].begin + old->moved_up - old->moved_down;
    e->row[i].end = e->row[i].end + old->moved_up - old->moved_down;
  }
  e->n_rows = n;
}

void edit_relayout(struct edit *e, size_t begin, size_t removed, size_t added) {
  if (!e->lines || !e->laid || e->n_rows == 0) {
    e->laid = false;
    return;
  }
  size_t first = edit_row_of(e, begin);
  first = first > BACK ? first - BACK : 0;
  struct rows out = { 0 };
  struct rest old = { .row = e->row, .n = e->n_rows, .next = first, .moved_up = added, .moved_down = removed,
                      .from = begin + added };
  wrap_from(e, e->row[first].begin, &out, &old);
  if (out.failed) e->laid = false;
  else join(e, first, &out, &old);
  free(out.row);
}
