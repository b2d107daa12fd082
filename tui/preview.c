/* Column widths come from the rows that are shown; when there is too little room the widest gives way. */
#include "tui/preview.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "checklists/privacy.h"

#include <string.h>

#define COLUMNS 24
#define GAP 2
#define NARROWEST 4

struct shape { int width[COLUMNS]; bool number[COLUMNS]; int n; };

static bool is_number(const char *s) {
  return *s != '\0' && s[strspn(s, "0123456789.,-%")] == '\0';
}

static void measure(struct csv *c, struct shape *shape, bool head) {
  for (size_t i = 0; i < c->n && i < COLUMNS; i++) {
    const char *cell = csv_unguard(c->cell[i]);
    int width = utf8_width(cell);
    if ((int)i >= shape->n) {
      shape->n = (int)i + 1;
      shape->width[i] = 0;
      shape->number[i] = true;
    }
    if (width > shape->width[i]) shape->width[i] = width;
    if (!head && *cell != '\0' && !is_number(cell)) shape->number[i] = false;
  }
}

static void fit(struct shape *shape, int cols) {
  for (;;) {
    int sum = 0, widest = 0;
    for (int i = 0; i < shape->n; i++) {
      sum += shape->width[i] + (i > 0 ? GAP : 0);
      if (shape->width[i] > shape->width[widest]) widest = i;
    }
    if (sum <= cols || shape->n == 0 || shape->width[widest] <= NARROWEST) return;
    shape->width[widest]--;
  }
}

static void draw_row(struct screen *s, struct rect at, enum attr look, const struct csv *c,
                     const struct shape *shape, bool head) {
  int col = at.col, edge = at.col + at.cols;
  screen_fill(s, at.row, at.col, at.cols, look);
  for (int i = 0; i < shape->n && col < edge; i++) {
    const char *cell = csv_unguard(csv_cell(c, i));
    enum attr attr = privacy_scan(cell, NULL, NULL, NULL) > 0 ? ATTR_PERSONAL : look;
    int width = edge - col < shape->width[i] ? edge - col : shape->width[i];
    struct text fitted = { 0 };
    if (!head && shape->number[i]) utf8_fit(&fitted, cell, width, true);
    else utf8_fit(&fitted, cell, width, false);
    screen_put(s, at.row, col, width, attr, text_str(&fitted));
    text_free(&fitted);
    col += shape->width[i] + GAP;
  }
}

/* Go through the first rows: measuring, or drawing what was measured. */
static bool walk(struct screen *s, struct rect at, enum attr look, const char *csv, struct shape *shape,
                 bool draw) {
  struct csv c;
  struct error e;
  int r = 1;
  if (csv_open_text(&c, "", csv, strlen(csv), &e) != ST_OK) return false;
  for (int row = 0; row < at.rows && (r = csv_next(&c, &e)) == 1; row++) {
    if (!draw) measure(&c, shape, row == 0);
    else draw_row(s, (struct rect){ at.row + row, at.col, 1, at.cols }, look, &c, shape, row == 0);
  }
  csv_close(&c);
  return r >= 0;
}

bool preview_draw(struct screen *s, struct rect at, enum attr look, const char *csv) {
  struct shape shape = { .n = 0 };
  if (!walk(s, at, look, csv, &shape, false)) return false;
  fit(&shape, at.cols);
  return walk(s, at, look, csv, &shape, true);
}
