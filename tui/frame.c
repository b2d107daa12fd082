/* The frame around every view: title line, heading, message line, two or three lines of key hints. */
#include "base/file.h"
#include "base/utf8.h"
#include "tui/ui.h"

#include <string.h>

#define TITLE_ROW 0
#define HEADING_ROW 1
#define BODY_ROW 2
#define HINT_ROWS 2       /* that are always kept; a third where it is needed and a screen is high enough: */
#define HIGH_ENOUGH 24
#define HINT_GAP 3
#define MESSAGE_ROWS 3 /* a long message covers the hints until the next key */

/* "高平市 › 北城街道 › 城西社区居委会", or the workbook's name where no unit is meant. */
static void add_path(const struct ui *ui, int unit, struct text *out) {
  if (unit < 0) {
    text_add(out, path_base(wb_path(ui->wb)));
    return;
  }
  if (ui_unit(ui, unit)->parent >= 0) {
    add_path(ui, ui_unit(ui, unit)->parent, out);
    text_add(out, " › ");
  }
  text_add(out, ui_unit(ui, unit)->name);
}

/* A path that is too long loses its beginning: where one stands is at its end. */
static void put_path(struct ui *ui, int row, int col, int width) {
  struct text path = { 0 };
  add_path(ui, ui->top->unit, &path);
  const char *p = text_str(&path);
  bool cut = false;
  while (utf8_width(p) > width - (cut ? 4 : 0) && strstr(p, " › ") != NULL) {
    p = strstr(p, " › ") + strlen(" › ");
    cut = true;
  }
  if (cut) col = screen_put(&ui->screen, row, col, width, ATTR_TITLE, "… › ");
  screen_fit(&ui->screen, row, col, cut ? width - 4 : width, ATTR_TITLE, p, false);
  text_free(&path);
}

static void draw_title(struct ui *ui) {
  struct screen *s = &ui->screen;
  struct text right = { 0 };
  period_add_cn(&right, ui->period);
  text_add(&right, _("  今天 "));
  day_add_iso(&right, ui->app->on);
  int width = utf8_width(text_str(&right));
  screen_fill(s, TITLE_ROW, 0, s->cols, ATTR_TITLE);
  int col = screen_put(s, TITLE_ROW, 1, s->cols - 1, ATTR_TITLE, _("明白栏"));
  put_path(ui, TITLE_ROW, col + 2, s->cols - width - col - 5);
  screen_put(s, TITLE_ROW, s->cols - width - 1, width, ATTR_TITLE, text_str(&right));
  text_free(&right);
}

static void draw_heading(struct ui *ui) {
  struct text heading = { 0 };
  ui->top->ops->heading(ui->top, ui, &heading);
  int width = ui->screen.cols - 2;
  if ((ui->top->ops->context & CTX_LIST) != 0) {
    struct text place = { 0 };
    if (list_marks(&ui->top->list) > 0) text_addf(&place, _("选中 %d　"), list_marks(&ui->top->list));
    text_addf(&place, "%d/%d", ui->top->list.selected + 1, ui->top->list.total);
    int n = utf8_width(text_str(&place));
    screen_fit(&ui->screen, HEADING_ROW, 1 + width - n, n, ATTR_PLAIN, text_str(&place), true);
    width -= n + 1;
    text_free(&place);
  }
  screen_fit(&ui->screen, HEADING_ROW, 1, width, ATTR_STRONG, text_str(&heading), false);
  text_free(&heading);
}

/* ---- foot */

static void draw_question(struct ui *ui, int row) {
  struct screen *s = &ui->screen;
  int width = utf8_width(text_str(&ui->question.label));
  if (ui->question.line && width > s->cols / 2) width = s->cols / 2;
  if (width > s->cols - 2) width = s->cols - 2;
  screen_fit(s, row, 1, width, ATTR_STRONG, text_str(&ui->question.label), false);
  struct rect at = { row, width + 2, 1, s->cols - width - 3 };
  if (ui->question.line) edit_draw(&ui->question.edit, s, at, true);
  else screen_cursor(s, row, width + 1);
}

struct message { struct screen *s; int row, line; enum attr attr; const char *text; };

static void message_line(size_t begin, size_t end, void *ctx) {
  struct message *m = ctx;
  struct text part = { 0 };
  int line = m->line++;
  if (line >= MESSAGE_ROWS) return;
  text_addn(&part, m->text + begin, end - begin);
  if (line > 0) screen_fill(m->s, m->row + line, 0, m->s->cols, ATTR_PLAIN);
  screen_put(m->s, m->row + line, 1, m->s->cols - 1, m->attr, text_str(&part));
  text_free(&part);
}

/* An error is told from a remark by its first sign, not by colour alone. */
static void draw_message(struct ui *ui, int row) {
  struct text text = { 0 }, clean = { 0 };
  if (ui->message.len == 0) return;
  if (ui->message_is_error) text_add(&text, "! ");
  text_add(&text, text_str(&ui->message));
  utf8_clean(&clean, text_str(&text));
  struct message m = { &ui->screen, row, 0, ui->message_is_error ? ATTR_ERROR : ATTR_STRONG,
                       text_str(&clean) };
  utf8_wrap(m.text, ui->screen.cols - 2, 0, NULL, message_line, &m);
  ui->message_rows = m.line < MESSAGE_ROWS ? m.line : MESSAGE_ROWS;
  text_free(&text);
  text_free(&clean);
}

