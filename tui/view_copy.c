/* A record to other units: which ones, and what goes with it.
 *
 * At first a village's neighbours, a township's villages, a county's departments; with a key all others
 * that the item asks.  A unit that has this record already is shown as such and cannot be chosen,
 * so nothing is ever overwritten.
 */
#include "base/utf8.h"
#include "checklists/record.h"
#include "tui/change.h"
#include "tui/rows.h"
#include "tui/view.h"

#include <stdlib.h>

enum has { HAS_UNKNOWN, HAS_NOT, HAS };

struct row { int unit; enum has has; };

struct copy {
  struct view view; /* first */
  struct ui *ui;
  struct record from;
  struct row *row;    /* of this township first, then of the others */
  int n, near;
  int looked;         /* rows before that one are known to have it, or not */
  bool all;           /* the others are listed too */
  unsigned options;   /* of change_copy */
};

static int count(void *owner) {
  const struct copy *v = owner;
  return v->all ? v->n : v->near;
}

/* ---- which units */

static bool is_near(const struct unit *from, const struct unit *u) {
  return u->township == from->township && (from->level != LEVEL_VILLAGE || u->level == LEVEL_VILLAGE);
}

static void gather(struct copy *v, bool near) {
  const struct ui *ui = v->ui;
  const struct unit *from = ui_unit(ui, v->from.unit);
  for (int i = 0; i < (int)ui->n_units; i++) {
    const struct unit *u = ui_unit(ui, i);
    if (i == v->from.unit || is_near(from, u) != near) continue;
    if (!catalogue_asks(ui->catalogue, v->from.item, u->level, u->code)) continue;
    v->row[v->n++] = (struct row){ .unit = i };
  }
}

/* ---- who has it already */

/* Asked of a unit when it is first drawn or chosen, and of all while nothing else is to be done. */
#define MAYBE_MAX 8
#define PIECE 100
struct look { struct copy *v; struct period period; day event; bool has; int64_t maybe[MAYBE_MAX]; int n; };

/* A standing item's one record; the same recurrence; "none" of the same period; an event of that day may be
 * the same. */
static bool look_at(int unit, int item, const struct slot_record *r, void *ctx) {
  struct look *l = ctx;
  enum cadence cadence = ui_item(l->v->ui, item)->cadence;
  bool none = !str_empty(l->v->from.value[FIELD_NONE]), period = period_same(r->period, l->period);
  (void)unit;
  if (cadence == CAD_STANDING) l->has = true;
  else if (cadence_recurs(cadence)) l->has = period;
  else if (none || r->none) l->has = none && r->none && period;
  else if (r->event_on == l->event && l->n < MAYBE_MAX) l->maybe[l->n++] = r->no;
  return !l->has;
}

/* An event of the same day and title is the same. */
static enum status same_title(struct look *l, int64_t no, struct error *e) {
  struct record r;
  enum status st = wb_get(l->v->ui->wb, no, &r, e);
  if (st != ST_OK) return st;
  if (str_same(record_get(&r, FIELD_TITLE), record_get(&l->v->from, FIELD_TITLE))) l->has = true;
  record_free(&r);
  return ST_OK;
}

/* What cannot be read is not copied to. */
static bool has_it(struct copy *v, struct row *row) {
  struct look l = { .v = v, .event = record_day(&v->from, FIELD_EVENT) };
  struct error e = { 0 };
  if (row->has != HAS_UNKNOWN) return row->has == HAS;
  if (!period_parse(record_get(&v->from, FIELD_PERIOD), &l.period)) l.period = (struct period){ 0 };
  enum status st = wb_scan(v->ui->wb, row->unit, v->from.item, look_at, &l, &e);
  for (int i = 0; i < l.n && st == ST_OK; i++) st = same_title(&l, l.maybe[i], &e);
  if (st != ST_OK) ui_fail(v->ui, &e);
  else row->has = l.has ? HAS : HAS_NOT;
  return row->has != HAS_NOT;
}

static bool markable(void *owner, int i) {
  struct copy *v = owner;
  return !has_it(v, &v->row[i]);
}

/* ---- drawing */

enum { OPTION_ROWS = 3, COL_BOX = 2, COL_NAME = 6, WIDTH_HAS = 14 };

