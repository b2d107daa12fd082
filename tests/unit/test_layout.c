/* Layout: lines, tables and page breaks, read back from the marks on the pages. */
#include "base/text.h"
#include "base/utf8.h"
#include "batch/layout.h"
#include "batch/layout_private.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define LINES_MAX 1000

struct printed { const struct page *page; int number; float x, y, right; struct text text; };
struct fixture {
  struct fonts *fonts;
  struct layout *l;
  struct template *t;
  struct sheet_data d;
  struct pages pages;
  struct error e;
  struct printed lines[LINES_MAX];
  int n;
};

static int setup(void **state) {
  struct fixture *x = calloc(1, sizeof *x);
  struct findings f = {0};
  struct settings *s = settings_load(NULL, &f);
  assert_non_null(s);
  assert_int_equal(fonts_open(&x->fonts, s, &x->e), ST_OK);
  settings_free(s);
  x->l = layout_new(x->fonts);
  assert_non_null(x->l);
  *state = x;
  return 0;
}

static void forget(struct fixture *x) {
  for (int i = 0; i < x->n; i++) text_free(&x->lines[i].text);
  x->n = 0;
  pages_clear(&x->pages);
  sheet_data_fini(&x->d);
  template_free(x->t);
  x->t = NULL;
}

static int teardown(void **state) {
  struct fixture *x = *state;
  forget(x);
  layout_free(x->l);
  fonts_free(x->fonts);
  pages_free(&x->pages);
  free(x);
  return 0;
}

/* Marks of one baseline, from left to right, are a printed line; a wide gap (another cell) becomes "|". */
static void collect(struct fixture *x) {
  for (size_t p = 0; p < x->pages.n; p++) {
    const struct page *page = &x->pages.list[p];
    struct printed *line = NULL;
    for (size_t i = 0; i < page->n_marks; i++) {
      const struct mark *m = &page->marks[i];
      uint16_t face, gid;
      assert_true(fonts_glyph(x->fonts, FONT_BODY, m->cp, &face, &gid));
      float advance = (float)fonts_advance(x->fonts, m->face, m->gid) * m->size / 1000;
      if (!line || line->y != m->y || m->x < line->right - m->size || m->x > line->right + m->size * 0.6f) {
        assert_in_range(x->n, 0, LINES_MAX - 1);
        line = &x->lines[x->n++];
        *line = (struct printed){.page = page, .number = (int)p + 1, .x = m->x, .y = m->y};
      }
      text_addcp(&line->text, m->cp);
      line->right = m->x + advance;
    }
  }
}

static enum status lay(struct fixture *x, const char *template) {
  char path[512];
  struct findings f = {0};
  const char *dir = getenv("srcdir");
  snprintf(path, sizeof path, "%s/%s", dir ? dir : ".", template);
  x->t = template_load(path, &f);
  assert_non_null(x->t);
  enum status st = layout_sheet(x->l, x->t, &x->d, &x->pages, &x->e);
  if (!st) collect(x);
  return st;
}

static int find_line(const struct fixture *x, const char *s, int from) {
  for (int i = from; i < x->n; i++)
    if (strcmp(text_str(&x->lines[i].text), s) == 0) return i;
  return -1;
}

static int count_line(const struct fixture *x, const char *s, int page) {
  int n = 0;
  for (int i = 0; i < x->n; i++)
    n += x->lines[i].number == page && strcmp(text_str(&x->lines[i].text), s) == 0;
  return n;
}

/* ---- text */

static const char *const paragraph =
    "根据《社会救助暂行办法》（国务院令第649号）和《最低生活保障审核确认办法》，"
    "经本人申请、入户调查、民主评议，"
    "“公示期”自2026年9月3日至2026年9月14日；有异议的，请拨打0356-5222110反映！"
    "（网址https://www.example.cn/gkml/2026/09/index.html）"
    "资金123456.78元，占12.5%，合计——如下……";

static void repeat(struct text *t, const char *s, int n) {
  for (int i = 0; i < n; i++) text_addf(t, "%s%s", i ? "\n" : "", s);
}

