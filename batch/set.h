/* What the parts of `mingbai set` share. */
#ifndef MB_BATCH_SET_H
#define MB_BATCH_SET_H

#include "base/text.h"
#include "batch/command.h"

/* One run of the command. */
struct setting {
  struct app *app;
  const struct args *args;
  struct workbook *wb;
  const struct unit *unit;
  const struct item *item;
  struct record given;          /* canonical values of the options */
  bool has[FIELD_COUNT];        /* which options were given */
  struct record r;              /* the record as it will be */
  struct text old[FIELD_COUNT]; /* as it was */
  bool fresh;
  bool deleted;        /* a "none this period" was taken back */
  int changed;
  struct error e;
};

/* Values of the options in canonical form into given and has (set_values.c). */
enum status set_values(struct setting *s) MB_MUST_USE;

/* Options that must stand together; prints what is missing (set_find.c). */
enum status set_check_options(struct setting *s) MB_MUST_USE;
/* Number (0: a new one) and uid of the record meant. */
enum status set_locate(struct setting *s, int64_t *no, struct text *uid) MB_MUST_USE;

/* Print what came of it, as a line or as JSON, and what the record still should have (set_tell.c). */
void set_tell(const struct setting *s);

#endif
