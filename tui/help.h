/* The keys as a table, grouped by place, made from the keymap alone: for the help screen, for
 * `mingbai help keys`, and so for the manual. */
#ifndef MB_TUI_HELP_H
#define MB_TUI_HELP_H

#include "tui/keymap.h"

/* One line: a group's name (keys NULL), or keys and what they do.  Borrowed for the call. */
typedef void help_fn(const char *keys, const char *text, void *ctx);
/* What can be pressed in `where` comes first, then what can be pressed everywhere, then the other places. */
void help_each(enum context where, help_fn *fn, void *ctx);
/* The same as plain text: a group's name, then two blanks, the keys padded to a column, what they do. */
void help_keys(struct text *out);

#endif
