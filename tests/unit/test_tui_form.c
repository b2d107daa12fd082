/* Parts of the form by themselves: dates as typed, the calendar, check boxes, a pasted list, its preview. */
#include "base/utf8.h"
#include "tui/checks.h"
#include "tui/datepick.h"
#include "tui/paste_table.h"
#include "tui/preview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static day on(const char *iso) {
  day d;
  assert_true(day_parse(iso, &d));
  return d;
}

static struct key character(uint32_t cp) {
  return (struct key){ .kind = K_CHAR, .cp = cp };
}

/* ---- dates */

static void test_date_read(void **state) {
  static const struct { const char *typed, *on; bool ahead; const char *day; bool guessed; } cases[] = {
    { "20260903", "2026-10-20", false, "2026-09-03", false },
    { "２０２６．９．３", "2026-10-20", false, "2026-09-03", false },
    { "2026年9月3日", "2026-10-20", false, "2026-09-03", false },
    { "2026。9。3", "2026-10-20", false, "2026-09-03", false },
    { "9-3", "2026-10-20", false, "2026-09-03", true },
    { "9.3", "2026-10-20", false, "2026-09-03", true },
    { "９／３", "2026-10-20", false, "2026-09-03", true },
    { "9月3日", "2026-10-20", false, "2026-09-03", true },
    { "9月3号", "2026-10-20", false, "2026-09-03", true },
    { "0903", "2026-10-20", false, "2026-09-03", true },
    { "10-20", "2026-10-20", false, "2026-10-20", true },  /* today */
    { "10-21", "2026-10-20", false, "2025-10-21", true },  /* never ahead of today */
    { "10-21", "2026-10-20", true, "2026-10-21", true },   /* but where a day may be, the nearest */
    { "12-30", "2026-01-05", true, "2025-12-30", true },
    { "1-2", "2026-12-30", true, "2027-01-02", true },
    { "2-29", "2026-10-20", false, "2024-02-29", true },
    { "2-30", "2026-10-20", false, NULL, false },
    { "13-1", "2026-10-20", false, NULL, false },
    { "2026-9", "2026-10-20", false, NULL, false },
    { "2026-9-31", "2026-10-20", false, NULL, false },
    { "9", "2026-10-20", false, NULL, false },
    { "9-", "2026-10-20", false, NULL, false },
    { "2026", "2026-10-20", false, NULL, false },
    { "26-9-3", "2026-10-20", false, NULL, false },
    { "9-3-", "2026-10-20", false, NULL, false },
    { "109-3", "2026-10-20", false, NULL, false },
    { "", "2026-10-20", false, NULL, false },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    day d = 0;
    bool guessed = true;
    bool read = date_read(cases[i].typed, on(cases[i].on), cases[i].ahead, &d, &guessed);
    if (read != (cases[i].day != NULL)) fail_msg("%s: %s", cases[i].typed, read ? "read" : "not read");
    if (!read) continue;
    char iso[16];
    assert_string_equal(day_iso(d, iso), cases[i].day);
    assert_int_equal(guessed, cases[i].guessed);
  }
}

static void test_date_keys(void **state) {
  day d, today = on("2026-10-20");
  (void)state;
  assert_true(date_key(character('+'), on("2026-09-30"), today, &d));
  assert_int_equal(d, on("2026-10-01"));
  assert_true(date_key(character(0xFF0D), on("2026-03-01"), today, &d)); /* － */
  assert_int_equal(d, on("2026-02-28"));
  assert_true(date_key(character(']'), on("2026-01-31"), today, &d));
  assert_int_equal(d, on("2026-02-28"));
  assert_true(date_key(character(0x3010), on("2026-01-31"), today, &d)); /* 【 */
  assert_int_equal(d, on("2025-12-31"));
  assert_true(date_key(character('-'), DAY_NONE, today, &d)); /* from today */
  assert_int_equal(d, on("2026-10-19"));
  assert_false(date_key(character('3'), today, today, &d));
  struct key pasted = { .kind = K_CHAR, .cp = '-', .pasted = true };
  assert_false(date_key(pasted, today, today, &d));
  assert_int_equal(date_months_on(DAY_MAX, 1), DAY_MAX); /* stays in range */
}

