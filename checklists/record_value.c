/* One value of a record, by itself: what a clerk keys or a spreadsheet holds is brought into
 * its one canonical form, or refused with what is wrong and what to write instead.  What values mean
 * together is in record.c.  Nothing is guessed: a date in doubt is no date.
 */
#include "checklists/record.h"

#include "base/csv.h"
#include "base/utf8.h"
#include <string.h>

/* A value under examination: text of n bytes, blanks cut off both ends. */
struct value {
  enum record_field field;
  const char *s;
  size_t n;
  struct text *out;
  struct error *e;
};

/* The beginning of a foreign text, fit to stand in a message. */
static void show(struct text *out, const char *s, size_t n) {
  struct text whole = {0}, clean = {0};
  text_addn(&whole, s, n);
  utf8_clean(&clean, text_str(&whole));
  int width = utf8_width(text_str(&clean));
  utf8_fit(out, text_str(&clean), width < 40 ? width : 40, false);
  text_free(&whole);
  text_free(&clean);
}

static enum status refuse(const struct value *v, const char *id, const char *why) {
  struct text shown = {0};
  show(&shown, v->s, v->n);
  error_set(v->e, ST_DATA, id, _("%s“%s”不对：%s"), field_name(v->field), text_str(&shown), why);
  error_at(v->e, NULL, 0, field_key(v->field));
  text_free(&shown);
  return ST_DATA;
}

static bool is_blank(uint32_t cp) {
  return cp == ' ' || cp == '\t' || cp == '\r' || cp == '\n' || cp == 0x3000;
}

/* Of a body only the end is trimmed: blanks at its beginning are an indent. */
static void trim(struct value *v) {
  const char *end = v->s;
  uint32_t cp;
  int n;
  if (field_kind(v->field) != KIND_TEXT)
    while ((n = utf8_decode(v->s, &cp)) > 0 && is_blank(cp)) v->s += n;
  for (const char *p = v->s; (n = utf8_decode(p, &cp)) > 0; p += n)
    if (!is_blank(cp)) end = p + n;
  v->n = end > v->s ? (size_t)(end - v->s) : 0;
}

static enum status check_day(struct value *v) {
  day d;
  struct text one = {0};
  text_addn(&one, v->s, v->n);
  bool good = day_parse(text_str(&one), &d);
  text_free(&one);
  if (!good) return refuse(v, "record.date", _("请写 1980 年到 2099 年之间有的日期，如 2026-09-03"));
  day_add_iso(v->out, d);
  return ST_OK;
}

static enum status check_period(struct value *v) {
  struct period p;
  struct text one = {0};
  text_addn(&one, v->s, v->n);
  bool good = period_parse(text_str(&one), &p);
  text_free(&one);
  if (!good) return refuse(v, "record.period", _("请写月份 2026-07、季度 2026Q3、半年 2026H2 或年度 2026"));
  period_add(v->out, p);
  return ST_OK;
}

static enum status check_line(struct value *v) {
  uint32_t cp;
  for (size_t i = 0; i < v->n;) {
    i += (size_t)utf8_decode(v->s + i, &cp);
    if (cp == '\n' || cp == '\r') return refuse(v, "record.line", _("这一栏只能写一行，请去掉换行"));
    if (utf8_is_control(cp)) return refuse(v, "record.control", _("里面有看不见的控制字符，请删去后重写"));
  }
  text_addn(v->out, v->s, v->n);
  return ST_OK;
}

/* A body keeps its lines and tabs; every line ends in one newline. */
static enum status check_text(struct value *v) {
  struct text plain = {0};
  uint32_t cp;
  for (size_t i = 0; i < v->n;) {
    int n = utf8_decode(v->s + i, &cp);
    const char *from = v->s + i;
    i += (size_t)n;
    if (cp == '\r') {
      if (i < v->n && v->s[i] == '\n') continue;
      from = "\n";
    } else if (cp != '\n' && cp != '\t' && utf8_is_control(cp)) {
      text_free(&plain);
      return refuse(v, "record.control", _("里面有看不见的控制字符，请删去后重写"));
    }
    text_addn(&plain, from, (size_t)n);
  }
  if (text_ok(&plain)) text_addn(v->out, text_str(&plain), plain.len);
  else v->out->failed = true;
  text_free(&plain);
  return ST_OK;
}

/* A table is a CSV text: it must come apart into cells, or the sheet cannot be printed. */
static enum status check_table(struct value *v) {
  size_t start = v->out->len;
  enum status st = check_text(v);
  if (st != ST_OK || !text_ok(v->out)) return st;
  struct csv c;
  struct error why;
  st = csv_open_text(&c, "", v->out->s + start, v->out->len - start, &why);
  if (st == ST_OK) {
    int r;
    while ((r = csv_next(&c, &why)) == 1) continue;
    if (r < 0) st = why.status;
    csv_close(&c);
  }
  if (st == ST_OK) return ST_OK;
  error_set(v->e, ST_DATA, "record.table", _("附表第 %d 行：%s"), why.line, why.text);
  error_at(v->e, NULL, 0, field_key(v->field));
  return ST_DATA;
}

