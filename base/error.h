/* Status codes, errors and findings: how every floor tells what went wrong.
 *
 * Core code never prints and never exits.  A function that can fail returns an
 * enum status; 0 (ST_OK) is success.  When a caller passes a struct error, it is
 * filled with a stable id ("csv.bad-date"), a sentence for the user (Chinese,
 * through _()), and, where known, the place: file, line, field or path.
 *
 * A check that can find many things at once appends to a struct findings
 * instead, and goes on.  One place (batch/report.h) turns both into words.
 */
#ifndef MB_BASE_ERROR_H
#define MB_BASE_ERROR_H

#include <libintl.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>

/* User-facing text is written in Chinese and passes through one of these.
 * N_() only marks a text for translation, for use in static tables. */
#define _(s) gettext(s)
#define N_(s) s

#if defined(__GNUC__)
#define MB_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MB_MUST_USE __attribute__((warn_unused_result))
#else
#define MB_PRINTF(fmt, args)
#define MB_MUST_USE
#endif

/* Exit statuses of the program (DESIGN: 0, 1, 2, then sysexits numbers). */
enum status {
  ST_OK = 0,
  ST_FOUND = 1,       /* a check found problems */
  ST_USAGE = 2,       /* wrong use of a command */
  ST_DATA = 65,       /* data that cannot be right: bad line, bad value */
  ST_NOINPUT = 66,    /* a file that cannot be read */
  ST_SOFTWARE = 70,   /* a broken promise inside the program, out of memory */
  ST_CANTCREATE = 73, /* an output file that cannot be made */
  ST_IO = 74,         /* reading or writing failed half-way */
  ST_BUSY = 75,       /* locked by another window */
  ST_NOPERM = 77,     /* no permission, read-only */
  ST_CONFIG = 78      /* a definition or settings file is wrong */
};

struct error {
  enum status status;
  char id[40];    /* stable, ASCII, "area.what"; "" when there is no error */
  char text[600]; /* one sentence: what is wrong, what to do; cut on a character */
  char file[256]; /* "" when not about a file */
  int line;       /* 1-based; 0 when not known */
  char path[160]; /* field, column or configuration path; "" when not known */
};

/* Fill e (may be NULL) and return st, so that a caller can write
 * `return error_set(e, ST_DATA, "unit.unknown", _("没有单位 %s"), code);`
 * The place (file, line, path) is cleared. */
enum status error_set(struct error *e, enum status st, const char *id, const char *fmt, ...)
    MB_PRINTF(4, 5);

/* The same, with a va_list. */
enum status error_vset(struct error *e, enum status st, const char *id, const char *fmt, va_list ap)
    MB_PRINTF(4, 0);

/* Add the place to an error already set.  NULL file or path leaves that part as
 * it is; line 0 likewise.  Returns e->status (ST_SOFTWARE for NULL). */
enum status error_at(struct error *e, const char *file, int line, const char *path);

/* The out-of-memory error; always ST_SOFTWARE. */
enum status error_nomem(struct error *e);

/* What errno means, in a Chinese sentence for the common codes ("磁盘已满",
 * "没有权限", "文件不存在"), strerror otherwise.  Static storage. */
const char *error_errno(int errnum);

/* Set e from errno for an operation on file: the status is chosen from errno
 * (EACCES -> ST_NOPERM, ENOENT -> ST_NOINPUT, ... otherwise st).  doing is a
 * Chinese verb phrase such as _("打开").  The text reads "无法打开 FILE:没有权限". */
enum status error_sys(struct error *e, enum status st, const char *file, const char *doing);

/* ---- findings: many problems at once -------------------------------------- */

enum severity { SEV_NOTE, SEV_WARNING, SEV_ERROR };

struct finding {
  enum severity severity;
  struct error e; /* id, text, place; e.status is ST_DATA or ST_CONFIG */
  char advice[200]; /* what to do; "" when the text says it */
};

struct findings {
  struct finding *list; /* owned */
  size_t n, cap;
  size_t dropped; /* not kept because of the limit below or out of memory */
  size_t count[3]; /* by severity, dropped ones included */
};
#define FINDINGS_MAX 10000

/* Append one.  file/path may be NULL, line 0.  Never fails: what cannot be kept
 * is counted in dropped. */
void findings_add(struct findings *f, enum severity sev, const char *id, const char *file, int line,
                  const char *path, const char *fmt, ...) MB_PRINTF(7, 8);
/* Append e as it is with that severity. */
void findings_add_error(struct findings *f, enum severity sev, const struct error *e);
/* Set the advice of the newest finding (no-op when there is none). */
void findings_advise(struct findings *f, const char *advice);
void findings_free(struct findings *f); /* frees the list and zeroes f */

#endif
