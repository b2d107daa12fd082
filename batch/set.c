/* mingbai set: one record made or changed from a script.
 *
 * Which record: a standing item has one, a recurring item one for each recurrence, and so has the "none" of an
 * event item for each period.  Among the event records of one day the title decides; without a title there must be
 * only one.  So two events of a day with two titles are two records, and --uid names one beyond doubt.
 */
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "batch/import.h"
#include "checklists/deadline.h"
#include <stdlib.h>
#include <string.h>

struct setting {
  struct app *app;
  const struct args *args;
  struct workbook *wb;
  const struct unit *unit;
  const struct item *item;
  struct record given;       /* canonical values of the options */
  bool has[FIELD_COUNT];     /* which options were given */
  struct record r;           /* the record as it will be */
  struct text old[FIELD_COUNT]; /* as it was */
  bool fresh;
  int changed;
  struct error e;
};

/* ---- values of the options */

static const struct { const char *option; enum record_field field; } field_options[] = {
    {"period", FIELD_PERIOD}, {"event", FIELD_EVENT}, {"published", FIELD_PUBLISHED}, {"removed", FIELD_REMOVED},
    {"none", FIELD_NONE},     {"url", FIELD_URL},     {"title", FIELD_TITLE},         {"note", FIELD_NOTE},
    {"phone", FIELD_PHONE},
};

static enum status take_value(struct setting *s, enum record_field f, const char *value) {
  struct text t = {0};
  enum status st = *value != '\0' ? record_check_field(f, value, &t, &s->e) : ST_OK;
  s->has[f] = true;
  if (st == ST_OK) {
    free(s->given.value[f]);
    s->given.value[f] = t.len > 0 ? str_dup(text_str(&t)) : NULL;
    if (t.failed || (t.len > 0 && s->given.value[f] == NULL)) {
      st = error_nomem(&s->e);
    }
  }
  text_free(&t);
  return st;
}

static enum status take_channels(struct setting *s) {
  const char *const *v;
  size_t n = args_all(s->args, "channel", &v);
  struct text t = {0};
  for (size_t i = 0; i < n; i++) {
    text_addf(&t, "%s%s", t.len > 0 && *v[i] != '\0' ? ";" : "", v[i]);
  }
  enum status st = n > 0 ? take_value(s, FIELD_CHANNELS, text_str(&t)) : ST_OK;
  text_free(&t);
  return st;
}

/* A text's last line break belongs to the file, not to the text. */
static enum status take_body(struct setting *s) {
  const char *path = args_get(s->args, "body-file");
  struct text t = {0};
  enum status st = ST_OK;
  if (path != NULL && *path == '\0') {
    st = take_value(s, FIELD_BODY, "");
  } else if (path != NULL) {
    st = file_read(path, TEXT_MAX_BYTES + 4, &t, &s->e);
    const char *text = text_str(&t);
    text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (st == ST_OK && t.len > 0 && (t.s[t.len - 1] == '\n' || t.s[t.len - 1] == '\r')) {
      t.s[--t.len] = '\0';
    }
    if (st == ST_OK && strlen(text_str(&t)) != t.len) {
      st = error_set(&s->e, ST_DATA, "set.nul", _("正文里有空字符，不是文本文件"));
    }
    if (st == ST_OK) {
      st = take_value(s, FIELD_BODY, text);
    }
    if (st != ST_OK) {
      error_at(&s->e, path, 0, NULL);
    }
  }
  text_free(&t);
  return st;
}

/* A table is stored as plain CSV, whatever the encoding and line ends of the file. */
static enum status take_table(struct setting *s) {
  const char *path = args_get(s->args, "table-file");
  struct csv c = {0};
  struct text t = {0};
  int got = 0;
  if (path == NULL || *path == '\0') {
    return path == NULL ? ST_OK : take_value(s, FIELD_TABLE, "");
  }
  enum status st = csv_open(&c, path, &s->e);
  while (st == ST_OK && (got = csv_next(&c, &s->e)) == 1) {
    text_add(&t, t.len > 0 ? "\n" : "");
    for (size_t i = 0; i < c.n; i++) {
      csv_add(&t, csv_unguard(c.cell[i]), i == 0, false);
    }
  }
  st = st == ST_OK && got < 0 ? s->e.status : st;
  if (st == ST_OK && t.len == 0) {
    st = error_set(&s->e, ST_DATA, "set.empty-table", _("附表是空的"));
  }
  st = st == ST_OK ? take_value(s, FIELD_TABLE, text_str(&t)) : st;
  if (st != ST_OK && s->e.file[0] == '\0') {
    error_at(&s->e, path, 0, NULL);
  }
  csv_close(&c);
  text_free(&t);
  return st;
}

