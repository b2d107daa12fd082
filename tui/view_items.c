/* A domain's items for one unit: state in words and due day, in order of ids; the cursor
 * starts at the first overdue one.  What is marked is published, or said to be none, in one step.
 */
#include "base/utf8.h"
#include "tui/change.h"
#include "tui/draw_item.h"
#include "tui/view.h"

#include <stdlib.h>
#include <string.h>

struct items {
  struct view view; /* first */
  struct ui *ui;
  int domain;
  int want; /* item to stand on at first; -1: what needs care */
  struct item_rows rows;
  bool placed;
  char jump[4]; /* digits typed */
};

static int count(void *owner) {
  return (int)((struct items *)owner)->rows.n;
}

static bool needs_care(void *owner, int i) {
  const struct item_row *r = &((struct items *)owner)->rows.row[i];
  return r->slot && (r->state == STATE_OVERDUE || r->state == STATE_UNCHECKED);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct items *v = owner;
  draw_item_row(v->ui, s, at, &v->rows.row[i], selected, false);
}

static bool markable(void *owner, int i) {
  (void)owner;
  (void)i;
  return true;
}

static const struct list_ops list_ops = { .count = count, .stop = needs_care, .draw = draw_row,
                                          .markable = markable };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  draw_item_head(&ui->screen, at, false);
  list_draw(&view->list, &list_ops, view, &ui->screen, (struct rect){ at.row + 1, 0, at.rows - 1, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct items *v = (struct items *)view;
  const struct domain *d = &ui->catalogue->domains[v->domain];
  int overdue = 0, unchecked = 0;
  for (size_t i = 0; i < v->rows.n; i++) {
    overdue += v->rows.row[i].slot && v->rows.row[i].state == STATE_OVERDUE;
    unchecked += v->rows.row[i].slot && v->rows.row[i].state == STATE_UNCHECKED;
  }
  text_addf(out, _("%s %s　%d 行"), d->no, d->name, (int)v->rows.n);
  if (overdue > 0) text_addf(out, _("　逾期 %d"), overdue);
  if (unchecked > 0) text_addf(out, _("　待确认 %d"), unchecked);
}

/* ---- data */

static int first_place(const struct items *v) {
  for (size_t i = 0; i < v->rows.n; i++) {
    const struct item_row *r = &v->rows.row[i];
    if (v->want >= 0 && r->item == v->want) return (int)i;
    if (v->want < 0 && r->slot && r->state == STATE_OVERDUE) return (int)i;
  }
  return 0;
}

static void refresh(struct view *view, struct ui *ui) {
  struct items *v = (struct items *)view;
  struct error e = { 0 };
  item_rows_free(&v->rows);
  list_unmark(&view->list);
  if (rows_items(ui, view->unit, v->domain, &v->rows, &e) != ST_OK) {
    ui_fail(ui, &e);
    return; /* where one stands is kept */
  }
  list_select(&view->list, &list_ops, v, v->placed ? view->list.selected : first_place(v));
  v->placed = true;
}

/* ---- requests */

static struct item_row *current(struct items *v) {
  int i = v->view.list.selected;
  return i >= 0 && (size_t)i < v->rows.n ? &v->rows.row[i] : NULL;
}

static unsigned open_row(struct ui *ui, const struct item_row *r) {
  item_row_open(ui, r);
  return UI_HANDLED;
}

static unsigned publish(struct ui *ui, const struct item_row *r) {
  bool event = item_is_event(ui_item(ui, r->item));
  if (!event) return change_publish(ui, r->unit, r->item, r->no, r->recurrence);
  if (r->no != 0 && (r->state == STATE_OVERDUE || r->state == STATE_PENDING))
    return change_publish(ui, r->unit, r->item, r->no, r->recurrence);
  if (r->records > 0 || r->state == STATE_NONE) ui_say(ui, _("这一事项一事一记：请选一条记录，或按 F7 新增"));
  else ui_say(ui, _("这一事项一事一记：先填事件日（按 . 填今天），再按 F5"));
  return open_row(ui, r);
}

/* ---- what is marked, together */

static unsigned act_on_marks(struct items *v, struct ui *ui, const char *reason) {
  unsigned done = change_marked(ui, &v->rows, &v->view.list, reason);
  if ((done & UI_ERROR) == 0) list_unmark(&v->view.list); /* those left out too: the act is over */
  return done;
}

static unsigned publish_answered(struct view *view, struct ui *ui, const char *answer) {
  (void)answer;
  return act_on_marks((struct items *)view, ui, NULL);
}

static unsigned ask_publish_marks(struct items *v, struct ui *ui) {
  struct text label = { 0 };
  text_addf(&label, _("选中的 %d 行都记为今天公开？"), list_marks(&v->view.list));
  ui_ask(ui, text_str(&label), publish_answered);
  text_free(&label);
  return UI_HANDLED;
}

static unsigned marks_none_answered(struct view *view, struct ui *ui, const char *reason) {
  return act_on_marks((struct items *)view, ui, reason);
}

static unsigned ask_none_marks(struct items *v, struct ui *ui) {
  struct text label = { 0 };
  text_addf(&label, _("选中的 %d 行本期无，理由："), list_marks(&v->view.list));
  ui_ask_line(ui, text_str(&label), _("本期无此事项"), marks_none_answered);
  text_free(&label);
  return UI_HANDLED;
}

/* ---- one row */

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct items *v = (struct items *)view;
  const struct item_row *r = current(v);
  int64_t no = item_is_event(ui_item(ui, r->item)) ? 0 : r->no;
  return change_none(ui, r->unit, r->item, no, r->recurrence, reason);
}

