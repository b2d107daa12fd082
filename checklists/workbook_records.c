/* Reading records: the light scan that rates are computed from, whole records, one
 * record; and writing one row without history (history.c and undo.c call that).
 *
 * The covering index record_slot gives what rates need in order and without touching the
 * rows with their texts; a test holds the query plan to that.
 */
#include "checklists/workbook_private.h"

#include <string.h>

/* Columns in order of enum record_field. */
#define COLUMNS \
  "period, event_on, published_on, removed_on, none_reason, channels, url, title, body, note, \"table\", phone," \
  " printed_on, filed_on"

/* ---- values: days and periods are numbers in the file, texts everywhere else */

static void bind_field(struct db *db, sqlite3_stmt *st, int i, enum record_field f, const char *value)
{
  day d = DAY_NONE;
  struct period p = {0};
  switch (field_kind(f)) {
  case KIND_DAY:
    if (!str_empty(value) && day_parse(value, &d))
      db_int(db, st, i, d);
    break;
  case KIND_PERIOD:
    if (!str_empty(value) && !period_parse(value, &p))
      p = (struct period){0};
    db_int(db, st, i, period_pack(p));
    break;
  default:
    if (!str_empty(value))
      db_text(db, st, i, value);
  }
}

/* False: out of memory. */
static bool column_field(sqlite3_stmt *st, int i, enum record_field f, struct record *r)
{
  struct text text = {0};
  char iso[16];
  const char *s = NULL;
  if (sqlite3_column_type(st, i) == SQLITE_NULL)
    return true;
  switch (field_kind(f)) {
  case KIND_DAY: s = day_iso((day)sqlite3_column_int(st, i), iso); break;
  case KIND_PERIOD:
    period_add(&text, period_unpack(sqlite3_column_int(st, i)));
    s = text_str(&text);
    break;
  default: s = db_col(st, i);
  }
  bool empty = str_empty(s);
  if (!empty)
    r->value[f] = str_dup(s);
  text_free(&text);
  return empty || r->value[f] != NULL;
}

/* Columns: no, unit, item, uid, then the fields. */
static enum status read_row(struct workbook *wb, sqlite3_stmt *st, struct record *r, struct error *e)
{
  memset(r, 0, sizeof *r);
  r->unit = wb_unit_by_no(wb, sqlite3_column_int64(st, 1));
  r->item = sqlite3_column_int(st, 2) - 1;
  if (r->item < 0 || (size_t)r->item >= wb->catalogue->n_items)
    return error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏：有记录指向不存在的事项"), wb->path);
  r->uid = str_dup(db_col(st, 3));
  bool whole = r->uid != NULL;
  for (int f = 0; f < FIELD_COUNT; f++)
    whole = column_field(st, 4 + f, (enum record_field)f, r) && whole;
  if (whole) {
    r->no = sqlite3_column_int64(st, 0);
    return ST_OK;
  }
  record_free(r);
  return error_nomem(e);
}

/* ---- one record */

static const char one_sql[] =
    "SELECT record.no, unit, item, subject.name, " COLUMNS
    " FROM record JOIN subject ON subject.no = record.no WHERE record.no = ?";

enum status wb_read_record(struct workbook *wb, int64_t no, struct record *r, struct error *e)
{
  memset(r, 0, sizeof *r);
  sqlite3_stmt *st = db_prepare(&wb->db, one_sql, e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, no);
  int more = db_step(&wb->db, st, e);
  enum status result = more < 0 ? e->status : more == 1 ? read_row(wb, st, r, e) : ST_OK;
  db_done(&wb->db, st);
  return result;
}

enum status wb_get(struct workbook *wb, int64_t no, struct record *r, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  enum status st = wb_read_record(wb, no, r, e);
  if (st == ST_OK && r->no == 0)
    return error_set(e, ST_NOINPUT, "record.missing", _("这条记录已不在台账里，可能刚被删除；请刷新后再试"));
  if (st == ST_OK && r->unit < 0) {
    record_free(r);
    return error_set(e, ST_NOINPUT, "record.missing", _("这条记录的单位是另一个窗口新加的；请重新打开台账"));
  }
  return st;
}

