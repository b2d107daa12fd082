/* What the parts of `mingbai fill` share: the same questions as the form's, one line at a time.
 *
 * fill.c        the command: which slots are asked about
 * fill_thing.c  one of them: what it is about, none, last period's values, the fields in turn
 * fill_field.c  the questions in a table, each answer checked, told back and stored at once
 * fill_line.c   a line out, a line in, and the letters that every question knows
 */
#ifndef MB_BATCH_FILL_H
#define MB_BATCH_FILL_H

#include "base/text.h"
#include "batch/command.h"

/* Something to be done: a slot, or a new event beside those that are there. */
struct fill_thing {
  int item;
  enum slot_state state;
  bool extra;               /* no slot: another event */
  bool confirm;
  day due;
  struct period recurrence; /* of a recurring item */
  int64_t no;               /* its record; 0: none yet */
};

struct fill {
  struct app *app;
  const struct args *args;
  const struct calendar *calendar;
  struct workbook *wb;
  const struct catalogue *catalogue;
  int unit_no;
  const struct unit *unit;
  struct period period;
  struct slot_plan *plan;
  struct fill_thing *thing; /* owned */
  size_t n, cap;
  /* ---- the thing being asked about */
  const struct item *item;
  struct record r;          /* as stored, or not yet (no 0) */
  struct record proposal;   /* last period's values */
  size_t asked;             /* which thing, from 0 */
  /* ---- the conversation */
  struct text line;         /* the last answer, without blanks around */
  bool ended;               /* no more input */
  bool refused;             /* the last answer was refused, and none has come in its place */
  enum status failed;       /* of a write that cannot be tried again; ends it */
  size_t stored, done;      /* answers stored; things with one */
};

enum fill_answer {
  FILL_VALUE, /* in f->line */
  FILL_EMPTY, /* Enter alone */
  FILL_BACK,
  FILL_SKIP,  /* the rest of this thing */
  FILL_QUIT   /* or no more input, or a failure */
};

/* ---- fill_line.c */
void fill_say(struct fill *f, const char *fmt, ...) MB_PRINTF(2, 3); /* one line, made harmless */
/* Ask until there is an answer; "?" says help (may be NULL: then help_fn does). */
enum fill_answer fill_ask(struct fill *f, const char *prompt, const char *help,
                          void (*help_fn)(struct fill *f));
bool fill_is(const struct fill *f, const char *letter); /* the answer is just that, in any width and case */
/* Lines up to one that is only ".", joined and appended to what is in *out.  False: the input ended
 * before. */
bool fill_lines(struct fill *f, struct text *out);
void fill_refuse(struct fill *f, const char *why); /* say so; the question comes again */

/* ---- fill_field.c */
enum fill_answer fill_fields(struct fill *f);
/* Store values (NULL: left as it is, "": emptied) as one step.  False: refused and said, or f->failed. */
bool fill_store(struct fill *f, const char *verb, const char *const value[FIELD_COUNT]);

/* ---- fill_thing.c */
enum fill_answer fill_one(struct fill *f, const struct fill_thing *t);

/* ---- fill.c */
bool fill_once(const struct item *item); /* each disclosure is a record of its own (event, before) */

#endif
