/* Undo and redo as the clerk sees them: one key, and a sentence that names the step.  A step that changed
 * many records at once (an import, a whole domain) is asked about first. */
#include "tui/change.h"

#define MANY 20 /* records */

static unsigned turn(struct ui *ui, bool redo) {
  struct error e = { 0 };
  struct text label = { 0 };
  enum status st = redo ? wb_redo(ui->wb, ui->app->person, ui_now(ui), &label, &e)
                        : wb_undo(ui->wb, ui->app->person, ui_now(ui), &label, &e);
  if (st == ST_OK) {
    ui_changed(ui);
    if (redo) ui_say(ui, _("已重做：%s"), text_str(&label));
    else ui_say(ui, _("已撤销：%s（Ctrl-Y 重做）"), text_str(&label));
  } else if (st == ST_NOINPUT) {
    ui_say(ui, "%s", redo ? _("没有可以重做的了") : _("没有可以撤销的了"));
  } else {
    ui_fail(ui, &e);
  }
  text_free(&label);
  return UI_HANDLED;
}

static unsigned undo_many(struct view *v, struct ui *ui, const char *answer) {
  (void)v;
  (void)answer;
  return turn(ui, false);
}

static unsigned redo_many(struct view *v, struct ui *ui, const char *answer) {
  (void)v;
  (void)answer;
  return turn(ui, true);
}

unsigned change_undo(struct ui *ui, bool redo) {
  struct wb_next next;
  struct text ask = { 0 };
  enum status st = redo ? wb_redo_peek(ui->wb, &next, NULL) : wb_undo_peek(ui->wb, &next, NULL);
  bool many = st == ST_OK && next.records > MANY;
  if (many) {
    text_addf(&ask, redo ? _("重做“%s”？涉及 %lld 条") : _("撤销“%s”？涉及 %lld 条"), text_str(&next.label),
              (long long)next.records);
    ui_ask(ui, text_str(&ask), redo ? redo_many : undo_many);
  }
  text_free(&next.label);
  text_free(&ask);
  return many ? UI_HANDLED : turn(ui, redo);
}
