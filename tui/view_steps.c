/* The steps of the workbook, newest first: when, who, what, how many changes, and which of them
 * Ctrl-Z and Ctrl-Y would take next.
 *
 * Steps are numbered without gaps, so a row is found by its number: only rows in sight are read,
 * however many there are.  Which are undone is known after one walk over all of them, made in
 * pieces while nothing else is to do: one bit a step.
 */
#include "tui/view_steps.h"
#include "base/utf8.h"
#include "tui/excerpt.h"
#include "tui/form.h"
#include "tui/view_page.h"
#include "tui/when.h"

#include <stdlib.h>
#include <string.h>

#define PIECE 2000  /* steps looked at in one go */
#define IN_SIGHT 72 /* rows read together */
#define MOST 300    /* changes shown of one step */
#define VALUE_COLS 60 /* of a value in the changes of a step */
#define STATE_COLS 12
#define COUNT_COLS 9

struct row { int64_t step, time, changes; char *who, *what; };
struct steps {
  struct view view; /* first */
  struct ui *ui;
  int64_t newest;
  struct row row[IN_SIGHT]; /* those before step `first` */
  int n;
  int64_t first;
  struct {                  /* the walk */
    int64_t at;             /* steps before it are still to come; 1: done */
    int64_t hidden, redone; /* undos whose steps are to come; redos whose undos are */
    bool redo_known;
    int64_t undo, redo;     /* what the keys would take; 0: nothing */
    uint8_t *undone;        /* a bit a step */
  } walk;
};

/* ---- the walk, as undo.c (checklists) goes it */

static bool walk_step(const struct past_step *p, void *ctx) {
  struct steps *v = ctx;
  bool undo = strcmp(p->act, "undo") == 0, redo = strcmp(p->act, "redo") == 0;
  v->walk.at = p->step;
  if (undo || redo) {
    v->walk.hidden += undo ? 1 : -1;
  } else if (v->walk.hidden > 0) {
    v->walk.hidden--;
    v->walk.undone[p->step / 8] |= (uint8_t)(1u << p->step % 8);
  } else if (v->walk.undo == 0 && p->step > 1) {
    v->walk.undo = p->step;
  }
  if (v->walk.redo_known) return true;
  if (undo && v->walk.redone == 0) v->walk.redo = p->target;
  v->walk.redone += redo ? 1 : undo ? -1 : 0;
  v->walk.redo_known = v->walk.redo != 0 || !(undo || redo);
  return true;
}

static bool work(struct view *view, struct ui *ui) {
  struct steps *v = (struct steps *)view;
  int64_t before = v->walk.at;
  if (v->walk.undone == NULL || before <= 1) return false;
  if (wb_steps(ui->wb, before, PIECE, walk_step, v, NULL) != ST_OK || v->walk.at == before) v->walk.at = 1;
  return v->walk.at > 1;
}

static bool is_undone(const struct steps *v, int64_t step) {
  return v->walk.undone != NULL && (v->walk.undone[step / 8] >> step % 8 & 1) != 0;
}

/* ---- rows in sight */

static void add_act(struct text *out, const char *act) {
  if (strcmp(act, "undo") == 0) text_add(out, _("撤销："));
  else if (strcmp(act, "redo") == 0) text_add(out, _("重做："));
}

static void forget(struct steps *v) {
  for (int i = 0; i < v->n; i++) {
    free(v->row[i].who);
    free(v->row[i].what);
  }
  v->n = 0;
}

static bool take(const struct past_step *p, void *ctx) {
  struct steps *v = ctx;
  struct text what = { 0 }, who = { 0 };
  add_act(&what, p->act);
  utf8_clean(&what, p->label);
  utf8_clean(&who, p->person);
  v->row[v->n++] = (struct row){ .step = p->step, .time = p->time, .changes = p->changes,
                                 .who = text_take(&who), .what = text_take(&what) };
  return v->n < IN_SIGHT;
}

