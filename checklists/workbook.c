/* The workbook's file: made whole under another name, opened with care, closed.
 *
 * Before SQLite sees a file, its first 100 bytes are looked at: is it a workbook at all,
 * of which version, is it as long as it says.  Then every table is read a little, so that
 * a damaged file is refused when it is opened and not in the middle of a clerk's work; the
 * full proof is wb_check().  Nothing here writes into a file that it refuses.
 */
#include "checklists/workbook_private.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

static enum status read_only(const char *path, const char *what, struct error *e)
{
  error_set(e, ST_NOPERM, "wb.read-only", _("%s 是只读的，不能改动 %s；请复制到可写的文件夹，或请管理员放开权限"), what, path);
  return error_at(e, path, 0, NULL);
}

static enum status judge_header(const char *path, const uint8_t *h, size_t n, off_t size, int *version,
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
  struct text journal = {0};
  text_addf(&journal, "%s-journal", path);
  bool unfinished = file_exists(text_str(&journal)); /* then SQLite puts the length right */
  text_free(&journal);
  if (v == 0 || (!unfinished && (off_t)big_endian(h + 28) * (page == 1 ? 65536 : (off_t)page) > size))
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
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return errno == ENOENT || errno == ENOTDIR ? missing(path, e) : error_sys(e, ST_NOINPUT, path, _("打开"));
  enum status st = ST_OK;
  if (fstat(fd, info) != 0)
    st = error_sys(e, ST_IO, path, _("打开"));
  else if (!S_ISREG(info->st_mode))
    st = not_workbook(path, e);
  ssize_t n = st == ST_OK ? pread(fd, h, sizeof h, 0) : 0;
  if (n < 0)
    st = error_sys(e, ST_IO, path, _("读取"));
  close(fd);
  return st == ST_OK ? judge_header(path, h, (size_t)n, info->st_size, version, e) : st;
}

/* A file without any write bit counts as read-only even for the superuser: somebody meant it. */
static enum status writable(const char *path, const struct stat *info, struct error *e)
{
  if ((info->st_mode & 0222) == 0 || access(path, W_OK) != 0)
    return read_only(path, _("这个文件"), e);
  struct text dir = {0};
  struct stat folder;
  path_dir(&dir, path);
  bool ok = text_ok(&dir) && stat(dir.s, &folder) == 0 && (folder.st_mode & 0222) != 0 && access(dir.s, W_OK) == 0;
  text_free(&dir);
  return ok ? ST_OK : read_only(path, _("台账所在的文件夹"), e);
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

/* An older version, opened for reading, is brought up to date in memory. */
static enum status migrate_copy(struct workbook *wb, int version, struct error *e)
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
    st = wb_migrate(&copy, version, e);
  if (st != ST_OK) {
    db_close(&copy);
    return st;
  }
  copy.path = wb->path;
  db_close(&wb->db);
  wb->db = copy;
  return ST_OK;
}

static enum status migrate_file(struct workbook *wb, int version, struct error *e)
{
  enum status st = db_exec(&wb->db, "BEGIN IMMEDIATE", e);
  if (st == ST_OK)
    st = wb_migrate(&wb->db, version, e);
  if (st == ST_OK)
    st = db_exec(&wb->db, "COMMIT", e);
  if (st != ST_OK && wb->db.h != NULL && !sqlite3_get_autocommit(wb->db.h))
    sqlite3_exec(wb->db.h, "ROLLBACK", NULL, NULL, NULL);
  return st;
}

static enum status open_at(struct workbook *wb, int version, struct error *e)
{
  int flags = wb->mode == WB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  enum status st = db_open(&wb->db, wb->path, flags, e);
  if (st == ST_OK && version < WORKBOOK_VERSION)
    st = wb->mode == WB_WRITE ? migrate_file(wb, version, e) : migrate_copy(wb, version, e);
  return st == ST_OK ? load_all(wb, e) : st;
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
  if (st == ST_OK && mode == WB_WRITE)
    st = writable(path, &info, e);
  if (st != ST_OK)
    return st;
  struct workbook *wb = calloc(1, sizeof *wb);
  if (wb == NULL || (wb->path = str_dup(path)) == NULL) {
    free(wb);
    return error_nomem(e);
  }
  wb->mode = mode;
  st = open_at(wb, version, e);
  if (st != ST_OK) {
    wb_close(wb);
    return st;
  }
  *out = wb;
  return ST_OK;
}

