/* Titles of records in pieces, and what a search finds and in which order. */
#include "tests/unit/workbook_fixture.h"
#include "tui/search.h"

/* ---- wb_titles */

struct told { struct text text; int stop_after; };

static bool tell(const struct record_head *h, void *ctx) {
  struct told *t = ctx;
  text_addf(&t->text, "%d.%d%s %s|", h->unit, h->item, h->none ? " none" : "", h->title);
  return --t->stop_after != 0;
}

static void put_some(struct workbook *wb) {
  put_alone(wb, make_record(VILLAGE_1, EVENT, FIELD_EVENT, "2026-09-01", FIELD_TITLE, "低保公示甲", -1), "");
  put_alone(wb, make_record(VILLAGE_2, EVENT, FIELD_EVENT, "2026-09-02", FIELD_TITLE, "乙低保公示", -1), "");
  put_alone(wb, make_record(VILLAGE_2, QUARTERLY, FIELD_PERIOD, "2026Q3", FIELD_NONE, "本季没有", -1), "");
  put_alone(wb, make_record(VILLAGE_3, EVENT, FIELD_EVENT, "2026-09-04", FIELD_BODY, "只有正文", -1), "");
  put_alone(wb, make_record(VILLAGE_3, EVENT, FIELD_EVENT, "2026-09-05", FIELD_TITLE, "低保公示", -1), "");
}

static void titles_in_pieces(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct error e;
  struct told t = { .stop_after = -1 };
  int64_t from = INT64_MAX;
  OK(wb_titles(wb, &from, 3, tell, &t, &e));
  assert_int_equal(from, 0); /* none at all */
  put_some(wb);
  from = INT64_MAX;
  OK(wb_titles(wb, &from, 2, tell, &t, &e));
  assert_string_equal(text_str(&t.text), "5.1 低保公示|5.1 |");
  assert_true(from > 0);
  OK(wb_titles(wb, &from, 2, tell, &t, &e));
  OK(wb_titles(wb, &from, 2, tell, &t, &e));
  assert_string_equal(text_str(&t.text), "5.1 低保公示|5.1 |4.2 none 本季没有|4.1 乙低保公示|3.1 低保公示甲|");
  assert_int_equal(from, 0);
  text_clear(&t.text);
  t.stop_after = 1;
  from = INT64_MAX;
  OK(wb_titles(wb, &from, 10, tell, &t, &e));
  assert_string_equal(text_str(&t.text), "5.1 低保公示|");
  OK(wb_titles(wb, &from, 1, tell, &t, &e)); /* goes on behind it */
  assert_string_equal(text_str(&t.text), "5.1 低保公示|5.1 |");
  text_free(&t.text);
  wb_close(wb);
}

static void titles_of_a_damaged_file(void **state) {
  const struct folder *p = *state;
  struct workbook *wb = open_it(p, WB_WRITE);
  struct error e;
  struct told t = { .stop_after = -1 };
  int64_t from = INT64_MAX;
  put_some(wb);
  wb_close(wb);
  raw(p->path, "PRAGMA foreign_keys = 0; UPDATE record SET item = 99 WHERE title = '乙低保公示'");
  wb = open_it(p, WB_READ);
  FAILS(wb_titles(wb, &from, 10, tell, &t, &e), ST_DATA, "wb.damaged");
  wb_close(wb);
  text_free(&t.text);
}

/* ---- search */

struct desk { struct workbook *wb; struct ui ui; struct search *search; };

static void sit_down(struct desk *d, struct workbook *wb, int unit) {
  *d = (struct desk){ .wb = wb, .search = calloc(1, sizeof *d->search) };
  d->ui.wb = wb;
  d->ui.catalogue = wb_catalogue(wb);
  d->ui.units = wb_units(wb, &d->ui.n_units);
  assert_non_null(d->search);
  assert_true(search_init(d->search, &d->ui, unit));
}

static void stand_up(struct desk *d) {
  search_fini(d->search);
  free(d->search);
  wb_close(d->wb);
}

