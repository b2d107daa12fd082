/* The editors: cursor and deleting by graphemes, folding, limits, soft-wrapped lines. */
#include "base/utf8.h"
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

/* ---- undo */

static void say(struct edit *e, const char *text) {
  uint32_t cp;
  for (int n; (n = utf8_decode(text, &cp)) > 0; text += n)
    edit_insert(e, (struct key){ .kind = K_CHAR, .cp = cp });
}

static void test_undo(void **state) {
  struct edit e = { .lines = true, .limit = 100 };
  (void)state;
  edit_set(&e, "原文");
  assert_false(edit_undo(&e));
  say(&e, "一二三，四五六");
  assert_true(edit_undo(&e)); /* phrase by phrase */
  assert_string_equal(edit_get(&e), "原文一二三，");
  assert_int_equal(e.at, strlen("原文一二三，"));
  assert_true(edit_undo(&e));
  assert_string_equal(edit_get(&e), "原文");
  assert_false(edit_undo(&e));
  assert_true(edit_redo(&e));
  assert_true(edit_redo(&e));
  assert_false(edit_redo(&e));
  assert_string_equal(edit_get(&e), "原文一二三，四五六");
  edit_request(&e, REQ_ERASE);
  edit_request(&e, REQ_ERASE);
  assert_string_equal(edit_get(&e), "原文一二三，四");
  assert_true(edit_undo(&e)); /* erased together, back together */
  assert_string_equal(edit_get(&e), "原文一二三，四五六");
  say(&e, "x");
  assert_false(edit_redo(&e)); /* what was undone is gone once one types on */
  assert_int_equal(edit_paste(&e, "甲\r\n乙\r丙"), EDIT_DONE);
  assert_non_null(strstr(edit_get(&e), "x甲\n乙\n丙"));
  assert_true(edit_undo(&e));
  assert_null(strstr(edit_get(&e), "甲"));
  assert_int_equal(edit_paste(&e, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"), EDIT_FULL);
  assert_null(strstr(edit_get(&e), "十")); /* all of a paste or nothing */
  edit_request(&e, REQ_CLEAR);
  assert_string_equal(edit_get(&e), "");
  assert_true(edit_undo(&e));
  assert_string_equal(edit_get(&e), "原文一二三，四五六x");
  assert_int_equal(edit_replace(&e, "新"), EDIT_DONE);
  assert_string_equal(edit_get(&e), "新");
  edit_set(&e, "另一栏");
  assert_false(edit_undo(&e));
  edit_free(&e);
}

/* All chosen: typing replaces, a cursor key begins to change it. */
static void test_whole(void **state) {
  struct edit e = { .fold = true };
  (void)state;
  edit_set(&e, "2026-09-03");
  e.whole = true;
  type(&e, "7");
  assert_string_equal(edit_get(&e), "7");
  assert_true(edit_undo(&e));
  assert_string_equal(edit_get(&e), "2026-09-03");
  e.whole = true;
  edit_request(&e, REQ_LINE_END);
  assert_false(e.whole);
  type(&e, "1");
  assert_string_equal(edit_get(&e), "2026-09-031");
  e.whole = true;
  edit_request(&e, REQ_ERASE);
  assert_string_equal(edit_get(&e), "");
  edit_free(&e);
}

static void test_marks(void **state) {
  struct edit e = { .lines = true };
  (void)state;
  edit_set(&e, "aaa111bbb222");
  edit_add_mark(&e, 3, 6);
  edit_add_mark(&e, 9, 12);
  e.at = 0;
  type(&e, "xy"); /* before both */
  assert_int_equal(e.n_marks, 2);
  assert_int_equal(e.mark[0].begin, 5);
  assert_int_equal(e.mark[1].end, 14);
  e.at = 6;
  type(&e, "-"); /* inside the first */
  assert_int_equal(e.n_marks, 1);
  assert_int_equal(e.mark[0].begin, 12);
  edit_free(&e);
}

/* ---- rows after a change are those of a new layout */

static unsigned next_random(unsigned *seed) {
  *seed = *seed * 1103515245u + 12345u;
  return *seed >> 16;
}

static void assert_rows(struct edit *e) {
  struct edit fresh = { .lines = true };
  edit_set(&fresh, edit_get(e));
  edit_layout(&fresh, e->width);
  assert_true(e->laid);
  assert_int_equal(e->n_rows, fresh.n_rows);
  for (size_t i = 0; i < fresh.n_rows; i++) {
    assert_int_equal(e->row[i].begin, fresh.row[i].begin);
    assert_int_equal(e->row[i].end, fresh.row[i].end);
  }
  edit_free(&fresh);
}

static void test_rows_after_changes(void **state) {
  static const char *const pieces[] = { "，", "一二三四五", "word", " ", "\n", "averyveryverylongwordindeed",
                                        "（甲）。", "\n\n", "１", "    ", "e\xCC\x81", "莫𡐓村" };
  struct edit e = { .lines = true };
  unsigned seed = 7;
  (void)state;
  edit_set(&e, "");
  edit_layout(&e, 21);
  for (int i = 0; i < 4000; i++) {
    if (e.text.len > 3000) edit_request(&e, REQ_CLEAR);
    unsigned what = next_random(&seed) % 10;
    size_t to = e.text.len > 0 ? next_random(&seed) % e.text.len : 0;
    while (to > 0 && ((unsigned char)edit_get(&e)[to] & 0xC0) == 0x80) to--;
    if (what < 3) e.at = to;
    if (what < 7) edit_paste(&e, pieces[next_random(&seed) % (sizeof pieces / sizeof pieces[0])]);
    else if (what < 9) edit_request(&e, what == 7 ? REQ_ERASE : REQ_DELETE);
    else if (next_random(&seed) % 2 == 0) edit_undo(&e);
    else edit_redo(&e);
    assert_rows(&e);
  }
  edit_free(&e);
}

/* A paragraph far longer than a piece of it. */
static void test_long_paragraph(void **state) {
  struct text long_text = { 0 };
  struct edit e = { .lines = true };
  (void)state;
  for (int i = 0; i < 3000; i++) text_addf(&long_text, "第%d项，", i);
  edit_set(&e, text_str(&long_text));
  edit_layout(&e, 60);
  assert_true(e.n_rows > 300);
  for (size_t at = 0; at < 20000; at += 1500) {
    e.at = at;
    while (((unsigned char)edit_get(&e)[e.at] & 0xC0) == 0x80) e.at--;
    type(&e, "x");
    assert_rows(&e);
  }
  edit_request(&e, REQ_PAGE_UP);
  text_free(&long_text);
  edit_free(&e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_graphemes),   cmocka_unit_test(test_fold_and_limit),
    cmocka_unit_test(test_line_break),  cmocka_unit_test(test_rows),
    cmocka_unit_test(test_draw_cursor),  cmocka_unit_test(test_unseen),
    cmocka_unit_test(test_draw_beginning), cmocka_unit_test(test_undo),
    cmocka_unit_test(test_whole),       cmocka_unit_test(test_marks),
    cmocka_unit_test(test_rows_after_changes), cmocka_unit_test(test_long_paragraph),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
