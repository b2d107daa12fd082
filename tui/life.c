/* See life.h. */
#include "tui/life.h"
#include "checklists/deadline.h"
#include "tui/change.h"

static const struct { enum record_field field; const char *name; } stages[] = {
  { FIELD_PRINTED, N_("打印") }, { FIELD_PUBLISHED, N_("张贴") },
  { FIELD_REMOVED, N_("撤下") }, { FIELD_FILED, N_("归档") },
};
#define STAGES (sizeof stages / sizeof stages[0])

static void add_day(struct text *out, day d, day on) {
  int year, month, dom, this_year, m, n;
  if (d == DAY_NONE) {
    text_add(out, "—");
    return;
  }
  day_split(d, &year, &month, &dom);
  day_split(on, &this_year, &m, &n);
  if (year != this_year) text_addf(out, "%d-", year);
  text_addf(out, "%d-%d", month, dom);
}

void life_add(struct text *out, const struct record *r, day on) {
  for (size_t i = 0; i < STAGES; i++) {
    text_addf(out, "%s%s ", i > 0 ? " · " : "", _(stages[i].name));
    add_day(out, record_day(r, stages[i].field), on);
  }
}

enum record_field life_next(const struct record *r) {
  for (size_t i = 1; i < STAGES; i++)
    if (str_empty(r->value[stages[i].field])) return stages[i].field;
  return FIELD_COUNT;
}

const char *life_name(enum record_field stage) {
  for (size_t i = 0; i < STAGES; i++)
    if (stages[i].field == stage) return _(stages[i].name);
  return "";
}

bool life_is_time(const struct ui *ui, const struct record *r, enum record_field stage, day *ends) {
  *ends = DAY_NONE;
  if (stage != FIELD_REMOVED) return true;
  *ends = deadline_notice_end(ui->calendar, ui_item(ui, r->item), record_day(r, FIELD_PUBLISHED));
  return *ends != DAY_NONE && *ends < ui->app->on;
}

enum status life_keep(struct ui *ui, const struct record *r, enum record_field stage, struct error *e) {
  struct record now;
  char today[16];
  enum status st = wb_get(ui->wb, r->no, &now, e);
  if (st != ST_OK) return st;
  st = record_set(&now, stage, day_iso(ui->app->on, today), e);
  if (st == ST_OK) st = change_put(ui, &now, life_name(stage), e);
  record_free(&now);
  return st;
}

static enum status put_printed(struct ui *ui, const int64_t *no, size_t n, struct error *e) {
  char today[16];
  enum status st = ST_OK;
  day_iso(ui->app->on, today);
  for (size_t i = 0; i < n && st == ST_OK; i++) {
    st = wb_set_field(ui->wb, no[i], FIELD_PRINTED, today, e);
    if (st == ST_NOINPUT) st = ST_OK; /* deleted in another window meanwhile */
  }
  return st;
}

enum status life_printed(struct ui *ui, const int64_t *no, size_t n, struct error *e) {
  struct record r;
  struct text label = { 0 };
  if (n == 0) return ST_OK;
  if (n == 1) {
    enum status got = wb_get(ui->wb, no[0], &r, e);
    if (got != ST_OK) return got == ST_NOINPUT ? ST_OK : got;
    got = life_keep(ui, &r, FIELD_PRINTED, e);
    record_free(&r);
    return got;
  }
  text_addf(&label, _("打印 %zu 份公示"), n);
  enum status st = wb_begin(ui->wb, text_str(&label), ui->app->person, ui_now(ui), e);
  if (st == ST_OK) st = put_printed(ui, no, n, e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st == ST_OK) ui_changed(ui);
  else wb_cancel(ui->wb);
  text_free(&label);
  return st;
}
