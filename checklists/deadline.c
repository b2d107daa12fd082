/* Due days and their one-line explanation.
 *
 * Both come from one struct way: the day counted from, the span and its direction.  So the line a
 * clerk reads can never tell of another calculation than the one that made the date.
 * Left out: moving a last calendar day off a holiday (civil law does it, the catalogues do not ask). */
#include "checklists/deadline.h"

/* How a due day is reached. */
enum reason {
  WAY_EVENT, WAY_BEFORE, WAY_BEFORE_NOTICE, WAY_PERIOD_END, WAY_NO_EVENT, WAY_NO_CHANGE, WAY_NO_PERIOD
};
struct way {
  enum reason reason;
  day from;         /* DAY_NONE for the last three */
  struct span span; /* SPAN_NONE: due on from itself */
  int sign;
};

/* Add a span to a day, or with sign -1 take it away.  SPAN_NONE: d. */
static day shift(const struct calendar *c, day d, struct span s, int sign) {
  if (d == DAY_NONE || s.unit == SPAN_NONE || s.n == 0) return d;
  if (s.n < 0 || s.n > DAY_MAX) return DAY_NONE;
  int n = sign < 0 ? -s.n : s.n;
  if (s.unit == SPAN_WORKDAYS) return calendar_add_workdays(c, d, n);
  return d + n < DAY_MIN || d + n > DAY_MAX ? DAY_NONE : d + n;
}

static struct way find_way(const struct item *item, day event_on, struct period recurrence) {
  struct way w = { .reason = WAY_EVENT, .from = event_on, .span = item->within, .sign = 1 };
  if (item->cadence == CAD_BEFORE) {
    w.sign = -1;
    w.reason = item->within.unit == SPAN_NONE ? WAY_BEFORE_NOTICE : WAY_BEFORE;
    if (item->within.unit == SPAN_NONE) w.span = item->notice;
  }
  if (event_on != DAY_NONE) return w;
  if (!cadence_recurs(item->cadence)) {
    w.reason = item->cadence == CAD_STANDING ? WAY_NO_CHANGE : WAY_NO_EVENT;
  } else {
    w.from = period_last(recurrence);
    w.reason = w.from == DAY_NONE ? WAY_NO_PERIOD : WAY_PERIOD_END;
  }
  return w;
}

day deadline_due(const struct calendar *c, const struct item *item, day event_on, struct period recurrence) {
  struct way w = find_way(item, event_on, recurrence);
  return shift(c, w.from, w.span, w.sign);
}

day deadline_notice_end(const struct calendar *c, const struct item *item, day from) {
  return item->notice.unit == SPAN_NONE ? DAY_NONE : shift(c, from, item->notice, 1);
}

/* ---- the explanation ---- */

/* 9-25; with the year when it is not the year the reader sees beside it. */
static void add_short(struct text *out, day d, int year) {
  int y, m, dom;
  day_split(d, &y, &m, &dom);
  if (y != year) text_addf(out, "%04d-", y);
  text_addf(out, y != year ? "%02d-%02d" : "%d-%02d", m, dom);
}

static bool deducted(const struct calendar *c, day d) {
  return calendar_kind(c, d) == CALENDAR_REST && day_weekday(d) <= 5;
}

/* Rest days that took work days away, as runs; a weekend inside a holiday belongs to its run. */
static void add_rest(struct text *out, const struct calendar *c, day a, day b, int year) {
  bool any = false;
  for (day d = a; d <= b; d++) {
    if (!deducted(c, d)) continue;
    day first = d, last = d;
    for (; d + 1 <= b && calendar_kind(c, d + 1) == CALENDAR_REST; d++)
      if (deducted(c, d + 1)) last = d + 1;
    text_add(out, any ? _("、") : _("，扣除"));
    add_short(out, first, year);
    if (last != first) {
      text_add(out, _("至"));
      add_short(out, last, year);
    }
    any = true;
  }
}

