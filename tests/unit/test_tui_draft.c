/* The draft timer: nothing while nothing is typed, three seconds of typing at most are lost, and no more
 * writing than that.  And midnight: the first key after it is pressed on the new day. */
#include "workbook_fixture.h"

#include "batch/command.h"
#include "tui/draft.h"
#include "tui/form.h"
#include "tui/tui.h"
#include "tui/ui.h"

/* ---- a UI without a terminal */

struct bench { struct app app; struct ui ui; struct workbook *wb; struct drafter d; };

static void start(struct bench *b, const struct folder *p)
{
  struct error e;
  const char *dir = getenv("srcdir");
  memset(b, 0, sizeof *b);
  b->app = (struct app){.program = "test", .data_dir = dir != NULL ? dir : ".", .person = "王五",
                        .on = day_make(2026, 10, 20), .now = NOON, .in = stdin, .out = stdout, .err = stderr};
  b->wb = open_it(p, WB_WRITE);
  const struct calendar *calendar = app_calendar(&b->app);
  assert_non_null(calendar);
  OK(ui_open(&b->ui, &b->app, b->wb, calendar, &e));
  assert_true(screen_resize(&b->ui.screen, 24, 80));
  ui_push(&b->ui, view_form_new(&b->ui, VILLAGE_1, EVENT, 0, (struct period){0}));
  ui_draw(&b->ui);
}

static void stop(struct bench *b)
{
  drafter_free(&b->d);
  ui_fini(&b->ui);
  wb_close(b->wb);
  app_fini(&b->app);
}

static void press(struct bench *b, const char *keys, int64_t now)
{
  for (struct key k; *keys != '\0'; keys += strcspn(keys, " "), keys += strspn(keys, " ")) {
    assert_true(key_parse(keys, strcspn(keys, " "), &k));
    ui_key(&b->ui, k);
    ui_draw(&b->ui);
    drafter_look(&b->d, &b->ui, now);
  }
}

static bool keep_typed(const struct draft *d, void *ctx)
{
  snprintf(ctx, 100, "%s", d->typed);
  return true;
}

static const char *draft(struct workbook *wb)
{
  static char typed[100];
  struct error e;
  typed[0] = '\0';
  OK(wb_drafts(wb, keep_typed, typed, &e));
  return typed;
}

static void three_seconds_at_most(void **state)
{
  struct bench b;
  start(&b, *state);
  drafter_look(&b.d, &b.ui, 1000);
  assert_int_equal(drafter_wait(&b.d, 1000), -1);
  press(&b, "Tab S-Tab", 1500);
  assert_int_equal(drafter_wait(&b.d, 1500), -1); /* moving about is not typing */
  press(&b, "2 0", 2000);
  assert_int_equal(drafter_wait(&b.d, 2000), 3000);
  press(&b, "2", 4500); /* typing on does not put it off */
  assert_int_equal(drafter_wait(&b.d, 4500), 500);
  assert_string_equal(draft(b.wb), "");
  assert_int_equal(drafter_wait(&b.d, 5100), 0);
  drafter_save(&b.d, &b.ui, 5100);
  assert_string_equal(draft(b.wb), "202");
  assert_int_equal(drafter_wait(&b.d, 9000), -1); /* kept: nothing wakes the program */
  press(&b, "Left Right", 9100);
  assert_int_equal(drafter_wait(&b.d, 9100), -1);
  press(&b, "6", 9200);
  assert_int_equal(drafter_wait(&b.d, 9200), 3000);
  drafter_save(&b.d, &b.ui, 12200);
  assert_string_equal(draft(b.wb), "2026");
  press(&b, "Backspace Backspace Backspace Backspace", 12300);
  assert_string_equal(draft(b.wb), ""); /* as it was: nothing to keep */
  assert_int_equal(drafter_wait(&b.d, 12300), -1);
  stop(&b);
}

