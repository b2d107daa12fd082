/* A county's own changes to the catalogue (本地化), kept in a file apart so that a new edition of the standard
 * tables never overwrites them: items dropped with a reason, time limits set, texts reworded, items where
 * silence means none, items that a department answers for, items added (numbers from 90 on).
 *
 * Everything is checked first; the changes are then made on a copy that takes the catalogue's place only when
 * all of them succeeded.  See checklists/tailoring.cfg.example.
 */
#include "base/text.h"
#include "checklists/catalogue_rules.h"

#include <stdlib.h>
#include <string.h>

/* ---- the rules */

static const char *const confirm_values[] = {"implied", "required", NULL};

static const char *check_department(const struct conf *node) {
  const char *s = node->s;
  bool ok = strlen(s) == 16 && strspn(s, "0123456789") == 12 && strncmp(s + 12, "-D", 2) == 0 &&
            strspn(s + 14, "0123456789") == 2;
  return ok ? NULL : _("部门代码：十二位县级代码加 -D 和两位数字，例如 140581000000-D01");
}

#define ID {.name = "id", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = conf_is_item_id}
#define TEXT(key) {.name = key, .type = CONF_STRING, .flags = CONF_NONEMPTY}
#define STRINGS(key) \
  {.name = key, .type = CONF_ARRAY, .flags = CONF_NONEMPTY | CONF_UNIQUE, .element = CONF_STRING}
#define END {.name = NULL}

static const struct conf_rule drop_rules[] = {
  ID, {.name = "reason", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY}, END};
static const struct conf_rule reword_rules[] = {ID, TEXT("level1"), TEXT("level2"), STRINGS("content"),
                                                STRINGS("basis"), TEXT("deadline"), TEXT("publisher"),
                                                TEXT("audience"), TEXT("remark"), END};
static const struct conf_rule confirm_rules[] = {
  {.name = "id", .type = CONF_STRING, .check = conf_is_item_id}, TEXT("domain"),
  {.name = "value", .type = CONF_STRING, .flags = CONF_REQUIRED, .values = confirm_values}, END};
static const struct conf_rule assign_rules[] = {
  {.name = "unit", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = check_department},
  STRINGS("items"), STRINGS("domains"), END};
/* within is an id and a span; the span's rules are the catalogue's own, put in by within_rules(). */
static const struct conf_rule *within_rules(struct conf_rule rules[4]) {
  rules[0] = (struct conf_rule)ID;
  rules[1] = span_rules[0];
  rules[2] = span_rules[1];
  rules[3] = (struct conf_rule)END;
  return rules;
}

static size_t check_shape(const struct conf *root, struct findings *f) {
  struct conf_rule within[4];
  const struct conf_rule rules[] = {
    {.name = "drop", .type = CONF_LIST, .members = drop_rules},
    {.name = "within", .type = CONF_LIST, .members = within_rules(within)},
    {.name = "reword", .type = CONF_LIST, .members = reword_rules},
    {.name = "confirm", .type = CONF_LIST, .members = confirm_rules},
    {.name = "assign", .type = CONF_LIST, .members = assign_rules},
    {.name = "add", .type = CONF_LIST, .members = item_rules},
    END};
  return conf_check(root, rules, f);
}

/* ---- what the rules cannot say */

struct tailoring {
  const struct conf *root;
  const struct catalogue *c;
  struct findings *f;
};

static size_t count_of(const struct conf *list) { return list ? list->n : 0; }

/* Is value at key (or in the array at key) of an element of list before element n? */
static bool said_before(const struct conf *list, size_t n, const char *key, const char *value) {
  for (size_t i = 0; i < n; i++) {
    const struct conf *at = conf_get(list->child[i], key);
    if (at == NULL) continue;
    if (at->type == CONF_STRING && strcmp(at->s, value) == 0) return true;
    for (size_t k = 0; k < at->n; k++)
      if (at->child[k]->type == CONF_STRING && strcmp(at->child[k]->s, value) == 0) return true;
  }
  return false;
}

static bool is_added(const struct tailoring *t, const char *id) {
  const struct conf *add = conf_get(t->root, "add");
  return said_before(add, count_of(add), "id", id);
}

