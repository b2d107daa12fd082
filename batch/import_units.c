/* Division lists: reading and checking code,name,level,parent, for init and for `import --units`.
 *
 * Every bad line is reported with line and column.  The order of lines does not matter; a parent is always of
 * a higher level, so sorting by level puts parents first and a circle cannot be.
 */
#include "base/array.h"
#include "base/file.h"
#include "base/utf8.h"
#include "batch/import.h"
#include <stdlib.h>
#include <string.h>

enum { U_CODE, U_NAME, U_LEVEL, U_PARENT, U_COLUMNS };
static const char *const unit_columns[] = {"code", "name", "level", "parent"};

/* One row while it is checked. */
struct reading {
  struct unit_rows *rows;
  const struct workbook *wb;
  struct findings *f;
  const char *file;
};

static void bad(struct reading *r, int line, int column, const char *id, const char *text,
                const char *value) {
  findings_add(r->f, SEV_ERROR, id, r->file, line, unit_columns[column], text, value);
}

/* Full-width digits and letters folded, spaces around cut off; in place, since folding never lengthens. */
static char *tidy(char *s, bool fold) {
  struct text t = {0};
  if (fold) {
    utf8_fold_text(&t, s);
    if (t.len <= strlen(s)) {
      strcpy(s, text_str(&t));
    }
    text_free(&t);
  }
  while (*s == ' ' || *s == '\t') {
    s++;
  }
  size_t n = strlen(s);
  while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t')) {
    s[--n] = '\0';
  }
  return s;
}

static bool all_digits(const char *s, size_t n) {
  return strspn(s, "0123456789") >= n;
}

/* Twelve digits; a department has -D and two digits behind the county's. */
static bool code_valid(const char *code, enum level level) {
  size_t n = strlen(code);
  if (level == LEVEL_DEPARTMENT) {
    return n == 16 && all_digits(code, 12) && strncmp(code + 12, "-D", 2) == 0 && all_digits(code + 14, 2);
  }
  return n == 12 && all_digits(code, 12);
}

static bool name_valid(const char *s) {
  struct text t = {0};
  utf8_clean(&t, s);
  bool plain = text_ok(&t) && strcmp(text_str(&t), s) == 0 && t.len <= 200;
  text_free(&t);
  return plain;
}

static bool push(struct unit_rows *rows, const struct wb_new_unit *u, int line) {
  size_t cap = rows->cap; /* of both */
  if (!ARRAY_ROOM(rows->list, rows->n, cap) || !ARRAY_ROOM(rows->line, rows->n, rows->cap)) return false;
  rows->list[rows->n] = *u;
  rows->line[rows->n++] = line;
  return true;
}

/* The row read last, by itself. */
static bool take_row(struct reading *r, const int map[U_COLUMNS]) {
  static char nothing[1];
  struct csv *c = &r->rows->csv;
  char *cell[U_COLUMNS];
  size_t errors = r->f->count[SEV_ERROR];
  for (int i = 0; i < U_COLUMNS; i++) {
    bool given = map[i] >= 0 && (size_t)map[i] < c->n;
    cell[i] = given ? tidy(c->cell[map[i]], i != U_NAME) : nothing;
  }
  int level = level_find(cell[U_LEVEL]);
  if (level < 0) {
    bad(r, c->line, U_LEVEL, "units.level", _("级别“%s”不对，应是 county、township、village 或 department"),
        cell[U_LEVEL]);
  } else if (!code_valid(cell[U_CODE], (enum level)level)) {
    bad(r, c->line, U_CODE, "units.code",
        level == LEVEL_DEPARTMENT ? _("部门代码“%s”不对，应是县级代码加 -D01 这样的编号")
                                  : _("代码“%s”不对，应是 12 位数字"),
        cell[U_CODE]);
  }
  if (*cell[U_NAME] == '\0') {
    bad(r, c->line, U_NAME, "units.no-name", _("单位“%s”没有写名称"), cell[U_CODE]);
  } else if (!name_valid(cell[U_NAME])) {
    bad(r, c->line, U_NAME, "units.name", _("名称“%s”太长，或者有控制字符"), cell[U_NAME]);
  }
  if (r->f->count[SEV_ERROR] > errors) {
    return true;
  }
  struct wb_new_unit u = {cell[U_CODE], cell[U_NAME], *cell[U_PARENT] != '\0' ? cell[U_PARENT] : NULL,
                          (enum level)level};
  return push(r->rows, &u, c->line);
}

static bool may_be_below(enum level child, enum level parent) {
  return child == LEVEL_DEPARTMENT ? parent == LEVEL_COUNTY : parent < child && parent != LEVEL_DEPARTMENT;
}

static int rank_of(enum level l) {
  static const int rank[LEVEL_COUNT] = {
      [LEVEL_COUNTY] = 0, [LEVEL_DEPARTMENT] = 1, [LEVEL_TOWNSHIP] = 2, [LEVEL_VILLAGE] = 3};
  return rank[l];
}

