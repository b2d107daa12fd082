/* The terminal in memory.  See vt.h. */
#include "tests/pty/vt.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static const struct vt_cell blank = { .cp = ' ', .width = 1 };

static struct vt_cell *at(const struct vt *vt, int row, int col) {
  return &vt->cell[(size_t)row * (size_t)vt->cols + (size_t)col];
}

static void erase(struct vt *vt, int row, int from, int to) {
  for (int col = from; col < to; col++) {
    *at(vt, row, col) = blank;
    at(vt, row, col)->look = vt->look;
  }
}

bool vt_resize(struct vt *vt, int rows, int cols) {
  struct vt_cell *cell = calloc((size_t)rows * (size_t)cols, sizeof *cell);
  if (cell == NULL) return false;
  free(vt->cell);
  vt->cell = cell;
  vt->rows = rows;
  vt->cols = cols;
  vt->row = vt->col = 0;
  vt->ended = false;
  for (int row = 0; row < rows; row++) erase(vt, row, 0, cols);
  return true;
}

static void do_not_know(struct vt *vt, const unsigned char *s, size_t n) {
  size_t len = 0;
  if (vt->unknown++ > 0) return;
  for (size_t i = 0; i < n && len + 6 < sizeof vt->first_unknown; i++) {
    bool plain = s[i] >= 0x20 && s[i] < 0x7F;
    char *to = vt->first_unknown + len;
    len += (size_t)snprintf(to, sizeof vt->first_unknown - len, plain ? "%c" : "<%02X>", s[i]);
  }
}

/* ---- characters */

/* By the C library; what differs with the program's setting is ambiguous. */
static int width_of(const struct vt *vt, uint32_t cp) {
  int width = wcwidth((wchar_t)cp);
  if (vt->ambiguous == 2) {
    utf8_set_ambiguous(1);
    int narrow = utf8_cp_width(cp);
    utf8_set_ambiguous(2);
    if (utf8_cp_width(cp) != narrow) return 2;
  }
  return width < 0 ? 1 : width;
}

static void add_mark(struct vt *vt, uint32_t cp) {
  int col = vt->ended ? vt->cols - 1 : vt->col - 1;
  if (col > 0 && at(vt, vt->row, col)->width == 0) col--;
  for (int i = 0; i < VT_MARKS && col >= 0; i++) {
    if (at(vt, vt->row, col)->mark[i] != 0) continue;
    at(vt, vt->row, col)->mark[i] = cp;
    return;
  }
}

/* The other half of a wide character that is written over goes blank. */
static void vacate(struct vt *vt, int row, int col) {
  struct vt_cell *c = at(vt, row, col);
  if (c->width == 0 && col > 0) c[-1] = blank;
  if (c->width == 2 && col + 1 < vt->cols) c[1] = blank;
}

static void line_feed(struct vt *vt) {
  vt->ended = false;
  if (vt->row + 1 < vt->rows) {
    vt->row++;
    return;
  }
  memmove(vt->cell, at(vt, 1, 0), (size_t)(vt->rows - 1) * (size_t)vt->cols * sizeof *vt->cell);
  erase(vt, vt->rows - 1, 0, vt->cols);
}

static void put(struct vt *vt, uint32_t cp) {
  int width = width_of(vt, cp);
  if (width == 0) {
    add_mark(vt, cp);
    return;
  }
  if ((vt->ended || vt->col + width > vt->cols) && !vt->no_wrap) {
    vt->col = 0;
    line_feed(vt);
  }
  if (vt->col + width > vt->cols) vt->col = vt->cols - width;
  for (int i = 0; i < width; i++) vacate(vt, vt->row, vt->col + i);
  *at(vt, vt->row, vt->col) = (struct vt_cell){ .cp = cp, .width = (unsigned char)width,
                                                .look = vt->look };
  if (width == 2) *at(vt, vt->row, vt->col + 1) = (struct vt_cell){ .width = 0, .look = vt->look };
  vt->col += width;
  vt->ended = vt->col >= vt->cols;
  if (vt->ended) vt->col = vt->cols - 1;
}

/* ---- sequences */

static void go(struct vt *vt, int row, int col) {
  vt->row = row < 0 ? 0 : row < vt->rows ? row : vt->rows - 1;
  vt->col = col < 0 ? 0 : col < vt->cols ? col : vt->cols - 1;
  vt->ended = false;
}

static bool erase_display(struct vt *vt, int how) {
  if (how == 0) erase(vt, vt->row, vt->col, vt->cols);
  for (int row = how == 2 ? 0 : vt->row + 1; row < vt->rows; row++) erase(vt, row, 0, vt->cols);
  return how == 0 || how == 2;
}

static bool set_mode(struct vt *vt, int mode, bool on) {
  switch (mode) {
  case 1: vt->app_cursor = on; return true;
  case 7: vt->no_wrap = !on; return true;
  case 25: vt->hidden = !on; return true;
  case 47:
  case 1049:
    if (vt->other_screen != on) erase_display(vt, 2);
    vt->other_screen = on;
    return true;
  case 1000: vt->clicks = on; return true;
  case 1006: vt->far_clicks = on; return true;
  case 2004: vt->pastes = on; return true;
  default: return false;
  }
}

