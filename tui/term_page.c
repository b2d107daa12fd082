/* The two pages for terminals that cannot show Chinese.  See term_page.h.
 *
 * ASCII on purpose and so not translated: English, and the same in pinyin without tones, which a clerk reads.
 */
#include "tui/term_page.h"

static const char ending[] =
  "\r\n"
  "Press Enter to go on anyway, q to leave.\r\n"
  "An huiche jixu, an q tuichu.\r\n";

static const char console[] =
  "mingbai: this text console cannot show Chinese characters.\r\n"
  "\r\n"
  "Do one of these, then start mingbai again:\r\n"
  "  - open a terminal window on the graphical desktop\r\n"
  "  - start fbterm or kmscon first, and mingbai in it\r\n"
  "  - log in from another PC with an SSH client (PuTTY)\r\n"
  "    whose character set is UTF-8\r\n"
  "\r\n"
  "Zhege wenzi kongzhitai xianshi bu liao hanzi. Qing:\r\n"
  "  - zai tuxing zhuomian li dakai zhongduan chuangkou;\r\n"
  "  - huozhe xian yunxing fbterm huo kmscon;\r\n"
  "  - huozhe cong bie de diannao yong PuTTY denglu (UTF-8).\r\n";

static const char charset[] =
  "mingbai: this terminal is not set to UTF-8, so Chinese\r\n"
  "would come out as wrong characters.\r\n"
  "\r\n"
  "Set its character set to UTF-8, then start mingbai again:\r\n"
  "  - PuTTY: Window > Translation > Remote character set\r\n"
  "  - others: Terminal > Set character encoding\r\n"
  "\r\n"
  "Zhongduan de zifuji bu shi UTF-8, hanzi hui luanma.\r\n"
  "Qing ba zifuji (bianma) gaicheng UTF-8, chongxin dakai.\r\n";

const char *term_page(enum term_fault fault) {
  return fault == FAULT_CONSOLE ? console : charset;
}

const char *term_page_ending(void) {
  return ending;
}
