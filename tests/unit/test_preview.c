/* A sheet as text, and its QR code as cells: that what is seen is what is printed, whatever the width. */
#include "base/utf8.h"
#include "batch/preview.h"
#include "tui/draw_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct fixture {
  struct template *t;
  struct sheet_data d;
  struct preview p;
};

static struct template *load(const char *name) {
  char path[512];
  struct findings f = { 0 };
  const char *dir = getenv("srcdir");
  snprintf(path, sizeof path, "%s/%s", dir ? dir : ".", name);
  struct template *t = template_load(path, &f);
  assert_non_null(t);
  findings_free(&f);
  return t;
}

static int setup(void **state) {
  struct fixture *x = calloc(1, sizeof *x);
  assert_non_null(x);
  x->p.code_line = -1;
  utf8_set_ambiguous(1);
  *state = x;
  return 0;
}

static int teardown(void **state) {
  struct fixture *x = *state;
  template_free(x->t);
  sheet_data_fini(&x->d);
  preview_free(&x->p);
  free(x);
  utf8_set_ambiguous(1);
  return 0;
}

static void make(struct fixture *x, const char *name, int width, int code_rows, int code_cols) {
  struct error e = { 0 };
  if (!x->t) x->t = load(name);
  assert_int_equal(preview_make(&x->p, x->t, &x->d, width, code_rows, code_cols, &e), ST_OK);
  for (size_t i = 0; i < x->p.n; i++)
    if (utf8_width(x->p.line[i].text) > width) fail_msg("wider than %d: %s", width, x->p.line[i].text);
}

static int find(const struct fixture *x, const char *s) {
  for (size_t i = 0; i < x->p.n; i++)
    if (strstr(x->p.line[i].text, s)) return (int)i;
  return -1;
}

static const char *line(const struct fixture *x, const char *s) {
  int i = find(x, s);
  if (i < 0) fail_msg("no line with %s", s);
  return x->p.line[i].text;
}

static int blanks(const char *s) {
  return (int)strspn(s, " ");
}

static void fill_notice(struct fixture *x) {
  sheet_set(&x->d, "title", "莫𡐓村公示");
  sheet_set(&x->d, "body", "　　第一段，经本人申请、入户调查、民主评议，现予公示，欢迎监督。\n\n  第二段。");
  sheet_set(&x->d, "unit", "莫𡐓村村民委员会");
  sheet_set(&x->d, "date", "2026年9月3日");
  sheet_set(&x->d, "address", "https://gk.example.cn/1");
  sheet_set(&x->d, "qr_hint", "扫码查看");
  sheet_set(&x->d, "code", "7KQ2-M9XD-3");
}

static void test_text(void **state) {
  struct fixture *x = *state;
  fill_notice(x);
  make(x, "templates/notice.cfg", 40, 0, 0);
  assert_string_equal(x->p.line[0].text, "               莫𡐓村公示"); /* (40 - 10) / 2 */
  assert_int_equal(x->p.line[0].look, PREVIEW_TITLE);
  assert_string_equal(line(x, "第一段"), "    第一段，经本人申请、入户调查、民主评");
  assert_string_equal(line(x, "第二段"), "    第二段。"); /* its own blanks are the indent, the empty line is gone */
  assert_int_equal(find(x, "第二段"), find(x, "第一段") + 2);
  assert_int_equal(utf8_width(line(x, "村村民委员会")), 36); /* right, two characters from the edge */
  assert_int_equal(find(x, "监督电话"), -1); /* when = "telephone": it has none */
  assert_int_equal(find(x, "公示期"), -1);
  assert_true(find(x, "按 Tab") >= 0); /* the code is not drawn here */
  assert_string_equal(line(x, "网址"), "[码里的网址] https://gk.example.cn/1");
  assert_string_equal(preview_address(x->t, &x->d), "https://gk.example.cn/1");
}

