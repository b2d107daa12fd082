/* The words of the form: the state on top, what is said beside a date and under a field while one types, and
 * the line about the field one stands in.
 */
#include "base/utf8.h"
#include "batch/qr.h"
#include "batch/sheet.h"
#include "checklists/deadline.h"
#include "templates/template.h"
#include "tui/draw_item.h"
#include "tui/form.h"
#include "tui/paste_table.h"
#include "tui/rows.h"

#include <string.h>

#define MODULE_MM 0.5
#define MM_PER_PT (25.4 / 72)

/* ---- state and due day */

static bool is_none_record(const struct form *f) {
  return item_is_event(ui_item(f->ui, f->item)) && !str_empty(f->record.value[FIELD_PERIOD]);
}

day form_due(const struct form *f) {
  if (is_none_record(f)) return DAY_NONE;
  return deadline_due(f->ui->calendar, ui_item(f->ui, f->item), form_day(f, FIELD_EVENT), f->recurrence);
}

void form_draw_state(const struct form *f, struct screen *s, struct rect at, int row) {
  struct text text = { 0 };
  day due = form_due(f);
  struct slot_record typed = { .published_on = form_day(f, FIELD_PUBLISHED),
                               .none = !str_empty(form_value(f, FIELD_NONE)) };
  enum slot_state state = slot_state_of(&typed, due, f->ui->app->on);
  screen_put(s, row, at.col + FORM_LABEL, FORM_VALUE, ATTR_PLAIN, _("状态"));
  add_state(&text, state);
  const char *words = text_str(&text);
  while (*words == ' ') words++;
  int col = screen_put(s, row, at.col + FORM_VALUE, at.cols - FORM_VALUE, state_attr(state), words);
  text_clear(&text);
  if (due != DAY_NONE) text_add(&text, _("　　到期日 "));
  day_add_iso(&text, due);
  if (!str_empty(f->record.value[FIELD_PERIOD]))
    text_addf(&text, _("　　周期 %s"), f->record.value[FIELD_PERIOD]);
  if (f->record.no == 0) text_add(&text, _("　　（新记录）"));
  screen_put(s, row, col, at.col + at.cols - col, ATTR_PLAIN, text_str(&text));
  text_free(&text);
}

/* ---- dates */

/* Has so much been typed that it should be a day by now? */
static bool looks_whole(const char *typed) {
  int digits = 0, breaks = 0;
  for (; *typed != '\0'; typed++) {
    if (*typed >= '0' && *typed <= '9') digits++;
    else if (digits > 0 && (*typed == '-' || *typed == '.' || *typed == '/')) breaks++;
  }
  return digits >= 8 || (breaks >= 2 && digits >= 6) || (breaks == 1 && (digits == 3 || digits == 4));
}

void form_beside(const struct form *f, enum record_field field, struct note *out) {
  const char *typed = form_value(f, field);
  day d;
  bool guessed;
  out->attr = ATTR_DIM;
  if (*typed == '\0') {
    if (field == f->focus) text_add(&out->text, _("如 9-3；按 . 填今天"));
  } else if (date_read(typed, f->ui->app->on, form_ahead(f, field), &d, &guessed)) {
    if (guessed) text_add(&out->text, "= ");
    if (guessed) day_add_iso(&out->text, d);
    if (guessed) text_addc(&out->text, ' ');
    if (field == f->focus || guessed) date_add_words(&out->text, f->ui->calendar, d);
  } else if (looks_whole(typed)) {
    out->attr = ATTR_WARN;
    text_add(&out->text, _("! 没有这一天"));
  } else if (field == f->focus) {
    text_add(&out->text, _("接着写到日"));
  }
}

static void note_event(const struct form *f, struct note *out) {
  out->attr = ATTR_DIM;
  if (is_none_record(f)) return;
  day event = form_day(f, FIELD_EVENT);
  deadline_explain(&out->text, f->ui->calendar, ui_item(f->ui, f->item), event, f->recurrence);
}

/* ---- channels */

