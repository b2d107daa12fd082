/* The proof of a workbook: is the file whole, is the history the one that was written, does
 * the present state follow from it, and would every record pass the door again.
 *
 * Everything is a finding; the check goes on as far as the file can be read.  After a row
 * that does not fit the chain the stored digest is taken as the new start, so that one
 * altered row is one finding and not a thousand.
 */
#include "checklists/workbook_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check { struct workbook *wb; struct findings *f; struct error *e; };

static const char from_backup[] = N_("请停止使用这个文件，从备份恢复；恢复前先复制一份留作核对");

static void report(struct check *c, const char *id, const char *path, const char *text)
{
  findings_add(c->f, SEV_ERROR, id, c->wb->path, 0, path, "%s", text);
  findings_advise(c->f, _(from_backup));
}

/* ---- the file */

/* Every row of a pragma or query that should give none (or "ok") is a finding. */
static enum status none_of(struct check *c, const char *sql, const char *id, const char *text)
{
  sqlite3_stmt *st = db_prepare(&c->wb->db, sql, c->e);
  if (st == NULL)
    return c->e->status;
  int more;
  while ((more = db_step(&c->wb->db, st, c->e)) == 1) {
    const char *what = db_col(st, 0);
    if (what == NULL || strcmp(what, "ok") != 0)
      report(c, id, what, _(text));
  }
  db_done(&c->wb->db, st);
  return more < 0 ? c->e->status : ST_OK;
}

#define SCHEMA_SQL "SELECT group_concat(sql, char(10)) FROM" \
                   " (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name)"

/* The tables, views and triggers are ours, word for word: a foreign trigger could do anything. */
static enum status check_schema(struct check *c)
{
  struct db fresh;
  enum status st = db_open(&fresh, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, c->e);
  if (st != ST_OK)
    return st;
  st = wb_migrate(&fresh, 0, c->e);
  sqlite3_stmt *ours = st == ST_OK ? db_prepare(&fresh, SCHEMA_SQL, c->e) : NULL;
  sqlite3_stmt *theirs = ours != NULL ? db_prepare(&c->wb->db, SCHEMA_SQL, c->e) : NULL;
  if (theirs != NULL && db_step(&fresh, ours, c->e) == 1 && db_step(&c->wb->db, theirs, c->e) == 1) {
    if (!str_same(db_col(ours, 0), db_col(theirs, 0)))
      report(c, "wb.schema", NULL, _("台账的表结构被别的程序改过"));
  } else {
    st = c->e->status;
  }
  db_done(&fresh, ours);
  db_done(&c->wb->db, theirs);
  db_close(&fresh);
  return st;
}

/* ---- the chain */

struct link { int64_t origin, step, seq; uint8_t hash[DIGEST_SIZE]; struct text head, body; };

static const char chain_sql[] =
    "SELECT h.origin, h.seq, h.step, h.sha256, s.name, h.field, h.old, h.new, r.id, h.replaced_seq,"
    " o.id, t.time, t.person, t.act, t.target, t.label"
    " FROM history h LEFT JOIN subject s ON s.no = h.subject LEFT JOIN origin o ON o.no = h.origin"
    " LEFT JOIN step t ON t.origin = h.origin AND t.step = h.step"
    " LEFT JOIN origin r ON r.no = h.replaced_origin"
    " ORDER BY h.origin, h.seq";

/* The digest that the row should carry, from the row before it. */
static bool expected(struct link *l, sqlite3_stmt *st, uint8_t out[DIGEST_SIZE])
{
  int64_t origin = sqlite3_column_int64(st, 0), step = sqlite3_column_int64(st, 2);
  if (origin != l->origin) {
    memset(l->hash, 0, sizeof l->hash);
    l->seq = 0;
  }
  if (origin != l->origin || step != l->step) {
    text_clear(&l->head);
    wb_head_put(&l->head, db_col(st, 10), step, sqlite3_column_int64(st, 11), db_col(st, 12), db_col(st, 13),
                sqlite3_column_int64(st, 14), db_col(st, 15));
  }
  l->origin = origin;
  l->step = step;
  text_clear(&l->body);
  text_addn(&l->body, (const char *)l->hash, DIGEST_SIZE);
  text_addn(&l->body, text_str(&l->head), l->head.len);
  wb_body_put(&l->body, sqlite3_column_int64(st, 1), db_col(st, 4), db_col(st, 5), db_col(st, 6),
              db_col(st, 7), db_col(st, 8), sqlite3_column_int64(st, 9));
  if (!text_ok(&l->body) || !text_ok(&l->head))
    return false;
  digest_sha256(l->body.s, l->body.len, out);
  return true;
}

