/* How what stands in the form reaches the workbook: a field on leaving it, all proposals of the page, a
 * publication; and what is put into the form from outside, a paste or the text of an editor.
 */
#include "base/utf8.h"
#include "checklists/carry.h"
#include "tui/change.h"
#include "tui/editor.h"
#include "tui/excerpt.h"
#include "tui/form.h"
#include "tui/paste_table.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_COLS 24 /* of a value in a sentence */

/* ---- storing */

/* What is stored but worth a second look. */
static void say_warning(struct form *f) {
  const struct unit *u = ui_unit(f->ui, f->view.unit);
  struct findings found = { 0 };
  record_check(&f->record, ui_item(f->ui, f->item), u->level, u->code, &found);
  for (size_t i = 0; i < found.n; i++) {
    if (found.list[i].severity != SEV_WARNING) continue;
    const char *text = found.list[i].e.text, *what = strstr(text, "：");
    bool named = what != NULL && strncmp(text, u->code, strlen(u->code)) == 0; /* the title says whose it is */
    ui_say(f->ui, _("已存好。请留意：%s"), named ? what + strlen("：") : text);
    break;
  }
  findings_free(&found);
}

/* Store a changed copy of the record; it becomes the record when that worked. */
static bool store(struct form *f, struct record *changed, const char *what) {
  struct error e = { 0 };
  changed->item = f->item;
  changed->unit = f->view.unit;
  if (change_put(f->ui, changed, what, &e) != ST_OK) {
    ui_fail(f->ui, &e);
    record_free(changed);
    return false;
  }
  record_free(&f->record);
  f->record = *changed;
  f->no = f->record.no;
  say_warning(f);
  return true;
}

/* The record as it stands in the workbook, for changing: another window may have filled other fields
 * since it was shown. */
static enum status latest(const struct form *f, struct record *copy, struct error *e) {
  if (f->record.no != 0) return wb_get(f->ui->wb, f->record.no, copy, e);
  return record_copy(&f->record, copy, e);
}

/* The beginning of a value, for a sentence. */
static void add_short(struct text *out, enum record_field field, const char *value) {
  struct text shown = { 0 }, line = { 0 };
  form_add_shown(&shown, field, value);
  excerpt_add(&line, text_str(&shown), 0, SHORT_COLS);
  if (utf8_width(text_str(&line)) > SHORT_COLS) utf8_fit(out, text_str(&line), SHORT_COLS, false);
  else text_add(out, text_str(&line));
  text_free(&shown);
  text_free(&line);
}

void form_say_overtaken(struct form *f) {
  struct text other = { 0 };
  add_short(&other, f->focus, record_get(&f->record, f->focus));
  ui_say(f->ui, _("别处刚把这一栏改成“%s”；您打的还在这里，离开这一栏就换成您的"), text_str(&other));
  text_free(&other);
}

static bool store_field(struct form *f, const char *value) {
  struct error e = { 0 };
  struct record copy = { 0 };
  struct text other = { 0 };
  enum status st = latest(f, &copy, &e);
  if (st == ST_OK && !str_same(copy.value[f->focus], f->record.value[f->focus]) &&
      !str_same(record_get(&copy, f->focus), value))
    add_short(&other, f->focus, record_get(&copy, f->focus));
  if (st == ST_OK) st = record_set(&copy, f->focus, value, &e);
  bool stored = st == ST_OK && store(f, &copy, field_name(f->focus));
  if (st != ST_OK) {
    record_free(&copy);
    ui_fail(f->ui, &e);
  }
  if (stored && other.len > 0)
    ui_say(f->ui, _("已存好。别处刚把这一栏改成“%s”，已换成您填的（Ctrl-Z 找回）"), text_str(&other));
  text_free(&other);
  return stored;
}

/* What was typed, as the validator reads it: short dates with their year. */
static enum status check_typed(const struct form *f, struct text *value, struct error *e) {
  day d = field_kind(f->focus) == KIND_DAY ? form_day(f, f->focus) : DAY_NONE;
  char iso[16];
  return record_check_field(f->focus, d != DAY_NONE ? day_iso(d, iso) : edit_get(&f->edit), value, e);
}

/* An emptied proposal is not wanted; it must not come back. */
static void decline(struct form *f) {
  if (form_offered(f, f->focus) != NULL && f->edit.text.len == 0) f->declined |= 1u << f->focus;
}

