/* The form of one record: its life, and what keys do in it.
 *
 * There is no "save": a field is stored as one step when the cursor leaves it.  What the
 * validator refuses keeps one in the field, with its sentence; the same key again gives the
 * typed text up.  A record is begun by the first field that is filled.  Last period's values stand in
 * empty fields as proposals; nothing of them is stored before it is accepted.
 */
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/form.h"
#include "tui/paste_table.h"
#include "tui/rows.h"

#include <stdlib.h>

/* ---- reading */

static void type_late(struct form *f) {
  if (f->late == NULL) return;
  if (f->waiting != f->focus) form_focus(f, f->waiting);
  edit_replace(&f->edit, f->late);
  form_choose_fields(f); /* the draft's field may be one that the form has no more */
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

static void choose_ops(struct form *f);

static void look_again(struct form *f) {
  table_size(form_seen(f, FIELD_TABLE), &f->table_rows, &f->table_cols);
  form_personal_stale(f);
  f->ticks_stale = true;
  choose_ops(f);
}

static void refresh(struct view *view, struct ui *ui) {
  struct form *f = (struct form *)view;
  struct error e = { 0 };
  char *before = str_dup(record_get(&f->record, f->focus));
  bool typed = f->loaded && form_typed(f);
  struct record now = { 0 };
  if (f->no == 0) f->no = find_record(f);
  enum status st = f->no != 0 ? wb_get(ui->wb, f->no, &now, &e) : ST_NOINPUT;
  if (st == ST_NOINPUT) st = record_start(ui, view->unit, f->item, f->recurrence, &now, &e);
  if (st == ST_OK) {
    record_free(&f->record);
    f->record = now;
    if (cadence_recurs(ui_item(ui, f->item)->cadence))
      (void)period_parse(record_get(&f->record, FIELD_PERIOD), &f->recurrence);
    form_look_back(f);
  } else {
    ui_fail(ui, &e);
  }
  enum record_field was = f->focus;
  form_choose_fields(f);
  bool same = was == f->focus && str_same(before, record_get(&f->record, f->focus));
  if (!f->loaded || was != f->focus || (!typed && !same)) form_focus(f, f->focus);
  if (typed && was == f->focus && !same) form_say_overtaken(f);
  f->loaded = true;
  look_again(f);
  free(before);
  type_late(f);
}

static bool work(struct view *view, struct ui *ui) {
  struct form *f = (struct form *)view;
  (void)ui;
  return f->loaded && (form_personal_scan(f, true) || form_asked_look(f, true));
}

static bool settle(struct view *view, struct ui *ui, bool force) {
  struct form *f = (struct form *)view;
  (void)ui;
  if (f->paste.len > 0) form_flush(f);
  return form_settle(f, force);
}

/* ---- moving */

/* Into another field; what was typed in the one before may have been given up. */
static void enter_field(struct form *f, enum record_field field) {
  if (field == f->focus) return;
  f->personal[f->focus].stale = form_personal_field(f->focus);
  form_focus(f, field);
  choose_ops(f);
}

/* To a field by its name, once this one is settled. */
static unsigned go(struct form *f, enum record_field field, enum request r) {
  if (!ui_settle(f->ui, r)) return UI_HANDLED | UI_ERROR;
  form_choose_fields(f);
  for (int i = 0; i < f->n_fields; i++)
    if (f->field[i] == field) enter_field(f, field);
  return UI_HANDLED;
}

/* To the field `by` further on.  round: from the last to the first. */
static unsigned move(struct form *f, int by, bool round, enum request r) {
  if (!ui_settle(f->ui, r)) return UI_HANDLED | UI_ERROR;
  form_choose_fields(f);
  int to = form_position(f) + by;
  if (round) to = (to % f->n_fields + f->n_fields) % f->n_fields;
  if (to < 0) to = 0;
  if (to >= f->n_fields) {
    to = f->n_fields - 1;
    if (f->ui->message.len == 0) ui_say(f->ui, _("这是最后一栏。填过的都已存好，按 Esc 返回"));
  }
  enter_field(f, f->field[to]);
  return UI_HANDLED;
}

/* ---- changing what is typed */

static unsigned set_day(struct form *f, day d) {
  char iso[16];
  edit_replace(&f->edit, day_iso(d, iso));
  f->edit.whole = true;
  return UI_HANDLED;
}

/* + - [ ] on a whole date, a blank or a dot for today where there is none. */
static bool day_by_key(struct form *f, struct key k) {
  day d = form_day(f, f->focus), to;
  bool empty = f->edit.text.len == 0, today = k.cp == '.' || k.cp == ' ' || k.cp == 0x3002 || k.cp == 0xFF0E;
  if (empty && today && k.kind == K_CHAR) set_day(f, f->ui->app->on);
  else if ((empty || d != DAY_NONE) && date_key(k, d, f->ui->app->on, &to)) set_day(f, to);
  else return false;
  return true;
}

static void take_checks(struct form *f) {
  struct text names = { 0 };
  checks_add_names(&names, f->checks.chosen, "、");
  edit_replace(&f->edit, text_str(&names));
  text_free(&names);
}

static void read_checks(struct form *f) {
  f->checks.own = ui_item(f->ui, f->item)->channels;
  f->checks.chosen = checks_read(edit_get(&f->edit));
}

static unsigned receive(struct form *f, struct key k) {
  if (k.kind == K_ENTER) text_addc(&f->paste, '\n');
  else if (k.kind == K_TAB) text_addc(&f->paste, '\t');
  else if (k.kind == K_CHAR) text_addcp(&f->paste, k.cp);
  return UI_HANDLED;
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct form *f = (struct form *)view;
  if (k.pasted) return receive(f, k);
  if (f->paste.len > 0) form_flush(f);
  if (f->focus == FIELD_CHANNELS) {
    read_checks(f);
    if (checks_key(&f->checks, k)) take_checks(f);
    else if (k.kind == K_CHAR) ui_say(ui, _("按数字勾选，或用方向键移动、空格勾选"));
    return UI_HANDLED;
  }
  if (field_kind(f->focus) == KIND_DAY && day_by_key(f, k)) return UI_HANDLED;
  if (field_kind(f->focus) == KIND_DAY && k.cp == 0x3002) k.cp = '.'; /* the dot of an input method */
  enum edit_result r = edit_insert(&f->edit, k);
  if (r == EDIT_FULL) ui_say(ui, _("本栏最多 %zu 字节，放不下了"), f->edit.limit);
  return r == EDIT_IGNORED ? UI_IGNORED : UI_HANDLED;
}

/* ---- requests */

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct form *f = (struct form *)view;
  if (!item_is_event(ui_item(ui, f->item)))
    return change_none(ui, view->unit, f->item, f->record.no, f->recurrence, reason);
  unsigned done = change_none(ui, view->unit, f->item, 0, (struct period){ 0 }, reason);
  return (done & UI_ERROR) != 0 ? done : done | UI_LEAVE; /* an event is no longer waited for */
}

