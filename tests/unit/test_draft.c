/* Drafts in the workbook: one a window, gone with the storing of its field, left behind by a window that is gone
 * and not by one that lives; nothing of them in history, and no waiting for another writer. */
#include "workbook_fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

struct seen { int n; char typed[200], stored[200], record[80], session[32]; enum draft_state state; int field; };

static bool see(const struct draft *d, void *ctx)
{
  struct seen *s = ctx;
  s->n++;
  snprintf(s->typed, sizeof s->typed, "%s", d->typed);
  snprintf(s->stored, sizeof s->stored, "%s", d->stored != NULL ? d->stored : "");
  snprintf(s->record, sizeof s->record, "%s", d->record);
  snprintf(s->session, sizeof s->session, "%s", d->session);
  s->state = d->state;
  s->field = (int)d->field;
  return true;
}

static struct seen drafts(struct workbook *wb)
{
  struct seen s = {0};
  struct error e;
  OK(wb_drafts(wb, see, &s, &e));
  return s;
}

static enum status put(struct workbook *wb, int unit, int item, const char *record, enum record_field f,
                       const char *typed, struct error *e)
{
  size_t n;
  struct draft d = {.unit = wb_units(wb, &n)[unit].code, .item = wb_catalogue(wb)->items[item].id, .record = record,
                    .field = f, .typed = typed, .stored = "从前", .person = "王五", .time = NOON};
  return wb_draft_put(wb, &d, e);
}

static void one_for_a_window(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  OK(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "莫𡐓村\n第二行", &e));
  OK(put(wb, VILLAGE_1, EVENT, "new", FIELD_BODY, "正文", &e));
  struct seen s = drafts(wb);
  assert_int_equal(s.n, 1);
  assert_string_equal(s.typed, "正文");
  assert_string_equal(s.stored, "从前");
  assert_int_equal(s.field, FIELD_BODY);
  assert_int_equal(s.state, DRAFT_OURS);
  OK(wb_draft_drop(wb, NULL, &e));
  assert_int_equal(drafts(wb).n, 0);
  wb_close(wb);
}

static void names_its_record(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct period q3 = {0};
  struct text t = {0};
  assert_true(period_parse("2026Q3", &q3));
  int64_t no = put_alone(wb, make_record(VILLAGE_1, EVENT, FIELD_TITLE, "甲", -1), "一");
  wb_draft_record(wb, VILLAGE_1, EVENT, 0, (struct period){0}, &t);
  assert_string_equal(text_str(&t), "new");
  text_clear(&t);
  wb_draft_record(wb, VILLAGE_1, EVENT, no, (struct period){0}, &t);
  assert_int_equal(wb_find_uid(wb, text_str(&t)), no);
  text_clear(&t);
  wb_draft_record(wb, VILLAGE_1, QUARTERLY, 0, q3, &t);
  assert_string_equal(text_str(&t), "140581100201/19.02/2026Q3");
  text_free(&t);
  wb_close(wb);
}

static void storing_the_field_drops_it(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int64_t no = put_alone(wb, make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1), "一");
  OK(put(wb, VILLAGE_1, STANDING, "140581100201/00.01", FIELD_TITLE, "乙", &e));
  set_alone(wb, no, FIELD_NOTE, "另一栏");
  assert_int_equal(drafts(wb).n, 1); /* another field of the same record is no reason */
  put_alone(wb, make_record(VILLAGE_2, STANDING, FIELD_TITLE, "乙", -1), "二");
  assert_int_equal(drafts(wb).n, 1);
  OK(wb_begin(wb, "没成", "王五", NOON, &e));
  OK(wb_set_field(wb, no, FIELD_TITLE, "乙", &e));
  assert_int_equal(drafts(wb).n, 0);
  wb_cancel(wb);
  assert_int_equal(drafts(wb).n, 1); /* the field was not stored, so the draft is still there */
  set_alone(wb, no, FIELD_TITLE, "乙");
  assert_int_equal(drafts(wb).n, 0);
  OK(put(wb, VILLAGE_3, EVENT, "new", FIELD_TITLE, "新的", &e));
  put_alone(wb, make_record(VILLAGE_3, EVENT, FIELD_TITLE, "新的", -1), "三");
  assert_int_equal(drafts(wb).n, 0);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

