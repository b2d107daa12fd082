/* UTF-8: decoding, width, fitting, folding, and where a line of Chinese may break.
 *
 * The only file that knows utf8proc.  What is asked for every character of a page
 * or a screen (width, may-break) answers ASCII and Chinese characters before any
 * table is looked at; the tables are small, sorted and searched by halves.
 * Left out: bidirectional text, hyphenation, dictionaries of words.
 */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#define BAD 0xFFFDu
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- decoding ----------------------------------------------------------- */

/* Bytes of the sequence at s, which has n bytes at least or ends in a NUL; 0 when it
 * is not well-formed.  A NUL is never a continuation byte, so it is never passed. */
static int sequence(const unsigned char *s, size_t n, uint32_t *cp) {
  unsigned char a = s[0];
  if (a < 0x80) {
    *cp = a;
    return 1;
  }
  int len = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
  if (a < 0xC2 || a > 0xF4 || n < (size_t)len) return 0;
  uint32_t c = a & (0x7Fu >> len);
  for (int i = 1; i < len; i++) {
    if ((s[i] & 0xC0) != 0x80) return 0;
    c = c << 6 | (s[i] & 0x3Fu);
  }
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
  *cp = c;
  return len;
}

int utf8_decode(const char *s, uint32_t *cp) {
  int n = sequence((const unsigned char *)s, 4, cp);
  if (n == 0) {
    *cp = BAD;
    return 1;
  }
  return *s ? n : 0;
}

int utf8_encode(uint32_t cp, char out[5]) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = BAD;
  int n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  for (int i = n - 1; i > 0; i--) {
    out[i] = (char)(0x80 | (cp & 0x3F));
    cp >>= 6;
  }
  out[0] = (char)(lead[n] | cp);
  out[n] = '\0';
  return n;
}

bool utf8_valid(const char *s, size_t n, size_t *bad) {
  for (size_t i = 0; i < n;) {
    uint32_t cp;
    int len = sequence((const unsigned char *)s + i, n - i, &cp);
    if (len == 0 || cp == 0) {
      if (bad) *bad = i;
      return false;
    }
    i += (size_t)len;
  }
  return true;
}

size_t utf8_count(const char *s) {
  size_t count = 0;
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) count++;
  return count;
}

/* ---- graphemes ---------------------------------------------------------- */

const char *utf8_next(const char *p) {
  uint32_t cp, follower;
  int n = utf8_decode(p, &cp);
  utf8proc_int32_t state = 0;
  p += n;
  while (n > 0 && (n = utf8_decode(p, &follower)) > 0) {
    if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)cp, (utf8proc_int32_t)follower, &state)) break;
    cp = follower;
    p += n;
  }
  return p;
}

const char *utf8_prev(const char *s, const char *p) {
  if (p <= s) return s;
  /* Graphemes are found forwards; far enough back is as good as the beginning, and
   * bounds the work for a hostile heap of combining marks. */
  enum { BACK = 64 };
  const char *from = p;
  for (int i = 0; i < BACK && from > s; i++)
    do from--;
    while (from > s && ((unsigned char)*from & 0xC0) == 0x80);
  for (const char *next; (next = utf8_next(from)) < p; from = next) {
  }
  return from;
}

/* ---- width -------------------------------------------------------------- */

struct range {
  uint32_t first, last;
};

