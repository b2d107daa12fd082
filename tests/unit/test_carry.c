/* Carrying a record's texts into the next period: which words change, which stay, and which record is
 * the one before. */
#include "checklists/carry.h"
#include "tests/unit/workbook_fixture.h"

static struct period period(const char *s) {
  struct period p = { 0 };
  assert_true(s[0] == '\0' || period_parse(s, &p));
  return p;
}

static const struct { const char *from, *to, *text, *want; } rows[] = {
  { "2026Q2", "2026Q3", "2026年第二季度财务公开", "2026年第三季度财务公开" },
  { "2026Q2", "2026Q3", "2026年二季度财务公开", "2026年三季度财务公开" },
  { "2026Q2", "2026Q3", "二季度（4-6月）收支", "三季度（7-9月）收支" },
  { "2026Q2", "2026Q3", "第2季度，4月至6月；2026Q2", "第3季度，7月至9月；2026Q3" },
  { "2026Q2", "2026Q3", "2026年4—6月", "2026年7—9月" },
  { "2026Q3", "2026Q4", "2026年7-9月", "2026年10-12月" },
  { "2026Q4", "2027Q1", "2026年第四季度", "2027年第一季度" },
  { "2026Q4", "2027Q1", "二〇二六年第四季度", "二〇二七年第一季度" },
  { "2026Q4", "2027Q1", "2026年城西社区四季度收支", "2027年城西社区一季度收支" },
  { "2026Q2", "2026Q3", "比一季度多，比2025年二季度少", "比一季度多，比2025年二季度少" },
  { "2026Q2", "2026Q3", "截至2026年6月30日", "截至2026年6月30日" },
  { "2026-06", "2026-07", "2026年6月收支", "2026年7月收支" },
  { "2026-06", "2026-07", "六月份水费，1-6月累计", "七月份水费，1-7月累计" },
  { "2026-06", "2026-07", "6月30日，2026年6月3日，16月", "6月30日，2026年6月3日，16月" },
  { "2026-06", "2026-07", "比2025年6月多", "比2025年6月多" },
  { "2026-06", "2026-07", "6月3户领取", "7月3户领取" },
  { "2026-06", "2026-07", "2026年06月、2026-06、2026-06-01", "2026年07月、2026-07、2026-06-01" },
  { "2026-01", "2026-02", "一月、十一月、1月、11月", "二月、十一月、2月、11月" },
  { "2026-12", "2027-01", "2026年12月救助", "2027年1月救助" },
  { "2026H1", "2026H2", "2026年上半年，1-6月", "2026年下半年，7-12月" },
  { "2026H2", "2027H1", "2026年度下半年", "2027年度上半年" },
  { "2025", "2026", "2025年度决算", "2026年度决算" },
  { "2025", "2026", "2025年一般公共预算", "2026年一般公共预算" },
  { "2025", "2026", "2025年12月31日、2025年底、2025年三季度", "2025年12月31日、2025年底、2025年三季度" },
  { "2025", "2026", "12025年、2024年", "12025年、2024年" },
  { "2026Q2", "2026-07", "2026年第二季度", "2026年第二季度" }, /* another kind: nothing */
  { "", "", "2026年第二季度", "2026年第二季度" },
  { "2026Q2", "2026Q3", "", "" },
};

static void test_words(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct text out = { 0 };
    carry_words(&out, rows[i].text, period(rows[i].from), period(rows[i].to), true);
    assert_string_equal(text_str(&out), rows[i].want);
    text_free(&out);
  }
}

/* In a text the year of a paper is not ours to change. */
static void test_years_of_a_text(void **state) {
  struct text out = { 0 };
  (void)state;
  carry_words(&out, "按2026年文件，四季度", period("2026Q4"), period("2027Q1"), false);
  assert_string_equal(text_str(&out), "按2026年文件，一季度");
  text_free(&out);
}