/* Opens the workbook as another program would, types, and waits to be killed. */
static pid_t other_window(const struct folder *p, const char *typed)
{
  int ready[2];
  char c = 0;
  struct error e;
  assert_int_equal(pipe(ready), 0);
  pid_t pid = fork();
  if (pid == 0) {
    struct workbook *wb;
    bool ok = wb_open(&wb, p->path, WB_WRITE, &e) == ST_OK &&
              put(wb, VILLAGE_2, EVENT, "new", FIELD_TITLE, typed, &e) == ST_OK;
    if (write(ready[1], ok ? "y" : "n", 1) == 1)
      pause();
    _exit(0);
  }
  close(ready[1]);
  assert_int_equal(read(ready[0], &c, 1), 1);
  assert_int_equal(c, 'y');
  close(ready[0]);
  return pid;
}

static void end_window(pid_t pid)
{
  kill(pid, SIGKILL);
  assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void a_dead_window_is_told_from_a_living_one(void **state)
{
  struct folder *p = *state;
  struct error e;
  pid_t pid = other_window(p, "另一个窗口");
  struct workbook *wb = open_it(p, WB_WRITE);
  assert_int_equal(drafts(wb).state, DRAFT_OPEN);
  OK(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "这个窗口", &e)); /* both in one file */
  put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_TITLE, "另一个窗口", -1), "一");
  assert_int_equal(drafts(wb).n, 2); /* what we store is none of its business */
  OK(wb_draft_drop(wb, NULL, &e));
  assert_int_equal(drafts(wb).state, DRAFT_OPEN);
  struct workbook *reader = open_it(p, WB_READ);
  assert_int_equal(drafts(reader).state, DRAFT_OPEN);
  wb_close(reader);
  end_window(pid);
  struct seen s = drafts(wb);
  assert_int_equal(s.state, DRAFT_LEFT);
  assert_string_equal(s.typed, "另一个窗口");
  OK(wb_draft_take(wb, s.session, &e));
  assert_int_equal(drafts(wb).state, DRAFT_OURS);
  assert_int_equal(drafts(wb).n, 1);
  wb_close(wb);
  wb = open_it(p, WB_WRITE); /* closed without storing: left behind again */
  s = drafts(wb);
  assert_int_equal(s.state, DRAFT_LEFT);
  OK(wb_draft_drop(wb, s.session, &e));
  assert_int_equal(drafts(wb).n, 0);
  wb_close(wb);
}

static int64_t now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void nobody_is_kept_waiting(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE), *reader;
  struct error e;
  sqlite3 *db;
  OK(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "甲", &e));
  assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  int64_t before = now_ms();
  FAILS(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "乙", &e), ST_BUSY, "wb.busy");
  assert_true(now_ms() - before < 500);
  sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close(db);
  OK(wb_begin(wb, "一步", "王五", NOON, &e));
  assert_int_equal(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "乙", &e), ST_BUSY);
  wb_cancel(wb);
  assert_string_equal(drafts(wb).typed, "甲");
  reader = open_it(p, WB_READ);
  assert_int_equal(put(reader, VILLAGE_1, EVENT, "new", FIELD_TITLE, "乙", &e), ST_NOPERM);
  assert_int_equal(wb_draft_drop(reader, NULL, &e), ST_OK);
  wb_close(reader);
  wb_close(wb);
}

static void leaves_no_trace_in_history(void **state)
{
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  int before = count_history(wb, NULL);
  OK(put(wb, VILLAGE_1, EVENT, "new", FIELD_TITLE, "甲", &e));
  OK(wb_draft_drop(wb, NULL, &e));
  assert_int_equal(count_history(wb, NULL), before);
  wb_close(wb);
}

/* Another program may have written anything into the table. */
static void foreign_drafts_are_passed_over(void **state)
{
  struct folder *p = *state;
  raw(p->path, "INSERT INTO draft VALUES ('x', 'u', 'i', 'new', 'nofield', 't', NULL, 'p', 0),"
               " ('y', 'u', 'i', 'new', 'title', CAST(x'ff41' AS TEXT), NULL, 'p', 0),"
               " ('z', 'u', 'i', 'new', 'title', 't', NULL, 'p', 0)");
  struct workbook *wb = open_it(p, WB_WRITE);
  struct seen s = drafts(wb);
  assert_int_equal(s.n, 1);
  assert_int_equal(s.state, DRAFT_LEFT);
  assert_string_equal(s.session, "z");
  struct findings f = {0};
  struct error e;
  OK(wb_check(wb, &f, &e));
  assert_int_equal(f.count[SEV_WARNING], 2);
  assert_int_equal(f.count[SEV_ERROR], 0);
  assert_string_equal(f.list[0].e.id, "wb.draft");
  findings_free(&f);
  wb_close(wb);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    T(one_for_a_window), T(names_its_record), T(storing_the_field_drops_it),
    T(a_dead_window_is_told_from_a_living_one), T(nobody_is_kept_waiting), T(leaves_no_trace_in_history),
    T(foreign_drafts_are_passed_over),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
