/* Finding and ranking.  Lists are bounded and kept in order while they are filled, so a row costs the same
 * whether ten things are found or a hundred thousand.
 */
#include "tui/search.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 800       /* records between two looks at the keyboard */
#define DAY_DIGITS 4    /* digits that may mean a day */
#define CODE_DIGITS 6   /* digits that may stand inside a code */
#define LOOSE_LETTERS 3 /* letters that may leave characters out between */
#define LOOSE_GAP 8     /* characters left out at a place */
#define LOOSE_ITEMS 8   /* shown of those */

/* How well a name fits; what fits loosely has the characters left out added. */
enum { LEFT_OUT_MOST = 63 };
enum {
  FIT_WHOLE = 0,
  FIT_BEGINS = 1 << 6,
  FIT_INSIDE = 2 << 6,
  FIT_GROUP = 3 << 6,
  FIT_DOMAIN = 4 << 6,
  FIT_LOOSE = 5 << 6,
  FIT_NONE = 6 << 6
};
/* How near a unit is. */
enum { NEAR_HERE, NEAR_BY, NEAR_NOT, NEARS };

static bool asked(const struct search *s, int item, int unit) {
  const struct unit *u = ui_unit(s->ui, unit);
  return catalogue_asks(s->ui->catalogue, item, u->level, u->code);
}

bool search_init(struct search *s, struct ui *ui, int unit) {
  s->ui = ui;
  s->unit = unit;
  s->item = -1;
  s->of_unit = calloc(ui->n_units, sizeof *s->of_unit);
  s->of_item = calloc(ui->catalogue->n_items, sizeof *s->of_item);
  s->in_use = calloc(ui->catalogue->n_items, sizeof *s->in_use);
  if (s->of_unit == NULL || s->of_item == NULL || s->in_use == NULL) return false;
  for (int i = 0; (size_t)i < ui->catalogue->n_items; i++)
    for (int u = 0; (size_t)u < ui->n_units && !s->in_use[i]; u++) s->in_use[i] = asked(s, i, u);
  return true;
}

static void forget(struct found_list *l) {
  for (int i = 0; i < l->n; i++) free(l->row[i].title);
  l->n = 0;
  l->total = 0;
}

void search_fini(struct search *s) {
  for (int k = 0; k < FOUND_KINDS; k++) forget(&s->list[k]);
  free(s->of_unit);
  free(s->of_item);
  free(s->in_use);
}

/* First how it fits, then how near it is, then how much was left out. */
static int score(int fit, int near) {
  return ((fit >> 6) * NEARS + near) << 6 | (fit & LEFT_OUT_MOST);
}

int search_rank(const struct found *f) {
  return (f->score >> 6) / NEARS;
}

bool search_is_loose(const struct found *f) {
  return search_rank(f) >= FIT_LOOSE >> 6;
}

/* ---- words */

static void add_word(struct search *s, const char *word, size_t n) {
  struct pinyin_query *q = &s->word[s->words];
  pinyin_query_set(q, word, n);
  if (q->n == 0) return;
  s->all |= 1u << s->words;
  s->words++;
}

static void split(struct search *s, const char *typed) {
  static const char wide[] = "　";
  s->words = 0;
  s->all = 0;
  for (const char *p = typed; *p != '\0' && s->words < SEARCH_WORDS; ) {
    size_t n = strcspn(p, " ");
    const char *blank = strstr(p, wide);
    if (blank != NULL && (size_t)(blank - p) < n) n = (size_t)(blank - p);
    add_word(s, p, n);
    p += n;
    if (*p == ' ') p++;
    else if (*p != '\0') p += sizeof wide - 1;
  }
}

static bool only_digits(const struct pinyin_query *q, int at_least) {
  for (int i = 0; i < q->n; i++)
    if (q->cp[i] < '0' || q->cp[i] > '9') return false;
  return q->n >= at_least;
}

static int fit_of(const char *name, const struct pinyin_hit *hit) {
  if (hit->begin > 0) return FIT_INSIDE;
  return name[hit->end] == '\0' ? FIT_WHOLE : FIT_BEGINS;
}

static bool all_chinese(const struct pinyin_query *q) {
  for (int i = 0; i < q->n; i++)
    if (q->cp[i] < 0x80) return false;
  return true;
}

