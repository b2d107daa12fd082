/* Undo and redo as the clerk sees them: one key, and a sentence that names the step. */
#include "tui/change.h"

unsigned change_undo(struct ui *ui, bool redo) {
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
