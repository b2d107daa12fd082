/* The tour for the first run.  It lies over the screen below and holds nobody up: any key that does not turn
 * its pages closes it and does in the screen below what it always does.
 */
#include "tui/tour.h"
#include "base/file.h"
#include "base/utf8.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <sys/stat.h>

#define PANEL_COLS 58
#define PANEL_ROWS 11 /* all there is between heading and message on a screen of 16 lines */
#define PAGE_KEYS 4
#define PAGE_COUNT 5

struct tour {
  struct view view; /* first */
  struct view_ops ops; /* its own, with the hints of the screen below */
  int page;
};

struct page {
  const char *title, *text;
  struct { enum request request; const char *does; } key[PAGE_KEYS];
};

static const struct page pages[PAGE_COUNT] = {
  { N_("明白栏做什么"),
    N_("它替您记着：每个村、每个单位该公开什么，哪天到期，公开了没有；公示单排好版打印出来，直接上墙。"
       "不联网，东西都在这一台电脑的这一个台账文件里。"),
    { { REQ_HELP, N_("任何时候都能看按键") },
      { REQ_BACK, N_("返回上一级；哪里都一样") },
      { REQ_QUIT, N_("退出；填过的都已存好") } } },
  { N_("每天从待办开始"),
    N_("一打开就是今天的活：逾期的，十个工作日内到期的，该撤下的，要确认“本期无”的。"),
    { { REQ_OPEN, N_("打开这一行") },
      { REQ_PUBLISH, N_("记为今天公开，不用打开") },
      { REQ_NONE, N_("本期没有，写一句理由") },
      { REQ_MARK, N_("选中几行，一起办理") } } },
  { N_("填表不用保存"),
    N_("填好一栏就往下走，离开这一栏它就存好了；突然断电，正在打的字也找得回来。"
       "日期怎么写都行：2026-9-3、20260903，全角也行。"),
    { { REQ_ENTER, N_("本栏填好，到下一栏") },
      { REQ_TAKE_OVER, N_("采用带出来的上期内容") },
      { REQ_PUBLISH, N_("记为今天公开") },
      { REQ_BASIS, N_("看这一事项的依据和内容要素") } } },
  { N_("查找不用输入法"),
    N_("打拼音首字母，找到的马上列出来：单位、事项、记录都找。"
       "例如 dbgs 找“低保公示”，1905 找编号 19.05 的事项；打汉字也行。"),
    { { REQ_SEARCH, N_("查找") },
      { REQ_GO, N_("打开找到的这一行") },
      { REQ_UNITS, N_("单位表：从县到乡镇到村") } } },
  { N_("错了退回去，好了打出来"),
    N_("哪一步错了都能撤销，一步一步往前退，昨天做的也行。屏幕最下面两行，总写着现在能按的键。"),
    { { REQ_UNDO, N_("撤销上一步") },
      { REQ_REDO, N_("重做刚撤销的") },
      { REQ_PRINT, N_("打印公示单：先看后印") },
      { REQ_HELP, N_("帮助；这个说明也在那里") } } },
};

/* ---- drawing */

struct drawing { struct screen *s; struct rect at; const char *text; int line; };

static void draw_line(size_t begin, size_t end, void *ctx) {
  struct drawing *d = ctx;
  struct text part = { 0 };
  if (d->line >= d->at.rows) return;
  text_addn(&part, d->text + begin, end - begin);
  screen_put(d->s, d->at.row + d->line++, d->at.col, d->at.cols, ATTR_PLAIN, text_str(&part));
  text_free(&part);
}

static void draw_keys(const struct page *p, struct screen *s, struct rect at) {
  for (int i = 0; i < PAGE_KEYS && i < at.rows && p->key[i].request != REQ_NONE_GIVEN; i++) {
    struct text label = { 0 };
    keymap_label(&label, p->key[i].request);
    screen_put(s, at.row + i, at.col + 2, 10, ATTR_KEY, text_str(&label));
    screen_put(s, at.row + i, at.col + 12, at.cols - 12, ATTR_PLAIN, _(p->key[i].does));
    text_free(&label);
  }
}

