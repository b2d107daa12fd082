/* How a form looks: state and due day live on top, the fields with their words, the calendar beside a date
 * in focus, then what the item asks (beside the fields where there is room), and one line about the field one
 * stands in.
 */
#include "base/utf8.h"
#include "checklists/privacy.h"
#include "tui/form.h"
#include "tui/preview.h"

#include <stdlib.h>
#include <string.h>

#define DATE_WIDTH 12

/* ---- values */

static void mark_hit(const struct privacy_hit *hit, void *ctx) {
  edit_add_mark(ctx, hit->begin, hit->end);
}

/* A value one does not stand in: its beginning. */
static void draw_resting(const struct form *f, enum record_field field, struct screen *s, struct rect at,
                         enum attr look) {
  struct edit show = { .lines = form_is_area(field), .look = look };
  struct text text = { 0 };
  const char *value = form_seen(f, field);
  char *part = NULL;
  text_addn(&text, value, strnlen(value, (size_t)at.rows * (size_t)at.cols * 4 + 64));
  while (text.len > 0 && !utf8_valid(text_str(&text), text.len, NULL)) text.s[--text.len] = '\0';
  part = text_take(&text);
  form_add_shown(&text, field, part != NULL ? part : "");
  edit_set(&show, text_str(&text));
  if (f->personal[field].hits > 0 && show.lines) privacy_scan(edit_get(&show), NULL, mark_hit, &show);
  edit_draw(&show, s, at, false);
  edit_free(&show);
  text_free(&text);
  free(part);
}

static void draw_value(struct form *f, enum record_field field, struct screen *s, struct rect at) {
  bool focus = field == f->focus;
  enum attr look = form_offered(f, field) != NULL ? ATTR_PROPOSED : ATTR_FIELD;
  if (focus && field == FIELD_CHANNELS) {
    f->checks.own = ui_item(f->ui, f->item)->channels;
    f->checks.chosen = checks_read(edit_get(&f->edit));
    checks_draw(&f->checks, s, at);
  } else if (focus) {
    f->edit.look = form_untouched(f) ? ATTR_PROPOSED : ATTR_FIELD;
    edit_draw(&f->edit, s, at, true);
  } else if (field != FIELD_TABLE || !preview_draw(s, at, look, form_seen(f, field))) {
    draw_resting(f, field, s, at, look);
  }
}

