/* What a cell of the heat table says: its sign, its shade, its words. */
#include "tui/heat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct tally tally(uint32_t published, uint32_t late, uint32_t none, uint32_t pending,
                          uint32_t overdue, uint32_t unchecked) {
  struct tally t = { .state = { [STATE_PUBLISHED] = published, [STATE_LATE] = late, [STATE_NONE] = none,
                                [STATE_PENDING] = pending, [STATE_OVERDUE] = overdue,
                                [STATE_UNCHECKED] = unchecked } };
  return t;
}

static void says(struct tally t, enum heat_measure m, const char *sign, enum attr shade) {
  enum attr attr = ATTR_PLAIN;
  assert_string_equal(heat_sign(&t, m, &attr), sign);
  assert_int_equal(attr, shade);
}

/* Tenths are cut, never rounded up: only what is whole says so. */
static void test_signs(void **state) {
  (void)state;
  says(tally(0, 0, 0, 0, 0, 0), HEAT_FILL, ".", ATTR_DIM);
  says(tally(0, 0, 0, 0, 0, 0), HEAT_DISCLOSURE, ".", ATTR_DIM);
  says(tally(0, 0, 0, 0, 7, 0), HEAT_FILL, "0", ATTR_HEAT_3);
  says(tally(39, 0, 0, 61, 0, 0), HEAT_FILL, "3", ATTR_HEAT_3);
  says(tally(40, 0, 0, 0, 0, 60), HEAT_FILL, "4", ATTR_HEAT_2);
  says(tally(69, 0, 0, 31, 0, 0), HEAT_FILL, "6", ATTR_HEAT_2);
  says(tally(70, 0, 0, 30, 0, 0), HEAT_FILL, "7", ATTR_HEAT_1);
  says(tally(999, 0, 0, 0, 1, 0), HEAT_FILL, "9", ATTR_HEAT_1);
  says(tally(1, 1, 1, 0, 0, 0), HEAT_FILL, "全", ATTR_GOOD);
  says(tally(4000000000U, 0, 0, 200000000, 0, 0), HEAT_FILL, "9", ATTR_HEAT_1);
}

/* What is not due counts in one measure and not in the other. */
static void test_measures(void **state) {
  (void)state;
  says(tally(0, 0, 0, 5, 0, 0), HEAT_FILL, "0", ATTR_HEAT_3);
  says(tally(0, 0, 0, 5, 0, 0), HEAT_DISCLOSURE, "-", ATTR_DIM);
  says(tally(0, 0, 5, 0, 0, 0), HEAT_FILL, "全", ATTR_GOOD);
  says(tally(0, 0, 5, 0, 0, 0), HEAT_DISCLOSURE, "-", ATTR_DIM);
  says(tally(1, 0, 0, 0, 1, 9), HEAT_DISCLOSURE, "5", ATTR_HEAT_2);
}

static void test_words(void **state) {
  struct text text = { 0 };
  struct tally t = tally(11, 1, 2, 3, 4, 5), nothing = tally(0, 0, 0, 0, 0, 0);
  struct tally waiting = tally(0, 0, 0, 2, 0, 0);
  (void)state;
  heat_words(&text, &t, HEAT_DISCLOSURE);
  assert_string_equal(text_str(&text), "公开率 75.0% 12/16　逾期 4　待确认 5　待公开 3　本期无 2");
  text_clear(&text);
  heat_words(&text, &t, HEAT_FILL);
  assert_string_equal(text_str(&text), "填报率 53.8% 14/26　逾期 4　待确认 5　待公开 3　本期无 2");
  text_clear(&text);
  heat_words(&text, &nothing, HEAT_FILL);
  assert_string_equal(text_str(&text), "这一周期没有要公开的");
  text_clear(&text);
  heat_words(&text, &waiting, HEAT_DISCLOSURE);
  assert_string_equal(text_str(&text), "公开率 还没有（没有已到期要公开的）　待公开 2");
  text_free(&text);
}

/* ---- rows: a county with its office, two townships, villages in one of them */

