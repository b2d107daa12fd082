/* Reads tests/deadline.test: due days and their explanations. */
#include "checklists/deadline.h"
#include "tests/unit/tap.h"

static const struct { const char *word; enum cadence cadence; } cadences[] = {
  { "逐次", CAD_EVENT },     { "事前", CAD_BEFORE },     { "长期", CAD_STANDING }, { "每月", CAD_MONTHLY },
  { "每季", CAD_QUARTERLY }, { "每半年", CAD_HALFYEAR }, { "每年", CAD_ANNUAL },
};

static bool read_cadence(const char *s, enum cadence *out) {
  for (size_t i = 0; i < sizeof cadences / sizeof *cadences; i++) {
    if (strcmp(cadences[i].word, s) != 0) continue;
    *out = cadences[i].cadence;
    return true;
  }
  return false;
}

/* 20个工作日, 7日, 及时 */
static bool read_span(const char *s, struct span *out) {
  char *end;
  *out = (struct span){ 0, SPAN_NONE };
  if (strcmp(s, "及时") == 0) return true;
  out->n = (int)strtol(s, &end, 10);
  if (end != s && strcmp(end, "个工作日") == 0) out->unit = SPAN_WORKDAYS;
  if (end != s && strcmp(end, "日") == 0) out->unit = SPAN_DAYS;
  return out->unit != SPAN_NONE;
}

static bool read_limit(const char *s, struct item *item) {
  size_t n = strlen("公示");
  if (strncmp(s, "公示", n) == 0) return read_span(s + n, &item->notice);
  return read_span(s, &item->within);
}

static bool read_day(const char *s, day *out) {
  *out = DAY_NONE;
  return strcmp(s, "-") == 0 || day_parse(s, out);
}

static bool read_period(const char *s, struct period *out) {
  *out = (struct period){ 0 };
  return strcmp(s, "-") == 0 || period_parse(s, out);
}

struct context {
  struct tap tap;
  struct calendar *calendar;
  struct item item; /* of the case read last, for its explanation */
  day event_on;
  struct period recurrence;
  bool have;
};

static void run_case(struct context *c, char *text, const char *name) {
  char *cell[6];
  day want;
  int n = tap_split(text, "|", cell, 6);
  c->item = (struct item){ .event = (char *)"作出决定" };
  c->have = n == 5 && read_cadence(cell[0], &c->item.cadence) && read_limit(cell[1], &c->item) &&
            read_day(cell[2], &c->event_on) && read_period(cell[3], &c->recurrence) && read_day(cell[4], &want);
  if (!c->have) {
    tap_ok(&c->tap, false, "%s cannot be read", name);
    return;
  }
  char got[16], wanted[16];
  tap_same(&c->tap, day_iso(deadline_due(c->calendar, &c->item, c->event_on, c->recurrence), got),
           day_iso(want, wanted), name);
}

static void run_explanation(struct context *c, const char *want, const char *name) {
  struct text out = { 0 };
  if (c->have) deadline_explain(&out, c->calendar, &c->item, c->event_on, c->recurrence);
  tap_same(&c->tap, text_str(&out), want, name);
  text_free(&out);
}

int main(void) {
  const char *dir = getenv("srcdir"), *mark = "说明：";
  char path[1024], line[1024], name[1100];
  struct context c = { 0 };
  struct findings f = { 0 };
  snprintf(path, sizeof path, "%s/checklists/calendar", dir != NULL ? dir : ".");
  c.calendar = calendar_load(path, &f);
  if (c.calendar == NULL) {
    printf("Bail out! %s\n", f.n > 0 ? f.list[0].e.text : path);
    return EXIT_FAILURE;
  }
  FILE *in = tap_open("tests/deadline.test");
  for (int no = 1; fgets(line, sizeof line, in) != NULL; no++) {
    char *text = tap_trim(line);
    if (*text == '\0' || *text == '#') continue;
    snprintf(name, sizeof name, "deadline.test:%d %s", no, text);
    if (strncmp(text, mark, strlen(mark)) == 0) run_explanation(&c, text + strlen(mark), name);
    else run_case(&c, text, name);
  }
  fclose(in);
  calendar_free(c.calendar);
  findings_free(&f);
  return tap_done(&c.tap);
}
