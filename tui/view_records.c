/* One event item's records of a unit, with a row for a new one: what happened, one by one. */
#include "checklists/record.h"
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

struct records {
  struct view view; /* first */
  struct ui *ui;
  int item;
  struct item_rows rows;
  char **title, **event; /* of each row; owned */
  int64_t newest;        /* highest number of a record seen; 0: none read yet */
};

/* The last row is "new record". */
static int count(void *owner) {
  return (int)((struct records *)owner)->rows.n + 1;
}

static bool needs_care(void *owner, int i) {
  const struct records *v = owner;
  return (size_t)i < v->rows.n && v->rows.row[i].state == STATE_OVERDUE;
}

#define COL_EVENT 2
#define COL_TITLE 14
#define WIDTH_STATE 13
#define WIDTH_DUE 11

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct records *v = owner;
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  int state = at.cols - WIDTH_STATE - WIDTH_DUE;
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  if ((size_t)i >= v->rows.n) {
    screen_put(s, at.row, COL_EVENT, at.cols, attr, _("+ 新增一条记录"));
    return;
  }
  const struct item_row *r = &v->rows.row[i];
  struct text text = { 0 };
  char due[16];
  add_state(&text, r->state);
  screen_fit(s, at.row, COL_EVENT, COL_TITLE - COL_EVENT - 1, attr, v->event[i] ? v->event[i] : "", false);
  screen_fit(s, at.row, COL_TITLE, state - COL_TITLE - 1, attr, v->title[i] ? v->title[i] : "", false);
  screen_fit(s, at.row, state, WIDTH_STATE, selected ? attr : state_attr(r->state), text_str(&text), false);
  screen_fit(s, at.row, state + WIDTH_STATE, WIDTH_DUE, attr, day_iso(r->due, due), false);
  text_free(&text);
}

static const struct list_ops list_ops = { .count = count, .marked = needs_care, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct screen *s = &ui->screen;
  int state = at.cols - WIDTH_STATE - WIDTH_DUE;
  screen_fill(s, at.row, 0, at.cols, ATTR_HEAD);
  screen_put(s, at.row, COL_EVENT, COL_TITLE - COL_EVENT - 1, ATTR_HEAD, _("事件日"));
  screen_put(s, at.row, COL_TITLE, state - COL_TITLE, ATTR_HEAD, _("标题"));
  screen_put(s, at.row, state, WIDTH_STATE, ATTR_HEAD, _("  状态"));
  screen_put(s, at.row, state + WIDTH_STATE, WIDTH_DUE, ATTR_HEAD, _("到期日"));
  list_draw(&view->list, &list_ops, view, s, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct records *v = (struct records *)view;
  const struct item *item = ui_item(ui, v->item);
  text_addf(out, "%s ", item->id);
  add_item_name(ui, v->item, ui->screen.cols, out);
  text_addf(out, _("　%d 条记录"), (int)v->rows.n);
  if (!item->verified) text_add(out, _("　待核"));
}

/* ---- data */

static void forget(struct records *v) {
  for (size_t i = 0; i < v->rows.n; i++) {
    if (v->title != NULL) free(v->title[i]);
    if (v->event != NULL) free(v->event[i]);
  }
  free(v->title);
  free(v->event);
  v->title = v->event = NULL;
  item_rows_free(&v->rows);
}

static bool take_record(const struct record *r, void *ctx) {
  struct records *v = ctx;
  for (size_t i = 0; i < v->rows.n; i++) {
    if (v->rows.row[i].no != r->no) continue;
    bool none = !str_empty(r->value[FIELD_NONE]);
    bool titled = !str_empty(r->value[FIELD_TITLE]);
    v->title[i] = str_dup(record_get(r, none ? FIELD_NONE : titled ? FIELD_TITLE : FIELD_BODY));
    v->event[i] = str_dup(record_get(r, none ? FIELD_PERIOD : FIELD_EVENT));
  }
  return true;
}

/* The row of a record that was not there at the last reading; -1 when there is none. */
static int find_new(struct records *v) {
  int64_t before = v->newest;
  int row = -1;
  for (size_t i = 0; i < v->rows.n; i++) {
    if (v->rows.row[i].no <= v->newest) continue;
    v->newest = v->rows.row[i].no;
    row = (int)i;
  }
  return before > 0 || v->rows.n == 0 ? row : -1;
}

static void refresh(struct view *view, struct ui *ui) {
  struct records *v = (struct records *)view;
  struct error e = { 0 };
  forget(v);
  enum status st = rows_records(ui, view->unit, v->item, &v->rows, &e);
  int made = find_new(v);
  v->title = calloc(v->rows.n + 1, sizeof *v->title);
  v->event = calloc(v->rows.n + 1, sizeof *v->event);
  if (v->title == NULL || v->event == NULL) {
    st = error_nomem(&e);
    forget(v);
  }
  if (st == ST_OK) st = wb_records(ui->wb, view->unit, v->item, take_record, v, &e);
  if (st != ST_OK) ui_fail(ui, &e);
  list_select(&view->list, &list_ops, v, made >= 0 ? made : view->list.selected);
}

/* ---- requests */

static const struct item_row *current(const struct records *v) {
  int i = v->view.list.selected;
  return i >= 0 && (size_t)i < v->rows.n ? &v->rows.row[i] : NULL;
}

static unsigned open_form(struct records *v, struct ui *ui, int64_t no) {
  ui_push(ui, view_form_new(ui, v->view.unit, v->item, no, (struct period){ 0 }));
  return UI_HANDLED;
}

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct records *v = (struct records *)view;
  return change_none(ui, view->unit, v->item, 0, (struct period){ 0 }, reason);
}

static unsigned remove_answered(struct view *view, struct ui *ui, const char *answer) {
  struct records *v = (struct records *)view;
  struct error e = { 0 };
  (void)answer;
  if (current(v) == NULL) return UI_HANDLED;
  if (change_delete(ui, view->unit, v->item, current(v)->no, &e) != ST_OK) ui_fail(ui, &e);
  else ui_say(ui, _("已删除（Ctrl-Z 撤销）"));
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct records *v = (struct records *)view;
  const struct item_row *row = current(v);
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_BASIS) {
    ui_push(ui, view_basis_new(ui, view->unit, v->item));
    return UI_HANDLED;
  }
  if (r == REQ_OPEN || r == REQ_NEW) return open_form(v, ui, r == REQ_OPEN && row != NULL ? row->no : 0);
  if (r == REQ_NONE) {
    ui_ask_line(ui, _("本期无，理由："), _("本期无此事项"), none_answered);
    return UI_HANDLED;
  }
  if (r == REQ_PUBLISH && row != NULL)
    return change_publish(ui, view->unit, v->item, row->no, (struct period){ 0 });
  if (r == REQ_PUBLISH) return open_form(v, ui, 0);
  if (r != REQ_REMOVE || row == NULL) return UI_IGNORED;
  ui_ask(ui, _("删除这条记录？可以撤销。"), remove_answered);
  return UI_HANDLED;
}

static void close_view(struct view *view) {
  struct records *v = (struct records *)view;
  forget(v);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_PUBLISH, REQ_NEW, REQ_NONE, REQ_REMOVE, REQ_BASIS,
                                      REQ_BACK, REQ_DUE, REQ_HELP, REQ_UNDO, REQ_QUIT, REQ_REDO,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .close = close_view };

struct view *view_records_new(struct ui *ui, int unit, int item) {
  struct records *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->item = item;
  return &v->view;
}
