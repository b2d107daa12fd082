/* CSV in and out.  A file is held whole in memory as UTF-8 and unquoted in place, so
 * that cells cost nothing; what Chinese spreadsheets write (GB 18030, BOM, CRLF) is
 * made plain once at opening.  Left out: other separators, comments, UTF-16.
 */
#include "base/csv.h"
#include "base/array.h"

#include "base/file.h"
#include "base/utf8.h"
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening ------------------------------------------------------------ */

static int line_of(const char *s, size_t offset) {
  int line = 1;
  for (const char *end = s + offset; (s = memchr(s, '\n', (size_t)(end - s))) != NULL; s++) line++;
  return line;
}

static enum status refuse(const struct csv *c, struct error *e, const char *id, int line, const char *text) {
  error_set(e, ST_DATA, id, "%s", text);
  error_at(e, c->file, line, NULL);
  return ST_DATA;
}

/* Text in UTF-8 with a few damaged bytes would still convert from GB 18030, to
 * nonsense.  Many sequences of three good bytes and few bad ones tell it. */
static bool is_damaged_utf8(const char *s, size_t n) {
  size_t good = 0, bad = 0, at;
  for (size_t i = 0; i < n; i++) {
    bool fine = utf8_valid(s + i, n - i, &at);
    size_t stop = fine ? n : i + at;
    for (; i < stop; i++) good += ((unsigned char)s[i] & 0xF0) == 0xE0;
    bad += !fine;
  }
  return good > bad;
}

/* Replace c->text, which is in GB 18030, by the same in UTF-8. */
static enum status from_gb18030(struct csv *c, struct error *e) {
  iconv_t cd = iconv_open("UTF-8", "GB18030");
  if (cd == (iconv_t)-1)
    return refuse(c, e, "csv.no-gb18030", 0, _("本机不能转换 GB 18030 编码，请另存为 UTF-8 的 CSV 再试"));
  struct text out = {0};
  char *in = c->text.s;
  size_t left = c->text.len;
  enum status st = ST_OK;
  while (left > 0 && st == ST_OK) {
    if (!text_reserve(&out, left + left / 2 + 16)) {
      st = error_nomem(e);
      break;
    }
    char *to = out.s + out.len;
    size_t room = out.cap - out.len - 1, had = left;
    size_t r = iconv(cd, &in, &left, &to, &room);
    out.len = (size_t)(to - out.s);
    out.s[out.len] = '\0';
    /* Not moved at all: a byte that is no GB 18030, or half a character at the end. */
    if (r == (size_t)-1 && left == had)
      st = refuse(c, e, "csv.encoding", line_of(c->text.s, c->text.len - left),
                  _("文字编码既不是 UTF-8 也不是 GB 18030，请用表格软件另存为 CSV（UTF-8）再试"));
  }
  iconv_close(cd);
  if (st == ST_OK) {
    text_free(&c->text);
    c->text = out;
    c->was_gb18030 = true;
  } else {
    text_free(&out);
  }
  return st;
}

/* What was read becomes plain UTF-8 without BOM. */
static enum status settle_encoding(struct csv *c, struct error *e) {
  const char *s = text_str(&c->text);
  size_t n = c->text.len, bad;
  bool bom = n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0;
  c->at = bom ? 3 : 0;
  if (utf8_valid(s, n, &bad)) return ST_OK;
  if (n >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0))
    return refuse(c, e, "csv.utf16", 1, _("这是“Unicode 文本”（UTF-16），请用表格软件另存为 CSV（UTF-8）再试"));
  if (n >= 4 && memcmp(s, "PK\3\4", 4) == 0)
    return refuse(c, e, "csv.workbook", 0, _("这是表格软件的工作簿（xlsx），请另存为 CSV（UTF-8）再试"));
  const char *nul = memchr(s, '\0', n);
  if (nul)
    return refuse(c, e, "csv.nul", line_of(s, (size_t)(nul - s)), _("文件里有空字节，不是文本，请另存为 CSV 再试"));
  if (bom || is_damaged_utf8(s, n))
    return refuse(c, e, "csv.damaged", line_of(s, bad), _("这一行有损坏的字符（不合 UTF-8），请改正后再试"));
  return from_gb18030(c, e);
}