static enum status take_all(struct setting *s) {
  enum status st = ST_OK;
  for (size_t i = 0; st == ST_OK && i < sizeof field_options / sizeof field_options[0]; i++) {
    const char *value = args_get(s->args, field_options[i].option);
    if (value != NULL) {
      st = take_value(s, field_options[i].field, value);
    }
  }
  st = st == ST_OK ? take_channels(s) : st;
  st = st == ST_OK ? take_body(s) : st;
  return st == ST_OK ? take_table(s) : st;
}

/* ---- which record */

static bool is_event_item(const struct item *item) {
  return item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE;
}

/* The record of "none this period" is meant when a reason is given (or taken away), or a period and no event. */
static bool means_none(const struct setting *s) {
  return is_event_item(s->item) && !s->has[FIELD_EVENT] && (s->has[FIELD_NONE] || s->has[FIELD_PERIOD]);
}

/* The natural key; false when there is none. */
static bool natural_key(struct setting *s, struct text *uid) {
  char any[] = "-";
  struct record key = {0};
  key.value[FIELD_PERIOD] = s->given.value[FIELD_PERIOD];
  key.value[FIELD_NONE] = means_none(s) ? any : NULL;
  if (is_event_item(s->item) && !means_none(s)) {
    return false;
  }
  return record_natural_uid(uid, s->item, s->unit->code, &key);
}

struct search {
  const char *event, *title; /* title NULL: any */
  int64_t by_title, untitled, by_day;
  int n_by_day, n_untitled;
  struct text list;
};

static bool search_record(const struct record *r, void *ctx) {
  struct search *q = ctx;
  if (strcmp(record_get(r, FIELD_EVENT), q->event) != 0) {
    return true;
  }
  const char *title = record_get(r, FIELD_TITLE);
  q->by_day = r->no;
  q->n_by_day++;
  if (*title == '\0') {
    q->untitled = r->no;
    q->n_untitled++;
  }
  if (q->title != NULL && strcmp(title, q->title) == 0) {
    q->by_title = q->by_title == 0 ? r->no : -1;
  }
  text_addf(&q->list, "%s--uid %s（%s）", q->list.len > 0 ? "、" : "", r->uid, title);
  return true;
}

/* The event record meant, 0 for a new one. */
static enum status find_event(struct setting *s, int64_t *no) {
  struct search q = {.event = record_get(&s->given, FIELD_EVENT)};
  const struct unit *units;
  size_t n;
  units = wb_units(s->wb, &n);
  q.title = s->has[FIELD_TITLE] ? record_get(&s->given, FIELD_TITLE) : NULL;
  enum status st = wb_records(s->wb, (int)(s->unit - units), s->given.item, search_record, &q, &s->e);
  *no = 0;
  if (st == ST_OK && (q.by_title < 0 || (q.title == NULL && q.n_by_day > 1))) {
    st = error_set(&s->e, ST_DATA, "set.several", _("这一天有几条记录，请用 --title 或 --uid 说明是哪一条：%s"),
                   text_str(&q.list));
  } else if (st == ST_OK && q.title == NULL) {
    *no = q.by_day;
  } else if (st == ST_OK) {
    *no = q.by_title > 0 ? q.by_title : q.n_untitled == 1 ? q.untitled : 0;
  }
  text_free(&q.list);
  return st;
}

/* A uid for a new event record that no other has. */
static void new_event_uid(struct setting *s, struct text *uid) {
  for (int count = 1; count == 1 || wb_find_uid(s->wb, text_str(uid)) != 0; count++) {
    text_clear(uid);
    derived_uid(uid, s->unit->code, s->item->id, record_get(&s->given, FIELD_EVENT), record_get(&s->given, FIELD_TITLE),
                count);
  }
}

