/* Lines of the day's work: groups, and in the unfolded ones their rows.
 *
 * By unit: a heading for each unit, of a county one for each township and in it one for each unit.
 * By domain: a heading for each domain, and in it the rows of all units, or of a county the townships and
 * units again.  One unit alone has no heading but those of its domains.
 */
#include "base/array.h"
#include "tui/due.h"

#include <string.h>

#define NOWHERE (-2)

/* ---- folding */

static bool *toggled(const struct due *v, const struct due_line *h) {
  size_t domain = (size_t)(h->domain + 1), unit = (size_t)(h->unit - v->first);
  if (h->unit < 0) return &v->toggled_domain[h->domain];
  return &v->toggled[(domain * (size_t)v->n_units + unit) * 2 + h->town];
}

bool due_is_open(const struct due *v, const struct due_line *h) {
  return *toggled(v, h) != !v->many;
}

void due_toggle(struct due *v, const struct due_line *h) {
  bool *t = toggled(v, h);
  *t = !*t;
}

/* ---- making lines */

static void add_line(struct due *v, const struct due_line *line) {
  if (ARRAY_ROOM(v->line, v->n_lines, v->cap_lines)) v->line[v->n_lines++] = *line;
  else v->failed = true;
}

static int domain_of(const struct due *v, const struct due_entry *e) {
  return ui_item(v->ui, e->item)->domain;
}

/* Are they confirmed together? */
static bool same_heap(const struct due *v, const struct due_entry *a, const struct due_entry *b) {
  return a->kind == b->kind && (a->kind == DUE_NONE || a->kind == DUE_CHECK) &&
         period_same(a->period, b->period) && domain_of(v, a) == domain_of(v, b);
}

/* Rows of a unit's entries from..end. */
static void add_rows(struct due *v, int unit, uint32_t from, uint32_t end) {
  const struct due_unit *u = &v->unit[unit - v->first];
  for (uint32_t i = from; i < end;) {
    uint32_t n = 1;
    while (i + n < end && same_heap(v, &u->entry[i], &u->entry[i + n])) n++;
    add_line(v, &(struct due_line){ .unit = unit, .domain = domain_of(v, &u->entry[i]), .first = i, .n = n });
    i += n;
  }
}

/* The first entry of a unit, sorted by domain and kind, that is of that kind of that domain or later. */
static uint32_t find(const struct due *v, const struct due_unit *u, int domain, int kind) {
  uint32_t low = 0, high = u->n;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    const struct due_entry *e = &u->entry[mid];
    int d = domain_of(v, e);
    if (d < domain || (d == domain && e->kind < kind)) low = mid + 1;
    else high = mid;
  }
  return low;
}

/* Of a unit, of all domains or one, when its heading is open.  Entries not kept are found first. */
static void add_unit_rows(struct due *v, int unit, int domain) {
  const struct due_unit *u = &v->unit[unit - v->first];
  struct error e = { 0 };
  if (!u->kept && due_count_unit(v, unit, true, &e) != ST_OK) {
    ui_fail(v->ui, &e);
    v->view.generation = 0; /* again at the next key */
  }
  if (domain < 0) add_rows(v, unit, 0, u->n);
  else add_rows(v, unit, find(v, u, domain, 0), find(v, u, domain + 1, 0));
}

static bool add_heading(struct due *v, const struct due_line *h) {
  uint32_t sum[DUE_KINDS];
  if (!due_sum(v, h, sum)) return false;
  for (int k = 0; k < DUE_KINDS; k++)
    if (sum[k] > v->most[k]) v->most[k] = sum[k];
  add_line(v, h);
  return due_is_open(v, h);
}

static void add_unit(struct due *v, int unit, int domain, int depth) {
  if (add_heading(v, &(struct due_line){ .unit = unit, .domain = domain, .depth = (uint8_t)depth }))
    add_unit_rows(v, unit, domain);
}

static void add_units(struct due *v, int domain, int depth) {
  for (int unit = v->first; unit <= v->last; unit++) {
    int last = unit;
    if (v->towns && ui_unit(v->ui, unit)->level == LEVEL_TOWNSHIP) last = ui_last_below(v->ui, unit);
    if (last == unit) {
      add_unit(v, unit, domain, depth);
      continue;
    }
    struct due_line h = { .unit = unit, .domain = domain, .depth = (uint8_t)depth, .town = true };
    bool open = add_heading(v, &h);
    for (; open && unit <= last; unit++) add_unit(v, unit, domain, depth + 1);
    unit = last;
  }
}

static void add_domain(struct due *v, int domain) {
  if (!add_heading(v, &(struct due_line){ .unit = -1, .domain = domain })) return;
  if (v->many) {
    add_units(v, domain, 1);
    return;
  }
  for (int kind = 0; kind < DUE_KINDS; kind++)
    for (int unit = v->first; unit <= v->last; unit++) {
      const struct due_unit *u = &v->unit[unit - v->first];
      add_rows(v, unit, find(v, u, domain, kind), find(v, u, domain, kind + 1));
    }
}

