/* See print.h.  A folder gets the very files of `mingbai sheet`; a printer gets them one after the other
 * through a private folder, by lp. */
#include "batch/print.h"
#include "base/array.h"
#include "base/file.h"
#include "base/text.h"
#include "batch/lp.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LP_WAIT_MS 40

struct print {
  struct app *app;
  struct workbook *wb;
  struct sheet_choice choice;
  struct template *t;
  struct slot_plan *plan;
  struct sheet_source source;
  struct sheet_list list;
  size_t next_unit;            /* to be listed */
  struct unit_records records; /* of the unit made last */
  enum print_state state;
  struct error error;
  /* a printing */
  enum print_to to;
  char *where;                 /* folder, or printer */
  char *temporary;             /* private folder for lp; NULL: none */
  struct fonts *fonts;
  struct sheet_run *run;
  size_t at;                   /* next sheet of the list */
  struct lp *lp;               /* at work on sent */
  struct text sent, title;     /* path of the file that lp has, and how the job is called */
  int64_t sent_no;
  struct print_count count;
  struct findings findings;
  int64_t *records_done; size_t n_done, cap_done;
};

/* ---- begin and end */

static enum status first_error(const struct findings *f, struct error *e) {
  for (size_t i = 0; i < f->n; i++) {
    if (f->list[i].severity != SEV_ERROR) continue;
    *e = f->list[i].e;
    return e->status ? e->status : (e->status = ST_CONFIG);
  }
  return error_nomem(e);
}

static enum status open_sources(struct print *p, const char *template, struct error *e) {
  struct findings f = {0};
  enum status st = ST_OK;
  p->source = (struct sheet_source){.wb = p->wb, .catalogue = wb_catalogue(p->wb), .on = p->app->on};
  p->source.calendar = app_calendar(p->app);
  p->source.settings = app_find_settings(p->app, wb_path(p->wb), &f);
  if (p->source.settings) p->t = sheet_template_load(template, &f);
  if (!p->t) st = first_error(&f, e);
  findings_free(&f);
  if (st || !p->choice.kind->counts) return st;
  p->plan = slots_plan(p->source.catalogue, p->source.calendar, p->choice.period, p->source.on);
  p->source.plan = p->plan;
  return p->plan ? ST_OK : error_nomem(e);
}

enum status print_new(struct print **out, struct app *app, struct workbook *wb, struct sheet_choice *c,
                      const char *template, struct error *e) {
  struct print *p = calloc(1, sizeof *p);
  *out = NULL;
  if (!p) {
    sheet_choice_fini(c);
    return error_nomem(e);
  }
  p->app = app;
  p->wb = wb;
  p->choice = *c;
  *c = (struct sheet_choice){0};
  p->state = PRINT_LISTING;
  enum status st = open_sources(p, template, e);
  if (st) print_free(p);
  else *out = p;
  return st;
}

/* What only a printing needs: the fonts go first of all. */
static void end_run(struct print *p) {
  lp_free(p->lp);
  p->lp = NULL;
  if (p->sent.len) unlink(text_str(&p->sent));
  text_clear(&p->sent);
  if (p->temporary) rmdir(p->temporary);
  free(p->temporary);
  p->temporary = NULL;
  if (p->run) sheet_run_fini(p->run);
  free(p->run);
  p->run = NULL;
  fonts_free(p->fonts);
  p->fonts = NULL;
}

void print_free(struct print *p) {
  if (!p) return;
  end_run(p);
  text_free(&p->sent);
  text_free(&p->title);
  unit_records_fini(&p->records);
  sheet_list_free(&p->list);
  sheet_choice_fini(&p->choice);
  slots_plan_free(p->plan);
  template_free(p->t);
  findings_free(&p->findings);
  free(p->records_done);
  free(p->where);
  free(p);
}

const struct template *print_template(const struct print *p) {
  return p->t;
}

enum print_state print_state(const struct print *p) {
  return p->state;
}

const struct error *print_error(const struct print *p) {
  return &p->error;
}

struct print_count print_count(const struct print *p) {
  struct print_count c = p->count;
  c.total = (long)p->list.n;
  return c;
}

const struct findings *print_findings(const struct print *p) {
  return &p->findings;
}

const int64_t *print_records(const struct print *p, size_t *n) {
  *n = p->n_done;
  return p->records_done;
}

/* ---- listing */

static enum status list_piece(struct print *p, struct error *e) {
  if (p->next_unit == p->choice.n_units) return ST_OK;
  return sheet_list_unit(&p->source, &p->choice, p->choice.units[p->next_unit++], &p->list, e);
}

static bool listed(const struct print *p) {
  return p->next_unit == p->choice.n_units;
}

/* ---- printing */

static void fail(struct print *p, const struct error *e) {
  p->error = *e;
  end_run(p);
  p->state = PRINT_FAILED;
}

static void finish(struct print *p, enum print_state how) {
  end_run(p);
  p->state = how;
}

static void note_record(struct print *p, int64_t no) {
  if (no == 0) return;
  /* Without memory its day is not kept; the paper is there. */
  if (ARRAY_ROOM(p->records_done, p->n_done, p->cap_done)) p->records_done[p->n_done++] = no;
}

/* A sheet is in its folder (lp: in the private one). */
static void told(const struct sheet_job *j, void *ctx) {
  struct print *p = ctx;
  p->count.done++;
  if (!j->ready) return;
  if (p->to == PRINT_FOLDER) {
    p->count.printed++;
    note_record(p, j->spec.no);
    return;
  }
  path_join(&p->sent, p->temporary, j->name);
  text_clear(&p->title);
  text_add(&p->title, j->subject);
  p->sent_no = j->spec.no;
}

