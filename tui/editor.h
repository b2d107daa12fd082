/* A text given to the clerk's own editor ($EDITOR) and taken back. */
#ifndef MB_TUI_EDITOR_H
#define MB_TUI_EDITOR_H

#include "base/error.h"
#include "base/text.h"
#include "tui/ui.h"

/* Run the editor on text and replace it by what was saved; a line break at the very end is left out.  The
 * terminal is lent meanwhile.  Errors: no editor is named, it cannot be started, it ended badly, its text is
 * longer than limit bytes or no UTF-8; text is as it was then. */
enum status editor_run(struct ui *ui, struct text *text, size_t limit, struct error *e) MB_MUST_USE;

#endif
