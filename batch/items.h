/* Of the items command, and of the form: one item shown whole (items_show.c). */
#ifndef MB_BATCH_ITEMS_H
#define MB_BATCH_ITEMS_H

#include "base/json.h"
#include "base/text.h"
#include "checklists/catalogue.h"

/* Short marks of an item a reader must not miss, each followed by a space between: 待核 已替代 依申请 … */
void item_marks(struct text *out, const struct item *item);
/* "县乡村" with a full-width blank for a level that is missing. */
void item_levels(struct text *out, const struct item *item);
/* Whether the row was seen in the ministry's table, and which fields are not sure (待核); appended. */
void item_verified(struct text *out, const struct item *item);
/* All fields, one a line, wrapped to columns. */
void item_show(struct text *out, const struct catalogue *c, int item, int columns);
/* All fields as a JSON object. */
void item_json(struct json *j, const struct catalogue *c, int item);

#endif
