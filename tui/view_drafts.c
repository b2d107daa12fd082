/* What windows that ended without leaving (power cut, crash) have left behind: each text with the
 * value that is stored, so that one can choose.  Taking one up opens its form with the text typed
 * into its field; nothing is stored by that.  What is not dealt with is offered at the next start.
 */
#include "base/utf8.h"
#include "tui/draft.h"
#include "tui/draw_item.h"
#include "tui/excerpt.h"
#include "tui/form.h"
#include "tui/when.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_ROWS 3
#define LABEL_COL 4
#define TEXT_COL 18
#define TEXT_ROWS 2 /* of each text; from its first difference where it is longer */

struct left {
  char *session, *typed, *was, *now, *person; /* was, now: as shown in a form */
  char *code, *id; /* of unit and item, as the draft names them */
  int unit, item;  /* -1: not in this workbook */
  int64_t no, time;
  struct period recurrence;
  enum record_field field;
};
struct drafts {
  struct view view; /* first */
  struct ui *ui;
  struct left *left;
  size_t n;
  bool failed;
};

/* ---- data */

static char *shown(enum record_field field, const char *value) {
  struct text text = { 0 };
  form_add_shown(&text, field, value != NULL ? value : "");
  char *s = str_dup(text_str(&text));
  text_free(&text);
  return s;
}

static void forget_one(struct left *l) {
  char *const owned[] = { l->session, l->typed, l->was, l->now, l->person, l->code, l->id };
  for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) free(owned[i]);
}

static void forget(struct drafts *v) {
  for (size_t i = 0; i < v->n; i++) forget_one(&v->left[i]);
  free(v->left);
  v->left = NULL;
  v->n = 0;
}

/* "140581001001/00.04/2026Q3" names its recurrence, whether the record is there or not. */
static struct period recurrence_of(const struct ui *ui, int item, const char *record) {
  struct period p = { 0 };
  const char *last = strrchr(record, '/');
  if (item >= 0 && last != NULL && cadence_recurs(ui_item(ui, item)->cadence) && !period_parse(last + 1, &p))
    p = (struct period){ 0 };
  return p;
}

static bool take(const struct draft *d, void *ctx) {
  struct drafts *v = ctx;
  if (d->state != DRAFT_LEFT) return true;
  struct left *more = realloc(v->left, (v->n + 1) * sizeof *more);
  if (more == NULL) {
    v->failed = true;
    return false;
  }
  v->left = more;
  struct left *l = &v->left[v->n++];
  *l = (struct left){ .session = str_dup(d->session), .typed = str_dup(d->typed), .field = d->field,
                      .was = shown(d->field, d->stored), .person = str_dup(d->person), .time = d->time,
                      .code = str_dup(d->unit), .id = str_dup(d->item),
                      .unit = wb_find_unit(v->ui->wb, d->unit), .item = catalogue_find(v->ui->catalogue, d->item),
                      .no = wb_find_uid(v->ui->wb, d->record) };
  l->recurrence = recurrence_of(v->ui, l->item, d->record);
  v->failed = v->failed || l->session == NULL || l->typed == NULL || l->was == NULL || l->person == NULL ||
              l->code == NULL || l->id == NULL;
  return !v->failed;
}

/* What the workbook has in that field by now. */
static void read_now(struct drafts *v, struct left *l) {
  struct record r = { 0 };
  struct error e;
  if (l->no != 0 && wb_get(v->ui->wb, l->no, &r, &e) == ST_OK) l->now = shown(l->field, r.value[l->field]);
  else l->now = str_dup("");
  record_free(&r);
  v->failed = v->failed || l->now == NULL;
}

static void read_all(struct drafts *v) {
  struct error e = { 0 };
  forget(v);
  v->failed = false;
  enum status st = wb_drafts(v->ui->wb, take, v, &e);
  for (size_t i = 0; i < v->n && !v->failed; i++) read_now(v, &v->left[i]);
  if (st == ST_OK && v->failed) st = error_nomem(&e);
  if (st == ST_OK) return;
  forget(v);
  ui_fail(v->ui, &e);
}

/* ---- drawing */

static bool moved_on(const struct left *l) { return !str_same(l->was, l->now); }

static int count(void *owner) { return (int)((const struct drafts *)owner)->n; }

