/* mingbai todo: what is overdue, due soon, to be taken down, to be confirmed, and why.
 *
 * todo_find.c finds; this file reads the options and writes text or JSON ("mingbai.todo/1").  Things to
 * confirm go by the thousand, so they are counted by unit and domain unless --all asks for each; on a
 * terminal the other lists are cut too, never the counts. */
#include "base/json.h"
#include "base/utf8.h"
#include "batch/command.h"
#include "batch/subtree.h"
#include "checklists/todo.h"
#include "checklists/deadline.h"

#include <stdlib.h>

enum { SOON = 10 /* work days */, SHOWN = 40 /* lines of a list, unless --all */ };

static const struct { const char *key, *name; } kinds[TODO_KINDS] = {
  [TODO_OVERDUE] = { "overdue", N_("已逾期") },
  [TODO_DUE] = { "due", N_("即将到期") },
  [TODO_TAKE_DOWN] = { "takedown", N_("公示期满应撤下") },
  [TODO_CONFIRM] = { "confirm", N_("待确认") },
};

struct writing {
  const struct todo *t;
  const struct unit *units;
  const struct catalogue *catalogue;
  struct app *app;
  struct text out;
  struct json json;
  bool all;
  bool failed; /* out of memory */
};

/* Whether the stream took it is looked at by main, for all commands. */
static void flush(struct writing *w) {
  if (!text_ok(&w->out)) w->failed = true;
  if (!w->failed && !ferror(w->app->out)) fwrite(text_str(&w->out), 1, w->out.len, w->app->out);
  text_clear(&w->out);
}

/* ---- one entry ---- */

static const struct item *item_of(const struct writing *w, const struct todo_entry *e) {
  return &w->catalogue->items[e->item];
}

static void explain(struct text *out, const struct writing *w, const struct todo_entry *e) {
  const struct item *item = item_of(w, e);
  if (e->kind == TODO_TAKE_DOWN) { /* a notice period counts like an event's time limit */
    struct item notice = { .cadence = CAD_EVENT, .within = item->notice };
    text_add(out, _("公示"));
    deadline_explain(out, w->t->calendar, &notice, e->from, (struct period){ 0 });
  } else if (e->kind != TODO_CONFIRM) {
    deadline_explain(out, w->t->calendar, item, e->from, e->period);
  } else if (item->cadence == CAD_STANDING) {
    text_add(out, _("长期公开的内容没有挂出；挂出后填公开日期，不适用的写明理由"));
  } else {
    text_add(out, _("没有登记事件；有的请登记，没有的请确认本期无并写明理由"));
  }
}

/* The title of the entry's record, so that several events of one item can be told apart.  Appended. */
static void add_title(struct text *out, const struct writing *w, const struct todo_entry *e) {
  struct record r = { 0 };
  struct error ignored;
  if (e->no > 0 && wb_get(w->t->wb, e->no, &r, &ignored) == ST_OK) text_add(out, record_get(&r, FIELD_TITLE));
  record_free(&r);
}

/* Two entries of the confirm list that are counted together. */
static bool same_heap(const struct writing *w, const struct todo_entry *a, const struct todo_entry *b) {
  return a->unit == b->unit && item_of(w, a)->domain == item_of(w, b)->domain;
}

/* Entries of one kind stand together in the list: where they begin, and how many follow as one heap. */
static size_t begin_of(const struct todo *t, int kind) {
  size_t at = 0;
  for (int i = 0; i < kind; i++) at += t->count[i];
  return at;
}

static size_t heap_size(const struct writing *w, size_t at, size_t end) {
  size_t n = 1;
  while (at + n < end && same_heap(w, &w->t->list[at], &w->t->list[at + n])) n++;
  return n;
}

/* ---- text ---- */

/* A village is named with its township: many villages share a name. */
static void add_unit(struct writing *w, int unit) {
  const struct unit *u = &w->units[unit];
  if (u->level == LEVEL_VILLAGE && u->township >= 0 && u->township != unit) {
    utf8_clean(&w->out, w->units[u->township].name);
    text_addc(&w->out, ' ');
  }
  utf8_clean(&w->out, u->name);
}

static void text_entry(struct writing *w, const struct todo_entry *e) {
  const struct item *item = item_of(w, e);
  struct text *out = &w->out, title = { 0 };
  text_add(out, "  ");
  day_add_iso(out, e->due);
  text_add(out, e->due != DAY_NONE ? "  " : "");
  add_unit(w, e->unit);
  text_addf(out, "  %s ", item->id);
  utf8_clean(out, item_title(item));
  add_title(&title, w, e);
  if (title.len > 0) {
    text_add(out, _("“"));
    utf8_clean(out, text_str(&title));
    text_add(out, _("”"));
  }
  text_free(&title);
  if (e->period.kind != PERIOD_NONE) text_add(out, "  ");
  period_add(out, e->period);
  text_add(out, "\n      ");
  explain(out, w, e);
  text_addc(out, '\n');
}

