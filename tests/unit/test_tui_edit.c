/* The editors: cursor and deleting by graphemes, folding, limits, soft-wrapped lines. */
#include "tui/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void type(struct edit *e, const char *ascii) {
  for (; *ascii != '\0'; ascii++)
    edit_insert(e, (struct key){ .kind = K_CHAR, .cp = (uint32_t)(unsigned char)*ascii });
}

static void test_graphemes(void **state) {
  struct edit e = { 0 };
  (void)state;
  edit_set(&e, "莫𡐓e\xCC\x81村");
  edit_request(&e, REQ_LEFT);
  edit_request(&e, REQ_ERASE); /* e with its accent */
  assert_string_equal(edit_get(&e), "莫𡐓村");
  edit_request(&e, REQ_ERASE);
  assert_string_equal(edit_get(&e), "莫村");
  edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = 0x21413 });
  assert_string_equal(edit_get(&e), "莫𡐓村");
  edit_request(&e, REQ_LINE_START);
  edit_request(&e, REQ_DELETE);
  assert_string_equal(edit_get(&e), "𡐓村");
  edit_request(&e, REQ_ERASE); /* at the start: nothing */
  assert_string_equal(edit_get(&e), "𡐓村");
  edit_request(&e, REQ_CLEAR);
  assert_string_equal(edit_get(&e), "");
  edit_free(&e);
}

static void test_fold_and_limit(void **state) {
  struct edit e = { .fold = true, .limit = 5 };
  (void)state;
  edit_set(&e, "");
  assert_int_equal(edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = 0xFF12 }), EDIT_DONE); /* ２ */
  assert_int_equal(edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = 0xFF0E }), EDIT_DONE); /* ． */
  assert_string_equal(edit_get(&e), "2.");
  type(&e, "345");
  assert_int_equal(edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = '6' }), EDIT_FULL);
  assert_string_equal(edit_get(&e), "2.345");
  edit_free(&e);
}

static void test_line_break(void **state) {
  struct edit line = { 0 }, area = { .lines = true };
  struct key enter = { .kind = K_ENTER, .pasted = true };
  (void)state;
  edit_set(&line, "a");
  edit_insert(&line, enter);
  assert_string_equal(edit_get(&line), "a ");
  edit_set(&area, "a");
  edit_insert(&area, enter);
  assert_string_equal(edit_get(&area), "a\n");
  assert_int_equal(edit_insert(&area, (struct key){ .kind = K_CHAR, .cp = 27 }), EDIT_IGNORED);
  edit_free(&line);
  edit_free(&area);
}

/* What comes with text pasted from elsewhere and cannot be seen stays out. */
static void test_unseen(void **state) {
  static const uint32_t dropped[] = { 0x1B, 0x07, 0x7F, 0x85, 0x202E, 0x2028, 0x200B, 0xFEFF };
  struct edit e = { .lines = true };
  (void)state;
  edit_set(&e, "村");
  for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
    assert_int_equal(edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = dropped[i], .pasted = true }),
                     EDIT_IGNORED);
  assert_string_equal(edit_get(&e), "村");
  edit_free(&e);
}

/* A field one does not type in shows how its text begins. */
static void test_draw_beginning(void **state) {
  struct screen s = { 0 };
  struct edit area = { .lines = true }, line = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 3, 10));
  edit_set(&area, "甲\n乙\n丙\n丁");
  edit_draw(&area, &s, (struct rect){ 0, 0, 2, 10 }, false);
  assert_int_equal(area.n_rows, 4);
  edit_set(&line, "一二三四五六七");
  edit_draw(&line, &s, (struct rect){ 2, 0, 1, 10 }, false);
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "甲\n乙\n一二三四…\n");
  edit_draw(&area, &s, (struct rect){ 0, 0, 2, 10 }, true);
  text_clear(&out);
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "丙\n丁\n一二三四…\n");
  text_free(&out);
  edit_free(&area);
  edit_free(&line);
  screen_free(&s);
}

static void test_rows(void **state) {
  struct edit e = { .lines = true };
  (void)state;
  edit_set(&e, "一二三四五六七八。\n\n乙");
  /* nine columns, one kept for the cursor: four characters a row, and 。 never begins one */
  assert_int_equal(edit_layout(&e, 9), 5);
  assert_int_equal(edit_request(&e, REQ_DOWN), EDIT_IGNORED); /* at the last row */
  assert_int_equal(edit_request(&e, REQ_UP), EDIT_DONE);
  assert_int_equal(edit_request(&e, REQ_UP), EDIT_DONE);
  edit_insert(&e, (struct key){ .kind = K_CHAR, .cp = 'x' });
  assert_non_null(strstr(edit_get(&e), "x"));
  assert_null(strstr(edit_get(&e), "乙x"));
  edit_request(&e, REQ_UP);
  edit_request(&e, REQ_UP);
  assert_int_equal(edit_request(&e, REQ_UP), EDIT_IGNORED);
  edit_free(&e);
}

static void test_draw_cursor(void **state) {
  struct screen s = { 0 };
  struct edit e = { 0 };
  struct text out = { 0 };
  (void)state;
  assert_true(screen_resize(&s, 1, 12));
  edit_set(&e, "甲乙丙丁戊己庚");
  edit_draw(&e, &s, (struct rect){ 0, 2, 1, 8 }, true);
  assert_int_equal(s.cursor_row, 0);
  assert_in_range(s.cursor_col, 2, 9); /* seen, and inside the field */
  screen_dump(&s, &out);
  assert_non_null(strstr(text_str(&out), "庚"));
  assert_null(strstr(text_str(&out), "甲"));
  edit_request(&e, REQ_LINE_START);
  edit_draw(&e, &s, (struct rect){ 0, 2, 1, 8 }, true);
  assert_int_equal(s.cursor_col, 2);
  text_clear(&out);
  screen_dump(&s, &out);
  assert_string_equal(text_str(&out), "  甲乙丙丁\n");
  edit_request(&e, REQ_RIGHT);
  edit_draw(&e, &s, (struct rect){ 0, 2, 1, 8 }, true);
  assert_int_equal(s.cursor_col, 4);
  text_free(&out);
  edit_free(&e);
  screen_free(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_graphemes),   cmocka_unit_test(test_fold_and_limit),
    cmocka_unit_test(test_line_break),  cmocka_unit_test(test_rows),
    cmocka_unit_test(test_draw_cursor),  cmocka_unit_test(test_unseen),
    cmocka_unit_test(test_draw_beginning),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