/* The step of row i; rows around it are read with it. */
static const struct row *row_at(struct steps *v, int i) {
  struct error e;
  int64_t step = v->newest - i;
  if (v->n == 0 || step >= v->first || step < v->first - v->n) {
    forget(v);
    v->first = step + IN_SIGHT / 3 < v->newest ? step + IN_SIGHT / 3 : v->newest + 1;
    if (wb_steps(v->ui->wb, v->first, IN_SIGHT, take, v, &e) != ST_OK) ui_fail(v->ui, &e);
  }
  int64_t at = v->first - 1 - step;
  return at >= 0 && at < v->n ? &v->row[at] : NULL;
}

static bool take_newest(const struct past_step *p, void *ctx) {
  *(int64_t *)ctx = p->step;
  return false;
}

static int count(void *owner) { return (int)((const struct steps *)owner)->newest; }

static const char *state_of(const struct steps *v, int64_t step) {
  if (step == v->walk.undo) return _("Ctrl-Z 撤销");
  if (step == v->walk.redo) return _("Ctrl-Y 重做");
  return is_undone(v, step) ? _("已撤销") : "";
}

static void draw_row(void *owner, struct screen *s, struct rect at, int i, bool selected) {
  struct steps *v = owner;
  const struct row *r = row_at(v, i);
  if (r == NULL) return;
  struct text changes = { 0 };
  bool wide = at.cols >= 76;
  const char *state = state_of(v, r->step);
  int who = wide ? 8 : 6, col = at.col + 2, end = at.col + at.cols - (wide || *state != '\0' ? STATE_COLS : 0) -
            (wide ? COUNT_COLS : 0);
  enum attr plain = selected ? ATTR_SELECTED : is_undone(v, r->step) ? ATTR_DIM : ATTR_PLAIN;
  struct text when = { 0 };
  when_add(&when, r->time);
  screen_fill(s, at.row, at.col, at.cols, plain);
  screen_put(s, at.row, at.col, 1, plain, selected ? ">" : " ");
  screen_fit(s, at.row, col, WHEN_COLS, plain, text_str(&when), false);
  screen_fit(s, at.row, col + WHEN_COLS + 1, who, plain, r->who != NULL ? r->who : "", false);
  col += WHEN_COLS + who + 2;
  screen_fit(s, at.row, col, end - col - 1, plain, r->what != NULL ? r->what : "", false);
  text_addf(&changes, _("%lld 处"), (long long)r->changes);
  if (wide) screen_fit(s, at.row, end, COUNT_COLS - 1, plain, text_str(&changes), true);
  if (*state != '\0')
    screen_fit(s, at.row, at.col + at.cols - STATE_COLS, STATE_COLS, selected ? plain : ATTR_STRONG, state, false);
  text_free(&when);
  text_free(&changes);
}

static const struct list_ops list_ops = { .count = count, .draw = draw_row };

static void draw(struct view *view, struct ui *ui, struct rect at) {
  list_draw(&view->list, &list_ops, view, &ui->screen, at);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  (void)ui;
  text_addf(out, _("各步操作　共 %lld 步，新的在上"), (long long)((struct steps *)view)->newest);
}

static void refresh(struct view *view, struct ui *ui) {
  struct steps *v = (struct steps *)view;
  struct error e = { 0 };
  forget(v);
  v->newest = 0;
  if (wb_steps(ui->wb, 0, 1, take_newest, &v->newest, &e) != ST_OK) ui_fail(ui, &e);
  free(v->walk.undone);
  memset(&v->walk, 0, sizeof v->walk);
  v->walk.at = v->newest + 1;
  v->walk.undone = calloc((size_t)v->newest / 8 + 1, 1); /* without it nothing is marked */
  (void)work(view, ui);
  list_select(&view->list, &list_ops, v, view->list.selected);
}

/* ---- the changes of one step */

struct telling { struct ui *ui; struct text *out; char *subject; int n; };

/* "北城街道 19.05" for a record that is there; otherwise its uid, which begins with both where it can be
 * there once. */
static void add_subject(struct telling *t, const char *uid) {
  struct record r = { 0 };
  struct error e;
  int64_t no = wb_find_uid(t->ui->wb, uid);
  if (no != 0 && wb_get(t->ui->wb, no, &r, &e) == ST_OK)
    text_addf(t->out, "%s %s", ui_unit(t->ui, r.unit)->name, ui_item(t->ui, r.item)->id);
  else if (strncmp(uid, "unit/", 5) == 0) text_addf(t->out, _("单位 %s"), uid + 5);
  else text_add(t->out, uid);
  record_free(&r);
  text_addc(t->out, '\n');
}

