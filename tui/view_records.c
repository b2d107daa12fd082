/* One event item's records of a unit, with a row for a new one: what happened, one by one. */
#include "checklists/record.h"
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/view.h"

#include <stdlib.h>

/* What a row shows besides its state. */
struct words { char *title, *event; const char *life; };

struct records {
  struct view view; /* first */
  struct ui *ui;
  int item;
  struct item_rows rows;
  struct words *words; /* of each row; owned with their texts */
  int64_t newest;      /* highest number of a record seen; 0: none read yet */
};

/* The last row is "new record". */
static int count(void *owner) {
  return (int)((struct records *)owner)->rows.n + 1;
}

static bool needs_care(void *owner, int i) {
  const struct records *v = owner;
  return (size_t)i < v->rows.n && v->rows.row[i].state == STATE_OVERDUE;
}

static bool is_record(void *owner, int i) {
  return (size_t)i < ((struct records *)owner)->rows.n;
}

/* ---- drawing */

enum { COL_EVENT = 2, COL_TITLE = 14, WIDTH_LIFE = 8, WIDTH_STATE = 13, WIDTH_DUE = 11 };
enum { NARROW_COLS = 72, MAX_COLS = 120 };

struct columns { int title_width, life, life_width, state, due; };

static struct columns columns_for(int cols) {
  if (cols > MAX_COLS) cols = MAX_COLS; /* the state stays beside its title */
  struct columns c = { .life_width = cols < NARROW_COLS ? 0 : WIDTH_LIFE, .due = cols - WIDTH_DUE };
  c.state = c.due - WIDTH_STATE;
  c.life = c.state - c.life_width;
  c.title_width = c.life - COL_TITLE - 1;
  return c;
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct records *v = owner;
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  struct columns c = columns_for(at.cols);
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col, 1, attr, selected ? ">" : " ");
  if (!is_record(v, i)) {
    screen_put(s, at.row, COL_EVENT, at.cols, attr, _("+ 新增一条记录"));
    return;
  }
  const struct item_row *r = &v->rows.row[i];
  const struct words *w = &v->words[i];
  struct text text = { 0 };
  char due[16];
  add_state(&text, r->state);
  screen_fit(s, at.row, COL_EVENT, COL_TITLE - COL_EVENT - 1, attr, w->event ? w->event : "", false);
  screen_fit(s, at.row, COL_TITLE, c.title_width, attr, w->title ? w->title : "", false);
  screen_fit(s, at.row, c.life, c.life_width, attr, w->life ? _(w->life) : "", false);
  screen_fit(s, at.row, c.state, WIDTH_STATE, selected ? attr : state_attr(r->state), text_str(&text), false);
  screen_fit(s, at.row, c.due, WIDTH_DUE, attr, day_iso(r->due, due), false);
  text_free(&text);
}

static const struct list_ops list_ops = { .count = count, .stop = needs_care, .draw = draw_row,
                                          .markable = is_record };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct screen *s = &ui->screen;
  struct columns c = columns_for(at.cols);
  screen_fill(s, at.row, 0, at.cols, ATTR_HEAD);
  screen_fit(s, at.row, COL_EVENT, COL_TITLE - COL_EVENT - 1, ATTR_HEAD, _("事件日"), false);
  screen_fit(s, at.row, COL_TITLE, c.title_width, ATTR_HEAD, _("标题"), false);
  screen_fit(s, at.row, c.life, c.life_width, ATTR_HEAD, _("纸质"), false);
  screen_fit(s, at.row, c.state, WIDTH_STATE, ATTR_HEAD, _("  状态"), false);
  screen_fit(s, at.row, c.due, WIDTH_DUE, ATTR_HEAD, _("到期日"), false);
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
  for (size_t i = 0; i < v->rows.n && v->words != NULL; i++) {
    free(v->words[i].title);
    free(v->words[i].event);
  }
  free(v->words);
  v->words = NULL;
  item_rows_free(&v->rows);
}

/* How far its sheet has come. */
static const char *life(const struct record *r) {
  if (!str_empty(r->value[FIELD_FILED])) return N_("已归档");
  if (!str_empty(r->value[FIELD_REMOVED])) return N_("已撤下");
  return str_empty(r->value[FIELD_PRINTED]) ? NULL : N_("已打印");
}