/* The list begins at the box, so that its sign of a mark stands in it: "> [*] 城北社区居委会". */
static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct copy *v = owner;
  struct row *row = &v->row[i];
  const struct unit *u = ui_unit(v->ui, row->unit);
  bool has = has_it(v, row), towns = v->all && u->township != row->unit;
  enum attr attr = selected ? ATTR_SELECTED : has ? ATTR_DIM : ATTR_PLAIN;
  int has_at = s->cols - WIDTH_HAS, town = towns ? COL_NAME + (has_at - COL_NAME) * 3 / 5 : has_at;
  screen_fill(s, at.row, 0, s->cols, attr);
  screen_put(s, at.row, 0, 1, attr, selected ? ">" : " ");
  screen_put(s, at.row, COL_BOX, 3, attr, has ? " - " : "[ ]");
  screen_fit(s, at.row, COL_NAME, town - COL_NAME - 1, attr, u->name, false);
  if (towns) screen_fit(s, at.row, town, has_at - town - 1, attr, ui_unit(v->ui, u->township)->name, false);
  if (has) screen_fit(s, at.row, has_at, WIDTH_HAS, attr, _("已有这条记录"), false);
}

static const struct list_ops list_ops = { .count = count, .draw = draw_row, .markable = markable };

static void draw_option(struct screen *s, int row, int digit, bool on, const char *what) {
  struct text text = { 0 };
  text_addf(&text, "%d [%s] %s", digit, on ? "*" : " ", what);
  screen_put(s, row, 3, s->cols - 4, ATTR_PLAIN, text_str(&text));
  text_free(&text);
}

static bool is_none(const struct copy *v) {
  return !str_empty(v->from.value[FIELD_NONE]);
}

static void draw_options(struct copy *v, struct screen *s, int row, int width) {
  const char *what = is_none(v) ? _("带过去：本期无的理由、周期")
                                : _("带过去：标题、正文、渠道、网址、电话，周期或事件日");
  screen_fit(s, row, 1, width - 2, ATTR_STRONG, what, false);
  if (!is_none(v)) {
    draw_option(s, row + 1, 1, (v->options & COPY_PUBLISH) != 0, _("同时记为今天公开（不选：公开日期空着）"));
    if (!str_empty(v->from.value[FIELD_TABLE]))
      draw_option(s, row + 2, 2, (v->options & COPY_TABLE) != 0, _("附表也带过去（名单、金额多半各村不同）"));
    else screen_put(s, row + 2, 3, width - 4, ATTR_DIM, _("（这条记录没有附表）"));
  }
}

static const char *list_head(const struct copy *v) {
  if (v->all && v->near > 0) return _("空格选中要复制到的单位，选好按回车　按 3 只列近处");
  return v->n > v->near ? _("空格选中要复制到的单位，选好按回车　按 3 列出全部")
                        : _("空格选中要复制到的单位，选好按回车");
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct copy *v = (struct copy *)view;
  struct screen *s = &ui->screen;
  int row = at.row + OPTION_ROWS;
  draw_options(v, s, at.row, at.cols);
  screen_fill(s, row, 0, at.cols, ATTR_HEAD);
  screen_fit(s, row, COL_NAME, at.cols - COL_NAME, ATTR_HEAD, list_head(v), false);
  row++;
  if (count(v) == 0)
    screen_put(s, row + 1, 3, at.cols - 4, ATTR_PLAIN, _("这里没有别的单位要公开这一事项。"));
  struct rect rows = { row, COL_BOX, at.row + at.rows - row, at.cols - COL_BOX };
  list_draw(&view->list, &list_ops, v, s, rows);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  const struct copy *v = (const struct copy *)view;
  const struct item *item = ui_item(ui, v->from.item);
  const char *title = record_get(&v->from, is_none(v) ? FIELD_NONE : FIELD_TITLE);
  text_addf(out, _("复制 %s %s　"), item->id, item_title(item));
  text_add(out, *title != '\0' ? title : ui_unit(ui, v->from.unit)->name);
}

/* Somebody may have made one of them meanwhile; what was chosen has to be chosen again. */
static void refresh(struct view *view, struct ui *ui) {
  struct copy *v = (struct copy *)view;
  (void)ui;
  list_unmark(&view->list);
  for (int i = 0; i < v->n; i++) v->row[i].has = HAS_UNKNOWN;
  v->looked = 0;
}

