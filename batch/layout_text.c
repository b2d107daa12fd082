/* Text of a sheet: glyphs and lines.
 *
 * Where a line of Chinese may end is decided by utf8_may_break().  Half of a punctuation mark's square is
 * blank: it is left out at a line's end and between two marks.
 */
#include "batch/layout_private.h"
#include "base/utf8.h"
#include <string.h>

/* A run of ASCII longer than this is taken for an address. */
#define ADDRESS_LENGTH 16
#define MARK_LENGTH 5
/* A last line no wider than this, 1/1000, is too short below a line of so many characters. */
#define LAST_LEAST 2000
#define LONG_LINE 8

/* ---- names */

void layout_fill(struct layout *l, const char *pattern, const struct scope *s) {
  sheet_fill_in(&l->text, pattern, s);
  if (!text_ok(&l->text)) l->failed = true;
}

/* ---- glyphs */

static void note_missing(struct layout *l, uint32_t cp) {
  for (size_t i = 0; i < l->n_missing; i++)
    if (l->missing[i] == cp) return;
  if (l->n_missing < sizeof l->missing / sizeof *l->missing) l->missing[l->n_missing++] = cp;
}

static bool in(const char *list, uint32_t cp) {
  char s[5];
  utf8_encode(cp, s);
  return strstr(list, s) != NULL;
}

/* Asked for every character, so no search in a list. */
static void set_half(struct glyph *g) {
  switch (g->cp) {
  case 0xFF0C: case 0x3002: case 0x3001: case 0xFF09: case 0x300B: case 0x300D: case 0x300F: case 0x3011:
  case 0x3015: case 0x3009: case 0x201D: case 0x2019: /* ，。、）》」』】〕〉”’ */
    g->closes = true;
    return;
  case 0xFF08: case 0x300A: case 0x300C: case 0x300E: case 0x3010: case 0x3014: case 0x3008: case 0x201C:
  case 0x2018: /* （《「『【〔〈“‘ */
    g->opens = true;
    return;
  default:
    return;
  }
}

/* Not in a font that sets them narrow; nor when the half was left out already. */
static bool is_closing(const struct glyph *g) {
  return g->closes && g->advance >= 900;
}

static bool is_opening(const struct glyph *g) {
  return g->opens && g->advance >= 900;
}

/* Two marks side by side share one blank half: 》（ and 。” and “《. */
static void tighten(struct glyph *a, struct glyph *b) {
  bool opens = is_opening(b);
  if (is_closing(a) && (opens || is_closing(b))) a->advance -= a->advance / 2;
  else if (is_opening(a) && opens) {
    b->shift = -b->advance / 2;
    b->advance += b->shift;
  }
}

/* Long addresses may also be broken behind these. */
static bool breaks_address(uint32_t a, uint32_t b, int word) {
  return word > ADDRESS_LENGTH && (a == '/' || a == '?' || a == '&' || a == '=') && b != a;
}

/* 9月, 20日 are read as one. */
static bool counts(uint32_t a, uint32_t b) {
  return a >= '0' && a <= '9' && in("年月日号天元", b);
}

/* Not seen, and asks no font: joiners, soft hyphens, selectors of a character's variant. */
static bool is_unseen(uint32_t cp) {
  return cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF ||
         (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF);
}

static bool is_accent(uint32_t cp) {
  return cp >= 0x300 && cp < 0x370;
}

/* Accents stand over the character before, which gives them no room of their own. */
static void put_over(const struct glyph *base, struct glyph *g) {
  g->shift = g->advance > 0 ? -(base->advance + g->advance) / 2 : 0;
  g->advance = 0;
}

/* May a line begin with g?  Blanks between two characters do not let a mark go where it may not stand. */
static bool may_begin(const struct layout *l, const struct glyph *g, uint32_t before, int first, int word) {
  if (counts(before, g->cp)) return false;
  if (!layout_blank(before)) return utf8_may_break(before, g->cp) || breaks_address(before, g->cp, word);
  const struct glyph *solid = g - 1;
  while (solid > l->glyphs + first && layout_blank(solid->cp)) solid--;
  return !utf8_no_start(g->cp) && !utf8_no_end(solid->cp);
}

