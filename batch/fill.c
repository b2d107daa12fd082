/* mingbai fill: the questions of the form one line at a time, for screen readers and serial terminals.
 *
 * A unit's domain is gone through item by item: what is missing in the period, or (--all) everything.  Each
 * answer is a step of its own, stored before the next question, so there is nothing to save and nothing to
 * lose; what a signal interrupts has been stored or not begun. */
#include "batch/fill.h"
#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>

/* ---- what there is to do */

struct gathering {
  struct fill *f;
  int item;
  bool all, any;
  struct slot_record *record;
  size_t n, cap;
  bool failed;
};

static bool gather(int unit, int item, const struct slot_record *r, void *ctx) {
  struct gathering *g = ctx;
  (void)unit;
  (void)item;
  g->failed = !ARRAY_ROOM(g->record, g->n, g->cap);
  if (g->failed) return false;
  g->record[g->n++] = *r;
  return true;
}

static void add_thing(struct gathering *g, const struct fill_thing *t) {
  struct fill *f = g->f;
  if (ARRAY_ROOM(f->thing, f->n, f->cap)) f->thing[f->n++] = *t;
  else g->failed = true;
}

static bool is_missing(enum slot_state s) {
  return s == STATE_OVERDUE || s == STATE_UNCHECKED || s == STATE_PENDING;
}

static void take_slot(const struct slot *slot, void *ctx) {
  struct gathering *g = ctx;
  g->any |= slot->confirm && slot->state == STATE_UNCHECKED;
  if (!g->all && !is_missing(slot->state)) return;
  if (slot->confirm && slot->state != STATE_UNCHECKED) return; /* said to be none: nothing to be filled */
  add_thing(g, &(struct fill_thing){ .item = g->item,
                                     .state = slot->state,
                                     .confirm = slot->confirm,
                                     .due = slot->due,
                                     .recurrence = slot->recurrence,
                                     .no = slot->record >= 0 ? g->record[slot->record].no : 0 });
}

/* The things of one item: what is missing, or all.  Appended; false: f->failed and said. */
static bool list_item(struct fill *f, int item, bool all) {
  struct gathering g = { .f = f, .item = item, .all = all };
  struct error e = { 0 };
  enum status st = wb_scan(f->wb, f->unit_no, item, gather, &g, &e);
  if (st == ST_OK && !g.failed) (void)slots_list(f->plan, item, g.record, (int)g.n, take_slot, &g);
  if (st == ST_OK && g.failed) st = error_nomem(&e);
  free(g.record);
  if (st != ST_OK) f->failed = report_error(f->app, &e);
  return st == ST_OK;
}

/* ---- which unit, domain, period */

static enum status find_domain(struct fill *f, int *first, int *last, struct error *e) {
  const char *domain = args_get(f->args, "domain"), *item = args_get(f->args, "item");
  if (item != NULL) {
    *first = *last = app_item(f->catalogue, item, e);
    return *first < 0 ? e->status : ST_OK;
  }
  int d = catalogue_find_domain(f->catalogue, domain);
  if (d < 0)
    return error_set(e, ST_DATA, "domain.unknown",
                     _("没有领域“%s”，写编号（19）或名称（社会救助）；用 mingbai items 可以列出"), domain);
  *first = f->catalogue->domains[d].first;
  *last = *first + f->catalogue->domains[d].n - 1;
  return ST_OK;
}

static enum status read_period(struct fill *f) {
  const char *given = args_get(f->args, "period");
  f->period = period_of(f->app->on, PERIOD_QUARTER);
  if (given == NULL || period_parse(given, &f->period)) return ST_OK;
  return report_usage(f->app, &command_fill, _("--period 要写成 2026-07、2026Q3、2026H2 或 2026，不能是“%s”"), given);
}

static enum status list_things(struct fill *f, struct error *e) {
  int first = 0, last = -1, asked = 0;
  bool all = args_has(f->args, "all"), one = args_has(f->args, "item");
  enum status st = find_domain(f, &first, &last, e);
  for (int i = first; st == ST_OK && i <= last; i++) {
    if (!catalogue_asks(f->catalogue, i, f->unit->level, f->unit->code)) continue;
    asked++;
    if (!list_item(f, i, all)) return f->failed;
  }
  if (st == ST_OK && asked == 0)
    st = error_set(e, ST_DATA, "fill.not-asked", one ? _("%s不要求公开这一事项") : _("这个领域没有要%s公开的事项"),
                   f->unit->name);
  return st;
}

/* A named item of which nothing is missing is filled all the same. */
static enum status list_named(struct fill *f, struct error *e) {
  struct gathering g = { .f = f };
  const char *given = args_get(f->args, "item");
  if (f->n > 0 || given == NULL) return ST_OK;
  int item = app_item(f->catalogue, given, e);
  if (!fill_once(&f->catalogue->items[item])) return list_item(f, item, true) ? ST_OK : f->failed;
  add_thing(&g, &(struct fill_thing){ .item = item, .extra = true, .due = DAY_NONE });
  return g.failed ? error_nomem(e) : ST_OK;
}