static bool take_record(const struct record *r, void *ctx) {
  struct records *v = ctx;
  for (size_t i = 0; i < v->rows.n; i++) {
    if (v->rows.row[i].no != r->no) continue;
    bool none = !str_empty(r->value[FIELD_NONE]);
    bool titled = !str_empty(r->value[FIELD_TITLE]);
    v->words[i].title = str_dup(record_get(r, none ? FIELD_NONE : titled ? FIELD_TITLE : FIELD_BODY));
    v->words[i].event = str_dup(record_get(r, none ? FIELD_PERIOD : FIELD_EVENT));
    v->words[i].life = life(r);
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
  list_unmark(&view->list);
  enum status st = rows_records(ui, view->unit, v->item, &v->rows, &e);
  int made = find_new(v);
  v->words = calloc(v->rows.n + 1, sizeof *v->words);
  if (v->words == NULL) {
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

/* The marked rows, or else the one that one stands on. */
static struct targets chosen(struct records *v) {
  struct targets list = { 0 };
  const struct item_row *row = current(v);
  for (int i = list_next_mark(&v->view.list, 0); i >= 0; i = list_next_mark(&v->view.list, i + 1))
    targets_add(&list, (struct target){ v->view.unit, v->item, v->rows.row[i].no, (struct period){ 0 } });
  if (list.n == 0 && row != NULL)
    targets_add(&list, (struct target){ v->view.unit, v->item, row->no, (struct period){ 0 } });
  return list;
}

static unsigned act(struct view *view, struct ui *ui,
                    unsigned (*many)(struct ui *ui, const struct target *t, size_t n)) {
  struct error e = { 0 };
  struct targets list = chosen((struct records *)view);
  unsigned done = UI_HANDLED | UI_ERROR;
  if (!list.failed) done = many(ui, list.t, list.n);
  else {
    error_nomem(&e);
    ui_fail(ui, &e);
  }
  targets_free(&list);
  if ((done & UI_ERROR) == 0) list_unmark(&view->list); /* those left out too: the act is over */
  return done;
}

static unsigned publish_answered(struct view *view, struct ui *ui, const char *answer) {
  (void)answer;
  return act(view, ui, change_publish_many);
}

static unsigned remove_answered(struct view *view, struct ui *ui, const char *answer) {
  (void)answer;
  return act(view, ui, change_delete_many);
}

static unsigned ask_many(struct ui *ui, const char *label, int n,
                         unsigned (*done)(struct view *view, struct ui *ui, const char *answer)) {
  struct text text = { 0 };
  text_addf(&text, label, n);
  ui_ask(ui, text_str(&text), done);
  text_free(&text);
  return UI_HANDLED;
}

static unsigned publish(struct records *v, struct ui *ui, const struct item_row *row) {
  int marks = list_marks(&v->view.list);
  if (marks > 0) return ask_many(ui, _("选中的 %d 行都记为今天公开？"), marks, publish_answered);
  if (row == NULL) return open_form(v, ui, 0);
  return change_publish(ui, v->view.unit, v->item, row->no, (struct period){ 0 });
}

static unsigned ask_remove(struct records *v, struct ui *ui) {
  int marks = list_marks(&v->view.list);
  if (marks > 0) return ask_many(ui, _("删除选中的 %d 条记录？可以撤销。"), marks, remove_answered);
  ui_ask(ui, _("删除这条记录？可以撤销。"), remove_answered);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct records *v = (struct records *)view;
  const struct item_row *row = current(v);
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  switch (r) {
  case REQ_OPEN: return open_form(v, ui, row != NULL ? row->no : 0);
  case REQ_NEW: return open_form(v, ui, 0);
  case REQ_PUBLISH: return publish(v, ui, row);
  case REQ_NONE: return change_ask_none(ui, view->unit, v->item, none_answered);
  case REQ_REMOVE: return row != NULL || list_marks(&view->list) > 0 ? ask_remove(v, ui) : UI_IGNORED;
  default: return UI_IGNORED;
  }
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  struct records *v = (struct records *)view;
  p->domain = ui_item(ui, v->item)->domain;
  p->item = v->item;
  if (current(v) != NULL) p->no = current(v)->no;
}

static void close_view(struct view *view) {
  struct records *v = (struct records *)view;
  forget(v);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_PUBLISH, REQ_NEW, REQ_NONE, REQ_REMOVE, REQ_PRINT,
                                      REQ_COPY, REQ_UNDO, REQ_BASIS, REQ_HISTORY, REQ_MARK, REQ_SEARCH,
                                      REQ_DUE, REQ_BACK, REQ_HELP, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .place = place,
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
