/* lp as a child process: its words come back through a pipe, bounded and made harmless.
 *
 * The child gets the program's environment, no terminal to read from, and signals as a fresh program has
 * them.  Leaves out: which printers there are (lpstat), and what becomes of a job once lp has taken it.
 */
#include "batch/lp.h"
#include "base/text.h"
#include "base/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAID_MAX 400 /* bytes kept of what lp writes */

extern char **environ;

struct lp {
  pid_t pid;        /* 0: gone */
  int fd;           /* its output; -1: closed */
  int result;       /* of waitpid */
  char *printer;
  struct text raw, said;
};

/* ---- start */

static enum status missing(struct error *e) {
  return error_set(e, ST_CONFIG, "lp.missing", "%s",
                   _("电脑上没有打印命令 lp：先安装（sudo apt install cups-client），或改为存成 PDF"));
}

/* Ignored signals would stay ignored in the child, and lp would not end on a closed pipe. */
static int default_signals(posix_spawnattr_t *attr) {
  sigset_t all, none;
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  sigemptyset(&none);
  int failed = posix_spawnattr_setsigdefault(attr, &all);
  if (!failed) failed = posix_spawnattr_setsigmask(attr, &none);
  if (!failed) failed = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  return failed;
}

static int spawn(struct lp *lp, char *const *argv, int out) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attr;
  int failed = posix_spawn_file_actions_init(&files);
  if (failed) return failed;
  failed = posix_spawnattr_init(&attr);
  if (!failed) {
    failed = default_signals(&attr);
    if (!failed) failed = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!failed) failed = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    if (!failed) failed = posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
    if (!failed) failed = posix_spawnp(&lp->pid, "lp", &files, &attr, argv, environ);
    posix_spawnattr_destroy(&attr);
  }
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

static enum status start(struct lp *lp, char *const *argv, struct error *e) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return error_sys(e, ST_IO, "lp", _("启动"));
  lp->fd = ends[0];
  fcntl(lp->fd, F_SETFL, O_NONBLOCK);
  int failed = spawn(lp, argv, ends[1]);
  close(ends[1]);
  if (!failed) return ST_OK;
  lp->pid = 0;
  if (failed == ENOENT) return missing(e);
  errno = failed;
  return error_sys(e, ST_IO, "lp", _("启动"));
}

enum status lp_start(struct lp **out, const char *printer, const char *title, const char *path,
                     struct error *e) {
  *out = NULL;
  struct lp *lp = calloc(1, sizeof *lp);
  char *copy[] = {str_dup(printer ? printer : ""), str_dup(title), str_dup(path)};
  char program[] = "lp", to[] = "-d", titled[] = "-t", end[] = "--";
  char *argv[8] = {program};
  int n = 1;
  if (!str_empty(printer)) argv[n++] = to, argv[n++] = copy[0];
  argv[n++] = titled;
  argv[n++] = copy[1];
  argv[n++] = end; /* of options */
  argv[n] = copy[2];
  bool room = lp && copy[0] && copy[1] && copy[2];
  if (lp) lp->fd = -1;
  enum status st = room ? start(lp, argv, e) : error_nomem(e);
  if (lp) lp->printer = copy[0];
  else free(copy[0]);
  free(copy[1]);
  free(copy[2]);
  if (st) lp_free(lp);
  else *out = lp;
  return st;
}

/* ---- wait */

/* What there is to read; false at its end. */
static bool drain(struct lp *lp) {
  char buf[512];
  for (;;) {
    ssize_t n = read(lp->fd, buf, sizeof buf);
    if (n > 0 && lp->raw.len < SAID_MAX) text_addn(&lp->raw, buf, (size_t)n);
    if (n > 0 || (n < 0 && errno == EINTR)) continue;
    return n < 0 && errno == EAGAIN;
  }
}

/* One line without controls; bytes that are no UTF-8 are left to utf8_clean(). */
static void tidy(struct lp *lp) {
  struct text line = {0};
  const char *s = text_str(&lp->raw);
  while (*s == ' ' || *s == '\n') s++;
  for (; *s; s++) {
    if (*s != '\n') text_addc(&line, *s);
    else if (s[1] != '\0') text_add(&line, "; ");
  }
  utf8_clean(&lp->said, text_str(&line));
  text_free(&line);
}

static enum status judge(const struct lp *lp, struct error *e) {
  const char *said = lp->said.len ? text_str(&lp->said) : _("没有说原因");
  bool exited = WIFEXITED(lp->result);
  if (exited && WEXITSTATUS(lp->result) == 0) return ST_OK;
  if (exited && WEXITSTATUS(lp->result) == 127 && lp->said.len == 0) return missing(e);
  if (*lp->printer)
    return error_set(e, ST_IO, "lp.refused",
                     _("打印机“%s”没有收下（%s）。请看打印机名对不对、开着没有；也可以改为存成 PDF"),
                     lp->printer, said);
  return error_set(e, ST_IO, "lp.refused",
                   _("默认打印机没有收下（%s）。请在 mingbai.cfg 中写 printer，或改为存成 PDF"), said);
}

static bool reaped(struct lp *lp, int options) {
  if (lp->pid == 0) return true;
  pid_t got;
  while ((got = waitpid(lp->pid, &lp->result, options)) < 0 && errno == EINTR)
    ;
  if (got == 0) return false;
  if (got < 0) lp->result = 0xFF00; /* somebody else took it: not known to be well */
  lp->pid = 0;
  return true;
}

bool lp_wait(struct lp *lp, int ms, enum status *st, struct error *e) {
  struct pollfd p = {.fd = lp->fd, .events = POLLIN};
  if (lp->fd >= 0 && poll(&p, 1, ms) > 0 && !drain(lp)) {
    close(lp->fd);
    lp->fd = -1;
  }
  /* Its pipe may be held open by what it left behind, or closed before it ends. */
  if (!reaped(lp, WNOHANG)) {
    if (lp->fd < 0) poll(NULL, 0, ms < 20 ? ms : 20);
    return false;
  }
  if (lp->fd >= 0) (void)drain(lp);
  tidy(lp);
  *st = judge(lp, e);
  return true;
}

void lp_free(struct lp *lp) {
  if (!lp) return;
  if (lp->pid > 0) {
    kill(lp->pid, SIGKILL); /* it has nothing to put in order */
    (void)reaped(lp, 0);
  }
  if (lp->fd >= 0) close(lp->fd);
  text_free(&lp->raw);
  text_free(&lp->said);
  free(lp->printer);
  free(lp);
}
