/* Steps of the workbook: begin, put, commit, or cancel and say why.
 *
 * Views hold no transaction: each step is stored when the call returns.
 */
#include "tui/change.h"
#include "checklists/record.h"

#include <stdlib.h>
#include <string.h>

enum status record_set(struct record *r, enum record_field f, const char *value, struct error *e) {
  char *copy = str_empty(value) ? NULL : str_dup(value);
  if (copy == NULL && !str_empty(value)) return error_nomem(e);
  free(r->value[f]);
  r->value[f] = copy;
  return ST_OK;
}

enum status record_copy(const struct record *from, struct record *to, struct error *e) {
  *to = (struct record){ .no = from->no, .unit = from->unit, .item = from->item, .uid = str_dup(from->uid) };
  enum status st = from->uid != NULL && to->uid == NULL ? error_nomem(e) : ST_OK;
  for (int f = 0; f < FIELD_COUNT && st == ST_OK; f++)
    st = record_set(to, (enum record_field)f, from->value[f], e);
  if (st != ST_OK) record_free(to);
  return st;
}

static enum status set_period(struct record *r, struct period p, struct error *e) {
  struct text text = { 0 };
  period_add(&text, p);
  enum status st = record_set(r, FIELD_PERIOD, text_str(&text), e);
  text_free(&text);
  return st;
}

enum status record_start(struct ui *ui, int unit, int item, struct period recurrence, struct record *r,
                         struct error *e) {
  *r = (struct record){ .unit = unit, .item = item };
  if (!cadence_recurs(ui_item(ui, item)->cadence)) return ST_OK;
  return set_period(r, recurrence, e);
}

static enum status load(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                        struct record *r, struct error *e) {
  *r = (struct record){ 0 };
  return no != 0 ? wb_get(ui->wb, no, r, e) : record_start(ui, unit, item, recurrence, r, e);
}

static enum status begin(struct ui *ui, const char *verb, int unit, int item, struct error *e) {
  struct text label = { 0 };
  text_addf(&label, "%s %s %s", verb, ui_item(ui, item)->id, ui_unit(ui, unit)->name);
  enum status st = wb_begin(ui->wb, text_str(&label), ui->app->person, ui_now(ui), e);
  text_free(&label);
  return st;
}

enum status change_put(struct ui *ui, struct record *r, const char *verb, struct error *e) {
  int64_t no = r->no;
  char *uid = str_dup(r->uid);
  enum status st = begin(ui, verb, r->unit, r->item, e);
  if (st == ST_OK) st = wb_put(ui->wb, r, NULL, e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st == ST_OK) {
    ui_changed(ui);
    free(uid);
    return ST_OK;
  }
  wb_cancel(ui->wb);
  r->no = no;
  free(r->uid);
  r->uid = uid;
  return st;
}

enum status change_delete(struct ui *ui, int unit, int item, int64_t no, struct error *e) {
  enum status st = begin(ui, _("删除"), unit, item, e);
  if (st == ST_OK) st = wb_delete(ui->wb, no, e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st != ST_OK) wb_cancel(ui->wb);
  else ui_changed(ui);
  return st;
}

/* Store r, free it, and say so. */
static unsigned finish(struct ui *ui, struct record *r, const char *verb, enum status st, struct error *e) {
  const struct item *item = ui_item(ui, r->item);
  if (st == ST_OK) st = change_put(ui, r, verb, e);
  if (st == ST_OK) ui_say(ui, _("已记下：%s %s %s（Ctrl-Z 撤销）"), verb, item->id, item_title(item));
  else ui_fail(ui, e);
  record_free(r);
  return st == ST_OK ? UI_HANDLED : UI_HANDLED | UI_ERROR;
}

unsigned change_publish(struct ui *ui, int unit, int item, int64_t no, struct period recurrence) {
  struct error e = { 0 };
  struct record r;
  char today[16];
  day_iso(ui->app->on, today);
  enum status st = load(ui, unit, item, no, recurrence, &r, &e);
  if (st == ST_OK && str_same(r.value[FIELD_PUBLISHED], today) && str_empty(r.value[FIELD_REMOVED])) {
    ui_say(ui, _("今天（%s）已经记为公开"), today);
    record_free(&r);
    return UI_HANDLED;
  }
  if (st == ST_OK) st = record_set(&r, FIELD_PUBLISHED, today, &e);
  if (st == ST_OK) st = record_set(&r, FIELD_REMOVED, NULL, &e);
  if (st == ST_OK) st = record_set(&r, FIELD_NONE, NULL, &e);
  if (st == ST_OK && no != 0 && !cadence_recurs(ui_item(ui, item)->cadence))
    st = record_set(&r, FIELD_PERIOD, NULL, &e);
  r.unit = unit;
  r.item = item;
  return finish(ui, &r, _("公开"), st, &e);
}

