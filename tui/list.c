/* Selection, paging and scrolling of a list; all rows are asked of the owner. */
#include "tui/list.h"

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
  if (ops->marked == NULL) return;
  for (int k = 1; k <= n; k++) {
    int i = ((l->selected + by * k) % n + n) % n;
    if (!may(ops, owner, i) || !ops->marked(owner, i)) continue;
    l->selected = i;
    return;
  }
}

bool list_request(struct list *l, const struct list_ops *ops, void *owner, enum request r) {
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
  if (l->selected >= n || (n > 0 && l->selected < 0)) list_select(l, ops, owner, l->selected);
  scroll(l, ops, owner, at.rows);
  for (int i = l->top; i < n && row < at.row + at.rows; i++) {
    int h = height(ops, owner, i);
    if (row + h > at.row + at.rows) h = at.row + at.rows - row;
    ops->draw(owner, s, (struct rect){ row, at.col, h, at.cols }, i, i == l->selected);
    if (i == l->selected) screen_cursor(s, row, at.col);
    row += h;
  }
}
