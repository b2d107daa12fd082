/* Growable text, errors and findings. */
#include "base/array.h"
#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void grows_and_ends_in_nul(void **state) {
  (void)state;
  struct text t = {0};
  assert_string_equal(text_str(&t), "");
  for (int i = 0; i < 1000; i++) text_addf(&t, "%d,", i);
  assert_true(text_ok(&t));
  assert_int_equal(t.len, 10 * 2 + 90 * 3 + 900 * 4);
  assert_int_equal(strlen(t.s), t.len);
  text_clear(&t);
  assert_string_equal(t.s, "");
  text_free(&t);
  assert_null(t.s);
}

static void array_grows_and_keeps_its_elements(void **state) {
  (void)state;
  int *list = NULL;
  size_t n = 0, cap = 0;
  for (; n < 1000; n++) {
    assert_true(ARRAY_ROOM(list, n, cap));
    assert_true(n < cap);
    list[n] = (int)n;
  }
  for (size_t i = 0; i < n; i++) assert_int_equal(list[i], (int)i);
  int *before = list;
  size_t huge = SIZE_MAX / 2;
  assert_false(array_grow(&list, &huge, sizeof *list)); /* more than there can be */
  assert_ptr_equal(list, before);
  assert_true(huge == SIZE_MAX / 2);
  free(list);
}

static void long_format_is_whole(void **state) {
  (void)state;
  struct text t = {0};
  char wide[1001];
  memset(wide, 'x', 1000);
  wide[1000] = '\0';
  text_add(&t, "a");
  text_addf(&t, "%s!", wide);
  assert_int_equal(t.len, 1002);
  assert_int_equal(t.s[1001], '!');
  /* Exactly the room of the small buffer inside. */
  text_clear(&t);
  text_addf(&t, "%.*s", 256, wide);
  assert_int_equal(t.len, 256);
  text_free(&t);
}

static void small_pieces(void **state) {
  (void)state;
  struct text t = {0};
  text_add(&t, NULL);
  text_addcp(&t, 0x21413);
  text_addcp(&t, 0xD800); /* no character: a surrogate */
  text_pad(&t, ' ', 2);
  text_pad(&t, ' ', -5);
  text_addn(&t, "a\0b", 3);
  assert_int_equal(t.len, 4 + 3 + 2 + 3);
  assert_memory_equal(t.s, "𡐓\xEF\xBF\xBD  a\0b", 13);
  char *s = text_take(&t);
  assert_non_null(s);
  assert_null(t.s);
  free(s);
  s = text_take(&t); /* nothing was ever added */
  assert_string_equal(s, "");
  free(s);
}

static void no_memory_is_remembered(void **state) {
  (void)state;
  struct text t = {0};
  text_add(&t, "kept");
  assert_false(text_reserve(&t, SIZE_MAX - 10));
  text_add(&t, "lost");
  assert_false(text_ok(&t));
  assert_string_equal(text_str(&t), "kept");
  assert_null(text_take(&t));
}

static void same_strings(void **state) {
  (void)state;
  assert_true(str_same(NULL, ""));
  assert_false(str_same(NULL, "a"));
  assert_null(str_dup(NULL));
}

static void error_text_is_cut_on_a_character(void **state) {
  (void)state;
  struct error e;
  struct text t = {0};
  for (int shift = 0; shift < 4; shift++) {
    text_clear(&t);
    text_pad(&t, 'x', shift);
    for (int i = 0; i < 300; i++) text_add(&t, i % 2 ? "村" : "𡐓");
    assert_int_equal(error_set(&e, ST_DATA, "t.long", "%s", t.s), ST_DATA);
    assert_true(utf8_valid(e.text, strlen(e.text), NULL));
    assert_true(strlen(e.text) >= sizeof e.text - 4);
    error_at(&e, t.s, 7, t.s);
    assert_true(utf8_valid(e.file, strlen(e.file), NULL));
    assert_true(utf8_valid(e.path, strlen(e.path), NULL));
  }
  text_free(&t);
}

static void error_wraps_itself(void **state) {
  (void)state;
  struct error e;
  error_set(&e, ST_IO, "a.b", "%s", "里面");
  error_at(&e, "f.csv", 3, "unit");
  error_set(&e, ST_DATA, e.id, "外面（%s）", e.text);
  assert_string_equal(e.text, "外面（里面）");
  assert_string_equal(e.id, "a.b");
  assert_int_equal(e.line, 0);
  assert_string_equal(e.file, "");
  assert_int_equal(error_set(NULL, ST_BUSY, "x", "y"), ST_BUSY);
}

static void errno_chooses_the_status(void **state) {
  (void)state;
  struct error e;
  errno = EACCES;
  assert_int_equal(error_sys(&e, ST_IO, "甲.csv", "打开"), ST_NOPERM);
  assert_string_equal(e.text, "无法打开 甲.csv：没有权限");
  errno = ENOENT;
  assert_int_equal(error_sys(&e, ST_NOINPUT, "甲.csv", "打开"), ST_NOINPUT);
  errno = ENOENT; /* the folder of an output is missing: that is no missing input */
  assert_int_equal(error_sys(&e, ST_CANTCREATE, "无/甲.pdf", "创建"), ST_CANTCREATE);
  errno = ENOSPC;
  assert_int_equal(error_sys(&e, ST_CANTCREATE, "甲.pdf", "写入"), ST_IO);
  assert_string_equal(e.id, "file.disk-full");
  assert_string_equal(e.file, "甲.pdf");
}

static void findings_count_what_they_drop(void **state) {
  (void)state;
  struct findings f = {0};
  findings_add(&f, SEV_WARNING, "a", "x.cfg", 3, "items[1]", "%d", 1);
  findings_advise(&f, "改正它");
  assert_string_equal(f.list[0].advice, "改正它");
  assert_string_equal(f.list[0].e.path, "items[1]");
  for (int i = 0; i < FINDINGS_MAX + 5; i++) findings_add(&f, SEV_ERROR, "b", NULL, 0, NULL, "x");
  assert_int_equal(f.n, FINDINGS_MAX);
  assert_int_equal(f.dropped, 6);
  assert_int_equal(f.count[SEV_ERROR], FINDINGS_MAX + 5);
  assert_int_equal(f.count[SEV_WARNING], 1);
  findings_add(NULL, SEV_ERROR, "b", NULL, 0, NULL, "x");
  findings_free(&f);
  assert_int_equal(f.n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grows_and_ends_in_nul),
      cmocka_unit_test(array_grows_and_keeps_its_elements),
      cmocka_unit_test(long_format_is_whole),
      cmocka_unit_test(small_pieces),
      cmocka_unit_test(no_memory_is_remembered),
      cmocka_unit_test(same_strings),
      cmocka_unit_test(error_text_is_cut_on_a_character),
      cmocka_unit_test(error_wraps_itself),
      cmocka_unit_test(errno_chooses_the_status),
      cmocka_unit_test(findings_count_what_they_drop),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
