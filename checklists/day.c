/* Civil dates and periods: reading what clerks write, counting, and writing it back.
 *
 * A spelling is first folded into a short code: ASCII as it is (full-width folded), and the few
 * Chinese signs a date can hold as one capital letter each.  The patterns are then matched on that
 * code, so 2026年第三季度, ２０２６年３季度 and 2026Q3 need one matcher.  ASCII letters are folded to
 * lower case first, so a typed "Y" is never taken for 年.
 * Left out: two-digit years, lunar dates, day counts outside DAY_MIN..DAY_MAX. */
#include "checklists/day.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* ---- counting ---- */

static bool leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int month_days(int year, int month) {
  static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  return month == 2 && leap_year(year) ? 29 : days[month - 1];
}

/* Days from 1970-01-01; years start in March here, so that the leap day is the last of its year. */
static day days_from_civil(int year, int month, int dom) {
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dom - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

day day_make(int year, int month, int dom) {
  if (year < -9999 || year > 9999 || month < 1 || month > 12) return DAY_NONE;
  if (dom < 1 || dom > month_days(year, month)) return DAY_NONE;
  return days_from_civil(year, month, dom);
}

void day_split(day d, int *year, int *month, int *dom) {
  int z = d + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int day_of_era = z - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int mp = (5 * day_of_year + 2) / 153;
  *dom = day_of_year - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

int day_weekday(day d) {
  int w = (d + 3) % 7; /* 1970-01-01 was a Thursday */
  return (w < 0 ? w + 7 : w) + 1;
}

/* ---- folding a spelling into a code ---- */

#define CODE_MAX 40

/* Signs that stand for themselves in a code; digits written in Chinese become digits. */
static char sign_of(uint32_t cp) {
  static const struct { uint32_t cp; char code; } sign[] = {
    { 0x5E74, 'Y' } /* 年 */, { 0x6708, 'M' } /* 月 */,  { 0x65E5, 'D' } /* 日 */,
    { 0x7B2C, 'N' } /* 第 */, { 0x5B63, 'Q' } /* 季 */,  { 0x5EA6, 'U' } /* 度 */,
    { 0x4E0A, 'A' } /* 上 */, { 0x4E0B, 'B' } /* 下 */,  { 0x534A, 'H' } /* 半 */,
    { 0x4E00, '1' } /* 一 */, { 0x4E8C, '2' } /* 二 */,  { 0x4E09, '3' } /* 三 */,
    { 0x56DB, '4' } /* 四 */,
  };
  for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
    if (sign[i].cp == cp) return sign[i].code;
  return '?';
}

static char code_of(uint32_t cp) {
  uint32_t c = utf8_fold(cp);
  if (c >= 0x80) return sign_of(cp);
  if (c == '\t' || c == '\n' || c == '\r') return ' ';
  return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_sign(char c) { return c >= 'A' && c <= 'Z'; }

/* The code of s without the blanks around it and around 年 月 日; false when it cannot be a date or period. */
static bool fold(const char *s, char code[CODE_MAX]) {
  size_t n = 0;
  uint32_t cp;
  for (int len; s != NULL && (len = utf8_decode(s, &cp)) > 0; s += len) {
    char c = code_of(cp);
    if (c == ' ' && (n == 0 || is_sign(code[n - 1]))) continue;
    while (is_sign(c) && n > 0 && code[n - 1] == ' ') n--;
    if (n + 1 >= CODE_MAX) {
      if (c == ' ') continue;
      return false;
    }
    code[n++] = c;
  }
  while (n > 0 && code[n - 1] == ' ') n--;
  code[n] = '\0';
  return n > 0;
}

/* ---- matching a code: '#' stands for a number of at most four digits, the rest for itself ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_number(const char **p, int *out) {
  const char *s = *p;
  int v = 0;
  while (is_digit(*s) && s - *p < 4) v = v * 10 + (*s++ - '0');
  if (s == *p || is_digit(*s)) return false;
  *p = s;
  *out = v;
  return true;
}

static bool match(const char *code, const char *pattern, int out[3]) {
  int n = 0;
  for (; *pattern != '\0'; pattern++) {
    if (*pattern != '#') {
      if (*code++ != *pattern) return false;
    } else if (!take_number(&code, &out[n++])) {
      return false;
    }
  }
  return *code == '\0';
}

/* ---- dates ---- */

/* 20260903 as three numbers. */
static bool match_compact(const char *code, int v[3]) {
  if (strlen(code) != 8 || strspn(code, "0123456789") != 8) return false;
  return sscanf(code, "%4d%2d%2d", &v[0], &v[1], &v[2]) == 3;
}

bool day_parse(const char *s, day *out) {
  static const char *const pattern[] = { "#-#-#", "#.#.#", "#/#/#", "#Y#M#D" };
  char code[CODE_MAX];
  int v[3];
  if (!fold(s, code)) return false;
  bool found = match_compact(code, v);
  for (size_t i = 0; !found && i < sizeof pattern / sizeof *pattern; i++) found = match(code, pattern[i], v);
  if (!found) return false;
  day d = day_make(v[0], v[1], v[2]);
  if (d == DAY_NONE || d < DAY_MIN || d > DAY_MAX) return false;
  *out = d;
  return true;
}

enum { ISO_MIN = -719528, ISO_MAX = 2932896 }; /* 0000-01-01, 9999-12-31 */

char *day_iso(day d, char buf[16]) {
  int y, m, dom;
  buf[0] = '\0';
  if (d < ISO_MIN || d > ISO_MAX) return buf; /* DAY_NONE too */
  day_split(d, &y, &m, &dom);
  snprintf(buf, 16, "%04d-%02d-%02d", y, m, dom);
  return buf;
}

void day_add_iso(struct text *out, day d) {
  char buf[16];
  text_add(out, day_iso(d, buf));
}

void day_add_cn(struct text *out, day d) {
  int y, m, dom;
  if (d == DAY_NONE) return;
  day_split(d, &y, &m, &dom);
  text_addf(out, "%d年%d月%d日", y, m, dom);
}

/* ---- periods ---- */

static int kind_count(int kind) { /* periods of that kind in a year */
  static const int count[] = { 0, 12, 4, 2, 1 };
  return kind > PERIOD_NONE && kind <= PERIOD_YEAR ? count[kind] : 0;
}

static bool period_set(struct period *out, int year, int kind, int index) {
  if (year < 1980 || year > 2099 || index < 1 || index > kind_count(kind)) return false;
  *out = (struct period){ .year = (int16_t)year, .kind = (uint8_t)kind, .index = (uint8_t)index };
  return true;
}

bool period_parse(const char *s, struct period *out) {
  static const struct { const char *pattern; int kind, index; } form[] = {
    { "#-#", PERIOD_MONTH, 0 },      { "#Y#M", PERIOD_MONTH, 0 },  { "#q#", PERIOD_QUARTER, 0 },
    { "#YN#QU", PERIOD_QUARTER, 0 }, { "#Y#QU", PERIOD_QUARTER, 0 }, { "#h#", PERIOD_HALF, 0 },
    { "#YAHY", PERIOD_HALF, 1 },     { "#YBHY", PERIOD_HALF, 2 },  { "#", PERIOD_YEAR, 1 },
    { "#Y", PERIOD_YEAR, 1 },
  };
  char code[CODE_MAX];
  if (!fold(s, code)) return false;
  for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
    int v[3] = { 0, 0, 0 };
    if (match(code, form[i].pattern, v))
      return period_set(out, v[0], form[i].kind, form[i].index != 0 ? form[i].index : v[1]);
  }
  return false;
}

void period_add(struct text *out, struct period p) {
  switch (p.kind) {
  case PERIOD_MONTH: text_addf(out, "%04d-%02d", p.year, p.index); break;
  case PERIOD_QUARTER: text_addf(out, "%04dQ%d", p.year, p.index); break;
  case PERIOD_HALF: text_addf(out, "%04dH%d", p.year, p.index); break;
  case PERIOD_YEAR: text_addf(out, "%04d", p.year); break;
  default: break;
  }
}

void period_add_cn(struct text *out, struct period p) {
  switch (p.kind) {
  case PERIOD_MONTH: text_addf(out, "%d年%d月", p.year, p.index); break;
  case PERIOD_QUARTER: text_addf(out, "%d年第%d季度", p.year, p.index); break;
  case PERIOD_HALF: text_addf(out, "%d年%s半年", p.year, p.index == 1 ? "上" : "下"); break;
  case PERIOD_YEAR: text_addf(out, "%d年", p.year); break;
  default: break;
  }
}

day period_first(struct period p) {
  int n = kind_count(p.kind);
  return n == 0 ? DAY_NONE : day_make(p.year, (p.index - 1) * (12 / n) + 1, 1);
}

day period_last(struct period p) {
  int n = kind_count(p.kind);
  if (n == 0) return DAY_NONE;
  int month = p.index * (12 / n);
  return month < 1 || month > 12 ? DAY_NONE : day_make(p.year, month, month_days(p.year, month));
}

struct period period_of(day d, enum period_kind kind) {
  struct period p = { 0, PERIOD_NONE, 0 };
  int n = kind_count((int)kind), year, month, dom;
  if (n == 0 || d == DAY_NONE) return p;
  day_split(d, &year, &month, &dom);
  p.year = (int16_t)year;
  p.kind = (uint8_t)kind;
  p.index = (uint8_t)((month - 1) / (12 / n) + 1);
  return p;
}

struct period period_step(struct period p, int n) {
  int count = kind_count(p.kind);
  if (count == 0) return p;
  int at = p.year * count + p.index - 1 + n; /* periods since the year 0; years are positive */
  p.year = (int16_t)(at / count);
  p.index = (uint8_t)(at % count + 1);
  return p;
}

int period_compare(struct period a, struct period b) {
  day first_a = period_first(a), first_b = period_first(b); /* DAY_NONE sorts first */
  if (first_a != first_b) return first_a < first_b ? -1 : 1;
  return a.kind == b.kind ? 0 : a.kind < b.kind ? -1 : 1;
}

bool period_same(struct period a, struct period b) {
  return a.kind == b.kind && a.year == b.year && a.index == b.index;
}

unsigned period_months(struct period p) {
  int n = kind_count(p.kind);
  if (n == 0) return 0;
  int span = 12 / n;
  return ((1u << span) - 1u) << ((p.index - 1) * span);
}

int period_pack(struct period p) {
  return p.kind == PERIOD_NONE ? 0 : p.year * 1000 + p.kind * 100 + p.index;
}

struct period period_unpack(int packed) {
  struct period p = { 0, PERIOD_NONE, 0 };
  (void)period_set(&p, packed / 1000, packed / 100 % 10, packed % 100);
  return p;
}
