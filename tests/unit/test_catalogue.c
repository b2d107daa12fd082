/* The standard catalogue as shipped (26 domains, 600 items), who is asked for what, and what tailoring
 * changes. */
#include "base/text.h"
#include "checklists/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct catalogue *load(void) {
  char dir[300];
  struct findings f = {0};
  snprintf(dir, sizeof dir, "%s/checklists/domains", getenv("srcdir") ? getenv("srcdir") : ".");
  struct catalogue *c = catalogue_load(dir, &f);
  for (size_t i = 0; i < f.n; i++)
    print_message("%s:%d %s\n", f.list[i].e.file, f.list[i].e.line, f.list[i].e.text);
  assert_non_null(c);
  assert_int_equal(f.n, 0);
  return c;
}

static int setup(void **state) {
  *state = load();
  return 0;
}

static int teardown(void **state) {
  catalogue_free(*state);
  return 0;
}

static const struct item *item_at(const struct catalogue *c, const char *id) {
  int i = catalogue_find(c, id);
  assert_true(i >= 0);
  return &c->items[i];
}

static bool asks(const struct catalogue *c, const char *id, enum level level, const char *code) {
  int i = catalogue_find(c, id);
  assert_true(i >= 0);
  return catalogue_asks(c, i, level, code);
}

static int count_asked(const struct catalogue *c, enum level level) {
  int n = 0;
  for (size_t i = 0; i < c->n_items; i++) n += c->asked[i] >> level & 1;
  return n;
}

static void test_counts(void **state) {
  const struct catalogue *c = *state;
  static const int cadences[CAD_COUNT] = {236, 297, 12, 5, 21, 3, 26};
  int count[CAD_COUNT] = {0}, request = 0, superseded = 0, verified = 0;
  assert_string_equal(c->edition, "2026-08");
  assert_int_equal(c->n_domains, 26);
  assert_int_equal(c->n_items, 600);
  for (size_t i = 0; i < c->n_items; i++) {
    const struct item *item = &c->items[i];
    count[item->cadence]++;
    request += item->mode == MODE_REQUEST;
    superseded += item->superseded_by != NULL;
    verified += item->verified;
    if (i > 0) assert_true(strcmp(c->items[i - 1].id, item->id) < 0);
    assert_memory_equal(c->domains[item->domain].no, item->id, 2);
  }
  for (int i = 0; i < CAD_COUNT; i++) assert_int_equal(count[i], cadences[i]);
  assert_int_equal(request, 5);
  assert_int_equal(superseded, 3);
  assert_int_equal(verified, 336);
}

static void test_domains(void **state) {
  const struct catalogue *c = *state;
  int next = 0;
  for (size_t d = 0; d < c->n_domains; d++) {
    assert_int_equal(atoi(c->domains[d].no), d);
    assert_int_equal(c->domains[d].first, next);
    next += c->domains[d].n;
  }
  assert_int_equal(next, 600);
  assert_int_equal(catalogue_find_domain(c, "19"), 19);
  assert_int_equal(catalogue_find_domain(c, "社会救助"), 19);
  assert_int_equal(catalogue_find_domain(c, "social-assistance"), 19);
  assert_int_equal(catalogue_find_domain(c, "26"), -1);
  assert_string_equal(c->domains[19].guideline_document, "民办函〔2019〕52号");
  assert_null(c->domains[6].guideline_date);
}

static void test_one_item(void **state) {
  const struct catalogue *c = *state;
  const struct item *i = item_at(c, "19.05");
  assert_string_equal(i->level2, "审核信息");
  assert_string_equal(i->deadline_text, "制定或获取信息之日起10个工作日内，公示7个工作日");
  assert_int_equal(i->cadence, CAD_EVENT);
  assert_int_equal(i->within.n, 10);
  assert_int_equal(i->within.unit, SPAN_WORKDAYS);
  assert_int_equal(i->notice.n, 7);
  assert_int_equal(i->levels, 1 << LEVEL_TOWNSHIP | 1 << LEVEL_VILLAGE);
  assert_int_equal(i->channels, 1 << channel_find("村公示栏"));
  assert_int_equal(i->personal, PERSONAL_NAMES);
  assert_int_equal(i->content.n, 1);
  assert_false(i->has_review);
  assert_int_equal(item_at(c, "00.02")->within.unit, SPAN_NONE);
  assert_true(item_at(c, "00.41")->has_review);
  assert_int_equal(item_at(c, "00.41")->unverified, 1 << IF_BASIS | 1 << IF_NOTICE | 1 << IF_REVIEW);
  assert_int_equal(catalogue_find(c, "19.14"), -1);
  assert_int_equal(catalogue_find(c, ""), -1);
}

