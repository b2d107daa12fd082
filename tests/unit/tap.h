/* For unit programs that read a table tests/X.test and print TAP themselves.
 *
 *   struct tap_table t;
 *   if (!tap_open(&t, "deadline.test")) return 1;
 *   while (tap_row(&t)) tap_ok(&t, tap_cell(&t, 1) …, "%s", tap_cell(&t, 0));
 *   return tap_done(&t);
 *
 * A table holds one case a line, cells between " | " (a bar with blanks around it, or at
 * an end of the line) and trimmed; blank lines and lines that begin with # are skipped.
 * A table without any case fails.
 */
#ifndef MB_TESTS_TAP_H
#define MB_TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAP_CELLS 24

struct tap_table {
  FILE *in;
  const char *name;
  int line; /* of the present row */
  int n, failed;
  char row[4096];
  char *cell[TAP_CELLS];
  int cells;
};

/* Path of a file in the source tree; static storage, good until the next call. */
static inline const char *tap_path(const char *relative) {
  static char path[1024];
  const char *top = getenv("srcdir");
  snprintf(path, sizeof path, "%s/%s", top && *top ? top : ".", relative);
  return path;
}

static inline bool tap_open(struct tap_table *t, const char *name) {
  memset(t, 0, sizeof *t);
  t->name = name;
  char relative[256];
  snprintf(relative, sizeof relative, "tests/%s", name);
  t->in = fopen(tap_path(relative), "r");
  if (!t->in) printf("Bail out! cannot open %s\n", tap_path(relative));
  return t->in != NULL;
}

static inline char *tap_trim(char *s) {
  s += strspn(s, " \t");
  size_t n = strlen(s);
  while (n > 0 && strchr(" \t\r\n", s[n - 1])) s[--n] = '\0';
  return s;
}

/* The bar that ends the cell at s, or NULL. */
static inline char *tap_bar(char *s, const char *row) {
  for (char *bar = s; (bar = strchr(bar, '|')) != NULL; bar++) {
    bool before = bar == row || bar[-1] == ' ' || bar[-1] == '\t';
    if (before && (bar[1] == '\0' || strchr(" \t\r\n", bar[1]))) return bar;
  }
  return NULL;
}

static inline bool tap_row(struct tap_table *t) {
  while (fgets(t->row, sizeof t->row, t->in)) {
    t->line++;
    char *s = tap_trim(t->row);
    if (*s == '\0' || *s == '#') continue;
    t->cells = 0;
    for (char *bar; t->cells < TAP_CELLS; s = bar + 1) {
      bar = tap_bar(s, t->row);
      if (bar) *bar = '\0';
      t->cell[t->cells++] = tap_trim(s);
      if (!bar) break;
    }
    return true;
  }
  return false;
}

/* Cell i of the present row, "" past its end. */
static inline const char *tap_cell(const struct tap_table *t, int i) {
  return i >= 0 && i < t->cells ? t->cell[i] : "";
}

__attribute__((format(printf, 3, 4))) static inline bool tap_ok(struct tap_table *t, bool pass, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  printf("%sok %d - %s:%d ", pass ? "" : "not ", ++t->n, t->name, t->line);
  vprintf(fmt, ap);
  putchar('\n');
  va_end(ap);
  t->failed += !pass;
  return pass;
}

/* got and want as texts; shows both when they differ. */
static inline bool tap_is(struct tap_table *t, const char *got, const char *want, const char *what) {
  bool pass = tap_ok(t, strcmp(got, want) == 0, "%s", what);
  if (!pass) printf("#   got:  %s\n#   want: %s\n", got, want);
  return pass;
}

static inline int tap_done(struct tap_table *t) {
  if (t->in) fclose(t->in);
  if (t->n == 0) printf("# %s holds no case\n", t->name);
  printf("1..%d\n", t->n);
  return t->n == 0 || t->failed > 0;
}

#endif
