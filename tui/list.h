/* A list to choose from.  It knows no model: it asks its owner how many rows there are, how
 * high each is, whether one may stand on it, and to draw it.
 *
 * Where the owner says which rows may be marked, Space, S-Up, S-Down and Ctrl-A mark them, to be dealt
 * with together.  The list draws the sign of a marked row itself, in the row's second column, so a row
 * leaves its first two columns to signs.  Marks are row numbers: the owner calls list_unmark() when its
 * rows have changed.
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
  bool (*stop)(void *owner, int i);        /* where Tab stops; NULL: nowhere */
  void (*draw)(void *owner, struct screen *s, struct rect at, int i, bool selected);
  bool (*markable)(void *owner, int i);    /* may be marked by Space; NULL: no row */
};
struct list {
  int selected; /* -1: none */
  int top;      /* first row shown */
  int page;     /* lines there were when last drawn */
  int total;    /* rows there were when last drawn */
  bool *mark;   /* owned, by row; NULL: none is marked */
  int rows;     /* that mark[] has room for */
  int marks;    /* how many are marked */
  bool extending; /* S-Up, S-Down: from row anchor to the selected one */
  int anchor;
  struct rect at; /* where it was last drawn, */
  const struct list_ops *ops; /* and for whom; borrowed */
  void *owner;
};

/* UP DOWN PAGE_UP PAGE_DOWN FIRST LAST SEEK SEEK_BACK, and with ops->markable MARK MARK_UP MARK_DOWN
 * MARK_ALL.  True when the request was one of these. */
bool list_request(struct list *l, const struct list_ops *ops, void *owner, enum request r);
/* Stand on row i, or the nearest that one may stand on. */
void list_select(struct list *l, const struct list_ops *ops, void *owner, int i);
void list_draw(struct list *l, const struct list_ops *ops, void *owner, struct screen *s, struct rect at);
/* The row that was last drawn in that line of the screen, if one may stand on it; -1: none. */
int list_at(const struct list *l, int line);

bool list_is_marked(const struct list *l, int i);
int list_marks(const struct list *l);
/* Mark row i, as Space does. */
void list_mark(struct list *l, const struct list_ops *ops, void *owner, int i);
/* Nothing is marked any more; gives the memory back.  ui.c does it when a view closes. */
void list_unmark(struct list *l);
/* The sign of a marked row, for owners that draw their rows themselves. */
void list_draw_mark(struct screen *s, struct rect at, bool selected);
/* The first marked row at or after i; -1 when there is none. */
int list_next_mark(const struct list *l, int i);

#endif
