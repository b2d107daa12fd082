/* Blocks to lines.  See preview.h; tables are in preview_table.c. */
#include "batch/preview.h"
#include "base/array.h"
#include "base/utf8.h"
#include "batch/sheet_text.h"
#include <stdlib.h>
#include <string.h>

#define SPACE_PT 6     /* more than this between blocks becomes an empty line */
#define CAPTION_LEAST 16 /* columns; with less beside it, the caption stands below the code */

struct maker {
  struct preview *p;
  const struct template *t;
  const struct sheet_data *d;
  int code_rows, code_cols;
  double gap;       /* pt due before the next line */
  struct text text; /* scratch */
};

/* ---- lines */

void preview_add(struct preview *p, enum preview_look look, const char *text) {
  if (!ARRAY_ROOM(p->line, p->n, p->cap)) {
    p->failed = true;
    return;
  }
  char *copy = str_dup(text);
  if (!copy) p->failed = true;
  else p->line[p->n++] = (struct preview_line){copy, look};
}

void preview_free(struct preview *p) {
  for (size_t i = 0; i < p->n; i++) free(p->line[i].text);
  free(p->line);
  *p = (struct preview){.code_line = -1};
}

struct wrapping { const char *s; char **line; size_t n, cap; bool failed; };

static void keep_line(size_t begin, size_t end, void *ctx) {
  struct wrapping *w = ctx;
  struct text part = {0};
  if (!ARRAY_ROOM(w->line, w->n, w->cap)) {
    w->failed = true;
    return;
  }
  text_addn(&part, w->s + begin, end - begin);
  w->line[w->n] = part.len ? text_take(&part) : str_dup("");
  if (!w->line[w->n]) w->failed = true;
  else w->n++;
  text_free(&part);
}

/* Each paragraph of s; first: columns of its indent. */
static void wrap_all(struct wrapping *w, const char *s, int width, int first) {
  struct text paragraph = {0};
  for (;; s++) {
    size_t n = strcspn(s, "\n");
    text_clear(&paragraph);
    text_addn(&paragraph, s, n);
    w->s = text_str(&paragraph);
    utf8_wrap(w->s, width, first, NULL, keep_line, w);
    s += n;
    if (*s == '\0') break;
  }
  if (!text_ok(&paragraph)) w->failed = true;
  text_free(&paragraph);
}

char **preview_wrap(const char *s, int width, size_t *n) {
  struct wrapping w = {0};
  wrap_all(&w, s, width, 0);
  *n = w.n;
  if (!w.failed) return w.line;
  preview_wrap_free(w.line, w.n);
  return NULL;
}

void preview_wrap_free(char **lines, size_t n) {
  for (size_t i = 0; i < n; i++) free(lines[i]);
  free(lines);
}

/* ---- text */

/* A space that is due before this block's first line. */
static void open_gap(struct maker *m) {
  if (m->gap > SPACE_PT && m->p->n) preview_add(m->p, PREVIEW_TEXT, "");
  m->gap = 0;
}

/* Ideographic and other blanks at a paragraph's begin stand for the indent that the template gives. */
static const char *skip_blanks(const char *s) {
  while (*s == ' ' || *s == '\t' || strncmp(s, "\343\200\200", 3) == 0) s += *s == '\343' ? 3 : 1;
  return s;
}

static void put_line(struct maker *m, const struct block *b, enum preview_look look, const char *s, int room,
                     int lead) {
  struct text out = {0};
  int pad = lead, inset = (int)(b->inset * 2), have = utf8_width(s);
  if (b->align == ALIGN_CENTER) pad = inset + (room - have) / 2;
  else if (b->align == ALIGN_RIGHT) pad = room - have;
  else pad += inset;
  text_pad(&out, ' ', pad);
  text_add(&out, s);
  preview_add(m->p, look, text_str(&out));
  text_free(&out);
}

static size_t lines_at(const char *s, int width) {
  size_t n;
  char **line = preview_wrap(s, width, &n);
  preview_wrap_free(line, n);
  return n;
}

/* The narrowest width that needs no more lines: lines of about equal length. */
static int balanced(const char *s, int width) {
  size_t n = lines_at(s, width);
  int low = width / 3, high = width;
  while (low < high && n > 1) {
    int middle = (low + high) / 2;
    if (lines_at(s, middle) <= n) high = middle;
    else low = middle + 1;
  }
  return high;
}

