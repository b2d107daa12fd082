/* Search: a line to type in, and below it the units, items and records that fit, as one types.
 *
 * What is typed stays when one comes back from a row that was opened.  An item that is not asked of the unit
 * one came from leads to one more question: of which unit?
 */
#include "base/utf8.h"
#include "tui/change.h"
#include "tui/rows.h"
#include "tui/search.h"
#include "tui/view.h"

#include <stdlib.h>

#define FEW_UNITS 8  /* rows shown of a kind when there are others too */
#define FEW_ITEMS 12

struct finder {
  struct view view; /* first */
  struct ui *ui;
  struct search search;
  struct edit edit;
  char *kept;   /* what was typed before one chose an item (search.item); owned */
  bool moved;   /* the row one stands on was chosen: it is kept while rows come in */
  struct { enum found_kind kind; int unit, item; int64_t no; } chosen;
};

/* ---- lines: a heading for each kind, and its rows */

static int shown(const struct finder *v, enum found_kind kind) {
  const struct found_list *l = v->search.list;
  bool both = l[FOUND_UNIT].n > 0 && l[FOUND_ITEM].n > 0;
  int most = !both || kind == FOUND_RECORD ? SEARCH_KEPT : kind == FOUND_UNIT ? FEW_UNITS : FEW_ITEMS;
  return l[kind].n < most ? l[kind].n : most;
}

/* Units, items, records; items first where they fit better, last where they fit only loosely. */
static enum found_kind kind_at(const struct finder *v, int i) {
  static const enum found_kind orders[][FOUND_KINDS] = {
    { FOUND_UNIT, FOUND_ITEM, FOUND_RECORD },
    { FOUND_ITEM, FOUND_UNIT, FOUND_RECORD },
    { FOUND_UNIT, FOUND_RECORD, FOUND_ITEM },
  };
  const struct found_list *units = &v->search.list[FOUND_UNIT], *items = &v->search.list[FOUND_ITEM];
  bool loose = items->n > 0 && search_is_loose(&items->row[0]) && !v->search.loose;
  bool turn = units->n > 0 && items->n > 0 && search_rank(&items->row[0]) < search_rank(&units->row[0]);
  return orders[loose ? 2 : turn ? 1 : 0][i];
}

/* Line i: a row, or (NULL) the heading of *kind. */
static const struct found *line(const struct finder *v, int i, enum found_kind *kind) {
  for (int k = 0; k < FOUND_KINDS; k++) {
    *kind = kind_at(v, k);
    int n = shown(v, *kind);
    if (n == 0) continue;
    if (i == 0) return NULL;
    if (i <= n) return &v->search.list[*kind].row[i - 1];
    i -= n + 1;
  }
  return NULL;
}

static int count(void *owner) {
  int n = 0;
  for (int k = 0; k < FOUND_KINDS; k++) {
    int rows = shown(owner, (enum found_kind)k);
    n += rows > 0 ? rows + 1 : 0;
  }
  return n;
}

static bool selectable(void *owner, int i) {
  enum found_kind kind;
  return line(owner, i, &kind) != NULL;
}

/* ---- drawing */

static void draw_kind(const struct finder *v, struct screen *s, struct rect at, enum found_kind kind) {
  static const char *const names[FOUND_KINDS] = { N_("单位"), N_("事项"), N_("记录") };
  const struct found_list *l = &v->search.list[kind];
  struct text text = { 0 };
  bool counting = kind == FOUND_RECORD && v->search.from > 0; /* a number that runs would be drawn all the time */
  if (counting) text_addf(&text, "-- %s --", _(names[kind]));
  else text_addf(&text, "-- %s %ld --", _(names[kind]), l->total);
  if (!counting && l->total > shown(v, kind)) text_addf(&text, _(" 先列 %d 个，还有更多，再打几个字"), shown(v, kind));
  screen_put(s, at.row, at.col + 1, at.cols - 1, ATTR_HEAD, text_str(&text));
  text_free(&text);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  const struct finder *v = owner;
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  enum found_kind kind;
  const struct found *f = line(v, i, &kind);
  screen_fill(s, at.row, at.col, at.cols, attr);
  if (f == NULL) {
    draw_kind(v, s, at, kind);
    return;
  }
  search_draw_row(&v->search, s, at, kind, f, selected);
}

