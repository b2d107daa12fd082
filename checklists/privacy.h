/* The privacy gate's eye: finds personal data in a text (DESIGN §5.3).
 * Resident ID numbers 18 digits by GB 11643-1999 check digit (and 15 digits by date), bank
 * cards by Luhn, mobile numbers 1[3-9]xxxxxxxxx; also full-width, spaced and hyphenated.
 * A unified social credit code (GB 32100-2015) of 18 characters is not personal.
 */
#ifndef MB_CHECKLISTS_PRIVACY_H
#define MB_CHECKLISTS_PRIVACY_H

#include <stdbool.h>
#include <stddef.h>

enum privacy_rule { PRIVACY_ID18, PRIVACY_ID15, PRIVACY_BANKCARD, PRIVACY_MOBILE, PRIVACY_COUNT };
const char *privacy_rule_id(enum privacy_rule r);   /* "id18" */
const char *privacy_rule_name(enum privacy_rule r); /* 公民身份号码 */

struct privacy_hit {
  enum privacy_rule rule;
  size_t begin, end; /* bytes of the text */
  int line, column;  /* 1-based line and character within the text */
};
/* Calls fn for each hit in order; returns their number.  allowed: NULL-terminated list of
 * numbers (digits only) that may stand, such as the sheet's own objection telephone; may be NULL. */
int privacy_scan(const char *text, const char *const *allowed,
                 void (*fn)(const struct privacy_hit *hit, void *ctx), void *ctx);
/* Append the hit's text masked (first 3 and last 2 characters kept, the rest *), for messages: the
 * message itself must not leak the number. */
struct text;
void privacy_mask(struct text *out, const char *text, const struct privacy_hit *hit);

bool privacy_id18_valid(const char *digits18);  /* 17 digits + digit or X/x, date and check digit */
bool privacy_luhn_valid(const char *digits, size_t n);
bool privacy_credit_code_valid(const char *code18);

#endif
