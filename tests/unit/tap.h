/* The Test Anything Protocol for test programs that read a table: one "ok" line a case, the plan
 * at the end; and what reading a table of cells needs.  Header only, so that a test stays one file. */
#ifndef MB_TESTS_TAP_H
#define MB_TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tap { int n, failed; };

/* One case; fmt names it.  Returns ok, so that a caller can add notes when it failed. */
__attribute__((format(printf, 3, 4)))
static inline bool tap_ok(struct tap *t, bool ok, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  printf("%s %d - ", ok ? "ok" : "not ok", ++t->n);
  vprintf(fmt, ap);
  putchar('\n');
  va_end(ap);
  if (!ok) t->failed++;
  return ok;
}

__attribute__((format(printf, 1, 2)))
static inline void tap_note(const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  fputs("# ", stdout);
  vprintf(fmt, ap);
  putchar('\n');
  va_end(ap);
}

/* Two texts must be the same; both are shown when they are not. */
static inline bool tap_same(struct tap *t, const char *got, const char *want, const char *name) {
  bool ok = tap_ok(t, strcmp(got, want) == 0, "%s", name);
  if (!ok) tap_note("got:  %s", got);
  if (!ok) tap_note("want: %s", want);
  return ok;
}

/* The plan line; the exit status of the program. */
static inline int tap_done(const struct tap *t) {
  printf("1..%d\n", t->n);
  return t->failed == 0 && t->n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Without the blanks at both ends, in place. */
static inline char *tap_trim(char *s) {
  while (*s == ' ' || *s == '\t') s++;
  size_t n = strlen(s);
  while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL) s[--n] = '\0';
  return s;
}

/* Cut line in place at sep; cells are trimmed.  Returns their number, at most max. */
static inline int tap_split(char *line, const char *sep, char **cell, int max) {
  int n = 0;
  for (char *p = line; p != NULL && n < max;) {
    char *next = strstr(p, sep);
    if (next != NULL) {
      *next = '\0';
      next += strlen(sep);
    }
    cell[n++] = tap_trim(p);
    p = next;
  }
  return n;
}

/* Open a file of the source tree (environment srcdir, default "."). */
static inline FILE *tap_open(const char *name) {
  const char *dir = getenv("srcdir");
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : ".", name);
  FILE *f = fopen(path, "r");
  if (f == NULL) {
    printf("Bail out! cannot read %s\n", path);
    exit(EXIT_FAILURE);
  }
  return f;
}

#endif
