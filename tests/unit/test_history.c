/* Steps, history, undo and redo over sessions, and the proof: what wb_check must find. */
#include "workbook_fixture.h"

/* ---- history rows */

static bool tell(const struct change *c, void *ctx)
{
  struct text *t = ctx;
  text_addf(t, "%s:%s %s>%s|", c->act, c->field, c->old_value != NULL ? c->old_value : "",
            c->new_value != NULL ? c->new_value : "");
  return true;
}

static void rows_of_a_life(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct text t = {0};
  int64_t no = put_alone(wb, make_record(VILLAGE_1, QUARTERLY, FIELD_PERIOD, "2026Q3", FIELD_TITLE, "甲",
                                         -1), "公开");
  set_alone(wb, no, FIELD_TITLE, "乙");
  set_alone(wb, no, FIELD_TITLE, "");
  set_alone(wb, no, FIELD_TITLE, ""); /* the same: no row, no step */
  set_alone(wb, no, FIELD_NOTE, "丙");
  OK(wb_begin(wb, "删除", "王五", NOON, &e));
  OK(wb_delete(wb, no, &e));
  OK(wb_commit(wb, &e));
  assert_int_equal(wb_count_records(wb), 0);
  OK(wb_history(wb, "140581100201/19.02/2026Q3", tell, &t, &e));
  assert_string_equal(t.s, "do:record >140581100201 19.02|do:period >2026Q3|do:title >甲|do:title 甲>乙|"
                           "do:title 乙>|"
                           "do:note >丙|do:period 2026Q3>|do:note 丙>|do:record 140581100201 19.02>|");
  int64_t again = put_alone(wb, make_record(VILLAGE_1, QUARTERLY, FIELD_PERIOD, "2026Q3", -1), "再公开");
  assert_int_equal(again, no); /* the number belongs to the subject */
  text_free(&t);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void put_writes_only_what_differs(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct record r;
  int changed = -1;
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", FIELD_NOTE, "乙", -1), "");
  int rows = count_history(wb, NULL);
  OK(wb_get(wb, no, &r, &e));
  OK(wb_begin(wb, "空", "王五", NOON, &e));
  OK(wb_put(wb, &r, &changed, &e));
  assert_int_equal(changed, 0);
  OK(wb_commit(wb, &e));
  assert_int_equal(count_history(wb, NULL), rows);
  OK(wb_begin(wb, "改", "王五", NOON, &e));
  free(r.value[FIELD_NOTE]);
  r.value[FIELD_NOTE] = strdup("丁");
  OK(wb_put(wb, &r, &changed, &e));
  assert_int_equal(changed, 1);
  OK(wb_commit(wb, &e));
  assert_int_equal(count_history(wb, NULL), rows + 1);
  record_free(&r);
  wb_close(wb);
}

static void steps_must_be_open(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct record r = make_record(VILLAGE_1, STANDING, -1);
  FAILS(wb_put(wb, &r, NULL, &e), ST_SOFTWARE, "wb.no-step");
  FAILS(wb_commit(wb, &e), ST_SOFTWARE, "wb.no-step");
  OK(wb_begin(wb, "", "", NOON, &e));
  FAILS(wb_begin(wb, "", "", NOON, &e), ST_SOFTWARE, "wb.step-open");
  FAILS(wb_undo(wb, "", NOON, NULL, &e), ST_SOFTWARE, "wb.step-open");
  OK(wb_put(wb, &r, NULL, &e));
  wb_cancel(wb);
  wb_cancel(wb);
  assert_int_equal(wb_count_records(wb), 0);
  record_free(&r);
  wb_close(wb);
}

/* ---- undo and redo */

static void undo_label(struct workbook *wb, const char *label)
{
  struct text t = {0};
  struct error e;
  OK(wb_undo(wb, "赵六", NOON + 200, &t, &e));
  assert_string_equal(text_str(&t), label);
  text_free(&t);
}

static void redo_label(struct workbook *wb, const char *label)
{
  struct text t = {0};
  struct error e;
  OK(wb_redo(wb, "赵六", NOON + 300, &t, &e));
  assert_string_equal(text_str(&t), label);
  text_free(&t);
}

static void reopen(struct workbook **wb, const struct folder *p)
{
  wb_close(*wb);
  *wb = open_it(p, WB_WRITE);
}

static void undo_and_redo_over_sessions(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  FAILS(wb_undo(wb, "", NOON, NULL, &e), ST_NOINPUT, "undo.nothing"); /* never the making of the workbook */
  FAILS(wb_redo(wb, "", NOON, NULL, &e), ST_NOINPUT, "redo.nothing");
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1), "一");
  set_alone(wb, no, FIELD_TITLE, "乙");
  set_alone(wb, no, FIELD_PUBLISHED, "2026-09-01");
  reopen(&wb, p);
  undo_label(wb, "改一项");
  assert_string_equal(value_of(wb, no, FIELD_PUBLISHED), "");
  reopen(&wb, p);
  undo_label(wb, "改一项");
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "甲");
  undo_label(wb, "一");
  assert_int_equal(wb_count_records(wb), 0);
  FAILS(wb_undo(wb, "", NOON, NULL, &e), ST_NOINPUT, "undo.nothing");
  reopen(&wb, p);
  redo_label(wb, "一");
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "甲");
  undo_label(wb, "一"); /* what was redone can be undone again */
  redo_label(wb, "一");
  redo_label(wb, "改一项");
  redo_label(wb, "改一项");
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "乙");
  assert_string_equal(value_of(wb, no, FIELD_PUBLISHED), "2026-09-01");
  FAILS(wb_redo(wb, "", NOON, NULL, &e), ST_NOINPUT, "redo.nothing");
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void new_step_ends_redo(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1), "一");
  set_alone(wb, no, FIELD_TITLE, "乙");
  undo_label(wb, "改一项");
  set_alone(wb, no, FIELD_NOTE, "丙"); /* 乙 is a dead branch now */
  FAILS(wb_redo(wb, "", NOON, NULL, &e), ST_NOINPUT, "redo.nothing");
  undo_label(wb, "改一项");
  assert_string_equal(value_of(wb, no, FIELD_NOTE), "");
  undo_label(wb, "一"); /* the dead step is passed over */
  FAILS(wb_undo(wb, "", NOON, NULL, &e), ST_NOINPUT, "undo.nothing");
  redo_label(wb, "一");
  redo_label(wb, "改一项");
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "甲");
  assert_string_equal(value_of(wb, no, FIELD_NOTE), "丙");
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void undo_of_delete_and_of_many(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int64_t no = put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_EVENT, "2026-08-01", FIELD_BODY, "正文", -1),
                         "一");
  OK(wb_begin(wb, "批量", "王五", NOON, &e));
  OK(wb_delete(wb, no, &e));
  for (int u = COUNTY; u <= VILLAGE_3; u++) {
    struct record r = make_record(u, STANDING, FIELD_TITLE, "批", -1);
    OK(wb_put(wb, &r, NULL, &e));
    OK(wb_set_field(wb, r.no, FIELD_TITLE, "改过", &e));
    record_free(&r);
  }
  OK(wb_commit(wb, &e));
  assert_int_equal(wb_count_records(wb), 6);
  undo_label(wb, "批量");
  assert_int_equal(wb_count_records(wb), 1);
  assert_string_equal(value_of(wb, no, FIELD_BODY), "正文");
  assert_int_equal(check_errors(wb, NULL), 0);
  redo_label(wb, "批量");
  assert_int_equal(wb_count_records(wb), 6);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void undo_of_units(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  size_t n;
  struct wb_new_unit added = {"140581100300", "新村", "140581100000", LEVEL_VILLAGE};
  struct wb_new_unit renamed = {"140581100203", "大王村", "140581100000", LEVEL_VILLAGE};
  OK(wb_begin(wb, "单位", "王五", NOON, &e));
  OK(wb_put_unit(wb, &added, &e));
  OK(wb_put_unit(wb, &renamed, &e));
  OK(wb_commit(wb, &e));
  undo_label(wb, "单位");
  wb_units(wb, &n);
  assert_int_equal(n, UNITS);
  assert_int_equal(wb_find_unit(wb, "大王村"), -1);
  redo_label(wb, "单位");
  wb_units(wb, &n);
  assert_int_equal(n, UNITS + 1);
  assert_int_equal(wb_find_unit(wb, "大王村"), VILLAGE_3);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

/* Any sequence of doing, undoing and redoing agrees with a model of states on a stack. */
static void random_walk_agrees_with_a_model(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  char model[400][16] = {""};
  int at = 0, top = 0;
  uint32_t seed = 20260903;
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, -1), "一");
  for (int i = 0; i < 300; i++) {
    seed = seed * 1664525u + 1013904223u;
    uint32_t dice = seed >> 24;
    if (dice < 90) {
      top = ++at;
      snprintf(model[at], sizeof model[at], "值%d", i);
      set_alone(wb, no, FIELD_TITLE, model[at]);
    } else if (dice < 180) {
      if (at > 0) { /* at 0 the making of the record would go */
        OK(wb_undo(wb, "", NOON, NULL, &e));
        at--;
      }
    } else if (dice < 250) {
      assert_int_equal(wb_redo(wb, "", NOON, NULL, &e), at < top ? ST_OK : ST_NOINPUT);
      at += at < top;
    } else {
      reopen(&wb, p);
    }
    assert_string_equal(value_of(wb, no, FIELD_TITLE), model[at]);
  }
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

