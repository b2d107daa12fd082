/* Scanning configuration text before libconfig sees it.
 *
 * Does: UTF-8, @include (only inside one folder, links followed), file and line of everything, and the faults
 * that people make with an editor, each in words: a quote not closed on its line, a bracket without its
 * partner, Chinese or full-width punctuation outside quotes, a number that does not fit.
 * Leaves out: grammar.  What is left of syntax errors is found by libconfig and reported by conf.c.
 * Stricter than libconfig in one point: a string ends on the line it began (long texts are written as several
 * strings one after another), so that a forgotten quote is reported where it is.
 */
#include "checklists/conf_source.h"
#include "base/array.h"
#include "base/file.h"
#include "base/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CONF_MAX_BYTES ((size_t)4 << 20)
#define INCLUDE_MAX 8

/* One file while it is scanned. */
struct scan {
  struct conf_source *s;
  const char *p, *end;
  int file, line, level; /* line from 1; level: depth of inclusion */
  bool foreign_reported; /* one report of stray Chinese a line is enough */
};

static void add_error(struct conf_source *s, const char *id, const char *file, int line, const char *fmt,
                      va_list ap) {
  struct text words = {0};
  text_addvf(&words, fmt, ap);
  s->errors++;
  findings_add(s->f, SEV_ERROR, id, file, line, NULL, "%s", text_str(&words));
  text_free(&words);
}

MB_PRINTF(5, 6)
static void source_error(struct conf_source *s, const char *id, const char *file, int line, const char *fmt,
                         ...) {
  va_list ap;
  va_start(ap, fmt);
  add_error(s, id, file, line, fmt, ap);
  va_end(ap);
}

/* At the place that is being scanned. */
MB_PRINTF(3, 4)
static void scan_error(struct scan *c, const char *id, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  add_error(c->s, id, c->s->file[c->file], c->line, fmt, ap);
  va_end(ap);
}

static void no_memory(struct conf_source *s) {
  source_error(s, "memory", NULL, 0, "%s", _("内存不足"));
}

/* A new line of flat text begins; it comes from the present file and line. */
static void begin_line(struct scan *c) {
  struct conf_source *s = c->s;
  if (!ARRAY_ROOM(s->place, s->n, s->cap)) return no_memory(s);
  s->place[s->n++] = (struct conf_place){c->file, c->line};
}

static void newline(struct scan *c) {
  text_addc(&c->s->text, '\n');
  begin_line(c);
}

static void note_string(struct scan *c) {
  struct conf_source *s = c->s;
  if (s->in_string_run) return;
  s->in_string_run = true;
  if (!ARRAY_ROOM(s->string, s->n_strings, s->cap_strings)) return no_memory(s);
  s->string[s->n_strings++] = s->n - 1;
}

/* ---- tokens: each takes what stands at c->p and copies it */

static void take_string(struct scan *c) {
  note_string(c);
  const char *p = c->p + 1;
  while (p < c->end && *p != '"' && *p != '\n') {
    if (*p == '\\' && c->end - p >= 4 && p[1] == 'x' && p[2] == '0' && p[3] == '0')
      scan_error(c, "conf.syntax", "%s", _("文字里不能有 \\x00"));
    p += *p == '\\' && p + 1 < c->end && p[1] != '\n' ? 2 : 1;
  }
  if (p > c->end) p = c->end;
  bool closed = p < c->end && *p == '"';
  if (!closed)
    scan_error(c, "conf.syntax", "%s", _("这一行的英文双引号没有配对；一段文字要在同一行里用 \" 开头、用 \" 结尾，长文字可分成几段，每段都加引号"));
  if (closed) p++;
  text_addn(&c->s->text, c->p, (size_t)(p - c->p));
  if (!closed) text_addc(&c->s->text, '"');
  c->p = p;
}

static void skip_line_comment(struct scan *c) {
  while (c->p < c->end && *c->p != '\n') c->p++;
}

static void skip_block_comment(struct scan *c) {
  int start = c->line;
  c->p += 2;
  while (c->p < c->end && !(c->p[0] == '*' && c->p + 1 < c->end && c->p[1] == '/')) {
    if (*c->p++ == '\n') {
      c->line++;
      newline(c);
    }
  }
  if (c->p >= c->end) {
    c->line = start;
    scan_error(c, "conf.syntax", "%s", _("从这里开始的说明 /* 没有用 */ 结束"));
    return;
  }
  c->p += 2;
  text_addc(&c->s->text, ' ');
}

static const char brackets[] = "{}()[]";

static char partner(char c) {
  const char *at = strchr(brackets, c);
  return brackets[(at - brackets) ^ 1];
}

