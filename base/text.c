/* Growable text.  Doubling buffer, always NUL-terminated, failure remembered
 * instead of reported at every call.  Strings of NULs are allowed (text_addn);
 * everything else about characters is in base/utf8.c.
 */
#include "base/text.h"

#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool text_reserve(struct text *t, size_t more) {
  if (t->failed) return false;
  if (more < t->cap && t->len < t->cap - more) return true; /* len + more + NUL fits */
  if (more > SIZE_MAX / 2 - t->len - 1) goto fail;
  size_t need = t->len + more + 1;
  size_t cap = t->cap ? t->cap : 64;
  while (cap < need) cap *= 2; /* need < SIZE_MAX / 2, so this ends */
  char *s = realloc(t->s, cap);
  if (!s) goto fail;
  t->s = s;
  t->cap = cap;
  t->s[t->len] = '\0';
  return true;
fail:
  t->failed = true;
  return false;
}

void text_addn(struct text *t, const char *s, size_t n) {
  if (!text_reserve(t, n)) return;
  if (n) memcpy(t->s + t->len, s, n);
  t->len += n;
  t->s[t->len] = '\0';
}

void text_add(struct text *t, const char *s) {
  if (s) text_addn(t, s, strlen(s));
}

void text_addc(struct text *t, char c) {
  if (!text_reserve(t, 1)) return;
  t->s[t->len++] = c;
  t->s[t->len] = '\0';
}

void text_addcp(struct text *t, uint32_t cp) {
  char buf[5];
  int n = utf8_encode(cp, buf);
  text_addn(t, buf, (size_t)n);
}

void text_addvf(struct text *t, const char *fmt, va_list ap) {
  va_list again;
  va_copy(again, ap);
  char small[256];
  int n = vsnprintf(small, sizeof small, fmt, ap);
  if (n < 0) {
    t->failed = true;
  } else if ((size_t)n < sizeof small) {
    text_addn(t, small, (size_t)n);
  } else if (text_reserve(t, (size_t)n)) {
    vsnprintf(t->s + t->len, (size_t)n + 1, fmt, again);
    t->len += (size_t)n;
  }
  va_end(again);
}

void text_addf(struct text *t, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  text_addvf(t, fmt, ap);
  va_end(ap);
}

void text_pad(struct text *t, char c, int n) {
  if (n <= 0 || !text_reserve(t, (size_t)n)) return;
  memset(t->s + t->len, c, (size_t)n);
  t->len += (size_t)n;
  t->s[t->len] = '\0';
}

void text_clear(struct text *t) {
  t->len = 0;
  t->failed = false;
  if (t->s) t->s[0] = '\0';
}

void text_free(struct text *t) {
  free(t->s);
  memset(t, 0, sizeof *t);
}

bool text_ok(const struct text *t) { return !t->failed; }

const char *text_str(const struct text *t) { return t->s ? t->s : ""; }

char *text_take(struct text *t) {
  char *s = NULL;
  if (!t->failed && text_reserve(t, 0)) s = t->s;
  if (!s) free(t->s);
  memset(t, 0, sizeof *t);
  return s;
}

char *str_dup(const char *s) {
  if (!s) return NULL;
  size_t n = strlen(s) + 1;
  char *copy = malloc(n);
  if (copy) memcpy(copy, s, n);
  return copy;
}

bool str_same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }
