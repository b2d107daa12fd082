/* Keys as xterm, PuTTY, tmux, rxvt and the Linux console send them.  See encode.h. */
#include "tests/pty/encode.h"

#include <string.h>

enum family { XTERM, CONSOLE, PUTTY, SCREEN, RXVT, FAMILIES };

static enum family family_of(const char *type) {
  static const struct { const char *begin; enum family family; } names[] = {
    { "linux", CONSOLE }, { "putty", PUTTY }, { "screen", SCREEN }, { "tmux", SCREEN }, { "rxvt", RXVT },
  };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strncmp(type, names[i].begin, strlen(names[i].begin)) == 0) return names[i].family;
  return XTERM;
}

static const char *const home[FAMILIES] = { "\033[H", "\033[1~", "\033[1~", "\033[1~", "\033[7~" };
static const char *const end[FAMILIES] = { "\033[F", "\033[4~", "\033[4~", "\033[4~", "\033[8~" };

static void add_f(struct text *out, enum family family, int n) {
  static const int number[] = { 0, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24 };
  if (family == CONSOLE && n <= 5) text_addf(out, "\033[[%c", 'A' + n - 1);
  else if ((family == XTERM || family == SCREEN) && n <= 4) text_addf(out, "\033O%c", 'P' + n - 1);
  else text_addf(out, "\033[%d~", number[n]);
}

static void add_mouse(struct text *out, const struct vt *vt, struct key k) {
  int button = k.cp == MOUSE_WHEEL_UP ? 64 : k.cp == MOUSE_WHEEL_DOWN ? 65 : 0;
  if (!vt->clicks) return;
  if (!vt->far_clicks) {
    text_addf(out, "\033[M%c%c%c", 32 + button, 33 + k.col, 33 + k.row);
    return;
  }
  text_addf(out, "\033[<%d;%d;%dM", button, k.col + 1, k.row + 1);
  if (button == 0) text_addf(out, "\033[<0;%d;%dm", k.col + 1, k.row + 1);
}

static void add_arrow(struct text *out, const struct vt *vt, char letter) {
  text_addf(out, vt->app_cursor ? "\033O%c" : "\033[%c", letter);
}

void encode_key(struct text *out, const struct vt *vt, const char *type, struct key k) {
  enum family family = family_of(type);
  switch (k.kind) {
  case K_CHAR: text_addcp(out, k.cp); break;
  case K_CTRL: text_addc(out, (char)(k.cp - 'a' + 1)); break;
  case K_F: add_f(out, family, (int)k.cp); break;
  case K_ENTER: text_addc(out, '\r'); break;
  case K_ESC: text_addc(out, 27); break;
  case K_TAB: text_addc(out, '\t'); break;
  case K_BACKTAB: text_add(out, "\033[Z"); break;
  case K_BACKSPACE: text_addc(out, 127); break;
  case K_UP: add_arrow(out, vt, 'A'); break;
  case K_DOWN: add_arrow(out, vt, 'B'); break;
  case K_RIGHT: add_arrow(out, vt, 'C'); break;
  case K_LEFT: add_arrow(out, vt, 'D'); break;
  case K_HOME: text_add(out, home[family]); break;
  case K_END: text_add(out, end[family]); break;
  case K_INS: text_add(out, "\033[2~"); break;
  case K_DEL: text_add(out, "\033[3~"); break;
  case K_PGUP: text_add(out, "\033[5~"); break;
  case K_PGDN: text_add(out, "\033[6~"); break;
  case K_SHIFT_UP: text_add(out, family == RXVT ? "\033[a" : "\033[1;2A"); break;
  case K_SHIFT_DOWN: text_add(out, family == RXVT ? "\033[b" : "\033[1;2B"); break;
  case K_MOUSE: add_mouse(out, vt, k); break;
  default: break;
  }
}
