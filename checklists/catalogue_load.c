/* Reading the files of checklists/domains.
 *
 * Two passes: first every file is read and checked (table of rules, then what the table cannot say), so that
 * all faults of all files are told at once; only when there is none is the catalogue built from the trees.
 * The checks work on trees that may be faulty; the building trusts them.
 */
#include "base/file.h"
#include "base/text.h"
#include "checklists/catalogue_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the rules */

static const char *const span_units[] = {"workdays", "days", NULL};
static const char *const channel_rules[] = {"any", "all", NULL};
static const char *const modes[] = {"主动", "依申请", NULL};
static const char *const personals[] = {"none", "names", "special", NULL};

static const char *check_audience(const struct conf *node) {
  static const char group[] = "特定群体：";
  if (strcmp(node->s, "全社会") == 0) return NULL;
  if (strncmp(node->s, group, sizeof group - 1) == 0 && node->s[sizeof group - 1] != '\0') return NULL;
  return _("全社会，或“特定群体：……”");
}

const char *conf_is_item_id(const struct conf *node) {
  return item_sequence(node->s, NULL) > 0 ? NULL : _("领域编号加两位序号，例如 19.05");
}

static const char *check_no(const struct conf *node) {
  const char *s = node->s;
  bool ok = strlen(s) == 2 && strspn(s, "0123456789") == 2;
  return ok ? NULL : _("两位数字，例如 19");
}

static const char *check_edition(const struct conf *node) {
  const char *s = node->s;
  bool ok = strlen(s) == 7 && s[4] == '-' && strspn(s, "0123456789") == 4 && strspn(s + 5, "0123456789") == 2;
  return ok ? NULL : _("年和月，例如 2026-08");
}

#define MUST (CONF_REQUIRED | CONF_NONEMPTY)
#define TEXT(key) {.name = key, .type = CONF_STRING, .flags = MUST}
#define OPTIONAL_TEXT(key) {.name = key, .type = CONF_STRING, .flags = CONF_NONEMPTY}
#define ONE_OF(key, list) {.name = key, .type = CONF_STRING, .flags = MUST, .values = list}
#define LIST(key)                                                                                            \
  { .name = key, .type = CONF_ARRAY, .flags = CONF_REQUIRED | CONF_UNIQUE, .element = CONF_STRING }
#define LIST_OF(key, list)                                                                                   \
  {                                                                                                          \
    .name = key, .type = CONF_ARRAY, .flags = CONF_REQUIRED | CONF_UNIQUE, .values = list,                   \
    .element = CONF_STRING                                                                                   \
  }
#define GROUP(key, f, m) {.name = key, .type = CONF_GROUP, .flags = f, .members = m}
#define END {.name = NULL}

const struct conf_rule span_rules[] = {
    {.name = "n", .type = CONF_INT, .flags = CONF_REQUIRED, .min = 1, .max = 366},
    ONE_OF("unit", span_units),
    END};

static const struct conf_rule deadline_rules[] = {TEXT("text"), ONE_OF("cadence", cadence_keys),
                                                  GROUP("within", 0, span_rules), TEXT("event"), END};

static const struct conf_rule review_rules[] = {TEXT("proposer"), TEXT("reviewer"), TEXT("approver"),
                                                LIST("signers"), END};

const struct conf_rule item_rules[] = {
  {.name = "id", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = conf_is_item_id},
  TEXT("level1"),
  TEXT("level2"),
  LIST("content"),
  LIST("basis"),
  GROUP("deadline", CONF_REQUIRED, deadline_rules),
  GROUP("notice", 0, span_rules),
  TEXT("publisher"),
  LIST_OF("channels", channel_names),
  ONE_OF("channel_rule", channel_rules),
  {.name = "audience", .type = CONF_STRING, .flags = MUST, .check = check_audience},
  ONE_OF("mode", modes),
  LIST_OF("levels", level_keys),
  ONE_OF("personal", personals),
  GROUP("review", 0, review_rules),
  {.name = "verified", .type = CONF_BOOL, .flags = CONF_REQUIRED},
  LIST_OF("unverified", item_field_names),
  {.name = "same_as", .type = CONF_ARRAY, .flags = CONF_NONEMPTY | CONF_UNIQUE, .element = CONF_STRING},
  {.name = "superseded_by", .type = CONF_STRING, .check = conf_is_item_id},
  OPTIONAL_TEXT("remark"),
  END};

