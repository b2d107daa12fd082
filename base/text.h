/* Growable text: a byte buffer that is always NUL-terminated.
 *
 * Appending never needs a check at each call: when memory runs out the buffer
 * becomes "failed", further appends do nothing, and text_ok() says so at the end.
 * A zeroed struct text is a valid empty one.
 */
#ifndef MB_BASE_TEXT_H
#define MB_BASE_TEXT_H

#include "base/error.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
  char *s;    /* owned; NULL while empty and nothing was ever appended */
  size_t len; /* bytes, without the NUL */
  size_t cap;
  bool failed;
};

void text_add(struct text *t, const char *s);            /* s may be NULL: nothing */
void text_addn(struct text *t, const char *s, size_t n); /* n bytes, may hold NULs */
void text_addc(struct text *t, char c);
void text_addcp(struct text *t, uint32_t cp);            /* one code point as UTF-8 */
void text_addf(struct text *t, const char *fmt, ...) MB_PRINTF(2, 3);
void text_addvf(struct text *t, const char *fmt, va_list ap) MB_PRINTF(2, 0);
void text_pad(struct text *t, char c, int n);            /* n times c; n <= 0: nothing */
void text_clear(struct text *t);                         /* empty, memory kept; clears failed */
void text_free(struct text *t);
bool text_ok(const struct text *t);
const char *text_str(const struct text *t); /* borrowed, never NULL */
char *text_take(struct text *t); /* hands the string over (free() it); NULL when failed; t is empty after */
bool text_reserve(struct text *t, size_t more);

/* strdup that maps NULL to NULL and never returns anything for failed memory but NULL. */
char *str_dup(const char *s);
/* Empty or NULL. */
static inline bool str_empty(const char *s) { return s == NULL || *s == '\0'; }
/* Equal; NULL equals NULL and "". */
bool str_same(const char *a, const char *b);

#endif
