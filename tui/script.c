/* Reads key scripts into steps.  See script.h for the words. */
#include "tui/script.h"
#include "base/array.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SCRIPT_MAX_BYTES ((size_t)1 << 20)
#define REPEAT_MAX 10000

struct reader {
  struct script *script;
  const char *name, *p;
  int line;
  bool paste; /* the next quoted text is a paste */
  struct error *e;
};

static enum status bad(struct reader *r, const char *what, size_t n) {
  error_set(r->e, ST_DATA, "script.bad", _("按键脚本里看不懂“%.*s”"), (int)(n > 60 ? 60 : n), what);
  return error_at(r->e, r->name, r->line, NULL);
}

static enum status push(struct reader *r, struct step step) {
  struct script *s = r->script;
  if (!ARRAY_ROOM(s->step, s->n, s->cap)) return error_nomem(r->e);
  step.line = r->line;
  s->step[s->n++] = step;
  return ST_OK;
}

bool size_parse(const char *s, int *cols, int *rows) {
  char *end;
  long c = strtol(s, &end, 10);
  if (end == s || *end != 'x') return false;
  const char *second = end + 1;
  long r = strtol(second, &end, 10);
  if (end == second || *end != '\0' || c < 2 || c > 1000 || r < 1 || r > 1000) return false;
  *cols = (int)c;
  *rows = (int)r;
  return true;
}

static enum status read_quoted(struct reader *r) {
  const char *start = r->p++;
  while (*r->p != '"') {
    uint32_t cp;
    if (*r->p == '\0' || *r->p == '\n') return bad(r, start, (size_t)(r->p - start));
    if (*r->p == '\\' && r->p[1] != '\0') r->p++;
    bool special = r->p[-1] == '\\', newline = special && *r->p == 'n', tab = special && *r->p == 't';
    int n = utf8_decode(r->p, &cp);
    r->p += n;
    struct key key = { .kind = K_CHAR, .cp = cp, .pasted = r->paste };
    if (newline || tab) key = (struct key){ .kind = tab ? K_TAB : K_ENTER, .pasted = r->paste };
    enum status st = push(r, (struct step){ .kind = STEP_KEY, .key = key });
    if (st != ST_OK) return st;
  }
  r->p++;
  if (!r->paste) return ST_OK;
  r->paste = false;
  return push(r, (struct step){ .kind = STEP_KEY, .key = { .kind = K_PASTED } });
}

/* The next word: its length; r->p stays at its beginning. */
static size_t word_length(const char *p) {
  return strcspn(p, " \t\r\n");
}

static enum status read_argument(struct reader *r, char out[32]) {
  r->p += strspn(r->p, " \t");
  size_t n = word_length(r->p);
  if (n == 0 || n > 31) return bad(r, r->p, n);
  memcpy(out, r->p, n);
  out[n] = '\0';
  r->p += n;
  return ST_OK;
}

static enum status read_size(struct reader *r) {
  char word[32];
  struct step step = { .kind = STEP_SIZE };
  enum status st = read_argument(r, word);
  if (st != ST_OK) return st;
  if (!size_parse(word, &step.cols, &step.rows)) return bad(r, word, strlen(word));
  return push(r, step);
}

static enum status read_signal(struct reader *r) {
  char word[32];
  enum status st = read_argument(r, word);
  if (st != ST_OK) return st;
  int n = atoi(word);
  if (n < 1 || n > 64) return bad(r, word, strlen(word));
  return push(r, (struct step){ .kind = STEP_KEY, .key = { .kind = K_SIGNAL, .cp = (uint32_t)n } });
}

static bool place_parse(const char *s, struct key *k) {
  char *end;
  long row = strtol(s, &end, 10), col = *end == ',' ? strtol(end + 1, &end, 10) : 0;
  if (*end != '\0' || row < 1 || row > 1000 || col < 1 || col > 1000) return false;
  k->row = (int)row - 1;
  k->col = (int)col - 1;
  return true;
}

