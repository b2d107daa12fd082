/* Dates and periods: spellings, counting, packing. */
#include "checklists/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static void test_limits(void **state) {
  (void)state;
  assert_int_equal(day_make(1970, 1, 1), 0);
  assert_int_equal(day_make(1980, 1, 1), DAY_MIN);
  assert_int_equal(day_make(2099, 12, 31), DAY_MAX);
  assert_int_equal(day_make(2026, 2, 29), DAY_NONE);
  assert_int_equal(day_make(2026, 13, 1), DAY_NONE);
  assert_int_equal(day_make(2026, 4, 31), DAY_NONE);
  assert_int_equal(day_make(2026, 4, 0), DAY_NONE);
  assert_int_not_equal(day_make(2000, 2, 29), DAY_NONE);
  assert_int_equal(day_make(1900, 2, 29), DAY_NONE);
}

/* Every day of the range: split and make are inverse, weekdays follow one another. */
static void test_every_day(void **state) {
  (void)state;
  int weekday = 2; /* 1980-01-01 was a Tuesday */
  int y = 1980, m = 1, dom = 1;
  for (day d = DAY_MIN; d <= DAY_MAX; d++, weekday = weekday % 7 + 1) {
    int year, month, day_of_month;
    day_split(d, &year, &month, &day_of_month);
    assert_true(year == y && month == m && day_of_month == dom);
    assert_int_equal(day_make(y, m, dom), d);
    assert_int_equal(day_weekday(d), weekday);
    dom++;
    if (day_make(y, m, dom) == DAY_NONE) {
      dom = 1;
      m = m % 12 + 1;
      if (m == 1) y++;
    }
  }
}

static void test_spellings(void **state) {
  (void)state;
  static const char *const good[] = {
    "2026-09-03", "2026-9-3", "2026.9.3", "2026.09.03", "2026/9/3", "2026年9月3日", "2026年09月03日", "20260903",
    "２０２６－０９－０３", "２０２６．９．３", "２０２６／９／３", "２０２６年９月３日", "２０２６０９０３",
    "  2026-09-03 ", "\t2026-09-03\r\n", "　2026年9月3日　", "2026 年 9 月 3 日", "2026年　9月  3 日",
  };
  static const char *const bad[] = {
    "", " ", "2026", "2026-09", "2026-09-31", "2026-02-29", "26-9-3", "2026-9.3", "2026-09-03x", "x2026-09-03",
    "2026-9-3-1", "2026年9月3", "1979-12-31", "2100-01-01", "2026090", "202609031", "2026-009-3a", "2026--3",
    "2026-09-03 10:00", "二〇二六年九月三日", "2026Y9M3D", "-2026-09-03", "2026-00-03", "2026 - 09 - 03", "20 26年9月3日",
    "2026年9月3日2026年9月3日2026年9月3日2026年9月3日2026年9月3日2026年9月3日",
  };
  day d;
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    d = 0;
    if (!day_parse(good[i], &d) || d != day_make(2026, 9, 3)) fail_msg("not read: '%s'", good[i]);
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    d = 77;
    if (day_parse(bad[i], &d)) fail_msg("read: '%s'", bad[i]);
    assert_int_equal(d, 77);
  }
  assert_false(day_parse(NULL, &d));
}

static void test_writing(void **state) {
  (void)state;
  struct text t = { 0 };
  char buf[16];
  day_add_iso(&t, day_make(2026, 9, 3));
  text_addc(&t, ' ');
  day_add_cn(&t, day_make(2026, 9, 3));
  day_add_iso(&t, DAY_NONE);
  day_add_cn(&t, DAY_NONE);
  assert_string_equal(text_str(&t), "2026-09-03 2026年9月3日");
  assert_string_equal(day_iso(DAY_NONE, buf), "");
  assert_string_equal(day_iso(INT32_MAX, buf), "");
  assert_string_equal(day_iso(day_make(9999, 12, 31), buf), "9999-12-31");
  assert_string_equal(day_iso(day_make(9999, 12, 31) + 1, buf), "");
  assert_string_equal(day_iso(day_make(0, 1, 1), buf), "0000-01-01");
  assert_string_equal(day_iso(day_make(0, 1, 1) - 1, buf), "");
  text_free(&t);
}

