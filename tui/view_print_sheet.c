/* A sheet looked at before paper is used: its text, and its QR code on the whole screen. */
#include "base/utf8.h"
#include "tui/draw_code.h"
#include "tui/view_print.h"

#include <string.h>

#define WIDTH_MOST 100
#define QUIET 4     /* modules around a code */
#define QUIET_LEAST 1 /* a telephone still reads it */
#define WORDS_LEAST 22 /* columns for the words beside a code */

static const struct view_ops sheet_ops, code_ops;

/* ---- the sheet */

void print_forget_sample(struct print_view *v) {
  sheet_job_clear(&v->sample);
  preview_free(&v->preview);
  qr_free(&v->code);
  v->sampled = v->sample_stale = false;
  v->preview_cols = 0;
}

/* What keeps it from paper stands before its text. */
static bool has_faults(const struct print_view *v) {
  return !v->sample.ready;
}

unsigned print_look(struct print_view *v, size_t i) {
  struct error e = { 0 };
  if (!print_ready(v)) {
    ui_fail(v->ui, &v->broken);
    return UI_HANDLED | UI_ERROR;
  }
  if (print_sample(v->print, i, &v->sample, &e) != ST_OK) {
    ui_fail(v->ui, &e);
    print_forget_sample(v);
    print_face_form(v);
    return UI_HANDLED | UI_ERROR;
  }
  qr_free(&v->code);
  const char *address = preview_address(print_template(v->print), &v->sample.data);
  if (*address != '\0' && qr_make(&v->code, address, 'L', &e) != ST_OK) qr_free(&v->code);
  v->sampled = true;
  v->sample_stale = false;
  v->sample_at = i;
  v->preview_cols = 0;
  v->top = 0;
  v->view.ops = &sheet_ops;
  return UI_HANDLED;
}

static void make_preview(struct print_view *v, struct rect at) {
  struct error e = { 0 };
  int rows = 0, cols = 0, width = at.cols - 4 < WIDTH_MOST ? at.cols - 4 : WIDTH_MOST;
  if (v->preview_cols == at.cols && v->preview_rows == at.rows) return;
  v->preview_cols = at.cols;
  v->preview_rows = at.rows;
  if (v->code.size > 0) draw_code_size(&v->code, QUIET, &rows, &cols);
  if (rows > at.rows - 1 || cols > width) rows = cols = 0;
  if (preview_make(&v->preview, print_template(v->print), &v->sample.data, width, rows, cols, &e) != ST_OK)
    ui_fail(v->ui, &e);
}

struct lines {
  struct print_view *v;
  struct screen *s;
  struct rect at;
  int line;
  const char *text; /* being wrapped */
  enum attr attr;
};

static void put(struct lines *l, enum attr attr, const char *text) {
  int row = l->line++ - l->v->top;
  if (row >= 0 && row < l->at.rows) screen_put(l->s, l->at.row + row, l->at.col, l->at.cols, attr, text);
}

static void put_part(size_t begin, size_t end, void *ctx) {
  struct lines *l = ctx;
  struct text part = { 0 };
  text_addn(&part, l->text + begin, end - begin);
  put(l, l->attr, text_str(&part));
  text_free(&part);
}

static void put_wrapped(struct lines *l, enum attr attr, const char *text) {
  l->text = text;
  l->attr = attr;
  utf8_wrap(text, l->at.cols, 0, NULL, put_part, l);
}

static void put_faults(struct lines *l) {
  const struct sheet_job *j = &l->v->sample;
  struct text text = { 0 };
  if (!has_faults(l->v)) return;
  put(l, ATTR_ERROR, _("! 这一份不能印："));
  for (size_t i = 0; i < j->findings.n; i++) {
    text_clear(&text);
    text_addf(&text, "%zu. ", i + 1);
    print_add_finding(&text, &j->findings.list[i]);
    put_wrapped(l, ATTR_STRONG, text_str(&text));
  }
  if (j->error.status != ST_OK) put_wrapped(l, ATTR_STRONG, j->error.text);
  put(l, ATTR_PLAIN, "");
  text_free(&text);
}

