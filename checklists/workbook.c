/* The workbook's file: opened with care, migrated, closed.  Making one: workbook_create.c.
 *
 * Before SQLite sees a file, its first 100 bytes are looked at: is it a workbook at all,
 * of which version, is it as long as it says.  Then every table is read a little, so that
 * a damaged file is refused when it is opened and not in the middle of a clerk's work; the
 * full proof is wb_check().  Nothing here writes into a file that it refuses.
 */
#include "checklists/workbook_private.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what the header says (SQLite's file format: all numbers big-endian) */

#define HEADER_SIZE 100
static const char magic[16] = "SQLite format 3";

static uint32_t big_endian(const uint8_t *p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static enum status not_workbook(const char *path, struct error *e)
{
  error_set(e, ST_DATA, "wb.not-workbook", _("%s 不是台账文件，没有打开；请选 .mingbai 文件，或用 mingbai init 新建台账"), path);
  return error_at(e, path, 0, NULL);
}

static enum status damaged(const char *path, struct error *e)
{
  error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏，没有打开，也没有改动；请先复制一份保存，再从备份恢复"), path);
  return error_at(e, path, 0, NULL);
}

static enum status read_only(const char *path, const char *why, struct error *e)
{
  error_set(e, ST_NOPERM, "wb.read-only", _("台账 %s 是只读的（%s），不能改动；请复制到可写的文件夹，或请管理员放开权限"),
            path, why);
  return error_at(e, path, 0, NULL);
}

static bool has_journal(const char *path)
{
  struct text journal = {0};
  text_addf(&journal, "%s-journal", path);
  bool found = text_ok(&journal) && file_exists(journal.s);
  text_free(&journal);
  return found;
}

static enum status judge_header(const char *path, const uint8_t *h, size_t n, int64_t size, int *version,
                                struct error *e)
{
  if (n < sizeof magic || memcmp(h, magic, sizeof magic) != 0)
    return not_workbook(path, e);
  if (n < HEADER_SIZE)
    return damaged(path, e);
  if (big_endian(h + 68) != WORKBOOK_ID)
    return not_workbook(path, e);
  uint32_t v = big_endian(h + 60), page = (uint32_t)h[16] << 8 | h[17];
  if (v > WORKBOOK_VERSION) {
    error_set(e, ST_DATA, "wb.newer", _("台账 %s 是更新版本的明白栏建的（格式 %u，本程序只认到 %d），没有打开；请升级程序"),
              path, (unsigned)v, WORKBOOK_VERSION);
    return error_at(e, path, 0, NULL);
  }
  *version = (int)v;
  int64_t length = (int64_t)big_endian(h + 28) * (page == 1 ? 65536 : (int64_t)page);
  if (v == 0 || (length > size && !has_journal(path))) /* with a journal SQLite puts the length right */
    return damaged(path, e);
  return ST_OK;
}

static enum status missing(const char *path, struct error *e)
{
  error_set(e, ST_NOINPUT, "wb.missing", _("没有台账 %s；请检查文件名，或用 mingbai init 新建"), path);
  return error_at(e, path, 0, NULL);
}

static enum status look_at(const char *path, struct stat *info, int *version, struct error *e)
{
  uint8_t h[HEADER_SIZE];
  size_t n = 0;
  int64_t size = 0;
  if (stat(path, info) != 0)
    return errno == ENOENT || errno == ENOTDIR ? missing(path, e) : error_sys(e, ST_NOINPUT, path, _("打开"));
  if (!S_ISREG(info->st_mode))
    return not_workbook(path, e);
  enum status st = db_peek(path, h, sizeof h, &n, &size, e);
  return st == ST_OK ? judge_header(path, h, n, size, version, e) : st;
}

/* A file without any write bit counts as read-only even for the superuser: somebody meant it. */
static enum status writable(const char *path, const struct stat *info, struct error *e)
{
  if ((info->st_mode & 0222) == 0 || access(path, W_OK) != 0)
    return read_only(path, _("文件不可写"), e);
  struct text dir = {0};
  struct stat folder;
  path_dir(&dir, path);
  bool ok = text_ok(&dir) && stat(dir.s, &folder) == 0 && (folder.st_mode & 0222) != 0 &&
            access(dir.s, W_OK) == 0;
  text_free(&dir);
  return ok ? ST_OK : read_only(path, _("所在的文件夹不可写"), e);
}

/* ---- opening */

static enum status load_meta(struct workbook *wb, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db,
      "SELECT o.no, o.id, k.value FROM meta m JOIN origin o ON o.id = m.value JOIN meta k ON k.key = 'key'"
      " WHERE m.key = 'origin'", e);
  if (st == NULL)
    return e->status;
  int more = db_step(&wb->db, st, e);
  bool ok = false;
  if (more == 1) {
    wb->origin = sqlite3_column_int64(st, 0);
    const char *id = db_col(st, 1);
    ok = id != NULL && strlen(id) < sizeof wb->origin_id && digest_unhex(db_col(st, 2), wb->key, DIGEST_SIZE);
    if (ok)
      strcpy(wb->origin_id, id);
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return ok ? ST_OK : damaged(wb->path, e);
}

/* The first and last rows of the big tables: a cheap look, not a proof. */
static enum status touch(struct workbook *wb, struct error *e)
{
  static const char *const looks[] = {
    "SELECT no FROM record ORDER BY no DESC LIMIT 1",
    "SELECT unit FROM record INDEXED BY record_slot ORDER BY unit DESC LIMIT 1",
    "SELECT no FROM subject ORDER BY no DESC LIMIT 1",
    "SELECT no FROM subject ORDER BY name DESC LIMIT 1",
    "SELECT count(*) FROM origin NOT INDEXED",
    "SELECT step FROM step ORDER BY origin DESC, step DESC LIMIT 1",
    "SELECT seq FROM history ORDER BY origin DESC, seq DESC LIMIT 1",
    "SELECT subject FROM history INDEXED BY history_subject ORDER BY subject DESC LIMIT 1",
  };
  enum status st = ST_OK;
  int64_t ignored;
  for (size_t i = 0; i < sizeof looks / sizeof looks[0] && st == ST_OK; i++)
    st = db_number(&wb->db, looks[i], 0, &ignored, e);
  return st;
}

/* One read transaction: the parts fit together even when another window writes. */
static enum status load_all(struct workbook *wb, struct error *e)
{
  enum status st = db_exec(&wb->db, "BEGIN", e);
  if (st == ST_OK)
    st = load_meta(wb, e);
  if (st == ST_OK)
    st = wb_load_units(wb, e);
  if (st == ST_OK)
    st = wb_load_catalogue(wb, e);
  if (st == ST_OK)
    st = touch(wb, e);
  if (st == ST_OK)
    return db_exec(&wb->db, "COMMIT", e);
  /* A table or column that is not there, a text that is no text: the same to the clerk. */
  return st == ST_SOFTWARE && strcmp(e->id, "wb.sqlite") == 0 ? damaged(wb->path, e) : st;
}

/* From the version that the file has now: another window may have been faster since its header was read. */
static enum status migrate(struct db *db, struct error *e)
{
  int64_t version = 0;
  enum status st = db_number(db, "PRAGMA user_version", 0, &version, e);
  return st == ST_OK && version < WORKBOOK_VERSION ? wb_migrate(db, (int)version, e) : st;
}

/* An older version, opened for reading, is brought up to date in memory. */
static enum status migrate_copy(struct workbook *wb, struct error *e)
{
  struct db copy;
  enum status st = db_open(&copy, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, e);
  if (st != ST_OK)
    return st;
  sqlite3_backup *backup = sqlite3_backup_init(copy.h, "main", wb->db.h, "main");
  if (backup != NULL)
    sqlite3_backup_step(backup, -1);
  if (backup == NULL || sqlite3_backup_finish(backup) != SQLITE_OK)
    st = db_fail(&copy, e);
  if (st == ST_OK)
    st = migrate(&copy, e);
  if (st != ST_OK) {
    db_close(&copy);
    return st;
  }
  copy.path = wb->path;
  db_close(&wb->db);
  wb->db = copy;
  return ST_OK;
}

static enum status migrate_file(struct workbook *wb, struct error *e)
{
  enum status st = db_exec(&wb->db, "BEGIN IMMEDIATE", e);
  if (st == ST_OK)
    st = migrate(&wb->db, e);
  if (st == ST_OK)
    st = db_exec(&wb->db, "COMMIT", e);
  if (st != ST_OK && wb->db.h != NULL && !sqlite3_get_autocommit(wb->db.h))
    sqlite3_exec(wb->db.h, "ROLLBACK", NULL, NULL, NULL);
  return st;
}

/* A reader opens for reading, unless a step was cut short (journal left): then SQLite has to
 * take that step back first, which needs writing. */
static enum status open_at(struct workbook *wb, bool may_write, int version, struct error *e)
{
  bool recover = wb->mode == WB_READ && has_journal(wb->path);
  if (recover && !may_write) {
    error_set(e, ST_NOPERM, "wb.read-only", _("台账 %s 上次没有正常写完，要先在能写的文件夹里打开一次，才能只读查看"),
              wb->path);
    return error_at(e, wb->path, 0, NULL);
  }
  bool writing = wb->mode == WB_WRITE;
  enum status st = db_open(&wb->db, wb->path,
                           writing || recover ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, e);
  if (st == ST_OK && writing)
    st = db_exec(&wb->db, "PRAGMA journal_mode = DELETE", e); /* no-op unless another program changed it */
  if (st == ST_OK && version < WORKBOOK_VERSION)
    st = writing ? migrate_file(wb, e) : migrate_copy(wb, e);
  if (st == ST_OK)
    st = load_all(wb, e);
  if (st == ST_OK && !writing)
    st = db_exec(&wb->db, "PRAGMA query_only = ON", e);
  return st;
}

enum status wb_open(struct workbook **out, const char *path, enum wb_mode mode, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  *out = NULL;
  struct stat info;
  int version = 0;
  enum status st = look_at(path, &info, &version, e);
  if (st != ST_OK)
    return st;
  struct error why;
  bool may_write = writable(path, &info, &why) == ST_OK;
  if (mode == WB_WRITE && !may_write) {
    *e = why;
    return why.status;
  }
  struct workbook *wb = calloc(1, sizeof *wb);
  if (wb == NULL || (wb->path = str_dup(path)) == NULL) {
    free(wb);
    return error_nomem(e);
  }
  wb->mode = mode;
  st = open_at(wb, may_write, version, e);
  if (st != ST_OK) {
    wb_close(wb);
    return st;
  }
  *out = wb;
  return ST_OK;
}

void wb_release(struct workbook *wb)
{
  if (wb->db.h != NULL)
    wb_cancel(wb);
  wb_free_units(wb);
  wb_free_catalogue(wb);
  db_close(&wb->db);
  wb_draft_close(wb);
  text_free(&wb->scratch);
  free(wb->path);
}

void wb_close(struct workbook *wb)
{
  if (wb == NULL)
    return;
  wb_release(wb);
  free(wb);
}

const char *wb_path(const struct workbook *wb)
{
  return wb->path;
}