static const struct list_ops list_ops = { .count = count, .selectable = selectable, .draw = draw_row };

static struct rect list_rect(const struct view *view) {
  return (struct rect){ view->at.row + 1, 0, view->at.rows - 1, view->at.cols };
}

static void draw_line(struct finder *v, struct screen *s, struct rect at) {
  struct text label = { 0 };
  if (v->search.item >= 0) {
    const struct item *item = ui_item(v->ui, v->search.item);
    text_addf(&label, _("%s %s，哪个单位："), item->id, item_title(item));
  } else {
    text_add(&label, _("查找："));
  }
  int width = utf8_width(text_str(&label));
  if (width > at.cols / 2) width = at.cols / 2;
  screen_fit(s, at.row, 1, width, ATTR_STRONG, text_str(&label), false);
  edit_draw(&v->edit, s, (struct rect){ at.row, width + 1, 1, at.cols - width - 2 }, true);
  text_free(&label);
}

static void draw_nothing(struct screen *s, struct rect at) {
  screen_put(s, at.row + 1, 2, at.cols - 3, ATTR_PLAIN, _("没有找到。少打一个字，或换一个词试试。"));
  screen_put(s, at.row + 2, 2, at.cols - 3, ATTR_PLAIN,
             _("打拼音时，每个字只打第一个字母：低保是 db，不是 dibao。"));
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct finder *v = (struct finder *)view;
  struct screen *s = &ui->screen;
  view->at = at;
  bool nothing = v->search.words == 0 && v->search.item < 0;
  if (nothing) search_draw_examples(&v->search, s, list_rect(view));
  else if (count(v) == 0 && v->search.from == 0)
    draw_nothing(s, list_rect(view));
  list_draw(&view->list, &list_ops, v, s, list_rect(view));
  draw_line(v, s, at); /* last: the cursor stands where one types */
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  const struct finder *v = (const struct finder *)view;
  const struct found_list *l = v->search.list;
  (void)ui;
  text_add(out, _("查找"));
  if (v->search.words > 0 || v->search.item >= 0) text_addf(out, _("　单位 %ld"), l[FOUND_UNIT].total);
  if (v->search.words == 0 || v->search.item >= 0) return;
  text_addf(out, _("　事项 %ld"), l[FOUND_ITEM].total);
  if (v->search.from > 0) text_add(out, _("　记录还在找"));
  else text_addf(out, _("　记录 %ld"), l[FOUND_RECORD].total);
  if (v->search.from == 0 && v->search.loose && count(view) > 0) text_add(out, _("　没有正好的，这些相近"));
}

/* ---- searching */

static const struct found *current(const struct finder *v, enum found_kind *kind) {
  return v->view.list.selected < 0 ? NULL : line(v, v->view.list.selected, kind);
}

static void start(struct finder *v) {
  search_start(&v->search, edit_get(&v->edit));
  v->moved = false;
  v->view.list.top = 0;
  list_select(&v->view.list, &list_ops, v, 0);
}

static void choose(struct finder *v) {
  enum found_kind kind;
  const struct found *f = current(v, &kind);
  v->moved = f != NULL;
  if (f == NULL) return;
  v->chosen.kind = kind;
  v->chosen.unit = f->unit;
  v->chosen.item = f->item;
  v->chosen.no = f->no;
}

/* Rows come in before and after the one that was chosen; without one, the best is stood on. */
static void stand(struct finder *v) {
  enum found_kind kind;
  if (!v->moved) list_select(&v->view.list, &list_ops, v, 0);
  for (int i = 0, n = v->moved ? count(v) : 0; i < n; i++) {
    const struct found *f = line(v, i, &kind);
    if (f == NULL || kind != v->chosen.kind || f->no != v->chosen.no) continue;
    if (f->unit != v->chosen.unit || f->item != v->chosen.item) continue;
    v->view.list.selected = i;
    return;
  }
}

