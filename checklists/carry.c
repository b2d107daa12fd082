/* Finding the record before, and putting the new period's words into its texts.
 *
 * Only words that mean the old record's own period are touched, so a text that compares with another
 * quarter keeps it; what looks like a date is left alone.
 */
#include "checklists/carry.h"

#include <string.h>

/* ---- the record before */

struct search {
  bool recurs;
  struct period recurrence;
  struct slot_record best; /* no 0: none yet */
};

static bool later(const struct search *s, const struct slot_record *r) {
  if (s->best.no == 0) return true;
  if (s->recurs) return period_compare(r->period, s->best.period) > 0;
  if (r->event_on != s->best.event_on) return r->event_on > s->best.event_on;
  return r->no > s->best.no;
}

static bool look(int unit, int item, const struct slot_record *r, void *ctx) {
  struct search *s = ctx;
  (void)unit;
  (void)item;
  if (r->none || r->published_on == DAY_NONE) return true;
  if (s->recurs && (r->period.kind != s->recurrence.kind || period_compare(r->period, s->recurrence) >= 0))
    return true;
  if (later(s, r)) s->best = *r;
  return true;
}

enum status carry_find(struct workbook *wb, int unit, int item, struct period recurrence, struct record *from,
                       struct error *e) {
  enum cadence cadence = wb_catalogue(wb)->items[item].cadence;
  struct search s = { .recurs = cadence_recurs(cadence), .recurrence = recurrence };
  *from = (struct record){ 0 };
  if (cadence == CAD_STANDING) return ST_OK;
  enum status st = wb_scan(wb, unit, item, look, &s, e);
  return st == ST_OK && s.best.no != 0 ? wb_get(wb, s.best.no, from, e) : st;
}

/* ---- words of a period */

static const char *const numerals[] = { "〇", "一", "二", "三", "四", "五", "六",
                                        "七", "八", "九", "十", "十一", "十二" };

/* How a number was written. */
enum style { STYLE_NONE, STYLE_ASCII, STYLE_PADDED, STYLE_NUMERAL, STYLE_ORDINAL, STYLE_ORDINAL_NUMERAL };

struct words {
  struct text *out;
  struct period from, to;
  bool years;
};

static size_t starts(const char *p, const char *word) {
  size_t n = strlen(word);
  return strncmp(p, word, n) == 0 ? n : 0;
}

static bool digit_at(const char *p) {
  return *p >= '0' && *p <= '9';
}

static bool numeral_at(const char *p) {
  for (size_t i = 0; i <= 10; i++)
    if (starts(p, numerals[i]) > 0) return true;
  return false;
}

/* Behind a number at p; p where there is none. */
static const char *skip_number(const char *p) {
  while (digit_at(p) || numeral_at(p)) p += digit_at(p) ? 1 : strlen("一");
  return p;
}

/* A number with one of these words after it, as 30日, 12月, 三季度; not 一般. */
static bool number_of(const char *p, const char *const *units, size_t n) {
  const char *end = skip_number(p);
  for (size_t i = 0; i < n && end > p; i++)
    if (starts(end, units[i]) > 0) return true;
  return false;
}

/* After a month: a day of it? */
static bool day_follows(const char *p) {
  static const char *const units[] = { "日", "号", "-", "至", "—", "～" };
  return number_of(p, units, sizeof units / sizeof *units);
}

static void add_number(struct text *out, int n, enum style style) {
  if (style == STYLE_ORDINAL || style == STYLE_ORDINAL_NUMERAL) text_add(out, "第");
  if (style == STYLE_NUMERAL || style == STYLE_ORDINAL_NUMERAL) text_add(out, numerals[n]);
  else text_addf(out, style == STYLE_PADDED ? "%02d" : "%d", n);
}