/* No line begins or ends with a mark that may not, at any width. */
static void test_breaks(void **state) {
  struct fixture *x = *state;
  fill_notice(x);
  for (int width = 24; width < 80; width++) {
    make(x, "templates/notice.cfg", width, 0, 0);
    for (int i = find(x, "第一段"); i < find(x, "第二段"); i++) {
      uint32_t cp;
      const char *s = x->p.line[i].text + blanks(x->p.line[i].text);
      utf8_decode(s, &cp);
      if (utf8_no_start(cp)) fail_msg("width %d: %s", width, s);
    }
  }
}

static void fill_table(struct fixture *x) {
  static const char *const cells[] = { "序号", "姓名", "金额", "1", "赵一", "420", "2", "钱二\n（代）", "1,455.50" };
  struct sheet_rows *r = sheet_rows_add(&x->d, "table", NULL, 3);
  for (int i = 0; i < 9; i += 3) {
    const char **row = sheet_row(&x->d, r);
    for (int k = 0; k < 3; k++) row[k] = cells[i + k];
  }
}

static void test_table(void **state) {
  struct fixture *x = *state;
  fill_notice(x);
  fill_table(x);
  make(x, "templates/notice.cfg", 60, 0, 0);
  int head = find(x, "序号");
  assert_string_equal(x->p.line[head - 1].text, "+------+--------+----------+");
  assert_string_equal(x->p.line[head].text, "| 序号 |  姓名  |   金额   |");
  assert_int_equal(x->p.line[head].look, PREVIEW_HEAD);
  assert_string_equal(x->p.line[head + 2].text, "|  1   | 赵一   |      420 |"); /* numbers at the right */
  assert_string_equal(x->p.line[head + 3].text, "|  2   | 钱二   | 1,455.50 |");
  assert_string_equal(x->p.line[head + 4].text, "|      | （代） |          |");
  assert_string_equal(x->p.line[head + 5].text, "+------+--------+----------+");
}

/* A board: columns without weight keep what they need, the text columns share the rest. */
static void test_board(void **state) {
  struct fixture *x = *state;
  struct sheet_rows *r = sheet_rows_add(&x->d, "items", sheet_item_cells, ITEM_CELL_COUNT);
  const char **row = sheet_row(&x->d, r);
  row[ITEM_ID] = "19.05", row[ITEM_GROUP] = "最低生活保障", row[ITEM_NAME] = "最低生活保障审核信息";
  row[ITEM_LIMIT] = "制定或获取信息之日起10个工作日内，公示7个工作日", row[ITEM_STATE] = "逾期未公开";
  row[ITEM_PUBLISHED] = "2026-09-03", row[ITEM_DUE] = "2026-10-20";
  sheet_set(&x->d, "unit", "甲村");
  for (int ambiguous = 1; ambiguous <= 2; ambiguous++) {
    utf8_set_ambiguous(ambiguous);
    make(x, "templates/board.cfg", 76, 0, 0);
    assert_true(strstr(line(x, "19.05"), "| 逾期未公开 | 2026-09-03 | 2026-10-20 |") != NULL);
    assert_int_equal(find(x, "最低生活保障  "), find(x, "19.05") - 1); /* its group */
    int width = utf8_width(line(x, "+---"));
    for (int i = find(x, "+---"); x->p.line[i].text[0] == '|' || x->p.line[i].text[0] == '+'; i++)
      assert_int_equal(utf8_width(x->p.line[i].text), width);
  }
  x->d.rows[0].n_rows = 0;
  make(x, "templates/board.cfg", 76, 0, 0);
  assert_true(find(x, "没有需要公开的事项") > 0);
}

