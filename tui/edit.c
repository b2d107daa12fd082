/* The buffer: what keys do to it.  Rows are in edit_layout.c, undo in edit_undo.c, drawing in edit_draw.c. */
#include "tui/edit_private.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void edit_set(struct edit *e, const char *text) {
  text_clear(&e->text);
  text_add(&e->text, text);
  e->at = e->text.len;
  e->left = e->top = 0;
  e->laid = e->whole = false;
  e->n_marks = 0;
  e->version++;
  edit_forget(e);
}

const char *edit_get(const struct edit *e) {
  return text_str(&e->text);
}

void edit_free(struct edit *e) {
  edit_forget(e);
  text_free(&e->text);
  free(e->row);
  free(e->mark);
  free(e->op);
  memset(e, 0, sizeof *e);
}

/* ---- marks */

void edit_clear_marks(struct edit *e) {
  e->n_marks = 0;
}

void edit_add_mark(struct edit *e, size_t begin, size_t end) {
  if (ARRAY_ROOM(e->mark, e->n_marks, e->cap_marks)) e->mark[e->n_marks++] = (struct edit_mark){ begin, end };
}

/* Marks behind a change move with the text; one that was touched is no longer sure. */
static void move_marks(struct edit *e, size_t begin, size_t end, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < e->n_marks; i++) {
    struct edit_mark m = e->mark[i];
    if (m.end > begin && m.begin < end) continue;
    if (m.begin >= end) m = (struct edit_mark){ m.begin - end + begin + n, m.end - end + begin + n };
    e->mark[kept++] = m;
  }
  e->n_marks = kept;
}

/* ---- changing */

bool edit_change(struct edit *e, size_t begin, size_t end, const char *with, size_t n) {
  struct text *t = &e->text;
  if (!text_reserve(t, n + 1)) {
    t->failed = false; /* the text is as it was */
    return false;
  }
  memmove(t->s + begin + n, t->s + end, t->len - end);
  if (n > 0) memcpy(t->s + begin, with, n);
  t->len = t->len - (end - begin) + n;
  t->s[t->len] = '\0';
  e->at = begin + n;
  e->version++;
  move_marks(e, begin, end, n);
  edit_relayout(e, begin, end - begin, n);
  return true;
}

/* edit_change(), remembered.  phrase: may be one step with the change before it. */
static bool splice(struct edit *e, size_t begin, size_t end, const char *with, size_t n, bool phrase) {
  if (begin == end && n == 0) return true;
  edit_remember(e, begin, end, with, n, phrase);
  return edit_change(e, begin, end, with, n);
}

/* What nobody could see to delete it again: controls, and the blanks without width that come with
 * text pasted from web pages. */
static bool unseen(uint32_t cp) {
  if (cp == '\n' || cp == '\t') return false;
  return utf8_is_control(cp) || cp == 0x200B || cp == 0x2060 || cp == 0xFEFF;
}

/* In one line a break or a tab is a blank. */
static uint32_t suited(const struct edit *e, uint32_t cp) {
  if ((cp == '\n' || cp == '\t') && !e->lines) return ' ';
  return e->fold ? utf8_fold(cp) : cp;
}

/* Where a text that is typed begins to replace what is there. */
static size_t replaced_from(const struct edit *e) {
  return e->whole ? 0 : e->at;
}

static enum edit_result put(struct edit *e, const char *s, size_t n, bool phrase) {
  size_t begin = replaced_from(e), end = e->whole ? e->text.len : e->at;
  if (e->limit != 0 && e->text.len - (end - begin) + n > e->limit) return EDIT_FULL;
  e->whole = false;
  splice(e, begin, end, s, n, phrase);
  return EDIT_DONE;
}