static void take_bracket(struct scan *c) {
  struct conf_source *s = c->s;
  char b = *c->p++;
  text_addc(&s->text, b);
  if (strchr("{([", b)) {
    if (s->depth < CONF_DEPTH_MAX) s->open[s->depth] = (struct conf_open){b, s->n - 1};
    else if (s->depth == CONF_DEPTH_MAX) scan_error(c, "conf.syntax", "%s", _("括号套得太深"));
    s->depth++;
    return;
  }
  if (s->depth > CONF_DEPTH_MAX) {
    s->depth--;
  } else if (s->depth > 0 && s->open[s->depth - 1].bracket == partner(b)) {
    s->depth--;
  } else if (s->depth == 0) {
    scan_error(c, "conf.syntax", _("多了一个“%c”，前面没有和它配对的“%c”"), b, partner(b));
  } else {
    struct conf_open o = s->open[--s->depth];
    const char *file;
    int line = conf_source_place(s, o.line, &file);
    scan_error(c, "conf.syntax", _("这里的“%c”和第 %d 行的“%c”不配对"), b, line, o.bracket);
  }
}

/* A name or a number.  libconfig 1.5 would take 99999999999 for some other number without a word. */
static void take_word(struct scan *c) {
  const char *p = c->p;
  while (p < c->end && (isalnum((unsigned char)*p) || strchr("_*.+-", *p))) p++;
  char number[40];
  size_t n = (size_t)(p - c->p), digits = 0;
  if (n < sizeof number) {
    memcpy(number, c->p, n);
    number[n] = '\0';
    digits = strspn(number + (*number == '-' || *number == '+'), "0123456789");
    digits += *number == '-' || *number == '+';
  }
  errno = 0;
  long long v = n < sizeof number && digits == n ? strtoll(number, NULL, 10) : 0;
  if (errno == ERANGE || v > INT_MAX || v < INT_MIN || (n >= sizeof number && isdigit((unsigned char)*c->p)))
    scan_error(c, "conf.range", "%s", _("数字太大"));
  text_addn(&c->s->text, c->p, n);
  c->p = p;
}

/* Bytes above ASCII outside quotes: nearly always typed with the input method still on. */
static void take_foreign(struct scan *c) {
  char shown[80];
  size_t n = 0;
  while (c->p < c->end && (unsigned char)*c->p >= 0x80) {
    uint32_t cp;
    int len = utf8_decode(c->p, &cp);
    if (n + (size_t)len < sizeof shown - 1) {
      memcpy(shown + n, c->p, (size_t)len);
      n += (size_t)len;
    }
    c->p += len;
  }
  shown[n] = '\0';
  text_addc(&c->s->text, ' ');
  if (c->foreign_reported) return;
  c->foreign_reported = true;
  scan_error(c, "conf.syntax", _("引号外面不能有汉字或全角符号（“%s”）；引号、分号、逗号、括号要用英文半角"), shown);
}

/* ---- include */

static bool scan_file(struct conf_source *s, const char *path, int level, struct scan *from);

static bool same_folder(const char *folder, const char *resolved) {
  size_t n = strlen(folder);
  while (n > 0 && folder[n - 1] == '/') n--; /* the root folder */
  return strncmp(folder, resolved, n) == 0 && resolved[n] == '/';
}

static void include(struct scan *c, const char *name, size_t n) {
  struct conf_source *s = c->s;
  struct text dir = {0}, path = {0}, wanted = {0};
  char *resolved = NULL;
  struct stat st;
  text_addn(&wanted, name, n);
  path_dir(&dir, s->file[c->file]);
  path_join(&path, text_str(&dir), text_str(&wanted));
  if (!text_ok(&path) || !text_ok(&wanted)) {
    no_memory(s);
  } else if (c->level >= INCLUDE_MAX) {
    scan_error(c, "conf.include", "%s", _("@include 套得太深，也可能是文件互相包含"));
  } else if ((resolved = realpath(text_str(&path), NULL)) == NULL) {
    scan_error(c, "conf.include", _("@include 的文件“%.200s”打不开：%s"), text_str(&wanted), error_errno(errno));
  } else if (!same_folder(s->inside, resolved)) {
    scan_error(c, "conf.include", _("@include 只能用本文件夹里的文件，“%.200s”在文件夹外面"), text_str(&wanted));
  } else if (stat(resolved, &st) != 0 || !S_ISREG(st.st_mode)) {
    scan_error(c, "conf.include", _("@include 的“%.200s”不是普通文件"), text_str(&wanted));
  } else {
    text_addc(&s->text, '\n');
    scan_file(s, text_str(&path), c->level + 1, c);
    newline(c);
  }
  free(resolved);
  text_free(&dir);
  text_free(&path);
  text_free(&wanted);
}

static void take_at(struct scan *c, bool line_start) {
  static const char word[] = "@include";
  const char *p = c->p;
  size_t left = (size_t)(c->end - p);
  if (line_start && left > sizeof word && memcmp(p, word, sizeof word - 1) == 0) {
    p += sizeof word - 1;
    while (p < c->end && (*p == ' ' || *p == '\t')) p++;
    const char *name = p + 1;
    if (p < c->end && *p == '"') {
      for (p++; p < c->end && *p != '"' && *p != '\n' && *p != '\\'; p++) continue;
      if (p < c->end && *p == '"' && p > name) {
        c->p = p + 1;
        include(c, name, (size_t)(p - name));
        return;
      }
    }
  }
  scan_error(c, "conf.syntax", "%s", _("@include 要单独写一行，写成 @include \"文件名\"（文件名里不用反斜杠）"));
  c->p++;
}