/* East Asian Ambiguous (UAX 11) without combining marks: one column or two, as the terminal's font has it. */
static const struct range ambiguous[] = {
    {0xA1, 0xA1},       {0xA4, 0xA4},       {0xA7, 0xA8},       {0xAA, 0xAA},       {0xAD, 0xAE},
    {0xB0, 0xB4},       {0xB6, 0xBA},       {0xBC, 0xBF},       {0xC6, 0xC6},       {0xD0, 0xD0},
    {0xD7, 0xD8},       {0xDE, 0xE1},       {0xE6, 0xE6},       {0xE8, 0xEA},       {0xEC, 0xED},
    {0xF0, 0xF0},       {0xF2, 0xF3},       {0xF7, 0xFA},       {0xFC, 0xFC},       {0xFE, 0xFE},
    {0x101, 0x101},     {0x111, 0x111},     {0x113, 0x113},     {0x11B, 0x11B},     {0x126, 0x127},
    {0x12B, 0x12B},     {0x131, 0x133},     {0x138, 0x138},     {0x13F, 0x142},     {0x144, 0x144},
    {0x148, 0x14B},     {0x14D, 0x14D},     {0x152, 0x153},     {0x166, 0x167},     {0x16B, 0x16B},
    {0x1CE, 0x1CE},     {0x1D0, 0x1D0},     {0x1D2, 0x1D2},     {0x1D4, 0x1D4},     {0x1D6, 0x1D6},
    {0x1D8, 0x1D8},     {0x1DA, 0x1DA},     {0x1DC, 0x1DC},     {0x251, 0x251},     {0x261, 0x261},
    {0x2C4, 0x2C4},     {0x2C7, 0x2C7},     {0x2C9, 0x2CB},     {0x2CD, 0x2CD},     {0x2D0, 0x2D0},
    {0x2D8, 0x2DB},     {0x2DD, 0x2DD},     {0x2DF, 0x2DF},     {0x391, 0x3A1},     {0x3A3, 0x3A9},
    {0x3B1, 0x3C1},     {0x3C3, 0x3C9},     {0x401, 0x401},     {0x410, 0x44F},     {0x451, 0x451},
    {0x2010, 0x2010},   {0x2013, 0x2016},   {0x2018, 0x2019},   {0x201C, 0x201D},   {0x2020, 0x2022},
    {0x2024, 0x2027},   {0x2030, 0x2030},   {0x2032, 0x2033},   {0x2035, 0x2035},   {0x203B, 0x203B},
    {0x203E, 0x203E},   {0x2074, 0x2074},   {0x207F, 0x207F},   {0x2081, 0x2084},   {0x20AC, 0x20AC},
    {0x2103, 0x2103},   {0x2105, 0x2105},   {0x2109, 0x2109},   {0x2113, 0x2113},   {0x2116, 0x2116},
    {0x2121, 0x2122},   {0x2126, 0x2126},   {0x212B, 0x212B},   {0x2153, 0x2154},   {0x215B, 0x215E},
    {0x2160, 0x216B},   {0x2170, 0x2179},   {0x2189, 0x2189},   {0x2190, 0x2199},   {0x21B8, 0x21B9},
    {0x21D2, 0x21D2},   {0x21D4, 0x21D4},   {0x21E7, 0x21E7},   {0x2200, 0x2200},   {0x2202, 0x2203},
    {0x2207, 0x2208},   {0x220B, 0x220B},   {0x220F, 0x220F},   {0x2211, 0x2211},   {0x2215, 0x2215},
    {0x221A, 0x221A},   {0x221D, 0x2220},   {0x2223, 0x2223},   {0x2225, 0x2225},   {0x2227, 0x222C},
    {0x222E, 0x222E},   {0x2234, 0x2237},   {0x223C, 0x223D},   {0x2248, 0x2248},   {0x224C, 0x224C},
    {0x2252, 0x2252},   {0x2260, 0x2261},   {0x2264, 0x2267},   {0x226A, 0x226B},   {0x226E, 0x226F},
    {0x2282, 0x2283},   {0x2286, 0x2287},   {0x2295, 0x2295},   {0x2299, 0x2299},   {0x22A5, 0x22A5},
    {0x22BF, 0x22BF},   {0x2312, 0x2312},   {0x2460, 0x24E9},   {0x24EB, 0x254B},   {0x2550, 0x2573},
    {0x2580, 0x258F},   {0x2592, 0x2595},   {0x25A0, 0x25A1},   {0x25A3, 0x25A9},   {0x25B2, 0x25B3},
    {0x25B6, 0x25B7},   {0x25BC, 0x25BD},   {0x25C0, 0x25C1},   {0x25C6, 0x25C8},   {0x25CB, 0x25CB},
    {0x25CE, 0x25D1},   {0x25E2, 0x25E5},   {0x25EF, 0x25EF},   {0x2605, 0x2606},   {0x2609, 0x2609},
    {0x260E, 0x260F},   {0x261C, 0x261C},   {0x261E, 0x261E},   {0x2640, 0x2640},   {0x2642, 0x2642},
    {0x2660, 0x2661},   {0x2663, 0x2665},   {0x2667, 0x266A},   {0x266C, 0x266D},   {0x266F, 0x266F},
    {0x269E, 0x269F},   {0x26BF, 0x26BF},   {0x26C6, 0x26CD},   {0x26CF, 0x26D3},   {0x26D5, 0x26E1},
    {0x26E3, 0x26E3},   {0x26E8, 0x26E9},   {0x26EB, 0x26F1},   {0x26F4, 0x26F4},   {0x26F6, 0x26F9},
    {0x26FB, 0x26FC},   {0x26FE, 0x26FF},   {0x273D, 0x273D},   {0x2776, 0x277F},   {0x2B56, 0x2B59},
    {0x3248, 0x324F},   {0xE000, 0xF8FF},   {0xFFFD, 0xFFFD},   {0x1F100, 0x1F10A}, {0x1F110, 0x1F12D},
    {0x1F130, 0x1F169}, {0x1F170, 0x1F18D}, {0x1F18F, 0x1F190}, {0x1F19B, 0x1F1AC},
};

