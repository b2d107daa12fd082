/* Drafts: text being typed and not stored yet, kept so that a power cut takes a few seconds of it
 * and no more.  No history, no part of any record: export, rates and check codes know
 * nothing of them.
 *
 * A draft belongs to the session (the window) that typed it; one window types in one field at
 * a time, so a session has one draft at most.  wb_put() of the same field drops it within the same
 * transaction (history or draft, never neither).
 *
 * Which sessions are over?  While it has drafts, a session holds a lock on one byte of the
 * workbook file, far behind all data and behind the bytes SQLite locks, at a place computed from
 * its random id.  The system gives the lock up when the process ends, however it ends; wherever
 * SQLite can lock (it does for every write), so can we: FAT, network shares.  No file beside the
 * workbook, no process number that another computer would not know.  Where such locks are refused
 * all the same, or the file is a copy, a draft of a window that still lives looks left
 * behind: time and person are shown with it, and the clerk decides.
 */
#include "checklists/workbook_private.h"

#include "base/utf8.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUSY_MS 50 /* typing must not be held up: the next try is a few seconds away */
#define NEW_RECORD "new"

/* ---- locks */

/* SQLite's own bytes are 0x40000000 to 0x400001FF. */
#define LOCK_FIRST 0x40001000
#define LOCK_MASK 0x1FFFFFFF

static struct flock lock_of(const char *session)
{
  uint8_t id[8] = {0};
  (void)digest_unhex(session, id, sizeof id);
  uint32_t at = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
  return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_FIRST + (off_t)(at & LOCK_MASK),
                        .l_len = 1};
}

