/* Blocks to strips, strips to pages.  See layout.h.
 *
 * Page breaks: a strip marked "keep" goes with the next one; the first and last two lines of a paragraph stay
 * together; a table's head is printed again above the first row of each further page.
 */
#include "batch/layout_private.h"
#include <math.h>
#include <stdlib.h>

struct layout *layout_new(const struct fonts *f) {
  struct layout *l = calloc(1, sizeof *l);
  if (l) l->fonts = f;
  return l;
}

/* Ready to set the same sheet again. */
static void rewind_sheet(struct layout *l) {
  l->n_glyphs = l->n_lines = l->n_strips = l->n_tables = l->n_rows = l->n_cells = l->n_codes = 0;
  l->n_missing = 0;
  l->failed = false;
  l->gap = 0;
}

static void clear(struct layout *l) {
  for (size_t i = 0; i < l->n_made; i++) qr_free(&l->codes[i].qr);
  l->n_made = 0;
  rewind_sheet(l);
}

void layout_free(struct layout *l) {
  if (!l) return;
  clear(l);
  text_free(&l->text);
  free(l->glyphs);
  free(l->lines);
  free(l->strips);
  free(l->tables);
  free(l->rows);
  free(l->cells);
  free(l->codes);
  free(l);
}

int layout_push(struct layout *l, struct strip s) {
  if (!LAYOUT_ROOM(l, strips, n_strips, cap_strips)) return -1;
  s.before = l->gap;
  l->gap = 0;
  l->strips[l->n_strips] = s;
  return (int)l->n_strips++;
}

float layout_space(const struct layout *l, double pt) {
  return (float)pt * (1 - l->squeeze * (1 - (float)l->t->tight));
}

struct set layout_set(const struct layout *l, const struct type *t) {
  int role = font_role_find(t->role);
  return (struct set){role < 0 ? FONT_BODY : (enum font_role_id)role, (float)t->size,
                      layout_space(l, t->leading)};
}

size_t layout_missing(const struct layout *l, const uint32_t **cps) {
  *cps = l->missing;
  return l->n_missing;
}

/* ---- blocks to strips */

#define SHORT_TEXT 6 /* lines: a text that stays with the next block stays whole, too */

/* Paragraphs: no single first or last line on a page; a balanced text (a title) stays whole. */
static void push_lines(struct layout *l, const struct block *b, struct run lines) {
  for (int i = 0; i < lines.n; i++) {
    const struct line *now = &l->lines[lines.first + i];
    bool first = i == 0 || now[-1].last, last = now->last;
    bool next_last = !last && now[1].last;
    bool whole = b->balance || (b->keep && lines.n <= SHORT_TEXT);
    bool keep = whole ? i + 1 < lines.n : (first && !last) || next_last;
    if (i + 1 == lines.n) keep = b->keep;
    layout_push(l, (struct strip){.type = STRIP_LINE,
                                  .keep = keep,
                                  .height = layout_space(l, b->body_type.leading),
                                  .index = lines.first + i,
                                  .block = b});
  }
}

static enum status text_block(struct layout *l, const struct block *b, struct error *e) {
  (void)e;
  struct scope scope = {.d = l->d};
  layout_fill(l, b->text, &scope);
  if (l->text.len == 0) return ST_OK;
  bool trim = b->indent > 0;
  struct set set = layout_set(l, &b->body_type);
  struct run glyphs = layout_shape(l, text_str(&l->text), set.role, trim);
  int width = (int)(l->width / set.size * 1000 - (float)b->inset * 1000 + 1);
  struct run lines = b->balance ? layout_balance(l, glyphs, width)
                                : layout_break(l, glyphs, width, (int)(b->indent * 1000));
  push_lines(l, b, lines);
  return ST_OK;
}

static enum status rule_block(struct layout *l, const struct block *b, struct error *e) {
  (void)e;
  layout_push(l, (struct strip){.type = STRIP_RULE, .keep = b->keep, .height = (float)b->thick, .block = b});
  return ST_OK;
}

static enum status space_block(struct layout *l, const struct block *b, struct error *e) {
  (void)l, (void)b, (void)e; /* its before and after are all there is */
  return ST_OK;
}

