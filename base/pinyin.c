/* First letters of pinyin.  The table is the Unicode Unihan Database's (15.0.0), made compact by pinyin.awk:
 * a byte for each character of the two common blocks, and a short list for the others.
 */
#include "base/pinyin.h"
#include "base/pinyin_data.h"
#include "base/utf8.h"


#define ANY_LETTER 0x03FFFFFFu
#define SEVERAL 0x80 /* codes from here on: several letters */

static uint32_t bits_of(unsigned char code) {
  uint32_t bits = 0;
  if (code < SEVERAL) return code == '.' ? ANY_LETTER : 1u << (code - 'a');
  for (const char *p = readings[code - SEVERAL]; *p != '\0'; p++) bits |= 1u << (*p - 'a');
  return bits;
}

static uint32_t bits_in_list(uint32_t cp) {
  size_t low = 0, high = sizeof elsewhere / sizeof elsewhere[0];
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (elsewhere[mid].cp == cp) return bits_of((unsigned char)elsewhere[mid].code[0]);
    if (elsewhere[mid].cp < cp) low = mid + 1;
    else high = mid;
  }
  return (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF) ? ANY_LETTER : 0;
}

uint32_t pinyin_letters(uint32_t cp) {
  uint32_t at;
  if (cp < 0x80) {
    if (cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
    return cp >= 'a' && cp <= 'z' ? 1u << (cp - 'a') : 0;
  }
  if (cp >= URO_FIRST && cp <= URO_LAST) {
    at = cp - URO_FIRST;
    return bits_of((unsigned char)uro[at / 64][at % 64]);
  }
  if (cp >= EXT_A_FIRST && cp <= EXT_A_LAST) {
    at = cp - EXT_A_FIRST;
    return bits_of((unsigned char)ext_a[at / 64][at % 64]);
  }
  return bits_in_list(cp);
}

/* As it is compared: full-width forms as ASCII, small letters; 0 for what is passed over (blanks,
 * punctuation). */
static uint32_t fold(uint32_t cp) {
  if (cp >= 0xFF01 && cp <= 0xFF5E) cp = cp - 0xFF01 + '!';
  if (cp >= 'A' && cp <= 'Z') return cp + 'a' - 'A';
  if (cp < 0x80) return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') ? cp : 0;
  if ((cp >= 0x80 && cp <= 0xBF) || (cp >= 0x2010 && cp <= 0x2063)) return 0;
  return cp >= 0x3000 && cp <= 0x301F && cp != 0x3005 && cp != 0x3007 ? 0 : cp;
}

void pinyin_query_set(struct pinyin_query *q, const char *typed, size_t n) {
  q->n = 0;
  for (size_t at = 0; at < n && typed[at] != '\0' && q->n < PINYIN_QUERY_MAX; ) {
    uint32_t cp;
    at += (size_t)utf8_decode(typed + at, &cp);
    cp = fold(cp);
    if (cp == 0) continue;
    q->cp[q->n] = cp;
    q->letter[q->n++] = cp < 0x80 ? pinyin_letters(cp) : 0;
  }
}

static bool fits(const struct pinyin_query *q, int i, uint32_t cp) {
  return cp == q->cp[i] || (cp >= 0x80 && (pinyin_letters(cp) & q->letter[i]) != 0);
}

/* Does q stand at the beginning of text, with at most `gap` characters left out at a place?  *end: its bytes. */
static bool stands_at(const struct pinyin_query *q, const char *text, int gap, size_t *end) {
  size_t at = 0;
  for (int i = 0, left_out = 0; i < q->n; ) {
    uint32_t cp;
    if (text[at] == '\0') return false;
    at += (size_t)utf8_decode(text + at, &cp);
    cp = fold(cp);
    if (cp == 0) continue;
    if (fits(q, i, cp)) {
      left_out = 0;
      i++;
    } else if (++left_out > gap) {
      return false;
    }
  }
  *end = at;
  return true;
}

static bool find(const struct pinyin_query *q, const char *text, int gap, struct pinyin_hit *hit) {
  if (q->n == 0 || text == NULL) return false;
  for (size_t at = 0; text[at] != '\0'; ) {
    uint32_t cp;
    size_t end, step = (size_t)utf8_decode(text + at, &cp);
    cp = fold(cp);
    if (cp != 0 && fits(q, 0, cp) && stands_at(q, text + at, gap, &end)) {
      if (hit != NULL) *hit = (struct pinyin_hit){ at, at + end };
      return true;
    }
    at += step;
  }
  return false;
}

bool pinyin_find(const struct pinyin_query *q, const char *text, struct pinyin_hit *hit) {
  return find(q, text, 0, hit);
}

bool pinyin_find_loose(const struct pinyin_query *q, const char *text, int gap, struct pinyin_hit *hit) {
  return q->n > 1 && find(q, text, gap, hit);
}
