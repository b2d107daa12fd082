/* Counting for the heat table, see heat.h.  Each unit is counted as on its own screen of domains, so the
 * numbers are the same there; a group is the sum of its units. */
#include "tui/heat.h"
#include "tui/rates.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 16 /* units counted between two looks at the keyboard */

/* ---- rows */

static void add_rows(struct heat *h, const struct ui *ui) {
  if (h->unit >= 0) h->row[h->n++] = (struct heat_row){ .unit = h->unit, .own = true, .last = h->unit };
  for (int i = 0; i < (int)ui->n_units; i++)
    if (ui->units[i].parent == h->unit)
      h->row[h->n++] = (struct heat_row){ .unit = i, .last = ui_last_below(ui, i) };
  if (h->n < 2) return;
  h->row[h->n++] = (struct heat_row){ .unit = h->unit, .sum = true, .last = ui_last_below(ui, h->unit) };
}

enum status heat_init(struct heat *h, const struct ui *ui, int unit, struct error *e) {
  size_t rows = 2;
  for (size_t i = 0; i < ui->n_units; i++) rows += ui->units[i].parent == unit;
  *h = (struct heat){ .unit = unit, .domains = (int)ui->catalogue->n_domains, .counting = -1 };
  h->row = calloc(rows, sizeof *h->row);
  h->cell = calloc(rows * ((size_t)h->domains + 1), sizeof *h->cell);
  h->part = calloc((size_t)h->domains + 1, sizeof *h->part);
  if (h->row == NULL || h->cell == NULL || h->part == NULL) {
    heat_free(h);
    return error_nomem(e);
  }
  add_rows(h, ui);
  return ST_OK;
}

void heat_free(struct heat *h) {
  free(h->row);
  free(h->cell);
  free(h->part);
  *h = (struct heat){ .counting = -1 };
}

int heat_find(const struct heat *h, int unit) {
  for (int i = 0; i < h->n; i++)
    if (!h->row[i].sum && unit >= h->row[i].unit && unit <= h->row[i].last) return i;
  return 0;
}

bool heat_opens(const struct heat *h, int row) {
  const struct heat_row *r = &h->row[row];
  return !r->own && !r->sum && r->last > r->unit;
}

/* ---- counting */

static struct tally *cells(const struct heat *h, int row) {
  return &h->cell[(size_t)row * ((size_t)h->domains + 1)];
}

const struct tally *heat_cell(const struct heat *h, int row, int column) {
  return h->row[row].known ? &cells(h, row)[column] : NULL;
}

void heat_stale(struct heat *h, int unit) {
  bool any = false;
  for (int i = 0; i < h->n; i++) {
    struct heat_row *r = &h->row[i];
    if (r->sum || (unit != -1 && (unit < r->unit || unit > r->last))) continue;
    r->fresh = false;
    any = true;
    if (h->counting == i) h->counting = -1;
  }
  if (any && h->row[h->n - 1].sum) h->row[h->n - 1].fresh = false;
}

void heat_forget(struct heat *h) {
  heat_stale(h, -1);
  for (int i = 0; i < h->n; i++) h->row[i].known = false;
}

static bool wanting(const struct heat *h, int row) {
  return row >= 0 && row < h->n && !h->row[row].fresh && !h->row[row].sum;
}

/* -1: all rows are counted. */
static int choose_row(const struct heat *h, int selected, int first, int seen) {
  if (wanting(h, selected)) return selected;
  for (int i = first; i < first + seen; i++)
    if (wanting(h, i)) return i;
  for (int i = 0; i < h->n; i++)
    if (wanting(h, i)) return i;
  return -1;
}

static void take(struct heat *h, int row, const struct tally *t) {
  struct tally *c = cells(h, row);
  memcpy(c, t, (size_t)h->domains * sizeof *c);
  memset(&c[h->domains], 0, sizeof *c);
  for (int i = 0; i < h->domains; i++) tally_add(&c[h->domains], &c[i]);
  h->row[row].known = h->row[row].fresh = true;
}

/* False: the sum is there already. */
static bool add_up(struct heat *h) {
  int sum = h->n - 1;
  if (!h->row[sum].sum || h->row[sum].fresh) return false;
  memset(h->part, 0, (size_t)h->domains * sizeof *h->part);
  for (int i = 0; i < sum; i++)
    for (int d = 0; d < h->domains; d++) tally_add(&h->part[d], &cells(h, i)[d]);
  take(h, sum, h->part);
  return true;
}

bool heat_work(struct heat *h, struct ui *ui, int selected, int first, int seen, struct error *e) {
  if (h->counting < 0) {
    h->counting = choose_row(h, selected, first, seen);
    if (h->counting < 0) return add_up(h);
    h->next = h->row[h->counting].unit;
    memset(h->part, 0, (size_t)h->domains * sizeof *h->part);
  }
  const struct heat_row *r = &h->row[h->counting];
  for (int i = 0; i < PIECE && h->next <= r->last; i++, h->next++) {
    if (rates_domains(ui, h->next, h->part, e) == ST_OK) continue;
    h->counting = -1;
    return false; /* again when a key was pressed */
  }
  if (h->next <= r->last) return true;
  take(h, h->counting, h->part);
  h->counting = -1;
  return true;
}

/* ---- what a cell says */

const char *heat_name(enum heat_measure m) {
  return m == HEAT_FILL ? _("填报率") : _("公开率");
}

struct rate heat_rate(const struct tally *t, enum heat_measure m) {
  return m == HEAT_FILL ? tally_fill(t) : tally_disclosure(t);
}

const char *heat_sign(const struct tally *t, enum heat_measure m, enum attr *attr) {
  static const char *const tenths[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  struct rate r = heat_rate(t, m);
  *attr = ATTR_DIM;
  if (tally_slots(t) == 0) return ".";
  if (r.den == 0) return "-";
  *attr = ATTR_GOOD;
  if (r.num == r.den) return _("全"); /* a translation has two columns at most */
  unsigned n = (unsigned)((unsigned long long)r.num * 10 / r.den);
  *attr = n < 4 ? ATTR_HEAT_3 : n < 7 ? ATTR_HEAT_2 : ATTR_HEAT_1;
  return tenths[n];
}

static void add_count(struct text *out, const char *name, uint32_t n) {
  if (n > 0) text_addf(out, "　%s %u", name, n);
}

void heat_words(struct text *out, const struct tally *t, enum heat_measure m) {
  if (tally_slots(t) == 0) {
    text_add(out, _("这一周期没有要公开的"));
    return;
  }
  text_addf(out, "%s ", heat_name(m));
  if (heat_rate(t, m).den == 0) text_add(out, _("还没有（没有已到期要公开的）"));
  else rate_add(out, heat_rate(t, m));
  add_count(out, _("逾期"), t->state[STATE_OVERDUE]);
  add_count(out, _("待确认"), t->state[STATE_UNCHECKED]);
  add_count(out, _("待公开"), t->state[STATE_PENDING]);
  add_count(out, _("本期无"), t->state[STATE_NONE]);
}
