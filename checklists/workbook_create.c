/* Making a workbook: built under another name in the same folder, synced, then given its
 * name without ever replacing another file.  A failure at any point leaves nothing behind.
 */
#include "checklists/workbook_private.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what a new one holds */

static enum status put_meta(struct db *db, const char *key, const char *value, struct error *e)
{
  sqlite3_stmt *st = db_prepare(db, "INSERT INTO meta (key, value) VALUES (?, ?)", e);
  if (st == NULL)
    return e->status;
  db_text(db, st, 1, key);
  db_text(db, st, 2, value);
  return db_run(db, st, e);
}

static enum status put_rows(struct db *db, const char *sql, struct text *out, struct error *e)
{
  sqlite3_stmt *st = db_prepare(db, sql, e);
  if (st == NULL)
    return e->status;
  int more;
  while ((more = db_step(db, st, e)) == 1) {
    for (int i = 0; i < sqlite3_column_count(st); i++)
      digest_put(out, db_col(st, i));
  }
  db_done(db, st);
  return more < 0 ? e->status : ST_OK;
}

enum status wb_catalogue_digest(struct db *db, struct text *hex, struct error *e)
{
  struct text rows = {0};
  uint8_t sum[DIGEST_SIZE];
  enum status st = put_rows(db, "SELECT * FROM domain ORDER BY no", &rows, e);
  if (st == ST_OK)
    st = put_rows(db, "SELECT * FROM item ORDER BY no", &rows, e);
  if (st == ST_OK && !text_ok(&rows))
    st = error_nomem(e);
  if (st == ST_OK) {
    digest_sha256(text_str(&rows), rows.len, sum);
    digest_hex(hex, sum, sizeof sum);
  }
  text_free(&rows);
  return st;
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
  text_clear(&created);
  if (st == ST_OK)
    st = wb_catalogue_digest(&wb->db, &created, e);
  if (st == ST_OK)
    st = put_meta(&wb->db, "catalogue", text_str(&created), e);
  text_free(&created);
  return st == ST_OK ? db_exec(&wb->db, "COMMIT", e) : st;
}

static int by_code(const void *a, const void *b)
{
  const struct wb_new_unit *const *x = a, *const *y = b;
  return strcmp((*x)->code, (*y)->code);
}

/* Numbers in order of the codes, whatever the order of the list. */
static enum status number_units(struct workbook *wb, const struct wb_new_unit *units, size_t n,
                                struct error *e)
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

static enum status fill(struct workbook *wb, const struct wb_new_unit *units, size_t n,
                        const struct catalogue *c, const char *person, int64_t time, struct error *e)
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

/* ---- the file */

static enum status exists(const char *path, struct error *e)
{
  error_set(e, ST_CANTCREATE, "wb.exists", _("%s 已经存在，没有改动它；请换一个文件名"), path);
  return error_at(e, path, 0, NULL);
}

/* Give the finished file its name without ever replacing another; then make the name last. */
static enum status publish(const char *temporary, const char *path, const char *dir, struct error *e)
{
  int rc = renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);
  if (rc != 0 && (errno == EINVAL || errno == ENOSYS)) {
    /* some network shares: a second name, then drop the first */
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
    st = db_exec(&wb.db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", e); /* synced at the end */
  if (st == ST_OK)
    st = fill(&wb, units, n, c, person, time, e);
  wb_release(&wb);
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
