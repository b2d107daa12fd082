/* Keys: their names, the keymap's own sense, and key scripts. */
#include "tui/keymap.h"
#include "tui/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct key named(const char *name) {
  struct key k = { 0 };
  assert_true(key_parse(name, strlen(name), &k));
  return k;
}

static void test_names(void **state) {
  struct key k;
  struct text label = { 0 };
  (void)state;
  assert_int_equal(named("F10").kind, K_F);
  assert_int_equal(named("F10").cp, 10);
  assert_int_equal(named("C-z").kind, K_CTRL);
  assert_int_equal(named("村").cp, 0x6751);
  assert_false(key_parse("F13", 3, &k));
  assert_false(key_parse("Entr", 4, &k));
  assert_false(key_parse("", 0, &k));
  key_label(&label, named("C-z"));
  assert_string_equal(text_str(&label), "Ctrl-Z");
  text_free(&label);
}

/* What a Chinese input method gives for a key on the keyboard is that key. */
static void test_full_width(void **state) {
  static const char *const pairs[][2] = { { "？", "?" }, { "１", "1" }, { "ｙ", "y" }, { "《", "<" }, { "》", ">" },
                                          { "【", "[" }, { "】", "]" }, { "、", "/" }, { "。", "." }, { "，", "," } };
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
    assert_true(key_same(named(pairs[i][0]), named(pairs[i][1])));
  assert_false(key_same(named("村"), named("/")));
  assert_int_equal(keymap_find(CTX_LIST, named("《")), REQ_PERIOD_BACK);
  assert_int_equal(keymap_find(CTX_LIST, named("？")), REQ_HELP);
}

static void test_mouse_words(void **state) {
  struct script s = { 0 };
  struct error e;
  (void)state;
  assert_int_equal(script_parse(&s, "t", "click 5,10 double 1,1 wheel-down 24,80", &e), ST_OK);
  assert_int_equal(s.n, 4); /* the first click of two is one */
  assert_int_equal(s.step[0].key.kind, K_MOUSE);
  assert_int_equal(s.step[0].key.row, 4);
  assert_int_equal(s.step[0].key.col, 9);
  assert_int_equal(s.step[1].key.cp, MOUSE_CLICK);
  assert_int_equal(s.step[2].key.cp, MOUSE_DOUBLE);
  assert_int_equal(s.step[3].key.cp, MOUSE_WHEEL_DOWN);
  script_free(&s);
  assert_int_equal(script_parse(&s, "t", "click 0,3", &e), ST_DATA);
  script_free(&s);
  assert_int_equal(script_parse(&s, "t", "click 5", &e), ST_DATA);
  script_free(&s);
}

/* Each key of the list is a key, works where the list says, and means one thing there. */
static void test_keymap_is_consistent(void **state) {
  static const enum context all[] = { CTX_LIST, CTX_PAGE, CTX_FORM, CTX_PROMPT, CTX_CONFIRM };
  size_t n;
  const struct binding *b = keymap_all(&n);
  (void)state;
  assert_int_equal(n, REQ_COUNT - 1);
  for (size_t i = 0; i < n; i++) {
    const char *p = b[i].keys;
    assert_int_equal(b[i].request, (int)i + 1);
    assert_true(*b[i].help != '\0');
    while (*p != '\0') {
      struct key k;
      size_t len = strcspn(p, " ");
      assert_true(key_parse(p, len, &k));
      for (size_t c = 0; c < sizeof all / sizeof all[0]; c++) {
        bool typing = (all[c] & CTX_TYPING) != 0 && k.kind == K_CHAR;
        if ((b[i].contexts & (unsigned)all[c]) == 0) continue;
        if (keymap_find(all[c], k) != (typing ? REQ_NONE_GIVEN : b[i].request))
          fail_msg("%.*s is taken twice in context %d", (int)len, p, (int)all[c]);
      }
      p += len;
      p += strspn(p, " ");
    }
  }
}