static void put_paragraph(struct maker *m, const struct block *b, enum preview_look look, const char *s) {
  int room = m->p->width - (int)(b->inset * 2), first = (int)(b->indent * 2);
  struct wrapping w = {.s = s};
  if (room < 8) room = m->p->width;
  utf8_wrap(s, b->balance ? balanced(s, room) : room, first, NULL, keep_line, &w);
  for (size_t i = 0; i < w.n; i++) put_line(m, b, look, w.line[i], room, i == 0 ? first : 0);
  m->p->failed = m->p->failed || w.failed;
  preview_wrap_free(w.line, w.n);
}

static enum preview_look look_of(const struct type *t) {
  return strcmp(t->role, "title") == 0 || strcmp(t->role, "heading") == 0 ? PREVIEW_TITLE : PREVIEW_TEXT;
}

static void put_text(struct maker *m, const struct block *b) {
  struct scope scope = {.d = m->d};
  sheet_fill_in(&m->text, b->text, &scope);
  if (m->text.len == 0) return;
  open_gap(m);
  struct text paragraph = {0};
  for (const char *s = text_str(&m->text);; s++) {
    size_t n = strcspn(s, "\n");
    text_clear(&paragraph);
    text_addn(&paragraph, s, n);
    const char *words = b->indent > 0 ? skip_blanks(text_str(&paragraph)) : text_str(&paragraph);
    if (*words || b->indent <= 0) put_paragraph(m, b, look_of(&b->body_type), words);
    s += n;
    if (*s == '\0') break;
  }
  text_free(&paragraph);
}

static void put_rule(struct maker *m) {
  struct text rule = {0};
  open_gap(m);
  text_pad(&rule, '-', m->p->width);
  preview_add(m->p, PREVIEW_NOTE, text_str(&rule));
  text_free(&rule);
}

/* ---- QR codes */

const char *preview_address(const struct template *t, const struct sheet_data *d) {
  for (size_t i = 0; i < t->n_blocks; i++)
    if (t->blocks[i].type == BLOCK_QR && sheet_wants(d, &t->blocks[i]))
      return sheet_get(d, t->blocks[i].source);
  return "";
}

/* Caption of a code: head and text, wrapped. */
static void caption(struct maker *m, const struct block *b, const struct scope *scope, int width,
                    struct wrapping *w) {
  sheet_fill_in(&m->text, b->head, scope);
  if (m->text.len) wrap_all(w, text_str(&m->text), width, 0);
  sheet_fill_in(&m->text, b->text, scope);
  if (m->text.len) wrap_all(w, text_str(&m->text), width, 0);
}

static void put_beside(struct maker *m, const char *s, int column) {
  struct text line = {0};
  text_pad(&line, ' ', *s ? column : 0);
  text_add(&line, s);
  preview_add(m->p, PREVIEW_TEXT, text_str(&line));
  text_free(&line);
}

/* Lines for the code's rows, its caption beside them or below. */
static void put_code(struct maker *m, const struct wrapping *w, bool beside) {
  size_t rows = (size_t)m->code_rows, top = beside && rows > w->n ? (rows - w->n) / 2 : 0, at = 0;
  m->p->code_line = (int)m->p->n;
  for (size_t i = 0; i < rows; i++) {
    bool now = beside && i >= top && at < w->n;
    put_beside(m, now ? w->line[at++] : "", m->code_cols + 2);
  }
  for (; at < w->n; at++) put_beside(m, w->line[at], beside ? m->code_cols + 2 : 0);
}

/* What is not on paper, but helps who looks here. */
static void put_note(struct maker *m, const char *s) {
  struct wrapping w = {0};
  wrap_all(&w, s, m->p->width, 0);
  for (size_t i = 0; i < w.n; i++) preview_add(m->p, PREVIEW_NOTE, w.line[i]);
  m->p->failed = m->p->failed || w.failed;
  preview_wrap_free(w.line, w.n);
}

/* The address in words, though paper has it in the code only. */
static void put_link(struct maker *m, const char *address) {
  struct text link = {0};
  text_addf(&link, _("[码里的网址] %s"), address);
  put_note(m, text_str(&link));
  text_free(&link);
}