static void test_calendar(void **state) {
  struct findings f = { 0 };
  struct text out = { 0 }, words = { 0 };
  struct screen s = { 0 };
  const char *src = getenv("srcdir");
  (void)state;
  text_addf(&words, "%s/checklists/calendar", src != NULL ? src : ".");
  struct calendar *c = calendar_load(text_str(&words), &f);
  assert_non_null(c);
  assert_true(screen_resize(&s, 10, 40));
  struct datepick p = { .chosen = on("2026-10-08"), .today = on("2026-10-20"), .due = on("2026-10-12") };
  assert_int_equal(datepick_rows(&p, c), 9);
  datepick_draw(&p, &s, (struct rect){ 1, 2, 9, 38 }, c);
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "\n"
                                      "  [        2026年10月      ]\n"
                                      "  一  二  三  四  五  六休日休\n"
                                      "               1休 2休 3休 4休\n"
                                      "   5休 6休 7休 [8] 9  10班11\n"
                                      "  12期13  14  15  16  17  18\n"
                                      "  19  20今21  22  23  24  25\n"
                                      "  26  27  28  29  30  31\n"
                                      "  1-7 国庆节　10 补班\n"
                                      "  今：今天　期：到期日\n");
  assert_int_equal(datepick_at(&p, 4, 2 + 3 * 4), on("2026-10-08"));
  assert_int_equal(datepick_at(&p, 4, 2 + 6 * 4 + 3), on("2026-10-11"));
  assert_int_equal(datepick_at(&p, 3, 2), DAY_NONE); /* before the first */
  assert_int_equal(datepick_at(&p, 1, 2), on("2026-09-08")); /* the month before */
  assert_int_equal(datepick_at(&p, 1, 29), on("2026-11-08"));
  assert_int_equal(datepick_at(&p, 4, 31), DAY_NONE);
  text_clear(&words);
  date_add_words(&words, c, on("2026-10-10"));
  assert_string_equal(text_str(&words), "星期六　上班（补班）");
  text_clear(&words);
  date_add_words(&words, c, on("2026-10-07"));
  assert_string_equal(text_str(&words), "星期三　国庆节放假");
  calendar_free(c);
  findings_free(&f);
  text_free(&out);
  text_free(&words);
  screen_free(&s);
}

/* ---- check boxes */

static uint16_t bits(const char *names) {
  return checks_read(names);
}

static void test_checks(void **state) {
  struct checks c = { .own = bits("村公示栏、政府网站"), .across = 3 };
  struct text out = { 0 };
  (void)state;
  assert_int_equal(c.own, 1u << channel_find("村公示栏") | 1u << channel_find("政府网站"));
  assert_int_equal(bits("入户,公示栏；广播电视\n不知道"), bits("入户现场、村公示栏、广播电视")); /* by a part */
  assert_true(checks_key(&c, character('2'))); /* own ones first: 政府网站 1, 村公示栏 2 */
  assert_int_equal(c.chosen, bits("村公示栏"));
  assert_true(checks_key(&c, character(0xFF11))); /* １ */
  assert_int_equal(c.chosen, c.own);
  assert_true(checks_key(&c, character(' '))); /* the one stood on */
  assert_int_equal(c.chosen, bits("村公示栏"));
  assert_false(checks_key(&c, character('x')));
  assert_true(checks_key(&c, character('0'))); /* the tenth */
  assert_int_equal(c.stand, 9);
  assert_true(checks_request(&c, REQ_DOWN)); /* 12 */
  assert_int_equal(c.stand, 12);
  assert_false(checks_request(&c, REQ_DOWN)); /* leads out */
  assert_true(checks_request(&c, REQ_RIGHT));
  assert_int_equal(c.stand, 12);
  assert_true(checks_request(&c, REQ_LINE_START));
  assert_false(checks_request(&c, REQ_UP));
  checks_add_names(&out, bits("村公示栏、政府网站"), "、");
  assert_string_equal(text_str(&out), "政府网站、村公示栏");
  text_free(&out);
}