static void make_lines(struct due *v) {
  v->n_lines = v->name_cols = 0;
  memset(v->most, 0, sizeof v->most);
  if (v->by_domain)
    for (size_t d = 0; d < v->n_domains; d++) add_domain(v, (int)d);
  else if (v->n_units == 1)
    add_unit_rows(v, v->first, -1);
  else
    add_units(v, -1, 0);
}

/* ---- the same place among other lines */

const struct due_entry *due_entry_of(const struct due *v, const struct due_line *l) {
  return l->n > 0 ? &v->unit[l->unit - v->first].entry[l->first] : NULL;
}

static int compare_rows(const struct due *v, const struct due_spot *a, const struct due_spot *b) {
  if (a->line.n == 0 || b->line.n == 0) return (a->line.n > 0) - (b->line.n > 0);
  bool flat = v->by_domain && !v->many;
  if (flat && a->entry.kind != b->entry.kind) return a->entry.kind < b->entry.kind ? -1 : 1;
  if (flat && a->line.unit != b->line.unit) return a->line.unit < b->line.unit ? -1 : 1;
  return same_heap(v, &a->entry, &b->entry) ? 0 : due_compare(v, &a->entry, &b->entry);
}

/* The order of lines, that of make_lines(). */
static int compare(const struct due *v, const struct due_spot *a, const struct due_spot *b) {
  const struct due_line *x = &a->line, *y = &b->line;
  if (v->by_domain && x->domain != y->domain) return x->domain < y->domain ? -1 : 1;
  if ((x->unit < 0) != (y->unit < 0)) return x->unit < 0 ? -1 : 1;
  bool flat = v->by_domain && !v->many;
  if (!flat && x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
  if (x->town != y->town) return x->town ? -1 : 1;
  return compare_rows(v, a, b);
}

static struct due_spot spot_of(const struct due *v, int i) {
  struct due_spot s = { .line = v->line[i] };
  if (s.line.n > 0) s.entry = *due_entry_of(v, &s.line);
  return s;
}

/* The line there, or the next one; a row rather than the heading before it. */
static int place_of(const struct due *v, const struct due_spot *was) {
  int low = 0, high = v->n_lines;
  while (low < high) {
    int mid = low + (high - low) / 2;
    struct due_spot s = spot_of(v, mid);
    if (compare(v, &s, was) < 0) low = mid + 1;
    else high = mid;
  }
  while (was->line.n > 0 && low + 1 < v->n_lines && v->line[low].n == 0 && v->line[low + 1].n > 0) low++;
  return low < v->n_lines ? low : v->n_lines - 1;
}

/* ---- saving and building */

void due_mark(struct due *v, const struct due_line *l, bool on) {
  struct due_entry *entry = v->unit[l->unit - v->first].entry;
  for (uint32_t i = l->first; i < l->first + l->n; i++) entry[i].marked = on;
}

const struct due_line *due_selected(const struct due *v) {
  int i = v->view.list.selected;
  return i >= 0 && i < v->n_lines ? &v->line[i] : NULL;
}

void due_save(struct due *v) {
  bool anywhere = due_selected(v) != NULL;
  if (anywhere) v->spot = spot_of(v, v->view.list.selected);
  else v->spot.line.domain = NOWHERE;
  for (int i = 0; i < v->n_lines; i++)
    if (v->line[i].n > 0) due_mark(v, &v->line[i], list_is_marked(&v->view.list, i));
}

/* At first one stands on the first row, not on the heading above it. */
static int first_row(const struct due *v) {
  return v->n_lines > 1 && v->line[0].n == 0 && v->line[1].n > 0 ? 1 : 0;
}

void due_rebuild(struct due *v) {
  struct list *l = &v->view.list;
  make_lines(v);
  list_unmark(l);
  for (int i = 0; i < v->n_lines; i++)
    if (v->line[i].n > 0 && due_entry_of(v, &v->line[i])->marked) list_mark(l, &due_list_ops, v, i);
  int i = v->spot.line.domain == NOWHERE ? first_row(v) : place_of(v, &v->spot);
  l->top += i - l->selected;
  if (l->top < 0 || l->selected < 0) l->top = 0;
  list_select(l, &due_list_ops, v, i);
}

/* ---- the list */

static int count(void *owner) {
  return ((struct due *)owner)->n_lines;
}

static bool is_row(void *owner, int i) {
  return ((struct due *)owner)->line[i].n > 0;
}

/* Tab stops at headings, and where another kind begins. */
static bool begins(void *owner, int i) {
  const struct due *v = owner;
  const struct due_entry *now = due_entry_of(v, &v->line[i]);
  const struct due_entry *before = i > 0 ? due_entry_of(v, &v->line[i - 1]) : NULL;
  if (now == NULL) return !due_is_open(v, &v->line[i]);
  return before == NULL || before->kind != now->kind;
}

const struct list_ops due_list_ops = { .count = count, .stop = begins, .draw = due_draw_line,
                                       .markable = is_row };
