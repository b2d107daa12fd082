/* Reading a sheet template: schema, lengths, defaults.
 *
 * The tables below name every key once with its type; conf_check() does the comparing.  What depends on the
 * block type (a table needs a source) is checked after that, so a clerk gets all faults of a file in one go.
 * Which names data offers is not known here: batch passes them to template_check_names().
 */
#include "templates/template.h"
#include "checklists/conf.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MM (72.0 / 25.4)

static const char *const kinds[] = {"notice", "board", "index", NULL};
static const char *const types[] = {"text", "table", "qr", "grid", "space", "rule", NULL};
static const char *const aligns[] = {"left", "center", "right", "justify", NULL};
static const char *const roles[] = {"body", "heading", "title", "number", NULL};
static const char *const levels[] = {"L", "M", "Q", "H", NULL};

/* ---- lengths: "25mm", "16pt" */

static bool length_parse(const char *s, double *pt) {
  char *end;
  if (*s < '0' || *s > '9') return false;
  double v = strtod(s, &end);
  if (strcmp(end, "mm") == 0) v *= MM;
  else if (strcmp(end, "pt") != 0) return false;
  if (!isfinite(v) || v > 5000) return false;
  *pt = v;
  return true;
}

static const char *is_length(const struct conf *n) {
  double v;
  return length_parse(n->s, &v) ? NULL : _("长度，如 \"25mm\" 或 \"16pt\"");
}

static const char *is_type_size(const struct conf *n) {
  double v;
  return length_parse(n->s, &v) && v >= 5 && v <= 200 ? NULL : _("字号，如 \"16pt\"（5pt 至 200pt）");
}

static const char *is_few(const struct conf *n) {
  return n->d >= 0 && n->d <= 40 ? NULL : _("0 至 40 之间的数（以字为单位）");
}

static const char *is_weight(const struct conf *n) {
  return n->d >= 0 && n->d <= 1000 ? NULL : _("0 至 1000 之间的数（0 表示按内容定宽）");
}

static const char *is_share(const struct conf *n) {
  return n->d >= 0.5 && n->d <= 1 ? NULL : _("0.5 至 1 之间的数");
}

static const char *is_template_text(const struct conf *n) {
  size_t at = 0, begin;
  char name[32];
  int r;
  while ((r = template_name(n->s, &at, &begin, name)) > 0)
    ;
  return r == 0 ? NULL : _("花括号成对、中间是小写英文名称，如 {unit}；要印花括号本身请写 {{");
}

/* ---- schema */

