/* The connection, the statement cache and the errors of SQLite.  See db.h.
 *
 * What is left out on purpose: no retry loops beyond SQLite's own busy timeout, no
 * logging, no SQL here except the connection's switches.
 */
#include "checklists/db.h"

#include <errno.h>
#include <string.h>

/* ---- errors: SQLite's primary result codes and what a clerk is told */

static const struct db_sentence {
  int code;
  enum status status;
  const char *id, *text;
} sentences[] = {
  {SQLITE_BUSY, ST_BUSY, "wb.busy", N_("台账 %s 正被另一个窗口或程序写入，请等它做完再试；本次没有改动")},
  {SQLITE_LOCKED, ST_BUSY, "wb.busy", N_("台账 %s 正被另一个窗口或程序写入，请等它做完再试；本次没有改动")},
  {SQLITE_FULL, ST_IO, "wb.full", N_("磁盘已满，台账 %s 写不进去；本次改动已全部撤回，请腾出空间再试")},
  {SQLITE_IOERR, ST_IO, "wb.io", N_("读写台账 %s 时出错（U 盘被拔出、磁盘故障或空间不足）；本次改动已撤回，请检查磁盘后重新打开")},
  {SQLITE_CORRUPT, ST_DATA, "wb.damaged", N_("台账 %s 已损坏，请先复制一份保存，再从备份恢复")},
  {SQLITE_NOTADB, ST_DATA, "wb.damaged", N_("台账 %s 已损坏，请先复制一份保存，再从备份恢复")},
  {SQLITE_READONLY, ST_NOPERM, "wb.read-only", N_("台账 %s 是只读的，不能改动；请复制到可写的文件夹，或请管理员放开权限")},
  {SQLITE_PERM, ST_NOPERM, "wb.read-only", N_("台账 %s 是只读的，不能改动；请复制到可写的文件夹，或请管理员放开权限")},
  {SQLITE_CANTOPEN, ST_IO, "wb.cannot-open", N_("打不开台账 %s 或它旁边的日志文件；请检查文件夹的权限和磁盘")},
};

enum status db_fail(struct db *db, struct error *e)
{
  int code = db->h != NULL ? sqlite3_errcode(db->h) & 0xff : SQLITE_NOMEM;
  if (code == SQLITE_NOMEM)
    return error_nomem(e);
  for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
    if (sentences[i].code != code)
      continue;
    error_set(e, sentences[i].status, sentences[i].id, _(sentences[i].text), db->path);
    return e != NULL ? error_at(e, db->path, 0, NULL) : sentences[i].status;
  }
  return error_set(e, ST_SOFTWARE, "wb.sqlite", _("台账 %s 内部出错，没有改动；请把这句话告诉维护人员：%s"),
                   db->path, sqlite3_errmsg(db->h));
}

/* ---- connection */

static const char switches[] =
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA recursive_triggers = ON;" /* so that REPLACE cannot slip past the triggers of the history */
    "PRAGMA cache_size = -8192;";

enum status db_open(struct db *db, const char *path, int flags, struct error *e)
{
  memset(db, 0, sizeof *db);
  db->path = path;
  int rc = sqlite3_open_v2(*path != '\0' ? path : ":memory:", &db->h, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK) {
    sqlite3_extended_result_codes(db->h, 1);
    sqlite3_busy_timeout(db->h, DB_BUSY_MS);
    sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    rc = sqlite3_exec(db->h, switches, NULL, NULL, NULL);
  }
  if (rc == SQLITE_OK)
    return ST_OK;
  enum status st = db_fail(db, e);
  db_close(db);
  return st;
}

