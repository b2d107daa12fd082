/* Modules of a QR code to cells.  See draw_code.h. */
#include "tui/draw_code.h"
#include "base/utf8.h"

#define UPPER_HALF 0x2580

static bool narrow(void) {
  return utf8_cp_width(UPPER_HALF) == 1;
}

/* Outside the code is its quiet zone. */
static bool dark(const struct qr *q, int quiet, int x, int y) {
  x -= quiet;
  y -= quiet;
  return x >= 0 && y >= 0 && x < q->size && y < q->size && q->dark[y * q->size + x] != 0;
}

void draw_code_size(const struct qr *q, int quiet, int *rows, int *cols) {
  int side = q->size + 2 * quiet;
  *rows = narrow() ? (side + 1) / 2 : side;
  *cols = narrow() ? side : side * 2;
}

void draw_code_row(struct screen *s, int row, int col, const struct qr *q, int quiet, int which, bool flip) {
  static const char *const halves[2][2] = { { " ", "▄" }, { "▀", "█" } }; /* upper dark, lower dark */
  int side = q->size + 2 * quiet;
  enum attr light = flip ? ATTR_QR_DARK : ATTR_QR, black = flip ? ATTR_QR : ATTR_QR_DARK;
  for (int x = 0; x < side; x++) {
    if (narrow())
      screen_put(s, row, col + x, 1, light,
                 halves[dark(q, quiet, x, which * 2)][dark(q, quiet, x, which * 2 + 1)]);
    else screen_fill(s, row, col + x * 2, 2, dark(q, quiet, x, which) ? black : light);
  }
}