static enum status start(struct csv *c, struct error *e) {
  c->next_line = 1;
  enum status st = text_ok(&c->text) && text_reserve(&c->text, 0) ? settle_encoding(c, e) : error_nomem(e);
  if (st != ST_OK) csv_close(c);
  return st;
}

static void set_name(struct csv *c, const char *name) {
  memset(c, 0, sizeof *c);
  snprintf(c->file, sizeof c->file, "%s", name);
}

enum status csv_open(struct csv *c, const char *path, struct error *e) {
  set_name(c, strcmp(path, "-") == 0 ? _("标准输入") : path);
  enum status st = file_read(path, CSV_MAX_BYTES, &c->text, e);
  if (st == ST_OK) return start(c, e);
  csv_close(c);
  return st;
}

enum status csv_open_text(struct csv *c, const char *name, const char *s, size_t n, struct error *e) {
  set_name(c, name);
  text_addn(&c->text, s, n);
  return start(c, e);
}

void csv_close(struct csv *c) {
  text_free(&c->text);
  free(c->cell);
  memset(c, 0, sizeof *c);
}

/* ---- reading rows ------------------------------------------------------- */

static bool push_cell(struct csv *c, char *cell) {
  if (!ARRAY_ROOM(c->cell, c->n, c->cap)) return false;
  c->cell[c->n++] = cell;
  return true;
}

/* Unquote the cell whose opening quote is at *p, in place.  *p moves behind the
 * closing quote; the cell's end is returned, NULL for an unclosed quote. */
static char *unquote(struct csv *c, char **p) {
  char *from = *p + 1, *to = *p;
  const char *end = c->text.s + c->text.len;
  for (; from < end; from++) {
    if (*from == '"' && *++from != '"') {
      *p = from;
      return to;
    }
    c->next_line += *from == '\n';
    *to++ = *from;
  }
  return NULL;
}

/* One cell from *p on.  Returns what ended it (',' '\n', or '\0' at the end of the
 * text), -1 on an error; *p is behind that. */
static int read_cell(struct csv *c, char **p, struct error *e) {
  char *cell = *p, *end;
  if (**p == '"') {
    int opened = c->next_line;
    end = unquote(c, p);
    if (!end) {
      refuse(c, e, "csv.unclosed", opened, _("这一行有一个双引号没有配对，后面的内容都被当成了一个格，请补上"));
      return -1;
    }
    if (**p == '\r' && ((*p)[1] == '\n' || (*p)[1] == '\0')) ++*p;
    if (**p != ',' && **p != '\n' && **p != '\0') {
      refuse(c, e, "csv.after-quote", c->next_line,
             _("双引号后面还有文字；格里的双引号要写成两个，整格再用双引号括起来"));
      return -1;
    }
  } else {
    *p += strcspn(*p, ",\n");
    end = *p;
    if (**p != ',' && end > cell && end[-1] == '\r') end--;
  }
  int stop = (unsigned char)**p;
  if (stop) ++*p;
  c->next_line += stop == '\n';
  *end = '\0';
  if (!push_cell(c, cell)) {
    error_nomem(e);
    return -1;
  }
  return stop;
}

int csv_next(struct csv *c, struct error *e) {
  const char *end = c->text.s + c->text.len;
  char *p = c->text.s + c->at;
  c->n = 0;
  while (*p == '\n' || (*p == '\r' && p[1] == '\n')) {
    c->next_line += *p == '\n';
    p++;
  }
  if (p >= end) return 0;
  c->line = c->next_line;
  int stop;
  do stop = read_cell(c, &p, e);
  while (stop == ',');
  /* After an error the rest cannot be told apart any more. */
  c->at = stop < 0 ? c->text.len : (size_t)(p - c->text.s);
  return stop < 0 ? -1 : 1;
}

const char *csv_cell(const struct csv *c, int i) { return i >= 0 && (size_t)i < c->n ? c->cell[i] : ""; }

bool csv_row_blank(const struct csv *c) {
  for (size_t i = 0; i < c->n; i++)
    if (*c->cell[i]) return false;
  return true;
}

