/* The list: selection, headings that one cannot stand on, paging, scrolling, rows of two lines. */
#include "tui/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct owner { int n, heading, tall; };

static int count(void *o) { return ((struct owner *)o)->n; }
static int height(void *o, int i) { return i == ((struct owner *)o)->tall ? 2 : 1; }
static bool selectable(void *o, int i) { return i != ((struct owner *)o)->heading; }
static bool marked(void *o, int i) { (void)o; return i % 10 == 7; }
static void draw(void *o, struct screen *s, struct rect at, int i, bool selected) {
  char line[32];
  (void)o;
  snprintf(line, sizeof line, "%s%d", selected ? ">" : "", i);
  screen_put(s, at.row, at.col, at.cols, ATTR_PLAIN, line);
}

static const struct list_ops ops = { count, height, selectable, marked, draw, selectable };

static void expect(struct list *l, struct owner *o, const char *want) {
  struct screen s = { 0 };
  struct text out = { 0 };
  assert_true(screen_resize(&s, 4, 10));
  list_draw(l, &ops, o, &s, (struct rect){ 0, 0, 4, 10 });
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), want);
  text_free(&out);
  screen_free(&s);
}

static void test_moving(void **state) {
  struct owner o = { .n = 20, .heading = 0, .tall = -1 };
  struct list l = { 0 };
  (void)state;
  list_select(&l, &ops, &o, 0);
  expect(&l, &o, "0\n>1\n2\n3\n");
  list_request(&l, &ops, &o, REQ_UP); /* the heading cannot be stood on */
  expect(&l, &o, "0\n>1\n2\n3\n");
  list_request(&l, &ops, &o, REQ_LAST);
  expect(&l, &o, "16\n17\n18\n>19\n");
  list_request(&l, &ops, &o, REQ_DOWN);
  expect(&l, &o, "16\n17\n18\n>19\n");
  list_request(&l, &ops, &o, REQ_FIRST);
  expect(&l, &o, "0\n>1\n2\n3\n");
  list_request(&l, &ops, &o, REQ_PAGE_DOWN);
  assert_int_equal(l.selected, 4);
  list_request(&l, &ops, &o, REQ_PAGE_UP);
  expect(&l, &o, "0\n>1\n2\n3\n");
  assert_false(list_request(&l, &ops, &o, REQ_OPEN));
}

static void test_seek(void **state) {
  struct owner o = { .n = 20, .heading = 7, .tall = -1 };
  struct list l = { 0 };
  (void)state;
  list_select(&l, &ops, &o, 3);
  list_request(&l, &ops, &o, REQ_SEEK);
  assert_int_equal(l.selected, 17); /* 7 is marked, but a heading */
  list_request(&l, &ops, &o, REQ_SEEK);
  assert_int_equal(l.selected, 17);
  list_request(&l, &ops, &o, REQ_SEEK_BACK);
  assert_int_equal(l.selected, 17);
}

static void test_tall_and_shrunk(void **state) {
  struct owner o = { .n = 6, .heading = -1, .tall = 5 };
  struct list l = { 0 };
  (void)state;
  list_select(&l, &ops, &o, 5);
  expect(&l, &o, "3\n4\n>5\n\n");
  o.n = 2; /* rows went away under the cursor */
  o.tall = -1;
  expect(&l, &o, "0\n>1\n\n\n");
  o.n = 0;
  expect(&l, &o, "\n\n\n\n");
}

static void press(struct list *l, struct owner *o, const enum request *r) {
  for (; *r != REQ_NONE_GIVEN; r++) assert_true(list_request(l, &ops, o, *r));
}
#define PRESS(...) press(&l, &o, (const enum request[]){ __VA_ARGS__, REQ_NONE_GIVEN })

/* Which rows are marked, as "1 2 5". */
static void expect_marks(const struct list *l, const char *want) {
  char have[200] = "";
  int n = 0;
  for (int i = list_next_mark(l, 0); i >= 0; i = list_next_mark(l, i + 1), n++)
    snprintf(have + strlen(have), sizeof have - strlen(have), "%s%d", n > 0 ? " " : "", i);
  assert_string_equal(have, want);
  assert_int_equal(list_marks(l), n);
}

static void test_marks(void **state) {
  struct owner o = { .n = 6, .heading = 2, .tall = -1 };
  struct list l = { 0 };
  (void)state;
  expect_marks(&l, "");
  assert_false(list_is_marked(&l, 0));
  PRESS(REQ_MARK, REQ_MARK); /* moves on, over the heading */
  expect_marks(&l, "0 1");
  assert_int_equal(l.selected, 3);
  expect(&l, &o, "0*\n1*\n2\n>3\n");
  PRESS(REQ_UP, REQ_MARK);
  expect_marks(&l, "0");
  list_unmark(&l);
  expect_marks(&l, "");
  list_unmark(&l);
}

static void test_ranges(void **state) {
  struct owner o = { .n = 8, .heading = 4, .tall = -1 };
  struct list l = { .selected = 3 };
  (void)state;
  PRESS(REQ_MARK_DOWN, REQ_MARK_DOWN); /* the heading is no row */
  expect_marks(&l, "3 5 6");
  PRESS(REQ_MARK_UP);
  expect_marks(&l, "3 5");
  PRESS(REQ_MARK_UP, REQ_MARK_UP); /* back over the row it began with */
  expect_marks(&l, "2 3");
  PRESS(REQ_LAST, REQ_MARK_UP); /* a second range beside the first */
  expect_marks(&l, "2 3 6 7");
  PRESS(REQ_MARK_DOWN, REQ_MARK_DOWN); /* at the end: nowhere to go */
  expect_marks(&l, "2 3 7");
  list_unmark(&l);
}

static void test_all(void **state) {
  struct owner o = { .n = 5, .heading = 0, .tall = -1 };
  struct list l = { .selected = 1 };
  struct list_ops none = ops;
  (void)state;
  PRESS(REQ_MARK, REQ_MARK_ALL);
  expect_marks(&l, "1 2 3 4");
  PRESS(REQ_MARK_ALL);
  expect_marks(&l, "");
  o.n = 1; /* only the heading */
  PRESS(REQ_MARK_ALL);
  expect_marks(&l, "");
  none.markable = NULL;
  assert_false(list_request(&l, &none, &o, REQ_MARK));
  assert_false(list_request(&l, &none, &o, REQ_MARK_ALL));
  expect_marks(&l, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_moving), cmocka_unit_test(test_seek), cmocka_unit_test(test_tall_and_shrunk),
    cmocka_unit_test(test_marks), cmocka_unit_test(test_ranges), cmocka_unit_test(test_all),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