/* "回车 打开   F5 今天公开 …" in the lines of the foot; what has no room is in the help. */
struct hint {
  enum request request;
  struct text key;
  const char *word;
  int line, col, key_width, width;
};

/* Each hint with its place, in order, until `lines` are full.  Answers how many lines are used. */
static int lay_hints(const enum request *r, int lines, int cols, void (*each)(const struct hint *h, void *ctx),
                     void *ctx) {
  struct hint h = { .col = 1 };
  for (; *r != REQ_NONE_GIVEN; r++) {
    h.request = *r;
    h.word = _(keymap_get(*r)->hint);
    text_clear(&h.key);
    keymap_label(&h.key, *r);
    h.key_width = utf8_width(text_str(&h.key));
    h.width = h.key_width + 1 + utf8_width(h.word);
    if (h.col > 1 && h.col + h.width >= cols) {
      h.col = 1;
      h.line++;
    }
    if (h.line >= lines) break;
    if (each != NULL) each(&h, ctx);
    h.col += h.width + HINT_GAP;
  }
  text_free(&h.key);
  return h.line < lines ? h.line + 1 : lines;
}

static const enum request *hints_now(const struct ui *ui) {
  static const enum request asked[] = { REQ_ACCEPT, REQ_REFUSE, REQ_NONE_GIVEN };
  return ui->question.line || ui->question.confirm ? asked : ui->top->ops->hints;
}

/* Of the view, also while it asks: nothing jumps. */
static int hint_rows(const struct ui *ui) {
  int most = ui->screen.rows >= HIGH_ENOUGH ? HINT_ROWS + 1 : HINT_ROWS;
  int needed = lay_hints(ui->top->ops->hints, most, ui->screen.cols, NULL, NULL);
  return needed > HINT_ROWS ? needed : HINT_ROWS;
}

static void draw_hint(const struct hint *h, void *ctx) {
  struct ui *ui = ctx;
  struct screen *s = &ui->screen;
  int row = ui->hint_row + h->line, col = screen_put(s, row, h->col, h->key_width, ATTR_KEY, text_str(&h->key));
  screen_put(s, row, col + 1, s->cols - col - 1, ATTR_PLAIN, h->word);
}

static void draw_hints(struct ui *ui, int row) {
  ui->hint_row = row;
  lay_hints(hints_now(ui), ui->screen.rows - row, ui->screen.cols, draw_hint, ui);
}

struct hit { int line, col; enum request request; };

static void hit_hint(const struct hint *h, void *ctx) {
  struct hit *hit = ctx;
  if (h->line == hit->line && hit->col >= h->col && hit->col < h->col + h->width) hit->request = h->request;
}

enum request ui_hint_at(const struct ui *ui, int row, int col) {
  struct hit hit = { row - ui->hint_row, col, REQ_NONE_GIVEN };
  bool covered = row < ui->hint_row - 1 + ui->message_rows;
  if (ui->hint_row > 0 && row >= ui->hint_row && !covered)
    lay_hints(hints_now(ui), ui->screen.rows - ui->hint_row, ui->screen.cols, hit_hint, &hit);
  return hit.request;
}

static void draw_too_small(struct ui *ui) {
  struct text say = { 0 };
  text_addf(&say, _("窗口太小：请拉大到 %d 列 %d 行以上（现在 %d 列 %d 行）"), UI_MIN_COLS, UI_MIN_ROWS,
            ui->screen.cols, ui->screen.rows);
  screen_put(&ui->screen, 0, 0, ui->screen.cols, ATTR_STRONG, text_str(&say));
  screen_cursor(&ui->screen, 0, 0);
  text_free(&say);
}

void ui_draw(struct ui *ui) {
  struct screen *s = &ui->screen;
  struct view *v = ui->top;
  screen_clear(s);
  ui->hint_row = ui->message_rows = 0;
  if (s->rows < UI_MIN_ROWS || s->cols < UI_MIN_COLS) {
    draw_too_small(ui);
    return;
  }
  if (v->generation != ui->generation) {
    ui->failed = ST_OK;
    v->ops->refresh(v, ui);
    v->generation = ui->failed == ST_OK ? ui->generation : 0; /* not read: again at the next key */
  }
  if (v->ops->whole) {
    v->at = (struct rect){ 0, 0, s->rows, s->cols };
    v->ops->draw(v, ui, v->at);
    return;
  }
  draw_title(ui);
  int foot = s->rows - 1 - hint_rows(ui); /* the message, then the hints */
  v->at = (struct rect){ BODY_ROW, 0, foot - BODY_ROW, s->cols };
  v->ops->draw(v, ui, v->at);
  draw_heading(ui); /* after the list, which knows its length then */
  draw_hints(ui, foot + 1);
  if (ui->question.line || ui->question.confirm) draw_question(ui, foot);
  else draw_message(ui, foot);
}