/* ---- the proof */

/* wb_check finds exactly what was done behind the workbook's back. */
static void tampered(struct folder *p, const char *sql, const char *id)
{
  raw(p->path, sql);
  struct workbook *wb = open_it(p, WB_READ);
  char found[40];
  if (check_errors(wb, found) == 0)
    fail_msg("nothing found after: %s", sql);
  assert_string_equal(found, id);
  wb_close(wb);
}

#define UNLOCK "DROP TRIGGER history_no_update; DROP TRIGGER history_no_delete;"
/* Word for word as the schema has them: a missing trigger would be a finding of its own. */
#define KEEP(table, name, what) \
  "CREATE TRIGGER " table name " BEFORE " what " ON " table \
  " BEGIN SELECT RAISE(ABORT, '" table " is append-only'); END;"
#define LOCK KEEP("history", "_no_update", "UPDATE") KEEP("history", "_no_delete", "DELETE")

static void fill(struct folder *p)
{
  struct workbook *wb = open_it(p, WB_WRITE);
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1), "一");
  set_alone(wb, no, FIELD_TITLE, "乙");
  set_alone(wb, no, FIELD_NOTE, "丙");
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void altered_history_is_found(void **state)
{
  fill(*state);
  tampered(*state, UNLOCK "UPDATE history SET new = '假' WHERE field = 'note';" LOCK, "history.chain");
}