static unsigned ask_none(struct form *f) {
  if (!form_settle(f, false)) return UI_HANDLED | UI_ERROR;
  if (item_is_event(ui_item(f->ui, f->item)))
    return change_ask_none(f->ui, f->view.unit, f->item, none_answered);
  ui_ask_line(f->ui, _("本期无，理由："), _("本期无此事项"), none_answered);
  return UI_HANDLED;
}

/* Enter: a proposal is accepted, a text gets a line break, anything else is done with. */
static unsigned enter(struct form *f) {
  if (form_untouched(f)) return form_accept(f) ? move(f, 1, false, REQ_ENTER) : UI_HANDLED | UI_ERROR;
  if (!f->edit.lines) return move(f, 1, false, REQ_ENTER);
  if (edit_insert(&f->edit, (struct key){ .kind = K_ENTER }) == EDIT_FULL)
    ui_say(f->ui, _("本栏最多 %zu 字节，放不下了"), f->edit.limit);
  return UI_HANDLED;
}

/* What a request means to the widget in focus; false: nothing. */
static bool in_field(struct form *f, enum request r) {
  if (r == REQ_UNDO) return edit_undo(&f->edit);
  if (r == REQ_REDO) return edit_redo(&f->edit);
  if (f->focus != FIELD_CHANNELS) return edit_request(&f->edit, r) != EDIT_IGNORED;
  if (r == REQ_CLEAR) return edit_request(&f->edit, r) != EDIT_IGNORED;
  return checks_request(&f->checks, r) || r == REQ_ERASE || r == REQ_DELETE;
}

