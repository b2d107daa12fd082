/* Shared by sheet*.c and print.c: which sheets there are, one sheet on its way to paper, and a run that
 * prints many.
 *
 * Nothing here opens or closes a workbook, so that the UI prints from the one it has open already.
 */
#ifndef MB_BATCH_SHEET_H
#define MB_BATCH_SHEET_H

#include "base/json.h"
#include "batch/command.h"
#include "batch/layout.h"
#include "batch/pdf.h"
#include "batch/sheet_fill.h"

/* ---- kinds (sheet_select.c) */
enum sheet_of { SHEET_OF_RECORD, SHEET_OF_DOMAIN, SHEET_OF_UNIT };
struct sheet_kind {
  const char *name;    /* "notice", as in --kind, in templates and in file names */
  const char *label;   /* Chinese, N_(): 公示 */
  const char *each;    /* N_(): what one sheet holds: 一条记录一份 */
  enum sheet_of of;
  bool counts;         /* slots of a period: needs a plan */
};
const struct sheet_kind *sheet_kinds(size_t *n);
const struct sheet_kind *sheet_kind_find(const char *name); /* NULL: unknown */

/* ---- templates (sheet_template.c) */
/* Where the template given by name or path is; out is cleared first. */
void sheet_template_path(const struct app *app, const char *given, struct text *out);
/* NULL when it has errors; findings say so. */
struct template *sheet_template_load(const char *path, struct findings *f);

/* ---- choice: what is to be printed (sheet_select.c) */
struct sheet_choice {
  const struct sheet_kind *kind;
  int *units; size_t n_units;     /* indexes; owned */
  bool units_given;
  int *domains; size_t n_domains; /* owned; none: all */
  int *items; size_t n_items;     /* owned; none: all */
  struct period period;           /* of records: PERIOD_NONE = any */
  day event;                      /* DAY_NONE: any */
  const char *uid;                /* NULL: any */
};
void sheet_choice_fini(struct sheet_choice *c);

/* One sheet that is to be made. */
struct sheet_spec { int unit, domain; int64_t no; int copy; /* 2 and more: file names would be the same */ };
struct sheet_list { struct sheet_spec *spec; size_t n, cap; };
/* Append the sheets of one unit, in the workbook's order. */
enum status sheet_list_unit(const struct sheet_source *s, const struct sheet_choice *c, int unit,
                            struct sheet_list *out, struct error *e) MB_MUST_USE;
void sheet_list_free(struct sheet_list *l);

/* ---- one sheet on its way to paper (sheet_run.c) */
struct sheet_job {
  struct sheet_spec spec;
  struct sheet_data data;
  char *name;     /* file name without folder; owned */
  char *subject;  /* which sheet, for messages; owned */
  struct pages pages; /* one PDF: kept until drawn */
  size_t n_pages;
  struct findings findings;
  struct error error; /* status set: not printed for another reason than a finding */
  bool ready;     /* laid out (one file), or written (a folder) */
};
/* Name, subject and data.  A fault of this sheet's own is in j->error with ST_OK; u keeps the records of the
 * unit read last. */
enum status sheet_job_fill(const struct sheet_source *s, const struct sheet_choice *c, struct unit_records *u,
                           const struct sheet_spec *spec, struct sheet_job *j, struct error *e) MB_MUST_USE;
/* The gates, then the pages.  False: findings or error say why not.  file: the workbook, for messages. */
bool sheet_job_lay_out(struct sheet_job *j, const struct template *t, const struct fonts *fonts,
                       const char *file, struct layout *l, struct pages *pages);
void sheet_job_clear(struct sheet_job *j);

/* ---- many sheets */
#define SHEET_JOBS 64 /* at a time; the results do not depend on it */
struct sheet_run {
  struct app *app;
  bool silent;        /* nothing is written to app->out and app->err */
  const char *file;   /* the workbook */
  const char *out;    /* folder, or the one PDF */
  bool one;           /* one PDF */
  const struct template *t;
  const struct fonts *fonts;
  /* May be NULL: told of each sheet in order; its n_pages and name are set, ready when it was printed. */
  void (*told)(const struct sheet_job *j, void *ctx);
  void *ctx;
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
/* A cleared job to fill in; then sheet_run_add(). */
struct sheet_job *sheet_run_next(struct sheet_run *r);
/* Queue the job; prints the queue when it is full.  Not ST_OK: the run cannot go on. */
enum status sheet_run_add(struct sheet_run *r) MB_MUST_USE;
enum status sheet_run_flush(struct sheet_run *r) MB_MUST_USE; /* print what is queued */
enum status sheet_run_end(struct sheet_run *r) MB_MUST_USE; /* the rest of the queue; writes the one PDF */
void sheet_run_fini(struct sheet_run *r);

#endif
