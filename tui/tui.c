/* Two drivers of the same UI: a terminal, and a script without one.
 *
 * Both give keys and show a screen; nothing else differs, so what a script's dump shows is
 * what a terminal of that size shows.
 */
#include "tui/tui.h"
#include "base/file.h"
#include "base/utf8.h"
#include "tui/draft.h"
#include "tui/script.h"
#include "tui/term.h"
#include "tui/tour.h"
#include "tui/ui.h"


#define DEFAULT_ROWS 24
#define DEFAULT_COLS 80

/* What both drivers carry along. */
struct session { struct ui *ui; const struct tui_options *o; struct drafter drafter; };

/* For a script time stands still: only its word `wait` makes it pass. */
static int64_t ticks(const struct session *s) {
  return s->o->ticks != NULL && s->o->keys == NULL ? s->o->ticks() : 0;
}

static void keep_draft(struct session *s) {
  drafter_save(&s->drafter, s->ui, ticks(s));
}

/* After each drawing: has something been typed that is not stored? */
static void look(struct session *s) {
  drafter_look(&s->drafter, s->ui, ticks(s));
  if (drafter_wait(&s->drafter, ticks(s)) == 0) keep_draft(s);
}

/* True when it is another day than at the last key: all that is shown follows. */
static bool turn_day(struct session *s) {
  struct ui *ui = s->ui;
  struct error e;
  day before = ui->app->on, today = s->o->today != NULL ? s->o->today() : before;
  if (today == before) return false;
  bool present = period_same(ui->period, period_of(before, PERIOD_QUARTER));
  ui->app->on = today;
  if (ui_set_period(ui, present ? period_of(today, PERIOD_QUARTER) : ui->period, &e) == ST_OK) return true;
  ui->app->on = before;
  return false;
}

static void tell_day(struct ui *ui) {
  char iso[16];
  if (ui->message.len > 0) text_add(&ui->message, "　");
  text_addf(&ui->message, _("已过零点，今天是 %s"), day_iso(ui->app->on, iso));
}

/* A key means what it means today.  What cannot be settled before a signal ends it all stays as a draft. */
static void press(struct session *s, struct key k) {
  bool turned = turn_day(s);
  if (k.kind == K_SIGNAL) keep_draft(s);
  ui_key(s->ui, k);
  if (turned) tell_day(s->ui);
  if (k.kind != K_SIGNAL && s->ui->quit) look(s); /* left by a key: what was given up is dropped */
}

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

static enum status play(struct session *s, struct script *script, struct text *out, struct error *e) {
  struct ui *ui = s->ui;
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
    } else if (step->kind == STEP_WAIT) {
      keep_draft(s);
    } else {
      press(s, step->key);
    }
    if (ui->quit) break;
    ui_draw(ui);
    look(s);
  }
  settle_down(ui);
  if (!ui->quit) press(s, (struct key){ .kind = K_SIGNAL, .cp = 0 });
  return ST_OK;
}

static enum status run_script(struct session *s, struct error *e) {
  struct ui *ui = s->ui;
  const struct tui_options *o = s->o;
  struct script script = { 0 };
  struct text out = { 0 };
  int rows = o->lines > 0 ? o->lines : DEFAULT_ROWS, cols = o->columns > 0 ? o->columns : DEFAULT_COLS;
  enum status st = script_load(&script, o->keys, e);
  if (st == ST_OK && !screen_resize(&ui->screen, rows, cols)) st = error_nomem(e);
  if (st == ST_OK) st = play(s, &script, &out, e);
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
static enum status next_key(struct session *s, struct term *t, struct key *k, struct error *e) {
  struct ui *ui = s->ui;
  enum status st = ST_OK;
  *k = term_key(t, 0);
  ui->ahead = k->kind != K_IDLE;
  if (ui->ahead) ui->insisted = REQ_NONE_GIVEN; /* pressed before a refusal could be read */
  while (k->kind == K_IDLE && st == ST_OK) {
    bool more = ui_work(ui);
    if (ui->top->ops->work != NULL) st = show(ui, t, e);
    if (st == ST_OK) *k = term_key(t, more ? 0 : drafter_wait(&s->drafter, ticks(s)));
    if (k->kind == K_IDLE && !more) keep_draft(s); /* a pause in typing */
  }
  return st;
}

static enum status loop(struct session *s, struct term *t, struct error *e) {
  struct ui *ui = s->ui;
  while (!ui->quit) {
    struct key k;
    enum status st = show(ui, t, e);
    if (st == ST_OK) look(s);
    if (st == ST_OK) st = next_key(s, t, &k, e);
    if (st != ST_OK) return st;
    if (k.kind == K_CTRL && k.cp == 'l') term_redraw(t);
    press(s, k);
    while (k.pasted && !ui->quit) press(s, k = term_key(t, 0)); /* a long paste is drawn once */
  }
  return ST_OK;
}

static void lend(struct term *t, bool away) {
  if (away) term_suspend(t);
  else term_resume(t);
}

static enum status run_terminal(struct session *s, const struct settings *settings, struct error *e) {
  struct ui *ui = s->ui;
  struct term *t = NULL;
  struct term_options o = { .color = ui->app->color, .mouse = settings == NULL || settings->mouse,
                            .ambiguous = settings != NULL ? settings->ambiguous : 0,
                            .can_chinese = ui->app->chinese_console, .ticks = s->o->ticks };
  enum status st = term_open(&t, &o, e);
  ui->term = t;
  ui->lend = lend;
  if (st == ST_OK) st = loop(s, t, e);
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

/* A settings file with mistakes costs nobody the day's work: the first is said, and defaults hold. */
static const struct settings *find_settings(struct ui *ui) {
  struct findings f = { 0 };
  const struct settings *settings = app_find_settings(ui->app, wb_path(ui->wb), &f);
  if (settings == NULL && f.n > 0 && ui->message.len == 0) {
    text_clear(&ui->message);
    text_addf(&ui->message, _("设置文件有误，先按默认设置：%s"), f.list[0].e.text);
    ui->message_is_error = true;
  }
  findings_free(&f);
  return settings;
}

static enum status run(struct app *app, struct workbook *wb, const struct tui_options *o,
                       const struct error *read_only, struct error *e) {
  struct ui ui = { .clock = o->clock };
  struct session s = { .ui = &ui, .o = o };
  const struct calendar *calendar = app_calendar(app);
  if (calendar == NULL) return ST_CONFIG; /* said already */
  wb_keep_small(wb);
  enum status st = ui_open(&ui, app, wb, calendar, e);
  if (st == ST_OK && read_only->text[0] != '\0') ui_fail(&ui, read_only);
  if (st == ST_OK && o->keys == NULL) tour_offer(&ui);
  if (st == ST_OK && read_only->text[0] == '\0') drafts_offer(&ui);
  const struct settings *settings = st == ST_OK ? find_settings(&ui) : NULL;
  if (settings != NULL && o->keys != NULL) utf8_set_ambiguous(settings->ambiguous); /* 0, nobody to ask: 1 */
  if (st == ST_OK) st = o->keys != NULL ? run_script(&s, e) : run_terminal(&s, settings, e);
  drafter_free(&s.drafter);
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
