/* Reading a libconfig file into our own tree, and getting values out of it.
 *
 * libconfig parses; conf_source.c has prepared the text (includes, encoding, places).  Our tree exists so
 * that no other file needs libconfig.h, so that every node knows the file and line it came from, and so that
 * all kinds of numbers, lists and arrays look alike to the checker (conf_schema.c).
 */
#include "checklists/conf.h"
#include "base/text.h"
#include "base/utf8.h"
#include "checklists/conf_source.h"

#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

/* libconfig 1.5 loses its string buffer when a syntax error follows a string: 64 bytes for a faulty file,
 * which we cannot free.  Builds with a leak checker are told so. */
#if defined(__SANITIZE_ADDRESS__)
#define LEAK_CHECKER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAK_CHECKER 1
#endif
#endif
#ifdef LEAK_CHECKER
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:strbuf_append\n"; }
const char *__lsan_default_options(void);
const char *__lsan_default_options(void) { return "print_suppressions=0"; }
#endif

/* The root node, and what lives as long as the tree. */
struct conf_tree {
  struct conf root; /* first, so that the root's address is the tree's */
  char **file;
  size_t n_files;
};

/* What the copying needs. */
struct copy {
  const struct conf_source *source;
  size_t next_string; /* how many string values were met so far */
  struct findings *f;
  bool ok;
};

static void free_members(struct conf *c) {
  for (size_t i = 0; i < c->n; i++) {
    free_members(c->child[i]);
    free(c->child[i]);
  }
  free(c->child);
  free(c->name);
  free(c->s);
}

void conf_free(struct conf *root) {
  if (root == NULL) return;
  struct conf_tree *tree = (struct conf_tree *)(void *)root;
  free_members(root);
  for (size_t i = 0; i < tree->n_files; i++) free(tree->file[i]);
  free(tree->file);
  free(tree);
}

static enum conf_type type_of(const config_setting_t *from) {
  switch (config_setting_type(from)) {
  case CONFIG_TYPE_GROUP: return CONF_GROUP;
  case CONFIG_TYPE_LIST: return CONF_LIST;
  case CONFIG_TYPE_ARRAY: return CONF_ARRAY;
  case CONFIG_TYPE_STRING: return CONF_STRING;
  case CONFIG_TYPE_FLOAT: return CONF_FLOAT;
  case CONFIG_TYPE_BOOL: return CONF_BOOL;
  default: return CONF_INT;
  }
}

/* libconfig notes an unnamed string's line only after reading the token behind it, which may stand on the
 * next line; the scanner noted where each string begins, in the order of the text. */
static void set_place(struct conf *to, const config_setting_t *from, struct copy *k) {
  size_t line = from->line > 0 ? from->line - 1 : 0;
  if (to->type == CONF_STRING) {
    if (to->name == NULL && k->next_string < k->source->n_strings) line = k->source->string[k->next_string];
    k->next_string++;
  }
  to->line = conf_source_place(k->source, line, &to->file);
}

static void set_string(struct conf *to, const char *s, struct copy *k) {
  if (s == NULL) s = "";
  if (!utf8_valid(s, strlen(s), NULL)) { /* by \x.. escapes; the file itself was checked */
    findings_add(k->f, SEV_ERROR, "conf.encoding", to->file, to->line, to->name, "%s",
                 _("\\x 写出的字节不是 UTF-8 文字"));
    k->ok = false;
  }
  to->s = str_dup(s);
  if (to->s == NULL) k->ok = false;
}

static void copy_node(struct conf *to, const config_setting_t *from, struct copy *k);

static void copy_members(struct conf *to, const config_setting_t *from, struct copy *k) {
  int n = config_setting_length(from);
  if (n <= 0) return;
  to->child = calloc((size_t)n, sizeof *to->child);
  if (to->child == NULL) {
    k->ok = false;
    return;
  }
  for (int i = 0; i < n; i++) {
    struct conf *child = calloc(1, sizeof *child);
    if (child == NULL) {
      k->ok = false;
      return;
    }
    to->child[to->n++] = child;
    child->parent = to;
    copy_node(child, config_setting_get_elem(from, (unsigned)i), k);
  }
}

