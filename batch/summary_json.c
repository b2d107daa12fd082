/* The summary as JSON, "mingbai.summary/1": a key that is not grouped by is absent, a rate without a
 * denominator is null. */
#include "base/json.h"
#include "batch/summary_write.h"

struct writing {
  const struct summary *s;
  struct summary_sink *k;
  struct json j;
};

static void add_rate(struct json *j, const char *key, struct rate r) {
  char part[40];
  json_ratio(j, key, r.num, r.den);
  snprintf(part, sizeof part, "%s_num", key);
  json_int(j, part, r.num);
  snprintf(part, sizeof part, "%s_den", key);
  json_int(j, part, r.den);
}

static bool add_group(const struct summary_group *g, void *ctx) {
  struct writing *w = ctx;
  struct json *j = &w->j;
  size_t n;
  const struct unit *units = wb_units(w->s->wb, &n);
  const struct catalogue *c = wb_catalogue(w->s->wb);
  json_nl(j);
  json_open(j, NULL, '{');
  if (g->unit >= 0) {
    json_str(j, "unit", units[g->unit].code);
    json_str(j, "name", units[g->unit].name);
  }
  if (w->s->by_domain) json_str(j, "domain", c->domains[g->domain].no);
  if (w->s->by_item == SUMMARY_BY_ITEM) json_str(j, "item", c->items[g->item].id);
  json_int(j, "slots", tally_slots(g->tally));
  for (int i = 0; i < STATE_COUNT; i++) json_int(j, state_key((enum slot_state)i), g->tally->state[i]);
  add_rate(j, "fill", tally_fill(g->tally));
  add_rate(j, "disclosure", tally_disclosure(g->tally));
  add_rate(j, "on_time", tally_on_time(g->tally));
  json_close(j, '}');
  return summary_flush(w->k);
}

void summary_json(const struct summary *s, struct summary_sink *k) {
  struct writing w = { .s = s, .k = k };
  struct text period = { 0 };
  char on[16];
  json_init(&w.j, &k->text);
  period_add(&period, slots_period(s->plan));
  json_open(&w.j, NULL, '{');
  json_str(&w.j, "schema", "mingbai.summary/1");
  json_str(&w.j, "period", text_str(&period));
  json_str(&w.j, "on", day_iso(slots_on(s->plan), on));
  json_open(&w.j, "groups", '[');
  summary_each(s, add_group, &w);
  json_nl(&w.j);
  json_close(&w.j, ']');
  json_close(&w.j, '}');
  text_addc(&k->text, '\n');
  text_free(&period);
}
