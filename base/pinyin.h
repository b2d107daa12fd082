/* Finding Chinese by its characters or by the first letters of their pinyin, so that it works without an
 * input method: "dbgs" finds 低保公示, and so does "低bgs".
 *
 * A character with several readings is found by any of them (重: c and z); a Chinese character whose reading
 * nobody recorded is found by any letter.  Case, full-width forms, blanks and punctuation make no difference:
 * "1905" finds "19.05".  Only first letters are known, no syllables and no tones.  Nothing is allocated.
 */
#ifndef MB_BASE_PINYIN_H
#define MB_BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PINYIN_QUERY_MAX 64
/* What was typed, made ready for many texts. */
struct pinyin_query {
  int n; /* 0: nothing to look for; finds nothing */
  uint32_t cp[PINYIN_QUERY_MAX];     /* folded, lower case */
  uint32_t letter[PINYIN_QUERY_MAX]; /* its bit of pinyin_letters(), 0 when it is no letter */
};
/* The part of the text that was found, in bytes. */
struct pinyin_hit { size_t begin, end; };

/* n bytes of what was typed; what is longer than PINYIN_QUERY_MAX characters is left out. */
void pinyin_query_set(struct pinyin_query *q, const char *typed, size_t n);
/* The first place in text where q stands.  hit may be NULL. */
bool pinyin_find(const struct pinyin_query *q, const char *text, struct pinyin_hit *hit);
/* The same with up to `gap` characters left out between any two, as abbreviations do: "低保" stands in
 * 最低生活保障.  Only for a q of two characters and more. */
bool pinyin_find_loose(const struct pinyin_query *q, const char *text, int gap, struct pinyin_hit *hit);
/* First letters of a character's readings, bit 0 for a; of a Latin letter itself; 0 for anything else. */
uint32_t pinyin_letters(uint32_t cp);

#endif