static bool work(struct view *view, struct ui *ui) {
  struct copy *v = (struct copy *)view;
  (void)ui;
  for (int i = 0; i < PIECE && v->looked < count(v); i++) (void)has_it(v, &v->row[v->looked++]);
  return v->looked < count(v);
}

/* ---- requests */

static unsigned copy_answered(struct view *view, struct ui *ui, const char *answer) {
  struct copy *v = (struct copy *)view;
  struct error e = { 0 };
  size_t n = 0;
  int *units = malloc((size_t)list_marks(&view->list) * sizeof *units);
  (void)answer;
  if (units == NULL) {
    error_nomem(&e);
    ui_fail(ui, &e);
    return UI_HANDLED;
  }
  for (int i = list_next_mark(&view->list, 0); i >= 0; i = list_next_mark(&view->list, i + 1))
    units[n++] = v->row[i].unit;
  enum status st = change_copy(ui, &v->from, units, n, v->options, &e);
  free(units);
  if (st == ST_OK) ui_say(ui, _("已复制到 %zu 个单位（Ctrl-Z 一次全部撤销）"), n);
  else ui_fail(ui, &e);
  return st == ST_OK ? UI_HANDLED | UI_LEAVE : UI_HANDLED;
}

static unsigned ask_copy(struct copy *v, struct ui *ui) {
  struct text label = { 0 };
  if (list_marks(&v->view.list) == 0) {
    ui_say(ui, _("还没有选单位：按空格选中一个，Ctrl-A 全选"));
    return UI_HANDLED;
  }
  text_addf(&label, _("复制到选中的 %d 个单位？"), list_marks(&v->view.list));
  if ((v->options & COPY_PUBLISH) != 0) text_add(&label, _("并记为今天公开。"));
  ui_ask(ui, text_str(&label), copy_answered);
  text_free(&label);
  return UI_HANDLED;
}

/* The others are behind those of the township, so marks stay true; what is no longer seen is not chosen. */
static unsigned list_all(struct copy *v) {
  if (v->n == v->near || v->near == 0) return UI_HANDLED;
  v->all = !v->all;
  if (!v->all) list_unmark(&v->view.list);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct copy *v = (struct copy *)view;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_OPEN || r == REQ_COPY) return ask_copy(v, ui);
  if (r != REQ_PUBLISH) return UI_IGNORED;
  if (!is_none(v)) v->options ^= COPY_PUBLISH;
  return UI_HANDLED;
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct copy *v = (struct copy *)view;
  uint32_t cp = k.kind == K_CHAR ? utf8_fold(k.cp) : 0;
  (void)ui;
  if (cp == '1' && !is_none(v)) v->options ^= COPY_PUBLISH;
  else if (cp == '2' && !str_empty(v->from.value[FIELD_TABLE])) v->options ^= COPY_TABLE;
  else if (cp == '3') return list_all(v);
  else return UI_IGNORED;
  return UI_HANDLED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct copy *v = (const struct copy *)view;
  p->domain = ui_item(ui, v->from.item)->domain;
  p->item = v->from.item;
  p->no = v->from.no;
}

static void close_view(struct view *view) {
  struct copy *v = (struct copy *)view;
  record_free(&v->from);
  free(v->row);
  free(v);
}

static const enum request hints[] = { REQ_MARK, REQ_MARK_ALL, REQ_COPY, REQ_PUBLISH, REQ_BACK, REQ_HELP,
                                      REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .work = work,
                                     .place = place,
                                     .close = close_view,
                                     .about = N_("空格选中要复制到的村，回车复制，复制前再问一次。数字 1、2 换下面两个选项："
                                                 "同时记为今天公开，附表也带过去。已经有的村不动。") };

struct view *view_copy_new(struct ui *ui, const struct place *p) {
  struct error e = { 0 };
  struct copy *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = p->unit;
  v->ui = ui;
  v->row = calloc(ui->n_units, sizeof *v->row);
  if (v->row == NULL || wb_get(ui->wb, p->no, &v->from, &e) != ST_OK) {
    close_view(&v->view);
    return NULL;
  }
  gather(v, true);
  v->near = v->n;
  gather(v, false);
  v->all = v->near == 0;
  return &v->view;
}