int64_t wb_find_uid(struct workbook *wb, const char *uid)
{
  struct error e;
  sqlite3_stmt *st = db_prepare(
      &wb->db, "SELECT r.no FROM subject s JOIN record r ON r.no = s.no WHERE s.name = ?", &e);
  if (st == NULL)
    return 0;
  db_text(&wb->db, st, 1, uid != NULL ? uid : "");
  int64_t no = db_step(&wb->db, st, &e) == 1 ? sqlite3_column_int64(st, 0) : 0;
  db_done(&wb->db, st);
  return no;
}

int64_t wb_version(struct workbook *wb)
{
  int64_t n;
  return db_number(&wb->db, "PRAGMA data_version", 0, &n, NULL) == ST_OK ? n : 0;
}

void wb_keep_small(struct workbook *wb)
{
  enum status ignored = db_exec(&wb->db, "PRAGMA cache_size = -1024", NULL); /* failing costs only memory */
  (void)ignored;
}

int64_t wb_count_records(struct workbook *wb)
{
  int64_t n = 0;
  return db_number(&wb->db, "SELECT count(*) FROM record", 0, &n, NULL) == ST_OK ? n : 0;
}

bool wb_field_used(struct workbook *wb, enum record_field f)
{
  static const char *const used[FIELD_COUNT] = {
#define USED(column) "SELECT 1 FROM record WHERE " column " IS NOT NULL LIMIT 1"
    "SELECT 1 FROM record WHERE period <> 0 LIMIT 1", USED("event_on"), USED("published_on"), USED("removed_on"),
    USED("none_reason"), USED("channels"), USED("url"), USED("title"), USED("body"), USED("note"),
    USED("\"table\""), USED("phone"), USED("printed_on"), USED("filed_on"),
#undef USED
  };
  int64_t n = 0;
  return (int)f >= 0 && f < FIELD_COUNT && db_number(&wb->db, used[f], 0, &n, NULL) == ST_OK && n != 0;
}

/* ---- many.  The outer loop is the units in order of their code, as wb_units() has them;
 * the inner one the covering index, so nothing has to be sorted.  A unit that another window
 * added since is not known here: its records are passed over. */

struct range { const char *first, *last; }; /* codes */

static bool range_of(const struct workbook *wb, int first, int last, struct range *out)
{
  if (first < 0)
    first = 0;
  if (last >= (int)wb->n_units)
    last = (int)wb->n_units - 1;
  if (first > last)
    return false;
  *out = (struct range){wb->units[first].code, wb->units[last].code};
  return true;
}

static bool range_of_unit(const struct workbook *wb, int unit, struct range *out)
{
  return unit < 0 ? range_of(wb, 0, (int)wb->n_units - 1, out) : range_of(wb, unit, unit, out);
}

/* The index of the unit with number no; asked again only when the number changes. */
struct last_unit { int no, index; };

static int unit_of(const struct workbook *wb, int no, struct last_unit *last)
{
  if (no != last->no)
    *last = (struct last_unit){no, wb_unit_by_no(wb, no)};
  return last->index;
}

/* ---- the light scan */

#define SCAN \
  "SELECT r.unit, r.item, r.period, r.event_on, r.published_on, r.removed_on, r.is_none, r.no" \
  " FROM unit u CROSS JOIN record r INDEXED BY record_slot ON r.unit = u.no WHERE u.code BETWEEN ?1 AND ?2"
static const char scan_all[] = SCAN " ORDER BY u.code, r.item";
static const char scan_item[] = SCAN " AND r.item = ?3 ORDER BY u.code";

/* A day that no record of ours can have (another program wrote it) counts as none here: the
 * rates must not stumble over it, and wb_check reports it. */
static day column_day(sqlite3_stmt *st, int i)
{
  if (sqlite3_column_type(st, i) == SQLITE_NULL)
    return DAY_NONE;
  day d = sqlite3_column_int(st, i);
  return d < DAY_MIN || d > DAY_MAX ? DAY_NONE : d;
}