static void check_link(struct check *c, struct link *l, sqlite3_stmt *st, const uint8_t want[DIGEST_SIZE])
{
  char place[64];
  snprintf(place, sizeof place, "history %lld", (long long)sqlite3_column_int64(st, 1));
  if (sqlite3_column_int64(st, 1) != l->seq + 1)
    report(c, "history.gap", place, _("历史少了若干条：改动记录被删过"));
  l->seq = sqlite3_column_int64(st, 1);
  const void *stored = sqlite3_column_blob(st, 3);
  bool whole = stored != NULL && sqlite3_column_bytes(st, 3) == DIGEST_SIZE;
  if (!whole || memcmp(stored, want, DIGEST_SIZE) != 0)
    report(c, "history.chain", place, _("历史的这一条被改过：校验值对不上"));
  if (whole)
    memcpy(l->hash, stored, DIGEST_SIZE);
}

static enum status check_chain(struct check *c)
{
  sqlite3_stmt *st = db_prepare(&c->wb->db, chain_sql, c->e);
  if (st == NULL)
    return c->e->status;
  struct link l = {0};
  uint8_t want[DIGEST_SIZE];
  enum status result = ST_OK;
  int more = 0;
  while (result == ST_OK && (more = db_step(&c->wb->db, st, c->e)) == 1) {
    if (expected(&l, st, want))
      check_link(c, &l, st, want);
    else
      result = error_nomem(c->e);
  }
  db_done(&c->wb->db, st);
  text_free(&l.head);
  text_free(&l.body);
  return more < 0 ? c->e->status : result;
}

/* ---- the state, derived from the rows alone: one subject after the other */

enum { PLACE = FIELD_COUNT, VALUES };

struct derived {
  int64_t no;          /* of the subject */
  char name[128];
  bool is_unit, broken;
  char *value[VALUES]; /* by record_field, then the place; or by unit field */
};

static int value_index(const struct derived *d, const char *field)
{
  if (!d->is_unit)
    return strcmp(field, "record") == 0 ? PLACE : field_find(field);
  for (int i = 0; i < UNIT_FIELDS; i++) {
    if (strcmp(field, unit_field_key[i]) == 0)
      return i;
  }
  return -1;
}

static void derived_start(struct derived *d, int64_t no, const char *name)
{
  for (int i = 0; i < VALUES; i++)
    free(d->value[i]);
  memset(d, 0, sizeof *d);
  d->no = no;
  strncat(d->name, name != NULL ? name : "", sizeof d->name - 1);
  d->is_unit = strncmp(d->name, "unit/", 5) == 0;
}

static enum status derive(struct check *c, struct derived *d, sqlite3_stmt *st)
{
  const char *field = db_col(st, 2), *was = db_col(st, 3), *now = db_col(st, 4);
  int i = field != NULL ? value_index(d, field) : -1;
  if (i < 0 || !str_same(d->value[i], was)) {
    if (!d->broken)
      report(c, "history.broken", d->name, _("历史前后接不上：改动前的值不是上一次改动后的值"));
    d->broken = true;
    return ST_OK;
  }
  char *copy = str_dup(now);
  if (now != NULL && copy == NULL)
    return error_nomem(c->e);
  free(d->value[i]);
  d->value[i] = copy;
  return ST_OK;
}

static enum status compare_unit(struct check *c, const struct derived *d)
{
  char *value[UNIT_FIELDS];
  enum status st = wb_read_unit(c->wb, d->no, value, c->e);
  bool same = st == ST_OK;
  for (int i = 0; i < UNIT_FIELDS; i++) {
    same = same && str_same(value[i], d->value[i]);
    free(value[i]);
  }
  if (st == ST_OK && !same)
    report(c, "state.unit", d->name, _("单位表与历史对不上：被别的程序改过"));
  return st;
}

