/* The schema checker: a tree of values against a table of rules.
 *
 * Tells everything that does not fit at once, each with file, line, path and what was expected: a name nobody
 * knows, a wrong type, something missing, a value that is not allowed.  What one table cannot say (references
 * between items, ids used twice) the loaders check and tell through conf_report().
 */
#include "base/text.h"
#include "checklists/conf.h"
#include "checklists/day.h"

#include <stdio.h>
#include <string.h>

/* ---- the path of a node: "items[3].deadline.cadence" */

static size_t index_in_parent(const struct conf *node) {
  size_t i = 0;
  while (i < node->parent->n && node->parent->child[i] != node) i++;
  return i;
}

static void add_path(struct text *out, const struct conf *node) {
  if (node->parent == NULL) return;
  add_path(out, node->parent);
  if (node->name == NULL) {
    text_addf(out, "[%zu]", index_in_parent(node));
  } else {
    if (out->len > 0) text_addc(out, '.');
    text_add(out, node->name);
  }
}

static void report(const struct conf *node, const char *member, struct findings *f, enum severity sev,
                   const char *id, const char *fmt, va_list ap) {
  struct text path = {0}, words = {0};
  add_path(&path, node);
  if (member != NULL) text_addf(&path, "%s%s", path.len > 0 ? "." : "", member);
  text_addvf(&words, fmt, ap);
  findings_add(f, sev, id, node->file, node->line, text_str(&path), "%s", text_str(&words));
  text_free(&path);
  text_free(&words);
}

void conf_report(const struct conf *node, struct findings *f, enum severity sev, const char *id,
                 const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  report(node, NULL, f, sev, id, fmt, ap);
  va_end(ap);
}

MB_PRINTF(5, 6)
static size_t fault(const struct conf *node, const char *member, struct findings *f, const char *id,
                    const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  report(node, member, f, SEV_ERROR, id, fmt, ap);
  va_end(ap);
  return 1;
}

/* ---- words for what was expected */

static const char *type_words(enum conf_type t) {
  static const char *const words[] = {
    [CONF_GROUP] = N_("花括号里的一组 { … }"), [CONF_LIST] = N_("圆括号里的列表 ( … )"),
    [CONF_ARRAY] = N_("方括号里的一列 [ … ]"), [CONF_STRING] = N_("双引号里的文字"),
    [CONF_INT] = N_("整数（不加引号）"), [CONF_FLOAT] = N_("数字（不加引号）"),
    [CONF_BOOL] = N_("true 或 false（不加引号）"),
  };
  return _(words[t]);
}

/* "a、b、c" of the allowed values, or of the members' names. */
static void add_choices(struct text *out, const char *const *values, const struct conf_rule *members) {
  for (size_t i = 0; values ? values[i] != NULL : members[i].name != NULL; i++) {
    if (i > 0) text_add(out, "、");
    text_add(out, values ? values[i] : members[i].name);
  }
}

static size_t fault_choices(const struct conf *node, struct findings *f, const char *id,
                            const char *fmt_words, const char *found, const char *const *values,
                            const struct conf_rule *members) {
  struct text choices = {0};
  add_choices(&choices, values, members);
  size_t n = fault(node, NULL, f, id, "“%s”%s%s", found, fmt_words, text_str(&choices));
  text_free(&choices);
  return n;
}

/* ---- one value */

static bool type_fits(const struct conf *node, enum conf_type want) {
  if (node->type == want) return true;
  if (want == CONF_FLOAT) return node->type == CONF_INT;
  /* an empty ( ) or [ ] has no type of its own */
  return (want == CONF_ARRAY || want == CONF_LIST) && (node->type == CONF_ARRAY || node->type == CONF_LIST) &&
         node->n == 0;
}

static bool is_allowed(const char *s, const char *const *values) {
  for (size_t i = 0; values[i] != NULL; i++)
    if (strcmp(s, values[i]) == 0) return true;
  return false;
}

static size_t check_string(const struct conf *node, const struct conf_rule *r, struct findings *f) {
  if ((r->flags & CONF_NONEMPTY) && node->s[0] == '\0')
    return fault(node, NULL, f, "conf.empty", "%s", _("不能是空的"));
  if (r->values && !is_allowed(node->s, r->values))
    return fault_choices(node, f, "conf.value", _("不能用在这里；可以是："), node->s, r->values, NULL);
  return 0;
}

static size_t check_number(const struct conf *node, const struct conf_rule *r, struct findings *f) {
  if (node->type != CONF_INT || (r->min == 0 && r->max == 0)) return 0;
  if (node->i >= r->min && node->i <= r->max) return 0;
  return fault(node, NULL, f, "conf.range", _("%lld 不在 %lld 到 %lld 之间"), node->i, r->min, r->max);
}

static bool same_scalar(const struct conf *a, const struct conf *b) {
  if (a->type != b->type) return false;
  return a->type == CONF_STRING ? strcmp(a->s, b->s) == 0 : a->i == b->i && !(a->d < b->d) && !(a->d > b->d);
}

