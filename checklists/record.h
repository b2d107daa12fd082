/* A record: one disclosure (or "none this period") of one item by one unit; its
 * fields, and the one validator that every door (keys, set, import, merge) uses.
 */
#ifndef MB_CHECKLISTS_RECORD_H
#define MB_CHECKLISTS_RECORD_H

#include "base/error.h"
#include "checklists/catalogue.h"
#include "checklists/day.h"
#include <stdint.h>

/* Written once: enum, CSV column, Chinese name, kind.  Order is that of CSV (after unit,item).
 * TABLE and those after it are columns after uid, written only where a record uses them.
 * PRINTED and FILED are the life of the paper (published and removed are its days on the board). */
#define RECORD_FIELDS(X) \
  X(PERIOD, "period", N_("周期"), KIND_PERIOD) \
  X(EVENT, "event_on", N_("事件日"), KIND_DAY) \
  X(PUBLISHED, "published_on", N_("公开日期"), KIND_DAY) \
  X(REMOVED, "removed_on", N_("撤下日期"), KIND_DAY) \
  X(NONE, "none_reason", N_("本期无（理由）"), KIND_LINE) \
  X(CHANNELS, "channels", N_("公开渠道"), KIND_CHANNELS) \
  X(URL, "url", N_("网址"), KIND_URL) \
  X(TITLE, "title", N_("标题"), KIND_LINE) \
  X(BODY, "body", N_("正文"), KIND_TEXT) \
  X(NOTE, "note", N_("备注"), KIND_LINE) \
  X(TABLE, "table", N_("附表"), KIND_TEXT) \
  X(PHONE, "phone", N_("监督电话"), KIND_LINE) \
  X(PRINTED, "printed_on", N_("打印日期"), KIND_DAY) \
  X(FILED, "filed_on", N_("归档日期"), KIND_DAY)

enum field_kind { KIND_PERIOD, KIND_DAY, KIND_LINE, KIND_CHANNELS, KIND_URL, KIND_TEXT };
enum record_field {
#define X(id, key, name, kind) FIELD_##id,
  RECORD_FIELDS(X)
#undef X
  FIELD_COUNT
};
const char *field_key(enum record_field f);
const char *field_name(enum record_field f); /* Chinese, translated */
enum field_kind field_kind(enum record_field f);
int field_find(const char *key); /* -1 */

/* A whole record.  Every value in its canonical text ("" = empty): dates ISO, period
 * "2026Q3", channels joined by ";" in catalogue order. */
struct record {
  int64_t no; /* row number in the workbook; 0: not stored */
  int unit;   /* index into the workbook's units */
  int item;   /* index into its catalogue */
  char *uid;  /* owned */
  char *value[FIELD_COUNT]; /* owned; NULL = empty */
};
void record_free(struct record *r); /* frees what it owns and zeroes it */
day record_day(const struct record *r, enum record_field f); /* DAY_NONE */
const char *record_get(const struct record *r, enum record_field f); /* "" when empty */
/* value is copied, as it is: not checked; NULL or "": empty.  On an error the old value stays. */
enum status record_set(struct record *r, enum record_field f, const char *value, struct error *e) MB_MUST_USE;
/* *to becomes a copy that owns what it holds; on an error it is empty. */
enum status record_copy(const struct record *from, struct record *to, struct error *e) MB_MUST_USE;

/* Limits of one value, in bytes. */
#define LINE_MAX_BYTES 1000
#define URL_MAX_BYTES 500
#define TEXT_MAX_BYTES 200000

/* Bring a value keyed or imported into canonical form (appended to out) and check it
 * by itself: dates in any spelling and full-width, channel names known ("、" "，" ";"
 * between them), address http(s) without spaces, no control characters, lengths.
 * e.path is the field's key. */
enum status record_check_field(enum record_field f, const char *value, struct text *out, struct error *e)
    MB_MUST_USE;

/* What a record must fulfil as a whole before it may be stored (errors), and what it
 * should (warnings): item allowed at the unit's level, period of the item's cadence (a
 * recurring record needs its recurrence; a none of an event item its period; a standing
 * or event record none), not both published and none, published not before ... see
 * record.c for the table.  Returns the number of errors; f may be NULL. */
size_t record_check(const struct record *r, const struct item *item, enum level level, const char *unit_code,
                    struct findings *f);

/* The natural key of a record that can exist once (standing; recurring + recurrence;
 * none of an event item + period): "140581001001/19.05/2026Q3".  Appended; false (and
 * nothing appended) for an event record, whose uid is random or derived. */
bool record_natural_uid(struct text *out, const struct item *item, const char *unit_code,
                        const struct record *r);

#endif
