/* One act on many rows as one step: published today, none for a reason, deleted.
 *
 * First every target is looked at, so that the step can say how many it is about; then all are stored or,
 * on the first error, none.  A target that is so already, or cannot be, is passed over and counted.
 */
#include "base/array.h"
#include "checklists/record.h"
#include "tui/change.h"
#include "tui/rows.h"

#include <stdlib.h>

void targets_add(struct targets *list, struct target t) {
  if (ARRAY_ROOM(list->t, list->n, list->cap)) list->t[list->n++] = t;
  else list->failed = true;
}

void targets_free(struct targets *list) {
  free(list->t);
  *list = (struct targets){ 0 };
}

/* ---- open confirm slots */

/* Plans are dear, so that of another period than the one seen is kept while it is asked for. */
struct asking {
  struct ui *ui;
  struct slot_plan *own; /* owned; NULL: none but the UI's */
};

static const struct slot_plan *plan_of(struct asking *a, struct period p) {
  struct ui *ui = a->ui;
  if (p.kind == PERIOD_NONE || period_same(p, ui->period)) return ui->plan;
  if (a->own != NULL && period_same(slots_period(a->own), p)) return a->own;
  slots_plan_free(a->own);
  a->own = slots_plan(ui->catalogue, ui->calendar, p, ui->app->on);
  return a->own;
}

static void note_confirm(const struct slot *slot, void *open) {
  if (slot->confirm && slot->state == STATE_UNCHECKED) *(bool *)open = true;
}

static void judge(const struct slot_plan *plan, const struct ui *ui, const struct target *t,
                  const struct slot_record *record, int n, bool *open) {
  const struct unit *u = ui_unit(ui, t->unit);
  *open = false;
  if (catalogue_asks(ui->catalogue, t->item, u->level, u->code))
    slots_list(plan, t->item, record, n, note_confirm, open);
}

static enum status confirm_is_open(struct asking *a, const struct target *t, bool *open, struct error *e) {
  struct record_bag bag;
  const struct slot_plan *plan = plan_of(a, t->recurrence);
  enum status st = record_bag_read(a->ui, t->unit, t->item, &bag, e);
  if (plan == NULL) st = error_nomem(e);
  if (st == ST_OK) judge(plan, a->ui, t, bag.record, (int)bag.n, open);
  record_bag_free(&bag);
  return st;
}

enum status targets_confirm(struct ui *ui, int unit, int domain, struct period period, struct targets *list,
                            struct error *e) {
  struct asking a = { .ui = ui };
  struct record_bag bag;
  const struct domain *d = &ui->catalogue->domains[domain];
  const struct slot_plan *plan = plan_of(&a, period);
  enum status st = record_bag_read(ui, unit, -1, &bag, e);
  size_t at = 0;
  if (plan == NULL) st = error_nomem(e);
  for (int i = d->first; i < d->first + d->n && st == ST_OK; i++) {
    int n;
    bool open;
    struct target t = { .unit = unit, .item = i, .recurrence = period };
    const struct slot_record *record = record_bag_of(&bag, &at, i, &n);
    judge(plan, ui, &t, record, n, &open);
    if (open) targets_add(list, t);
  }
  record_bag_free(&bag);
  slots_plan_free(a.own);
  return st == ST_OK && list->failed ? error_nomem(e) : st;
}

unsigned change_ask_none(struct ui *ui, int unit, int item,
                         unsigned (*done)(struct view *v, struct ui *ui, const char *answer)) {
  struct asking a = { .ui = ui };
  struct error e = { 0 };
  struct text label = { 0 };
  bool open;
  enum status st = confirm_is_open(&a, &(struct target){ .unit = unit, .item = item }, &open, &e);
  period_add_cn(&label, ui->period);
  if (st != ST_OK) {
    ui_fail(ui, &e);
  } else if (!open) {
    ui_say(ui, _("%s已有登记，或已经记为本期无"), text_str(&label));
  } else {
    text_add(&label, _("本期无，理由："));
    ui_ask_line(ui, text_str(&label), _("本期无此事项"), done);
  }
  text_free(&label);
  slots_plan_free(a.own);
  return UI_HANDLED;
}

/* ---- acts */

enum act_kind { ACT_PUBLISH, ACT_NONE, ACT_DELETE };
struct act {
  struct asking asking;
  enum act_kind kind;
  const char *verb, *reason; /* reason: of ACT_NONE */
  struct targets todo;
  int already, events;       /* passed over: so already; an event that has to be written first */
};

