/* Pages to PDF: the text parts byte by byte, and whole documents as other programs see them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "batch/pdf.h"
#include "batch/pdf_text.h"
#include "tests/unit/outside.h"

/* Common, beyond GB 2312, plane 2 (莫𡐓村 is a village), the last of the first block, Latin. */
static const char line1[] = "关于莫𡐓村二〇二六年第三季度村务公开的公示";
static const char line2[] = "𣒍 𡌶 鿿 䶮 塬堌垴圪 (2026-09-03) \\ 12,345.60元";

static struct fonts *fonts;

static int begin(void **state) {
  struct error e = {0};
  if (outside_begin(state) == 0 && fonts_open(&fonts, NULL, &e) == ST_OK) return 0;
  fprintf(stderr, "%s\n", e.text);
  return -1;
}

static int end(void **state) {
  fonts_free(fonts);
  return outside_end(state);
}

/* Set s on a line; every character `extra` points wider than it is.  Returns where it ends. */
static float set_line(struct page *p, enum font_role_id role, float x, float y, float size, float extra,
                      const char *s) {
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) {
    uint16_t face, gid;
    assert_true(fonts_glyph(fonts, role, cp, &face, &gid));
    assert_true(page_mark(p, (struct mark){face, gid, cp, x, y, size, 0}));
    x += (float)fonts_advance(fonts, face, gid) * size / 1000 + extra;
  }
  return x;
}

static void sample(struct pages *p) {
  struct page *page = pages_add(p, 595.28f, 841.89f);
  assert_non_null(page);
  set_line(page, FONT_TITLE, 60, 80, 20, 0, line1);
  set_line(page, FONT_BODY, 60, 120, 14, 0, line1);
  set_line(page, FONT_BODY, 60, 150, 14, 0.37f, line2);
  set_line(page, FONT_NUMBER, 60, 180, 10.5f, 0, "2026-09-03");
  assert_true(page_box(page, (struct box){60, 200, 400, 0.5f, 0}));
}

static struct text write_sample(void) {
  struct pages p = {0};
  struct text out = {0};
  struct error e = {0};
  sample(&p);
  assert_int_equal(pdf_write(fonts, &p, &(struct pdf_info){"公示𡐓", "某村", NULL}, &out, &e), ST_OK);
  pages_free(&p);
  return out;
}

/* ---- text parts */

static void test_cids(void **state) {
  (void)state;
  struct cids c = {0};
  assert_int_equal(cids_get(&c, 7, 0x4E00), 1);
  assert_int_equal(cids_get(&c, 8, 0x4E01), 2);
  assert_int_equal(cids_get(&c, 7, 0x4E00), 1);
  assert_int_equal(cids_get(&c, 7, 0xA0), 3); /* the same glyph for another character copies out as that */
  uint64_t before = cids_hash(&c, "A");
  assert_true(before != cids_hash(&c, "B"));
  for (uint32_t cp = 4; cp <= CID_MAX; cp++) assert_int_equal(cids_get(&c, 9, 0x10000 + cp), cp);
  assert_int_equal(cids_get(&c, 9, 0x30000), 0); /* full */
  assert_int_equal(cids_get(&c, 8, 0x4E01), 2);
  assert_true(before != cids_hash(&c, "A"));
  cids_free(&c);
}

static void test_tounicode(void **state) {
  (void)state;
  struct cids c = {0};
  struct text out = {0};
  cids_get(&c, 1, 0x516C);
  cids_get(&c, 2, 0x21413);
  for (uint32_t i = 0; i < 150; i++) cids_get(&c, 3, 0x4E00 + i);
  tounicode_write(&out, &c);
  assert_non_null(strstr(out.s, "100 beginbfchar\n<0001> <516C>\n<0002> <D845DC13>\n<0003> <4E00>\n"));
  assert_non_null(strstr(out.s, "endbfchar\n52 beginbfchar\n<0065> <4E62>\n"));
  text_free(&out);
  cids_free(&c);
}