static const struct conf_rule guideline_rules[] = {
  TEXT("title"), TEXT("issuer"), OPTIONAL_TEXT("document"),
  {.name = "date", .type = CONF_STRING, .check = conf_is_date}, END};

static const struct conf_rule domain_rules[] = {
  {.name = "no", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = check_no},
  TEXT("slug"), TEXT("name"), GROUP("guideline", CONF_REQUIRED, guideline_rules), TEXT("notes"), END};

static const struct conf_rule file_rules[] = {
  {.name = "edition", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = check_edition},
  GROUP("domain", CONF_REQUIRED, domain_rules),
  {.name = "items", .type = CONF_LIST, .flags = MUST, .members = item_rules},
  END};

/* ---- what the rules cannot say of one item */

int item_sequence(const char *id, const char *no) {
  if (strlen(id) != 5 || id[2] != '.' || strspn(id, "0123456789") != 2 || strspn(id + 3, "0123456789") != 2)
    return -1;
  if (no != NULL && strncmp(id, no, 2) != 0) return -1;
  return (id[3] - '0') * 10 + id[4] - '0';
}

static bool has_string(const struct conf *array, const char *s) {
  for (size_t i = 0; array && i < array->n; i++)
    if (array->child[i]->type == CONF_STRING && strcmp(array->child[i]->s, s) == 0) return true;
  return false;
}

size_t item_check(const struct conf *node, struct findings *f) {
  static const char *const may_be_unknown[] = {"content", "basis", "channels", "levels"};
  static const char *const optional[] = {"notice", "review"};
  const struct conf *unverified = conf_get(node, "unverified");
  size_t before = f->count[SEV_ERROR];
  for (size_t i = 0; i < sizeof may_be_unknown / sizeof *may_be_unknown; i++) {
    const struct conf *list = conf_get(node, may_be_unknown[i]);
    if (list && list->n == 0 && (list->type == CONF_ARRAY || list->type == CONF_LIST) &&
        !has_string(unverified, may_be_unknown[i]))
      conf_report(list, f, SEV_ERROR, "catalogue.empty", _("空着就是不知道，要在 unverified 里写上 \"%s\""),
                  may_be_unknown[i]);
  }
  for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
    if (has_string(unverified, optional[i]) && conf_get(node, optional[i]) == NULL)
      conf_report(unverified, f, SEV_ERROR, "catalogue.unverified", _("写了待核的 \"%s\"，但这一项没有这个字段"),
                  optional[i]);
  return f->count[SEV_ERROR] - before;
}

/* ---- the set of files */

struct id_use { const char *id; const struct conf *node; size_t order; bool again; };

struct loading {
  struct findings *f;
  struct conf **root;   /* of each file; NULL when it could not be read */
  size_t n_files;
  struct id_use *ids;   /* of all files; by id once sorted */
  size_t n_ids;
};

static const struct conf *items_of(const struct conf *root) {
  const struct conf *items = conf_get(root, "items");
  return items && items->type == CONF_LIST ? items : NULL;
}

static int by_id(const void *a, const void *b) {
  const struct id_use *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

static struct id_use *find_id(const struct loading *l, const char *id) {
  size_t low = 0, high = l->n_ids;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (strcmp(l->ids[mid].id, id) < 0) low = mid + 1;
    else high = mid;
  }
  return low < l->n_ids && strcmp(l->ids[low].id, id) == 0 ? &l->ids[low] : NULL;
}

static bool collect_ids(struct loading *l) {
  size_t most = 0;
  for (size_t i = 0; i < l->n_files; i++) most += items_of(l->root[i]) ? items_of(l->root[i])->n : 0;
  l->ids = calloc(most + 1, sizeof *l->ids);
  if (l->ids == NULL) return false;
  for (size_t i = 0; i < l->n_files; i++) {
    const struct conf *items = items_of(l->root[i]);
    for (size_t k = 0; items && k < items->n; k++) {
      const char *id = conf_str(items->child[k], "id", NULL);
      if (id == NULL) continue;
      l->ids[l->n_ids] = (struct id_use){.id = id, .node = items->child[k], .order = l->n_ids};
      l->n_ids++;
    }
  }
  qsort(l->ids, l->n_ids, sizeof *l->ids, by_id);
  return true;
}

