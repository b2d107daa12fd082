/* mingbai.cfg: defaults, the example as shipped, which contact counts, faults with their place. */
#include "batch/font.h"
#include "checklists/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/mingbai-settings-XXXXXX";

static struct settings *load_text(const char *text, struct findings *f) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  return settings_load(path, f);
}

static void test_defaults(void **state) {
  (void)state;
  struct findings f = {0};
  struct settings *s = settings_load(NULL, &f);
  assert_non_null(s);
  assert_string_equal(s->url, "");
  assert_string_equal(s->tailoring, "");
  assert_int_equal(s->ambiguous, 0);
  assert_int_equal(s->n_fonts, 0);
  assert_string_equal(settings_telephone(s, "140581001001"), "");
  settings_free(s);
}

static void test_example(void **state) {
  (void)state;
  char example[300];
  struct findings f = {0};
  snprintf(example, sizeof example, "%s/examples/mingbai.cfg", getenv("srcdir") ? getenv("srcdir") : ".");
  struct settings *s = settings_load(example, &f);
  for (size_t i = 0; i < f.n; i++)
    print_message("%d %s: %s\n", f.list[i].e.line, f.list[i].e.path, f.list[i].e.text);
  assert_non_null(s);
  assert_int_equal(f.n, 0);
  assert_string_equal(settings_telephone(s, "140581001201"), "0356-0000001");
  assert_string_equal(settings_telephone(s, "140581109000"), "0356-0000000");
  settings_free(s);
}

static void test_contacts(void **state) {
  (void)state;
  struct findings f = {0};
  struct settings *s = load_text("telephone = \"0\"; office = \"政务公开办\";\n"
                                 "contacts = ( { unit = \"140581\"; telephone = \"1\"; office = \"县办\"; },\n"
                                 "  { unit = \"140581001\"; telephone = \"2\"; },\n"
                                 "  { unit = \"140581000000-D01\"; office = \"民政局\"; } );", &f);
  assert_non_null(s);
  assert_string_equal(settings_telephone(s, "140581001001"), "2");
  assert_string_equal(settings_office(s, "140581001001"), "县办"); /* the longer one names no office */
  assert_string_equal(settings_telephone(s, "140581002001"), "1");
  assert_string_equal(settings_office(s, "140581000000-D01"), "民政局");
  assert_string_equal(settings_telephone(s, "130881001001"), "0");
  assert_string_equal(settings_office(s, "130881001001"), "政务公开办");
  settings_free(s);
}

static void test_paths(void **state) {
  (void)state;
  struct findings f = {0};
  struct settings *s =
      load_text("tailoring = \"本地化.cfg\"; fonts = { body = [\"a.ttf\", \"/usr/b.ttc#B\"]; };", &f);
  assert_non_null(s);
  assert_string_equal(s->tailoring, "/tmp/本地化.cfg");
  assert_int_equal(s->n_fonts, 1);
  assert_string_equal(s->fonts[0].role, "body");
  assert_string_equal(s->fonts[0].files.s[0], "/tmp/a.ttf");
  assert_string_equal(s->fonts[0].files.s[1], "/usr/b.ttc#B");
  settings_free(s);
}

/* The roles that settings may name are the roles that sheets print with. */
static void test_font_roles(void **state) {
  (void)state;
  struct findings f = {0};
  struct settings *s =
      load_text("fonts = { body = [\"a\"]; heading = [\"a\"]; title = [\"a\"]; number = [\"a\"]; };", &f);
  assert_non_null(s);
  assert_int_equal(s->n_fonts, FONT_ROLES);
  for (size_t i = 0; i < s->n_fonts; i++) assert_true(font_role_find(s->fonts[i].role) >= 0);
  settings_free(s);
}

static const struct { const char *text, *place, *id; int line; } faults[] = {
  {"phone = \"1\";", "phone", "conf.unknown-key", 1},
  {"telephone = 110;", "telephone", "conf.type", 1},
  {"\nurl = \"www.example.cn\";", "url", "conf.value", 2},
  {"url = \"https://x.cn/{village}\";", "url", "conf.value", 1},
  {"url = \"https://x.cn/{unit\";", "url", "conf.value", 1},
  {"url = \"https://x.cn/a b\";", "url", "conf.value", 1},
  {"url = \"javascript:alert(1)\";", "url", "conf.value", 1},
  {"printer = \"-o raw\";", "printer", "conf.value", 1},
  {"ambiguous = 3;", "ambiguous", "conf.range", 1},
  {"contacts = ( { telephone = \"1\"; } );", "contacts[0].unit", "conf.missing", 1},
  {"contacts = ( { unit = \"北城\"; } );", "contacts[0].unit", "conf.value", 1},
  {"contacts = ( { unit = \"14\"; },\n { unit = \"14\"; } );", "contacts[1].unit", "settings.duplicate", 2},
  {"fonts = { bodi = [\"a\"]; };", "fonts.bodi", "conf.unknown-key", 1},
  {"telephone = \"1”;", "", "conf.syntax", 1},
};

static void test_faults(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    struct findings f = {0};
    struct settings *s = load_text(faults[i].text, &f);
    if (f.n != 1) print_message("%s: %zu findings\n", faults[i].text, f.n);
    assert_null(s);
    assert_int_equal(f.n, 1);
    assert_string_equal(f.list[0].e.id, faults[i].id);
    assert_string_equal(f.list[0].e.path, faults[i].place);
    assert_int_equal(f.list[0].e.line, faults[i].line);
    findings_free(&f);
  }
}

static int setup(void **state) {
  (void)state;
  int fd = mkstemp(path);
  if (fd >= 0) close(fd);
  return fd < 0;
}

static int teardown(void **state) {
  (void)state;
  return unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_defaults), cmocka_unit_test(test_example), cmocka_unit_test(test_contacts),
    cmocka_unit_test(test_paths), cmocka_unit_test(test_font_roles), cmocka_unit_test(test_faults),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, setup, teardown);
}
