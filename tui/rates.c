/* Counts of units and domains: the counts of an empty unit, corrected by its records. */
#include "tui/rates.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static void add_base(const struct ui *ui, enum level level, const char *code, struct tally *all,
                     struct tally *by_domain) {
  for (size_t i = 0; i < ui->catalogue->n_items; i++) {
    if (!catalogue_asks(ui->catalogue, (int)i, level, code)) continue;
    tally_add(all ? all : &by_domain[ui->catalogue->items[i].domain], slots_empty(ui->plan, (int)i));
  }
}

/* Departments are asked by their code, so their base is not that of a level. */
static void prepare_base(struct ui *ui) {
  if (ui->base_ready) return;
  memset(ui->base, 0, sizeof ui->base);
  for (int level = 0; level < LEVEL_COUNT; level++)
    if (level != LEVEL_DEPARTMENT) add_base(ui, (enum level)level, "", &ui->base[level], NULL);
  ui->base_ready = true;
}

/* Records of one unit and item, gathered while scanning. */
struct gather {
  struct ui *ui;
  struct tally *all, *by_domain;
  int unit, item;
  struct slot_record *record;
  size_t n, cap;
  bool failed;
};

static void flush(struct gather *g) {
  const struct unit *u = g->n > 0 ? ui_unit(g->ui, g->unit) : NULL;
  if (u != NULL && catalogue_asks(g->ui->catalogue, g->item, u->level, u->code)) {
    struct tally *t = g->all ? g->all : &g->by_domain[ui_item(g->ui, g->item)->domain];
    slots_tally(g->ui->plan, g->item, g->record, (int)g->n, t);
    tally_subtract(t, slots_empty(g->ui->plan, g->item));
  }
  g->n = 0;
}

static bool gather_one(int unit, int item, const struct slot_record *r, void *ctx) {
  struct gather *g = ctx;
  if (unit != g->unit || item != g->item) flush(g);
  g->unit = unit;
  g->item = item;
  if (!ARRAY_ROOM(g->record, g->n, g->cap)) {
    g->failed = true;
    return false;
  }
  g->record[g->n++] = *r;
  return true;
}

static enum status correct(struct gather *g, int first, int last, struct error *e) {
  enum status st = wb_scan_range(g->ui->wb, first, last, gather_one, g, e);
  flush(g);
  free(g->record);
  return st == ST_OK && g->failed ? error_nomem(e) : st;
}

enum status rates_units(struct ui *ui, int first, int last, struct tally *t, struct error *e) {
  prepare_base(ui);
  for (int i = first; i <= last; i++) {
    const struct unit *u = ui_unit(ui, i);
    if (u->level == LEVEL_DEPARTMENT) add_base(ui, u->level, u->code, t, NULL);
    else tally_add(t, &ui->base[u->level]);
  }
  struct gather g = { .ui = ui, .all = t, .unit = -1, .item = -1 };
  return correct(&g, first, last, e);
}

enum status rates_domains(struct ui *ui, int unit, struct tally *t, struct error *e) {
  const struct unit *u = ui_unit(ui, unit);
  add_base(ui, u->level, u->code, NULL, t);
  struct gather g = { .ui = ui, .by_domain = t, .unit = -1, .item = -1 };
  return correct(&g, unit, unit, e);
}

int rates_items(const struct ui *ui, int unit, int domain) {
  const struct unit *u = ui_unit(ui, unit);
  const struct domain *d = &ui->catalogue->domains[domain];
  int n = 0;
  for (int i = d->first; i < d->first + d->n; i++) n += catalogue_asks(ui->catalogue, i, u->level, u->code);
  return n;
}

void rate_add(struct text *out, struct rate r) {
  if (r.den == 0) {
    text_add(out, "—");
    return;
  }
  /* Rounded half up to one decimal in whole numbers, but never up to 100% or down to 0%. */
  unsigned long long mille = ((unsigned long long)r.num * 2000 + r.den) / (2ULL * r.den);
  if (mille >= 1000 && r.num < r.den) mille = 999;
  if (mille == 0 && r.num > 0) mille = 1;
  text_addf(out, "%llu.%llu%% %u/%u", mille / 10, mille % 10, r.num, r.den);
}
