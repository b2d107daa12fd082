/* The cell buffer: what stands on it after drawing, and that no character is ever halved. */
#include "tui/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *dump(const struct screen *s, struct text *out) {
  text_clear(out);
  screen_dump(s, out);
  return out->s;
}

/* Every wide cell is followed by its right half, and no right half stands alone. */
static void whole(const struct screen *s) {
  for (int row = 0; row < s->rows; row++)
    for (int col = 0; col < s->cols; col++) {
      const struct cell *c = &s->cell[row * s->cols + col];
      if (c->width == 2) assert_true(col + 1 < s->cols && c[1].width == 0);
      if (c->width == 0) assert_true(col > 0 && c[-1].width == 2);
    }
}

static void test_put(void **state) {
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 2, 10));
  assert_int_equal(screen_put(&s, 0, 1, 9, ATTR_PLAIN, "莫𡐓村ab"), 9);
  assert_string_equal(dump(&s, &out), " 莫𡐓村ab\n\n");
  assert_int_equal(screen_put(&s, 1, 0, 3, ATTR_PLAIN, "村村"), 2); /* the second has no room */
  assert_string_equal(dump(&s, &out), " 莫𡐓村ab\n村\n");
  assert_int_equal(screen_put(&s, 5, 0, 3, ATTR_PLAIN, "x"), 0); /* outside: nothing */
  whole(&s);
  text_free(&out);
  screen_free(&s);
}

static void test_overwrite_half(void **state) {
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 1, 8));
  screen_put(&s, 0, 0, 8, ATTR_PLAIN, "甲乙丙");
  screen_put(&s, 0, 1, 1, ATTR_PLAIN, "x"); /* right half of the first */
  assert_string_equal(dump(&s, &out), " x乙丙\n");
  screen_put(&s, 0, 2, 1, ATTR_PLAIN, "y"); /* left half of the second */
  assert_string_equal(dump(&s, &out), " xy 丙\n");
  screen_put(&s, 0, 3, 2, ATTR_PLAIN, "丁"); /* its own left, the third's left half */
  assert_string_equal(dump(&s, &out), " xy丁\n");
  whole(&s);
  text_free(&out);
  screen_free(&s);
}

static void test_controls_and_marks(void **state) {
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 1, 20));
  screen_put(&s, 0, 0, 20, ATTR_PLAIN, "a\033[2Jb\xE2\x80\xAE" "c");
  assert_string_equal(dump(&s, &out), "a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD" "c\n");
  screen_clear(&s);
  assert_int_equal(screen_put(&s, 0, 0, 20, ATTR_PLAIN, "e\xCC\x81" "f"), 2);
  assert_string_equal(dump(&s, &out), "e\xCC\x81" "f\n");
  screen_clear(&s); /* a family of emoji: each stands by itself, nothing may join them */
  assert_int_equal(screen_put(&s, 0, 0, 20, ATTR_PLAIN, "👨\xE2\x80\x8D👩\xEF\xB8\x8F"), 4);
  assert_string_equal(dump(&s, &out), "👨👩\n");
  text_free(&out);
  screen_free(&s);
}

static void test_fit(void **state) {
  struct screen s = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 1, 12));
  screen_put(&s, 0, 0, 12, ATTR_PLAIN, "............");
  screen_fit(&s, 0, 1, 6, ATTR_PLAIN, "12", true);
  assert_string_equal(dump(&s, &out), ".    12.....\n");
  screen_fit(&s, 0, 1, 6, ATTR_PLAIN, "城西社区居", false);
  assert_string_equal(dump(&s, &out), ".城西… .....\n");
  whole(&s);
  text_free(&out);
  screen_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_put),
    cmocka_unit_test(test_overwrite_half),
    cmocka_unit_test(test_controls_and_marks),
    cmocka_unit_test(test_fit),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
