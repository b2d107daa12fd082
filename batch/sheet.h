/* Shared by sheet*.c: the jobs of one `mingbai sheet` and the run that prints them. */
#ifndef MB_BATCH_SHEET_H
#define MB_BATCH_SHEET_H

#include "base/json.h"
#include "batch/command.h"
#include "batch/layout.h"
#include "batch/pdf.h"
#include "batch/sheet_fill.h"

/* One sheet on its way to paper. */
struct sheet_job {
  struct sheet_data data;
  char *name;     /* file name without folder; owned */
  char *subject;  /* which sheet, for messages; owned */
  struct pages pages; /* one PDF: kept until drawn */
  size_t n_pages;
  struct findings findings;
  struct error error; /* status set: not printed for another reason than a finding */
  bool ready;     /* laid out (one file), or written (a folder) */
};
#define SHEET_JOBS 64 /* at a time; the results do not depend on it */

struct sheet_run {
  struct app *app;
  const char *file;   /* the workbook */
  const char *out;    /* folder, or the one PDF */
  bool one;           /* one PDF */
  const struct template *t;
  const struct fonts *fonts;
  struct pdf *pdf;    /* one PDF: drawn in order */
  struct sheet_job jobs[SHEET_JOBS];
  size_t n_jobs;
  long done, total;   /* total 0: not known beforehand */
  long printed, pages, refused, without_phone;
  struct findings findings; /* of all sheets, in order */
  struct text names;        /* --json: the report, from its begin to the names of files */
  struct json json;
  struct error error; /* ends the run: no room on the disk, out of memory */
};

/* A cleared job to fill in; then sheet_run_add() or, if filling failed, sheet_run_fail(). */
struct sheet_job *sheet_run_next(struct sheet_run *r);
/* Queue the job; prints the queue when it is full.  Not ST_OK: the run cannot go on. */
enum status sheet_run_add(struct sheet_run *r) MB_MUST_USE;
enum status sheet_run_end(struct sheet_run *r) MB_MUST_USE; /* the rest of the queue; writes the one PDF */
void sheet_run_fini(struct sheet_run *r);

/* ---- sheet_select.c: what is to be printed */
struct sheet_choice {
  const char *kind;
  int *units; size_t n_units;     /* indexes; owned */
  bool units_given;
  int *domains; size_t n_domains; /* owned; none: all */
  int *items; size_t n_items;     /* owned; none: all */
  struct period period;           /* notice: PERIOD_NONE = any */
  day event;                      /* DAY_NONE: any */
  const char *uid;                /* NULL: any */
};
enum status sheet_select(const struct sheet_source *s, const struct sheet_choice *c, struct sheet_run *r,
                         struct error *e) MB_MUST_USE;
/* "140581001001-城西社区居委会-board-19-2026Q3.pdf"; owned by the caller. */
char *sheet_file_name(const char *code, const char *unit, const char *kind, const char *what,
                      const char *when, int copy);

#endif