static enum status unknown_channel(const struct value *v, const char *name) {
  struct text all = {0}, shown = {0};
  show(&shown, name, strlen(name));
  for (int i = 0; channel_name(i); i++) text_addf(&all, "%s%s", i ? "、" : "", channel_name(i));
  error_set(v->e, ST_DATA, "record.channel", _("没有公开渠道“%s”，只能写：%s"), text_str(&shown), text_str(&all));
  error_at(v->e, NULL, 0, field_key(v->field));
  text_free(&shown);
  text_free(&all);
  return ST_DATA;
}

static bool is_channel_separator(uint32_t cp) {
  return is_blank(cp) || cp == ';' || cp == ',' || cp == 0xFF1B || cp == 0xFF0C || cp == 0x3001;
}

static enum status check_channels(struct value *v) {
  unsigned bits = 0;
  enum status st = ST_OK;
  struct text name = {0};
  uint32_t cp;
  for (size_t i = 0; st == ST_OK && i <= v->n;) {
    int n = i < v->n ? utf8_decode(v->s + i, &cp) : 1;
    bool ends = i >= v->n || is_channel_separator(cp);
    if (!ends) text_addn(&name, v->s + i, (size_t)n);
    i += (size_t)n;
    if (!ends || name.len == 0) continue;
    int channel = channel_find(name.s);
    if (channel < 0) st = unknown_channel(v, name.s);
    else bits |= 1u << channel;
    text_clear(&name);
  }
  text_free(&name);
  if (st != ST_OK) return st;
  for (int i = 0, given = 0; channel_name(i); i++)
    if (bits & 1u << i) text_addf(v->out, "%s%s", given++ ? ";" : "", channel_name(i));
  return ST_OK;
}

static enum status check_url(struct value *v) {
  struct text url = {0};
  struct text raw = {0};
  text_addn(&raw, v->s, v->n);
  utf8_fold_text(&url, text_str(&raw));
  text_free(&raw);
  const char *why = NULL, *s = text_str(&url);
  size_t scheme = strncmp(s, "http://", 7) == 0 ? 7 : strncmp(s, "https://", 8) == 0 ? 8 : 0;
  uint32_t cp;
  if (scheme == 0) why = _("网址要以 http:// 或 https:// 开头");
  else if (s[scheme] == '\0' || strchr("/?#.:@", s[scheme])) why = _("网址里没有网站的名字");
  for (int n; !why && (n = utf8_decode(s, &cp)) > 0; s += n) {
    if (is_blank(cp)) why = _("网址里不能有空格或换行");
    else if (utf8_is_control(cp) || (cp < 0x80 && strchr("\"<>\\^`{|}", (int)cp))) why = _("网址里有不能用的字符");
  }
  if (!why) text_addn(v->out, text_str(&url), url.len);
  text_free(&url);
  return why ? refuse(v, "record.url", why) : ST_OK;
}

static enum status (*const checks[])(struct value *v) = {
    [KIND_PERIOD] = check_period,     [KIND_DAY] = check_day, [KIND_LINE] = check_line,
    [KIND_CHANNELS] = check_channels, [KIND_URL] = check_url, [KIND_TEXT] = check_text,
};
static const size_t limits[] = {
    [KIND_PERIOD] = LINE_MAX_BYTES,   [KIND_DAY] = LINE_MAX_BYTES, [KIND_LINE] = LINE_MAX_BYTES,
    [KIND_CHANNELS] = LINE_MAX_BYTES, [KIND_URL] = URL_MAX_BYTES,  [KIND_TEXT] = TEXT_MAX_BYTES,
};

static enum status refuse_length(const struct value *v, size_t limit) {
  error_set(v->e, ST_DATA, "record.too-long", _("%s太长：有 %zu 字节，最多 %zu 字节（约 %zu 个汉字）"),
            field_name(v->field), v->n, limit, limit / 3);
  error_at(v->e, NULL, 0, field_key(v->field));
  return ST_DATA;
}

enum status record_check_field(enum record_field f, const char *value, struct text *out, struct error *e) {
  struct value v = {.field = f, .s = value ? value : "", .out = out, .e = e};
  if (!utf8_valid(v.s, strlen(v.s), NULL)) {
    error_set(e, ST_DATA, "record.encoding", _("%s里有损坏的字符（不合 UTF-8），请重写"), field_name(f));
    error_at(e, NULL, 0, field_key(f));
    return ST_DATA;
  }
  trim(&v);
  if (v.n == 0) return ST_OK;
  size_t limit = limits[field_kind(f)], start = out->len;
  if (v.n > limit) return refuse_length(&v, limit);
  enum status st = f == FIELD_TABLE ? check_table(&v) : checks[field_kind(f)](&v);
  if (st == ST_OK && !text_ok(out)) return error_nomem(e);
  if (st != ST_OK && out->s && out->len > start) out->s[out->len = start] = '\0';
  return st;
}
