/* CSV in and out (RFC 4180), as spreadsheets of China write and read it.
 *
 * In: UTF-8 with or without BOM, or GB 18030 (detected: bytes that are not UTF-8),
 * CRLF or LF, quotes, a line break inside quotes.  The text is kept whole in
 * memory and cells are borrowed from it.
 * Out: UTF-8, CRLF on request, a leading apostrophe for cells that a spreadsheet
 * would take as a formula (= + - @ TAB CR), taken off again by csv_unguard().
 */
#ifndef MB_BASE_CSV_H
#define MB_BASE_CSV_H

#include "base/error.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct csv {
  struct text text;  /* UTF-8, unquoted in place as it is read */
  size_t at;         /* reading position */
  int line;          /* line number (1-based) of the row read last */
  int next_line;     /* line number at the reading position */
  char **cell;       /* cells of the row read last; borrowed from text */
  size_t n, cap;
  size_t head_n;     /* cells of the head row; 0 before csv_head */
  char file[256];    /* for messages */
  bool was_gb18030;
};

#define CSV_MAX_BYTES ((size_t)512 << 20)

/* Load path ("-" standard input).  Errors: cannot be read, neither UTF-8 nor GB 18030
 * (with line), a NUL byte. */
enum status csv_open(struct csv *c, const char *path, struct error *e) MB_MUST_USE;
/* The same from memory; name is used in messages.  The bytes are copied. */
enum status csv_open_text(struct csv *c, const char *name, const char *s, size_t n, struct error *e)
    MB_MUST_USE;
/* Next row: 1 read, 0 at the end, -1 error (unclosed quote, text after a closing
 * quote; e names file and line).  Wholly empty lines are skipped. */
int csv_next(struct csv *c, struct error *e);
/* Read the head row: fills map[i] = index of names[i] in the head or -1.  Names are
 * compared after trimming; unknown columns are put, comma-separated, into unknown
 * (may be NULL).  A column given twice is an error. */
enum status csv_head(struct csv *c, const char *const *names, size_t n_names, int *map,
                     struct text *unknown, struct error *e) MB_MUST_USE;
/* Does the present row say nothing (",,,," as spreadsheets leave behind a table)? */
bool csv_row_blank(const struct csv *c);
/* ST_DATA when the present row has a text behind the last column of the head: a comma that was not quoted
 * has moved its cells, and none of them can be trusted. */
enum status csv_row_fits(const struct csv *c, struct error *e) MB_MUST_USE;
/* Cell i of the present row, "" when the row is shorter or i < 0; borrowed. */
const char *csv_cell(const struct csv *c, int i);
void csv_close(struct csv *c);

/* Append one cell (with a comma before it unless first), quoted when needed.
 * guard: protect from being taken as a formula.  A plain number (-3, +4.5) is
 * not guarded. */
void csv_add(struct text *out, const char *cell, bool first, bool guard);
/* A cell as it was before the guard: without a leading apostrophe that stands
 * before one of = + - @ TAB CR.  Borrowed from cell. */
const char *csv_unguard(const char *cell);

#endif