static void check_ids_differ(struct loading *l) {
  for (size_t i = 1; i < l->n_ids; i++) {
    struct id_use *u = &l->ids[i];
    const struct id_use *first = find_id(l, u->id);
    if (first == u) continue;
    u->again = true;
    const struct conf *id = conf_get(u->node, "id");
    conf_report(id, l->f, SEV_ERROR, "catalogue.duplicate", _("编号 %s 已经用过（%s 第 %d 行）；编号不能重复"), u->id,
                path_base(first->node->file), first->node->line);
  }
}

static bool used_again(const struct loading *l, const struct conf *node, const char *id) {
  for (struct id_use *u = find_id(l, id); u && u < l->ids + l->n_ids && strcmp(u->id, id) == 0; u++)
    if (u->node == node) return u->again;
  return false;
}

/* Each item takes the number after the item before it; numbers are never used again. */
static void check_sequence(const struct loading *l, const struct conf *items, const char *no) {
  int last = 0;
  for (size_t i = 0; i < items->n; i++) {
    const char *id = conf_str(items->child[i], "id", NULL);
    int expected = ++last; /* a faulty id, told elsewhere, takes its place all the same */
    if (id == NULL || item_sequence(id, NULL) < 0 || used_again(l, items->child[i], id)) continue;
    const struct conf *node = conf_get(items->child[i], "id");
    int seq = item_sequence(id, no);
    if (seq < 0)
      conf_report(node, l->f, SEV_ERROR, "catalogue.id", _("编号 %s 不属于领域 %s"), id, no);
    else if (seq >= ITEM_OWN_FIRST)
      conf_report(node, l->f, SEV_ERROR, "catalogue.id", _("%d 以上的序号留给各县自己的事项（本地化文件）"), ITEM_OWN_FIRST);
    else if (seq != expected)
      conf_report(node, l->f, SEV_ERROR, "catalogue.id", _("编号 %s 没有接着上一项，应当是 %s.%02d"), id, no, expected);
  }
}

/* A reference may point into a file that could not be read; that is no fault of the reference. */
static bool may_be_in_lost_file(const struct loading *l, const char *id) {
  bool lost = false;
  for (size_t i = 0; i < l->n_files; i++) {
    if (l->root[i] == NULL) lost = true;
    else if (strncmp(conf_str(conf_get(l->root[i], "domain"), "no", ""), id, 2) == 0) return false;
  }
  return lost;
}

static void check_reference(const struct loading *l, const struct conf *item, const struct conf *ref) {
  if (ref == NULL || ref->type != CONF_STRING || item_sequence(ref->s, NULL) < 0) return;
  if (find_id(l, ref->s) == NULL && !may_be_in_lost_file(l, ref->s))
    conf_report(ref, l->f, SEV_ERROR, "catalogue.reference", _("没有编号为 %s 的事项"), ref->s);
  else if (strcmp(conf_str(item, "id", ""), ref->s) == 0)
    conf_report(ref, l->f, SEV_ERROR, "catalogue.reference", "%s", _("不能指向自己"));
}

static void check_items(const struct loading *l, const struct conf *items) {
  for (size_t i = 0; i < items->n; i++) {
    const struct conf *item = items->child[i], *same = conf_get(item, "same_as");
    if (item->type != CONF_GROUP) continue;
    item_check(item, l->f);
    check_reference(l, item, conf_get(item, "superseded_by"));
    for (size_t k = 0; same && k < same->n; k++) {
      const struct conf *ref = same->child[k];
      if (ref->type == CONF_STRING && item_sequence(ref->s, NULL) < 0)
        conf_report(ref, l->f, SEV_ERROR, "catalogue.reference", "%s", _("应当是事项编号，例如 19.05"));
      check_reference(l, item, ref);
    }
  }
}