/* In a damaged file an index may hold what the tables forbid, and in any order; those who count rely on both. */
static enum status scan_damaged(struct workbook *wb, struct error *e)
{
  return error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏，请先复制一份保存，再从备份恢复"), wb->path);
}

static int scan_rows(struct workbook *wb, sqlite3_stmt *st, wb_scan_fn *fn, void *ctx, struct error *e)
{
  int at_unit = -1, at_item = -1;
  int more, packed = 0;
  struct last_unit last = {0, -1};
  struct slot_record r = {0};
  while ((more = db_step(&wb->db, st, e)) == 1) {
    int unit = unit_of(wb, sqlite3_column_int(st, 0), &last), p = sqlite3_column_int(st, 2);
    if (unit < 0)
      continue;
    int item = sqlite3_column_int(st, 1) - 1;
    bool in_order = unit > at_unit || (unit == at_unit && item >= at_item);
    if (item < 0 || (size_t)item >= wb->catalogue->n_items || !in_order) {
      scan_damaged(wb, e);
      return -1;
    }
    at_unit = unit;
    at_item = item;
    if (p != packed)
      r.period = period_unpack(packed = p);
    r.event_on = column_day(st, 3);
    r.published_on = column_day(st, 4);
    r.removed_on = column_day(st, 5);
    r.none = sqlite3_column_int(st, 6) != 0;
    r.no = sqlite3_column_int64(st, 7);
    if (!fn(unit, item, &r, ctx))
      return 0;
  }
  return more;
}

static enum status scan(struct workbook *wb, const struct range *range, int item, wb_scan_fn *fn, void *ctx,
                        struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  sqlite3_stmt *st = db_prepare(&wb->db, item < 0 ? scan_all : scan_item, e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, range->first);
  db_text(&wb->db, st, 2, range->last);
  if (item >= 0)
    db_int(&wb->db, st, 3, item + 1);
  int more = scan_rows(wb, st, fn, ctx, e);
  db_done(&wb->db, st);
  return more < 0 ? e->status : ST_OK;
}

enum status wb_scan(struct workbook *wb, int unit, int item, wb_scan_fn *fn, void *ctx, struct error *e)
{
  struct range range;
  return range_of_unit(wb, unit, &range) ? scan(wb, &range, item, fn, ctx, e) : ST_OK;
}

enum status wb_scan_range(struct workbook *wb, int first, int last, wb_scan_fn *fn, void *ctx,
                          struct error *e)
{
  struct range range;
  return range_of(wb, first, last, &range) ? scan(wb, &range, -1, fn, ctx, e) : ST_OK;
}

/* ---- titles.  none_reason comes before title and title before the long texts in a row, so these are
 * not read. */

static const char titles_sql[] =
    "SELECT no, unit, item, period, event_on, published_on, none_reason IS NOT NULL, coalesce(none_reason, title)"
    " FROM record WHERE no < ?1 ORDER BY no DESC LIMIT ?2";

static bool read_head(const struct workbook *wb, sqlite3_stmt *st, struct last_unit *last, struct record_head *h)
{
  const char *title = db_col(st, 7);
  h->no = sqlite3_column_int64(st, 0);
  h->unit = unit_of(wb, sqlite3_column_int(st, 1), last);
  h->item = sqlite3_column_int(st, 2) - 1;
  h->period = period_unpack(sqlite3_column_int(st, 3));
  h->event_on = column_day(st, 4);
  h->published_on = column_day(st, 5);
  h->none = sqlite3_column_int(st, 6) != 0;
  h->title = title != NULL ? title : "";
  return h->item >= 0 && (size_t)h->item < wb->catalogue->n_items;
}

