/* Bytes to keys.  See term_input.h.
 *
 * Each reader below gets the bytes from an Esc or a character on, and says how many it took: 0 when the
 * rest is missing.
 */
#include "tui/term_input.h"
#include "base/utf8.h"

#include <string.h>

#define LONGEST 64 /* a sequence longer than that is none */
#define NUMBERS 4
#define BURST_BYTES 32
#define BURST_BREAKS 2

static const struct key nothing = { .kind = K_NONE };

unsigned char *input_room(struct term_input *in, size_t *room) {
  if (in->at > 0) {
    memmove(in->byte, in->byte + in->at, in->n - in->at);
    in->n -= in->at;
    in->at = 0;
  }
  *room = INPUT_BYTES - in->n;
  return in->byte + in->n;
}

void input_added(struct term_input *in, size_t n) {
  in->n += n;
}

void input_burst(struct term_input *in, size_t n) {
  const unsigned char *s = in->byte + in->n - n;
  size_t breaks = 0, text = 0;
  if (in->pasting || n < BURST_BYTES) return;
  for (size_t i = 0; i < n; i++) {
    bool cut = s[i] == '\t' || s[i] == '\r' || s[i] == '\n';
    if (!cut && (s[i] < 0x20 || s[i] == 127)) return; /* keys */
    breaks += cut && i + 1 < n;
    text += !cut;
  }
  in->pasting = in->burst = breaks >= BURST_BREAKS && text > n / 2;
  in->after_return = false;
}

void input_end(struct term_input *in) {
  in->pasting = in->burst = false;
}

/* ---- ESC [ : numbers, then what ends them */

struct control {
  unsigned char lead; /* '<' '?' or 0 */
  int number[NUMBERS], n;
  unsigned char end;
};

/* Bytes of the sequence at s (ESC [ ...); 0: incomplete.  c->end 0: not one. */
static size_t read_control(const unsigned char *s, size_t n, struct control *c) {
  size_t i = 2;
  *c = (struct control){ .n = 1 };
  if (i < n && s[i] >= '<' && s[i] <= '?') c->lead = s[i++];
  for (; i < n && i < LONGEST; i++) {
    int *number = c->n <= NUMBERS ? &c->number[c->n - 1] : NULL;
    if (s[i] >= '0' && s[i] <= '9') {
      if (number != NULL && *number < 10000) *number = *number * 10 + (s[i] - '0');
    } else if (s[i] == ';' || s[i] == ':') {
      c->n++;
    } else if (s[i] < 0x20 || s[i] > 0x7E) {
      return i; /* broken off */
    } else if (s[i] >= 0x40) {
      c->end = s[i];
      return i + 1;
    }
  }
  return i >= LONGEST ? i : 0;
}

static struct key press(enum key_kind kind, int modifiers) {
  bool shift = modifiers == 2;
  if (shift && kind == K_UP) kind = K_SHIFT_UP;
  if (shift && kind == K_DOWN) kind = K_SHIFT_DOWN;
  return (struct key){ .kind = kind };
}

/* ESC [ 1 ; modifiers letter, or just the letter. */
static const struct { unsigned char end; enum key_kind kind; int f; } letters[] = {
  { 'A', K_UP, 0 },   { 'B', K_DOWN, 0 }, { 'C', K_RIGHT, 0 },   { 'D', K_LEFT, 0 }, { 'H', K_HOME, 0 },
  { 'F', K_END, 0 },  { 'P', K_F, 1 },    { 'Q', K_F, 2 },       { 'R', K_F, 3 },    { 'S', K_F, 4 },
  { 'Z', K_BACKTAB, 0 }, { 'a', K_SHIFT_UP, 0 }, { 'b', K_SHIFT_DOWN, 0 },
};

static struct key letter_key(unsigned char end, int modifiers) {
  for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
    if (letters[i].end != end) continue;
    if (letters[i].kind == K_F) /* Shift-F5 is not F5 */
      return modifiers > 1 ? nothing : (struct key){ .kind = K_F, .cp = (uint32_t)letters[i].f };
    return press(letters[i].kind, modifiers);
  }
  return nothing;
}

/* ESC [ number ; modifiers ~ */
static struct key number_key(int number, int modifiers) {
  static const enum key_kind moves[] = { K_NONE, K_HOME, K_INS, K_DEL, K_END, K_PGUP, K_PGDN, K_HOME, K_END };
  static const unsigned char f[] = { 1, 2, 3, 4, 5, 0, 6, 7, 8, 9, 10, 0, 11, 12 }; /* from 11 on */
  if (number >= 1 && number <= 8) {
    enum key_kind kind = moves[number];
    return modifiers > 1 && (kind == K_INS || kind == K_DEL) ? nothing : press(kind, modifiers);
  }
  if (number < 11 || number > 24 || f[number - 11] == 0 || modifiers > 1) return nothing;
  return (struct key){ .kind = K_F, .cp = f[number - 11] };
}

/* button: 0 left, 64 and 65 the wheel; 4 8 16 are keys held with it (the terminal's own selecting), 32
 * moving.  Row and column from 1. */
static struct key mouse(int button, int col, int row) {
  struct key k = { .kind = K_MOUSE, .row = row - 1, .col = col - 1 };
  if (row < 1 || col < 1) return nothing;
  if (button == 0) k.cp = MOUSE_CLICK;
  else if ((button & ~28) == 64) k.cp = MOUSE_WHEEL_UP;
  else if ((button & ~28) == 65) k.cp = MOUSE_WHEEL_DOWN;
  else return nothing;
  return k;
}

