/* Reads tests/privacy.test; then places, masks, allowed numbers and hostile lengths. */
#include "base/text.h"
#include "checklists/privacy.h"
#include "tests/unit/tap.h"

struct heard {
  struct text rules;
  struct privacy_hit last;
  size_t end;
  bool ordered;
};

static void hear(const struct privacy_hit *hit, void *ctx) {
  struct heard *h = ctx;
  if (h->rules.len) text_addc(&h->rules, ' ');
  text_add(&h->rules, privacy_rule_id(hit->rule));
  h->ordered = h->ordered && hit->begin >= h->end && hit->end > hit->begin;
  h->end = hit->end;
  h->last = *hit;
}

static const char *scan(struct heard *h, const char *text, const char *const *allowed) {
  text_clear(&h->rules);
  h->end = 0;
  h->ordered = true;
  int n = privacy_scan(text, allowed, hear, h);
  if (n != privacy_scan(text, allowed, NULL, NULL) || !h->ordered) return "!";
  return n ? text_str(&h->rules) : "-";
}

static void check_digits(struct tap *t) {
  tap_ok(t, privacy_id18_valid("11010519491231002X") && privacy_id18_valid("11010519491231002x"),
         "X in both cases");
  tap_ok(t, !privacy_id18_valid("110105194912310021"), "wrong check digit");
  tap_ok(t, !privacy_id18_valid("1101051949123100"), "too short is read no further");
  tap_ok(t, !privacy_id18_valid(""), "empty");
  tap_ok(t, privacy_luhn_valid("79927398713", 11) && !privacy_luhn_valid("79927398710", 11), "Luhn");
  tap_ok(t, !privacy_luhn_valid("7992739871a", 11) && !privacy_luhn_valid("", 0), "Luhn of no number");
  tap_ok(t, privacy_credit_code_valid("91350100M000100Y43"), "credit code");
  tap_ok(t, !privacy_credit_code_valid("91350100M000100Y44"), "credit code with a wrong check");
  tap_ok(t, !privacy_credit_code_valid("91350100I000100Y43"), "no letter I in a credit code");
  tap_ok(t, !privacy_credit_code_valid("9135"), "credit code too short");
}

static void places(struct tap *t, struct heard *h) {
  static const char text[] = "甲\r\n莫𡐓村\n电话：13800000000。";
  scan(h, text, NULL);
  tap_ok(t, h->last.line == 3 && h->last.column == 4, "line %d, column %d", h->last.line, h->last.column);
  tap_ok(t, strncmp(text + h->last.begin, "13800000000。", 14) == 0 && h->last.end - h->last.begin == 11,
         "bytes");
  struct text mask = {0};
  privacy_mask(&mask, text, &h->last);
  tap_same(t, text_str(&mask), "138******00", "masked");
  static const char wide[] = "１１０１０５ １９４９１２３１ ００２Ｘ！";
  scan(h, wide, NULL);
  text_clear(&mask);
  privacy_mask(&mask, wide, &h->last);
  tap_same(t, text_str(&mask), "１１０***************２Ｘ", "masked by characters");
  text_free(&mask);
}

static void allowed_numbers(struct tap *t, struct heard *h) {
  static const char *const allowed[] = {"03560000000", "13800000000", NULL};
  tap_same(t, scan(h, "监督电话13800000000", allowed), "-", "allowed");
  tap_same(t, scan(h, "+86 138-0000-0000", allowed), "-", "allowed in another form");
  tap_same(t, scan(h, "13800000000、13900000000", allowed), "mobile", "only that number is allowed");
}

/* Long repetitions must take time in proportion, and read nothing beyond the end. */
static void hostile(struct tap *t, struct heard *h) {
  static const char *const pieces[] = {"1",  "1 ",   "18-", "4000", "0.", "\xE2\x80\x8B", "1\xE2\x80\x8B",
                                       "a1", "\xEF", "１",  "X",    "9 9"};
  struct text s = {0};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    text_clear(&s);
    while (s.len < 200000) text_add(&s, pieces[i]);
    tap_ok(t, strcmp(scan(h, s.s, NULL), "!") != 0, "200,000 bytes of piece %zu", i);
  }
  text_free(&s);
  unsigned seed = 7;
  bool sane = true;
  static const char *const bits[] = {"1",    "3",  "8",  "0",
                                     "6",    "２", " ",  "-",
                                     ".",    "X",  "村", "\xE2\x80\x8B",
                                     "\xEF", "元", "\n", "4058118880101001"};
  for (int round = 0; round < 20000; round++) {
    unsigned n = (seed = seed * 1103515245u + 12345u) >> 16 & 31;
    text_clear(&s);
    while (n-- > 0) text_add(&s, bits[(seed = seed * 1103515245u + 12345u) >> 16 & 15]);
    /* In memory of its own length, so that the sanitizer sees one byte too far. */
    char *exact = str_dup(text_str(&s));
    sane = sane && exact && strcmp(scan(h, exact, NULL), "!") != 0;
    free(exact);
  }
  tap_ok(t, sane, "random texts: hits in order, the same with and without a listener");
  text_free(&s);
}

static void table(struct tap *t, struct heard *h) {
  FILE *f = tap_open("tests/privacy.test");
  char line[1024], *cell[2];
  for (int number = 1; fgets(line, sizeof line, f); number++) {
    char *row = tap_trim(line);
    if (*row == '\0' || *row == '#') continue;
    struct text name = {0};
    int cells = tap_split(row, " | ", cell, 2);
    text_addf(&name, "privacy.test:%d %s", number, cell[0]);
    tap_same(t, scan(h, cell[0], NULL), cells == 2 ? cell[1] : "no second cell", text_str(&name));
    text_free(&name);
  }
  fclose(f);
}

int main(void) {
  struct tap t = {0};
  struct heard h = {0};
  table(&t, &h);
  check_digits(&t);
  places(&t, &h);
  allowed_numbers(&t, &h);
  hostile(&t, &h);
  text_free(&h.rules);
  return tap_done(&t);
}