/* What is found, to its end: "U3 U4 / I3.1 / R低保公示 R乙低保公示". */
static void expect(struct desk *d, const char *typed, const char *want) {
  struct text out = { 0 };
  struct error e;
  bool more = true;
  search_start(d->search, typed);
  while (more) OK(search_work(d->search, &more, &e));
  for (int kind = 0; kind < FOUND_KINDS; kind++) {
    const struct found_list *l = &d->search->list[kind];
    if (kind > 0) text_add(&out, "/ ");
    for (int i = 0; i < l->n; i++) {
      const struct found *f = &l->row[i];
      if (kind == FOUND_UNIT) text_addf(&out, "U%d ", f->unit);
      if (kind == FOUND_ITEM) text_addf(&out, "I%d.%d ", f->unit, f->item);
      if (kind == FOUND_RECORD) text_addf(&out, "R%s ", f->title);
    }
  }
  if (out.len > 0) out.s[--out.len] = '\0';
  assert_string_equal(text_str(&out), want);
  text_free(&out);
}

static void found_and_ordered(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct desk d;
  put_some(wb);
  sit_down(&d, wb, 0);
  expect(&d, "", "/ /");
  expect(&d, "。 ，", "/ /");
  expect(&d, "wc", "U4 U5 / /");            /* both villages of that name */
  expect(&d, "王村", "U4 U5 / /");
  expect(&d, "mkc", "U3 / /");
  expect(&d, "140581100202", "U4 / /");
  expect(&d, "100202", "U4 / /");           /* many digits stand inside a code */
  expect(&d, "202", "/ /");                 /* a few do not */
  expect(&d, "dbgs", "/ / R低保公示 R低保公示甲 R乙低保公示"); /* whole, beginning, inside */
  expect(&d, "20260902", "/ / R乙低保公示");
  expect(&d, "0904", "/ / R");              /* a record without a title, by its day */
  expect(&d, "bj", "/ / R本季没有");
  expect(&d, "1901", "/ I0.1 /");
  expect(&d, "19", "/ I0.1 /");             /* 19.02 is dropped, 19.03 superseded */
  expect(&d, "wc dbgs", "/ / R低保公示 R乙低保公示");
  expect(&d, "szz shq", "/ I2.1 / R低保公示 R R乙低保公示 R低保公示甲"); /* and below it */
  stand_up(&d);
}

static void nearness_counts(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct desk d;
  put_some(wb);
  sit_down(&d, wb, 5);
  expect(&d, "wc", "U5 U4 / /");
  expect(&d, "1901", "/ I5.1 /");
  expect(&d, "gs", "/ / R低保公示 R乙低保公示 R低保公示甲"); /* here, then the newest */
  d.search->item = 1;
  expect(&d, "", "U5 U2 U3 U4 U1 / /"); /* of which unit?  not of the county, that assigned it */
  expect(&d, "mk", "U3 / /");
  stand_up(&d);
}

static void loosely(void **state) {
  struct workbook *wb = open_it(*state, WB_WRITE);
  struct desk d;
  put_some(wb);
  sit_down(&d, wb, 3);
  expect(&d, "审结果", "/ I3.1 /");          /* Chinese with characters left out */
  expect(&d, "sjg", "/ I3.1 /");            /* letters too, as nothing else is found */
  assert_true(d.search->loose);
  expect(&d, "dbg", "/ / R低保公示甲 R低保公示 R乙低保公示");
  assert_false(d.search->loose);
  expect(&d, "sg", "/ /");                  /* two letters are not enough */
  expect(&d, "zzz", "/ /");
  stand_up(&d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(titles_in_pieces, setup, teardown),
    cmocka_unit_test_setup_teardown(titles_of_a_damaged_file, setup, teardown),
    cmocka_unit_test_setup_teardown(found_and_ordered, setup, teardown),
    cmocka_unit_test_setup_teardown(nearness_counts, setup, teardown),
    cmocka_unit_test_setup_teardown(loosely, setup, teardown),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
