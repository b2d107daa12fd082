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

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_moving), cmocka_unit_test(test_seek), cmocka_unit_test(test_tall_and_shrunk),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
