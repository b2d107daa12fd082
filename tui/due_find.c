/* Finding the day's work unit by unit: counts of all units, entries of those kept.  See due.h. */
#include "base/array.h"
#include "tui/due.h"

#include <stdlib.h>
#include <string.h>

#define MANY_UNITS 100 /* more are folded, and their entries not kept */
#define KEPT_COST 200  /* of a unit whose entries are kept and sorted, in records */

/* ---- counts */

/* domain -1: of all domains together. */
static uint16_t *count_of(const struct due *v, int unit, int domain) {
  return v->count + ((size_t)(domain + 1) * (size_t)v->n_units + (size_t)(unit - v->first)) * DUE_KINDS;
}

static void add_units(const struct due *v, int first, int last, int domain, uint32_t sum[DUE_KINDS]) {
  const uint16_t *count = count_of(v, first, domain);
  for (int unit = first; unit <= last; unit++)
    for (int k = 0; k < DUE_KINDS; k++) sum[k] += *count++;
}

bool due_sum(const struct due *v, const struct due_line *h, uint32_t sum[DUE_KINDS]) {
  uint32_t all = 0;
  int first = h->unit < 0 ? v->first : h->unit;
  int last = h->unit < 0 ? v->last : h->town ? ui_last_below(v->ui, h->unit) : h->unit;
  memset(sum, 0, DUE_KINDS * sizeof *sum);
  add_units(v, first, last, h->domain, sum);
  for (int k = 0; k < DUE_KINDS; k++) all += sum[k];
  return all > 0;
}

/* Take what a unit counts out of the totals, before it is counted again. */
static void uncount(struct due *v, int unit) {
  uint32_t sum[DUE_KINDS] = { 0 }, all = 0;
  add_units(v, unit, unit, -1, sum);
  for (int k = 0; k < DUE_KINDS; k++) {
    v->total[k] -= sum[k];
    all += sum[k];
  }
  for (int d = -1; d < (int)v->n_domains && all > 0; d++)
    memset(count_of(v, unit, d), 0, DUE_KINDS * sizeof *v->count);
}

static void uncount_to(struct due *v, int end) {
  while (v->fresh < end) uncount(v, v->fresh++);
}

/* ---- order */

static int by_number(int64_t a, int64_t b) {
  return a < b ? -1 : a > b;
}

static bool is_heap(const struct due_entry *e) {
  return e->kind == DUE_NONE || e->kind == DUE_CHECK;
}

/* Entries of one kind and item have periods of one kind, so their packed form is in order of time. */
static int by_period(const struct due_entry *a, const struct due_entry *b) {
  return by_number(period_pack(a->period), period_pack(b->period));
}

static int by_domain(const struct due *v, const struct due_entry *a, const struct due_entry *b) {
  return by_number(ui_item(v->ui, a->item)->domain, ui_item(v->ui, b->item)->domain);
}

int due_compare(const struct due *v, const struct due_entry *a, const struct due_entry *b) {
  int order = v->by_domain ? by_domain(v, a, b) : 0;
  if (order != 0) return order;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  order = is_heap(a) ? by_period(a, b) : by_number(a->due, b->due);
  if (order == 0 && is_heap(a)) order = by_domain(v, a, b);
  if (order == 0) order = by_number(a->item, b->item);
  if (order == 0) order = by_period(a, b);
  return order != 0 ? order : by_number(a->no, b->no);
}

static int compare(const void *a, const void *b, void *v) {
  return due_compare(v, a, b);
}

static void sort_unit(struct due *v, struct due_unit *u) {
  if (u->n > 1) qsort_r(u->entry, u->n, sizeof *u->entry, compare, v);
}

void due_sort(struct due *v) {
  for (int i = 0; i < v->n_units; i++) sort_unit(v, &v->unit[i]);
}

/* ---- entries */

static void keep(struct due *v, struct due_unit *u, const struct due_entry *entry) {
  if (ARRAY_ROOM(u->entry, u->n, u->cap)) u->entry[u->n++] = *entry;
  else v->failed = true;
}

static enum due_kind kind_of(const struct due *v, const struct todo_entry *e) {
  static const enum due_kind kinds[TODO_KINDS] = { DUE_OVERDUE, DUE_SOON, DUE_TAKE_DOWN, DUE_NONE };
  return e->kind == TODO_CONFIRM && ui_item(v->ui, e->item)->cadence == CAD_STANDING ? DUE_CHECK
                                                                                     : kinds[e->kind];
}

static void take_entry(const struct todo_entry *e, void *ctx) {
  struct due *v = ctx;
  struct due_unit *u = &v->unit[e->unit - v->first];
  enum due_kind kind = kind_of(v, e);
  uncount_to(v, e->unit + 1);
  uint16_t *all = count_of(v, e->unit, -1) + kind;
  if (*all == UINT16_MAX) return; /* nobody has that much; the sums stay right */
  ++*all;
  ++count_of(v, e->unit, ui_item(v->ui, e->item)->domain)[kind];
  v->total[kind]++;
  if (u->kept)
    keep(v, u, &(struct due_entry){ .no = e->no,
                                    .due = e->due,
                                    .from = e->from,
                                    .period = e->period,
                                    .item = (uint16_t)e->item,
                                    .kind = (uint8_t)kind });
}