static enum status need_period(struct setting *s) {
  static const enum period_kind kinds[CAD_COUNT] = {[CAD_MONTHLY] = PERIOD_MONTH, [CAD_QUARTERLY] = PERIOD_QUARTER,
                                                    [CAD_HALFYEAR] = PERIOD_HALF, [CAD_ANNUAL] = PERIOD_YEAR};
  enum period_kind kind = kinds[s->item->cadence] != PERIOD_NONE ? kinds[s->item->cadence] : PERIOD_QUARTER;
  struct text t = {0};
  period_add(&t, period_step(period_of(s->app->on, kind), -1));
  enum status st = report_usage(s->app, &command_set, _("事项 %s（%s）要写明是哪一期，例如 --period %s"), s->item->id,
                                cadence_name(s->item->cadence), text_str(&t));
  text_free(&t);
  return st;
}

/* Options that must stand together; prints what is missing. */
static enum status check_options(struct setting *s) {
  bool period = s->given.value[FIELD_PERIOD] != NULL, event = s->given.value[FIELD_EVENT] != NULL;
  if (args_has(s->args, "uid")) {
    return ST_OK;
  }
  if ((cadence_recurs(s->item->cadence) || means_none(s)) && !period) {
    return need_period(s);
  }
  if (is_event_item(s->item) && !means_none(s) && !event) {
    return report_usage(s->app, &command_set,
                        _("事项 %s（%s）要用 --event 写明事件日；本期没有就用 --none 理由 --period 周期"), s->item->id,
                        cadence_name(s->item->cadence));
  }
  return ST_OK;
}

/* Number (0: new) and uid of the record meant. */
static enum status locate(struct setting *s, int64_t *no, struct text *uid) {
  const char *given = args_get(s->args, "uid");
  struct text natural = {0};
  bool has_natural = natural_key(s, &natural);
  enum status st = ST_OK;
  if (given != NULL) {
    text_add(uid, given);
    *no = wb_find_uid(s->wb, given);
    if (*no == 0 && has_natural && strcmp(text_str(&natural), given) != 0) {
      st = error_set(&s->e, ST_DATA, "set.uid", _("这个事项的记录编号是固定的（%s），不要用 --uid"), text_str(&natural));
    }
  } else if (has_natural) {
    text_add(uid, text_str(&natural));
    *no = wb_find_uid(s->wb, text_str(uid));
  } else if (is_event_item(s->item)) {
    st = find_event(s, no);
    if (st == ST_OK && *no == 0) {
      new_event_uid(s, uid);
    }
  }
  text_free(&natural);
  return st;
}

/* ---- making the change */

static enum status load_old(struct setting *s, int64_t no) {
  enum status st = wb_get(s->wb, no, &s->r, &s->e);
  if (st == ST_OK && (s->r.unit != s->given.unit || s->r.item != s->given.item)) {
    return error_set(&s->e, ST_DATA, "set.other", _("编号 %s 的记录属于别的单位或事项"), s->r.uid);
  }
  for (int f = 0; st == ST_OK && f < FIELD_COUNT; f++) {
    text_add(&s->old[f], record_get(&s->r, (enum record_field)f));
  }
  return st;
}

static void overlay(struct setting *s) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (s->has[f]) {
      free(s->r.value[f]);
      s->r.value[f] = s->given.value[f];
      s->given.value[f] = NULL;
    }
  }
}

static const char *step_word(const struct setting *s) {
  if (!str_empty(record_get(&s->r, FIELD_NONE)) && s->has[FIELD_NONE]) {
    return _("本期无");
  }
  return s->has[FIELD_PUBLISHED] && !str_empty(record_get(&s->r, FIELD_PUBLISHED)) ? _("公开") : _("修改");
}

/* Is there anything to be stored in a new record beside its period? */
static bool says_something(const struct setting *s) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (f != FIELD_PERIOD && s->given.value[f] != NULL) {
      return true;
    }
  }
  return false;
}