static enum status prepare(struct fill *f, struct error *e) {
  size_t n;
  f->catalogue = wb_catalogue(f->wb);
  f->unit_no = app_unit(f->wb, args_get(f->args, "unit"), e);
  if (f->unit_no < 0) return error_at(e, NULL, 0, "--unit");
  f->unit = &wb_units(f->wb, &n)[f->unit_no];
  f->plan = slots_plan(f->catalogue, f->calendar, f->period, f->app->on);
  if (f->plan == NULL) return error_nomem(e);
  enum status st = list_things(f, e);
  return st == ST_OK ? list_named(f, e) : st;
}

/* ---- the conversation */

static void greet(struct fill *f) {
  struct text period = { 0 };
  period_add_cn(&period, f->period);
  const struct domain *d = &f->catalogue->domains[f->catalogue->items[f->thing[0].item].domain];
  fill_say(f, _("%s，%s %s，%s。要办的有 %zu 项。"), f->unit->name, d->no, d->name, text_str(&period), f->n);
  fill_say(f, _("每一问都可以：回车 跳过或不变，? 说明，b 回上一问，s 跳过这一项，q 退出。"));
  fill_say(f, _("每答一问就存好了，不用另外保存。"));
  text_free(&period);
}

/* An item of which there may be several: another one?  FILL_VALUE: yes. */
static enum fill_answer ask_another(struct fill *f) {
  enum fill_answer a = fill_ask(f, _("这一事项还要再记一件吗（y 再记一件，回车 下一项）："),
                                _("这一事项一事一记，本期有几件就记几件。"), NULL);
  if (a == FILL_QUIT) return a;
  return a == FILL_VALUE && fill_is(f, "y") ? FILL_VALUE : FILL_EMPTY;
}

static bool made_event(const struct fill *f, const struct fill_thing *t) {
  return t->no == 0 && fill_once(f->item) && f->r.no != 0 && str_empty(record_get(&f->r, FIELD_NONE));
}

static void converse(struct fill *f) {
  enum fill_answer a = FILL_EMPTY;
  for (f->asked = 0; f->asked < f->n && a != FILL_QUIT; f->asked++) {
    struct fill_thing t = f->thing[f->asked];
    a = fill_one(f, &t);
    while (a != FILL_QUIT && made_event(f, &t) && (a = ask_another(f)) == FILL_VALUE) {
      t = (struct fill_thing){ .item = t.item, .extra = true, .due = DAY_NONE };
      a = fill_one(f, &t);
    }
  }
}

static void part(struct fill *f) {
  fill_say(f, "%s", "");
  if (f->stored == 0) fill_say(f, _("没有记下什么。"));
  else fill_say(f, _("记下了 %zu 处，办了 %zu 项，都已存好。"), f->stored, f->done);
}

/* Input that ends on a refused answer is a script's fault, and its caller should know. */
static enum status outcome(const struct fill *f) {
  if (f->failed != ST_OK) return f->failed;
  return f->ended && f->refused ? ST_FOUND : ST_OK;
}

static enum status fill(struct fill *f) {
  struct error e = { 0 };
  enum status st = prepare(f, &e);
  if (st != ST_OK) return f->failed != ST_OK ? f->failed : report_error(f->app, &e);
  if (f->n == 0) {
    fill_say(f, _("本期要办的都办好了；要逐项看，请加 --all。"));
    return ST_OK;
  }
  greet(f);
  converse(f);
  part(f);
  return outcome(f);
}

static enum status run_fill(struct app *app, const struct args *args) {
  struct fill f = { .app = app, .args = args };
  if (!args_has(args, "unit")) return report_usage(app, &command_fill, _("缺少 --%s"), "unit");
  if (!args_has(args, "domain") && !args_has(args, "item"))
    return report_usage(app, &command_fill, _("缺少 --%s"), "domain");
  enum status st = read_period(&f);
  if (st != ST_OK) return st;
  if ((f.calendar = app_calendar(app)) == NULL) return ST_CONFIG;
  st = app_open(app, args->file[0], WB_WRITE, &f.wb);
  if (st == ST_OK) st = fill(&f);
  slots_plan_free(f.plan);
  record_free(&f.r);
  record_free(&f.proposal);
  text_free(&f.line);
  free(f.thing);
  wb_close(f.wb);
  return st;
}

static const struct option_spec options[] = {
  { .name = "unit", .arg = "U", .help = N_("单位：代码，或只有一个单位用的名称") },
  { .name = "domain", .arg = "D", .help = N_("领域：编号（19）或名称（社会救助）") },
  { .name = "item", .arg = "I", .help = N_("只填这一事项，如 19.05") },
  { .name = "period", .arg = "P", .help = N_("看哪一周期，如 2026Q3；不写就是今天所在的季度") },
  { .name = "all", .help = N_("已办好的也逐项问") },
  { .name = NULL },
};

const struct command command_fill = {
  .name = "fill",
  .operands = "FILE --unit U --domain D",
  .summary = N_("一问一答填写（读屏软件、串口终端也能用）"),
  .examples = N_("  # 一个村的社会救助，缺的逐项问\n"
                 "  mingbai fill 高平.mingbai --unit 140581001001 --domain 19\n"
                 "  # 只填一个事项，看上个季度\n"
                 "  mingbai fill 高平.mingbai --unit 140581001001 --item 19.05 --period 2026Q3\n"
                 "  # 已办好的也逐项看\n"
                 "  mingbai fill 高平.mingbai --unit 城西社区居委会 --domain 村务公开 --all\n"),
  .options = options,
  .min_files = 1,
  .max_files = 1,
  .run = run_fill,
};
