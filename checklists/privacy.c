/* The privacy gate's eye: personal numbers in a text.
 *
 * One pass from left to right.  Digits (ASCII or full-width, with invisible characters
 * between them ignored) form groups; groups joined by blanks, hyphens or dots form a chain;
 * a chain is compared with the shapes in which people write each kind of number.
 *
 *   id18      18 digits or 17 and X with date and check digit, in any grouping, also inside a longer run
 *             (a disability card is the ID number and two digits more)
 *   mobile    1[3-9] and nine digits, after 86, 0086 or 0 too; not an amount (￥ before, 元 after)
 *   id15      15 digits with the date of a birth at its place
 *   bankcard  16 to 19 digits by Luhn; after a word like 账号 any 13 to 22 digits, for old
 *             passbooks carry no check digit
 *
 * A number that could be two things is reported as the one that harms more.  Where this is in
 * doubt it stops a sheet that a person can let pass with a reason, rather than print a number that
 * nobody can take back.  The check digits are in privacy_check.c.  Left out: names, addresses, landlines,
 * illness; a mistyped ID number.
 */
#include "checklists/privacy.h"

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "checklists/day.h"
#include <string.h>

static const struct {
  const char *id, *name;
} rules[PRIVACY_COUNT] = {
    [PRIVACY_ID18] = {"id18", N_("公民身份号码")},
    [PRIVACY_ID15] = {"id15", N_("15位的旧身份号码")},
    [PRIVACY_BANKCARD] = {"bankcard", N_("银行卡号或账号")},
    [PRIVACY_MOBILE] = {"mobile", N_("手机号码")},
};

const char *privacy_rule_id(enum privacy_rule r) { return rules[r].id; }
const char *privacy_rule_name(enum privacy_rule r) { return _(rules[r].name); }

/* The two digits of a province, as every ID number begins (9: foreigners' permanent residence). */
static bool is_province(const char *s) {
  static const char *const last[] = {"",      "12345", "123", "1234567", "123456",
                                     "01234", "12345", "1",   "123",     "0123456789"};
  return s[0] != '0' && strchr(last[s[0] - '0'], s[1]) != NULL;
}

/* ---- groups and chains -------------------------------------------------- */

enum kind { OTHER, DIGIT, LETTER, BLANK, HYPHEN, DOT, INVISIBLE };

/* The character at s: its kind, its bytes, and its ASCII form (upper case) if it has one. */
static enum kind look(const char *s, int *bytes, char *ascii) {
  uint32_t cp;
  *bytes = utf8_decode(s, &cp);
  if (cp >= 0xFF10 && cp <= 0xFF5A) cp -= 0xFEE0;
  *ascii = cp < 0x80 ? (char)cp : '\0';
  if (cp >= '0' && cp <= '9') return DIGIT;
  if (cp >= 'a' && cp <= 'z') *ascii = (char)(cp - 'a' + 'A');
  if (*ascii >= 'A' && *ascii <= 'Z') return LETTER;
  if (cp == ' ' || cp == '\t' || cp == 0xA0 || cp == 0x3000 || (cp >= 0x2002 && cp <= 0x200A)) return BLANK;
  if (cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFF0D) return HYPHEN;
  if (cp == '.' || cp == 0xB7 || cp == 0xFF0E) return DOT;
  if (cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF) return INVISIBLE;
  return OTHER;
}

#define CHAIN_DIGITS 24
#define CHAIN_GROUPS CHAIN_DIGITS
#define GAP_MAX 4 /* characters in a row that are passed between digits */

struct chain {
  char digit[CHAIN_DIGITS + 1];
  size_t begin[CHAIN_DIGITS], end[CHAIN_DIGITS]; /* bytes of each digit */
  int n;
  int group[CHAIN_GROUPS]; /* digits of each whole group */
  int groups;
  size_t first_end; /* where the first group ends, however long it is */
  int first;        /* digits of the first group, all of them */
  enum kind gap;    /* what stands between groups (BLANK, DOT); OTHER: there is only one */
  bool letter_before, letter_after; /* letters touch the first group */
};

/* Pass invisible characters; the place of the digit behind them, or `at` itself. */
static size_t pass_invisible(const char *s, size_t at) {
  int bytes;
  char c;
  size_t p = at;
  for (int i = 0; i < GAP_MAX && look(s + p, &bytes, &c) == INVISIBLE; i++) p += (size_t)bytes;
  return look(s + p, &bytes, &c) == DIGIT ? p : at;
}