/* 179 items have the village level: 7 are the same as others it has, 3 are superseded. */
static void test_asked(void **state) {
  const struct catalogue *c = *state;
  assert_int_equal(count_asked(c, LEVEL_VILLAGE), 169);
  assert_int_equal(count_asked(c, LEVEL_DEPARTMENT), 0);
  assert_true(asks(c, "19.05", LEVEL_VILLAGE, "140581001001"));
  assert_false(asks(c, "00.39", LEVEL_VILLAGE, "140581001001")); /* the same as 19.05 */
  assert_false(asks(c, "07.02", LEVEL_VILLAGE, "140581001001")); /* superseded by 07.12 */
  assert_true(asks(c, "07.12", LEVEL_VILLAGE, "140581001001"));
  assert_false(asks(c, "19.05", LEVEL_COUNTY, "140581000000")); /* not the county's */
  for (size_t i = 0; i < c->n_items; i++)
    if (c->items[i].mode == MODE_REQUEST) assert_int_equal(c->asked[i], 0);
  assert_true(catalogue_allows(c, catalogue_find(c, "00.39"), LEVEL_VILLAGE));
  assert_false(catalogue_allows(c, catalogue_find(c, "19.05"), LEVEL_COUNTY));
  assert_true(catalogue_allows(c, catalogue_find(c, "04.01"), LEVEL_DEPARTMENT));
}

static bool tailor(struct catalogue *c, const char *text) {
  char path[] = "/tmp/mingbai-tailoring-XXXXXX";
  struct findings f = {0};
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
  close(fd);
  bool ok = catalogue_tailor(c, path, &f);
  unlink(path);
  findings_free(&f);
  return ok;
}

static void test_drop(void **state) {
  struct catalogue *c = *state;
  assert_true(tailor(c, "drop = ( { id = \"19.05\"; reason = \"本县不办\"; } );"));
  assert_string_equal(item_at(c, "19.05")->dropped, "本县不办");
  assert_false(asks(c, "19.05", LEVEL_VILLAGE, "140581001001"));
  assert_true(asks(c, "00.39", LEVEL_VILLAGE, "140581001001")); /* what it stood for asks again */
}

static void test_within_and_reword(void **state) {
  struct catalogue *c = *state;
  assert_true(tailor(c, "within = ( { id = \"19.05\"; n = 5; unit = \"days\"; } );"
                        "reword = ( { id = \"19.05\"; level2 = \"初审名单\"; content = [\"姓名\", \"村组\"]; } );"));
  const struct item *i = item_at(c, "19.05");
  assert_int_equal(i->within.n, 5);
  assert_int_equal(i->within.unit, SPAN_DAYS);
  assert_string_equal(i->level2, "初审名单");
  assert_int_equal(i->content.n, 2);
  assert_string_equal(i->content.s[1], "村组");
  assert_string_equal(i->level1, "最低生活保障");
}

static void test_confirm(void **state) {
  struct catalogue *c = *state;
  assert_true(tailor(
      c,
      "confirm = ( { id = \"19.05\"; value = \"required\"; }, { domain = \"19\"; value = \"implied\"; } );"));
  assert_false(item_at(c, "19.05")->confirm_implied); /* one item wins over its domain, in any order */
  assert_true(item_at(c, "19.06")->confirm_implied);
  assert_false(item_at(c, "20.01")->confirm_implied);
}

static void test_assign(void **state) {
  struct catalogue *c = *state;
  int county = count_asked(c, LEVEL_COUNTY);
  assert_true(tailor(c, "assign = ( { unit = \"140581000000-D01\"; domains = [\"19\"]; },"
                        " { unit = \"140581000000-D02\"; items = [\"19.01\", \"04.01\"]; } );"));
  assert_true(asks(c, "19.02", LEVEL_DEPARTMENT, "140581000000-D01"));
  assert_false(asks(c, "19.02", LEVEL_DEPARTMENT, "140581000000-D02"));
  assert_false(asks(c, "19.02", LEVEL_COUNTY, "140581000000"));
  assert_true(asks(c, "19.02", LEVEL_TOWNSHIP, "140581001000"));
  assert_true(asks(c, "19.01", LEVEL_DEPARTMENT, "140581000000-D02"));
  assert_false(asks(c, "19.05", LEVEL_DEPARTMENT, "140581000000-D01")); /* has no county level */
  assert_int_equal(count_asked(c, LEVEL_COUNTY) + count_asked(c, LEVEL_DEPARTMENT), county);
}

