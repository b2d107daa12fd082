/* JSON out.  Commas are written before a value, never after, so that no caller
 * can leave one too many; a line break asked for waits until it is known whether
 * a comma belongs before it.  Reading JSON is not here: nothing needs it.
 */
#include "base/json.h"

#include "base/utf8.h"
#include <string.h>

#define DEPTH_MAX ((int)(sizeof((struct json *)0)->comma / sizeof(bool)))

void json_init(struct json *j, struct text *out) {
  memset(j, 0, sizeof *j);
  j->out = out;
}

static void add_quoted(struct text *out, const char *s) {
  text_addc(out, '"');
  for (uint32_t cp; *s;) {
    s += utf8_decode(s, &cp); /* bad bytes arrive as U+FFFD */
    if (cp == '"' || cp == '\\') {
      text_addc(out, '\\');
      text_addc(out, (char)cp);
    } else if (cp == '\n') {
      text_add(out, "\\n");
    } else if (cp == '\t') {
      text_add(out, "\\t");
    } else if (cp < 0x20 || cp == 0x7F) {
      text_addf(out, "\\u%04x", (unsigned)cp);
    } else {
      text_addcp(out, cp);
    }
  }
  text_addc(out, '"');
}

/* What stands before any value: comma, line break, key. */
static void before(struct json *j, const char *key) {
  if (j->comma[j->depth]) text_addc(j->out, ',');
  if (j->nl) text_addc(j->out, '\n');
  j->nl = false;
  j->comma[j->depth] = j->depth > 0;
  if (key) {
    add_quoted(j->out, key);
    text_addc(j->out, ':');
  }
}

void json_open(struct json *j, const char *key, char bracket) {
  before(j, key);
  text_addc(j->out, bracket);
  if (j->depth + 1 >= DEPTH_MAX) j->out->failed = true; /* a broken promise of the caller */
  else j->comma[++j->depth] = false;
}

void json_close(struct json *j, char bracket) {
  if (j->nl) text_addc(j->out, '\n');
  j->nl = false;
  text_addc(j->out, bracket);
  if (j->depth > 0) j->depth--;
  else j->out->failed = true;
}

void json_str(struct json *j, const char *key, const char *value) {
  before(j, key);
  if (value) add_quoted(j->out, value);
  else text_add(j->out, "null");
}

void json_int(struct json *j, const char *key, long long value) {
  before(j, key);
  text_addf(j->out, "%lld", value);
}

void json_bool(struct json *j, const char *key, bool value) {
  before(j, key);
  text_add(j->out, value ? "true" : "false");
}

void json_null(struct json *j, const char *key) {
  before(j, key);
  text_add(j->out, "null");
}

void json_ratio(struct json *j, const char *key, long num, long den) {
  before(j, key);
  if (den <= 0 || num < 0) {
    text_add(j->out, "null");
    return;
  }
  /* Whole numbers only, so that every machine rounds the same way (half up). */
  long long r = ((long long)num * 20000 + den) / (2LL * den);
  text_addf(j->out, "%lld.%04lld", r / 10000, r % 10000);
}

void json_nl(struct json *j) {
  if (j->depth == 0) text_addc(j->out, '\n');
  else j->nl = true;
}