bool form_settle(struct form *f, bool force) {
  struct text value = { 0 };
  struct error e = { 0 };
  bool ok = true;
  decline(f);
  if (!form_typed(f)) return true;
  if (force) {
    form_show(f);
    return true;
  }
  if (check_typed(f, &value, &e) != ST_OK) {
    ui_fail(f->ui, &e);
    ok = false;
  } else {
    if (!str_same(text_str(&value), record_get(&f->record, f->focus))) ok = store_field(f, text_str(&value));
    if (ok) form_show(f);
  }
  text_free(&value);
  return ok;
}

unsigned form_publish(struct form *f) {
  struct error e = { 0 };
  struct record copy = { 0 };
  char today[16];
  if (f->focus != FIELD_PUBLISHED && !form_settle(f, false)) return UI_HANDLED | UI_ERROR;
  if (record_lacks_event(f->ui, f->item, &f->record)) {
    bool none = !str_empty(f->record.value[FIELD_NONE]);
    if (!none) form_focus(f, FIELD_EVENT);
    if (none) ui_say(f->ui, _("这条记的是本期无：先清空理由，再填事件日"));
    else ui_say(f->ui, _("没有事件日，公开了也不计入统计：先填事件日（按 . 填今天），再按 F5"));
    return UI_HANDLED | UI_ERROR;
  }
  enum status st = latest(f, &copy, &e);
  if (st == ST_OK) st = record_set(&copy, FIELD_PUBLISHED, day_iso(f->ui->app->on, today), &e);
  if (st == ST_OK) st = record_set(&copy, FIELD_REMOVED, NULL, &e);
  if (st != ST_OK) {
    record_free(&copy);
    ui_fail(f->ui, &e);
    return UI_HANDLED | UI_ERROR;
  }
  if (!store(f, &copy, _("公开"))) return UI_HANDLED | UI_ERROR;
  if (f->focus == FIELD_PUBLISHED) form_show(f);
  if (f->ui->message.len > 0) return UI_HANDLED;
  if (form_offers(f) > 0) ui_say(f->ui, _("已记下：今天公开。上期内容还没有采用，要用就按 F7（Ctrl-Z 撤销）"));
  else ui_say(f->ui, _("已记下：今天公开（Ctrl-Z 撤销）"));
  return UI_HANDLED;
}

/* ---- last period's values */

static bool nothing_written(const struct record *r) {
  for (int i = 0; i < FIELD_COUNT; i++)
    if (carry_field((enum record_field)i) && !str_empty(r->value[i])) return false;
  return str_empty(r->value[FIELD_NONE]);
}

static void name_offer(struct form *f, const struct record *from) {
  struct period p;
  text_clear(&f->offer_name);
  if (period_parse(record_get(from, FIELD_PERIOD), &p)) period_add_cn(&f->offer_name, p);
  else text_add(&f->offer_name, record_get(from, FIELD_EVENT));
}

void form_look_back(struct form *f) {
  struct record from = { 0 };
  struct error e = { 0 };
  if (f->offer_asked) return;
  f->offer_asked = true;
  if (!nothing_written(&f->record)) return;
  enum status st = carry_find(f->ui->wb, f->view.unit, f->item, f->recurrence, &from, &e);
  if (st == ST_OK && from.no != 0 && from.no != f->record.no) {
    st = carry_propose(&from, f->recurrence, &f->offer, &e);
    name_offer(f, &from);
  }
  if (st != ST_OK) ui_fail(f->ui, &e);
  record_free(&from);
}

unsigned form_take_over(struct form *f) {
  struct error e = { 0 };
  struct record copy = { 0 };
  int n = 0;
  if (!form_settle(f, false)) return UI_HANDLED | UI_ERROR;
  enum status st = latest(f, &copy, &e);
  for (int i = 0; i < FIELD_COUNT && st == ST_OK; i++) {
    const char *offer = form_offered(f, (enum record_field)i);
    if (offer == NULL || !str_empty(copy.value[i])) continue;
    st = record_set(&copy, (enum record_field)i, offer, &e);
    n++;
  }
  if (st != ST_OK || n == 0) {
    record_free(&copy);
    if (st != ST_OK) ui_fail(f->ui, &e);
    else ui_say(f->ui, _("没有带出的上期内容"));
    return UI_HANDLED;
  }
  if (!store(f, &copy, _("采用上期"))) return UI_HANDLED | UI_ERROR;
  form_show(f);
  if (f->ui->message.len == 0)
    ui_say(f->ui, _("已采用%s的内容 %d 栏，改好后按 F5 记为今天公开（Ctrl-Z 撤销）"),
           text_str(&f->offer_name), n);
  return UI_HANDLED;
}