/* Check what a row says of others, given where each code was first seen (index + 1). */
static bool check_row(struct reading *r, struct key_table *seen, size_t i, int *tops) {
  const struct wb_new_unit *u = &r->rows->list[i];
  int line = r->rows->line[i];
  if (u->parent == NULL) {
    bool known = r->wb != NULL && wb_find_unit(r->wb, u->code) >= 0;
    ++*tops;
    if (r->wb != NULL && !known) {
      bad(r, line, U_PARENT, "units.parent", _("“%s”没有写上级单位"), u->code);
    } else if (r->wb == NULL && *tops > 1) {
      bad(r, line, U_PARENT, "units.tops", _("“%s”没有写上级单位，而一本台账只能有一个最上级单位"), u->code);
    }
    return true;
  }
  int *at = keys_at(seen, u->parent);
  if (at == NULL) {
    return false;
  }
  int unit = *at == 0 && r->wb != NULL ? wb_find_unit(r->wb, u->parent) : -1;
  if (*at == 0 && unit < 0) {
    bad(r, line, U_PARENT, "units.parent", _("没有上级单位“%s”"), u->parent);
    return true;
  }
  size_t n;
  enum level parent = *at > 0 ? r->rows->list[*at - 1].level : wb_units(r->wb, &n)[unit].level;
  if (!may_be_below(u->level, parent)) {
    bad(r, line, U_PARENT, "units.parent-level", _("上级单位“%s”的级别不比它高"), u->parent);
  }
  return true;
}

static bool check_rows(struct reading *r) {
  struct key_table *seen = keys_new();
  int tops = 0;
  bool ok = seen != NULL;
  for (size_t i = 0; ok && i < r->rows->n; i++) {
    int *at = keys_at(seen, r->rows->list[i].code);
    ok = at != NULL;
    if (ok && *at > 0) {
      bad(r, r->rows->line[i], U_CODE, "units.twice", _("代码“%s”前面已经有了"), r->rows->list[i].code);
    } else if (ok) {
      *at = (int)i + 1;
    }
  }
  for (size_t i = 0; ok && i < r->rows->n; i++) {
    ok = check_row(r, seen, i, &tops);
  }
  keys_free(seen);
  return ok;
}

/* Parents first; within a level as in the file. */
static bool sort_rows(struct unit_rows *rows) {
  struct unit_rows out = {0};
  bool ok = true;
  for (int rank = 0; ok && rank < LEVEL_COUNT; rank++) {
    for (size_t i = 0; ok && i < rows->n; i++) {
      ok = rank_of(rows->list[i].level) != rank || push(&out, &rows->list[i], rows->line[i]);
    }
  }
  free(rows->list);
  free(rows->line);
  rows->list = out.list;
  rows->line = out.line;
  rows->n = out.n;
  rows->cap = out.cap;
  return ok;
}

static enum status check_head(struct csv *c, int map[U_COLUMNS], struct error *e) {
  enum status st = csv_head(c, unit_columns, U_COLUMNS, map, NULL, e);
  for (int i = 0; st == ST_OK && i < U_COLUMNS; i++) {
    if (map[i] < 0) {
      st = error_set(e, ST_DATA, "units.column", _("缺少“%s”一栏，表头应有 code,name,level,parent"),
                     unit_columns[i]);
      error_at(e, c->file, c->line, NULL);
    }
  }
  return st;
}

enum status unit_rows_read(struct unit_rows *rows, const char *path, const struct workbook *wb,
                           struct findings *f, struct error *e) {
  struct reading r = {rows, wb, f, path};
  int map[U_COLUMNS], got = 1;
  enum status st = csv_open(&rows->csv, path, e);
  if (st == ST_OK) {
    st = check_head(&rows->csv, map, e);
  }
  while (st == ST_OK && (got = csv_next(&rows->csv, e)) == 1) {
    if (!csv_row_blank(&rows->csv)) {
      st = take_row(&r, map) ? ST_OK : error_nomem(e);
    }
  }
  if (st == ST_OK && got < 0) {
    st = e->status;
  }
  if (st == ST_OK && (!check_rows(&r) || !sort_rows(rows))) {
    st = error_nomem(e);
  }
  if (st == ST_OK && rows->n == 0 && f->count[SEV_ERROR] == 0) {
    st = error_set(e, ST_DATA, "units.empty", _("表头下面没有一个单位"));
    error_at(e, path, 0, NULL);
  }
  return st;
}

static int row_find(const struct unit_rows *r, const char *given) {
  int found = -1;
  for (size_t i = 0; i < r->n; i++) {
    if (strcmp(r->list[i].code, given) == 0) {
      return (int)i;
    }
    if (strcmp(r->list[i].name, given) == 0) {
      found = found == -1 ? (int)i : -2;
    }
  }
  return found;
}

