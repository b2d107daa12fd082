/* A list copied from a spreadsheet (lines with tabs) as a record's table, which is CSV. */
#ifndef MB_TUI_PASTE_TABLE_H
#define MB_TUI_PASTE_TABLE_H

#include "base/text.h"
#include <stdbool.h>

struct pasted {
  int rows, cols;
  int short_row, short_cols; /* the first row with fewer cells than the others and how many; 0: none */
};

/* Does a pasted text look like one: tabs, and more than one line? */
bool paste_is_table(const char *text);
/* Append it as CSV.  Any line break; cells that hold a tab, a break or quotes come quoted, as spreadsheets
 * write them.  Empty rows and columns at the end are dropped; short rows are filled with empty cells. */
void paste_table(struct text *out, const char *text, struct pasted *p);
/* Rows and columns of a CSV text; false: it does not come apart. */
bool table_size(const char *csv, int *rows, int *cols);

#endif
