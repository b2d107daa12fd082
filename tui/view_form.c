/* The form of one record.
 *
 * There is no "save": a field is stored as one step when the cursor leaves it.  What the
 * validator refuses keeps one in the field, with its sentence; the same key again gives the
 * typed text up.  A record is begun by the first field that is filled.
 */
#include "base/utf8.h"
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/form.h"
#include "tui/rows.h"

#include <stdlib.h>
#include <string.h>

/* Fields in the order in which a clerk meets them. */
static const enum record_field order[] = { FIELD_EVENT,    FIELD_PUBLISHED, FIELD_REMOVED, FIELD_NONE,
                                           FIELD_CHANNELS, FIELD_URL,       FIELD_TITLE,   FIELD_BODY,
                                           FIELD_TABLE,    FIELD_PHONE,     FIELD_NOTE };
#define ORDER (sizeof order / sizeof order[0])

bool form_is_area(enum record_field field) {
  return field_kind(field) == KIND_TEXT;
}

void form_add_shown(struct text *out, enum record_field field, const char *value) {
  for (; *value != '\0'; value++) {
    if (field_kind(field) == KIND_CHANNELS && *value == ';') text_add(out, "、");
    else text_addc(out, *value);
  }
}

/* Put a stored value into the editor. */
static void show(struct form *f, const char *value) {
  struct text text = { 0 };
  form_add_shown(&text, f->focus, value);
  edit_set(&f->edit, text_str(&text));
  text_free(&text);
}

/* Does the editor hold another text than that stored value? */
static bool typed_over(const struct form *f, const char *value) {
  struct text text = { 0 };
  form_add_shown(&text, f->focus, value);
  bool other = !str_same(text_str(&text), edit_get(&f->edit));
  text_free(&text);
  return other;
}

const char *form_value(const struct form *f, enum record_field field) {
  return field == f->focus ? edit_get(&f->edit) : record_get(&f->record, field);
}

/* ---- which fields are shown */

/* What can not be filled now is not shown: none beside a publication, taking down before it,
 * an event beside "none this period". */
static bool shown(const struct form *f, enum record_field field) {
  bool published = !str_empty(f->record.value[FIELD_PUBLISHED]),
       none = !str_empty(f->record.value[FIELD_NONE]);
  bool event = item_is_event(ui_item(f->ui, f->item));
  switch (field) {
  case FIELD_REMOVED: return published;
  case FIELD_NONE: return none || (!event && !published);
  case FIELD_NOTE: return true;
  default: return !none;
  }
}

static void choose_fields(struct form *f) {
  bool found = false;
  f->n_fields = 0;
  for (size_t i = 0; i < ORDER; i++) {
    if (!shown(f, order[i])) continue;
    f->field[f->n_fields++] = order[i];
    found = found || order[i] == f->focus;
  }
  if (!found) f->focus = f->field[0];
}

static void focus(struct form *f, enum record_field field) {
  static const size_t limits[] = { [KIND_PERIOD] = 40, [KIND_DAY] = 40, [KIND_LINE] = LINE_MAX_BYTES,
                                   [KIND_CHANNELS] = LINE_MAX_BYTES, [KIND_URL] = URL_MAX_BYTES,
                                   [KIND_TEXT] = TEXT_MAX_BYTES };
  f->focus = field;
  f->edit.lines = form_is_area(field);
  f->edit.fold = field_kind(field) == KIND_DAY;
  f->edit.limit = limits[field_kind(field)];
  show(f, record_get(&f->record, field));
}

/* ---- drafts */

static void type_late(struct form *f) {
  if (f->late == NULL) return;
  if (f->waiting != f->focus) focus(f, f->waiting);
  edit_set(&f->edit, f->late);
  free(f->late);
  f->late = NULL;
}

void form_type(struct view *v, enum record_field field, const char *text) {
  struct form *f = (struct form *)v;
  free(f->late);
  f->late = str_dup(text);
  f->waiting = field;
  if (f->loaded) type_late(f);
}

