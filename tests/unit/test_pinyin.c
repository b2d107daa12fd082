/* First letters of pinyin: tests/pinyin.test, and what a table of names cannot show. */
#include "base/pinyin.h"
#include "tests/unit/tap.h"

#include <stdint.h>
#include <string.h>

static bool match(const char *text, const char *query, struct pinyin_hit *hit) {
  struct pinyin_query q;
  pinyin_query_set(&q, query, strlen(query));
  return pinyin_find(&q, text, hit);
}

static void test_table(struct tap *t) {
  char line[512];
  FILE *f = tap_open("tests/pinyin.test");
  while (fgets(line, sizeof line, f) != NULL) {
    char *cell[3];
    if (line[0] == '#' || *tap_trim(line) == '\0') continue;
    if (tap_split(line, "|", cell, 3) != 3) {
      tap_ok(t, false, "a line has three cells: %s", line);
      continue;
    }
    struct pinyin_hit hit = { 0, 0 };
    char got[256] = "-", name[256];
    if (match(cell[0], cell[1], &hit))
      snprintf(got, sizeof got, "%.*s", (int)(hit.end - hit.begin), cell[0] + hit.begin);
    snprintf(name, sizeof name, "%.100s in %.100s", cell[1], cell[0]);
    tap_same(t, got, cell[2], name);
  }
  fclose(f);
}

static uint32_t bit(char c) {
  return 1u << (c - 'a');
}

static void test_letters(struct tap *t) {
  static const struct { uint32_t cp; const char *letters; } known[] = {
    { 0x91CD, "cz" }, { 0x957F, "cz" }, { 0x884C, "hx" }, { 0x4E50, "ly" }, { 0x5355, "cds" }, { 0x89E3, "jx" },
    { 0x4F1A, "hk" }, { 0x8C03, "dt" }, { 0x77F3, "ds" }, { 0x4E00, "y" }, { 0x9F9F, "gjq" }, { 0x3400, "q" },
    { 'a', "a" }, { 'Z', "z" }, { '1', "" }, { 0x3002, "" }, { 0x21413, "k" }, { 0x3007, "l" },
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    uint32_t want = 0;
    for (const char *p = known[i].letters; *p != '\0'; p++) want |= bit(*p);
    tap_ok(t, pinyin_letters(known[i].cp) == want, "U+%04X: %s", (unsigned)known[i].cp, known[i].letters);
  }
  int wrong = 0, none = 0;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) wrong += (pinyin_letters(cp) >> 26) != 0; /* and no wrong access */
  for (uint32_t cp = 0x4E00; cp <= 0x9FA5; cp++) none += pinyin_letters(cp) == 0x03FFFFFF;
  tap_ok(t, wrong == 0, "every code point has at most 26 letters");
  tap_ok(t, none < 200, "characters in use have readings (%d have not)", none);
  for (uint32_t cp = 0x4E00; cp <= 0x9FFF; cp++)
    wrong += (pinyin_letters(cp) & (bit('i') | bit('u') | bit('v'))) != 0 && pinyin_letters(cp) != 0x03FFFFFF;
  tap_ok(t, wrong == 0, "no Chinese syllable begins with i, u, v");
}

static void test_loose(struct tap *t) {
  static const struct { const char *text, *typed; int gap; const char *found; } cases[] = {
    { "最低生活保障", "低保", 8, "低生活保" },
    { "最低生活保障", "db", 2, "低生活保" },
    { "最低生活保障", "db", 1, "-" },
    { "最低生活保障", "d", 8, "-" }, /* one character has nothing between */
    { "低低生保", "db", 1, "低生保" },
    { "关于最低生活保障审核情况的公示", "dbgs", 8, "低生活保障审核情况的公示" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct pinyin_query q;
    struct pinyin_hit hit = { 0, 0 };
    char got[256] = "-";
    pinyin_query_set(&q, cases[i].typed, strlen(cases[i].typed));
    if (pinyin_find_loose(&q, cases[i].text, cases[i].gap, &hit))
      snprintf(got, sizeof got, "%.*s", (int)(hit.end - hit.begin), cases[i].text + hit.begin);
    tap_same(t, got, cases[i].found, cases[i].text);
  }
}

static void test_edges(struct tap *t) {
  char many[PINYIN_QUERY_MAX * 2 + 1];
  struct pinyin_query q;
  memset(many, 'a', sizeof many - 1);
  many[sizeof many - 1] = '\0';
  pinyin_query_set(&q, many, sizeof many - 1);
  tap_ok(t, q.n == PINYIN_QUERY_MAX, "a long query is cut");
  tap_ok(t, pinyin_find(&q, many, NULL), "and still found");
  pinyin_query_set(&q, "", 0);
  tap_ok(t, q.n == 0 && !pinyin_find(&q, "低保", NULL), "nothing typed finds nothing");
  tap_ok(t, !pinyin_find(&q, NULL, NULL), "nor in no text");
  pinyin_query_set(&q, "db", 1);
  tap_ok(t, q.n == 1 && pinyin_find(&q, "低", NULL), "only the bytes given count");
  tap_ok(t, !match("\xE4\xBD", "d", NULL), "bad UTF-8 is passed over");
}

int main(void) {
  struct tap t = { 0, 0 };
  test_table(&t);
  test_letters(&t);
  test_loose(&t);
  test_edges(&t);
  return tap_done(&t);
}
