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
  CTX_NONE = 0,     /* every key comes to the view as it is */
  CTX_LIST = 1,     /* rows to choose from */
  CTX_PAGE = 2,     /* a text to read */
  CTX_FORM = 4,     /* fields to fill */
  CTX_PROMPT = 8,   /* one question at the bottom */
  CTX_CONFIRM = 16, /* yes or no at the bottom */
  CTX_SEARCH = 32,  /* rows that follow what is typed */
  CTX_CELLS = 64,   /* a list whose rows have cells to step over: */
  CTX_TABLE = CTX_LIST | CTX_CELLS
};
#define CTX_VIEWS (CTX_LIST | CTX_PAGE | CTX_FORM | CTX_SEARCH)
#define CTX_TYPING (CTX_FORM | CTX_PROMPT | CTX_SEARCH)
#define CTX_PLACES (CTX_LIST | CTX_FORM | CTX_SEARCH) /* where one stands on an item or a record */

#define REQUESTS(X) \
  X(UP, CTX_VIEWS, "Up k", "", N_("上一行（表单里：上一栏）")) \
  X(DOWN, CTX_VIEWS, "Down j", "", N_("下一行（表单里：下一栏）")) \
  X(PAGE_UP, CTX_VIEWS, "PgUp", "", N_("上一页")) \
  X(PAGE_DOWN, CTX_VIEWS, "PgDn", N_("翻页"), N_("下一页")) \
  X(FIRST, CTX_LIST | CTX_PAGE, "Home g", "", N_("第一行")) \
  X(LAST, CTX_LIST | CTX_PAGE, "End G", "", N_("最后一行")) \
  X(CELL_LEFT, CTX_CELLS, "Left h", "", N_("左边一格")) \
  X(CELL_RIGHT, CTX_CELLS, "Right l", "", N_("右边一格")) \
  X(OPEN, CTX_LIST, "Enter Right l", N_("打开"), N_("打开这一行")) \
  X(GO, CTX_SEARCH, "Enter", N_("打开"), N_("打开找到的这一行")) \
  X(ENTER, CTX_FORM, "Enter", N_("下一栏"), N_("本栏填好，到下一栏（正文、附表里：换行）")) \
  X(NEXT, CTX_FORM, "Tab", N_("下一栏"), N_("下一栏")) \
  X(PREVIOUS, CTX_FORM, "S-Tab", N_("上一栏"), N_("上一栏")) \
  X(SEEK, CTX_LIST, "Tab", N_("下一处"), N_("下一处逾期或待确认")) \
  X(SEEK_BACK, CTX_LIST, "S-Tab", N_("上一处"), N_("上一处逾期或待确认")) \
  X(MARK, CTX_LIST, "Space", N_("选中"), N_("选中这一行，再按一次取消；选中的各行一起办理")) \
  X(MARK_UP, CTX_LIST, "S-Up", "", N_("向上连续选中")) \
  X(MARK_DOWN, CTX_LIST, "S-Down", "", N_("向下连续选中")) \
  X(MARK_ALL, CTX_LIST, "C-a", N_("全选"), N_("选中全部各行，再按一次全部取消")) \
  X(GROUP, CTX_LIST, "C-g", N_("换分组"), N_("按村或按领域分组（待办里）")) \
  X(BACK, CTX_VIEWS, "Esc", N_("返回"), N_("返回上一级（在最上一级：按两次退出）")) \
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
  X(DUE, CTX_VIEWS, "F2", N_("待办"), N_("待办：逾期的、十个工作日内到期的、该撤下的、待确认的")) \
  X(UNITS, CTX_LIST | CTX_PAGE, "C-u", N_("单位"), N_("单位表：从县到乡镇到村，再到各领域")) \
  X(SEARCH, CTX_VIEWS, "F3 C-f /", N_("查找"), N_("查找单位、事项、记录：打汉字或拼音首字母")) \
  X(SUMMARY, CTX_VIEWS, "F4", N_("汇总"), N_("汇总表：各乡镇、各领域的公开情况")) \
  X(PERIOD_BACK, CTX_LIST, "< [", N_("上一周期"), N_("看上一个周期")) \
  X(PERIOD_ON, CTX_LIST, "> ]", N_("下一周期"), N_("看下一个周期")) \
  X(PUBLISH, CTX_PLACES, "F5", N_("今天公开"), N_("记为今天公开（选中了几行：一起）")) \
  X(NONE, CTX_LIST | CTX_FORM, "F6", N_("本期无"), N_("本期没有，写一句理由（选中了几行、领域表里：一起）")) \
  X(TAKE_OVER, CTX_FORM, "F7", N_("采用上期"), N_("带出的上期内容（标着待确认的）全部采用")) \
  X(NEW, CTX_LIST, "F7 Ins", N_("新记录"), N_("新增一条记录")) \
  X(REMOVE, CTX_LIST, "F8 Del", N_("删除"), N_("删除这条记录（可撤销）")) \
  X(BASIS, CTX_PLACES, "F9", N_("依据"), N_("看这一事项的公开依据、内容要素和时限")) \
  X(PRINT, CTX_PLACES, "C-p", N_("打印"), N_("打印公示单：先在屏幕上看，再存成 PDF 或送打印机")) \
  X(HISTORY, CTX_PLACES, "C-r", N_("改动"), N_("谁在什么时候改了什么（不在记录上时：各步操作）")) \
  X(COPY, CTX_LIST | CTX_FORM, "C-d", N_("复制"), N_("把这条记录复制给本乡镇的其他村")) \
  X(EDITOR, CTX_FORM, "C-o", N_("外部编辑"), N_("用自己的编辑器（EDITOR）写本栏")) \
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
