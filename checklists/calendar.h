/* Work days of China: rest days and make-up days as the State Council publishes them.
 *
 * A day is a work day when it is a listed make-up day, or Monday to Friday and not
 * a listed rest day (rules: 国办 notices for 2024, 2025, 2026).  A year without a file: Monday to
 * Friday, and every result that touches it is provisional.
 * Prefix sums, so that adding n work days costs two array reads.
 */
#ifndef MB_CHECKLISTS_CALENDAR_H
#define MB_CHECKLISTS_CALENDAR_H

#include "base/error.h"
#include "checklists/day.h"
#include <stdbool.h>

struct calendar;

/* Load YYYY.cfg files of folder dir.  Findings at once; NULL on an error. */
struct calendar *calendar_load(const char *dir, struct findings *f);
void calendar_free(struct calendar *c);

bool calendar_is_workday(const struct calendar *c, day d);
bool calendar_listed(const struct calendar *c, int year); /* has a file */
/* n-th work day after d (d itself not counted); n < 0: before d; n = 0: d itself.
 * DAY_NONE when it would leave DAY_MIN..DAY_MAX. */
day calendar_add_workdays(const struct calendar *c, day d, int n);
/* Work days in a+1..b (0 when b <= a). */
int calendar_count(const struct calendar *c, day a, day b);
/* Name of the holiday a listed day belongs to ("国庆节"), or NULL.  Borrowed. */
const char *calendar_holiday(const struct calendar *c, day d);
enum calendar_kind { CALENDAR_PLAIN, CALENDAR_REST /* listed rest day */, CALENDAR_MAKEUP };
enum calendar_kind calendar_kind(const struct calendar *c, day d);
/* Whether any day of a..b lies in a year without a file. */
bool calendar_provisional(const struct calendar *c, day a, day b);

#endif
