/* Changing a workbook: steps, the rows of the history, and the chain that joins them.
 *
 * Invariants: nothing changes in `record` or `unit` without rows in `history` in the same
 * transaction; rows are never changed or removed (triggers refuse it); a row's sha256 is
 * SHA-256 over the sha256 of the row before it (of the same origin; 32 zero bytes before
 * the first), then the canonical form of its step and of itself (digest_put: lengths
 * before values, "-" for NULL), so a changed, lost or inserted row breaks every later one.
 *
 * A step's own row is written with its first change: a step without changes leaves nothing.
 * A new record gives a row "record" with "UNITCODE ITEMID", then a row for each value;
 * deleting one gives the reverse.
 */
#include "checklists/workbook_private.h"

#include <string.h>

/* ---- canonical form */

void wb_head_put(struct text *out, const char *origin, int64_t step, int64_t time, const char *person,
                 const char *act, int64_t target, const char *label)
{
  digest_put(out, origin);
  digest_put_int(out, step);
  digest_put_int(out, time);
  digest_put(out, person);
  digest_put(out, act);
  digest_put_int(out, target);
  digest_put(out, label);
}

void wb_body_put(struct text *out, int64_t seq, const char *subject, const char *field, const char *old_value,
                 const char *new_value, const char *replaced_origin, int64_t replaced_seq)
{
  digest_put_int(out, seq);
  digest_put(out, subject);
  digest_put(out, field);
  digest_put(out, old_value);
  digest_put(out, new_value);
  digest_put(out, replaced_origin);
  digest_put_int(out, replaced_seq);
}

/* ---- steps */

static void step_reset(struct wb_step *step)
{
  text_free(&step->label);
  text_free(&step->person);
  text_free(&step->head);
  memset(step, 0, sizeof *step);
}

static enum status newest_row(struct workbook *wb, struct error *e)
{
  sqlite3_stmt *st = db_prepare(
      &wb->db, "SELECT seq, step, sha256 FROM history WHERE origin = ? ORDER BY seq DESC LIMIT 1", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  int more = db_step(&wb->db, st, e);
  wb->step.no = 1;
  if (more == 1) {
    wb->step.seq = sqlite3_column_int64(st, 0);
    wb->step.no = sqlite3_column_int64(st, 1) + 1;
    if (sqlite3_column_bytes(st, 2) == DIGEST_SIZE)
      memcpy(wb->step.hash, sqlite3_column_blob(st, 2), DIGEST_SIZE);
  }
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}

enum status wb_begin_act(struct workbook *wb, const char *act, int64_t target, const char *label,
                         const char *person, int64_t time, struct error *e)
{
  if (wb->step.open)
    return error_set(e, ST_SOFTWARE, "wb.step-open", _("上一步操作还没有结束，不能开始新的一步"));
  if (wb->mode != WB_WRITE)
    return error_set(e, ST_NOPERM, "wb.read-only", _("台账 %s 是以只读方式打开的，不能改动"), wb->path);
  enum status st = db_exec(&wb->db, "BEGIN IMMEDIATE", e);
  if (st != ST_OK)
    return st;
  step_reset(&wb->step);
  wb->step.open = true;
  wb->step.act = act;
  wb->step.target = target;
  wb->step.time = time;
  text_add(&wb->step.label, label);
  text_add(&wb->step.person, person);
  st = newest_row(wb, e);
  if (st == ST_OK) {
    wb_head_put(&wb->step.head, wb->origin_id, wb->step.no, time, text_str(&wb->step.person), act, target,
                text_str(&wb->step.label));
    if (!text_ok(&wb->step.head) || !text_ok(&wb->step.label) || !text_ok(&wb->step.person))
      st = error_nomem(e);
  }
  if (st != ST_OK)
    wb_cancel(wb);
  return st;
}

enum status wb_begin(struct workbook *wb, const char *label, const char *person, int64_t time,
                     struct error *e)
{
  struct error own;
  return wb_begin_act(wb, "do", 0, label, person, time, e != NULL ? e : &own);
}

void wb_cancel(struct workbook *wb)
{
  if (!wb->step.open)
    return;
  if (!sqlite3_get_autocommit(wb->db.h)) /* SQLite rolls back by itself after some failures */
    sqlite3_exec(wb->db.h, "ROLLBACK", NULL, NULL, NULL);
  if (wb->step.failed) /* after a full disk SQLite takes back at the next look; the file may be copied before */
    sqlite3_exec(wb->db.h, "PRAGMA schema_version", NULL, NULL, NULL);
  step_reset(&wb->step);
}

enum status wb_commit(struct workbook *wb, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  if (!wb->step.open)
    return error_set(e, ST_SOFTWARE, "wb.no-step", _("没有正在进行的操作可以保存"));
  enum status st = ST_OK;
  if (wb->step.failed) {
    *e = wb->step.why;
    st = e->status;
  } else {
    st = db_exec(&wb->db, wb->step.written ? "COMMIT" : "ROLLBACK", e);
  }
  bool units = wb->step.units && st == ST_OK;
  wb_cancel(wb); /* after COMMIT only forgets the step */
  step_reset(&wb->step);
  return units ? wb_load_units(wb, e) : st;
}

enum status wb_step_ready(struct workbook *wb, struct error *e)
{
  if (!wb->step.open)
    return error_set(e, ST_SOFTWARE, "wb.no-step", _("改动台账之前没有开始一步操作"));
  if (!wb->step.failed)
    return ST_OK;
  if (e != NULL)
    *e = wb->step.why;
  return wb->step.why.status;
}

enum status wb_step_fail(struct workbook *wb, const struct error *e)
{
  if (!wb->step.failed) {
    wb->step.failed = true;
    wb->step.why = *e;
  }
  return e->status;
}

/* ---- rows */

enum status wb_subject(struct workbook *wb, const char *name, bool make, int64_t *no, bool *fresh,
                       struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, "SELECT no FROM subject WHERE name = ?", e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, name);
  int more = db_step(&wb->db, st, e);
  *no = more == 1 ? sqlite3_column_int64(st, 0) : 0;
  db_done(&wb->db, st);
  if (fresh != NULL)
    *fresh = false;
  if (more != 0 || !make)
    return more < 0 ? e->status : ST_OK;
  st = db_prepare(&wb->db, "INSERT INTO subject (name) VALUES (?)", e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, name);
  enum status result = db_run(&wb->db, st, e);
  *no = sqlite3_last_insert_rowid(wb->db.h);
  if (fresh != NULL)
    *fresh = true;
  return result;
}