static void add_makeup(struct text *out, const struct calendar *c, day a, day b, int year) {
  bool any = false;
  for (day d = a; d <= b; d++) {
    if (calendar_kind(c, d) != CALENDAR_MAKEUP) continue;
    text_add(out, any ? _("、") : _("，补班"));
    add_short(out, d, year);
    any = true;
  }
  if (any) text_add(out, _("计入"));
}

/* Years of a..b without a published calendar; three are named, that is enough to warn. */
static void add_provisional(struct text *out, const struct calendar *c, day a, day b) {
  int first, last, month, dom, n = 0;
  day_split(a, &first, &month, &dom);
  day_split(b, &last, &month, &dom);
  for (int y = first; y <= last && n <= 3; y++) {
    if (calendar_listed(c, y)) continue;
    if (n < 3) text_addf(out, n == 0 ? _("；%d年") : _("、%d年"), y);
    else text_add(out, _("等年"));
    n++;
  }
  if (n > 0) text_add(out, _("放假安排未公布，暂定（按周一至周五计）"));
}

/* The way to a due day by work days: what was taken off, what was added, how sure it is. */
static void add_count(struct text *out, const struct calendar *c, const struct way *w, day due) {
  int year, month, dom;
  day a = w->sign > 0 ? w->from + 1 : due, b = w->sign > 0 ? due : w->from - 1;
  day_split(w->from, &year, &month, &dom);
  add_rest(out, c, a, b, year);
  add_makeup(out, c, a, b, year);
  text_add(out, _("，到期"));
  day_add_iso(out, due);
  add_provisional(out, c, a, b);
}

static void add_missing(struct text *out, const struct item *item, enum reason reason) {
  if (reason == WAY_NO_CHANGE)
    text_add(out, _("长期公开，未填变动日，没有到期日"));
  else if (reason == WAY_NO_PERIOD)
    text_add(out, _("未填周期，没有到期日"));
  else if (str_empty(item->event))
    text_add(out, _("未填事件日，没有到期日"));
  else
    text_addf(out, _("未填事件日（%s），没有到期日"), item->event);
}

/* "20个工作日，自2026-09-21起（当日不计）", or what the limit is when nothing is counted. */
static void add_start(struct text *out, const struct way *w, struct period recurrence) {
  char iso[16];
  struct text period = { 0 };
  if (w->reason == WAY_PERIOD_END) {
    period_add_cn(&period, recurrence);
    text_add(&period, _("末"));
  }
  if (w->span.unit == SPAN_NONE && w->reason == WAY_PERIOD_END) {
    text_addf(out, _("未规定期后天数，以%s为限"), text_str(&period));
  } else if (w->span.unit == SPAN_NONE) {
    text_add(out, w->sign < 0 ? _("事前公开，以事件当日为限") : _("及时公开，以事件当日为限"));
  } else {
    if (w->reason == WAY_BEFORE) text_add(out, _("提前"));
    if (w->reason == WAY_BEFORE_NOTICE) text_add(out, _("公示期须先满，提前"));
    span_add_cn(out, w->span);
    text_addf(out, w->sign > 0 ? _("，自%s%s起（当日不计）") : _("，自%s%s往前数（当日不计）"), text_str(&period),
              day_iso(w->from, iso));
  }
  text_free(&period);
}

void deadline_explain(struct text *out, const struct calendar *c, const struct item *item, day event_on,
                      struct period recurrence) {
  struct way w = find_way(item, event_on, recurrence);
  if (w.from == DAY_NONE) {
    add_missing(out, item, w.reason);
    return;
  }
  day due = shift(c, w.from, w.span, w.sign);
  add_start(out, &w, recurrence);
  if (due == DAY_NONE) {
    text_add(out, _("，推算超出1980年至2099年，没有到期日"));
    return;
  }
  if (w.span.unit == SPAN_WORKDAYS && w.span.n != 0) {
    add_count(out, c, &w, due);
  } else {
    text_add(out, _("，到期"));
    day_add_iso(out, due);
  }
}