/* No line begins or ends with a mark that may not. */
static void check_marks(const char *before, const char *after, uint32_t *a, uint32_t *b) {
  const char *last = before;
  for (const char *p = before; *p; p += utf8_decode(p, a)) last = p;
  utf8_decode(last, a);
  utf8_decode(after, b);
  if (*a != '/' && (utf8_no_start(*b) || utf8_no_end(*a)))
    fail_msg("line break between %s and %s", before, after);
}

/* And no word or number is cut (except a long address). */
static void check_line_ends(const char *before, const char *after) {
  uint32_t a, b;
  check_marks(before, after, &a, &b);
  if (a == '/') return;
  bool word = a < 0x7F && b < 0x7F && a != ' ' && b != ' ';
  if (word) fail_msg("word cut between %s and %s", before, after);
}

static void test_line_breaks(void **state) {
  struct fixture *x = *state;
  struct text body = {0}, got = {0}, want = {0};
  for (int shift = 0; shift < 24; shift++) { /* every mark comes to a line's end once */
    forget(x);
    text_clear(&body);
    text_clear(&got);
    for (int i = 0; i < shift; i++) text_add(&body, "移");
    text_add(&body, paragraph);
    sheet_set(&x->d, "body", text_str(&body));
    assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
    for (int i = 0; i + 2 < x->n; i++)
      check_line_ends(text_str(&x->lines[i].text), text_str(&x->lines[i + 1].text));
    for (int i = 0; i + 1 < x->n; i++) text_add(&got, text_str(&x->lines[i].text));
    assert_string_equal(text_str(&got), text_str(&body)); /* nothing is lost; the last line is the footer */
  }
  text_free(&body);
  text_free(&got);
  text_free(&want);
}

/* Any mixture of characters, marks, words and numbers, the same at every run: marks stay off the ends, nothing
 * is lost, nothing stands out over the margin (but the blank half of a mark). */
