/* The help screen: the table of keys, what can be done where one came from first; two columns where there is
 * room.  The tour can be seen again from here.
 */
#include "base/utf8.h"
#include "tui/help.h"
#include "tui/view.h"

#include <stdlib.h>

#define KEYS_COLS 16
#define GAP 3          /* between two columns */
#define COLUMN_MIN 54  /* narrower than this no second column is made */

struct help {
  struct view view; /* first */
  enum context where;
  const struct view_ops *from; /* of the view one came from */
  int top, page, total; /* first line shown; lines shown at once; lines in all */
};

/* Lines are made anew at each drawing; those between top and top + page are seen. */
struct drawing {
  struct screen *s;
  struct rect at; /* of the first column */
  int top, line, step; /* step: from one column to the next */
  enum attr attr;
  int col;
  const char *text;
};

static bool seen(const struct drawing *d, int *row, int *col) {
  int i = d->line - d->top;
  *row = d->at.row + i % d->at.rows;
  *col = d->at.col + i / d->at.rows * d->step;
  return i >= 0 && *col + d->at.cols <= d->s->cols;
}

static void put_line(size_t begin, size_t end, void *ctx) {
  struct drawing *d = ctx;
  struct text part = { 0 };
  int row, col;
  text_addn(&part, d->text + begin, end - begin);
  if (seen(d, &row, &col)) screen_put(d->s, row, col + d->col, d->at.cols - d->col, d->attr, text_str(&part));
  d->line++;
  text_free(&part);
}

static void put_text(struct drawing *d, int col, enum attr attr, const char *text) {
  d->col = col;
  d->attr = attr;
  d->text = text;
  utf8_wrap(text, d->at.cols - col, 0, NULL, put_line, d);
}

static void put_heading(struct drawing *d, const char *text) {
  d->line++; /* an empty one before it */
  put_text(d, 0, ATTR_STRONG, text);
}

static void put_keys(const char *keys, const char *text, void *ctx) {
  struct drawing *d = ctx;
  int row, col;
  if (keys == NULL) {
    put_heading(d, text);
    return;
  }
  if (seen(d, &row, &col)) screen_fit(d->s, row, col + 2, KEYS_COLS - 3, ATTR_KEY, keys, false);
  put_text(d, KEYS_COLS, ATTR_PLAIN, text);
}

/* What it is for, and the keys that its hints name. */
static void put_about(const struct help *v, struct drawing *d) {
  put_heading(d, _("这一屏"));
  put_text(d, 2, ATTR_PLAIN, _(v->from->about));
  for (const enum request *r = v->from->hints; r != NULL && *r != REQ_NONE_GIVEN; r++) {
    struct text keys = { 0 };
    keymap_labels(&keys, *r, v->where);
    if (*r != REQ_HELP && keys.len > 0) put_keys(text_str(&keys), _(keymap_get(*r)->help), d);
    text_free(&keys);
  }
}

static void put_all(const struct help *v, struct drawing *d) {
  static const char *const signs[][2] = {
    { N_("! 逾期未公开"), N_("过了到期日还没有公开") },
    { N_("? 待确认"), N_("要公开，或写明本期没有") },
    { N_("待公开"), N_("还没有到期") },
    { N_("待核"), N_("目录里这一项的依据还没有核实") },
  };
  put_keys(_("t 回车"), _("重看一遍入门说明（五屏）"), d);
  if (v->from->about != NULL) put_about(v, d);
  help_each(v->from->about != NULL ? CTX_NONE : v->where, put_keys, d);
  put_heading(d, _("屏幕上的记号"));
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) put_keys(_(signs[i][0]), _(signs[i][1]), d);
  put_heading(d, _("打字"));
  put_text(d, 2, ATTR_PLAIN, _("数字键直接到那一行；日期可写 2026-9-3、2026.9.3、20260903；"
                               "数字、字母、标点打成全角也一样。"));
  put_heading(d, _("鼠标"));
  put_text(d, 2, ATTR_PLAIN, _("单击选中，双击打开，滚轮上下；最下面的键也可以单击。"
                               "不想用鼠标：设置里写 mouse = false。"));
}

static void draw_from(struct help *v, struct ui *ui, struct rect at, int columns) {
  int width = (at.cols - 4 - (columns - 1) * GAP) / columns;
  struct drawing d = { .s = &ui->screen, .top = v->top, .step = width + GAP };
  d.at = (struct rect){ at.row, 2, at.rows, width };
  for (int i = 0; i < at.rows; i++) screen_fill(&ui->screen, at.row + i, at.col, at.cols, ATTR_PLAIN);
  put_all(v, &d);
  v->page = at.rows * columns;
  v->total = d.line;
}

static int last_top(const struct help *v) {
  return v->total > v->page ? v->total - v->page : 0;
}

/* How many lines there are is known only after drawing; a larger window may show more of the end. */
static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct help *v = (struct help *)view;
  int columns = (at.cols - 4 + GAP) / (COLUMN_MIN + GAP);
  if (columns > 2) columns = 2;
  if (columns < 1) columns = 1;
  draw_from(v, ui, at, columns);
  if (v->top <= last_top(v)) return;
  v->top = last_top(v);
  draw_from(v, ui, at, columns);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  const struct help *v = (const struct help *)view;
  (void)ui;
  text_add(out, _("帮助：每一栏离开时就存好了，不用另外保存"));
  if (v->total > v->page) text_addf(out, "　%d%%", v->top >= last_top(v) ? 100 : v->top * 100 / v->total);
}

static void refresh(struct view *view, struct ui *ui) {
  (void)view;
  (void)ui;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct help *v = (struct help *)view;
  int step = v->page > 1 ? v->page - 1 : 1, last = last_top(v);
  (void)ui;
  switch (r) {
  case REQ_UP: v->top -= 1; break;
  case REQ_DOWN: v->top += 1; break;
  case REQ_PAGE_UP: v->top -= step; break;
  case REQ_PAGE_DOWN: v->top += step; break;
  case REQ_FIRST: v->top = 0; break;
  case REQ_LAST: v->top = last; break;
  case REQ_HELP: return UI_LEAVE; /* the key that opened it */
  default: return UI_IGNORED;
  }
  if (v->top > last) v->top = last;
  if (v->top < 0) v->top = 0;
  return UI_HANDLED;
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct key t = { .kind = K_CHAR, .cp = 't' }, T = { .kind = K_CHAR, .cp = 'T' };
  (void)view;
  if (k.pasted || (k.kind != K_ENTER && !key_same(k, t) && !key_same(k, T))) return UI_IGNORED;
  ui_push(ui, view_tour_new(ui));
  return UI_HANDLED;
}

/* Its first line opens the tour. */
static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  const struct help *v = (const struct help *)view;
  (void)col;
  if (v->top > 0 || row != view->at.row) return UI_IGNORED;
  ui_push(ui, view_tour_new(ui));
  return UI_IGNORED; /* nothing was chosen that a double click could open */
}

static void close_view(struct view *view) {
  free(view);
}

static const enum request hints[] = { REQ_PAGE_DOWN, REQ_BACK, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_PAGE,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .click = click,
                                     .close = close_view };

struct view *view_help_new(struct ui *ui, enum context where) {
  struct help *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->view.ops = &ops;
  v->view.unit = ui->top->unit;
  v->where = where;
  v->from = ui->top->ops;
  return &v->view;
}
