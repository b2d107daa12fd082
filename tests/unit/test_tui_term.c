/* What goes to a terminal and what comes from it: cells to bytes, looked at on the terminal in memory of
 * tests/pty; bytes to keys. */
#include "base/utf8.h"
#include "tests/pty/vt.h"
#include "tui/term_cells.h"
#include "tui/term_input.h"
#include "tui/term_page.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* ---- cells */

static uint32_t seed = 1;

static int draw_lot(int n) {
  seed = seed * 1664525u + 1013904223u;
  return (int)((seed >> 8) % (uint32_t)n);
}

struct stage { struct screen s; struct cells cells; struct vt vt; struct text out; };

static void raise_curtain(struct stage *g, int rows, int cols, enum palette palette) {
  memset(g, 0, sizeof *g);
  g->cells.stale = true;
  g->cells.palette = palette;
  g->vt.ambiguous = 1;
  g->vt.no_wrap = true;
  assert_true(screen_resize(&g->s, rows, cols) && vt_resize(&g->vt, rows, cols));
}

static size_t show(struct stage *g) {
  text_clear(&g->out);
  assert_true(cells_update(&g->cells, &g->s, &g->out));
  vt_take(&g->vt, (const unsigned char *)text_str(&g->out), g->out.len);
  if (g->vt.unknown > 0) fail_msg("not understood: %s", g->vt.first_unknown);
  return g->out.len;
}

static void drop_curtain(struct stage *g) {
  screen_free(&g->s);
  cells_free(&g->cells);
  vt_free(&g->vt);
  text_free(&g->out);
}

static uint32_t number_of(enum palette palette, enum attr attr) {
  struct text sgr = { 0 };
  struct vt vt = { .ambiguous = 1 };
  assert_true(vt_resize(&vt, 1, 2));
  look_add(&sgr, palette, attr);
  vt_take(&vt, (const unsigned char *)text_str(&sgr), sgr.len);
  uint32_t look = vt.look;
  text_free(&sgr);
  vt_free(&vt);
  return look;
}

static void draw_something(struct screen *s) {
  static const char *const words[] = { "abc", "城西社区", " ", "莫𡐓村", "“引号”", "①■√", "e\xCC\x81t\xCC\xA7", "-----",
                                       "      ", "é§¤", "，。（）", "👨👩", "0123456789", "…" };
  int n = draw_lot(12);
  if (draw_lot(40) == 0) screen_clear(s);
  for (int i = 0; i < n; i++) {
    enum attr attr = draw_lot(2) != 0 ? ATTR_PLAIN : (enum attr)draw_lot(ATTR_COUNT);
    int row = draw_lot(s->rows), col = draw_lot(s->cols);
    if (draw_lot(4) == 0) screen_fill(s, row, col, draw_lot(s->cols - col) + 1, attr);
    else screen_put(s, row, col, s->cols - col, attr, words[draw_lot(sizeof words / sizeof words[0])]);
  }
  screen_cursor(s, draw_lot(4) == 0 ? -1 : draw_lot(s->rows), draw_lot(s->cols));
}

/* The terminal shows each cell of the screen, and in its look. */
static void same_as_screen(const struct stage *g, const uint32_t *looks) {
  for (int i = 0; i < g->s.rows * g->s.cols; i++) {
    const struct cell *want = &g->s.cell[i];
    const struct vt_cell *have = &g->vt.cell[i];
    bool empty = want->cp == ' ' && look_is_ink(g->cells.palette, want->attr);
    if (want->width != have->width || want->cp != have->cp || want->mark[0] != have->mark[0])
      fail_msg("row %d column %d: U+%04X, not U+%04X", i / g->s.cols, i % g->s.cols, have->cp, want->cp);
    if (!empty && looks[want->attr] != have->look)
      fail_msg("row %d column %d: another look than %d", i / g->s.cols, i % g->s.cols, want->attr);
  }
  assert_int_equal(g->vt.hidden, g->s.cursor_row < 0);
  if (g->s.cursor_row < 0) return;
  assert_int_equal(g->vt.row, g->s.cursor_row);
  assert_int_equal(g->vt.col, g->s.cursor_col);
}

static void play_screens(int rows, int cols, enum palette palette, bool poor) {
  uint32_t looks[ATTR_COUNT];
  struct stage g;
  raise_curtain(&g, rows, cols, palette);
  g.cells.no_column = poor;
  for (int i = 0; i < ATTR_COUNT; i++) looks[i] = number_of(palette, (enum attr)i);
  for (int i = 0; i < 400; i++) {
    draw_something(&g.s);
    if (draw_lot(50) == 0) g.cells.stale = true;
    show(&g);
    same_as_screen(&g, looks);
    assert_int_equal(show(&g), 0); /* nothing has changed: nothing is written */
  }
  drop_curtain(&g);
}