/* Read one group at `at` into the chain; the end of the group. */
static size_t read_group(const char *s, size_t at, struct chain *c, int *length) {
  int bytes;
  char digit;
  for (*length = 0; look(s + at, &bytes, &digit) == DIGIT; ++*length) {
    if (c->n < CHAIN_DIGITS) {
      c->digit[c->n] = digit;
      c->begin[c->n] = at;
      c->end[c->n++] = at + (size_t)bytes;
    }
    at = pass_invisible(s, at + (size_t)bytes);
  }
  return at;
}

/* Blanks and hyphens separate alike, and together; dots only among themselves. */
static enum kind look_gap(const char *s, int *bytes) {
  char c;
  enum kind k = look(s, bytes, &c);
  return k == HYPHEN ? BLANK : k == BLANK || k == DOT ? k : OTHER;
}

/* The next group after a gap of one kind, or `at` itself. */
static size_t pass_gap(const char *s, size_t at, enum kind *gap) {
  int bytes;
  char c;
  enum kind k = look_gap(s + at, &bytes);
  if (k == OTHER || (*gap != OTHER && *gap != k)) return at;
  size_t p = at + (size_t)bytes;
  for (int i = 1; k == BLANK && i < GAP_MAX && look_gap(s + p, &bytes) == BLANK; i++) p += (size_t)bytes;
  if (look(s + p, &bytes, &c) != DIGIT) return at;
  *gap = k;
  return p;
}

static void read_chain(const char *s, size_t at, struct chain *c) {
  int bytes, length;
  char letter;
  c->n = c->groups = 0;
  c->gap = OTHER;
  c->first_end = read_group(s, at, c, &c->first);
  c->letter_after = look(s + c->first_end, &bytes, &letter) == LETTER;
  c->group[c->groups++] = c->first;
  size_t end = c->first_end;
  while (c->n < CHAIN_DIGITS) {
    size_t next = pass_gap(s, end, &c->gap);
    if (next == end) break;
    end = read_group(s, next, c, &length);
    c->group[c->groups++] = length;
  }
  c->digit[c->n] = '\0';
}

/* ---- shapes ------------------------------------------------------------- */

#define SHAPE_GROUPS 12

/* Sizes of groups, 0 at the end.  dotted: also with dots, where no decimal looks so. */
struct shape {
  int group[SHAPE_GROUPS];
  bool dotted;
};

/* Does the chain begin with this shape, `skip` digits of its first group left out? */
static bool has_shape(const struct chain *c, const struct shape *shape, int skip) {
  if (c->gap == DOT && shape->group[1] && !shape->dotted) return false;
  for (int i = 0; shape->group[i]; i++)
    if (i >= c->groups || c->group[i] - (i == 0 ? skip : 0) != shape->group[i]) return false;
  return true;
}

static int shape_digits(const struct shape *shape) {
  int n = 0;
  for (int i = 0; shape->group[i]; i++) n += shape->group[i];
  return n;
}

static void set_hit(struct privacy_hit *hit, enum privacy_rule rule, const struct chain *c, int first,
                    int n) {
  hit->rule = rule;
  hit->begin = c->begin[first];
  hit->end = c->end[first + n - 1];
}

/* ---- ID numbers --------------------------------------------------------- */

/* The end of an X that ends an ID number at `at`, or 0. */
static size_t check_letter(const char *s, size_t at) {
  int bytes;
  char c;
  return look(s + at, &bytes, &c) == LETTER && c == 'X' ? at + (size_t)bytes : 0;
}

/* Every 18 digits inside the first group, however long that is. */
static bool find_id18_inside(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) {
  char window[19] = "";
  size_t begin[18] = {0};
  int bytes;
  char digit;
  hit->rule = PRIVACY_ID18;
  for (int i = 0; look(s + at, &bytes, &digit) == DIGIT; i++) {
    memmove(window, window + 1, 17);
    memmove(begin, begin + 1, 17 * sizeof *begin);
    window[17] = digit;
    begin[17] = at;
    hit->end = at + (size_t)bytes;
    at = pass_invisible(s, hit->end);
    if (i < 17 || !privacy_id18_valid(window) || (c->first != 18 && !is_province(window))) continue;
    hit->begin = begin[0];
    return true;
  }
  hit->end = check_letter(s, at);
  if (c->first < 17 || hit->end == 0) return false;
  memmove(window, window + 1, 17);
  window[17] = 'X';
  hit->begin = begin[1];
  return (c->first == 17 || is_province(window)) && privacy_id18_valid(window);
}

/* Groups that make 17 digits, and an X right behind or after one more gap. */
static bool match_id18_letter(const char *s, const struct chain *c, struct privacy_hit *hit) {
  char whole[19];
  int bytes;
  size_t p = c->end[16];
  for (int i = 0; i < GAP_MAX && c->gap != OTHER && look_gap(s + p, &bytes) == c->gap; i++)
    p += (size_t)bytes;
  hit->rule = PRIVACY_ID18;
  hit->begin = c->begin[0];
  hit->end = check_letter(s, p);
  memcpy(whole, c->digit, 17);
  memcpy(whole + 17, "X", 2);
  return hit->end && is_province(whole) && privacy_id18_valid(whole);
}