static enum status compare_record(struct check *c, const struct derived *d)
{
  struct record r;
  enum status st = wb_read_record(c->wb, d->no, &r, c->e);
  if (st != ST_OK)
    return st;
  if (r.no != 0 && r.unit < 0) { /* a unit that another window added since: not known here */
    record_free(&r);
    return ST_OK;
  }
  struct text place = {0};
  if (r.no != 0)
    wb_record_place(c->wb, &r, &place);
  if (!text_ok(&place)) {
    st = error_nomem(c->e);
  } else if (!str_same(text_str(&place), d->value[PLACE])) {
    report(c, "state.record", d->name, _("公开记录与历史对不上：记录被别的程序增删过"));
  } else {
    for (int f = 0; f < FIELD_COUNT; f++) {
      if (!str_same(r.value[f], d->value[f])) {
        findings_add(c->f, SEV_ERROR, "state.record", c->wb->path, 0, d->name,
                     _("公开记录与历史对不上：“%s”被别的程序改过"), field_name((enum record_field)f));
        findings_advise(c->f, _(from_backup));
      }
    }
  }
  text_free(&place);
  record_free(&r);
  return st;
}

static enum status compare(struct check *c, const struct derived *d)
{
  if (d->no == 0 || d->broken)
    return ST_OK;
  return d->is_unit ? compare_unit(c, d) : compare_record(c, d);
}

static const char state_sql[] =
    "SELECT h.subject, s.name, h.field, h.old, h.new FROM history h LEFT JOIN subject s ON s.no = h.subject"
    " ORDER BY h.subject, h.origin, h.seq";

static enum status check_state(struct check *c)
{
  sqlite3_stmt *st = db_prepare(&c->wb->db, state_sql, c->e);
  if (st == NULL)
    return c->e->status;
  struct derived d = {0};
  enum status result = ST_OK;
  int more = 0;
  while (result == ST_OK && (more = db_step(&c->wb->db, st, c->e)) == 1) {
    if (sqlite3_column_int64(st, 0) != d.no) {
      result = compare(c, &d);
      derived_start(&d, sqlite3_column_int64(st, 0), db_col(st, 1));
    }
    if (result == ST_OK)
      result = derive(c, &d, st);
  }
  if (result == ST_OK && more == 0)
    result = compare(c, &d);
  derived_start(&d, 0, NULL);
  db_done(&c->wb->db, st);
  return more < 0 ? c->e->status : result;
}

/* ---- the records, through the validators */

/* The place of a finding: "UNIT ITEM UID field". */
static void at_field(struct check *c, struct error *e, const char *place, const char *field)
{
  struct text path = {0};
  text_addf(&path, "%s %s", place, field);
  error_at(e, c->wb->path, 0, text_str(&path));
  text_free(&path);
}

static void judge_values(struct check *c, const struct record *r, const char *place)
{
  struct text text = {0};
  for (int f = 0; f < FIELD_COUNT; f++) {
    struct error e;
    if (r->value[f] == NULL)
      continue;
    text_clear(&text);
    if (record_check_field((enum record_field)f, r->value[f], &text, &e) != ST_OK) {
      at_field(c, &e, place, field_key((enum record_field)f));
      findings_add_error(c->f, SEV_ERROR, &e);
    } else if (!str_same(text_str(&text), r->value[f])) {
      findings_add(c->f, SEV_WARNING, "record.canonical", c->wb->path, 0, place, _("“%s”的写法不规范"),
                   field_name((enum record_field)f));
      findings_advise(c->f, _("请打开这条记录，重新保存这一项"));
    }
  }
  text_free(&text);
}

static bool judge_record(const struct record *r, void *ctx)
{
  struct check *c = ctx;
  struct findings own = {0};
  struct text place = {0};
  if (r->unit < 0)
    return true; /* made by another window after this one was opened */
  const struct unit *u = &c->wb->units[r->unit];
  wb_record_place(c->wb, r, &place);
  text_addf(&place, " %s", r->uid);
  judge_values(c, r, text_str(&place));
  record_check(r, &c->wb->catalogue->items[r->item], u->level, u->code, &own);
  for (size_t i = 0; i < own.n; i++) {
    at_field(c, &own.list[i].e, text_str(&place), own.list[i].e.path);
    findings_add_error(c->f, own.list[i].severity, &own.list[i].e);
    findings_advise(c->f, own.list[i].advice);
  }
  findings_free(&own);
  text_free(&place);
  return true;
}

