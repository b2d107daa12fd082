/* QR codes with their captions: one (a block), or many in a grid.
 *
 * A code is never smaller than its modules need to be read from paper (0.5 mm each): a long text makes the
 * square larger than the template says, not unreadable.
 */
#include "batch/layout_private.h"
#include <math.h>
#include <string.h>

#define MODULE_MIN (0.51f * 72 / 25.4f)
#define QUIET 4 /* modules around a code */
#define GUTTER 8.0f /* between code and caption, points */

static float side_of(const struct code *c, const struct block *b) {
  float least = (float)(c->qr.size + 2 * QUIET) * MODULE_MIN;
  return fmaxf((float)b->side, least);
}

/* The code and its caption, lines not yet broken (runs of glyphs).  An empty address: no code, ST_OK and
 * *index -1. */
static enum status make_code(struct layout *l, const struct block *b, const char *address,
                             const struct scope *scope, int *index, struct error *e) {
  *index = -1;
  if (*address == '\0') return ST_OK;
  if (!LAYOUT_ROOM(l, codes, n_codes, cap_codes)) return ST_OK; /* l->failed is seen later */
  struct code *c = &l->codes[l->n_codes];
  if (l->n_codes == l->n_made) {
    memset(c, 0, sizeof *c);
    enum status st = qr_make(&c->qr, address, l->t->qr_level, e);
    if (st) return st;
    l->n_made++;
  }
  *index = (int)l->n_codes++;
  c->side = side_of(c, b);
  layout_fill(l, b->head, scope);
  c->head = layout_shape(l, text_str(&l->text), layout_set(l, &b->head_type).role, false);
  layout_fill(l, b->text, scope);
  c->text = layout_shape(l, text_str(&l->text), layout_set(l, &b->body_type).role, false);
  return ST_OK;
}

/* Glyphs to lines in that width; an empty caption has no lines. */
static void break_caption(struct layout *l, const struct block *b, struct code *c, float width) {
  struct run none = {0, 0};
  c->head = c->head.n ? layout_break(l, c->head, (int)(width / (float)b->head_type.size * 1000), 0) : none;
  c->text = c->text.n ? layout_break(l, c->text, (int)(width / (float)b->body_type.size * 1000), 0) : none;
}

static float caption_height(const struct layout *l, const struct block *b, const struct code *c) {
  return (float)c->head.n * layout_space(l, b->head_type.leading) +
         (float)c->text.n * layout_space(l, b->body_type.leading);
}

static float code_height(const struct layout *l, const struct block *b, const struct code *c) {
  float caption = caption_height(l, b, c);
  return b->below ? c->side + caption : fmaxf(c->side, caption);
}

static enum status too_wide(struct error *e) {
  return error_set(e, ST_DATA, "sheet.qr", "%s", _("二维码内容太长，纸面放不下；请缩短网址"));
}

/* Break the captions of codes first..first+n-1, all with one side, and push them as one strip. */
static enum status push_codes(struct layout *l, const struct block *b, int first, int n, float cell,
                              struct error *e) {
  float side = 0, height = 0;
  for (int i = 0; i < n; i++) side = fmaxf(side, l->codes[first + i].side);
  if (side > cell) return too_wide(e);
  for (int i = 0; i < n; i++) {
    struct code *c = &l->codes[first + i];
    c->side = side;
    break_caption(l, b, c, b->below ? cell : fmaxf(cell - side - GUTTER, (float)b->body_type.size * 2));
    height = fmaxf(height, code_height(l, b, c));
  }
  layout_push(
      l, (struct strip){
             .type = STRIP_GRID, .keep = b->keep, .height = height, .index = first, .n = n, .block = b});
  return ST_OK;
}

enum status layout_qr(struct layout *l, const struct block *b, struct error *e) {
  struct scope scope = {.d = l->d};
  int index;
  enum status st = make_code(l, b, sheet_get(l->d, b->source), &scope, &index, e);
  if (st || index < 0) return st;
  st = push_codes(l, b, index, 1, l->width, e);
  if (l->n_strips) l->strips[l->n_strips - 1].type = STRIP_CODE;
  return st;
}

enum status layout_grid(struct layout *l, const struct block *b, struct error *e) {
  const struct sheet_rows *r = sheet_rows_find(l->d, b->source);
  int value = r ? sheet_field(r, b->value) : -1, first = (int)l->n_codes;
  for (size_t i = 0; value >= 0 && i < r->n_rows && !l->failed; i++) {
    const char *const *cells = r->cell + i * r->n_fields;
    struct scope scope = {.d = l->d, .rows = r, .cells = cells};
    int index;
    enum status st = make_code(l, b, cells[value], &scope, &index, e);
    if (st) return st;
  }
  int end = (int)l->n_codes;
  float most = 0;
  for (int i = first; i < end; i++) most = fmaxf(most, l->codes[i].side);
  for (int i = first; i < end; i++) l->codes[i].side = most;
  for (int i = first; i < end; i += b->across) {
    int n = end - i < b->across ? end - i : b->across;
    enum status st = push_codes(l, b, i, n, l->width / (float)b->across - (b->below ? 6 : 0), e);
    if (st) return st;
    l->gap += i + n < end ? layout_space(l, b->gap) : 0;
  }
  return ST_OK;
}

/* Code at x, caption beside or below.  The code's quiet zone reaches over the text's edge, so that its
 * dark modules stand in line with the text. */
static enum status draw_code(struct layout *l, struct page *p, const struct block *b, const struct code *c,
                             float x, float y, float cell, float height, struct error *e) {
  struct set head = layout_set(l, &b->head_type), text = layout_set(l, &b->body_type);
  float quiet = c->side * QUIET / (float)(c->qr.size + 2 * QUIET);
  float caption = caption_height(l, b, c), qx = x - quiet, tx = x + c->side + GUTTER - quiet,
        width = x + cell - tx;
  float qy = y + (height - c->side) / 2, ty = y + (height - caption) / 2;
  enum align align = ALIGN_LEFT;
  if (b->below) {
    qx = x + (cell - c->side) / 2, qy = y;
    tx = x, ty = y + c->side, width = cell, align = ALIGN_CENTER;
  }
  enum status st = qr_draw(&c->qr, p, qx, qy, c->side, e);
  if (st) return st;
  layout_draw_lines(l, p, c->head, &head, align, tx, ty, width);
  layout_draw_lines(l, p, c->text, &text, align, tx, ty + (float)c->head.n * head.leading, width);
  return ST_OK;
}

enum status layout_draw_codes(struct layout *l, struct page *p, const struct strip *s, float y,
                              struct error *e) {
  const struct block *b = s->block;
  bool grid = s->type == STRIP_GRID;
  float step = grid ? l->width / (float)b->across : l->width;
  for (int i = 0; i < s->n; i++) {
    enum status st = draw_code(l, p, b, &l->codes[s->index + i], (float)l->t->left + step * (float)i, y,
                               step - (grid ? 6 : 0), s->height, e);
    if (st) return st;
  }
  return ST_OK;
}