static bool work(struct view *view, struct ui *ui) {
  struct finder *v = (struct finder *)view;
  struct error e = { 0 };
  bool more;
  if (v->search.from == 0) return false;
  if (search_work(&v->search, &more, &e) != ST_OK) {
    ui_fail(ui, &e);
    return false;
  }
  stand(v);
  return true;
}

/* The workbook has changed: the same again. */
static void refresh(struct view *view, struct ui *ui) {
  struct finder *v = (struct finder *)view;
  (void)ui;
  search_start(&v->search, edit_get(&v->edit));
  list_select(&view->list, &list_ops, v, view->list.selected);
  stand(v);
}

/* ---- requests */

/* Which unit?  The same line asks. */
static void choose_unit(struct finder *v, int item) {
  free(v->kept);
  v->kept = str_dup(edit_get(&v->edit));
  v->search.item = item;
  edit_set(&v->edit, "");
  start(v);
}

static unsigned leave_item(struct finder *v) {
  if (v->search.item < 0) return UI_IGNORED;
  v->search.item = -1;
  edit_set(&v->edit, v->kept != NULL ? v->kept : "");
  start(v);
  return UI_HANDLED;
}

/* Typed ahead of the search: the key waits for the first that is found, and for a better one than what fits
 * only loosely. */
static void catch_up(struct finder *v, struct ui *ui) {
  enum found_kind kind;
  const struct found *f = current(v, &kind);
  while ((f == NULL || (!v->moved && search_is_loose(f))) && work(&v->view, ui)) f = current(v, &kind);
}

/* An event item is opened: its records, or a new one.  Any other is stood on among the items of its domain,
 * where its period can be chosen. */
static void open_item(struct ui *ui, const struct found *f) {
  struct item_rows rows = { 0 };
  struct error e = { 0 };
  const struct item_row *event = NULL;
  int domain = ui_item(ui, f->item)->domain;
  enum status st = ST_OK;
  if (item_is_event(ui_item(ui, f->item))) st = rows_items(ui, f->unit, domain, &rows, &e);
  for (size_t i = 0; i < rows.n && event == NULL; i++)
    if (rows.row[i].item == f->item) event = &rows.row[i];
  if (st != ST_OK) ui_fail(ui, &e);
  else if (event != NULL) item_row_open(ui, event);
  else ui_push(ui, view_items_new(ui, f->unit, domain, f->item));
  item_rows_free(&rows);
}

static unsigned open_row(struct finder *v, struct ui *ui) {
  enum found_kind kind;
  catch_up(v, ui);
  const struct found *f = current(v, &kind);
  if (f == NULL) return UI_HANDLED;
  choose(v);
  if (kind == FOUND_RECORD) {
    ui_push(ui, view_form_new(ui, f->unit, f->item, f->no, f->recurrence));
  } else if (f->item < 0) {
    ui_push(ui, ui_last_below(ui, f->unit) > f->unit ? view_units_new(ui, f->unit) : view_domains_new(ui, f->unit));
  } else if (search_has_item(&v->search, f)) {
    open_item(ui, f);
  } else {
    choose_unit(v, f->item);
  }
  return UI_HANDLED;
}

/* The recurrence that waits, or the one there is. */
static const struct item_row *waiting(const struct item_rows *rows, int item) {
  const struct item_row *first = NULL;
  for (size_t i = 0; i < rows->n; i++) {
    const struct item_row *r = &rows->row[i];
    if (r->item != item) continue;
    bool open = r->state == STATE_OVERDUE || r->state == STATE_PENDING || r->state == STATE_UNCHECKED;
    if (r->slot && open) return r;
    if (first == NULL) first = r;
  }
  return first;
}

