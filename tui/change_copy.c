/* A record's text to other units.  What belongs to the one unit alone is left behind: number, days of
 * publishing, printing, taking down and filing, note, and unless asked for its table.
 */
#include "checklists/record.h"
#include "tui/change.h"

static bool is_copied(enum record_field f, unsigned options) {
  switch (f) {
  case FIELD_PERIOD:
  case FIELD_EVENT:
  case FIELD_NONE:
  case FIELD_CHANNELS:
  case FIELD_URL:
  case FIELD_TITLE:
  case FIELD_BODY:
  case FIELD_PHONE: return true;
  case FIELD_TABLE: return (options & COPY_TABLE) != 0;
  default: return false;
  }
}

static enum status copy_to(struct ui *ui, const struct record *from, int unit, unsigned options,
                           struct error *e) {
  struct record r = { .unit = unit, .item = from->item };
  enum status st = ST_OK;
  for (int i = 0; i < FIELD_COUNT && st == ST_OK; i++) {
    enum record_field f = (enum record_field)i;
    if (is_copied(f, options)) st = record_set(&r, f, from->value[f], e);
  }
  bool publish = (options & COPY_PUBLISH) != 0 && str_empty(r.value[FIELD_NONE]) &&
                 !record_lacks_event(ui, from->item, &r);
  if (st == ST_OK && publish) st = record_make_published(ui, &r, e);
  if (st == ST_OK) st = wb_put(ui->wb, &r, NULL, e);
  record_free(&r);
  return st;
}

enum status change_copy(struct ui *ui, const struct record *from, const int *units, size_t n,
                        unsigned options, struct error *e) {
  struct text label = { 0 };
  const char *id = ui_item(ui, from->item)->id, *name = ui_unit(ui, from->unit)->name;
  text_addf(&label, _("复制 %s %s 到 %zu 个单位"), id, name, n);
  enum status st = wb_begin(ui->wb, text_str(&label), ui->app->person, ui_now(ui), e);
  for (size_t i = 0; i < n && st == ST_OK; i++) st = copy_to(ui, from, units[i], options, e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st == ST_OK) ui_changed(ui);
  else wb_cancel(ui->wb);
  text_free(&label);
  return st;
}
