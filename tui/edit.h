/* Editing text: one line or many, grapheme by grapheme.
 *
 * The buffer is UTF-8; the cursor is a byte offset that never stands inside a grapheme.
 * A text of several lines is soft-wrapped by the rules for Chinese (utf8_wrap); only what a change can
 * move is wrapped anew, so a long text costs no more per key than a short one.
 * What is typed can be undone and redone phrase by phrase, until edit_set().
 */
#ifndef MB_TUI_EDIT_H
#define MB_TUI_EDIT_H

#include "base/text.h"
#include "tui/key.h"
#include "tui/keymap.h"
#include "tui/screen.h"
#include <stdbool.h>

struct edit_row { size_t begin, end; };
struct edit_mark { size_t begin, end; };
struct edit_op;
struct edit {
  struct text text;
  size_t at;      /* cursor, byte offset */
  bool lines;     /* several lines */
  bool fold;      /* full-width digits and punctuation become ASCII (dates) */
  bool whole;     /* one line: all of it is chosen; typing replaces it, a cursor key begins to change it */
  size_t limit;   /* bytes at most; 0: no limit */
  int left;       /* one line: columns scrolled away */
  int top;        /* several lines: first row shown */
  int width;      /* columns when last laid out */
  int page;       /* rows when last drawn */
  unsigned version;   /* grows with every change of the text */
  enum attr look;     /* how the text looks; 0: ATTR_FIELD */
  bool laid;          /* row[] is that of the text at that width */
  struct edit_row *row; size_t n_rows, cap_rows;
  struct edit_mark *mark; size_t n_marks, cap_marks; /* shown as ATTR_PERSONAL, in order; move with the text */
  struct edit_op *op; size_t n_ops, cap_ops, done_ops, op_bytes; /* for undo */
};

enum edit_result { EDIT_IGNORED, EDIT_DONE, EDIT_FULL /* would pass the limit */ };

void edit_set(struct edit *e, const char *text); /* cursor to the end; mode flags stay; nothing to undo */
const char *edit_get(const struct edit *e);      /* borrowed until the next change */
void edit_free(struct edit *e);
enum edit_result edit_insert(struct edit *e, struct key k); /* a character or a line break */
/* A paste: what cannot be seen is left out, in one line a line break is a blank.  All of it or nothing. */
enum edit_result edit_paste(struct edit *e, const char *text);
/* Another text in place of the whole, as one step of undo. */
enum edit_result edit_replace(struct edit *e, const char *text);
/* LEFT RIGHT LINE_START LINE_END ERASE DELETE CLEAR; in several lines UP, DOWN, PAGE_UP and PAGE_DOWN too
 * (UP and DOWN are EDIT_IGNORED at the first and the last row, so that the owner may go to another field). */
enum edit_result edit_request(struct edit *e, enum request r);
/* Take back what was typed last, or type it again.  False: nothing left. */
bool edit_undo(struct edit *e);
bool edit_redo(struct edit *e);
/* Forget the marks, or add one behind the last. */
void edit_clear_marks(struct edit *e);
void edit_add_mark(struct edit *e, size_t begin, size_t end);
/* Rows that a text needs at that width (several lines). */
int edit_layout(struct edit *e, int width);
/* Draw; with focus the screen's cursor is put where one types. */
void edit_draw(struct edit *e, struct screen *s, struct rect at, bool focus);
/* Put the cursor where a drawn text was clicked: row and column within it. */
void edit_click(struct edit *e, int row, int col);

#endif
