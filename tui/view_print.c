/* The print form: a few rows of choices, of which the defaults are mostly right, so that Ctrl-P and Enter
 * print what one stands on.
 *
 * Printing goes on in pieces while keys are read; Esc stops it between two sheets.  What was printed is kept
 * on the records as one step, also when the window is closed in the middle.
 */
#include "tui/view_print.h"
#include "base/utf8.h"
#include "tui/change.h"
#include "tui/life.h"

#include <stdlib.h>
#include <string.h>

#define LABEL 3
#define VALUE 13

static bool going(const struct print_view *v) {
  return v->print != NULL && print_state(v->print) == PRINT_GOING;
}

/* ---- printing */

/* The days are kept whatever ended the printing; a read-only workbook keeps none, which is said. */
static bool keep_days(struct print_view *v, struct error *e) {
  size_t n;
  const int64_t *no = print_records(v->print, &n);
  return life_printed(v->ui, no, n, e) == ST_OK;
}

static void ended(struct print_view *v) {
  struct error e = { 0 };
  bool kept = keep_days(v, &e);
  print_say_end(v, kept, &e);
  if (print_findings(v->print)->n > 0) ui_push(v->ui, print_findings_page(v));
}

unsigned print_go(struct print_view *v) {
  struct error e = { 0 };
  struct text where = { 0 };
  if (going(v)) return UI_HANDLED;
  if (!print_ready(v)) {
    ui_fail(v->ui, &v->broken);
    return UI_HANDLED | UI_ERROR;
  }
  if (v->to == PRINT_FOLDER) print_folder(v, &where);
  else text_add(&where, text_str(&v->printer));
  enum status st = text_ok(&where) ? print_start(v->print, v->to, text_str(&where), &e) : error_nomem(&e);
  text_free(&where);
  if (st == ST_OK) return UI_HANDLED;
  ui_fail(v->ui, &e);
  return UI_HANDLED | UI_ERROR;
}

/* True when something was done, so that it is shown. */
bool print_work_piece(struct view *view, struct ui *ui) {
  struct print_view *v = (struct print_view *)view;
  (void)ui;
  if (!v->scanned) {
    print_scan_templates(v);
    return true;
  }
  if (v->print == NULL) {
    if (v->broken.status != ST_OK) return false; /* said already */
    if (!print_ready(v)) ui_fail(v->ui, &v->broken);
    return true;
  }
  enum print_state was = print_state(v->print);
  if (was != PRINT_LISTING && was != PRINT_GOING) return false;
  bool more = print_work(v->print);
  if (was == PRINT_GOING && !more) ended(v);
  else if (was == PRINT_LISTING && print_state(v->print) == PRINT_FAILED) ui_fail(v->ui, print_error(v->print));
  return true;
}

/* ---- the life of the sheet */

static unsigned keep_stage(struct print_view *v, enum record_field stage) {
  struct error e = { 0 };
  if (stage == FIELD_PUBLISHED)
    return change_publish(v->ui, v->place.unit, v->place.item, v->record.no, v->place.recurrence);
  if (life_keep(v->ui, &v->record, stage, &e) == ST_OK) {
    ui_say(v->ui, _("已记下：今天%s（Ctrl-Z 撤销）"), life_name(stage));
    return UI_HANDLED;
  }
  ui_fail(v->ui, &e);
  return UI_HANDLED | UI_ERROR;
}

static unsigned confirmed(struct view *view, struct ui *ui, const char *answer) {
  struct print_view *v = (struct print_view *)view;
  (void)ui;
  (void)answer;
  enum record_field next = life_next(&v->record);
  return next != FIELD_COUNT ? keep_stage(v, next) : UI_HANDLED;
}

static unsigned next_stage(struct print_view *v) {
  enum record_field next = life_next(&v->record);
  struct text label = { 0 };
  day ends;
  if (next == FIELD_COUNT) {
    ui_say(v->ui, _("这份公示单已经归档"));
    return UI_HANDLED;
  }
  if (life_is_time(v->ui, &v->record, next, &ends)) return keep_stage(v, next);
  if (ends != DAY_NONE) {
    text_add(&label, _("公示期到 "));
    day_add_iso(&label, ends);
    text_add(&label, _(" 才满，今天就撤下？"));
  } else {
    text_add(&label, _("今天撤下？"));
  }
  ui_ask(v->ui, text_str(&label), confirmed);
  text_free(&label);
  return UI_HANDLED;
}

/* A day of posting that is there already stays: the paper was printed again, not posted again. */
static unsigned posted(struct print_view *v) {
  if (v->record.no == 0)
    ui_say(v->ui, _("从一条记录上打印时，F5 才记它今天张贴"));
  else if (!str_empty(v->record.value[FIELD_PUBLISHED]))
    ui_say(v->ui, _("已经记了 %s 张贴；要改日期，请到表单里改"), v->record.value[FIELD_PUBLISHED]);
  else if (record_lacks_event(v->ui, v->record.item, &v->record))
    ui_say(v->ui, _("没有事件日，公开了也不计入统计：请先到表单里填事件日"));
  else
    return keep_stage(v, FIELD_PUBLISHED);
  return UI_HANDLED;
}

/* ---- reading */

void print_refresh(struct view *view, struct ui *ui) {
  struct print_view *v = (struct print_view *)view;
  struct record now = { 0 };
  struct error e = { 0 };
  if (going(v)) return;
  enum status st = v->place.no != 0 ? wb_get(ui->wb, v->place.no, &now, &e) : ST_NOINPUT;
  if (st != ST_OK && st != ST_NOINPUT) {
    ui_fail(ui, &e);
    return;
  }
  print_changed(v); /* it holds on to the record */
  bool first = v->kind == NULL, gone = v->record.no != 0 && now.no == 0;
  record_free(&v->record);
  v->record = now;
  if (first || gone) print_begin_choice(v);
  v->sample_stale = v->sampled;
}

void print_place(struct view *view, struct ui *ui, struct place *p) {
  (void)ui;
  *p = ((struct print_view *)view)->place;
}

static void heading(struct view *view, struct ui *ui, struct text *out) {
  struct print_view *v = (struct print_view *)view;
  (void)ui;
  text_addf(out, _("打印公示单　%s"), _(v->kind->label));
}

/* ---- drawing */

static const char *label_of(const struct print_view *v, enum print_row row) {
  if (row == ROW_WHERE) return v->to == PRINT_FOLDER ? _("文件夹") : _("打印机名");
  return print_row_label(row);
}

static void draw_row(struct print_view *v, struct screen *s, struct rect at, enum print_row row) {
  bool here = row == v->focus;
  enum attr attr = here ? ATTR_SELECTED : ATTR_PLAIN;
  struct text value = { 0 };
  print_row_value(v, row, &value);
  screen_fill(s, at.row, at.col, at.cols, attr);
  screen_put(s, at.row, at.col + 1, 1, attr, here ? ">" : " ");
  screen_put(s, at.row, at.col + LABEL, VALUE - LABEL - 1, attr, label_of(v, row));
  bool changes = print_row_changes(v, row);
  int col = at.col + VALUE, room = at.cols - VALUE - 4;
  screen_put(s, at.row, col, 1, attr, changes ? "<" : " ");
  int width = utf8_width(text_str(&value));
  if (width > room) width = room;
  screen_fit(s, at.row, col + 2, width, attr, text_str(&value), false);
  if (changes) screen_put(s, at.row, col + 3 + width, 1, attr, ">");
  if (here) screen_cursor(s, at.row, col + 2);
  text_free(&value);
}

static void add_help(const struct print_view *v, struct text *out) {
  enum record_field next = life_next(&v->record);
  switch (v->focus) {
  case ROW_WHERE: text_add(out, _("回车改写；上下换行，Ctrl-P 就打印")); break;
  case ROW_LIFE:
    if (next == FIELD_COUNT) text_add(out, _("已经归档，这张公示单办完了"));
    else text_addf(out, _("回车记下：今天%s"), life_name(next));
    break;
  case ROW_LOOK: text_add(out, _("回车看样；Ctrl-P 就打印")); break;
  case ROW_PRINT: text_add(out, going(v) ? _("Esc 停下") : _("回车或 Ctrl-P 就打印；上下换行，左右改")); break;
  default: text_add(out, _("左右或空格改；上下换行，Ctrl-P 就打印"));
  }
}