/* ---- reading */

/* The record may have come or gone by undo and redo; one that can exist once is looked for. */
static int64_t find_record(struct form *f) {
  struct ui *ui = f->ui;
  struct record fresh;
  struct error e = { 0 };
  struct text uid = { 0 };
  int64_t no = 0;
  if (record_start(ui, f->view.unit, f->item, f->recurrence, &fresh, &e) != ST_OK) return 0;
  if (record_natural_uid(&uid, ui_item(ui, f->item), ui_unit(ui, f->view.unit)->code, &fresh))
    no = wb_find_uid(ui->wb, text_str(&uid));
  text_free(&uid);
  record_free(&fresh);
  return no;
}

static void refresh(struct view *view, struct ui *ui) {
  struct form *f = (struct form *)view;
  struct error e = { 0 };
  char *before = str_dup(record_get(&f->record, f->focus));
  bool typed = typed_over(f, before != NULL ? before : "");
  struct record now = { 0 };
  if (f->no == 0) f->no = find_record(f);
  enum status st = f->no != 0 ? wb_get(ui->wb, f->no, &now, &e) : ST_NOINPUT;
  if (st == ST_NOINPUT) st = record_start(ui, view->unit, f->item, f->recurrence, &now, &e);
  if (st == ST_OK) {
    record_free(&f->record);
    f->record = now;
    if (cadence_recurs(ui_item(ui, f->item)->cadence))
      (void)period_parse(record_get(&f->record, FIELD_PERIOD), &f->recurrence);
  } else {
    ui_fail(ui, &e);
  }
  enum record_field was = f->focus;
  choose_fields(f);
  bool same = was == f->focus && str_same(before, record_get(&f->record, f->focus));
  if (!f->loaded || was != f->focus || (!typed && !same)) focus(f, f->focus);
  f->loaded = true;
  free(before);
  type_late(f);
}

/* ---- storing */

