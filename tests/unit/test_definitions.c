/* Faults in definitions, read from tables: catalogue.test (one change in a real file of the standard
 * catalogue) and tailoring.test (a county's file).  Each must give exactly the finding named, at its place.
 */
#include "checklists/catalogue.h"
#include "tests/unit/tap.h"

#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "19-social-assistance.cfg"
static char folder[] = "/tmp/mingbai-definitions-XXXXXX";

static const char *srcdir(void) {
  return getenv("srcdir") ? getenv("srcdir") : ".";
}

static char *read_all(FILE *f) {
  size_t n = 0, cap = 1 << 20;
  char *s = calloc(1, cap);
  if (s != NULL) n = fread(s, 1, cap - 1, f);
  fclose(f);
  (void)n;
  return s;
}

static bool write_all(const char *path, const char *s) {
  FILE *f = fopen(path, "w");
  if (f == NULL) return false;
  bool ok = fputs(s, f) >= 0;
  return fclose(f) == 0 && ok;
}

/* "\n" as two characters becomes a line break. */
static void unescape(char *s) {
  for (char *at; (at = strstr(s, "\\n")) != NULL;) {
    *at = '\n';
    memmove(at + 1, at + 2, strlen(at + 2) + 1);
  }
}

static int line_of(const char *s, const char *at) {
  int line = 1;
  for (; s < at; s++) line += *s == '\n';
  return line;
}

static void describe(char *out, size_t size, const struct findings *f) {
  const struct error *e = f->n ? &f->list[0].e : NULL;
  if (e == NULL) snprintf(out, size, "none");
  else snprintf(out, size, "%d | %s | %s%s", e->line, e->path, e->id, f->n > 1 ? " and more" : "");
}

/* base with one change; NULL when the old text is not there. */
static char *changed(const char *base, const char *from, const char *to, int *line) {
  const char *at = strstr(base, from);
  if (at == NULL) return NULL;
  char *s = malloc(strlen(base) + strlen(to) + 1);
  if (s == NULL) return NULL;
  *line = line_of(base, at);
  sprintf(s, "%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
  return s;
}

static void catalogue_case(struct tap *t, const char *base, int row, char **cell, char *arrow) {
  char got[400], want[400], path[200], name[400];
  struct findings f = {0};
  int line = 0;
  char *from = cell[0], *to = arrow + 2;
  *arrow = '\0';
  from[strlen(from) - (strlen(from) > 0 && from[strlen(from) - 1] == ' ')] = '\0';
  to = tap_trim(to);
  unescape(to);
  char *text = changed(base, from, to, &line);
  snprintf(name, sizeof name, "catalogue.test:%d %s", row, cell[3]);
  if (text == NULL) {
    tap_ok(t, false, "%s: the text to change is there: %s", name, from);
    return;
  }
  snprintf(path, sizeof path, "%s/" FILE_NAME, folder);
  tap_ok(t, write_all(path, text), "%s: written", name);
  struct catalogue *c = catalogue_load(folder, &f);
  describe(got, sizeof got, &f);
  snprintf(want, sizeof want, "%d | %s | %s", line + atoi(cell[1]), cell[2], cell[3]);
  if (!tap_same(t, got, want, name) && f.n > 0) tap_note("%s", f.list[f.n - 1].e.text);
  tap_ok(t, c == NULL, "%s: not loaded", name);
  catalogue_free(c);
  findings_free(&f);
  free(text);
}

static void check_catalogue(struct tap *t) {
  char line[2000], *cell[4];
  FILE *f = tap_open("tests/catalogue.test");
  char *base = read_all(tap_open("checklists/domains/" FILE_NAME));
  for (int row = 1; base && fgets(line, sizeof line, f); row++) {
    char *start = line;
    if (line[0] == '#' || line[0] == '\n') continue;
    char *bar = strstr(start, " | "), *arrow = strstr(start, "=>");
    if (!bar || !arrow || tap_split(bar + 2, "|", cell + 1, 3) != 3) {
      tap_ok(t, false, "catalogue.test:%d can be read", row);
      continue;
    }
    *bar = '\0';
    cell[0] = start;
    catalogue_case(t, base, row, cell, arrow);
  }
  fclose(f);
  free(base);
}

static void tailoring_case(struct tap *t, struct catalogue *c, int row, char **cell) {
  char path[200], got[400], want[400], name[100];
  struct findings f = {0};
  snprintf(path, sizeof path, "%s/tailoring.cfg", folder);
  snprintf(name, sizeof name, "tailoring.test:%d %s", row, cell[2]);
  tap_ok(t, write_all(path, cell[0]), "%s: written", name);
  bool done = catalogue_tailor(c, path, &f);
  if (strcmp(cell[2], "none") == 0) snprintf(want, sizeof want, "none");
  else snprintf(want, sizeof want, "1 | %s | %s", cell[1], cell[2]);
  if (strcmp(cell[2], "many") == 0) { /* the first of several */
    snprintf(want, sizeof want, "1 | %s | conf.missing", cell[1]);
    f.n = f.n > 1 ? 1 : 0;
  }
  describe(got, sizeof got, &f);
  tap_same(t, got, want, name);
  tap_ok(t, done == (f.count[SEV_ERROR] == 0), "%s: applied only without errors", name);
  findings_free(&f);
}

static void check_tailoring(struct tap *t) {
  char line[2000], dir[300], *cell[3];
  FILE *f = tap_open("tests/tailoring.test");
  snprintf(dir, sizeof dir, "%s/checklists/domains", srcdir());
  for (int row = 1; fgets(line, sizeof line, f); row++) {
    if (line[0] == '#' || line[0] == '\n') continue;
    struct findings loading = {0};
    struct catalogue *c = catalogue_load(dir, &loading);
    if (tap_ok(t, c && tap_split(line, "|", cell, 3) == 3, "tailoring.test:%d can be read", row))
      tailoring_case(t, c, row, cell);
    catalogue_free(c);
    findings_free(&loading);
  }
  fclose(f);
}

int main(void) {
  struct tap t = {0};
  char path[200];
  if (!tap_ok(&t, mkdtemp(folder) != NULL, "a folder")) return tap_done(&t);
  check_catalogue(&t);
  check_tailoring(&t);
  snprintf(path, sizeof path, "%s/" FILE_NAME, folder);
  unlink(path);
  snprintf(path, sizeof path, "%s/tailoring.cfg", folder);
  unlink(path);
  rmdir(folder);
  return tap_done(&t);
}
