/* The day's work, the first screen: overdue, due within ten work days, to be taken down, 本期无 to be
 * said, to be confirmed; of a unit with all below it, grouped by unit or by domain.
 *
 * Each row is one Enter away from its form.  What there is to do is counted in pieces between two keys;
 * after a change that is known only its unit is counted again.  Its parts: see due.h.
 */
#include "tui/due.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

/* Records looked at between two looks at the keyboard, and before the first screen. */
#define BUDGET 4000
#define FIRST_BUDGET 800

static struct due *due_of(struct view *view) {
  return (struct due *)view;
}

/* ---- data */

static bool make_finder(struct due *v, struct ui *ui) {
  day until = calendar_add_workdays(ui->calendar, ui->app->on, DUE_WORKDAYS);
  v->finder = todo_finder_new(ui->wb, ui->calendar, ui->app->on, until, NULL);
  return v->finder != NULL;
}

static enum status count_some(struct due *v, int budget, struct error *e) {
  due_save(v);
  enum status st = due_count_some(v, budget, e);
  due_rebuild(v);
  return st;
}

/* What has changed since it was counted; all may have: then the unit one stands in comes first. */
static enum status count_changed(struct due *v, struct ui *ui, struct error *e) {
  unsigned since = v->view.generation;
  enum status st = ST_OK;
  const struct due_line *at = due_selected(v);
  int standing = at != NULL && at->unit >= 0 && !at->town ? at->unit : v->first;
  bool all = since == 0 || ui->generation - since > UI_TOUCHED;
  due_save(v);
  for (unsigned g = since + 1; !all && g <= ui->generation && st == ST_OK; g++) {
    int unit = ui->touched[g % UI_TOUCHED];
    if (unit >= v->first && unit <= v->last) st = due_count_unit(v, unit, false, e);
    if (unit == -1) all = true;
  }
  if (all) v->next = v->first;
  if (all && st == ST_OK)
    st = v->undoing ? due_count_news(v, standing, e) : due_count_unit(v, standing, false, e);
  v->undoing = false;
  due_rebuild(v);
  return st;
}

static void refresh(struct view *view, struct ui *ui) {
  struct due *v = due_of(view);
  struct error e = { 0 };
  enum status st = ST_OK;
  memset(v->title, 0, sizeof v->title);
  if (v->finder != NULL) st = count_changed(v, ui, &e);
  else if (!make_finder(v, ui)) st = error_nomem(&e);
  if (st == ST_OK) st = count_some(v, FIRST_BUDGET, &e);
  if (st != ST_OK) ui_fail(ui, &e);
}

static bool work(struct view *view, struct ui *ui) {
  struct due *v = due_of(view);
  struct error e = { 0 };
  if (v->finder == NULL || v->next > v->last) return false;
  if (count_some(v, BUDGET, &e) == ST_OK) return true;
  ui_fail(ui, &e);
  view->generation = 0; /* again at the next key */
  return false;
}

/* ---- requests */

/* A row to confirm may be of the period before. */
static void look_at_period(struct ui *ui, struct period p) {
  struct error e = { 0 };
  if (!period_same(ui->period, p) && ui_set_period(ui, p, &e) != ST_OK) ui_fail(ui, &e);
}

static struct period recurrence_of(const struct due *v, const struct due_entry *e) {
  return cadence_recurs(ui_item(v->ui, e->item)->cadence) ? e->period : (struct period){ 0 };
}

static unsigned open_row(struct due *v, struct ui *ui, const struct due_line *l) {
  const struct due_entry *e = due_entry_of(v, l);
  if (e->kind == DUE_NONE || e->kind == DUE_CHECK) look_at_period(ui, e->period);
  if (l->n > 1) ui_push(ui, view_items_new(ui, l->unit, l->domain, e->item));
  else if (e->kind == DUE_TAKE_DOWN) ui_push(ui, view_form_take_down(ui, l->unit, e->item, e->no));
  else ui_push(ui, view_form_new(ui, l->unit, e->item, e->no, recurrence_of(v, e)));
  return UI_HANDLED;
}

/* Rows of a folded group are no longer marked; those of many units are no longer kept. */
static unsigned fold(struct due *v, int at) {
  struct due_line h = v->line[at];
  due_save(v);
  bool was_open = due_is_open(v, &h);
  for (int i = at + 1; was_open && i < v->n_lines && v->line[i].n > 0; i++) due_mark(v, &v->line[i], false);
  due_toggle(v, &h);
  if (was_open && v->many && h.unit >= 0 && !h.town) due_drop_unit(v, h.unit);
  due_rebuild(v);
  return UI_HANDLED;
}

