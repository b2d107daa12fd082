/* Digests by nettle, and the canonical form of values that go into them.  See digest.h. */
#include "checklists/digest.h"

#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <string.h>
#include <sys/random.h>

void digest_sha256(const void *data, size_t n, uint8_t out[DIGEST_SIZE])
{
  struct sha256_ctx c;
  sha256_init(&c);
  sha256_update(&c, n, data);
  sha256_digest(&c, DIGEST_SIZE, out);
}

void digest_hmac(const void *key, size_t key_n, const void *data, size_t n, uint8_t out[DIGEST_SIZE])
{
  struct hmac_sha256_ctx c;
  hmac_sha256_set_key(&c, key_n, key);
  hmac_sha256_update(&c, n, data);
  hmac_sha256_digest(&c, DIGEST_SIZE, out);
}

bool digest_random(void *p, size_t n)
{
  return getrandom(p, n, 0) == (ssize_t)n; /* whole for up to 256 bytes */
}

void digest_hex(struct text *out, const uint8_t *p, size_t n)
{
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < n; i++) {
    text_addc(out, digits[p[i] >> 4]);
    text_addc(out, digits[p[i] & 15]);
  }
}

static int hex_digit(char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool digest_unhex(const char *s, uint8_t *out, size_t n)
{
  if (s == NULL || strlen(s) != 2 * n)
    return false;
  for (size_t i = 0; i < n; i++) {
    int high = hex_digit(s[2 * i]), low = hex_digit(s[2 * i + 1]);
    if (high < 0 || low < 0)
      return false;
    out[i] = (uint8_t)(high << 4 | low);
  }
  return true;
}

/* Decimal digits without printf: this runs for every value of every history row. */
static void put_decimal(struct text *out, uint64_t v)
{
  char digits[24];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + v % 10);
    v /= 10;
  } while (v != 0);
  text_addn(out, digits + at, sizeof digits - at);
}

void digest_put(struct text *out, const char *value)
{
  if (value == NULL) {
    text_addn(out, "-,", 2);
    return;
  }
  size_t n = strlen(value);
  put_decimal(out, n);
  text_addc(out, ':');
  text_addn(out, value, n);
  text_addc(out, ',');
}

void digest_put_int(struct text *out, int64_t value)
{
  if (value < 0)
    text_addc(out, '-');
  put_decimal(out, value < 0 ? -(uint64_t)value : (uint64_t)value);
  text_addc(out, ',');
}

#define VERSION_TEXT_(a, b) #a "." #b
#define VERSION_TEXT(a, b) VERSION_TEXT_(a, b)

const char *digest_library(void)
{
  return VERSION_TEXT(NETTLE_VERSION_MAJOR, NETTLE_VERSION_MINOR);
}