bool form_accept(struct form *f) {
  const char *offer = form_offered(f, f->focus);
  char *value = str_dup(offer);
  bool ok = value != NULL && store_field(f, value);
  if (ok) form_show(f);
  free(value);
  return ok;
}

/* ---- put in from outside */

static unsigned say_full(const struct form *f) {
  ui_say(f->ui, _("本栏最多 %zu 字节，放不下了"), f->edit.limit);
  return UI_HANDLED;
}

static void say_pasted(struct form *f, const struct pasted *p, bool instead) {
  struct text say = { 0 };
  text_addf(&say, _("已贴成附表：%d 行 %d 列"), p->rows, p->cols);
  if (p->short_row > 0) text_addf(&say, _("；第 %d 行只有 %d 列，缺的留空"), p->short_row, p->short_cols);
  if (instead) text_add(&say, _("；原来的附表已换下（Ctrl-Z 找回）"));
  ui_say(f->ui, "%s", text_str(&say));
  text_free(&say);
}

/* A list from a spreadsheet becomes the table, wherever one stands. */
static unsigned paste_list(struct form *f, const char *list) {
  struct text csv = { 0 };
  struct pasted p;
  unsigned done = UI_HANDLED;
  paste_table(&csv, list, &p);
  if (csv.len > 0 && csv.s[csv.len - 1] == '\n') csv.s[--csv.len] = '\0';
  if (p.rows == 0 || !text_ok(&csv)) {
    ui_say(f->ui, _("贴来的表格是空的"));
  } else if (csv.len > TEXT_MAX_BYTES) {
    ui_say(f->ui, _("贴来的表格有 %zu 字节，附表最多 %d 字节，没有贴上"), csv.len, TEXT_MAX_BYTES);
    done |= UI_ERROR;
  } else if (f->focus == FIELD_TABLE || form_settle(f, false)) {
    if (f->focus != FIELD_TABLE) form_focus(f, FIELD_TABLE);
    bool instead = f->edit.text.len > 0;
    edit_replace(&f->edit, text_str(&csv));
    f->edit.at = 0;
    say_pasted(f, &p, instead);
  } else {
    done |= UI_ERROR;
  }
  text_free(&csv);
  return done;
}

/* Names of channels add to those that are chosen. */
static unsigned paste_channels(struct form *f, const char *names) {
  struct text shown = { 0 };
  uint16_t chosen = checks_read(names);
  if (chosen == 0) {
    ui_say(f->ui, _("贴来的文字里没有认得的公开渠道"));
    return UI_HANDLED;
  }
  checks_add_names(&shown, (uint16_t)(chosen | checks_read(edit_get(&f->edit))), "、");
  edit_replace(&f->edit, text_str(&shown));
  text_free(&shown);
  return UI_HANDLED;
}

unsigned form_flush(struct form *f) {
  char *text = text_take(&f->paste);
  unsigned done = UI_HANDLED;
  bool table = false;
  for (int i = 0; i < f->n_fields; i++) table = table || f->field[i] == FIELD_TABLE;
  if (text == NULL) return UI_HANDLED;
  if (table && paste_is_table(text)) done = paste_list(f, text);
  else if (f->focus == FIELD_CHANNELS) done = paste_channels(f, text);
  else if (edit_paste(&f->edit, text) == EDIT_FULL) done = say_full(f);
  free(text);
  return done;
}

unsigned form_edit_outside(struct form *f) {
  struct text text = { 0 };
  struct error e = { 0 };
  enum field_kind kind = field_kind(f->focus);
  if (kind != KIND_TEXT && kind != KIND_LINE) {
    ui_say(f->ui, _("这一栏直接填就好；正文、附表、标题、备注可以用外部编辑器写"));
    return UI_HANDLED;
  }
  text_add(&text, edit_get(&f->edit));
  if (editor_run(f->ui, &text, f->edit.limit, &e) != ST_OK) ui_fail(f->ui, &e);
  else if (str_same(text_str(&text), edit_get(&f->edit))) ui_say(f->ui, _("没有改动"));
  else if (edit_replace(&f->edit, text_str(&text)) == EDIT_FULL) say_full(f);
  else ui_say(f->ui, _("已取回编辑好的文字，离开本栏时存好（Ctrl-Z 找回原来的）"));
  text_free(&text);
  return UI_HANDLED;
}
