/* Fonts: the glyph gate, refusals, metrics, subsets; needs Debian's default fonts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "batch/font.h"
#include <pthread.h>

#define ZENHEI "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"

static struct fonts *fonts;

static int open_fonts(void **state) {
  (void)state;
  struct error e = {0};
  if (fonts_open(&fonts, NULL, &e) == ST_OK) return 0;
  fprintf(stderr, "%s: %s\n", e.id, e.text);
  return -1;
}

static int close_fonts(void **state) {
  (void)state;
  fonts_free(fonts);
  return 0;
}

/* Open with one setting; the set is in *f on success. */
static enum status open_with(const char *role, const char *file, struct fonts **f, struct error *e) {
  char *files[] = {(char *)(uintptr_t)file};
  struct font_role setting = {(char *)(uintptr_t)role, {files, 1}};
  struct settings s = {.fonts = &setting, .n_fonts = 1};
  return fonts_open(f, &s, e);
}

static const char *face_of(struct fonts *f, enum font_role_id role, uint32_t cp) {
  uint16_t face, gid;
  if (!fonts_glyph(f, role, cp, &face, &gid)) return "";
  return fonts_postscript_name(f, face);
}

static void test_roles(void **state) {
  (void)state;
  assert_int_equal(font_role_find("body"), FONT_BODY);
  assert_int_equal(font_role_find("number"), FONT_NUMBER);
  assert_int_equal(font_role_find("Body"), -1);
  assert_int_equal(font_role_find(""), -1);
}

static void test_gate(void **state) {
  (void)state;
  /* Two of GB 2312; first block beyond it; rare ones of place names, three of plane 2. */
  const uint32_t shown[] = {0x516C,  0x793A,  0x5868, 0x9FFF, 0x4DAE, 0x21413,
                            0x2348D, 0x21336, 'A',    0x20,   0xA0,   0x3000};
  uint16_t face, gid;
  for (int role = 0; role < FONT_ROLES; role++)
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
      if (!fonts_glyph(fonts, (enum font_role_id)role, shown[i], &face, &gid) || gid == 0)
        fail_msg("role %d has no U+%04X", role, (unsigned)shown[i]);
  assert_false(fonts_glyph(fonts, FONT_BODY, 0x10FFFE, &face, &gid));
  assert_false(fonts_glyph(fonts, FONT_BODY, 0xFFFF, &face, &gid));
  assert_false(fonts_glyph(fonts, FONT_BODY, 0xE000, &face, &gid)); /* private: in fonts, each its own */
  assert_false(fonts_glyph(fonts, FONT_BODY, 0xF8FF, &face, &gid));
  assert_false(fonts_glyph(fonts, FONT_BODY, 0xFFFF, &face, &gid)); /* the answer kept in the cache */
  assert_string_not_equal(face_of(fonts, FONT_BODY, 0x516C), face_of(fonts, FONT_TITLE, 0x516C));
  assert_string_equal(face_of(fonts, FONT_TITLE, 0x516C), "WenQuanYiZenHei");
}

/* AR PL SungtiL GB maps the small Roman numerals to empty outlines: they must come from another face. */
static void test_blank_glyph(void **state) {
  (void)state;
  for (uint32_t cp = 0x2170; cp <= 0x2179; cp++) {
    const char *name = face_of(fonts, FONT_BODY, cp);
    assert_string_not_equal(name, "");
    assert_null(strstr(name, "BousungEG"));
  }
}

/* A no-break space comes from the face of the text, so it does not bring a font of its own. */
static void test_no_break_space(void **state) {
  (void)state;
  for (int role = 0; role < FONT_ROLES; role++)
    assert_string_equal(face_of(fonts, (enum font_role_id)role, 0xA0),
                        face_of(fonts, (enum font_role_id)role, 'A'));
}

static void test_metrics(void **state) {
  (void)state;
  uint16_t face, gid;
  int ascent, descent, box[4];
  assert_true(fonts_glyph(fonts, FONT_BODY, 0x516C, &face, &gid));
  assert_int_equal(fonts_advance(fonts, face, gid), 1000);
  fonts_metrics(fonts, face, &ascent, &descent);
  assert_in_range(ascent, 700, 1200);
  assert_in_range(descent, 50, 500);
  fonts_bbox(fonts, face, box);
  assert_true(box[0] < box[2] && box[1] < box[3]);
  assert_true(face < fonts_count(fonts));
  assert_true(file_exists(fonts_file(fonts, face)));
  assert_true(fonts_glyph(fonts, FONT_BODY, '1', &face, &gid));
  assert_in_range(fonts_advance(fonts, face, gid), 300, 700);
}

static void expect_refusal(const char *file, const char *id) {
  struct error e = {0};
  struct fonts *f = NULL;
  enum status st = open_with("body", file, &f, &e);
  assert_null(f);
  assert_int_not_equal(st, ST_OK);
  assert_string_equal(e.id, id);
  assert_non_null(strstr(e.text, "/"));
}

