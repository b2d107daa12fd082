/* The one validator: values made canonical, and the table of rules of checklists/record.c. */
#include "checklists/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The canonical form of value, or "!" and the id of the error. */
static const char *canonical(enum record_field f, const char *value) {
  static struct text out;
  struct error e = {0};
  text_clear(&out);
  text_add(&out, "kept ");
  enum status st = record_check_field(f, value, &out, &e);
  if (st == ST_OK) return text_str(&out) + 5;
  if (strcmp(text_str(&out), "kept ") != 0) return "!wrote";
  if (strcmp(e.path, field_key(f)) != 0 || !*e.text) return "!no place";
  text_clear(&out);
  text_addf(&out, "!%s", e.id);
  return text_str(&out);
}

static void values(void **state) {
  (void)state;
  static const struct {
    enum record_field field;
    const char *value, *want;
  } cases[] = {
      {FIELD_EVENT, "", ""},
      {FIELD_EVENT, " 　", ""},
      {FIELD_EVENT, "2026年9月3日", "2026-09-03"},
      {FIELD_PUBLISHED, " ２０２６．９．３ ", "2026-09-03"},
      {FIELD_REMOVED, "2026/9/3", "2026-09-03"},
      {FIELD_EVENT, "2026-02-29", "!record.date"},
      {FIELD_EVENT, "1979-12-31", "!record.date"},
      {FIELD_EVENT, "昨天", "!record.date"},
      {FIELD_EVENT, "2026-09-03\n2026-09-04", "!record.date"},
      {FIELD_PERIOD, "2026年第三季度", "2026Q3"},
      {FIELD_PERIOD, "２０２６Ｑ３", "2026Q3"},
      {FIELD_PERIOD, "2026-13", "!record.period"},
      {FIELD_TITLE, "　关于低保的公示 ", "关于低保的公示"},
      {FIELD_TITLE, "莫𡐓村", "莫𡐓村"},
      {FIELD_TITLE, "两\n行", "!record.line"},
      {FIELD_TITLE, "甲\x1B[31m", "!record.control"},
      {FIELD_TITLE, "甲\xE2\x80\xAE乙", "!record.control"},
      {FIELD_TITLE, "甲\xFF", "!record.encoding"},
      {FIELD_NONE, "本季度没有发生", "本季度没有发生"},
      {FIELD_BODY, "  第一段\r\n\t第二段\r第三段\n\n", "  第一段\n\t第二段\n第三段"},
      {FIELD_BODY, "甲\x07", "!record.control"},
      {FIELD_CHANNELS, "村公示栏", "村公示栏"},
      {FIELD_CHANNELS, "村公示栏、政府网站；其他", "政府网站;村公示栏;其他"},
      {FIELD_CHANNELS, "村公示栏;;村公示栏, ", "村公示栏"},
      {FIELD_CHANNELS, "村口大树", "!record.channel"},
      {FIELD_CHANNELS, ";", ""},
      {FIELD_URL, "https://www.example.gov.cn/a?b=1#c", "https://www.example.gov.cn/a?b=1#c"},
      {FIELD_URL, "http：／／www．example．cn", "http://www.example.cn"},
      {FIELD_URL, "www.example.cn", "!record.url"},
      {FIELD_URL, "javascript:alert(1)", "!record.url"},
      {FIELD_URL, "https://", "!record.url"},
      {FIELD_URL, "https:///a", "!record.url"},
      {FIELD_URL, "https://a b", "!record.url"},
      {FIELD_URL, "https://a\"b", "!record.url"},
      {FIELD_TABLE, "户主,金额\r\n张三,\"1,200\"\r\n", "户主,金额\n张三,\"1,200\""},
      {FIELD_TABLE, "户主,\"金额\n张三,1", "!record.table"},
      {FIELD_PHONE, "0356-5220000", "0356-5220000"},
  };
  for (size_t i = 0; i < COUNT(cases); i++)
    if (strcmp(canonical(cases[i].field, cases[i].value), cases[i].want) != 0)
      fail_msg("%s %s: %s", field_key(cases[i].field), cases[i].value,
               canonical(cases[i].field, cases[i].value));
  for (size_t i = 0; i < COUNT(cases); i++) { /* canonical is canonical */
    if (cases[i].want[0] == '!') continue;
    assert_string_equal(canonical(cases[i].field, cases[i].want), cases[i].want);
  }
  assert_string_equal(canonical(FIELD_TITLE, NULL), "");
}

