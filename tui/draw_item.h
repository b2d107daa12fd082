/* How an item stands in a list: the same columns on the items screen and in the due list. */
#ifndef MB_TUI_DRAW_ITEM_H
#define MB_TUI_DRAW_ITEM_H

#include "tui/rows.h"

/* with_unit: a column for the unit's name. */
void draw_item_head(struct screen *s, struct rect at, bool with_unit);
void draw_item_row(struct ui *ui, struct screen *s, struct rect at, const struct item_row *r, bool selected,
                   bool with_unit);
/* The same with other words for the state, and id and name where they are not the item's (NULL: they are). */
struct item_cells {
  const struct item_row *row;
  const char *id, *name, *state;
  enum attr attr; /* of the state */
};
void draw_item_cells(struct ui *ui, struct screen *s, struct rect at, const struct item_cells *cells,
                     bool selected, bool with_unit);
/* On a wide screen room is left after the columns: from *col on, *width cells.  False: none. */
bool item_columns_spare(int cols, bool with_unit, int *col, int *width);
/* How its state looks where it is not selected. */
enum attr state_attr(enum slot_state s);
/* An item's name, with its group before it where another item of the domain has the same:
 * "特困人员救助供养：办事指南"; appended.  In less than cols columns the group is cut first. */
void add_item_name(const struct ui *ui, int item, int cols, struct text *out);
/* "! 逾期未公开", appended: the mark stands before what needs care. */
void add_state(struct text *out, enum slot_state s);

#endif