/* ---- the loop */

static void take_newline(struct scan *c) {
  c->p++;
  c->line++;
  c->foreign_reported = false;
  newline(c);
}

static void scan_text(struct scan *c) {
  bool line_start = true;
  while (c->p < c->end) {
    char ch = *c->p, next = c->p + 1 < c->end ? c->p[1] : '\0';
    if (ch == '\n') {
      take_newline(c);
      line_start = true;
      continue;
    }
    if (strchr(" \t\r\f", ch)) {
      text_addc(&c->s->text, *c->p++);
      continue;
    }
    if (ch == '#' || (ch == '/' && next == '/')) skip_line_comment(c);
    else if (ch == '/' && next == '*') skip_block_comment(c);
    else if (ch == '"') take_string(c);
    else if (ch == '@') take_at(c, line_start); /* strings continue across an include, too */
    else {
      c->s->in_string_run = false;
      if (strchr(brackets, ch)) take_bracket(c);
      else if ((unsigned char)ch >= 0x80) take_foreign(c);
      else if (isalnum((unsigned char)ch) || strchr("_*.+-", ch)) take_word(c);
      else text_addc(&c->s->text, *c->p++);
    }
    line_start = false;
  }
}

static int line_at(const char *s, size_t offset) {
  int line = 1;
  for (size_t i = 0; i < offset; i++) line += s[i] == '\n';
  return line;
}

static int add_file(struct conf_source *s, const char *path) {
  char **more = realloc(s->file, (s->n_files + 1) * sizeof *more);
  if (more == NULL) return -1;
  s->file = more;
  more[s->n_files] = str_dup(path);
  return more[s->n_files] ? (int)s->n_files++ : -1;
}

/* from: the file that includes this one, for the place of errors; NULL for the first. */
static bool scan_file(struct conf_source *s, const char *path, int level, struct scan *from) {
  struct text raw = {0};
  struct error e = {0};
  size_t bad = 0;
  struct scan c = {.s = s, .line = 1, .level = level};
  c.file = add_file(s, path);
  if (c.file < 0) {
    no_memory(s);
    return false;
  }
  if (file_read(path, CONF_MAX_BYTES, &raw, &e) != ST_OK) {
    if (from) error_at(&e, s->file[from->file], from->line, NULL);
    s->errors++;
    findings_add_error(s->f, SEV_ERROR, &e);
  } else if (!utf8_valid(text_str(&raw), raw.len, &bad)) {
    c.line = line_at(text_str(&raw), bad);
    scan_error(&c, "conf.encoding", "%s", _("这一行不是 UTF-8 文字；请用编辑器把文件另存为 UTF-8 编码"));
  } else if (raw.len + s->text.len > CONF_MAX_BYTES) {
    scan_error(&c, "conf.too-big", "%s", _("连同包含的文件超过 4 MiB"));
  } else {
    c.p = text_str(&raw);
    c.end = c.p + raw.len;
    if (strncmp(c.p, "\xEF\xBB\xBF", 3) == 0) c.p += 3; /* as Notepad writes it */
    begin_line(&c);
    scan_text(&c);
  }
  text_free(&raw);
  return s->errors == 0;
}

int conf_source_place(const struct conf_source *s, size_t n, const char **file) {
  *file = s->n_files ? s->file[0] : NULL;
  if (s->n == 0) return 1;
  struct conf_place p = s->place[n < s->n ? n : s->n - 1];
  *file = s->file[p.file];
  return p.line;
}

/* Brackets still open at the end; only when nothing else is wrong, or every fault would be told twice. */
static void report_open(struct conf_source *s) {
  if (s->errors > 0) return;
  for (int i = 0; i < s->depth && i < CONF_DEPTH_MAX; i++) {
    const char *file;
    int line = conf_source_place(s, s->open[i].line, &file);
    source_error(s, "conf.syntax", file, line, _("这里的“%c”到文件结尾也没有用“%c”结束"), s->open[i].bracket,
                 partner(s->open[i].bracket));
  }
}

bool conf_source_read(struct conf_source *s, const char *path, const char *inside, struct findings *f) {
  struct text dir = {0};
  *s = (struct conf_source){.f = f};
  path_dir(&dir, path);
  s->inside = realpath(inside ? inside : text_str(&dir), NULL);
  text_free(&dir);
  if (s->inside == NULL) {
    struct error e = {0};
    error_sys(&e, ST_NOINPUT, inside ? inside : path, _("打开"));
    findings_add_error(f, SEV_ERROR, &e);
    return false;
  }
  scan_file(s, path, 0, NULL);
  report_open(s);
  if (!text_ok(&s->text)) no_memory(s);
  return s->errors == 0;
}

void conf_source_fini(struct conf_source *s) {
  text_free(&s->text);
  free(s->place);
  free(s->string);
  for (size_t i = 0; i < s->n_files; i++) free(s->file[i]);
  free(s->file);
  free(s->inside);
  *s = (struct conf_source){0};
}
