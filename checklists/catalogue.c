/* The catalogue in memory: names of its enumerations, finding, owning, and who is asked for what.
 *
 * Reading the files is catalogue_load.c, a county's changes are tailoring.c.  Every string of a catalogue is
 * allocated by itself, so that the workbook can build one from its tables and catalogue_free() fits both.
 */
#include "checklists/catalogue.h"
#include "base/text.h"
#include "checklists/catalogue_rules.h"

#include <stdlib.h>
#include <string.h>

/* ---- names */

const char *const cadence_keys[] = {"standing", "event",    "before", "monthly",
                                    "quarterly", "halfyear", "annual", NULL};
static const char *const cadence_words[] = {N_("长期"), N_("逐次"),   N_("事前"), N_("每月"),
                                            N_("每季"), N_("每半年"), N_("每年")};
const char *const level_keys[] = {"county", "township", "village", NULL};
static const char *const level_words[] = {N_("县级"), N_("乡级"), N_("村级"), N_("部门")};
const char *const channel_names[] = {"政府网站",   "政府公报",     "两微一端",   "发布会听证会", "广播电视",
                                     "纸质媒体",   "公开查阅点",   "政务服务中心", "便民服务站",   "入户现场",
                                     "村公示栏",   "精准推送",     "其他",       NULL};
const char *const item_field_names[] = {"level1", "level2",    "content",  "basis",    "deadline",
                                        "notice", "publisher", "channels", "audience", "mode",
                                        "levels", "review",    NULL};

const char *channel_name(int i) {
  return i >= 0 && i < CHANNEL_COUNT ? channel_names[i] : NULL;
}

int channel_find(const char *name) {
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if (strcmp(channel_names[i], name) == 0) return i;
  return -1;
}

const char *cadence_key(enum cadence c) { return cadence_keys[c]; }
const char *cadence_name(enum cadence c) { return _(cadence_words[c]); }
const char *level_key(enum level l) { return l == LEVEL_DEPARTMENT ? "department" : level_keys[l]; }
const char *level_name(enum level l) { return _(level_words[l]); }

int level_find(const char *word) {
  for (int l = 0; l < LEVEL_COUNT; l++) {
    const char *const names[] = {level_key((enum level)l), level_words[l], _(level_words[l])};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (strcmp(names[i], word) == 0) return l;
  }
  return -1;
}

const char *item_field_name(enum item_field f) { return item_field_names[f]; }
enum period_kind cadence_period(enum cadence c) {
  static const enum period_kind kind[CAD_COUNT] = {[CAD_MONTHLY] = PERIOD_MONTH, [CAD_QUARTERLY] = PERIOD_QUARTER,
                                                   [CAD_HALFYEAR] = PERIOD_HALF, [CAD_ANNUAL] = PERIOD_YEAR};
  return kind[c];
}

bool cadence_recurs(enum cadence c) { return cadence_period(c) != PERIOD_NONE; }

void span_add_cn(struct text *out, struct span s) {
  if (s.unit == SPAN_NONE) text_add(out, _("及时"));
  else text_addf(out, s.unit == SPAN_WORKDAYS ? _("%d个工作日") : _("%d日"), s.n);
}

/* ---- owning: the texts of an item and of a domain, as tables for freeing and copying */

static const size_t item_texts[] = {
    offsetof(struct item, id),
    offsetof(struct item, level1),
    offsetof(struct item, level2),
    offsetof(struct item, deadline_text),
    offsetof(struct item, event),
    offsetof(struct item, publisher),
    offsetof(struct item, audience),
    offsetof(struct item, remark),
    offsetof(struct item, superseded_by),
    offsetof(struct item, review.proposer),
    offsetof(struct item, review.reviewer),
    offsetof(struct item, review.approver),
    offsetof(struct item, dropped),
    offsetof(struct item, assigned),
};
static const size_t item_lists[] = {offsetof(struct item, content), offsetof(struct item, basis),
                                    offsetof(struct item, same_as), offsetof(struct item, review.signers)};
static const size_t domain_texts[] = {
  offsetof(struct domain, no),              offsetof(struct domain, slug),
  offsetof(struct domain, name),            offsetof(struct domain, guideline_title),
  offsetof(struct domain, guideline_issuer), offsetof(struct domain, guideline_document),
  offsetof(struct domain, guideline_date),  offsetof(struct domain, notes),
};
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TEXT_AT(base, offset) ((char **)(void *)((char *)(base) + (offset)))
#define LIST_AT(base, offset) ((struct strings *)(void *)((char *)(base) + (offset)))

void strings_free(struct strings *s) {
  for (size_t i = 0; i < s->n; i++) free(s->s[i]);
  free(s->s);
  *s = (struct strings){0};
}

static bool strings_copy(struct strings *to) {
  struct strings from = *to;
  *to = (struct strings){0};
  if (from.n == 0) return true;
  to->s = calloc(from.n, sizeof *to->s);
  if (to->s == NULL) return false;
  for (; to->n < from.n; to->n++)
    if ((to->s[to->n] = str_dup(from.s[to->n])) == NULL) return false;
  return true;
}

/* base holds a shallow copy: replace its texts by texts of its own.  All are replaced even after a failure,
 * so that freeing the copy never frees the original. */