static const char own_item[] =
    "add = ( { id = \"19.90\"; level1 = \"惠民\"; level2 = \"高龄津贴\"; content = [\"标准\"]; basis = "
    "[\"本县办法\"];"
    " deadline = { text = \"每季度后10日内\"; cadence = \"quarterly\"; within = { n = 10; unit = \"days\"; "
    "}; event = \"季末\"; };"
    " publisher = \"乡镇\"; channels = [\"村公示栏\"]; channel_rule = \"any\"; audience = \"全社会\"; mode = "
    "\"主动\";"
    " levels = [\"village\"]; personal = \"none\"; verified = true; unverified = []; } );";

static void test_add(void **state) {
  struct catalogue *c = *state;
  char both[2000];
  snprintf(both, sizeof both, "%s drop = ( { id = \"19.90\"; reason = \"x\"; } );", own_item);
  assert_true(tailor(c, own_item));
  assert_int_equal(c->n_items, 601);
  assert_int_equal(c->domains[19].n, 14);
  assert_int_equal(c->domains[20].first, catalogue_find(c, "20.01"));
  assert_true(item_at(c, "19.90")->added);
  assert_int_equal(item_at(c, "19.90")->domain, 19);
  assert_true(asks(c, "19.90", LEVEL_VILLAGE, "140581001001"));
  assert_false(tailor(c, own_item)); /* the number is taken now */
  assert_int_equal(c->n_items, 601);
  assert_true(tailor(c, "drop = ( { id = \"19.90\"; reason = \"x\"; } );"));
  catalogue_free(c);
  *state = c = load();
  assert_true(tailor(c, both)); /* an added item may be named in the same file */
  assert_non_null(item_at(c, "19.90")->dropped);
}

static void test_fault_changes_nothing(void **state) {
  struct catalogue *c = *state;
  assert_false(tailor(c, "drop = ( { id = \"19.05\"; reason = \"x\"; } ); within = ( { id = \"19.77\"; n = "
                         "1; unit = \"days\"; } );"));
  assert_null(item_at(c, "19.05")->dropped);
  assert_int_equal(c->n_items, 600);
}

static void test_example(void **state) {
  struct catalogue *c = *state;
  char path[300];
  struct findings f = {0};
  snprintf(path, sizeof path, "%s/checklists/tailoring.cfg.example",
           getenv("srcdir") ? getenv("srcdir") : ".");
  bool ok = catalogue_tailor(c, path, &f);
  for (size_t i = 0; i < f.n; i++)
    print_message("%d %s: %s\n", f.list[i].e.line, f.list[i].e.path, f.list[i].e.text);
  assert_true(ok);
  assert_int_equal(f.n, 0);
  findings_free(&f);
}

/* Two items that name each other: one of them asks. */
static void test_same_as_each_other(void **state) {
  struct catalogue *c = *state;
  struct item *a = &c->items[catalogue_find(c, "19.05")];
  assert_int_equal(a->same_as.n, 0);
  a->same_as.s = calloc(1, sizeof *a->same_as.s);
  a->same_as.s[0] = str_dup("00.39");
  a->same_as.n = 1;
  assert_true(catalogue_seal(c));
  assert_true(asks(c, "00.39", LEVEL_VILLAGE, "140581001001"));
  assert_false(asks(c, "19.05", LEVEL_VILLAGE, "140581001001"));
  assert_true(asks(c, "19.05", LEVEL_TOWNSHIP, "140581001000")); /* a township has no 00.39 */
}

static void test_names(void **state) {
  (void)state;
  struct text t = {0};
  for (int i = 0; i < CHANNEL_COUNT; i++) assert_int_equal(channel_find(channel_name(i)), i);
  assert_null(channel_name(CHANNEL_COUNT));
  assert_int_equal(channel_find("公告栏"), -1);
  assert_string_equal(level_key(LEVEL_DEPARTMENT), "department");
  assert_string_equal(cadence_key(CAD_HALFYEAR), "halfyear");
  assert_true(cadence_recurs(CAD_ANNUAL) && cadence_recurs(CAD_MONTHLY) && !cadence_recurs(CAD_BEFORE));
  span_add_cn(&t, (struct span){20, SPAN_WORKDAYS});
  span_add_cn(&t, (struct span){7, SPAN_DAYS});
  span_add_cn(&t, (struct span){0, SPAN_NONE});
  assert_string_equal(text_str(&t), "20个工作日7日及时");
  text_free(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_counts),
      TEST(test_domains),
      TEST(test_one_item),
      TEST(test_asked),
      TEST(test_drop),
      TEST(test_within_and_reword),
      TEST(test_confirm),
      TEST(test_assign),
      TEST(test_add),
      TEST(test_fault_changes_nothing),
      TEST(test_example),
      TEST(test_same_as_each_other),
      cmocka_unit_test(test_names),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
