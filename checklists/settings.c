/* mingbai.cfg: reading, checking, and the answer to "which telephone does this unit's sheet carry?".
 *
 * Paths in the file are taken from the file's own folder, so that it can lie beside a workbook on a stick.
 * Which file it is, the caller decides.
 */
#include "checklists/settings.h"
#include "base/file.h"
#include "base/text.h"
#include "checklists/conf.h"

#include <stdlib.h>
#include <string.h>

/* ---- the rules */

static bool is_place_holder(const char *s, size_t n) {
  static const char *const known[] = {"unit", "domain", "item", "record", "code"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strlen(known[i]) == n && strncmp(known[i], s, n) == 0) return true;
  return false;
}

static const char *check_url(const struct conf *node) {
  const char *expected = _("http:// 或 https:// 开头、没有空格的地址，可以用 {unit} {domain} {item} {record} {code}");
  const char *s = node->s, *host;
  if (*s == '\0') return NULL; /* no link */
  if (strncmp(s, "http://", 7) == 0) host = s + 7;
  else if (strncmp(s, "https://", 8) == 0) host = s + 8;
  else return expected;
  if (*host == '\0' || *host == '/') return expected;
  for (; *s != '\0'; s++) {
    if ((unsigned char)*s <= ' ' || *s == 0x7F || *s == '}') return expected;
    if (*s != '{') continue;
    size_t n = strcspn(s + 1, "}");
    if (s[1 + n] != '}' || !is_place_holder(s + 1, n)) return expected;
    s += n + 1;
  }
  return NULL;
}

static const char *check_unit(const struct conf *node) {
  const char *s = node->s;
  size_t digits = strspn(s, "0123456789");
  bool department = digits == 12 && strlen(s) == 16 && strncmp(s + 12, "-D", 2) == 0 &&
                    strspn(s + 14, "0123456789") == 2;
  return department || (digits >= 2 && digits <= 12 && s[digits] == '\0') ? NULL : _("单位代码，或代码的开头几位");
}

/* It becomes an argument of lp. */
static const char *check_printer(const struct conf *node) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@-";
  bool ok = node->s[0] != '-' && strspn(node->s, letters) == strlen(node->s);
  return ok ? NULL : _("打印机名称（用 lpstat -p 查看）");
}

#define TEXT(key) {.name = key, .type = CONF_STRING}
#define FILES(key) \
  {.name = key, .type = CONF_ARRAY, .flags = CONF_NONEMPTY | CONF_UNIQUE, .element = CONF_STRING}

static const struct conf_rule contact_rules[] = {
  {.name = "unit", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = check_unit},
  TEXT("telephone"), TEXT("office"), {.name = NULL}};
static const struct conf_rule font_rules[] = {
    FILES("body"), FILES("heading"), FILES("title"), FILES("number"), {.name = NULL}};
static const struct conf_rule rules[] = {
  {.name = "url", .type = CONF_STRING, .check = check_url},
  TEXT("telephone"),
  TEXT("office"),
  {.name = "printer", .type = CONF_STRING, .check = check_printer},
  {.name = "tailoring", .type = CONF_STRING, .flags = CONF_NONEMPTY},
  {.name = "ambiguous", .type = CONF_INT, .min = 0, .max = 2},
  {.name = "mouse", .type = CONF_BOOL},
  {.name = "contacts", .type = CONF_LIST, .members = contact_rules},
  {.name = "fonts", .type = CONF_GROUP, .members = font_rules},
  {.name = NULL}};

static void check_contacts(const struct conf *root, struct findings *f) {
  const struct conf *list = conf_get(root, "contacts");
  for (size_t i = 0; list && i < list->n; i++) {
    const char *unit = conf_str(list->child[i], "unit", NULL);
    for (size_t k = 0; unit && k < i; k++)
      if (strcmp(conf_str(list->child[k], "unit", ""), unit) == 0) {
        conf_report(conf_get(list->child[i], "unit"), f, SEV_ERROR, "settings.duplicate",
                    _("单位 %s 在 contacts 里写了两次"), unit);
        break;
      }
  }
}

/* ---- reading; each is false when memory runs out */

static bool take(char **to, const char *s) {
  *to = str_dup(s);
  return *to != NULL;
}

/* A path of the file as an absolute one; dir is absolute. */
static bool take_path(char **to, const char *dir, const char *name) {
  struct text path = {0};
  path_join(&path, dir, name);
  *to = text_take(&path);
  return *to != NULL;
}

