/* Civil dates as day numbers, and periods (month, quarter, half year, year).
 * Proleptic Gregorian calendar; a day is the number of days since 1970-01-01. */
#ifndef MB_CHECKLISTS_DAY_H
#define MB_CHECKLISTS_DAY_H

#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

typedef int32_t day;
#define DAY_NONE INT32_MIN
/* Dates that a record may carry: 1980-01-01 to 2099-12-31. */
#define DAY_MIN 3652
#define DAY_MAX 47481

day day_make(int year, int month, int dom); /* DAY_NONE when there is no such date */
void day_split(day d, int *year, int *month, int *dom);
int day_weekday(day d); /* 1 Monday ... 7 Sunday */
/* Read 2026-09-03, 2026-9-3, 2026.9.3, 2026/9/3, 2026年9月3日, 20260903, each also in
 * full-width digits and punctuation, with spaces around.  False for anything else,
 * for a date that does not exist, or one outside DAY_MIN..DAY_MAX. */
bool day_parse(const char *s, day *out);
void day_add_iso(struct text *out, day d);  /* 2026-09-03; nothing for DAY_NONE */
void day_add_cn(struct text *out, day d);   /* 2026年9月3日 (GB/T 9704: no leading zeros) */
char *day_iso(day d, char buf[16]);         /* into buf; "" for DAY_NONE */

enum period_kind { PERIOD_NONE, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };
struct period {
  int16_t year;
  uint8_t kind;  /* enum period_kind */
  uint8_t index; /* month 1-12, quarter 1-4, half 1-2, year 1; 0 for PERIOD_NONE */
};
/* Read 2026-07, 2026Q3, 2026H2, 2026 (also full-width, lower case, 2026年7月, 2026年第三季度,
 * 2026年第3季度, 2026年上半年, 2026年下半年, 2026年). */
bool period_parse(const char *s, struct period *out);
void period_add(struct text *out, struct period p);    /* 2026Q3; nothing for PERIOD_NONE */
void period_add_cn(struct text *out, struct period p); /* 2026年第3季度 */
day period_first(struct period p);
day period_last(struct period p);
struct period period_of(day d, enum period_kind kind); /* the period of that kind that holds d */
struct period period_step(struct period p, int n);     /* n periods later (earlier when negative) */
int period_compare(struct period a, struct period b);  /* by first day, then by kind; NONE first */
bool period_same(struct period a, struct period b);
/* Months of the year covered, bit 0 = January. */
unsigned period_months(struct period p);
/* A compact integer for storage and comparing: year*1000 + kind*100 + index; 0 for NONE. */
int period_pack(struct period p);
struct period period_unpack(int packed);

#endif
