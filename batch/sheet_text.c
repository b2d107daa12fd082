/* Filling in {names}.  See sheet_text.h. */
#include "batch/sheet_text.h"
#include <stdio.h>
#include <string.h>

static const char *value_of(const struct scope *s, const char *name, char buf[16]) {
  int i = s->rows ? sheet_field(s->rows, name) : -1;
  if (i >= 0) return s->cells[i];
  int page = strcmp(name, "page") == 0 ? s->page : strcmp(name, "pages") == 0 ? s->pages : 0;
  if (page == 0) return sheet_get(s->d, name);
  snprintf(buf, 16, "%d", page);
  return buf;
}

/* One line of a pattern; false when it has names and all of them are empty. */
static bool fill_line(struct text *out, const char *line, size_t n, const struct scope *s) {
  size_t at = 0, begin, done = 0;
  char name[32], buf[16];
  int names = 0, empty = 0;
  while (done < n && template_name(line, &at, &begin, name) > 0 && begin < n) {
    const char *v = value_of(s, name, buf);
    text_addn(out, line + done, begin - done);
    text_add(out, v);
    names++;
    empty += *v == '\0';
    done = at;
  }
  if (done < n) text_addn(out, line + done, n - done);
  return names == 0 || empty < names;
}

/* "{{" was kept so far; it stands for one brace. */
static void fill_braces(struct text *t, size_t from) {
  char *s = t->s;
  if (!s || !strstr(s + from, "{{")) return;
  size_t to = from;
  for (size_t i = from; i < t->len; i++) {
    s[to++] = s[i];
    if (s[i] == '{' && s[i + 1] == '{') i++;
  }
  s[to] = '\0';
  t->len = to;
}

void sheet_fill_in(struct text *out, const char *pattern, const struct scope *s) {
  text_clear(out);
  bool braces = strstr(pattern, "{{") != NULL;
  for (const char *p = pattern;; ) {
    size_t n = strcspn(p, "\n"), was = out->len;
    if (was) text_addc(out, '\n');
    if (!fill_line(out, p, n, s) && out->s) {
      out->s[was] = '\0';
      out->len = was;
    }
    if (p[n] == '\0') break;
    p += n + 1;
  }
  if (braces) fill_braces(out, 0);
}

bool sheet_wants(const struct sheet_data *d, const struct block *b) {
  if (*b->when == '\0' || *sheet_get(d, b->when)) return true;
  const struct sheet_rows *r = sheet_rows_find(d, b->when);
  return r && r->n_rows > 0;
}
