/* CSV: what spreadsheets of China write, what a careless hand breaks, and the guard. */
#include "base/csv.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All rows of s, cells joined by "|" and rows by "/"; an error as "!id:line". */
static void dump(const char *s, size_t n, struct text *out) {
  struct csv c;
  struct error e = {0};
  text_clear(out);
  if (csv_open_text(&c, "甲.csv", s, n, &e) != ST_OK) {
    text_addf(out, "!%s:%d", e.id, e.line);
    return;
  }
  int r;
  while ((r = csv_next(&c, &e)) == 1) {
    text_addf(out, "%d:", c.line);
    for (size_t i = 0; i < c.n; i++) text_addf(out, "%s%s", i ? "|" : "", c.cell[i]);
    text_addc(out, '/');
  }
  if (r < 0) {
    text_addf(out, "!%s:%d", e.id, e.line);
    assert_string_equal(e.file, "甲.csv");
    assert_int_equal(csv_next(&c, &e), 0); /* nothing sensible follows an error */
  }
  csv_close(&c);
}

static void rows(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"", ""},
      {"\n\r\n\n", ""},
      {"a,b\nc,d", "1:a|b/2:c|d/"},
      {"a,b\r\nc,d\r\n", "1:a|b/2:c|d/"},
      {"\xEF\xBB\xBF村,b\n", "1:村|b/"},
      {"\xEF\xBB\xBF\"村\",b\n", "1:村|b/"},
      {",\n,,", "1:|/2:||/"},
      {"a,\"b,c\",d", "1:a|b,c|d/"},
      {"\"a \"\"b\"\"\",\"\"\n", "1:a \"b\"|/"},
      {"\"\"\"\"", "1:\"/"},
      {"a\n\n\n\"x\ny\"\nb", "1:a/4:x\ny/6:b/"},
      {"\"x\r\ny\",z\r\nb", "1:x\r\ny|z/3:b/"},
      {"a\"b,c", "1:a\"b|c/"},
      {"a,\"b", "!csv.unclosed:1"},
      {"a\nb,\"c\nd,e\nf\n", "1:a/!csv.unclosed:2"},
      {"a\n\"b\"c,d\n", "1:a/!csv.after-quote:2"},
      {"\"a\nb\" ,c\n", "!csv.after-quote:2"},
      {"\"a\"\r", "1:a/"},
      {"\"", "!csv.unclosed:1"},
  };
  struct text t = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    dump(cases[i][0], strlen(cases[i][0]), &t);
    assert_string_equal(text_str(&t), cases[i][1]);
  }
  text_free(&t);
}

static void gb18030(void **state) {
  (void)state;
  struct text t = {0};
  struct csv c;
  struct error e;
  /* 莫𡐓村,明白 as GB 18030: the rare character takes four bytes */
  static const char gb[] = "a,b\n\xC4\xAA\x95\x36\x8C\x35\xB4\xE5,\xC3\xF7\xB0\xD7\r\n";
  dump(gb, sizeof gb - 1, &t);
  assert_string_equal(t.s, "1:a|b/2:莫𡐓村|明白/");
  assert_int_equal(csv_open_text(&c, "x", gb, sizeof gb - 1, &e), ST_OK);
  assert_true(c.was_gb18030);
  csv_close(&c);
  dump("a\nb\xC4", 4, &t); /* half a character at the end */
  assert_string_equal(t.s, "!csv.encoding:2");
  dump("a\n\xC4\xAA\n\xFF\xFF", 7, &t);
  assert_string_equal(t.s, "!csv.encoding:3");
  text_free(&t);
}

static void what_is_no_text(void **state) {
  (void)state;
  struct text t = {0};
  dump("a\nb\0c", 5, &t);
  assert_string_equal(t.s, "!csv.nul:2");
  dump("\xFF\xFEu\0n\0", 6, &t);
  assert_string_equal(t.s, "!csv.utf16:1");
  dump("PK\3\4\0\0", 6, &t);
  assert_string_equal(t.s, "!csv.workbook:0");
  /* One bad byte in UTF-8 must not turn the whole file into GB 18030 nonsense. */
  static const char damaged[] = "单位,事项\n高平市,好\xFF\n";
  dump(damaged, sizeof damaged - 1, &t);
  assert_string_equal(t.s, "!csv.damaged:2");
  dump("\xEF\xBB\xBF" "a\xFF", 5, &t);
  assert_string_equal(t.s, "!csv.damaged:1");
  text_free(&t);
}