static size_t check_array(const struct conf *node, const struct conf_rule *r, struct findings *f) {
  size_t errors = 0;
  if ((r->flags & CONF_NONEMPTY) && node->n == 0)
    errors += fault(node, NULL, f, "conf.empty", "%s", _("不能是空的"));
  for (size_t i = 0; i < node->n; i++) {
    const struct conf *e = node->child[i];
    if (!type_fits(e, r->element)) {
      errors += fault(e, NULL, f, "conf.type", _("应当是%s"), type_words(r->element));
      continue;
    }
    if (e->type == CONF_STRING) errors += check_string(e, r, f);
    else errors += check_number(e, r, f);
    for (size_t k = 0; (r->flags & CONF_UNIQUE) && k < i; k++)
      if (same_scalar(e, node->child[k])) {
        errors += fault(e, NULL, f, "conf.duplicate", "%s", _("和前面的一项重复"));
        break;
      }
  }
  return errors;
}

/* ---- groups and lists */

static size_t check_value(const struct conf *node, const struct conf_rule *r, struct findings *f);

static size_t check_list(const struct conf *node, const struct conf_rule *r, struct findings *f) {
  static const struct conf_rule any_group = {.name = "", .type = CONF_GROUP};
  size_t errors = 0;
  if ((r->flags & CONF_NONEMPTY) && node->n == 0)
    errors += fault(node, NULL, f, "conf.empty", "%s", _("不能是空的"));
  struct conf_rule element = any_group;
  element.members = r->members;
  if (r->members && r->members[0].name && r->members[0].name[0] == '\0') element = r->members[0];
  for (size_t i = 0; i < node->n; i++) errors += check_value(node->child[i], &element, f);
  return errors;
}

static const struct conf_rule *find_rule(const struct conf_rule *rules, const char *name) {
  for (; rules->name != NULL; rules++)
    if (strcmp(rules->name, name) == 0) return rules;
  return NULL;
}

size_t conf_check(const struct conf *group, const struct conf_rule *rules, struct findings *f) {
  size_t errors = 0;
  for (size_t i = 0; i < group->n; i++) {
    const struct conf *c = group->child[i];
    const struct conf_rule *r = c->name ? find_rule(rules, c->name) : NULL;
    if (r != NULL) errors += check_value(c, r, f);
    else
      errors += fault_choices(c, f, "conf.unknown-key", _("是不认识的名字；这里可以写："), c->name ? c->name : "",
                              NULL, rules);
  }
  for (const struct conf_rule *r = rules; r->name != NULL; r++)
    if ((r->flags & CONF_REQUIRED) && conf_get(group, r->name) == NULL)
      errors += fault(group, r->name, f, "conf.missing", _("缺少“%s”，应当是%s"), r->name, type_words(r->type));
  return errors;
}

static size_t check_value(const struct conf *node, const struct conf_rule *r, struct findings *f) {
  size_t errors = 0;
  if (!type_fits(node, r->type)) return fault(node, NULL, f, "conf.type", _("应当是%s"), type_words(r->type));
  switch (r->type) {
  case CONF_STRING: errors = check_string(node, r, f); break;
  case CONF_INT:
  case CONF_FLOAT: errors = check_number(node, r, f); break;
  case CONF_ARRAY: errors = check_array(node, r, f); break;
  case CONF_LIST: errors = check_list(node, r, f); break;
  case CONF_GROUP: errors = r->members ? conf_check(node, r->members, f) : 0; break;
  case CONF_BOOL: break;
  }
  if (errors == 0 && r->check != NULL) {
    const char *expected = r->check(node);
    if (expected != NULL && node->type == CONF_STRING)
      errors = fault(node, NULL, f, "conf.value", _("“%s”不对，应当是%s"), node->s, expected);
    else if (expected != NULL)
      errors = fault(node, NULL, f, "conf.value", _("应当是%s"), expected);
  }
  return errors;
}

/* ---- ready checks */

static bool iso_date(const char *s, size_t n, day *out) {
  int y, m, d;
  char buf[11];
  if (n != 10) return false;
  memcpy(buf, s, 10);
  buf[10] = '\0';
  for (int i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? buf[i] != '-' : buf[i] < '0' || buf[i] > '9') return false;
  if (sscanf(buf, "%4d-%2d-%2d", &y, &m, &d) != 3) return false;
  *out = day_make(y, m, d);
  return *out != DAY_NONE;
}

const char *conf_is_date(const struct conf *node) {
  day d;
  return iso_date(node->s, strlen(node->s), &d) ? NULL : _("日历上有的日期，写成 2026-09-03");
}

const char *conf_is_date_range(const struct conf *node) {
  const char *dots = strstr(node->s, "..");
  day from, to;
  if (dots == NULL && iso_date(node->s, strlen(node->s), &from)) return NULL;
  if (dots != NULL && iso_date(node->s, (size_t)(dots - node->s), &from) &&
      iso_date(dots + 2, strlen(dots + 2), &to) && from <= to)
    return NULL;
  return _("日历上有的日期或起止日期，写成 2026-10-01 或 2026-10-01..2026-10-08");
}
