/* Key scripts: how tests (and a curious reader) drive the UI without a terminal.
 *
 * A script is words separated by blanks; # begins a comment.
 *   Enter Down F5 C-z x      keys, by the names of key.h
 *   Down*5                   a key five times
 *   "文本"                   characters typed one after the other (\" \\ \n \t inside)
 *   paste "甲,乙\n丙"         the same, as one paste
 *   click 5,10               a click there: row and column from 1; so double, wheel-up, wheel-down
 *   dump                     write the screen as it is
 *   size 60x16               the window has another size
 *   signal 15                the program is asked to end
 *   wait                     so much time that what is being typed is kept as a draft
 */
#ifndef MB_TUI_SCRIPT_H
#define MB_TUI_SCRIPT_H

#include "base/error.h"
#include "tui/key.h"

enum step_kind { STEP_KEY, STEP_DUMP, STEP_SIZE, STEP_WAIT };
struct step {
  enum step_kind kind;
  struct key key;
  int rows, cols; /* STEP_SIZE */
  int line;
};
struct script {
  struct step *step; /* owned */
  size_t n, cap;
  size_t at; /* next step */
};

/* Read a script from memory; name is for messages. */
enum status script_parse(struct script *s, const char *name, const char *text, struct error *e) MB_MUST_USE;
enum status script_load(struct script *s, const char *path, struct error *e) MB_MUST_USE;
void script_free(struct script *s);
/* "80x24" */
bool size_parse(const char *s, int *cols, int *rows);

#endif