static void lengths(void **state) {
  (void)state;
  char *big = malloc(TEXT_MAX_BYTES + 2);
  assert_non_null(big);
  memset(big, 'x', TEXT_MAX_BYTES + 1);
  big[TEXT_MAX_BYTES + 1] = '\0';
  assert_string_equal(canonical(FIELD_BODY, big), "!record.too-long");
  big[TEXT_MAX_BYTES] = '\0';
  assert_int_equal(strlen(canonical(FIELD_BODY, big)), TEXT_MAX_BYTES);
  big[LINE_MAX_BYTES + 1] = '\0';
  assert_string_equal(canonical(FIELD_TITLE, big), "!record.too-long");
  assert_string_equal(canonical(FIELD_EVENT, big), "!record.too-long");
  big[LINE_MAX_BYTES] = '\0';
  assert_int_equal(strlen(canonical(FIELD_TITLE, big)), LINE_MAX_BYTES);
  free(big);
}

static void messages_help(void **state) {
  (void)state;
  struct error e;
  struct text out = {0};
  assert_int_equal(record_check_field(FIELD_PUBLISHED, "二月三十", &out, &e), ST_DATA);
  assert_string_equal(e.text, "公开日期“二月三十”不对：请写 1980 年到 2099 年之间有的日期，如 2026-09-03");
  assert_int_equal(record_check_field(FIELD_CHANNELS, "村公示栏;大\x1B喇叭", &out, &e), ST_DATA);
  assert_non_null(strstr(e.text, "没有公开渠道“大\xEF\xBF\xBD喇叭”"));
  assert_non_null(strstr(e.text, "村公示栏"));
  text_free(&out);
}

static void fields_are_found(void **state) {
  (void)state;
  for (int f = 0; f < FIELD_COUNT; f++) assert_int_equal(field_find(field_key((enum record_field)f)), f);
  assert_int_equal(field_find("uid"), -1);
  assert_int_equal(field_find(""), -1);
}

/* ---- the whole record ---------------------------------------------------- */

struct given {
  const char *period, *event, *published, *removed, *none, *body, *filed;
};

static void fill(struct record *r, const struct given *g) {
  memset(r, 0, sizeof *r);
  r->value[FIELD_PERIOD] = str_dup(g->period);
  r->value[FIELD_EVENT] = str_dup(g->event);
  r->value[FIELD_PUBLISHED] = str_dup(g->published);
  r->value[FIELD_REMOVED] = str_dup(g->removed);
  r->value[FIELD_NONE] = str_dup(g->none);
  r->value[FIELD_BODY] = str_dup(g->body);
  r->value[FIELD_FILED] = str_dup(g->filed);
}