static void test_random_screens(void **state) {
  (void)state;
  utf8_set_ambiguous(1);
  play_screens(24, 80, PALETTE_256, false);
  play_screens(16, 60, PALETTE_8, true);
  play_screens(3, 9, PALETTE_NONE, false);
  play_screens(1, 2, PALETTE_256, false);
}

static bool is_ambiguous(uint32_t cp) {
  utf8_set_ambiguous(1);
  int narrow = utf8_cp_width(cp);
  utf8_set_ambiguous(2);
  return utf8_cp_width(cp) != narrow;
}

/* The terminal draws ambiguous characters in another width than is thought: all others stand where they
 * should. */
static void differ(int thought, int drawn) {
  struct stage g;
  raise_curtain(&g, 8, 40, PALETTE_256);
  g.vt.ambiguous = drawn;
  for (int i = 0; i < 400; i++) {
    utf8_set_ambiguous(thought);
    draw_something(&g.s);
    show(&g);
    for (int k = 0; k < 8 * 40; k++) {
      const struct cell *want = &g.s.cell[k];
      if (want->width == 0 || is_ambiguous(want->cp)) continue;
      if (g.vt.cell[k].cp != want->cp)
        fail_msg("step %d, row %d column %d: U+%04X, not U+%04X", i, k / 40, k % 40, g.vt.cell[k].cp, want->cp);
    }
  }
  utf8_set_ambiguous(1);
  drop_curtain(&g);
}

static void test_other_widths(void **state) {
  (void)state;
  differ(1, 2);
  differ(2, 1);
}

static void test_only_what_changed(void **state) {
  struct stage g;
  (void)state;
  raise_curtain(&g, 24, 80, PALETTE_256);
  for (int row = 0; row < 24; row++) screen_put(&g.s, row, 0, 80, ATTR_PLAIN, "北城街道城西社区居委会");
  assert_true(show(&g) < 24 * (11 * 3 + 8) + 40);
  screen_put(&g.s, 5, 4, 2, ATTR_PLAIN, "东");
  show(&g);
  assert_string_equal(text_str(&g.out), "\033[6;5H东");
  screen_put(&g.s, 5, 7 + 1, 2, ATTR_PLAIN, "村");
  screen_put(&g.s, 5, 12, 2, ATTR_WARN, "村");
  show(&g);
  assert_string_equal(text_str(&g.out), "\033[2C村\033[2C\033[0;1;38;5;167m村");
  screen_fill(&g.s, 7, 6, 74, ATTR_PLAIN);
  show(&g);
  assert_string_equal(text_str(&g.out), "\033[8;7H\033[0m\033[K");
  drop_curtain(&g);
}

/* Where the last cell would scroll the screen it is left out; what has no certain width is not put last. */
static void test_no_corner(void **state) {
  struct stage g;
  (void)state;
  raise_curtain(&g, 2, 4, PALETTE_NONE);
  g.cells.no_corner = true;
  g.vt.no_wrap = false;
  screen_put(&g.s, 0, 0, 4, ATTR_PLAIN, "abc①");
  screen_put(&g.s, 1, 0, 4, ATTR_PLAIN, "wxyz");
  show(&g);
  struct text out = { 0 };
  vt_dump(&g.vt, &out);
  assert_string_equal(text_str(&out), "==== 4x2 ====\nabc?\nwxy\n");
  text_free(&out);
  drop_curtain(&g);
}

/* Looks that mean different things differ without colours too, at least by the word drawn with them; those
 * for where one stands, errors and fields by themselves. */
static void test_looks(void **state) {
  static const enum attr telling[] = { ATTR_SELECTED, ATTR_ERROR, ATTR_FIELD, ATTR_HEAD, ATTR_STRONG, ATTR_PERSONAL,
                                       ATTR_MARKED, ATTR_WARN };
  (void)state;
  for (int p = 0; p < PALETTE_COUNT; p++)
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
      assert_int_not_equal(number_of((enum palette)p, telling[i]), 0);
  for (int a = 0; a < ATTR_COUNT; a++) {
    struct text sgr = { 0 };
    look_add(&sgr, PALETTE_NONE, (enum attr)a);
    assert_null(strstr(text_str(&sgr), ";3")); /* no colour */
    text_free(&sgr);
  }
}

/* ---- keys */