static void stored_means_gone(void **state)
{
  struct bench b;
  start(&b, *state);
  press(&b, "2 0 2 6 - 9 - 3", 1000);
  drafter_save(&b.d, &b.ui, 4000);
  assert_string_equal(draft(b.wb), "2026-9-3");
  press(&b, "Tab", 4100);
  assert_string_equal(draft(b.wb), "");
  assert_int_equal(wb_count_records(b.wb), 1);
  assert_int_equal(drafter_wait(&b.d, 4100), -1);
  stop(&b);
}

/* Somebody else writes just then: the draft is kept three seconds later. */
static void locked_is_tried_again(void **state)
{
  struct folder *p = *state;
  struct bench b;
  sqlite3 *db;
  start(&b, p);
  press(&b, "2 0", 1000);
  assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  drafter_save(&b.d, &b.ui, 4000);
  sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  assert_string_equal(draft(b.wb), "");
  assert_int_equal(drafter_wait(&b.d, 4000), 3000);
  drafter_save(&b.d, &b.ui, 7000);
  assert_string_equal(draft(b.wb), "20");
  stop(&b);
  sqlite3_close(db);
}

/* What a crash left is kept under this window's name from the moment it is taken up. */
static void taken_up(void **state)
{
  struct folder *p = *state;
  struct bench b;
  raw(p->path, "INSERT INTO draft VALUES ('0123456789abcdef', '140581100201', '19.01', 'new', 'event_on', '2026-9',"
               " NULL, '李四', 1790000000)");
  start(&b, p);
  drafts_offer(&b.ui);
  ui_draw(&b.ui);
  drafter_look(&b.d, &b.ui, 1000);
  press(&b, "Enter", 1100);
  assert_string_equal(draft(b.wb), "2026-9");
  press(&b, "- 3", 1200);
  drafter_save(&b.d, &b.ui, 4200);
  assert_string_equal(draft(b.wb), "2026-9-3");
  press(&b, "Tab", 4300);
  assert_string_equal(draft(b.wb), "");
  assert_int_equal(wb_count_records(b.wb), 1);
  stop(&b);
}

/* ---- midnight */

static int calls_before_midnight;

static day today(void)
{
  return calls_before_midnight-- > 0 ? day_make(2026, 9, 30) : day_make(2026, 10, 1);
}

static void the_day_goes_on(void **state)
{
  struct folder *p = *state;
  char keys[128], dump[128];
  struct text screens = {0};
  struct error e;
  snprintf(keys, sizeof keys, "%s/keys", p->dir);
  snprintf(dump, sizeof dump, "%s/dump", p->dir);
  OK(file_write(keys, "Down dump Down dump Up dump", 27, 0600, &e));
  const char *dir = getenv("srcdir");
  struct app app = {.program = "test", .data_dir = dir != NULL ? dir : ".", .person = "王五",
                    .on = day_make(2026, 9, 30), .now = NOON, .in = stdin, .out = stdout, .err = stderr};
  struct tui_options o = {.keys = keys, .dump = dump, .today = today};
  calls_before_midnight = 1;
  assert_int_equal(tui_run(&app, p->path, &o), ST_OK);
  OK(file_read(dump, 1 << 20, &screens, &e));
  char *first = screens.s, *second = strstr(first + 40, "\n==== ");
  assert_non_null(second);
  *second++ = '\0';
  assert_non_null(strstr(first, "2026-09-30"));
  assert_null(strstr(first, "零点"));
  assert_non_null(strstr(first, "2026年第3季度"));
  char *third = strstr(second + 40, "\n==== ");
  assert_non_null(third);
  *third++ = '\0';
  assert_non_null(strstr(second, "已过零点，今天是 2026-10-01"));
  assert_non_null(strstr(second, "2026年第4季度")); /* the present period is seen, and goes on being seen */
  assert_null(strstr(third, "零点"));
  text_free(&screens);
  app_fini(&app);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
  const struct CMUnitTest tests[] = {
    T(three_seconds_at_most), T(stored_means_gone), T(locked_is_tried_again), T(taken_up), T(the_day_goes_on),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
