/* Undo and redo, over any number of steps and sessions.
 *
 * Undoing a step is a new step (act "undo", with the step undone as its target) whose rows
 * say the reverse, newest first; redoing says them again in their own order.  Nothing else
 * is remembered: what can be undone or redone is read from the steps of this copy, newest
 * first.  Each undo hides the step done before it, each redo takes one undo back; a new
 * step after undos makes the undone ones unreachable (they stay in the history).
 *
 * The first step (the making of the workbook) cannot be undone.  A field that was changed
 * since by something that is no step of this copy stops the undo: nothing is overwritten
 * unseen.
 */
#include "checklists/workbook_private.h"

#include <stdlib.h>
#include <string.h>

/* ---- which step */

struct target { int64_t step, first, last; char *label; };

enum act { ACT_DO, ACT_UNDO, ACT_REDO };

static enum act act_of(const char *s)
{
  return s == NULL || strcmp(s, "do") == 0 ? ACT_DO : strcmp(s, "undo") == 0 ? ACT_UNDO : ACT_REDO;
}

/* Walk back from the newest step.  `hidden` counts undos whose steps are still to come. */
static int64_t step_to_undo(struct db *db, sqlite3_stmt *st, int *more, struct error *e)
{
  int64_t hidden = 0;
  while ((*more = db_step(db, st, e)) == 1) {
    enum act act = act_of(db_col(st, 1));
    if (act == ACT_UNDO)
      hidden++;
    else if (act == ACT_REDO)
      hidden--;
    else if (hidden == 0)
      return sqlite3_column_int64(st, 0);
    else
      hidden--;
  }
  return 0;
}

/* Only undos and redos count here: a step done since ends what can be redone. */
static int64_t step_to_redo(struct db *db, sqlite3_stmt *st, int *more, struct error *e)
{
  int64_t redone = 0;
  while ((*more = db_step(db, st, e)) == 1) {
    enum act act = act_of(db_col(st, 1));
    if (act == ACT_DO)
      return 0;
    if (act == ACT_REDO)
      redone++;
    else if (redone == 0)
      return sqlite3_column_int64(st, 2);
    else
      redone--;
  }
  return 0;
}

static enum status find_step(struct workbook *wb, enum act act, int64_t *step, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db,
                                "SELECT step, act, target FROM step WHERE origin = ? ORDER BY step DESC", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  int more;
  *step = act == ACT_UNDO ? step_to_undo(&wb->db, st, &more, e) : step_to_redo(&wb->db, st, &more, e);
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  if (*step > 1)
    return ST_OK;
  if (act == ACT_UNDO)
    return error_set(e, ST_NOINPUT, "undo.nothing", _("没有可以撤销的操作"));
  return error_set(e, ST_NOINPUT, "redo.nothing", _("没有可以重做的操作"));
}