static enum status make_temporary(struct print *p, struct error *e) {
  char name[] = P_tmpdir "/mingbai-XXXXXX";
  if (!mkdtemp(name)) return error_sys(e, ST_CANTCREATE, P_tmpdir, _("写入"));
  p->temporary = str_dup(name);
  if (p->temporary) return ST_OK;
  rmdir(name);
  return error_nomem(e);
}

static enum status open_run(struct print *p, struct error *e) {
  enum status st = p->to == PRINT_FOLDER ? file_mkdir(p->where, e) : make_temporary(p, e);
  if (!st) st = fonts_open(&p->fonts, p->source.settings, e);
  if (!st && !(p->run = calloc(1, sizeof *p->run))) st = error_nomem(e);
  if (st) return st;
  p->run->app = p->app;
  p->run->silent = true;
  p->run->file = wb_path(p->wb);
  p->run->out = p->to == PRINT_FOLDER ? p->where : p->temporary;
  p->run->t = p->t;
  p->run->fonts = p->fonts;
  p->run->told = told;
  p->run->ctx = p;
  return ST_OK;
}

enum status print_start(struct print *p, enum print_to to, const char *where, struct error *e) {
  end_run(p);
  findings_free(&p->findings);
  p->count = (struct print_count){0};
  p->n_done = p->at = 0;
  p->records.read = false; /* the workbook may have changed since */
  p->to = to;
  free(p->where);
  p->where = str_dup(where);
  enum status st = p->where ? open_run(p, e) : error_nomem(e);
  p->state = PRINT_GOING;
  if (st) fail(p, e);
  return st;
}

void print_stop(struct print *p) {
  if (p->state == PRINT_GOING) finish(p, PRINT_STOPPED);
}

/* The run's own counts and findings, before its next piece adds to them. */
static void take_counts(struct print *p) {
  struct sheet_run *r = p->run;
  p->count.refused += r->refused;
  p->count.pages += r->pages;
  p->count.without_phone += r->without_phone;
  r->refused = r->pages = r->without_phone = r->printed = 0;
  for (size_t i = 0; i < r->findings.n; i++) {
    findings_add_error(&p->findings, r->findings.list[i].severity, &r->findings.list[i].e);
    findings_advise(&p->findings, r->findings.list[i].advice);
  }
  findings_free(&r->findings);
}

/* As many sheets as there are processors; for a printer one. */
static enum status print_piece(struct print *p, struct error *e) {
  int n = p->to == PRINT_PRINTER || p->app->processors < 1 ? 1 : p->app->processors;
  enum status st = ST_OK;
  for (; n > 0 && p->at < p->list.n && !st; n--) {
    struct sheet_job *j = sheet_run_next(p->run);
    st = sheet_job_fill(&p->source, &p->choice, &p->records, &p->list.spec[p->at++], j, e);
    if (!st && (st = sheet_run_add(p->run))) *e = p->run->error;
  }
  if (!st && (st = sheet_run_flush(p->run))) *e = p->run->error;
  take_counts(p);
  return st;
}

/* lp takes the file that was made, or has taken it. */
static enum status send_piece(struct print *p, struct error *e) {
  enum status st = ST_OK;
  if (!p->lp) return lp_start(&p->lp, p->where, text_str(&p->title), text_str(&p->sent), e);
  if (!lp_wait(p->lp, LP_WAIT_MS, &st, e)) return ST_OK;
  lp_free(p->lp);
  p->lp = NULL;
  unlink(text_str(&p->sent));
  text_clear(&p->sent);
  if (st) return st;
  p->count.printed++;
  note_record(p, p->sent_no);
  return ST_OK;
}

bool print_work(struct print *p) {
  struct error e = {0};
  enum status st = ST_OK;
  if (p->state != PRINT_LISTING && p->state != PRINT_GOING) return false;
  if (!listed(p)) st = list_piece(p, &e);
  else if (p->state == PRINT_LISTING) p->state = PRINT_READY;
  else if (p->sent.len) st = send_piece(p, &e);
  else if (p->at < p->list.n) st = print_piece(p, &e);
  else finish(p, PRINT_DONE);
  if (st) fail(p, &e);
  return p->state == PRINT_LISTING || p->state == PRINT_GOING;
}

/* ---- one sheet to look at */

enum status print_sample(struct print *p, size_t i, struct sheet_job *j, struct error *e) {
  struct fonts *fonts = NULL;
  struct layout *l = NULL;
  struct pages pages = {0};
  enum status st = ST_OK;
  sheet_job_clear(j);
  while (!st && i >= p->list.n && !listed(p)) st = list_piece(p, e);
  if (!st && i >= p->list.n) st = error_set(e, ST_NOINPUT, "sheet.nothing", "%s", _("这样选没有可印的公示单"));
  p->records.read = false;
  if (!st) st = sheet_job_fill(&p->source, &p->choice, &p->records, &p->list.spec[i], j, e);
  if (!st) st = fonts_open(&fonts, p->source.settings, e);
  if (!st && !(l = layout_new(fonts))) st = error_nomem(e);
  if (!st) j->ready = sheet_job_lay_out(j, p->t, fonts, wb_path(p->wb), l, &pages);
  layout_free(l);
  pages_free(&pages);
  fonts_free(fonts);
  return st;
}