static void draw_bars(const struct tour *v, struct screen *s, struct rect at) {
  struct text top = { 0 }, number = { 0 };
  int end = at.row + at.rows - 1;
  text_addf(&top, _(" 入门说明：%s"), _(pages[v->page].title));
  text_addf(&number, "%d/%d ", v->page + 1, PAGE_COUNT);
  for (int i = 0; i < at.rows; i++) screen_fill(s, at.row + i, at.col - 1, at.cols + 2, ATTR_PLAIN);
  for (int i = 1; i + 1 < at.rows; i++) {
    screen_put(s, at.row + i, at.col, 1, ATTR_DIM, "|");
    screen_put(s, at.row + i, at.col + at.cols - 1, 1, ATTR_DIM, "|");
  }
  screen_fit(s, at.row, at.col, at.cols - 4, ATTR_TITLE, text_str(&top), false);
  screen_fit(s, at.row, at.col + at.cols - 4, 4, ATTR_TITLE, text_str(&number), true);
  bool more = v->page + 1 < PAGE_COUNT;
  const char *keys = more ? _(" 回车 下一页   左 上一页   Esc 不看了") : _(" 回车 开始用   左 上一页");
  screen_fit(s, end, at.col, at.cols, ATTR_HEAD, keys, false);
  screen_cursor(s, end, at.col + 1);
  text_free(&top);
  text_free(&number);
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  const struct tour *v = (const struct tour *)view;
  const struct page *p = &pages[v->page];
  struct screen *s = &ui->screen;
  view->below->at = at;
  view->below->ops->draw(view->below, ui, at);
  struct rect panel = { .rows = PANEL_ROWS < at.rows ? PANEL_ROWS : at.rows, .cols = PANEL_COLS };
  panel.row = at.row + (at.rows - panel.rows) / 2;
  panel.col = at.col + (at.cols - panel.cols) / 2;
  draw_bars(v, s, panel);
  struct drawing d = { s, { panel.row + 2, panel.col + 3, 3, panel.cols - 6 }, _(p->text), 0 };
  utf8_wrap(d.text, d.at.cols, 0, NULL, draw_line, &d);
  int keys = panel.row + 2 + d.line + 1;
  draw_keys(p, s, (struct rect){ keys, panel.col + 3, panel.row + panel.rows - 1 - keys, panel.cols - 6 });
}

/* ---- the screen below goes on */

static void heading(struct view *view, struct ui *ui, struct text *out) {
  view->below->ops->heading(view->below, ui, out);
}

static void refresh(struct view *view, struct ui *ui) {
  view->below->ops->refresh(view->below, ui);
  view->below->generation = ui->failed == ST_OK ? ui->generation : 0;
}

static bool work(struct view *view, struct ui *ui) {
  struct view *below = view->below;
  return below->ops->work != NULL && below->ops->work(below, ui);
}

/* ---- keys: all of them come as they are */

static bool is_char(struct key k, uint32_t cp) {
  return key_same(k, (struct key){ .kind = K_CHAR, .cp = cp });
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct tour *v = (struct tour *)view;
  (void)ui;
  bool on = k.kind == K_ENTER || k.kind == K_PGDN || k.kind == K_RIGHT || is_char(k, ' ');
  bool back = k.kind == K_LEFT || k.kind == K_PGUP || k.kind == K_BACKSPACE;
  if (k.kind == K_ESC || (on && v->page + 1 == PAGE_COUNT)) return UI_HANDLED | UI_LEAVE;
  if (!on && !back) return UI_LEAVE | UI_AGAIN;
  if (on) v->page++;
  if (back && v->page > 0) v->page--;
  return UI_HANDLED;
}

/* A hint was clicked, or the wheel turned. */
static unsigned request(struct view *view, struct ui *ui, enum request r) {
  (void)view;
  (void)ui;
  (void)r;
  return UI_LEAVE | UI_AGAIN;
}

static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  (void)view;
  (void)row;
  (void)col;
  ui_key(ui, (struct key){ .kind = K_ENTER });
  return UI_IGNORED; /* view may be gone */
}

static void close_view(struct view *view) {
  free(view);
}

struct view *view_tour_new(struct ui *ui) {
  struct tour *v = calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->ops = (struct view_ops){ .context = CTX_NONE,
                              .hints = ui->top->ops->hints,
                              .heading = heading,
                              .refresh = refresh,
                              .draw = draw,
                              .request = request,
                              .key = key,
                              .work = work,
                              .click = click,
                              .close = close_view };
  v->view.ops = &v->ops;
  v->view.unit = ui->top->unit;
  return &v->view;
}

/* ---- the first run */

/* False: it was there already, or cannot be made. */
static bool remember(const char *folder) {
  struct text parent = { 0 }, path = { 0 };
  struct error e;
  path_dir(&parent, folder);
  path_join(&path, folder, "tour");
  bool made = !file_exists(text_str(&path)) && file_mkdir(text_str(&parent), &e) == ST_OK;
  if (made) (void)mkdir(folder, 0700); /* there already is fine; if it failed so does the file */
  made = made && file_write(text_str(&path), "", 0, 0600, &e) == ST_OK;
  text_free(&parent);
  text_free(&path);
  return made;
}

void tour_offer(struct ui *ui) {
  if (ui->app->state_dir != NULL && remember(ui->app->state_dir)) ui_push(ui, view_tour_new(ui));
}
