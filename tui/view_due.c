/* The due list of where one stands (a unit with all below it): overdue, due within ten work
 * days, to be taken down, to be confirmed.  What is due is found by the same code as for the todo
 * command; here each row is one Enter away from its form, and confirm slots are gathered by
 * unit, domain and period.
 */
#include "checklists/todo.h"
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD_WORKDAYS 10

struct due {
  struct view view; /* first */
  struct ui *ui;
  struct item_rows part[TODO_KINDS];
  int confirm; /* slots behind the confirm rows */
  bool many; /* several units: each row says which */
};

static const struct item_rows *part(const struct due *v, int i) {
  return &v->part[i];
}

/* Line i of the list: a row of a part, or (NULL) the heading of part *which. */
static const struct item_row *line(const struct due *v, int i, int *which) {
  for (int p = 0; p < TODO_KINDS; p++) {
    int n = (int)part(v, p)->n;
    *which = p;
    if (n == 0) continue;
    if (i == 0) return NULL;
    if (i <= n) return &part(v, p)->row[i - 1];
    i -= n + 1;
  }
  return NULL;
}

static int count(void *owner) {
  int n = 0;
  for (int p = 0; p < TODO_KINDS; p++) {
    int rows = (int)part(owner, p)->n;
    n += rows > 0 ? rows + 1 : 0;
  }
  return n;
}

static bool selectable(void *owner, int i) {
  int which;
  return line(owner, i, &which) != NULL;
}

static bool first_of_part(void *owner, int i) {
  int which;
  return i > 0 && line(owner, i - 1, &which) == NULL;
}

/* ---- drawing */

static void draw_part(const struct due *v, struct screen *s, struct rect at, int which) {
  static const char *const names[TODO_KINDS] = { N_("逾期未公开"), N_("十个工作日内到期"),
                                                  N_("公示期已满，该撤下"), N_("待确认") };
  struct text text = { 0 };
  text_addf(&text, "-- %s %zu --", _(names[which]), part(v, which)->n);
  screen_put(s, at.row, at.col + 1, at.cols - 1, which == TODO_OVERDUE ? ATTR_WARN : ATTR_STRONG,
             text_str(&text));
  text_free(&text);
}

/* A confirm row stands for all open slots of a unit's domain. */
static void draw_confirm(const struct due *v, struct screen *s, struct rect at, const struct item_row *r,
                         bool selected) {
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  const struct domain *d = &v->ui->catalogue->domains[ui_item(v->ui, r->item)->domain];
  struct text text = { 0 };
  int col = 2, width = at.cols < 72 ? 12 : at.cols < 100 ? 14 : 22;
  text_addf(&text, _("%s %s　%d 项待确认　"), d->no, d->name, r->records);
  period_add(&text, r->recurrence);
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  if (v->many) screen_fit(s, at.row, col, width, attr, ui_unit(v->ui, r->unit)->name, false);
  if (v->many) col += width + 1;
  screen_fit(s, at.row, col, at.cols - col - 1, attr, text_str(&text), false);
  text_free(&text);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct due *v = owner;
  int which;
  const struct item_row *r = line(v, i, &which);
  if (r == NULL) draw_part(v, s, at, which);
  else if (which == TODO_CONFIRM) draw_confirm(v, s, at, r, selected);
  else draw_item_row(v->ui, s, at, r, selected, v->many);
}

