/* mingbai fill: the fields in turn.  The order, words and hints of the questions stand in one table; what an
 * answer may be is the validators' business, the same as for every other door. */
#include "base/csv.h"
#include "base/utf8.h"
#include "batch/fill.h"
#include "checklists/deadline.h"
#include "checklists/privacy.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_COLUMNS 40 /* of a value within a question */

/* ---- the questions */

enum { ONCE = 1 << CAD_EVENT | 1 << CAD_BEFORE, STANDING = 1 << CAD_STANDING,
       RECURRING = 1 << CAD_MONTHLY | 1 << CAD_QUARTERLY | 1 << CAD_HALFYEAR | 1 << CAD_ANNUAL,
       EVERY = ONCE | STANDING | RECURRING };

static bool has_event(const struct fill *f) {
  return !cadence_recurs(f->item->cadence) || !str_empty(f->item->event);
}

static bool is_published(const struct fill *f) {
  return !str_empty(record_get(&f->r, FIELD_PUBLISHED));
}

static const struct question {
  enum record_field field;
  unsigned cadences;
  bool (*when)(const struct fill *f); /* NULL: always */
  const char *how;                    /* beside the name */
  const char *help;
} questions[] = {
  { FIELD_EVENT, EVERY, has_event, N_("t 今天"),
    N_("信息形成、变更或者结果出来的那一天，期限从这天算起。写法：2026-9-3、2026.9.3、20260903，全角也行，t 是今天。") },
  { FIELD_PUBLISHED, EVERY, NULL, N_("t 今天"),
    N_("上墙或者上网的那一天；还没有公开就跳过。写法：2026-9-3、2026.9.3、20260903，全角也行，t 是今天。") },
  { FIELD_CHANNELS, EVERY, NULL, N_("写编号，可写几个"), N_("在哪里公开。写编号，如 1 3；也可以写名称。") },
  { FIELD_URL, EVERY, NULL, "", N_("网上能看到的地址，以 http:// 或 https:// 开头，用来印二维码。") },
  { FIELD_TITLE, EVERY, NULL, "", N_("公示单的标题，一行。") },
  { FIELD_BODY, EVERY, NULL, N_("可写几行，最后一行只写一个 ."), N_("公示单的正文，一行一段；写完以后，单独一行写一个 . 结束。") },
  { FIELD_TABLE, EVERY, NULL, N_("可写几行，最后一行只写一个 ."),
    N_("名单等表格：第一行写各栏的名称，一行一条，各栏用逗号或 Tab 隔开；写完以后，单独一行写一个 . 结束。") },
  { FIELD_PHONE, EVERY, NULL, "", N_("群众提意见打的电话，印在公示单上。") },
  { FIELD_NOTE, EVERY, NULL, "", N_("给自己看的备注，不上墙。") },
  { FIELD_REMOVED, EVERY, is_published, N_("t 今天"), N_("从公示栏撤下的那一天；还挂着就跳过。") },
};
#define QUESTIONS ((int)(sizeof questions / sizeof questions[0]))

static bool applies(const struct fill *f, const struct question *q) {
  return (q->cadences & 1u << f->item->cadence) != 0 && (q->when == NULL || q->when(f));
}

/* ---- channels by number: the item's own first */

static int channel_order(const struct item *item, int order[CHANNEL_COUNT]) {
  int n = 0;
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((item->channels & 1u << i) != 0) order[n++] = i;
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((item->channels & 1u << i) == 0) order[n++] = i;
  return n;
}

static void say_channels(struct fill *f) {
  int order[CHANNEL_COUNT], n = channel_order(f->item, order);
  struct text t = { 0 };
  for (int i = 0; i < n; i++) text_addf(&t, "%s%d %s", i > 0 ? "，" : "", i + 1, channel_name(order[i]));
  fill_say(f, _("公开渠道：%s。"), text_str(&t));
  text_free(&t);
}

