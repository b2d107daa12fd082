/* QR codes: the rectangles are the code, a phone's decoder reads it, addresses are encoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "batch/pdf.h"
#include "batch/qr.h"
#include "tests/unit/outside.h"
#include <math.h>

#define MM (72 / 25.4f)
/* Sixty characters. */
static const char address[] = "https://www.gaoping.gov.cn/zwgk/140581103201/19.05/7KQ2M9XD3";

static void test_refused(void **state) {
  (void)state;
  struct qr q;
  struct error e = {0};
  char *big = calloc(1, 4001);
  assert_int_equal(qr_make(&q, "", 'M', &e), ST_DATA);
  assert_string_equal(e.id, "qr.empty");
  memset(big, 'x', 4000);
  assert_int_equal(qr_make(&q, big, 'L', &e), ST_DATA);
  assert_string_equal(e.id, "qr.too-long");
  free(big);
}

/* The rectangles cover exactly the dark modules, each once, and are few. */
static void test_rectangles(void **state) {
  (void)state;
  struct qr q;
  struct error e = {0};
  struct pages p = {0};
  struct page *page = pages_add(&p, 200, 200);
  assert_int_equal(qr_make(&q, address, 'M', &e), ST_OK);
  float module = 2, side = module * (float)(q.size + 8);
  assert_int_equal(qr_draw(&q, page, 10, 20, side, &e), ST_OK);
  unsigned char *seen = calloc(1, (size_t)(q.size * q.size));
  size_t dark = 0;
  for (size_t i = 0; i < page->n_boxes; i++) {
    const struct box *b = &page->boxes[i];
    int x0 = (int)lrintf((b->x - 10) / module) - 4, y0 = (int)lrintf((b->y - 20) / module) - 4;
    assert_true(b->gray == 0 && x0 >= 0 && y0 >= 0);
    for (int y = y0; y < y0 + (int)lrintf(b->h / module); y++)
      for (int x = x0; x < x0 + (int)lrintf(b->w / module); x++) seen[y * q.size + x]++;
  }
  for (int i = 0; i < q.size * q.size; i++) dark += q.dark[i];
  assert_memory_equal(seen, q.dark, (size_t)(q.size * q.size));
  assert_in_range(page->n_boxes, 1, dark / 2);
  free(seen);
  qr_free(&q);
  pages_free(&p);
}

static void test_too_small(void **state) {
  (void)state;
  struct qr q;
  struct error e = {0};
  struct pages p = {0};
  struct page *page = pages_add(&p, 200, 200);
  assert_int_equal(qr_make(&q, address, 'M', &e), ST_OK);
  float least = 0.5f * MM * (float)(q.size + 8);
  assert_int_equal(qr_draw(&q, page, 0, 0, least * 0.99f, &e), ST_DATA);
  assert_string_equal(e.id, "qr.too-small");
  assert_int_equal(page->n_boxes, 0);
  assert_int_equal(qr_draw(&q, page, 0, 0, least * 1.01f, &e), ST_OK);
  qr_free(&q);
  pages_free(&p);
}

/* Printed 25 mm wide and scanned at 150 dpi, at every place of the pixel grid that matters. */
static void decode(char level, float x, const char *text, const char *tool) {
  struct qr q;
  struct error e = {0};
  struct fonts *fonts;
  struct pages p = {0};
  struct text pdf = {0}, out = {0};
  struct page *page = pages_add(&p, 595.28f, 841.89f);
  assert_int_equal(fonts_open(&fonts, NULL, &e), ST_OK);
  assert_int_equal(qr_make(&q, text, level, &e), ST_OK);
  assert_int_equal(qr_draw(&q, page, x, 300 + x, 25 * MM, &e), ST_OK);
  assert_int_equal(pdf_write(fonts, &p, NULL, &pdf, &e), ST_OK);
  assert_true(outside_write("qr.pdf", &pdf));
  assert_int_equal(outside_run("pdftoppm -r 150 -png -singlefile qr.pdf qr", NULL), 0);
  assert_int_equal(outside_run(tool, &out), 0);
  assert_int_equal(strncmp(text_str(&out), text, strlen(text)), 0);
  qr_free(&q);
  pages_free(&p);
  text_free(&pdf);
  text_free(&out);
  fonts_free(fonts);
}

static void test_decodes(void **state) {
  (void)state;
  if (!outside_has("pdftoppm zbarimg")) skip();
  const char *tool = "zbarimg -q --raw -Sdisable -Sqrcode.enable qr.png 2>/dev/null";
  decode('M', 60, address, tool);
  decode('M', 60.23f, address, tool);
  decode('L', 61.11f, address, tool);
  decode('Q', 60, "https://www.gaoping.gov.cn/zwgk/140581103201/19.05", tool);
}

static void test_address(void **state) {
  (void)state;
  const struct qr_names n = {"140581103201", "19", "19.05", "危房 a/b", NULL};
  static const struct {
    const char *pattern, *want;
  } table[] = {
      {"https://x.cn/{unit}/{item}?r={record}&c={code}",
       "https://x.cn/140581103201/19.05?r=%E5%8D%B1%E6%88%BF%20a%2Fb&c="},
      {"https://x.cn/公示/{domain}#{domain}", "https://x.cn/%E5%85%AC%E7%A4%BA/19#19"},
      {"https://x.cn/a%20b", "https://x.cn/a%20b"},
      {"", ""},
  };
  struct text out = {0};
  struct error e = {0};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    text_clear(&out);
    assert_int_equal(qr_address(&out, table[i].pattern, &n, &e), ST_OK);
    assert_string_equal(text_str(&out), table[i].want);
  }
  static const char *const wrong[] = {"{town}", "a{", "a}", "{unit", "{}", "{{unit}}"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    memset(&e, 0, sizeof e);
    assert_int_equal(qr_address(&out, wrong[i], &n, &e), ST_CONFIG);
    assert_string_equal(e.id, "qr.unknown-name");
    assert_non_null(strstr(e.text, wrong[i]));
  }
  text_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_refused), cmocka_unit_test(test_rectangles), cmocka_unit_test(test_too_small),
      cmocka_unit_test(test_decodes), cmocka_unit_test(test_address),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, outside_begin, outside_end);
}