static unsigned publish_item(struct ui *ui, const struct found *f) {
  struct item_rows rows = { 0 };
  struct error e = { 0 };
  unsigned done = UI_HANDLED;
  if (item_is_event(ui_item(ui, f->item))) {
    open_item(ui, f);
    ui_say(ui, _("这一事项一事一记：请选一条记录，或填一条新的"));
    return UI_HANDLED;
  }
  if (rows_items(ui, f->unit, ui_item(ui, f->item)->domain, &rows, &e) != ST_OK) {
    ui_fail(ui, &e);
  } else {
    const struct item_row *r = waiting(&rows, f->item);
    if (r != NULL) done = change_publish(ui, r->unit, r->item, r->no, r->recurrence);
  }
  item_rows_free(&rows);
  return done;
}

static unsigned publish(struct finder *v, struct ui *ui) {
  enum found_kind kind;
  const struct found *f = current(v, &kind);
  if (f == NULL) return UI_HANDLED;
  choose(v);
  if (kind == FOUND_RECORD) return change_publish(ui, f->unit, f->item, f->no, f->recurrence);
  if (f->item >= 0 && search_has_item(&v->search, f)) return publish_item(ui, f);
  if (f->item >= 0) choose_unit(v, f->item);
  else ui_say(ui, _("这是一个单位：请选一个事项或一条记录，再按 F5"));
  return UI_HANDLED;
}

static unsigned type(struct finder *v, enum edit_result result) {
  if (result == EDIT_DONE) start(v);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct finder *v = (struct finder *)view;
  switch (r) {
  case REQ_GO: return open_row(v, ui);
  case REQ_PUBLISH: return publish(v, ui);
  case REQ_BACK: return leave_item(v);
  case REQ_SEARCH: return type(v, edit_request(&v->edit, REQ_CLEAR));
  case REQ_ERASE:
  case REQ_DELETE:
  case REQ_CLEAR: return type(v, edit_request(&v->edit, r));
  default: break;
  }
  if (list_request(&view->list, &list_ops, v, r)) {
    choose(v);
    return UI_HANDLED;
  }
  return edit_request(&v->edit, r) == EDIT_DONE ? UI_HANDLED : UI_IGNORED;
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct finder *v = (struct finder *)view;
  (void)ui;
  enum edit_result result = edit_insert(&v->edit, k);
  return result == EDIT_IGNORED ? UI_IGNORED : type(v, result);
}

static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  struct finder *v = (struct finder *)view;
  int i = row - list_rect(view).row + view->list.top;
  (void)ui;
  (void)col;
  if (i < view->list.top || i >= count(v) || !selectable(v, i)) return UI_IGNORED;
  view->list.selected = i;
  choose(v);
  return UI_HANDLED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct finder *v = (const struct finder *)view;
  enum found_kind kind;
  const struct found *f = current(v, &kind);
  if (f == NULL) return;
  if (f->unit >= 0) p->unit = f->unit;
  p->item = f->item;
  p->domain = f->item >= 0 ? ui_item(ui, f->item)->domain : -1;
  p->no = f->no;
  p->recurrence = f->recurrence;
}

static void close_view(struct view *view) {
  struct finder *v = (struct finder *)view;
  search_fini(&v->search);
  edit_free(&v->edit);
  free(v->kept);
  free(v);
}

static const enum request hints[] = { REQ_GO, REQ_PUBLISH, REQ_BASIS, REQ_PRINT, REQ_HISTORY, REQ_BACK, REQ_DUE,
                                      REQ_HELP, REQ_PAGE_DOWN, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_SEARCH,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .work = work,
                                     .place = place,
                                     .click = click,
                                     .close = close_view };

struct view *view_search_new(struct ui *ui, int unit) {
  struct finder *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->edit.limit = LINE_MAX_BYTES;
  if (!search_init(&v->search, ui, unit)) {
    close_view(&v->view);
    return NULL;
  }
  return &v->view;
}