/* What is stored but worth a second look. */
static void say_warning(struct form *f) {
  const struct unit *u = ui_unit(f->ui, f->view.unit);
  struct findings found = { 0 };
  record_check(&f->record, ui_item(f->ui, f->item), u->level, u->code, &found);
  for (size_t i = 0; i < found.n; i++) {
    if (found.list[i].severity != SEV_WARNING) continue;
    ui_say(f->ui, _("已存好。请留意：%s"), found.list[i].e.text);
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

static bool store_field(struct form *f, const char *value) {
  struct error e = { 0 };
  struct record copy;
  enum status st = latest(f, &copy, &e);
  if (st == ST_OK) st = record_set(&copy, f->focus, value, &e);
  if (st == ST_OK) return store(f, &copy, field_name(f->focus));
  ui_fail(f->ui, &e);
  return false;
}

/* ---- channels by their beginning, a part of their name, or the number the hint gives them */

static int channel_by_number(const struct item *item, long number) {
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((item->channels >> i & 1) != 0 && --number == 0) return i;
  return -1;
}

static int channel_by_part(const char *part) {
  int found = -1;
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    if (strstr(channel_name(i), part) == NULL) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}

static void add_channel(const struct item *item, const char *part, struct text *out) {
  char *end;
  long number = strtol(part, &end, 10);
  int channel = channel_find(part);
  if (channel < 0 && *end == '\0') channel = channel_by_number(item, number);
  else if (channel < 0) channel = channel_by_part(part);
  if (out->len > 0) text_add(out, "、");
  text_add(out, channel >= 0 ? channel_name(channel) : part);
}

/* "1、公示栏" -> "政府网站、村公示栏"; what is not understood stays for the validator. */
static void expand_channels(const struct item *item, const char *typed, struct text *out) {
  struct text part = { 0 };
  for (uint32_t cp = 1; cp != 0; ) {
    int n = utf8_decode(typed, &cp);
    typed += n;
    bool apart =
        cp == 0 || utf8_fold(cp) == ',' || utf8_fold(cp) == ';' || cp == 0x3001 || utf8_fold(cp) == ' ';
    if (n > 0 && !apart) text_addcp(&part, utf8_fold(cp) < 0x80 ? utf8_fold(cp) : cp);
    if (n == 0) cp = 0;
    if (!apart || part.len == 0) continue;
    add_channel(item, text_str(&part), out);
    text_clear(&part);
  }
  text_free(&part);
}

static enum status check_typed(const struct form *f, struct text *value, struct error *e) {
  struct text typed = { 0 };
  if (f->focus == FIELD_CHANNELS) expand_channels(ui_item(f->ui, f->item), edit_get(&f->edit), &typed);
  else text_add(&typed, edit_get(&f->edit));
  enum status st = record_check_field(f->focus, text_str(&typed), value, e);
  text_free(&typed);
  return st;
}

/* Commit the field in focus.  An emptied reason of a "none" event record has no meaning, so it
 * is refused by the validator like any other. */
static bool settle(struct view *view, struct ui *ui, bool force) {
  struct form *f = (struct form *)view;
  struct text value = { 0 };
  struct error e = { 0 };
  bool ok = true;
  if (!typed_over(f, record_get(&f->record, f->focus))) return true;
  if (force) {
    show(f, record_get(&f->record, f->focus));
    return true;
  }
  if (check_typed(f, &value, &e) != ST_OK) {
    ui_fail(ui, &e);
    ok = false;
  } else {
    if (!str_same(text_str(&value), record_get(&f->record, f->focus))) ok = store_field(f, text_str(&value));
    if (ok) show(f, text_str(&value));
  }
  text_free(&value);
  return ok;
}

static unsigned publish(struct form *f) {
  struct error e = { 0 };
  struct record copy;
  char today[16];
  if (f->focus != FIELD_PUBLISHED && !settle(&f->view, f->ui, false)) return UI_HANDLED | UI_ERROR;
  enum status st = latest(f, &copy, &e);
  if (st == ST_OK) st = record_set(&copy, FIELD_PUBLISHED, day_iso(f->ui->app->on, today), &e);
  if (st == ST_OK) st = record_set(&copy, FIELD_REMOVED, NULL, &e);
  if (st != ST_OK) {
    ui_fail(f->ui, &e);
    return UI_HANDLED | UI_ERROR;
  }
  if (!store(f, &copy, _("公开"))) return UI_HANDLED | UI_ERROR;
  if (f->focus == FIELD_PUBLISHED) focus(f, FIELD_PUBLISHED);
  if (f->ui->message.len == 0) ui_say(f->ui, _("已记下：今天公开（Ctrl-Z 撤销）"));
  return UI_HANDLED;
}

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct form *f = (struct form *)view;
  return change_none(ui, view->unit, f->item, f->record.no, f->recurrence, reason);
}

static unsigned ask_none(struct form *f) {
  if (!settle(&f->view, f->ui, false)) return UI_HANDLED | UI_ERROR;
  if (item_is_event(ui_item(f->ui, f->item)))
    ui_say(f->ui, _("“本期无”请在上一级列表里按 F6"));
  else ui_ask_line(f->ui, _("本期无，理由："), _("本期无此事项"), none_answered);
  return UI_HANDLED;
}

/* ---- moving */

static int position(const struct form *f) {
  for (int i = 0; i < f->n_fields; i++)
    if (f->field[i] == f->focus) return i;
  return 0;
}

/* To the field `by` further on, once this one is settled.  round: from the last to the first. */
static unsigned move(struct form *f, int by, bool round, enum request r) {
  if (!ui_settle(f->ui, r)) return UI_HANDLED | UI_ERROR;
  choose_fields(f);
  int to = position(f) + by;
  if (round) to = (to % f->n_fields + f->n_fields) % f->n_fields;
  if (to < 0) to = 0;
  if (to >= f->n_fields) {
    to = f->n_fields - 1;
    if (f->ui->message.len == 0) ui_say(f->ui, _("这是最后一栏。填过的都已存好，按 Esc 返回"));
  }
  if (f->field[to] != f->focus) focus(f, f->field[to]);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct form *f = (struct form *)view;
  struct key newline = { .kind = K_ENTER };
  enum edit_result done = EDIT_IGNORED;
  if (r == REQ_ENTER && f->edit.lines) done = edit_insert(&f->edit, newline);
  else done = edit_request(&f->edit, r);
  if (done != EDIT_IGNORED) return UI_HANDLED;
  switch (r) {
  case REQ_UP:
  case REQ_PREVIOUS: return move(f, -1, r == REQ_PREVIOUS, r);
  case REQ_DOWN:
  case REQ_ENTER:
  case REQ_NEXT: return move(f, 1, r == REQ_NEXT, r);
  case REQ_PAGE_UP: return move(f, -f->n_fields, false, r);
  case REQ_PAGE_DOWN: return move(f, f->n_fields - 1 - position(f), false, r);
  case REQ_PUBLISH: return publish(f);
  case REQ_NONE: return ask_none(f);
  case REQ_SAVE:
    if (settle(view, ui, false) && ui->message.len == 0) ui_say(ui, _("已存好。平时离开一栏就自动存好，不用另外保存"));
    return UI_HANDLED;
  default: return UI_IGNORED;
  }
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct form *f = (struct form *)view;
  enum edit_result r = edit_insert(&f->edit, k);
  if (r == EDIT_FULL) ui_say(ui, _("本栏最多 %zu 字节，放不下了"), f->edit.limit);
  return r == EDIT_IGNORED ? UI_IGNORED : UI_HANDLED;
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  const struct form *f = (const struct form *)view;
  const struct item *item = ui_item(ui, f->item);
  text_addf(out, "%s ", item->id);
  add_item_name(ui, f->item, ui->screen.cols, out);
  if (!item->verified) text_add(out, _("　待核"));
  text_addf(out, "　%s %s", cadence_name(item->cadence), item->deadline_text);
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct form *f = (const struct form *)view;
  p->item = f->item;
  p->domain = ui_item(ui, f->item)->domain;
  p->no = f->record.no;
  p->recurrence = f->recurrence;
}

static void close_view(struct view *view) {
  struct form *f = (struct form *)view;
  record_free(&f->record);
  edit_free(&f->edit);
  free(f->late);
  free(f);
}

static const enum request hints[] = { REQ_NEXT, REQ_PUBLISH, REQ_NONE, REQ_BASIS, REQ_BACK, REQ_DUE,
                                      REQ_HELP, REQ_UNDO, REQ_REDO, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_FORM,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = form_draw,
                                     .request = request,
                                     .key = key,
                                     .settle = settle,
                                     .place = place,
                                     .close = close_view };

bool form_draft(const struct view *v, enum record_field *field, const char **text, const char **stored) {
  const struct form *f = (const struct form *)v;
  if (v->ops != &ops || !f->loaded || !typed_over(f, record_get(&f->record, f->focus))) return false;
  *field = f->focus;
  *text = edit_get(&f->edit);
  *stored = record_get(&f->record, f->focus);
  return true;
}

struct view *view_form_new(struct ui *ui, int unit, int item, int64_t no, struct period recurrence) {
  struct form *f = calloc(1, sizeof *f);
  if (f == NULL) return NULL;
  f->view.ops = &ops;
  f->view.unit = unit;
  f->ui = ui;
  f->item = item;
  f->no = no;
  f->recurrence = recurrence;
  f->focus = order[0];
  return &f->view;
}

struct view *view_form_take_down(struct ui *ui, int unit, int item, int64_t no) {
  struct view *v = view_form_new(ui, unit, item, no, (struct period){ 0 });
  if (v != NULL) ((struct form *)v)->focus = FIELD_REMOVED;
  return v;
}