static void altered_person_is_found(void **state)
{
  fill(*state);
  tampered(*state, "DROP TRIGGER step_no_update; UPDATE step SET person = '别人' WHERE step = 3;"
                   KEEP("step", "_no_update", "UPDATE"),
           "history.chain");
}

static void removed_history_is_found(void **state)
{
  fill(*state);
  tampered(*state, UNLOCK "DELETE FROM history WHERE field = 'title' AND old IS NOT NULL;" LOCK,
           "history.gap");
}

static void removed_tail_is_found(void **state)
{
  fill(*state);
  tampered(*state, UNLOCK "DELETE FROM history WHERE field = 'note';" LOCK, "state.record");
}

static void altered_record_is_found(void **state)
{
  fill(*state);
  tampered(*state, "UPDATE record SET title = '假'", "state.record");
}

static void removed_record_is_found(void **state)
{
  fill(*state);
  tampered(*state, "DELETE FROM record", "state.record");
}

static void smuggled_record_is_found(void **state)
{
  fill(*state);
  tampered(*state, "INSERT INTO subject (no, name) VALUES (99, 'x');"
                   "INSERT INTO record (no, unit, item, is_none) SELECT 99, min(no), 1, 0 FROM unit",
           "state.record");
}

static void altered_unit_is_found(void **state)
{
  fill(*state);
  tampered(*state, "UPDATE unit SET name = '假村' WHERE code = '140581100201'", "state.unit");
}

static void foreign_trigger_is_found(void **state)
{
  fill(*state);
  tampered(*state, "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM meta; END", "wb.schema");
}

