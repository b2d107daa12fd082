/* QR codes as rectangles.  The only file with qrencode.h is qr.c. */
#ifndef MB_BATCH_QR_H
#define MB_BATCH_QR_H

#include "base/error.h"
#include "base/text.h"
#include "batch/page.h"

struct qr {
  int size;
  unsigned char *dark; /* size*size bytes, 1 = dark; owned */
};
/* level 'L' 'M' 'Q' 'H'.  Refused: empty, or too long for a code ("qr.too-long"). */
enum status qr_make(struct qr *q, const char *text, char level, struct error *e) MB_MUST_USE;
void qr_free(struct qr *q);
/* Modules along a side of such a code, with its quiet zone: a square of so many times 0.5 mm can be read from
 * paper.  0: too long for any code. */
int qr_modules(const char *text, char level);
/* Draw with its quiet zone of 4 modules inside the square side x side (points) at x, y; modules merged into
 * as few rectangles as is easy.  Refused when a module would be under 0.5 mm ("qr.too-small"). */
enum status qr_draw(const struct qr *q, struct page *p, float x, float y, float side,
                    struct error *e) MB_MUST_USE;
/* {unit} {domain} {item} {record} {code} of the pattern replaced, percent-encoded; appended.  Unknown names
 * in braces are an error (settings name it). */
struct qr_names {
  const char *unit, *domain, *item, *record, *code;
};
enum status qr_address(struct text *out, const char *pattern, const struct qr_names *n,
                       struct error *e) MB_MUST_USE;

/* Version of the library behind this, for --version. */
const char *qr_library(void);

#endif