/* The file's name, and what must differ or agree between files. */
static void check_head(const struct loading *l, size_t file) {
  const struct conf *root = l->root[file], *domain = conf_get(root, "domain"),
                    *edition = conf_get(root, "edition");
  const char *no = conf_str(domain, "no", NULL), *slug = conf_str(domain, "slug", NULL);
  if (no && slug) {
    char want[200];
    snprintf(want, sizeof want, "%s-%s.cfg", no, slug);
    if (strcmp(want, path_base(root->file)) != 0)
      conf_report(domain, l->f, SEV_ERROR, "catalogue.file-name", _("文件名应当是 %s"), want);
  }
  for (size_t i = 0; i < file; i++) {
    const struct conf *other = conf_get(l->root[i], "domain");
    if (no && strcmp(conf_str(other, "no", ""), no) == 0)
      conf_report(conf_get(domain, "no"), l->f, SEV_ERROR, "catalogue.duplicate", _("领域 %s 已经在 %s 里"), no,
                  path_base(l->root[i]->file));
  }
  const char *first = file > 0 ? conf_str(l->root[0], "edition", NULL) : NULL;
  if (first && edition && edition->type == CONF_STRING && strcmp(first, edition->s) != 0)
    conf_report(edition, l->f, SEV_ERROR, "catalogue.edition", _("版次 %s 与 %s 的 %s 不一致"), edition->s,
                path_base(l->root[0]->file), first);
}

static bool check_files(struct loading *l) {
  for (size_t i = 0; i < l->n_files; i++)
    if (l->root[i]) conf_check(l->root[i], file_rules, l->f);
  if (!collect_ids(l)) return false;
  check_ids_differ(l);
  for (size_t i = 0; i < l->n_files; i++) {
    if (l->root[i] == NULL) continue;
    check_head(l, i);
    const struct conf *items = items_of(l->root[i]);
    const char *no = conf_str(conf_get(l->root[i], "domain"), "no", NULL);
    if (items && no) check_sequence(l, items, no);
    if (items) check_items(l, items);
  }
  return true;
}

/* ---- building */

static bool build_file(struct catalogue *c, const struct conf *root) {
  const struct conf *items = conf_get(root, "items");
  struct domain *d = &c->domains[c->n_domains];
  int no = (int)c->n_domains++;
  if (!domain_read(d, conf_get(root, "domain"))) return false;
  d->first = (int)c->n_items;
  for (; (size_t)d->n < items->n; d->n++) {
    struct item *item = &c->items[c->n_items++];
    item->domain = no;
    if (!item_read(item, items->child[d->n])) return false;
  }
  return true;
}

/* Files come sorted by name, so domains by number; items of a file are in sequence. */
static struct catalogue *build(const struct loading *l) {
  struct catalogue *c = calloc(1, sizeof *c);
  if (c == NULL) return NULL;
  c->edition = str_dup(conf_str(l->root[0], "edition", ""));
  c->domains = calloc(l->n_files, sizeof *c->domains);
  c->items = calloc(l->n_ids + 1, sizeof *c->items);
  bool ok = c->edition && c->domains && c->items;
  for (size_t i = 0; ok && i < l->n_files; i++) ok = build_file(c, l->root[i]);
  if (ok && catalogue_seal(c)) return c;
  catalogue_free(c);
  return NULL;
}

static bool read_files(struct loading *l, const char *dir, char **names, size_t n) {
  struct text path = {0};
  l->root = calloc(n + 1, sizeof *l->root);
  if (l->root == NULL) return false;
  for (; l->n_files < n; l->n_files++) {
    path_join(&path, dir, names[l->n_files]);
    l->root[l->n_files] = conf_load(text_str(&path), dir, l->f);
  }
  text_free(&path);
  return true;
}

struct catalogue *catalogue_load(const char *dir, struct findings *f) {
  struct loading l = {.f = f};
  struct catalogue *c = NULL;
  struct error e = {0};
  char **names = NULL;
  size_t n = 0, errors_before = f->count[SEV_ERROR];
  if (path_list(dir, ".cfg", &names, &n, &e) != ST_OK) {
    findings_add_error(f, SEV_ERROR, &e);
    return NULL;
  }
  if (n == 0) {
    findings_add(f, SEV_ERROR, "catalogue.empty", dir, 0, NULL, "%s", _("文件夹里没有标准目录文件（*.cfg）"));
  } else {
    bool memory = read_files(&l, dir, names, n) && check_files(&l);
    if (memory && f->count[SEV_ERROR] == errors_before) memory = (c = build(&l)) != NULL;
    if (!memory) findings_add(f, SEV_ERROR, "memory", NULL, 0, NULL, "%s", _("内存不足"));
  }
  for (size_t i = 0; i < l.n_files; i++) conf_free(l.root[i]);
  free(l.root);
  free(l.ids);
  path_list_free(names, n);
  return c;
}
