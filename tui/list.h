/* A list to choose from.  It knows no model: it asks its owner how many rows there are, how
 * high each is, whether one may stand on it, and to draw it.
 */
#ifndef MB_TUI_LIST_H
#define MB_TUI_LIST_H

#include "tui/keymap.h"
#include "tui/screen.h"
#include <stdbool.h>

struct list_ops {
  int (*count)(void *owner);
  int (*height)(void *owner, int i);       /* NULL: every row is one line */
  bool (*selectable)(void *owner, int i);  /* NULL: every row */
  bool (*marked)(void *owner, int i);      /* where Tab stops; NULL: nowhere */
  void (*draw)(void *owner, struct screen *s, struct rect at, int i, bool selected);
};
struct list {
  int selected; /* -1: none */
  int top;      /* first row shown */
  int page;     /* lines there were when last drawn */
  int total;    /* rows there were when last drawn */
};

/* UP DOWN PAGE_UP PAGE_DOWN FIRST LAST SEEK SEEK_BACK.  True when the request was one of these. */
bool list_request(struct list *l, const struct list_ops *ops, void *owner, enum request r);
/* Stand on row i, or the nearest that one may stand on. */
void list_select(struct list *l, const struct list_ops *ops, void *owner, int i);
void list_draw(struct list *l, const struct list_ops *ops, void *owner, struct screen *s, struct rect at);

#endif
