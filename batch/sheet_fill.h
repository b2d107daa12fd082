/* From the workbook to a sheet's data: what each kind of sheet shows. */
#ifndef MB_BATCH_SHEET_FILL_H
#define MB_BATCH_SHEET_FILL_H

#include "batch/qr.h"
#include "batch/sheet_data.h"
#include "checklists/calendar.h"
#include "checklists/settings.h"
#include "checklists/slot.h"
#include "checklists/workbook.h"

/* What all sheets of a run are made from; borrowed. */
struct sheet_source {
  struct workbook *wb;
  const struct catalogue *catalogue;
  const struct calendar *calendar;
  const struct settings *settings;
  const struct slot_plan *plan; /* board and index */
  day on;
};

/* The records of one unit, as far as board and index need them, ordered by item. */
struct held { int item; const char *title, *none_reason, *uid; };
struct unit_records {
  int unit;
  bool read;                /* the unit's were read */
  struct slot_record *slot; /* the same index in both */
  struct held *held;
  size_t n, cap;
  struct sheet_data memory; /* of the texts */
};
enum status unit_records_read(struct unit_records *u, struct workbook *wb, int unit,
                              struct error *e) MB_MUST_USE;
void unit_records_fini(struct unit_records *u);

enum status sheet_fill_notice(const struct sheet_source *s, const struct record *r, struct sheet_data *d,
                              struct error *e) MB_MUST_USE;
enum status sheet_fill_board(const struct sheet_source *s, const struct unit_records *u, int domain,
                             struct sheet_data *d, struct error *e) MB_MUST_USE;
enum status sheet_fill_index(const struct sheet_source *s, const struct unit_records *u, struct sheet_data *d,
                             struct error *e) MB_MUST_USE;

/* ---- shared by sheet_notice.c, sheet_board.c, sheet_index.c */
/* unit, unit_code, place, township, county, level, on, telephone, office. */
void sheet_fill_unit(const struct sheet_source *s, int unit, struct sheet_data *d);
/* address, qr_hint: the settings' pattern, else own (a record's address), else text. */
enum status sheet_fill_address(const struct sheet_source *s, const struct qr_names *names, const char *own,
                               const char *text, struct sheet_data *d, struct error *e) MB_MUST_USE;
/* Does the catalogue ask items of that domain of the unit? How many? */
int sheet_domain_asks(const struct sheet_source *s, int unit, int domain);
/* The records of one item: *n of them from the returned index on. */
size_t unit_records_find(const struct unit_records *u, int item, int *n);

#endif
