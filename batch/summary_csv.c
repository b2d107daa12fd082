/* The summary as CSV for a spreadsheet: the same columns whatever it is grouped by, empty where not
 * grouped; a rate as a fraction of one beside its numerator and denominator, "—" without one. */
#include "base/csv.h"
#include "batch/summary_write.h"

static const char *const head[] = {
  "period", "on", "unit", "name", "township", "domain", "domain_name", "item", "item_name",
  "slots", "published", "late", "none", "pending", "overdue", "unchecked", "fill", "disclosure", "on_time",
  "fill_num", "fill_den", "disclosure_num", "disclosure_den", "on_time_num", "on_time_den",
};

struct writing {
  const struct summary *s;
  struct summary_sink *k;
  struct text period;
  char on[16];
};

static void add(struct writing *w, const char *cell) { csv_add(&w->k->text, cell, false, true); }

static void add_number(struct writing *w, uint32_t n) { text_addf(&w->k->text, ",%u", n); }

static void add_fraction(struct writing *w, struct rate r) {
  if (r.den == 0) add(w, "—");
  else text_addf(&w->k->text, ",%.4f", (double)r.num / r.den);
}

static void add_place(struct writing *w, const struct summary_group *g) {
  size_t n;
  const struct unit *units = wb_units(w->s->wb, &n), *u = g->unit >= 0 ? &units[g->unit] : NULL;
  add(w, u != NULL ? u->code : "");
  add(w, u != NULL ? u->name : "");
  add(w, u != NULL ? units[u->township].name : "");
}

static bool add_row(const struct summary_group *g, void *ctx) {
  struct writing *w = ctx;
  const struct catalogue *c = wb_catalogue(w->s->wb);
  struct rate rate[] = { tally_fill(g->tally), tally_disclosure(g->tally), tally_on_time(g->tally) };
  csv_add(&w->k->text, text_str(&w->period), true, true);
  add(w, w->on);
  add_place(w, g);
  add(w, g->domain >= 0 ? c->domains[g->domain].no : "");
  add(w, g->domain >= 0 ? c->domains[g->domain].name : "");
  add(w, g->item >= 0 ? c->items[g->item].id : "");
  add(w, g->item >= 0 ? item_title(&c->items[g->item]) : "");
  add_number(w, tally_slots(g->tally));
  for (int i = 0; i < STATE_COUNT; i++) add_number(w, g->tally->state[i]);
  for (int i = 0; i < 3; i++) add_fraction(w, rate[i]);
  for (int i = 0; i < 3; i++) {
    add_number(w, rate[i].num);
    add_number(w, rate[i].den);
  }
  text_add(&w->k->text, "\r\n");
  return summary_flush(w->k);
}

void summary_csv(const struct summary *s, struct summary_sink *k) {
  struct writing w = { .s = s, .k = k };
  period_add(&w.period, slots_period(s->plan));
  day_iso(slots_on(s->plan), w.on);
  text_add(&k->text, "\xEF\xBB\xBF"); /* spreadsheets take a file without it for the local code page */
  for (size_t i = 0; i < sizeof head / sizeof *head; i++) csv_add(&k->text, head[i], i == 0, false);
  text_add(&k->text, "\r\n");
  summary_each(s, add_row, &w);
  text_free(&w.period);
}
