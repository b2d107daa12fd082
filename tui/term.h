/* The terminal: shows a screen, gives keys.  term.c is the only file that knows the terminal library.
 *
 * While a terminal is open, SIGTERM, SIGHUP, SIGINT and SIGWINCH come as keys; the handlers
 * only write to a pipe.  term_close() gives terminal and signals back as they were.
 * How wide ambiguous characters are is settled before the first screen (utf8_set_ambiguous).
 */
#ifndef MB_TUI_TERM_H
#define MB_TUI_TERM_H

#include "base/error.h"
#include "tui/key.h"
#include "tui/screen.h"
#include <stdbool.h>
#include <stdint.h>

struct term;

struct term_options {
  bool color;
  bool mouse;     /* clicks come as keys; the terminal's own selecting is then done with Shift held */
  int ambiguous;  /* columns of an ambiguous character, 1 or 2; 0: the terminal is asked */
  bool can_chinese; /* what says it is the kernel's console (TERM=linux) does show Chinese */
  int64_t (*ticks)(void); /* milliseconds that run on, for double clicks; NULL: there are none */
};

/* Errors: standard input or output is no terminal, its type is unknown.  On a console without Chinese
 * characters a page in plain ASCII says what to do, and waits; left there: ST_CONFIG with an empty e. */
enum status term_open(struct term **t, const struct term_options *o, struct error *e) MB_MUST_USE;
void term_close(struct term *t); /* NULL is fine */
void term_size(const struct term *t, int *rows, int *cols);
/* Show s; only cells that differ from what was shown last are written, in one go. */
enum status term_show(struct term *t, const struct screen *s, struct error *e) MB_MUST_USE;
void term_redraw(struct term *t); /* write everything at the next show */
/* The next key.  K_IDLE when none came for wait_ms; 0: does not wait; -1: waits as long as it takes. */
struct key term_key(struct term *t, int wait_ms);

/* For another program (an editor) to have the terminal: the screen, modes and keys as they were before
 * term_open, and back.  Call term_suspend, run the program to its end, call term_resume; what is shown next
 * is written whole, in the size the window has by then.  Signal handlers stay (a new program starts with the
 * default ones): Ctrl-C meant for the other program is forgotten, SIGTERM and SIGHUP come as keys
 * afterwards. */
void term_suspend(struct term *t);
void term_resume(struct term *t);

/* Name and version of the library behind this ("ncurses 6.4"), for --version. */
const char *term_library(void);

#endif