static void put_qr(struct maker *m, const struct block *b) {
  const char *address = sheet_get(m->d, b->source);
  struct scope scope = {.d = m->d};
  struct wrapping w = {0};
  if (*address == '\0') return;
  open_gap(m);
  bool draw = m->code_rows > 0 && m->code_cols <= m->p->width && m->p->code_line < 0;
  bool beside = draw && m->p->width - m->code_cols - 2 >= CAPTION_LEAST;
  caption(m, b, &scope, beside ? m->p->width - m->code_cols - 2 : m->p->width, &w);
  if (draw) put_code(m, &w, beside);
  else put_note(m, _("[二维码：按 Tab 整屏显示，可用手机试扫]"));
  for (size_t i = 0; !draw && i < w.n; i++) preview_add(m->p, PREVIEW_TEXT, w.line[i]);
  m->p->failed = m->p->failed || w.failed;
  preview_wrap_free(w.line, w.n);
  if (strncmp(address, "http", 4) == 0) put_link(m, address);
}

/* One cell of a grid: its lines into the columns from `column` on, of lines that begin at `top`. */
static void put_cell(struct maker *m, const struct wrapping *w, size_t top, int column, int width) {
  for (size_t i = 0; i < w->n; i++) {
    if (top + i >= m->p->n) preview_add(m->p, PREVIEW_TEXT, "");
    if (m->p->failed) return;
    struct text line = {0};
    struct preview_line *to = &m->p->line[top + i];
    int have = utf8_width(to->text);
    text_add(&line, to->text);
    text_pad(&line, ' ', column - have);
    utf8_fit(&line, w->line[i], width, false);
    while (line.len && line.s[line.len - 1] == ' ') line.s[--line.len] = '\0';
    char *whole = text_take(&line);
    if (!whole) m->p->failed = true;
    if (!whole) return;
    free(to->text);
    to->text = whole;
  }
}

/* The codes of a grid are not drawn: "[码]" stands where each is printed. */
static void put_grid(struct maker *m, const struct block *b) {
  const struct sheet_rows *r = sheet_rows_find(m->d, b->source);
  int value = r ? sheet_field(r, b->value) : -1, across = b->across > 0 ? b->across : 1;
  int width = m->p->width / across;
  size_t top = m->p->n, done = 0;
  open_gap(m);
  for (size_t i = 0; value >= 0 && i < r->n_rows && !m->p->failed; i++) {
    const char *const *cells = r->cell + i * r->n_fields;
    struct scope scope = {.d = m->d, .rows = r, .cells = cells};
    struct wrapping w = {0};
    if (*cells[value] == '\0') continue;
    if (done % (size_t)across == 0) {
      if (done) preview_add(m->p, PREVIEW_TEXT, "");
      top = m->p->n;
    }
    caption(m, b, &scope, width - 7, &w);
    int column = (int)(done++ % (size_t)across) * width;
    char mark[] = "[QR]";
    char *line = mark;
    put_cell(m, &(struct wrapping){.line = &line, .n = 1}, top, column, 5);
    put_cell(m, &w, top, column + 5, width - 7);
    m->p->failed = m->p->failed || w.failed;
    preview_wrap_free(w.line, w.n);
  }
  if (done > 0) put_note(m, _("（[QR] 处印二维码，屏幕上不画）"));
}

/* ---- all */

static enum status put_block(struct maker *m, const struct block *b, struct error *e) {
  switch (b->type) {
  case BLOCK_TEXT: put_text(m, b); return ST_OK;
  case BLOCK_RULE: put_rule(m); return ST_OK;
  case BLOCK_QR: put_qr(m, b); return ST_OK;
  case BLOCK_GRID: put_grid(m, b); return ST_OK;
  case BLOCK_TABLE: open_gap(m); return preview_table(m->p, b, m->d, e);
  default: return ST_OK;
  }
}

enum status preview_make(struct preview *p, const struct template *t, const struct sheet_data *d, int width,
                         int code_rows, int code_cols, struct error *e) {
  preview_free(p);
  p->width = width;
  struct maker m = {.p = p, .t = t, .d = d, .code_rows = code_rows, .code_cols = code_cols};
  enum status st = ST_OK;
  for (size_t i = 0; i < t->n_blocks && !st; i++) {
    const struct block *b = &t->blocks[i];
    if (!sheet_wants(d, b)) continue;
    m.gap += b->before;
    st = put_block(&m, b, e);
    m.gap += b->after;
  }
  if (!text_ok(&m.text)) p->failed = true;
  text_free(&m.text);
  return st ? st : p->failed ? error_nomem(e) : ST_OK;
}