static bool is_up(const struct record *r, const struct item *item, day on) {
  day published = record_day(r, FIELD_PUBLISHED), changed = record_day(r, FIELD_EVENT);
  if (published == DAY_NONE || published > on || record_day(r, FIELD_REMOVED) != DAY_NONE) return false;
  return item->cadence != CAD_STANDING || changed == DAY_NONE || changed <= published;
}

/* Load what is stored for t; a record that another window made is found by its natural key. */
static enum status load(struct ui *ui, struct target *t, struct record *r, struct error *e) {
  struct text uid = { 0 };
  bool event = item_is_event(ui_item(ui, t->item));
  struct period recurrence = event ? (struct period){ 0 } : t->recurrence;
  enum status st = record_load(ui, t->unit, t->item, t->no, recurrence, r, e);
  if (st != ST_OK || t->no != 0) return st;
  if (record_natural_uid(&uid, ui_item(ui, t->item), ui_unit(ui, t->unit)->code, r))
    t->no = wb_find_uid(ui->wb, text_str(&uid));
  text_free(&uid);
  if (t->no == 0) return ST_OK;
  record_free(r);
  return wb_get(ui->wb, t->no, r, e);
}

/* One that can be stored goes to todo; any other is counted. */
static enum status look_at(struct act *a, struct target t, struct error *e) {
  struct ui *ui = a->asking.ui;
  const struct item *item = ui_item(ui, t.item);
  bool publish = a->kind == ACT_PUBLISH, event = item_is_event(item), open = true;
  struct record r;
  if (a->kind == ACT_DELETE) {
    if (t.no != 0) targets_add(&a->todo, t);
    return ST_OK;
  }
  if (event && publish && t.no == 0) {
    a->events++;
    return ST_OK;
  }
  enum status st = event && !publish ? confirm_is_open(&a->asking, &t, &open, e) : ST_OK;
  if (st == ST_OK) st = load(ui, &t, &r, e);
  if (st != ST_OK) return st;
  bool done = !open || !str_empty(r.value[FIELD_NONE]) || is_up(&r, item, ui->app->on);
  if (publish && record_lacks_event(ui, t.item, &r)) {
    a->events++;
    record_free(&r);
    return ST_OK;
  }
  if (!publish && (record_day(&r, FIELD_PUBLISHED) != DAY_NONE || (event && t.no != 0))) done = true;
  if (done) a->already++;
  else targets_add(&a->todo, t);
  record_free(&r);
  return st;
}

static enum status store(struct act *a, const struct target *t, struct error *e) {
  struct ui *ui = a->asking.ui;
  struct record r;
  struct target found = *t;
  if (a->kind == ACT_DELETE) return wb_delete(ui->wb, t->no, e);
  enum status st = load(ui, &found, &r, e);
  if (st != ST_OK) return st;
  st = a->kind == ACT_PUBLISH ? record_make_published(ui, &r, e)
                              : record_make_none(ui, &r, t->recurrence, a->reason, e);
  if (st == ST_OK) st = wb_put(ui->wb, &r, NULL, e);
  if (st != ST_OK) {
    struct text place = { 0 };
    text_addf(&place, "%s %s", ui_item(ui, t->item)->id, ui_unit(ui, t->unit)->name);
    error_at(e, NULL, 0, text_str(&place));
    text_free(&place);
  }
  record_free(&r);
  return st;
}

/* "公开 12 项 城西社区居委会", "公开 12 项 3 个单位" */
static void add_label(const struct act *a, struct text *out) {
  int units = 0, last = -1;
  for (size_t i = 0; i < a->todo.n; i++) {
    units += a->todo.t[i].unit != last;
    last = a->todo.t[i].unit;
  }
  text_addf(out, _("%s %zu 项 "), a->verb, a->todo.n);
  if (units == 1) text_add(out, ui_unit(a->asking.ui, last)->name);
  else text_addf(out, _("%d 个单位"), units);
}

/* Views count again what they show of that unit; of several, all. */
static void tell(struct act *a) {
  int unit = a->todo.t[0].unit;
  for (size_t i = 1; i < a->todo.n; i++)
    if (a->todo.t[i].unit != unit) unit = -1;
  ui_changed_in(a->asking.ui, unit);
}

