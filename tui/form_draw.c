/* How a form looks: state and due day live on top, the fields, the explanation of the due day
 * under the event day, then what the item asks (beside the fields where there is room), and
 * one line about the field one stands in.
 */
#include "base/utf8.h"
#include "checklists/deadline.h"
#include "tui/draw_item.h"
#include "tui/form.h"

#include <string.h>

#define LABEL 1
#define VALUE 17
#define DATE_WIDTH 12
#define EXPLAIN_ROWS 2
#define WIDE_COLS 110 /* from here the item's text stands beside the fields */

/* A day as typed; DAY_NONE while it is none. */
static day typed_day(const struct form *f, enum record_field field) {
  day d;
  return day_parse(form_value(f, field), &d) ? d : DAY_NONE;
}

static bool is_none_record(const struct form *f) {
  return item_is_event(ui_item(f->ui, f->item)) && !str_empty(f->record.value[FIELD_PERIOD]);
}

static day due_day(const struct form *f) {
  if (is_none_record(f)) return DAY_NONE;
  return deadline_due(f->ui->calendar, ui_item(f->ui, f->item), typed_day(f, FIELD_EVENT), f->recurrence);
}

static enum slot_state live_state(const struct form *f, day due) {
  day published = typed_day(f, FIELD_PUBLISHED), on = f->ui->app->on;
  if (published != DAY_NONE && published <= on)
    return due == DAY_NONE || published <= due ? STATE_PUBLISHED : STATE_LATE;
  if (!str_empty(form_value(f, FIELD_NONE))) return STATE_NONE;
  if (due == DAY_NONE) return STATE_UNCHECKED;
  return due >= on ? STATE_PENDING : STATE_OVERDUE;
}

static void draw_state(const struct form *f, struct screen *s, struct rect at, int row) {
  struct text text = { 0 };
  day due = due_day(f);
  enum slot_state state = live_state(f, due);
  screen_put(s, row, at.col + LABEL, VALUE, ATTR_PLAIN, _("状态"));
  add_state(&text, state);
  const char *words = text_str(&text);
  while (*words == ' ') words++;
  int col = screen_put(s, row, at.col + VALUE, at.cols - VALUE, state_attr(state), words);
  text_clear(&text);
  if (due != DAY_NONE) text_add(&text, _("　　到期日 "));
  day_add_iso(&text, due);
  if (!str_empty(f->record.value[FIELD_PERIOD]))
    text_addf(&text, _("　　周期 %s"), f->record.value[FIELD_PERIOD]);
  if (f->record.no == 0) text_add(&text, _("　　（新记录）"));
  screen_put(s, row, col, at.col + at.cols - col, ATTR_PLAIN, text_str(&text));
  text_free(&text);
}

/* ---- wrapped text into a few lines */

struct wrapped { struct screen *s; struct rect at; const char *text; int line; enum attr attr; bool cut; };

static long cell_width(uint32_t cp, void *ctx) {
  (void)ctx;
  return utf8_cp_width(cp);
}

static void wrap_line(size_t begin, size_t end, void *ctx) {
  struct wrapped *w = ctx;
  int line = w->line++;
  if (line >= w->at.rows) return;
  struct text part = { 0 };
  text_addn(&part, w->text + begin, end - begin);
  bool more = line == w->at.rows - 1 && w->text[end] != '\0';
  if (more) text_add(&part, "……………………");
  screen_fit(w->s, w->at.row + line, w->at.col, w->at.cols, w->attr, text_str(&part), false);
  text_free(&part);
}

/* At most at.rows lines; returns the lines used. */
static int draw_wrapped(struct screen *s, struct rect at, enum attr attr, const char *text) {
  struct wrapped w = { .s = s, .at = at, .text = text, .attr = attr };
  if (at.rows <= 0 || at.cols < 4) return 0;
  utf8_wrap(text, at.cols, 0, cell_width, wrap_line, &w);
  return w.line < at.rows ? w.line : at.rows;
}

static void count_line(size_t begin, size_t end, void *ctx) {
  (void)begin;
  (void)end;
  ++*(int *)ctx;
}

/* ---- fields */

static void explain(const struct form *f, struct text *out) {
  if (is_none_record(f)) return;
  deadline_explain(out, f->ui->calendar, ui_item(f->ui, f->item), typed_day(f, FIELD_EVENT), f->recurrence);
}