/* All keys that those bytes give, as words. */
static char *keys_of(const char *bytes, size_t n, bool late) {
  static char words[512];
  struct term_input in = { 0 };
  size_t room, len = 0;
  words[0] = '\0';
  unsigned char *to = input_room(&in, &room);
  assert_true(n <= room);
  memcpy(to, bytes, n);
  input_added(&in, n);
  for (bool again = true; again; ) {
    struct key k = input_key(&in, false);
    if (k.kind == K_IDLE && late && input_waits(&in)) k = input_key(&in, true);
    again = k.kind != K_IDLE;
    struct text label = { 0 };
    if (k.kind == K_MOUSE) text_addf(&label, "mouse%u@%d,%d", (unsigned)k.cp, k.row, k.col);
    else if (k.kind == K_PASTED) text_add(&label, "pasted");
    else if (k.kind != K_NONE && k.kind != K_IDLE) key_label(&label, k);
    if (label.len > 0)
      len += (size_t)snprintf(words + len, sizeof words - len, "%s%s%s", len ? " " : "", k.pasted ? "+" : "",
                              text_str(&label));
    text_free(&label);
  }
  return words;
}

static const struct { const char *bytes, *keys; } sent[] = {
  { "a", "a" }, { "村", "村" }, { "𡐓", "𡐓" }, { "\r", "回车" }, { "\t", "Tab" }, { "\177", "退格" }, { "\b", "退格" },
  { "\032", "Ctrl-Z" }, { "\033[A", "上" }, { "\033OA", "上" }, { "\033[1;5A", "上" }, { "\033[1;2A", "Shift-上" },
  { "\033[1;2B", "Shift-下" }, { "\033[a", "Shift-上" }, { "\033[Z", "Shift-Tab" },
  { "\033[H", "Home" }, { "\033OH", "Home" }, { "\033[1~", "Home" }, { "\033[7~", "Home" }, { "\033[1;5H", "Home" },
  { "\033[F", "End" }, { "\033[4~", "End" }, { "\033[8~", "End" }, { "\033[5~", "PgUp" }, { "\033[6~", "PgDn" },
  { "\033[2~", "Ins" }, { "\033[3~", "Del" }, { "\033[3;2~", "" }, { "\033[2;2~", "" },
  { "\033OP", "F1" }, { "\033[11~", "F1" }, { "\033[[A", "F1" }, { "\033[[E", "F5" }, { "\033[15~", "F5" },
  { "\033[17~", "F6" }, { "\033[21~", "F10" }, { "\033[24~", "F12" }, { "\033[25~", "" },
  { "\033[15;2~", "" }, { "\033[1;2P", "" }, { "\033[1;2R", "" }, /* Shift-F5 is not F5 */
  { "\033Oq", "1" }, { "\033OM", "回车" }, { "\033On", "." }, { "\033Ok", "+" },
  { "\033[1;9Zx", "Shift-Tab x" }, { "\033OZx", "Shift-Tab x" }, { "\033[99~x", "x" }, { "\033[?1;2cx", "x" },
  { "\033[5;22Rx", "x" }, { "\033]0;", "Esc ] 0 ;" }, { "\033x", "Esc x" }, { "\033\033[A", "Esc 上" },
  { "\033[12\x01" "x", "Ctrl-A x" }, { "\xff" "x", "x" }, { "\xe6\x9dx", "x" }, { "\xc2\x9bx", "x" },
  { "\033[<0;11;6M\033[<0;11;6m", "mouse0@5,10" }, { "\033[<64;1;1M", "mouse2@0,0" },
  { "\033[<65;200;60M", "mouse3@59,199" }, { "\033[<4;3;3M", "" }, { "\033[<35;3;3M", "" }, { "\033[<2;3;3M", "" },
  { "\033[M +&x", "mouse0@5,10 x" }, { "\033[M`!!", "mouse2@0,0" }, { "\033[M#+&", "" },
  { "\033[200~a\r\nb\tc\033[201~d", "+a +回车 +b +Tab +c pasted d" },
  { "\033[200~\033[A\032村\033[201~", "+[ +A +Ctrl-Z +村 pasted" },
};

static void test_keys(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++)
    assert_string_equal(keys_of(sent[i].bytes, strlen(sent[i].bytes), false), sent[i].keys);
}

/* However the bytes are cut in two, the keys are the same; what is not whole waits. */
static void test_pieces(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
    const char *b = sent[i].bytes;
    for (size_t cut = 1; cut < strlen(b); cut++) {
      struct term_input whole = { 0 }, parts = { 0 };
      size_t room;
      memcpy(input_room(&whole, &room), b, strlen(b));
      input_added(&whole, strlen(b));
      memcpy(input_room(&parts, &room), b, cut);
      input_added(&parts, cut);
      for (bool rest = false; ; ) {
        struct key got = input_key(&parts, false);
        if (got.kind == K_IDLE && !rest) {
          memcpy(input_room(&parts, &room), b + cut, strlen(b) - cut);
          input_added(&parts, strlen(b) - cut);
          rest = true;
          continue;
        }
        if (got.kind == K_NONE) continue;
        struct key want;
        do want = input_key(&whole, false);
        while (want.kind == K_NONE);
        if (got.kind != want.kind || got.cp != want.cp || got.row != want.row || got.col != want.col)
          fail_msg("%s cut after %zu", b + 1, cut);
        if (got.kind == K_IDLE) break;
      }
    }
  }
}