static const struct { const char *word; enum mouse mouse; } mouse_words[] = {
  { "click", MOUSE_CLICK },
  { "double", MOUSE_DOUBLE },
  { "wheel-up", MOUSE_WHEEL_UP },
  { "wheel-down", MOUSE_WHEEL_DOWN },
};

/* As a terminal tells it: the first click of two is one click. */
static enum status read_mouse(struct reader *r, enum mouse mouse) {
  char word[32];
  struct step step = { .kind = STEP_KEY, .key = { .kind = K_MOUSE, .cp = (uint32_t)mouse } };
  enum status st = read_argument(r, word);
  if (st != ST_OK) return st;
  if (!place_parse(word, &step.key)) return bad(r, word, strlen(word));
  if (mouse != MOUSE_DOUBLE) return push(r, step);
  step.key.cp = MOUSE_CLICK;
  st = push(r, step);
  step.key.cp = MOUSE_DOUBLE;
  return st == ST_OK ? push(r, step) : st;
}

static enum status read_key(struct reader *r, size_t n) {
  const char *star = n > 1 ? memchr(r->p + 1, '*', n - 1) : NULL;
  struct step step = { .kind = STEP_KEY };
  long times = 1;
  if (!key_parse(r->p, star ? (size_t)(star - r->p) : n, &step.key)) return bad(r, r->p, n);
  if (star) times = strtol(star + 1, NULL, 10);
  if (times < 1 || times > REPEAT_MAX) return bad(r, r->p, n);
  enum status st = ST_OK;
  while (times-- > 0 && st == ST_OK) st = push(r, step);
  r->p += n;
  return st;
}

static bool is_word(const struct reader *r, size_t n, const char *word) {
  return strlen(word) == n && memcmp(r->p, word, n) == 0;
}

static enum status read_word(struct reader *r) {
  if (*r->p == '"') return read_quoted(r);
  size_t n = word_length(r->p);
  if (is_word(r, n, "paste")) {
    r->paste = true;
    r->p += n;
    return ST_OK;
  }
  if (is_word(r, n, "dump")) {
    r->p += n;
    return push(r, (struct step){ .kind = STEP_DUMP });
  }
  if (is_word(r, n, "wait")) {
    r->p += n;
    return push(r, (struct step){ .kind = STEP_WAIT });
  }
  if (is_word(r, n, "size")) {
    r->p += n;
    return read_size(r);
  }
  if (is_word(r, n, "signal")) {
    r->p += n;
    return read_signal(r);
  }
  for (size_t i = 0; i < sizeof mouse_words / sizeof mouse_words[0]; i++) {
    if (!is_word(r, n, mouse_words[i].word)) continue;
    r->p += n;
    return read_mouse(r, mouse_words[i].mouse);
  }
  return read_key(r, n);
}

enum status script_parse(struct script *s, const char *name, const char *text, struct error *e) {
  struct reader r = { .script = s, .name = name, .p = text, .line = 1, .e = e };
  while (*r.p != '\0') {
    if (*r.p == '\n') r.line++;
    if (strchr(" \t\r\n", *r.p) != NULL) {
      r.p++;
      continue;
    }
    if (*r.p == '#') {
      r.p += strcspn(r.p, "\n");
      continue;
    }
    enum status st = read_word(&r);
    if (st != ST_OK) return st;
  }
  return ST_OK;
}

enum status script_load(struct script *s, const char *path, struct error *e) {
  struct text text = { 0 };
  enum status st = file_read(path, SCRIPT_MAX_BYTES, &text, e);
  if (st == ST_OK && !utf8_valid(text_str(&text), text.len, NULL))
    st = error_set(e, ST_DATA, "script.bad", _("按键脚本 %s 不是 UTF-8 文字"), path);
  if (st == ST_OK) st = script_parse(s, path, text_str(&text), e);
  text_free(&text);
  return st;
}

void script_free(struct script *s) {
  free(s->step);
  memset(s, 0, sizeof *s);
}
