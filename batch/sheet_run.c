/* Printing a queue of sheets: gates, layout and PDF, shared among the processor's cores.
 *
 * The queue is filled by one thread (the one that reads the workbook), then worked off by all, then looked
 * through in order: so neither files nor messages depend on timing.  A sheet that a gate stops does not
 * stop the others; a full disk does.
 */
#include "batch/sheet.h"
#include "base/file.h"
#include "base/text.h"
#include "batch/sheet_gate.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS_MAX 16

struct crew { struct sheet_run *run; atomic_size_t next; };

void sheet_job_clear(struct sheet_job *j) {
  sheet_data_fini(&j->data);
  findings_free(&j->findings);
  free(j->name);
  free(j->subject);
  j->name = j->subject = NULL;
  j->error = (struct error){0};
  j->ready = false;
}

struct sheet_job *sheet_run_next(struct sheet_run *r) {
  sheet_job_clear(&r->jobs[r->n_jobs]);
  return &r->jobs[r->n_jobs];
}

/* ---- one sheet */

static enum status write_pdf(const struct sheet_run *r, const struct sheet_job *j,
                             const struct pages *pages, struct error *e) {
  struct text pdf = {0}, path = {0};
  struct pdf_info info = {.title = j->subject, .author = sheet_get(&j->data, "unit")};
  path_join(&path, r->out, j->name);
  enum status st = pdf_write(r->fonts, pages, &info, &pdf, e);
  if (!st && !(text_ok(&pdf) && text_ok(&path))) st = error_nomem(e);
  if (!st) st = file_write(text_str(&path), pdf.s, pdf.len, 0644, e);
  text_free(&pdf);
  text_free(&path);
  return st;
}

bool sheet_job_lay_out(struct sheet_job *j, const struct template *t, const struct fonts *fonts,
                       const char *file, struct layout *l, struct pages *pages) {
  pages_clear(pages);
  if (!l && !j->error.status) error_nomem(&j->error);
  if (j->error.status) return false;
  if (sheet_gate_privacy(&j->data, file, j->subject, &j->findings) > 0) return false;
  enum status st = layout_sheet(l, t, &j->data, pages, &j->error);
  if (st && strcmp(j->error.id, "sheet.glyph") == 0) {
    sheet_gate_glyphs(&j->data, l, fonts, file, j->subject, &j->findings);
    j->error = (struct error){0};
  }
  j->n_pages = st ? 0 : pages->n;
  return !st;
}

/* The PDF of a folder needs its pages only here: own is the worker's, used again for each sheet. */
static void print_job(const struct sheet_run *r, struct sheet_job *j, struct layout *l, struct pages *own) {
  struct pages *pages = r->one ? &j->pages : own;
  j->ready = sheet_job_lay_out(j, r->t, r->fonts, r->file, l, pages);
  if (j->ready && !r->one) j->ready = write_pdf(r, j, pages, &j->error) == ST_OK;
}

static void *work(void *arg) {
  struct crew *c = arg;
  struct layout *l = layout_new(c->run->fonts);
  struct pages own = {0};
  for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->run->n_jobs;)
    print_job(c->run, &c->run->jobs[i], l, &own);
  layout_free(l);
  pages_free(&own);
  return NULL;
}

/* ---- the queue */

static void work_all(struct sheet_run *r) {
  struct crew crew = {.run = r};
  pthread_t thread[WORKERS_MAX];
  size_t want = r->app->processors > 1 ? (size_t)r->app->processors - 1 : 0, n = 0;
  atomic_init(&crew.next, 0);
  if (want > WORKERS_MAX) want = WORKERS_MAX;
  while (n < want && n + 1 < r->n_jobs && pthread_create(&thread[n], NULL, work, &crew) == 0) n++;
  work(&crew);
  while (n > 0) pthread_join(thread[--n], NULL);
}

/* A wrong record is a finding among others; what would hit every sheet ends the run. */
static bool ends_run(const struct error *e) {
  return e->status != ST_OK && e->status != ST_DATA && e->status != ST_CONFIG;
}

static void tell(struct sheet_run *r, const struct sheet_job *j) {
  if (r->told) r->told(j, r->ctx);
  if (r->silent || r->one || !j->ready) return;
  if (r->app->json) json_str(&r->json, NULL, j->name);
  else if (!r->app->quiet) fprintf(r->app->out, "%s\n", j->name);
}

static enum status take(struct sheet_run *r, struct sheet_job *j) {
  for (size_t i = 0; i < j->findings.n; i++) {
    findings_add_error(&r->findings, j->findings.list[i].severity, &j->findings.list[i].e);
    findings_advise(&r->findings, j->findings.list[i].advice);
  }
  if (ends_run(&j->error)) {
    r->error = j->error;
    return r->error.status;
  }
  if (j->error.status) {
    error_at(&j->error, str_empty(j->error.file) ? r->file : NULL, 0,
             str_empty(j->error.path) ? j->subject : NULL);
    findings_add_error(&r->findings, SEV_ERROR, &j->error);
  }
  if (!j->ready) {
    r->refused++;
    tell(r, j);
    return ST_OK;
  }
  if (r->one && pdf_add(r->pdf, &j->pages, &r->error)) return r->error.status;
  r->printed++;
  r->without_phone += *sheet_get(&j->data, "telephone") == '\0';
  r->pages += (long)j->n_pages;
  tell(r, j);
  return ST_OK;
}

enum status sheet_run_flush(struct sheet_run *r) {
  enum status st = ST_OK;
  work_all(r);
  for (size_t i = 0; i < r->n_jobs && !st; i++) {
    st = take(r, &r->jobs[i]);
    r->done++;
    if (!r->silent) report_progress(r->app, _("公示单"), r->done, r->total);
  }
  r->n_jobs = 0;
  return st;
}

enum status sheet_run_add(struct sheet_run *r) {
  return ++r->n_jobs == SHEET_JOBS ? sheet_run_flush(r) : ST_OK;
}

static enum status write_one(struct sheet_run *r) {
  struct text pdf = {0};
  struct pdf *made = r->pdf;
  r->pdf = NULL;
  enum status st = pdf_end(made, &pdf, &r->error);
  if (!st) st = file_write(r->out, pdf.s, pdf.len, 0644, &r->error);
  text_free(&pdf);
  return st;
}

enum status sheet_run_end(struct sheet_run *r) {
  enum status st = sheet_run_flush(r);
  if (!st && r->one && r->printed > 0) st = write_one(r);
  if (!r->silent) report_progress_end(r->app);
  return st;
}

void sheet_run_fini(struct sheet_run *r) {
  for (size_t i = 0; i < SHEET_JOBS; i++) {
    sheet_job_clear(&r->jobs[i]);
    pages_free(&r->jobs[i].pages);
  }
  if (r->pdf) pdf_cancel(r->pdf);
  r->pdf = NULL;
  findings_free(&r->findings);
  text_free(&r->names);
}
