/* The pager, and the help screen, which is the keymap written out. */
#include "tui/view_page.h"
#include "base/utf8.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

struct page {
  struct view view; /* first */
  char *title;
  struct text body;
  int top, rows; /* first line shown; lines there is room for */
  int total;     /* lines when last drawn */
};

struct drawing {
  struct screen *s;
  struct rect at;
  const char *paragraph;
  int skip, line;
  int indent, hang; /* of every line of the paragraph; of those after the first, besides */
};

static void draw_line(size_t begin, size_t end, void *ctx) {
  struct drawing *d = ctx;
  int row = d->line++ - d->skip, indent = d->indent + (begin > 0 ? d->hang : 0);
  if (row < 0 || row >= d->at.rows) return;
  struct text part = { 0 };
  text_addn(&part, d->paragraph + begin, end - begin);
  screen_put(d->s, d->at.row + row, d->at.col + indent, d->at.cols - indent, ATTR_PLAIN,
             text_str(&part));
  text_free(&part);
}

/* What stands in a second column, or behind a number, goes on under its own beginning. */
static int hang_of(const char *paragraph) {
  size_t digits = strspn(paragraph, "0123456789");
  if (digits > 0 && strncmp(paragraph + digits, ". ", 2) == 0) return (int)digits + 2;
  const char *gap = strstr(paragraph, "  ");
  if (gap == NULL) return 0;
  struct text first = { 0 };
  text_addn(&first, paragraph, (size_t)(gap - paragraph) + strspn(gap, " "));
  int width = utf8_width(text_str(&first));
  text_free(&first);
  return width;
}

/* Draws the lines that fall into sight; returns how many there are in all. */
static int draw_body(const struct page *v, struct screen *s, struct rect at) {
  struct drawing d = { .s = s, .at = at, .skip = v->top };
  struct text paragraph = { 0 };
  for (const char *p = text_str(&v->body); *p != '\0'; ) {
    size_t n = strcspn(p, "\n");
    d.indent = *p == '\t' ? 4 : 0;
    size_t from = *p == '\t';
    text_clear(&paragraph);
    text_addn(&paragraph, p + from, n - from);
    d.paragraph = text_str(&paragraph);
    d.hang = d.indent > 0 ? hang_of(d.paragraph) : 0;
    utf8_wrap(d.paragraph, at.cols - d.indent - d.hang, -d.hang, NULL, draw_line, &d);
    p += n + (p[n] == '\n');
  }
  text_free(&paragraph);
  return d.line;
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct page *v = (struct page *)view;
  v->rows = at.rows;
  struct rect inner = { at.row, 2, at.rows, at.cols - 4 };
  v->total = draw_body(v, &ui->screen, inner);
  if (v->top + at.rows <= v->total || v->top == 0) return;
  v->top = v->total > at.rows ? v->total - at.rows : 0;
  for (int i = 0; i < at.rows; i++) screen_fill(&ui->screen, at.row + i, 0, at.cols, ATTR_PLAIN);
  draw_body(v, &ui->screen, inner);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  (void)ui;
  text_add(out, ((struct page *)view)->title);
}

static void refresh(struct view *view, struct ui *ui) {
  (void)view;
  (void)ui;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct page *v = (struct page *)view;
  int step = v->rows > 1 ? v->rows - 1 : 1;
  (void)ui;
  switch (r) {
  case REQ_UP: v->top -= 1; break;
  case REQ_DOWN: v->top += 1; break;
  case REQ_PAGE_UP: v->top -= step; break;
  case REQ_PAGE_DOWN: v->top += step; break;
  case REQ_FIRST: v->top = 0; break;
  case REQ_LAST: v->top = v->total; break;
  case REQ_HELP: return UI_LEAVE; /* the key that opened it */
  default: return UI_IGNORED;
  }
  if (v->top < 0) v->top = 0;
  return UI_HANDLED;
}

static void close_view(struct view *view) {
  struct page *v = (struct page *)view;
  free(v->title);
  text_free(&v->body);
  free(v);
}

static const enum request hints[] = { REQ_PAGE_DOWN, REQ_BACK, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_PAGE,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .close = close_view };

struct view *view_page_new(int unit, struct text *title, struct text *body) {
  struct page *v = calloc(1, sizeof *v);
  if (v == NULL || !text_ok(body) || (v->title = text_take(title)) == NULL) {
    free(v);
    text_free(title);
    text_free(body);
    return NULL;
  }
  v->view.ops = &ops;
  v->view.unit = unit;
  v->body = *body;
  memset(body, 0, sizeof *body);
  return &v->view;
}