static void check_known(const struct tailoring *t, const struct conf *id) {
  if (id == NULL || id->type != CONF_STRING || item_sequence(id->s, NULL) < 0) return;
  if (catalogue_find(t->c, id->s) < 0 && !is_added(t, id->s))
    conf_report(id, t->f, SEV_ERROR, "tailoring.reference", _("标准目录里没有编号为 %s 的事项"), id->s);
}

/* drop, within, reword: known ids, each once. */
static void check_ids(const struct tailoring *t, const char *section) {
  const struct conf *list = conf_get(t->root, section);
  for (size_t i = 0; i < count_of(list); i++) {
    const struct conf *id = conf_get(list->child[i], "id");
    check_known(t, id);
    if (id && id->type == CONF_STRING && said_before(list, i, "id", id->s))
      conf_report(id, t->f, SEV_ERROR, "tailoring.duplicate", _("%s 在这一段里写了两次"), id->s);
  }
}

/* A county may be stricter than the standard table; laxer is told, not forbidden. */
static void check_within(const struct tailoring *t) {
  const struct conf *list = conf_get(t->root, "within");
  for (size_t i = 0; i < count_of(list); i++) {
    int at = catalogue_find(t->c, conf_str(list->child[i], "id", ""));
    if (at < 0 || cadence_recurs(t->c->items[at].cadence)) continue;
    const struct item *item = &t->c->items[at];
    struct span now = span_read(list->child[i]);
    bool laxer = item->within.unit == SPAN_NONE ? item->cadence != CAD_BEFORE
                 : now.unit != item->within.unit ? false
                 : item->cadence == CAD_BEFORE   ? now.n < item->within.n
                                                 : now.n > item->within.n;
    if (laxer)
      conf_report(list->child[i], t->f, SEV_WARNING, "tailoring.laxer", _("比标准目录的时限（%s）宽，请核对依据"),
                  item->deadline_text);
  }
}

static void check_reword(const struct tailoring *t) {
  const struct conf *list = conf_get(t->root, "reword");
  for (size_t i = 0; i < count_of(list); i++)
    if (list->child[i]->n < 2)
      conf_report(list->child[i], t->f, SEV_ERROR, "tailoring.nothing", "%s",
                  _("没有写要改的内容，例如 level2 或 content"));
}

static bool asks_confirmation(const struct tailoring *t, const char *id) {
  int at = catalogue_find(t->c, id);
  return at < 0 || t->c->items[at].cadence == CAD_EVENT || t->c->items[at].cadence == CAD_BEFORE;
}

static void check_domain(const struct tailoring *t, const struct conf *node) {
  if (node->type == CONF_STRING && catalogue_find_domain(t->c, node->s) < 0)
    conf_report(node, t->f, SEV_ERROR, "tailoring.reference", _("没有领域“%s”；写两位编号或领域名称"), node->s);
}

static void check_confirm(const struct tailoring *t) {
  const struct conf *list = conf_get(t->root, "confirm");
  check_ids(t, "confirm");
  for (size_t i = 0; i < count_of(list); i++) {
    const struct conf *e = list->child[i], *id = conf_get(e, "id"), *domain = conf_get(e, "domain");
    if ((id == NULL) == (domain == NULL))
      conf_report(e, t->f, SEV_ERROR, "tailoring.choice", "%s", _("id 和 domain 要写一个，也只写一个"));
    if (id && id->type == CONF_STRING && !asks_confirmation(t, id->s))
      conf_report(id, t->f, SEV_ERROR, "tailoring.confirm", _("%s 不是逐次或事前公开的事项，没有“本期无”要确认"), id->s);
    if (domain) check_domain(t, domain);
  }
}

static void check_assigned(const struct tailoring *t, const struct conf *list, size_t i, const char *key) {
  const struct conf *values = conf_get(list->child[i], key);
  bool items = strcmp(key, "items") == 0;
  for (size_t k = 0; values && k < values->n; k++) {
    const struct conf *v = values->child[k];
    if (v->type != CONF_STRING) continue;
    if (items && item_sequence(v->s, NULL) < 0)
      conf_report(v, t->f, SEV_ERROR, "tailoring.reference", "%s", _("应当是事项编号，例如 19.05"));
    else if (items) check_known(t, v);
    else check_domain(t, v);
    int at = items ? catalogue_find(t->c, v->s) : -1;
    if (at >= 0 && !catalogue_allows(t->c, at, LEVEL_COUNTY))
      conf_report(v, t->f, SEV_ERROR, "tailoring.level", _("%s 不是县级公开的事项，不能交给部门"), v->s);
    if (said_before(list, i, key, v->s))
      conf_report(v, t->f, SEV_ERROR, "tailoring.duplicate", _("%s 已经交给了另一个部门"), v->s);
  }
}