static void test_random_texts(void **state) {
  static const char *const pieces[] = {
    "村", "务", "公", "开", "𡐓", "。", "，", "、", "；", "：", "？", "！", "）", "》", "」", "”", "……", "——",
    "（", "《", "「", "“", "2026", "12.5%", "abc", " ", "①", "■", "９", "公示期", "月", "日"};
  struct fixture *x = *state;
  struct text body = {0}, got = {0}, want = {0};
  uint32_t seed = 1, a, b;
  for (int round = 0; round < 4000; round++) {
    forget(x);
    text_clear(&body), text_clear(&got), text_clear(&want);
    text_add(&body, "村");
    for (int i = 0; i < 80; i++) {
      seed = seed * 1664525 + 1013904223;
      text_add(&body, (seed >> 30) == 0 ? "民" : pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
    }
    text_add(&body, "完");
    for (const char *p = text_str(&body); *p; p++)
      if (*p != ' ') text_addc(&want, *p);
    sheet_set(&x->d, "body", text_str(&body));
    assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
    float right = (float)(x->t->width - x->t->right);
    for (int i = 0; i + 1 < x->n; i++) {
      if (i + 2 < x->n) check_marks(text_str(&x->lines[i].text), text_str(&x->lines[i + 1].text), &a, &b);
      if (x->lines[i].right > right + 6.2f) fail_msg("over the margin: %s", text_str(&x->lines[i].text));
      for (const char *p = text_str(&x->lines[i].text); *p; p++)
        if (*p != ' ') text_addc(&got, *p);
    }
    assert_string_equal(text_str(&got), text_str(&want));
  }
  text_free(&body);
  text_free(&got);
  text_free(&want);
}

/* No last line of one character: 现。 takes 表 from the line above; a line that is full anyway stays. */
static void test_last_line(void **state) {
  struct fixture *x = *state;
  struct text body = {0};
  for (int n = 20; n < 120; n++) {
    forget(x);
    text_clear(&body);
    for (int i = 0; i < n; i++) text_add(&body, "民");
    text_add(&body, "。");
    sheet_set(&x->d, "body", text_str(&body));
    assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
    const char *last = text_str(&x->lines[x->n - 2].text); /* below it the footer */
    if (utf8_count(last) < 3) fail_msg("a last line of %s after %d characters", last, n);
  }
  text_free(&body);
}

static void test_justified(void **state) {
  struct fixture *x = *state;
  forget(x);
  struct text body = {0};
  repeat(
      &body,
      "　　甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛2026abc丙丁"
      "戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁abc己庚辛壬癸甲乙丙。",
      1);
  sheet_set(&x->d, "body", text_str(&body));
  assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
  float left = (float)x->t->left, right = (float)(x->t->width - x->t->right);
  assert_true(x->n >= 4);
  assert_true(fabsf(x->lines[0].x - left - 24) < 0.1f); /* two characters, whatever blanks were typed */
  for (int i = 0; i + 2 < x->n; i++) {
    if (i) assert_true(fabsf(x->lines[i].x - left) < 0.1f);
    assert_true(fabsf(x->lines[i].right - right) < 0.2f);
  }
  assert_true(x->lines[x->n - 2].right < right - 5); /* the last line is not stretched */
  text_free(&body);
}

static void test_balanced_title(void **state) {
  struct fixture *x = *state;
  forget(x);
  sheet_set(&x->d, "title", "关于莫𡐓村2026年9月拟纳入低保家庭名单的公示");
  sheet_set(&x->d, "body", "正文。");
  assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
  assert_string_equal(text_str(&x->lines[0].text), "关于莫𡐓村2026年9月");
  assert_string_equal(text_str(&x->lines[1].text), "拟纳入低保家庭名单的公示");
  float middle = (float)x->t->width / 2;
  assert_true(fabsf(x->lines[1].x + x->lines[1].right - 2 * middle) < 0.5f);
}

/* No first line of a paragraph alone at a page's end, no last line alone at a page's begin. */
static void test_pages(void **state) {
  struct fixture *x = *state;
  for (int lead = 0; lead < 12; lead++) {
    forget(x);
    struct text body = {0};
    repeat(&body, "单行。", lead);
    if (lead) text_addc(&body, '\n');
    repeat(
        &body,
        "始乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸"
        "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁终",
        5);
    sheet_set(&x->d, "body", text_str(&body));
    sheet_set(&x->d, "unit", "莫𡐓村");
    assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
    assert_true(x->pages.n >= 2);
    for (int i = 1; i < x->n; i++) {
      const struct printed *a = &x->lines[i - 1], *b = &x->lines[i];
      if (a->number == b->number || strstr(text_str(&b->text), "页")) continue;
      assert_null(strstr(text_str(&a->text), "始"));
      assert_true(!strstr(text_str(&b->text), "终") || strstr(text_str(&b->text), "始"));
    }
    for (int p = 1; p <= (int)x->pages.n; p++) {
      char foot[64];
      snprintf(foot, sizeof foot, "第%d页，共%d页", p, (int)x->pages.n);
      assert_int_equal(count_line(x, foot, p), 1);
      assert_int_equal(count_line(x, "莫𡐓村", p), 1);
    }
    text_free(&body);
  }
}

/* ---- tables */

static void add_rows(struct fixture *x, int n, const char *long_cell) {
  static const char *const head[] = {"序号", "户主姓名", "金额", "备注"};
  struct sheet_rows *r = sheet_rows_add(&x->d, "table", NULL, 4);
  for (int i = 0; i <= n; i++) {
    char no[16], money[16];
    const char **cell = sheet_row(&x->d, r);
    snprintf(no, sizeof no, "%d", i);
    snprintf(money, sizeof money, "%d.50", i * 37);
    const char *cells[] = {no, "张三", money, i == 3 ? long_cell : ""};
    for (int c = 0; c < 4; c++) cell[c] = i == 0 ? head[c] : sheet_copy(&x->d, cells[c], strlen(cells[c]));
  }
}

static void test_head_repeated(void **state) {
  struct fixture *x = *state;
  forget(x);
  sheet_set(&x->d, "unit", "莫𡐓村");
  add_rows(x, 120, "");
  assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_OK);
  assert_true(x->pages.n > 5);
  for (int p = 1; p <= (int)x->pages.n; p++)
    assert_int_equal(count_line(x, "户主姓名", p), count_line(x, "张三", p) > 0);
  for (int i = 1; i <= 120; i++) {
    char no[16];
    snprintf(no, sizeof no, "%d", i);
    assert_true(find_line(x, no, 0) >= 0);
  }
  int money = find_line(x, "37.50", 0), more = find_line(x, "4440.50", 0);
  assert_true(money >= 0 && more >= 0); /* numbers end at one edge */
  assert_true(fabsf(x->lines[money].right - x->lines[more].right) < 0.1f);
  assert_true(find_line(x, "{照印}", 0) >= 0);
  assert_true(find_line(x, "电话：", 0) < 0); /* a line whose names are all empty is not printed */
}

