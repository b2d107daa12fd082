/* Files: read whole, written whole or not at all (DESIGN §5.1).
 *
 * Writing is a small protocol: a new file beside the target, fsync, rename over it,
 * fsync of the folder.  So a power cut, a full disk or a pulled stick leaves
 * the old file or the new one, never half of one.  A target that is no plain file
 * (a device, a pipe, "-") cannot be replaced and is written straight.
 */
#include "base/file.h"
#include "base/array.h"

#include "base/utf8.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLUSH_BYTES ((size_t)64 << 10)
#define PART_MAX_BYTES 180 /* of a file name made from foreign text */

/* ---- reading ------------------------------------------------------------ */

static enum status read_all(int fd, const char *path, size_t limit, struct text *out, struct error *e) {
  struct stat st;
  size_t start = out->len;
  if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (size_t)st.st_size <= limit)
    text_reserve(out, (size_t)st.st_size + 1);
  for (;;) {
    if (!text_reserve(out, FLUSH_BYTES)) return error_nomem(e);
    ssize_t n = read(fd, out->s + out->len, out->cap - out->len - 1);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return error_sys(e, ST_IO, path, _("读取"));
    if (n == 0) return ST_OK;
    out->len += (size_t)n;
    out->s[out->len] = '\0';
    if (out->len - start > limit) {
      error_set(e, ST_DATA, "file.too-large", _("文件太大：%s 超过 %zu %s"), path,
                limit >> 20 ? limit >> 20 : limit >> 10, limit >> 20 ? "MB" : "KB");
      error_at(e, path, 0, NULL);
      return ST_DATA;
    }
  }
}

enum status file_read(const char *path, size_t limit, struct text *out, struct error *e) {
  bool standard = strcmp(path, "-") == 0;
  int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return error_sys(e, ST_NOINPUT, path, _("打开"));
  enum status st = read_all(fd, standard ? _("标准输入") : path, limit, out, e);
  if (!standard) close(fd);
  return st;
}

/* ---- writing ------------------------------------------------------------ */

/* Whether path may be replaced.  *plain: by the protocol, otherwise written straight. */
static enum status look_at_target(const char *path, bool *plain, struct error *e) {
  struct stat st;
  *plain = true;
  if (stat(path, &st) != 0) return ST_OK; /* missing, or open will say what is wrong */
  if (S_ISDIR(st.st_mode)) {
    errno = EISDIR;
    return error_sys(e, ST_CANTCREATE, path, _("写入"));
  }
  *plain = S_ISREG(st.st_mode);
  /* rename(2) would replace a write-protected file; its owner meant it to stay. */
  if (access(path, W_OK) != 0) return error_sys(e, ST_CANTCREATE, path, _("写入"));
  return ST_OK;
}

/* A new file beside path.  Not mkstemp(3): the mode must pass through umask. */
static enum status open_temporary(struct file_writer *w, unsigned mode, struct error *e) {
  struct text name = {0};
  for (int try = 0; try < 100; try++) {
    text_clear(&name);
    path_dir(&name, w->path);
    /* Not made from the target's name, which may be as long as names can be. */
    text_addf(&name, "/.mingbai-%ld-%d.tmp", (long)getpid(), try);
    if (!text_ok(&name)) break;
    w->fd = open(name.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (w->fd >= 0) {
      w->temporary = text_take(&name);
      return ST_OK;
    }
    if (errno != EEXIST) {
      text_free(&name);
      return error_sys(e, ST_CANTCREATE, w->path, _("创建"));
    }
  }
  bool failed = !text_ok(&name);
  text_free(&name);
  if (failed) return error_nomem(e);
  errno = EEXIST;
  return error_sys(e, ST_CANTCREATE, w->path, _("创建"));
}

enum status file_begin(struct file_writer *w, const char *path, unsigned mode, struct error *e) {
  memset(w, 0, sizeof *w);
  w->fd = -1;
  w->path = str_dup(path);
  if (!w->path) return error_nomem(e);
  enum status st = ST_OK;
  bool plain = false;
  if (strcmp(path, "-") == 0) {
    w->fd = STDOUT_FILENO;
    return ST_OK;
  }
  if ((st = look_at_target(path, &plain, e)) != ST_OK) goto fail;
  if (plain) {
    if ((st = open_temporary(w, mode, e)) != ST_OK) goto fail;
  } else if ((w->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)) < 0) {
    st = error_sys(e, ST_CANTCREATE, path, _("写入"));
    goto fail;
  }
  return ST_OK;
fail:
  file_cancel(w);
  return st;
}

static enum status write_out(struct file_writer *w, const char *s, size_t n, struct error *e) {
  while (n > 0) {
    ssize_t done = write(w->fd, s, n);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return error_sys(e, ST_IO, w->path, _("写入"));
    s += done;
    n -= (size_t)done;
  }
  return ST_OK;
}

enum status file_add(struct file_writer *w, const void *data, size_t n, struct error *e) {
  if (w->buffer.len + n < FLUSH_BYTES) {
    text_addn(&w->buffer, data, n);
    return text_ok(&w->buffer) ? ST_OK : error_nomem(e);
  }
  enum status st = write_out(w, text_str(&w->buffer), w->buffer.len, e);
  text_clear(&w->buffer);
  return st == ST_OK ? write_out(w, data, n, e) : st;
}

/* Make the rename itself survive a power cut.  The new file is whole already, so
 * file systems that cannot do this (FAT over a network) are no failure. */
