/* Dates as clerks type them, and the small calendar beside a date field.
 *
 * Monday first, 28 columns.  Holidays and make-up work days carry their sign (休 班) after the number, so do
 * today and the due day (今 期), and the two columns of the weekend in their head; the chosen day stands in
 * brackets.
 */
#ifndef MB_TUI_DATEPICK_H
#define MB_TUI_DATEPICK_H

#include "checklists/calendar.h"
#include "tui/key.h"
#include "tui/screen.h"

#define DATEPICK_COLS 28

/* A day as typed: what day_parse() takes, and without the year 9-3, 9.3, 9/3, 9月3日 and 0903: the last such
 * day up to today, or, where the day may lie ahead, the one nearest to it.  *guessed: the year was. */
bool date_read(const char *typed, day on, bool ahead, day *out, bool *guessed);
/* What a key that moves a date does to it: + - a day, [ ] a month, full-width ones too; d DAY_NONE: from `on`.
 * Only for a date that is whole (or none at all): in "2026-9" the "-" is a character.  False: no such key. */
bool date_key(struct key k, day d, day on, day *out);
day date_months_on(day d, int months); /* the same day of another month, or its last day; stays in range */
/* "星期四　工作日", "星期六　休息日", "星期四　国庆节放假", "星期六　上班（补班）"; appended. */
void date_add_words(struct text *out, const struct calendar *c, day d);

struct datepick {
  day chosen; /* DAY_NONE: none; then today's month is shown */
  day today, due; /* DAY_NONE: not marked */
  struct rect at; /* of the last drawing; rows 0: none */
};
/* Rows it needs; the last one, which says what 今 and 期 mean, may be left out (see datepick_legend). */
int datepick_rows(const struct datepick *p, const struct calendar *c);
/* Has it that last row? */
bool datepick_legend(const struct datepick *p);
/* Draw as much as fits into at (at.cols >= DATEPICK_COLS). */
void datepick_draw(struct datepick *p, struct screen *s, struct rect at, const struct calendar *c);
/* The day drawn at that cell of the screen; DAY_NONE. */
day datepick_at(const struct datepick *p, int row, int col);

#endif
