/* Reading dates without a year, moving them by keys, and drawing a month. */
#include "tui/datepick.h"
#include "base/utf8.h"

#include <stdlib.h>

#define CELL 4       /* columns of a day: the number, and its sign */
#define HEAD_ROWS 2  /* the month, the days of the week */

/* ---- typed */

/* The digits at *p as a number of one or two digits; false when there are more or none. */
static bool take_number(const char **p, int *out) {
  const char *s = *p;
  int n = 0;
  for (*out = 0; *s >= '0' && *s <= '9'; s++, n++)
    if (n < 2) *out = *out * 10 + (*s - '0'); /* more is no day anyway */
  *p = s;
  return n == 1 || n == 2;
}

/* Folded, with 月 as '-', 日 and 号 and blanks left out, and 。 (the dot of an input method) as '.'. */
static void simplify(struct text *out, const char *typed) {
  uint32_t cp;
  for (int n; (n = utf8_decode(typed, &cp)) > 0; typed += n) {
    cp = cp == 0x3002 ? '.' : cp == 0x6708 ? '-' : utf8_fold(cp);
    if (cp != ' ' && cp != 0x65E5 && cp != 0x53F7) text_addcp(out, cp);
  }
}

/* 9-3 9.3 9/3 0903 */
static bool month_and_day(const char *s, int *month, int *dom) {
  const char *p = s;
  int whole = 0, digits = 0;
  for (; *p >= '0' && *p <= '9'; p++, digits++) whole = digits < 4 ? whole * 10 + (*p - '0') : whole;
  if (digits == 4 && *p == '\0') {
    *month = whole / 100;
    *dom = whole % 100;
    return true;
  }
  p = s;
  if (!take_number(&p, month) || (*p != '-' && *p != '.' && *p != '/')) return false;
  p++;
  return take_number(&p, dom) && *p == '\0';
}

/* That day of the year of `on`, of the one before or the one after; also in a year that has 29 February. */
static day nearest(int month, int dom, day on, bool ahead) {
  int year, m, d;
  day best = DAY_NONE;
  day_split(on, &year, &m, &d);
  for (int y = year - 8; y <= year + (ahead ? 8 : 0); y++) {
    day candidate = day_make(y, month, dom);
    if (candidate == DAY_NONE || (!ahead && candidate > on)) continue;
    if (best == DAY_NONE || abs(candidate - on) < abs(best - on)) best = candidate;
  }
  return best;
}

bool date_read(const char *typed, day on, bool ahead, day *out, bool *guessed) {
  struct text simple = { 0 };
  int month, dom;
  *guessed = false;
  simplify(&simple, typed);
  bool found = day_parse(typed, out) || day_parse(text_str(&simple), out);
  if (!found && month_and_day(text_str(&simple), &month, &dom)) {
    *out = nearest(month, dom, on, ahead);
    *guessed = found = *out != DAY_NONE;
  }
  text_free(&simple);
  return found;
}

/* ---- keys */

static day in_range(day d) {
  return d < DAY_MIN ? DAY_MIN : d > DAY_MAX ? DAY_MAX : d;
}

day date_months_on(day d, int months) {
  int year, month, dom;
  day_split(d, &year, &month, &dom);
  int at = year * 12 + month - 1 + months;
  day to = DAY_NONE;
  for (; to == DAY_NONE && dom > 0; dom--) to = day_make(at / 12, at % 12 + 1, dom);
  return in_range(to);
}

bool date_key(struct key k, day d, day on, day *out) {
  if (k.kind != K_CHAR || k.pasted) return false;
  day from = d != DAY_NONE ? d : on;
  switch (k.cp) {
  case '+':
  case '=':
  case 0xFF0B:
  case 0xFF1D: *out = in_range(from + 1); return true;
  case '-':
  case 0xFF0D: *out = in_range(from - 1); return true;
  case '[':
  case 0x3010:
  case 0xFF3B: *out = date_months_on(from, -1); return true;
  case ']':
  case 0x3011:
  case 0xFF3D: *out = date_months_on(from, 1); return true;
  default: return false;
  }
}

/* ---- words */

void date_add_words(struct text *out, const struct calendar *c, day d) {
  static const char *const names[] = { N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"),
                                       N_("星期六"), N_("星期日") };
  if (d == DAY_NONE) return;
  text_addf(out, "%s　", _(names[day_weekday(d) - 1]));
  switch (calendar_kind(c, d)) {
  case CALENDAR_REST: text_addf(out, _("%s放假"), calendar_holiday(c, d)); break;
  case CALENDAR_MAKEUP: text_add(out, _("上班（补班）")); break;
  default: text_add(out, calendar_is_workday(c, d) ? _("工作日") : _("休息日")); break;
  }
}

/* ---- the month */

struct month { day first, last; int year, month, lead; /* empty cells before the 1st */ };

static struct month month_of(const struct datepick *p) {
  struct month m;
  int dom;
  day d = p->chosen != DAY_NONE ? p->chosen : p->today;
  day_split(d, &m.year, &m.month, &dom);
  m.first = d - dom + 1;
  m.last = day_make(m.month == 12 ? m.year + 1 : m.year, m.month % 12 + 1, 1) - 1;
  m.lead = day_weekday(m.first) - 1;
  return m;
}

