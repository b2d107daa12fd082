/* Steps of the workbook: begin, put, commit, or cancel and say why.
 *
 * Views hold no transaction: each step is stored when the call returns.
 */
#include "tui/change.h"
#include "checklists/record.h"
#include "tui/rows.h"

#include <stdlib.h>

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

enum status record_load(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
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
    ui_changed_in(ui, r->unit);
    free(uid);
    return ST_OK;
  }
  wb_cancel(ui->wb);
  r->no = no;
  free(r->uid);
  r->uid = uid;
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

enum status record_make_published(struct ui *ui, struct record *r, struct error *e) {
  char today[16];
  enum status st = record_set(r, FIELD_PUBLISHED, day_iso(ui->app->on, today), e);
  if (st == ST_OK) st = record_set(r, FIELD_REMOVED, NULL, e);
  if (st == ST_OK) st = record_set(r, FIELD_NONE, NULL, e);
  if (st == ST_OK && r->no != 0 && !cadence_recurs(ui_item(ui, r->item)->cadence))
    st = record_set(r, FIELD_PERIOD, NULL, e);
  return st;
}

bool record_lacks_event(struct ui *ui, int item, const struct record *r) {
  return item_is_event(ui_item(ui, item)) && record_day(r, FIELD_EVENT) == DAY_NONE;
}

unsigned change_publish(struct ui *ui, int unit, int item, int64_t no, struct period recurrence) {
  struct error e = { 0 };
  struct record r;
  char today[16];
  day_iso(ui->app->on, today);
  enum status st = record_load(ui, unit, item, no, recurrence, &r, &e);
  if (st == ST_OK && record_lacks_event(ui, item, &r)) {
    record_free(&r);
    ui_push(ui, view_form_new(ui, unit, item, no, recurrence));
    ui_say(ui, _("没有事件日，公开了也不计入统计：先填事件日（按 . 填今天），再按 F5"));
    return UI_HANDLED | UI_ERROR;
  }
  if (st == ST_OK && str_same(r.value[FIELD_PUBLISHED], today) && str_empty(r.value[FIELD_REMOVED])) {
    ui_say(ui, _("今天（%s）已经记为公开"), today);
    record_free(&r);
    return UI_HANDLED;
  }
  if (st == ST_OK) st = record_make_published(ui, &r, &e);
  r.unit = unit;
  r.item = item;
  return finish(ui, &r, _("公开"), st, &e);
}

enum status record_make_none(struct ui *ui, struct record *r, struct period period, const char *reason,
                             struct error *e) {
  enum cadence c = ui_item(ui, r->item)->cadence;
  if (period.kind == PERIOD_NONE) period = ui->period;
  enum status st = record_set(r, FIELD_NONE, reason, e);
  if (st == ST_OK) st = record_set(r, FIELD_PUBLISHED, NULL, e);
  if (st == ST_OK) st = record_set(r, FIELD_REMOVED, NULL, e);
  if (st == ST_OK && (c == CAD_EVENT || c == CAD_BEFORE)) st = set_period(r, period, e);
  return st;
}

unsigned change_none(struct ui *ui, int unit, int item, int64_t no, struct period recurrence,
                     const char *reason) {
  struct error e = { 0 };
  struct record r;
  enum status st = record_load(ui, unit, item, no, recurrence, &r, &e);
  r.unit = unit;
  r.item = item;
  if (st == ST_OK) st = record_make_none(ui, &r, recurrence, reason, &e);
  return finish(ui, &r, _("本期无"), st, &e);
}