static struct key control_key(struct term_input *in, const struct control *c) {
  int modifiers = c->n > 1 ? c->number[1] : 0;
  if (c->lead == '<' && c->end == 'M') return mouse(c->number[0], c->number[1], c->number[2]);
  if (c->lead != 0) return nothing;
  if (c->end == 'R' && c->n == 2 && c->number[0] > 1) {
    in->place_row = c->number[0];
    in->place_col = c->number[1];
    return nothing;
  }
  if (c->end == '~' && c->number[0] == 200) {
    in->pasting = true;
    in->after_return = false;
    return nothing;
  }
  if (c->end == '~') return number_key(c->number[0], modifiers);
  return letter_key(c->end, modifiers);
}

/* ---- the three kinds of sequences */

static size_t read_bracket(struct term_input *in, const unsigned char *s, size_t n, struct key *k) {
  struct control c;
  if (n > 2 && s[2] == 'M') { /* the mouse of old terminals: three bytes more */
    if (n < 6) return 0;
    *k = mouse((s[3] - 32) & 0xFF, s[4] - 32, s[5] - 32);
    return 6;
  }
  if (n > 2 && s[2] == '[') { /* F1 to F5 of the Linux console */
    if (n < 4) return 0;
    if (s[3] >= 'A' && s[3] <= 'E') *k = (struct key){ .kind = K_F, .cp = (uint32_t)(s[3] - 'A' + 1) };
    return 4;
  }
  size_t used = read_control(s, n, &c);
  if (used > 0 && c.end != 0) *k = control_key(in, &c);
  return used;
}

/* ESC O letter; the digits of the keypad are digits. */
static size_t read_keypad(const unsigned char *s, size_t n, struct key *k) {
  size_t i = 2;
  while (i < n && i < LONGEST && s[i] >= '0' && s[i] <= ';') i++;
  if (i >= n) return 0;
  if (s[i] == 'M') *k = (struct key){ .kind = K_ENTER };
  else if (s[i] >= 'j' && s[i] <= 'y') *k = (struct key){ .kind = K_CHAR, .cp = (uint32_t)(s[i] - 'j' + '*') };
  else if (i == 2) *k = letter_key(s[i], 0);
  return i + 1;
}

static size_t read_escape(struct term_input *in, const unsigned char *s, size_t n, struct key *k) {
  if (n > 1 && s[1] == '[') return read_bracket(in, s, n, k);
  if (n > 1 && s[1] == 'O') return read_keypad(s, n, k);
  *k = (struct key){ .kind = K_ESC };
  return n > 1 ? 1 : 0;
}

/* Within a paste an Esc begins nothing but its end. */
static size_t read_pasted_escape(struct term_input *in, const unsigned char *s, size_t n, struct key *k) {
  static const char end[] = "\033[201~";
  size_t length = sizeof end - 1;
  if (memcmp(s, end, n < length ? n : length) != 0) return 1;
  if (n < length) return 0;
  input_end(in);
  *k = (struct key){ .kind = K_PASTED };
  return length;
}

/* ---- characters */

static struct key character(struct term_input *in, uint32_t c) {
  static const struct { uint32_t c; enum key_kind kind; } controls[] = {
    { '\r', K_ENTER }, { '\n', K_ENTER }, { '\t', K_TAB }, { 127, K_BACKSPACE }, { 8, K_BACKSPACE },
  };
  bool pair = in->pasting && in->after_return && c == '\n';
  in->after_return = c == '\r';
  if (pair) return nothing; /* a pasted CR LF is one line break */
  for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
    if (controls[i].c == c) return (struct key){ .kind = controls[i].kind, .pasted = in->pasting };
  if (c >= 1 && c <= 26) return (struct key){ .kind = K_CTRL, .cp = c - 1 + 'a', .pasted = in->pasting };
  if (c < 32 || (c >= 0x80 && c < 0xA0)) return nothing;
  return (struct key){ .kind = K_CHAR, .cp = c, .pasted = in->pasting };
}

static size_t read_character(struct term_input *in, const unsigned char *s, size_t n, struct key *k) {
  size_t need = s[0] < 0xC2 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 1;
  char bytes[5] = { 0 };
  uint32_t cp = s[0];
  for (size_t i = 1; i < need && i < n; i++)
    if ((s[i] & 0xC0) != 0x80) return i; /* broken off */
  if (n < need) return 0;
  memcpy(bytes, s, need);
  if (s[0] >= 0x80 && (need == 1 || (size_t)utf8_decode(bytes, &cp) != need)) return need;
  *k = character(in, cp);
  return need;
}

struct key input_key(struct term_input *in, bool late) {
  const unsigned char *s = in->byte + in->at;
  size_t n = in->n - in->at, used;
  struct key k = nothing;
  if (n == 0) return (struct key){ .kind = K_IDLE };
  if (s[0] != 27) used = read_character(in, s, n, &k);
  else if (in->pasting) used = read_pasted_escape(in, s, n, &k);
  else used = read_escape(in, s, n, &k);
  if (used == 0 && !late) return (struct key){ .kind = K_IDLE };
  in->at += used > 0 ? used : n;
  return k;
}

bool input_find_place(struct term_input *in) {
  for (size_t i = in->at; i + 1 < in->n; i++) {
    struct control c;
    if (in->byte[i] != 27 || in->byte[i + 1] != '[') continue;
    size_t used = read_control(in->byte + i, in->n - i, &c);
    if (used == 0 || c.end != 'R' || c.lead != 0 || c.n != 2) continue;
    in->place_row = c.number[0];
    in->place_col = c.number[1];
    memmove(in->byte + i, in->byte + i + used, in->n - i - used);
    in->n -= used;
    return true;
  }
  return false;
}
