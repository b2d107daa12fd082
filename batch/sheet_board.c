/* The data of a board sheet (one unit, one domain, one period: the items asked, with state and dates) and
 * of an index sheet (one unit: all its domains with counts and addresses). */
#include "base/text.h"
#include "batch/sheet_fill.h"
#include <stdio.h>
#include <string.h>

/* ---- counts, as every sheet with counts names them */

static void set_rate(struct sheet_data *d, const char *name, struct rate r) {
  if (r.den == 0) sheet_set(d, name, "—");
  else sheet_setf(d, name, "%.1f%%（%u/%u）", 100.0 * r.num / r.den, (unsigned)r.num, (unsigned)r.den);
}

static uint32_t done_of(const struct tally *t) {
  return t->state[STATE_PUBLISHED] + t->state[STATE_LATE] + t->state[STATE_NONE];
}

static void fill_counts(const struct tally *t, struct sheet_data *d) {
  static const struct { const char *name; enum slot_state state; } counts[] = {
    {"published", STATE_PUBLISHED}, {"late", STATE_LATE}, {"none", STATE_NONE}, {"pending", STATE_PENDING},
    {"overdue", STATE_OVERDUE}, {"unchecked", STATE_UNCHECKED}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    sheet_setf(d, counts[i].name, "%u", (unsigned)t->state[counts[i].state]);
  sheet_setf(d, "total", "%u", (unsigned)tally_slots(t));
  sheet_setf(d, "done", "%u", (unsigned)done_of(t));
  set_rate(d, "fill", tally_fill(t));
  set_rate(d, "disclosure", tally_disclosure(t));
  set_rate(d, "on_time", tally_on_time(t));
}

static void fill_period(const struct sheet_source *s, struct sheet_data *d) {
  struct text t = {0};
  period_add_cn(&t, slots_period(s->plan));
  sheet_set(d, "period", text_str(&t));
  if (!text_ok(&t)) d->failed = true;
  text_free(&t);
}

/* ---- board */

struct board {
  const struct sheet_source *s;
  const struct unit_records *u;
  struct sheet_data *d;
  struct sheet_rows *rows;
  int item, n_records;
  size_t first;   /* of the item's records */
  struct tally tally;
  struct text text;
};

static const char *keep(struct board *b) {
  if (!text_ok(&b->text)) b->d->failed = true;
  const char *s = sheet_copy(b->d, text_str(&b->text), b->text.len);
  text_clear(&b->text);
  return s ? s : "";
}

static bool is_unverified(const struct item *item) {
  return !item->verified || (item->unverified & 1u << IF_DEADLINE);
}

static bool overlaps(struct period a, struct period b) {
  return a.year == b.year && (period_months(a) & period_months(b)) != 0;
}

/* Why there is nothing this period: the reasons of all records that say so for a part of it, each once. */
static void add_reasons(struct board *b) {
  const char *last = "";
  for (int i = 0; i < b->n_records; i++) {
    const struct slot_record *r = &b->u->slot[b->first + (size_t)i];
    const char *reason = b->u->held[b->first + (size_t)i].none_reason;
    if (!r->none || !overlaps(r->period, slots_period(b->s->plan)) || str_same(reason, last)) continue;
    text_addf(&b->text, "\n%s", reason);
    last = reason;
  }
}

/* Name, recurrence (if it is not the sheet's own period), 待核; below it the record's title or why there is none. */
static const char *name_cell(struct board *b, const struct item *item, const struct slot *slot) {
  const struct held *h = slot && slot->record >= 0 ? &b->u->held[b->first + (size_t)slot->record] : NULL;
  text_add(&b->text, item_title(item));
  if (slot && slot->recurrence.kind && !period_same(slot->recurrence, slots_period(b->s->plan))) {
    text_add(&b->text, _("（"));
    period_add_cn(&b->text, slot->recurrence);
    text_add(&b->text, _("）"));
  }
  if (is_unverified(item)) text_add(&b->text, _("【待核】"));
  if (slot && slot->state == STATE_NONE && !h) add_reasons(b);
  else if (slot && slot->state == STATE_NONE) text_addf(&b->text, "\n%s", h->none_reason);
  else if (h && *h->title) text_addf(&b->text, "\n%s", h->title);
  return keep(b);
}

static const char *day_cell(struct board *b, day d) {
  if (d == DAY_NONE) return "—";
  day_add_iso(&b->text, d);
  return keep(b);
}

static const char **item_row(struct board *b, const struct slot *slot) {
  const struct item *item = &b->s->catalogue->items[b->item];
  const char **cell = b->rows ? sheet_row(b->d, b->rows) : NULL;
  if (!cell) return NULL;
  cell[ITEM_ID] = item->id;
  cell[ITEM_GROUP] = item->level1;
  cell[ITEM_LIMIT] = item->deadline_text;
  cell[ITEM_NAME] = name_cell(b, item, slot);
  cell[ITEM_PUBLISHED] = cell[ITEM_DUE] = "—";
  return cell;
}

/* On paper in Chinese, whatever language the screen speaks (sheets' own messages stay so in translation). */
static const char *const state_words[STATE_COUNT] = {
  [STATE_PUBLISHED] = "已公开", [STATE_LATE] = "逾期公开", [STATE_NONE] = "本期无",
  [STATE_PENDING] = "待公开", [STATE_OVERDUE] = "逾期未公开", [STATE_UNCHECKED] = "待确认"};

static void add_slot(const struct slot *slot, void *ctx) {
  struct board *b = ctx;
  b->tally.state[slot->state]++;
  const char **cell = item_row(b, slot);
  if (!cell) return;
  cell[ITEM_STATE] = state_words[slot->state];
  cell[ITEM_OVERDUE] = slot->state == STATE_OVERDUE ? "1" : "";
  cell[ITEM_DUE] = day_cell(b, slot->due);
  bool up = slot->state == STATE_PUBLISHED || slot->state == STATE_LATE;
  if (up && slot->record >= 0)
    cell[ITEM_PUBLISHED] = day_cell(b, b->u->slot[b->first + (size_t)slot->record].published_on);
}

static void add_item(struct board *b, int item) {
  b->item = item;
  b->first = unit_records_find(b->u, item, &b->n_records);
  const struct slot_record *r = b->n_records ? b->u->slot + b->first : NULL;
  struct tally t = {0};
  slots_tally(b->s->plan, item, r, b->n_records, &t);
  b->tally.unchecked_due += t.unchecked_due;
  if (slots_list(b->s->plan, item, r, b->n_records, add_slot, b) > 0) return;
  const char **cell = item_row(b, NULL);
  if (cell) cell[ITEM_STATE] = _("本期未到期");
}

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

static enum status board_address(const struct board *b, int domain, struct error *e) {
  struct text t = {0};
  text_addf(&t, _("单位：%s\n领域：%s\n周期：%s\n应公开%s，已填报%s，截至%s"), sheet_get(b->d, "place"),
            b->s->catalogue->domains[domain].name, sheet_get(b->d, "period"), sheet_get(b->d, "total"),
            sheet_get(b->d, "done"), sheet_get(b->d, "on"));
  struct qr_names names = {.unit = sheet_get(b->d, "unit_code"),
                           .domain = b->s->catalogue->domains[domain].no,
                           .item = "",
                           .record = "",
                           .code = ""};
  enum status st = sheet_fill_address(b->s, &names, NULL, text_str(&t), b->d, e);
  text_free(&t);
  return st;
}

enum status sheet_fill_board(const struct sheet_source *s, const struct unit_records *u, int domain,
                             struct sheet_data *d, struct error *e) {
  size_t n;
  const struct unit *unit = &wb_units(s->wb, &n)[u->unit];
  const struct domain *dom = &s->catalogue->domains[domain];
  struct board b = {.s = s, .u = u, .d = d};
  int unverified = 0;
  sheet_fill_unit(s, u->unit, d);
  fill_period(s, d);
  sheet_set(d, "domain", dom->name);
  sheet_set(d, "domain_no", dom->no);
  sheet_setf(d, "board_title", ends_with(dom->name, "公开") ? _("%s栏") : _("%s公开栏"), dom->name);
  b.rows = sheet_rows_add(d, "items", sheet_item_cells, ITEM_CELL_COUNT);
  for (int i = dom->first; i < dom->first + dom->n; i++) {
    if (!catalogue_asks(s->catalogue, i, unit->level, unit->code)) continue;
    add_item(&b, i);
    unverified += is_unverified(&s->catalogue->items[i]);
  }
  fill_counts(&b.tally, d);
  if (unverified) sheet_setf(d, "unverified", "%d", unverified);
  enum status st = board_address(&b, domain, e);
  text_free(&b.text);
  return st ? st : d->failed ? error_nomem(e) : ST_OK;
}

/* ---- index */

static void domain_tally(const struct sheet_source *s, const struct unit_records *u, int domain,
                         struct tally *t) {
  size_t n;
  const struct unit *unit = &wb_units(s->wb, &n)[u->unit];
  const struct domain *dom = &s->catalogue->domains[domain];
  for (int i = dom->first; i < dom->first + dom->n; i++) {
    int n_records;
    if (!catalogue_asks(s->catalogue, i, unit->level, unit->code)) continue;
    size_t first = unit_records_find(u, i, &n_records);
    slots_tally(s->plan, i, n_records ? u->slot + first : NULL, n_records, t);
  }
}

static enum status domain_row(const struct sheet_source *s, int domain, const struct tally *t,
                              struct sheet_rows *rows, struct sheet_data *d, struct error *e) {
  const struct domain *dom = &s->catalogue->domains[domain];
  struct sheet_data own = {0}; /* for the address, which sheet_fill_address() sets by name */
  struct text text = {0};
  char total[16], done[16], overdue[16];
  snprintf(total, sizeof total, "%u", (unsigned)tally_slots(t));
  snprintf(done, sizeof done, "%u", (unsigned)done_of(t));
  snprintf(overdue, sizeof overdue, "%u", (unsigned)t->state[STATE_OVERDUE]);
  text_addf(&text, _("%s\n%s，%s\n已填报%s/%s"), sheet_get(d, "place"), dom->name, sheet_get(d, "period"),
            done, total);
  struct qr_names names = {
      .unit = sheet_get(d, "unit_code"), .domain = dom->no, .item = "", .record = "", .code = ""};
  enum status st = sheet_fill_address(s, &names, NULL, text_str(&text), &own, e);
  const char **cell = st ? NULL : sheet_row(d, rows);
  text_free(&text);
  if (cell) {
    const char *address = sheet_get(&own, "address");
    cell[DOMAIN_NO] = dom->no;
    cell[DOMAIN_NAME] = dom->name;
    cell[DOMAIN_TOTAL] = sheet_copy(d, total, strlen(total));
    cell[DOMAIN_DONE] = sheet_copy(d, done, strlen(done));
    cell[DOMAIN_OVERDUE] = t->state[STATE_OVERDUE] ? sheet_copy(d, overdue, strlen(overdue)) : "";
    cell[DOMAIN_ADDRESS] = sheet_copy(d, address, strlen(address));
    sheet_set(d, "qr_hint", sheet_get(&own, "qr_hint"));
  }
  sheet_data_fini(&own);
  return st;
}

enum status sheet_fill_index(const struct sheet_source *s, const struct unit_records *u, struct sheet_data *d,
                             struct error *e) {
  struct tally all = {0};
  enum status st = ST_OK;
  sheet_fill_unit(s, u->unit, d);
  fill_period(s, d);
  struct sheet_rows *rows = sheet_rows_add(d, "domains", sheet_domain_cells, DOMAIN_CELL_COUNT);
  for (size_t i = 0; rows && i < s->catalogue->n_domains && !st; i++) {
    struct tally t = {0};
    if (sheet_domain_asks(s, u->unit, (int)i) == 0) continue;
    domain_tally(s, u, (int)i, &t);
    tally_add(&all, &t);
    st = domain_row(s, (int)i, &t, rows, d, e);
  }
  fill_counts(&all, d);
  return st ? st : d->failed ? error_nomem(e) : ST_OK;
}
