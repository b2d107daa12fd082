/* Editing text: one line or many, grapheme by grapheme.
 *
 * The buffer is UTF-8; the cursor is a byte offset that never stands inside a grapheme.
 * A text of several lines is soft-wrapped by the rules for Chinese (utf8_wrap).
 */
#ifndef MB_TUI_EDIT_H
#define MB_TUI_EDIT_H

#include "base/text.h"
#include "tui/key.h"
#include "tui/keymap.h"
#include "tui/screen.h"
#include <stdbool.h>

struct edit_row { size_t begin, end; };
struct edit {
  struct text text;
  size_t at;      /* cursor, byte offset */
  bool lines;     /* several lines */
  bool fold;      /* full-width digits and punctuation become ASCII (dates) */
  size_t limit;   /* bytes at most; 0: no limit */
  int left;       /* one line: columns scrolled away */
  int top;        /* several lines: first row shown */
  int width;      /* columns when last laid out */
  struct edit_row *row; size_t n_rows, cap_rows; /* layout, of the text as last laid out */
};

enum edit_result { EDIT_IGNORED, EDIT_DONE, EDIT_FULL /* would pass the limit */ };

void edit_set(struct edit *e, const char *text); /* cursor to the end; mode flags stay */
const char *edit_get(const struct edit *e);      /* borrowed until the next change */
void edit_free(struct edit *e);
enum edit_result edit_insert(struct edit *e, struct key k); /* a character or a line break */
/* LEFT RIGHT LINE_START LINE_END ERASE DELETE CLEAR; in several lines UP and DOWN too (EDIT_IGNORED
 * at the first and the last row, so that the owner may go to another field). */
enum edit_result edit_request(struct edit *e, enum request r);
/* Rows that a text needs at that width (several lines). */
int edit_layout(struct edit *e, int width);
/* Draw; with focus the screen's cursor is put where one types. */
void edit_draw(struct edit *e, struct screen *s, struct rect at, bool focus);

#endif
