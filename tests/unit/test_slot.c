/* Reads tests/slots.test: slots, states and rates of one unit and item, and sums of them. */
#include "checklists/slot.h"
#include "tests/unit/tap.h"

#define VILLAGE "140581001001"
enum { MAX = 16, TESTED = 1 };

static const struct { const char *word; enum cadence cadence; } cadences[] = {
  { "逐次", CAD_EVENT },     { "事前", CAD_BEFORE },     { "长期", CAD_STANDING }, { "每月", CAD_MONTHLY },
  { "每季", CAD_QUARTERLY }, { "每半年", CAD_HALFYEAR }, { "每年", CAD_ANNUAL },
};

struct context {
  struct tap tap;
  struct calendar *calendar;
  struct tally group;
};

/* The case's item stands between 甲 (the village has it) and 乙 (only the county has it). */
struct shelf {
  struct domain domain;
  struct item item[3];
  char *same[1];
  struct catalogue catalogue;
};

static void shelf_init(struct shelf *s) {
  uint8_t all = 1 << LEVEL_COUNTY | 1 << LEVEL_TOWNSHIP | 1 << LEVEL_VILLAGE;
  *s = (struct shelf){ .domain = { .no = (char *)"99", .n = 3 } };
  s->item[0] = (struct item){ .id = (char *)"99.01", .levels = all };
  s->item[1] = (struct item){ .id = (char *)"99.02", .levels = all };
  s->item[2] = (struct item){ .id = (char *)"99.03", .levels = 1 << LEVEL_COUNTY };
  s->catalogue = (struct catalogue){ .domains = &s->domain, .n_domains = 1, .items = s->item, .n_items = 3 };
}

/* ---- reading a case ---- */

static bool read_span(const char *s, struct span *out) {
  char *end;
  *out = (struct span){ 0, SPAN_NONE };
  if (strcmp(s, "及时") == 0) return true;
  out->n = (int)strtol(s, &end, 10);
  if (end != s && strcmp(end, "个工作日") == 0) out->unit = SPAN_WORKDAYS;
  if (end != s && strcmp(end, "日") == 0) out->unit = SPAN_DAYS;
  return out->unit != SPAN_NONE;
}

static bool read_flag(struct shelf *s, const char *word) {
  struct item *item = &s->item[TESTED];
  if (strcmp(word, "默认无") == 0) item->confirm_implied = true;
  else if (strcmp(word, "依申请") == 0) item->mode = MODE_REQUEST;
  else if (strcmp(word, "已被替代") == 0) item->superseded_by = s->item[0].id;
  else if (strcmp(word, "已删去") == 0) item->dropped = (char *)"本县没有此项业务";
  else if (strcmp(word, "仅县级") == 0) item->levels = 1 << LEVEL_COUNTY;
  else if (strcmp(word, "同甲") == 0) s->same[0] = s->item[0].id;
  else if (strcmp(word, "同乙") == 0) s->same[0] = s->item[2].id;
  else if (strncmp(word, "公示", strlen("公示")) == 0) return read_span(word + strlen("公示"), &item->notice);
  else return read_span(word, &item->within);
  return true;
}

static bool read_item(struct shelf *s, char *text) {
  char *word[6];
  int n = tap_split(text, " ", word, 6);
  bool ok = false;
  shelf_init(s);
  for (size_t i = 0; i < sizeof cadences / sizeof *cadences; i++) {
    if (strcmp(cadences[i].word, word[0]) != 0) continue;
    s->item[TESTED].cadence = cadences[i].cadence;
    ok = true;
  }
  for (int i = 1; ok && i < n; i++) ok = read_flag(s, word[i]);
  if (s->same[0] != NULL) s->item[TESTED].same_as = (struct strings){ s->same, 1 };
  return ok && n >= 2 && catalogue_seal(&s->catalogue);
}

static bool read_word(const char *word, struct slot_record *r) {
  static const char *const key[] = { "事件", "变动", "公开", "撤下", "周期", "无" };
  day *to[] = { &r->event_on, &r->event_on, &r->published_on, &r->removed_on };
  for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
    const char *value = word + strlen(key[i]);
    if (strncmp(word, key[i], strlen(key[i])) != 0) continue;
    if (i < 4) return day_parse(value, to[i]);
    r->none = i == 5;
    return (r->none && *value == '\0') || period_parse(value, &r->period);
  }
  return false;
}

static int read_records(char *text, struct slot_record *records) {
  char *part[MAX], *word[6];
  if (strcmp(text, "-") == 0) return 0;
  int n = tap_split(text, "；", part, MAX);
  for (int i = 0; i < n; i++) {
    records[i] = (struct slot_record){ .no = i + 1, .event_on = DAY_NONE, .published_on = DAY_NONE, .removed_on = DAY_NONE };
    int words = tap_split(part[i], " ", word, 6);
    for (int k = 0; k < words; k++)
      if (!read_word(word[k], &records[i])) return -1;
  }
  return n;
}

/* ---- showing what came out, in the words of the table ---- */

struct shown { char text[MAX][80]; int n; };

