/* What is printed on a sheet: values by name, and lists of rows with named cells.
 *
 * The kinds of sheets differ only in their template and in what sheet_fill.c puts here.  Texts are
 * copied into the sheet's own memory.  A name that was not set reads as "".
 */
#ifndef MB_BATCH_SHEET_DATA_H
#define MB_BATCH_SHEET_DATA_H

#include "base/error.h"
#include "templates/template.h"
#include <stdbool.h>
#include <stddef.h>

struct sheet_value { const char *name, *text; };
struct sheet_rows {
  const char *name;          /* static */
  const char *const *field;  /* names of the cells, static; NULL: the cells of the first row are the head */
  size_t n_fields;
  const char **cell;         /* n_rows * n_fields */
  size_t n_rows, cap;
};
struct sheet_block; /* a piece of the sheet's memory */
struct sheet_data {
  struct sheet_value *values; size_t n_values, cap_values;
  struct sheet_rows rows[2]; size_t n_rows;
  struct sheet_block *memory;
  bool failed;               /* out of memory at some point */
};

void sheet_data_fini(struct sheet_data *d);

/* name is static; text is copied (NULL as ""). */
void sheet_set(struct sheet_data *d, const char *name, const char *text);
void sheet_setf(struct sheet_data *d, const char *name, const char *fmt, ...) MB_PRINTF(3, 4);
const char *sheet_get(const struct sheet_data *d, const char *name); /* borrowed, never NULL */
char *sheet_copy(struct sheet_data *d, const char *s, size_t n);     /* lives with d; NULL: out of memory */

/* A new row list (at most two a sheet); field NULL: head from the data, n_fields as given. */
struct sheet_rows *sheet_rows_add(struct sheet_data *d, const char *name, const char *const *field,
                                  size_t n_fields);
/* A row of empty cells; its first cell, to be filled with borrowed-by-copy sheet_copy() texts.  NULL: no
 * memory. */
const char **sheet_row(struct sheet_data *d, struct sheet_rows *r);
const struct sheet_rows *sheet_rows_find(const struct sheet_data *d, const char *name);
int sheet_field(const struct sheet_rows *r, const char *field); /* cell index or -1 */

/* ---- names (sheet_names.c) */
/* Cells of the rows of a board's "items" and an index's "domains". */
#define ITEM_CELLS(X)                                                                                      \
  X(ID, "id", N_("编号"))                                                                                  \
  X(GROUP, "group", N_("类别")) X(NAME, "name", N_("事项")) X(LIMIT, "limit", N_("公开时限"))              \
      X(STATE, "state", N_("状态")) X(PUBLISHED, "published_on", N_("公开日期"))                           \
          X(DUE, "due", N_("到期日")) X(OVERDUE, "overdue", N_("逾期"))
#define DOMAIN_CELLS(X)                                                                                    \
  X(NO, "no", N_("领域编号"))                                                                              \
  X(NAME, "name", N_("领域")) X(TOTAL, "total", N_("应公开数")) X(DONE, "done", N_("已填报数"))            \
      X(OVERDUE, "overdue", N_("逾期未公开数")) X(ADDRESS, "address", N_("二维码内容"))
enum item_cell {
#define X(id, name, label) ITEM_##id,
  ITEM_CELLS(X)
#undef X
  ITEM_CELL_COUNT
};
enum domain_cell {
#define X(id, name, label) DOMAIN_##id,
  DOMAIN_CELLS(X)
#undef X
  DOMAIN_CELL_COUNT
};
extern const char *const sheet_item_cells[], *const sheet_domain_cells[]; /* NULL-terminated */

/* Names that the data of a kind offers, for template_check_names(). */
struct sheet_names { const char *values[64]; struct template_names names; };
void sheet_names(const char *kind, struct sheet_names *out);
/* What a name is called in messages, Chinese: "title" 标题; the name itself when it has none. */
const char *sheet_label(const char *name);

#endif