static void test_propose(void **state) {
  struct error e;
  struct record out;
  struct record from = make_record(VILLAGE_1, QUARTERLY, FIELD_PERIOD, "2026Q2",
                                   FIELD_PUBLISHED, "2026-07-01", FIELD_TITLE, "2026年二季度资金",
                                   FIELD_BODY, "二季度如下，见2026年1号文件",
                                   FIELD_CHANNELS, "政府网站", FIELD_URL, "https://a.cn/2026Q2",
                                   FIELD_TABLE, "甲,1", FIELD_NOTE, "备注", FIELD_PHONE, "0356-1234567", -1);
  (void)state;
  OK(carry_propose(&from, period("2026Q3"), &out, &e));
  assert_string_equal(record_get(&out, FIELD_TITLE), "2026年三季度资金");
  assert_string_equal(record_get(&out, FIELD_BODY), "三季度如下，见2026年1号文件");
  assert_string_equal(record_get(&out, FIELD_CHANNELS), "政府网站");
  assert_string_equal(record_get(&out, FIELD_URL), "https://a.cn/2026Q2"); /* an address is not a text */
  assert_string_equal(record_get(&out, FIELD_PHONE), "0356-1234567");
  assert_null(out.value[FIELD_PERIOD]);
  assert_null(out.value[FIELD_PUBLISHED]);
  assert_null(out.value[FIELD_TABLE]);
  assert_null(out.value[FIELD_NOTE]);
  record_free(&out);
  record_free(&from);
}

static const char *found(struct workbook *wb, int unit, int item, const char *recurrence) {
  static char title[64];
  struct record r;
  struct error e;
  OK(carry_find(wb, unit, item, period(recurrence), &r, &e));
  snprintf(title, sizeof title, "%s", r.no != 0 ? record_get(&r, FIELD_TITLE) : "-");
  record_free(&r);
  return title;
}

#define PUT(unit, item, ...) put_alone(wb, make_record(unit, item, __VA_ARGS__, -1), "记")

static void test_find(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  size_t n;
  const struct unit *units = wb_units(wb, &n);
  int a = wb_find_unit(wb, "140581100201"), b = wb_find_unit(wb, "140581100203");
  assert_non_null(units);
  PUT(a, QUARTERLY, FIELD_PERIOD, "2025Q4", FIELD_PUBLISHED, "2026-01-05", FIELD_TITLE, "四季");
  PUT(a, QUARTERLY, FIELD_PERIOD, "2026Q1", FIELD_PUBLISHED, "2026-04-05", FIELD_TITLE, "一季");
  PUT(a, QUARTERLY, FIELD_PERIOD, "2026Q2", FIELD_TITLE, "草稿");
  PUT(a, QUARTERLY, FIELD_PERIOD, "2026Q3", FIELD_NONE, "没有", FIELD_TITLE, "无");
  assert_string_equal(found(wb, a, QUARTERLY, "2026Q4"), "一季");
  assert_string_equal(found(wb, a, QUARTERLY, "2026Q1"), "四季"); /* itself is not before itself */
  assert_string_equal(found(wb, a, QUARTERLY, "2025Q4"), "-");
  assert_string_equal(found(wb, b, QUARTERLY, "2026Q4"), "-");
  PUT(a, EVENT, FIELD_EVENT, "2026-08-01", FIELD_PUBLISHED, "2026-08-02", FIELD_TITLE, "八月");
  PUT(a, EVENT, FIELD_EVENT, "2026-07-01", FIELD_PUBLISHED, "2026-08-09", FIELD_TITLE, "七月");
  PUT(a, EVENT, FIELD_EVENT, "2026-09-01", FIELD_TITLE, "没公开");
  assert_string_equal(found(wb, a, EVENT, ""), "八月");
  PUT(a, STANDING, FIELD_PUBLISHED, "2026-08-02", FIELD_TITLE, "长期");
  assert_string_equal(found(wb, a, STANDING, ""), "-");
  wb_close(wb);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_words),
    cmocka_unit_test(test_years_of_a_text),
    cmocka_unit_test(test_propose),
    cmocka_unit_test_setup_teardown(test_find, setup, teardown),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
