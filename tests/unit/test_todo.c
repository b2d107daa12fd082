/* What has to be done, found some units at a time: the same as all at once, whatever the pieces. */
#include "workbook_fixture.h"

#include "checklists/todo.h"

#include <limits.h>

static struct calendar *calendar;

static day on(void) { return day_make(2026, 10, 20); }

/* What a finder gives, in its order, and how many calls it took. */
struct found { struct todo_entry entry[200]; size_t n; int calls; };

static void take(const struct todo_entry *e, void *ctx) {
  struct found *f = ctx;
  assert_true(f->n < 200);
  f->entry[f->n++] = *e;
}

static void find(struct workbook *wb, int first, int last, int budget, struct found *f) {
  struct todo_finder *finder = todo_finder_new(wb, calendar, on(), on() + 14, NULL);
  struct error e;
  *f = (struct found){ .n = 0 };
  assert_non_null(finder);
  for (int next = first; next <= last; f->calls++) {
    int before = next;
    OK(todo_units(finder, &next, last, budget, take, f, &e));
    assert_true(next > before && next <= last + 1);
  }
  todo_finder_free(finder);
}

static void assert_same(const struct found *a, const struct found *b) {
  assert_int_equal(a->n, b->n);
  for (size_t i = 0; i < a->n; i++) {
    const struct todo_entry *x = &a->entry[i], *y = &b->entry[i];
    assert_int_equal(x->kind, y->kind);
    assert_int_equal(x->unit, y->unit);
    assert_int_equal(x->item, y->item);
    assert_int_equal(x->no, y->no);
    assert_int_equal(x->due, y->due);
    assert_int_equal(x->from, y->from);
    assert_true(period_same(x->period, y->period));
  }
}

/* A village with several events, another with one record, the third with none. */
static void fill(struct workbook *wb) {
  for (int i = 0; i < 5; i++) {
    char event[16];
    day_iso(day_make(2026, 9, 10) + i * 8, event);
    put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_EVENT, event, FIELD_TITLE, "名单", -1), "记");
  }
  put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_EVENT, "2026-08-03", FIELD_PUBLISHED, "2026-08-04", -1), "记");
  put_alone(wb, make_record(VILLAGE_3, QUARTERLY, FIELD_PERIOD, "2026Q1", FIELD_PUBLISHED, "2026-04-03", -1), "记");
}

static void pieces_make_the_whole(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  static struct found all, pieces;
  fill(wb);
  find(wb, 0, UNITS - 1, INT_MAX, &all);
  assert_int_equal(all.calls, 1);
  assert_true(all.n > 20);
  for (int budget = 1; budget < 80; budget++) {
    find(wb, 0, UNITS - 1, budget, &pieces);
    assert_same(&all, &pieces);
  }
  find(wb, 0, UNITS - 1, 1, &pieces);
  assert_int_equal(pieces.calls, UNITS); /* at least one unit, no more than asked for */
  wb_close(wb);
}

static void one_unit_is_its_part(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  static struct found all, one, sum;
  fill(wb);
  find(wb, 0, UNITS - 1, INT_MAX, &all);
  sum.n = 0;
  for (int unit = 0; unit < UNITS; unit++) {
    find(wb, unit, unit, INT_MAX, &one);
    for (size_t i = 0; i < one.n; i++) {
      assert_int_equal(one.entry[i].unit, unit);
      take(&one.entry[i], &sum);
    }
  }
  assert_same(&all, &sum);
  wb_close(wb);
}

static void list_is_the_same_sorted(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct todo t = { .wb = wb, .calendar = calendar, .on = on(), .until = on() + 14 };
  static struct found all;
  struct error e;
  size_t counted = 0;
  fill(wb);
  find(wb, 0, UNITS - 1, INT_MAX, &all);
  OK(todo_find(&t, &e));
  assert_int_equal(t.n, all.n);
  for (int k = 0; k < TODO_KINDS; k++) counted += t.count[k];
  assert_int_equal(counted, t.n);
  for (size_t i = 1; i < t.n; i++) {
    const struct todo_entry *a = &t.list[i - 1], *b = &t.list[i];
    assert_true(a->kind < b->kind || (a->kind == b->kind && (a->kind == TODO_CONFIRM || a->due <= b->due)));
  }
  todo_free(&t);
  wb_close(wb);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(pieces_make_the_whole, setup, teardown),
    cmocka_unit_test_setup_teardown(one_unit_is_its_part, setup, teardown),
    cmocka_unit_test_setup_teardown(list_is_the_same_sorted, setup, teardown),
  };
  const char *dir = getenv("srcdir");
  struct findings f = { 0 };
  char path[500];
  snprintf(path, sizeof path, "%s/checklists/calendar", dir != NULL ? dir : ".");
  calendar = calendar_load(path, &f);
  findings_free(&f);
  if (calendar == NULL) return 1;
  fixture_items[QUARTERLY].dropped = NULL; /* asked of every unit here */
  fixture_items[QUARTERLY].same_as.n = 0;
  cmocka_set_message_output(CM_OUTPUT_TAP);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  calendar_free(calendar);
  return failed;
}
