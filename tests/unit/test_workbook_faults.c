/* What may never happen: a record lost or half written.  Processes killed in the middle of a
 * step, a full disk, a file that another window holds, hostile values in the file. */
#include "workbook_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* ---- killed */

/* Many records in one open step, enough that pages reach the disk before any commit. */
static void put_much(struct workbook *wb, int n)
{
  struct error e;
  char body[4001];
  memset(body, 'x', sizeof body - 1);
  body[sizeof body - 1] = '\0';
  for (int i = 0; i < n; i++) {
    struct record r = make_record(VILLAGE_1, EVENT, FIELD_EVENT, "2026-08-01", FIELD_BODY, body, -1);
    OK(wb_put(wb, &r, NULL, &e));
    record_free(&r);
  }
}

/* Run a child that does its part and is killed with SIGKILL when it says so. */
static void killed_in_the_middle(const struct folder *p, void (*part)(const struct folder *p))
{
  int ready[2];
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    part(p);
    if (write(ready[1], "x", 1) != 1)
      _exit(1);
    for (;;)
      pause();
  }
  close(ready[1]);
  assert_int_equal(read(ready[0], &byte, 1), 1);
  close(ready[0]);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, NULL, 0), child);
}

static void open_step(const struct folder *p)
{
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  OK(wb_begin(wb, "导入", "王五", NOON, &e));
  put_much(wb, 5000); /* 40 MB: far more than the page cache */
}

static void killed_step_leaves_nothing(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct stat before, after;
  struct error e;
  char journal[128];
  int64_t no = put_alone(wb, make_record(VILLAGE_2, STANDING, FIELD_TITLE, "甲", -1), "一");
  wb_close(wb);
  stat(p->path, &before);
  killed_in_the_middle(p, open_step);
  stat(p->path, &after);
  assert_true(after.st_size > before.st_size); /* it really was in the middle */
  snprintf(journal, sizeof journal, "%s-journal", p->path);
  assert_true(file_exists(journal));
  chmod(p->path, 0400); /* taking the step back needs writing */
  FAILS(wb_open(&wb, p->path, WB_READ, &e), ST_NOPERM, "wb.read-only");
  chmod(p->path, 0600);
  wb = open_it(p, WB_READ); /* a summary after the power cut: needs no other command first */
  assert_int_equal(wb_count_records(wb), 1);
  wb_close(wb);
  wb = open_it(p, WB_WRITE);
  assert_int_equal(wb_count_records(wb), 1);
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "甲");
  assert_int_equal(check_errors(wb, NULL), 0);
  assert_false(file_exists(journal));
  set_alone(wb, no, FIELD_TITLE, "乙"); /* and one can go on */
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

static void committed_step(const struct folder *p)
{
  struct workbook *wb = open_it(p, WB_WRITE);
  put_alone(wb, make_record(VILLAGE_2, STANDING, FIELD_TITLE, "留下", -1), "一");
}

static void killed_after_commit_keeps_all(void **state)
{
  killed_in_the_middle(*state, committed_step);
  struct workbook *wb = open_it(*state, WB_READ);
  assert_int_equal(wb_count_records(wb), 1);
  assert_string_equal(value_of(wb, wb_find_uid(wb, "140581100202/00.01"), FIELD_TITLE), "留下");
  wb_close(wb);
}

/* ---- full disk */

/* A file that may not grow: what a full disk is to SQLite (the limit holds for this process). */
static void limit_file(rlim_t bytes, struct rlimit *was)
{
  getrlimit(RLIMIT_FSIZE, was);
  struct rlimit now = {bytes, was->rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
}

/* Put until a put or the commit is refused; that status. */
static enum status put_until_refused(struct workbook *wb, struct error *error)
{
  struct error e;
  char body[20001];
  memset(body, 'x', sizeof body - 1);
  body[sizeof body - 1] = '\0';
  OK(wb_begin(wb, "导入", "王五", NOON, &e));
  enum status st = ST_OK;
  for (int i = 0; i < 3000 && st == ST_OK; i++) {
    struct record r = make_record(VILLAGE_1, EVENT, FIELD_EVENT, "2026-08-01", FIELD_BODY, body, -1);
    st = wb_put(wb, &r, NULL, error);
    assert_int_equal(st == ST_OK, r.no != 0);
    if (st != ST_OK) { /* the step is over: nothing more goes in, and the commit says why */
      struct error again;
      r.no = 0;
      assert_int_equal(wb_put(wb, &r, NULL, &again), st);
      assert_string_equal(again.id, error->id);
    }
    record_free(&r);
  }
  enum status end = wb_commit(wb, error);
  assert_true(st == ST_OK || end == st);
  return end;
}

static void full_disk_rolls_back(void **state)
{
  struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  struct stat info;
  struct rlimit was;
  int64_t no = put_alone(wb, make_record(VILLAGE_2, STANDING, FIELD_TITLE, "甲", -1), "一");
  stat(p->path, &info);
  limit_file((rlim_t)info.st_size + 1000000, &was);
  enum status st = put_until_refused(wb, &e);
  setrlimit(RLIMIT_FSIZE, &was);
  assert_int_equal(st, ST_IO);
  assert_true(strcmp(e.id, "wb.full") == 0 || strcmp(e.id, "wb.io") == 0);
  assert_non_null(strstr(e.text, p->path));
  assert_int_equal(wb_count_records(wb), 1);
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "甲");
  assert_int_equal(check_errors(wb, NULL), 0);
  set_alone(wb, no, FIELD_TITLE, "乙"); /* the same window goes on */
  wb_close(wb);
  wb = open_it(p, WB_READ);
  assert_string_equal(value_of(wb, no, FIELD_TITLE), "乙");
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
}

