/* A laid-out page: glyphs, rectangles and lines in points, origin top left.  What layout makes and pdf.c
 * draws.  Holds no text shaping and no PDF. */
#ifndef MB_BATCH_PAGE_H
#define MB_BATCH_PAGE_H

#include <stddef.h>
#include <stdint.h>

/* One glyph; consecutive marks of one face, size and baseline become one text operation. */
struct mark {
  uint16_t face;  /* index into the font set's faces */
  uint16_t gid;
  uint32_t cp;    /* for copying text out (ToUnicode) */
  float x, y;     /* baseline, from the top left corner, points */
  float size;     /* points */
  float gray;     /* 0 black ... 1 white */
};
struct box { float x, y, w, h; float gray; };  /* filled rectangle; also rules and QR modules */

struct page {
  float width, height;
  struct mark *marks; size_t n_marks, cap_marks;
  struct box *boxes; size_t n_boxes, cap_boxes;
};
struct pages { struct page *list; size_t n, cap; };

/* All return false when out of memory. */
struct page *pages_add(struct pages *p, float width, float height); /* borrowed; valid until the next add */
int page_mark(struct page *p, struct mark m);
int page_box(struct page *p, struct box b);
void pages_clear(struct pages *p); /* keeps memory for the next sheet */
void pages_free(struct pages *p);

#endif
