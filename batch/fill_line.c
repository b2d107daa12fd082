/* mingbai fill: lines out and lines in.  No cursor, no colour: a screen reader and a serial terminal get
 * plain lines.  Where the input is no terminal the answers are written behind their questions, so that what
 * was said reads the same. */
#include "base/utf8.h"
#include "batch/fill.h"

#include <string.h>

#define LINE_LIMIT (TEXT_MAX_BYTES + 16) /* what is longer is refused by the validators */

void fill_say(struct fill *f, const char *fmt, ...) {
  struct text raw = { 0 }, clean = { 0 };
  va_list ap;
  va_start(ap, fmt);
  text_addvf(&raw, fmt, ap);
  va_end(ap);
  utf8_clean(&clean, text_str(&raw));
  fprintf(f->app->out, "%s\n", text_str(&clean));
  text_free(&raw);
  text_free(&clean);
}

/* A NUL would end the text early: it becomes a character that is refused. */
static bool read_line(struct fill *f, struct text *out) {
  int c = 0;
  bool any = false;
  text_clear(out);
  while ((c = getc(f->app->in)) != EOF && c != '\n') {
    any = true;
    if (out->len < LINE_LIMIT) text_addc(out, c != '\0' ? (char)c : '\1');
  }
  if (out->len > 0 && out->s[out->len - 1] == '\r') out->s[--out->len] = '\0';
  return c != EOF || any;
}

static void echo(struct fill *f, const char *line) {
  struct text clean = { 0 };
  if (f->app->typed) return;
  utf8_clean(&clean, line);
  fprintf(f->app->out, "%s\n", text_str(&clean));
  text_free(&clean);
}

static void trim(struct text *t) {
  const char *s = text_str(t);
  size_t blanks = strspn(s, " \t");
  if (blanks > 0) memmove(t->s, t->s + blanks, t->len - blanks + 1);
  t->len -= blanks;
  while (t->len > 0 && (t->s[t->len - 1] == ' ' || t->s[t->len - 1] == '\t')) t->s[--t->len] = '\0';
}

static bool read_answer(struct fill *f, const char *prompt) {
  struct text clean = { 0 };
  utf8_clean(&clean, prompt);
  fputs(text_str(&clean), f->app->out);
  text_free(&clean);
  fflush(f->app->out);
  if (!read_line(f, &f->line)) {
    fputc('\n', f->app->out);
    f->ended = true;
    return false;
  }
  echo(f, text_str(&f->line));
  trim(&f->line);
  return true;
}

bool fill_is(const struct fill *f, const char *letter) {
  struct text folded = { 0 };
  utf8_fold_text(&folded, text_str(&f->line));
  const char *s = text_str(&folded);
  bool is = strcasecmp(s, letter) == 0 || (*letter == '?' && strcmp(s, "？") == 0) ||
            (*letter == '.' && strcmp(s, "。") == 0);
  text_free(&folded);
  return is;
}

enum fill_answer fill_ask(struct fill *f, const char *prompt, const char *help,
                          void (*help_fn)(struct fill *f)) {
  for (;;) {
    if (f->failed != ST_OK || !read_answer(f, prompt)) return FILL_QUIT;
    if (fill_is(f, "?")) {
      if (help_fn != NULL) help_fn(f);
      if (help != NULL) fill_say(f, "%s", help);
      continue;
    }
    if (f->line.len == 0) return FILL_EMPTY;
    if (fill_is(f, "b")) return FILL_BACK;
    if (fill_is(f, "s")) return FILL_SKIP;
    if (fill_is(f, "q")) return FILL_QUIT;
    return FILL_VALUE;
  }
}

bool fill_lines(struct fill *f, struct text *out) {
  struct text line = { 0 };
  bool whole = false;
  while (!whole && read_line(f, &line)) {
    echo(f, text_str(&line));
    whole = strcmp(text_str(&line), ".") == 0 || strcmp(text_str(&line), "。") == 0;
    if (whole || out->len > LINE_LIMIT) continue;
    text_addc(out, '\n');
    text_add(out, text_str(&line));
  }
  f->ended = !whole;
  text_free(&line);
  return whole;
}

void fill_refuse(struct fill *f, const char *why) {
  f->refused = true;
  fill_say(f, _("不行：%s"), why);
}
