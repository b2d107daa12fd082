/* Laid-out pages: growing lists of glyph marks and rectangles.
 *
 * Pages are reused from sheet to sheet: pages_clear() forgets the contents and keeps every
 * allocation, so that three hundred sheets cost the memory of the largest.
 */
#include "batch/page.h"
#include <stdlib.h>
#include <string.h>

static void *grown(void *list, size_t *cap, size_t first, size_t size) {
  size_t want = *cap ? *cap * 2 : first;
  if (want > SIZE_MAX / size / 2) return NULL;
  void *more = realloc(list, want * size);
  if (more) *cap = want;
  return more;
}

struct page *pages_add(struct pages *p, float width, float height) {
  if (p->n == p->cap) {
    size_t before = p->cap;
    struct page *list = grown(p->list, &p->cap, 8, sizeof *list);
    if (!list) return NULL;
    memset(list + before, 0, (p->cap - before) * sizeof *list);
    p->list = list;
  }
  struct page *page = &p->list[p->n++];
  page->width = width;
  page->height = height;
  page->n_marks = page->n_boxes = 0;
  return page;
}

int page_mark(struct page *p, struct mark m) {
  if (p->n_marks == p->cap_marks) {
    struct mark *marks = grown(p->marks, &p->cap_marks, 512, sizeof *marks);
    if (!marks) return 0;
    p->marks = marks;
  }
  p->marks[p->n_marks++] = m;
  return 1;
}

int page_box(struct page *p, struct box b) {
  if (p->n_boxes == p->cap_boxes) {
    struct box *boxes = grown(p->boxes, &p->cap_boxes, 128, sizeof *boxes);
    if (!boxes) return 0;
    p->boxes = boxes;
  }
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
