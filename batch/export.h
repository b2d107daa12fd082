/* What the parts of export share: where rows go, and one row as CSV or JSON. */
#ifndef MB_BATCH_EXPORT_H
#define MB_BATCH_EXPORT_H

#include "base/file.h"
#include "base/json.h"
#include "batch/command.h"

/* Rows on their way out: gathered in a buffer that is handed on when it is full, so that memory does not grow
 * with the number of rows.  A failure is kept in st and e, and further rows are dropped. */
struct sink {
  struct app *app;
  bool to_file, as_json;
  struct file_writer file;
  struct text buffer;
  struct json json;
  bool first; /* the next cell is the first of its row */
  enum status st;
  struct error e;
};
/* Columns (CSV head), or schema and name of the list (JSON). */
void sink_head(struct sink *s, const char *schema, const char *list, const char *const *columns, size_t n);
/* One row: begin, its cells in order of the head, end.  False: stop, nothing more can be written. */
void sink_row(struct sink *s);
void sink_cell(struct sink *s, const char *key, const char *value);
void sink_number(struct sink *s, const char *key, int64_t value);
bool sink_row_end(struct sink *s);

/* The three things that can be exported.  Errors in s->e. */
enum status export_records(struct sink *s, struct workbook *wb, struct period p) MB_MUST_USE;
enum status export_slots(struct sink *s, struct workbook *wb, struct period p) MB_MUST_USE;
enum status export_history(struct sink *s, struct workbook *wb, struct period p) MB_MUST_USE;

#endif
