/* Export of slots: one row for each thing that had to be disclosed in a period, with its state.
 *
 * Records come in order of unit and item; those of one unit and item are gathered, and between two such
 * groups stand the items without a record.
 */
#include "base/array.h"
#include "batch/export.h"
#include <stdlib.h>
#include <string.h>

struct slot_export {
  struct sink *sink;
  const struct unit *units;
  size_t n_units;
  const struct catalogue *catalogue;
  const struct slot_plan *plan;
  size_t next_unit, next_item; /* the pair to be written next */
  int unit, item;              /* the pair being gathered; unit -1: none */
  struct slot_record *records; /* owned, of that pair */
  char **uid;                  /* owned, of each */
  size_t n, cap;
  bool go_on;
};

static void write_slot(const struct slot *slot, void *ctx) {
  struct slot_export *x = ctx;
  const struct item *item = &x->catalogue->items[x->next_item];
  struct text recurrence = {0};
  char due[16];
  period_add(&recurrence, slot->recurrence);
  sink_row(x->sink);
  sink_cell(x->sink, "unit", x->units[x->next_unit].code);
  sink_cell(x->sink, "unit_name", x->units[x->next_unit].name);
  sink_cell(x->sink, "item", item->id);
  sink_cell(x->sink, "item_name", item_title(item));
  sink_cell(x->sink, "domain", x->catalogue->domains[item->domain].no);
  sink_cell(x->sink, "state", state_key(slot->state));
  sink_cell(x->sink, "state_name", state_name(slot->state));
  sink_cell(x->sink, "due", day_iso(slot->due, due));
  sink_cell(x->sink, "recurrence", text_str(&recurrence));
  sink_cell(x->sink, "uid", slot->record >= 0 ? x->uid[slot->record] : "");
  x->go_on = sink_row_end(x->sink);
  text_free(&recurrence);
}

/* Write the pair that is next, with the gathered records if it is theirs, and step on. */
static void write_pair(struct slot_export *x) {
  const struct unit *u = &x->units[x->next_unit];
  bool theirs = x->unit == (int)x->next_unit && x->item == (int)x->next_item;
  if (catalogue_asks(x->catalogue, (int)x->next_item, u->level, u->code)) {
    slots_list(x->plan, (int)x->next_item, x->records, theirs ? (int)x->n : 0, write_slot, x);
  }
  if (++x->next_item == x->catalogue->n_items) {
    x->next_item = 0;
    x->next_unit++;
  }
}

static void forget_records(struct slot_export *x) {
  for (size_t i = 0; i < x->n; i++) {
    free(x->uid[i]);
  }
  x->n = 0;
}

/* Write every pair before unit and item, the gathered one included. */
static void write_until(struct slot_export *x, size_t unit, size_t item) {
  while (x->go_on && (x->next_unit < unit || (x->next_unit == unit && x->next_item < item))) {
    write_pair(x);
  }
  forget_records(x);
}

static bool gather(const struct record *r, void *ctx) {
  struct slot_export *x = ctx;
  struct slot_record s = {.no = r->no};
  if (r->unit != x->unit || r->item != x->item) {
    write_until(x, (size_t)r->unit, (size_t)r->item);
    x->unit = r->unit;
    x->item = r->item;
  }
  size_t cap = x->cap; /* of both */
  bool room = ARRAY_ROOM(x->records, x->n, cap) && ARRAY_ROOM(x->uid, x->n, x->cap);
  if (!room || (x->uid[x->n] = str_dup(r->uid)) == NULL) {
    x->sink->st = error_nomem(&x->sink->e);
    return false;
  }
  if (!period_parse(record_get(r, FIELD_PERIOD), &s.period)) {
    memset(&s.period, 0, sizeof s.period);
  }
  s.event_on = record_day(r, FIELD_EVENT);
  s.published_on = record_day(r, FIELD_PUBLISHED);
  s.removed_on = record_day(r, FIELD_REMOVED);
  s.none = !str_empty(record_get(r, FIELD_NONE));
  x->records[x->n++] = s;
  return x->go_on;
}

static enum status write_all(struct slot_export *x, struct workbook *wb) {
  static const char *const columns[] = {"unit",  "unit_name",  "item", "item_name",  "domain",
                                        "state", "state_name", "due",  "recurrence", "uid"};
  sink_head(x->sink, "mingbai.slots/1", "slots", columns, sizeof columns / sizeof columns[0]);
  enum status st = wb_records(wb, -1, -1, gather, x, &x->sink->e);
  if (st == ST_OK && x->sink->st == ST_OK && x->catalogue->n_items > 0) {
    write_until(x, x->n_units, 0);
  }
  return st == ST_OK ? x->sink->st : st;
}

enum status export_slots(struct sink *s, struct workbook *wb, struct period p) {
  struct slot_export x = {.sink = s, .catalogue = wb_catalogue(wb), .unit = -1, .item = -1, .go_on = true};
  const struct calendar *calendar = app_calendar(s->app);
  if (calendar == NULL) {
    return error_set(&s->e, ST_CONFIG, "export.calendar", _("工作日历读不出来，算不出期限"));
  }
  struct slot_plan *plan = slots_plan(x.catalogue, calendar, p, s->app->on);
  if (plan == NULL) {
    return error_nomem(&s->e);
  }
  x.plan = plan;
  x.units = wb_units(wb, &x.n_units);
  enum status st = write_all(&x, wb);
  forget_records(&x);
  free(x.records);
  free(x.uid);
  slots_plan_free(plan);
  return st;
}