static bool may_be_loose(const struct pinyin_query *q, bool letters) {
  return all_chinese(q) || (letters && q->n >= LOOSE_LETTERS && !only_digits(q, 1));
}

/* *left_out: characters between those that were looked for; letters: they too may leave some out. */
static bool hit_of(const struct search *s, int w, bool letters, const char *name, struct pinyin_hit *hit,
                   int *left_out) {
  const struct pinyin_query *q = &s->word[w];
  *left_out = 0;
  if (pinyin_find(q, name, hit)) return true;
  if (!may_be_loose(q, letters) || !pinyin_find_loose(q, name, LOOSE_GAP, hit)) return false;
  *left_out = -q->n;
  for (size_t at = hit->begin; at < hit->end; at++) *left_out += (name[at] & 0xC0) != 0x80;
  return true;
}

bool search_hit(const struct search *s, int w, const char *name, struct pinyin_hit *hit) {
  int left_out;
  return hit_of(s, w, true, name, hit, &left_out);
}

/* Words that stand in a name, as bits; *fit becomes that of the best of them if it is better. */
static unsigned words_in(const struct search *s, bool letters, const char *name, uint16_t *fit) {
  unsigned found = 0;
  for (int w = 0; w < s->words; w++) {
    struct pinyin_hit hit;
    int left_out;
    if (!hit_of(s, w, letters, name, &hit, &left_out)) continue;
    found |= 1u << w;
    if (left_out > LEFT_OUT_MOST) left_out = LEFT_OUT_MOST;
    int r = left_out == 0 ? fit_of(name, &hit) : FIT_LOOSE + left_out;
    if (r < *fit) *fit = (uint16_t)r;
  }
  return found;
}

/* A name that many items share: a single letter says nothing there, nor do letters far apart. */
static unsigned words_in_shared(const struct search *s, const char *name, int worst, uint16_t *fit) {
  unsigned found = 0;
  struct pinyin_hit hit;
  for (int w = 0; w < s->words; w++) {
    const struct pinyin_query *q = &s->word[w];
    if (q->n < 2 || name == NULL) continue;
    bool there = pinyin_find(q, name, &hit);
    if (!there && all_chinese(q)) there = pinyin_find_loose(q, name, LOOSE_GAP, &hit);
    if (there) found |= 1u << w;
  }
  if (found != 0 && worst < *fit) *fit = (uint16_t)worst;
  return found;
}

/* Codes are found from their beginning, unless many digits are given. */
static unsigned words_in_code(const struct search *s, const char *code, int inside, uint16_t *fit) {
  unsigned found = 0;
  for (int w = 0; w < s->words; w++) {
    struct pinyin_hit hit;
    if (!only_digits(&s->word[w], 1) || !pinyin_find(&s->word[w], code, &hit)) continue;
    if (hit.begin > 0 && s->word[w].n < inside) continue;
    found |= 1u << w;
    int r = fit_of(code, &hit);
    if (r < *fit) *fit = (uint16_t)r;
  }
  return found;
}

/* ---- rows, in order of score; of the same score the first found stands first */

static void keep(struct search *s, enum found_kind kind, struct found f, const char *title) {
  struct found_list *l = &s->list[kind];
  l->total++;
  if (l->n == SEARCH_KEPT && l->row[l->n - 1].score <= f.score) return;
  if (title != NULL) f.title = str_dup(title);
  if (l->n == SEARCH_KEPT) free(l->row[--l->n].title);
  int at = l->n;
  while (at > 0 && l->row[at - 1].score > f.score) at--;
  memmove(&l->row[at + 1], &l->row[at], (size_t)(l->n - at) * sizeof l->row[0]);
  l->row[at] = f;
  l->n++;
}

static int nearness(const struct search *s, int unit) {
  if (s->unit < 0 || unit == s->unit) return s->unit < 0 ? NEAR_NOT : NEAR_HERE;
  const struct unit *here = ui_unit(s->ui, s->unit), *there = ui_unit(s->ui, unit);
  bool village = here->level == LEVEL_VILLAGE && here->township == there->township;
  return village || ui_is_below(s->ui, unit, s->unit) ? NEAR_BY : NEAR_NOT;
}

