/* The workbook's file: making, opening and every way it can refuse; units, catalogue, and
 * reading records in order. */
#include "workbook_fixture.h"

#include <fcntl.h>

/* ---- making */

static void create_refuses_existing(void **state)
{
  struct folder *p = *state;
  struct catalogue c;
  struct error e;
  char before[80];
  strcpy(before, file_digest(p->path));
  FAILS(wb_create(p->path, fixture_units, UNITS, fixture_catalogue(&c), "王五", NOON, &e), ST_CANTCREATE,
        "wb.exists");
  free(c.asked);
  assert_string_equal(before, file_digest(p->path));
}

static int entries(const char *dir)
{
  char **names;
  size_t n;
  struct error e;
  OK(path_list(dir, "", &names, &n, &e));
  path_list_free(names, n);
  return (int)n;
}

static void create_leaves_nothing_when_it_fails(void **state)
{
  struct folder *p = *state;
  struct catalogue c;
  struct error e;
  char other[128];
  snprintf(other, sizeof other, "%s/b.mingbai", p->dir);
  struct wb_new_unit bad[] = {fixture_units[0], {"140581100201", "孤村", "140581100000", LEVEL_VILLAGE}};
  struct wb_new_unit twice[] = {fixture_units[0], fixture_units[0]};
  struct wb_new_unit name[] = {{"140581000000", "\xb8\xdf", "", LEVEL_COUNTY}};
  struct wb_new_unit code[] = {{"14058100000", "少一位", "", LEVEL_COUNTY}};
  fixture_catalogue(&c);
  FAILS(wb_create(other, bad, 2, &c, "王五", NOON, &e), ST_DATA, "unit.parent");
  FAILS(wb_create(other, twice, 2, &c, "王五", NOON, &e), ST_DATA, "unit.twice");
  FAILS(wb_create(other, code, 1, &c, "王五", NOON, &e), ST_DATA, "unit.code");
  FAILS(wb_create(other, name, 1, &c, "王五", NOON, &e), ST_DATA, "unit.name");
  FAILS(wb_create(other, code, 0, &c, "王五", NOON, &e), ST_DATA, "unit.none");
  assert_int_not_equal(wb_create("/nowhere/b.mingbai", fixture_units, UNITS, &c, "王五", NOON, &e), ST_OK);
  assert_non_null(strstr(e.text, "/nowhere/b.mingbai"));
  free(c.asked);
  assert_int_equal(entries(p->dir), 1);
}