static void test_boxes(void **state) {
  (void)state;
  struct pages p = {0};
  struct text out = {0};
  struct page *page = pages_add(&p, 100, 200);
  page_box(page, (struct box){10.006f, 20, 30.5f, 0.25f, 0});
  page_box(page, (struct box){-1, 0, 2, 200, 0.5f});
  assert_true(content_write(&out, page, fonts, NULL));
  assert_string_equal(out.s, "10.01 179.75 30.5 .25 re\nf\n.5 g\n-1 0 2 200 re\nf\n");
  text_free(&out);
  pages_free(&p);
}

/* Neighbours make one string, a stretched line one TJ, a far column a run of its own. */
static void test_runs(void **state) {
  (void)state;
  struct pages p = {0};
  struct text out = {0};
  struct page *page = pages_add(&p, 600, 800);
  struct cids *uses = calloc(fonts_count(fonts), sizeof *uses);
  set_line(page, FONT_BODY, 50, 100, 10, 0, "公公");
  set_line(page, FONT_BODY, 200, 100, 10, 1, "公公");
  uint16_t face = page->marks[0].face;
  assert_true(content_write(&out, page, fonts, uses));
  struct text want = {0};
  text_addf(&want, "BT\n/F%u 10 Tf\n50 700 Td\n?(", face);
  static const char rest[] = "\0\1\0\1)Tj\n150 0 Td\n[(\0\1)-100(\0\1)]TJ\nET\n";
  text_addn(&want, rest, sizeof rest - 1);
  strchr(want.s, '?')[0] = '\n';
  assert_int_equal(out.len, want.len);
  assert_memory_equal(out.s, want.s, want.len);
  for (size_t i = 0; i < fonts_count(fonts); i++) cids_free(&uses[i]);
  free(uses);
  text_free(&want);
  text_free(&out);
  pages_free(&p);
}

/* ---- whole documents */

static void test_same_bytes(void **state) {
  (void)state;
  struct text a = write_sample(), b = write_sample(), c = {0};
  struct pages p = {0};
  struct pdf *pdf;
  struct error e = {0};
  assert_memory_equal(a.s, "%PDF-1.", 7);
  assert_int_equal(a.len, b.len);
  assert_memory_equal(a.s, b.s, a.len);
  assert_null(memmem(a.s, a.len, "Date", 4));
  sample(&p);
  assert_int_equal(pdf_begin(&pdf, fonts, &(struct pdf_info){"公示𡐓", "某村", NULL}, &e), ST_OK);
  assert_int_equal(pdf_add(pdf, &p, &e), ST_OK);
  pages_clear(&p);
  assert_int_equal(pdf_end(pdf, &c, &e), ST_OK);
  assert_int_equal(a.len, c.len);
  assert_memory_equal(a.s, c.s, a.len);
  pages_free(&p);
  text_free(&a);
  text_free(&b);
  text_free(&c);
}

/* Characters of both lines can be copied out, rare ones and spaces too. */
static void test_copies_out(void **state) {
  (void)state;
  if (!outside_has("pdftotext pdfinfo")) skip();
  struct text pdf = write_sample(), out = {0};
  assert_true(outside_write("a.pdf", &pdf));
  assert_int_equal(outside_run("pdftotext -raw a.pdf - && pdfinfo a.pdf", &out), 0);
  assert_non_null(strstr(out.s, line1));
  assert_non_null(strstr(out.s, line2));
  assert_non_null(strstr(out.s, "\n2026-09-03\n"));
  assert_non_null(strstr(out.s, "公示𡐓\n"));
  text_free(&pdf);
  text_free(&out);
}

static void test_well_formed(void **state) {
  (void)state;
  if (!outside_has("qpdf pdffonts")) skip();
  struct text pdf = write_sample(), out = {0};
  assert_true(outside_write("b.pdf", &pdf));
  assert_int_equal(outside_run("qpdf --check b.pdf", &out), 0);
  assert_null(strstr(out.s, "WARNING"));
  text_clear(&out);
  assert_int_equal(outside_run("pdffonts b.pdf | sed 1,2d", &out), 0);
  int n = 0;
  for (char *line = strtok(out.s, "\n"); line; line = strtok(NULL, "\n"), n++) {
    assert_non_null(strstr(line, "CID TrueType"));
    assert_non_null(strstr(line, "Identity-H"));
    assert_non_null(strstr(line, "yes yes yes")); /* embedded, subset, with ToUnicode */
    assert_int_equal(line[6], '+');
  }
  assert_in_range(n, 2, 6);
  text_free(&pdf);
  text_free(&out);
}