/* "2026Q3 12项，2026Q4 30项" for the heap at..at+n. */
static void add_periods(struct writing *w, size_t at, size_t n) {
  const struct period first = period_of(w->t->on, PERIOD_QUARTER);
  size_t now = 0;
  for (size_t i = at; i < at + n; i++)
    if (period_same(w->t->list[i].period, first)) now++;
  struct period before = period_step(first, -1);
  if (n > now) period_add(&w->out, before);
  if (n > now) text_addf(&w->out, _(" %zu项"), n - now);
  if (n > now && now > 0) text_add(&w->out, _("，"));
  if (now > 0) period_add(&w->out, first);
  if (now > 0) text_addf(&w->out, _(" %zu项"), now);
}

static void text_heap(struct writing *w, size_t at, size_t n) {
  const struct domain *d = &w->catalogue->domains[item_of(w, &w->t->list[at])->domain];
  text_add(&w->out, "  ");
  add_unit(w, w->t->list[at].unit);
  text_addf(&w->out, "  %s ", d->no);
  utf8_clean(&w->out, d->name);
  text_add(&w->out, "  ");
  add_periods(w, at, n);
  text_addc(&w->out, '\n');
}

static void text_kind(struct writing *w, int kind) {
  const struct todo *t = w->t;
  size_t at = begin_of(t, kind), end = at + t->count[kind], lines = 0;
  if (at == end) return;
  text_addf(&w->out, _("\n%s（%zu）\n"), _(kinds[kind].name), t->count[kind]);
  while (at < end && (w->all || lines < SHOWN)) {
    size_t n = kind == TODO_CONFIRM && !w->all ? heap_size(w, at, end) : 1;
    if (kind == TODO_CONFIRM && !w->all) text_heap(w, at, n);
    else text_entry(w, &t->list[at]);
    at += n;
    lines++;
    if (w->out.len > 1 << 16) flush(w);
  }
  if (at < end)
    text_addf(&w->out, _("  ……还有 %zu 项；用 --unit、--domain 缩小范围，或用 --all 全部列出\n"), end - at);
}

static void write_text(struct writing *w) {
  const struct todo *t = w->t;
  struct text *out = &w->out;
  text_add(out, _("截至"));
  day_add_iso(out, t->on);
  text_addf(out, _("：已逾期 %zu，即将到期 %zu（到"), t->count[TODO_OVERDUE], t->count[TODO_DUE]);
  day_add_iso(out, t->until);
  text_addf(out, _("），公示期满应撤下 %zu，待确认 %zu\n"), t->count[TODO_TAKE_DOWN], t->count[TODO_CONFIRM]);
  for (int i = 0; i < TODO_KINDS; i++) text_kind(w, i);
}

/* ---- JSON ---- */

static void json_place(struct writing *w, const struct todo_entry *e) {
  json_str(&w->json, "unit", w->units[e->unit].code);
  json_str(&w->json, "name", w->units[e->unit].name);
}

static void json_entry(struct writing *w, const struct todo_entry *e) {
  struct text t = { 0 };
  char iso[16];
  json_place(w, e);
  json_str(&w->json, "item", item_of(w, e)->id);
  json_str(&w->json, "item_name", item_title(item_of(w, e)));
  period_add(&t, e->period);
  if (t.len > 0) json_str(&w->json, "period", text_str(&t));
  if (e->kind != TODO_CONFIRM) json_str(&w->json, "due", day_iso(e->due, iso));
  if (e->no > 0) json_int(&w->json, "record", e->no);
  text_clear(&t);
  add_title(&t, w, e);
  if (t.len > 0) json_str(&w->json, "title", text_str(&t));
  text_clear(&t);
  explain(&t, w, e);
  json_str(&w->json, "explain", text_str(&t));
  text_free(&t);
}

static void json_heap(struct writing *w, size_t at, size_t n) {
  const struct domain *d = &w->catalogue->domains[item_of(w, &w->t->list[at])->domain];
  json_place(w, &w->t->list[at]);
  json_str(&w->json, "domain", d->no);
  json_str(&w->json, "domain_name", d->name);
  json_int(&w->json, "count", (long long)n);
}

static void json_kind(struct writing *w, int kind) {
  size_t at = begin_of(w->t, kind), end = at + w->t->count[kind];
  json_nl(&w->json);
  json_open(&w->json, kinds[kind].key, '[');
  while (at < end) {
    size_t n = kind == TODO_CONFIRM && !w->all ? heap_size(w, at, end) : 1;
    json_nl(&w->json);
    json_open(&w->json, NULL, '{');
    if (kind == TODO_CONFIRM && !w->all) json_heap(w, at, n);
    else json_entry(w, &w->t->list[at]);
    json_close(&w->json, '}');
    at += n;
    if (w->out.len > 1 << 16) flush(w);
  }
  json_close(&w->json, ']');
}