static enum status make_none(struct ui *ui, struct record *r, const char *reason, struct error *e) {
  enum cadence c = ui_item(ui, r->item)->cadence;
  enum status st = record_set(r, FIELD_NONE, reason, e);
  if (st == ST_OK) st = record_set(r, FIELD_PUBLISHED, NULL, e);
  if (st == ST_OK && (c == CAD_EVENT || c == CAD_BEFORE)) st = set_period(r, ui->period, e);
  return st;
}

unsigned change_none(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                     const char *reason) {
  struct error e = { 0 };
  struct record r;
  enum status st = load(ui, unit, item, no, recurrence, &r, &e);
  r.unit = unit;
  r.item = item;
  if (st == ST_OK) st = make_none(ui, &r, reason, &e);
  return finish(ui, &r, _("本期无"), st, &e);
}

/* ---- a whole domain */

struct open_slots { bool *item; int last; }; /* items of the catalogue whose confirm slot is open */

static void note_confirm(const struct slot *slot, void *ctx) {
  struct open_slots *o = ctx;
  if (slot->confirm && slot->state == STATE_UNCHECKED) o->item[o->last] = true;
}

struct collect { struct ui *ui; struct slot_record *record; int *item; size_t n, cap; bool failed; };

static bool collect_one(int unit, int item, const struct slot_record *r, void *ctx) {
  struct collect *c = ctx;
  (void)unit;
  if (c->n == c->cap) {
    size_t cap = c->cap ? c->cap * 2 : 64;
    struct slot_record *record = realloc(c->record, cap * sizeof *record);
    if (record != NULL) c->record = record;
    int *items = realloc(c->item, cap * sizeof *items);
    if (items != NULL) c->item = items;
    if (record == NULL || items == NULL) {
      c->failed = true;
      return false;
    }
    c->cap = cap;
  }
  c->record[c->n] = *r;
  c->item[c->n++] = item;
  return true;
}

static void find_open(struct ui *ui, int unit, int domain, const struct collect *c, struct open_slots *o) {
  const struct unit *u = ui_unit(ui, unit);
  const struct domain *d = &ui->catalogue->domains[domain];
  for (int i = d->first; i < d->first + d->n; i++) {
    size_t first = 0, n = 0;
    if (!catalogue_asks(ui->catalogue, i, u->level, u->code)) continue;
    while (first < c->n && c->item[first] != i) first++;
    while (first + n < c->n && c->item[first + n] == i) n++;
    o->last = i;
    slots_list(ui->plan, i, n > 0 ? c->record + first : NULL, (int)n, note_confirm, o);
  }
}

static enum status put_open(struct ui *ui, int unit, const struct open_slots *o, const char *reason, int *n,
                            struct error *e) {
  enum status st = ST_OK;
  for (size_t i = 0; i < ui->catalogue->n_items && st == ST_OK; i++) {
    struct record r;
    if (!o->item[i]) continue;
    st = record_start(ui, unit, (int)i, (struct period){ 0 }, &r, e);
    if (st == ST_OK) st = make_none(ui, &r, reason, e);
    if (st == ST_OK) st = wb_put(ui->wb, &r, NULL, e);
    record_free(&r);
    *n += st == ST_OK;
  }
  return st;
}

enum status change_none_domain(struct ui *ui, int unit, int domain, const char *reason, int *n,
                               struct error *e) {
  struct collect c = { .ui = ui };
  struct open_slots o = { .item = calloc(ui->catalogue->n_items + 1, sizeof *o.item) };
  struct text label = { 0 };
  *n = 0;
  enum status st = o.item == NULL ? error_nomem(e) : wb_scan(ui->wb, unit, -1, collect_one, &c, e);
  if (st == ST_OK && c.failed) st = error_nomem(e);
  if (st == ST_OK) find_open(ui, unit, domain, &c, &o);
  text_addf(&label, _("本期无 %s 整个领域 %s"), ui->catalogue->domains[domain].no, ui_unit(ui, unit)->name);
  if (st == ST_OK) st = wb_begin(ui->wb, text_str(&label), ui->app->person, ui_now(ui), e);
  if (st == ST_OK) st = put_open(ui, unit, &o, reason, n, e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st == ST_OK) ui_changed(ui);
  else wb_cancel(ui->wb);
  text_free(&label);
  free(c.record);
  free(c.item);
  free(o.item);
  return st;
}
