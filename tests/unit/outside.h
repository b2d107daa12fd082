/* Running the tools that judge our pages (poppler, qpdf, zbar) from a unit test: a folder of the test's own
 * and the output of a command.  Header-only; tests skip when a tool is not installed. */
#ifndef MB_TESTS_OUTSIDE_H
#define MB_TESTS_OUTSIDE_H

#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char outside_folder[] = "/tmp/mingbai-test-XXXXXX";

static inline int outside_begin(void **state) {
  (void)state;
  return mkdtemp(outside_folder) ? 0 : -1;
}

/* "cd FOLDER && COMMAND": its output appended to out (may be NULL); the exit status. */
static inline int outside_run(const char *command, struct text *out) {
  struct text line = {0};
  text_addf(&line, "cd %s && { %s; } 2>&1", outside_folder, command);
  FILE *p = popen(text_str(&line), "r");
  text_free(&line);
  if (!p) return -1;
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, p)) > 0;)
    if (out) text_addn(out, buffer, n);
  return pclose(p);
}

static inline int outside_end(void **state) {
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -rf %s", outside_folder);
  return system(command);
}

/* Is every one of these commands there? */
static inline bool outside_has(const char *tools) {
  char command[200];
  snprintf(command, sizeof command, "for t in %s; do command -v $t || exit 1; done", tools);
  return outside_run(command, NULL) == 0;
}

static inline bool outside_write(const char *name, const struct text *data) {
  char path[128];
  struct error e;
  snprintf(path, sizeof path, "%s/%s", outside_folder, name);
  return file_write(path, data->s, data->len, 0600, &e) == ST_OK;
}

/* A page as gray pixels, 0 black, at dpi: PDF NAME.pdf, page 1.  Owned by the caller. */
static inline unsigned char *outside_pixels(const char *name, int dpi, int *width, int *height) {
  char command[200];
  struct text pgm = {0};
  unsigned char *pixels = NULL;
  int at = 0;
  snprintf(command, sizeof command, "pdftoppm -gray -r %d -f 1 -l 1 -singlefile %s.pdf page && cat page.pgm",
           dpi, name);
  if (outside_run(command, &pgm) == 0 && sscanf(text_str(&pgm), "P5 %d %d 255%n", width, height, &at) == 2) {
    size_t n = (size_t)*width * (size_t)*height;
    pixels = malloc(n);
    if (pixels && pgm.len >= n) memcpy(pixels, pgm.s + pgm.len - n, n);
  }
  text_free(&pgm);
  return pixels;
}

#endif