/* What a workbook owns besides its own memory. */
static void release(struct workbook *wb)
{
  if (wb->db.h != NULL)
    wb_cancel(wb);
  wb_free_units(wb);
  wb_free_catalogue(wb);
  db_close(&wb->db);
  text_free(&wb->scratch);
  free(wb->path);
}

void wb_close(struct workbook *wb)
{
  if (wb == NULL)
    return;
  release(wb);
  free(wb);
}

const char *wb_path(const struct workbook *wb)
{
  return wb->path;
}

/* ---- making a new one */

static enum status put_meta(struct db *db, const char *key, const char *value, struct error *e)
{
  sqlite3_stmt *st = db_prepare(db, "INSERT INTO meta (key, value) VALUES (?, ?)", e);
  if (st == NULL)
    return e->status;
  db_text(db, st, 1, key);
  db_text(db, st, 2, value);
  return db_run(db, st, e);
}

/* Who this copy is: random id and key. */
static enum status make_identity(struct workbook *wb, struct error *e)
{
  uint8_t id[8];
  if (!digest_random(id, sizeof id) || !digest_random(wb->key, sizeof wb->key))
    return error_set(e, ST_SOFTWARE, "wb.random", _("系统没有给出随机数，不能新建台账"));
  struct text hex = {0};
  digest_hex(&hex, id, sizeof id);
  enum status st = text_ok(&hex) ? put_meta(&wb->db, "origin", hex.s, e) : error_nomem(e);
  if (st == ST_OK) {
    strcpy(wb->origin_id, hex.s);
    wb->origin = 1;
    st = db_exec(&wb->db, "INSERT INTO origin (no, id) SELECT 1, value FROM meta WHERE key = 'origin'", e);
  }
  text_clear(&hex);
  digest_hex(&hex, wb->key, sizeof wb->key);
  if (st == ST_OK)
    st = text_ok(&hex) ? put_meta(&wb->db, "key", hex.s, e) : error_nomem(e);
  text_free(&hex);
  return st;
}

static const char about[] =
    "明白栏台账：基层政务公开和村务公开记录。单位在 unit，标准目录在 domain 和 item，公开记录用 record_readable 看，"
    "全部改动用 history_readable 看；history 只增不改，sha256 把每一条与上一条连起来。";

static enum status fill_tables(struct workbook *wb, const struct catalogue *c, int64_t time, struct error *e)
{
  struct text created = {0};
  enum status st = db_exec(&wb->db, "BEGIN", e);
  if (st == ST_OK)
    st = wb_migrate(&wb->db, 0, e);
  if (st == ST_OK)
    st = make_identity(wb, e);
  day_add_iso(&created, (day)(time / 86400));
  if (st == ST_OK)
    st = put_meta(&wb->db, "about", about, e);
  if (st == ST_OK)
    st = put_meta(&wb->db, "created", text_str(&created), e);
  if (st == ST_OK)
    st = put_meta(&wb->db, "edition", c->edition != NULL ? c->edition : "", e);
  if (st == ST_OK)
    st = wb_store_catalogue(&wb->db, c, e);
  text_free(&created);
  return st == ST_OK ? db_exec(&wb->db, "COMMIT", e) : st;
}

static int by_code(const void *a, const void *b)
{
  const struct wb_new_unit *const *x = a, *const *y = b;
  return strcmp((*x)->code, (*y)->code);
}

