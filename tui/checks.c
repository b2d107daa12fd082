/* Boxes in rows of equal columns, "[x]1 村公示栏*", the catalogue's own with a star. */
#include "tui/checks.h"
#include "base/utf8.h"

#include <string.h>

#define BOX_COLS 20 /* "[x]10 发布会听证会*" and a blank */

/* The channel at a place, own ones first. */
static int channel_at(const struct checks *c, int place) {
  for (int own = 1; own >= 0; own--)
    for (int i = 0; i < CHANNEL_COUNT; i++)
      if ((c->own >> i & 1) == own && place-- == 0) return i;
  return 0;
}

/* ---- text */

static bool apart(uint32_t cp) {
  uint32_t f = utf8_fold(cp);
  return f == ',' || f == ';' || f == ' ' || f == '\t' || f == '\n' || f == '/' || cp == 0x3001 || cp == 0xFF1B;
}

/* A channel by its name, or by a part of it that no other has. */
static int find(const char *name) {
  int found = channel_find(name);
  for (int i = 0; i < CHANNEL_COUNT && found < 0 && strlen(name) >= 6; i++)
    if (strstr(channel_name(i), name) != NULL || strstr(name, channel_name(i)) != NULL) found = i;
  return found;
}

uint16_t checks_read(const char *names) {
  struct text name = { 0 };
  uint16_t chosen = 0;
  uint32_t cp;
  for (int n = 1; n > 0; names += n) {
    n = utf8_decode(names, &cp);
    if (n > 0 && !apart(cp)) {
      text_addcp(&name, cp);
      continue;
    }
    int channel = name.len > 0 ? find(text_str(&name)) : -1;
    if (channel >= 0) chosen = (uint16_t)(chosen | 1u << channel);
    text_clear(&name);
  }
  text_free(&name);
  return chosen;
}

void checks_add_names(struct text *out, uint16_t chosen, const char *between) {
  size_t start = out->len;
  for (int i = 0; i < CHANNEL_COUNT; i++)
    if ((chosen >> i & 1) != 0) text_addf(out, "%s%s", out->len > start ? between : "", channel_name(i));
}

/* ---- keys */

bool checks_request(struct checks *c, enum request r) {
  int across = c->across > 0 ? c->across : 1, to = c->stand;
  switch (r) {
  case REQ_LEFT: to--; break;
  case REQ_RIGHT: to++; break;
  case REQ_UP: to -= across; break;
  case REQ_DOWN:
    to += across;
    if (to >= CHANNEL_COUNT && c->stand / across < (CHANNEL_COUNT - 1) / across) to = CHANNEL_COUNT - 1;
    break;
  case REQ_LINE_START: to = 0; break;
  case REQ_LINE_END: to = CHANNEL_COUNT - 1; break;
  default: return false;
  }
  if (to >= 0 && to < CHANNEL_COUNT) c->stand = to;
  else if (r == REQ_UP || r == REQ_DOWN) return false;
  return true;
}

static bool turn(struct checks *c, int place) {
  if (place < 0 || place >= CHANNEL_COUNT) return false;
  c->stand = place;
  c->chosen = (uint16_t)(c->chosen ^ 1u << channel_at(c, place));
  return true;
}

bool checks_key(struct checks *c, struct key k) {
  uint32_t cp = k.kind == K_CHAR ? utf8_fold(k.cp) : 0;
  if (cp == ' ') return turn(c, c->stand);
  if (cp < '0' || cp > '9') return false;
  return turn(c, cp == '0' ? 9 : (int)(cp - '1'));
}

/* ---- drawing */

static int across(int cols) {
  int n = cols / BOX_COLS;
  return n < 1 ? 1 : n > 4 ? 4 : n;
}

int checks_rows(int cols) {
  return (CHANNEL_COUNT + across(cols) - 1) / across(cols);
}

void checks_draw(struct checks *c, struct screen *s, struct rect at) {
  c->across = across(at.cols);
  c->at = at;
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    struct text box = { 0 };
    int channel = channel_at(c, i), row = at.row + i / c->across, col = at.col + i % c->across * BOX_COLS;
    if (i / c->across >= at.rows) break;
    text_addf(&box, "[%c]%d %s%s", (c->chosen >> channel & 1) != 0 ? 'x' : ' ', i + 1, channel_name(channel),
              (c->own >> channel & 1) != 0 ? "*" : "");
    enum attr attr = i == c->stand ? ATTR_SELECTED : (c->own >> channel & 1) != 0 ? ATTR_STRONG : ATTR_PLAIN;
    screen_put(s, row, col, BOX_COLS - 1, attr, text_str(&box));
    if (i == c->stand) screen_cursor(s, row, col + 1);
    text_free(&box);
  }
}

bool checks_click(struct checks *c, int row, int col) {
  row -= c->at.row;
  col -= c->at.col;
  if (row < 0 || row >= c->at.rows || col < 0 || col / BOX_COLS >= c->across) return false;
  return turn(c, row * c->across + col / BOX_COLS);
}