/* "1 3" and "1、3" become names; anything else is left to the validator. */
static void channels_of(const struct fill *f, const char *answer, struct text *out) {
  int order[CHANNEL_COUNT], n = channel_order(f->item, order);
  struct text folded = { 0 };
  utf8_fold_text(&folded, answer);
  const char *p = text_str(&folded);
  while (*p != '\0') {
    size_t digits = strspn(p, "0123456789");
    int no = digits > 0 && digits < 3 ? atoi(p) : 0;
    const char *after = p + digits + strspn(p + digits, " ,;");
    if (strncmp(after, "、", strlen("、")) == 0) after += strlen("、");
    if (no < 1 || no > n || (after == p + digits && *after != '\0')) break;
    text_addf(out, "%s%s", out->len > 0 ? ";" : "", channel_name(order[no - 1]));
    p = after;
  }
  if (*p != '\0') {
    text_clear(out);
    text_add(out, answer);
  }
  text_free(&folded);
}

/* ---- telling a value back */

static const char *weekday(day d) {
  static const char *const names[] = { N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"),
                                       N_("星期五"), N_("星期六"), N_("星期日") };
  return _(names[day_weekday(d) - 1]);
}

static void add_value(struct text *out, enum record_field field, const char *value) {
  day d;
  if (*value == '\0') {
    text_add(out, _("空"));
  } else if (field_kind(field) == KIND_DAY && day_parse(value, &d)) {
    day_add_cn(out, d);
    text_addf(out, _("，%s"), weekday(d));
  } else if (field_kind(field) == KIND_TEXT) {
    int lines = 1;
    for (const char *p = value; *p != '\0'; p++) lines += *p == '\n';
    text_addf(out, _("%d 行，%zu 字"), lines, utf8_count(value));
  } else if (field_kind(field) == KIND_CHANNELS) {
    for (const char *p = value; *p != '\0'; p++) {
      if (*p == ';') text_add(out, "、");
      else text_addc(out, *p);
    }
  } else {
    text_add(out, value);
  }
}

struct warning { struct fill *f; const char *value; };

static void warn_hit(const struct privacy_hit *hit, void *ctx) {
  struct warning *w = ctx;
  struct text t = { 0 };
  privacy_mask(&t, w->value, hit);
  fill_say(w->f, _("注意：第 %d 行像是%s（%s）。公开前请删去或遮住。"), hit->line, privacy_rule_name(hit->rule),
           text_str(&t));
  text_free(&t);
}

static void warn_personal(struct fill *f, enum record_field field) {
  struct warning w = { f, record_get(&f->r, field) };
  bool text = field == FIELD_TITLE || field == FIELD_BODY || field == FIELD_TABLE || field == FIELD_NOTE;
  if (text) (void)privacy_scan(w.value, NULL, warn_hit, &w);
}

static void tell_due(struct fill *f) {
  struct text t = { 0 };
  struct period recurrence = { 0 };
  if (cadence_recurs(f->item->cadence)) (void)period_parse(record_get(&f->r, FIELD_PERIOD), &recurrence);
  deadline_explain(&t, f->calendar, f->item, record_day(&f->r, FIELD_EVENT), recurrence);
  fill_say(f, _("期限：%s。"), text_str(&t));
  text_free(&t);
}

static void tell_back(struct fill *f, enum record_field field) {
  struct text t = { 0 };
  add_value(&t, field, record_get(&f->r, field));
  fill_say(f, _("记下了：%s，%s。"), field_name(field), text_str(&t));
  text_free(&t);
  warn_personal(f, field);
  if (field == FIELD_EVENT) tell_due(f);
}

/* ---- storing */

static int64_t now(const struct fill *f) {
  return f->app->clock != NULL ? f->app->clock() : f->app->now;
}

static enum status make_record(struct fill *f, const char *const value[FIELD_COUNT], struct record *made,
                               struct error *e) {
  *made = (struct record){ .unit = f->r.unit, .item = f->r.item };
  for (int i = 0; i < FIELD_COUNT; i++) {
    const char *v = value[i] != NULL ? value[i] : f->r.value[i];
    if (!str_empty(v) && (made->value[i] = str_dup(v)) == NULL) return error_nomem(e);
  }
  return wb_put(f->wb, made, NULL, e);
}