static enum status store_all(struct act *a, const char *label, struct error *e) {
  struct ui *ui = a->asking.ui;
  enum status st = wb_begin(ui->wb, label, ui->app->person, ui_now(ui), e);
  for (size_t i = 0; i < a->todo.n && st == ST_OK; i++) st = store(a, &a->todo.t[i], e);
  if (st == ST_OK) st = wb_commit(ui->wb, e);
  if (st == ST_OK) tell(a);
  else wb_cancel(ui->wb);
  return st;
}

/* label NULL: made from the verb and the number. */
static enum status run(struct act *a, const struct target *t, size_t n, const char *label, struct error *e) {
  enum status st = ST_OK;
  struct text own = { 0 };
  for (size_t i = 0; i < n && st == ST_OK; i++) st = look_at(a, t[i], e);
  if (st == ST_OK && a->todo.failed) st = error_nomem(e);
  add_label(a, &own);
  if (st == ST_OK && a->todo.n > 0) st = store_all(a, label != NULL ? label : text_str(&own), e);
  text_free(&own);
  slots_plan_free(a->asking.own);
  return st;
}

static unsigned say(struct act *a, enum status st, const struct error *e) {
  struct ui *ui = a->asking.ui;
  struct text text = { 0 };
  if (a->todo.n > 0) text_addf(&text, _("已记下：%s %zu 项（Ctrl-Z 一次全部撤销）"), a->verb, a->todo.n);
  else text_add(&text, _("没有改动"));
  if (a->already > 0) text_addf(&text, _("；%d 项已经办过，没有动"), a->already);
  if (a->events > 0) text_addf(&text, _("；%d 项要打开逐件填"), a->events);
  if (st == ST_OK) ui_say(ui, "%s", text_str(&text));
  else ui_fail(ui, e);
  text_free(&text);
  targets_free(&a->todo);
  return st == ST_OK ? UI_HANDLED : UI_HANDLED | UI_ERROR;
}

static unsigned act_on(struct act *a, const struct target *t, size_t n) {
  struct error e = { 0 };
  enum status st = run(a, t, n, NULL, &e);
  return say(a, st, &e);
}

unsigned change_publish_many(struct ui *ui, const struct target *t, size_t n) {
  struct act a = { .asking = { .ui = ui }, .kind = ACT_PUBLISH, .verb = _("公开") };
  return act_on(&a, t, n);
}

unsigned change_none_many(struct ui *ui, const struct target *t, size_t n, const char *reason) {
  struct act a = { .asking = { .ui = ui }, .kind = ACT_NONE, .verb = _("本期无"), .reason = reason };
  return act_on(&a, t, n);
}

/* None of an event item is a record of its own, whatever record its row shows. */
unsigned change_marked(struct ui *ui, const struct item_rows *rows, const struct list *list, const char *reason) {
  struct error e = { 0 };
  struct targets marked = { 0 };
  unsigned done = UI_HANDLED | UI_ERROR;
  for (int i = list_next_mark(list, 0); i >= 0 && (size_t)i < rows->n; i = list_next_mark(list, i + 1)) {
    const struct item_row *r = &rows->row[i];
    bool apart = reason != NULL && item_is_event(ui_item(ui, r->item));
    targets_add(&marked, (struct target){ r->unit, r->item, apart ? 0 : r->no, r->recurrence });
  }
  if (marked.failed) {
    error_nomem(&e);
    ui_fail(ui, &e);
  } else if (reason == NULL) {
    done = change_publish_many(ui, marked.t, marked.n);
  } else {
    done = change_none_many(ui, marked.t, marked.n, reason);
  }
  targets_free(&marked);
  return done;
}

unsigned change_delete_many(struct ui *ui, const struct target *t, size_t n) {
  struct act a = { .asking = { .ui = ui }, .kind = ACT_DELETE, .verb = _("删除") };
  return act_on(&a, t, n);
}

enum status change_none_domain(struct ui *ui, int unit, int domain, const char *reason, int *n,
                               struct error *e) {
  struct targets list = { 0 };
  struct act a = { .asking = { .ui = ui }, .kind = ACT_NONE, .verb = _("本期无"), .reason = reason };
  struct text label = { 0 };
  enum status st = targets_confirm(ui, unit, domain, ui->period, &list, e);
  text_addf(&label, _("本期无 %s 整个领域 %s"), ui->catalogue->domains[domain].no, ui_unit(ui, unit)->name);
  if (st == ST_OK) st = run(&a, list.t, list.n, text_str(&label), e);
  *n = st == ST_OK ? (int)a.todo.n : 0;
  text_free(&label);
  targets_free(&list);
  targets_free(&a.todo);
  return st;
}
