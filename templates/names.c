/* The {names} in a template's texts: finding them, and comparing them with what data offers. */
#include "templates/template.h"
#include <string.h>

int template_name(const char *s, size_t *at, size_t *begin, char name[32]) {
  for (size_t i = *at; s[i]; i++) {
    if (s[i] != '{') continue;
    if (s[i + 1] == '{') {
      i++;
      continue;
    }
    size_t n = strspn(s + i + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (n == 0 || n > 31 || s[i + 1 + n] != '}') return -1;
    memcpy(name, s + i + 1, n);
    name[n] = '\0';
    *begin = i;
    *at = i + n + 2;
    return 1;
  }
  return 0;
}

struct checker {
  const struct template *t;
  const struct template_names *names;
  const char *const *cells; /* of the row list in force, or NULL */
  struct findings *f;
  bool good;
};

static bool in_list(const char *const *list, const char *name) {
  for (size_t i = 0; list && list[i]; i++)
    if (strcmp(list[i], name) == 0) return true;
  return false;
}

/* The row list of that name; false when there is none. */
static bool find_rows(const struct checker *c, const char *name, const char *const **cells) {
  for (size_t i = 0; i < 4 && c->names->rows[i].name; i++) {
    if (strcmp(c->names->rows[i].name, name) != 0) continue;
    *cells = c->names->rows[i].cells;
    return true;
  }
  return false;
}

static void unknown(struct checker *c, int line, const char *key, const char *name) {
  findings_add(c->f, SEV_ERROR, "template.name", c->t->file, line, key,
               _("%s 公示单没有名为 %s 的内容，可用的名称见 templates/notice.cfg 开头"), c->t->kind, name);
  c->good = false;
}

static void check_name(struct checker *c, int line, const char *key, const char *name) {
  if (!in_list(c->names->values, name) && !in_list(c->cells, name)) unknown(c, line, key, name);
}

static void check_text(struct checker *c, int line, const char *key, const char *text) {
  size_t at = 0, begin;
  char name[32];
  while (template_name(text, &at, &begin, name) > 0) check_name(c, line, key, name);
}

static void check_cell(struct checker *c, int line, const char *key, const char *name) {
  if (*name && c->cells && !in_list(c->cells, name)) unknown(c, line, key, name);
}

static void check_block(struct checker *c, const struct block *b) {
  const char *const *cells = NULL;
  c->cells = NULL;
  if (*b->when && !find_rows(c, b->when, &cells)) check_name(c, b->line, "when", b->when);
  if (b->type == BLOCK_QR) check_name(c, b->line, "source", b->source);
  if (b->type == BLOCK_TABLE || b->type == BLOCK_GRID) {
    cells = NULL;
    if (!find_rows(c, b->source, &cells)) unknown(c, b->line, "source", b->source);
    if (b->type == BLOCK_GRID) c->cells = cells;
  }
  check_text(c, b->line, "text", b->text);
  check_text(c, b->line, "head", b->head);
  c->cells = cells;
  check_cell(c, b->line, "group", b->group);
  check_cell(c, b->line, "value", b->value);
  for (size_t i = 0; i < b->n_columns; i++) {
    check_cell(c, b->columns[i].line, "value", b->columns[i].value);
    check_cell(c, b->columns[i].line, "strong", b->columns[i].strong);
  }
}

bool template_check_names(const struct template *t, const struct template_names *n, struct findings *f) {
  static const char *const page_names[] = {"page", "pages", NULL};
  struct checker c = {.t = t, .names = n, .f = f, .good = true};
  for (size_t i = 0; i < t->n_blocks; i++) check_block(&c, &t->blocks[i]);
  c.cells = page_names;
  check_text(&c, 0, "footer.left", t->footer_left);
  check_text(&c, 0, "footer.right", t->footer_right);
  return c.good;
}