/* That very number at p, written in some style.  Returns its length, 0: not there. */
static size_t read_number(const char *p, int n, bool ordinals, enum style *style) {
  static const enum style styles[] = { STYLE_ORDINAL_NUMERAL, STYLE_ORDINAL, STYLE_NUMERAL, STYLE_ASCII,
                                       STYLE_PADDED };
  for (size_t i = ordinals ? 0 : 2; i < sizeof styles / sizeof *styles; i++) {
    struct text form = { 0 };
    add_number(&form, n, styles[i]);
    size_t len = starts(p, text_str(&form));
    text_free(&form);
    if (len == 0) continue;
    *style = styles[i];
    return len;
  }
  return 0;
}

static void add_year(struct text *out, int year, enum style style) {
  static const int places[] = { 1000, 100, 10, 1 };
  if (style == STYLE_ASCII) text_addf(out, "%d", year);
  else
    for (int i = 0; i < 4; i++) text_add(out, numerals[year / places[i] % 10]);
}

static size_t read_year(const char *p, int year, enum style *style) {
  static const enum style styles[] = { STYLE_ASCII, STYLE_NUMERAL };
  for (int i = 0; i < 2; i++) {
    struct text form = { 0 };
    add_year(&form, year, styles[i]);
    text_add(&form, "年");
    size_t len = starts(p, text_str(&form));
    text_free(&form);
    if (len == 0) continue;
    *style = styles[i];
    return len;
  }
  return 0;
}

/* ---- the part of a year: each reads that of `from` at p and writes that of `to` */

static size_t quarter(const struct words *w, const char *p, struct text *out) {
  enum style style;
  size_t n = read_number(p, w->from.index, true, &style);
  if (n == 0 || starts(p + n, "季度") == 0) return 0;
  add_number(out, w->to.index, style);
  text_add(out, "季度");
  return n + strlen("季度");
}

static size_t half(const struct words *w, const char *p, struct text *out) {
  static const char *const names[] = { "", "上半年", "下半年" };
  size_t n = starts(p, names[w->from.index]);
  if (n > 0) text_add(out, names[w->to.index]);
  return n;
}

/* 6月, 06月, 六月; not in 6月30日. */
static size_t month(const struct words *w, const char *p, struct text *out) {
  enum style style;
  size_t n = read_number(p, w->from.index, false, &style);
  if (n == 0 || starts(p + n, "月") == 0) return 0;
  n += strlen("月");
  if (day_follows(p + n)) return 0;
  add_number(out, w->to.index, style);
  text_add(out, "月");
  return n;
}

static size_t read_dash(const char *p) {
  static const char *const dashes[] = { "-", "－", "—", "–", "~", "～", "至", "到" };
  for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
    if (starts(p, dashes[i]) > 0) return starts(p, dashes[i]);
  return 0;
}

static int first_month(struct period p) {
  int year, m, dom;
  day_split(period_first(p), &year, &m, &dom);
  return m;
}

static int last_month(struct period p) {
  int year, m, dom;
  day_split(period_last(p), &year, &m, &dom);
  return m;
}

/* 4-6月, 4月至6月, 四至六月 of a quarter or half year. */
static size_t months(const struct words *w, const char *p, struct text *out) {
  enum style first, last;
  size_t a = read_number(p, first_month(w->from), false, &first);
  if (a == 0) return 0;
  size_t unit = starts(p + a, "月");
  size_t dash = read_dash(p + a + unit);
  const char *second = p + a + unit + dash;
  size_t b = dash == 0 ? 0 : read_number(second, last_month(w->from), false, &last);
  if (b == 0 || starts(second + b, "月") == 0) return 0;
  size_t end = strlen("月");
  if (day_follows(second + b + end)) return 0;
  add_number(out, first_month(w->to), first);
  text_addn(out, p + a, unit + dash);
  add_number(out, last_month(w->to), last);
  text_add(out, "月");
  return a + unit + dash + b + end;
}

static size_t part_of_year(const struct words *w, const char *p, struct text *out) {
  size_t n = 0;
  switch (w->from.kind) {
  case PERIOD_MONTH: return month(w, p, out);
  case PERIOD_QUARTER: n = quarter(w, p, out); break;
  case PERIOD_HALF: n = half(w, p, out); break;
  default: return 0;
  }
  return n > 0 ? n : months(w, p, out);
}