static struct unit units[] = {
  { 1, "140581000000", "县", LEVEL_COUNTY, -1, 0 },
  { 2, "140581000000-D01", "局", LEVEL_DEPARTMENT, 0, 0 },
  { 3, "140581001000", "甲乡", LEVEL_TOWNSHIP, 0, 2 },   { 4, "140581001001", "一村", LEVEL_VILLAGE, 2, 2 },
  { 5, "140581001002", "二村", LEVEL_VILLAGE, 2, 2 },    { 6, "140581002000", "乙乡", LEVEL_TOWNSHIP, 0, 5 },
};
static struct domain domains[2];
static struct catalogue catalogue = { .domains = domains, .n_domains = 2 };

static void test_rows(void **state) {
  struct ui ui = { .units = units, .n_units = 6, .catalogue = &catalogue };
  struct heat h;
  struct error e;
  (void)state;
  assert_int_equal(heat_init(&h, &ui, 0, &e), ST_OK);
  assert_int_equal(h.n, 5); /* own desk, office, two townships, sum */
  assert_true(h.row[0].own && h.row[0].last == 0);
  assert_true(h.row[2].unit == 2 && h.row[2].last == 4);
  assert_true(h.row[4].sum && h.row[4].unit == 0 && h.row[4].last == 5);
  assert_true(heat_opens(&h, 2));
  assert_false(heat_opens(&h, 0) || heat_opens(&h, 1) || heat_opens(&h, 3) || heat_opens(&h, 4));
  assert_int_equal(heat_find(&h, 0), 0);
  assert_int_equal(heat_find(&h, 4), 2);
  assert_int_equal(heat_find(&h, 5), 3);
  assert_null(heat_cell(&h, 0, 0)); /* nothing is counted yet: no number rather than a wrong one */
  heat_free(&h);
  assert_int_equal(heat_init(&h, &ui, 5, &e), ST_OK);
  assert_int_equal(h.n, 1); /* alone: no sum of one row */
  heat_free(&h);
  assert_int_equal(heat_init(&h, &ui, -1, &e), ST_OK);
  assert_int_equal(h.n, 1);
  heat_free(&h);
}

/* A change makes its own row stale and the sum, and no other. */
static void test_stale(void **state) {
  struct ui ui = { .units = units, .n_units = 6, .catalogue = &catalogue };
  struct heat h;
  struct error e;
  (void)state;
  assert_int_equal(heat_init(&h, &ui, 0, &e), ST_OK);
  for (int i = 0; i < h.n; i++) h.row[i].known = h.row[i].fresh = true;
  heat_stale(&h, UI_NO_UNIT);
  for (int i = 0; i < h.n; i++) assert_true(h.row[i].fresh);
  heat_stale(&h, 3);
  assert_true(h.row[0].fresh && h.row[1].fresh && h.row[3].fresh);
  assert_false(h.row[2].fresh || h.row[4].fresh);
  assert_true(h.row[2].known); /* its old numbers stay meanwhile */
  heat_forget(&h);
  for (int i = 0; i < h.n; i++) assert_false(h.row[i].known || h.row[i].fresh);
  heat_free(&h);
}

/* In a table left and right go from cell to cell; in other lists they close and open. */
static void test_keys(void **state) {
  static const struct { enum context where; enum key_kind key; enum request is; } keys[] = {
    { CTX_TABLE, K_LEFT, REQ_CELL_LEFT }, { CTX_TABLE, K_RIGHT, REQ_CELL_RIGHT }, { CTX_TABLE, K_ENTER, REQ_OPEN },
    { CTX_TABLE, K_BACKSPACE, REQ_OUT },  { CTX_TABLE, K_UP, REQ_UP },            { CTX_LIST, K_LEFT, REQ_OUT },
    { CTX_LIST, K_RIGHT, REQ_OPEN },
  };
  (void)state;
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    assert_int_equal(keymap_find(keys[i].where, (struct key){ .kind = keys[i].key }), keys[i].is);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_signs), cmocka_unit_test(test_measures), cmocka_unit_test(test_words),
    cmocka_unit_test(test_rows),  cmocka_unit_test(test_stale),    cmocka_unit_test(test_keys),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
