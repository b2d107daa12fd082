/* A small JSON writer: commas, nesting and escapes are right by construction. */
#ifndef MB_BASE_JSON_H
#define MB_BASE_JSON_H

#include "base/text.h"
#include <stdbool.h>

struct json {
  struct text *out; /* borrowed; append-only, may be flushed (written and cleared) between calls */
  int depth;
  bool comma[16]; /* a comma is due before the next value at that depth */
  bool nl;        /* a line break is due */
};

void json_init(struct json *j, struct text *out);
/* key is NULL inside an array and at the top. */
void json_open(struct json *j, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket);                 /* '}' or ']' */
void json_str(struct json *j, const char *key, const char *value); /* NULL value: null */
void json_int(struct json *j, const char *key, long long value);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
void json_ratio(struct json *j, const char *key, long num, long den); /* 4 decimals; null when den is 0 */
void json_nl(struct json *j); /* a line break between values, for readers */

#endif