/* Of our own: SQLite's descriptor cannot be had.  Closed after the connection, see wb_release(). */
static int lock_file(struct workbook *wb)
{
  if (wb->draft.fd <= 0)
    wb->draft.fd = open(wb->path, (wb->mode == WB_WRITE ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  return wb->draft.fd;
}

static bool lives(struct workbook *wb, const char *session)
{
  struct flock lock = lock_of(session);
  int fd = lock_file(wb);
  return fd > 0 && fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/* Name our session and lock its byte. */
static enum status begin_session(struct workbook *wb, struct error *e)
{
  uint8_t id[8];
  struct text hex = {0};
  if (wb->draft.session[0] != '\0')
    return ST_OK;
  if (!digest_random(id, sizeof id))
    return error_set(e, ST_SOFTWARE, "wb.random", _("系统没有给出随机数，没有存好的字不能留底"));
  digest_hex(&hex, id, sizeof id);
  strncat(wb->draft.session, text_str(&hex), sizeof wb->draft.session - 1);
  text_free(&hex);
  struct flock lock = lock_of(wb->draft.session);
  int fd = lock_file(wb);
  if (fd > 0)
    (void)fcntl(fd, F_OFD_SETLK, &lock); /* refused: see above */
  return ST_OK;
}

void wb_draft_close(struct workbook *wb)
{
  if (wb->draft.fd > 0)
    close(wb->draft.fd);
  wb->draft.fd = 0;
}

/* ---- writing: a transaction of its own, without history */

static enum status begin(struct workbook *wb, struct error *e)
{
  if (wb->mode != WB_WRITE)
    return error_set(e, ST_NOPERM, "wb.read-only", _("台账 %s 是以只读方式打开的，不能改动"), wb->path);
  if (wb->step.open)
    return error_set(e, ST_BUSY, "wb.step-open", _("上一步操作还没有结束，不能开始新的一步"));
  sqlite3_busy_timeout(wb->db.h, BUSY_MS);
  enum status st = db_exec(&wb->db, "BEGIN IMMEDIATE", e);
  if (st != ST_OK)
    sqlite3_busy_timeout(wb->db.h, DB_BUSY_MS);
  return st;
}

static enum status end(struct workbook *wb, enum status st, struct error *e)
{
  if (st == ST_OK)
    st = db_exec(&wb->db, "COMMIT", e);
  if (!sqlite3_get_autocommit(wb->db.h))
    sqlite3_exec(wb->db.h, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_busy_timeout(wb->db.h, DB_BUSY_MS);
  return st;
}

static enum status drop_session(struct workbook *wb, const char *session, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, "DELETE FROM draft WHERE session = ?", e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, session);
  return db_run(&wb->db, st, e);
}

static enum status insert(struct workbook *wb, const struct draft *d, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db,
      "INSERT INTO draft (session, unit, item, record, field, typed, stored, person, time)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", e);
  if (st == NULL)
    return e->status;
  const char *const texts[] = {wb->draft.session, d->unit, d->item, d->record, field_key(d->field), d->typed,
                               str_empty(d->stored) ? NULL : d->stored, d->person};
  for (int i = 0; i < (int)(sizeof texts / sizeof texts[0]); i++)
    db_text(&wb->db, st, i + 1, texts[i]);
  db_int(&wb->db, st, 9, d->time);
  return db_run(&wb->db, st, e);
}

enum status wb_draft_put(struct workbook *wb, const struct draft *d, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  enum status st = begin_session(wb, e);
  if (st == ST_OK)
    st = begin(wb, e);
  if (st != ST_OK)
    return st;
  st = drop_session(wb, wb->draft.session, e);
  if (st == ST_OK)
    st = insert(wb, d, e);
  st = end(wb, st, e);
  wb->draft.kept |= st == ST_OK;
  return st;
}

/* Nothing is written, and nobody kept waiting, when there is nothing to drop. */
enum status wb_draft_drop(struct workbook *wb, const char *session, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  bool ours = session == NULL;
  if (ours && !wb->draft.kept)
    return ST_OK;
  enum status st = begin(wb, e);
  if (st != ST_OK)
    return st;
  st = end(wb, drop_session(wb, ours ? wb->draft.session : session, e), e);
  if (st == ST_OK && ours)
    wb->draft.kept = false;
  return st;
}

enum status wb_draft_take(struct workbook *wb, const char *session, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  enum status st = begin_session(wb, e);
  if (st == ST_OK)
    st = begin(wb, e);
  if (st != ST_OK)
    return st;
  st = drop_session(wb, wb->draft.session, e);
  sqlite3_stmt *q = st == ST_OK ? db_prepare(&wb->db, "UPDATE draft SET session = ? WHERE session = ?", e) : NULL;
  if (q != NULL) {
    db_text(&wb->db, q, 1, wb->draft.session);
    db_text(&wb->db, q, 2, session);
    st = db_run(&wb->db, q, e);
  } else if (st == ST_OK) {
    st = e->status;
  }
  st = end(wb, st, e);
  wb->draft.kept |= st == ST_OK;
  return st;
}

enum status wb_draft_stored(struct workbook *wb, const struct record *r, enum record_field f, struct error *e)
{
  if (!wb->draft.kept)
    return ST_OK;
  sqlite3_stmt *st = db_prepare(&wb->db,
      "DELETE FROM draft WHERE session = ? AND unit = ? AND item = ? AND record IN (?, '" NEW_RECORD "')"
      " AND field = ?", e);
  if (st == NULL)
    return e->status;
  const char *const texts[] = {wb->draft.session, wb->units[r->unit].code, wb->catalogue->items[r->item].id,
                               r->uid, field_key(f)};
  for (int i = 0; i < (int)(sizeof texts / sizeof texts[0]); i++)
    db_text(&wb->db, st, i + 1, texts[i]);
  return db_run(&wb->db, st, e);
}

/* ---- reading */

void wb_draft_record(struct workbook *wb, int unit, int item, int64_t no, struct period recurrence,
                     struct text *out)
{
  struct error e;
  struct text period = {0};
  struct record r = {.unit = unit, .item = item};
  if (no != 0 && wb_read_record(wb, no, &r, &e) == ST_OK && r.no != 0) {
    text_add(out, r.uid);
    record_free(&r);
    return;
  }
  period_add(&period, recurrence);
  char *name = text_take(&period);
  r.value[FIELD_PERIOD] = name;
  if (!record_natural_uid(out, &wb->catalogue->items[item], wb->units[unit].code, &r))
    text_add(out, NEW_RECORD);
  free(name);
}

static const char drafts_sql[] =
    "SELECT session, unit, item, record, field, typed, stored, person, time FROM draft ORDER BY time, session";

/* Also of a file that another program wrote: what is no draft is passed over, and wb_check says so. */
static bool read_draft(struct workbook *wb, sqlite3_stmt *st, struct draft *d)
{
  int f = db_col(st, 4) != NULL ? field_find(db_col(st, 4)) : -1;
  *d = (struct draft){db_col(st, 0), db_col(st, 1), db_col(st, 2), db_col(st, 3), (enum record_field)f,
                      db_col(st, 5), db_col(st, 6), db_col(st, 7), sqlite3_column_int64(st, 8), DRAFT_LEFT};
  const char *const texts[] = {d->session, d->unit, d->item, d->record, d->typed, d->person,
                               d->stored != NULL ? d->stored : ""};
  bool good = f >= 0 && sqlite3_column_bytes(st, 5) <= TEXT_MAX_BYTES;
  for (size_t i = 0; good && i < sizeof texts / sizeof texts[0]; i++)
    good = texts[i] != NULL && utf8_valid(texts[i], strlen(texts[i]), NULL);
  if (!good)
    return false;
  if (strcmp(d->session, wb->draft.session) == 0)
    d->state = DRAFT_OURS;
  else if (lives(wb, d->session))
    d->state = DRAFT_OPEN;
  return true;
}

enum status wb_drafts(struct workbook *wb, wb_draft_fn *fn, void *ctx, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  sqlite3_stmt *st = db_prepare(&wb->db, drafts_sql, e);
  if (st == NULL)
    return e->status;
  struct draft d;
  int more;
  bool go_on = true;
  while (go_on && (more = db_step(&wb->db, st, e)) == 1) {
    if (read_draft(wb, st, &d))
      go_on = fn(&d, ctx);
  }
  db_done(&wb->db, st);
  return go_on && more < 0 ? e->status : ST_OK;
}

enum status wb_check_drafts(struct workbook *wb, struct findings *f, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, drafts_sql, e);
  if (st == NULL)
    return e->status;
  struct draft d;
  int more;
  while ((more = db_step(&wb->db, st, e)) == 1) {
    if (read_draft(wb, st, &d))
      continue;
    findings_add(f, SEV_WARNING, "wb.draft", wb->path, 0, db_col(st, 4), _("有一处没有存好的字读不出来：不是本程序写的"));
    findings_advise(f, _("不影响公开记录；请核对最近填的内容"));
  }
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}