static void add_value(struct text *out, int field, const char *value, size_t from) {
  struct text text = { 0 };
  form_add_shown(&text, field >= 0 ? (enum record_field)field : FIELD_TITLE, value != NULL ? value : "");
  struct text cut = { 0 };
  excerpt_add(&cut, text_str(&text), from, VALUE_COLS);
  int width = utf8_width(text_str(&cut));
  text_clear(&text);
  utf8_fit(&text, text_str(&cut), width < VALUE_COLS ? width : VALUE_COLS, false);
  while (text.len > 0 && text.s[text.len - 1] == ' ') text.s[--text.len] = '\0';
  text_add(out, text_str(&text));
  text_free(&text);
  text_free(&cut);
}

static const char *name_of(const char *field) {
  static const struct { const char *key, *name; } unit[] = {
    { "name", N_("名称") }, { "level", N_("级别") }, { "parent", N_("上级单位") }
  };
  int f = field_find(field);
  if (f >= 0) return field_name((enum record_field)f);
  for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++)
    if (strcmp(field, unit[i].key) == 0) return _(unit[i].name);
  return field;
}

static bool tell(const struct change *c, void *ctx) {
  struct telling *t = ctx;
  int field = field_find(c->field);
  t->n++;
  if (!str_same(t->subject, c->subject)) {
    free(t->subject);
    t->subject = str_dup(c->subject);
    add_subject(t, c->subject);
  }
  if (strcmp(c->field, "record") == 0) {
    text_addf(t->out, "\t%s\n", c->new_value != NULL ? _("新建这条记录") : _("删除这条记录"));
    return true;
  }
  const char *from = c->old_value != NULL ? c->old_value : "", *to = c->new_value != NULL ? c->new_value : "";
  size_t start = excerpt_start(from, to);
  text_addf(t->out, "\t%s：", name_of(c->field));
  add_value(t->out, field, from, start);
  text_add(t->out, " -> ");
  add_value(t->out, field, to, start);
  text_addc(t->out, '\n');
  return true;
}

static unsigned open_step(struct steps *v) {
  struct error e = { 0 };
  struct text title = { 0 }, body = { 0 };
  const struct row *r = v->view.list.selected >= 0 ? row_at(v, v->view.list.selected) : NULL;
  if (r == NULL) return UI_HANDLED;
  when_add(&title, r->time);
  text_addf(&title, " %s　%s", r->who != NULL ? r->who : "", r->what != NULL ? r->what : "");
  struct telling t = { .ui = v->ui, .out = &body };
  enum status st = wb_step_history(v->ui->wb, r->step, MOST, tell, &t, &e);
  if (t.n == MOST && r->changes > MOST)
    text_addf(&body, _("……这一步共 %lld 处改动，这里列到第 %d 处；全部见 mingbai export --what history\n"),
              (long long)r->changes, MOST);
  if (st == ST_OK) ui_push(v->ui, view_page_new(v->view.unit, &title, &body));
  else ui_fail(v->ui, &e);
  free(t.subject);
  text_free(&title);
  text_free(&body);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  (void)ui;
  if (list_request(&view->list, &list_ops, view, r)) return UI_HANDLED;
  if (r == REQ_HISTORY) return UI_HANDLED; /* one is there */
  return r == REQ_OPEN ? open_step((struct steps *)view) : UI_IGNORED;
}

static void close_view(struct view *view) {
  struct steps *v = (struct steps *)view;
  forget(v);
  free(v->walk.undone);
  free(v);
}

static const enum request hints[] = { REQ_OPEN, REQ_UNDO, REQ_REDO, REQ_BACK, REQ_HELP, REQ_QUIT,
                                      REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_LIST, .hints = hints, .heading = heading, .refresh = refresh,
                                     .draw = draw, .request = request, .work = work, .close = close_view };

struct view *view_steps_new(struct ui *ui) {
  struct steps *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = -1; /* they are of the whole workbook */
  v->ui = ui;
  return &v->view;
}
