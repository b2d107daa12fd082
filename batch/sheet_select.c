/* Which sheets a choice means: units, domains, records in the workbook's order, each made into a job. */
#include "batch/sheet.h"
#include "base/file.h"
#include "base/text.h"
#include "checklists/deadline.h"
#include <stdlib.h>
#include <string.h>

#define NAME_PART 120 /* bytes of a unit's name in a file name */

struct selection {
  const struct sheet_source *s;
  const struct sheet_choice *c;
  struct sheet_run *run;
  struct error *e;
  enum status st;
  struct unit_records records;
  struct text last; /* name of the notice before, without its copy number */
  int copy;
};

/* ---- names */

char *sheet_file_name(const char *code, const char *unit, const char *kind, const char *what,
                      const char *when, int copy) {
  struct text t = {0}, part = {0};
  size_t n = strlen(unit);
  if (n > NAME_PART)
    for (n = NAME_PART; n > 0 && ((unsigned char)unit[n] & 0xC0) == 0x80; n--)
      ;
  text_addf(&part, "%s-%.*s-%s", code, (int)n, unit, kind);
  if (*what) text_addf(&part, "-%s", what);
  if (*when) text_addf(&part, "-%s", when);
  if (copy > 1) text_addf(&part, "-%d", copy);
  text_add(&part, ".pdf");
  path_safe(&t, text_str(&part));
  bool good = text_ok(&part) && text_ok(&t);
  text_free(&part);
  char *name = good ? text_take(&t) : NULL;
  text_free(&t);
  return name;
}

static void name_job(struct selection *x, struct sheet_job *j, int unit, const char *what, const char *when,
                     int copy) {
  size_t n;
  const struct unit *u = &wb_units(x->s->wb, &n)[unit];
  struct text t = {0};
  text_addf(&t, "%s %s", u->code, u->name);
  if (*what) text_addf(&t, " %s", what);
  if (*when) text_addf(&t, " %s", when);
  j->name = sheet_file_name(u->code, u->name, x->c->kind, what, when, copy);
  j->subject = text_take(&t);
  text_free(&t);
  if (!j->name || !j->subject) error_nomem(&j->error);
}

/* The job is made; a fault in its data (filling) is its own, others' sheets go on. */
static bool queue(struct selection *x, struct sheet_job *j, enum status st, const struct error *e) {
  if (st && !j->error.status) j->error = *e;
  x->st = sheet_run_add(x->run);
  if (x->st) *x->e = x->run->error;
  return x->st == ST_OK;
}

static bool chosen(const int *list, size_t n, int index) {
  for (size_t i = 0; i < n; i++)
    if (list[i] == index) return true;
  return n == 0;
}

/* ---- board and index */

static bool board_wanted(const struct selection *x, int unit, int domain) {
  if (!chosen(x->c->domains, x->c->n_domains, domain)) return false;
  bool named = x->c->units_given && x->c->n_domains > 0; /* asked for by name: printed even if empty */
  return named || sheet_domain_asks(x->s, unit, domain) > 0;
}

static bool read_unit(struct selection *x, int unit) {
  x->st = unit_records_read(&x->records, x->s->wb, unit, x->e);
  return x->st == ST_OK;
}

static bool add_board(struct selection *x, int unit, int domain) {
  struct sheet_job *j = sheet_run_next(x->run);
  struct error e = {0};
  struct text when = {0};
  period_add(&when, slots_period(x->s->plan));
  name_job(x, j, unit, x->s->catalogue->domains[domain].no, text_str(&when), 1);
  text_free(&when);
  return queue(x, j, sheet_fill_board(x->s, &x->records, domain, &j->data, &e), &e);
}

static void select_boards(struct selection *x, int unit) {
  bool read = false;
  for (int d = 0; d < (int)x->s->catalogue->n_domains && !x->st; d++) {
    if (!board_wanted(x, unit, d)) continue;
    if (!read && !read_unit(x, unit)) return;
    read = true;
    add_board(x, unit, d);
  }
}

static bool asks_anything(const struct selection *x, int unit) {
  for (int d = 0; d < (int)x->s->catalogue->n_domains; d++)
    if (sheet_domain_asks(x->s, unit, d) > 0) return true;
  return false;
}