/* A workbook of format 1 that cannot grow stays what it was, can be read, and is migrated another time. */
static void full_disk_while_migrating_changes_nothing(void **state)
{
  struct folder *p = *state;
  const char *dir = getenv("srcdir");
  struct text old = {0};
  struct error e;
  struct workbook *wb;
  struct rlimit was;
  char source[200];
  snprintf(source, sizeof source, "%s/tests/version-1.mingbai", dir != NULL ? dir : ".");
  OK(file_read(source, 1 << 20, &old, &e));
  OK(file_write(p->path, old.s, old.len, 0600, &e));
  for (rlim_t room = 0; room <= 4096; room += 4096) {
    limit_file((rlim_t)old.len + room, &was);
    enum status st = wb_open(&wb, p->path, WB_WRITE, &e);
    setrlimit(RLIMIT_FSIZE, &was);
    if (st == ST_OK) /* that much room was enough */
      break;
    assert_int_equal(st, ST_IO);
    assert_true(strcmp(e.id, "wb.full") == 0 || strcmp(e.id, "wb.io") == 0);
    struct text now = {0};
    wb = open_it(p, WB_READ);
    assert_int_equal(wb_count_records(wb), 2);
    wb_close(wb);
    OK(file_read(p->path, 1 << 20, &now, &e));
    assert_int_equal(now.len, old.len);
    assert_memory_equal(now.s, old.s, old.len);
    text_free(&now);
    wb = NULL;
  }
  if (wb == NULL)
    wb = open_it(p, WB_WRITE);
  assert_int_equal(wb_count_records(wb), 2);
  assert_int_equal(check_errors(wb, NULL), 0);
  wb_close(wb);
  text_free(&old);
}

static void full_disk_while_making_leaves_nothing(void **state)
{
  struct folder *p = *state;
  struct catalogue c;
  struct error e;
  struct rlimit was;
  char other[128], **names;
  size_t n;
  snprintf(other, sizeof other, "%s/b.mingbai", p->dir);
  fixture_catalogue(&c);
  limit_file(8192, &was);
  enum status st = wb_create(other, fixture_units, UNITS, &c, "王五", NOON, &e);
  setrlimit(RLIMIT_FSIZE, &was);
  free(c.asked);
  assert_int_equal(st, ST_IO);
  assert_non_null(strstr(e.text, other));
  assert_null(strstr(e.text, "XXXX"));
  OK(path_list(p->dir, "", &names, &n, &e));
  assert_int_equal(n, 1);
  path_list_free(names, n);
}

/* ---- two windows */

static void second_writer_is_told(void **state)
{
  struct folder *p = *state;
  struct workbook *one = open_it(p, WB_WRITE), *two = open_it(p, WB_WRITE);
  struct error e;
  struct record r = make_record(VILLAGE_1, STANDING, FIELD_TITLE, "甲", -1);
  OK(wb_begin(one, "一", "王五", NOON, &e));
  OK(wb_put(one, &r, NULL, &e));
  FAILS(wb_begin(two, "二", "赵六", NOON, &e), ST_BUSY, "wb.busy");
  assert_int_equal(wb_count_records(two), 0); /* reading goes on, and sees nothing unfinished */
  OK(wb_commit(one, &e));
  assert_int_equal(wb_count_records(two), 1);
  set_alone(two, r.no, FIELD_NOTE, "乙"); /* the chain goes on from the other window's rows */
  set_alone(one, r.no, FIELD_TITLE, "丙");
  assert_string_equal(value_of(two, r.no, FIELD_TITLE), "丙");
  assert_string_equal(value_of(one, r.no, FIELD_NOTE), "乙");
  assert_int_equal(check_errors(one, NULL), 0);
  record_free(&r);
  wb_close(one);
  wb_close(two);
}