static const struct conf_rule page_rules[] = {
  {.name = "width", .type = CONF_STRING, .check = is_length},
  {.name = "height", .type = CONF_STRING, .check = is_length},
  {.name = "top", .type = CONF_STRING, .check = is_length},
  {.name = "bottom", .type = CONF_STRING, .check = is_length},
  {.name = "left", .type = CONF_STRING, .check = is_length},
  {.name = "right", .type = CONF_STRING, .check = is_length},
  {.name = NULL}
};
static const struct conf_rule footer_rules[] = {
  {.name = "left", .type = CONF_STRING, .check = is_template_text},
  {.name = "right", .type = CONF_STRING, .check = is_template_text},
  {.name = "role", .type = CONF_STRING, .values = roles},
  {.name = "size", .type = CONF_STRING, .check = is_type_size},
  {.name = NULL}
};
static const struct conf_rule column_rules[] = {
  {.name = "head", .type = CONF_STRING},
  {.name = "value", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY},
  {.name = "strong", .type = CONF_STRING},
  {.name = "weight", .type = CONF_FLOAT, .check = is_weight},
  {.name = "align", .type = CONF_STRING, .values = aligns},
  {.name = NULL}
};
static const struct conf_rule block_rules[] = {
  {.name = "type", .type = CONF_STRING, .flags = CONF_REQUIRED, .values = types},
  {.name = "text", .type = CONF_STRING, .check = is_template_text},
  {.name = "head", .type = CONF_STRING, .check = is_template_text},
  {.name = "when", .type = CONF_STRING},
  {.name = "source", .type = CONF_STRING},
  {.name = "value", .type = CONF_STRING},
  {.name = "group", .type = CONF_STRING},
  {.name = "role", .type = CONF_STRING, .values = roles},
  {.name = "size", .type = CONF_STRING, .check = is_type_size},
  {.name = "leading", .type = CONF_STRING, .check = is_type_size},
  {.name = "head_role", .type = CONF_STRING, .values = roles},
  {.name = "head_size", .type = CONF_STRING, .check = is_type_size},
  {.name = "head_leading", .type = CONF_STRING, .check = is_type_size},
  {.name = "min_size", .type = CONF_STRING, .check = is_type_size},
  {.name = "before", .type = CONF_STRING, .check = is_length},
  {.name = "after", .type = CONF_STRING, .check = is_length},
  {.name = "indent", .type = CONF_FLOAT, .check = is_few},
  {.name = "inset", .type = CONF_FLOAT, .check = is_few},
  {.name = "side", .type = CONF_STRING, .check = is_length},
  {.name = "thick", .type = CONF_STRING, .check = is_length},
  {.name = "gap", .type = CONF_STRING, .check = is_length},
  {.name = "align", .type = CONF_STRING, .values = aligns},
  {.name = "keep", .type = CONF_BOOL},
  {.name = "balance", .type = CONF_BOOL},
  {.name = "below", .type = CONF_BOOL},
  {.name = "across", .type = CONF_INT, .min = 1, .max = 12},
  {.name = "columns", .type = CONF_LIST, .members = column_rules},
  {.name = NULL}
};
static const struct conf_rule root_rules[] = {
  {.name = "kind", .type = CONF_STRING, .flags = CONF_REQUIRED, .values = kinds},
  {.name = "summary", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY},
  {.name = "page", .type = CONF_GROUP, .members = page_rules},
  {.name = "footer", .type = CONF_GROUP, .members = footer_rules},
  {.name = "tight", .type = CONF_FLOAT, .check = is_share},
  {.name = "qr_level", .type = CONF_STRING, .values = levels},
  {.name = "blocks", .type = CONF_LIST, .flags = CONF_REQUIRED | CONF_NONEMPTY, .members = block_rules},
  {.name = NULL}
};

/* Keys a block type cannot do without, and keys that mean something only there. */
struct type_need { enum block_type type; const char *key; };
static const struct type_need needs[] = {
  {BLOCK_TEXT, "text"}, {BLOCK_TABLE, "source"}, {BLOCK_QR, "source"},
  {BLOCK_GRID, "source"}, {BLOCK_GRID, "value"}, {BLOCK_GRID, "across"},
};
static const struct { const char *key; unsigned in; } only[] = {
#define IN(t) (1u << BLOCK_##t)
  {"source", IN(TABLE) | IN(QR) | IN(GRID)}, {"value", IN(GRID)}, {"group", IN(TABLE)},
  {"columns", IN(TABLE)}, {"min_size", IN(TABLE)}, {"head", IN(QR) | IN(GRID)},
  {"head_role", IN(TABLE) | IN(QR) | IN(GRID)}, {"head_size", IN(TABLE) | IN(QR) | IN(GRID)},
  {"head_leading", IN(TABLE) | IN(QR) | IN(GRID)}, {"side", IN(QR) | IN(GRID)},
  {"below", IN(QR) | IN(GRID)}, {"across", IN(GRID)}, {"gap", IN(GRID)}, {"thick", IN(RULE)},
  {"balance", IN(TEXT)}, {"indent", IN(TEXT)}, {"inset", IN(TEXT)},
  {"text", IN(TEXT) | IN(TABLE) | IN(QR) | IN(GRID)},
#undef IN
};

