/* Two drivers of the same UI: a terminal, and a script without one.
 *
 * Both give keys and show a screen; nothing else differs, so what a script's dump shows is
 * what a terminal of that size shows.
 */
#include "tui/tui.h"
#include "base/file.h"
#include "tui/script.h"
#include "tui/term.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_ROWS 24
#define DEFAULT_COLS 80

/* ---- a script */

static void dump(struct ui *ui, struct text *out) {
  const struct screen *s = &ui->screen;
  text_addf(out, "==== %dx%d", s->cols, s->rows);
  if (s->cursor_row >= 0) text_addf(out, _(" 光标 %d,%d"), s->cursor_row + 1, s->cursor_col + 1);
  text_add(out, " ====\n");
  screen_dump(s, out);
}

/* A dump waits until nothing is left to count, so that it is the same every time. */
static void settle_down(struct ui *ui) {
  while (ui_work(ui)) ui_draw(ui);
}

static enum status play(struct ui *ui, struct script *script, struct text *out, struct error *e) {
  ui_draw(ui);
  for (script->at = 0; script->at < script->n && !ui->quit; script->at++) {
    const struct step *step = &script->step[script->at];
    if (step->kind == STEP_DUMP) {
      settle_down(ui);
      dump(ui, out);
      continue;
    }
    if (step->kind == STEP_SIZE) {
      if (!screen_resize(&ui->screen, step->rows, step->cols)) return error_nomem(e);
    } else {
      ui_key(ui, step->key);
    }
    if (!ui->quit) ui_draw(ui);
  }
  settle_down(ui);
  if (!ui->quit) ui_key(ui, (struct key){ .kind = K_SIGNAL, .cp = 0 });
  return ST_OK;
}

static enum status run_script(struct ui *ui, const struct tui_options *o, struct error *e) {
  struct script script = { 0 };
  struct text out = { 0 };
  int rows = o->lines > 0 ? o->lines : DEFAULT_ROWS, cols = o->columns > 0 ? o->columns : DEFAULT_COLS;
  enum status st = script_load(&script, o->keys, e);
  if (st == ST_OK && !screen_resize(&ui->screen, rows, cols)) st = error_nomem(e);
  if (st == ST_OK) st = play(ui, &script, &out, e);
  bool dumped = out.len > 0;
  if (st == ST_OK && !dumped) dump(ui, &out);
  if (st == ST_OK && o->dump != NULL) st = file_write(o->dump, text_str(&out), out.len, 0666, e);
  script_free(&script);
  text_free(&out);
  return st;
}

/* ---- a terminal */

static enum status fit_screen(struct ui *ui, const struct term *t, struct error *e) {
  int rows, cols;
  term_size(t, &rows, &cols);
  if (rows == ui->screen.rows && cols == ui->screen.cols) return ST_OK;
  return screen_resize(&ui->screen, rows, cols) ? ST_OK : error_nomem(e);
}

static enum status show(struct ui *ui, struct term *t, struct error *e) {
  enum status st = fit_screen(ui, t, e);
  if (st != ST_OK) return st;
  ui_draw(ui);
  return term_show(t, &ui->screen, e);
}

/* The next key; until it comes, work in the background, each piece of it shown. */
static enum status next_key(struct ui *ui, struct term *t, struct key *k, struct error *e) {
  enum status st = ST_OK;
  *k = term_key(t, 0);
  if (k->kind != K_IDLE) ui->insisted = REQ_NONE_GIVEN; /* pressed before a refusal could be read */
  while (k->kind == K_IDLE && st == ST_OK) {
    bool more = ui_work(ui);
    st = show(ui, t, e);
    if (st == ST_OK) *k = term_key(t, more ? 0 : -1);
  }
  return st;
}

static enum status loop(struct ui *ui, struct term *t, struct error *e) {
  while (!ui->quit) {
    struct key k;
    enum status st = show(ui, t, e);
    if (st == ST_OK) st = next_key(ui, t, &k, e);
    if (st != ST_OK) return st;
    if (k.kind == K_CTRL && k.cp == 'l') term_redraw(t);
    ui_key(ui, k);
    while (k.pasted && !ui->quit) ui_key(ui, k = term_key(t, 0)); /* a long paste is drawn once */
  }
  return ST_OK;
}

static void lend(struct term *t, bool away) {
  if (away) term_suspend(t);
  else term_resume(t);
}

static enum status run_terminal(struct ui *ui, bool color, struct error *e) {
  struct term *t = NULL;
  enum status st = term_open(&t, color, e);
  ui->term = t;
  ui->lend = lend;
  if (st == ST_OK) st = loop(ui, t, e);
  term_close(t);
  return st;
}

/* ---- start and end */

/* Without a name: the one workbook of this folder. */
static enum status choose_file(const char *file, struct text *out, struct error *e) {
  char **names = NULL;
  size_t n = 0;
  if (file != NULL) {
    text_add(out, file);
    return ST_OK;
  }
  enum status st = path_list(".", ".mingbai", &names, &n, e);
  if (st == ST_OK && n == 1) text_add(out, names[0]);
  if (st == ST_OK && n == 0)
    st = error_set(e, ST_USAGE, "tui.no-file",
                   _("这个文件夹里没有台账；新建一个：mingbai init 名称.mingbai --divisions 区划.csv"));
  if (st == ST_OK && n > 1)
    st = error_set(e, ST_USAGE, "tui.which-file", _("这个文件夹里有 %zu 个台账，请写明打开哪一个：mingbai %s"), n,
                   names[0]);
  path_list_free(names, n);
  return st;
}

/* One that may not be written is opened to look at; e says so then, with ST_OK. */
static enum status open_workbook(const char *path, struct workbook **wb, struct error *e) {
  struct error why = { 0 };
  enum status st = wb_open(wb, path, WB_WRITE, e);
  if (st != ST_NOPERM) return st;
  return wb_open(wb, path, WB_READ, &why) == ST_OK ? ST_OK : st;
}

static enum status run(struct app *app, struct workbook *wb, const struct tui_options *o,
                       const struct error *read_only, struct error *e) {
  struct ui ui = { .clock = o->clock };
  const struct calendar *calendar = app_calendar(app);
  if (calendar == NULL) return ST_CONFIG; /* said already */
  enum status st = ui_open(&ui, app, wb, calendar, e);
  if (st == ST_OK && read_only->text[0] != '\0') ui_fail(&ui, read_only);
  if (st == ST_OK) st = o->keys != NULL ? run_script(&ui, o, e) : run_terminal(&ui, app->color, e);
  int signo = ui.signal;
  ui_fini(&ui);
  return st == ST_OK && signo > 0 ? (enum status)(128 + signo) : st;
}

enum status tui_run(struct app *app, const char *file, const struct tui_options *options) {
  struct text path = { 0 };
  struct error e = { 0 };
  struct workbook *wb = NULL;
  enum status st = choose_file(file, &path, &e);
  if (st != ST_OK) report_error(app, &e);
  if (st == ST_OK && (st = open_workbook(text_str(&path), &wb, &e)) != ST_OK) report_error(app, &e);
  if (st == ST_OK) {
    struct error read_only = e;
    e = (struct error){ 0 };
    st = run(app, wb, options, &read_only, &e);
    if (e.text[0] != '\0') report_error(app, &e);
  }
  wb_close(wb);
  text_free(&path);
  return st;
}