static bool read_contacts(struct settings *s, const struct conf *list) {
  if (list == NULL || list->n == 0) return true;
  s->contacts = calloc(list->n, sizeof *s->contacts);
  if (s->contacts == NULL) return false;
  for (size_t i = 0; i < list->n; i++) {
    struct contact *c = &s->contacts[s->n_contacts++];
    if (!take(&c->unit, conf_str(list->child[i], "unit", "")) ||
        !take(&c->telephone, conf_str(list->child[i], "telephone", "")) ||
        !take(&c->office, conf_str(list->child[i], "office", "")))
      return false;
  }
  return true;
}

static bool read_fonts(struct settings *s, const struct conf *group, const char *dir) {
  if (group == NULL || group->n == 0) return true;
  s->fonts = calloc(group->n, sizeof *s->fonts);
  if (s->fonts == NULL) return false;
  for (size_t i = 0; i < group->n; i++) {
    const struct conf *files = group->child[i];
    struct font_role *r = &s->fonts[s->n_fonts++];
    r->files.s = calloc(files->n + 1, sizeof *r->files.s);
    if (!take(&r->role, files->name) || r->files.s == NULL) return false;
    for (; r->files.n < files->n; r->files.n++)
      if (!take_path(&r->files.s[r->files.n], dir, files->child[r->files.n]->s)) return false;
  }
  return true;
}

/* root and dir may be NULL: the defaults. */
static bool read_all(struct settings *s, const struct conf *root, const char *dir) {
  const char *tailoring = conf_str(root, "tailoring", NULL);
  s->ambiguous = (int)conf_int(root, "ambiguous", 0);
  s->mouse = conf_bool(root, "mouse", true);
  return take(&s->url, conf_str(root, "url", "")) && take(&s->telephone, conf_str(root, "telephone", "")) &&
         take(&s->office, conf_str(root, "office", "")) && take(&s->printer, conf_str(root, "printer", "")) &&
         (tailoring ? take_path(&s->tailoring, dir, tailoring) : take(&s->tailoring, "")) &&
         read_contacts(s, conf_get(root, "contacts")) && read_fonts(s, conf_get(root, "fonts"), dir);
}

static struct settings *make(const struct conf *root, const char *dir, struct findings *f) {
  struct settings *s = calloc(1, sizeof *s);
  if (s != NULL && read_all(s, root, dir)) return s;
  findings_add(f, SEV_ERROR, "memory", NULL, 0, NULL, "%s", _("内存不足"));
  settings_free(s);
  return NULL;
}

struct settings *settings_load(const char *path, struct findings *f) {
  size_t errors_before = f->count[SEV_ERROR];
  if (path == NULL) return make(NULL, NULL, f);
  struct settings *s = NULL;
  struct text folder = {0};
  struct conf *root = conf_load(path, NULL, f);
  path_dir(&folder, path);
  char *dir = realpath(text_str(&folder), NULL);
  if (root != NULL) {
    conf_check(root, rules, f);
    check_contacts(root, f);
    if (f->count[SEV_ERROR] == errors_before) s = make(root, dir ? dir : text_str(&folder), f);
  }
  conf_free(root);
  text_free(&folder);
  free(dir);
  return s;
}

void settings_free(struct settings *s) {
  if (s == NULL) return;
  for (size_t i = 0; i < s->n_contacts; i++) {
    free(s->contacts[i].unit);
    free(s->contacts[i].telephone);
    free(s->contacts[i].office);
  }
  for (size_t i = 0; i < s->n_fonts; i++) {
    for (size_t k = 0; k < s->fonts[i].files.n; k++) free(s->fonts[i].files.s[k]);
    free(s->fonts[i].files.s);
    free(s->fonts[i].role);
  }
  free(s->contacts);
  free(s->fonts);
  free(s->url);
  free(s->telephone);
  free(s->office);
  free(s->printer);
  free(s->tailoring);
  free(s);
}

/* ---- asking */

/* The contact with the longest code that unit_code begins with, among those that have the wanted text. */
static const char *longest(const struct settings *s, const char *unit_code, size_t member,
                           const char *fallback) {
  const char *found = fallback;
  size_t best = 0;
  for (size_t i = 0; i < s->n_contacts; i++) {
    const struct contact *c = &s->contacts[i];
    const char *text = *(char *const *)(const void *)((const char *)c + member);
    size_t n = strlen(c->unit);
    if (n <= best || strncmp(c->unit, unit_code, n) != 0 || *text == '\0') continue;
    best = n;
    found = text;
  }
  return found;
}

const char *settings_telephone(const struct settings *s, const char *unit_code) {
  return longest(s, unit_code, offsetof(struct contact, telephone), s->telephone);
}

const char *settings_office(const struct settings *s, const char *unit_code) {
  return longest(s, unit_code, offsetof(struct contact, office), s->office);
}