/* Numbers in order of the codes, whatever the order of the list. */
static enum status number_units(struct workbook *wb, const struct wb_new_unit *units, size_t n, struct error *e)
{
  const struct wb_new_unit **sorted = calloc(n + 1, sizeof *sorted);
  if (sorted == NULL)
    return error_nomem(e);
  enum status st = ST_OK;
  for (size_t i = 0; i < n && st == ST_OK; i++) {
    sorted[i] = &units[i];
    if (units[i].code == NULL || strlen(units[i].code) > 16)
      st = error_set(e, ST_DATA, "unit.code", _("第 %zu 个单位的代码不对：%s"), i + 1,
                     units[i].code != NULL ? units[i].code : "");
  }
  if (st == ST_OK)
    qsort(sorted, n, sizeof *sorted, by_code);
  for (size_t i = 0; i < n && st == ST_OK; i++) {
    char subject[32] = "unit/";
    int64_t no;
    strcat(subject, sorted[i]->code);
    if (i > 0 && strcmp(sorted[i]->code, sorted[i - 1]->code) == 0)
      st = error_set(e, ST_DATA, "unit.twice", _("单位代码 %s 出现了两次"), sorted[i]->code);
    else
      st = wb_subject(wb, subject, true, &no, NULL, e);
  }
  free(sorted);
  return st;
}

static enum status fill(struct workbook *wb, const struct wb_new_unit *units, size_t n, const struct catalogue *c,
                        const char *person, int64_t time, struct error *e)
{
  if (n == 0)
    return error_set(e, ST_DATA, "unit.none", _("没有单位，不能新建台账"));
  enum status st = fill_tables(wb, c, time, e);
  if (st == ST_OK)
    st = wb_begin(wb, _("新建台账"), person, time, e);
  if (st == ST_OK)
    st = number_units(wb, units, n, e);
  for (size_t i = 0; i < n && st == ST_OK; i++)
    st = wb_put_unit(wb, &units[i], e);
  return st == ST_OK ? wb_commit(wb, e) : st;
}

static enum status exists(const char *path, struct error *e)
{
  error_set(e, ST_CANTCREATE, "wb.exists", _("%s 已经存在，没有改动它；请换一个文件名"), path);
  return error_at(e, path, 0, NULL);
}

/* Give the finished file its name without ever replacing another; then make the name last. */
static enum status publish(const char *temporary, const char *path, const char *dir, struct error *e)
{
  int rc = renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);
  if (rc != 0 && (errno == EINVAL || errno == ENOSYS)) { /* some network shares: a second name, then drop the first */
    rc = link(temporary, path);
    if (rc == 0)
      unlink(temporary);
  }
  if (rc != 0)
    return errno == EEXIST ? exists(path, e) : error_sys(e, ST_CANTCREATE, path, _("新建"));
  int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  return ST_OK;
}

static enum status build(const char *temporary, const char *path, const struct wb_new_unit *units, size_t n,
                         const struct catalogue *c, const char *person, int64_t time, struct error *e)
{
  struct workbook wb = {.mode = WB_WRITE};
  wb.path = str_dup(temporary);
  if (wb.path == NULL)
    return error_nomem(e);
  enum status st = db_open(&wb.db, wb.path, SQLITE_OPEN_READWRITE, e);
  wb.db.path = path; /* what messages should name */
  if (st == ST_OK)
    st = db_exec(&wb.db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", e); /* synced once at the end */
  if (st == ST_OK)
    st = fill(&wb, units, n, c, person, time, e);
  release(&wb);
  return st;
}

enum status wb_create(const char *path, const struct wb_new_unit *units, size_t n, const struct catalogue *c,
                      const char *person, int64_t time, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  if (file_exists(path))
    return exists(path, e);
  struct text dir = {0}, temporary = {0};
  path_dir(&dir, path);
  text_addf(&temporary, "%s/.%s.XXXXXX", text_str(&dir), path_base(path));
  int fd = text_ok(&temporary) ? mkostemp(temporary.s, O_CLOEXEC) : -1; /* mode 0600 */
  enum status st = ST_OK;
  if (fd < 0) {
    st = text_ok(&temporary) ? error_sys(e, ST_CANTCREATE, path, _("新建")) : error_nomem(e);
  } else {
    st = build(temporary.s, path, units, n, c, person, time, e);
    if (st == ST_OK && fsync(fd) != 0)
      st = error_sys(e, ST_IO, path, _("写入"));
    if (st == ST_OK)
      st = publish(temporary.s, path, dir.s, e);
    if (st != ST_OK)
      unlink(temporary.s);
    close(fd);
  }
  text_free(&dir);
  text_free(&temporary);
  return st;
}

const char *wb_library(void)
{
  return sqlite3_libversion();
}