static void copy_node(struct conf *to, const config_setting_t *from, struct copy *k) {
  const char *name = config_setting_name(from);
  to->type = type_of(from);
  if (name != NULL && (to->name = str_dup(name)) == NULL) k->ok = false;
  set_place(to, from, k);
  switch (to->type) {
  case CONF_GROUP:
  case CONF_LIST:
  case CONF_ARRAY: copy_members(to, from, k); break;
  case CONF_STRING: set_string(to, config_setting_get_string(from), k); break;
  case CONF_FLOAT: to->d = config_setting_get_float(from); break;
  case CONF_BOOL: to->i = config_setting_get_bool(from); break;
  case CONF_INT:
    to->i = config_setting_type(from) == CONFIG_TYPE_INT64 ? config_setting_get_int64(from)
                                                           : config_setting_get_int(from);
    to->d = (double)to->i;
    break;
  }
}

/* libconfig's words for what it finds, in ours. */
static const char *parse_words(const char *text) {
  static const struct { const char *begins, *words; } table[] = {
    {"syntax error", N_("写法不对：这一行或前一行可能少了等号、引号、逗号或分号，列表最后一项后面多了逗号也会这样")},
    {"duplicate setting name", N_("这个名字在同一处写了两次")},
    {"mismatched element type", N_("方括号 [ ] 里的各项要是同一种类")},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (text && strncmp(text, table[i].begins, strlen(table[i].begins)) == 0) return _(table[i].words);
  return text ? text : _("写法不对");
}

static struct conf *copy_tree(const config_t *from, struct conf_source *source, struct findings *f) {
  struct conf_tree *tree = calloc(1, sizeof *tree);
  struct copy k = {.source = source, .f = f, .ok = tree != NULL};
  if (tree != NULL) {
    copy_node(&tree->root, config_root_setting(from), &k);
    tree->file = source->file; /* the nodes' names of files move with it */
    tree->n_files = source->n_files;
    source->file = NULL;
    source->n_files = 0;
  }
  if (k.ok) return &tree->root;
  if (f->count[SEV_ERROR] == 0) findings_add(f, SEV_ERROR, "memory", NULL, 0, NULL, "%s", _("内存不足"));
  if (tree != NULL) conf_free(&tree->root);
  return NULL;
}

struct conf *conf_load(const char *path, const char *inside, struct findings *f) {
  struct conf_source source;
  struct conf *root = NULL;
  if (conf_source_read(&source, path, inside, f)) {
    config_t parsed;
    config_init(&parsed);
    config_set_include_dir(&parsed, "/dev/null"); /* nothing can be opened below it: only we include */
    if (config_read_string(&parsed, text_str(&source.text)) == CONFIG_TRUE) {
      root = copy_tree(&parsed, &source, f);
    } else {
      const char *file;
      size_t line = config_error_line(&parsed) > 0 ? (size_t)config_error_line(&parsed) - 1 : 0;
      int at = conf_source_place(&source, line, &file);
      findings_add(f, SEV_ERROR, "conf.syntax", file, at, NULL, "%s",
                   parse_words(config_error_text(&parsed)));
    }
    config_destroy(&parsed);
  }
  conf_source_fini(&source);
  return root;
}

/* ---- reading */

const struct conf *conf_get(const struct conf *group, const char *name) {
  for (size_t i = 0; group && i < group->n; i++)
    if (group->child[i]->name && strcmp(group->child[i]->name, name) == 0) return group->child[i];
  return NULL;
}

const char *conf_str(const struct conf *group, const char *name, const char *fallback) {
  const struct conf *c = conf_get(group, name);
  return c && c->type == CONF_STRING ? c->s : fallback;
}

long long conf_int(const struct conf *group, const char *name, long long fallback) {
  const struct conf *c = conf_get(group, name);
  return c && c->type == CONF_INT ? c->i : fallback;
}

double conf_num(const struct conf *group, const char *name, double fallback) {
  const struct conf *c = conf_get(group, name);
  return c && (c->type == CONF_INT || c->type == CONF_FLOAT) ? c->d : fallback;
}

bool conf_bool(const struct conf *group, const char *name, bool fallback) {
  const struct conf *c = conf_get(group, name);
  return c && c->type == CONF_BOOL ? c->i != 0 : fallback;
}

/* libconfig 1.5 cannot be asked at run time. */
#define VERSION_TEXT_(a, b, c) #a "." #b "." #c
#define VERSION_TEXT(a, b, c) VERSION_TEXT_(a, b, c)

const char *conf_library(void) {
  return VERSION_TEXT(LIBCONFIG_VER_MAJOR, LIBCONFIG_VER_MINOR, LIBCONFIG_VER_REVISION);
}