/* What an input method in its Chinese state, or in its full-width state, gives for a sign. */
static struct key typed_in_chinese(uint32_t sign, bool full) {
  struct key k = { .kind = K_CHAR, .cp = sign - '!' + 0xFF01 };
  if (sign == ' ') k.cp = full ? 0x3000 : ' ';
  if (sign == '<' && !full) k.cp = 0x300A;
  if (sign == '>' && !full) k.cp = 0x300B;
  return k;
}

/* A command must be reachable without a letter or a digit, which an input method would swallow; a blank or a
 * sign comes through, as it is or as its Chinese form, and then that form must do too. */
static void test_no_command_needs_a_letter(void **state) {
  size_t n;
  const struct binding *b = keymap_all(&n);
  (void)state;
  for (size_t i = 0; i < n; i++) {
    struct key first;
    if (b[i].request == REQ_YES) continue; /* Enter does the same */
    assert_true(key_parse(b[i].keys, strcspn(b[i].keys, " "), &first));
    if (first.kind != K_CHAR) continue;
    if (first.cp != ' ' && first.cp != '<' && first.cp != '>')
      fail_msg("the first of \"%s\" is swallowed by an input method", b[i].keys);
    assert_int_equal(keymap_find(CTX_LIST, typed_in_chinese(first.cp, false)), b[i].request);
    assert_int_equal(keymap_find(CTX_LIST, typed_in_chinese(first.cp, true)), b[i].request);
  }
}

static void test_full_width_and_paste(void **state) {
  struct key full = { .kind = K_CHAR, .cp = 0xFF1F }, pasted = { .kind = K_ENTER, .pasted = true };
  (void)state;
  assert_int_equal(keymap_find(CTX_LIST, full), REQ_HELP); /* ？ */
  assert_int_equal(keymap_find(CTX_FORM, full), REQ_NONE_GIVEN);
  assert_int_equal(keymap_find(CTX_FORM, pasted), REQ_NONE_GIVEN);
}

static void test_script(void **state) {
  struct script s = { 0 };
  struct error e = { 0 };
  (void)state;
  assert_int_equal(
      script_parse(&s, "x", "Down*3 # three\n\"村\\\"\" paste \"a\\nb\" dump size 60x16 signal 15", &e),
      ST_OK);
  assert_int_equal(s.n, 3 + 2 + 4 + 3);
  assert_int_equal(s.step[2].key.kind, K_DOWN);
  assert_int_equal(s.step[3].key.cp, 0x6751);
  assert_int_equal(s.step[4].key.cp, '"');
  assert_int_equal(s.step[6].key.kind, K_ENTER);
  assert_true(s.step[6].key.pasted);
  assert_int_equal(s.step[8].key.kind, K_PASTED);
  assert_int_equal(s.step[9].kind, STEP_DUMP);
  assert_int_equal(s.step[10].cols, 60);
  assert_int_equal(s.step[10].rows, 16);
  assert_int_equal(s.step[11].key.kind, K_SIGNAL);
  assert_int_equal(s.step[11].key.cp, 15);
  script_free(&s);
}

static void test_bad_scripts(void **state) {
  static const char *const bad[] = { "Down\nEntr", "\"open", "size 80", "Down*0", "Down*x", "signal 99" };
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct script s = { 0 };
    struct error e = { 0 };
    assert_int_equal(script_parse(&s, "x.keys", bad[i], &e), ST_DATA);
    assert_string_equal(e.file, "x.keys");
    assert_int_equal(e.line, i == 0 ? 2 : 1);
    script_free(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_names),
    cmocka_unit_test(test_full_width),
    cmocka_unit_test(test_mouse_words),
    cmocka_unit_test(test_keymap_is_consistent),
    cmocka_unit_test(test_no_command_needs_a_letter),
    cmocka_unit_test(test_full_width_and_paste),
    cmocka_unit_test(test_script),
    cmocka_unit_test(test_bad_scripts),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