#define E "2026-09-03"
#define P "2026-09-10"
static const struct {
  enum cadence cadence;
  struct given given;
  const char *want; /* ids without "record.", in the order of the rules; errors with ! */
} rule_cases[] = {
    {CAD_STANDING, {0}, ""},
    {CAD_STANDING, {.published = P}, ""},
    {CAD_STANDING, {.event = E, .published = P, .removed = P}, ""},
    {CAD_STANDING, {.event = P, .published = E}, "before-change"},
    {CAD_STANDING, {.none = "无"}, ""},
    {CAD_STANDING, {.none = "无", .period = "2026"}, "!period-standing"},
    {CAD_STANDING, {.none = "无", .published = P}, "!none-published"},
    {CAD_STANDING, {.removed = P}, "!removed-alone"},
    {CAD_STANDING, {.published = P, .removed = E}, "!removed-first"},
    {CAD_STANDING, {.published = E, .removed = P, .filed = P}, ""},
    {CAD_STANDING, {.filed = P}, "filed-alone"},
    {CAD_STANDING, {.published = E, .filed = P}, "filed-up"},
    {CAD_STANDING, {.published = E, .removed = P, .filed = E}, "filed-first"},
    {CAD_EVENT, {.event = E, .published = P}, ""},
    {CAD_EVENT, {.event = E, .published = E}, ""},
    {CAD_EVENT, {.event = P, .published = E}, "before-event"},
    {CAD_EVENT, {.published = P}, "not-counted"},
    {CAD_EVENT, {0}, "not-counted"},
    {CAD_EVENT, {.event = E, .period = "2026Q3"}, "!period-event"},
    {CAD_EVENT, {.none = "无", .period = "2026Q3"}, ""},
    {CAD_EVENT, {.none = "无", .period = "2026-07"}, ""},
    {CAD_EVENT, {.none = "无"}, "!none-period"},
    {CAD_EVENT, {.none = "无", .period = "2026", .event = E}, "!none-event"},
    {CAD_EVENT, {.none = "无", .period = "2026", .published = P}, "!none-published"},
    {CAD_BEFORE, {.event = P, .published = E}, ""},
    {CAD_BEFORE, {.published = E}, "not-counted"},
    {CAD_BEFORE, {.none = "无", .period = "2026H2"}, ""},
    {CAD_BEFORE, {.none = "无"}, "!none-period"},
    {CAD_MONTHLY, {.period = "2026-08", .published = P}, ""},
    {CAD_MONTHLY, {.period = "2026Q3", .published = P}, "!period-kind"},
    {CAD_QUARTERLY, {.period = "2026Q3", .published = P}, ""},
    {CAD_QUARTERLY, {.published = P}, "!period-missing"},
    {CAD_QUARTERLY, {.period = "2026Q4", .published = P}, "before-period"},
    {CAD_QUARTERLY, {.period = "2026"}, "!period-kind"},
    {CAD_HALFYEAR, {.period = "2026H1", .none = "无"}, ""},
    {CAD_HALFYEAR, {.period = "2026H1", .none = "无", .published = P}, "!none-published"},
    {CAD_ANNUAL, {.period = "2026"}, ""},
    {CAD_ANNUAL, {.period = "2026-09"}, "!period-kind"},
    {CAD_ANNUAL, {.none = "无"}, "!period-missing"},
    {CAD_STANDING, {.published = "2026-9-10"}, "!value"},
    {CAD_ANNUAL, {.period = "2026年"}, "!value"},
    {CAD_STANDING, {.event = "x", .removed = P}, "!value !removed-alone"},
};

/* What record_check found, as in the column `want`. */
static const char *found(const struct record *r, const struct item *item, enum level level) {
  static struct text out;
  struct findings f = {0};
  text_clear(&out);
  size_t errors = record_check(r, item, level, "140581001001", &f);
  if (errors != f.count[SEV_ERROR] || errors != record_check(r, item, level, "140581001001", NULL))
    return "?";
  for (size_t i = 0; i < f.n; i++)
    text_addf(&out, "%s%s%s", i ? " " : "", f.list[i].severity == SEV_ERROR ? "!" : "",
              strchr(f.list[i].e.id, '.') + 1);
  findings_free(&f);
  return text_str(&out);
}

static void rules(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(rule_cases); i++) {
    struct item item = {
        .id = (char[]){"19.05"}, .cadence = rule_cases[i].cadence, .levels = 1u << LEVEL_VILLAGE};
    struct record r;
    fill(&r, &rule_cases[i].given);
    if (strcmp(found(&r, &item, LEVEL_VILLAGE), rule_cases[i].want) != 0)
      fail_msg("case %zu: %s, wanted %s", i, found(&r, &item, LEVEL_VILLAGE), rule_cases[i].want);
    record_free(&r);
  }
}