bool search_has_item(const struct search *s, const struct found *f) {
  return f->unit >= 0 && asked(s, f->item, f->unit);
}

static void find_units(struct search *s) {
  for (int i = 0; (size_t)i < s->ui->n_units; i++) {
    const struct unit *u = ui_unit(s->ui, i);
    struct words_of *w = &s->of_unit[i];
    w->fit = FIT_NONE;
    w->own = (uint8_t)(words_in(s, s->loose, u->name, &w->fit) |
                       words_in_code(s, u->code, CODE_DIGITS, &w->fit));
    w->any = w->own;
    if (u->parent >= 0 && u->parent < i) w->any |= s->of_unit[u->parent].any;
    bool here = s->item < 0 ? w->own != 0 : asked(s, s->item, i);
    if (w->any != s->all || !here) continue;
    struct found f = { .unit = i, .item = s->item, .score = score(w->fit, nearness(s, i)) };
    keep(s, FOUND_UNIT, f, NULL);
  }
}

/* What everybody says for the long name.  Its sheets are called by it too: 低保公示. */
static unsigned words_in_usual(const struct search *s, const struct item *item, uint16_t *fit) {
  static const struct { const char *name, *usual; } names[] = {
    { "最低生活保障", "低保公示" }, { "特困人员", "五保公示" }, { "危房改造", "危改公示" },
    { "医疗保险", "医保" },         { "养老保险", "社保" },     { "生育", "计生" },
  };
  unsigned found = 0;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    bool group = item->level1 != NULL && strstr(item->level1, names[i].name) != NULL;
    if (!group && strstr(item_title(item), names[i].name) == NULL) continue;
    for (int w = 0; w < s->words; w++) {
      struct pinyin_hit hit;
      if (s->word[w].n < 2 || !pinyin_find(&s->word[w], names[i].usual, &hit)) continue;
      if (hit.begin > 0) continue; /* 公示 alone says nothing */
      found |= 1u << w;
      if (*fit > FIT_BEGINS) *fit = FIT_BEGINS;
    }
  }
  return found;
}

static void judge_item(struct search *s, int no) {
  const struct item *item = ui_item(s->ui, no);
  struct words_of *w = &s->of_item[no];
  w->fit = FIT_NONE;
  unsigned found = words_in(s, true, item_title(item), &w->fit);
  found |= words_in_code(s, item->id, CODE_DIGITS, &w->fit);
  if (found != s->all || w->fit >= FIT_LOOSE) found |= words_in_usual(s, item, &w->fit);
  if (found != s->all) found |= words_in_shared(s, item->level1, FIT_GROUP, &w->fit);
  if (found != s->all)
    found |= words_in_shared(s, s->ui->catalogue->domains[item->domain].name, FIT_DOMAIN, &w->fit);
  w->any = (uint8_t)found;
}

/* What is filled once under another number is found there. */
static void judge_as_same(struct search *s, int no) {
  const struct item *item = ui_item(s->ui, no);
  const struct words_of *own = &s->of_item[no];
  for (size_t k = 0; k < item->same_as.n && own->any == s->all && !s->in_use[no]; k++) {
    int other = catalogue_find(s->ui->catalogue, item->same_as.s[k]);
    if (other < 0 || !s->in_use[other]) continue;
    struct words_of *w = &s->of_item[other];
    if (w->any != s->all || own->fit < w->fit) *w = *own;
  }
}

static void find_items(struct search *s) {
  int n = (int)s->ui->catalogue->n_items;
  for (int i = 0; i < n; i++) judge_item(s, i);
  for (int i = 0; i < n; i++) judge_as_same(s, i);
  for (int i = 0; i < n; i++) {
    if (s->of_item[i].any != s->all || !s->in_use[i]) continue;
    int near = s->unit >= 0 && asked(s, i, s->unit) ? NEAR_HERE : NEAR_NOT;
    struct found f = { .unit = s->unit, .item = i, .score = score(s->of_item[i].fit, near) };
    keep(s, FOUND_ITEM, f, NULL);
  }
}

