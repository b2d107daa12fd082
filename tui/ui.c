/* The one loop's heart: a key becomes a request, the request goes to a question, to what every
 * view shares (help, due list, undo, period, leaving), or to the view on top.
 *
 * Before anything leaves a view, or changes the workbook under it, the view settles what is
 * being typed; refused once, the same key again gives the typed text up.
 */
#include "tui/ui.h"
#include "tui/change.h"

#include <stdlib.h>
#include <string.h>

#define LAST_TRIES 10 /* each waits for some seconds */

/* ---- for views */

const struct unit *ui_unit(const struct ui *ui, int unit) {
  return &ui->units[unit];
}

const struct item *ui_item(const struct ui *ui, int item) {
  return &ui->catalogue->items[item];
}

bool ui_is_below(const struct ui *ui, int unit, int top) {
  while (unit >= 0 && unit != top) unit = ui_unit(ui, unit)->parent;
  return unit == top;
}

/* Units are ordered by code, so what lies below one follows it. */
int ui_last_below(const struct ui *ui, int unit) {
  int last = unit < 0 ? (int)ui->n_units - 1 : unit;
  while ((size_t)last + 1 < ui->n_units && ui_is_below(ui, last + 1, unit)) last++;
  return last;
}

void ui_say(struct ui *ui, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  text_clear(&ui->message);
  text_addvf(&ui->message, fmt, ap);
  va_end(ap);
  ui->message_is_error = false;
}

void ui_fail(struct ui *ui, const struct error *e) {
  text_clear(&ui->message);
  text_add(&ui->message, e->text);
  ui->message_is_error = true;
  ui->failed = e->status;
}

void ui_push(struct ui *ui, struct view *v) {
  struct error e;
  if (v == NULL) {
    error_nomem(&e);
    ui_fail(ui, &e);
    return;
  }
  v->below = ui->top;
  ui->top = v;
}

static void pop(struct ui *ui) {
  struct view *v = ui->top;
  ui->top = v->below;
  list_unmark(&v->list);
  v->ops->close(v);
}

void ui_changed_in(struct ui *ui, int unit) {
  ui->generation++;
  ui->touched[ui->generation % UI_TOUCHED] = unit;
}

void ui_changed(struct ui *ui) {
  ui_changed_in(ui, -1);
}

int64_t ui_now(const struct ui *ui) {
  return ui->clock != NULL ? ui->clock() : ui->app->now;
}

void ui_place(const struct ui *ui, struct place *p) {
  struct view *v = ui->top;
  *p = (struct place){ .unit = v->unit, .domain = -1, .item = -1 };
  if (v->ops->place != NULL) v->ops->place(v, (struct ui *)ui, p);
}

enum status ui_set_period(struct ui *ui, struct period p, struct error *e) {
  struct slot_plan *plan = slots_plan(ui->catalogue, ui->calendar, p, ui->app->on);
  if (plan == NULL) return error_nomem(e);
  slots_plan_free(ui->plan);
  ui->plan = plan;
  ui->period = p;
  ui->base_ready = false;
  ui_changed_in(ui, UI_NO_UNIT);
  return ST_OK;
}

/* ---- questions */

static void ask(struct ui *ui, const char *label, const char *initial, bool line,
                unsigned (*done)(struct view *v, struct ui *ui, const char *answer)) {
  text_clear(&ui->question.label);
  text_add(&ui->question.label, label);
  ui->question.edit.limit = LINE_MAX_BYTES;
  edit_set(&ui->question.edit, initial);
  ui->question.edit.whole = *initial != '\0'; /* another text is typed in its place */
  ui->question.line = line;
  ui->question.confirm = !line;
  ui->question.done = done;
}

void ui_ask_line(struct ui *ui, const char *label, const char *initial,
                 unsigned (*done)(struct view *v, struct ui *ui, const char *answer)) {
  ask(ui, label, initial, true, done);
}

void ui_ask(struct ui *ui, const char *label,
            unsigned (*done)(struct view *v, struct ui *ui, const char *answer)) {
  ask(ui, label, "", false, done);
}

static void end_question(struct ui *ui) {
  ui->question.line = ui->question.confirm = false;
}

/* ---- leaving */

/* Locked, full disk: may work in a moment. */
static bool may_pass(enum status st) {
  return st == ST_BUSY || st == ST_IO || st == ST_CANTCREATE;
}

bool ui_settle(struct ui *ui, enum request r) {
  struct view *v = ui->top;
  ui->failed = ST_OK;
  if (v->ops->settle == NULL || v->ops->settle(v, ui, ui->insisted == r)) return true;
  bool keep = may_pass(ui->failed) && r != REQ_QUIT;
  text_add(&ui->message, keep ? _("（填的字还在，过一会儿再按这个键）") : _("（再按一次这个键，放弃本栏的改动）"));
  ui->insisted = keep ? REQ_NONE_GIVEN : r;
  return false;
}