enum status wb_titles(struct workbook *wb, int64_t *from, int limit, wb_title_fn *fn, void *ctx, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  sqlite3_stmt *st = db_prepare(&wb->db, titles_sql, e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, *from);
  db_int(&wb->db, st, 2, limit);
  struct last_unit last = {0, -1};
  struct record_head head;
  int more, n = 0;
  bool go_on = true;
  while (go_on && (more = db_step(&wb->db, st, e)) == 1) {
    if (!read_head(wb, st, &last, &head)) {
      scan_damaged(wb, e);
      more = -1;
      break;
    }
    n++;
    *from = head.no;
    go_on = fn(&head, ctx);
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  if (go_on && n < limit)
    *from = 0;
  return ST_OK;
}

/* ---- whole records in order */

static const char records_sql[] =
    "SELECT r.no, r.unit, r.item, s.name, " COLUMNS
    " FROM unit u CROSS JOIN record r INDEXED BY record_slot ON r.unit = u.no"
    " CROSS JOIN subject s ON s.no = r.no"
    " WHERE u.code BETWEEN ?1 AND ?2 AND r.item BETWEEN ?3 AND ?4"
    " ORDER BY u.code, r.item, r.period, r.event_on, s.name";

enum status wb_records(struct workbook *wb, int unit, int item, wb_record_fn *fn, void *ctx, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  struct range range;
  if (!range_of_unit(wb, unit, &range))
    return ST_OK;
  sqlite3_stmt *st = db_prepare(&wb->db, records_sql, e);
  if (st == NULL)
    return e->status;
  db_text(&wb->db, st, 1, range.first);
  db_text(&wb->db, st, 2, range.last);
  db_int(&wb->db, st, 3, item < 0 ? 0 : item + 1);
  db_int(&wb->db, st, 4, item < 0 ? INT32_MAX : item + 1);
  enum status result = ST_OK;
  int more;
  bool go_on = true;
  while (result == ST_OK && go_on && (more = db_step(&wb->db, st, e)) != 0) {
    struct record r;
    result = more < 0 ? e->status : read_row(wb, st, &r, e);
    if (result != ST_OK)
      break;
    go_on = r.unit < 0 || fn(&r, ctx);
    record_free(&r);
  }
  db_done(&wb->db, st);
  return result;
}

/* ---- writing one row */

static const char insert_sql[] =
    "INSERT INTO record (" COLUMNS ", is_none, unit, item, no)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char update_sql[] =
    "UPDATE record SET (" COLUMNS ", is_none, unit, item)"
    " = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE no = ?";

enum status wb_write_record(struct workbook *wb, const struct record *r, bool fresh, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, fresh ? insert_sql : update_sql, e);
  if (st == NULL)
    return e->status;
  for (int f = 0; f < FIELD_COUNT; f++)
    bind_field(&wb->db, st, 1 + f, (enum record_field)f, r->value[f]);
  db_int(&wb->db, st, FIELD_COUNT + 1, !str_empty(r->value[FIELD_NONE]));
  db_int(&wb->db, st, FIELD_COUNT + 2, wb->units[r->unit].no);
  db_int(&wb->db, st, FIELD_COUNT + 3, r->item + 1);
  db_int(&wb->db, st, FIELD_COUNT + 4, r->no);
  return db_run(&wb->db, st, e);
}

enum status wb_erase_record(struct workbook *wb, int64_t no, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, "DELETE FROM record WHERE no = ?", e);
  if (st == NULL)
    return e->status;
  db_int(&wb->db, st, 1, no);
  return db_run(&wb->db, st, e);
}

void wb_record_place(const struct workbook *wb, const struct record *r, struct text *out)
{
  text_addf(out, "%s %s", r->unit >= 0 ? wb->units[r->unit].code : "?", wb->catalogue->items[r->item].id);
}

bool wb_record_placed(const struct workbook *wb, const char *place, struct record *r)
{
  const char *space = place != NULL ? strchr(place, ' ') : NULL;
  char code[32];
  if (space == NULL || (size_t)(space - place) >= sizeof code)
    return false;
  memcpy(code, place, (size_t)(space - place));
  code[space - place] = '\0';
  r->unit = wb_find_unit(wb, code);
  r->item = catalogue_find(wb->catalogue, space + 1);
  return r->unit >= 0 && r->item >= 0;
}