static void note_channels(const struct form *f, struct note *out) {
  const struct item *item = ui_item(f->ui, f->item);
  uint16_t chosen = checks_read(form_seen(f, FIELD_CHANNELS)), missing = (uint16_t)(item->channels & ~chosen);
  bool focus = f->focus == FIELD_CHANNELS, begun = chosen != 0 || focus;
  out->attr = ATTR_DIM;
  if (item->channels == 0 || !begun) return;
  if (item->channel_all && missing != 0) {
    if (chosen != 0) out->attr = ATTR_WARN;
    text_add(&out->text, chosen != 0 ? _("! 目录要求带 * 的全用，还缺：") : _("目录要求带 * 的全用："));
    checks_add_names(&out->text, missing, "、");
  } else if (item->channel_all) {
    if (focus) text_add(&out->text, _("目录要求的渠道（带 *）都有了"));
  } else if ((chosen & item->channels) == 0) {
    if (chosen != 0) out->attr = ATTR_WARN;
    text_add(&out->text,
             chosen != 0 ? _("! 目录要求带 * 的至少用一种，还没有：") : _("目录要求带 * 的至少用一种："));
    checks_add_names(&out->text, item->channels, "、");
  } else if (focus) {
    text_add(&out->text, _("带 * 的是目录所列，已有至少一种"));
  }
}

/* ---- the address */

/* Side and level of the QR code on a notice, as the template has them. */
static void look_up_code(struct form *f) {
  struct text path = { 0 };
  struct findings found = { 0 };
  f->code_side = 28;
  f->code_level = 'M';
  sheet_template_path(f->ui->app, "notice", &path);
  struct template *t = template_load(text_str(&path), &found);
  for (size_t i = 0; t != NULL && i < t->n_blocks; i++)
    if (t->blocks[i].type == BLOCK_QR && t->blocks[i].side > 0) f->code_side = t->blocks[i].side * MM_PER_PT;
  if (t != NULL) f->code_level = t->qr_level;
  template_free(t);
  findings_free(&found);
  text_free(&path);
}

/* The address that is printed: a pattern in the settings comes before the record's own. */
static bool own_address(const struct form *f) {
  const struct settings *settings = app_settings(f->ui->app, wb_path(f->ui->wb));
  return settings == NULL || str_empty(settings->url);
}

static void note_code(struct form *f, const char *url, struct note *out) {
  if (f->code_side <= 0) look_up_code(f);
  bool changed = f->code_modules < 0 || f->code_version != f->edit.version;
  if (changed) f->code_modules = qr_modules(url, f->code_level);
  f->code_version = f->edit.version;
  double module = f->code_modules > 0 ? f->code_side / f->code_modules : 0;
  if (f->code_modules == 0) {
    out->attr = ATTR_WARN;
    text_add(&out->text, _("! 太长，放不进二维码"));
  } else if (module < MODULE_MM) {
    out->attr = ATTR_WARN;
    text_addf(&out->text,
              _("! 偏长：%.0f 毫米的二维码每格只有 %.2f 毫米，扫不清，会放大到 %.0f 毫米；最好换短网址"),
              f->code_side, module, f->code_modules * MODULE_MM + 0.5);
  } else {
    text_addf(&out->text, _("二维码每格 %.2f 毫米，扫得清"), module);
  }
}

/* The first character of an address that a browser would write as %XX. */
static const char *odd_character(const char *s) {
  while (*s > ' ' && strchr("\"<>\\^`{|}", *s) == NULL) s++;
  return s;
}

static bool blank(const char *s) {
  uint32_t cp;
  utf8_decode(s, &cp);
  return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0x3000 || cp == 0xA0;
}

static void add_odd(const char *url, const char *odd, struct text *out) {
  char one[5];
  uint32_t cp;
  size_t place = 1;
  for (const char *p = url; p < odd; p = utf8_next(p)) place++;
  utf8_decode(odd, &cp);
  utf8_encode(cp, one);
  if (blank(odd)) text_addf(out, _("! 第 %zu 个字是空格，网址里不能有"), place);
  else if (cp < 0x80) text_addf(out, _("! 第 %zu 个字“%s”网址里不能用"), place, one);
  else text_addf(out, _("! 第 %zu 个字“%s”不是网址用字，有的手机打不开；请从浏览器里复制"), place, one);
}