/* Esc goes home from anywhere, so one too many does not end the program. */
static void close_top(struct ui *ui) {
  if (ui->top->below != NULL) {
    pop(ui);
  } else if (ui->leaving > 0) {
    ui->quit = true;
  } else {
    ui->leaving = 2;
    ui_say(ui, _("要退出再按一次 Esc；填过的都已存好"));
  }
}

/* Nobody can press the key again, so a locked workbook is waited for. */
static bool settle_at_last(struct view *v, struct ui *ui) {
  for (int i = 0; i < LAST_TRIES; i++) {
    ui->failed = ST_OK;
    if (v->ops->settle(v, ui, false)) return true;
    if (ui->failed != ST_BUSY) return false;
  }
  return false;
}

/* Asked to end from outside: keep what is valid, give the rest up. */
static void end_by_signal(struct ui *ui, int signo) {
  for (struct view *v = ui->top; v != NULL; v = v->below)
    if (v->ops->settle != NULL && !settle_at_last(v, ui)) (void)v->ops->settle(v, ui, true);
  ui->signal = signo;
  ui->quit = true;
}

/* ---- requests */

static void change_period(struct ui *ui, int by) {
  struct error e = { 0 };
  struct text name = { 0 };
  enum status st = ui_set_period(ui, period_step(ui->period, by), &e);
  period_add_cn(&name, ui->period);
  if (st == ST_OK) ui_say(ui, _("现在看的是%s"), text_str(&name));
  else ui_fail(ui, &e);
  text_free(&name);
}

/* The day's work stands at the bottom already; deeper down it is that of the unit one stands in. */
static void open_due(struct ui *ui) {
  int unit = ui->top->unit;
  struct view *bottom = ui->top;
  while (bottom->below != NULL) bottom = bottom->below;
  if (unit != bottom->unit) ui_push(ui, view_due_new(ui, unit));
  else while (ui->top->below != NULL) pop(ui);
}

static void open_basis(struct ui *ui, const struct place *p) {
  if (p->item >= 0) ui_push(ui, view_basis_new(ui, p->unit, p->item));
  else ui_say(ui, _("先站到一个事项上，再看它的依据"));
}

static void open_copy(struct ui *ui, const struct place *p) {
  if (p->no != 0) ui_push(ui, view_copy_new(ui, p));
  else ui_say(ui, _("先站到一条填好的记录上，再复制给其他村"));
}

static int top_unit(const struct ui *ui);

static void open_units(struct ui *ui) {
  int top = top_unit(ui);
  ui_push(ui, ui->n_units == 1 ? view_domains_new(ui, top) : view_units_new(ui, top));
}

/* Requests that start from what one stands on.  True when it was one. */
static bool place_request(struct ui *ui, enum request r) {
  struct place p;
  ui_place(ui, &p);
  switch (r) {
  case REQ_BASIS: open_basis(ui, &p); return true;
  case REQ_HISTORY: ui_push(ui, view_history_new(ui, &p)); return true;
  case REQ_PRINT: ui_push(ui, view_print_new(ui, &p)); return true;
  case REQ_COPY: open_copy(ui, &p); return true;
  case REQ_SEARCH: ui_push(ui, view_search_new(ui, p.unit)); return true;
  case REQ_SUMMARY: ui_push(ui, view_summary_new(ui, p.unit)); return true;
  case REQ_UNITS: open_units(ui); return true;
  default: return false;
  }
}

/* Requests that every view has.  True when it was one. */
static bool shared_request(struct ui *ui, enum request r) {
  switch (r) {
  case REQ_HELP: ui_push(ui, view_help_new(ui, ui->top->ops->context)); return true;
  case REQ_DUE: open_due(ui); return true;
  case REQ_UNDO: change_undo(ui, false); return true;
  case REQ_REDO: change_undo(ui, true); return true;
  case REQ_PERIOD_BACK: change_period(ui, -1); return true;
  case REQ_PERIOD_ON: change_period(ui, 1); return true;
  case REQ_BACK:
  case REQ_OUT: close_top(ui); return true;
  case REQ_QUIT: ui->quit = true; return true;
  case REQ_SAVE: ui_say(ui, _("不用保存：填过的都已存好")); return true;
  case REQ_STOP: ui_say(ui, _("要退出请按 Ctrl-Q 或 F10；填过的都已存好")); return true;
  default: return place_request(ui, r);
  }
}

/* Those before which the field being typed must be settled. */
static bool needs_settling(enum request r) {
  return r == REQ_HELP || r == REQ_DUE || r == REQ_UNDO || r == REQ_REDO || r == REQ_BACK || r == REQ_QUIT ||
         r == REQ_BASIS || r == REQ_HISTORY || r == REQ_PRINT || r == REQ_COPY || r == REQ_SEARCH ||
         r == REQ_SUMMARY || r == REQ_UNITS;
}