/* To the first field or the last: a key that turns pages everywhere must not change a date. */
static unsigned page(struct form *f, enum request r) {
  return move(f, r == REQ_PAGE_UP ? -f->n_fields : f->n_fields - 1 - form_position(f), false, r);
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct form *f = (struct form *)view;
  if (f->paste.len > 0) form_flush(f);
  if (in_field(f, r)) return UI_HANDLED;
  switch (r) {
  case REQ_UP:
  case REQ_PREVIOUS: return move(f, -1, r == REQ_PREVIOUS, r);
  case REQ_DOWN:
  case REQ_NEXT: return move(f, 1, r == REQ_NEXT, r);
  case REQ_ENTER: return enter(f);
  case REQ_PAGE_UP:
  case REQ_PAGE_DOWN: return page(f, r);
  case REQ_PUBLISH: return form_publish(f);
  case REQ_TAKE_OVER: return form_take_over(f);
  case REQ_EDITOR: return form_edit_outside(f);
  case REQ_NONE: return ask_none(f);
  case REQ_SAVE:
    if (form_settle(f, false) && ui->message.len == 0)
      ui_say(ui, _("已存好。平时离开一栏就自动存好，不用另外保存"));
    return UI_HANDLED;
  default: return UI_IGNORED;
  }
}

/* ---- the mouse */

static unsigned click_field(struct form *f, enum record_field field, int row, int col) {
  bool there = field == f->focus;
  unsigned done = there ? UI_HANDLED : go(f, field, REQ_NEXT);
  if (field != f->focus) return done;
  if (field == FIELD_CHANNELS && there) {
    read_checks(f);
    if (checks_click(&f->checks, row + f->checks.at.row, col + f->checks.at.col)) take_checks(f);
  } else if (there && field_kind(field) != KIND_DAY) {
    edit_click(&f->edit, row, col);
  }
  return done;
}

static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  struct form *f = (struct form *)view;
  (void)ui;
  day d = f->pick.at.rows > 0 ? datepick_at(&f->pick, row, col) : DAY_NONE;
  if (d != DAY_NONE && field_kind(f->focus) == KIND_DAY) return set_day(f, d);
  for (int i = 0; i < f->n_fields; i++) {
    struct rect v = f->box[i].value;
    if (row < v.row || row >= v.row + v.rows || col >= v.col + v.cols) continue;
    return click_field(f, f->field[i], row - v.row, col > v.col ? col - v.col : 0);
  }
  return UI_HANDLED;
}

/* ---- life */

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
  record_free(&f->offer);
  edit_free(&f->edit);
  text_free(&f->paste);
  text_free(&f->offer_name);
  for (int i = 0; i < FIELD_COUNT; i++) text_free(&f->personal[i].words);
  free(f->late);
  free(f);
}

static const enum request hints[] = { REQ_NEXT, REQ_PUBLISH, REQ_NONE, REQ_BASIS, REQ_PRINT, REQ_UNDO, REQ_BACK,
                                      REQ_DUE, REQ_HISTORY, REQ_COPY, REQ_EDITOR, REQ_HELP, REQ_REDO, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const enum request offer_hints[] = { REQ_NEXT, REQ_TAKE_OVER, REQ_PUBLISH, REQ_NONE, REQ_BASIS, REQ_UNDO,
                                            REQ_BACK, REQ_DUE, REQ_PRINT, REQ_HISTORY, REQ_HELP, REQ_QUIT,
                                            REQ_NONE_GIVEN };
#define FORM_OPS(its_hints) \
  { .context = CTX_FORM, .hints = its_hints, .heading = heading, .refresh = refresh, .draw = form_draw, \
    .request = request, .key = key, .settle = settle, .work = work, .place = place, .click = click, \
    .close = close_view }
static const struct view_ops ops = FORM_OPS(hints), offer_ops = FORM_OPS(offer_hints);

static void choose_ops(struct form *f) {
  f->view.ops = form_offers(f) > 0 ? &offer_ops : &ops;
}

bool form_draft(const struct view *v, enum record_field *field, const char **text, const char **stored) {
  const struct form *f = (const struct form *)v;
  if ((v->ops != &ops && v->ops != &offer_ops) || !f->loaded || !form_typed(f)) return false;
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
  f->focus = FIELD_EVENT;
  f->code_modules = -1;
  return &f->view;
}

struct view *view_form_take_down(struct ui *ui, int unit, int item, int64_t no) {
  struct view *v = view_form_new(ui, unit, item, no, (struct period){ 0 });
  if (v != NULL) ((struct form *)v)->focus = FIELD_REMOVED;
  return v;
}