static const struct list_ops list_ops = { .count = count, .selectable = selectable, .marked = first_of_part,
                                          .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  draw_item_head(&ui->screen, at, ((struct due *)view)->many);
  bool empty = count(view) == 0 && view->generation != 0; /* and not just unreadable */
  if (empty) screen_put(&ui->screen, at.row + 2, 2, at.cols - 2, ATTR_PLAIN, _("没有待办。"));
  list_draw(&view->list, &list_ops, view, &ui->screen, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  const struct due *v = (const struct due *)view;
  (void)ui;
  text_addf(out, _("待办　逾期 %zu　十个工作日内到期 %zu　"), v->part[TODO_OVERDUE].n, v->part[TODO_DUE].n);
  if (v->part[TODO_TAKE_DOWN].n > 0) text_addf(out, _("该撤下 %zu　"), v->part[TODO_TAKE_DOWN].n);
  text_addf(out, _("待确认 %d"), v->confirm);
}

/* ---- data */

/* Open confirm slots of a unit's domain in one period are one row, whose records counts them. */
static void gather(struct due *v, const struct todo_entry *entry, const struct item_row *row) {
  struct item_rows *c = &v->part[TODO_CONFIRM];
  int domain = ui_item(v->ui, entry->item)->domain;
  v->confirm++;
  for (size_t i = c->n; i-- > 0 && c->row[i].unit == entry->unit; ) {
    if (ui_item(v->ui, c->row[i].item)->domain != domain) break;
    if (!period_same(c->row[i].recurrence, entry->period)) continue;
    c->row[i].records++;
    return;
  }
  item_rows_add(c, row);
}

static void take_entry(struct due *v, const struct todo_entry *entry) {
  static const enum slot_state states[TODO_KINDS] = { STATE_OVERDUE, STATE_PENDING, STATE_PUBLISHED,
                                                      STATE_UNCHECKED };
  struct item_row row = { .unit = entry->unit,
                          .item = entry->item,
                          .recurrence = entry->period,
                          .no = entry->no,
                          .slot = true,
                          .state = states[entry->kind],
                          .due = entry->due,
                          .event = entry->from,
                          .take_down = entry->kind == TODO_TAKE_DOWN };
  row.records = entry->kind == TODO_CONFIRM;
  if (entry->kind == TODO_CONFIRM) gather(v, entry, &row);
  else item_rows_add(&v->part[entry->kind], &row);
}

static bool below(const struct ui *ui, int unit, int top) {
  while (unit >= 0 && unit != top) unit = ui_unit(ui, unit)->parent;
  return unit == top;
}

static void forget(struct due *v) {
  for (int i = 0; i < TODO_KINDS; i++) item_rows_free(&v->part[i]);
  v->confirm = 0;
}

static void refresh(struct view *view, struct ui *ui) {
  struct due *v = (struct due *)view;
  struct error e = { 0 };
  bool *units = calloc(ui->n_units, sizeof *units);
  int n = 0;
  struct todo todo = { .wb = ui->wb, .calendar = ui->calendar, .on = ui->app->on, .units = units };
  todo.until = calendar_add_workdays(ui->calendar, ui->app->on, AHEAD_WORKDAYS);
  for (size_t i = 0; i < ui->n_units && units != NULL; i++) n += units[i] = below(ui, (int)i, view->unit);
  forget(v);
  v->many = n > 1;
  enum status st = units == NULL ? error_nomem(&e) : todo_find(&todo, &e);
  for (size_t i = 0; i < todo.n && st == ST_OK; i++) take_entry(v, &todo.list[i]);
  if (st != ST_OK) ui_fail(ui, &e);
  todo_free(&todo);
  free(units);
  list_select(&view->list, &list_ops, v, view->list.selected);
}

/* ---- requests */

/* A confirm row may be of the period before. */
static void look_at_period(struct ui *ui, struct period p) {
  struct error e = { 0 };
  if (!period_same(ui->period, p) && ui_set_period(ui, p, &e) != ST_OK) ui_fail(ui, &e);
}

static unsigned open_row(struct ui *ui, const struct item_row *r, int which) {
  int domain = ui_item(ui, r->item)->domain;
  if (which == TODO_CONFIRM) {
    look_at_period(ui, r->recurrence);
    ui_push(ui, view_items_new(ui, r->unit, domain, r->item));
  } else if (r->take_down) {
    ui_push(ui, view_form_take_down(ui, r->unit, r->item, r->no));
  } else {
    ui_push(ui, view_form_new(ui, r->unit, r->item, r->no, r->recurrence));
  }
  return UI_HANDLED;
}

static void confirm_none(struct ui *ui, struct item_row r, const char *reason) {
  struct error e = { 0 };
  struct period keep = ui->period;
  int n = 0;
  look_at_period(ui, r.recurrence);
  if (change_none_domain(ui, r.unit, ui_item(ui, r.item)->domain, reason, &n, &e) != ST_OK) ui_fail(ui, &e);
  else if (n == 0) ui_say(ui, _("这里是要长期公开的，不能一并记为本期无：请回车打开，逐项处理"));
  else ui_say(ui, _("已确认 %d 项本期没有（Ctrl-Z 一次全部撤销）"), n);
  look_at_period(ui, keep);
}

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct due *v = (struct due *)view;
  int which;
  const struct item_row *r = line(v, view->list.selected, &which);
  if (which != TODO_CONFIRM) return change_none(ui, r->unit, r->item, r->no, r->recurrence, reason);
  confirm_none(ui, *r, reason);
  return UI_HANDLED;
}

static unsigned publish(struct ui *ui, const struct item_row *r, int which) {
  if (which == TODO_OVERDUE || which == TODO_DUE)
    return change_publish(ui, r->unit, r->item, r->no, r->recurrence);
  if (which == TODO_CONFIRM) ui_say(ui, _("这一行是整个领域：回车打开后逐项公开，或按 F6 记为本期无"));
  else ui_say(ui, _("公示期已满：回车打开，填撤下日期"));
  return UI_HANDLED;
}

static unsigned ask_none(struct ui *ui, const struct item_row *r, int which) {
  bool event = item_is_event(ui_item(ui, r->item));
  if (which == TODO_TAKE_DOWN || (event && which != TODO_CONFIRM))
    ui_say(ui, _("这一条已有记录，不能记为本期无"));
  else ui_ask_line(ui, _("本期无，理由："), _("本期无此事项"), none_answered);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct due *v = (struct due *)view;
  int which;
  if (r == REQ_DUE) return UI_HANDLED;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  const struct item_row *row = view->list.selected < 0 ? NULL : line(v, view->list.selected, &which);
  if (row == NULL) return UI_IGNORED;
  switch (r) {
  case REQ_OPEN: return open_row(ui, row, which);
  case REQ_PUBLISH: return publish(ui, row, which);
  case REQ_BASIS: ui_push(ui, view_basis_new(ui, row->unit, row->item)); return UI_HANDLED;
  case REQ_NONE: return ask_none(ui, row, which);
  default: return UI_IGNORED;
  }
}

static void close_view(struct view *view) {
  struct due *v = (struct due *)view;
  forget(v);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_PUBLISH, REQ_NONE, REQ_BASIS, REQ_SEEK, REQ_BACK,
                                      REQ_HELP, REQ_UNDO, REQ_QUIT, REQ_PAGE_DOWN, REQ_REDO, REQ_NONE_GIVEN
                                      };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .close = close_view };

struct view *view_due_new(struct ui *ui, int unit) {
  struct due *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  return &v->view;
}
