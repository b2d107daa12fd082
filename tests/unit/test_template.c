/* The template reader: every key, defaults, and that each fault is named with file, line and what to do. */
#include "templates/template.h"
#include "base/text.h"
#include "batch/sheet_data.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define MM (72.0 / 25.4)

static const char *path_of(const char *name) {
  static char path[512];
  const char *dir = getenv("srcdir");
  snprintf(path, sizeof path, "%s/%s", dir ? dir : ".", name);
  return path;
}

static struct template *load(const char *name, struct findings *f) {
  struct template *t = template_load(path_of(name), f);
  struct sheet_names names;
  if (!t) return NULL;
  sheet_names(t->kind, &names);
  if (template_check_names(t, &names.names, f)) return t;
  template_free(t);
  return NULL;
}

/* A finding at that line (0: any) whose text or path holds word. */
static bool has(const struct findings *f, int line, const char *word) {
  for (size_t i = 0; i < f->n; i++)
    if ((line == 0 || f->list[i].e.line == line) &&
        (strstr(f->list[i].e.text, word) || strstr(f->list[i].e.path, word)))
      return true;
  for (size_t i = 0; i < f->n; i++)
    print_message("# %s:%d: %s: %s\n", f->list[i].e.file, f->list[i].e.line, f->list[i].e.path,
                  f->list[i].e.text);
  return false;
}

static void test_shipped(void **state) {
  (void)state;
  static const char *const kinds[] = {"notice", "board", "index"};
  for (size_t i = 0; i < 3; i++) {
    char name[64];
    struct findings f = {0};
    snprintf(name, sizeof name, "templates/%s.cfg", kinds[i]);
    struct template *t = load(name, &f);
    assert_true(f.n == 0);
    assert_non_null(t);
    assert_string_equal(t->kind, kinds[i]);
    assert_true(t->n_blocks > 3);
    assert_true(fabs(t->width - 210 * MM) < 0.01 && fabs(t->height - 297 * MM) < 0.01);
    assert_non_null(strstr(t->footer_right, "{pages}"));
    for (size_t k = 0; k < t->n_blocks; k++) assert_true(t->blocks[k].min_size >= 10.5);
    template_free(t);
    findings_free(&f);
  }
}

static void test_every_key(void **state) {
  (void)state;
  struct findings f = {0};
  struct template *t = load("tests/templates/kinds.cfg", &f);
  assert_non_null(t);
  assert_int_equal(f.n, 0);
  assert_true(fabs(t->width - 297 * MM) < 0.01 && t->top == 72 && fabs(t->bottom - 72) < 0.01);
  assert_int_equal(t->qr_level, 'H');
  assert_true(t->tight == 0.9);
  assert_string_equal(t->footer.role, "number");
  const struct block *b = &t->blocks[0];
  assert_int_equal(b->align, ALIGN_RIGHT);
  assert_true(b->indent == 2.5 && b->inset == 1 && b->keep && b->balance && b->body_type.leading == 30);
  assert_string_equal(b->when, "unit");
  b = &t->blocks[3];
  assert_int_equal(b->type, BLOCK_GRID);
  assert_true(b->across == 3 && b->below && fabs(b->side - 30 * MM) < 0.01 && fabs(b->gap - 5 * MM) < 0.01);
  assert_int_equal(t->blocks[4].n_columns, 1);
  assert_string_equal(t->blocks[4].columns[0].strong, "overdue");
  assert_true(t->blocks[4].columns[0].weight == 2 && t->blocks[4].min_size == 9);
  template_free(t);
}

static void test_bad_keys(void **state) {
  (void)state;
  struct findings f = {0};
  assert_null(load("tests/templates/bad-keys.cfg", &f));
  assert_true(has(&f, 2, "summary"));
  assert_true(has(&f, 3, "colour"));
  assert_true(has(&f, 4, "25mm"));
  assert_true(has(&f, 4, "left"));
  assert_true(has(&f, 6, "花括号"));
  assert_true(has(&f, 7, "source"));
  assert_true(has(&f, 8, "columns"));
  assert_true(has(&f, 9, "picture"));
  assert_true(has(&f, 10, "16pt"));
  assert_true(has(&f, 10, "align"));
  findings_free(&f);
}

static void test_bad_names(void **state) {
  (void)state;
  struct findings f = {0};
  assert_null(load("tests/templates/bad-names.cfg", &f));
  assert_true(has(&f, 0, "person"));
  assert_true(has(&f, 5, "telefone"));
  assert_true(has(&f, 6, "nothing"));
  assert_true(has(&f, 7, "items"));
  assert_true(has(&f, 8, "adress"));
  assert_int_equal(f.n, 5);
  findings_free(&f);
  assert_null(load("tests/templates/bad-board-cells.cfg", &f));
  assert_true(has(&f, 4, "grup"));
  assert_true(has(&f, 6, "status"));
  assert_true(has(&f, 6, "late"));
  assert_int_equal(f.n, 3);
  findings_free(&f);
}

static void test_bad_files(void **state) {
  (void)state;
  struct findings f = {0};
  assert_null(load("tests/templates/bad-page.cfg", &f));
  assert_true(has(&f, 3, "页边距"));
  findings_free(&f);
  assert_null(load("tests/templates/bad-include.cfg", &f));
  assert_true(has(&f, 3, ""));
  findings_free(&f);
  assert_null(load("tests/templates/bad-syntax.cfg", &f));
  assert_true(has(&f, 4, ""));
  findings_free(&f);
  assert_null(load("tests/templates/no-such.cfg", &f));
  assert_true(f.n > 0);
  findings_free(&f);
}

static void test_names(void **state) {
  (void)state;
  char name[32];
  size_t at = 0, begin;
  const char *s = "一{unit}二{{x}{item_id}";
  assert_int_equal(template_name(s, &at, &begin, name), 1);
  assert_string_equal(name, "unit");
  assert_int_equal(begin, 3);
  assert_int_equal(template_name(s, &at, &begin, name), 1);
  assert_string_equal(name, "item_id");
  assert_int_equal(template_name(s, &at, &begin, name), 0);
  static const char *const bad[] = {"{",     "{}",    "{Unit}",
                                    "{unit", "{a b}", "{abcdefghijklmnopqrstuvwxyzabcdefgh}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    at = 0;
    assert_int_equal(template_name(bad[i], &at, &begin, name), -1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_shipped), cmocka_unit_test(test_every_key), cmocka_unit_test(test_bad_keys),
    cmocka_unit_test(test_bad_names), cmocka_unit_test(test_bad_files), cmocka_unit_test(test_names),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