static enum status (*const builders[BLOCK_TYPES])(struct layout *, const struct block *, struct error *) = {
  [BLOCK_TEXT] = text_block, [BLOCK_TABLE] = layout_table, [BLOCK_QR] = layout_qr,
  [BLOCK_GRID] = layout_grid, [BLOCK_SPACE] = space_block, [BLOCK_RULE] = rule_block,
};

static enum status build(struct layout *l, struct error *e) {
  for (size_t i = 0; i < l->t->n_blocks; i++) {
    const struct block *b = &l->t->blocks[i];
    if (!sheet_wants(l->d, b)) continue;
    l->gap += layout_space(l, b->before);
    enum status st = builders[b->type](l, b, e);
    if (st) return st;
    l->gap += layout_space(l, b->after);
  }
  return ST_OK;
}

/* ---- strips to pages */

struct placer {
  struct layout *l;
  struct page *page; /* NULL: pages are only counted */
  bool dry;
  int n;             /* pages */
  float y, top, bottom;
  bool at_top;
  int table; /* whose rows are being placed on this page, -1: none */
};

/* Height of strip i with all that has to stay on its page; only its own when that is more than a page. */
static float group_height(const struct placer *p, size_t i) {
  const struct strip *s = p->l->strips;
  float own = s[i].height, h = own;
  while (s[i].keep && i + 1 < p->l->n_strips) {
    i++;
    h += s[i].before + s[i].height;
  }
  return h <= p->bottom - p->top ? h : own;
}

/* The table that was being placed ends here, or goes on overleaf: its lower edge. */
static void close_table(struct placer *p, int next) {
  if (p->table >= 0 && p->table != next && p->page)
    layout_draw_edge(p->l, p->page, &p->l->tables[p->table], p->y);
  p->table = -1;
}

static bool new_page(struct placer *p) {
  close_table(p, -1);
  p->y = p->top;
  p->at_top = true;
  p->n++;
  if (p->dry) return true;
  p->page = pages_add(p->l->out, (float)p->l->t->width, (float)p->l->t->height);
  if (!p->page) p->l->failed = true;
  return p->page != NULL;
}

static enum status draw_strip(struct placer *p, const struct strip *s, struct error *e) {
  struct layout *l = p->l;
  const struct block *b = s->block;
  float x = (float)l->t->left;
  struct set set;
  switch (s->type) {
  case STRIP_LINE:
    set = layout_set(l, &b->body_type);
    float inset = (float)b->inset * set.size;
    layout_draw_line(l, p->page, &l->lines[s->index], &set, b->align,
                     b->align == ALIGN_RIGHT ? x : x + inset, p->y, l->width - inset);
    return ST_OK;
  case STRIP_RULE:
    if (!page_box(p->page, (struct box){x, p->y, l->width, s->height, 0})) l->failed = true;
    return ST_OK;
  case STRIP_ROW:
    layout_draw_row(l, p->page, &l->rows[s->index], p->y, s->height);
    return ST_OK;
  default:
    return layout_draw_codes(l, p->page, s, p->y, e);
  }
}

static enum status put(struct placer *p, const struct strip *s, struct error *e) {
  int table = s->type == STRIP_ROW ? p->l->rows[s->index].table : -1;
  close_table(p, table);
  if (!p->at_top) p->y += s->before;
  enum status st = p->dry ? ST_OK : draw_strip(p, s, e);
  p->y += s->height;
  p->at_top = false;
  p->table = table;
  return st;
}

/* The head of the row's table, when the row opens a page and the head was printed on an earlier one. */
static enum status repeat_head(struct placer *p, size_t i, struct error *e) {
  const struct strip *s = &p->l->strips[i];
  if (s->type != STRIP_ROW || !p->at_top) return ST_OK;
  int head = p->l->tables[p->l->rows[s->index].table].head_strip;
  if (head < 0 || (size_t)head >= i) return ST_OK;
  const struct strip *h = &p->l->strips[head];
  return h->height + s->height <= p->bottom - p->top ? put(p, h, e) : ST_OK;
}