static enum status store(struct setting *s, int64_t no, const char *uid) {
  struct text label = {0};
  enum status st = no != 0 ? load_old(s, no) : ST_OK;
  if (no == 0 && !says_something(s)) {
    return error_set(&s->e, ST_DATA, "set.nothing", _("还没有这条记录，也没有写要记什么；例如 --published 日期"));
  }
  if (no == 0) {
    s->fresh = true;
    s->r.unit = s->given.unit;
    s->r.item = s->given.item;
    s->r.uid = *uid != '\0' ? str_dup(uid) : NULL;
  }
  if (st == ST_OK) {
    overlay(s);
    text_addf(&label, "%s %s", step_word(s), s->item->id);
    st = wb_begin(s->wb, text_str(&label), s->app->person, s->app->now, &s->e);
  }
  if (st == ST_OK) {
    st = wb_put(s->wb, &s->r, &s->changed, &s->e);
    st = st == ST_OK ? wb_commit(s->wb, &s->e) : st;
  }
  if (st != ST_OK) {
    wb_cancel(s->wb);
  }
  text_free(&label);
  return st;
}

/* ---- telling what came of it */

static bool field_changed(const struct setting *s, int f) {
  return strcmp(record_get(&s->r, (enum record_field)f), text_str(&s->old[f])) != 0;
}

static void add_change(struct text *t, const struct setting *s, enum record_field f) {
  const char *value = record_get(&s->r, f);
  text_addf(t, "%s%s", t->len > 0 ? "，" : "", field_name(f));
  if (*value == '\0') {
    text_add(t, _(" 清空"));
  } else if (field_kind(f) == KIND_TEXT) {
    text_addf(t, _(" %zu 字"), utf8_count(value));
  } else {
    text_addc(t, ' ');
    utf8_clean(t, value);
  }
}

static struct period recurrence_of(const struct setting *s) {
  struct period p = {0};
  if (cadence_recurs(s->item->cadence) && !period_parse(record_get(&s->r, FIELD_PERIOD), &p)) {
    memset(&p, 0, sizeof p);
  }
  return p;
}

static void explain(const struct setting *s, struct text *out) {
  if (str_empty(record_get(&s->r, FIELD_NONE))) {
    deadline_explain(out, s->app->calendar, s->item, record_day(&s->r, FIELD_EVENT), recurrence_of(s));
  }
}

static const char *result_key(const struct setting *s) {
  return s->fresh ? "new" : s->changed > 0 ? "changed" : "same";
}

static void print_json(const struct setting *s) {
  struct text t = {0}, why = {0};
  struct json j;
  char due[16];
  explain(s, &why);
  json_init(&j, &t);
  json_open(&j, NULL, '{');
  json_str(&j, "schema", "mingbai.set/1");
  json_str(&j, "uid", s->r.uid);
  json_str(&j, "result", result_key(s));
  json_open(&j, "fields", '[');
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (field_changed(s, f)) {
      json_str(&j, NULL, field_key((enum record_field)f));
    }
  }
  json_close(&j, ']');
  day_iso(deadline_due(s->app->calendar, s->item, record_day(&s->r, FIELD_EVENT), recurrence_of(s)), due);
  json_str(&j, "due", *due != '\0' && why.len > 0 ? due : NULL);
  json_str(&j, "explanation", why.len > 0 ? text_str(&why) : NULL);
  json_close(&j, '}');
  fprintf(s->app->out, "%s\n", text_str(&t));
  text_free(&t);
  text_free(&why);
}

static void print_line(const struct setting *s) {
  struct text changes = {0}, why = {0};
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (field_changed(s, f)) {
      add_change(&changes, s, (enum record_field)f);
    }
  }
  explain(s, &why);
  const char *word = s->fresh ? _("新增") : s->changed > 0 ? _("修改") : _("没有变化");
  const char *name = str_empty(s->item->level2) ? s->item->level1 : s->item->level2;
  fprintf(s->app->out, _("%s：%s %s“%s”"), word, s->unit->name, s->item->id, name);
  fprintf(s->app->out, "%s%s", changes.len > 0 ? "，" : "", text_str(&changes));
  fprintf(s->app->out, "%s%s\n", why.len > 0 ? _("。期限：") : "", text_str(&why));
  text_free(&changes);
  text_free(&why);
}

static void print_warnings(const struct setting *s) {
  struct findings f = {0};
  record_check(&s->r, s->item, s->unit->level, s->unit->code, &f);
  for (size_t i = 0; !s->app->quiet && i < f.n; i++) {
    fprintf(s->app->err, "%s: %s%s\n", s->app->program, _("注意："), f.list[i].e.text);
  }
  findings_free(&f);
}

