/* Errors and findings: filling the structs that carry trouble upwards.
 *
 * Everything here must work when memory is out, so an error is a plain struct with
 * fixed room; texts that do not fit are cut on a character, never inside one.
 * Printing is not here: core code only fills, batch/report.c turns it into words.
 */
#include "base/error.h"
#include "base/array.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Drop the beginning of a character that the end of the room cut in two. */
static void trim_half_character(char *s) {
  size_t n = strlen(s), back = 0;
  while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80) back++;
  if (back == n) return;
  unsigned char lead = (unsigned char)s[n - 1 - back];
  size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (back < need) s[n - 1 - back] = '\0';
}

static void copy_cut(char *to, size_t room, const char *from) {
  int n = snprintf(to, room, "%s", from);
  if (n < 0 || (size_t)n >= room) trim_half_character(to);
}

enum status error_vset(struct error *e, enum status st, const char *id, const char *fmt, va_list ap) {
  if (!e) return st;
  /* The arguments may point into e itself (one error wrapped in another). */
  char text[sizeof e->text], own_id[sizeof e->id];
  int n = vsnprintf(text, sizeof text, fmt, ap);
  if (n < 0) text[0] = '\0';
  else if ((size_t)n >= sizeof text) trim_half_character(text);
  copy_cut(own_id, sizeof own_id, id ? id : "");
  memset(e, 0, sizeof *e);
  e->status = st;
  memcpy(e->id, own_id, sizeof own_id);
  memcpy(e->text, text, sizeof text);
  return st;
}

enum status error_set(struct error *e, enum status st, const char *id, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  error_vset(e, st, id, fmt, ap);
  va_end(ap);
  return st;
}

enum status error_at(struct error *e, const char *file, int line, const char *path) {
  if (!e) return ST_SOFTWARE;
  if (file && file != e->file) copy_cut(e->file, sizeof e->file, file);
  if (line) e->line = line;
  if (path && path != e->path) copy_cut(e->path, sizeof e->path, path);
  return e->status;
}

enum status error_nomem(struct error *e) {
  return error_set(e, ST_SOFTWARE, "memory.out", "%s", _("内存不够，请关掉别的程序再试"));
}

/* What errno means to a clerk.  ST_OK in the status column: the caller's own. */
static const struct {
  int num;
  enum status status;
  const char *id;
  const char *text;
} causes[] = {
    {ENOENT, ST_NOINPUT, "file.missing", N_("文件或文件夹不存在")},
    {ENOTDIR, ST_NOINPUT, "file.missing", N_("路径中有一段不是文件夹")},
    {EISDIR, ST_OK, "file.is-folder", N_("这是一个文件夹，不是文件")},
    {EACCES, ST_NOPERM, "file.no-permission", N_("没有权限")},
    {EPERM, ST_NOPERM, "file.no-permission", N_("没有权限")},
    {EROFS, ST_NOPERM, "file.read-only", N_("磁盘是只读的")},
    {ENOSPC, ST_IO, "file.disk-full", N_("磁盘已满")},
    {EDQUOT, ST_IO, "file.disk-full", N_("磁盘配额已用完")},
    {EFBIG, ST_IO, "file.too-big", N_("文件太大，磁盘格式或系统不允许")},
    {EIO, ST_IO, "file.io", N_("读写出错，磁盘或U盘可能已损坏或被拔出")},
    {ENODEV, ST_IO, "file.io", N_("设备不在了，U盘可能已被拔出")},
    {EEXIST, ST_OK, "file.exists", N_("已有同名文件")},
    {ENAMETOOLONG, ST_OK, "file.name-too-long", N_("文件名太长")},
    {ELOOP, ST_OK, "file.link-loop", N_("链接绕成了圈")},
    {EBUSY, ST_BUSY, "file.busy", N_("正被别的程序使用")},
    {ETXTBSY, ST_BUSY, "file.busy", N_("正被别的程序使用")},
    {EMFILE, ST_OK, "file.too-many", N_("打开的文件太多")},
    {ENFILE, ST_OK, "file.too-many", N_("打开的文件太多")},
    {ENOMEM, ST_SOFTWARE, "memory.out", N_("内存不够")},
    {EPIPE, ST_IO, "file.pipe", N_("接收的一方已经关闭")},
};
#define N_CAUSES (sizeof causes / sizeof causes[0])

static size_t cause_find(int errnum) {
  size_t i = 0;
  while (i < N_CAUSES && causes[i].num != errnum) i++;
  return i;
}

const char *error_errno(int errnum) {
  size_t i = cause_find(errnum);
  return i < N_CAUSES ? _(causes[i].text) : strerror(errnum);
}

enum status error_sys(struct error *e, enum status st, const char *file, const char *doing) {
  int errnum = errno;
  size_t i = cause_find(errnum);
  const char *id = i < N_CAUSES ? causes[i].id : "file.failed";
  /* A missing folder is no missing input when the file was to be made. */
  bool making = st == ST_CANTCREATE && i < N_CAUSES && causes[i].status == ST_NOINPUT;
  if (i < N_CAUSES && causes[i].status != ST_OK && !making) st = causes[i].status;
  error_set(e, st, id, _("无法%s %s：%s"), doing, file ? file : "", error_errno(errnum));
  if (e) error_at(e, file, 0, NULL);
  errno = errnum;
  return st;
}

/* ---- findings ----------------------------------------------------------- */

static struct finding *findings_room(struct findings *f, enum severity sev) {
  f->count[sev]++;
  if (f->n >= FINDINGS_MAX || !ARRAY_ROOM(f->list, f->n, f->cap)) goto drop;
  struct finding *one = &f->list[f->n++];
  memset(one, 0, sizeof *one);
  one->severity = sev;
  return one;
drop:
  f->dropped++;
  return NULL;
}

void findings_add(struct findings *f, enum severity sev, const char *id, const char *file, int line,
                  const char *path, const char *fmt, ...) {
  if (!f) return;
  struct finding *one = findings_room(f, sev);
  if (!one) return;
  va_list ap;
  va_start(ap, fmt);
  error_vset(&one->e, ST_DATA, id, fmt, ap);
  va_end(ap);
  error_at(&one->e, file, line, path);
}

void findings_add_error(struct findings *f, enum severity sev, const struct error *e) {
  if (!f) return;
  struct finding *one = findings_room(f, sev);
  if (one) one->e = *e;
}

void findings_advise(struct findings *f, const char *advice) {
  /* After a dropped finding the newest kept one is another: leave it alone. */
  if (!f || f->n == 0 || f->dropped > 0 || !advice) return;
  struct finding *one = &f->list[f->n - 1];
  copy_cut(one->advice, sizeof one->advice, advice);
}

void findings_free(struct findings *f) {
  if (!f) return;
  free(f->list);
  memset(f, 0, sizeof *f);
}