static enum status write_step(struct workbook *wb, struct error *e)
{
  struct wb_step *step = &wb->step;
  sqlite3_stmt *st = db_prepare(
      &wb->db, "INSERT INTO step (origin, step, time, person, act, target, label, first)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, step->no);
  db_int(&wb->db, st, 3, step->time);
  db_text(&wb->db, st, 4, text_str(&step->person));
  db_text(&wb->db, st, 5, step->act);
  if (step->target != 0)
    db_int(&wb->db, st, 6, step->target);
  db_text(&wb->db, st, 7, text_str(&step->label));
  db_int(&wb->db, st, 8, step->seq + 1);
  step->written = true;
  return db_run(&wb->db, st, e);
}

/* The newest change of the same field: what the new row replaces. */
struct replaced { int64_t origin, seq; char id[32]; };

static enum status find_replaced(struct workbook *wb, const struct wb_row *row, struct replaced *out,
                                 struct error *e)
{
  *out = (struct replaced){0};
  if (row->fresh)
    return ST_OK;
  sqlite3_stmt *st = db_prepare(&wb->db,
      "SELECT h.origin, h.seq, o.id FROM history h JOIN origin o ON o.no = h.origin"
      " WHERE h.subject = ? AND h.field = ? ORDER BY h.origin DESC, h.seq DESC LIMIT 1", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, row->subject);
  db_text(&wb->db, st, 2, row->field);
  int more = db_step(&wb->db, st, e);
  if (more == 1) {
    out->origin = sqlite3_column_int64(st, 0);
    out->seq = sqlite3_column_int64(st, 1);
    strncat(out->id, db_col(st, 2), sizeof out->id - 1);
  }
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}

static bool chain(struct workbook *wb, int64_t seq, const struct wb_row *row, const struct replaced *replaced)
{
  struct text *t = &wb->scratch;
  text_clear(t);
  text_addn(t, (const char *)wb->step.hash, DIGEST_SIZE);
  text_addn(t, wb->step.head.s, wb->step.head.len);
  wb_body_put(t, seq, row->name, row->field, row->old_value, row->new_value,
              replaced->seq != 0 ? replaced->id : NULL, replaced->seq);
  if (!text_ok(t))
    return false;
  digest_sha256(t->s, t->len, wb->step.hash);
  return true;
}

enum status wb_history_add(struct workbook *wb, const struct wb_row *row, struct error *e)
{
  struct replaced replaced;
  enum status st = wb->step.written ? ST_OK : write_step(wb, e);
  if (st == ST_OK)
    st = find_replaced(wb, row, &replaced, e);
  if (st != ST_OK)
    return st;
  int64_t seq = wb->step.seq + 1;
  if (!chain(wb, seq, row, &replaced))
    return error_nomem(e);
  sqlite3_stmt *q = db_prepare(&wb->db, "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", e);
  if (q == NULL)
    return e->status;
  db_int(&wb->db, q, 1, wb->origin);
  db_int(&wb->db, q, 2, seq);
  db_int(&wb->db, q, 3, wb->step.no);
  db_int(&wb->db, q, 4, row->subject);
  db_text(&wb->db, q, 5, row->field);
  db_text(&wb->db, q, 6, row->old_value);
  db_text(&wb->db, q, 7, row->new_value);
  if (replaced.seq != 0) {
    db_int(&wb->db, q, 8, replaced.origin);
    db_int(&wb->db, q, 9, replaced.seq);
  }
  db_blob(&wb->db, q, 10, wb->step.hash, DIGEST_SIZE);
  wb->step.seq = seq;
  return db_run(&wb->db, q, e);
}

/* ---- reading it */

/* The number of the first row behind step `before` (0: behind them all) of our origin. */
static enum status rows_before(struct workbook *wb, int64_t before, int64_t *end, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db,
      "SELECT min(first) FROM step WHERE origin = ?1 AND step = ?2"
      " UNION ALL SELECT max(seq) + 1 FROM history WHERE origin = ?1", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, before);
  int more = db_step(&wb->db, st, e);
  if (more == 1 && sqlite3_column_type(st, 0) == SQLITE_NULL)
    more = db_step(&wb->db, st, e);
  *end = more == 1 ? sqlite3_column_int64(st, 0) : 0;
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}

