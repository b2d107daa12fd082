/* Which sheets a choice means: units, domains, records in the workbook's order; and from one of them to a
 * job with its name and data. */
#include "batch/sheet.h"
#include "base/array.h"
#include "base/file.h"
#include "base/text.h"
#include "checklists/deadline.h"
#include <stdlib.h>
#include <string.h>

#define NAME_PART 120 /* bytes of a unit's name in a file name */

/* ---- kinds */

static const struct sheet_kind kinds[] = {
  {"notice", N_("公示"), N_("一条记录一份"), SHEET_OF_RECORD, false},
  {"board", N_("公开栏"), N_("一个领域一份"), SHEET_OF_DOMAIN, true},
  {"index", N_("总目录"), N_("一个单位一份"), SHEET_OF_UNIT, true},
};
#define N_KINDS (sizeof kinds / sizeof *kinds)

const struct sheet_kind *sheet_kinds(size_t *n) {
  *n = N_KINDS;
  return kinds;
}

const struct sheet_kind *sheet_kind_find(const char *name) {
  for (size_t i = 0; i < N_KINDS; i++)
    if (str_same(kinds[i].name, name)) return &kinds[i];
  return NULL;
}

void sheet_choice_fini(struct sheet_choice *c) {
  free(c->units);
  free(c->domains);
  free(c->items);
  *c = (struct sheet_choice){0};
}

/* ---- lists */

static bool add_spec(struct sheet_list *l, struct sheet_spec spec) {
  if (!ARRAY_ROOM(l->spec, l->n, l->cap)) return false;
  l->spec[l->n++] = spec;
  return true;
}

void sheet_list_free(struct sheet_list *l) {
  free(l->spec);
  *l = (struct sheet_list){0};
}

static bool chosen(const int *list, size_t n, int index) {
  for (size_t i = 0; i < n; i++)
    if (list[i] == index) return true;
  return n == 0;
}

/* ---- boards and index */

static bool board_wanted(const struct sheet_source *s, const struct sheet_choice *c, int unit, int domain) {
  if (!chosen(c->domains, c->n_domains, domain)) return false;
  bool named = c->units_given && c->n_domains > 0; /* asked for by name: printed even if empty */
  return named || sheet_domain_asks(s, unit, domain) > 0;
}

static enum status list_boards(const struct sheet_source *s, const struct sheet_choice *c, int unit,
                               struct sheet_list *out, struct error *e) {
  for (int d = 0; d < (int)s->catalogue->n_domains; d++) {
    struct sheet_spec spec = {.unit = unit, .domain = d, .copy = 1};
    if (board_wanted(s, c, unit, d) && !add_spec(out, spec)) return error_nomem(e);
  }
  return ST_OK;
}

static bool asks_anything(const struct sheet_source *s, int unit) {
  for (int d = 0; d < (int)s->catalogue->n_domains; d++)
    if (sheet_domain_asks(s, unit, d) > 0) return true;
  return false;
}

static enum status list_index(const struct sheet_source *s, const struct sheet_choice *c, int unit,
                              struct sheet_list *out, struct error *e) {
  struct sheet_spec spec = {.unit = unit, .domain = -1, .copy = 1};
  if (!c->units_given && !asks_anything(s, unit)) return ST_OK;
  return add_spec(out, spec) ? ST_OK : error_nomem(e);
}

/* ---- notices */

static bool within(struct period p, day d) {
  return d != DAY_NONE && d >= period_first(p) && d <= period_last(p);
}

/* A record of a recurring item belongs to its own period; one of an event to that of its day or due day. */
static bool of_period(const struct sheet_source *s, const struct record *r, struct period p) {
  const struct item *item = &s->catalogue->items[r->item];
  struct period own = {0};
  if (period_parse(record_get(r, FIELD_PERIOD), &own)) return period_same(own, p);
  if (item->cadence != CAD_EVENT && item->cadence != CAD_BEFORE) return false;
  day event = record_day(r, FIELD_EVENT);
  if (event == DAY_NONE) return false;
  return within(p, event) || within(p, deadline_due(s->calendar, item, event, own));
}

static bool notice_wanted(const struct sheet_source *s, const struct sheet_choice *c, const struct record *r) {
  const struct item *item = &s->catalogue->items[r->item];
  if (c->uid && strcmp(c->uid, r->uid) != 0) return false;
  if (!chosen(c->items, c->n_items, r->item) || !chosen(c->domains, c->n_domains, item->domain)) return false;
  if (c->event != DAY_NONE && record_day(r, FIELD_EVENT) != c->event) return false;
  if (c->period.kind && !of_period(s, r, c->period)) return false;
  if (*record_get(r, FIELD_NONE)) return false;
  if (c->uid || c->n_items) return true; /* asked for by name */
  return (item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE) && *record_get(r, FIELD_TITLE);
}

