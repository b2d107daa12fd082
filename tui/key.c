/* Names of keys: one table for scripts, keymap and hints. */
#include "tui/key.h"
#include "base/utf8.h"

#include <string.h>

static const struct {
  const char *name;  /* in scripts and in the keymap */
  const char *label; /* on the screen */
  enum key_kind kind;
  uint32_t cp;
} names[] = {
  { "Enter", N_("回车"), K_ENTER, 0 },
  { "Esc", "Esc", K_ESC, 0 },
  { "Tab", "Tab", K_TAB, 0 },
  { "S-Tab", "Shift-Tab", K_BACKTAB, 0 },
  { "Backspace", N_("退格"), K_BACKSPACE, 0 },
  { "Up", N_("上"), K_UP, 0 },
  { "Down", N_("下"), K_DOWN, 0 },
  { "Left", N_("左"), K_LEFT, 0 },
  { "Right", N_("右"), K_RIGHT, 0 },
  { "Home", "Home", K_HOME, 0 },
  { "End", "End", K_END, 0 },
  { "PgUp", "PgUp", K_PGUP, 0 },
  { "PgDn", "PgDn", K_PGDN, 0 },
  { "S-Up", N_("Shift-上"), K_SHIFT_UP, 0 },
  { "S-Down", N_("Shift-下"), K_SHIFT_DOWN, 0 },
  { "Ins", "Ins", K_INS, 0 },
  { "Del", "Del", K_DEL, 0 },
  { "Space", N_("空格"), K_CHAR, ' ' },
};
#define NAMES (sizeof names / sizeof names[0])

static bool parse_f(const char *name, size_t n, struct key *out) {
  if ((n != 2 && n != 3) || name[0] != 'F') return false;
  uint32_t v = 0;
  for (size_t i = 1; i < n; i++) {
    if (name[i] < '0' || name[i] > '9') return false;
    v = v * 10 + (uint32_t)(name[i] - '0');
  }
  if (v < 1 || v > 12) return false;
  *out = (struct key){ .kind = K_F, .cp = v };
  return true;
}

bool key_parse(const char *name, size_t n, struct key *out) {
  for (size_t i = 0; i < NAMES; i++) {
    if (strlen(names[i].name) != n || memcmp(names[i].name, name, n) != 0) continue;
    *out = (struct key){ .kind = names[i].kind, .cp = names[i].cp };
    return true;
  }
  if (n == 3 && name[0] == 'C' && name[1] == '-' && name[2] >= 'a' && name[2] <= 'z') {
    *out = (struct key){ .kind = K_CTRL, .cp = (uint32_t)name[2] };
    return true;
  }
  if (parse_f(name, n, out)) return true;
  char copy[8] = { 0 };
  uint32_t cp;
  if (n == 0 || n > 4) return false;
  memcpy(copy, name, n);
  if ((size_t)utf8_decode(copy, &cp) != n || cp == 0xFFFD || cp < 0x20) return false;
  *out = (struct key){ .kind = K_CHAR, .cp = cp };
  return true;
}

void key_label(struct text *out, struct key k) {
  for (size_t i = 0; i < NAMES; i++) {
    if (names[i].kind != k.kind || names[i].cp != k.cp) continue;
    text_add(out, _(names[i].label));
    return;
  }
  if (k.kind == K_CTRL) text_addf(out, "Ctrl-%c", (char)(k.cp - 'a' + 'A'));
  if (k.kind == K_F) text_addf(out, "F%u", (unsigned)k.cp);
  if (k.kind == K_CHAR) text_addcp(out, k.cp);
}

/* In menus every full-width form counts as its ASCII (？ as ?), not only those of dates, and so does what a
 * Chinese input method gives for an ASCII key. */
static uint32_t fold(uint32_t cp) {
  static const struct { uint32_t typed, meant; } signs[] = {
    { 0x300A, '<' }, { 0x300B, '>' },  /* 《》 */
    { 0x3010, '[' }, { 0x3011, ']' },  /* 【】 */
    { 0x3001, '/' }, { 0x3002, '.' },  /* 、 。 */
    { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201C, '"' }, { 0x201D, '"' },
    { 0xFFE5, '$' }, { 0x2026, '^' }, { 0x2014, '_' },
  };
  if (cp >= 0xFF01 && cp <= 0xFF5E) return cp - 0xFF01 + '!';
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
    if (signs[i].typed == cp) return signs[i].meant;
  return utf8_fold(cp);
}

bool key_same(struct key a, struct key b) {
  if (a.kind != b.kind) return false;
  if (a.kind != K_CHAR) return a.cp == b.cp;
  return fold(a.cp) == fold(b.cp);
}