/* Label and rows of a step: from its first to the one before the next step's first. */
static enum status describe(struct workbook *wb, int64_t step, struct target *t, struct error *e)
{
  *t = (struct target){.step = step, .last = INT64_MAX};
  sqlite3_stmt *st = db_prepare(
      &wb->db, "SELECT first, label FROM step WHERE origin = ? AND step >= ? ORDER BY step LIMIT 2", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, step);
  int more = db_step(&wb->db, st, e);
  if (more == 1) {
    t->first = sqlite3_column_int64(st, 0);
    t->label = str_dup(db_col(st, 1));
    more = db_step(&wb->db, st, e);
    if (more == 1)
      t->last = sqlite3_column_int64(st, 0) - 1;
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return t->label != NULL ? ST_OK : error_nomem(e);
}

/* ---- applying rows.  Rows of one subject stand together: its row in `record` or `unit`
 * is read once, changed in memory, and written once. */

struct subject {
  int64_t no;
  char *name;
  bool is_unit, stored; /* stored: the row is in the file at this moment */
  struct record r;      /* r.no 0: no such record */
  char *unit[UNIT_FIELDS];
};

static void subject_free(struct subject *s)
{
  record_free(&s->r);
  free(s->name);
  for (int i = 0; i < UNIT_FIELDS; i++)
    free(s->unit[i]);
  memset(s, 0, sizeof *s);
}

static enum status subject_load(struct workbook *wb, struct subject *s, int64_t no, const char *name,
                                struct error *e)
{
  s->no = no;
  s->name = str_dup(name);
  if (s->name == NULL)
    return error_nomem(e);
  s->is_unit = strncmp(name, "unit/", 5) == 0;
  if (s->is_unit)
    return wb_read_unit(wb, no, s->unit, e);
  enum status st = wb_read_record(wb, no, &s->r, e);
  s->stored = st == ST_OK && s->r.no != 0;
  if (s->stored && s->r.unit < 0)
    return error_set(e, ST_DATA, "undo.unit", _("%s 的单位是另一个窗口新加的；请重新打开台账再撤销"), s->name);
  return st;
}

static enum status subject_write(struct workbook *wb, struct subject *s, struct error *e)
{
  enum status st = ST_OK;
  if (s->is_unit) {
    const char *value[UNIT_FIELDS];
    for (int i = 0; i < UNIT_FIELDS; i++)
      value[i] = s->unit[i];
    st = wb_write_unit(wb, s->no, s->name + 5, value, e);
  } else if (s->r.no != 0) {
    st = wb_write_record(wb, &s->r, !s->stored, e);
  } else if (s->stored) {
    st = wb_erase_record(wb, s->no, e);
  }
  return st;
}

static enum status changed_since(const struct subject *s, struct error *e)
{
  return error_set(e, ST_DATA, "undo.changed", _("%s 后来又被改过，不能撤销或重做这一步；请直接修改"), s->name);
}

/* One value of the subject: where it stands, or NULL when there is no such field. */
static char **value_of(struct subject *s, const char *field)
{
  if (!s->is_unit) {
    int f = field_find(field);
    return f >= 0 ? &s->r.value[f] : NULL;
  }
  for (int i = 0; i < UNIT_FIELDS; i++) {
    if (strcmp(field, unit_field_key[i]) == 0)
      return &s->unit[i];
  }
  return NULL;
}

/* The record appears or goes; its fields have rows of their own. */
static enum status apply_place(struct workbook *wb, struct subject *s, const char *from, const char *to,
                               struct error *e)
{
  struct text place = {0};
  if (s->r.no != 0)
    wb_record_place(wb, &s->r, &place);
  bool same = text_ok(&place) && str_same(text_str(&place), from);
  text_free(&place);
  if (!same)
    return changed_since(s, e);
  if (to == NULL) {
    s->r.no = 0;
    return ST_OK;
  }
  s->r.no = s->no;
  return wb_record_placed(wb, to, &s->r) ? ST_OK : changed_since(s, e);
}

static enum status apply(struct workbook *wb, struct subject *s, const char *field, const char *from,
                         const char *to, struct error *e)
{
  enum status st = ST_OK;
  if (!s->is_unit && strcmp(field, "record") == 0) {
    st = apply_place(wb, s, from, to, e);
  } else {
    char **value = value_of(s, field);
    if (value == NULL || !str_same(*value, from))
      return changed_since(s, e);
    char *copy = str_dup(to);
    if (to != NULL && copy == NULL)
      return error_nomem(e);
    free(*value);
    *value = copy;
  }
  if (st == ST_OK)
    st = wb_history_add(wb, &(struct wb_row){s->no, s->name, false, field, from, to}, e);
  return st;
}

#define ROWS \
  "SELECT h.subject, s.name, h.field, h.old, h.new FROM history h JOIN subject s ON s.no = h.subject" \
  " WHERE h.origin = ?1 AND h.seq BETWEEN ?2 AND ?3 ORDER BY h.seq"
static const char rows_forward[] = ROWS;
static const char rows_backward[] = ROWS " DESC";

static enum status apply_step(struct workbook *wb, enum act act, const struct target *t, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, act == ACT_UNDO ? rows_backward : rows_forward, e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, t->first);
  db_int(&wb->db, st, 3, t->last < wb->step.seq ? t->last : wb->step.seq);
  struct subject s = {0};
  enum status result = ST_OK;
  int more = 0, from = act == ACT_UNDO ? 4 : 3, to = act == ACT_UNDO ? 3 : 4;
  while (result == ST_OK && (more = db_step(&wb->db, st, e)) == 1) {
    if (sqlite3_column_int64(st, 0) != s.no) {
      if (s.no != 0)
        result = subject_write(wb, &s, e);
      subject_free(&s);
      if (result == ST_OK)
        result = subject_load(wb, &s, sqlite3_column_int64(st, 0), db_col(st, 1), e);
    }
    if (result == ST_OK)
      result = apply(wb, &s, db_col(st, 2), db_col(st, from), db_col(st, to), e);
  }
  if (result == ST_OK && more < 0)
    result = e->status;
  if (result == ST_OK && s.no != 0)
    result = subject_write(wb, &s, e);
  subject_free(&s);
  db_done(&wb->db, st);
  return result;
}