enum edit_result edit_insert(struct edit *e, struct key k) {
  char bytes[5];
  uint32_t cp = k.cp;
  if (k.kind == K_ENTER || (k.kind == K_CHAR && cp == '\r')) cp = '\n';
  else if (k.kind == K_TAB && k.pasted) cp = '\t';
  else if (k.kind != K_CHAR) return EDIT_IGNORED;
  if (unseen(cp)) return EDIT_IGNORED;
  int n = utf8_encode(suited(e, cp), bytes);
  return put(e, bytes, (size_t)n, true);
}

enum edit_result edit_paste(struct edit *e, const char *text) {
  struct text clean = { 0 };
  uint32_t cp;
  for (int n; (n = utf8_decode(text, &cp)) > 0; text += n) {
    if (cp == '\r' && text[n] == '\n') continue;
    if (cp == '\r') cp = '\n';
    if (!unseen(cp)) text_addcp(&clean, suited(e, cp));
  }
  enum edit_result r = clean.len == 0 ? EDIT_IGNORED : put(e, text_str(&clean), clean.len, false);
  text_free(&clean);
  return r;
}

enum edit_result edit_replace(struct edit *e, const char *text) {
  e->whole = true;
  return edit_paste(e, text) == EDIT_FULL ? EDIT_FULL
         : *text == '\0' ? edit_request(e, REQ_CLEAR) : EDIT_DONE;
}

/* ---- moving */

static size_t before(const struct edit *e) {
  const char *s = text_str(&e->text);
  return e->at == 0 ? 0 : (size_t)(utf8_prev(s, s + e->at) - s);
}

static size_t after(const struct edit *e) {
  const char *s = text_str(&e->text);
  return e->at >= e->text.len ? e->text.len : (size_t)(utf8_next(s + e->at) - s);
}

/* Rows up or down, the column kept. */
static enum edit_result move_row(struct edit *e, int by, bool page) {
  if (!e->lines) return EDIT_IGNORED;
  edit_layout(e, e->width > 0 ? e->width : 80);
  if (e->n_rows == 0) return EDIT_IGNORED;
  int row = (int)edit_row_of(e, e->at), last = (int)e->n_rows - 1, to = row + by;
  if (!page && (to < 0 || to > last)) return EDIT_IGNORED;
  int column = edit_width(e, e->row[row].begin, e->at);
  to = to < 0 ? 0 : to > last ? last : to;
  e->at = to != row ? edit_at_column(e, e->row[to], column) : by < 0 ? 0 : e->text.len;
  return EDIT_DONE;
}

static void line_edge(struct edit *e, bool end) {
  if (!e->lines) {
    e->at = end ? e->text.len : 0;
    return;
  }
  edit_layout(e, e->width > 0 ? e->width : 80);
  if (e->n_rows == 0) return;
  struct edit_row row = e->row[edit_row_of(e, e->at)];
  e->at = end ? row.end : row.begin;
}

static void erase(struct edit *e, enum request r) {
  size_t begin = e->at, end = e->at;
  if (r == REQ_CLEAR || e->whole) {
    begin = 0;
    end = e->text.len;
  } else if (r == REQ_ERASE) {
    begin = before(e);
  } else {
    end = after(e);
  }
  splice(e, begin, end, "", 0, r != REQ_CLEAR && !e->whole);
  e->whole = false;
}

enum edit_result edit_request(struct edit *e, enum request r) {
  int page = e->page > 1 ? e->page - 1 : 1;
  switch (r) {
  case REQ_LEFT: e->at = before(e); break;
  case REQ_RIGHT: e->at = after(e); break;
  case REQ_LINE_START: line_edge(e, false); break;
  case REQ_LINE_END: line_edge(e, true); break;
  case REQ_ERASE:
  case REQ_DELETE:
  case REQ_CLEAR: erase(e, r); break;
  case REQ_UP: return move_row(e, -1, false);
  case REQ_DOWN: return move_row(e, 1, false);
  case REQ_PAGE_UP: return move_row(e, -page, true);
  case REQ_PAGE_DOWN: return move_row(e, page, true);
  default: return EDIT_IGNORED;
  }
  e->whole = false;
  return EDIT_DONE;
}
