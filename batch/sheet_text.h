/* The texts of a template with their {names} filled in from a sheet's data: the same for paper and preview. */
#ifndef MB_BATCH_SHEET_TEXT_H
#define MB_BATCH_SHEET_TEXT_H

#include "base/text.h"
#include "batch/sheet_data.h"

/* Where {names} get their values: the cells of a row first, page numbers, then the sheet's values. */
struct scope {
  const struct sheet_data *d;
  const struct sheet_rows *rows;
  const char *const *cells;
  int page, pages;
};
/* out = the template's text filled in; a line whose names are all empty is left out. */
void sheet_fill_in(struct text *out, const char *pattern, const struct scope *s);
/* Is a block printed?  What its `when` names has a value, or rows. */
bool sheet_wants(const struct sheet_data *d, const struct block *b);

#endif