/* Marks of entries that are still there; both are in order.  Returns the first new entry, or NULL. */
static const struct due_entry *keep_marks(const struct due *v, const struct due_unit *old,
                                          struct due_unit *new) {
  const struct due_entry *news = NULL;
  for (uint32_t i = 0, k = 0; k < new->n;) {
    int order = i < old->n ? due_compare(v, &old->entry[i], &new->entry[k]) : 1;
    if (order == 0) new->entry[k].marked = old->entry[i].marked;
    if (order > 0 && news == NULL) news = &new->entry[k];
    if (order <= 0) i++;
    if (order >= 0) k++;
  }
  return news;
}

void due_drop_unit(struct due *v, int unit) {
  struct due_unit *u = &v->unit[unit - v->first];
  free(u->entry);
  *u = (struct due_unit){ 0 };
}

/* Look at units from *next on, each in place of what it counted before. */
static enum status count_units(struct due *v, int *next, int last, int budget, struct error *e) {
  v->fresh = *next;
  enum status st = todo_units(v->finder, next, last, budget, take_entry, v, e);
  uncount_to(v, *next);
  if (st == ST_OK && v->failed) st = error_nomem(e);
  v->failed = false;
  return st;
}

/* *news: an entry that was not there before; NULL when there is none, or when entries were not kept. */
static enum status count_unit(struct due *v, int unit, bool wanted, const struct due_entry **news,
                              struct error *e) {
  struct due_unit *u = &v->unit[unit - v->first], old = *u;
  int next = unit;
  *u = (struct due_unit){ .kept = old.kept || wanted || !v->many };
  enum status st = count_units(v, &next, unit, 1, e);
  if (st != ST_OK) { /* as it was, until it can be read */
    free(u->entry);
    *u = old;
    *news = NULL;
    return st;
  }
  sort_unit(v, u);
  *news = keep_marks(v, &old, u);
  if (!old.kept) *news = NULL;
  free(old.entry);
  return ST_OK;
}

enum status due_count_unit(struct due *v, int unit, bool wanted, struct error *e) {
  const struct due_entry *ignored;
  return count_unit(v, unit, wanted, &ignored, e);
}

enum status due_count_news(struct due *v, int unit, struct error *e) {
  const struct due_entry *news;
  enum status st = count_unit(v, unit, false, &news, e);
  if (st == ST_OK && news != NULL)
    v->spot = (struct due_spot){
      .line = { .unit = unit, .domain = ui_item(v->ui, news->item)->domain, .n = 1 }, .entry = *news
    };
  return st;
}

/* Those of which entries are kept one by one, the others together. */
static enum status count_run(struct due *v, int *budget, struct error *e) {
  int end = v->next;
  if (v->unit[v->next - v->first].kept || !v->many) {
    *budget -= KEPT_COST;
    return due_count_unit(v, v->next++, true, e);
  }
  while (end < v->last && !v->unit[end + 1 - v->first].kept) end++;
  enum status st = count_units(v, &v->next, end, *budget, e);
  *budget = 0;
  return st;
}

enum status due_count_some(struct due *v, int budget, struct error *e) {
  enum status st = ST_OK;
  while (v->next <= v->last && budget > 0 && st == ST_OK) st = count_run(v, &budget, e);
  if (v->next > v->last) v->complete = true;
  return st;
}

/* ---- titles: one event is told from another by its own */

static bool take_title(const struct record_head *head, void *ctx) {
  struct due_title *t = ctx;
  size_t n = strlen(head->title), most = sizeof t->text - 1;
  for (; n > most || (n > 0 && (head->title[n] & 0xC0) == 0x80); n--) {} /* not within a character */
  if (head->no == t->no) memcpy(t->text, head->title, n);
  return false;
}

const char *due_title(struct due *v, const struct due_entry *entry) {
  struct due_title *t = &v->title[(uint64_t)entry->no % DUE_TITLES];
  int64_t from = entry->no + 1;
  if (entry->no == 0 || cadence_recurs(ui_item(v->ui, entry->item)->cadence)) return "";
  if (t->no == entry->no) return t->text;
  *t = (struct due_title){ .no = entry->no };
  enum status unread = wb_titles(v->ui->wb, &from, 1, take_title, t, NULL); /* then it has none for now */
  (void)unread;
  return t->text;
}

/* ---- life */

static bool several_towns(const struct ui *ui, int first, int last) {
  int n = 0;
  for (int i = first; i <= last; i++) n += ui_unit(ui, i)->level == LEVEL_TOWNSHIP;
  return n > 1;
}

bool due_start(struct due *v, struct ui *ui, int unit) {
  v->ui = ui;
  v->first = unit < 0 ? 0 : unit;
  v->last = ui_last_below(ui, unit);
  v->n_units = v->last - v->first + 1;
  v->n_domains = ui->catalogue->n_domains;
  v->many = v->n_units > MANY_UNITS;
  v->towns = v->many && several_towns(ui, v->first, v->last);
  v->by_domain = v->n_units == 1;
  v->next = v->first;
  size_t units = (size_t)v->n_units;
  v->unit = calloc(units, sizeof *v->unit);
  v->count = calloc(units * (v->n_domains + 1) * DUE_KINDS, sizeof *v->count);
  v->toggled = calloc(units * (v->n_domains + 1) * 2, sizeof *v->toggled);
  v->toggled_domain = calloc(v->n_domains, sizeof *v->toggled_domain);
  return v->unit != NULL && v->count != NULL && v->toggled != NULL && v->toggled_domain != NULL;
}

void due_forget(struct due *v) {
  for (int i = 0; i < v->n_units && v->unit != NULL; i++) free(v->unit[i].entry);
  todo_finder_free(v->finder);
  free(v->unit);
  free(v->count);
  free(v->toggled);
  free(v->toggled_domain);
  free(v->line);
  targets_free(&v->targets);
}
