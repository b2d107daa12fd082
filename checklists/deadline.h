/* Due days, and their explanation in one line.  DESIGN §3; 政府信息公开条例 art. 26
 * (20 work days) where an item names no other limit; 民法典 art. 201: the event day is not counted.
 *
 * event:     event day + within (null: the event day).
 * before:    event day - within; within null: - the notice period, so that it can end first.
 * recurring: event day + within if the record names an event, else last day of the
 *            recurrence + within.
 * standing:  event day (last change) + within; none without a recorded change.
 */
#ifndef MB_CHECKLISTS_DEADLINE_H
#define MB_CHECKLISTS_DEADLINE_H

#include "base/text.h"
#include "checklists/calendar.h"
#include "checklists/catalogue.h"

/* Due day, or DAY_NONE.  event_on may be DAY_NONE; recurrence is PERIOD_NONE unless
 * the item recurs. */
day deadline_due(const struct calendar *c, const struct item *item, day event_on, struct period recurrence);
/* One Chinese line saying how the due day came about, e.g.
 * "20个工作日，自2026-09-21起（当日不计），扣除9-25、10-01至10-07，补班10-10计入，到期2026-10-26"; weekends are not named;
 * says 暂定 when a year without a published calendar is touched; says why there is none. */
void deadline_explain(struct text *out, const struct calendar *c, const struct item *item, day event_on,
                      struct period recurrence);
/* Notice period (公示期): first and last day when posted on `from`; last = from + n days or
 * work days (the posting day is not counted).  DAY_NONE when the item fixes none. */
day deadline_notice_end(const struct calendar *c, const struct item *item, day from);

#endif
