/* Check codes for paper: nine symbols that tie a printed sheet to the version of the
 * record it was printed from, short enough to be read out on the telephone.
 *
 * What happens to the paper itself, printed and filed, is no part of that version: a sheet
 * must not lose its code by being printed.
 *
 * The code is HMAC-SHA256 with the workbook's own key over the record's canonical values,
 * cut to 40 bits: eight symbols of 32 (no I, L, O, U: they look like others).  The ninth is
 * a check symbol over GF(32), c = (c + v) * x for each symbol v: any one wrong symbol and
 * any two exchanged ones are noticed before the workbook is asked.
 */
#include "checklists/workbook_private.h"

#include <string.h>

static const char alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times x modulo x^5 + x^2 + 1. */
static unsigned times_x(unsigned v)
{
  v <<= 1;
  return (v & 32) != 0 ? v ^ 37 : v;
}

static char check_symbol(const unsigned symbol[8])
{
  unsigned c = 0;
  for (int i = 0; i < 8; i++)
    c = times_x(c ^ symbol[i]);
  return alphabet[c];
}

static void spell(const unsigned symbol[8], char out[16])
{
  int at = 0;
  for (int i = 0; i < 8; i++) {
    if (i == 4)
      out[at++] = '-';
    out[at++] = alphabet[symbol[i]];
  }
  out[at++] = '-';
  out[at++] = check_symbol(symbol);
  out[at] = '\0';
}

static bool on_paper(enum record_field f)
{
  return f != FIELD_PRINTED && f != FIELD_FILED;
}

enum status wb_checkcode(struct workbook *wb, const struct record *r, char out[16], struct error *e)
{
  struct text t = {0};
  uint8_t mac[DIGEST_SIZE];
  wb_record_place(wb, r, &t);
  text_addc(&t, '\n');
  digest_put(&t, r->uid);
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (r->value[f] == NULL || !on_paper((enum record_field)f)) /* a field that later versions add changes no code while it is empty */
      continue;
    digest_put(&t, field_key((enum record_field)f));
    digest_put(&t, r->value[f]);
  }
  if (!text_ok(&t)) {
    text_free(&t);
    return error_nomem(e);
  }
  digest_hmac(wb->key, sizeof wb->key, t.s, t.len, mac);
  text_free(&t);
  unsigned symbol[8];
  uint64_t bits = 0;
  for (int i = 0; i < 5; i++)
    bits = bits << 8 | mac[i];
  for (int i = 0; i < 8; i++)
    symbol[i] = (unsigned)(bits >> (35 - 5 * i)) & 31;
  spell(symbol, out);
  return ST_OK;
}

/* A typed symbol: small letters, and the letters left out read as what they look like. */
static int symbol_of(char c)
{
  if (c >= 'a' && c <= 'z')
    c = (char)(c - 'a' + 'A');
  c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  const char *p = c != '\0' ? strchr(alphabet, c) : NULL;
  return p != NULL ? (int)(p - alphabet) : -1;
}

bool wb_checkcode_read(const char *typed, char out[16])
{
  unsigned symbol[9];
  int n = 0;
  for (const char *p = typed; *p != '\0'; p++) {
    if (*p == '-' || *p == ' ')
      continue;
    int v = symbol_of(*p);
    if (v < 0 || n == 9)
      return false;
    symbol[n++] = (unsigned)v;
  }
  if (n != 9)
    return false;
  spell(symbol, out);
  return out[10] == alphabet[symbol[8]];
}