enum status db_peek(const char *path, void *p, size_t n, size_t *got, int64_t *size, struct error *e)
{
  struct db db = {.path = path};
  sqlite3_file *file = NULL;
  sqlite3_int64 length = 0;
  int rc = sqlite3_open_v2(path, &db.h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc != SQLITE_OK) {
    errno = db.h != NULL ? sqlite3_system_errno(db.h) : ENOMEM;
    enum status st = errno != 0 ? error_sys(e, ST_NOINPUT, path, _("打开")) : db_fail(&db, e);
    db_close(&db);
    return st;
  }
  if (sqlite3_file_control(db.h, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
      file->pMethods != NULL && file->pMethods->xFileSize(file, &length) == SQLITE_OK) {
    *got = length < (sqlite3_int64)n ? (size_t)length : n;
    rc = *got > 0 ? file->pMethods->xRead(file, p, (int)*got, 0) : SQLITE_OK;
  } else {
    rc = SQLITE_IOERR;
  }
  *size = length;
  db_close(&db);
  if (rc == SQLITE_OK)
    return ST_OK;
  error_set(e, ST_IO, "wb.io", _("读取台账 %s 时出错，请检查磁盘"), path);
  return error_at(e, path, 0, NULL);
}

void db_close(struct db *db)
{
  for (size_t i = 0; i < db->n; i++)
    sqlite3_finalize(db->cache[i].st);
  sqlite3_close_v2(db->h);
  db->h = NULL;
  db->n = 0;
}

enum status db_exec(struct db *db, const char *sql, struct error *e)
{
  return sqlite3_exec(db->h, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : db_fail(db, e);
}

/* ---- statements */

sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct error *e)
{
  bool keep = db->n < DB_CACHE;
  for (size_t i = 0; i < db->n; i++) {
    if (db->cache[i].sql != sql)
      continue;
    if (!db->cache[i].used) {
      db->cache[i].used = true;
      return db->cache[i].st;
    }
    keep = false; /* a nested call: it gets one of its own */
    break;
  }
  sqlite3_stmt *st = NULL;
  if (sqlite3_prepare_v3(db->h, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &st, NULL) != SQLITE_OK) {
    db_fail(db, e);
    return NULL;
  }
  if (keep) {
    db->cache[db->n].sql = sql;
    db->cache[db->n].st = st;
    db->cache[db->n++].used = true;
  }
  return st;
}

void db_done(struct db *db, sqlite3_stmt *st)
{
  if (st == NULL)
    return;
  for (size_t i = 0; i < db->n; i++) {
    if (db->cache[i].st == st) {
      sqlite3_reset(st);
      sqlite3_clear_bindings(st);
      db->cache[i].used = false;
      return;
    }
  }
  sqlite3_finalize(st);
}

int db_step(struct db *db, sqlite3_stmt *st, struct error *e)
{
  if (db->unbound) {
    db->unbound = false;
    error_nomem(e);
    return -1;
  }
  int rc = sqlite3_step(st);
  if (rc == SQLITE_ROW)
    return 1;
  if (rc == SQLITE_DONE)
    return 0;
  db_fail(db, e);
  return -1;
}

enum status db_run(struct db *db, sqlite3_stmt *st, struct error *e)
{
  struct error own;
  struct error *use = e != NULL ? e : &own;
  int more = db_step(db, st, use);
  db_done(db, st);
  return more < 0 ? use->status : ST_OK;
}

/* ---- values */

void db_text(struct db *db, sqlite3_stmt *st, int i, const char *s)
{
  int rc = s != NULL ? sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC) : sqlite3_bind_null(st, i);
  db->unbound |= rc != SQLITE_OK;
}

void db_int(struct db *db, sqlite3_stmt *st, int i, int64_t v)
{
  db->unbound |= sqlite3_bind_int64(st, i, v) != SQLITE_OK;
}

void db_blob(struct db *db, sqlite3_stmt *st, int i, const void *p, size_t n)
{
  db->unbound |= sqlite3_bind_blob64(st, i, p, n, SQLITE_STATIC) != SQLITE_OK;
}

const char *db_col(sqlite3_stmt *st, int i)
{
  return (const char *)sqlite3_column_text(st, i);
}

enum status db_number(struct db *db, const char *sql, int64_t fallback, int64_t *out, struct error *e)
{
  struct error own;
  struct error *use = e != NULL ? e : &own;
  sqlite3_stmt *st = db_prepare(db, sql, use);
  if (st == NULL)
    return use->status;
  int more = db_step(db, st, use);
  *out = more == 1 ? sqlite3_column_int64(st, 0) : fallback;
  db_done(db, st);
  return more < 0 ? use->status : ST_OK;
}
