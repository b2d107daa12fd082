/* SHA-256, HMAC-SHA256 and random bytes: what proves the history and signs paper.
 * Only digest.c knows the library behind it. */
#ifndef MB_CHECKLISTS_DIGEST_H
#define MB_CHECKLISTS_DIGEST_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE 32

void digest_sha256(const void *data, size_t n, uint8_t out[DIGEST_SIZE]);
void digest_hmac(const void *key, size_t key_n, const void *data, size_t n, uint8_t out[DIGEST_SIZE]);
/* Fill p with n random bytes from the system; false when it has none to give. */
bool digest_random(void *p, size_t n);
/* Append n bytes as lower-case hexadecimal digits. */
void digest_hex(struct text *out, const uint8_t *p, size_t n);
/* Read exactly n bytes from 2n hexadecimal digits. */
bool digest_unhex(const char *s, uint8_t *out, size_t n);
/* Append a value so that no two lists of values give the same bytes: "3:abc," or "-," for NULL. */
void digest_put(struct text *out, const char *value);
void digest_put_int(struct text *out, int64_t value);

/* Version of the library behind this, for --version. */
const char *digest_library(void);

#endif