/* What of a text is shown in rows of that width; its rows. */
static int cut_text(struct text *out, const char *text, size_t from, int cols) {
  excerpt_add(out, text, from, cols * TEXT_ROWS - 1); /* a wide character may not fit at a row's end */
  return utf8_width(text_str(out)) > cols ? TEXT_ROWS : 1;
}

static int text_cols(int cols) { return cols - TEXT_COL - 1; }

struct part { const char *label, *text; };

/* The texts that one chooses from; how many. */
static int parts_of(const struct left *l, struct part part[3]) {
  part[0] = (struct part){ _("没有存好的："), l->typed };
  part[1] = (struct part){ _("台账里的："), l->now };
  part[2] = (struct part){ _("填时台账里："), l->was };
  return moved_on(l) ? 3 : 2;
}

static int height(void *owner, int i) {
  const struct drafts *v = owner;
  const struct left *l = &v->left[i];
  struct part part[3];
  int n = parts_of(l, part), rows = 2; /* the title, and a blank row */
  for (int k = 0; k < n; k++) {
    struct text text = { 0 };
    rows += cut_text(&text, part[k].text, excerpt_start(l->typed, l->now), text_cols(v->ui->screen.cols));
    text_free(&text);
  }
  return rows;
}

struct lines { struct screen *s; struct rect at; const char *text; int line; };

static void put_line(size_t begin, size_t end, void *ctx) {
  struct lines *l = ctx;
  int line = l->line++;
  if (line >= l->at.rows) return;
  struct text part = { 0 };
  text_addn(&part, l->text + begin, end - begin);
  if (line == l->at.rows - 1 && l->text[end] != '\0') text_add(&part, l->text + end); /* cut with a sign */
  screen_fit(l->s, l->at.row + line, l->at.col, l->at.cols, ATTR_PLAIN, text_str(&part), false);
  text_free(&part);
}

static int draw_text(struct screen *s, struct rect at, const char *label, const char *text, size_t from) {
  struct text clean = { 0 };
  int rows = cut_text(&clean, text, from, text_cols(at.cols));
  screen_put(s, at.row, at.col + LABEL_COL, TEXT_COL - LABEL_COL, ATTR_DIM, label);
  struct lines l = { s, { at.row, at.col + TEXT_COL, at.rows < rows ? at.rows : rows, text_cols(at.cols) },
                     text_str(&clean), 0 };
  utf8_wrap(l.text, l.at.cols, 0, NULL, put_line, &l);
  text_free(&clean);
  return rows;
}

static void draw_title(const struct drafts *v, const struct left *l, struct screen *s, struct rect at,
                       bool selected) {
  struct text name = { 0 }, who = { 0 };
  text_addf(&name, "%s %s　", selected ? ">" : " ", l->unit >= 0 ? ui_unit(v->ui, l->unit)->name : l->code);
  text_addf(&name, "%s　%s ", field_name(l->field), l->id);
  if (l->item >= 0) add_item_name(v->ui, l->item, at.cols / 2, &name);
  utf8_clean(&who, l->person);
  text_addc(&who, ' ');
  when_add(&who, l->time);
  int room = utf8_width(text_str(&who)) + 1;
  enum attr attr = selected ? ATTR_SELECTED : ATTR_STRONG;
  screen_fit(s, at.row, at.col, at.cols - room, attr, text_str(&name), false);
  screen_fit(s, at.row, at.col + at.cols - room, room, attr, text_str(&who), false);
  text_free(&name);
  text_free(&who);
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  const struct drafts *v = owner;
  const struct left *l = &v->left[i];
  size_t from = excerpt_start(l->typed, l->now);
  draw_title(v, l, s, at, selected);
  struct part part[3];
  int row = 1, n = parts_of(l, part);
  for (int k = 0; k < n && row < at.rows; k++)
    row += draw_text(s, (struct rect){ at.row + row, at.col, at.rows - row, at.cols }, part[k].label,
                     part[k].text, from);
}

static const struct list_ops list_ops = { .count = count, .height = height, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct screen *s = &ui->screen;
  screen_put(s, at.row, 1, at.cols - 1, ATTR_PLAIN,
             _("程序上次没有正常关闭，这些字填了还没有存好。"));
  screen_put(s, at.row + 1, 1, at.cols - 1, ATTR_PLAIN,
             _("回车：放回那一栏再看；F8：不要了；Esc：以后再说。"));
  list_draw(&view->list, &list_ops, view, s,
            (struct rect){ at.row + HEAD_ROWS, at.col, at.rows - HEAD_ROWS, at.cols });
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  (void)ui;
  text_addf(out, _("没有存好的字　%d 处"), (int)((struct drafts *)view)->n);
}