/* The head is never alone at a page's end, nor the title before it. */
static void test_head_not_alone(void **state) {
  struct fixture *x = *state;
  for (int n = 1; n < 60; n++) {
    forget(x);
    sheet_set(&x->d, "title", "标题");
    add_rows(x, n, "");
    assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_OK);
    for (int i = 0; i + 1 < x->n; i++) {
      if (strcmp(text_str(&x->lines[i].text), "备注") != 0) continue;
      assert_int_equal(x->lines[i].number, x->lines[i + 1].number);
      assert_null(strstr(text_str(&x->lines[i + 1].text), "页"));
    }
    assert_int_equal(count_line(x, "标题", 1), 1);
  }
}

static void test_tall_row(void **state) {
  struct fixture *x = *state;
  forget(x);
  struct text cell = {0}, got = {0};
  repeat(&cell, "这一格很长", 300);
  for (char *p = cell.s; *p; p++)
    if (*p == '\n') *p = ' ';
  add_rows(x, 4, text_str(&cell));
  assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_OK);
  assert_true(x->pages.n > 3);
  for (int i = 0; i < x->n; i++)
    if (strstr(text_str(&x->lines[i].text), "格") || strstr(text_str(&x->lines[i].text), "长"))
      text_add(&got, text_str(&x->lines[i].text));
  int n = 0;
  for (const char *p = text_str(&got); (p = strstr(p, "一")) != NULL; p++) n++;
  assert_int_equal(n, 300);
  for (size_t p = 0; p < x->pages.n; p++)
    for (size_t i = 0; i < x->pages.list[p].n_marks; i++)
      assert_true(x->pages.list[p].marks[i].y < x->pages.list[p].height - 15);
  text_free(&cell);
  text_free(&got);
}

static void test_groups(void **state) {
  struct fixture *x = *state;
  for (int n = 1; n < 24; n++) {
    forget(x);
    struct sheet_rows *r = sheet_rows_add(&x->d, "items", sheet_item_cells, ITEM_CELL_COUNT);
    for (int i = 0; i < n; i++) {
      const char **cell = sheet_row(&x->d, r);
      cell[ITEM_ID] = "19.01";
      cell[ITEM_GROUP] = i / 3 % 2 ? "第二类" : "第一类";
      cell[ITEM_NAME] = "政策法规文件";
      cell[ITEM_LIMIT] = "长期公开";
    }
    assert_int_equal(lay(x, "tests/templates/groups.cfg"), ST_OK);
    int groups = 0;
    for (int i = 0; i < x->n; i++) {
      bool group = strstr(text_str(&x->lines[i].text), "类") != NULL;
      groups += group;
      if (group) assert_int_equal(x->lines[i].number, x->lines[i + 1].number); /* stays with its first row */
    }
    assert_int_equal(groups, (n + 2) / 3);
  }
  forget(x);
  sheet_rows_add(&x->d, "items", sheet_item_cells, ITEM_CELL_COUNT);
  assert_int_equal(lay(x, "tests/templates/groups.cfg"), ST_OK);
  assert_true(find_line(x, "本单位没有事项", 0) > 0);
}