static void test_late(void **state) {
  (void)state;
  assert_string_equal(keys_of("\033", 1, false), "");
  assert_string_equal(keys_of("\033", 1, true), "Esc");
  assert_string_equal(keys_of("\033[", 2, true), "");
  assert_string_equal(keys_of("\033[1;", 4, true), "");
  assert_string_equal(keys_of("\xe6\x9d", 2, true), "");
}

/* Whatever comes, reading ends, and nothing that cannot be a key comes out. */
static void test_garbage(void **state) {
  (void)state;
  for (int i = 0; i < 2000; i++) {
    struct term_input in = { 0 };
    size_t room;
    unsigned char *to = input_room(&in, &room);
    for (size_t k = 0; k < 200; k++) {
      int lot = draw_lot(3);
      to[k] = (unsigned char)(lot == 0 ? 27 : lot == 1 ? '[' : draw_lot(256));
    }
    input_added(&in, 200);
    int steps = 0;
    for (struct key k = { .kind = K_NONE }; k.kind != K_IDLE; k = input_key(&in, true)) {
      assert_true(steps++ < 201);
      if (k.kind == K_CHAR) assert_true(k.cp >= 32 && k.cp <= 0x10FFFF && !(k.cp >= 0x7F && k.cp < 0xA0));
      if (k.kind == K_MOUSE) assert_true(k.row >= 0 && k.col >= 0);
    }
    assert_false(input_waits(&in));
  }
}

/* The answer to "where is your cursor" is taken out of what is typed meanwhile. */
static void test_place(void **state) {
  static const char bytes[] = "ab\033[2;5R村";
  struct term_input in = { 0 };
  size_t room;
  (void)state;
  memcpy(input_room(&in, &room), bytes, sizeof bytes - 1);
  input_added(&in, sizeof bytes - 1);
  assert_true(input_find_place(&in));
  assert_int_equal(in.place_row, 2);
  assert_int_equal(in.place_col, 5);
  assert_int_equal(input_key(&in, false).cp, 'a');
  assert_int_equal(input_key(&in, false).cp, 'b');
  assert_int_equal(input_key(&in, false).cp, 0x6751);
  assert_false(input_find_place(&in));
}

/* What comes at once without marks: lines and cells are a paste, what a hand could type is keys. */
static void test_burst(void **state) {
  static const struct { const char *bytes; bool paste; } cases[] = {
    { "姓名\t金额\n张三\t100\n李四\t200\n", true },
    { "姓名\t金额\r\n张三\t100\r\n李四\t200", true },
    { "村民委员会根据有关规定把名单公示如下", false },        /* a phrase of an input method */
    { "村民委员会根据有关规定把名单公示如下\t", false },      /* and a key */
    { "9-3\t甲\t", false },
    { "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t", false }, /* a key held down */
    { "村民委员会\t根据有关规定\t把名单公示如下\033[A", false },
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct term_input in = { 0 };
    size_t room, n = strlen(cases[i].bytes);
    memcpy(input_room(&in, &room), cases[i].bytes, n);
    input_added(&in, n);
    input_burst(&in, n);
    if (input_key(&in, false).pasted != cases[i].paste) fail_msg("%s", cases[i].bytes);
    input_end(&in);
    assert_false(input_key(&in, false).pasted);
  }
}

/* The pages for terminals without Chinese: ASCII, and not wider than the narrowest screen. */
static void test_pages(void **state) {
  const char *const texts[] = { term_page(FAULT_CONSOLE), term_page(FAULT_CHARSET), term_page_ending() };
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    for (const char *p = texts[i]; *p != '\0'; ) {
      size_t n = strcspn(p, "\r");
      assert_true(n <= 60 && p[n] == '\r' && p[n + 1] == '\n');
      for (size_t k = 0; k < n; k++) assert_true(p[k] >= 0x20 && p[k] < 0x7F);
      p += n + 2;
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_random_screens), cmocka_unit_test(test_other_widths),
    cmocka_unit_test(test_only_what_changed), cmocka_unit_test(test_no_corner), cmocka_unit_test(test_looks),
    cmocka_unit_test(test_keys), cmocka_unit_test(test_pieces), cmocka_unit_test(test_late),
    cmocka_unit_test(test_garbage), cmocka_unit_test(test_place), cmocka_unit_test(test_burst),
    cmocka_unit_test(test_pages),
  };
  setlocale(LC_CTYPE, "C.UTF-8");
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
