/* mingbai fill: one thing to be done.  What it is about and how it stands; then filled, said to be none for a
 * reason, or skipped; at the end what should still be looked at. */
#include "base/utf8.h"
#include "batch/fill.h"
#include "checklists/carry.h"
#include "checklists/deadline.h"


#define ABOUT_COLUMNS 150 /* of the content; the rest by "?" */

bool fill_once(const struct item *item) {
  return item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE;
}

static bool is_set(const struct fill *f, enum record_field field) {
  return !str_empty(record_get(&f->r, field));
}

/* ---- what it is about */

static void add_strings(struct text *out, const struct strings *s) {
  for (size_t i = 0; i < s->n; i++) text_addf(out, "%s%s", i > 0 ? "；" : "", s->s[i]);
}

static void say_strings(struct fill *f, const char *name, const struct strings *s, int columns) {
  struct text all = { 0 }, cut = { 0 };
  add_strings(&all, s);
  if (utf8_width(text_str(&all)) > columns) utf8_fit(&cut, text_str(&all), columns, false);
  if (all.len > 0) fill_say(f, "%s：%s", name, cut.len > 0 ? text_str(&cut) : text_str(&all));
  text_free(&all);
  text_free(&cut);
}

static void say_name(struct fill *f, const struct fill_thing *t) {
  const struct item *item = f->item;
  struct text s = { 0 };
  text_addf(&s, "%s ", item->id);
  if (!str_empty(item->level1) && !str_same(item->level1, item_title(item)))
    text_addf(&s, "%s：", item->level1);
  text_add(&s, item_title(item));
  if (t->recurrence.kind != PERIOD_NONE) {
    text_add(&s, "，");
    period_add_cn(&s, t->recurrence);
  }
  if (!item->verified) text_add(&s, _("（待核：目录里这一项还没有核实）"));
  fill_say(f, _("第 %zu 项，共 %zu 项。%s"), f->asked + 1, f->n, text_str(&s));
  text_free(&s);
}

static void say_state(struct fill *f, const struct fill_thing *t) {
  struct text due = { 0 };
  const char *title = record_get(&f->r, FIELD_TITLE);
  if (t->extra) {
    fill_say(f, _("再记一件新的。"));
    return;
  }
  if (t->due != DAY_NONE)
    deadline_explain(&due, f->calendar, f->item, record_day(&f->r, FIELD_EVENT), t->recurrence);
  fill_say(f, _("现在：%s。%s%s%s"), state_name(t->state), due.len > 0 ? _("期限：") : "", text_str(&due),
           due.len > 0 ? "。" : "");
  if (*title != '\0') fill_say(f, _("记录：%s"), title);
  text_free(&due);
}

static void help_thing(struct fill *f) {
  const struct item *item = f->item;
  struct text channels = { 0 };
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((item->channels & 1u << i) != 0)
      text_addf(&channels, "%s%s", channels.len > 0 ? "、" : "", channel_name(i));
  say_strings(f, _("内容要素"), &item->content, 100000);
  say_strings(f, _("公开依据"), &item->basis, 100000);
  if (!str_empty(item->deadline_text)) fill_say(f, _("公开时限：%s"), item->deadline_text);
  if (channels.len > 0) fill_say(f, _("公开渠道：%s"), text_str(&channels));
  if (!str_empty(item->audience)) fill_say(f, _("公开对象：%s"), item->audience);
  text_free(&channels);
}

/* ---- none this period */

static bool may_be_none(const struct fill *f, const struct fill_thing *t) {
  if (t->extra || is_set(f, FIELD_PUBLISHED) || is_set(f, FIELD_NONE)) return false;
  return !fill_once(f->item) || f->r.no == 0;
}

static bool store_none(struct fill *f, const char *reason) {
  const char *value[FIELD_COUNT] = { NULL };
  struct text period = { 0 }, canonical = { 0 };
  struct error e = { 0 };
  bool ok = record_check_field(FIELD_NONE, reason, &canonical, &e) == ST_OK;
  if (ok) {
    value[FIELD_NONE] = text_str(&canonical);
    period_add(&period, f->period);
    if (fill_once(f->item)) value[FIELD_PERIOD] = text_str(&period);
    ok = fill_store(f, _("本期无"), value);
  } else {
    fill_refuse(f, e.text);
  }
  if (ok) fill_say(f, _("记下了：本期无，理由：%s。"), text_str(&canonical));
  text_free(&period);
  text_free(&canonical);
  return ok;
}

static enum fill_answer ask_none(struct fill *f) {
  for (;;) {
    enum fill_answer a =
        fill_ask(f, _("理由（回车就写“本期无此事项”，b 回上一问）："), _("为什么本期没有，一句话，存在台账里。"), NULL);
    if (a == FILL_BACK || a == FILL_SKIP || a == FILL_QUIT) return a;
    if (store_none(f, a == FILL_EMPTY ? _("本期无此事项") : text_str(&f->line))) return FILL_EMPTY;
    if (f->failed != ST_OK) return FILL_QUIT;
  }
}

/* ---- last period's values */

