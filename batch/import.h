/* What import, init, set and export share: division lists, uids of event records, keys seen in a file. */
#ifndef MB_BATCH_IMPORT_H
#define MB_BATCH_IMPORT_H

#include "base/csv.h"
#include "batch/command.h"

/* ---- division lists (import_units.c): CSV with columns code,name,level,parent */
struct unit_rows {
  struct wb_new_unit *list; /* owned; parents before children; texts borrowed from csv */
  int *line;                /* owned: line of each */
  size_t n, cap;
  struct csv csv; /* open as long as the list is used */
};
/* Read and check path.  wb: the workbook whose units may be parents too; NULL: the list stands alone and
 * has one top.  Everything wrong goes to f with line and column; e is set when the file cannot be read
 * to its end.  unit_rows_free in every case. */
enum status unit_rows_read(struct unit_rows *r, const char *path, const struct workbook *wb,
                           struct findings *f, struct error *e) MB_MUST_USE;
/* Keep only a county or township (by code or a name only one has) and what is below it; it becomes the top.
 */
enum status unit_rows_keep(struct unit_rows *r, const char *top, struct error *e) MB_MUST_USE;
void unit_rows_free(struct unit_rows *r);
/* `mingbai import FILE DATA.csv --units` */
enum status import_units(struct app *app, struct workbook *wb, const char *path, bool dry_run);

/* ---- keys seen in a file (import_keys.c) */
struct key_table;
struct key_table *keys_new(void); /* NULL: out of memory */
void keys_free(struct key_table *t);
/* The number kept with a key (0 at first), to be changed by the caller; NULL: out of memory.
 * Valid until the next call. */
int *keys_at(struct key_table *t, const char *key);
/* Join the parts so that different lists give different keys.  out is cleared first. */
void key_join(struct text *out, const char *const *parts, size_t n);
/* uid of an event record that came without one: the same for the same unit, item, event day, title and
 * count (1 for the first such record), so that importing a file again finds its records.  Appended. */
void derived_uid(struct text *out, const char *unit, const char *item, const char *event_on,
                 const char *title, int count);

/* Print at most 200 findings and how many more there are. */
void import_report_bad(struct app *app, struct findings *f);

#endif