static void put_preview(struct lines *l) {
  static const enum attr looks[] = { [PREVIEW_TEXT] = ATTR_PLAIN, [PREVIEW_TITLE] = ATTR_STRONG,
                                     [PREVIEW_HEAD] = ATTR_STRONG, [PREVIEW_NOTE] = ATTR_DIM };
  const struct preview *p = &l->v->preview;
  int first = l->line, rows = 0, cols;
  for (size_t i = 0; i < p->n; i++) put(l, looks[p->line[i].look], p->line[i].text);
  if (p->code_line < 0) return;
  draw_code_size(&l->v->code, QUIET, &rows, &cols);
  for (int i = 0; i < rows; i++) {
    int row = first + p->code_line + i - l->v->top;
    if (row >= 0 && row < l->at.rows)
      draw_code_row(l->s, l->at.row + row, l->at.col, &l->v->code, QUIET, i, l->v->flip);
  }
}

static void draw_sheet(struct view *view, struct ui *ui, struct rect at) {
  struct print_view *v = (struct print_view *)view;
  if (v->sample_stale) print_look(v, v->sample_at);
  if (!v->sampled) return;
  struct rect inner = { at.row, at.col + 2, at.rows - 1, at.cols - 4 };
  make_preview(v, at);
  for (int pass = 0; pass < 2; pass++) {
    struct lines l = { .v = v, .s = &ui->screen, .at = inner };
    for (int i = 0; pass > 0 && i < at.rows; i++)
      screen_fill(&ui->screen, at.row + i, at.col, at.cols, ATTR_PLAIN);
    put_faults(&l);
    put_preview(&l);
    v->lines = l.line;
    if (v->top <= 0 || v->top + inner.rows <= l.line) break; /* not beyond the end */
    v->top = l.line > inner.rows ? l.line - inner.rows : 0;
  }
  struct text foot = { 0 };
  int last = v->top + inner.rows < v->lines ? v->top + inner.rows : v->lines;
  text_addf(&foot, _("%d-%d 行，共 %d 行　"), v->top + 1, last, v->lines);
  long total = print_count(v->print).total;
  if (total > 1) text_addf(&foot, _("回车打印全部 %ld 份　左右换一份　"), total);
  else if (!has_faults(v)) text_add(&foot, _("回车打印　"));
  if (v->code.size > 0) text_add(&foot, _("Tab 二维码"));
  screen_fit(&ui->screen, at.row + at.rows - 1, at.col + 2, at.cols - 4, ATTR_DIM, text_str(&foot), false);
  text_free(&foot);
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct print_view *v = (struct print_view *)view;
  long total = print_count(v->print).total;
  (void)ui;
  text_addf(out, _("看样　%s"), _(v->kind->label));
  if (total > 1) text_addf(out, _("　第 %zu 份，共 %ld 份"), v->sample_at + 1, total);
  if (v->sample.n_pages > 0) text_addf(out, _("　印出来 %zu 页"), v->sample.n_pages);
  text_addf(out, "　%s", v->sample.subject != NULL ? v->sample.subject : "");
}

static unsigned another(struct print_view *v, int by) {
  long total;
  while (print_state(v->print) == PRINT_LISTING && print_work(v->print)) { }
  total = print_count(v->print).total;
  if (total < 2) return UI_HANDLED;
  return print_look(v, (v->sample_at + (size_t)(total + by)) % (size_t)total);
}

static unsigned go(struct print_view *v) {
  if (has_faults(v) && print_count(v->print).total <= 1) {
    ui_say(v->ui, _("这一份不能印，原因见上；改好记录再来"));
    return UI_HANDLED | UI_ERROR;
  }
  print_face_form(v); /* where it is seen going on */
  v->focus = ROW_PRINT;
  return print_go(v);
}

static unsigned sheet_request(struct view *view, struct ui *ui, enum request r) {
  struct print_view *v = (struct print_view *)view;
  int page = view->at.rows > 3 ? view->at.rows - 2 : 1;
  (void)ui;
  switch (r) {
  case REQ_UP: v->top--; break;
  case REQ_DOWN: v->top++; break;
  case REQ_PAGE_UP: v->top -= page; break;
  case REQ_PAGE_DOWN: v->top += page; break;
  case REQ_LINE_START: v->top = 0; break;
  case REQ_LINE_END: v->top = v->lines; break;
  case REQ_LEFT: return another(v, -1);
  case REQ_RIGHT: return another(v, 1);
  case REQ_NEXT:
    if (v->code.size > 0) view->ops = &code_ops;
    else ui_say(v->ui, _("这一份没有单个的二维码"));
    return UI_HANDLED;
  case REQ_ENTER:
  case REQ_PRINT: return go(v);
  case REQ_BACK:
    print_face_form(v);
    print_forget_sample(v);
    return UI_HANDLED;
  default: return UI_IGNORED;
  }
  if (v->top < 0) v->top = 0;
  return UI_HANDLED;
}

