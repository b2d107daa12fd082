/* mingbai set: the values of the options, brought into canonical form; texts and tables from files. */
#include "base/csv.h"
#include "base/file.h"
#include "batch/set.h"
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *option;
  enum record_field field;
} field_options[] = {
    {"period", FIELD_PERIOD},   {"event", FIELD_EVENT}, {"published", FIELD_PUBLISHED},
    {"removed", FIELD_REMOVED}, {"none", FIELD_NONE},   {"url", FIELD_URL},
    {"title", FIELD_TITLE},     {"note", FIELD_NOTE},   {"phone", FIELD_PHONE},
    {"printed", FIELD_PRINTED}, {"filed", FIELD_FILED},
};

static enum status take_value(struct setting *s, enum record_field f, const char *value) {
  struct text t = {0};
  enum status st = *value != '\0' ? record_check_field(f, value, &t, &s->e) : ST_OK;
  s->has[f] = true;
  if (st == ST_OK) {
    free(s->given.value[f]);
    s->given.value[f] = t.len > 0 ? str_dup(text_str(&t)) : NULL;
    if (t.failed || (t.len > 0 && s->given.value[f] == NULL)) {
      st = error_nomem(&s->e);
    }
  }
  text_free(&t);
  return st;
}

static enum status take_channels(struct setting *s) {
  const char *const *v;
  size_t n = args_all(s->args, "channel", &v);
  struct text t = {0};
  for (size_t i = 0; i < n; i++) {
    text_addf(&t, "%s%s", t.len > 0 && *v[i] != '\0' ? ";" : "", v[i]);
  }
  enum status st = n > 0 ? take_value(s, FIELD_CHANNELS, text_str(&t)) : ST_OK;
  text_free(&t);
  return st;
}

/* A text's last line break belongs to the file, not to the text. */
static enum status take_body(struct setting *s) {
  const char *path = args_get(s->args, "body-file");
  struct text t = {0};
  enum status st = ST_OK;
  if (path != NULL && *path == '\0') {
    st = take_value(s, FIELD_BODY, "");
  } else if (path != NULL) {
    st = file_read(path, TEXT_MAX_BYTES + 4, &t, &s->e);
    const char *text = text_str(&t);
    text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (st == ST_OK && t.len > 0 && (t.s[t.len - 1] == '\n' || t.s[t.len - 1] == '\r')) {
      t.s[--t.len] = '\0';
    }
    if (st == ST_OK && strlen(text_str(&t)) != t.len) {
      st = error_set(&s->e, ST_DATA, "set.nul", _("正文里有空字符，不是文本文件"));
    }
    if (st == ST_OK) {
      st = take_value(s, FIELD_BODY, text);
    }
    if (st != ST_OK) {
      error_at(&s->e, path, 0, NULL);
    }
  }
  text_free(&t);
  return st;
}

/* A table is stored as plain CSV, whatever the encoding and line ends of the file. */
static enum status take_table(struct setting *s) {
  const char *path = args_get(s->args, "table-file");
  struct csv c = {0};
  struct text t = {0};
  int got = 0;
  if (path == NULL || *path == '\0') {
    return path == NULL ? ST_OK : take_value(s, FIELD_TABLE, "");
  }
  enum status st = csv_open(&c, path, &s->e);
  while (st == ST_OK && (got = csv_next(&c, &s->e)) == 1) {
    text_add(&t, t.len > 0 ? "\n" : "");
    for (size_t i = 0; i < c.n; i++) {
      csv_add(&t, csv_unguard(c.cell[i]), i == 0, false);
    }
  }
  st = st == ST_OK && got < 0 ? s->e.status : st;
  if (st == ST_OK && t.len == 0) {
    st = error_set(&s->e, ST_DATA, "set.empty-table", _("附表是空的"));
  }
  st = st == ST_OK ? take_value(s, FIELD_TABLE, text_str(&t)) : st;
  if (st != ST_OK && s->e.file[0] == '\0') {
    error_at(&s->e, path, 0, NULL);
  }
  csv_close(&c);
  text_free(&t);
  return st;
}

enum status set_values(struct setting *s) {
  enum status st = ST_OK;
  for (size_t i = 0; st == ST_OK && i < sizeof field_options / sizeof field_options[0]; i++) {
    const char *value = args_get(s->args, field_options[i].option);
    if (value != NULL) {
      st = take_value(s, field_options[i].field, value);
    }
  }
  st = st == ST_OK ? take_channels(s) : st;
  st = st == ST_OK ? take_body(s) : st;
  return st == ST_OK ? take_table(s) : st;
}
