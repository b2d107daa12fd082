/* Drawing a line of text: its glyphs become marks on the page.
 *
 * Lines are made even by stretching between Chinese characters, never inside a word or a number.
 */
#include "batch/layout_private.h"
#include "base/utf8.h"

/* Baseline below the middle of a line, in sizes: the middle of a Chinese square lies 0.38 above it. */
#define MIDDLE 0.38f
/* No more than this is put between two characters; a line that needs more stays ragged. */
#define STRETCH_MAX 500

static bool is_wide(const struct glyph *g) {
  return utf8_cp_width(g->cp) == 2 || g->advance >= 900 || layout_blank(g->cp);
}

/* May space be put between these two? */
static bool stretches(const struct glyph *a, const struct glyph *b) {
  return (is_wide(a) || is_wide(b)) && !(a->cp == b->cp && (a->cp == 0x2014 || a->cp == 0x2026));
}

/* 1/1000 to add at each place that stretches, so that the line fills room. */
static float stretch_of(const struct layout *l, const struct line *line, int room) {
  int places = 0;
  for (int i = line->first + 1; i < line->first + line->n; i++)
    places += stretches(&l->glyphs[i - 1], &l->glyphs[i]);
  int slack = room - line->width;
  return places > 0 && slack > 0 && slack / places <= STRETCH_MAX ? (float)slack / (float)places : 0;
}

void layout_draw_line(struct layout *l, struct page *p, const struct line *line, const struct set *set,
                      enum align align, float x, float y, float width) {
  float unit = set->size / 1000, extra = 0;
  int room = (int)(width / unit) - line->indent;
  x += (float)line->indent * unit;
  if (align == ALIGN_JUSTIFY && !line->last) extra = stretch_of(l, line, room);
  if (align == ALIGN_CENTER) x += (float)(room - line->width) * unit / 2;
  if (align == ALIGN_RIGHT) x += (float)(room - line->width) * unit;
  float baseline = y + set->leading / 2 + set->size * MIDDLE;
  for (int i = line->first; i < line->first + line->n; i++) {
    const struct glyph *g = &l->glyphs[i];
    if (extra > 0 && i > line->first && stretches(&l->glyphs[i - 1], g)) x += extra * unit;
    struct mark m = {.face = g->face,
                     .gid = g->gid,
                     .cp = g->cp,
                     .x = x + (float)g->shift * unit,
                     .y = baseline,
                     .size = set->size};
    if (!page_mark(p, m)) l->failed = true;
    x += (float)g->advance * unit;
  }
}

void layout_draw_lines(struct layout *l, struct page *p, struct run lines, const struct set *set,
                       enum align align, float x, float y, float width) {
  for (int i = 0; i < lines.n; i++)
    layout_draw_line(l, p, &l->lines[lines.first + i], set, align, x, y + (float)i * set->leading, width);
}