/* ---- its code on the whole screen */

static void put_line(size_t begin, size_t end, void *ctx) {
  put_part(begin, end, ctx);
}

static void code_words(struct print_view *v, struct screen *s, struct rect at, bool fits, int rows, int cols) {
  struct lines l = { .v = v, .s = s, .at = at };
  struct text text = { 0 };
  int top = v->top;
  v->top = 0;
  if (at.cols < 4) return;
  if (!fits) {
    text_addf(&text, _("二维码要 %d 行 %d 列才放得下（现在 %d 行 %d 列）：请放大窗口，或把字号调小（多数是 Ctrl 和减号）。"),
              rows, cols, s->rows, s->cols);
    put_wrapped(&l, ATTR_STRONG, text_str(&text));
    put(&l, ATTR_PLAIN, "");
  }
  put_wrapped(&l, ATTR_STRONG, _("用手机扫一扫。内容："));
  const char *address = preview_address(print_template(v->print), &v->sample.data);
  for (const char *p = address;; p++) {
    size_t n = strcspn(p, "\n");
    text_clear(&text);
    text_addn(&text, p, n);
    l.text = text_str(&text);
    l.attr = ATTR_PLAIN;
    utf8_wrap(l.text, at.cols, 0, NULL, put_line, &l);
    p += n;
    if (*p == '\0') break;
  }
  put(&l, ATTR_PLAIN, "");
  put_wrapped(&l, ATTR_DIM, _("扫不出：按空格，黑白互换"));
  put_wrapped(&l, ATTR_DIM, _("Esc 返回"));
  v->top = top;
  text_free(&text);
}

static void draw_code(struct view *view, struct ui *ui, struct rect at) {
  struct print_view *v = (struct print_view *)view;
  int rows, cols, quiet = QUIET;
  if (v->sample_stale) {
    (void)print_look(v, v->sample_at);
    if (!v->sampled || v->code.size == 0) return;
    view->ops = &code_ops;
  }
  draw_code_size(&v->code, quiet, &rows, &cols);
  while (quiet > QUIET_LEAST && (rows > at.rows || cols + WORDS_LEAST > at.cols))
    draw_code_size(&v->code, --quiet, &rows, &cols);
  bool fits = rows <= at.rows && cols <= at.cols;
  for (int i = 0; fits && i < rows; i++)
    draw_code_row(&ui->screen, at.row + i, at.col, &v->code, quiet, i, v->flip);
  int left = fits ? cols + 2 : 2;
  struct rect words = { at.row + 1, at.col + left, at.rows - 1, at.cols - left - 1 };
  code_words(v, &ui->screen, words, fits, rows, cols);
}

static unsigned code_request(struct view *view, struct ui *ui, enum request r) {
  (void)ui;
  if (r != REQ_BACK && r != REQ_NEXT && r != REQ_ENTER) return UI_IGNORED;
  view->ops = &sheet_ops;
  return UI_HANDLED;
}

static unsigned code_key(struct view *view, struct ui *ui, struct key k) {
  struct print_view *v = (struct print_view *)view;
  (void)ui;
  if (k.kind != K_CHAR || utf8_fold(k.cp) != ' ') return UI_IGNORED;
  v->flip = !v->flip;
  return UI_HANDLED;
}

static const enum request hints[] = { REQ_PAGE_DOWN, REQ_PRINT, REQ_BACK, REQ_HELP, REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops sheet_ops = { .context = CTX_FORM,
                                           .hints = hints,
                                           .heading = heading,
                                           .refresh = print_refresh,
                                           .draw = draw_sheet,
                                           .request = sheet_request,
                                           .work = print_work_piece,
                                           .place = print_place,
                                           .close = print_close,
                                           .about = N_("公示单印出来的样子：上下翻看，左右看前一份、后一份；Tab "
                                                       "把二维码放大，用手机试扫；Ctrl-P 或回车照这样打印；"
                                                       "Esc 回去改选项。") };
static const struct view_ops code_ops = { .context = CTX_FORM,
                                          .hints = hints,
                                          .heading = heading,
                                          .refresh = print_refresh,
                                          .draw = draw_code,
                                          .request = code_request,
                                          .key = code_key,
                                          .work = print_work_piece,
                                          .place = print_place,
                                          .close = print_close,
                                          .whole = true };
