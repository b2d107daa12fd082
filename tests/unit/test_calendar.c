/* Work days: the published years against the plain lists of days, the sums against a day loop, and
 * what the loader says of files that cannot be right. */
#include "base/file.h"
#include "checklists/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static struct calendar *load_shipped(void) {
  const char *dir = getenv("srcdir");
  struct text path = { 0 };
  struct findings f = { 0 };
  path_join(&path, dir != NULL ? dir : ".", "checklists/calendar");
  struct calendar *c = calendar_load(text_str(&path), &f);
  if (c == NULL) fail_msg("%s", f.n > 0 ? f.list[0].e.text : "no calendar");
  assert_int_equal(f.n, 0);
  text_free(&path);
  findings_free(&f);
  return c;
}

/* Weekdays that are off and weekend days that are worked, MMDD. */
static const struct { int year, total, months[12], off[24], worked[12]; } years[] = {
  { 2024, 251, { 22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22 },
    { 101, 212, 213, 214, 215, 216, 404, 405, 501, 502, 503, 610, 916, 917, 1001, 1002, 1003, 1004, 1007 },
    { 204, 218, 407, 428, 511, 914, 929, 1012 } },
  { 2025, 248, { 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23 },
    { 101, 128, 129, 130, 131, 203, 204, 404, 501, 502, 505, 602, 1001, 1002, 1003, 1006, 1007, 1008 },
    { 126, 208, 427, 928, 1011 } },
  { 2026, 248, { 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 },
    { 101, 102, 216, 217, 218, 219, 220, 223, 406, 501, 504, 505, 619, 925, 1001, 1002, 1005, 1006, 1007 },
    { 104, 214, 228, 509, 920, 1010 } },
};

static bool listed(const int *list, int n, int mmdd) {
  for (int i = 0; i < n; i++)
    if (list[i] == mmdd) return true;
  return false;
}

static void test_published_years(void **state) {
  (void)state;
  struct calendar *c = load_shipped();
  for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
    int y = years[i].year, counted[12] = { 0 };
    for (day d = day_make(y, 1, 1); d <= day_make(y, 12, 31); d++) {
      int year, month, dom;
      day_split(d, &year, &month, &dom);
      bool want = day_weekday(d) <= 5 ? !listed(years[i].off, 24, month * 100 + dom)
                                      : listed(years[i].worked, 12, month * 100 + dom);
      if (calendar_is_workday(c, d) != want) fail_msg("%d-%d-%d", year, month, dom);
      counted[month - 1] += want;
    }
    for (int m = 0; m < 12; m++) assert_int_equal(counted[m], years[i].months[m]);
    assert_int_equal(calendar_count(c, day_make(y, 1, 1) - 1, day_make(y, 12, 31)), years[i].total);
    assert_true(calendar_listed(c, y));
  }
  assert_false(calendar_listed(c, 2027));
  assert_false(calendar_listed(c, 1900));
  calendar_free(c);
}

/* Adding by sums is the same as walking day by day, forwards and backwards. */
static void test_sums(void **state) {
  (void)state;
  struct calendar *c = load_shipped();
  for (day d = day_make(2023, 11, 1); d <= day_make(2027, 3, 1); d++) {
    day after = d, before = d;
    for (int n = 1; n <= 25; n++) {
      do after++; while (!calendar_is_workday(c, after));
      do before--; while (!calendar_is_workday(c, before));
      assert_int_equal(calendar_add_workdays(c, d, n), after);
      assert_int_equal(calendar_add_workdays(c, d, -n), before);
      assert_int_equal(calendar_count(c, d, after), n);
    }
    assert_int_equal(calendar_add_workdays(c, d, 0), d);
  }
  calendar_free(c);
}

static void test_edges(void **state) {
  (void)state;
  struct calendar *c = load_shipped();
  assert_int_equal(calendar_add_workdays(c, DAY_MAX, 1), DAY_NONE);
  assert_int_equal(calendar_add_workdays(c, DAY_MIN, -1), DAY_NONE);
  assert_int_equal(calendar_add_workdays(c, DAY_MIN, 1), DAY_MIN + 1); /* Wednesday 1980-01-02 */
  assert_int_equal(calendar_add_workdays(c, DAY_MAX, -1), DAY_MAX - 1); /* Wednesday 2099-12-30 */
  assert_int_equal(calendar_add_workdays(c, DAY_NONE, 3), DAY_NONE);
  assert_int_equal(calendar_add_workdays(c, DAY_MAX + 1, -3), DAY_NONE);
  assert_int_equal(calendar_add_workdays(c, 20000, INT32_MAX), DAY_NONE);
  assert_int_equal(calendar_add_workdays(c, 20000, INT32_MIN), DAY_NONE);
  assert_int_equal(calendar_count(c, 20000, 20000), 0);
  assert_int_equal(calendar_count(c, 20001, 20000), 0);
  assert_int_equal(calendar_count(c, DAY_NONE, DAY_MIN), 1);
  assert_false(calendar_is_workday(c, DAY_MAX + 1));
  assert_false(calendar_is_workday(c, DAY_NONE));
  calendar_free(c);
}

