/* UTF-8: decoding, checking, width on a terminal, fitting, folding of full-width
 * input, and where a line of Chinese may be broken.
 *
 * Sources: Unicode 14 through utf8proc (widths, graphemes); GB/T 15834-2011 and
 * GB/T 9704-2012 for what may not begin or end a line.
 */
#ifndef MB_BASE_UTF8_H
#define MB_BASE_UTF8_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode the code point at s (NUL-terminated).  Returns the number of bytes (1-4);
 * 0 at the NUL; on a bad sequence *cp = 0xFFFD and 1. */
int utf8_decode(const char *s, uint32_t *cp);
/* Encode into out (room for 5); returns the bytes written and adds a NUL. */
int utf8_encode(uint32_t cp, char out[5]);
/* Whole n bytes are well-formed UTF-8 (no surrogates, no overlong, no NUL).
 * *bad (may be NULL) is the byte offset of the first fault. */
bool utf8_valid(const char *s, size_t n, size_t *bad);
/* A character and an accent as one character (NFC); 0 when there is none. */
uint32_t utf8_compose(uint32_t cp, uint32_t accent);
/* Number of code points. */
size_t utf8_count(const char *s);
/* Start of the grapheme before/after p within s (for cursors and deleting). */
const char *utf8_prev(const char *s, const char *p);
const char *utf8_next(const char *p);

/* Columns of a code point: 0 for combining marks and controls, 2 for wide, else 1.
 * Ambiguous-width characters (■ √ “ ” — ①) count `utf8_ambiguous` columns. */
int utf8_cp_width(uint32_t cp);
int utf8_width(const char *s); /* columns of a whole text */
/* Set once at start, before any screen is drawn: 1 (default) or 2. */
void utf8_set_ambiguous(int width);

/* Append s cut or padded with spaces to exactly `cols` columns.  A text that is
 * cut ends in "…" (one column); a wide character is never halved.  Control
 * characters become U+FFFD, so text from a file never steers a terminal.
 * right: pad on the left (numbers). */
void utf8_fit(struct text *out, const char *s, int cols, bool right);
/* Would steer a terminal or turn the order of text: C0, DEL, C1, line and paragraph
 * separators, bidi controls.  Newline and tab too. */
bool utf8_is_control(uint32_t cp);
/* Append s with every control character (C0, DEL, C1, bidi controls) shown as
 * U+FFFD; newlines and tabs become a space.  For printing foreign text. */
void utf8_clean(struct text *out, const char *s);

/* Fold what an input method types in place of ASCII: full-width ０-９ Ａ-Ｚ ａ-ｚ
 * and punctuation ，．－／：（） ideographic space, 。 is left alone.  Returns the ASCII or cp. */
uint32_t utf8_fold(uint32_t cp);
/* The same over a text, appended to out. */
void utf8_fold_text(struct text *out, const char *s);

/* May not begin a line: 。，、；：？！）》」』】〕〉”’… closing ASCII punctuation and so on. */
bool utf8_no_start(uint32_t cp);
/* May not end a line: （《「『【〔〈“‘ and so on. */
bool utf8_no_end(uint32_t cp);
/* May a line be broken between a and b?  Never inside a run of ASCII letters and
 * digits, never between a number and its unit sign (%, ℃, ‰) or after a currency
 * sign, never before utf8_no_start(b) or after utf8_no_end(a), never between two
 * of —— or ……. */
bool utf8_may_break(uint32_t a, uint32_t b);

/* Wrap one paragraph (no newline in s) into lines of at most `width` units.
 * measure(cp, ctx) gives a code point's width in the caller's unit; NULL: in columns.
 * For each line line(begin, end, ctx) is called with byte offsets.  indent is
 * subtracted from the first line's width.  A word longer than the line is broken
 * where it must be.  Spaces at a break belong to neither line.
 * Empty s gives one empty line.  Returns the number of lines. */
int utf8_wrap(const char *s, long width, long indent, long (*measure)(uint32_t cp, void *ctx),
              void (*line)(size_t begin, size_t end, void *ctx), void *ctx);

/* Version of the library behind this, for --version. */
const char *utf8_library(void);

#endif
