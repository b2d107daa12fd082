/* See excerpt.h. */
#include "tui/excerpt.h"
#include "base/utf8.h"

#include <string.h>

#define BEFORE 8 /* characters before the first difference */

size_t excerpt_start(const char *a, const char *b) {
  size_t n = 0;
  while (a[n] != '\0' && a[n] == b[n]) n++;
  const char *p = a + n;
  while (p > a && ((unsigned char)*p & 0xC0) == 0x80) p--;
  for (int i = 0; i < BEFORE && p > a; i++) p = utf8_prev(a, p);
  return (size_t)(p - a);
}

void excerpt_add(struct text *out, const char *text, size_t from, int cols) {
  if (*text == '\0') {
    text_add(out, _("（空）"));
    return;
  }
  bool fits = utf8_width(text) <= cols || from >= strlen(text);
  if (!fits && from > 0) text_add(out, "……");
  utf8_clean(out, text + (fits ? 0 : from));
}