static void draw(struct view *view, struct ui *ui, struct rect at) {
  struct print_view *v = (struct print_view *)view;
  struct screen *s = &ui->screen;
  int n = 0, row = at.row, spare;
  for (int i = 0; i < ROW_COUNT; i++) n += print_row_shown(v, (enum print_row)i);
  spare = at.rows - n - 1;
  if (spare > 3) row++;
  for (int i = 0; i < ROW_COUNT; i++) {
    if (!print_row_shown(v, (enum print_row)i)) continue;
    if (spare > 3 && (i == ROW_TO || i == ROW_LIFE || (i == ROW_LOOK && v->record.no == 0))) row++;
    if (row < at.row + at.rows - 1)
      draw_row(v, s, (struct rect){ row, at.col, 1, at.cols }, (enum print_row)i);
    row++;
  }
  struct text help = { 0 };
  add_help(v, &help);
  screen_fit(s, at.row + at.rows - 1, at.col + LABEL, at.cols - LABEL - 1, ATTR_DIM, text_str(&help), false);
  text_free(&help);
}

/* ---- requests */

static void move(struct print_view *v, int by) {
  int at = (int)v->focus;
  do at = (at + by + ROW_COUNT) % ROW_COUNT;
  while (!print_row_shown(v, (enum print_row)at));
  v->focus = (enum print_row)at;
}

static unsigned step(struct print_view *v, int by) {
  if (going(v)) return UI_HANDLED;
  print_row_step(v, v->focus, by);
  return UI_HANDLED;
}

static unsigned where_answered(struct view *view, struct ui *ui, const char *answer) {
  struct print_view *v = (struct print_view *)view;
  struct text *to = v->to == PRINT_FOLDER ? &v->folder : &v->printer;
  if (v->to == PRINT_FOLDER && *answer == '~') { /* a shell's sign; here it would be a folder's name */
    ui_say(ui, _("这里不认“~”：请写从 / 开始的完整路径，或只写一个文件夹名"));
    return UI_HANDLED | UI_ERROR;
  }
  text_clear(to);
  text_add(to, answer);
  return UI_HANDLED;
}

static unsigned enter(struct print_view *v) {
  if (going(v)) return UI_HANDLED;
  switch (v->focus) {
  case ROW_PRINT: return print_go(v);
  case ROW_LOOK: return print_look(v, 0);
  case ROW_LIFE: return next_stage(v);
  case ROW_WHERE:
    if (v->to == PRINT_FOLDER)
      ui_ask_line(v->ui, _("存到哪个文件夹（空着：台账旁边）："), text_str(&v->folder), where_answered);
    else
      ui_ask_line(v->ui, _("打印机名（空着：系统的默认打印机）："), text_str(&v->printer), where_answered);
    return UI_HANDLED;
  default: return step(v, 1);
  }
}

static unsigned back(struct print_view *v) {
  if (!going(v)) return UI_LEAVE;
  print_stop(v->print);
  ended(v);
  return UI_HANDLED;
}

static unsigned request(struct view *view, struct ui *ui, enum request r) {
  struct print_view *v = (struct print_view *)view;
  (void)ui;
  switch (r) {
  case REQ_UP:
  case REQ_PREVIOUS: move(v, -1); return UI_HANDLED;
  case REQ_DOWN:
  case REQ_NEXT: move(v, 1); return UI_HANDLED;
  case REQ_LINE_START:
  case REQ_PAGE_UP: v->focus = ROW_KIND; return UI_HANDLED;
  case REQ_LINE_END:
  case REQ_PAGE_DOWN: v->focus = ROW_PRINT; return UI_HANDLED;
  case REQ_LEFT: return step(v, -1);
  case REQ_RIGHT: return step(v, 1);
  case REQ_ENTER: return enter(v);
  case REQ_PRINT: return print_go(v);
  case REQ_PUBLISH: return going(v) ? UI_HANDLED : posted(v);
  case REQ_BACK: return back(v);
  case REQ_UNDO:
  case REQ_REDO: return going(v) ? UI_HANDLED : UI_IGNORED;
  default: return UI_IGNORED;
  }
}

