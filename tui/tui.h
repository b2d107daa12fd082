/* The terminal UI: one entry for main.c.
 *
 * The workbook is opened for writing and every field is committed when the clerk leaves it;
 * there is nothing to save at the end.
 */
#ifndef MB_TUI_TUI_H
#define MB_TUI_TUI_H

#include "batch/command.h"
#include <stdint.h>

struct tui_options {
  const char *keys;   /* a key script (see script.h): no terminal is used at all; NULL: the terminal */
  const char *dump;   /* where the script's screens are written, "-" standard output; NULL: nowhere */
  int lines, columns; /* size for a script; 0: 24 and 80 */
  /* Seconds since 1970 UTC for each change; NULL: app->now for all of them.  A session lasts
   * hours, and history must say when, so main.c gives time(2) here unless --on fixes the day. */
  int64_t (*clock)(void);
  day (*today)(void);     /* asked at each key, so that the day goes on at midnight; NULL: app->on stays */
  int64_t (*ticks)(void); /* milliseconds that only go on, for the draft timer; NULL: only pauses count */
};

/* Run until the user leaves.  A workbook that is read-only is shown, with the sentence that says so;
 * each change is refused.  Errors before the first screen are printed on app->err.  After
 * SIGTERM, SIGHUP or SIGINT the field being typed is committed if valid and kept as a draft if not, the terminal
 * restored, and 128 + the signal's number returned. */
enum status tui_run(struct app *app, const char *file, const struct tui_options *options);

#endif
