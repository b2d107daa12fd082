/* Slots as rows of a screen: a unit's items of one domain, the records of one item, and what
 * is due in a range of units.  Computed when asked, never kept beyond the next change.
 */
#ifndef MB_TUI_ROWS_H
#define MB_TUI_ROWS_H

#include "tui/view.h"

struct item_row {
  int unit, item;
  struct period recurrence; /* of a recurring item */
  int64_t no;               /* its record; 0: none yet */
  int records;              /* event items: how many there are */
  bool slot;                /* false: nothing is asked in this period */
  bool confirm;
  enum slot_state state;
  day due;
};
struct item_rows { struct item_row *row; size_t n, cap; bool failed; };
void item_rows_free(struct item_rows *r);

/* One row for each standing or event item and each recurrence, by item id.  domain -1: all. */
enum status rows_items(struct ui *ui, int unit, int domain, struct item_rows *out, struct error *e) MB_MUST_USE;

/* All records of a unit's item, as rows (state and due day of each by itself). */
enum status rows_records(struct ui *ui, int unit, int item, struct item_rows *out, struct error *e) MB_MUST_USE;

/* Overdue, due on or before `until`, and to be confirmed, in units first..last: in this order,
 * within each by due day, then unit and item. */
struct due_rows { struct item_rows overdue, soon, confirm; };
enum status rows_due(struct ui *ui, int first, int last, day until, struct due_rows *out, struct error *e)
    MB_MUST_USE;
void due_rows_free(struct due_rows *d);

/* An item whose records are any in number. */
bool item_is_event(const struct item *item);

#endif
