/* Laid-out pages: growing lists of glyph marks and rectangles.
 *
 * Pages are reused from sheet to sheet: pages_clear() forgets the contents and keeps every
 * allocation, so that three hundred sheets cost the memory of the largest.
 */
#include "batch/page.h"
#include "base/array.h"
#include <stdlib.h>
#include <string.h>

struct page *pages_add(struct pages *p, float width, float height) {
  size_t before = p->cap;
  if (!ARRAY_ROOM(p->list, p->n, p->cap)) return NULL;
  if (p->cap > before) memset(p->list + before, 0, (p->cap - before) * sizeof *p->list);
  struct page *page = &p->list[p->n++];
  page->width = width;
  page->height = height;
  page->n_marks = page->n_boxes = 0;
  return page;
}

int page_mark(struct page *p, struct mark m) {
  if (!ARRAY_ROOM(p->marks, p->n_marks, p->cap_marks)) return 0;
  p->marks[p->n_marks++] = m;
  return 1;
}

int page_box(struct page *p, struct box b) {
  if (!ARRAY_ROOM(p->boxes, p->n_boxes, p->cap_boxes)) return 0;
  p->boxes[p->n_boxes++] = b;
  return 1;
}

void pages_clear(struct pages *p) { p->n = 0; }

void pages_free(struct pages *p) {
  for (size_t i = 0; i < p->cap; i++) {
    free(p->list[i].marks);
    free(p->list[i].boxes);
  }
  free(p->list);
  memset(p, 0, sizeof *p);
}