static void head(void **state) {
  (void)state;
  static const char *const names[] = {"unit", "item", "note"};
  int map[3];
  struct csv c;
  struct error e;
  struct text unknown = {0};
  static const char s[] = "\xEF\xBB\xBF 　item ,说明,unit,,x\n1,2,3\n";
  assert_int_equal(csv_open_text(&c, "x", s, sizeof s - 1, &e), ST_OK);
  assert_int_equal(csv_head(&c, names, 3, map, &unknown, &e), ST_OK);
  assert_int_equal(map[0], 2);
  assert_int_equal(map[1], 0);
  assert_int_equal(map[2], -1);
  assert_string_equal(unknown.s, "说明,x");
  assert_int_equal(csv_next(&c, &e), 1);
  assert_string_equal(csv_cell(&c, map[0]), "3");
  assert_string_equal(csv_cell(&c, map[2]), "");
  assert_string_equal(csv_cell(&c, 99), "");
  csv_close(&c);
  assert_int_equal(csv_open_text(&c, "x", "unit, unit", 10, &e), ST_OK);
  assert_int_equal(csv_head(&c, names, 3, map, NULL, &e), ST_DATA);
  assert_string_equal(e.id, "csv.column-twice");
  assert_string_equal(e.path, "unit");
  csv_close(&c);
  assert_int_equal(csv_open_text(&c, "x", "", 0, &e), ST_OK);
  assert_int_equal(csv_head(&c, names, 3, map, NULL, &e), ST_DATA);
  assert_string_equal(e.id, "csv.empty");
  csv_close(&c);
  text_free(&unknown);
}

static void guarded_as_written(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"=1+1", "'=1+1"},
      {"-3", "-3"},
      {"+4.50", "+4.50"},
      {"-12%", "-12%"},
      {"-3+2", "'-3+2"},
      {"@SUM", "'@SUM"},
      {"\tx", "'\tx"},
      {"-", "'-"},
      {"-.5", "'-.5"},
      {"村=1", "村=1"},
      {"'=1", "''=1"},
      {"'村", "'村"},
      {"\rx", "\"'\rx\""},
      {"=a,\"b\"", "\"'=a,\"\"b\"\"\""},
      {"", ""},
      {" x", "\" x\""},
      {"a\nb", "\"a\nb\""},
  };
  struct text t = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    text_clear(&t);
    csv_add(&t, cases[i][0], true, true);
    assert_string_equal(text_str(&t), cases[i][1]);
  }
  text_clear(&t);
  csv_add(&t, "a", true, false);
  csv_add(&t, "=b", false, false);
  csv_add(&t, NULL, false, true);
  assert_string_equal(t.s, "a,=b,");
  text_free(&t);
}

/* Whatever a cell holds comes back from out and in again. */
static void guard_round_trip(void **state) {
  (void)state;
  static const char alphabet[] = "'=-+@\t\r\n\",3x %.";
  char cell[6];
  struct text t = {0};
  struct error e;
  for (unsigned code = 0; code < 15 * 15 * 15 * 15; code++) {
    unsigned rest = code;
    for (int i = 0; i < 4; i++, rest /= 15) cell[i] = alphabet[rest % 15];
    cell[4] = '\0';
    text_clear(&t);
    csv_add(&t, cell, true, true);
    csv_add(&t, "end", false, true);
    struct csv c;
    assert_int_equal(csv_open_text(&c, "x", t.s, t.len, &e), ST_OK);
    assert_int_equal(csv_next(&c, &e), 1);
    assert_string_equal(csv_unguard(csv_cell(&c, 0)), cell);
    assert_int_equal(c.n, 2);
    assert_int_equal(csv_next(&c, &e), 0);
    csv_close(&c);
  }
  text_free(&t);
}

/* Any bytes are read or refused, never past their end; what is read survives a round trip. */
static void hostile_bytes(void **state) {
  (void)state;
  static const char bytes[] = "\"\"\",,\n\r\n a=\xC4\xAA\xE6\x9D\x91\xFF\x81\x30\xEF\xBB\xBF\x00";
  unsigned seed = 20;
  struct text out = {0};
  struct error e;
  for (int round = 0; round < 20000; round++) {
    char raw[24];
    unsigned n = (seed = seed * 1103515245u + 12345u) >> 16 & 15;
    for (unsigned i = 0; i < n; i++)
      raw[i] = bytes[((seed = seed * 1103515245u + 12345u) >> 16) % (round % 2 ? 11 : sizeof bytes)];
    struct csv c, again;
    if (csv_open_text(&c, "x", raw, n, &e) != ST_OK) continue;
    while (csv_next(&c, &e) == 1) {
      text_clear(&out);
      for (size_t i = 0; i < c.n; i++) csv_add(&out, c.cell[i], i == 0, false);
      if (out.len == 0) continue; /* one empty cell is an empty line */
      assert_int_equal(csv_open_text(&again, "x", out.s, out.len, &e), ST_OK);
      assert_int_equal(csv_next(&again, &e), 1);
      assert_int_equal(again.n, c.n);
      for (size_t i = 0; i < c.n; i++) assert_string_equal(again.cell[i], c.cell[i]);
      csv_close(&again);
    }
    csv_close(&c);
  }
  text_free(&out);
}

static void missing_file(void **state) {
  (void)state;
  struct csv c;
  struct error e;
  assert_int_equal(csv_open(&c, "/nonexistent/甲.csv", &e), ST_NOINPUT);
  assert_string_equal(e.file, "/nonexistent/甲.csv");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows),           cmocka_unit_test(gb18030),
      cmocka_unit_test(what_is_no_text), cmocka_unit_test(head),
      cmocka_unit_test(guarded_as_written), cmocka_unit_test(guard_round_trip),
      cmocka_unit_test(hostile_bytes),
      cmocka_unit_test(missing_file),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
