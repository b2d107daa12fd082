/* Laid-out pages to PDF bytes.  The only file with hpdf.h is pdf.c: libharu for document, pages,
 * graphics and file; the Type0 fonts (Identity-H, CIDFontType2, FontFile2, W, ToUnicode) are built here on
 * its object layer, because libharu's own text functions print everything above U+FFFF blank.
 * The bytes depend only on the arguments: no clock, no randomness. */
#ifndef MB_BATCH_PDF_H
#define MB_BATCH_PDF_H

#include "base/error.h"
#include "base/text.h"
#include "batch/font.h"
#include "batch/page.h"

struct pdf_info {
  const char *title, *author, *subject; /* UTF-8, may be NULL */
};

/* Whole document from pages, appended to out. */
enum status pdf_write(const struct fonts *f, const struct pages *p, const struct pdf_info *info,
                      struct text *out, struct error *e) MB_MUST_USE;

/* The same in parts, for long files: pages of each part are drawn and may be freed after pdf_add. */
struct pdf;
enum status pdf_begin(struct pdf **pdf, const struct fonts *f, const struct pdf_info *info,
                      struct error *e) MB_MUST_USE;
enum status pdf_add(struct pdf *pdf, const struct pages *p, struct error *e) MB_MUST_USE;
/* The document's bytes, appended to out.  Frees pdf in every case. */
enum status pdf_end(struct pdf *pdf, struct text *out, struct error *e) MB_MUST_USE;
void pdf_cancel(struct pdf *pdf);

/* Version of the library behind this, for --version. */
const char *pdf_library(void);

#endif