static size_t index_of(const char *const *list, const char *s, size_t fallback) {
  for (size_t i = 0; s && list[i]; i++)
    if (strcmp(list[i], s) == 0) return i;
  return fallback;
}

static bool check_block(const struct conf *b, struct findings *f) {
  bool good = true;
  size_t type = index_of(types, conf_str(b, "type", NULL), BLOCK_TYPES);
  if (type == BLOCK_TYPES) return false;
  for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
    if (needs[i].type != type || conf_get(b, needs[i].key)) continue;
    conf_report(b, f, SEV_ERROR, "template.missing", _("类型 %s 的块缺少 %s"), types[type], needs[i].key);
    good = false;
  }
  for (size_t i = 0; i < sizeof only / sizeof *only; i++) {
    const struct conf *n = conf_get(b, only[i].key);
    if (!n || (only[i].in >> type & 1)) continue;
    conf_report(n, f, SEV_ERROR, "template.useless", _("类型 %s 的块用不到 %s，请删去或改块的类型"),
                types[type], only[i].key);
    good = false;
  }
  return good;
}

/* ---- from tree to struct */

static double length_of(const struct conf *g, const char *name, double fallback) {
  const char *s = g ? conf_str(g, name, NULL) : NULL;
  double v = fallback;
  if (s && !length_parse(s, &v)) v = fallback;
  return v;
}

static bool copy(char **to, const char *s) {
  *to = str_dup(s);
  return *to != NULL;
}

static bool read_column(const struct conf *n, struct column *c) {
  c->line = n->line;
  c->weight = conf_num(n, "weight", 0);
  c->align = (enum align)index_of(aligns, conf_str(n, "align", NULL), ALIGN_LEFT);
  return copy(&c->head, conf_str(n, "head", "")) && copy(&c->value, conf_str(n, "value", "")) &&
         copy(&c->strong, conf_str(n, "strong", ""));
}

static bool read_columns(const struct conf *list, struct block *b) {
  if (!list || list->n == 0) return true;
  b->columns = calloc(list->n, sizeof *b->columns);
  if (!b->columns) return false;
  b->n_columns = list->n;
  for (size_t i = 0; i < list->n; i++)
    if (!read_column(list->child[i], &b->columns[i])) return false;
  return true;
}

static bool read_types(const struct conf *n, struct block *b) {
  b->body_type.size = length_of(n, "size", 16);
  b->body_type.leading = length_of(n, "leading", b->body_type.size * 1.6);
  b->head_type.size = length_of(n, "head_size", b->body_type.size);
  b->head_type.leading =
      length_of(n, "head_leading", b->head_type.size * b->body_type.leading / b->body_type.size);
  b->min_size = fmin(length_of(n, "min_size", b->body_type.size), b->body_type.size);
  return copy(&b->body_type.role, conf_str(n, "role", "body")) &&
         copy(&b->head_type.role, conf_str(n, "head_role", "heading"));
}

static bool read_block(const struct conf *n, struct block *b) {
  b->type = (enum block_type)index_of(types, conf_str(n, "type", NULL), BLOCK_TEXT);
  b->line = n->line;
  b->before = length_of(n, "before", 0);
  b->after = length_of(n, "after", 0);
  b->indent = conf_num(n, "indent", 0);
  b->inset = conf_num(n, "inset", 0);
  b->side = length_of(n, "side", 25 * MM);
  b->thick = length_of(n, "thick", 0.5);
  b->gap = length_of(n, "gap", 4 * MM);
  b->align = (enum align)index_of(aligns, conf_str(n, "align", NULL), ALIGN_LEFT);
  b->keep = conf_bool(n, "keep", false);
  b->balance = conf_bool(n, "balance", false);
  b->below = conf_bool(n, "below", false);
  b->across = (int)conf_int(n, "across", 1);
  return copy(&b->text, conf_str(n, "text", "")) && copy(&b->head, conf_str(n, "head", "")) &&
         copy(&b->when, conf_str(n, "when", "")) && copy(&b->source, conf_str(n, "source", "")) &&
         copy(&b->value, conf_str(n, "value", "")) && copy(&b->group, conf_str(n, "group", "")) &&
         read_types(n, b) && read_columns(conf_get(n, "columns"), b);
}

