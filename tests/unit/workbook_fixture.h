/* What the tests of the workbook share: a small catalogue with every kind of value, a county
 * with a township, a department and three villages, a folder of its own, and short ways to
 * put a record and to look at the file from outside. */
#ifndef MB_TESTS_WORKBOOK_FIXTURE_H
#define MB_TESTS_WORKBOOK_FIXTURE_H

#include "base/file.h"
#include "checklists/digest.h"
#include "checklists/workbook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STANDING, EVENT, QUARTERLY, OLD, ITEMS };
enum { COUNTY, DEPARTMENT, TOWNSHIP, VILLAGE_1, VILLAGE_2, VILLAGE_3, UNITS };

struct folder { char dir[64], path[96]; };

static char *lines[] = {"甲", "乙，丙", "丁"};
static char *same[] = {"19.01"};

#define EVERY_LEVEL ((1 << LEVEL_COUNTY) | (1 << LEVEL_TOWNSHIP) | (1 << LEVEL_VILLAGE))

static struct item fixture_items[ITEMS] = {
  [STANDING] = {.id = "00.01", .level1 = "党务公开", .level2 = "设置与分工", .content = {lines, 3},
    .basis = {lines, 1}, .deadline_text = "长期公开", .cadence = CAD_STANDING, .event = "形成或变动",
    .publisher = "村党组织", .channels = 1 | 1 << 7, .channel_all = true, .audience = "全社会",
    .levels = EVERY_LEVEL, .personal = PERSONAL_NAMES, .has_review = true,
    .review = {"提出人", "审核人", "批准人", {lines, 2}}, .verified = true, .unverified = 1 << IF_BASIS},
  [EVENT] = {.id = "19.01", .level1 = "救助", .level2 = "审核确认结果", .deadline_text = "20个工作日内",
    .domain = 1, .cadence = CAD_EVENT, .within = {20, SPAN_WORKDAYS}, .event = "确认", .notice = {7, SPAN_DAYS},
    .publisher = "民政局", .channels = 1 << 2, .audience = "社会", .levels = EVERY_LEVEL, .verified = true,
    .personal = PERSONAL_SPECIAL, .remark = "备注一句", .confirm_implied = true, .assigned = "140581000000-D01"},
  [QUARTERLY] = {.id = "19.02", .level1 = "救助", .level2 = "资金", .domain = 1, .cadence = CAD_QUARTERLY,
    .within = {15, SPAN_DAYS}, .deadline_text = "每季度", .channels = 1 << 3, .levels = EVERY_LEVEL,
    .same_as = {same, 1}, .dropped = "本县不设", .added = true, .content = {lines, 0}},
  [OLD] = {.id = "19.03", .level1 = "救助", .level2 = "旧事项", .domain = 1, .cadence = CAD_ANNUAL,
    .mode = MODE_REQUEST, .levels = 1 << LEVEL_COUNTY, .superseded_by = "19.02", .deadline_text = ""},
};
static struct domain fixture_domains[] = {
  {"00", "village-affairs", "村务公开", "指引", "部门", NULL, NULL, "说明", 0, 1},
  {"19", "assistance", "社会救助", "指引二", "民政部", "民发〔2019〕1号", "2019-06-10", NULL, 1, 3},
};

/* The order is not that of the codes on purpose. */
static const struct wb_new_unit fixture_units[UNITS] = {
  {"140581000000", "高平市", "", LEVEL_COUNTY},
  {"140581100000", "寺庄镇", "140581000000", LEVEL_TOWNSHIP},
  {"140581000000-D01", "民政局", "140581000000", LEVEL_DEPARTMENT},
  {"140581100203", "王村", "140581100000", LEVEL_VILLAGE},
  {"140581100201", "莫𡐓村", "140581100000", LEVEL_VILLAGE},
  {"140581100202", "王村", "140581100000", LEVEL_VILLAGE},
};

static inline struct catalogue *fixture_catalogue(struct catalogue *c)
{
  *c = (struct catalogue){"2026-08", fixture_domains, 2, fixture_items, ITEMS, NULL};
  assert_true(catalogue_seal(c));
  return c;
}

#define OK(call) assert_ok((call), &e, #call)
static inline void assert_ok(enum status st, const struct error *e, const char *what)
{
  if (st != ST_OK)
    fail_msg("%s: %d %s %s", what, (int)st, e->id, e->text);
}

