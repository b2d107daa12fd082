/* The keymap: every request with its contexts, default keys, hint and help, written once.
 * The enum, the help screen and the two hint lines all come from this list.
 *
 * X(id, contexts, keys, hint, help): keys are names of key.h separated by blanks, the first is
 * the one shown; hint is the short word of the hint lines ("" = never shown there).
 * Letters are extras only: an input method swallows them.
 */
#ifndef MB_TUI_KEYMAP_H
#define MB_TUI_KEYMAP_H

#include "base/text.h"
#include "tui/key.h"
#include <stdbool.h>

/* Where keys are pressed. */
enum context {
  CTX_LIST = 1,    /* rows to choose from */
  CTX_PAGE = 2,    /* a text to read */
  CTX_FORM = 4,    /* fields to fill */
  CTX_PROMPT = 8,  /* one question at the bottom */
  CTX_CONFIRM = 16 /* yes or no at the bottom */
};
#define CTX_VIEWS (CTX_LIST | CTX_PAGE | CTX_FORM)
#define CTX_TYPING (CTX_FORM | CTX_PROMPT)

#define REQUESTS(X) \
  X(UP, CTX_VIEWS, "Up k", "", N_("上一行（表单里：上一栏）")) \
  X(DOWN, CTX_VIEWS, "Down j", "", N_("下一行（表单里：下一栏）")) \
  X(PAGE_UP, CTX_VIEWS, "PgUp", "", N_("上一页")) \
  X(PAGE_DOWN, CTX_VIEWS, "PgDn", N_("翻页"), N_("下一页")) \
  X(FIRST, CTX_LIST | CTX_PAGE, "Home g", "", N_("第一行")) \
  X(LAST, CTX_LIST | CTX_PAGE, "End G", "", N_("最后一行")) \
  X(OPEN, CTX_LIST, "Enter Right l", N_("打开"), N_("打开这一行")) \
  X(ENTER, CTX_FORM, "Enter", N_("下一栏"), N_("本栏填好，到下一栏（正文、附表里：换行）")) \
  X(NEXT, CTX_FORM, "Tab", N_("下一栏"), N_("下一栏")) \
  X(PREVIOUS, CTX_FORM, "S-Tab", N_("上一栏"), N_("上一栏")) \
  X(SEEK, CTX_LIST, "Tab", N_("下一处"), N_("下一处逾期或待确认")) \
  X(SEEK_BACK, CTX_LIST, "S-Tab", N_("上一处"), N_("上一处逾期或待确认")) \
  X(BACK, CTX_VIEWS, "Esc", N_("返回"), N_("返回上一级（在最上一级：退出）")) \
  X(OUT, CTX_LIST | CTX_PAGE, "Left Backspace h", "", N_("同 Esc")) \
  X(LEFT, CTX_TYPING, "Left", "", N_("左移一个字")) \
  X(RIGHT, CTX_TYPING, "Right", "", N_("右移一个字")) \
  X(LINE_START, CTX_TYPING, "Home C-a", "", N_("到行首")) \
  X(LINE_END, CTX_TYPING, "End C-e", "", N_("到行尾")) \
  X(ERASE, CTX_TYPING, "Backspace", "", N_("删去前一个字")) \
  X(DELETE, CTX_TYPING, "Del", "", N_("删去后一个字")) \
  X(CLEAR, CTX_TYPING, "C-u", "", N_("清空本栏")) \
  X(ACCEPT, CTX_PROMPT | CTX_CONFIRM, "Enter", N_("确定"), N_("确定")) \
  X(YES, CTX_CONFIRM, "y Y", "", N_("同回车")) \
  X(REFUSE, CTX_PROMPT | CTX_CONFIRM, "Esc n N", N_("取消"), N_("取消")) \
  X(HELP, CTX_VIEWS, "F1 ?", N_("帮助"), N_("按键帮助")) \
  X(DUE, CTX_VIEWS, "F2", N_("待办"), N_("待办：逾期的、十个工作日内到期的、待确认的")) \
  X(PERIOD_BACK, CTX_LIST, "F3 <", N_("上一周期"), N_("看上一个周期")) \
  X(PERIOD_ON, CTX_LIST, "F4 >", N_("下一周期"), N_("看下一个周期")) \
  X(PUBLISH, CTX_LIST | CTX_FORM, "F5", N_("今天公开"), N_("记为今天公开")) \
  X(NONE, CTX_LIST | CTX_FORM, "F6", N_("本期无"), N_("本期没有，写一句理由（在领域表里：本领域待确认的一并确认）")) \
  X(NEW, CTX_LIST, "F7 Ins", N_("新记录"), N_("新增一条记录")) \
  X(REMOVE, CTX_LIST, "F8 Del", N_("删除"), N_("删除这条记录（可撤销）")) \
  X(BASIS, CTX_LIST | CTX_FORM, "F9", N_("依据"), N_("看这一事项的公开依据、内容要素和时限")) \
  X(SAVE, CTX_VIEWS, "C-s", "", N_("现在就存（平时离开一栏就自动存好）")) \
  X(STOP, CTX_VIEWS, "C-c", "", N_("提醒怎样退出")) \
  X(UNDO, CTX_VIEWS, "C-z", N_("撤销"), N_("撤销上一步，可一直往前退")) \
  X(REDO, CTX_VIEWS, "C-y", N_("重做"), N_("重做刚撤销的一步")) \
  X(REDRAW, CTX_VIEWS, "C-l", "", N_("重画屏幕")) \
  X(QUIT, CTX_VIEWS | CTX_PROMPT | CTX_CONFIRM, "C-q F10", N_("退出"), N_("退出，填过的都已存好"))

enum request {
  REQ_NONE_GIVEN = 0,
#define X(id, contexts, keys, hint, help) REQ_##id,
  REQUESTS(X)
#undef X
  REQ_COUNT
};

struct binding {
  enum request request;
  unsigned contexts;
  const char *keys, *hint, *help;
};

/* All bindings, in order of the list; *n of them. */
const struct binding *keymap_all(size_t *n);
const struct binding *keymap_get(enum request r);
/* What a key means there; REQ_NONE_GIVEN when it is just a character or nothing. */
enum request keymap_find(enum context where, struct key k);
/* The first key's label ("F5", "回车"), or all that work there separated by blanks; appended. */
void keymap_label(struct text *out, enum request r);
void keymap_labels(struct text *out, enum request r, enum context where);
const char *context_name(enum context c); /* Chinese; "" for an unknown one */

#endif