/* first: of the text */
static void add_glyph(struct layout *l, uint32_t cp, uint32_t before, int first, int word,
                      enum font_role_id role) {
  if (!LAYOUT_ROOM(l, glyphs, n_glyphs, cap_glyphs)) return;
  struct glyph *g = &l->glyphs[l->n_glyphs];
  *g = (struct glyph){.cp = cp};
  if (cp != '\n') {
    if (fonts_glyph(l->fonts, role, cp, &g->face, &g->gid))
      g->advance = fonts_advance(l->fonts, g->face, g->gid);
    else note_missing(l, cp);
    set_half(g);
    if (before && before != '\n') {
      g->may_break = !layout_blank(cp) && may_begin(l, g, before, first, word);
      if (is_accent(cp)) put_over(g - 1, g);
      else tighten(g - 1, g);
    }
  }
  l->n_glyphs++;
}

/* A short mark such as 【待核】 is not broken. */
static void join_mark(struct layout *l, int first) {
  int end = (int)l->n_glyphs - 1;
  for (int i = end; i > first && i > end - MARK_LENGTH; i--) {
    if (l->glyphs[i - 1].cp != 0x3010) continue;
    for (int k = i; k < end; k++) l->glyphs[k].may_break = false;
    return;
  }
}

/* e and an accent are é, where a font has it.  Returns the bytes taken from s. */
static int compose(const struct layout *l, const char *s, enum font_role_id role, uint32_t *cp) {
  uint32_t next, whole;
  uint16_t face, gid;
  int taken = 0;
  for (int n; (n = utf8_decode(s + taken, &next)) > 0 && is_accent(next); taken += n) {
    whole = utf8_compose(*cp, next);
    if (whole == 0 || !fonts_glyph(l->fonts, role, whole, &face, &gid)) break;
    *cp = whole;
  }
  return taken;
}

struct run layout_shape(struct layout *l, const char *s, enum font_role_id role, bool trim) {
  int first = (int)l->n_glyphs, word = 0;
  uint32_t cp, before = trim ? '\n' : 0;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) {
    if (cp == '\r' || is_unseen(cp)) continue;
    if (cp == '\t') cp = ' ';
    n += compose(l, s + n, role, &cp);
    if (trim && before == '\n' && (cp == '\n' || layout_blank(cp))) continue;
    word = cp > ' ' && cp < 0x7F ? word + 1 : 0;
    add_glyph(l, cp, before, first, word, role);
    if (cp == 0x3011) join_mark(l, first);
    if (!is_accent(cp)) before = cp;
  }
  while (trim && (int)l->n_glyphs > first && l->glyphs[l->n_glyphs - 1].cp == '\n') l->n_glyphs--;
  return (struct run){first, (int)l->n_glyphs - first};
}

/* ---- lines */

/* The blank half of a closing mark (unless it was left out already). */
static int blank_half(const struct glyph *g) {
  return is_closing(g) ? g->advance / 2 : 0;
}

/* Inside a word that is too long for a line: back to where no mark begins the next line or ends this one. */
static int forced_end(const struct layout *l, int start, int i) {
  for (int at = i; at > start + 1 && at > i - 6; at--)
    if (!utf8_no_start(l->glyphs[at].cp) && !utf8_no_end(l->glyphs[at - 1].cp)) return at;
  return i;
}

/* Where the line beginning at i ends: one past its last glyph. */
static int line_end(const struct layout *l, int i, int end, int room) {
  int x = 0, best = -1;
  for (int start = i; i < end; i++) {
    const struct glyph *g = &l->glyphs[i];
    if (i > start && g->may_break) best = i;
    x += g->advance;
    if (layout_blank(g->cp) || i == start) continue;
    if (x - blank_half(g) > room) return best > start ? best : forced_end(l, start, i);
  }
  return end;
}

static int width_of(const struct layout *l, int first, int end) {
  int width = 0;
  for (int i = first; i < end; i++) width += l->glyphs[i].advance;
  return end > first ? width - blank_half(&l->glyphs[end - 1]) : width;
}

static void add_line(struct layout *l, int first, int end, int indent, bool last) {
  if (!LAYOUT_ROOM(l, lines, n_lines, cap_lines)) return;
  while (end > first && layout_blank(l->glyphs[end - 1].cp) && !last) end--;
  l->lines[l->n_lines++] = (struct line){.first = first, .n = end - first,
                                         .width = width_of(l, first, end), .indent = indent, .last = last};
}

