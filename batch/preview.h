/* A sheet as lines of text, before paper is used: the same template, data and wording as the printed page.
 *
 * What is kept: order of the blocks, what is printed and what is left out, alignment, tables with their
 * columns.  What is not: pages (the layout counts them), sizes of type.  No terminal here: widths are in
 * columns, and the owner draws the QR code itself.
 */
#ifndef MB_BATCH_PREVIEW_H
#define MB_BATCH_PREVIEW_H

#include "batch/qr.h"
#include "batch/sheet_data.h"
#include "templates/template.h"

enum preview_look { PREVIEW_TEXT, PREVIEW_TITLE, PREVIEW_HEAD, PREVIEW_NOTE };
struct preview_line {
  char *text;               /* owned; no wider than the preview, but for a table of very many columns */
  enum preview_look look;
};
struct preview {
  int width;
  struct preview_line *line; size_t n, cap;
  int code_line;            /* first line beside which the QR code stands, at the left; -1: not drawn */
  bool failed;              /* out of memory */
};

/* What the first QR block of the template holds: the address, "" when the sheet has none; borrowed. */
const char *preview_address(const struct template *t, const struct sheet_data *d);

/* Fill p (zeroed, or made before: it is made anew).  code_rows, code_cols: the room its QR code needs;
 * 0: it is not drawn, words say where to see it. */
enum status preview_make(struct preview *p, const struct template *t, const struct sheet_data *d, int width,
                         int code_rows, int code_cols, struct error *e) MB_MUST_USE;
void preview_free(struct preview *p);

/* ---- shared by preview*.c */
void preview_add(struct preview *p, enum preview_look look, const char *text);
enum status preview_table(struct preview *p, const struct block *b, const struct sheet_data *d,
                          struct error *e) MB_MUST_USE;
/* s cut into lines no wider than width; *n of them, owned (path: free each, then the list). */
char **preview_wrap(const char *s, int width, size_t *n);
void preview_wrap_free(char **lines, size_t n);

#endif