static void test_index(void **state) {
  struct fixture *x = *state;
  struct sheet_rows *r = sheet_rows_add(&x->d, "domains", sheet_domain_cells, DOMAIN_CELL_COUNT);
  for (int i = 0; i < 3; i++) {
    const char **row = sheet_row(&x->d, r);
    row[DOMAIN_NO] = i == 2 ? "21" : i ? "20" : "19", row[DOMAIN_NAME] = i ? "养老服务" : "社会救助";
    row[DOMAIN_TOTAL] = "13", row[DOMAIN_DONE] = "8", row[DOMAIN_ADDRESS] = "x";
  }
  make(x, "templates/index.cfg", 76, 0, 0);
  assert_string_equal(line(x, "19 社"), "[QR] 19 社会救助                      [QR] 20 养老服务");
  assert_int_equal(find(x, "21 "), find(x, "19 ") + 3); /* below, after its two lines and a blank one */
  assert_string_equal(preview_address(x->t, &x->d), "");
}

/* ---- the code */

static void test_code_beside(void **state) {
  struct fixture *x = *state;
  fill_notice(x);
  make(x, "templates/notice.cfg", 60, 12, 24);
  assert_true(x->p.code_line > 0);
  assert_int_equal(find(x, "按 Tab"), -1);
  assert_int_equal(blanks(line(x, "扫码查看")), 26);
  assert_in_range(find(x, "核对码"), x->p.code_line, x->p.code_line + 11);
  make(x, "templates/notice.cfg", 30, 12, 24); /* too narrow for words beside it */
  assert_int_equal(find(x, "扫码查看"), x->p.code_line + 12);
}

static bool module(const struct qr *q, int x, int y) {
  return x >= 0 && y >= 0 && x < q->size && y < q->size && q->dark[y * q->size + x] != 0;
}

/* Is the upper (half 0) or lower half of that cell black? */
static bool is_black(const struct screen *s, int row, int col, int half) {
  const struct cell *c = &s->cell[row * s->cols + col];
  bool ink = c->cp == 0x2588 || (c->cp == 0x2580 && half == 0) || (c->cp == 0x2584 && half == 1);
  assert_true(c->attr == ATTR_QR || c->attr == ATTR_QR_DARK);
  return c->attr == ATTR_QR ? ink : !ink;
}

static void check_code(const struct qr *q, int quiet, int ambiguous) {
  struct screen s = { 0 };
  int rows, cols, side = q->size + 2 * quiet;
  utf8_set_ambiguous(ambiguous);
  draw_code_size(q, quiet, &rows, &cols);
  assert_int_equal(cols, side * ambiguous);
  assert_true(screen_resize(&s, rows + 2, cols + 4));
  for (int i = 0; i < rows; i++) draw_code_row(&s, 1 + i, 2, q, quiet, i, false);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      for (int k = 0; k < ambiguous; k++) {
        bool black =
            ambiguous == 1 ? is_black(&s, 1 + y / 2, 2 + x, y % 2) : is_black(&s, 1 + y, 2 + 2 * x + k, 0);
        if (black != module(q, x - quiet, y - quiet)) fail_msg("module %d, %d, width %d", x, y, ambiguous);
      }
  screen_free(&s);
}

static void test_code_cells(void **state) {
  static const char *const texts[] = { "x", "https://gk.example.cn/140581001001/19/19.05?c=7KQ2-M9XD-3" };
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    struct qr q;
    struct error e;
    assert_int_equal(qr_make(&q, texts[i], 'L', &e), ST_OK);
    for (int quiet = 1; quiet <= 4; quiet++)
      for (int ambiguous = 1; ambiguous <= 2; ambiguous++) check_code(&q, quiet, ambiguous);
    qr_free(&q);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_text, setup, teardown),
    cmocka_unit_test_setup_teardown(test_breaks, setup, teardown),
    cmocka_unit_test_setup_teardown(test_table, setup, teardown),
    cmocka_unit_test_setup_teardown(test_board, setup, teardown),
    cmocka_unit_test_setup_teardown(test_index, setup, teardown),
    cmocka_unit_test_setup_teardown(test_code_beside, setup, teardown),
    cmocka_unit_test_setup_teardown(test_code_cells, setup, teardown),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