/* Space on a heading: all rows below it, or none when all are marked already. */
static unsigned mark_group(struct due *v, struct ui *ui, int at) {
  bool all = true;
  int end = at + 1;
  for (; end < v->n_lines && v->line[end].n > 0; end++) all = all && list_is_marked(&v->view.list, end);
  if (end == at + 1) {
    ui_say(ui, _("先按回车展开这一组，再选"));
    return UI_HANDLED;
  }
  due_save(v);
  for (int i = at + 1; i < end; i++) due_mark(v, &v->line[i], !all);
  due_rebuild(v);
  return UI_HANDLED;
}

static unsigned regroup(struct due *v, struct ui *ui) {
  due_save(v);
  v->by_domain = !v->by_domain;
  due_sort(v);
  due_rebuild(v);
  if (v->by_domain) ui_say(ui, _("按领域分组（Ctrl-G 换回）"));
  else if (v->n_units > 1) ui_say(ui, _("按单位分组（Ctrl-G 换回）"));
  else ui_say(ui, _("不分领域，按急缓排（Ctrl-G 换回）"));
  return UI_HANDLED;
}

/* From all units to the one whose row one stands on. */
static unsigned narrow(struct due *v, struct ui *ui) {
  const struct due_line *l = due_selected(v);
  if (l != NULL && l->unit >= 0 && l->unit != v->view.unit && v->n_units > 1)
    ui_push(ui, view_due_new(ui, l->unit));
  return UI_HANDLED;
}

static unsigned line_request(struct due *v, struct ui *ui, enum request r) {
  const struct due_line *l = due_selected(v);
  if (r == REQ_OPEN && l != NULL) return l->n == 0 ? fold(v, v->view.list.selected) : open_row(v, ui, l);
  if (r == REQ_PUBLISH) return due_publish(v, ui);
  if (r == REQ_NONE) return due_none(v, ui);
  return UI_IGNORED;
}

/* Where there is nothing to go back to: to the heading of this group, and from it the group is folded. */
static unsigned go_out(struct due *v) {
  int i = v->view.list.selected;
  if (due_selected(v) == NULL) return UI_HANDLED;
  if (v->line[i].n == 0 && due_is_open(v, &v->line[i])) return fold(v, i);
  while (i > 0 && v->line[i].n > 0) i--;
  list_select(&v->view.list, &due_list_ops, v, i);
  return UI_HANDLED;
}

/* All means all: those not counted yet, too.  Of many units only what is unfolded can be marked. */
static void finish_counting(struct due *v, struct ui *ui) {
  struct error e = { 0 };
  enum status st = ST_OK;
  while (!v->many && v->next <= v->last && st == ST_OK) st = count_some(v, BUDGET, &e);
  if (st != ST_OK) ui_fail(ui, &e);
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct due *v = due_of(view);
  const struct due_line *l = due_selected(v);
  v->undoing = r == REQ_UNDO || r == REQ_REDO; /* done for all views alike, by ui.c */
  if (r == REQ_MARK_ALL) finish_counting(v, ui);
  if (r == REQ_MARK && l != NULL && l->n == 0) return mark_group(v, ui, view->list.selected);
  if (list_request(&view->list, &due_list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_GROUP) return regroup(v, ui);
  if (r == REQ_DUE) return narrow(v, ui);
  if (r == REQ_OUT && view->below == NULL) return go_out(v); /* only Esc leaves the program */
  return line_request(v, ui, r);
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct due *v = (const struct due *)view;
  const struct due_line *l = due_selected(v);
  (void)ui;
  if (l == NULL) return;
  if (l->unit >= 0) p->unit = l->unit;
  p->domain = l->domain;
  if (l->n != 1) return;
  const struct due_entry *e = due_entry_of(v, l);
  p->item = e->item;
  p->no = e->no;
  p->recurrence = recurrence_of(v, e);
}

static void close_view(struct view *view) {
  struct due *v = due_of(view);
  due_forget(v);
  free(v);
}

static const enum request hints[] = { REQ_OPEN,    REQ_PUBLISH, REQ_NONE,  REQ_MARK, REQ_GROUP, REQ_UNITS,
                                      REQ_SEARCH,  REQ_SUMMARY, REQ_PRINT, REQ_HELP, REQ_UNDO,  REQ_QUIT,
                                      REQ_BASIS,   REQ_SEEK,    REQ_MARK_ALL, REQ_HISTORY, REQ_PAGE_DOWN,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = due_heading,
                                     .refresh = refresh,
                                     .draw = due_draw,
                                     .request = request,
                                     .work = work,
                                     .place = place,
                                     .close = close_view };

struct view *view_due_new(struct ui *ui, int unit) {
  struct due *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->view.list.selected = -1;
  if (due_start(v, ui, unit)) return &v->view;
  close_view(&v->view);
  return NULL;
}