static void check_assign(const struct tailoring *t) {
  const struct conf *list = conf_get(t->root, "assign");
  for (size_t i = 0; i < count_of(list); i++) {
    if (!conf_get(list->child[i], "items") && !conf_get(list->child[i], "domains"))
      conf_report(list->child[i], t->f, SEV_ERROR, "tailoring.nothing", "%s", _("没有写 items 或 domains"));
    check_assigned(t, list, i, "items");
    check_assigned(t, list, i, "domains");
  }
}

static void check_added_id(const struct tailoring *t, const struct conf *list, size_t i,
                           const struct conf *id) {
  char no[3] = {id->s[0], id->s[1], '\0'};
  if (catalogue_find(t->c, id->s) >= 0)
    conf_report(id, t->f, SEV_ERROR, "tailoring.duplicate", _("编号 %s 已经用过"), id->s);
  else if (item_sequence(id->s, NULL) < ITEM_OWN_FIRST)
    conf_report(id, t->f, SEV_ERROR, "tailoring.id", _("本县增加的事项从 %s.%d 开始编号"), no, ITEM_OWN_FIRST);
  if (catalogue_find_domain(t->c, no) < 0)
    conf_report(id, t->f, SEV_ERROR, "tailoring.reference", _("没有领域 %s"), no);
  if (said_before(list, i, "id", id->s))
    conf_report(id, t->f, SEV_ERROR, "tailoring.duplicate", _("%s 在这一段里写了两次"), id->s);
}

static void check_add(const struct tailoring *t) {
  const struct conf *list = conf_get(t->root, "add");
  for (size_t i = 0; i < count_of(list); i++) {
    const struct conf *e = list->child[i], *id = conf_get(e, "id"), *same = conf_get(e, "same_as");
    if (e->type != CONF_GROUP) continue;
    item_check(e, t->f);
    if (id && id->type == CONF_STRING && item_sequence(id->s, NULL) > 0) check_added_id(t, list, i, id);
    for (size_t k = 0; k < count_of(same); k++) check_known(t, same->child[k]);
    check_known(t, conf_get(e, "superseded_by"));
  }
}

/* ---- the changes, on a catalogue of our own; each is false when memory runs out */

static bool set_text(char **at, const char *s) {
  if (s == NULL) return true;
  char *copy = str_dup(s);
  if (copy == NULL) return false;
  free(*at);
  *at = copy;
  return true;
}

static bool set_strings(struct strings *at, const struct conf *array) {
  if (array == NULL) return true;
  strings_free(at);
  return strings_read(at, array);
}

static struct item *item_of(struct catalogue *c, const struct conf *e) {
  return &c->items[catalogue_find(c, conf_str(e, "id", ""))];
}

static bool apply_drop(struct catalogue *c, const struct conf *e) {
  return set_text(&item_of(c, e)->dropped, conf_str(e, "reason", NULL));
}

static bool apply_within(struct catalogue *c, const struct conf *e) {
  item_of(c, e)->within = span_read(e);
  return true;
}

static bool apply_reword(struct catalogue *c, const struct conf *e) {
  struct item *i = item_of(c, e);
  return set_text(&i->level1, conf_str(e, "level1", NULL)) &&
         set_text(&i->level2, conf_str(e, "level2", NULL)) &&
         set_text(&i->deadline_text, conf_str(e, "deadline", NULL)) &&
         set_text(&i->publisher, conf_str(e, "publisher", NULL)) &&
         set_text(&i->audience, conf_str(e, "audience", NULL)) &&
         set_text(&i->remark, conf_str(e, "remark", NULL)) &&
         set_strings(&i->content, conf_get(e, "content")) && set_strings(&i->basis, conf_get(e, "basis"));
}

static bool is_implied(const struct conf *e) {
  return strcmp(conf_str(e, "value", ""), "implied") == 0;
}

static bool apply_confirm_domain(struct catalogue *c, const struct conf *e) {
  const char *domain = conf_str(e, "domain", NULL);
  if (domain == NULL) return true;
  const struct domain *d = &c->domains[catalogue_find_domain(c, domain)];
  for (int i = d->first; i < d->first + d->n; i++) c->items[i].confirm_implied = is_implied(e);
  return true;
}