static bool in_ranges(const struct range *table, size_t n, uint32_t cp) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (table[mid].last < cp) low = mid + 1;
    else high = mid;
  }
  return low < n && cp >= table[low].first;
}

/* Set once at start (utf8.h), read-only after that. */
static int ambiguous_width = 1;

void utf8_set_ambiguous(int width) { ambiguous_width = width == 2 ? 2 : 1; }

/* Chinese characters of the planes in daily use, and the rare ones of planes 2 and 3. */
static inline bool is_han(uint32_t cp) {
  return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

int utf8_cp_width(uint32_t cp) {
  if (cp < 0x7F) return cp >= 0x20;
  if (is_han(cp)) return 2;
  if (cp < 0xA0) return 0;
  if ((cp >= 0x3000 && cp <= 0x3029) || (cp >= 0xFF01 && cp <= 0xFF60)) return 2;
  if (in_ranges(ambiguous, COUNT(ambiguous), cp)) return ambiguous_width;
  if (cp == 0xAD || cp > 0x10FFFF) return 1;
  return utf8proc_charwidth((utf8proc_int32_t)cp);
}

int utf8_width(const char *s) {
  int width = 0;
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) width += utf8_cp_width(cp);
  return width;
}

/* ---- fitting and cleaning ----------------------------------------------- */

bool utf8_is_control(uint32_t cp) {
  if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) return true;
  if (cp < 0x61C) return false;
  return cp == 0x61C || (cp >= 0x200E && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) ||
         (cp >= 0x2066 && cp <= 0x2069);
}

static uint32_t harmless(uint32_t cp) { return utf8_is_control(cp) ? BAD : cp; }

void utf8_fit(struct text *out, const char *s, int cols, bool right) {
  if (cols <= 0) return;
  const char *dots = "…";
  int dots_width = utf8_cp_width(0x2026);
  if (dots_width > cols) dots = "", dots_width = 0;
  /* keep, keep_width: how far the text goes if it has to be cut. */
  const char *p = s, *keep = s;
  int width = 0, keep_width = 0;
  uint32_t cp;
  for (int n; (n = utf8_decode(p, &cp)) > 0;) {
    width += utf8_cp_width(harmless(cp));
    if (width > cols) break;
    p += n;
    if (width <= cols - dots_width) keep = p, keep_width = width;
  }
  bool cut = *p != '\0';
  if (cut) width = keep_width + dots_width;
  if (right) text_pad(out, ' ', cols - width);
  for (const char *end = cut ? keep : p; s < end;) {
    s += utf8_decode(s, &cp);
    text_addcp(out, harmless(cp));
  }
  if (cut) text_add(out, dots);
  if (!right) text_pad(out, ' ', cols - width);
}

