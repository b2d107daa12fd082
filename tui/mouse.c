/* What the mouse means: a click chooses a row or does what a key hint says, a double click opens, the wheel
 * goes up and down.  All of it is done by the requests of the keys; nothing can be reached by mouse alone. */
#include "tui/ui.h"

#define WHEEL_ROWS 3

static bool within(struct rect r, int row, int col) {
  return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

static void wheel(struct ui *ui, enum request r) {
  int times = ui->top->ops->context == CTX_FORM ? 1 : WHEEL_ROWS;
  struct view *v = ui->top;
  for (int i = 0; i < times && ui->top == v; i++) ui_request(ui, r);
}

/* True: the cell belongs to something that is chosen now. */
static bool choose(struct ui *ui, int row, int col) {
  struct view *v = ui->top;
  text_clear(&ui->message);
  ui->message_is_error = false;
  if (v->ops->click != NULL) return (v->ops->click(v, ui, row, col) & UI_HANDLED) != 0;
  int i = list_at(&v->list, row);
  if (i >= 0) v->list.selected = i;
  return i >= 0;
}

static void open_chosen(struct ui *ui) {
  enum context c = ui->top->ops->context;
  if ((c & CTX_LIST) != 0) ui_request(ui, REQ_OPEN);
  else if ((c & CTX_SEARCH) != 0) ui_request(ui, REQ_GO);
}

void ui_mouse(struct ui *ui, struct key k) {
  struct view *v = ui->top;
  bool asked = ui->question.line || ui->question.confirm;
  enum request hint = ui_hint_at(ui, k.row, k.col);
  if (k.cp == MOUSE_CLICK && hint != REQ_NONE_GIVEN) ui_request(ui, hint);
  if (asked || hint != REQ_NONE_GIVEN) return;
  if (k.cp == MOUSE_WHEEL_UP) wheel(ui, REQ_UP);
  else if (k.cp == MOUSE_WHEEL_DOWN) wheel(ui, REQ_DOWN);
  else if (within(v->at, k.row, k.col) && choose(ui, k.row, k.col) && k.cp == MOUSE_DOUBLE) open_chosen(ui);
}
