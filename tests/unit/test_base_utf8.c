/* UTF-8: decoding, width, fitting, folding, wrapping. */
#include "base/text.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void bad_sequences(void **state) {
  (void)state;
  static const char *const bad[] = {
      "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
      "\xF5\x80\x80\x80", "\xFF", "\xE4\xB8", "\xE4\xB8x", "\xF0\xA1\x90", "\xC3",
  };
  uint32_t cp;
  for (size_t i = 0; i < COUNT(bad); i++) {
    assert_int_equal(utf8_decode(bad[i], &cp), 1);
    assert_int_equal(cp, 0xFFFD);
    assert_false(utf8_valid(bad[i], strlen(bad[i]), NULL));
  }
  size_t at = 99;
  assert_false(utf8_valid("村\0x", 5, &at)); /* a NUL inside */
  assert_int_equal(at, 3);
  assert_false(utf8_valid("村村", 5, &at)); /* cut in the middle */
  assert_int_equal(at, 3);
  assert_true(utf8_valid("a é村𡐓", strlen("a é村𡐓"), NULL));
  assert_int_equal(utf8_decode("", &cp), 0);
}

static void accents(void **state) {
  (void)state;
  assert_int_equal(utf8_compose('e', 0x301), 0xE9);
  assert_int_equal(utf8_compose(0xFC, 0x30C), 0x1DA);
  assert_int_equal(utf8_compose(0x597D, 0x301), 0);
  assert_int_equal(utf8_compose('e', 'e'), 0);
}

static void every_code_point_round_trips(void **state) {
  (void)state;
  char buf[5];
  for (uint32_t cp = 1; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 7) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    uint32_t back = 0;
    int n = utf8_encode(cp, buf);
    if (utf8_decode(buf, &back) != n || back != cp) fail_msg("U+%04X", (unsigned)cp);
  }
}