void utf8_clean(struct text *out, const char *s) {
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n)
    text_addcp(out, cp == '\n' || cp == '\t' ? ' ' : harmless(cp));
}

uint32_t utf8_fold(uint32_t cp) {
  if (cp == 0x3000) return ' ';
  if (cp < 0xFF08 || cp > 0xFF5A) return cp;
  uint32_t ascii = cp - 0xFEE0;
  bool alnum = (ascii >= '0' && ascii <= '9') || (ascii >= 'A' && ascii <= 'Z') || ascii >= 'a';
  return alnum || strchr(",.-/:()", (int)ascii) ? ascii : cp;
}

void utf8_fold_text(struct text *out, const char *s) {
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) text_addcp(out, utf8_fold(cp));
}

/* ---- where a line may break --------------------------------------------- */

static const uint16_t no_start[] = {
    '!',    ')',    ',',    '-',    '.',    '/',    ':',    ';',    '?',    ']',    '}',    '~',
    0x00B7, 0x00BB, 0x2010, 0x2011, 0x2013, 0x2019, 0x201D, 0x2025, 0x2026, 0x2027, 0x203A, 0x3001,
    0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B, 0x301E,
    0x301F, 0x30FB, 0xFE50, 0xFE51, 0xFE52, 0xFE54, 0xFE55, 0xFE56, 0xFE57, 0xFE5A, 0xFE5C, 0xFE5E,
    0xFF01, 0xFF09, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF5E,
    0xFF60, 0xFF61, 0xFF63, 0xFF64, 0xFF65,
};
/* Opening marks, the slash (GB/T 15834 5.1.9), and signs that stand before a number. */
static const uint16_t no_end[] = {
    '$',    '(',    '/',    '[',    '{',    0x00A3, 0x00A5, 0x00AB, 0x2018, 0x201C, 0x2039, 0x20AC,
    0x2116, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFE59,
    0xFE5B, 0xFE5D, 0xFF04, 0xFF08, 0xFF0F, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0xFFE1, 0xFFE5,
};
/* Stand right after their number. */
static const uint16_t unit_sign[] = {'%', 0x00B0, 0x2030, 0x2031, 0x2032, 0x2033, 0x2103, 0x2109, 0xFF05};

static bool in_list(const uint16_t *list, size_t n, uint32_t cp) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (list[mid] < cp) low = mid + 1;
    else high = mid;
  }
  return low < n && list[low] == cp;
}

bool utf8_no_start(uint32_t cp) { return !is_han(cp) && in_list(no_start, COUNT(no_start), cp); }
bool utf8_no_end(uint32_t cp) { return !is_han(cp) && in_list(no_end, COUNT(no_end), cp); }

static bool is_space(uint32_t cp) { return cp == ' ' || cp == '\t' || cp == 0x3000; }

/* Part of a word or a number: visible ASCII, other letters of Europe, full-width ones. */
static bool in_word(uint32_t cp) {
  if (cp < 0x7F) return cp > 0x20;
  return (cp >= 0xC0 && cp <= 0x24F && cp != 0xD7 && cp != 0xF7) || (cp >= 0x370 && cp <= 0x52F) ||
         (cp >= 0xFF10 && cp <= 0xFF19) || (cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A);
}

static bool is_digit(uint32_t cp) { return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19); }

/* Belongs to the character before it: a combining mark, a variation selector, a joiner. */
static bool extends(uint32_t cp) { return cp >= 0x300 && cp != 0x200B && utf8_cp_width(cp) == 0; }