static void test_too_many_columns(void **state) {
  struct fixture *x = *state;
  static const int columns[] = {25, 60};
  for (int k = 0; k < 2; k++) {
    forget(x);
    struct sheet_rows *r = sheet_rows_add(&x->d, "table", NULL, (size_t)columns[k]);
    for (int i = 0; i < 2; i++) {
      const char **cell = sheet_row(&x->d, r);
      for (int c = 0; c < columns[k]; c++) cell[c] = "列";
    }
    assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_DATA);
    assert_string_equal(x->e.id, "sheet.columns");
  }
}

/* ---- codes, glyphs, sameness */

static void test_code_grows(void **state) {
  struct fixture *x = *state;
  struct text address = {0};
  float extent[2];
  static const int lengths[] = {1, 12};
  for (int k = 0; k < 2; k++) {
    forget(x);
    text_clear(&address);
    repeat(&address, "单位：莫𡐓村村民委员会", lengths[k]);
    sheet_set(&x->d, "address", text_str(&address));
    sheet_set(&x->d, "qr_hint", "扫码查看");
    assert_int_equal(lay(x, "tests/templates/code.cfg"), ST_OK);
    const struct page *p = &x->pages.list[0];
    assert_true(p->n_boxes > 20);
    float low = 1e9f, high = 0;
    for (size_t i = 0; i < p->n_boxes; i++) {
      low = fminf(low, p->boxes[i].x);
      high = fmaxf(high, p->boxes[i].x + p->boxes[i].w);
    }
    extent[k] = high - low;
    assert_true(fabsf(low - (float)x->t->left) < 0.1f); /* dark modules in line with the text */
    assert_true(x->lines[0].x > high);                  /* caption beside it */
  }
  assert_true(extent[0] > 25 * 0.5f * 72 / 25.4f && extent[1] > extent[0] * 1.5f);
  text_free(&address);
}

static void test_missing_glyphs(void **state) {
  struct fixture *x = *state;
  forget(x);
  sheet_set(&x->d, "body", "甲\xF3\xB0\x80\x80乙\xF3\xB0\x80\x81丙\xF3\xB0\x80\x80𡐓");
  assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_DATA);
  assert_string_equal(x->e.id, "sheet.glyph");
  const uint32_t *cps;
  assert_int_equal(layout_missing(x->l, &cps), 2);
  assert_int_equal(cps[0], 0xF0000);
  assert_int_equal(cps[1], 0xF0001);
  forget(x);
  sheet_set(&x->d, "body", "𡐓");
  assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
  assert_int_equal(layout_missing(x->l, &cps), 0);
}

/* Characters that are not seen ask no font; an accent joins its letter, or stands over it. */
static void test_unseen(void **state) {
  struct fixture *x = *state;
  forget(x);
  sheet_set(&x->d, "body",
            "零\xE2\x80\x8B宽\xEF\xBB\xBF字\xF3\xA0\x84\x80\xEF\xB8\x80软\xC2\xAD连e\xCC\x81好\xCC\x81完");
  assert_int_equal(lay(x, "tests/templates/text.cfg"), ST_OK);
  const struct page *page = &x->pages.list[0];
  static const uint32_t want[] = {0x96F6, 0x5BBD, 0x5B57, 0x8F6F, 0x8FDE, 0xE9, 0x597D, 0x301, 0x5B8C};
  for (size_t i = 0; i < sizeof want / sizeof *want; i++) assert_int_equal(page->marks[i].cp, want[i]);
  assert_true(fabsf(page->marks[8].x - page->marks[6].x - 12) < 0.1f); /* the accent takes no room */
  assert_true(page->marks[7].x <= page->marks[8].x);
}

