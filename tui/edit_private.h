/* What the files of the editor share: the one function that changes the text, its rows, its history. */
#ifndef MB_TUI_EDIT_PRIVATE_H
#define MB_TUI_EDIT_PRIVATE_H

#include "tui/edit.h"

/* Put n bytes in place of begin..end; rows and marks follow, the cursor stands behind them.  Not
 * remembered for undo.  False: out of memory, nothing has changed. */
bool edit_change(struct edit *e, size_t begin, size_t end, const char *with, size_t n);
/* Remember a change that is about to be made.  phrase: may be one step with the change before it. */
void edit_remember(struct edit *e, size_t begin, size_t end, const char *with, size_t n, bool phrase);
void edit_forget(struct edit *e); /* all there is to undo */

/* Rows after a change that put `added` bytes at begin in place of `removed`. */
void edit_relayout(struct edit *e, size_t begin, size_t removed, size_t added);
size_t edit_row_of(const struct edit *e, size_t at); /* the row in which that byte stands */
int edit_width(const struct edit *e, size_t begin, size_t end); /* columns between */
/* The byte of a row that stands at that column, or the last before it. */
size_t edit_at_column(const struct edit *e, struct edit_row row, int column);

#endif