/* A stored record may have been changed in another window: only these fields are written. */
static enum status put(struct fill *f, const char *const value[FIELD_COUNT], int64_t *no, struct error *e) {
  struct record made = { 0 };
  enum status st = ST_OK;
  if (f->r.no == 0) {
    st = make_record(f, value, &made, e);
    *no = made.no;
  }
  for (int i = 0; i < FIELD_COUNT && f->r.no != 0 && st == ST_OK; i++)
    if (value[i] != NULL) st = wb_set_field(f->wb, f->r.no, (enum record_field)i, value[i], e);
  record_free(&made);
  return st;
}

static bool may_try_again(enum status st) {
  return st == ST_DATA || st == ST_BUSY;
}

bool fill_store(struct fill *f, const char *verb, const char *const value[FIELD_COUNT]) {
  struct text label = { 0 };
  struct error e = { 0 };
  struct record fresh = { 0 };
  int64_t no = f->r.no;
  text_addf(&label, "%s %s %s", verb, f->item->id, f->unit->name);
  enum status st = wb_begin(f->wb, text_str(&label), f->app->person, now(f), &e);
  if (st == ST_OK) st = put(f, value, &no, &e);
  if (st == ST_OK) st = wb_commit(f->wb, &e);
  if (st != ST_OK) wb_cancel(f->wb);
  else st = wb_get(f->wb, no, &fresh, &e);
  text_free(&label);
  if (st == ST_OK) {
    record_free(&f->r);
    f->r = fresh;
    f->stored++;
    f->refused = false;
    return true;
  }
  fill_refuse(f, e.text);
  if (!may_try_again(st)) f->failed = st;
  return false;
}

static bool store_one(struct fill *f, enum record_field field, const char *value) {
  const char *all[FIELD_COUNT] = { NULL };
  struct text verb = { 0 }, canonical = { 0 };
  struct error e = { 0 };
  bool ok = *value == '\0' || record_check_field(field, value, &canonical, &e) == ST_OK;
  if (ok) {
    all[field] = text_str(&canonical);
    text_addf(&verb, _("填写%s"), field_name(field));
    ok = fill_store(f, text_str(&verb), all);
  } else {
    fill_refuse(f, e.text);
  }
  if (ok) tell_back(f, field);
  text_free(&verb);
  text_free(&canonical);
  return ok;
}

/* ---- one question */

static const char *proposed(const struct fill *f, enum record_field field) {
  return str_empty(record_get(&f->r, field)) ? record_get(&f->proposal, field) : "";
}

/* Not so much that the question is forgotten over it. */
static void add_short(struct text *out, enum record_field field, const char *value) {
  struct text all = { 0 };
  add_value(&all, field, value);
  if (utf8_width(text_str(&all)) > VALUE_COLUMNS) utf8_fit(out, text_str(&all), VALUE_COLUMNS, false);
  else text_add(out, text_str(&all));
  text_free(&all);
}

/* "公开日期（回车跳过，t 今天，? 说明，b 回上一问，q 退出）：", shorter once it is known. */
static void add_prompt(const struct fill *f, const struct question *q, struct text *out) {
  const char *now_is = record_get(&f->r, q->field), *before = proposed(f, q->field);
  text_addf(out, _("%s（"), field_name(q->field));
  if (*now_is != '\0') {
    text_add(out, _("现在是 "));
    add_short(out, q->field, now_is);
    text_add(out, _("；回车不变，- 清空"));
  } else {
    text_add(out, _("回车跳过"));
  }
  if (*before != '\0') {
    text_add(out, _("，a 采用上期的："));
    add_short(out, q->field, before);
  }
  if (*q->how != '\0') text_addf(out, _("，%s"), _(q->how));
  text_add(out, f->asked == 0 ? _("，? 说明，b 回上一问，q 退出）：") : _("，? 说明）："));
}

static void help_channels(struct fill *f) {
  say_channels(f);
}