static void refresh(struct view *view, struct ui *ui) {
  struct drafts *v = (struct drafts *)view;
  (void)ui;
  read_all(v);
  list_select(&view->list, &list_ops, v, view->list.selected);
}

/* ---- requests */

static struct left *current(struct drafts *v) {
  int i = v->view.list.selected;
  return i >= 0 && (size_t)i < v->n ? &v->left[i] : NULL;
}

static void close_view(struct view *view) {
  struct drafts *v = (struct drafts *)view;
  forget(v);
  free(v);
}

/* The form lies over this list; over the last of it, in its place. */
static void open_form(struct drafts *v, struct view *form) {
  struct ui *ui = v->ui;
  ui_push(ui, form);
  ui_say(ui, _("已放回这一栏，可以再改；离开这一栏就存好，存好后 Ctrl-Z 撤销"));
  v->view.generation = 0;
  if (v->n > 1 || v->view.below == NULL) return;
  form->below = v->view.below;
  close_view(&v->view);
}

static unsigned take_up(struct drafts *v) {
  struct error e = { 0 };
  const struct left *l = current(v);
  if (l == NULL) return UI_HANDLED;
  if (l->unit < 0 || l->item < 0) {
    ui_say(v->ui, _("这个台账里已没有那个单位或事项，放不回去；可以抄下来，再按 F8 去掉"));
    return UI_HANDLED | UI_ERROR;
  }
  struct view *form = view_form_new(v->ui, l->unit, l->item, l->no, l->recurrence);
  enum status st = form != NULL ? wb_draft_take(v->ui->wb, l->session, &e) : error_nomem(&e);
  if (st != ST_OK) {
    if (form != NULL) form->ops->close(form);
    ui_fail(v->ui, &e);
    return UI_HANDLED | UI_ERROR;
  }
  form_type(form, l->field, l->typed);
  open_form(v, form);
  return UI_HANDLED;
}

static unsigned throw_away(struct view *view, struct ui *ui, const char *answer) {
  struct drafts *v = (struct drafts *)view;
  struct error e = { 0 };
  (void)answer;
  if (current(v) == NULL) return UI_HANDLED;
  if (wb_draft_drop(ui->wb, current(v)->session, &e) != ST_OK) ui_fail(ui, &e);
  else if (v->n == 1) ui_say(ui, _("已丢掉。没有存好的字都处理完了，按 Esc 开始今天的工作"));
  else ui_say(ui, _("已丢掉"));
  view->generation = 0;
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct drafts *v = (struct drafts *)view;
  if (list_request(&view->list, &list_ops, v, r)) return UI_HANDLED;
  if (r == REQ_OPEN) return take_up(v);
  if (r == REQ_BACK && v->n > 0) {
    ui_say(ui, _("没有处理的还留着，下次打开再提示"));
    return UI_HANDLED | UI_LEAVE;
  }
  if (r != REQ_REMOVE || current(v) == NULL) return UI_IGNORED;
  ui_ask(ui, _("这段没有存好的字不要了？丢掉就找不回来"), throw_away);
  return UI_HANDLED;
}

static void place(struct view *view, struct ui *ui, struct place *p) {
  const struct left *l = current((struct drafts *)view);
  if (l == NULL || l->unit < 0 || l->item < 0) return;
  *p = (struct place){ .unit = l->unit, .domain = ui_item(ui, l->item)->domain, .item = l->item, .no = l->no,
                       .recurrence = l->recurrence };
}

static const enum request hints[] = { REQ_OPEN, REQ_REMOVE, REQ_BACK, REQ_HISTORY, REQ_BASIS, REQ_HELP, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST, .hints = hints, .heading = heading, .refresh = refresh,
                                     .draw = draw, .request = request, .place = place, .close = close_view };

static struct view *make(struct ui *ui) {
  struct drafts *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = -1;
  v->ui = ui;
  return &v->view;
}

static bool any_left(const struct draft *d, void *ctx) {
  *(bool *)ctx = d->state == DRAFT_LEFT;
  return d->state != DRAFT_LEFT;
}

void drafts_offer(struct ui *ui) {
  bool any = false;
  if (wb_drafts(ui->wb, any_left, &any, NULL) == ST_OK && any) ui_push(ui, make(ui));
}
