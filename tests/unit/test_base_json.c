/* JSON out: commas, escapes, rounding. */
#include "base/json.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void nesting(void **state) {
  (void)state;
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_open(&j, NULL, '{');
  json_str(&j, "schema", "x/1");
  json_open(&j, "a", '[');
  json_nl(&j);
  json_int(&j, NULL, -5);
  json_nl(&j);
  json_open(&j, NULL, '{');
  json_close(&j, '}');
  json_open(&j, NULL, '[');
  json_close(&j, ']');
  json_nl(&j);
  json_close(&j, ']');
  json_bool(&j, "b", true);
  json_null(&j, "n");
  json_str(&j, "s", NULL);
  json_close(&j, '}');
  json_nl(&j);
  assert_string_equal(text_str(&t),
                      "{\"schema\":\"x/1\",\"a\":[\n-5,\n{},[]\n],\"b\":true,\"n\":null,\"s\":null}\n");
  text_free(&t);
}

static void escapes(void **state) {
  (void)state;
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_str(&j, NULL, "\"\\/\n\t\x01\x7F村𡐓\xFF");
  assert_string_equal(text_str(&t), "\"\\\"\\\\/\\n\\t\\u0001\\u007f村𡐓\xEF\xBF\xBD\"");
  text_free(&t);
}

static void ratios(void **state) {
  (void)state;
  static const struct {
    long num, den;
    const char *want;
  } cases[] = {{7, 8, "0.8750"},   {1, 3, "0.3333"}, {2, 3, "0.6667"},     {0, 5, "0.0000"},
               {5, 5, "1.0000"},   {0, 0, "null"},   {1, 20000, "0.0001"}, {99999, 100000, "1.0000"},
               {3, 40000, "0.0001"}, {12, 8, "1.5000"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct text t = {0};
    struct json j;
    json_init(&j, &t);
    json_ratio(&j, NULL, cases[i].num, cases[i].den);
    assert_string_equal(text_str(&t), cases[i].want);
    text_free(&t);
  }
}

static void values_at_the_top_have_no_comma(void **state) {
  (void)state;
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_int(&j, NULL, 1);
  json_nl(&j);
  json_open(&j, NULL, '{');
  json_close(&j, '}');
  assert_string_equal(text_str(&t), "1\n{}");
  text_free(&t);
}

/* The text may be written away between calls. */
static void flushed_between(void **state) {
  (void)state;
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_open(&j, NULL, '[');
  json_int(&j, NULL, 1);
  text_clear(&t);
  json_int(&j, NULL, 2);
  assert_string_equal(text_str(&t), ",2");
  text_free(&t);
}

static void too_deep_fails(void **state) {
  (void)state;
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  for (int i = 0; i < 40; i++) json_open(&j, NULL, '[');
  assert_false(text_ok(&t));
  text_free(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nesting),         cmocka_unit_test(escapes),        cmocka_unit_test(ratios),
      cmocka_unit_test(flushed_between),
      cmocka_unit_test(values_at_the_top_have_no_comma), cmocka_unit_test(too_deep_fails),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