/* Is one still typing the beginning of https:// ? */
static bool begins_scheme(const char *url) {
  return strncmp(url, "https://", strlen(url)) == 0 || strncmp(url, "http://", strlen(url)) == 0;
}

static void note_url(struct form *f, struct note *out) {
  const char *url = form_seen(f, FIELD_URL), *odd = odd_character(url);
  size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;
  out->attr = ATTR_WARN;
  if (*url == '\0' || f->focus != FIELD_URL) return;
  if (begins_scheme(url)) {
    out->attr = ATTR_DIM;
    text_add(&out->text, _("以 http:// 或 https:// 开头"));
  } else if (scheme == 0) {
    text_add(&out->text, _("! 要以 http:// 或 https:// 开头"));
  } else if (*odd != '\0') {
    add_odd(url, odd, &out->text);
  } else if (!own_address(f)) {
    out->attr = ATTR_DIM;
    text_add(&out->text, _("公示单上的二维码用设置里的网址样式，不用本栏"));
  } else {
    out->attr = ATTR_DIM;
    note_code(f, url, out);
  }
}

/* ---- texts */

static void note_personal(const struct form *f, enum record_field field, struct note *out) {
  const struct form_personal *p = &f->personal[field];
  out->attr = ATTR_WARN;
  if (p->hits > 0) text_addf(&out->text, _("! %s，不能上墙"), text_str(&p->words));
}

void form_note(struct form *f, enum record_field field, struct note *out) {
  out->attr = ATTR_DIM;
  switch (field) {
  case FIELD_EVENT: note_event(f, out); break;
  case FIELD_CHANNELS: note_channels(f, out); break;
  case FIELD_URL: note_url(f, out); break;
  default: note_personal(f, field, out); break;
  }
}

/* ---- the line about the field */

void form_add_hint(const struct form *f, struct text *out) {
  const struct item *item = ui_item(f->ui, f->item);
  if (form_untouched(f)) {
    const char *other = f->edit.lines ? _("打字就在上面改") : _("打字就重写");
    if (f->focus == FIELD_CHANNELS) other = _("按数字改选");
    text_addf(out, _("待确认（%s）：回车采用，F7 全部采用，%s，Tab 不用"), text_str(&f->offer_name), other);
    return;
  }
  switch (f->focus) {
  case FIELD_EVENT:
    text_addf(out, _("%s的那一天；+ - 前后一天，[ ] 前后一月"),
              str_empty(item->event) ? _("事件发生") : item->event);
    break;
  case FIELD_PUBLISHED: text_add(out, _("F5 记为今天；+ - 前后一天，[ ] 前后一月")); break;
  case FIELD_REMOVED: text_add(out, _("从公示栏撤下的那一天；+ - 前后一天，[ ] 前后一月")); break;
  case FIELD_PRINTED:
  case FIELD_FILED: text_add(out, _("+ - 前后一天，[ ] 前后一月")); break;
  case FIELD_NONE: text_add(out, _("本期没有要公开的，写一句理由")); break;
  case FIELD_CHANNELS: text_add(out, _("按数字勾选，或用方向键移动、空格勾选；带 * 的是目录所列")); break;
  case FIELD_URL: text_add(out, _("网上公开的那一页的地址；没有就空着")); break;
  case FIELD_TABLE: text_add(out, _("从表格软件复制后直接粘贴；或一行一条、逗号隔开；Tab 下一栏")); break;
  case FIELD_BODY: text_add(out, _("回车换行，Ctrl-Z 退回刚打的字，Ctrl-O 外部编辑，Tab 下一栏")); break;
  case FIELD_TITLE: text_add(out, _("公示单上的大标题；不写就用事项名称")); break;
  case FIELD_NOTE: text_add(out, _("自己看的备注，公示单上一般不印")); break;
  case FIELD_PHONE: text_add(out, _("公示单上印的监督电话；不填用设置里的")); break;
  default: break;
  }
}
