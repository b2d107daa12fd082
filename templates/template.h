/* Sheet templates: libconfig files read into a list of blocks (DESIGN §2, §7).
 *
 * A template says how a kind of sheet looks: page, margins, type by role, blocks in order.  What is printed
 * in a block comes from the sheet's data by name (batch/sheet_data.h), so the kinds differ only in template
 * and data.
 */
#ifndef MB_TEMPLATES_TEMPLATE_H
#define MB_TEMPLATES_TEMPLATE_H

#include "base/error.h"
#include <stdbool.h>
#include <stddef.h>

enum block_type { BLOCK_TEXT, BLOCK_TABLE, BLOCK_QR, BLOCK_SPACE, BLOCK_RULE, BLOCK_GRID };
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };

struct column {
  char *head;    /* "" none */
  char *value;   /* field name of the row data */
  double weight; /* share of the width; 0: as wide as needed */
  enum align align;
};
struct block {
  enum block_type type;
  int line;              /* in the template file, for messages */
  char *text;            /* BLOCK_TEXT, captions: text with {names}; a paragraph per line */
  char *when;            /* print only if that name has a value; "" always */
  char *source;          /* BLOCK_TABLE, BLOCK_GRID: name of the row list; BLOCK_QR: name of the address */
  char *role;            /* font role name */
  double size;           /* pt */
  double leading;        /* line height in pt */
  double before, after;  /* pt */
  double indent;         /* first line, in characters */
  double side;           /* QR: pt */
  enum align align;
  bool keep;             /* keep with the next block */
  struct column *columns; size_t n_columns;
  int across;            /* BLOCK_GRID: cells in a row */
};
struct template {
  char *file;
  char *kind;     /* "notice" "board" "index" */
  char *summary;  /* one line for --list */
  double width, height;             /* pt */
  double top, bottom, left, right;  /* margins, pt */
  char *footer;   /* with {page} {pages} {unit} */
  double footer_size;
  char qr_level;  /* L M Q H */
  struct block *blocks; size_t n_blocks;
};
/* Findings at once (file, line, path, expected); NULL on an error. */
struct template *template_load(const char *path, struct findings *f);
void template_free(struct template *t);

#endif