static void test_kinds(void **state) {
  (void)state;
  struct calendar *c = load_shipped();
  assert_int_equal(calendar_kind(c, day_make(2026, 10, 1)), CALENDAR_REST);
  assert_int_equal(calendar_kind(c, day_make(2026, 10, 3)), CALENDAR_REST); /* a Saturday inside the holiday */
  assert_int_equal(calendar_kind(c, day_make(2026, 10, 10)), CALENDAR_MAKEUP);
  assert_int_equal(calendar_kind(c, day_make(2026, 10, 11)), CALENDAR_PLAIN);
  assert_string_equal(calendar_holiday(c, day_make(2026, 10, 10)), "国庆节");
  assert_string_equal(calendar_holiday(c, day_make(2026, 9, 25)), "中秋节");
  assert_string_equal(calendar_holiday(c, day_make(2025, 10, 1)), "国庆节、中秋节");
  assert_null(calendar_holiday(c, day_make(2026, 11, 2)));
  assert_false(calendar_provisional(c, day_make(2024, 1, 1), day_make(2026, 12, 31)));
  assert_true(calendar_provisional(c, day_make(2026, 12, 31), day_make(2027, 1, 1)));
  assert_true(calendar_provisional(c, day_make(2023, 12, 31), day_make(2024, 1, 1)));
  assert_false(calendar_provisional(c, DAY_NONE, day_make(2027, 1, 1)));
  calendar_free(c);
}

/* ---- files that cannot be right ---- */

static char folder[] = "/tmp/test_calendar_XXXXXX";

static struct calendar *load_text(const char *file, const char *holidays, int year, struct findings *f) {
  char path[200];
  struct text t = { 0 };
  struct error e;
  snprintf(path, sizeof path, "%s/%s", folder, file);
  text_addf(&t, "year = %d;\nsource = { number = \"x\"; date = \"2025-11-04\"; };\nholidays = (\n%s\n);\n", year, holidays);
  assert_int_equal(file_write(path, text_str(&t), t.len, 0600, &e), ST_OK);
  struct calendar *c = calendar_load(folder, f);
  unlink(path);
  text_free(&t);
  return c;
}

static void test_faults(void **state) {
  (void)state;
  static const struct { const char *file, *holidays, *id; int line; } rows[] = {
    { "2026.cfg", "{ name = \"x\"; rest = [\"2026-02-30\"]; work = []; }", "calendar.date", 4 },
    { "2026.cfg", "{ name = \"x\"; rest = [\"2026-10-01-2026-10-07\"]; work = []; }", "calendar.date", 4 },
    { "2026.cfg", "{ name = \"x\"; rest = [\"2026-10-07..2026-10-01\"]; work = []; }", "calendar.order", 4 },
    { "2026.cfg", "{ name = \"x\"; rest = [\"2025-12-31..2026-01-01\"]; work = []; }", "calendar.year", 4 },
    { "2026.cfg", "{ name = \"x\"; rest = [\"2026-10-10\"];\n work = [\"2026-10-10\"]; }", "calendar.both", 5 },
    { "2027.cfg", "{ name = \"x\"; rest = [\"2026-10-01\"]; work = []; }", "calendar.name", 1 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct findings f = { 0 };
    assert_null(load_text(rows[i].file, rows[i].holidays, 2026, &f));
    assert_int_equal(f.count[SEV_ERROR], 1);
    assert_string_equal(f.list[0].e.id, rows[i].id);
    assert_int_equal(f.list[0].e.line, rows[i].line);
    findings_free(&f);
  }
}

static void test_schema(void **state) {
  (void)state;
  struct findings f = { 0 };
  assert_null(load_text("2026.cfg", "{ nmae = \"x\"; rest = 3; }", 2026, &f));
  assert_true(f.count[SEV_ERROR] >= 3); /* unknown key, wrong type, missing fields: all at once */
  findings_free(&f);
}

static void test_warning(void **state) {
  (void)state;
  struct findings f = { 0 };
  struct calendar *c = load_text("2026.cfg", "{ name = \"x\"; rest = []; work = [\"2026-10-12\"]; }", 2026, &f);
  assert_non_null(c);
  assert_int_equal(f.n, 1);
  assert_int_equal(f.list[0].severity, SEV_WARNING);
  assert_string_equal(f.list[0].e.id, "calendar.weekday");
  calendar_free(c);
  findings_free(&f);
}

static void test_empty_and_missing_folder(void **state) {
  (void)state;
  struct findings f = { 0 };
  struct calendar *c = calendar_load(folder, &f); /* no year published: all provisional, but a calendar */
  assert_non_null(c);
  assert_true(calendar_is_workday(c, day_make(2026, 10, 1)));
  calendar_free(c);
  assert_null(calendar_load("/nonexistent/calendar", &f));
  assert_int_equal(f.count[SEV_ERROR], 1);
  findings_free(&f);
}

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) == NULL;
}

static int drop_folder(void **state) {
  (void)state;
  return rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_published_years), cmocka_unit_test(test_sums),    cmocka_unit_test(test_edges),
    cmocka_unit_test(test_kinds),           cmocka_unit_test(test_faults),  cmocka_unit_test(test_schema),
    cmocka_unit_test(test_warning),         cmocka_unit_test(test_empty_and_missing_folder),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