static bool read_root(const struct conf *root, const char *path, struct template *t) {
  const struct conf *page = conf_get(root, "page"), *foot = conf_get(root, "footer");
  t->width = length_of(page, "width", 210 * MM);
  t->height = length_of(page, "height", 297 * MM);
  t->top = length_of(page, "top", 30 * MM);
  t->bottom = length_of(page, "bottom", 25 * MM);
  t->left = length_of(page, "left", 26 * MM);
  t->right = length_of(page, "right", 26 * MM);
  t->footer.size = length_of(foot, "size", 10.5);
  t->footer.leading = t->footer.size * 1.4;
  t->tight = conf_num(root, "tight", 0.85);
  t->qr_level = conf_str(root, "qr_level", "M")[0];
  const struct conf *list = conf_get(root, "blocks");
  t->blocks = calloc(list->n, sizeof *t->blocks);
  if (!t->blocks) return false;
  t->n_blocks = list->n;
  for (size_t i = 0; i < list->n; i++)
    if (!read_block(list->child[i], &t->blocks[i])) return false;
  return copy(&t->file, path) && copy(&t->kind, conf_str(root, "kind", "")) &&
         copy(&t->summary, conf_str(root, "summary", "")) &&
         copy(&t->footer.role, foot ? conf_str(foot, "role", "body") : "body") &&
         copy(&t->footer_left, foot ? conf_str(foot, "left", "") : "") &&
         copy(&t->footer_right, foot ? conf_str(foot, "right", "") : "");
}

static bool page_fits(const struct template *t, const struct conf *root, struct findings *f) {
  const struct conf *page = conf_get(root, "page");
  if (t->width - t->left - t->right >= 60 * MM && t->height - t->top - t->bottom >= 60 * MM) return true;
  conf_report(page ? page : root, f, SEV_ERROR, "template.page", "%s",
              _("页边距太大，版心不足 60mm 见方；请减小页边距或加大纸张"));
  return false;
}

struct template *template_load(const char *path, struct findings *f) {
  struct conf *root = conf_load(path, NULL, f);
  if (!root) return NULL;
  struct template *t = NULL;
  bool good = conf_check(root, root_rules, f) == 0;
  const struct conf *blocks = conf_get(root, "blocks");
  for (size_t i = 0; blocks && blocks->type == CONF_LIST && i < blocks->n; i++)
    if (blocks->child[i]->type == CONF_GROUP && !check_block(blocks->child[i], f)) good = false;
  if (good) {
    t = calloc(1, sizeof *t);
    if (!t || !read_root(root, path, t)) {
      struct error e;
      error_nomem(&e);
      findings_add_error(f, SEV_ERROR, &e);
      good = false;
    } else {
      good = page_fits(t, root, f);
    }
  }
  conf_free(root);
  if (good) return t;
  template_free(t);
  return NULL;
}

static void free_block(struct block *b) {
  for (size_t i = 0; i < b->n_columns; i++) {
    free(b->columns[i].head);
    free(b->columns[i].value);
    free(b->columns[i].strong);
  }
  char *owned[] = {b->text,  b->head,  b->when,           b->source,
                   b->value, b->group, b->body_type.role, b->head_type.role};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) free(owned[i]);
  free(b->columns);
}

void template_free(struct template *t) {
  if (!t) return;
  for (size_t i = 0; i < t->n_blocks; i++) free_block(&t->blocks[i]);
  char *owned[] = {t->file, t->kind, t->summary, t->footer_left, t->footer_right, t->footer.role};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) free(owned[i]);
  free(t->blocks);
  free(t);
}
