/* The changes of one record, newest first: when, who, which field, from what to what.  Of a long
 * text the row shows the place where it was changed; Enter shows both versions whole.
 *
 * Rows keep short pieces of the values only: a record that was edited for years stays small here.
 */
#include "base/array.h"
#include "base/utf8.h"
#include "tui/draw_item.h"
#include "tui/excerpt.h"
#include "tui/form.h"
#include "tui/view_page.h"
#include "tui/view_steps.h"
#include "tui/when.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 360 /* bytes of a value that a row keeps, at least */
#define TEXT_COL 4

struct past {
  int64_t time, seq;
  char *origin, *who;
  const char *act;          /* "（因撤销）" */
  char *label;              /* of the step */
  char *from, *to;          /* pieces */
  int field;                /* -1: the record itself was made or deleted */
};
struct history {
  struct view view; /* first */
  struct ui *ui;
  int64_t no;
  char *uid;
  int item;
  struct past *row; /* oldest first, as read */
  size_t n, cap;
  bool failed;
};

/* ---- reading */

static void forget(struct history *v) {
  for (size_t i = 0; i < v->n; i++) {
    struct past *p = &v->row[i];
    char *const owned[] = { p->origin, p->who, p->label, p->from, p->to };
    for (size_t k = 0; k < sizeof owned / sizeof owned[0]; k++) free(owned[k]);
  }
  free(v->row);
  v->row = NULL;
  v->n = v->cap = 0;
}

/* A piece of a value, from `start`, cut on a character. */
static char *piece(int field, const char *value, size_t start) {
  struct text whole = { 0 }, text = { 0 };
  if (value == NULL) value = "";
  bool cut = strlen(value) > PIECE;
  const char *p = cut && start < strlen(value) ? value + start : value;
  size_t n = strlen(p);
  for (n = n < PIECE ? n : PIECE; p[n] != '\0' && ((unsigned char)p[n] & 0xC0) == 0x80; ) n++;
  if (p > value) text_add(&whole, "……");
  text_addn(&whole, p, n);
  if (p[n] != '\0') text_add(&whole, "……");
  form_add_shown(&text, field >= 0 ? (enum record_field)field : FIELD_TITLE, text_str(&whole));
  text_free(&whole);
  char *shown = text.len > 0 ? text_take(&text) : str_dup("");
  text_free(&text); /* an empty one has memory too */
  return shown;
}

static const char *act_of(const char *act) {
  return strcmp(act, "undo") == 0 ? _("（因撤销）") : strcmp(act, "redo") == 0 ? _("（因重做）") : "";
}

static bool take(const struct change *c, void *ctx) {
  struct history *v = ctx;
  v->failed = v->failed || !ARRAY_ROOM(v->row, v->n, v->cap);
  if (v->failed) return false;
  const char *from = c->old_value != NULL ? c->old_value : "", *to = c->new_value != NULL ? c->new_value : "";
  size_t start = excerpt_start(from, to);
  int field = field_find(c->field);
  struct past *p = &v->row[v->n++];
  *p = (struct past){ .time = c->time, .seq = c->seq, .origin = str_dup(c->origin), .who = str_dup(c->person),
                      .act = act_of(c->act), .label = str_dup(c->label),
                      .from = piece(field, from, start), .to = piece(field, to, start), .field = field };
  v->failed = p->origin == NULL || p->who == NULL || p->label == NULL || p->from == NULL || p->to == NULL;
  return !v->failed;
}

/* Deleted meanwhile (undone): its history is still there under its uid. */
static enum status find_uid(struct history *v, struct error *e) {
  struct record r;
  if (v->uid != NULL) return ST_OK;
  enum status st = wb_get(v->ui->wb, v->no, &r, e);
  if (st != ST_OK) return st;
  v->uid = str_dup(r.uid);
  v->item = r.item;
  record_free(&r);
  return v->uid != NULL ? ST_OK : error_nomem(e);
}

static int list_count(void *owner) { return (int)((const struct history *)owner)->n; }

static struct past *row_at(struct history *v, int i) { /* newest first */
  return i >= 0 && (size_t)i < v->n ? &v->row[v->n - 1 - (size_t)i] : NULL;
}

/* ---- drawing */

static void add_what(struct text *out, const struct past *p) {
  if (p->field >= 0) text_add(out, field_name((enum record_field)p->field));
  else text_add(out, *p->from == '\0' ? _("新建这条记录") : _("删除这条记录"));
  text_add(out, p->act);
}