static void sync_folder(const char *path) {
  struct text dir = {0};
  path_dir(&dir, path);
  int fd = text_ok(&dir) ? open(dir.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  text_free(&dir);
}

enum status file_commit(struct file_writer *w, struct error *e) {
  enum status st = write_out(w, text_str(&w->buffer), w->buffer.len, e);
  if (st != ST_OK || w->fd == STDOUT_FILENO) goto out;
  if (fsync(w->fd) != 0 && w->temporary) {
    st = error_sys(e, ST_IO, w->path, _("写入"));
    goto out;
  }
  int fd = w->fd;
  w->fd = -1;
  /* A network share may tell only now that there was no room. */
  if (close(fd) != 0) {
    st = error_sys(e, ST_IO, w->path, _("写入"));
    goto out;
  }
  if (w->temporary) {
    if (rename(w->temporary, w->path) != 0) {
      st = error_sys(e, ST_CANTCREATE, w->path, _("写入"));
      goto out;
    }
    free(w->temporary);
    w->temporary = NULL;
    sync_folder(w->path);
  }
out:
  file_cancel(w);
  return st;
}

void file_cancel(struct file_writer *w) {
  if (!w->path) return;
  int keep = errno;
  if (w->fd > STDERR_FILENO) close(w->fd);
  if (w->temporary) unlink(w->temporary);
  free(w->temporary);
  free(w->path);
  text_free(&w->buffer);
  memset(w, 0, sizeof *w);
  errno = keep;
}

enum status file_write(const char *path, const void *data, size_t n, unsigned mode, struct error *e) {
  struct file_writer w;
  enum status st = file_begin(&w, path, mode, e);
  if (st == ST_OK && (st = file_add(&w, data, n, e)) == ST_OK) st = file_commit(&w, e);
  file_cancel(&w);
  return st;
}

/* ---- folders and names -------------------------------------------------- */

enum status file_mkdir(const char *path, struct error *e) {
  char *copy = str_dup(path);
  if (!copy) return error_nomem(e);
  enum status st = ST_OK;
  for (char *p = copy; st == ST_OK && *p;) {
    p += strspn(p, "/");
    p += strcspn(p, "/");
    char end = *p;
    *p = '\0';
    int code = mkdir(copy, 0777) == 0 ? 0 : errno;
    if (code && !file_is_dir(copy)) {
      errno = code;
      st = error_sys(e, ST_CANTCREATE, copy, _("创建文件夹"));
    }
    *p = end;
  }
  free(copy);
  return st;
}

bool file_exists(const char *path) {
  struct stat st;
  return stat(path, &st) == 0;
}

bool file_is_dir(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_same(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

void path_join(struct text *out, const char *dir, const char *name) {
  text_clear(out);
  if (name[0] != '/' && !str_empty(dir)) {
    text_add(out, dir);
    if (dir[strlen(dir) - 1] != '/') text_addc(out, '/');
  }
  text_add(out, name);
}

void path_dir(struct text *out, const char *path) {
  text_clear(out);
  const char *slash = strrchr(path, '/');
  if (!slash) text_addc(out, '.');
  else text_addn(out, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *path_base(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool unsafe_in_name(uint32_t cp) {
  if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFFFD) return true;
  if ((cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069))
    return true;
  return cp < 0x80 && strchr("/\\:*?\"<>|", (int)cp) != NULL;
}

void path_safe(struct text *out, const char *s) {
  size_t start = out->len;
  for (uint32_t cp; *s;) {
    int n = utf8_decode(s, &cp);
    if (out->len - start + (size_t)n > PART_MAX_BYTES) break;
    s += n;
    if (unsafe_in_name(cp) || (cp == '.' && out->len == start)) text_addc(out, '_');
    else text_addcp(out, cp);
  }
  if (out->len == start) text_addc(out, '_');
  /* FAT drops dots and spaces at the end, so two names could become one. */
  for (size_t i = out->len; text_ok(out) && i > start && (out->s[i - 1] == '.' || out->s[i - 1] == ' '); i--)
    out->s[i - 1] = '_';
}

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool wanted(int dirfd_, const char *name, const char *suffix) {
  size_t n = strlen(name), k = strlen(suffix);
  struct stat st;
  /* Names with a leading dot are editors' leavings. */
  if (name[0] == '.' || n < k || strcmp(name + n - k, suffix) != 0) return false;
  return fstatat(dirfd_, name, &st, 0) == 0 && S_ISREG(st.st_mode);
}

enum status path_list(const char *dir, const char *suffix, char ***names, size_t *n, struct error *e) {
  *names = NULL;
  *n = 0;
  DIR *d = opendir(dir);
  if (!d) return error_sys(e, ST_NOINPUT, dir, _("打开文件夹"));
  enum status st = ST_OK;
  size_t cap = 0;
  for (struct dirent *entry; st == ST_OK && (entry = readdir(d)) != NULL;) {
    if (!wanted(dirfd(d), entry->d_name, suffix)) continue;
    if (!ARRAY_ROOM(*names, *n, cap)) st = error_nomem(e);
    if (st == ST_OK && !((*names)[*n] = str_dup(entry->d_name))) st = error_nomem(e);
    if (st == ST_OK) ++*n;
  }
  closedir(d);
  if (st != ST_OK) {
    path_list_free(*names, *n);
    *names = NULL;
    *n = 0;
  } else if (*n > 1) {
    qsort(*names, *n, sizeof **names, by_bytes);
  }
  return st;
}

void path_list_free(char **names, size_t n) {
  for (size_t i = 0; i < n; i++) free(names[i]);
  free(names);
}