enum status unit_rows_keep(struct unit_rows *r, const char *top, struct error *e) {
  int at = row_find(r, top);
  if (at < 0) {
    return error_set(e, ST_DATA, "units.unknown",
                     at == -2 ? _("有几个单位都叫“%s”，请改用代码") : _("单位清单里没有“%s”"), top);
  }
  if (r->list[at].level != LEVEL_COUNTY && r->list[at].level != LEVEL_TOWNSHIP) {
    return error_set(e, ST_DATA, "units.top-level", _("“%s”不是县或乡镇，不能单独建台账"), r->list[at].name);
  }
  struct key_table *kept = keys_new();
  size_t n = 0;
  bool ok = kept != NULL;
  for (size_t i = 0; ok && i < r->n; i++) {
    struct wb_new_unit u = r->list[i];
    bool keep = (int)i == at;
    if (keep) {
      u.parent = NULL;
    } else if (u.parent != NULL) {
      int *above = keys_at(kept, u.parent);
      ok = above != NULL;
      keep = ok && *above > 0;
    }
    if (ok && keep) {
      int *mine = keys_at(kept, u.code);
      ok = mine != NULL;
      if (ok) {
        *mine = 1;
      }
      r->line[n] = r->line[i];
      r->list[n++] = u;
    }
  }
  r->n = n;
  keys_free(kept);
  return ok ? ST_OK : error_nomem(e);
}

void unit_rows_free(struct unit_rows *r) {
  free(r->list);
  free(r->line);
  csv_close(&r->csv);
  memset(r, 0, sizeof *r);
}

/* ---- import --units */

struct units_receipt {
  long added, changed, same;
};

/* What putting u would do to the workbook; a changed level or parent is refused. */
static enum status compare(const struct workbook *wb, const struct wb_new_unit *u, struct units_receipt *n,
                           bool *put, struct error *e) {
  size_t count;
  const struct unit *units = wb_units(wb, &count);
  int at = wb_find_unit(wb, u->code);
  *put = true;
  if (at < 0 || strcmp(units[at].code, u->code) != 0) {
    n->added++;
    return ST_OK;
  }
  const char *parent = units[at].parent >= 0 ? units[units[at].parent].code : NULL;
  if (units[at].level != u->level || (u->parent != NULL && !str_same(parent, u->parent))) {
    return error_set(e, ST_DATA, "units.moved", _("“%s”在台账里的级别或上级单位与此不同；只能新增单位或改名"),
                     u->code);
  }
  *put = strcmp(units[at].name, u->name) != 0;
  n->changed += *put;
  n->same += !*put;
  return ST_OK;
}

static void print_receipt(struct app *app, const struct units_receipt *n, bool dry_run) {
  if (app->json) {
    fprintf(
        app->out,
        "{\"schema\":\"mingbai.import-units/1\",\"new\":%ld,\"changed\":%ld,\"same\":%ld,\"stored\":%s}\n",
        n->added, n->changed, n->same, dry_run ? "false" : "true");
    return;
  }
  if (app->quiet) {
    return;
  }
  fprintf(app->out, _("单位：新增 %ld，改名 %ld，没有变化 %ld。%s\n"), n->added, n->changed, n->same,
          dry_run ? _("这只是试算，台账没有改动。") : "");
}

enum status import_units(struct app *app, struct workbook *wb, const char *path, bool dry_run) {
  struct unit_rows rows = {0};
  struct findings f = {0};
  struct units_receipt n = {0};
  struct error e = {0};
  struct text label = {0};
  enum status st = unit_rows_read(&rows, path, wb, &f, &e);
  text_addf(&label, _("导入单位 %s"), path_base(path));
  if (st == ST_OK && f.count[SEV_ERROR] == 0) {
    st = wb_begin(wb, text_str(&label), app->person, app->now, &e);
  }
  for (size_t i = 0; st == ST_OK && f.count[SEV_ERROR] == 0 && i < rows.n; i++) {
    bool put;
    st = compare(wb, &rows.list[i], &n, &put, &e);
    if (st == ST_OK && put) {
      st = wb_put_unit(wb, &rows.list[i], &e);
    }
    if (st != ST_OK) {
      error_at(&e, path, rows.line[i], NULL);
    }
  }
  import_report_bad(app, &f);
  bool good = st == ST_OK && f.count[SEV_ERROR] == 0;
  if (good && !dry_run) {
    st = wb_commit(wb, &e);
    good = st == ST_OK;
  } else {
    wb_cancel(wb);
  }
  if (good) {
    print_receipt(app, &n, dry_run);
  } else if (st != ST_OK) {
    st = report_error(app, &e);
  } else {
    st = ST_DATA;
  }
  findings_free(&f);
  text_free(&label);
  unit_rows_free(&rows);
  return st;
}