static unsigned ask_none(struct ui *ui, const struct item_row *r) {
  if (r->slot && (r->state == STATE_PUBLISHED || r->state == STATE_LATE || r->state == STATE_NONE)) {
    ui_say(ui, _("这一项已经是“%s”"), state_name(r->state));
    return UI_HANDLED;
  }
  if (item_is_event(ui_item(ui, r->item)) && !r->confirm) {
    ui_say(ui, _("本期已有记录，不能再记为本期无"));
    return UI_HANDLED;
  }
  ui_ask_line(ui, _("本期无，理由："), _("本期无此事项"), none_answered);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct items *v = (struct items *)view;
  const struct item_row *row = current(v);
  v->jump[0] = '\0';
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (row == NULL) return UI_IGNORED;
  bool many = list_marks(&view->list) > 0;
  switch (r) {
  case REQ_OPEN: return open_row(ui, row);
  case REQ_PUBLISH: return many ? ask_publish_marks(v, ui) : publish(ui, row);
  case REQ_NONE: return many ? ask_none_marks(v, ui) : ask_none(ui, row);
  case REQ_NEW:
    if (!item_is_event(ui_item(ui, row->item))) return open_row(ui, row);
    ui_push(ui, view_form_new(ui, row->unit, row->item, 0, row->recurrence));
    return UI_HANDLED;
  default: return UI_IGNORED;
  }
}

/* Digits: the item whose number (after the point) begins so. */
static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct items *v = (struct items *)view;
  uint32_t cp = k.kind == K_CHAR ? utf8_fold(k.cp) : 0;
  if (cp < '0' || cp > '9') return UI_IGNORED;
  size_t n = strlen(v->jump);
  if (n + 1 >= sizeof v->jump) n = 0;
  v->jump[n] = (char)cp;
  v->jump[n + 1] = '\0';
  for (size_t i = 0; i < v->rows.n; i++) {
    const char *point = strchr(ui_item(ui, v->rows.row[i].item)->id, '.');
    if (point == NULL || strncmp(point + 1, v->jump, n + 1) != 0) continue;
    list_select(&view->list, &list_ops, v, (int)i);
    break;
  }
  return UI_HANDLED;
}

/* An event item's row is no one record, unless it shows the one that is open. */
static void place(struct view *view, struct ui *ui, struct place *p) {
  struct items *v = (struct items *)view;
  const struct item_row *r = current(v);
  (void)ui;
  p->domain = v->domain;
  if (r == NULL) return;
  p->item = r->item;
  p->no = r->no;
  p->recurrence = r->recurrence;
}

static void close_view(struct view *view) {
  struct items *v = (struct items *)view;
  item_rows_free(&v->rows);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_PUBLISH, REQ_NONE, REQ_MARK, REQ_MARK_ALL, REQ_SEEK,
                                      REQ_BASIS, REQ_UNDO, REQ_SEARCH, REQ_DUE, REQ_BACK, REQ_HELP, REQ_COPY,
                                      REQ_PRINT, REQ_HISTORY, REQ_PERIOD_BACK, REQ_PERIOD_ON, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .place = place,
                                     .close = close_view };

struct view *view_items_new(struct ui *ui, int unit, int domain, int item) {
  struct items *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = unit;
  v->ui = ui;
  v->domain = domain;
  v->want = item;
  return &v->view;
}
