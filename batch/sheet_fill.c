/* What every kind of sheet says: the unit, its telephone, the address behind the QR code; and the records
 * of a unit as board and index read them. */
#include "batch/sheet_fill.h"
#include "base/array.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* ---- a unit's records */

struct reader { struct unit_records *u; bool failed; };

static struct period period_value(const struct record *r) {
  struct period p = {0};
  if (*record_get(r, FIELD_PERIOD) && !period_parse(record_get(r, FIELD_PERIOD), &p)) p = (struct period){0};
  return p;
}

static bool hold(const struct record *r, void *ctx) {
  struct reader *reader = ctx;
  struct unit_records *u = reader->u;
  size_t cap = u->cap; /* of both */
  if (!ARRAY_ROOM(u->slot, u->n, cap) || !ARRAY_ROOM(u->held, u->n, u->cap)) {
    reader->failed = true;
    return false;
  }
  const char *title = record_get(r, FIELD_TITLE), *none = record_get(r, FIELD_NONE);
  u->slot[u->n] = (struct slot_record){.no = r->no,
                                       .period = period_value(r),
                                       .event_on = record_day(r, FIELD_EVENT),
                                       .published_on = record_day(r, FIELD_PUBLISHED),
                                       .removed_on = record_day(r, FIELD_REMOVED),
                                       .none = *none != '\0'};
  u->held[u->n] = (struct held){.item = r->item, .title = sheet_copy(&u->memory, title, strlen(title)),
                                .none_reason = sheet_copy(&u->memory, none, strlen(none)),
                                .uid = sheet_copy(&u->memory, r->uid, strlen(r->uid))};
  u->n++;
  return true;
}

enum status unit_records_read(struct unit_records *u, struct workbook *wb, int unit, struct error *e) {
  struct reader reader = {.u = u};
  u->n = 0;
  u->unit = unit;
  sheet_data_fini(&u->memory);
  enum status st = wb_records(wb, unit, -1, hold, &reader, e);
  if (!st && (reader.failed || u->memory.failed)) st = error_nomem(e);
  u->read = !st;
  return st;
}

void unit_records_fini(struct unit_records *u) {
  sheet_data_fini(&u->memory);
  free(u->slot);
  free(u->held);
  memset(u, 0, sizeof *u);
}

size_t unit_records_find(const struct unit_records *u, int item, int *n) {
  size_t low = 0, high = u->n;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (u->held[middle].item < item) low = middle + 1;
    else high = middle;
  }
  for (high = low; high < u->n && u->held[high].item == item; high++)
    ;
  *n = (int)(high - low);
  return low;
}

/* ---- what all kinds say */

static bool begins_with(const char *s, const char *begin) {
  return strncmp(s, begin, strlen(begin)) == 0;
}

static const char *const level_words[LEVEL_COUNT] = {"县级", "乡级", "村级", "部门"}; /* paper is Chinese */

void sheet_fill_unit(const struct sheet_source *s, int unit, struct sheet_data *d) {
  size_t n;
  const struct unit *units = wb_units(s->wb, &n), *u = &units[unit], *top = u;
  const struct unit *township = &units[u->township];
  struct text t = {0};
  while (top->parent >= 0) top = &units[top->parent];
  sheet_set(d, "unit", u->name);
  sheet_set(d, "unit_code", u->code);
  sheet_set(d, "township", u->level == LEVEL_VILLAGE ? township->name : "");
  sheet_set(d, "county", top->name);
  sheet_set(d, "level", level_words[u->level]);
  bool whole = begins_with(u->name, top->name);
  if (top != u && !whole) text_add(&t, top->name);
  if (u->level == LEVEL_VILLAGE && !whole && !begins_with(u->name, township->name))
    text_add(&t, township->name);
  text_add(&t, u->name);
  sheet_set(d, "place", text_str(&t));
  text_clear(&t);
  day_add_cn(&t, s->on);
  sheet_set(d, "on", text_str(&t));
  sheet_set(d, "telephone", settings_telephone(s->settings, u->code));
  const char *office = settings_office(s->settings, u->code);
  sheet_set(d, "office", str_empty(office) ? u->name : office);
  if (!text_ok(&t)) d->failed = true;
  text_free(&t);
}

enum status sheet_fill_address(const struct sheet_source *s, const struct qr_names *names, const char *own,
                               const char *text, struct sheet_data *d, struct error *e) {
  struct text t = {0};
  bool link = true;
  enum status st = ST_OK;
  if (!str_empty(s->settings->url)) st = qr_address(&t, s->settings->url, names, e);
  else if (!str_empty(own)) text_add(&t, own);
  else link = false;
  if (!link) text_add(&t, text);
  if (!st && !text_ok(&t)) st = error_nomem(e);
  sheet_set(d, "address", text_str(&t));
  sheet_set(d, "qr_hint", link ? _("扫码查看网上公开的内容") : _("扫码可核对单位、事项和日期"));
  text_free(&t);
  return st;
}

int sheet_domain_asks(const struct sheet_source *s, int unit, int domain) {
  size_t n_units;
  const struct unit *u = &wb_units(s->wb, &n_units)[unit];
  const struct domain *dom = &s->catalogue->domains[domain];
  int n = 0;
  for (int i = dom->first; i < dom->first + dom->n; i++)
    n += catalogue_asks(s->catalogue, i, u->level, u->code);
  return n;
}