static bool find_proposal(struct fill *f, const struct fill_thing *t) {
  struct record from = { 0 };
  struct error e = { 0 };
  enum status st = carry_find(f->wb, f->unit_no, t->item, t->recurrence, &from, &e);
  if (st == ST_OK && from.no != 0) st = carry_propose(&from, t->recurrence, &f->proposal, &e);
  record_free(&from);
  if (st != ST_OK) fill_say(f, _("上期的内容读不出来：%s"), e.text);
  for (int i = 0; i < FIELD_COUNT && st == ST_OK; i++)
    if (!str_empty(f->proposal.value[i])) return true;
  return false;
}

static void say_proposal(struct fill *f) {
  fill_say(f, _("上期的内容可以带过来，请先核对："));
  for (int i = 0; i < FIELD_COUNT; i++) {
    struct text value = { 0 };
    if (str_empty(f->proposal.value[i])) continue;
    for (const char *p = f->proposal.value[i]; *p != '\0'; p++) {
      if (i == FIELD_CHANNELS && *p == ';') text_add(&value, "、");
      else text_addc(&value, *p);
    }
    fill_say(f, _("  %s：%s"), field_name((enum record_field)i), text_str(&value));
    text_free(&value);
  }
}

static bool take_proposal(struct fill *f) {
  const char *value[FIELD_COUNT] = { NULL };
  for (int i = 0; i < FIELD_COUNT; i++)
    if (!is_set(f, (enum record_field)i)) value[i] = f->proposal.value[i];
  if (!fill_store(f, _("采用上期"), value)) return false;
  fill_say(f, _("记下了：采用了上期的内容。下面逐项问，回车不变。"));
  return true;
}

/* ---- the whole of it */

static void add_choices(const struct fill *f, const struct fill_thing *t, bool proposal, struct text *out) {
  text_add(out, _("怎样办（回车 填写"));
  if (proposal) text_add(out, _("，a 采用上期的"));
  if (may_be_none(f, t)) text_add(out, _("，n 本期没有"));
  text_add(out, _("，s 跳过，? 说明，q 退出）："));
}

/* FILL_VALUE: fill the fields in; FILL_EMPTY: done already. */
static enum fill_answer choose(struct fill *f, const struct fill_thing *t, bool proposal) {
  for (;;) {
    struct text prompt = { 0 };
    add_choices(f, t, proposal, &prompt);
    enum fill_answer a = fill_ask(f, text_str(&prompt), NULL, help_thing);
    text_free(&prompt);
    if (a == FILL_EMPTY) return FILL_VALUE;
    if (a == FILL_SKIP || a == FILL_QUIT) return a;
    if (a == FILL_VALUE && proposal && fill_is(f, "a")) {
      if (take_proposal(f)) return FILL_VALUE;
    } else if (a == FILL_VALUE && may_be_none(f, t) && fill_is(f, "n")) {
      enum fill_answer none = ask_none(f);
      if (none != FILL_BACK) return none;
    } else {
      fill_refuse(f, _("请打其中一个字母，或者只按回车"));
    }
    if (f->failed != ST_OK) return FILL_QUIT;
  }
}

static void warn(struct fill *f) {
  struct findings found = { 0 };
  if (f->r.no == 0) return;
  (void)record_check(&f->r, f->item, f->unit->level, f->unit->code, &found);
  for (size_t i = 0; i < found.n; i++)
    if (found.list[i].severity != SEV_NOTE)
      fill_say(f, _("注意：%s。%s"), found.list[i].e.text, found.list[i].advice);
  findings_free(&found);
}

/* The record as it is, or one to be made. */
static bool load(struct fill *f, const struct fill_thing *t) {
  struct error e = { 0 };
  struct text period = { 0 };
  enum status st = ST_OK;
  record_free(&f->r);
  record_free(&f->proposal);
  f->item = &f->catalogue->items[t->item];
  if (t->no != 0) {
    st = wb_get(f->wb, t->no, &f->r, &e);
  } else {
    f->r = (struct record){ .unit = f->unit_no, .item = t->item };
    period_add(&period, t->recurrence);
    st = record_set(&f->r, FIELD_PERIOD, text_str(&period), &e);
  }
  text_free(&period);
  if (st != ST_OK) f->failed = report_error(f->app, &e);
  return st == ST_OK;
}

enum fill_answer fill_one(struct fill *f, const struct fill_thing *t) {
  size_t before = f->stored;
  if (!load(f, t)) return FILL_QUIT;
  fill_say(f, "%s", "");
  say_name(f, t);
  say_strings(f, _("内容"), &f->item->content, ABOUT_COLUMNS);
  say_state(f, t);
  bool proposal = f->r.no == 0 && find_proposal(f, t);
  if (proposal) say_proposal(f);
  enum fill_answer a = FILL_BACK;
  while (a == FILL_BACK) {
    a = choose(f, t, proposal && f->r.no == 0);
    if (a == FILL_VALUE) a = fill_fields(f);
  }
  if (f->stored > before) {
    f->done++;
    warn(f);
  }
  return a;
}