/* Many columns: short words wrap, but no text stands upright, one character a line. */
static void test_no_upright_text(void **state) {
  static const char *const row[] = {"序号", "户主姓名", "某示例", "耕地地力", "农商行", "村东十号",
                                    "HT20260001", "是否公示", "面积（亩）", "937.50", "标准", "备注"};
  struct fixture *x = *state;
  forget(x);
  struct sheet_rows *r = sheet_rows_add(&x->d, "table", NULL, 12);
  for (int i = 0; i < 3; i++) memcpy(sheet_row(&x->d, r), row, sizeof row);
  assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_OK);
  for (int i = 0; i < x->n; i++) {
    const char *s = text_str(&x->lines[i].text);
    if (strcmp(s, "户") == 0 || strcmp(s, "耕") == 0 || strcmp(s, "村") == 0) fail_msg("%s stands alone", s);
  }
  assert_true(count_line(x, "HT20260001", 1) > 0);
}

/* A workspace used before gives the same marks as a new one. */
static void test_same_again(void **state) {
  struct fixture *x = *state;
  struct layout *fresh = layout_new(x->fonts);
  struct pages pages = {0};
  forget(x);
  sheet_set(&x->d, "title", "标题");
  add_rows(x, 50, paragraph);
  assert_int_equal(lay(x, "tests/templates/table.cfg"), ST_OK);
  assert_int_equal(layout_sheet(fresh, x->t, &x->d, &pages, &x->e), ST_OK);
  assert_int_equal(pages.n, x->pages.n);
  for (size_t i = 0; i < pages.n; i++) {
    assert_int_equal(pages.list[i].n_marks, x->pages.list[i].n_marks);
    for (size_t k = 0; k < pages.list[i].n_marks; k++) {
      const struct mark *a = &pages.list[i].marks[k], *b = &x->pages.list[i].marks[k];
      assert_true(a->x == b->x && a->y == b->y && a->gid == b->gid && a->face == b->face &&
                  a->size == b->size);
    }
  }
  layout_free(fresh);
  pages_free(&pages);
}

static float board_size(struct fixture *x, int rows) {
  forget(x);
  struct sheet_rows *r = sheet_rows_add(&x->d, "items", sheet_item_cells, ITEM_CELL_COUNT);
  for (int i = 0; i < rows; i++) {
    const char **cell = sheet_row(&x->d, r);
    cell[ITEM_ID] = "19.01";
    cell[ITEM_NAME] = "政策法规文件";
  }
  sheet_set(&x->d, "address", "https://www.example.cn/");
  assert_int_equal(lay(x, "templates/board.cfg"), ST_OK);
  int i = find_line(x, "19.01", 0);
  assert_true(i >= 0);
  for (size_t m = 0; m < x->pages.list[0].n_marks; m++)
    if (x->pages.list[0].marks[m].y == x->lines[i].y) return x->pages.list[0].marks[m].size;
  return 0;
}

/* Set tighter only where that saves a page: the board template's table goes from 12 pt towards 10.5 pt. */
static void test_squeeze(void **state) {
  struct fixture *x = *state;
  int tight = 0;
  for (int rows = 5; rows < 60; rows++) {
    float size = board_size(x, rows);
    assert_true(size >= 10.5f && size <= 12);
    if (size < 12) tight += x->pages.n == 1;
    else assert_true(rows > 30 || x->pages.n == 1);
    if (rows == 5) assert_true(size == 12);
    if (rows == 59) assert_true(x->pages.n == 2);
  }
  assert_in_range(tight, 3, 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_line_breaks),      cmocka_unit_test(test_random_texts),
    cmocka_unit_test(test_last_line),            cmocka_unit_test(test_unseen),
    cmocka_unit_test(test_no_upright_text),
    cmocka_unit_test(test_justified),
      cmocka_unit_test(test_balanced_title),   cmocka_unit_test(test_pages),
      cmocka_unit_test(test_head_repeated),    cmocka_unit_test(test_head_not_alone),
      cmocka_unit_test(test_tall_row),         cmocka_unit_test(test_groups),
      cmocka_unit_test(test_too_many_columns), cmocka_unit_test(test_code_grows),
      cmocka_unit_test(test_missing_glyphs),   cmocka_unit_test(test_same_again),
      cmocka_unit_test(test_squeeze),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, setup, teardown);
}