static void select_index(struct selection *x, int unit) {
  if (!x->c->units_given && !asks_anything(x, unit)) return;
  if (!read_unit(x, unit)) return;
  struct sheet_job *j = sheet_run_next(x->run);
  struct error e = {0};
  struct text when = {0};
  period_add(&when, slots_period(x->s->plan));
  name_job(x, j, unit, "", text_str(&when), 1);
  text_free(&when);
  queue(x, j, sheet_fill_index(x->s, &x->records, &j->data, &e), &e);
}

/* ---- notices */

static bool within(struct period p, day d) {
  return d != DAY_NONE && d >= period_first(p) && d <= period_last(p);
}

/* A record of a recurring item belongs to its own period; one of an event to that of its day or due day. */
static bool of_period(const struct selection *x, const struct record *r, struct period p) {
  const struct item *item = &x->s->catalogue->items[r->item];
  struct period own = {0};
  if (period_parse(record_get(r, FIELD_PERIOD), &own)) return period_same(own, p);
  if (item->cadence != CAD_EVENT && item->cadence != CAD_BEFORE) return false;
  day event = record_day(r, FIELD_EVENT);
  if (event == DAY_NONE) return false;
  return within(p, event) || within(p, deadline_due(x->s->calendar, item, event, own));
}

static bool notice_wanted(const struct selection *x, const struct record *r) {
  const struct sheet_choice *c = x->c;
  const struct item *item = &x->s->catalogue->items[r->item];
  if (c->uid && strcmp(c->uid, r->uid) != 0) return false;
  if (!chosen(c->items, c->n_items, r->item) || !chosen(c->domains, c->n_domains, item->domain)) return false;
  if (c->event != DAY_NONE && record_day(r, FIELD_EVENT) != c->event) return false;
  if (c->period.kind && !of_period(x, r, c->period)) return false;
  if (*record_get(r, FIELD_NONE)) return false;
  if (c->uid || c->n_items) return true; /* asked for by name */
  return (item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE) && *record_get(r, FIELD_TITLE);
}

static bool add_notice(const struct record *r, void *ctx) {
  struct selection *x = ctx;
  struct text same = {0};
  if (!notice_wanted(x, r)) return true;
  struct sheet_job *j = sheet_run_next(x->run);
  struct error e = {0};
  const char *when = *record_get(r, FIELD_EVENT) ? record_get(r, FIELD_EVENT) : record_get(r, FIELD_PERIOD);
  text_addf(&same, "%d/%d/%s", r->unit, r->item, when);
  x->copy = strcmp(text_str(&same), text_str(&x->last)) == 0 ? x->copy + 1 : 1;
  text_free(&x->last);
  x->last = same;
  name_job(x, j, r->unit, x->s->catalogue->items[r->item].id, when, x->copy);
  return queue(x, j, sheet_fill_notice(x->s, r, &j->data, &e), &e);
}

static void select_notices(struct selection *x, int unit) {
  enum status st = wb_records(x->s->wb, unit, x->c->n_items == 1 ? x->c->items[0] : -1, add_notice, x, x->e);
  if (st && !x->st) x->st = st;
}

/* ---- all */

static long count(const struct selection *x) {
  long n = 0;
  for (size_t i = 0; i < x->c->n_units && x->s->plan; i++) {
    if (x->c->kind[0] == 'i') {
      n += x->c->units_given || asks_anything(x, x->c->units[i]);
      continue;
    }
    for (int d = 0; d < (int)x->s->catalogue->n_domains; d++) n += board_wanted(x, x->c->units[i], d);
  }
  return n;
}

enum status sheet_select(const struct sheet_source *s, const struct sheet_choice *c, struct sheet_run *r,
                         struct error *e) {
  static const struct { const char *kind; void (*select)(struct selection *, int unit); } kinds[] = {
    {"notice", select_notices}, {"board", select_boards}, {"index", select_index}};
  struct selection x = {.s = s, .c = c, .run = r, .e = e};
  r->total = strcmp(c->kind, "notice") == 0 ? 0 : count(&x);
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    for (size_t i = 0; strcmp(kinds[k].kind, c->kind) == 0 && i < c->n_units && !x.st; i++)
      kinds[k].select(&x, c->units[i]);
  if (!x.st) {
    x.st = sheet_run_end(r);
    if (x.st) *e = r->error;
  }
  unit_records_fini(&x.records);
  text_free(&x.last);
  return x.st;
}
