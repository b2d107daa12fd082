/* Where each field stands: one line each, more for the one in focus, and the words under it. */
#include "base/utf8.h"
#include "tui/form.h"
#include "tui/paste_table.h"

#include <string.h>

#define NOTE_ROWS 3
#define TYPING_ROWS 5  /* a text in focus has at least so many */
#define PICK_ROWS 14   /* lower forms have no calendar, rather than one that comes and goes */
#define AROUND_ROWS 3  /* lines left for other fields when it grows */

/* ---- wrapped text */

struct wrapped { struct screen *s; struct rect at; const char *text; int line; enum attr attr; };

static void wrap_line(size_t begin, size_t end, void *ctx) {
  struct wrapped *w = ctx;
  int line = w->line++;
  if (line >= w->at.rows || w->s == NULL) return;
  struct text part = { 0 };
  text_addn(&part, w->text + begin, end - begin);
  bool more = line == w->at.rows - 1 && w->text[end] != '\0';
  if (more) text_add(&part, "……………………");
  screen_fit(w->s, w->at.row + line, w->at.col, w->at.cols, w->attr, text_str(&part), false);
  text_free(&part);
}

int form_wrap(struct screen *s, struct rect at, enum attr attr, const char *text) {
  struct wrapped w = { .s = s, .at = at, .text = text, .attr = attr };
  if (at.rows <= 0 || at.cols < 4 || *text == '\0') return 0;
  utf8_wrap(text, at.cols, 0, NULL, wrap_line, &w);
  return w.line < at.rows ? w.line : at.rows;
}

/* ---- rows */

static int note_rows(struct form *f, enum record_field field, int cols) {
  struct note note = { 0 };
  form_note(f, field, &note);
  int rows = form_wrap(NULL, (struct rect){ 0, 0, NOTE_ROWS, cols - FORM_VALUE - 1 }, ATTR_PLAIN,
                       text_str(&note.text));
  text_free(&note.text);
  return rows;
}

static int at_least(int n, int least) {
  return n > least ? n : least;
}

static int at_most(int n, int most) {
  return n < most ? n : most;
}

/* Rows of a text that one does not stand in: as many as it has, within what is fair. */
static int shown_rows(const struct form *f, enum record_field field, struct rect at) {
  int spare = at.rows > 20 ? (at.rows - 20) / 2 : 0;
  if (field == FIELD_TABLE) return at_least(at_most(f->table_rows, 4 + spare / 2), 1);
  struct edit e = { .lines = true };
  const char *text = form_seen(f, field);
  int most = 3 + spare;
  size_t part = (size_t)most * (size_t)at.cols * 2;
  struct text begin = { 0 };
  text_addn(&begin, text, strnlen(text, part));
  edit_set(&e, text_str(&begin));
  int rows = edit_layout(&e, at.cols - FORM_VALUE - 1);
  edit_free(&e);
  text_free(&begin);
  return at_least(at_most(rows, most), 1);
}

static int value_rows(struct form *f, enum record_field field, struct rect at) {
  int cols = at.cols - FORM_VALUE - 1;
  if (field != f->focus) return form_is_area(field) ? shown_rows(f, field, at) : 1;
  if (field == FIELD_CHANNELS) return checks_rows(cols);
  if (!form_is_area(field)) return 1;
  int need = at_least(edit_layout(&f->edit, cols) + 1, TYPING_ROWS);
  return at_least(at_most(need, at.rows - AROUND_ROWS), 3);
}

/* ---- where */

/* Scroll so far that the field in focus is in sight, and no further. */
static void scroll(struct form *f, struct rect at, int total) {
  int i = form_position(f), first = i == 0 ? 0 : f->box[i].line,
      last = f->box[i].line + f->box[i].rows + f->box[i].notes;
  if (last > f->top + at.rows) f->top = last - at.rows;
  if (first < f->top) f->top = first;
  if (total <= at.rows) f->top = 0;
}

void form_layout(struct form *f, struct rect at) {
  int line = 1;
  for (int i = 0; i < f->n_fields; i++) {
    struct form_box *b = &f->box[i];
    b->line = line;
    b->rows = value_rows(f, f->field[i], at);
    b->notes = note_rows(f, f->field[i], at.cols);
    b->value = (struct rect){ 0, at.col + FORM_VALUE, 0, at.cols - FORM_VALUE - 1 };
    line += b->rows + b->notes;
  }
  scroll(f, at, line);
  for (int i = 0; i < f->n_fields; i++) {
    struct form_box *b = &f->box[i];
    int row = b->line - f->top;
    bool whole = row >= 0 && row + b->rows + b->notes <= at.rows;
    b->value.row = at.row + row;
    b->value.rows = whole ? b->rows : 0;
  }
}

struct rect form_pick_rect(const struct form *f, struct rect at) {
  const struct form_box *b = &f->box[form_position(f)];
  int rows = datepick_rows(&f->pick, f->ui->calendar);
  int first = b->line + b->rows + b->notes - f->top;
  if (first + rows > at.rows) rows -= datepick_legend(&f->pick);
  int last = at.rows - rows;
  if (field_kind(f->focus) != KIND_DAY || last < first || at.rows < PICK_ROWS) return (struct rect){ 0 };
  return (struct rect){ at.row + first, at.col + at.cols - DATEPICK_COLS - 1, rows, DATEPICK_COLS };
}