static bool match_id18(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) {
  if (c->first >= 17) return find_id18_inside(s, at, c, hit);
  for (int i = 0, sum = 0; i < c->groups && sum < 18; i++) {
    sum += c->group[i];
    if (sum == 17 && match_id18_letter(s, c, hit)) return true;
    if (sum != 18 || !is_province(c->digit) || !privacy_id18_valid(c->digit)) continue;
    set_hit(hit, PRIVACY_ID18, c, 0, 18);
    return true;
  }
  return false;
}

static int two(const char *s) { return (s[0] - '0') * 10 + (s[1] - '0'); }

static bool match_id15(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) {
  static const struct shape shapes[] = {{{15}, false}, {{6, 6, 3}, false}};
  (void)s;
  (void)at;
  if (c->letter_before || c->letter_after) return false;
  const char *d = c->digit;
  if (c->n < 15 || d[0] == '9' || !is_province(d) ||
      day_make(1900 + two(d + 6), two(d + 8), two(d + 10)) == DAY_NONE)
    return false;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    if (!has_shape(c, &shapes[i], 0)) continue;
    set_hit(hit, PRIVACY_ID15, c, 0, 15);
    return true;
  }
  return false;
}

/* ---- amounts ------------------------------------------------------------ */

/* ￥ right before, or 元 and the like right after (with at most two decimals between). */
static bool is_amount(const char *s, size_t begin, size_t end) {
  static const char *const signs[] = {"￥", "¥", "$"};
  static const char *const units[] = {"元", "万元", "亿元", "平方米", "㎡"};
  size_t before = begin > 0 && s[begin - 1] == ' ' ? begin - 1 : begin;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t n = strlen(signs[i]);
    if (before >= n && memcmp(s + before - n, signs[i], n) == 0) return true;
  }
  const char *p = s + end;
  if (*p == '.' && p[1] >= '0' && p[1] <= '9') p += 2 + (p[2] >= '0' && p[2] <= '9');
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strncmp(p, units[i], strlen(units[i])) == 0) return true;
  return false;
}

/* ---- mobile numbers ----------------------------------------------------- */

static bool match_mobile(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) {
  static const struct shape shapes[] = {
      {{11}, false},      {{3, 4, 4}, true}, {{3, 8}, false},
      {{7, 4}, false},    {{3, 3, 5}, true}, {{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, false},
  };
  static const char *const prefixes[] = {"", "86", "0086", "0"};
  (void)at;
  for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++) {
    int skip = (int)strlen(prefixes[p]);
    if (strncmp(c->digit, prefixes[p], (size_t)skip) != 0 || c->n < skip + 11) continue;
    if (c->digit[skip] != '1' || c->digit[skip + 1] < '3') continue;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
      if (!has_shape(c, &shapes[i], skip)) continue;
      set_hit(hit, PRIVACY_MOBILE, c, skip, 11);
      return !is_amount(s, hit->begin, hit->end);
    }
  }
  return false;
}

/* ---- bank cards --------------------------------------------------------- */

/* 账号 or the like in the same clause, shortly before. */
static bool account_word_before(const char *s, size_t at) {
  static const char *const words[] = {"卡号", "账号", "帐号", "账户", "帐户", "一卡通", "存折"};
  static const char *const stops[] = {"\n", ",", ";", "，", "；", "。", "|"};
  enum { BACK = 36 };
  char before[BACK + 1];
  size_t n = at < BACK ? at : BACK;
  memcpy(before, s + at - n, n);
  before[n] = '\0';
  const char *clause = before;
  for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
    for (const char *p; (p = strstr(clause, stops[i])) != NULL;) clause = p + strlen(stops[i]);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strstr(clause, words[i])) return true;
  return false;
}

/* First digits that cards in use in China have.  With letters at the number (a contract, a
 * tender) only those of the national scheme. */
static bool card_begins(const struct chain *c) {
  if (strncmp(c->digit, "62", 2) == 0) return true;
  return strchr("34569", c->digit[0]) != NULL && !c->letter_before && !c->letter_after;
}

