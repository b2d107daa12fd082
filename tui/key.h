/* Keys, as the terminal or a script gives them, and their names.
 *
 * A character arrives whole (one code point), whatever its bytes were.
 */
#ifndef MB_TUI_KEY_H
#define MB_TUI_KEY_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_kind {
  K_NONE,
  K_CHAR, /* cp: the character */
  K_CTRL, /* cp: the letter, 'a'..'z' */
  K_F,    /* cp: the number, 1..12 */
  K_ENTER, K_ESC, K_TAB, K_BACKTAB, K_BACKSPACE,
  K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN, K_INS, K_DEL,
  K_SHIFT_UP, K_SHIFT_DOWN,
  K_PASTED, /* a paste is over: it can be looked at as a whole */
  K_MOUSE,  /* cp: enum mouse; row, col: where */
  K_RESIZE, /* the screen has another size */
  K_SIGNAL, /* cp: number of the signal that asks to end */
  K_IDLE    /* nothing is waiting: time for work in the background */
};

enum mouse { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
  enum key_kind kind;
  uint32_t cp;
  int row, col; /* K_MOUSE */
  bool pasted; /* part of a paste: never a command, a line break is text */
};

/* Read a key's name (n bytes): Enter Esc Tab S-Tab Backspace Up Down Left Right Home End PgUp
 * PgDn S-Up S-Down Ins Del Space F1..F12 C-a..C-z, or one character.  False: no such name. */
bool key_parse(const char *name, size_t n, struct key *out);
/* How a key is called in hints and help ("Ctrl-Z", "上"); appended. */
void key_label(struct text *out, struct key k);
bool key_same(struct key a, struct key b); /* full-width forms are the same as ASCII */

#endif