static void widths(void **state) {
  (void)state;
  static const struct {
    const char *s;
    int width;
  } cases[] = {
      {"abc", 3},
      {"明白", 4},
      {"𡐓", 2},
      {"𰻝", 2},
      {"（）", 4},
      {"。", 2},
      {"ｱ", 1},
      {"e\xCC\x81", 1},
      {"㐀", 2},
      {"一\xF3\xA0\x84\x80", 2},
      {"\x1B[m", 2},
      {"①", 1},
      {"“”", 2},
      {"é", 1},
      {"한", 2},
      {"🙂", 2},
      {"\xEF\xBF\xBD", 1},
      {"〿", 1},
      {"\xF0\xB1\x8D\x90", 2} /* newer than the library's tables */,
      {"　", 2},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    if (utf8_width(cases[i].s) != cases[i].width) fail_msg("%s: %d", cases[i].s, utf8_width(cases[i].s));
}

static void ambiguous_widths(void **state) {
  (void)state;
  static const char all[] = "‘’“”—…·①⑳■□▲△○●◎★☆√×÷±°℃─│┌┘αЖⅣ→※№🅐";
  int n = (int)utf8_count(all);
  assert_int_equal(utf8_width(all), n);
  utf8_set_ambiguous(2);
  assert_int_equal(utf8_width(all), 2 * n);
  assert_int_equal(utf8_width("abé村"), 2 + 2 + 2); /* é is ambiguous, as the standard has it */
  struct text t = {0};
  for (int cols = 0; cols < 12; cols++) { /* the dots are two columns wide then */
    text_clear(&t);
    utf8_fit(&t, "莫𡐓村村民委员会", cols, false);
    assert_int_equal(utf8_width(text_str(&t)), cols);
  }
  text_free(&t);
  utf8_set_ambiguous(1);
}

static void fits_exactly(void **state) {
  (void)state;
  static const struct {
    const char *s;
    int cols;
    bool right;
    const char *want;
  } cases[] = {
      {"村务", 6, false, "村务  "},
      {"村务", 6, true, "  村务"},
      {"村务公开", 8, false, "村务公开"},
      {"村务公开", 7, false, "村务公…"},
      {"村务公开", 6, false, "村务… "},
      {"村务公开", 1, false, "…"},
      {"村务公开", 0, false, ""},
      {"", 3, false, "   "},
      {"莫𡐓村", 4, false, "莫… "},
      {"a\x1B[31m", 6, false, "a\xEF\xBF\xBD[31m"},
      {"a\xCC\x81 bc", 3, false, "a\xCC\x81 …"},
      {"12345", 4, true, "123…"},
      {"\xE2\x80\xAE"
       "ab",
       3, false,
       "\xEF\xBF\xBD"
       "ab"},
  };
  struct text t = {0};
  for (size_t i = 0; i < COUNT(cases); i++) {
    text_clear(&t);
    utf8_fit(&t, cases[i].s, cases[i].cols, cases[i].right);
    assert_string_equal(text_str(&t), cases[i].want);
  }
  text_free(&t);
}

static void foreign_text_cannot_steer(void **state) {
  (void)state;
  struct text t = {0};
  utf8_clean(&t, "a\x1B]0;x\x07\x7F\xC2\x9B\n\tb\xE2\x80\xAE\xE2\x81\xA6\xFF");
#define R "\xEF\xBF\xBD"
  assert_string_equal(t.s, "a" R "]0;x" R R R "  b" R R R);
#undef R
  text_free(&t);
}

static void folds_full_width(void **state) {
  (void)state;
  struct text t = {0};
  utf8_fold_text(&t, "２０２６．９／３　（Ａｚ）：－，。；村");
  assert_string_equal(t.s, "2026.9/3 (Az):-,。；村");
  text_free(&t);
}

static void graphemes(void **state) {
  (void)state;
  const char *s = "a村e\xCC\x81𡐓";
  const char *p = s;
  static const size_t at[] = {1, 4, 7, 11};
  for (size_t i = 0; i < COUNT(at); i++) {
    p = utf8_next(p);
    assert_int_equal(p - s, at[i]);
  }
  assert_ptr_equal(utf8_next(p), p);
  for (size_t i = COUNT(at); i-- > 0;) {
    p = utf8_prev(s, p);
    assert_int_equal(p - s, i ? at[i - 1] : 0);
  }
  assert_ptr_equal(utf8_prev(s, s), s);
}

/* ---- wrapping: lines are gathered with a bar between them ---------------- */

struct lines {
  const char *s;
  struct text out;
};

static long columns(uint32_t cp, void *ctx) {
  (void)ctx;
  return utf8_cp_width(cp);
}

static void gather(size_t begin, size_t end, void *ctx) {
  struct lines *l = ctx;
  assert_true(begin <= end && end <= strlen(l->s));
  text_addn(&l->out, l->s + begin, end - begin);
  text_addc(&l->out, '|');
}

static void wraps_as_the_standard_says(void **state) {
  (void)state;
  static const struct {
    const char *s;
    int width, indent;
    const char *want;
  } cases[] = {
      {"", 10, 0, "|"},
      {"村务公开", 4, 0, "村务|公开|"},
      {"村务公开，好", 8, 0, "村务公|开，好|"},  /* no comma at a line's start */
      {"村务（公开）", 6, 0, "村务|（公|开）|"}, /* no opening bracket at its end */
      {"他说：“好。”", 6, 0, "他说：|“好。”|"},
      {"他说：“好。”村", 7, 0, "他说：|“好。”|村|"}, /* several marks in a row */
      {"村务，。", 4, 0, "村|务，|。|"},             /* cannot be helped: 务，。 is wider than a line */
      {"报mingbai处", 8, 0, "报|mingbai|处|"},       /* words never split */
      {"a bcd efg", 5, 0, "a bcd|efg|"},
      {"a  b    c", 3, 0, "a|b|c|"},               /* spaces at a break belong to neither line */
      {"abcdefgh", 3, 0, "abc|def|gh|"},           /* a word longer than a line */
      {"共 12.50% 的户", 8, 0, "共|12.50%|的户|"}, /* a number keeps its sign */
      {"温度为36.5℃整", 8, 0, "温度为|36.5℃整|"},
      {"收￥1200元", 5, 0, "收|￥120|0元|"},
      {"如下——甲", 5, 0, "如下|——甲|"},
      {"如下村——甲", 7, 0, "如下村|——甲|"}, /* a dash of two is never halved */
      {"等等……完", 5, 0, "等|等……|完|"},
      {"第一行的缩进", 8, 4, "第一|行的缩进|"},
      {"村务一", 1, 0, "村|务|一|"}, /* narrower than one character */
      {"2026-09-03公示", 10, 0, "2026-09-03|公示|"},
      {"见《办法》第3条", 8, 0, "见《办|法》第3|条|"},
      {"莫𡐓\xF3\xA0\x84\x80村", 4, 0,
       "莫𡐓\xF3\xA0\x84\x80|村|"}, /* a variation selector stays with its character */
      {"莫𡐓\xF3\xA0\x84\x80，村", 4, 0, "莫|𡐓\xF3\xA0\x84\x80，|村|"},
      {"末尾有空格   ", 10, 0, "末尾有空格|"},
      {"　　段首空两格", 10, 0, "　　段首空|两格|"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct lines l = {.s = cases[i].s};
    int n = utf8_wrap(l.s, cases[i].width, cases[i].indent, columns, gather, &l);
    assert_string_equal(text_str(&l.out), cases[i].want);
    int bars = 0;
    for (const char *p = text_str(&l.out); *p; p++) bars += *p == '|';
    assert_int_equal(n, bars);
    text_free(&l.out);
  }
}

static long units(uint32_t cp, void *ctx) {
  (void)ctx;
  return cp == 0x5927 ? 5 : 1;
}

/* What moves from an indented first line has the whole width of the second. */
static void indent_ends_with_the_first_line(void **state) {
  (void)state;
  struct lines l = {.s = "一（大"};
  assert_int_equal(utf8_wrap(l.s, 6, 1, units, gather, &l), 2);
  assert_string_equal(text_str(&l.out), "一|（大|");
  text_free(&l.out);
}

/* What no case above thought of: random texts keep every character, never overrun unless a
 * line is one unbreakable piece, and never begin or end a line with a forbidden mark
 * unless a line was too narrow for anything else. */
static const char *const pieces[] = {"村", "务", "𡐓", "，", "。", "（", "）", "《", "》",
                                     "a",  "b1", " ",  "—",  "…",  "%",  "3",  "“",  "”"};

struct widths {
  const char *s;
  long max;
  size_t kept;
};

static void weigh(size_t begin, size_t end, void *ctx) {
  struct widths *w = ctx;
  long width = 0;
  for (size_t i = begin; i < end;) {
    uint32_t cp;
    i += (size_t)utf8_decode(w->s + i, &cp);
    width += utf8_cp_width(cp);
    w->kept += cp != ' ';
  }
  if (width > w->max) w->max = width;
}

static void random_texts_keep_everything(void **state) {
  (void)state;
  unsigned seed = 2026;
  struct text t = {0};
  for (int round = 0; round < 3000; round++) {
    text_clear(&t);
    size_t ink = 0;
    int n = (int)((seed = seed * 1103515245u + 12345u) >> 16) % 60;
    for (int i = 0; i < n; i++) {
      const char *piece = pieces[((seed = seed * 1103515245u + 12345u) >> 16) % COUNT(pieces)];
      text_add(&t, piece);
      ink += *piece != ' ' ? utf8_count(piece) : 0;
    }
    long width = 2 + round % 30;
    struct widths w = {.s = text_str(&t)};
    utf8_wrap(w.s, width, round % 5, columns, weigh, &w);
    assert_int_equal(w.kept, ink);
    if (w.max > width) fail_msg("%ld > %ld: %s", w.max, width, w.s);
  }
  text_free(&t);
}

/* Any bytes give well-formed text of the width asked for, and are read no further than their end. */
static void hostile_bytes(void **state) {
  (void)state;
  static const char bytes[] = "a \x1B\x7F\xCC\x81\xE6\x9D\x91\xF0\xA1\x90\x93\xE2\x80\xAE\xC2\x9B\xFF";
  unsigned seed = 4;
  struct text t = {0};
  for (int round = 0; round < 20000; round++) {
    unsigned n = (seed = seed * 1103515245u + 12345u) >> 16 & 15;
    char *raw = calloc(1, n + 1);
    assert_non_null(raw);
    for (unsigned i = 0; i < n; i++)
      raw[i] = bytes[((seed = seed * 1103515245u + 12345u) >> 16) % (sizeof bytes - 1)];
    text_clear(&t);
    utf8_fit(&t, raw, round % 9, round % 2);
    assert_int_equal(utf8_width(text_str(&t)), round % 9);
    utf8_clean(&t, raw);
    utf8_fold_text(&t, raw);
    assert_true(utf8_valid(text_str(&t), t.len, NULL));
    int steps = 0;
    for (const char *p = raw, *next; (next = utf8_next(p)) != p; p = next) steps++;
    for (const char *p = raw + n; p > raw; steps--) {
      const char *before = utf8_prev(raw, p);
      assert_true(before >= raw && before < p);
      p = before;
    }
    assert_int_equal(steps, 0);
    struct widths w = {.s = raw};
    assert_true(utf8_wrap(raw, 1 + round % 7, 0, columns, weigh, &w) >= 1);
    free(raw);
  }
  text_free(&t);
}

static void long_text_is_linear(void **state) {
  (void)state;
  struct text t = {0};
  for (int i = 0; i < 200000; i++) text_add(&t, "，"); /* nowhere to break */
  struct widths w = {.s = t.s};
  assert_int_equal(utf8_wrap(t.s, 80, 0, columns, weigh, &w), 5000);
  text_clear(&t);
  text_add(&t, "e");
  for (int i = 0; i < 200000; i++) text_addcp(&t, 0x301);
  assert_ptr_not_equal(utf8_prev(t.s, t.s + t.len), t.s + t.len); /* bounded work */
  text_free(&t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_sequences),
      cmocka_unit_test(accents),
      cmocka_unit_test(every_code_point_round_trips),
      cmocka_unit_test(widths),
      cmocka_unit_test(ambiguous_widths),
      cmocka_unit_test(fits_exactly),
      cmocka_unit_test(foreign_text_cannot_steer),
      cmocka_unit_test(folds_full_width),
      cmocka_unit_test(graphemes),
      cmocka_unit_test(wraps_as_the_standard_says),
      cmocka_unit_test(indent_ends_with_the_first_line),
      cmocka_unit_test(random_texts_keep_everything),
      cmocka_unit_test(hostile_bytes),
      cmocka_unit_test(long_text_is_linear),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
