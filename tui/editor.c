/* The text goes through a file of the clerk's alone (0600) in a folder of its own (0700), both removed
 * whatever happens.  No shell: the editor's name may hold arguments, divided at blanks, and becomes an
 * argument vector.  Ctrl-C in the editor is the editor's.
 */
#include "tui/editor.h"
#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define ARGUMENTS 16

struct letter { char dir[64]; struct text path; };

static enum status make_letter(struct letter *d, const struct text *text, struct error *e) {
  snprintf(d->dir, sizeof d->dir, "%s/mingbai-XXXXXX", P_tmpdir);
  if (mkdtemp(d->dir) == NULL) {
    error_sys(e, ST_CANTCREATE, d->dir, _("建立临时文件夹"));
    d->dir[0] = '\0';
    return e->status;
  }
  path_join(&d->path, d->dir, "text.txt");
  return file_write(text_str(&d->path), text_str(text), text->len, 0600, e);
}

/* With what the editor left beside the file. */
static void remove_letter(struct letter *d) {
  DIR *dir = d->dir[0] != '\0' ? opendir(d->dir) : NULL;
  for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL; )
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
        unlinkat(dirfd(dir), entry->d_name, 0) != 0)
      unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
  if (dir != NULL) closedir(dir);
  if (d->dir[0] != '\0') rmdir(d->dir);
  text_free(&d->path);
}

/* words is cut up; the file's name is the last argument. */
static void split(char *words, char *file, char *argv[ARGUMENTS + 2]) {
  int n = 0;
  for (char *save, *word = strtok_r(words, " \t", &save); word != NULL && n < ARGUMENTS;
       word = strtok_r(NULL, " \t", &save))
    argv[n++] = word;
  argv[n++] = file;
  argv[n] = NULL;
}

static int start(char *const argv[], pid_t *child) {
  posix_spawnattr_t how;
  sigset_t own;
  int rc = posix_spawnattr_init(&how);
  if (rc != 0) return rc;
  sigemptyset(&own);
  sigaddset(&own, SIGINT);
  sigaddset(&own, SIGQUIT);
  posix_spawnattr_setsigdefault(&how, &own);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
  rc = posix_spawnp(child, argv[0], NULL, &how, argv, environ);
  posix_spawnattr_destroy(&how);
  return rc;
}

/* 0, or what errno would say; *ended as waitpid gives it. */
static int run_to_end(char *const argv[], int *ended) {
  struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
  pid_t child;
  sigemptyset(&ignore.sa_mask);
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  int rc = start(argv, &child);
  while (rc == 0 && waitpid(child, ended, 0) < 0)
    if (errno != EINTR) rc = errno;
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  return rc;
}

static enum status run(struct ui *ui, const char *editor, const char *file, struct error *e) {
  char *words = str_dup(editor), *path = str_dup(file), *argv[ARGUMENTS + 2];
  int ended = 0, rc = ENOMEM;
  if (words != NULL && path != NULL) {
    split(words, path, argv);
    if (ui->lend != NULL) ui->lend(ui->term, true);
    rc = run_to_end(argv, &ended);
    if (ui->lend != NULL) ui->lend(ui->term, false);
  }
  free(words);
  free(path);
  if (rc != 0)
    return error_set(e, ST_NOINPUT, "editor.start",
                     _("编辑器“%s”打不开：%s。请改环境变量 EDITOR，或就在本栏里写"), editor, error_errno(rc));
  if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
    return error_set(e, ST_IO, "editor.failed", _("编辑器“%s”没有正常结束，本栏没有改动"), editor);
  return ST_OK;
}

static enum status take(const char *path, size_t limit, struct text *text, struct error *e) {
  struct text got = { 0 };
  enum status st = file_read(path, limit + 2, &got, e);
  bool too_long = st == ST_DATA;
  if (st == ST_OK && !utf8_valid(text_str(&got), got.len, NULL))
    st = error_set(e, ST_DATA, "editor.encoding",
                   _("编辑器存下的文字不是 UTF-8，本栏没有改动；请把编辑器设成 UTF-8"));
  while (st == ST_OK && got.len > 0 && (got.s[got.len - 1] == '\n' || got.s[got.len - 1] == '\r'))
    got.s[--got.len] = '\0';
  if (too_long || (st == ST_OK && got.len > limit))
    st = error_set(e, ST_DATA, "editor.long", _("编辑器存下的文字超过 %zu 字节，本栏没有改动"), limit);
  if (st == ST_OK) {
    text_clear(text);
    text_addn(text, text_str(&got), got.len);
    if (!text_ok(text)) st = error_nomem(e);
  }
  text_free(&got);
  return st;
}

enum status editor_run(struct ui *ui, struct text *text, size_t limit, struct error *e) {
  const char *editor = ui->app->editor;
  struct letter d = { 0 };
  if (str_empty(editor) || editor[strspn(editor, " \t")] == '\0')
    return error_set(e, ST_NOINPUT, "editor.none", _("没有设编辑器（环境变量 EDITOR），就在本栏里写"));
  enum status st = make_letter(&d, text, e);
  if (st == ST_OK) st = run(ui, editor, text_str(&d.path), e);
  if (st == ST_OK) st = take(text_str(&d.path), limit, text, e);
  remove_letter(&d);
  return st;
}