static void question_key(struct ui *ui, enum request r, struct key k) {
  if (r == REQ_QUIT || r == REQ_REFUSE) {
    end_question(ui);
    if (r == REQ_QUIT) ui->quit = true;
  } else if (r == REQ_ACCEPT || r == REQ_YES) {
    char *answer = str_dup(ui->question.line ? edit_get(&ui->question.edit) : "");
    end_question(ui);
    unsigned done = answer != NULL ? ui->question.done(ui->top, ui, answer) : UI_HANDLED;
    free(answer);
    if ((done & UI_LEAVE) != 0) close_top(ui);
  } else if (ui->question.line) {
    if (r == REQ_NONE_GIVEN) edit_insert(&ui->question.edit, k);
    else edit_request(&ui->question.edit, r);
  }
}

static enum context context_now(const struct ui *ui) {
  if (ui->question.line) return CTX_PROMPT;
  if (ui->question.confirm) return CTX_CONFIRM;
  return ui->top->ops->context;
}

/* Another window may have changed the workbook.  Not asked while typing, nor of one just found locked,
 * which would hold up the keys. */
static void look_elsewhere(struct ui *ui, enum request r) {
  if (r == REQ_NONE_GIVEN || (keymap_get(r)->contexts & CTX_PROMPT) != 0 || ui->failed == ST_BUSY) return;
  int64_t version = wb_version(ui->wb);
  if (version == 0 || version == ui->version) return;
  ui->version = version;
  ui_changed(ui);
}

static void view_key(struct ui *ui, enum request r, struct key k) {
  struct view *v = ui->top;
  unsigned done = UI_IGNORED;
  if (r != REQ_NONE_GIVEN) done = v->ops->request(v, ui, r);
  else if (v->ops->key != NULL) done = v->ops->key(v, ui, k);
  if ((done & UI_LEAVE) != 0) {
    close_top(ui);
    if ((done & UI_AGAIN) != 0 && k.kind == K_NONE) ui_request(ui, r);
    else if ((done & UI_AGAIN) != 0) ui_key(ui, k);
  } else if ((done & UI_HANDLED) == 0 && (!needs_settling(r) || ui_settle(ui, r))) {
    shared_request(ui, r);
  }
  if (!ui->quit) look_elsewhere(ui, r);
}

/* Characters typed ahead of a refusal land in the field that was refused: its sentence stays to be read. */
static bool unread(const struct ui *ui, enum request r) {
  return ui->ahead && ui->message_is_error && r == REQ_NONE_GIVEN;
}

static void act(struct ui *ui, enum request r, struct key k) {
  if (ui->leaving > 0) ui->leaving--;
  if (!unread(ui, r)) {
    text_clear(&ui->message);
    ui->message_is_error = false;
  }
  ui->failed = ST_OK;
  if (ui->question.line || ui->question.confirm) question_key(ui, r, k);
  else view_key(ui, r, k);
  if (!ui->message_is_error) ui->insisted = REQ_NONE_GIVEN;
}

void ui_request(struct ui *ui, enum request r) {
  act(ui, r, (struct key){ .kind = K_NONE });
}

void ui_key(struct ui *ui, struct key k) {
  if (k.kind == K_RESIZE || k.kind == K_NONE || k.kind == K_IDLE) return;
  if (k.kind == K_MOUSE) {
    ui_mouse(ui, k);
    return;
  }
  if (k.kind == K_SIGNAL) {
    end_by_signal(ui, (int)k.cp);
    return;
  }
  if (k.kind == K_PASTED && (ui->question.line || ui->question.confirm || ui->top->ops->key == NULL)) return;
  act(ui, keymap_find(context_now(ui), k), k);
}

bool ui_work(struct ui *ui) {
  struct view *v = ui->top;
  return !ui->quit && v->ops->work != NULL && v->ops->work(v, ui);
}

/* ---- life */

/* The unit that holds all others, or -1 when there are several. */
static int top_unit(const struct ui *ui) {
  int top = -1;
  for (size_t i = 0; i < ui->n_units; i++) {
    if (ui->units[i].parent >= 0) continue;
    if (top >= 0) return -1;
    top = (int)i;
  }
  return top;
}

enum status ui_open(struct ui *ui, struct app *app, struct workbook *wb, const struct calendar *calendar,
                    struct error *e) {
  ui->app = app;
  ui->wb = wb;
  ui->calendar = calendar;
  ui->version = wb_version(wb);
  ui->catalogue = wb_catalogue(wb);
  ui->units = wb_units(wb, &ui->n_units);
  if (ui->n_units == 0) return error_set(e, ST_DATA, "tui.no-units", _("台账里没有单位，请先导入单位"));
  enum status st = ui_set_period(ui, period_of(app->on, PERIOD_QUARTER), e);
  if (st != ST_OK) return st;
  ui_push(ui, view_due_new(ui, top_unit(ui)));
  return ui->top == NULL ? error_nomem(e) : ST_OK;
}

void ui_fini(struct ui *ui) {
  while (ui->top != NULL) pop(ui);
  slots_plan_free(ui->plan);
  screen_free(&ui->screen);
  text_free(&ui->message);
  text_free(&ui->question.label);
  edit_free(&ui->question.edit);
  memset(ui, 0, sizeof *ui);
}