static enum status place(struct layout *l, bool dry, int *n, struct error *e) {
  struct placer p = {.l = l,
                     .dry = dry,
                     .top = (float)l->t->top,
                     .bottom = (float)(l->t->height - l->t->bottom),
                     .table = -1};
  enum status st = ST_OK;
  if (!new_page(&p)) return error_nomem(e);
  for (size_t i = 0; i < l->n_strips && !st && !l->failed; i++) {
    const struct strip *s = &l->strips[i];
    if (!p.at_top && p.y + s->before + group_height(&p, i) > p.bottom + 0.1f && !new_page(&p)) break;
    st = repeat_head(&p, i, e);
    if (!st) st = put(&p, s, e);
  }
  close_table(&p, -1);
  *n = p.n;
  return st ? st : l->failed ? error_nomem(e) : ST_OK;
}

/* ---- footer: a thin rule, words at the left and the right */

static void footer(struct layout *l, size_t first) {
  struct set set = layout_set(l, &l->t->footer);
  float x = (float)l->t->left, y = (float)(l->t->height - l->t->bottom * 0.62);
  size_t pages = l->out->n - first;
  const struct { const char *text; enum align align; } side[] = {
    {l->t->footer_left, ALIGN_LEFT}, {l->t->footer_right, ALIGN_RIGHT}};
  for (size_t i = 0; i < pages; i++) {
    struct page *p = &l->out->list[first + i];
    struct scope scope = {.d = l->d, .page = (int)i + 1, .pages = (int)pages};
    bool any = false;
    for (size_t k = 0; k < 2; k++) {
      layout_fill(l, side[k].text, &scope);
      if (l->text.len == 0) continue;
      struct run glyphs = layout_shape(l, text_str(&l->text), set.role, false);
      float share = l->width * (k == 0 ? 0.7f : 0.3f);
      struct run lines = layout_break(l, glyphs, (int)(share / set.size * 1000), 0);
      float least = p->height - (float)lines.n * set.leading - 8; /* many lines: not off the paper */
      float top = y + 4 < least ? y + 4 : least;
      layout_draw_lines(l, p, lines, &set, side[k].align, k == 0 ? x : x + l->width - share, top, share);
      any = true;
    }
    if (any && !page_box(p, (struct box){x, y, l->width, 0.4f, 0})) l->failed = true;
  }
}

/* ---- the whole */

/* Strips at that tightness, and how many pages they make. */
static enum status attempt(struct layout *l, float squeeze, int *n, struct error *e) {
  rewind_sheet(l);
  l->squeeze = squeeze;
  enum status st = build(l, e);
  if (!st && (l->failed || l->d->failed)) st = error_nomem(e);
  return st ? st : place(l, true, n, e);
}

/* As roomy as the template says, unless setting it tighter saves a page; then only as tight as that needs. */
static enum status set_strips(struct layout *l, struct error *e) {
  static const float steps[] = {0.33f, 0.66f};
  int roomy = 1, least = 1, n = 0;
  enum status st = attempt(l, 0, &roomy, e);
  if (st || roomy == 1 || l->t->tight >= 1) return st;
  st = attempt(l, 1, &least, e);
  if (!st && least == roomy) return attempt(l, 0, &n, e);
  for (size_t i = 0; !st && i < sizeof steps / sizeof *steps; i++) {
    st = attempt(l, steps[i], &n, e);
    if (n == least) return st;
  }
  return st ? st : attempt(l, 1, &n, e);
}

enum status layout_sheet(struct layout *l, const struct template *t, const struct sheet_data *d,
                         struct pages *out, struct error *e) {
  size_t first = out->n;
  int n;
  clear(l);
  l->t = t;
  l->d = d;
  l->out = out;
  l->width = (float)(t->width - t->left - t->right);
  enum status st = set_strips(l, e);
  if (!st) st = place(l, false, &n, e);
  if (!st) footer(l, first);
  if (!st && l->failed) st = error_nomem(e);
  if (!st && l->n_missing)
    st = error_set(e, ST_DATA, "sheet.glyph", _("有 %zu 个字所有字体都没有"), l->n_missing);
  return st;
}