/* ---- all of it */

/* The catalogue has no history, so what it was like when the workbook was made is kept as one sum. */
static enum status check_catalogue(struct check *c)
{
  struct text now = {0};
  bool same = true;
  enum status st = wb_catalogue_digest(&c->wb->db, &now, c->e);
  sqlite3_stmt *kept = db_prepare(&c->wb->db, "SELECT value FROM meta WHERE key = 'catalogue'", c->e);
  if (kept == NULL)
    st = c->e->status;
  else if (st == ST_OK && db_step(&c->wb->db, kept, c->e) == 1)
    same = strcmp(text_str(&now), db_col(kept, 0)) == 0;
  db_done(&c->wb->db, kept);
  text_free(&now);
  if (!same)
    report(c, "wb.catalogue", NULL, _("里面的标准目录和建台账时不一样了：文件损坏，或被别的程序改过"));
  return st;
}

static enum status check_file(struct check *c)
{
  static const struct { const char *sql, *id, *text; } queries[] = {
    {"PRAGMA integrity_check(100)", "wb.damaged", N_("文件已损坏")},
    {"PRAGMA foreign_key_check", "wb.reference", N_("表里有指向不存在的行的引用")},
  };
  enum status st = ST_OK;
  for (size_t i = 0; i < sizeof queries / sizeof queries[0] && st == ST_OK; i++)
    st = none_of(c, queries[i].sql, queries[i].id, queries[i].text);
  if (st == ST_OK)
    st = check_schema(c);
  return st == ST_OK ? check_catalogue(c) : st;
}

static enum status check_history(struct check *c)
{
  enum status st = check_chain(c);
  if (st == ST_OK)
    st = none_of(c, "SELECT s.name FROM history h JOIN subject s ON s.no = h.subject LEFT JOIN history p"
                    " ON p.origin = h.replaced_origin AND p.seq = h.replaced_seq"
                    " WHERE h.replaced_seq IS NOT NULL"
                    " AND (p.subject IS NOT h.subject OR p.field IS NOT h.field)",
                 "history.replaced", N_("历史的一条改动说它替换了另一条，而那一条不在或不是同一项"));
  if (st == ST_OK)
    st = check_state(c);
  if (st == ST_OK)
    st = none_of(c, "SELECT s.name FROM record r LEFT JOIN subject s ON s.no = r.no WHERE r.no NOT IN"
                    " (SELECT subject FROM history)", "state.record", N_("这条公开记录没有历史：被别的程序加进来的"));
  if (st == ST_OK)
    st = none_of(c, "SELECT code FROM unit WHERE no NOT IN (SELECT subject FROM history)", "state.unit",
                 N_("这个单位没有历史：被别的程序加进来的"));
  return st;
}

enum status wb_check(struct workbook *wb, struct findings *f, struct error *e)
{
  struct error own;
  struct check c = {wb, f, e != NULL ? e : &own};
  bool begun = sqlite3_get_autocommit(wb->db.h) != 0; /* one view of the file for all parts */
  enum status st = begun ? db_exec(&wb->db, "BEGIN", c.e) : ST_OK;
  if (st == ST_OK)
    st = check_file(&c);
  if (st == ST_OK)
    st = check_history(&c);
  if (st == ST_OK)
    st = wb_records(wb, -1, -1, judge_record, &c, c.e);
  if (st == ST_OK)
    st = wb_check_drafts(wb, f, c.e);
  if (begun && !sqlite3_get_autocommit(wb->db.h))
    sqlite3_exec(wb->db.h, "COMMIT", NULL, NULL, NULL);
  if (st != ST_DATA)
    return st;
  findings_add_error(f, SEV_ERROR, c.e); /* damaged so far that reading stopped: that is the finding */
  findings_advise(f, _(from_backup));
  return ST_OK;
}