static bool match_bankcard(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) {
  static const struct shape shapes[] = {
      {{16}, false},          {{17}, false},          {{18}, false},          {{19}, false},
      {{4, 4, 4, 4, 1}, true}, {{4, 4, 4, 4, 2}, true}, {{4, 4, 4, 4, 3}, true}, {{4, 4, 4, 4}, true},
      {{6, 10}, false},       {{6, 11}, false},       {{6, 12}, false},       {{6, 13}, false},
  };
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes && card_begins(c); i++) {
    int n = shape_digits(&shapes[i]);
    if (!has_shape(c, &shapes[i], 0) || c->n < n || !privacy_luhn_valid(c->digit, (size_t)n)) continue;
    set_hit(hit, PRIVACY_BANKCARD, c, 0, n);
    return true;
  }
  if (c->first < 13 || c->first > 22 || !account_word_before(s, at)) return false;
  set_hit(hit, PRIVACY_BANKCARD, c, 0, c->first);
  return true;
}

/* ---- the scan ----------------------------------------------------------- */

/* Could 18 characters that pass as a credit code be a number that does more harm? */
static bool is_rather_personal(const char *code) {
  return privacy_id18_valid(code) || (strncmp(code, "62", 2) == 0 && privacy_luhn_valid(code, 18));
}

/* Bytes of a valid credit code that is the whole word at s, or 0. */
static size_t credit_code_at(const char *s) {
  char code[19];
  int bytes;
  size_t at = 0;
  for (int i = 0; i < 18; i++, at += (size_t)bytes) {
    enum kind k = look(s + at, &bytes, &code[i]);
    if (k != DIGIT && k != LETTER) return 0;
  }
  code[18] = '\0';
  char next;
  enum kind k = look(s + at, &bytes, &next);
  if (k == DIGIT || k == LETTER || !privacy_credit_code_valid(code) || is_rather_personal(code)) return 0;
  return at;
}

/* By harm: an ID number in spaced groups must not be told as a telephone. */
static bool (*const matchers[])(const char *s, size_t at, const struct chain *c, struct privacy_hit *hit) = {
    match_id18,
    match_mobile,
    match_id15,
    match_bankcard,
};

static bool is_allowed(const char *s, const struct privacy_hit *hit, const char *const *allowed) {
  char digits[CHAIN_DIGITS + 2];
  size_t n = 0;
  int bytes;
  char c;
  for (size_t at = hit->begin; at < hit->end && n < CHAIN_DIGITS; at += (size_t)bytes)
    if (look(s + at, &bytes, &c) == DIGIT) digits[n++] = c;
  digits[n] = '\0';
  for (; allowed && *allowed; allowed++)
    if (strcmp(*allowed, digits) == 0) return true;
  return false;
}

/* Line and character of hits, counted on as they come. */
struct place {
  size_t at;
  int line, column;
};

static void place_move(struct place *p, const char *s, size_t to) {
  uint32_t cp;
  while (p->at < to) {
    p->at += (size_t)utf8_decode(s + p->at, &cp);
    p->column = cp == '\n' ? 1 : p->column + 1;
    p->line += cp == '\n';
  }
}

int privacy_scan(const char *text, const char *const *allowed,
                 void (*fn)(const struct privacy_hit *hit, void *ctx), void *ctx) {
  struct place place = {0, 1, 1};
  struct chain chain = {0};
  enum kind before = OTHER;
  int hits = 0;
  for (size_t at = 0; text[at];) {
    int bytes;
    char c;
    enum kind k = look(text + at, &bytes, &c);
    size_t code =
        (k == DIGIT || k == LETTER) && before != DIGIT && before != LETTER ? credit_code_at(text + at) : 0;
    if (code || k != DIGIT) {
      at += code ? code : (size_t)bytes;
      before = code ? LETTER : k;
      continue;
    }
    struct privacy_hit hit = {0};
    chain.letter_before = before == LETTER;
    read_chain(text, at, &chain);
    bool found = false;
    for (size_t i = 0; !found && i < sizeof matchers / sizeof *matchers; i++)
      found = matchers[i](text, at, &chain, &hit);
    at = found ? hit.end : chain.first_end;
    before = DIGIT;
    if (!found || is_allowed(text, &hit, allowed)) continue;
    place_move(&place, text, hit.begin);
    hit.line = place.line;
    hit.column = place.column;
    hits++;
    if (fn) fn(&hit, ctx);
  }
  return hits;
}

void privacy_mask(struct text *out, const char *text, const struct privacy_hit *hit) {
  enum { HEAD = 3, TAIL = 2 };
  int count = 0, i = 0, bytes;
  uint32_t cp;
  for (size_t at = hit->begin; at < hit->end && text[at]; at += (size_t)utf8_decode(text + at, &cp)) count++;
  for (size_t at = hit->begin; at < hit->end && text[at]; at += (size_t)bytes, i++) {
    bytes = utf8_decode(text + at, &cp);
    if (i < HEAD || i >= count - TAIL) text_addcp(out, cp);
    else text_addc(out, '*');
  }
}