static bool apply_confirm_item(struct catalogue *c, const struct conf *e) {
  if (conf_get(e, "id")) item_of(c, e)->confirm_implied = is_implied(e);
  return true;
}

static bool apply_assign_domains(struct catalogue *c, const struct conf *e) {
  const struct conf *domains = conf_get(e, "domains");
  for (size_t k = 0; k < count_of(domains); k++) {
    const struct domain *d = &c->domains[catalogue_find_domain(c, domains->child[k]->s)];
    for (int i = d->first; i < d->first + d->n; i++)
      if (catalogue_allows(c, i, LEVEL_COUNTY) && !set_text(&c->items[i].assigned, conf_str(e, "unit", NULL)))
        return false;
  }
  return true;
}

static bool apply_assign_items(struct catalogue *c, const struct conf *e) {
  const struct conf *items = conf_get(e, "items");
  for (size_t k = 0; k < count_of(items); k++)
    if (!set_text(&c->items[catalogue_find(c, items->child[k]->s)].assigned, conf_str(e, "unit", NULL)))
      return false;
  return true;
}

static int by_item_id(const void *a, const void *b) {
  return strcmp(((const struct item *)a)->id, ((const struct item *)b)->id);
}

/* New items go behind their domain's own; then every domain's range is counted again. */
static bool apply_add(struct catalogue *c, const struct conf *add) {
  if (count_of(add) == 0) return true;
  struct item *items = realloc(c->items, (c->n_items + add->n) * sizeof *items);
  if (items == NULL) return false;
  c->items = items;
  for (size_t i = 0; i < add->n; i++) {
    struct item *item = &items[c->n_items++];
    *item = (struct item){.added = true};
    char no[3] = {0};
    memcpy(no, conf_str(add->child[i], "id", "00"), 2);
    item->domain = catalogue_find_domain(c, no);
    if (!item_read(item, add->child[i])) return false;
  }
  qsort(items, c->n_items, sizeof *items, by_item_id);
  for (size_t d = 0; d < c->n_domains; d++) c->domains[d].n = 0;
  for (size_t i = c->n_items; i-- > 0;) {
    c->domains[items[i].domain].first = (int)i;
    c->domains[items[i].domain].n++;
  }
  return true;
}

typedef bool change_fn(struct catalogue *c, const struct conf *e);

/* In this order: added items can be named by what follows; single lines win over whole domains. */
static bool apply_all(struct catalogue *c, const struct conf *root) {
  static const struct { const char *section; change_fn *apply; } steps[] = {
    {"drop", apply_drop},
    {"within", apply_within},
    {"reword", apply_reword},
    {"confirm", apply_confirm_domain},
    {"confirm", apply_confirm_item},
    {"assign", apply_assign_domains},
    {"assign", apply_assign_items},
  };
  if (!apply_add(c, conf_get(root, "add"))) return false;
  for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
    const struct conf *list = conf_get(root, steps[s].section);
    for (size_t i = 0; i < count_of(list); i++)
      if (!steps[s].apply(c, list->child[i])) return false;
  }
  return catalogue_seal(c);
}

bool catalogue_tailor(struct catalogue *c, const char *path, struct findings *f) {
  size_t errors_before = f->count[SEV_ERROR];
  struct conf *root = conf_load(path, NULL, f);
  struct tailoring t = {.root = root, .c = c, .f = f};
  if (root == NULL) return false;
  bool shaped = check_shape(root, f) == 0;
  check_ids(&t, "drop");
  check_ids(&t, "within");
  check_ids(&t, "reword");
  check_reword(&t);
  check_confirm(&t);
  check_assign(&t);
  check_add(&t);
  if (shaped) check_within(&t);
  bool ok = f->count[SEV_ERROR] == errors_before;
  struct catalogue *changed = ok ? catalogue_copy(c) : NULL;
  if (ok && (changed == NULL || !apply_all(changed, root))) {
    findings_add(f, SEV_ERROR, "memory", NULL, 0, NULL, "%s", _("内存不足"));
    ok = false;
  }
  if (ok) {
    struct catalogue old = *c;
    *c = *changed;
    *changed = old;
  }
  catalogue_free(changed);
  conf_free(root);
  return ok;
}