static void help_event(struct fill *f) {
  if (!str_empty(f->item->event)) fill_say(f, _("这一事项从哪天算起：%s。"), f->item->event);
}

/* A line of a table typed or pasted: cells apart by tabs, by commas, or only by full-width commas. */
static void add_table_line(struct text *out, const char *line) {
  const char *apart = strchr(line, '\t') != NULL ? "\t" : strchr(line, ',') == NULL ? "，" : NULL;
  if (apart == NULL || strchr(line, '"') != NULL) {
    text_add(out, line);
    return;
  }
  bool first = true;
  for (const char *p = line, *end; p != NULL; p = end, first = false) {
    struct text cell = { 0 };
    end = strstr(p, apart);
    text_addn(&cell, p, end != NULL ? (size_t)(end - p) : strlen(p));
    csv_add(out, text_str(&cell), first, false);
    text_free(&cell);
    if (end != NULL) end += strlen(apart);
  }
}

static void table_of(const char *lines, struct text *out) {
  while (*lines != '\0') {
    size_t n = strcspn(lines, "\n");
    struct text line = { 0 };
    text_addn(&line, lines, n);
    add_table_line(out, text_str(&line));
    text_free(&line);
    lines += n;
    if (*lines == '\n') text_addc(out, *lines++);
  }
}

/* The text that begins with the line just read.  False: it was not finished. */
static bool read_text(struct fill *f, enum record_field field, struct text *out) {
  struct text lines = { 0 };
  text_add(&lines, text_str(&f->line));
  bool whole = fill_lines(f, &lines);
  if (!whole) fill_refuse(f, _("没有写完（缺单独一行的 .），这一栏没有存"));
  else if (field == FIELD_TABLE) table_of(text_str(&lines), out);
  else text_add(out, text_str(&lines));
  text_free(&lines);
  return whole;
}

/* The value that the answer means; false: none (said). */
static bool value_of(struct fill *f, const struct question *q, struct text *out) {
  enum field_kind kind = field_kind(q->field);
  if (fill_is(f, "-") && !str_empty(record_get(&f->r, q->field))) return true;
  if (fill_is(f, "a") && *proposed(f, q->field) != '\0') text_add(out, proposed(f, q->field));
  else if (kind == KIND_DAY && fill_is(f, "t")) day_add_iso(out, f->app->on);
  else if (kind == KIND_CHANNELS) channels_of(f, text_str(&f->line), out);
  else if (kind == KIND_TEXT) return read_text(f, q->field, out);
  else text_add(out, text_str(&f->line));
  return true;
}

/* FILL_EMPTY: on to the next question. */
static enum fill_answer ask_field(struct fill *f, const struct question *q) {
  void (*more)(struct fill *) = q->field == FIELD_CHANNELS ? help_channels
                                : q->field == FIELD_EVENT  ? help_event
                                                           : NULL;
  if (q->field == FIELD_CHANNELS) say_channels(f);
  for (;;) {
    struct text prompt = { 0 }, value = { 0 };
    add_prompt(f, q, &prompt);
    enum fill_answer a = fill_ask(f, text_str(&prompt), _(q->help), more);
    text_free(&prompt);
    if (a != FILL_VALUE) return a;
    bool single_dot = field_kind(q->field) == KIND_TEXT && fill_is(f, ".");
    bool stored = single_dot || (value_of(f, q, &value) && store_one(f, q->field, text_str(&value)));
    text_free(&value);
    if (stored) return FILL_EMPTY;
    if (f->failed != ST_OK || f->ended) return FILL_QUIT;
  }
}

enum fill_answer fill_fields(struct fill *f) {
  int i = 0, by = 1;
  while (i < QUESTIONS) {
    if (i < 0) return FILL_BACK;
    if (applies(f, &questions[i])) {
      enum fill_answer a = ask_field(f, &questions[i]);
      if (a == FILL_SKIP || a == FILL_QUIT) return a;
      by = a == FILL_BACK ? -1 : 1;
    }
    i += by;
  }
  return FILL_EMPTY;
}