static bool private_mode(struct vt *vt, const unsigned char *s, size_t n) {
  return (s[n - 1] == 'h' || s[n - 1] == 'l') && set_mode(vt, atoi((const char *)s + 3), s[n - 1] == 'h');
}

static uint32_t number_of_look(const char *s) {
  uint32_t hash = 2166136261u;
  if (strcmp(s, "m") == 0 || strcmp(s, "0m") == 0) return 0;
  for (; *s != '\0'; s++) hash = (hash ^ (unsigned char)*s) * 16777619u;
  return hash;
}

/* s is ESC [ numbers end, and a NUL. */
static bool control(struct vt *vt, const unsigned char *s, size_t n) {
  int a = 0, b = 0;
  unsigned char end = s[n - 1];
  if (s[2] == '?') return private_mode(vt, s, n);
  a = atoi((const char *)s + 2);
  const char *second = strchr((const char *)s, ';');
  if (second != NULL) b = atoi(second + 1);
  switch (end) {
  case 'H': go(vt, a > 0 ? a - 1 : 0, b > 0 ? b - 1 : 0); return true;
  case 'G': go(vt, vt->row, a > 0 ? a - 1 : 0); return true;
  case 'C': go(vt, vt->row, vt->col + (a > 0 ? a : 1)); return true;
  case 'J': return erase_display(vt, a);
  case 'K': erase(vt, vt->row, vt->col, vt->cols); return a == 0;
  case 'm': vt->look = number_of_look((const char *)s + 2); return true;
  case 't': return a == 22 || a == 23; /* keep the window's title, and give it back */
  case 'n':
    if (a == 6 && !vt->silent) text_addf(&vt->reply, "\033[%d;%dR", vt->row + 1, vt->col + 1);
    return a == 6;
  default: return false;
  }
}

static void finish_sequence(struct vt *vt) {
  vt->part[vt->n_part] = '\0';
  if (vt->part[1] == '[' ? !control(vt, vt->part, vt->n_part) : strchr("78", vt->part[1]) == NULL)
    do_not_know(vt, vt->part, vt->n_part);
  vt->n_part = 0;
}

static void plain_control(struct vt *vt, unsigned char c) {
  if (c == '\r') go(vt, vt->row, 0);
  else if (c == '\n') line_feed(vt);
  else if (c != 0x0F) do_not_know(vt, &c, 1); /* 0F: the usual characters, which they are */
}

static void take_escape(struct vt *vt, unsigned char c) {
  vt->part[vt->n_part++] = c;
  bool bracket = vt->part[1] == '[', whole = vt->n_part >= 2 && !(bracket && vt->n_part == 2);
  if (bracket && whole) whole = c >= 0x40 && c <= 0x7E;
  if (whole || vt->n_part + 1 >= sizeof vt->part) finish_sequence(vt);
}

static void take_character(struct vt *vt, unsigned char c) {
  uint32_t cp;
  vt->part[vt->n_part++] = c;
  vt->part[vt->n_part] = '\0';
  size_t need = vt->part[0] < 0x80 ? 1 : vt->part[0] < 0xE0 ? 2 : vt->part[0] < 0xF0 ? 3 : 4;
  if (vt->n_part < need) return;
  if ((size_t)utf8_decode((const char *)vt->part, &cp) == need) put(vt, cp);
  else do_not_know(vt, vt->part, vt->n_part);
  vt->n_part = 0;
}

void vt_take(struct vt *vt, const unsigned char *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    unsigned char c = bytes[i];
    if (vt->n_part > 0 && vt->part[0] == 27) take_escape(vt, c);
    else if (vt->n_part == 0 && c == 27) vt->part[vt->n_part++] = c;
    else if (vt->n_part == 0 && (c < 0x20 || c == 0x7F)) plain_control(vt, c);
    else take_character(vt, c);
  }
}

/* ---- what is seen */

static void dump_row(const struct vt *vt, int row, struct text *out) {
  int last = vt->cols;
  while (last > 0 && at(vt, row, last - 1)->cp == ' ') last--;
  for (int col = 0; col < last; col++) {
    const struct vt_cell *c = at(vt, row, col);
    if (c->width == 0) continue;
    text_addcp(out, c->cp);
    for (int i = 0; i < VT_MARKS && c->mark[i] != 0; i++) text_addcp(out, c->mark[i]);
  }
  text_addc(out, '\n');
}

void vt_dump(const struct vt *vt, struct text *out) {
  text_addf(out, "==== %dx%d", vt->cols, vt->rows);
  if (!vt->hidden) text_addf(out, " 光标 %d,%d", vt->row + 1, vt->col + 1);
  text_add(out, " ====\n");
  for (int row = 0; row < vt->rows; row++) dump_row(vt, row, out);
}

const char *vt_left_behind(const struct vt *vt) {
  if (vt->no_wrap) return "lines are not wrapped";
  if (vt->hidden) return "no cursor";
  if (vt->other_screen) return "the other screen";
  if (vt->pastes) return "pastes in brackets";
  if (vt->clicks || vt->far_clicks) return "clicks are sent";
  if (vt->app_cursor) return "cursor keys of the other mode";
  return vt->look != 0 ? "colours" : NULL;
}

void vt_free(struct vt *vt) {
  free(vt->cell);
  text_free(&vt->reply);
  memset(vt, 0, sizeof *vt);
}
