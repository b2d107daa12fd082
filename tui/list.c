/* Selection, paging and scrolling of a list; all rows are asked of the owner. */
#include "tui/list.h"

#include <stdlib.h>

static bool may(const struct list_ops *ops, void *owner, int i) {
  return ops->selectable == NULL || ops->selectable(owner, i);
}

static int height(const struct list_ops *ops, void *owner, int i) {
  return ops->height == NULL ? 1 : ops->height(owner, i);
}

void list_select(struct list *l, const struct list_ops *ops, void *owner, int i) {
  int n = ops->count(owner);
  if (i >= n) i = n - 1;
  if (i < 0) i = 0;
  int down = i, up = i;
  while (down < n && !may(ops, owner, down)) down++;
  while (up >= 0 && up < n && !may(ops, owner, up)) up--;
  l->selected = down < n ? down : (n > 0 ? up : -1);
}

/* The next row in that direction that one may stand on; where one stands if there is none. */
static void step(struct list *l, const struct list_ops *ops, void *owner, int by) {
  int n = ops->count(owner);
  for (int i = l->selected + by; i >= 0 && i < n; i += by) {
    if (!may(ops, owner, i)) continue;
    l->selected = i;
    return;
  }
  if (by < 0) l->top = 0; /* a heading above the first row comes into sight */
}

static void page(struct list *l, const struct list_ops *ops, void *owner, int by) {
  int i = l->selected, n = ops->count(owner);
  for (int room = l->page > 1 ? l->page - 1 : 1; i + by >= 0 && i + by < n; i += by) {
    room -= height(ops, owner, i + by);
    if (room < 0) break;
  }
  if (by < 0) {
    while (i > 0 && !may(ops, owner, i)) i--;
    if (i == 0) l->top = 0;
  }
  list_select(l, ops, owner, i);
}

static void seek(struct list *l, const struct list_ops *ops, void *owner, int by) {
  int n = ops->count(owner);
  if (ops->stop == NULL) return;
  for (int k = 1; k <= n; k++) {
    int i = ((l->selected + by * k) % n + n) % n;
    if (!may(ops, owner, i) || !ops->stop(owner, i)) continue;
    l->selected = i;
    return;
  }
}

/* ---- marks */

bool list_is_marked(const struct list *l, int i) {
  return i >= 0 && i < l->rows && l->mark[i];
}

int list_marks(const struct list *l) {
  return l->marks;
}

int list_next_mark(const struct list *l, int i) {
  for (; i < l->rows; i++)
    if (list_is_marked(l, i)) return i;
  return -1;
}

void list_unmark(struct list *l) {
  free(l->mark);
  l->mark = NULL;
  l->rows = l->marks = 0;
  l->extending = false;
}

/* Without memory a row just stays unmarked. */
static void set_mark(struct list *l, const struct list_ops *ops, void *owner, int i, bool on) {
  int n = ops->count(owner);
  if (i < 0 || i >= n || !ops->markable(owner, i) || list_is_marked(l, i) == on) return;
  if (n > l->rows) {
    bool *more = realloc(l->mark, (size_t)n * sizeof *more);
    if (more == NULL) return;
    for (int k = l->rows; k < n; k++) more[k] = false;
    l->mark = more;
    l->rows = n;
  }
  l->mark[i] = on;
  l->marks += on ? 1 : -1;
}

void list_mark(struct list *l, const struct list_ops *ops, void *owner, int i) {
  set_mark(l, ops, owner, i, true);
}

static void mark_one(struct list *l, const struct list_ops *ops, void *owner) {
  set_mark(l, ops, owner, l->selected, !list_is_marked(l, l->selected));
  step(l, ops, owner, 1);
}

/* Everything between the anchor and where one stands; going back takes rows out again. */
static void mark_on(struct list *l, const struct list_ops *ops, void *owner, int by) {
  int from = l->selected;
  if (!l->extending) l->anchor = from;
  l->extending = true;
  set_mark(l, ops, owner, l->anchor, true);
  step(l, ops, owner, by);
  bool back = (l->selected - l->anchor) * by <= 0;
  if (l->selected != from) set_mark(l, ops, owner, back ? from : l->selected, !back);
}

/* All, or none when all are marked already. */
static void mark_all(struct list *l, const struct list_ops *ops, void *owner) {
  int n = ops->count(owner), can = 0;
  for (int i = 0; i < n; i++) can += ops->markable(owner, i);
  if (l->marks >= can) list_unmark(l);
  else
    for (int i = 0; i < n; i++) set_mark(l, ops, owner, i, true);
}