/* The head of an OpenType file with CFF outlines: a maxp with two glyphs and no glyf. */
static const unsigned char cff_font[] = {'O', 'T', 'T', 'O', 0, 1, 0,    16, 0, 0, 0, 0,
                                         'm', 'a', 'x', 'p', 0, 0, 0,    0,  0, 0, 0, 28,
                                         0,   0,   0,   6,   0, 0, 0x50, 0,  0, 2};

static void test_refusals(void **state) {
  (void)state;
  char folder[] = "/tmp/mingbai-font-XXXXXX", path[64];
  struct error e;
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/cff.otf", folder);
  expect_refusal(path, "font.missing"); /* not there yet */
  assert_int_equal(file_write(path, cff_font, sizeof cff_font, 0600, &e), ST_OK);
  expect_refusal(path, "font.cff");
  assert_int_equal(file_write(path, "not a font at all", 17, 0600, &e), ST_OK);
  expect_refusal(path, "font.broken");
  expect_refusal(ZENHEI "#No Such Face", "font.no-face");
  unlink(path);
  rmdir(folder);
}

static void test_configured(void **state) {
  (void)state;
  struct error e = {0};
  struct fonts *f = NULL;
  assert_int_equal(open_with("body", ZENHEI "#WenQuanYi Zen Hei Mono", &f, &e), ST_OK);
  assert_string_equal(face_of(f, FONT_BODY, 0x516C), "WenQuanYiZenHeiMono");
  assert_string_equal(face_of(f, FONT_NUMBER, '1'), "WenQuanYiZenHeiMono"); /* follows body */
  assert_string_equal(face_of(f, FONT_TITLE, 0x516C), "WenQuanYiZenHei");
  assert_string_not_equal(face_of(f, FONT_BODY, 0x21413), ""); /* fallbacks stay */
  fonts_free(f);
}

static unsigned word(const struct text *t, size_t at) {
  const unsigned char *s = (const unsigned char *)t->s;
  return (unsigned)(s[at] << 8 | s[at + 1]);
}

static void test_subset(void **state) {
  (void)state;
  static const uint32_t wanted[] = {0x793A, 0x516C, 0x793A, '1', 0x5355};
  enum { N = sizeof wanted / sizeof *wanted };
  uint16_t gids[N], mapped[N], face = 0;
  struct text out = {0};
  struct error e = {0};
  for (size_t i = 0; i < N; i++)
    assert_true(fonts_glyph(fonts, FONT_BODY, wanted[i], &face, &gids[i]));
  assert_int_equal(fonts_subset(fonts, face, gids, N, mapped, &out, &e), ST_OK);
  assert_memory_equal(out.s, "\0\1\0\0", 4);
  assert_int_equal(word(&out, 4), 6); /* tables: glyf head hhea hmtx loca maxp */
  assert_in_range(out.len, 500, 6000);
  assert_int_equal(mapped[0], mapped[2]);
  for (size_t i = 0; i < N; i++)
    assert_in_range(mapped[i], 1, N - 1);
  assert_int_not_equal(mapped[0], mapped[1]);
  assert_int_not_equal(mapped[3], mapped[4]);
  text_free(&out);
}

/* Threads that open the same fallbacks and fill the same cache agree. */
static void *look_up_all(void *arg) {
  struct fonts *f = arg;
  uintptr_t sum = 0;
  uint16_t face, gid;
  for (uint32_t cp = 0x3400; cp < 0xA000; cp++)
    if (fonts_glyph(f, FONT_TITLE, cp, &face, &gid)) sum = sum * 31 + face * 65536u + gid;
  for (uint32_t cp = 0x20000; cp < 0x21000; cp++)
    if (fonts_glyph(f, FONT_TITLE, cp, &face, &gid)) sum = sum * 31 + face * 65536u + gid;
  return (void *)sum;
}

static void test_threads(void **state) {
  (void)state;
  struct error e = {0};
  struct fonts *f = NULL;
  pthread_t thread[4];
  void *sum[4], *alone;
  assert_int_equal(fonts_open(&f, NULL, &e), ST_OK);
  for (int i = 0; i < 4; i++)
    assert_int_equal(pthread_create(&thread[i], NULL, look_up_all, f), 0);
  for (int i = 0; i < 4; i++)
    pthread_join(thread[i], &sum[i]);
  alone = look_up_all(fonts);
  for (int i = 0; i < 4; i++)
    assert_ptr_equal(sum[i], alone);
  fonts_free(f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_roles),          cmocka_unit_test(test_gate),
      cmocka_unit_test(test_blank_glyph),    cmocka_unit_test(test_metrics),
      cmocka_unit_test(test_refusals),       cmocka_unit_test(test_configured),
      cmocka_unit_test(test_no_break_space), cmocka_unit_test(test_subset),
      cmocka_unit_test(test_threads),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