static void file_is_private_and_marked(void **state)
{
  struct folder *p = *state;
  struct stat info;
  assert_int_equal(stat(p->path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0600);
  uint8_t h[100];
  int fd = open(p->path, O_RDONLY);
  assert_int_equal(read(fd, h, sizeof h), sizeof h);
  close(fd);
  assert_memory_equal(h + 68, "MBWK", 4);
  assert_int_equal(h[63], 2); /* user_version */
}

/* ---- units and catalogue */

static void units_by_code(void **state)
{
  struct workbook *wb = open_it(*state, WB_READ);
  size_t n;
  const struct unit *u = wb_units(wb, &n);
  assert_int_equal(n, UNITS);
  for (size_t i = 1; i < n; i++)
    assert_true(strcmp(u[i - 1].code, u[i].code) < 0);
  assert_string_equal(u[VILLAGE_1].name, "莫𡐓村");
  assert_int_equal(u[VILLAGE_1].parent, TOWNSHIP);
  assert_int_equal(u[VILLAGE_1].township, TOWNSHIP);
  assert_int_equal(u[DEPARTMENT].township, COUNTY);
  assert_int_equal(u[COUNTY].parent, -1);
  assert_int_equal(wb_find_unit(wb, "140581000000-D01"), DEPARTMENT);
  assert_int_equal(wb_find_unit(wb, "莫𡐓村"), VILLAGE_1);
  assert_int_equal(wb_find_unit(wb, "王村"), -1); /* two of them */
  assert_int_equal(wb_find_unit(wb, "140581999999"), -1);
  assert_int_equal(wb_find_unit(wb, ""), -1);
  wb_close(wb);
}

static void same_strings(const struct strings *a, const struct strings *b)
{
  assert_int_equal(a->n, b->n);
  for (size_t i = 0; i < a->n; i++)
    assert_string_equal(a->s[i], b->s[i]);
}

static void same_text(const char *a, const char *b)
{
  assert_int_equal(a == NULL, b == NULL);
  if (a != NULL)
    assert_string_equal(a, b);
}

static void same_item(const struct item *a, const struct item *b)
{
  const char *const texts[][2] = {
    {a->id, b->id}, {a->level1, b->level1}, {a->level2, b->level2}, {a->deadline_text, b->deadline_text},
    {a->event, b->event}, {a->publisher, b->publisher}, {a->audience, b->audience},
    {a->review.proposer, b->review.proposer}, {a->review.reviewer, b->review.reviewer},
    {a->review.approver, b->review.approver}, {a->superseded_by, b->superseded_by}, {a->remark, b->remark},
    {a->dropped, b->dropped}, {a->assigned, b->assigned},
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    same_text(texts[i][0], texts[i][1]);
  same_strings(&a->content, &b->content);
  same_strings(&a->basis, &b->basis);
  same_strings(&a->same_as, &b->same_as);
  same_strings(&a->review.signers, &b->review.signers);
  const int numbers[][2] = {
    {a->domain, b->domain}, {(int)a->cadence, (int)b->cadence}, {a->within.n, b->within.n},
    {(int)a->within.unit, (int)b->within.unit}, {a->notice.n, b->notice.n},
    {(int)a->notice.unit, (int)b->notice.unit}, {a->channels, b->channels}, {a->channel_all, b->channel_all},
    {(int)a->mode, (int)b->mode}, {a->levels, b->levels}, {(int)a->personal, (int)b->personal},
    {a->has_review, b->has_review}, {a->verified, b->verified}, {a->unverified, b->unverified},
    {a->confirm_implied, b->confirm_implied}, {a->added, b->added},
  };
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    assert_int_equal(numbers[i][0], numbers[i][1]);
}

static void same_catalogue(const struct catalogue *a, const struct catalogue *b)
{
  assert_string_equal(a->edition, b->edition);
  assert_int_equal(a->n_domains, b->n_domains);
  assert_int_equal(a->n_items, b->n_items);
  for (size_t i = 0; i < a->n_domains; i++) {
    const struct domain *x = &a->domains[i], *y = &b->domains[i];
    same_text(x->no, y->no);
    same_text(x->slug, y->slug);
    same_text(x->name, y->name);
    same_text(x->guideline_title, y->guideline_title);
    same_text(x->guideline_issuer, y->guideline_issuer);
    same_text(x->guideline_document, y->guideline_document);
    same_text(x->guideline_date, y->guideline_date);
    same_text(x->notes, y->notes);
    assert_int_equal(x->first, y->first);
    assert_int_equal(x->n, y->n);
  }
  for (size_t i = 0; i < a->n_items; i++)
    same_item(&a->items[i], &b->items[i]);
  assert_memory_equal(a->asked, b->asked, a->n_items);
}

static void catalogue_comes_back_whole(void **state)
{
  struct workbook *wb = open_it(*state, WB_READ);
  struct catalogue c;
  same_catalogue(wb_catalogue(wb), fixture_catalogue(&c));
  free(c.asked);
  wb_close(wb);
}

/* The shipped catalogue: 600 items with all that ministries write. */
static void shipped_catalogue_comes_back_whole(void **state)
{
  struct folder *p = *state;
  struct findings f = {0};
  struct error e;
  struct workbook *wb;
  char dir[512], other[128];
  const char *srcdir = getenv("srcdir");
  snprintf(dir, sizeof dir, "%s/checklists/domains", srcdir != NULL ? srcdir : ".");
  snprintf(other, sizeof other, "%s/b.mingbai", p->dir);
  struct catalogue *c = catalogue_load(dir, &f);
  assert_non_null(c);
  OK(wb_create(other, fixture_units, UNITS, c, "王五", NOON, &e));
  OK(wb_open(&wb, other, WB_READ, &e));
  assert_true(c->n_items >= 600);
  same_catalogue(wb_catalogue(wb), c);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
  catalogue_free(c);
  findings_free(&f);
}

/* ---- records */

static void put_and_get(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  struct record r = make_record(VILLAGE_1, EVENT, FIELD_EVENT, "2026年9月3日", FIELD_PUBLISHED, "2026.9.5",
                                FIELD_TITLE, "公示", FIELD_BODY, "第一行\n第二行", -1);
  int64_t no = put_alone(wb, r, "公开 19.01");
  wb_close(wb);
  wb = open_it(p, WB_READ);
  OK(wb_get(wb, no, &r, &e));
  assert_int_equal(r.unit, VILLAGE_1);
  assert_int_equal(r.item, EVENT);
  assert_int_equal(strlen(r.uid), 16);
  assert_string_equal(record_get(&r, FIELD_EVENT), "2026-09-03");
  assert_string_equal(record_get(&r, FIELD_PUBLISHED), "2026-09-05");
  assert_string_equal(record_get(&r, FIELD_BODY), "第一行\n第二行");
  assert_null(r.value[FIELD_NOTE]);
  assert_int_equal(wb_find_uid(wb, r.uid), no);
  record_free(&r);
  assert_int_equal(wb_find_uid(wb, "unit/140581000000"), 0);
  assert_int_equal(wb_count_records(wb), 1);
  assert_true(wb_field_used(wb, FIELD_BODY));
  assert_false(wb_field_used(wb, FIELD_TABLE));
  assert_false(wb_field_used(wb, FIELD_PERIOD));
  FAILS(wb_get(wb, no + 1, &r, &e), ST_NOINPUT, "record.missing");
  FAILS(wb_begin(wb, "", "", NOON, &e), ST_NOPERM, "wb.read-only");
  wb_close(wb);
}

static void natural_uids(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int64_t no = put_alone(wb, make_record(VILLAGE_1, QUARTERLY, FIELD_PERIOD, "2026Q3", -1), "一");
  assert_int_equal(wb_find_uid(wb, "140581100201/19.02/2026Q3"), no);
  struct record again = make_record(VILLAGE_1, QUARTERLY, FIELD_PERIOD, "2026年第3季度", -1);
  OK(wb_begin(wb, "二", "王五", NOON, &e));
  FAILS(wb_put(wb, &again, NULL, &e), ST_DATA, "record.exists");
  assert_non_null(strstr(e.text, "莫𡐓村"));
  assert_non_null(strstr(e.text, "19.02"));
  FAILS(wb_set_field(wb, no, FIELD_PERIOD, "2026Q4", &e), ST_DATA, "record.identity");
  FAILS(wb_set_field(wb, no, FIELD_PERIOD, "2026-07", &e), ST_DATA, "record.period-kind");
  assert_int_equal(wb_set_field(wb, no, FIELD_PUBLISHED, "2026-02-30", &e), ST_DATA);
  assert_string_equal(e.path, "published_on");
  again.no = no;
  again.unit = VILLAGE_2;
  FAILS(wb_put(wb, &again, NULL, &e), ST_DATA, "record.moved");
  OK(wb_commit(wb, &e)); /* nothing was refused half-way: an empty step */
  record_free(&again);
  assert_int_equal(count_history(wb, "140581100201/19.02/2026Q3"), 2);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void none_and_event_are_two_kinds(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int64_t none = put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_PERIOD, "2026Q3", FIELD_NONE, "没有发生",
                                           -1), "无");
  assert_int_equal(wb_find_uid(wb, "140581100202/19.01/2026Q3"), none);
  struct record r = make_record(VILLAGE_2, EVENT, FIELD_EVENT, "2026-08-01", -1);
  r.uid = strdup("A-1.b_2");
  int64_t event = put_alone(wb, r, "有");
  assert_int_equal(wb_find_uid(wb, "A-1.b_2"), event);
  OK(wb_begin(wb, "", "王五", NOON, &e));
  OK(wb_get(wb, none, &r, &e));
  free(r.value[FIELD_NONE]);
  free(r.value[FIELD_PERIOD]);
  r.value[FIELD_NONE] = r.value[FIELD_PERIOD] = NULL;
  FAILS(wb_put(wb, &r, NULL, &e), ST_DATA, "record.identity");
  record_free(&r);
  for (const char *const *bad = (const char *const[]){"140581100202/19.01/2026Q4", "unit/1", "带汉字", "a b",
       NULL};
       *bad != NULL; bad++) {
    r = make_record(VILLAGE_2, EVENT, FIELD_EVENT, "2026-08-01", -1);
    r.uid = strdup(*bad);
    FAILS(wb_put(wb, &r, NULL, &e), ST_DATA, "record.uid");
    record_free(&r);
  }
  r = make_record(VILLAGE_3, EVENT, FIELD_EVENT, "2026-08-01", -1);
  r.uid = strdup("A-1.b_2");
  FAILS(wb_put(wb, &r, NULL, &e), ST_DATA, "record.exists");
  record_free(&r);
  wb_cancel(wb);
  wb_close(wb);
}

struct seen { char text[2000]; struct workbook *wb; int stop; };

static bool see_slot(int unit, int item, const struct slot_record *r, void *ctx)
{
  struct seen *s = ctx;
  struct text t = {0};
  text_addf(&t, "%d.%d ", unit, item);
  period_add(&t, r->period);
  day_add_iso(&t, r->event_on);
  text_addf(&t, "%s|", r->none ? "-" : r->published_on != DAY_NONE ? "+" : "");
  strcat(s->text, text_str(&t));
  text_free(&t);
  return --s->stop != 0;
}

static bool see_record(const struct record *r, void *ctx)
{
  struct seen *s = ctx;
  size_t n = strlen(s->text);
  snprintf(s->text + n, sizeof s->text - n, "%d.%d %s %s|", r->unit, r->item, record_get(r, FIELD_EVENT),
           strchr(r->uid, '/') != NULL ? record_get(r, FIELD_PERIOD) : r->uid);
  return --s->stop != 0;
}

static struct record event_record(int unit, const char *uid, const char *on)
{
  struct record r = make_record(unit, EVENT, FIELD_EVENT, on, -1);
  r.uid = strdup(uid);
  return r;
}

static void add_records(struct workbook *wb)
{
  put_alone(wb, make_record(VILLAGE_3, STANDING, FIELD_PUBLISHED, "2026-01-05", -1), "");
  put_alone(wb, event_record(VILLAGE_1, "zz", "2026-05-01"), "");
  put_alone(wb, event_record(VILLAGE_1, "aa", "2026-05-01"), "");
  put_alone(wb, event_record(VILLAGE_1, "mm", "2026-02-01"), "");
  put_alone(wb, make_record(VILLAGE_1, EVENT, FIELD_PERIOD, "2026Q1", FIELD_NONE, "无", -1), "");
  put_alone(wb, make_record(COUNTY, QUARTERLY, FIELD_PERIOD, "2026Q2", -1), "");
  put_alone(wb, make_record(COUNTY, QUARTERLY, FIELD_PERIOD, "2025Q4", FIELD_PUBLISHED, "2026-01-02", -1),
            "");
}

static void scans_come_in_order(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct seen s = {.wb = wb};
  add_records(wb);
  OK(wb_scan(wb, -1, -1, see_slot, &s, &e));
  assert_string_equal(s.text, "0.2 2025Q4+|0.2 2026Q2|3.1 2026-02-01|3.1 2026-05-01|3.1 2026-05-01|3.1 "
                              "2026Q1-|5.0 +|");
  s = (struct seen){.wb = wb};
  OK(wb_records(wb, -1, -1, see_record, &s, &e));
  assert_string_equal(s.text, "0.2  2025Q4|0.2  2026Q2|3.1 2026-02-01 mm|3.1 2026-05-01 aa|3.1 "
                              "2026-05-01 zz|3.1  2026Q1|5.0  |");
  s = (struct seen){.wb = wb};
  OK(wb_scan(wb, -1, EVENT, see_slot, &s, &e));
  assert_string_equal(s.text, "3.1 2026-02-01|3.1 2026-05-01|3.1 2026-05-01|3.1 2026Q1-|");
  s = (struct seen){.wb = wb};
  OK(wb_scan(wb, VILLAGE_3, -1, see_slot, &s, &e));
  OK(wb_scan(wb, VILLAGE_2, -1, see_slot, &s, &e));
  OK(wb_scan(wb, COUNTY, EVENT, see_slot, &s, &e));
  assert_string_equal(s.text, "5.0 +|");
  s = (struct seen){.wb = wb};
  OK(wb_scan_range(wb, VILLAGE_2, VILLAGE_3, see_slot, &s, &e));
  assert_string_equal(s.text, "5.0 +|");
  s = (struct seen){.wb = wb, .stop = 2};
  OK(wb_scan(wb, -1, -1, see_slot, &s, &e));
  assert_string_equal(s.text, "0.2 2025Q4+|0.2 2026Q2|");
  s = (struct seen){.wb = wb, .stop = 1};
  OK(wb_records(wb, VILLAGE_1, EVENT, see_record, &s, &e));
  assert_string_equal(s.text, "3.1 2026-02-01 mm|");
  wb_close(wb);
}

/* A unit added later has the highest number but stands in its place. */
static void added_unit_takes_its_place(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct seen s = {.wb = wb};
  add_records(wb);
  struct wb_new_unit new_unit = {"140581100100", "新村", "140581100000", LEVEL_VILLAGE};
  struct wb_new_unit renamed = {"140581100203", "大王村", "140581100000", LEVEL_VILLAGE};
  struct wb_new_unit moved = {"140581100203", "大王村", "140581100000", LEVEL_TOWNSHIP};
  OK(wb_begin(wb, "加村", "王五", NOON, &e));
  OK(wb_put_unit(wb, &new_unit, &e));
  OK(wb_put_unit(wb, &renamed, &e));
  OK(wb_put_unit(wb, &renamed, &e)); /* the same again: nothing */
  FAILS(wb_put_unit(wb, &moved, &e), ST_DATA, "unit.parent");
  OK(wb_commit(wb, &e));
  size_t n;
  const struct unit *u = wb_units(wb, &n);
  assert_int_equal(n, UNITS + 1);
  assert_string_equal(u[3].name, "新村");
  assert_string_equal(u[6].name, "大王村");
  put_alone(wb, make_record(3, STANDING, FIELD_PUBLISHED, "2026-01-05", -1), "");
  OK(wb_scan(wb, -1, -1, see_slot, &s, &e));
  assert_string_equal(s.text, "0.2 2025Q4+|0.2 2026Q2|3.0 +|4.1 2026-02-01|4.1 2026-05-01|4.1 "
                              "2026-05-01|4.1 2026Q1-|6.0 +|");
  assert_int_equal(count_history(wb, "unit/140581100203"), 4);
  assert_int_equal(count_history(wb, "unit/140581100100"), 3);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

/* ---- refusing to open */

static void write_file(const char *path, const void *data, size_t n)
{
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  assert_true(fd >= 0 && write(fd, data, n) == (ssize_t)n);
  close(fd);
}

/* Refused for reading and for writing, with that id, and not a byte changed. */
static void refused(const char *path, enum status st, const char *id)
{
  struct workbook *wb;
  struct error e;
  char before[80];
  strcpy(before, file_digest(path));
  FAILS(wb_open(&wb, path, WB_READ, &e), st, id);
  FAILS(wb_open(&wb, path, WB_WRITE, &e), st, id);
  assert_null(wb);
  assert_non_null(strstr(e.text, path));
  assert_string_equal(before, file_digest(path));
}

static void refuses_what_is_no_workbook(void **state)
{
  struct folder *p = *state;
  struct workbook *wb;
  struct error e;
  char other[128], junk[5000];
  snprintf(other, sizeof other, "%s/x", p->dir);
  FAILS(wb_open(&wb, other, WB_READ, &e), ST_NOINPUT, "wb.missing");
  FAILS(wb_open(&wb, other, WB_WRITE, &e), ST_NOINPUT, "wb.missing");
  assert_false(file_exists(other));
  FAILS(wb_open(&wb, p->dir, WB_READ, &e), ST_DATA, "wb.not-workbook");
  write_file(other, "", 0);
  refused(other, ST_DATA, "wb.not-workbook");
  for (size_t i = 0; i < sizeof junk; i++)
    junk[i] = (char)(i * 7919 % 251);
  write_file(other, junk, sizeof junk);
  refused(other, ST_DATA, "wb.not-workbook");
  unlink(other);
  sqlite3 *db; /* another program's database */
  assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
  sqlite3_exec(db, "CREATE TABLE unit (a)", NULL, NULL, NULL);
  sqlite3_close(db);
  refused(other, ST_DATA, "wb.not-workbook");
}

static void refuses_newer(void **state)
{
  struct folder *p = *state;
  raw(p->path, "PRAGMA user_version = 999");
  refused(p->path, ST_DATA, "wb.newer");
  raw(p->path, "PRAGMA user_version = 0");
  refused(p->path, ST_DATA, "wb.damaged");
}

static void refuses_damaged(void **state)
{
  struct folder *p = *state;
  struct text whole = {0};
  struct error e;
  char junk[4096];
  memset(junk, 0xA7, sizeof junk);
  OK(file_read(p->path, 1 << 28, &whole, &e));
  size_t cuts[] = {60, 99, 4096, whole.len / 2, whole.len - 1};
  for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
    write_file(p->path, whole.s, cuts[i]);
    refused(p->path, ST_DATA, "wb.damaged");
  }
  for (size_t page = 0; page < 3; page++) { /* garbage in the schema and in small tables */
    write_file(p->path, whole.s, whole.len);
    int fd = open(p->path, O_WRONLY);
    size_t at = page == 0 ? 100 : page * 4096;
    assert_true(pwrite(fd, junk, (page + 1) * 4096 - at, (off_t)at) > 0);
    close(fd);
    refused(p->path, ST_DATA, "wb.damaged");
  }
  text_free(&whole);
}

static void refuses_missing_tables(void **state)
{
  struct folder *p = *state;
  raw(p->path, "PRAGMA foreign_keys = OFF; DROP VIEW record_readable; DROP TABLE record");
  refused(p->path, ST_DATA, "wb.damaged");
}

static void refuses_to_write_read_only(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  put_alone(wb, make_record(VILLAGE_1, STANDING, -1), "");
  wb_close(wb);
  assert_int_equal(chmod(p->path, 0400), 0);
  FAILS(wb_open(&wb, p->path, WB_WRITE, &e), ST_NOPERM, "wb.read-only");
  wb = open_it(p, WB_READ);
  assert_int_equal(wb_count_records(wb), 1);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
  assert_int_equal(chmod(p->path, 0600), 0);
  assert_int_equal(chmod(p->dir, 0500), 0);
  FAILS(wb_open(&wb, p->path, WB_WRITE, &e), ST_NOPERM, "wb.read-only");
  wb = open_it(p, WB_READ);
  assert_int_equal(wb_count_records(wb), 1);
  wb_close(wb);
  chmod(p->dir, 0700);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    T(create_refuses_existing), T(create_leaves_nothing_when_it_fails), T(file_is_private_and_marked),
    T(units_by_code), T(catalogue_comes_back_whole), T(shipped_catalogue_comes_back_whole),
    T(put_and_get), T(natural_uids), T(none_and_event_are_two_kinds), T(scans_come_in_order),
    T(added_unit_takes_its_place), T(refuses_what_is_no_workbook), T(refuses_newer), T(refuses_damaged),
    T(refuses_missing_tables), T(refuses_to_write_read_only),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
