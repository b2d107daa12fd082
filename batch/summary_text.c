/* The summary for a terminal or a page of text: two lines a group, first what is missing and the
 * counts, below them the rates with numerator and denominator and a bar.  In division-code order and
 * never otherwise: rankings are forbidden, and a column to sort by is not offered. */
#include "base/utf8.h"
#include "batch/summary_write.h"

enum { COUNTS = 8, RATES = 3, GAP = 2, INDENT = 2, NAME_MIN = 12, NAME_MAX = 36, BAR_MIN = 4, BAR_MAX = 40 };

struct writing {
  const struct summary *s;
  struct summary_sink *k;
  int name, number[COUNTS], fraction, bar; /* columns of each part */
  int longest;                             /* longest name */
  int unit;                                /* whose heading was written last */
  size_t groups;
};

/* ---- what the columns hold: what is missing first ---- */

static const enum slot_state state_order[] = { STATE_OVERDUE, STATE_UNCHECKED, STATE_PENDING,
                                               STATE_PUBLISHED, STATE_LATE, STATE_NONE };

static const char *count_name(int i) {
  if (i == 0) return _("尚缺");
  return i == COUNTS - 1 ? _("应公开点") : state_name(state_order[i - 1]);
}

static uint32_t count_of(const struct tally *t, int i) {
  if (i == 0) return summary_missing(t);
  return i == COUNTS - 1 ? tally_slots(t) : t->state[state_order[i - 1]];
}

static const char *rate_name(int i) {
  static const char *const name[RATES] = { N_("填报率"), N_("公开率"), N_("及时率") };
  return _(name[i]);
}

static struct rate rate_of(const struct tally *t, int i) {
  return i == 0 ? tally_fill(t) : i == 1 ? tally_disclosure(t) : tally_on_time(t);
}

/* ---- names ---- */

static bool two_axes(const struct summary *s) {
  return s->by_unit != SUMMARY_ALL_UNITS && s->by_item != SUMMARY_ALL_ITEMS;
}

/* Between its townships the county's line is only its own items and its departments'. */
static void add_unit(struct text *out, const struct summary *s, const struct unit *u) {
  bool own = s->by_unit == SUMMARY_BY_TOWNSHIP && u->level == LEVEL_COUNTY;
  text_addf(out, own ? _("%s（县级）") : "%s", u->name);
}

static void add_label(struct text *out, const struct writing *w, const struct summary_group *g) {
  size_t n;
  const struct catalogue *c = wb_catalogue(w->s->wb);
  if (g->item >= 0) text_addf(out, "%s %s", c->items[g->item].id, item_title(&c->items[g->item]));
  else if (g->domain >= 0) text_addf(out, "%s %s", c->domains[g->domain].no, c->domains[g->domain].name);
  else if (g->unit >= 0) add_unit(out, w->s, &wb_units(w->s->wb, &n)[g->unit]);
  else text_add(out, _("全部"));
}

static bool measure(const struct summary_group *g, void *ctx) {
  struct writing *w = ctx;
  struct text t = { 0 };
  add_label(&t, w, g);
  int width = utf8_width(text_str(&t));
  if (width > w->longest) w->longest = width;
  w->groups++;
  text_free(&t);
  return true;
}

/* ---- widths ---- */

static int digits(uint32_t n) {
  int d = 1;
  for (; n >= 10; n /= 10) d++;
  return d;
}

static int clamp(int v, int low, int high) { return v < low ? low : v > high ? high : v; }

static void lay_out(struct writing *w) {
  int counts = 0, widest = digits(tally_slots(&w->s->total));
  for (int i = 0; i < COUNTS; i++) {
    int title = utf8_width(count_name(i));
    w->number[i] = title > widest ? title : widest;
    counts += w->number[i] + GAP - (i > 0 ? 1 : 0);
  }
  w->fraction = 2 * widest + 1;
  w->name = clamp(w->k->columns - counts, NAME_MIN, clamp(w->longest, NAME_MIN, NAME_MAX));
  int rates = INDENT + RATES * (6 + 1 + w->fraction + GAP);
  int cell = utf8_cp_width(0x2588);
  w->bar = clamp((w->k->columns - rates) / cell, BAR_MIN, BAR_MAX);
}

/* ---- lines ---- */

static void add_rule(struct writing *w) {
  text_pad(&w->k->text, '-', w->k->columns);
  text_addc(&w->k->text, '\n');
}

static void add_titles(struct writing *w) {
  struct text *t = &w->k->text;
  utf8_fit(t, "", w->name, false);
  for (int i = 0; i < COUNTS; i++) {
    text_pad(t, ' ', i == 0 ? GAP : 1);
    utf8_fit(t, count_name(i), w->number[i], true);
  }
  text_addc(t, '\n');
  text_pad(t, ' ', INDENT);
  for (int i = 0; i < RATES; i++) {
    text_pad(t, ' ', i > 0 ? GAP + 6 + 1 + w->fraction - utf8_width(rate_name(i - 1)) : 0);
    text_add(t, rate_name(i));
  }
  text_addc(t, '\n');
}

