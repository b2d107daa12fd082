/* The units of a workbook: loaded whole when it is opened, found by code or name,
 * added and renamed with history.
 *
 * In memory they stand in order of their code.  A unit's number in the file is that of its
 * subject in the history: fixed, and in order of the codes for all units that the workbook
 * was made with.
 */
#include "checklists/workbook_private.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

const char *const unit_field_key[UNIT_FIELDS] = {"name", "level", "parent"};

#define UNIT_NAME_MAX 200

/* ---- loading */

static enum level level_of(const char *key)
{
  enum level l = LEVEL_COUNTY;
  while (l < LEVEL_COUNT && (key == NULL || strcmp(level_key(l), key) != 0))
    l++;
  return l;
}

static int by_number(const void *a, const void *b)
{
  int64_t x = ((const struct wb_number *)a)->no, y = ((const struct wb_number *)b)->no;
  return (x > y) - (x < y);
}

void wb_free_units(struct workbook *wb)
{
  free(wb->units);
  free(wb->unit_by_no);
  free(wb->unit_text);
  wb->units = NULL;
  wb->unit_by_no = NULL;
  wb->unit_text = NULL;
  wb->n_units = 0;
}

static int find_code(const struct workbook *wb, const char *code)
{
  size_t low = 0, high = wb->n_units;
  while (low < high) {
    size_t mid = (low + high) / 2;
    int order = strcmp(wb->units[mid].code, code);
    if (order == 0)
      return (int)mid;
    if (order < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return -1;
}

/* Which level may stand directly above.  It is always another one, so there are no circles. */
static bool parent_fits(enum level level, enum level above)
{
  switch (level) {
  case LEVEL_TOWNSHIP: case LEVEL_DEPARTMENT: return above == LEVEL_COUNTY;
  case LEVEL_VILLAGE: return above == LEVEL_TOWNSHIP;
  default: return false;
  }
}

/* The township a unit belongs to: itself or the one above; the top unit for all others. */
static int township_of(const struct workbook *wb, int unit)
{
  while (wb->units[unit].level != LEVEL_TOWNSHIP && wb->units[unit].parent >= 0)
    unit = wb->units[unit].parent;
  return unit;
}

/* Rows of `SELECT no, code, name, level, parent`: numbers into units, texts one after the
 * other into text (their addresses are known only at the end). */
static enum status read_rows(struct workbook *wb, sqlite3_stmt *st, size_t n, struct text *text,
                             struct error *e)
{
  int more;
  while ((more = db_step(&wb->db, st, e)) == 1 && wb->n_units < n) {
    struct unit *u = &wb->units[wb->n_units];
    u->no = sqlite3_column_int(st, 0);
    u->level = level_of(db_col(st, 3));
    if (u->level == LEVEL_COUNT)
      return error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏：单位表里有不认识的层级"), wb->path);
    for (int i = 1; i < 5; i += i == 2 ? 2 : 1) { /* code, name, parent */
      const char *s = db_col(st, i);
      text_addn(text, s != NULL ? s : "", s != NULL ? strlen(s) + 1 : 1);
    }
    wb->unit_by_no[wb->n_units] = (struct wb_number){u->no, (int)wb->n_units};
    wb->n_units++;
  }
  return more < 0 ? e->status : ST_OK;
}

static enum status link_units(struct workbook *wb, struct error *e)
{
  char *s = wb->unit_text;
  for (size_t i = 0; i < wb->n_units; i++) {
    struct unit *u = &wb->units[i];
    u->code = s;
    u->name = u->code + strlen(u->code) + 1;
    const char *parent = u->name + strlen(u->name) + 1;
    s = u->name + strlen(u->name) + 1 + strlen(parent) + 1;
  }
  for (size_t i = 0; i < wb->n_units; i++) {
    struct unit *u = &wb->units[i];
    const char *parent = u->name + strlen(u->name) + 1;
    u->parent = *parent != '\0' ? find_code(wb, parent) : -1;
    if (*parent != '\0' && (u->parent < 0 || !parent_fits(u->level, wb->units[u->parent].level)))
      return error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏：单位 %s 的上级不对"), wb->path, u->code);
  }
  for (size_t i = 0; i < wb->n_units; i++)
    wb->units[i].township = township_of(wb, (int)i);
  qsort(wb->unit_by_no, wb->n_units, sizeof *wb->unit_by_no, by_number);
  return ST_OK;
}

enum status wb_load_units(struct workbook *wb, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  wb_free_units(wb);
  int64_t n = 0;
  enum status st = db_number(&wb->db, "SELECT count(*) FROM unit", 0, &n, e);
  if (st != ST_OK)
    return st;
  wb->units = calloc((size_t)n + 1, sizeof *wb->units);
  wb->unit_by_no = calloc((size_t)n + 1, sizeof *wb->unit_by_no);
  struct text text = {0};
  sqlite3_stmt *q = db_prepare(&wb->db, "SELECT no, code, name, level, parent FROM unit ORDER BY code", e);
  if (wb->units == NULL || wb->unit_by_no == NULL)
    st = error_nomem(e);
  else
    st = q != NULL ? read_rows(wb, q, (size_t)n, &text, e) : e->status;
  db_done(&wb->db, q);
  if (st == ST_OK && !text_ok(&text))
    st = error_nomem(e);
  wb->unit_text = text_take(&text);
  if (st == ST_OK && wb->n_units > 0)
    st = link_units(wb, e);
  if (st != ST_OK)
    wb_free_units(wb);
  return st;
}

const struct unit *wb_units(const struct workbook *wb, size_t *n)
{
  if (n != NULL)
    *n = wb->n_units;
  return wb->units;
}

int wb_find_unit(const struct workbook *wb, const char *code)
{
  if (str_empty(code))
    return -1;
  int found = find_code(wb, code);
  if (found >= 0)
    return found;
  for (size_t i = 0; i < wb->n_units; i++) {
    if (strcmp(wb->units[i].name, code) != 0)
      continue;
    if (found >= 0)
      return -1; /* two units of that name */
    found = (int)i;
  }
  return found;
}

int wb_unit_by_no(const struct workbook *wb, int64_t no)
{
  size_t low = 0, high = wb->n_units;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (wb->unit_by_no[mid].no == no)
      return wb->unit_by_no[mid].index;
    if (wb->unit_by_no[mid].no < no)
      low = mid + 1;
    else
      high = mid;
  }
  return -1;
}

/* ---- one row */

enum status wb_read_unit(struct workbook *wb, int64_t no, char *value[UNIT_FIELDS], struct error *e)
{
  for (int i = 0; i < UNIT_FIELDS; i++)
    value[i] = NULL;
  sqlite3_stmt *st = db_prepare(&wb->db, "SELECT name, level, parent FROM unit WHERE no = ?", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, no);
  int more = db_step(&wb->db, st, e);
  bool whole = true;
  for (int i = 0; more == 1 && i < UNIT_FIELDS; i++) {
    const char *s = db_col(st, i);
    value[i] = str_dup(s);
    whole = whole && (s == NULL || value[i] != NULL);
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return whole ? ST_OK : error_nomem(e);
}

enum status wb_write_unit(struct workbook *wb, int64_t no, const char *code,
                          const char *const value[UNIT_FIELDS], struct error *e)
{
  sqlite3_stmt *st;
  wb->step.units = true;
  if (value[UNIT_NAME] == NULL) {
    st = db_prepare(&wb->db, "DELETE FROM unit WHERE no = ?", e);
    if (st == NULL)
      return e->status;
    db_int(&wb->db, st, 1, no);
    return db_run(&wb->db, st, e);
  }
  st = db_prepare(&wb->db,
                  "INSERT INTO unit (no, code, name, level, parent) VALUES (?1, ?2, ?3, ?4, ?5)"
                  " ON CONFLICT (no) DO UPDATE SET name = ?3, level = ?4, parent = ?5", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, no);
  db_text(&wb->db, st, 2, code);
  for (int i = 0; i < UNIT_FIELDS; i++)
    db_text(&wb->db, st, 3 + i, value[i]);
  return db_run(&wb->db, st, e);
}

/* ---- the rules of a unit */

static bool all_digits(const char *s, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    if (s[i] < '0' || s[i] > '9')
      return false;
  }
  return true;
}

/* Twelve digits; a department has -D and two digits more. */
static bool code_fits(const char *code, enum level level)
{
  size_t n = code != NULL ? strlen(code) : 0;
  if (n < 12 || !all_digits(code, 12))
    return false;
  if (level != LEVEL_DEPARTMENT)
    return n == 12;
  return n == 16 && code[12] == '-' && code[13] == 'D' && all_digits(code + 14, 2);
}

static bool name_fits(const char *name)
{
  if (str_empty(name) || strlen(name) > UNIT_NAME_MAX || !utf8_valid(name, strlen(name), NULL))
    return false;
  for (const char *p = name; *p != '\0'; p++) {
    if ((unsigned char)*p < ' ' || *p == 0x7f)
      return false;
  }
  return name[0] != ' ' && name[strlen(name) - 1] != ' ';
}

static enum status check_parent(struct workbook *wb, const struct wb_new_unit *u, struct error *e)
{
  if (str_empty(u->parent)) {
    if (u->level == LEVEL_COUNTY || u->level == LEVEL_TOWNSHIP)
      return ST_OK;
    return error_set(e, ST_DATA, "unit.parent", _("单位 %s %s 没有写上级单位的代码"), u->code, u->name);
  }
  sqlite3_stmt *st = db_prepare(&wb->db, "SELECT level FROM unit WHERE code = ?", e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, u->parent);
  int more = db_step(&wb->db, st, e);
  enum level above = more == 1 ? level_of(db_col(st, 0)) : LEVEL_COUNT;
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  if (above == LEVEL_COUNT)
    return error_set(e, ST_DATA, "unit.parent", _("单位 %s %s 的上级 %s 不在台账里；请把上级写在它前面"), u->code,
                     u->name, u->parent);
  if (!parent_fits(u->level, above))
    return error_set(e, ST_DATA, "unit.parent", _("单位 %s %s 的上级 %s 层级不对：村属于乡，乡和部门属于县"),
                     u->code, u->name, u->parent);
  return ST_OK;
}

static enum status check_unit(struct workbook *wb, const struct wb_new_unit *u, struct error *e)
{
  if ((int)u->level < 0 || u->level >= LEVEL_COUNT)
    return error_set(e, ST_DATA, "unit.level", _("单位 %s 的层级不对，应为县、乡、村或部门"),
                     u->code != NULL ? u->code : "");
  if (!code_fits(u->code, u->level))
    return error_set(e, ST_DATA, "unit.code", _("单位代码 %s 不对：应为十二位数字，部门在县级代码后加 -D01 这样的序号"),
                     u->code != NULL ? u->code : "");
  if (!name_fits(u->name))
    return error_set(e, ST_DATA, "unit.name", _("单位 %s 的名称不对：不能空着、太长、首尾有空格或含控制字符"), u->code);
  return check_parent(wb, u, e);
}

/* ---- adding and renaming */

static enum status write_changes(struct workbook *wb, int64_t no, bool fresh, const char *subject,
                                 const struct wb_new_unit *u, char *old[UNIT_FIELDS], struct error *e)
{
  const char *parent = str_empty(u->parent) ? NULL : u->parent;
  const char *const value[UNIT_FIELDS] = {u->name, level_key(u->level), parent};
  bool differs = false;
  enum status st = ST_OK;
  for (int i = 0; i < UNIT_FIELDS && st == ST_OK; i++) {
    if (str_same(old[i], value[i]))
      continue;
    differs = true;
    st = wb_history_add(wb, &(struct wb_row){no, subject, fresh, unit_field_key[i], old[i], value[i]}, e);
  }
  if (st == ST_OK && differs)
    st = wb_write_unit(wb, no, u->code, value, e);
  return st;
}

enum status wb_put_unit(struct workbook *wb, const struct wb_new_unit *u, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  enum status st = wb_step_ready(wb, e);
  if (st == ST_OK)
    st = check_unit(wb, u, e);
  if (st != ST_OK)
    return st;
  char subject[64] = "unit/"; /* the code was checked: at most 16 bytes */
  strcat(subject, u->code);
  int64_t no = 0;
  bool fresh = false;
  char *old[UNIT_FIELDS] = {NULL};
  st = wb_subject(wb, subject, true, &no, &fresh, e);
  if (st == ST_OK)
    st = wb_read_unit(wb, no, old, e);
  if (st == ST_OK && old[UNIT_LEVEL] != NULL && strcmp(old[UNIT_LEVEL], level_key(u->level)) != 0) {
    st = error_set(e, ST_DATA, "unit.level", _("单位 %s 已在台账里，层级不能改"), u->code);
  } else if (st == ST_OK) {
    st = write_changes(wb, no, fresh, subject, u, old, e);
    if (st != ST_OK)
      st = wb_step_fail(wb, e);
  }
  for (int i = 0; i < UNIT_FIELDS; i++)
    free(old[i]);
  return st;
}