static void test_periods(void **state) {
  (void)state;
  static const struct { const char *in, *out, *cn, *first, *last; unsigned months; } rows[] = {
    { "2026-07", "2026-07", "2026年7月", "2026-07-01", "2026-07-31", 0x040 },
    { "2026年7月", "2026-07", "2026年7月", "2026-07-01", "2026-07-31", 0x040 },
    { "2024-2", "2024-02", "2024年2月", "2024-02-01", "2024-02-29", 0x002 },
    { "2026Q3", "2026Q3", "2026年第3季度", "2026-07-01", "2026-09-30", 0x1C0 },
    { "2026q3", "2026Q3", "2026年第3季度", "2026-07-01", "2026-09-30", 0x1C0 },
    { "２０２６Ｑ３", "2026Q3", "2026年第3季度", "2026-07-01", "2026-09-30", 0x1C0 },
    { "2026年第三季度", "2026Q3", "2026年第3季度", "2026-07-01", "2026-09-30", 0x1C0 },
    { "2026年第3季度", "2026Q3", "2026年第3季度", "2026-07-01", "2026-09-30", 0x1C0 },
    { "2026年四季度", "2026Q4", "2026年第4季度", "2026-10-01", "2026-12-31", 0xE00 },
    { "2026H2", "2026H2", "2026年下半年", "2026-07-01", "2026-12-31", 0xFC0 },
    { "2026h1", "2026H1", "2026年上半年", "2026-01-01", "2026-06-30", 0x03F },
    { "2026年上半年", "2026H1", "2026年上半年", "2026-01-01", "2026-06-30", 0x03F },
    { "2026年下半年", "2026H2", "2026年下半年", "2026-07-01", "2026-12-31", 0xFC0 },
    { " 2026 ", "2026", "2026年", "2026-01-01", "2026-12-31", 0xFFF },
    { "2026年", "2026", "2026年", "2026-01-01", "2026-12-31", 0xFFF },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct period p = { 0 };
    struct text t = { 0 };
    char buf[16];
    if (!period_parse(rows[i].in, &p)) fail_msg("not read: '%s'", rows[i].in);
    period_add(&t, p);
    assert_string_equal(text_str(&t), rows[i].out);
    text_clear(&t);
    period_add_cn(&t, p);
    assert_string_equal(text_str(&t), rows[i].cn);
    assert_string_equal(day_iso(period_first(p), buf), rows[i].first);
    assert_string_equal(day_iso(period_last(p), buf), rows[i].last);
    assert_int_equal(period_months(p), rows[i].months);
    assert_true(period_same(period_unpack(period_pack(p)), p));
    text_free(&t);
  }
}

static void test_no_periods(void **state) {
  (void)state;
  static const char *const bad[] = { "", "2026-13", "2026-00", "2026Q5", "2026Q0", "2026H3", "26Q3", "2026Q", "Q3",
                                     "2026-07-01", "2026年第五季度", "2026年半年", "1979", "2100", "2026QQ3", "2026.7" };
  struct period p, none = { 0 };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (period_parse(bad[i], &p)) fail_msg("read: '%s'", bad[i]);
  assert_int_equal(period_pack(none), 0);
  assert_int_equal(period_unpack(0).kind, PERIOD_NONE);
  assert_int_equal(period_unpack(123456).kind, PERIOD_NONE);
  assert_int_equal(period_first(none), DAY_NONE);
  assert_int_equal(period_last(none), DAY_NONE);
  assert_int_equal(period_months(none), 0);
}

static struct period P(const char *s) {
  struct period p = { 0 };
  if (!period_parse(s, &p)) fail_msg("not read: '%s'", s);
  return p;
}

static void test_stepping(void **state) {
  (void)state;
  assert_true(period_same(period_step(P("2026-12"), 1), P("2027-01")));
  assert_true(period_same(period_step(P("2026-01"), -1), P("2025-12")));
  assert_true(period_same(period_step(P("2026Q1"), -5), P("2024Q4")));
  assert_true(period_same(period_step(P("2026H2"), 3), P("2028H1")));
  assert_true(period_same(period_step(P("2026"), -2), P("2024")));
  assert_true(period_same(period_of(day_make(2026, 9, 30), PERIOD_QUARTER), P("2026Q3")));
  assert_true(period_same(period_of(day_make(2026, 10, 1), PERIOD_QUARTER), P("2026Q4")));
  assert_true(period_same(period_of(day_make(2026, 6, 30), PERIOD_HALF), P("2026H1")));
  assert_true(period_same(period_of(day_make(2026, 2, 1), PERIOD_MONTH), P("2026-02")));
  assert_true(period_same(period_of(day_make(2026, 2, 1), PERIOD_YEAR), P("2026")));
  assert_int_equal(period_of(DAY_NONE, PERIOD_YEAR).kind, PERIOD_NONE);
}

static void test_order(void **state) {
  (void)state;
  static const char *const sorted[] = { "2025H2", "2026-01", "2026Q1", "2026H1", "2026", "2026-02", "2026Q2", "2027-01" };
  struct period none = { 0 };
  for (size_t i = 0; i + 1 < sizeof sorted / sizeof *sorted; i++) {
    assert_int_equal(period_compare(P(sorted[i]), P(sorted[i + 1])), -1);
    assert_int_equal(period_compare(P(sorted[i + 1]), P(sorted[i])), 1);
    assert_int_equal(period_compare(P(sorted[i]), P(sorted[i])), 0);
  }
  assert_int_equal(period_compare(none, P("2026")), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_limits),  cmocka_unit_test(test_every_day), cmocka_unit_test(test_spellings),
    cmocka_unit_test(test_writing), cmocka_unit_test(test_periods),   cmocka_unit_test(test_no_periods),
    cmocka_unit_test(test_stepping), cmocka_unit_test(test_order),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