static bool mark_request(struct list *l, const struct list_ops *ops, void *owner, enum request r) {
  if (r != REQ_MARK_UP && r != REQ_MARK_DOWN) l->extending = false;
  if (ops->markable == NULL) return false;
  switch (r) {
  case REQ_MARK: mark_one(l, ops, owner); return true;
  case REQ_MARK_UP: mark_on(l, ops, owner, -1); return true;
  case REQ_MARK_DOWN: mark_on(l, ops, owner, 1); return true;
  case REQ_MARK_ALL: mark_all(l, ops, owner); return true;
  default: return false;
  }
}

/* Whatever the row is drawn with: a star, and where it is not selected its own shade. */
void list_draw_mark(struct screen *s, struct rect at, bool selected) {
  for (int row = at.row; row < at.row + at.rows && row < s->rows && !selected; row++)
    for (int col = at.col; col < at.col + at.cols && col < s->cols; col++) {
      struct cell *c = &s->cell[row * s->cols + col];
      if (c->attr == ATTR_PLAIN || c->attr == ATTR_DIM) c->attr = ATTR_MARKED;
    }
  screen_put(s, at.row, at.col + 1, 1, selected ? ATTR_SELECTED : ATTR_MARKED, "*");
}

/* ---- */

bool list_request(struct list *l, const struct list_ops *ops, void *owner, enum request r) {
  if (mark_request(l, ops, owner, r)) return true;
  switch (r) {
  case REQ_UP: step(l, ops, owner, -1); return true;
  case REQ_DOWN: step(l, ops, owner, 1); return true;
  case REQ_PAGE_UP: page(l, ops, owner, -1); return true;
  case REQ_PAGE_DOWN: page(l, ops, owner, 1); return true;
  case REQ_FIRST: l->top = 0; list_select(l, ops, owner, 0); return true;
  case REQ_LAST: list_select(l, ops, owner, ops->count(owner) - 1); return true;
  case REQ_SEEK: seek(l, ops, owner, 1); return true;
  case REQ_SEEK_BACK: seek(l, ops, owner, -1); return true;
  default: return false;
  }
}

/* Move top so that the selected row is wholly seen, with a row of what comes before it. */
static void scroll(struct list *l, const struct list_ops *ops, void *owner, int rows) {
  int n = ops->count(owner);
  if (l->top >= n) l->top = n > 0 ? n - 1 : 0;
  if (l->selected >= 0 && l->selected <= l->top) l->top = l->selected > 0 ? l->selected - 1 : 0;
  if (l->selected < 0) return;
  int used = 0, first = l->selected;
  while (first >= 0 && used + height(ops, owner, first) <= rows) used += height(ops, owner, first--);
  if (l->top < first + 1) l->top = first + 1;
  int left = 0;
  for (int i = l->top; i < n && left <= rows; i++) left += height(ops, owner, i);
  while (l->top > 0 && left + height(ops, owner, l->top - 1) <= rows) left += height(ops, owner, --l->top);
}

void list_draw(struct list *l, const struct list_ops *ops, void *owner, struct screen *s, struct rect at) {
  int n = ops->count(owner), row = at.row;
  l->page = at.rows;
  l->total = n;
  l->at = at;
  l->ops = ops;
  l->owner = owner;
  if (l->selected >= n || (n > 0 && l->selected < 0)) list_select(l, ops, owner, l->selected);
  scroll(l, ops, owner, at.rows);
  for (int i = l->top; i < n && row < at.row + at.rows; i++) {
    int h = height(ops, owner, i);
    if (row + h > at.row + at.rows) h = at.row + at.rows - row;
    struct rect line = { row, at.col, h, at.cols };
    ops->draw(owner, s, line, i, i == l->selected);
    if (list_is_marked(l, i)) list_draw_mark(s, line, i == l->selected);
    if (i == l->selected) screen_cursor(s, row, at.col);
    row += h;
  }
}

int list_at(const struct list *l, int line) {
  if (l->ops == NULL || line < l->at.row || line >= l->at.row + l->at.rows) return -1;
  int n = l->ops->count(l->owner), row = l->at.row;
  for (int i = l->top; i < n; i++) {
    row += height(l->ops, l->owner, i);
    if (line < row) return may(l->ops, l->owner, i) ? i : -1;
  }
  return -1;
}
