/* Printing for the UI: sheets of a choice, made from the workbook that is open, piece by piece.
 *
 * A print is one choice with its template.  First it is listed (how many sheets), then, any number of times,
 * a sheet is looked at or all are printed.  Each call of print_work() is short, so that keys are read
 * between sheets and the clerk can stop.  Fonts are open only while something is being set.
 */
#ifndef MB_BATCH_PRINT_H
#define MB_BATCH_PRINT_H

#include "batch/sheet.h"

struct print;

/* c is taken over, also on failure.  template: a path.  Errors: settings or template (the first finding). */
enum status print_new(struct print **p, struct app *app, struct workbook *wb, struct sheet_choice *c,
                      const char *template, struct error *e) MB_MUST_USE;
void print_free(struct print *p); /* NULL is fine; a printing still going on is stopped */
const struct template *print_template(const struct print *p);

/* Where to: a folder (made if missing), or a printer ("" the default one). */
enum print_to { PRINT_FOLDER, PRINT_PRINTER };
/* Begin to print all that is listed, or will be. */
enum status print_start(struct print *p, enum print_to to, const char *where, struct error *e) MB_MUST_USE;
void print_stop(struct print *p); /* between two sheets; what was printed stays */

enum print_state {
  PRINT_LISTING, /* counting sheets */
  PRINT_READY,   /* all are known, nothing is going on */
  PRINT_GOING,
  PRINT_DONE,    /* all that were listed were tried */
  PRINT_STOPPED, /* by print_stop() */
  PRINT_FAILED   /* print_error() says why */
};
enum print_state print_state(const struct print *p);
/* A piece of what is to be done, waiting at most for a short moment.  False: nothing left. */
bool print_work(struct print *p);
const struct error *print_error(const struct print *p);

struct print_count { long total, done, printed, refused, pages, without_phone; };
struct print_count print_count(const struct print *p);
/* Why sheets were refused: what, where, what to do. */
const struct findings *print_findings(const struct print *p);
/* Records whose notices were printed, in order; borrowed. */
const int64_t *print_records(const struct print *p, size_t *n);

/* The i-th sheet, with its gates and its pages counted: j (cleared before) is filled; its findings and error
 * say what would keep it from paper.  ST_NOINPUT "sheet.nothing": there is none. */
enum status print_sample(struct print *p, size_t i, struct sheet_job *j, struct error *e) MB_MUST_USE;

#endif