/* Glues both its neighbours. */
static bool glue(uint32_t cp) {
  return cp == 0xA0 || cp == 0x202F || cp == 0x2060 || cp == 0xFEFF || cp == 0x200D;
}

bool utf8_may_break(uint32_t a, uint32_t b) {
  if (is_han(a) && is_han(b)) return true;
  if (is_space(b)) return false; /* a space hangs at the end of its line */
  if (utf8_no_start(b) || utf8_no_end(a) || glue(a) || glue(b) || extends(b)) return false;
  if (in_word(a) && in_word(b)) return false;
  if (is_digit(a) && in_list(unit_sign, COUNT(unit_sign), b)) return false;
  return !(a == b && (a == 0x2014 || a == 0x2026 || a == 0x2500));
}

/* ---- wrapping ----------------------------------------------------------- */

/* One line in the making.  A break point is remembered as where the line would
 * end, where the next would begin, and the width up to there. */
struct wrap {
  const char *s;
  size_t begin;           /* of the present line */
  size_t end, next;       /* the last place to break; next <= begin: none yet */
  size_t ink;             /* after the last character that is no space */
  long used, used_at_next, width;
  int lines;
  void (*line)(size_t begin, size_t end, void *ctx);
  void *ctx;
};

static void wrap_emit(struct wrap *w, size_t end, size_t next) {
  if (w->line) w->line(w->begin, end, w->ctx);
  w->begin = next;
  w->lines++;
}

/* The character at `at` does not fit: end the line before it. */
static void wrap_overflow(struct wrap *w, size_t at, bool extending, long limit, long advance) {
  if (w->next > w->begin) {
    wrap_emit(w, w->end, w->next);
    w->used -= w->used_at_next;
    limit = w->width;
  }
  /* Still too long: a word longer than a line.  Something must stand on each line. */
  if (w->used + advance > limit && at > w->begin && !extending) {
    wrap_emit(w, w->ink > w->begin ? w->ink : at, at);
    w->used = 0;
  }
}

int utf8_wrap(const char *s, long width, long indent, long (*measure)(uint32_t cp, void *ctx),
              void (*line)(size_t begin, size_t end, void *ctx), void *ctx) {
  struct wrap w = {.s = s, .width = width, .line = line, .ctx = ctx};
  uint32_t cp, last = 0; /* last: the last character that is no space */
  bool spaced = false, any = false;
  size_t at = 0;
  for (int n; (n = utf8_decode(s + at, &cp)) > 0; at += (size_t)n) {
    long advance = measure != NULL ? measure(cp, ctx) : utf8_cp_width(cp);
    if (is_space(cp)) {
      w.used += advance;
      spaced = true;
      continue;
    }
    bool can = any && (spaced ? !utf8_no_start(cp) && !utf8_no_end(last) : utf8_may_break(last, cp));
    if (can) {
      w.end = w.ink;
      w.next = at;
      w.used_at_next = w.used;
    }
    long limit = w.lines == 0 ? width - indent : width;
    if (w.used + advance > limit && at > w.begin) wrap_overflow(&w, at, extends(cp), limit, advance);
    w.used += advance;
    last = cp;
    spaced = false;
    any = true;
    w.ink = at + (size_t)n;
  }
  long limit = w.lines == 0 ? width - indent : width;
  /* Spaces at the very end stay unless they would stand out over the edge. */
  wrap_emit(&w, w.used > limit && w.ink > w.begin ? w.ink : at, at);
  return w.lines;
}

uint32_t utf8_compose(uint32_t cp, uint32_t accent) {
  utf8proc_int32_t pair[3] = {(utf8proc_int32_t)cp, (utf8proc_int32_t)accent, 0};
  return utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == 1 ? (uint32_t)pair[0] : 0;
}

const char *utf8_library(void) { return utf8proc_version(); }