static unsigned key(struct view *view, struct ui *ui, struct key k) {
  struct print_view *v = (struct print_view *)view;
  uint32_t cp = k.kind == K_CHAR && !k.pasted ? utf8_fold(k.cp) : 0;
  (void)ui;
  if (cp != ' ') return UI_IGNORED;
  return v->focus < ROW_WHERE ? step(v, 1) : enter(v);
}

static unsigned click(struct view *view, struct ui *ui, int row, int col) {
  struct print_view *v = (struct print_view *)view;
  (void)col;
  for (int i = 0; i < ROW_COUNT; i++) { /* the row's label says which it is */
    struct text line = { 0 };
    const struct screen *s = &ui->screen;
    if (!print_row_shown(v, (enum print_row)i)) continue;
    for (int c = LABEL; c < VALUE - 1 && c < s->cols; c++) {
      const struct cell *cell = &s->cell[(size_t)row * (size_t)s->cols + (size_t)c];
      if (cell->width > 0 && cell->cp != ' ') text_addcp(&line, cell->cp);
    }
    bool same = line.len > 0 && strcmp(text_str(&line), label_of(v, (enum print_row)i)) == 0;
    text_free(&line);
    if (!same) continue;
    bool again = v->focus == (enum print_row)i;
    v->focus = (enum print_row)i;
    return again ? enter(v) : UI_HANDLED;
  }
  return UI_HANDLED;
}

void print_close(struct view *view) {
  struct print_view *v = (struct print_view *)view;
  struct error e = { 0 };
  if (going(v)) { /* the window was closed: what has been printed has been printed */
    print_stop(v->print);
    (void)keep_days(v, &e);
  }
  print_free(v->print);
  print_forget_sample(v);
  print_forget_templates(v);
  record_free(&v->record);
  text_free(&v->folder);
  text_free(&v->printer);
  free(v);
}

static const enum request hints[] = { REQ_PRINT, REQ_PUBLISH, REQ_BACK, REQ_DUE, REQ_HELP, REQ_UNDO, REQ_REDO,
                                      REQ_QUIT, REQ_NONE_GIVEN };
static const struct view_ops ops = { .context = CTX_FORM,
                                     .hints = hints,
                                     .heading = heading,
                                     .refresh = print_refresh,
                                     .draw = draw,
                                     .request = request,
                                     .key = key,
                                     .work = print_work_piece,
                                     .place = print_place,
                                     .click = click,
                                     .close = print_close,
                                     .about = N_("一行一个选项：上下换行，左右或空格换选择；默认的多半就对。"
                                                 "Ctrl-P 在哪一行都打印；在“看样”上回车，先在屏幕上看。打印中按 Esc "
                                                 "就停，已经打好的照样记下。F5 只在从一条记录上打印时用：记它今天张贴。") };

void print_face_form(struct print_view *v) {
  v->view.ops = &ops;
}

/* Without a unit it is that of the whole workbook: its first. */
struct view *view_print_new(struct ui *ui, const struct place *p) {
  struct print_view *v = calloc(1, sizeof *v);
  struct findings f = { 0 };
  if (v == NULL) return NULL;
  v->ui = ui;
  v->place = *p;
  if (v->place.unit < 0) v->place.unit = 0;
  if (v->place.domain < 0 && v->place.item >= 0) v->place.domain = ui_item(ui, v->place.item)->domain;
  v->view.unit = v->place.unit;
  v->focus = ROW_PRINT;
  v->preview.code_line = -1;
  const struct settings *settings = app_find_settings(ui->app, wb_path(ui->wb), &f);
  if (settings != NULL && settings->printer != NULL) text_add(&v->printer, settings->printer);
  findings_free(&f);
  print_face_form(v);
  print_refresh(&v->view, ui);
  if (v->kind == NULL) print_begin_choice(v); /* the record could not be read just now; it is said */
  return &v->view;
}