/* ---- the command */

static enum status find_place(struct setting *s) {
  size_t n;
  int unit = app_unit(s->wb, args_get(s->args, "unit"), &s->e);
  if (unit < 0) {
    return error_at(&s->e, NULL, 0, "--unit");
  }
  int item = app_item(wb_catalogue(s->wb), args_get(s->args, "item"), &s->e);
  if (item < 0) {
    return error_at(&s->e, NULL, 0, "--item");
  }
  s->given.unit = unit;
  s->given.item = item;
  s->unit = &wb_units(s->wb, &n)[unit];
  s->item = &wb_catalogue(s->wb)->items[item];
  return ST_OK;
}

/* *told: what went wrong is already printed. */
static enum status change(struct setting *s, bool *told) {
  struct text uid = {0};
  int64_t no = 0;
  enum status st = find_place(s);
  st = st == ST_OK ? take_all(s) : st;
  if (st == ST_OK) {
    st = check_options(s);
    *told = st != ST_OK;
  }
  st = st == ST_OK ? locate(s, &no, &uid) : st;
  st = st == ST_OK ? store(s, no, text_str(&uid)) : st;
  text_free(&uid);
  return st;
}

static void setting_fini(struct setting *s) {
  record_free(&s->given);
  record_free(&s->r);
  for (int f = 0; f < FIELD_COUNT; f++) {
    text_free(&s->old[f]);
  }
  wb_close(s->wb);
}

static enum status run_set(struct app *app, const struct args *args) {
  struct setting s = {.app = app, .args = args};
  bool told = false;
  if (!args_has(args, "unit") || !args_has(args, "item")) {
    return report_usage(app, &command_set, _("缺少 --%s"), args_has(args, "unit") ? "item" : "unit");
  }
  if (app_calendar(app) == NULL) {
    return ST_CONFIG;
  }
  enum status st = app_open(app, args->file[0], WB_WRITE, &s.wb);
  if (st != ST_OK) {
    return st;
  }
  st = change(&s, &told);
  if (st == ST_OK) {
    print_warnings(&s);
    if (app->json) {
      print_json(&s);
    } else {
      print_line(&s);
    }
  } else if (!told) {
    st = report_error(app, &s.e);
  }
  setting_fini(&s);
  return st;
}

static const struct option_spec options[] = {
    {"unit", "U", N_("单位：代码，或只有一个单位用的名称"), false, 0},
    {"item", "I", N_("事项编号，如 19.05"), false, 0},
    {"period", "P", N_("周期：2026-07、2026Q3、2026H2 或 2026"), false, 0},
    {"event", "DATE", N_("事件日：信息形成或变更的日子"), false, 0},
    {"published", "DATE", N_("公开日期"), false, 0},
    {"removed", "DATE", N_("撤下日期"), false, 0},
    {"none", "REASON", N_("本期没有可公开的，写明理由"), false, 0},
    {"channel", "C", N_("公开渠道，如 政府网站"), true, 0},
    {"url", "URL", N_("网址"), false, 0},
    {"title", "TITLE", N_("标题"), false, 0},
    {"body-file", "FILE", N_("正文所在的文本文件"), false, 0},
    {"table-file", "FILE", N_("附表所在的 CSV 文件"), false, 0},
    {"phone", "T", N_("监督电话"), false, 0},
    {"note", "T", N_("备注（不上墙）"), false, 0},
    {"uid", "UID", N_("记录编号，见 export"), false, 0},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_set = {
    .name = "set",
    .operands = "FILE --unit U --item I",
    .summary = N_("新增或修改一条公开记录"),
    .examples = N_("  # 记下一次公开\n"
                   "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --event 2026-09-21 \\\n"
                   "      --published 2026-09-23 --title 低保对象公示 --channel 公开查阅点\n"
                   "  # 本期没有，写明理由\n"
                   "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --period 2026Q3 --none 本季度无变动\n"
                   "  # 清空一栏：给空值\n"
                   "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --event 2026-09-21 --removed ''\n"),
    .options = options,
    .min_files = 1,
    .max_files = 1,
    .run = run_set,
};