static void rules_of_the_item(void **state) {
  (void)state;
  char id[] = "19.05", other[] = "19.06", reason[] = "已取消", event[] = "批准";
  struct record r;
  fill(&r, &(struct given){.published = P});
  struct item county = {.id = id, .levels = 1u << LEVEL_COUNTY};
  assert_string_equal(found(&r, &county, LEVEL_COUNTY), "");
  assert_string_equal(found(&r, &county, LEVEL_DEPARTMENT), "");
  assert_string_equal(found(&r, &county, LEVEL_TOWNSHIP), "!level");
  assert_string_equal(found(&r, &county, LEVEL_VILLAGE), "!level");
  struct item old = {.id = id, .levels = 1u << LEVEL_COUNTY, .superseded_by = other, .dropped = reason};
  assert_string_equal(found(&r, &old, LEVEL_COUNTY), "superseded dropped");
  record_free(&r);
  fill(&r, &(struct given){.published = P, .body = "张三"});
  struct item special = {.id = id, .levels = 1u << LEVEL_COUNTY, .personal = PERSONAL_SPECIAL};
  assert_string_equal(found(&r, &special, LEVEL_COUNTY), "special");
  record_free(&r);
  fill(&r, &(struct given){.period = "2027", .published = P}); /* next year's plan, when it was approved */
  struct item plan = {.id = id, .levels = 1u << LEVEL_COUNTY, .cadence = CAD_ANNUAL, .event = event};
  assert_string_equal(found(&r, &plan, LEVEL_COUNTY), "");
  record_free(&r);
}

static void finding_names_place_and_remedy(void **state) {
  (void)state;
  char id[] = "04.01";
  struct item item = {.id = id, .cadence = CAD_QUARTERLY, .levels = 1u << LEVEL_VILLAGE};
  struct record r;
  struct findings f = {0};
  fill(&r, &(struct given){.period = "2026-07"});
  assert_int_equal(record_check(&r, &item, LEVEL_VILLAGE, "140581001001", &f), 1);
  assert_string_equal(f.list[0].e.path, "period");
  assert_string_equal(f.list[0].e.text, "140581001001 04.01：周期的种类和事项不合");
  assert_string_equal(f.list[0].advice, "这个事项每季度公开，请写季度，如 2026Q3");
  findings_free(&f);
  record_free(&r);
}

static void natural_keys(void **state) {
  (void)state;
  static const struct {
    enum cadence cadence;
    struct given given;
    const char *want;
  } cases[] = {
      {CAD_STANDING, {.published = P}, "140581001001/19.05"},
      {CAD_QUARTERLY, {.period = "2026Q3"}, "140581001001/19.05/2026Q3"},
      {CAD_QUARTERLY, {.published = P}, ""},
      {CAD_EVENT, {.event = E}, ""},
      {CAD_EVENT, {.event = E, .period = "2026Q3"}, ""},
      {CAD_EVENT, {.none = "无", .period = "2026-07"}, "140581001001/19.05/2026-07"},
      {CAD_EVENT, {.none = "无"}, ""},
      {CAD_BEFORE, {.none = "无", .period = "2026"}, "140581001001/19.05/2026"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct item item = {.id = (char[]){"19.05"}, .cadence = cases[i].cadence};
    struct record r;
    struct text uid = {0};
    fill(&r, &cases[i].given);
    assert_int_equal(record_natural_uid(&uid, &item, "140581001001", &r), cases[i].want[0] != '\0');
    assert_string_equal(text_str(&uid), cases[i].want);
    text_free(&uid);
    record_free(&r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values),
      cmocka_unit_test(lengths),
      cmocka_unit_test(messages_help),
      cmocka_unit_test(fields_are_found),
      cmocka_unit_test(rules),
      cmocka_unit_test(rules_of_the_item),
      cmocka_unit_test(finding_names_place_and_remedy),
      cmocka_unit_test(natural_keys),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