/* "1-7 国庆节　10 补班", or that nothing is published for the year. */
static void add_holidays(struct text *out, const struct calendar *c, struct month m) {
  if (!calendar_listed(c, m.year)) {
    text_add(out, _("放假安排还没有，按周一至五"));
    return;
  }
  for (day d = m.first; d <= m.last; ) {
    enum calendar_kind kind = calendar_kind(c, d);
    const char *name = calendar_holiday(c, d);
    day end = d;
    while (end < m.last && calendar_kind(c, end + 1) == kind && calendar_holiday(c, end + 1) == name) end++;
    if (kind != CALENDAR_PLAIN) {
      text_addf(out, "%s%d", out->len > 0 ? "　" : "", d - m.first + 1);
      if (end > d) text_addf(out, "-%d", end - m.first + 1);
      text_addf(out, " %s", kind == CALENDAR_REST ? name : _("补班"));
    }
    d = end + 1;
  }
}

static int weeks(struct month m) {
  return (m.lead + (m.last - m.first + 1) + 6) / 7;
}

/* Does a sign stand at that day?  The chosen one has brackets instead. */
static bool marked(const struct datepick *p, day d, struct month m) {
  return d != DAY_NONE && d != p->chosen && d >= m.first && d <= m.last;
}

bool datepick_legend(const struct datepick *p) {
  struct month m = month_of(p);
  return marked(p, p->today, m) || marked(p, p->due, m);
}

static void draw_legend(const struct datepick *p, struct screen *s, struct month m, int row) {
  struct text text = { 0 };
  if (marked(p, p->today, m) && p->today != p->due) text_add(&text, _("今：今天"));
  if (marked(p, p->due, m)) text_addf(&text, "%s%s", text.len > 0 ? "　" : "", _("期：到期日"));
  screen_fit(s, row, p->at.col, DATEPICK_COLS, ATTR_DIM, text_str(&text), false);
  text_free(&text);
}

int datepick_rows(const struct datepick *p, const struct calendar *c) {
  struct text names = { 0 };
  struct month m = month_of(p);
  add_holidays(&names, c, m);
  int rows = HEAD_ROWS + weeks(m) + (names.len > 0) + datepick_legend(p);
  text_free(&names);
  return rows;
}

static void draw_head(const struct datepick *p, struct screen *s, struct month m) {
  static const char *const names[] = { N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六休"), N_("日休") };
  struct text title = { 0 };
  text_addf(&title, _("%d年%d月"), m.year, m.month);
  int width = utf8_width(text_str(&title)), col = p->at.col;
  screen_put(s, p->at.row, col, CELL, ATTR_KEY, "[");
  screen_put(s, p->at.row, col + (DATEPICK_COLS - width) / 2, width, ATTR_STRONG, text_str(&title));
  screen_put(s, p->at.row, col + DATEPICK_COLS - CELL + 1, 1, ATTR_KEY, "]");
  for (int i = 0; i < 7 && p->at.rows > 1; i++)
    screen_put(s, p->at.row + 1, col + i * CELL, CELL, i < 5 ? ATTR_PLAIN : ATTR_DIM, _(names[i]));
  text_free(&title);
}

static void draw_day(const struct datepick *p, struct screen *s, int row, int col, const struct calendar *c,
                     day d, int dom) {
  struct text cell = { 0 };
  enum calendar_kind kind = calendar_kind(c, d);
  const char *sign = d == p->due ? _("期") : d == p->today ? _("今") : kind == CALENDAR_REST ? _("休")
                     : kind == CALENDAR_MAKEUP ? _("班") : "";
  enum attr attr = d == p->due ? ATTR_WARN : d == p->today ? ATTR_STRONG
                   : calendar_is_workday(c, d) ? ATTR_PLAIN : ATTR_DIM;
  if (d == p->chosen) text_addf(&cell, "[%d]", dom);
  else text_addf(&cell, "%2d%s", dom, sign);
  if (d == p->chosen && dom < 10) screen_put(s, row, col + 1, CELL - 1, ATTR_SELECTED, text_str(&cell));
  else screen_put(s, row, col, CELL, d == p->chosen ? ATTR_SELECTED : attr, text_str(&cell));
  text_free(&cell);
}

void datepick_draw(struct datepick *p, struct screen *s, struct rect at, const struct calendar *c) {
  struct month m = month_of(p);
  struct text names = { 0 };
  int rows = datepick_rows(p, c);
  p->at = (struct rect){ at.row, at.col, rows < at.rows ? rows : at.rows, DATEPICK_COLS };
  for (int i = 0; i < p->at.rows; i++) screen_fill(s, at.row + i, at.col, DATEPICK_COLS, ATTR_PLAIN);
  if (p->at.rows > 0) draw_head(p, s, m);
  for (day d = m.first; d <= m.last; d++) {
    int cell = m.lead + d - m.first, row = HEAD_ROWS + cell / 7;
    if (row < p->at.rows) draw_day(p, s, at.row + row, at.col + cell % 7 * CELL, c, d, d - m.first + 1);
  }
  add_holidays(&names, c, m);
  int below = HEAD_ROWS + weeks(m);
  if (names.len > 0 && below < p->at.rows)
    screen_fit(s, at.row + below++, at.col, DATEPICK_COLS, ATTR_DIM, text_str(&names), false);
  if (datepick_legend(p) && below < p->at.rows) draw_legend(p, s, m, at.row + below);
  text_free(&names);
}

day datepick_at(const struct datepick *p, int row, int col) {
  struct month m = month_of(p);
  row -= p->at.row;
  col -= p->at.col;
  if (row < 0 || row >= p->at.rows || col < 0 || col >= DATEPICK_COLS) return DAY_NONE;
  day from = p->chosen != DAY_NONE ? p->chosen : p->today;
  if (row == 0 && col < CELL) return date_months_on(from, -1);
  if (row == 0 && col >= DATEPICK_COLS - CELL) return date_months_on(from, 1);
  if (row < HEAD_ROWS) return DAY_NONE;
  day d = m.first + (row - HEAD_ROWS) * 7 + col / CELL - m.lead;
  return d >= m.first && d <= m.last ? d : DAY_NONE;
}