/* Some words name the unit, the others the item. */
static void find_pairs(struct search *s) {
  size_t n_items = s->ui->catalogue->n_items;
  for (int u = 0; (size_t)u < s->ui->n_units; u++) {
    const struct words_of *wu = &s->of_unit[u];
    if (wu->own == 0 || wu->any == s->all) continue;
    for (int i = 0; (size_t)i < n_items; i++) {
      const struct words_of *wi = &s->of_item[i];
      if (wi->any == 0 || wi->any == s->all || (unsigned)(wu->any | wi->any) != s->all) continue;
      if ((wu->own & ~wi->any) == 0 || !asked(s, i, u)) continue;
      int fit = wu->fit > wi->fit ? wu->fit : wi->fit;
      struct found f = { .unit = u, .item = i, .score = score(fit, nearness(s, u)) };
      keep(s, FOUND_ITEM, f, NULL);
    }
  }
}

static bool has_letters(const struct search *s) {
  for (int w = 0; w < s->words; w++)
    if (s->word[w].n >= LOOSE_LETTERS && s->word[w].letter[0] != 0) return true;
  return false;
}

static int exact_items(const struct search *s) {
  const struct found_list *l = &s->list[FOUND_ITEM];
  int n = 0;
  while (n < l->n && !search_is_loose(&l->row[n])) n++;
  return n;
}

/* Letters far apart fit much: what they find so is shown where nothing fits better, and few of it. */
static void trim_loose(struct search *s) {
  struct found_list *l = &s->list[FOUND_ITEM];
  int exact = exact_items(s), most = exact > 0 ? exact : LOOSE_ITEMS;
  if (s->loose || !has_letters(s) || l->n <= most) return;
  l->total = l->n = most;
}

static void find_names(struct search *s) {
  for (int k = 0; k < FOUND_KINDS; k++) forget(&s->list[k]);
  if (s->words > 0 || s->item >= 0) find_units(s);
  if (s->words == 0 || s->item >= 0) return;
  find_items(s);
  if (s->words > 1) find_pairs(s);
  trim_loose(s);
}

void search_start(struct search *s, const char *typed) {
  s->loose = false;
  split(s, typed);
  find_names(s);
  s->from = s->words > 0 && s->item < 0 ? INT64_MAX : 0;
}

/* ---- records */

static unsigned words_in_day(const struct search *s, day d) {
  char iso[16];
  unsigned found = 0;
  struct pinyin_hit hit;
  if (d == DAY_NONE) return 0;
  day_iso(d, iso);
  for (int w = 0; w < s->words; w++)
    if (only_digits(&s->word[w], DAY_DIGITS) && pinyin_find(&s->word[w], iso, &hit)) found |= 1u << w;
  return found;
}

/* One word is looked for in the record's own words only; several may lie in the names of unit and item too. */
static bool take_head(const struct record_head *h, void *ctx) {
  struct search *s = ctx;
  uint16_t fit = FIT_NONE;
  if (h->unit < 0) return true;
  unsigned found = words_in(s, s->loose, h->title, &fit);
  if (found != s->all) found |= words_in_day(s, h->event_on != DAY_NONE ? h->event_on : h->published_on);
  if (s->words > 1) found |= (unsigned)(s->of_unit[h->unit].any | s->of_item[h->item].any);
  if (found != s->all) return true;
  struct found f = { .unit = h->unit,
                     .item = h->item,
                     .no = h->no,
                     .recurrence = h->period,
                     .event = h->event_on != DAY_NONE ? h->event_on : h->published_on,
                     .none = h->none,
                     .score = score(fit, nearness(s, h->unit)) };
  keep(s, FOUND_RECORD, f, h->title);
  return true;
}

static bool nothing_exact(const struct search *s) {
  return s->list[FOUND_UNIT].n + exact_items(s) + s->list[FOUND_RECORD].n == 0;
}

enum status search_work(struct search *s, bool *more, struct error *e) {
  *more = s->from > 0;
  if (s->from == 0) return ST_OK;
  enum status st = wb_titles(s->ui->wb, &s->from, PIECE, take_head, s, e);
  if (st == ST_OK && s->from == 0 && !s->loose && nothing_exact(s) && has_letters(s)) {
    s->loose = true;
    find_names(s);
    s->from = INT64_MAX;
  }
  *more = st == ST_OK && s->from > 0;
  return st;
}