static int explain_rows(const struct form *f, int cols) {
  struct text text = { 0 };
  int n = 0;
  explain(f, &text);
  if (text.len > 0) utf8_wrap(text_str(&text), cols - VALUE - 1, 0, cell_width, count_line, &n);
  text_free(&text);
  return n < EXPLAIN_ROWS ? n : EXPLAIN_ROWS;
}

static int field_rows(const struct form *f, enum record_field field, struct rect at) {
  if (field == FIELD_EVENT) return 1 + explain_rows(f, at.cols);
  if (!form_is_area(field)) return 1;
  int spare = at.rows > 20 ? (at.rows - 20) / 2 : 0;
  return field == FIELD_BODY ? 3 + spare : 2 + spare / 2;
}

/* Returns the rows that the whole value takes, where it may be several. */
static size_t draw_value(struct form *f, enum record_field field, struct screen *s, struct rect at) {
  if (field == f->focus) {
    edit_draw(&f->edit, s, at, true);
    return f->edit.n_rows;
  }
  struct edit show = { .lines = form_is_area(field) };
  struct text text = { 0 };
  form_add_shown(&text, field, record_get(&f->record, field));
  edit_set(&show, text_str(&text));
  text_free(&text);
  edit_draw(&show, s, at, false);
  size_t rows = show.n_rows;
  edit_free(&show);
  return rows;
}

/* Says how long a text is that has no room. */
static void draw_length(struct screen *s, struct rect at, size_t rows) {
  struct text text = { 0 };
  text_addf(&text, _("共 %zu 行"), rows);
  screen_put(s, at.row + 1, at.col + LABEL, VALUE - LABEL - 2, ATTR_DIM, text_str(&text));
  text_free(&text);
}

static void draw_field(struct form *f, enum record_field field, struct screen *s, struct rect at) {
  bool date = field_kind(field) == KIND_DAY, focus = field == f->focus;
  struct rect value = { at.row, at.col + VALUE, at.rows, at.cols - VALUE - 1 };
  if (date) value.cols = DATE_WIDTH;
  if (!form_is_area(field)) value.rows = 1;
  screen_put(s, at.row, at.col + LABEL, VALUE - LABEL - 2, focus ? ATTR_STRONG : ATTR_PLAIN,
             field_name(field));
  screen_put(s, at.row, at.col + VALUE - 2, 1, ATTR_STRONG, focus ? ">" : " ");
  size_t rows = draw_value(f, field, s, value);
  if (form_is_area(field) && rows > (size_t)value.rows) draw_length(s, at, rows);
  if (field != FIELD_EVENT) return;
  struct text text = { 0 };
  explain(f, &text);
  draw_wrapped(s, (struct rect){ at.row + 1, at.col + VALUE, at.rows - 1, at.cols - VALUE - 1 }, ATTR_DIM,
               text_str(&text));
  text_free(&text);
}

/* ---- what the item asks */

static void join(struct text *out, const struct strings *list) {
  for (size_t i = 0; i < list->n; i++) text_addf(out, "%s%zu.%s", i ? "　" : "", i + 1, list->s[i]);
}

static int draw_part(struct screen *s, struct rect at, const char *name, const struct strings *list) {
  struct text text = { 0 };
  join(&text, list);
  screen_put(s, at.row, at.col + LABEL, VALUE - LABEL - 1, ATTR_PLAIN, name);
  int n = draw_wrapped(s, (struct rect){ at.row, at.col + VALUE, at.rows, at.cols - VALUE - 1 }, ATTR_PLAIN,
                       text_str(&text));
  text_free(&text);
  return n;
}

/* Elements get most of the room, the basis at least a line. */
static void draw_asked(const struct form *f, struct screen *s, struct rect at) {
  const struct item *item = ui_item(f->ui, f->item);
  if (at.rows < 2) return;
  int used = draw_part(s, (struct rect){ at.row, at.col, at.rows - 1, at.cols }, _("内容要素"), &item->content);
  draw_part(s, (struct rect){ at.row + used, at.col, at.rows - used, at.cols }, _("公开依据"), &item->basis);
}

static int draw_stack(struct screen *s, struct rect at, const char *name, const struct strings *list) {
  int row = 0;
  if (at.rows < 2) return 0;
  screen_put(s, at.row, at.col, at.cols, ATTR_STRONG, name);
  row++;
  for (size_t i = 0; i < list->n && row < at.rows; i++) {
    struct text text = { 0 };
    text_addf(&text, "%zu. %s", i + 1, list->s[i]);
    row += draw_wrapped(s, (struct rect){ at.row + row, at.col, at.rows - row, at.cols }, ATTR_PLAIN,
                        text_str(&text));
    text_free(&text);
  }
  return row + 1;
}

