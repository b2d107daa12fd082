/* Sheet templates: libconfig files read into a list of blocks (DESIGN §2, §7).
 *
 * A template says how a kind of sheet looks: page, margins, type by role, blocks in order.  What is printed
 * in a block comes from the sheet's data by name (batch/sheet_data.h), so the kinds differ only in template
 * and data.  The keys are explained for clerks at the head of templates/notice.cfg.
 */
#ifndef MB_TEMPLATES_TEMPLATE_H
#define MB_TEMPLATES_TEMPLATE_H

#include "base/error.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum block_type { BLOCK_TEXT, BLOCK_TABLE, BLOCK_QR, BLOCK_GRID, BLOCK_SPACE, BLOCK_RULE, BLOCK_TYPES };
enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_JUSTIFY };

/* How a piece of text is set. */
struct type {
  char *role;      /* font role: "body" "heading" "title" "number" */
  double size;     /* pt */
  double leading;  /* line height in pt */
};
struct column {
  int line;
  char *head;        /* "" none */
  char *value;       /* cell name of the row list */
  char *strong;      /* cell name: when it has a value, this cell is set in the head's role; "" never */
  double weight;     /* share of the width; 0: as wide as needed */
  enum align align;
};
struct block {
  enum block_type type;
  int line;              /* in the template file, for messages */
  char *text; /* text with {names}; a paragraph per line.  QR, grid: caption; table: shown when it has no
                 row */
  char *head;            /* QR, grid: first lines of the caption, in head_type */
  char *when;            /* print only if that name has a value (a row list: has rows); "" always */
  char *source; /* table, grid: name of the row list; QR: name of the address; grid: cell with the address
                   is named by `value` */
  char *value;
  char *group;           /* table: cell name; its change makes a group heading row; "" none */
  struct type body_type; /* text of the block */
  struct type head_type; /* table heads, group rows, first caption lines */
  double min_size;       /* table: may shrink to this size (pt) to avoid wrapping; = size: never */
  double before, after;  /* pt */
  double indent;         /* first line, in characters */
  double inset;          /* from the right edge for right-aligned, from the left for others, in characters */
  double side;           /* QR, grid: pt */
  double thick;          /* rule: pt */
  double gap;            /* grid: between rows, pt */
  enum align align;
  bool keep;             /* keep with the next block */
  bool balance;          /* lines of about equal length */
  bool below;            /* QR, grid: caption below instead of beside */
  struct column *columns; size_t n_columns; /* none: columns come from the data */
  int across;            /* grid: cells in a row */
};
struct template {
  char *file;
  char *kind;     /* "notice" "board" "index" */
  char *summary;  /* one line for --list */
  double width, height;             /* pt */
  double top, bottom, left, right;  /* margins, pt */
  char *footer_left, *footer_right; /* with {page} {pages} {unit} … */
  struct type footer;
  char qr_level;  /* L M Q H */
  double tight;   /* leading and gaps may shrink to this share when that saves a page; 1: never */
  struct block *blocks; size_t n_blocks;
};
/* Findings at once (file, line, path, expected); NULL on an error.  @include only inside the file's folder.
 */
struct template *template_load(const char *path, struct findings *f);
void template_free(struct template *t);

/* The next {name} in s at or after *at: fills name (room for 32), sets *at behind it and *begin to its
 * brace.
 * "{{" is a brace and not a name.  1 found, 0 none left, -1 a brace that is not closed or an impossible
 * name. */
int template_name(const char *s, size_t *at, size_t *begin, char name[32]);

/* What names data may offer; rows NULL-named entries end the tables. */
struct template_names {
  const char *const *values;   /* single values, NULL-terminated */
  struct { const char *name; const char *const *cells; /* NULL: any */ } rows[4];
};
/* Every name used in t is offered; else findings with file and line, and false. */
bool template_check_names(const struct template *t, const struct template_names *n, struct findings *f);

#endif