/* The step was chosen before the file was locked for writing: is it still the one? */
static enum status still_newest(struct workbook *wb, enum act act, int64_t step, struct error *e)
{
  int64_t now = 0;
  enum status st = find_step(wb, act, &now, e);
  if (st == ST_OK && now != step)
    st = error_set(e, ST_BUSY, "wb.busy", _("另一个窗口刚刚改了台账 %s，请看过之后再撤销或重做"), wb->path);
  return st;
}

static enum status turn(struct workbook *wb, enum act act, const char *person, int64_t time,
                        struct text *label, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  int64_t step = 0;
  struct target t = {0};
  enum status st = wb->step.open ? wb_begin(wb, "", person, time, e) : ST_OK; /* says that a step is open */
  if (st == ST_OK)
    st = find_step(wb, act, &step, e);
  if (st == ST_OK)
    st = describe(wb, step, &t, e);
  if (st == ST_OK)
    st = wb_begin_act(wb, act == ACT_UNDO ? "undo" : "redo", step, t.label, person, time, e);
  if (st == ST_OK) {
    st = still_newest(wb, act, step, e);
    if (st == ST_OK)
      st = apply_step(wb, act, &t, e);
    if (st == ST_OK)
      st = wb_commit(wb, e);
    else
      wb_cancel(wb);
  }
  if (st == ST_OK && label != NULL)
    text_add(label, t.label);
  free(t.label);
  return st;
}

/* Records (and units) that a step changed. */
static enum status count_subjects(struct workbook *wb, const struct target *t, int64_t *n, struct error *e)
{
  sqlite3_stmt *st = db_prepare(
      &wb->db, "SELECT count(DISTINCT subject) FROM history WHERE origin = ? AND seq BETWEEN ? AND ?", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, t->first);
  db_int(&wb->db, st, 3, t->last);
  int more = db_step(&wb->db, st, e);
  *n = more == 1 ? sqlite3_column_int64(st, 0) : 0;
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}

static enum status peek(struct workbook *wb, enum act act, struct wb_next *next, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  struct target t = {0};
  *next = (struct wb_next){0};
  enum status st = find_step(wb, act, &next->step, e);
  if (st == ST_OK)
    st = describe(wb, next->step, &t, e);
  if (st == ST_OK)
    st = count_subjects(wb, &t, &next->records, e);
  if (st == ST_OK)
    text_add(&next->label, t.label);
  free(t.label);
  return st;
}

enum status wb_undo_peek(struct workbook *wb, struct wb_next *next, struct error *e)
{
  return peek(wb, ACT_UNDO, next, e);
}

enum status wb_redo_peek(struct workbook *wb, struct wb_next *next, struct error *e)
{
  return peek(wb, ACT_REDO, next, e);
}

enum status wb_undo(struct workbook *wb, const char *person, int64_t time, struct text *label,
                    struct error *e)
{
  return turn(wb, ACT_UNDO, person, time, label, e);
}

enum status wb_redo(struct workbook *wb, const char *person, int64_t time, struct text *label,
                    struct error *e)
{
  return turn(wb, ACT_REDO, person, time, label, e);
}