/* "from -> to" in that many columns: what is too long is shown from the difference on. */
static void draw_values(const struct past *p, struct screen *s, struct rect at) {
  struct text from = { 0 }, to = { 0 };
  int room = at.cols - 4, half = room / 2;
  int wide_from = utf8_width(p->from), wide_to = utf8_width(p->to);
  int cols_from = wide_from <= half || wide_from + wide_to <= room ? wide_from : wide_to < half ? room - wide_to : half;
  if (*p->from == '\0') cols_from = utf8_width(_("（空）"));
  size_t start = excerpt_start(p->from, p->to);
  excerpt_add(&from, p->from, start, cols_from);
  excerpt_add(&to, p->to, start, room - cols_from);
  screen_fit(s, at.row, at.col, cols_from, ATTR_DIM, text_str(&from), false);
  screen_put(s, at.row, at.col + cols_from, 4, ATTR_PLAIN, " -> ");
  screen_fit(s, at.row, at.col + cols_from + 4, room - cols_from, ATTR_PLAIN, text_str(&to), false);
  text_free(&from);
  text_free(&to);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  const struct past *p = row_at(owner, i);
  struct text line = { 0 };
  text_add(&line, selected ? "> " : "  ");
  when_add(&line, p->time);
  text_add(&line, "  ");
  utf8_clean(&line, p->who);
  text_add(&line, "　");
  add_what(&line, p);
  screen_fit(s, at.row, at.col, at.cols, selected ? ATTR_SELECTED : ATTR_PLAIN, text_str(&line), false);
  text_free(&line);
  struct rect below = { at.row + 1, at.col + TEXT_COL, 1, at.cols - TEXT_COL - 1 };
  if (at.rows < 2) return;
  if (p->field >= 0) draw_values(p, s, below);
  else screen_fit(s, below.row, below.col, below.cols, ATTR_DIM, p->label, false);
}

static int list_height(void *owner, int i) {
  (void)owner;
  (void)i;
  return 2;
}

static const struct list_ops list_ops = { .count = list_count, .height = list_height, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  list_draw(&view->list, &list_ops, view, &ui->screen, at);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct history *v = (struct history *)view;
  text_addf(out, _("改动　%d 处　"), (int)v->n);
  if (v->item < 0) return;
  text_addf(out, "%s ", ui_item(ui, v->item)->id);
  add_item_name(ui, v->item, ui->screen.cols / 2, out);
}

static void refresh(struct view *view, struct ui *ui) {
  struct history *v = (struct history *)view;
  struct error e = { 0 };
  forget(v);
  v->failed = false;
  enum status st = find_uid(v, &e);
  if (st == ST_OK) st = wb_history(ui->wb, v->uid, take, v, &e);
  if (st == ST_OK && v->failed) st = error_nomem(&e);
  if (st != ST_OK) ui_fail(ui, &e);
  list_select(&view->list, &list_ops, v, view->list.selected);
}

/* ---- one change whole */

struct whole { const struct past *p; struct text *out; };

/* Every line of a value is indented in the pager. */
static void add_lines(struct text *out, const char *head, int field, const char *value) {
  struct text text = { 0 };
  form_add_shown(&text, field >= 0 ? (enum record_field)field : FIELD_TITLE, value != NULL ? value : "");
  text_addf(out, "%s\n\t", head);
  for (const char *p = text.len > 0 ? text_str(&text) : _("（空）"); *p != '\0'; p++) {
    text_addc(out, *p);
    if (*p == '\n') text_addc(out, '\t');
  }
  text_add(out, "\n\n");
  text_free(&text);
}

static bool take_whole(const struct change *c, void *ctx) {
  struct whole *w = ctx;
  if (c->seq != w->p->seq || !str_same(c->origin, w->p->origin)) return true;
  text_addf(w->out, _("属于这一步：%s\n\n"), c->label);
  add_lines(w->out, _("改动前"), w->p->field, c->old_value);
  add_lines(w->out, _("改动后"), w->p->field, c->new_value);
  return false;
}

static unsigned open_change(struct history *v) {
  struct error e = { 0 };
  struct text title = { 0 }, body = { 0 };
  const struct past *p = row_at(v, v->view.list.selected);
  if (p == NULL) return UI_HANDLED;
  add_what(&title, p);
  text_add(&title, "　");
  utf8_clean(&title, p->who);
  text_addc(&title, ' ');
  when_add(&title, p->time);
  struct whole w = { p, &body };
  if (wb_history(v->ui->wb, v->uid, take_whole, &w, &e) == ST_OK)
    ui_push(v->ui, view_page_new(v->view.unit, &title, &body));
  else ui_fail(v->ui, &e);
  text_free(&title);
  text_free(&body);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct history *v = (struct history *)view;
  (void)ui;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_HISTORY) {
    ui_push(ui, view_steps_new(ui));
    return UI_HANDLED;
  }
  return r == REQ_OPEN ? open_change(v) : UI_IGNORED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct history *v = (const struct history *)view;
  if (v->item < 0) return;
  p->item = v->item;
  p->domain = ui_item(ui, v->item)->domain;
  p->no = v->no;
}

static void close_view(struct view *view) {
  struct history *v = (struct history *)view;
  forget(v);
  free(v->uid);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_BACK, REQ_UNDO, REQ_REDO, REQ_HISTORY, REQ_HELP, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST, .hints = hints, .heading = heading, .refresh = refresh,
                                     .draw = draw, .request = request, .place = place, .close = close_view };

struct view *view_history_new(struct ui *ui, const struct place *p) {
  if (p->no == 0) return view_steps_new(ui);
  struct history *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = p->unit;
  v->ui = ui;
  v->no = p->no;
  v->item = p->item;
  return &v->view;
}
