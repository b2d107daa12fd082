/* The help screen: the keymap written out, what can be done here first. */
#include "base/utf8.h"
#include "tui/ui.h"
#include "tui/view_page.h"

#define WIDTH_KEYS 20

static void add_bindings(struct text *out, enum context where) {
  size_t n;
  const struct binding *b = keymap_all(&n);
  for (size_t i = 0; i < n; i++) {
    struct text keys = { 0 };
    if ((b[i].contexts & (unsigned)where) == 0) continue;
    keymap_labels(&keys, b[i].request, where);
    if (keys.len == 0) continue;
    text_add(out, "\t");
    utf8_fit(out, text_str(&keys), WIDTH_KEYS, false);
    text_addf(out, "%s\n", _(b[i].help));
    text_free(&keys);
  }
}

struct view *view_help_new(struct ui *ui, enum context where) {
  static const enum context all[] = { CTX_LIST, CTX_FORM, CTX_PAGE, CTX_PROMPT };
  struct text title = { 0 }, body = { 0 };
  text_add(&title, _("帮助：每一栏离开时就存好了，不用另外保存"));
  text_addf(&body, _("现在（%s）可以按：\n"), context_name(where));
  add_bindings(&body, where);
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if ((all[i] & where) != 0) continue;
    text_addf(&body, _("\n%s里可以按：\n"), context_name(all[i]));
    add_bindings(&body, all[i]);
  }
  text_add(&body, _("\n状态\n"
                    "\t! 逾期未公开　过了到期日还没有公开\n"
                    "\t? 待确认　　　要公开，或写明本期没有\n"
                    "\t  待公开　　　还没有到期\n"
                    "\t待核　　　　　目录里这一项的依据还没有核实\n"));
  text_add(&body, _("\n数字键直接到那一行；日期可写 2026-9-3、2026.9.3、20260903，全角也行。\n"));
  return view_page_new(ui->top->unit, &title, &body);
}