/* ---- whole words */

/* After a year: something that makes it another period or a date? */
static bool more_of_a_date(const char *p) {
  static const char *const units[] = { "月", "季度", "-", "至", "—", "～" };
  static const char *const parts[] = { "上半年", "下半年", "初", "底", "末" };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (starts(p, parts[i]) > 0) return true;
  return number_of(p + starts(p, "第"), units, sizeof units / sizeof *units);
}

/* 2026Q2, 2026H1, 2026-06 */
static size_t compact(const struct words *w, const char *p) {
  struct text form = { 0 };
  if (w->from.kind == PERIOD_YEAR) return 0;
  period_add(&form, w->from);
  size_t n = starts(p, text_str(&form));
  text_free(&form);
  if (n == 0 || digit_at(p + n) || p[n] == '-') return 0;
  period_add(w->out, w->to);
  return n;
}

static size_t with_year(const struct words *w, const char *p) {
  enum style style;
  struct text part = { 0 };
  size_t year = read_year(p, w->from.year, &style);
  if (year == 0) return 0;
  size_t gap = starts(p + year, "度") + strspn(p + year, " ");
  size_t n = part_of_year(w, p + year + gap, &part);
  bool bare = n == 0 && (w->years || w->from.kind == PERIOD_YEAR) && !more_of_a_date(p + year + gap);
  if (n > 0 || bare) {
    add_year(w->out, w->to.year, style);
    text_addn(w->out, p + year - strlen("年"), strlen("年") + gap);
    text_add(w->out, text_str(&part));
  }
  text_free(&part);
  return n > 0 || bare ? year + gap + n : 0;
}

/* A period named without its year is that of any year near: 二季度.  Not after the year of another one. */
static size_t without_year(const struct words *w, const char *begin, const char *p) {
  size_t year = strlen("年");
  if (p >= begin + year && starts(p - year, "年") > 0) return 0;
  return part_of_year(w, p, w->out);
}

static bool number_before(const char *begin, const char *p) {
  size_t n = strlen("一");
  return p > begin && (digit_at(p - 1) || ((size_t)(p - begin) >= n && numeral_at(p - n)));
}

void carry_words(struct text *out, const char *text, struct period from, struct period to, bool years) {
  struct words w = { out, from, to, years };
  const char *p = text;
  while (*p != '\0') {
    size_t n = 0;
    if (from.kind != PERIOD_NONE && from.kind == to.kind && !number_before(text, p)) {
      n = compact(&w, p);
      if (n == 0) n = with_year(&w, p);
      if (n == 0) n = without_year(&w, text, p);
    }
    if (n == 0) text_addc(out, *p++);
    else p += n;
  }
}

/* ---- proposals */

bool carry_field(enum record_field f) {
  return f == FIELD_TITLE || f == FIELD_BODY || f == FIELD_CHANNELS || f == FIELD_URL || f == FIELD_PHONE;
}

enum status carry_propose(const struct record *from, struct period recurrence, struct record *out,
                          struct error *e) {
  struct period before = { 0 };
  enum status st = ST_OK;
  *out = (struct record){ .unit = from->unit, .item = from->item };
  if (!period_parse(record_get(from, FIELD_PERIOD), &before)) before = (struct period){ 0 };
  for (int i = 0; i < FIELD_COUNT && st == ST_OK; i++) {
    enum record_field f = (enum record_field)i;
    struct text value = { 0 };
    if (!carry_field(f) || str_empty(from->value[f])) continue;
    if (f == FIELD_TITLE || f == FIELD_BODY)
      carry_words(&value, from->value[f], before, recurrence, f == FIELD_TITLE);
    else text_add(&value, from->value[f]);
    out->value[f] = text_take(&value);
    if (out->value[f] == NULL) st = error_nomem(e);
  }
  if (st != ST_OK) record_free(out);
  return st;
}
