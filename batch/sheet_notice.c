/* The data of a notice: one record with its text, table, notice period and check code.
 *
 * Dates come from the record.  A record that is not yet published leaves the dates open for the pen: the
 * length of the notice period is printed, not days that nobody has fixed.  The record's note is for the
 * office and is not among the data.
 */
#include "base/csv.h"
#include "base/text.h"
#include "batch/sheet_fill.h"
#include "checklists/deadline.h"
#include <string.h>

/* ---- the record's table */

static enum status open_table(struct csv *c, const struct record *r, struct error *e) {
  const char *s = record_get(r, FIELD_TABLE);
  return csv_open_text(c, field_name(FIELD_TABLE), s, strlen(s), e);
}

static enum status table_width(const struct record *r, size_t *n, struct error *e) {
  struct csv c = {0};
  enum status st = open_table(&c, r, e);
  int more = 0;
  *n = 0;
  while (!st && (more = csv_next(&c, e)) > 0)
    if (c.n > *n) *n = c.n;
  if (!st && more < 0) st = ST_DATA;
  csv_close(&c);
  return st;
}

static enum status fill_table(const struct record *r, struct sheet_data *d, struct error *e) {
  size_t n;
  if (*record_get(r, FIELD_TABLE) == '\0') return ST_OK;
  enum status st = table_width(r, &n, e);
  if (st || n == 0) return st;
  struct csv c = {0};
  struct sheet_rows *rows = sheet_rows_add(d, "table", NULL, n);
  st = open_table(&c, r, e);
  while (!st && rows && csv_next(&c, e) > 0) {
    const char **cell = sheet_row(d, rows);
    for (size_t i = 0; cell && i < c.n; i++) {
      const char *s = csv_unguard(csv_cell(&c, (int)i));
      cell[i] = sheet_copy(d, s, strlen(s));
      if (!cell[i]) cell[i] = "";
    }
  }
  csv_close(&c);
  return st;
}

/* ---- dates */

static struct span span_between(const struct calendar *c, const struct item *item, day from, day to) {
  if (item->notice.unit == SPAN_WORKDAYS) return (struct span){calendar_count(c, from, to), SPAN_WORKDAYS};
  return (struct span){to - from, SPAN_DAYS};
}

/* 自2026年9月3日至2026年9月14日（共7个工作日） */
static void fill_notice_period(const struct sheet_source *s, const struct item *item, const struct record *r,
                               struct sheet_data *d) {
  struct text t = {0};
  day from = record_day(r, FIELD_PUBLISHED), to = record_day(r, FIELD_REMOVED);
  struct span span = item->notice;
  if (from != DAY_NONE && to > from) span = span_between(s->calendar, item, from, to);
  else if (from != DAY_NONE) to = deadline_notice_end(s->calendar, item, from);
  if (span.unit == SPAN_NONE) return;
  if (from != DAY_NONE && to != DAY_NONE) {
    text_add(&t, _("自"));
    day_add_cn(&t, from);
    text_add(&t, _("至"));
    day_add_cn(&t, to);
    text_addf(&t, span.unit == SPAN_WORKDAYS ? _("（共%d个工作日）") : _("（共%d天）"), span.n);
    if (span.unit == SPAN_WORKDAYS && calendar_provisional(s->calendar, from, to))
      sheet_set(d, "provisional", _("截止日为暂定：该年放假安排尚未公布"));
  } else {
    text_addf(&t,
              span.unit == SPAN_WORKDAYS ? _("自张贴之日起%d个工作日（张贴当日不计）")
                                         : _("自张贴之日起%d天（张贴当日不计）"),
              span.n);
  }
  sheet_set(d, "notice_period", text_str(&t));
  if (!text_ok(&t)) d->failed = true;
  text_free(&t);
}

static void set_day(struct sheet_data *d, const char *name, day when, const char *open) {
  struct text t = {0};
  if (when == DAY_NONE) text_add(&t, open);
  else day_add_cn(&t, when);
  sheet_set(d, name, text_str(&t));
  text_free(&t);
}

/* ---- the whole */

static void fill_record(const struct sheet_source *s, const struct item *item, const struct record *r,
                        struct sheet_data *d) {
  const struct domain *domain = &s->catalogue->domains[item->domain];
  static const struct { const char *name; enum record_field field; } plain[] = {
    {"body", FIELD_BODY}, {"channels", FIELD_CHANNELS}, {"url", FIELD_URL}};
  sheet_set(d, "domain", domain->name);
  sheet_set(d, "domain_no", domain->no);
  sheet_set(d, "item", item_title(item));
  sheet_set(d, "item_id", item->id);
  sheet_set(d, "uid", r->uid);
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    sheet_set(d, plain[i].name, record_get(r, plain[i].field));
  if (*record_get(r, FIELD_TITLE)) sheet_set(d, "title", record_get(r, FIELD_TITLE));
  else sheet_setf(d, "title", _("%s公示"), item_title(item));
  if (*record_get(r, FIELD_PHONE)) sheet_set(d, "telephone", record_get(r, FIELD_PHONE));
  struct period p;
  struct text t = {0};
  if (period_parse(record_get(r, FIELD_PERIOD), &p)) period_add_cn(&t, p);
  sheet_set(d, "period", text_str(&t));
  text_free(&t);
  set_day(d, "date", record_day(r, FIELD_PUBLISHED), _("　　　　年　　月　　日"));
  set_day(d, "event_on", record_day(r, FIELD_EVENT), "");
  fill_notice_period(s, item, r, d);
}

static void text_for_code(const struct sheet_data *d, const char *code, struct text *t) {
  text_addf(t, _("单位：%s\n事项：%s %s\n"), sheet_get(d, "place"), sheet_get(d, "item_id"),
            sheet_get(d, "item"));
  const char *date = sheet_get(d, "date");
  if (*date >= '0' && *date <= '9') text_addf(t, _("日期：%s\n"), date);
  if (*sheet_get(d, "telephone")) text_addf(t, _("电话：%s\n"), sheet_get(d, "telephone"));
  text_addf(t, _("核对码：%s"), code);
}

enum status sheet_fill_notice(const struct sheet_source *s, const struct record *r, struct sheet_data *d,
                              struct error *e) {
  const struct item *item = &s->catalogue->items[r->item];
  char code[16];
  struct text t = {0};
  sheet_fill_unit(s, r->unit, d);
  fill_record(s, item, r, d);
  enum status st = fill_table(r, d, e);
  if (!st) st = wb_checkcode(s->wb, r, code, e);
  if (st) return st;
  sheet_set(d, "code", code);
  text_for_code(d, code, &t);
  struct qr_names names = {.unit = sheet_get(d, "unit_code"),
                           .domain = sheet_get(d, "domain_no"),
                           .item = item->id,
                           .record = r->uid,
                           .code = code};
  st = sheet_fill_address(s, &names, record_get(r, FIELD_URL), text_str(&t), d, e);
  text_free(&t);
  return st ? st : d->failed ? error_nomem(e) : ST_OK;
}