enum status csv_row_fits(const struct csv *c, struct error *e) {
  size_t i = c->head_n;
  while (i < c->n && *c->cell[i] == '\0') i++;
  if (c->head_n == 0 || i >= c->n) return ST_OK;
  error_set(e, ST_DATA, "csv.too-wide", _("这一行比表头多出了“%s”；格里有逗号时，整格要用双引号括起来"), c->cell[i]);
  error_at(e, c->file, c->line, NULL);
  return ST_DATA;
}

/* ---- head --------------------------------------------------------------- */

/* Cut spaces (ideographic ones too) off both ends, in place. */
static char *trim(char *s) {
  uint32_t cp;
  int n;
  while ((n = utf8_decode(s, &cp)) > 0 && (cp == ' ' || cp == '\t' || cp == 0x3000)) s += n;
  char *end = s;
  for (char *p = s; (n = utf8_decode(p, &cp)) > 0; p += n)
    if (cp != ' ' && cp != '\t' && cp != 0x3000) end = p + n;
  *end = '\0';
  return s;
}

static enum status head_twice(const struct csv *c, struct error *e, const char *name) {
  error_set(e, ST_DATA, "csv.column-twice", _("表头里“%s”一栏出现了两次，请删去一栏"), name);
  error_at(e, c->file, c->line, name);
  return ST_DATA;
}

enum status csv_head(struct csv *c, const char *const *names, size_t n_names, int *map, struct text *unknown,
                     struct error *e) {
  for (size_t i = 0; i < n_names; i++) map[i] = -1;
  int r = csv_next(c, e);
  if (r < 0) return e ? e->status : ST_DATA;
  if (r == 0) return refuse(c, e, "csv.empty", 0, _("文件是空的，第一行应是表头"));
  c->head_n = c->n;
  for (size_t i = 0; i < c->n; i++) {
    char *name = trim(c->cell[i]);
    size_t k = 0;
    while (k < n_names && strcmp(name, names[k]) != 0) k++;
    if (k < n_names && map[k] >= 0) return head_twice(c, e, name);
    if (k < n_names) {
      map[k] = (int)i;
    } else if (unknown && *name) {
      if (unknown->len) text_addc(unknown, ',');
      text_add(unknown, name);
    }
  }
  return ST_OK;
}

/* ---- writing ------------------------------------------------------------ */

/* A plain number, which a spreadsheet reads as that number: -3, +4.50, -12%. */
static bool is_number(const char *s) {
  s += *s == '-' || *s == '+';
  size_t whole = strspn(s, "0123456789");
  if (whole == 0) return false;
  s += whole;
  if (*s == '.') {
    size_t part = strspn(s + 1, "0123456789");
    if (part == 0) return false;
    s += 1 + part;
  }
  s += *s == '%';
  return *s == '\0';
}

/* Apostrophes, none or more, and then a character that starts a formula.  Cells that
 * have an apostrophe of their own there get one more, so that nothing is lost
 * on the way out and in again. */
static bool looks_guarded(const char *s) {
  s += strspn(s, "'");
  return *s && strchr("=+-@\t\r", *s) != NULL;
}

void csv_add(struct text *out, const char *cell, bool first, bool guard) {
  if (!cell) cell = "";
  size_t n = strlen(cell);
  bool shield = guard && looks_guarded(cell) && !is_number(cell);
  bool edge = n > 0 && (cell[0] == ' ' || cell[n - 1] == ' ');
  if (!first) text_addc(out, ',');
  if (!edge && strcspn(cell, ",\"\r\n") == n) {
    if (shield) text_addc(out, '\'');
    text_addn(out, cell, n);
    return;
  }
  text_addc(out, '"');
  if (shield) text_addc(out, '\'');
  for (const char *quote; (quote = strchr(cell, '"')) != NULL; cell = quote + 1) {
    text_addn(out, cell, (size_t)(quote - cell) + 1);
    text_addc(out, '"');
  }
  text_add(out, cell);
  text_addc(out, '"');
}

const char *csv_unguard(const char *cell) { return *cell == '\'' && looks_guarded(cell) ? cell + 1 : cell; }