/* The call fails with this status and id, and says something. */
#define FAILS(call, st, name) do { \
    memset(&e, 0, sizeof e); \
    assert_int_equal((call), (st)); \
    assert_string_equal(e.id, (name)); \
    assert_int_equal(e.status, (st)); \
    assert_true(strlen(e.text) > 20); \
  } while (0)

#define NOON 1790000000 /* a second in September 2026 */

static inline int setup(void **state)
{
  struct folder *p = calloc(1, sizeof *p);
  struct catalogue c;
  struct error e;
  strcpy(p->dir, "/tmp/mingbai-test-XXXXXX");
  assert_non_null(mkdtemp(p->dir));
  snprintf(p->path, sizeof p->path, "%s/a.mingbai", p->dir);
  OK(wb_create(p->path, fixture_units, UNITS, fixture_catalogue(&c), "王五", NOON, &e));
  free(c.asked);
  *state = p;
  return 0;
}

static inline int teardown(void **state)
{
  struct folder *p = *state;
  char command[96];
  chmod(p->dir, 0700);
  snprintf(command, sizeof command, "rm -rf '%s'", p->dir);
  int rc = system(command);
  free(p);
  return rc;
}

static inline struct workbook *open_it(const struct folder *p, enum wb_mode mode)
{
  struct workbook *wb;
  struct error e;
  OK(wb_open(&wb, p->path, mode, &e));
  return wb;
}

/* A record from pairs field, value, ..., -1. */
static inline struct record make_record(int unit, int item, ...)
{
  struct record r = {.unit = unit, .item = item};
  va_list ap;
  va_start(ap, item);
  for (int f; (f = va_arg(ap, int)) >= 0; )
    r.value[f] = strdup(va_arg(ap, const char *));
  va_end(ap);
  return r;
}

/* Put r in a step of its own, free it, return its number. */
static inline int64_t put_alone(struct workbook *wb, struct record r, const char *label)
{
  struct error e;
  OK(wb_begin(wb, label, "王五", NOON + 60, &e));
  OK(wb_put(wb, &r, NULL, &e));
  OK(wb_commit(wb, &e));
  int64_t no = r.no;
  record_free(&r);
  return no;
}

static inline void set_alone(struct workbook *wb, int64_t no, enum record_field f, const char *value)
{
  struct error e;
  OK(wb_begin(wb, "改一项", "王五", NOON + 120, &e));
  OK(wb_set_field(wb, no, f, value, &e));
  OK(wb_commit(wb, &e));
}

/* One field of a stored record, in a static buffer. */
static inline const char *value_of(struct workbook *wb, int64_t no, enum record_field f)
{
  static char value[200];
  struct record r;
  struct error e;
  OK(wb_get(wb, no, &r, &e));
  snprintf(value, sizeof value, "%s", record_get(&r, f));
  record_free(&r);
  return value;
}

/* SHA-256 of a file's bytes as text, in a static buffer. */
static inline const char *file_digest(const char *path)
{
  static struct text hex;
  struct text bytes = {0};
  struct error e;
  uint8_t digest[DIGEST_SIZE];
  OK(file_read(path, 1 << 28, &bytes, &e));
  digest_sha256(text_str(&bytes), bytes.len, digest);
  text_free(&bytes);
  text_free(&hex);
  digest_hex(&hex, digest, sizeof digest);
  return text_str(&hex);
}

/* Change the file behind the workbook's back. */
static inline void raw(const char *path, const char *sql)
{
  sqlite3 *db;
  char *why = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
    fail_msg("%s: %s", sql, why);
  sqlite3_close(db);
}

static inline bool count_change(const struct change *c, void *ctx)
{
  (void)c;
  ++*(int *)ctx;
  return true;
}

static inline int count_history(struct workbook *wb, const char *subject)
{
  int n = 0;
  struct error e;
  OK(wb_history(wb, subject, count_change, &n, &e));
  return n;
}

/* Number of errors that wb_check finds; the id of the first into id (may be NULL). */
static inline size_t check_errors(struct workbook *wb, char id[40])
{
  struct findings f = {0};
  struct error e;
  OK(wb_check(wb, &f, &e));
  size_t n = f.count[SEV_ERROR];
  if (id != NULL)
    strcpy(id, "");
  for (size_t i = f.n; id != NULL && i-- > 0; ) {
    if (f.list[i].severity == SEV_ERROR)
      strcpy(id, f.list[i].e.id);
  }
  findings_free(&f);
  return n;
}

#endif