static void draw_beside(const struct form *f, struct screen *s, struct rect at) {
  const struct item *item = ui_item(f->ui, f->item);
  int half = at.rows * 2 / 3;
  int used = draw_stack(s, (struct rect){ at.row, at.col, half, at.cols }, _("内容要素"), &item->content);
  draw_stack(s, (struct rect){ at.row + used, at.col, at.rows - used, at.cols }, _("公开依据"), &item->basis);
}

/* ---- the line about the field */

static void add_item_channels(const struct item *item, struct text *out) {
  int number = 0;
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((item->channels >> i & 1) != 0) text_addf(out, " %d.%s", ++number, channel_name(i));
}

static void add_hint(const struct form *f, struct text *out) {
  const struct item *item = ui_item(f->ui, f->item);
  switch (f->focus) {
  case FIELD_EVENT:
    text_addf(out, _("%s的那一天，如 2026-9-3 或 20260903"), str_empty(item->event) ? _("事件发生") : item->event);
    break;
  case FIELD_PUBLISHED: text_add(out, _("F5 填今天；如 2026-9-3 或 20260903")); break;
  case FIELD_REMOVED: text_add(out, _("从公示栏撤下的日期")); break;
  case FIELD_NONE: text_add(out, _("本期没有要公开的，写一句理由")); break;
  case FIELD_CHANNELS:
    text_add(out, _("写编号或名称，用“、”隔开："));
    add_item_channels(item, out);
    break;
  case FIELD_URL: text_add(out, _("网页地址，以 http:// 或 https:// 开头")); break;
  case FIELD_TABLE: text_add(out, _("一行一条，用逗号隔开，第一行是表头；Tab 到下一栏")); break;
  case FIELD_BODY: text_add(out, _("回车换行；Tab 到下一栏")); break;
  case FIELD_PHONE: text_add(out, _("公示单上印的监督电话；不填用设置里的")); break;
  default: break;
  }
}

static void draw_hint(const struct form *f, struct screen *s, struct rect at) {
  struct text text = { 0 };
  add_hint(f, &text);
  screen_fit(s, at.row, at.col + VALUE, at.cols - VALUE - 1, ATTR_DIM, text_str(&text), false);
  text_free(&text);
}

/* ---- all of it */

/* Lines above and below the field in focus decide how far the form is scrolled. */
static void scroll(struct form *f, struct rect at) {
  int line = 1, total = 1, first = 0, last = 0;
  for (int i = 0; i < f->n_fields; i++) {
    int rows = field_rows(f, f->field[i], at);
    if (f->field[i] == f->focus) {
      first = i == 0 ? 0 : line;
      last = line + rows;
    }
    line += rows;
    total += rows;
  }
  if (first < f->top) f->top = first;
  if (last > f->top + at.rows) f->top = last - at.rows;
  if (total <= at.rows) f->top = 0;
}

/* Fields that are wholly in sight; returns the line after the last. */
static int draw_fields(struct form *f, struct screen *s, struct rect at) {
  int line = -f->top;
  if (line >= 0) draw_state(f, s, at, at.row + line);
  line++;
  for (int i = 0; i < f->n_fields; i++) {
    int rows = field_rows(f, f->field[i], at);
    if (line >= 0 && line + rows <= at.rows)
      draw_field(f, f->field[i], s, (struct rect){ at.row + line, at.col, rows, at.cols });
    line += rows;
  }
  return line;
}

void form_draw(struct view *view, struct ui *ui, struct rect at) {
  struct form *f = (struct form *)view;
  struct screen *s = &ui->screen;
  struct rect fields = { at.row, at.col, at.rows - 1, at.cols };
  bool wide = at.cols >= WIDE_COLS;
  if (wide) fields.cols = at.cols * 6 / 10;
  scroll(f, fields);
  int line = draw_fields(f, s, fields);
  if (wide)
    draw_beside(f, s,
                (struct rect){ at.row, at.col + fields.cols + 2, at.rows - 1, at.cols - fields.cols - 4 });
  else if (line < fields.rows)
    draw_asked(f, s, (struct rect){ at.row + line, at.col, fields.rows - line, at.cols });
  draw_hint(f, s, (struct rect){ at.row + at.rows - 1, at.col, 1, at.cols });
}