struct notices {
  const struct sheet_source *s;
  const struct sheet_choice *c;
  struct sheet_list *out;
  struct text last; /* item and day of the notice before */
  int copy;
  bool failed;
};

/* The event, else the period: what tells records of an item apart. */
static const char *when_of(const struct record *r) {
  return *record_get(r, FIELD_EVENT) ? record_get(r, FIELD_EVENT) : record_get(r, FIELD_PERIOD);
}

static bool add_notice(const struct record *r, void *ctx) {
  struct notices *x = ctx;
  struct text same = {0};
  if (!notice_wanted(x->s, x->c, r)) return true;
  text_addf(&same, "%d/%s", r->item, when_of(r));
  x->copy = strcmp(text_str(&same), text_str(&x->last)) == 0 ? x->copy + 1 : 1;
  text_free(&x->last);
  x->last = same;
  struct sheet_spec spec = {.unit = r->unit, .domain = -1, .no = r->no, .copy = x->copy};
  x->failed = !text_ok(&same) || !add_spec(x->out, spec);
  return !x->failed;
}

static enum status list_notices(const struct sheet_source *s, const struct sheet_choice *c, int unit,
                                struct sheet_list *out, struct error *e) {
  struct notices x = {.s = s, .c = c, .out = out};
  enum status st = wb_records(s->wb, unit, c->n_items == 1 ? c->items[0] : -1, add_notice, &x, e);
  text_free(&x.last);
  return !st && x.failed ? error_nomem(e) : st;
}

enum status sheet_list_unit(const struct sheet_source *s, const struct sheet_choice *c, int unit,
                            struct sheet_list *out, struct error *e) {
  static enum status (*const list[])(const struct sheet_source *, const struct sheet_choice *, int,
                                     struct sheet_list *, struct error *) = {
    [SHEET_OF_RECORD] = list_notices, [SHEET_OF_DOMAIN] = list_boards, [SHEET_OF_UNIT] = list_index};
  return list[c->kind->of](s, c, unit, out, e);
}

/* ---- names */

/* "140581001001-城西社区居委会-board-19-2026Q3.pdf"; owned by the caller. */
static char *file_name(const char *code, const char *unit, const char *kind, const char *what,
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

static void name_job(const struct sheet_source *s, const struct sheet_choice *c, struct sheet_job *j,
                     const char *what, const char *when) {
  size_t n;
  const struct unit *u = &wb_units(s->wb, &n)[j->spec.unit];
  struct text t = {0};
  text_addf(&t, "%s %s", u->code, u->name);
  if (*what) text_addf(&t, " %s", what);
  if (*when) text_addf(&t, " %s", when);
  j->name = file_name(u->code, u->name, c->kind->name, what, when, j->spec.copy);
  j->subject = text_take(&t);
  text_free(&t);
  if (!j->name || !j->subject) error_nomem(&j->error);
}

/* ---- jobs */

/* A fault in a sheet's data is its own; others go on. */
static void own_fault(struct sheet_job *j, enum status st, const struct error *e) {
  if (st && !j->error.status) j->error = *e;
}

static enum status fill_notice(const struct sheet_source *s, const struct sheet_choice *c, struct sheet_job *j,
                               struct error *e) {
  struct record r = {0};
  struct error own = {0};
  enum status st = wb_get(s->wb, j->spec.no, &r, e);
  if (st == ST_NOINPUT) { /* deleted since it was listed */
    name_job(s, c, j, "", "");
    own_fault(j, ST_DATA, e);
    j->error.status = ST_DATA;
    return ST_OK;
  }
  if (st) return st;
  name_job(s, c, j, s->catalogue->items[r.item].id, when_of(&r));
  own_fault(j, sheet_fill_notice(s, &r, &j->data, &own), &own);
  record_free(&r);
  return ST_OK;
}

static enum status fill_counts(const struct sheet_source *s, const struct sheet_choice *c,
                               struct unit_records *u, struct sheet_job *j, struct error *e) {
  bool board = c->kind->of == SHEET_OF_DOMAIN;
  struct text when = {0};
  struct error own = {0};
  if (u->unit != j->spec.unit || !u->read) {
    enum status st = unit_records_read(u, s->wb, j->spec.unit, e);
    if (st) return st;
  }
  period_add(&when, slots_period(s->plan));
  name_job(s, c, j, board ? s->catalogue->domains[j->spec.domain].no : "", text_str(&when));
  text_free(&when);
  own_fault(j, board ? sheet_fill_board(s, u, j->spec.domain, &j->data, &own)
                     : sheet_fill_index(s, u, &j->data, &own), &own);
  return ST_OK;
}

enum status sheet_job_fill(const struct sheet_source *s, const struct sheet_choice *c, struct unit_records *u,
                           const struct sheet_spec *spec, struct sheet_job *j, struct error *e) {
  j->spec = *spec;
  return c->kind->of == SHEET_OF_RECORD ? fill_notice(s, c, j, e) : fill_counts(s, c, u, j, e);
}