static bool has_ink(const unsigned char *pixels, int width, int height, const struct mark *m, float em,
                    int dpi) {
  float scale = (float)dpi / 72;
  int left = (int)(m->x * scale), right = (int)((m->x + em) * scale);
  int top = (int)((m->y - 0.85f * m->size) * scale), bottom = (int)((m->y + 0.15f * m->size) * scale);
  for (int y = top; y < bottom && y < height; y++)
    for (int x = left; x < right && x < width; x++)
      if (pixels[y * width + x] < 128) return true;
  return false;
}

/* Every character but a space leaves ink where it was put; nothing else does. */
static void test_ink(void **state) {
  (void)state;
  if (!outside_has("pdftoppm")) skip();
  enum { DPI = 150 };
  struct pages p = {0};
  struct text pdf = write_sample();
  int width, height;
  sample(&p);
  assert_true(outside_write("c.pdf", &pdf));
  unsigned char *pixels = outside_pixels("c", DPI, &width, &height);
  assert_non_null(pixels);
  for (size_t i = 0; i < p.list[0].n_marks; i++) {
    const struct mark *m = &p.list[0].marks[i];
    float em = (float)fonts_advance(fonts, m->face, m->gid) * m->size / 1000;
    if (has_ink(pixels, width, height, m, em, DPI) != (m->cp != ' '))
      fail_msg("U+%04X at %.1f, %.1f", (unsigned)m->cp, (double)m->x, (double)m->y);
  }
  free(pixels);
  text_free(&pdf);
  pages_free(&p);
}

/* Two hundred pages share one subset of each face. */
static void test_long_file(void **state) {
  (void)state;
  struct pages p = {0};
  struct pdf *pdf;
  struct text out = {0}, seen = {0};
  struct error e = {0};
  assert_int_equal(pdf_begin(&pdf, fonts, NULL, &e), ST_OK);
  for (int i = 0; i < 200; i++) {
    pages_clear(&p);
    sample(&p);
    assert_int_equal(pdf_add(pdf, &p, &e), ST_OK);
  }
  assert_int_equal(pdf_end(pdf, &out, &e), ST_OK);
  struct text one = write_sample();
  assert_in_range(out.len, one.len, one.len + 200 * 2000);
  if (outside_has("pdfinfo qpdf pdftotext")) {
    assert_true(outside_write("d.pdf", &out));
    assert_int_equal(
        outside_run("qpdf --check d.pdf && pdfinfo d.pdf && pdftotext -raw -f 200 d.pdf -", &seen), 0);
    assert_non_null(strstr(seen.s, "Pages:           200"));
    assert_non_null(strstr(seen.s, line2));
  }
  text_free(&one);
  text_free(&out);
  text_free(&seen);
  pages_free(&p);
}

static void test_cancel(void **state) {
  (void)state;
  struct pages p = {0};
  struct pdf *pdf;
  struct error e = {0};
  pdf_cancel(NULL);
  assert_int_equal(pdf_begin(&pdf, fonts, NULL, &e), ST_OK);
  sample(&p);
  assert_int_equal(pdf_add(pdf, &p, &e), ST_OK);
  pdf_cancel(pdf);
  pages_free(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cids),        cmocka_unit_test(test_tounicode),
      cmocka_unit_test(test_boxes),       cmocka_unit_test(test_runs),
      cmocka_unit_test(test_same_bytes),  cmocka_unit_test(test_copies_out),
      cmocka_unit_test(test_well_formed), cmocka_unit_test(test_ink),
      cmocka_unit_test(test_long_file),   cmocka_unit_test(test_cancel),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, begin, end);
}