static void add_counts(struct writing *w, const char *label, const struct tally *tally) {
  struct text *t = &w->k->text;
  char number[16];
  utf8_fit(t, label, w->name, false);
  for (int i = 0; i < COUNTS; i++) {
    snprintf(number, sizeof number, "%u", count_of(tally, i));
    text_pad(t, ' ', i == 0 ? GAP : 1);
    utf8_fit(t, number, w->number[i], true);
  }
  text_addc(t, '\n');
}

/* "53.5%"; a rate that is not whole never reads 100.0%. */
static void add_percent(struct text *t, struct rate r) {
  char percent[16] = "—";
  double v = r.den > 0 ? 100.0 * r.num / r.den : 0;
  if (r.num < r.den && v > 99.9) v = 99.9;
  if (r.den > 0) snprintf(percent, sizeof percent, "%.1f%%", v);
  utf8_fit(t, percent, 6, true);
}

static void add_bar(struct writing *w, const struct tally *tally) {
  uint64_t all = tally_slots(tally), shown = tally->state[STATE_PUBLISHED] + tally->state[STATE_LATE];
  uint64_t cells = (uint64_t)w->bar, filled = shown + tally->state[STATE_NONE];
  int dark = all > 0 ? (int)(shown * cells / all) : 0, upto = all > 0 ? (int)(filled * cells / all) : 0;
  for (int i = 0; i < w->bar; i++) text_add(&w->k->text, i < dark ? "█" : i < upto ? "▒" : "░");
}

static void add_rates(struct writing *w, const struct tally *tally) {
  struct text *t = &w->k->text;
  char fraction[32];
  text_pad(t, ' ', INDENT);
  for (int i = 0; i < RATES; i++) {
    struct rate r = rate_of(tally, i);
    add_percent(t, r);
    snprintf(fraction, sizeof fraction, "%u/%u", r.num, r.den);
    text_addc(t, ' ');
    utf8_fit(t, r.den > 0 ? fraction : "", w->fraction, false);
    text_pad(t, ' ', GAP);
  }
  add_bar(w, tally);
  text_addc(t, '\n');
}

static void add_heading(struct writing *w, const struct summary_group *g) {
  size_t n;
  if (g->unit == w->unit || !two_axes(w->s)) return;
  const struct unit *u = &wb_units(w->s->wb, &n)[g->unit];
  if (w->unit >= 0) text_addc(&w->k->text, '\n');
  struct text name = { 0 };
  add_unit(&name, w->s, u);
  text_add(&w->k->text, _("【"));
  utf8_clean(&w->k->text, text_str(&name));
  text_addf(&w->k->text, _("】%s\n"), u->code);
  text_free(&name);
  w->unit = g->unit;
}

static bool add_group(const struct summary_group *g, void *ctx) {
  struct writing *w = ctx;
  struct text label = { 0 };
  add_heading(w, g);
  add_label(&label, w, g);
  add_counts(w, text_str(&label), g->tally);
  add_rates(w, g->tally);
  text_free(&label);
  return summary_flush(w->k);
}

static void add_top(struct writing *w) {
  size_t n;
  const struct unit *units = wb_units(w->s->wb, &n);
  struct text *t = &w->k->text;
  for (size_t i = 0; i < n; i++) {
    if (units[i].parent >= 0) continue;
    utf8_clean(t, units[i].name);
    text_addc(t, ' ');
    break;
  }
  period_add_cn(t, slots_period(w->s->plan));
  text_add(t, _("公开情况（截至"));
  day_add_iso(t, slots_on(w->s->plan));
  text_add(t, _("）\n"));
}

static void add_notes(struct writing *w) {
  static const char *const note[] = {
    N_("尚缺＝逾期未公开＋待确认。待确认：没有事件的事项还没有确认“本期无”，或长期公开的事项没有挂出。"),
    N_("填报率＝（已公开＋逾期公开＋本期无）÷应公开点：该填的填了多少。"),
    N_("公开率＝（已公开＋逾期公开）÷（已公开＋逾期公开＋逾期未公开＋期满仍未挂出的长期公开事项）：该公开的公开了多少。"),
    N_("及时率＝已公开÷与公开率相同的分母：按时公开了多少。“—”：还没有到期该公开的，不计算。"),
    N_("条形：█ 已公开　▒ 本期无　░ 其余。按行政区划代码排列，合计按应公开点相加，不排名次。"),
  };
  if (w->s->by_unit == SUMMARY_BY_TOWNSHIP)
    text_add(&w->k->text, _("乡镇各行含所属的村；“县级”一行只含县级和各部门的事项。\n"));
  for (size_t i = 0; i < sizeof note / sizeof *note; i++) text_addf(&w->k->text, "%s\n", _(note[i]));
}

void summary_text(const struct summary *s, struct summary_sink *k) {
  struct writing w = { .s = s, .k = k, .unit = -1 };
  summary_each(s, measure, &w);
  add_top(&w);
  if (w.groups == 0) {
    text_add(&k->text, _("这个统计期没有应公开点。\n"));
    return;
  }
  lay_out(&w);
  add_titles(&w);
  add_rule(&w);
  summary_each(s, add_group, &w);
  add_rule(&w);
  add_counts(&w, _("合计"), &s->total);
  add_rates(&w, &s->total);
  if (k->notes) add_notes(&w);
}