static bool own_texts(void *base, const size_t *offsets, size_t n) {
  bool ok = true;
  for (size_t i = 0; i < n; i++) {
    char **at = TEXT_AT(base, offsets[i]);
    if (*at != NULL && (*at = str_dup(*at)) == NULL) ok = false;
  }
  return ok;
}

static void free_texts(void *base, const size_t *offsets, size_t n) {
  for (size_t i = 0; i < n; i++) free(*TEXT_AT(base, offsets[i]));
}

static void item_free_fields(struct item *item) {
  free_texts(item, item_texts, COUNT(item_texts));
  for (size_t i = 0; i < COUNT(item_lists); i++) strings_free(LIST_AT(item, item_lists[i]));
  *item = (struct item){0};
}

static bool item_copy(struct item *to, const struct item *from) {
  *to = *from;
  bool ok = own_texts(to, item_texts, COUNT(item_texts));
  for (size_t i = 0; i < COUNT(item_lists); i++)
    if (!strings_copy(LIST_AT(to, item_lists[i]))) ok = false;
  return ok;
}

void catalogue_free(struct catalogue *c) {
  if (c == NULL) return;
  for (size_t i = 0; i < c->n_items; i++) item_free_fields(&c->items[i]);
  for (size_t i = 0; i < c->n_domains; i++) free_texts(&c->domains[i], domain_texts, COUNT(domain_texts));
  free(c->items);
  free(c->domains);
  free(c->asked);
  free(c->edition);
  free(c);
}

struct catalogue *catalogue_copy(const struct catalogue *from) {
  struct catalogue *to = calloc(1, sizeof *to);
  if (to == NULL) return NULL;
  to->edition = str_dup(from->edition);
  to->domains = calloc(from->n_domains + 1, sizeof *to->domains);
  to->items = calloc(from->n_items + 1, sizeof *to->items);
  bool ok = to->edition && to->domains && to->items;
  for (; ok && to->n_domains < from->n_domains; to->n_domains++) {
    to->domains[to->n_domains] = from->domains[to->n_domains];
    ok = own_texts(&to->domains[to->n_domains], domain_texts, COUNT(domain_texts));
  }
  for (; ok && to->n_items < from->n_items; to->n_items++)
    ok = item_copy(&to->items[to->n_items], &from->items[to->n_items]);
  if (ok && catalogue_seal(to)) return to;
  catalogue_free(to);
  return NULL;
}

/* ---- finding */

int catalogue_find(const struct catalogue *c, const char *id) {
  size_t low = 0, high = c->n_items;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    int order = strcmp(c->items[mid].id, id);
    if (order == 0) return (int)mid;
    if (order < 0) low = mid + 1;
    else high = mid;
  }
  return -1;
}

const char *item_title(const struct item *item) {
  return str_empty(item->level2) ? item->level1 : item->level2;
}

int catalogue_find_domain(const struct catalogue *c, const char *no) {
  for (size_t i = 0; i < c->n_domains; i++) {
    const struct domain *d = &c->domains[i];
    if (strcmp(d->no, no) == 0 || strcmp(d->slug, no) == 0 || strcmp(d->name, no) == 0) return (int)i;
  }
  return -1;
}

/* ---- who is asked */

/* Does the item as such ask something at that level, whatever other items there are? */
static bool asks_itself(const struct item *item, enum level level) {
  return (item->levels >> level & 1) && item->mode == MODE_ACTIVE && item->superseded_by == NULL &&
         item->dropped == NULL;
}

static bool names_same(const struct item *item, const char *id) {
  for (size_t i = 0; i < item->same_as.n; i++)
    if (strcmp(item->same_as.s[i], id) == 0) return true;
  return false;
}

/* Filled once: under one of the ids it is the same as.  Where two name each other, the first asks. */
static bool asked_elsewhere(const struct catalogue *c, size_t i, enum level level) {
  const struct item *item = &c->items[i];
  for (size_t k = 0; k < item->same_as.n; k++) {
    int other = catalogue_find(c, item->same_as.s[k]);
    if (other < 0 || (size_t)other == i || !asks_itself(&c->items[other], level)) continue;
    if (names_same(&c->items[other], item->id) && i < (size_t)other) continue;
    return true;
  }
  return false;
}

/* The county and its departments count as one here: an item that a department answers for moves from the
 * county's bit to the departments' bit, and what is the same as it stays silent in both. */
bool catalogue_seal(struct catalogue *c) {
  free(c->asked);
  c->asked = calloc(c->n_items + 1, sizeof *c->asked);
  if (c->asked == NULL) return false;
  for (size_t i = 0; i < c->n_items; i++) {
    for (enum level l = LEVEL_COUNTY; l <= LEVEL_VILLAGE; l++) {
      if (!asks_itself(&c->items[i], l) || asked_elsewhere(c, i, l)) continue;
      enum level to = l == LEVEL_COUNTY && c->items[i].assigned ? LEVEL_DEPARTMENT : l;
      c->asked[i] |= (uint8_t)(1u << to);
    }
  }
  return true;
}

bool catalogue_asks(const struct catalogue *c, int item, enum level level, const char *unit_code) {
  if (!(c->asked[item] >> level & 1)) return false;
  return level != LEVEL_DEPARTMENT || strcmp(c->items[item].assigned, unit_code) == 0;
}

bool catalogue_allows(const struct catalogue *c, int item, enum level level) {
  return c->items[item].levels >> (level == LEVEL_DEPARTMENT ? LEVEL_COUNTY : level) & 1;
}