static void test_checks_drawn(void **state) {
  struct checks c = { .own = bits("村公示栏"), .chosen = bits("村公示栏、政府公报") };
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 7, 44));
  assert_int_equal(checks_rows(42), 7);
  checks_draw(&c, &s, (struct rect){ 0, 2, 2, 42 });
  screen_dump(&s, &out);
  assert_memory_equal(text_str(&out), "  [x]1 村公示栏*      [ ]2 政府网站\n  [x]3 政府公报", 60);
  assert_true(checks_click(&c, 1, 25));
  assert_int_equal(c.chosen, bits("村公示栏、政府公报、两微一端"));
  assert_false(checks_click(&c, 2, 25));
  text_free(&out);
  screen_free(&s);
}

/* ---- a pasted list */

static void assert_pasted(const char *list, const char *csv, int rows, int cols, int short_row, int short_cols) {
  struct text out = { 0 };
  struct pasted p;
  assert_true(paste_is_table(list));
  paste_table(&out, list, &p);
  assert_string_equal(text_str(&out), csv);
  assert_int_equal(p.rows, rows);
  assert_int_equal(p.cols, cols);
  assert_int_equal(p.short_row, short_row);
  assert_int_equal(p.short_cols, short_cols);
  text_free(&out);
}

static void test_paste(void **state) {
  (void)state;
  assert_pasted("姓名\t金额\n张三\t100", "姓名,金额\n张三,100\n", 2, 2, 0, 0);
  assert_pasted("姓名\t金额\r\n张三\t100\r\n\r\n\t\r\n", "姓名,金额\n张三,100\n", 2, 2, 0, 0);
  assert_pasted("a\tb\rc\td\r", "a,b\nc,d\n", 2, 2, 0, 0);
  assert_pasted("a\tb\t\t\nc\td\t\t\n", "a,b\nc,d\n", 2, 2, 0, 0); /* empty columns at the end */
  assert_pasted("a\tb\tc\nd\n\te\n", "a,b,c\nd,,\n,e,\n", 3, 3, 2, 1);
  assert_pasted("a\t\"x,\ty\n\"\"z\"\"\"\nb\t6\" pipe\n", "a,\"x,\ty\n\"\"z\"\"\"\nb,\"6\"\" pipe\"\n", 2, 2, 0, 0);
  assert_pasted("a\tb\n\nc\td\n", "a,b\n,\nc,d\n", 3, 2, 2, 1); /* one in the middle stays */
  assert_false(paste_is_table("一行\t两格"));
  assert_false(paste_is_table("一行\t两格\r\n"));
  assert_false(paste_is_table("两行\n没有表格"));
  int rows, cols;
  assert_true(table_size("a,b\n\"c\nd\",e,f\n", &rows, &cols));
  assert_int_equal(rows, 2);
  assert_int_equal(cols, 3);
  assert_false(table_size("a,\"b\n", &rows, &cols));
}

static void test_preview(void **state) {
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 3, 30));
  assert_true(preview_draw(&s, (struct rect){ 0, 0, 3, 30 }, ATTR_FIELD,
                           "姓名,金额,备注\n莫𡐓,5,正常\n李四四,1200.5,13812345678\n王五,1,x\n"));
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "姓名    金额    备注\n莫𡐓         5  正常\n李四四  1200.5  13812345678\n");
  assert_int_equal(s.cell[2 * 30 + 16].attr, ATTR_PERSONAL);
  assert_int_equal(s.cell[1 * 30 + 16].attr, ATTR_FIELD);
  assert_false(preview_draw(&s, (struct rect){ 0, 0, 3, 30 }, ATTR_FIELD, "a,\"b"));
  text_clear(&out);
  assert_true(screen_resize(&s, 1, 30));
  assert_true(preview_draw(&s, (struct rect){ 0, 0, 1, 20 }, ATTR_FIELD, "一二三四五六七八九十,甲乙丙丁\n"));
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "一二三四…   甲乙丙丁\n"); /* the widest gives way */
  text_free(&out);
  screen_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_date_read),    cmocka_unit_test(test_date_keys), cmocka_unit_test(test_calendar),
    cmocka_unit_test(test_checks),       cmocka_unit_test(test_checks_drawn),
    cmocka_unit_test(test_paste),        cmocka_unit_test(test_preview),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