static void show(const struct slot *slot, void *ctx) {
  struct shown *s = ctx;
  struct text t = { 0 };
  if (slot->confirm) text_add(&t, "确认：");
  text_add(&t, state_name(slot->state));
  if (slot->due != DAY_NONE) text_addc(&t, ' ');
  day_add_iso(&t, slot->due);
  if (slot->recurrence.kind != PERIOD_NONE) text_addc(&t, ' ');
  period_add(&t, slot->recurrence);
  if (s->n < MAX) snprintf(s->text[s->n++], sizeof s->text[0], "%s", text_str(&t));
  text_free(&t);
}

static int by_bytes(const void *a, const void *b) { return strcmp(a, b); }

static void join(struct text *out, struct shown *s) {
  qsort(s->text, (size_t)s->n, sizeof s->text[0], by_bytes);
  for (int i = 0; i < s->n; i++) text_addf(out, "%s%s", i > 0 ? "；" : "", s->text[i]);
}

static void read_wanted(char *text, struct shown *s) {
  char *part[MAX];
  s->n = 0;
  if (strcmp(text, "-") == 0 || strcmp(text, "不问") == 0) return;
  int n = tap_split(text, "；", part, MAX);
  for (int i = 0; i < n; i++) snprintf(s->text[s->n++], sizeof s->text[0], "%s", part[i]);
}

static void add_rate(struct text *out, struct rate r, bool first) {
  if (!first) text_addc(out, ' ');
  if (r.den == 0) text_add(out, "—");
  else text_addf(out, "%u/%u", r.num, r.den);
}

static void add_rates(struct text *out, const struct tally *t) {
  add_rate(out, tally_fill(t), true);
  add_rate(out, tally_disclosure(t), false);
  add_rate(out, tally_on_time(t), false);
}

/* ---- running ---- */

static void run_asked(struct context *c, struct shelf *s, const struct slot_plan *plan, char *cell[6],
                      const char *name) {
  struct slot_record records[MAX];
  struct shown got = { .n = 0 }, want = { .n = 0 };
  struct text a = { 0 }, b = { 0 };
  struct tally tally = { 0 };
  int n = read_records(cell[3], records);
  if (n < 0) {
    tap_ok(&c->tap, false, "%s: the records cannot be read", name);
    return;
  }
  bool asks = catalogue_asks(&s->catalogue, TESTED, LEVEL_VILLAGE, VILLAGE);
  tap_ok(&c->tap, asks == (strcmp(cell[4], "不问") != 0), "%s: asked or not", name);
  if (asks) slots_list(plan, TESTED, records, n, show, &got);
  if (asks) slots_tally(plan, TESTED, records, n, &tally);
  read_wanted(cell[4], &want);
  join(&a, &got);
  join(&b, &want);
  tap_same(&c->tap, text_str(&a), text_str(&b), name);
  text_clear(&a);
  add_rates(&a, &tally);
  tap_same(&c->tap, text_str(&a), cell[5], name);
  if (asks && n == 0) tap_ok(&c->tap, memcmp(&tally, slots_empty(plan, TESTED), sizeof tally) == 0, "%s: as planned", name);
  tally_add(&c->group, &tally);
  text_free(&a);
  text_free(&b);
}

static void run_case(struct context *c, char *line, const char *name) {
  struct shelf s;
  struct period period;
  day on;
  char *cell[7];
  if (tap_split(line, "|", cell, 7) != 6 || !read_item(&s, cell[0]) || !period_parse(cell[1], &period) ||
      !day_parse(cell[2], &on)) {
    tap_ok(&c->tap, false, "%s cannot be read", name);
    return;
  }
  struct slot_plan *plan = slots_plan(&s.catalogue, c->calendar, period, on);
  if (plan != NULL) run_asked(c, &s, plan, cell, name);
  else tap_ok(&c->tap, false, "%s: no plan", name);
  slots_plan_free(plan);
  free(s.catalogue.asked);
}

static void run_sum(struct context *c, char *line, const char *name) {
  char *cell[2];
  struct text t = { 0 };
  int n = tap_split(line, "|", cell, 2);
  add_rates(&t, &c->group);
  tap_same(&c->tap, text_str(&t), n == 2 ? cell[1] : "", name);
  text_free(&t);
}

static void run_line(struct context *c, char *line, int no) {
  char name[80];
  snprintf(name, sizeof name, "slots.test:%d", no);
  if (strncmp(line, "分组", strlen("分组")) == 0) c->group = (struct tally){ 0 };
  else if (strncmp(line, "合计", strlen("合计")) == 0) run_sum(c, line, name);
  else run_case(c, line, name);
}

int main(void) {
  const char *dir = getenv("srcdir");
  char path[1024], line[1024];
  struct context c = { 0 };
  struct findings f = { 0 };
  snprintf(path, sizeof path, "%s/checklists/calendar", dir != NULL ? dir : ".");
  c.calendar = calendar_load(path, &f);
  if (c.calendar == NULL) {
    printf("Bail out! %s\n", f.n > 0 ? f.list[0].e.text : path);
    return EXIT_FAILURE;
  }
  FILE *in = tap_open("tests/slots.test");
  for (int no = 1; fgets(line, sizeof line, in) != NULL; no++) {
    char *text = tap_trim(line);
    if (*text != '\0' && *text != '#') run_line(&c, text, no);
  }
  fclose(in);
  calendar_free(c.calendar);
  findings_free(&f);
  return tap_done(&c.tap);
}