/* Line a ends before glyph i, with which the next line then begins; false when that becomes too wide. */
static bool move_end(const struct layout *l, struct line *a, int i, int width) {
  struct line *b = a + 1;
  int end = b->first + b->n, wide = width_of(l, i, end);
  if (wide > width) return false;
  b->first = i, b->n = end - i, b->width = wide;
  a->n = i - a->first, a->width = width_of(l, a->first, i);
  return true;
}

/* A paragraph does not end in a line of one character (with its marks): it takes one from the line above. */
static void fill_last_line(const struct layout *l, size_t first, int width) {
  if (l->n_lines < first + 2) return;
  struct line *b = &l->lines[l->n_lines - 1], *a = b - 1;
  int end = a->first + a->n;
  if (b->width > LAST_LEAST || b->n == 0 || a->n < LONG_LINE || b->first != end) return;
  if (l->glyphs[b->first].advance < 900) return; /* a number */
  for (int i = end - 1; i > end - 4; i--)
    if (l->glyphs[i].may_break && !layout_blank(l->glyphs[i - 1].cp)) {
      move_end(l, a, i, width);
      return;
    }
}

static void break_paragraph(struct layout *l, int i, int end, int width, int indent) {
  size_t first = l->n_lines;
  do {
    int stop = line_end(l, i, end, width - indent), next = stop;
    while (next < end && layout_blank(l->glyphs[next].cp)) next++;
    add_line(l, i, stop, indent, next >= end);
    i = next;
    indent = 0;
  } while (i < end && !l->failed);
  fill_last_line(l, first, width);
}

struct run layout_break(struct layout *l, struct run glyphs, int width, int indent) {
  int first = (int)l->n_lines, end = glyphs.first + glyphs.n;
  for (int i = glyphs.first; i <= end && !l->failed; ) {
    int stop = i;
    while (stop < end && l->glyphs[stop].cp != '\n') stop++;
    break_paragraph(l, i, stop, width, indent);
    i = stop + 1;
  }
  return (struct run){first, (int)l->n_lines - first};
}

/* A title reads better when its lines end behind these. */
static bool ends_well(uint32_t cp) {
  return in("，、；：》）”年月日度的和与及暨市县区乡镇村局会", cp);
}

/* Move line ends back by a few characters to where they read better, if the lines still fit. */
static void polish(struct layout *l, struct run lines, int width) {
  for (int k = lines.first; k + 1 < lines.first + lines.n; k++) {
    struct line *a = &l->lines[k], *b = a + 1;
    int end = a->first + a->n;
    if (b->first != end || ends_well(l->glyphs[end - 1].cp)) continue;
    for (int i = end - 1; i > end - 4 && i > a->first + a->n / 2; i--) {
      if (!l->glyphs[i].may_break || !ends_well(l->glyphs[i - 1].cp)) continue;
      move_end(l, a, i, width);
      break;
    }
  }
}

struct run layout_balance(struct layout *l, struct run glyphs, int width) {
  struct run lines = layout_break(l, glyphs, width, 0);
  int low = width / 3, high = width, n = lines.n;
  while (low < high && n > 1) {
    int middle = (low + high) / 2;
    l->n_lines = (size_t)lines.first;
    if (layout_break(l, glyphs, middle, 0).n <= n) high = middle;
    else low = middle + 1;
  }
  l->n_lines = (size_t)lines.first;
  lines = layout_break(l, glyphs, high, 0);
  polish(l, lines, width);
  return lines;
}

int layout_natural(const struct layout *l, struct run glyphs) {
  int x = 0, most = 0;
  for (int i = glyphs.first; i < glyphs.first + glyphs.n; i++) {
    x = l->glyphs[i].cp == '\n' ? 0 : x + l->glyphs[i].advance;
    if (x > most) most = x;
  }
  return most;
}

int layout_word(const struct layout *l, struct run glyphs) {
  int x = 0, most = 0;
  for (int i = glyphs.first; i < glyphs.first + glyphs.n; i++) {
    const struct glyph *g = &l->glyphs[i];
    if (g->may_break || g->cp == '\n' || layout_blank(g->cp)) x = 0;
    if (g->cp != '\n' && !layout_blank(g->cp)) x += g->advance;
    if (x - blank_half(g) > most) most = x - blank_half(g);
  }
  return most;
}