static void history_refuses_change(void **state)
{
  struct folder *p = *state;
  static const char *const tries[] = {
    "UPDATE history SET new = 'x'", "DELETE FROM history", "UPDATE step SET person = 'x'", "DELETE FROM step",
    "DELETE FROM subject", "UPDATE origin SET id = 'x'",
    "INSERT OR REPLACE INTO step VALUES (1, 1, 0, 'x', 'do', NULL, 'x', 1)",
  };
  sqlite3 *db;
  assert_int_equal(sqlite3_open_v2(p->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  /* as the workbook has it: REPLACE deletes */
  sqlite3_exec(db, "PRAGMA recursive_triggers = ON", NULL, NULL, NULL);
  for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++)
    assert_int_equal(sqlite3_exec(db, tries[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
  sqlite3_close(db);
}

/* The rates' scan touches only the index: its cost is in the plan, so hold the plan. */
static void scan_plan_is_covering(void **state)
{
  struct folder *p = *state;
  sqlite3 *db;
  sqlite3_stmt *st;
  assert_int_equal(sqlite3_open_v2(p->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  const char *sql = "EXPLAIN QUERY PLAN SELECT r.unit, r.item, r.period, r.event_on, r.published_on, "
                    "r.removed_on,"
                    " r.is_none, r.no FROM unit u CROSS JOIN record r INDEXED BY record_slot ON r.unit = u.no"
                    " WHERE u.code BETWEEN 'a' AND 'b' ORDER BY u.code, r.item";
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
  int covering = 0, rows = 0;
  while (sqlite3_step(st) == SQLITE_ROW) {
    rows++;
    covering += strstr((const char *)sqlite3_column_text(st, 3), "COVERING INDEX record_slot") != NULL;
  }
  assert_int_equal(covering, 1);
  assert_int_equal(rows, 2); /* two loops and no sorter */
  sqlite3_finalize(st);
  sqlite3_close(db);
}

/* ---- the steps, and what the keys would take next */

static bool tell_step(const struct past_step *p, void *ctx)
{
  text_addf(ctx, "%lld%s%s(%lld) ", (long long)p->step, *p->act == 'd' ? "" : *p->act == 'u' ? "u" : "r", p->label,
            (long long)p->changes);
  return true;
}

static const char *steps(struct workbook *wb, int64_t before, int limit)
{
  static char told[400];
  struct text t = {0};
  struct error e;
  OK(wb_steps(wb, before, limit, tell_step, &t, &e));
  snprintf(told, sizeof told, "%s", text_str(&t));
  text_free(&t);
  return told;
}

static void peek(struct workbook *wb, bool redo, int64_t step, int64_t records, const char *label)
{
  struct wb_next next;
  struct error e;
  enum status st = redo ? wb_redo_peek(wb, &next, &e) : wb_undo_peek(wb, &next, &e);
  assert_int_equal(st, step > 0 ? ST_OK : ST_NOINPUT);
  if (step > 0) {
    assert_int_equal(next.step, step);
    assert_int_equal(next.records, records);
    assert_string_equal(text_str(&next.label), label);
  }
  text_free(&next.label);
}

static void steps_newest_first(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct text t = {0};
  char made[40];
  snprintf(made, sizeof made, "1新建台账(%d) ", count_history(wb, NULL));
  peek(wb, false, 0, 0, "");
  peek(wb, true, 0, 0, "");
  OK(wb_begin(wb, "两条", "王五", NOON, &e));
  for (int unit = VILLAGE_1; unit <= VILLAGE_2; unit++) {
    struct record r = make_record(unit, STANDING, FIELD_TITLE, "甲", -1);
    OK(wb_put(wb, &r, NULL, &e));
    record_free(&r);
  }
  OK(wb_commit(wb, &e));
  put_alone(wb, make_record(VILLAGE_3, STANDING, FIELD_NOTE, "乙", -1), "一条");
  assert_int_equal(strncmp(steps(wb, 0, 10), "3一条(2) 2两条(4) ", strlen("3一条(2) 2两条(4) ")), 0);
  assert_string_equal(steps(wb, 2, 10), made);
  assert_string_equal(steps(wb, 0, 1), "3一条(2) ");
  assert_string_equal(steps(wb, 3, 1), "2两条(4) ");
  assert_string_equal(steps(wb, 1, 5), "");
  peek(wb, false, 3, 1, "一条");
  undo_label(wb, "一条");
  peek(wb, false, 2, 2, "两条");
  peek(wb, true, 3, 1, "一条");
  assert_string_equal(steps(wb, 0, 2), "4u一条(2) 3一条(2) ");
  OK(wb_step_history(wb, 2, 3, tell, &t, &e));
  assert_string_equal(text_str(&t), "do:record >140581100201 00.01|do:title >甲|do:record >140581100202 00.01|");
  text_clear(&t);
  OK(wb_step_history(wb, 4, 9, tell, &t, &e));
  assert_string_equal(text_str(&t), "undo:note 乙>|undo:record 140581100203 00.01>|");
  text_free(&t);
  wb_close(wb);
}

/* ---- check codes */

/* Codes on paper of years ago: a workbook of format 1, with the codes its program printed. */
static void check_codes_stay(void **state)
{
  static const struct { const char *uid, *code; } printed[] = {
    {"140581001001/19.01", "0CE5-AY3E-K"}, {"87f0a05911c193b9b8a8d56a2b8b1c1f", "5588-QYTG-Y"},
  };
  const char *dir = getenv("srcdir");
  char path[200], code[16];
  struct workbook *wb;
  struct record r;
  struct error e;
  (void)state;
  snprintf(path, sizeof path, "%s/tests/version-1.mingbai", dir != NULL ? dir : ".");
  OK(wb_open(&wb, path, WB_READ, &e));
  for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
    OK(wb_get(wb, wb_find_uid(wb, printed[i].uid), &r, &e));
    OK(wb_checkcode(wb, &r, code, &e));
    assert_string_equal(code, printed[i].code);
    record_free(&r);
  }
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void check_codes(void **state)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct record r;
  char code[16], again[16], read[16];
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1), "一");
  OK(wb_get(wb, no, &r, &e));
  OK(wb_checkcode(wb, &r, code, &e));
  assert_int_equal(strlen(code), 11);
  assert_true(code[4] == '-' && code[9] == '-');
  assert_true(wb_checkcode_read(code, read));
  assert_string_equal(read, code);
  OK(wb_checkcode(wb, &r, again, &e));
  assert_string_equal(again, code);
  record_free(&r);
  for (int i = 0; i < 11; i++) { /* any one wrong symbol is noticed */
    for (const char *s = alphabet; i != 4 && i != 9 && *s != '\0'; s++) {
      strcpy(again, code);
      again[i] = *s;
      assert_int_equal(wb_checkcode_read(again, read), *s == code[i]);
    }
  }
  assert_false(wb_checkcode_read("", read));
  assert_false(wb_checkcode_read("0000-0000", read));
  assert_false(wb_checkcode_read("0000-0000-00", read));
  assert_true(wb_checkcode_read("oooo iill o", again) == wb_checkcode_read("0000-1111-0", read));
  set_alone(wb, no, FIELD_TITLE, "乙");
  OK(wb_get(wb, no, &r, &e));
  OK(wb_checkcode(wb, &r, again, &e));
  assert_string_not_equal(again, code);
  record_free(&r);
  undo_label(wb, "改一项");
  OK(wb_get(wb, no, &r, &e));
  OK(wb_checkcode(wb, &r, again, &e));
  assert_string_equal(again, code); /* the same version as printed */
  record_free(&r);
  set_alone(wb, no, FIELD_PRINTED, "2026-09-20"); /* printing and filing it makes no other version */
  set_alone(wb, no, FIELD_FILED, "2026-10-20");
  OK(wb_get(wb, no, &r, &e));
  assert_string_equal(record_get(&r, FIELD_FILED), "2026-10-20");
  OK(wb_checkcode(wb, &r, again, &e));
  assert_string_equal(again, code);
  record_free(&r);
  wb_close(wb);
}

static void digests_are_the_standard_ones(void **state)
{
  (void)state;
  uint8_t d[DIGEST_SIZE], back[DIGEST_SIZE];
  struct text t = {0};
  digest_sha256("abc", 3, d); /* FIPS 180-4, example */
  digest_hex(&t, d, sizeof d);
  assert_string_equal(t.s, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_true(digest_unhex(t.s, back, sizeof back));
  assert_memory_equal(back, d, sizeof d);
  assert_false(digest_unhex("zz", back, 1));
  assert_false(digest_unhex("abc", back, 1));
  text_clear(&t);
  digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, d); /* RFC 4231, case 2 */
  digest_hex(&t, d, sizeof d);
  assert_string_equal(t.s, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  text_clear(&t);
  digest_put(&t, "明");
  digest_put(&t, NULL);
  digest_put_int(&t, -12);
  assert_string_equal(t.s, "3:明,-,-12,");
  text_free(&t);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    T(rows_of_a_life), T(put_writes_only_what_differs), T(steps_must_be_open), T(undo_and_redo_over_sessions),
    T(new_step_ends_redo), T(undo_of_delete_and_of_many), T(undo_of_units),
    T(random_walk_agrees_with_a_model),
    T(altered_history_is_found), T(altered_person_is_found), T(removed_history_is_found),
    T(removed_tail_is_found),
    T(altered_record_is_found), T(removed_record_is_found), T(smuggled_record_is_found),
    T(altered_unit_is_found),
    T(foreign_trigger_is_found), T(history_refuses_change), T(scan_plan_is_covering), T(steps_newest_first), T(check_codes), T(check_codes_stay),
    cmocka_unit_test(digests_are_the_standard_ones),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