static void locked_file_is_said_at_opening(void **state)
{
  struct folder *p = *state;
  struct error e;
  struct workbook *wb;
  sqlite3 *db;
  char before[80];
  strcpy(before, file_digest(p->path));
  assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
  FAILS(wb_open(&wb, p->path, WB_READ, &e), ST_BUSY, "wb.busy");
  sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close(db);
  assert_string_equal(before, file_digest(p->path));
}

/* Opening the file once more in the same process must not drop the lock that a step holds
 * (POSIX locks go when any descriptor of the file is closed). */
static void opening_again_keeps_the_lock(void **state)
{
  struct folder *p = *state;
  struct workbook *one = open_it(p, WB_WRITE);
  struct error e;
  OK(wb_begin(one, "一", "王五", NOON, &e));
  wb_close(open_it(p, WB_READ));
  pid_t child = fork();
  if (child == 0) { /* ask the kernel: SQLite here has inherited what its parent believed */
    struct flock reserved = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000001, .l_len = 1};
    int fd = open(p->path, O_RDWR);
    _exit(fcntl(fd, F_GETLK, &reserved) == 0 && reserved.l_type != F_UNLCK ? 7 : 1);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(WEXITSTATUS(status), 7);
  wb_cancel(one);
  wb_close(one);
}

/* A unit that another window added is not known here: its records are passed over, not mixed up. */
static void unit_of_another_window(void **state)
{
  struct folder *p = *state;
  struct workbook *one = open_it(p, WB_WRITE), *two = open_it(p, WB_WRITE);
  struct error e;
  struct record r;
  struct wb_new_unit added = {"140581100100", "新村", "140581100000", LEVEL_VILLAGE};
  OK(wb_begin(one, "单位", "王五", NOON, &e));
  OK(wb_put_unit(one, &added, &e));
  OK(wb_commit(one, &e));
  int64_t no = put_alone(one, make_record(wb_find_unit(one, "新村"), STANDING, -1), "一");
  FAILS(wb_get(two, no, &r, &e), ST_NOINPUT, "record.missing");
  FAILS(wb_undo(two, "赵六", NOON, NULL, &e), ST_DATA, "undo.unit");
  assert_int_equal(check_errors(two, NULL), 0);
  wb_close(two);
  wb_close(one);
}

/* ---- damage inside */

/* Garbage over each page of a filled workbook in turn: never a crash, never a clean bill. */
static void garbage_in_any_page_is_found(void **state)
{
  struct folder *p = *state;
  struct text whole = {0};
  struct error e;
  char junk[4096];
  struct workbook *wb = open_it(p, WB_WRITE);
  for (int i = 0; i < 60; i++)
    put_alone(wb, make_record(VILLAGE_1, EVENT, FIELD_EVENT, "2026-08-01", FIELD_TITLE, "标题", -1), "一");
  wb_close(wb);
  OK(file_read(p->path, 1 << 28, &whole, &e));
  for (size_t i = 0; i < sizeof junk; i++)
    junk[i] = (char)(i * 31 % 253);
  for (size_t at = 0; at < whole.len; at += sizeof junk) {
    int fd = open(p->path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, whole.s, whole.len), whole.len);
    assert_int_equal(pwrite(fd, junk, sizeof junk, (off_t)at), sizeof junk);
    close(fd);
    if (wb_open(&wb, p->path, WB_READ, &e) == ST_OK) {
      if (check_errors(wb, NULL) == 0)
        fail_msg("page %zu", at / sizeof junk);
      wb_close(wb);
    }
  }
  text_free(&whole);
}

static void hostile_values_are_refused(void **state)
{
  static const char *const tries[] = {
    "UPDATE item SET cadence = 'never' WHERE no = 1", "UPDATE item SET no = 9 WHERE no = 2",
    "UPDATE item SET channels = '政府网站;鸽子'", "UPDATE meta SET value = '00' WHERE key = 'key'",
    "DELETE FROM meta WHERE key = 'edition'", "UPDATE meta SET value = 'nobody' WHERE key = 'origin'",
    "UPDATE unit SET parent = '140581100201' WHERE code = '140581100000'",
  };
  struct folder *p = *state;
  struct text whole = {0};
  struct error e;
  struct workbook *wb;
  OK(file_read(p->path, 1 << 28, &whole, &e));
  for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
    OK(file_write(p->path, whole.s, whole.len, 0600, &e));
    raw(p->path, tries[i]);
    FAILS(wb_open(&wb, p->path, WB_READ, &e), ST_DATA, "wb.damaged");
  }
  text_free(&whole);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    T(killed_step_leaves_nothing), T(killed_after_commit_keeps_all), T(full_disk_rolls_back),
    T(full_disk_while_migrating_changes_nothing), T(full_disk_while_making_leaves_nothing), T(second_writer_is_told), T(locked_file_is_said_at_opening),
    T(opening_again_keeps_the_lock),
    T(unit_of_another_window), T(garbage_in_any_page_is_found), T(hostile_values_are_refused),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
