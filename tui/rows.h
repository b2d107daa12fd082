/* Slots as rows of a screen: a unit's items of one domain, the records of one item.  Computed
 * when asked, never kept beyond the next change.
 */
#ifndef MB_TUI_ROWS_H
#define MB_TUI_ROWS_H

#include "tui/view.h"

struct item_row {
  int unit, item;
  struct period recurrence; /* of a recurring item */
  int64_t no;               /* its record; 0: none yet */
  int records;              /* event items: how many there are, "none" left out */
  bool slot;                /* false: nothing is asked in this period */
  bool confirm;
  bool take_down;           /* hangs although its notice period is over */
  enum slot_state state;
  day due;
  day event;                /* of a record in the due list and of rows_slots(); DAY_NONE elsewhere */
};
struct item_rows { struct item_row *row; size_t n, cap; bool failed; };
void item_rows_free(struct item_rows *r);
void item_rows_add(struct item_rows *r, const struct item_row *row); /* out of memory: r->failed */

/* Light records of one unit, in order of items. */
struct record_bag {
  struct slot_record *record; /* owned */
  int *item;                  /* owned */
  size_t n, cap;
  bool failed;
};
/* item -1: of all items.  Free it in any case. */
enum status record_bag_read(struct ui *ui, int unit, int item, struct record_bag *b,
                            struct error *e) MB_MUST_USE;
void record_bag_free(struct record_bag *b);
/* Its records of one item, *n of them; *at moves on, so items must be asked for in rising order. */
const struct slot_record *record_bag_of(const struct record_bag *b, size_t *at, int item, int *n);

/* One row for each standing or event item and each recurrence, by item id.  domain -1: all. */
enum status rows_items(struct ui *ui, int unit, int domain, struct item_rows *out,
                       struct error *e) MB_MUST_USE;

/* One row for each slot of the period: of an event item, one for each event.  domain -1: all. */
enum status rows_slots(struct ui *ui, int unit, int domain, struct item_rows *out,
                       struct error *e) MB_MUST_USE;

/* All records of a unit's item, as rows (state and due day of each by itself). */
enum status rows_records(struct ui *ui, int unit, int item, struct item_rows *out,
                         struct error *e) MB_MUST_USE;

/* The form of what the row is about; of an event item its records, or when it has none a new one. */
void item_row_open(struct ui *ui, const struct item_row *row);

/* An item whose records are any in number. */
bool item_is_event(const struct item *item);

#endif