static void write_json(struct writing *w) {
  char iso[16];
  struct json *j = &w->json;
  json_init(j, &w->out);
  json_open(j, NULL, '{');
  json_str(j, "schema", "mingbai.todo/1");
  json_str(j, "on", day_iso(w->t->on, iso));
  json_str(j, "until", day_iso(w->t->until, iso));
  json_open(j, "counts", '{');
  for (int i = 0; i < TODO_KINDS; i++) json_int(j, kinds[i].key, (long long)w->t->count[i]);
  json_close(j, '}');
  for (int i = 0; i < TODO_KINDS; i++) json_kind(w, i);
  json_close(j, '}');
  text_addc(&w->out, '\n');
}

/* ---- options ---- */

static enum status read_until(struct app *app, const struct args *args, const struct calendar *c,
                              day *until) {
  const char *given = args_get(args, "until");
  *until = calendar_add_workdays(c, app->on, SOON);
  if (given != NULL && !day_parse(given, until))
    return report_usage(app, &command_todo, _("看不懂日期“%s”，写成 2026-11-30"), given);
  if (*until == DAY_NONE) *until = app->on;
  if (*until < app->on) return report_usage(app, &command_todo, _("--until 不能早于今天（--on）"));
  if (*until - app->on > TODO_MAX_DAYS)
    return report_usage(app, &command_todo, _("--until 最多到今天之后%d天"), TODO_MAX_DAYS);
  return ST_OK;
}

static enum status read_domains(struct workbook *wb, const struct args *args, bool **set, struct error *e) {
  const char *const *named;
  size_t n_named = args_all(args, "domain", &named);
  const struct catalogue *c = wb_catalogue(wb);
  if (n_named == 0) return ST_OK;
  if ((*set = calloc(c->n_domains + 1, sizeof **set)) == NULL) return error_nomem(e);
  for (size_t i = 0; i < n_named; i++) {
    int domain = catalogue_find_domain(c, named[i]);
    if (domain < 0)
      return error_set(e, ST_DATA, "domain.unknown", _("没有领域“%s”，写编号（19）或名称（社会救助）；用 mingbai items 可以列出"),
                       named[i]);
    (*set)[domain] = true;
  }
  return ST_OK;
}

/* ---- running ---- */

static enum status write_out(struct app *app, const struct todo *t, bool all, struct error *e) {
  size_t n;
  struct writing w = { .t = t, .app = app, .all = all };
  w.units = wb_units(t->wb, &n);
  w.catalogue = wb_catalogue(t->wb);
  if (app->json) write_json(&w);
  else write_text(&w);
  flush(&w);
  text_free(&w.out);
  return w.failed ? error_nomem(e) : ST_OK;
}

static enum status run_todo(struct app *app, const struct args *args) {
  struct workbook *wb = NULL;
  bool *units = NULL, *domains = NULL;
  struct error e = { 0 };
  const struct calendar *calendar = app_calendar(app);
  day until;
  if (calendar == NULL) return ST_CONFIG;
  enum status st = read_until(app, args, calendar, &until);
  if (st == ST_OK) st = app_open(app, args->file[0], WB_READ, &wb);
  if (st != ST_OK) return st;
  if ((st = subtree_read(wb, args, &units, &e)) == ST_OK) st = read_domains(wb, args, &domains, &e);
  struct todo t = { .wb = wb, .calendar = calendar, .on = app->on, .until = until };
  t.units = units;
  t.domains = domains;
  if (st == ST_OK) st = todo_find(&t, &e);
  if (st == ST_OK) st = write_out(app, &t, args_has(args, "all"), &e);
  todo_free(&t);
  free(units);
  free(domains);
  wb_close(wb);
  return st == ST_OK ? st : report_error(app, &e);
}

static const struct option_spec options[] = {
  { .name = "until", .arg = "DATE", .help = N_("即将到期看到哪一天；不写就是今后10个工作日") },
  { .name = "unit", .arg = "U", .repeat = true, .help = N_("只看这个单位和它的下级，代码或名称；可写多次") },
  { .name = "domain", .arg = "D", .repeat = true, .help = N_("只看这个领域，编号或名称；可写多次") },
  { .name = "all", .help = N_("逐项全部列出，不合并、不截短") },
  { .name = NULL },
};

const struct command command_todo = {
  .name = "todo",
  .operands = "FILE",
  .summary = N_("列出已逾期、即将到期、应撤下、待确认的事项"),
  .examples = N_("  # 今天该办什么\n"
                 "  mingbai todo 高平.mingbai\n"
                 "  # 一个乡镇和它的村，看到月底\n"
                 "  mingbai todo 高平.mingbai --unit 140581001000 --until 2026-11-30\n"
                 "  # 一个村的村务公开，待确认的也逐项列出\n"
                 "  mingbai todo 高平.mingbai --unit 140581001001 --domain 00 --all\n"),
  .options = options,
  .min_files = 1,
  .max_files = 1,
  .run = run_todo,
};