enum status wb_steps(struct workbook *wb, int64_t before, int limit, wb_step_fn *fn, void *ctx, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  int64_t end = 0;
  if (rows_before(wb, before, &end, e) != ST_OK)
    return e->status;
  sqlite3_stmt *st = db_prepare(&wb->db,
      "SELECT step, time, person, act, target, label, first FROM step WHERE origin = ? AND step < ?"
      " ORDER BY step DESC LIMIT ?", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, before > 0 ? before : INT64_MAX);
  db_int(&wb->db, st, 3, limit);
  int more = 0;
  bool go_on = true;
  while (go_on && (more = db_step(&wb->db, st, e)) == 1) {
    struct past_step p = {sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), db_col(st, 2), db_col(st, 3),
                          sqlite3_column_int64(st, 4), db_col(st, 5), end - sqlite3_column_int64(st, 6)};
    end = sqlite3_column_int64(st, 6);
    go_on = fn(&p, ctx);
  }
  db_done(&wb->db, st);
  return go_on && more < 0 ? e->status : ST_OK;
}

#define HISTORY_SELECT \
  "SELECT o.id, h.seq, t.time, t.person, t.act, t.label, s.name, h.field, h.old, h.new FROM history h" \
  " JOIN step t ON t.origin = h.origin AND t.step = h.step JOIN origin o ON o.no = h.origin" \
  " JOIN subject s ON s.no = h.subject "
static const char history_all[] = HISTORY_SELECT "ORDER BY h.origin, h.seq";
static const char history_one[] =
    HISTORY_SELECT "WHERE h.subject = (SELECT no FROM subject WHERE name = ?) ORDER BY h.origin, h.seq";
static const char history_step[] =
    HISTORY_SELECT "WHERE h.origin = ?1 AND h.seq >= (SELECT first FROM step WHERE origin = ?1 AND step = ?2)"
    " AND h.seq < coalesce((SELECT first FROM step WHERE origin = ?1 AND step > ?2 ORDER BY step LIMIT 1),"
    " 9223372036854775807) ORDER BY h.seq LIMIT ?3";

/* Runs a history query whose parameters are bound. */
static enum status tell(struct workbook *wb, sqlite3_stmt *st, wb_change_fn *fn, void *ctx, struct error *e)
{
  int more = 0;
  bool go_on = true;
  while (go_on && (more = db_step(&wb->db, st, e)) == 1) {
    struct change c = {
      db_col(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2), db_col(st, 3), db_col(st, 4),
      db_col(st, 5), db_col(st, 6), db_col(st, 7), db_col(st, 8), db_col(st, 9),
    };
    go_on = fn(&c, ctx);
  }
  db_done(&wb->db, st);
  return go_on && more < 0 ? e->status : ST_OK;
}

enum status wb_step_history(struct workbook *wb, int64_t step, int limit, wb_change_fn *fn, void *ctx,
                            struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  sqlite3_stmt *st = db_prepare(&wb->db, history_step, e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, wb->origin);
  db_int(&wb->db, st, 2, step);
  db_int(&wb->db, st, 3, limit);
  return tell(wb, st, fn, ctx, e);
}

enum status wb_history(struct workbook *wb, const char *subject, wb_change_fn *fn, void *ctx, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  sqlite3_stmt *st = db_prepare(&wb->db, subject != NULL ? history_one : history_all, e);
  if (st == NULL)
    return e->status;
  if (subject != NULL)
    db_text(&wb->db, st, 1, subject);
  return tell(wb, st, fn, ctx, e);
}