static size_t count_characters(const char *s) {
  size_t n = 0;
  for (; *s != '\0'; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
  return n;
}

/* Says how much there is, under the label of a text. */
static void draw_length(const struct form *f, enum record_field field, struct screen *s,
                        const struct form_box *b) {
  struct text text = { 0 };
  if (field == FIELD_TABLE && field != f->focus && f->table_rows > 0)
    text_addf(&text, _("%d 行 %d 列"), f->table_rows, f->table_cols);
  else if (field == f->focus && (int)f->edit.n_rows > b->rows)
    text_addf(&text, _("共 %zu 行"), f->edit.n_rows);
  else if (field != f->focus && field == FIELD_BODY && b->rows > 2)
    text_addf(&text, _("共 %zu 字"), count_characters(form_seen(f, field)));
  screen_put(s, b->value.row + 1, b->value.col - FORM_VALUE + FORM_LABEL, FORM_VALUE - FORM_LABEL - 2, ATTR_DIM,
             text_str(&text));
  text_free(&text);
}

static void draw_beside(const struct form *f, enum record_field field, struct screen *s, struct rect value,
                        int edge) {
  struct note note = { 0 };
  form_beside(f, field, &note);
  int col = value.col + value.cols + 1;
  if (note.text.len > 0) screen_put(s, value.row, col, edge - col, note.attr, text_str(&note.text));
  text_free(&note.text);
}

static void draw_note(struct form *f, enum record_field field, struct screen *s, struct rect at) {
  struct note note = { 0 };
  form_note(f, field, &note);
  form_wrap(s, at, note.attr, text_str(&note.text));
  text_free(&note.text);
}

/* Stands at the right of a value that is proposed. */
static int proposed_width(void) {
  return utf8_width(_("待确认")) + 2;
}

/* edge: the column that nothing may pass, because the calendar stands there. */
static void draw_field(struct form *f, int i, struct screen *s, int edge) {
  enum record_field field = f->field[i];
  struct form_box *b = &f->box[i];
  struct rect value = b->value;
  bool focus = field == f->focus;
  if (value.col + value.cols > edge) value.cols = edge - value.col;
  int right = value.col + value.cols;
  screen_put(s, value.row, value.col - FORM_VALUE + FORM_LABEL, FORM_VALUE - FORM_LABEL - 2,
             focus ? ATTR_STRONG : ATTR_PLAIN, field_name(field));
  screen_put(s, value.row, value.col - 2, 1, ATTR_STRONG, focus ? ">" : " ");
  bool boxes = focus && field == FIELD_CHANNELS;
  if (form_offered(f, field) != NULL && (!focus || form_untouched(f))) {
    int col = boxes ? value.col - FORM_VALUE + FORM_LABEL : right - proposed_width() + 1;
    if (!boxes) value.cols -= proposed_width();
    screen_put(s, value.row + boxes, col, proposed_width() - 1, ATTR_PROPOSED, _("待确认"));
  }
  if (field_kind(field) == KIND_DAY) {
    value.cols = DATE_WIDTH;
    draw_beside(f, field, s, value, right);
  }
  draw_value(f, field, s, value);
  if (b->rows > 1 && form_is_area(field)) draw_length(f, field, s, b);
  if (b->notes > 0)
    draw_note(f, field, s, (struct rect){ value.row + b->rows, b->value.col, b->notes, right - b->value.col });
}

/* ---- all of it */

/* The calendar marks what the field in focus says. */
static void set_pick(struct form *f) {
  f->pick.chosen = field_kind(f->focus) == KIND_DAY ? form_day(f, f->focus) : DAY_NONE;
  f->pick.today = f->ui->app->on;
  f->pick.due = form_due(f);
  f->pick.at.rows = 0;
}

static int edge_at(const struct rect *pick, const struct form_box *b, int right) {
  bool beside = b->value.row < pick->row + pick->rows && b->value.row + b->rows + b->notes > pick->row;
  return pick->rows > 0 && beside ? pick->col - 2 : right;
}

static int draw_fields(struct form *f, struct screen *s, struct rect at, const struct rect *pick) {
  int line = 1 - f->top, right = at.col + at.cols - 1;
  if (f->top == 0) form_draw_state(f, s, at, at.row);
  for (int i = 0; i < f->n_fields; i++) {
    struct form_box *b = &f->box[i];
    line = b->line - f->top + b->rows + b->notes;
    if (b->value.rows > 0) draw_field(f, i, s, edge_at(pick, b, right));
  }
  return line;
}

static void draw_right(struct form *f, struct screen *s, struct rect at) {
  if (field_kind(f->focus) == KIND_DAY) {
    datepick_draw(&f->pick, s, at, f->ui->calendar);
    at.row += f->pick.at.rows + 1;
    at.rows -= f->pick.at.rows + 1;
  }
  form_asked_draw(f, s, at, true);
}

static void draw_hint(const struct form *f, struct screen *s, struct rect at) {
  struct text text = { 0 };
  form_add_hint(f, &text);
  int col = utf8_width(text_str(&text)) <= at.cols - FORM_VALUE - 1 ? FORM_VALUE : FORM_LABEL;
  screen_fit(s, at.row, at.col + col, at.cols - col - 1, form_untouched(f) ? ATTR_STRONG : ATTR_DIM,
             text_str(&text), false);
  text_free(&text);
}

void form_draw(struct view *view, struct ui *ui, struct rect at) {
  struct form *f = (struct form *)view;
  struct screen *s = &ui->screen;
  struct rect fields = { at.row, at.col, at.rows - 1, at.cols }, pick = { 0 };
  bool wide = at.cols >= FORM_WIDE;
  form_personal_scan(f, false);
  form_asked_look(f, false);
  set_pick(f);
  if (wide) fields.cols = at.cols * 6 / 10;
  form_layout(f, fields);
  if (!wide) pick = form_pick_rect(f, fields);
  int line = draw_fields(f, s, fields, &pick);
  struct rect below = { at.row + line, at.col, fields.rows - line, at.cols };
  if (wide)
    draw_right(f, s, (struct rect){ at.row, at.col + fields.cols + 2, at.rows - 1, at.cols - fields.cols - 4 });
  if (pick.rows > 0) datepick_draw(&f->pick, s, pick, ui->calendar);
  if (pick.rows > 0 && pick.row + pick.rows > below.row) {
    int gone = pick.row + pick.rows - below.row;
    below.row += gone;
    below.rows -= gone;
  }
  if (!wide && below.rows > 0) form_asked_draw(f, s, below, false);
  draw_hint(f, s, (struct rect){ at.row + at.rows - 1, at.col, 1, at.cols });
}
