/* Check digits: resident ID numbers (GB 11643-1999), bank cards (Luhn, ISO/IEC 7812-1) and unified
 * social credit codes (GB 32100-2015).  Each says only whether a text is such a number; finding
 * numbers in a text is in privacy.c.
 */
#include "checklists/privacy.h"

#include "checklists/day.h"
#include <string.h>

bool privacy_id18_valid(const char *digits18) {
  static const int weight[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0, digit[17];
  for (int i = 0; i < 17; i++) {
    if (digits18[i] < '0' || digits18[i] > '9') return false;
    digit[i] = digits18[i] - '0';
    sum += digit[i] * weight[i];
  }
  char check = digits18[17] == 'x' ? 'X' : digits18[17];
  int year = digit[6] * 1000 + digit[7] * 100 + digit[8] * 10 + digit[9];
  day birth = day_make(year, digit[10] * 10 + digit[11], digit[12] * 10 + digit[13]);
  return check == "10X98765432"[sum % 11] && birth != DAY_NONE && year >= 1800 && year < 2100;
}

bool privacy_luhn_valid(const char *digits, size_t n) {
  int sum = 0;
  for (size_t i = 0; i < n; i++) {
    char c = digits[n - 1 - i];
    if (c < '0' || c > '9') return false;
    int d = (c - '0') * (i % 2 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  }
  return n > 1 && sum % 10 == 0;
}

bool privacy_credit_code_valid(const char *code18) {
  static const char symbols[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  int sum = 0, weight = 1;
  for (int i = 0; i < 18; i++) {
    const char *at = code18[i] ? strchr(symbols, code18[i]) : NULL;
    if (!at) return false;
    int value = (int)(at - symbols);
    if (i == 17) return value == (31 - sum % 31) % 31;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return false;
}
