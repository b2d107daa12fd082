/* Export of records, in canonical order, and of the history. */
#include "batch/export.h"
#include <string.h>
#include <time.h>

/* ---- records */

struct record_export {
  struct sink *sink;
  const struct unit *units;
  const struct catalogue *catalogue;
  enum record_field field[FIELD_COUNT]; /* in order of columns; those behind uid last */
  size_t n_fields, n_before_uid;
};

static bool is_optional(enum record_field f) {
  return f == FIELD_TABLE || f == FIELD_PHONE || f == FIELD_PRINTED || f == FIELD_FILED;
}

/* The columns of the contract; the optional ones only where a record uses them. */
static void choose_fields(struct record_export *x, struct workbook *wb) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (!is_optional((enum record_field)f)) {
      x->field[x->n_fields++] = (enum record_field)f;
    }
  }
  x->n_before_uid = x->n_fields;
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (is_optional((enum record_field)f) && wb_field_used(wb, (enum record_field)f)) {
      x->field[x->n_fields++] = (enum record_field)f;
    }
  }
}

static void write_head(const struct record_export *x) {
  const char *columns[FIELD_COUNT + 3];
  size_t n = 0;
  columns[n++] = "unit";
  columns[n++] = "item";
  for (size_t i = 0; i < x->n_fields; i++) {
    if (i == x->n_before_uid) {
      columns[n++] = "uid";
    }
    columns[n++] = field_key(x->field[i]);
  }
  if (x->n_before_uid == x->n_fields) {
    columns[n++] = "uid";
  }
  sink_head(x->sink, "mingbai.records/1", "records", columns, n);
}

static bool write_record(const struct record *r, void *ctx) {
  struct record_export *x = ctx;
  sink_row(x->sink);
  sink_cell(x->sink, "unit", x->units[r->unit].code);
  sink_cell(x->sink, "item", x->catalogue->items[r->item].id);
  for (size_t i = 0; i < x->n_before_uid; i++) {
    sink_cell(x->sink, field_key(x->field[i]), record_get(r, x->field[i]));
  }
  sink_cell(x->sink, "uid", r->uid);
  for (size_t i = x->n_before_uid; i < x->n_fields; i++) {
    sink_cell(x->sink, field_key(x->field[i]), record_get(r, x->field[i]));
  }
  return sink_row_end(x->sink);
}

enum status export_records(struct sink *s, struct workbook *wb, struct period p) {
  struct record_export x = {.sink = s, .catalogue = wb_catalogue(wb)};
  size_t n;
  (void)p;
  x.units = wb_units(wb, &n);
  choose_fields(&x, wb);
  write_head(&x);
  enum status st = wb_records(wb, -1, -1, write_record, &x, &s->e);
  return st == ST_OK ? s->st : st;
}

/* ---- history */

/* Chinese time, whatever the machine's: history is read by people of one country. */
static const char *time_text(int64_t seconds, char buf[40]) {
  time_t t = (time_t)(seconds + 8 * 3600);
  struct tm tm;
  if (gmtime_r(&t, &tm) == NULL || strftime(buf, 40, "%Y-%m-%dT%H:%M:%S+08:00", &tm) == 0) {
    buf[0] = '\0';
  }
  return buf;
}

static bool write_change(const struct change *c, void *ctx) {
  struct sink *s = ctx;
  char when[40];
  sink_row(s);
  sink_cell(s, "origin", c->origin);
  sink_number(s, "seq", c->seq);
  sink_cell(s, "time", time_text(c->time, when));
  sink_cell(s, "person", c->person);
  sink_cell(s, "act", c->act);
  sink_cell(s, "label", c->label);
  sink_cell(s, "subject", c->subject);
  sink_cell(s, "field", c->field);
  sink_cell(s, "old", c->old_value);
  sink_cell(s, "new", c->new_value);
  return sink_row_end(s);
}

enum status export_history(struct sink *s, struct workbook *wb, struct period p) {
  static const char *const columns[] = {"origin", "seq",     "time",  "person", "act",
                                        "label",  "subject", "field", "old",    "new"};
  (void)p;
  sink_head(s, "mingbai.history/1", "changes", columns, sizeof columns / sizeof columns[0]);
  enum status st = wb_history(wb, NULL, write_change, s, &s->e);
  return st == ST_OK ? s->st : st;
}
