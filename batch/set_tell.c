/* mingbai set: telling what came of it: the fields that changed, and the due day with its explanation. */
#include "base/json.h"
#include "base/utf8.h"
#include "batch/set.h"
#include "checklists/deadline.h"
#include <string.h>

static bool field_changed(const struct setting *s, int f) {
  return strcmp(record_get(&s->r, (enum record_field)f), text_str(&s->old[f])) != 0;
}

static void add_change(struct text *t, const struct setting *s, enum record_field f) {
  const char *value = record_get(&s->r, f);
  text_addf(t, "%s%s", t->len > 0 ? "，" : "", field_name(f));
  if (*value == '\0') {
    text_add(t, _(" 清空"));
  } else if (field_kind(f) == KIND_TEXT) {
    text_addf(t, _(" %zu 字"), utf8_count(value));
  } else {
    text_addc(t, ' ');
    utf8_clean(t, value);
  }
}

static struct period recurrence_of(const struct setting *s) {
  struct period p = {0};
  if (cadence_recurs(s->item->cadence) && !period_parse(record_get(&s->r, FIELD_PERIOD), &p)) {
    memset(&p, 0, sizeof p);
  }
  return p;
}

static void explain(const struct setting *s, struct text *out) {
  if (!s->deleted && str_empty(record_get(&s->r, FIELD_NONE))) {
    deadline_explain(out, s->app->calendar, s->item, record_day(&s->r, FIELD_EVENT), recurrence_of(s));
  }
}

static const char *result_key(const struct setting *s) {
  return s->deleted ? "deleted" : s->fresh ? "new" : s->changed > 0 ? "changed" : "same";
}

static void print_json(const struct setting *s) {
  struct text t = {0}, why = {0};
  struct json j;
  char due[16];
  explain(s, &why);
  json_init(&j, &t);
  json_open(&j, NULL, '{');
  json_str(&j, "schema", "mingbai.set/1");
  json_str(&j, "uid", s->r.uid);
  json_str(&j, "result", result_key(s));
  json_open(&j, "fields", '[');
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (field_changed(s, f)) {
      json_str(&j, NULL, field_key((enum record_field)f));
    }
  }
  json_close(&j, ']');
  day_iso(deadline_due(s->app->calendar, s->item, record_day(&s->r, FIELD_EVENT), recurrence_of(s)), due);
  json_str(&j, "due", *due != '\0' && why.len > 0 ? due : NULL);
  json_str(&j, "explanation", why.len > 0 ? text_str(&why) : NULL);
  json_close(&j, '}');
  fprintf(s->app->out, "%s\n", text_str(&t));
  text_free(&t);
  text_free(&why);
}

static void print_line(const struct setting *s) {
  struct text changes = {0}, why = {0};
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (field_changed(s, f)) {
      add_change(&changes, s, (enum record_field)f);
    }
  }
  explain(s, &why);
  const char *word = s->deleted ? _("删除") : s->fresh ? _("新增") : s->changed > 0 ? _("修改") : _("没有变化");
  fprintf(s->app->out, _("%s：%s %s“%s”"), word, s->unit->name, s->item->id, item_title(s->item));
  fprintf(s->app->out, "%s%s", changes.len > 0 ? "，" : "", text_str(&changes));
  fprintf(s->app->out, "%s%s\n", why.len > 0 ? _("。期限：") : "", text_str(&why));
  text_free(&changes);
  text_free(&why);
}

static void print_warnings(const struct setting *s) {
  struct findings f = {0};
  record_check(&s->r, s->item, s->unit->level, s->unit->code, &f);
  for (size_t i = 0; !s->app->quiet && i < f.n; i++) {
    fprintf(s->app->err, "%s: %s%s\n", s->app->program, _("注意："), f.list[i].e.text);
  }
  findings_free(&f);
}

void set_tell(const struct setting *s) {
  if (!s->deleted) {
    print_warnings(s);
  }
  if (s->app->json) {
    print_json(s);
  } else if (!s->app->quiet) {
    print_line(s);
  }
}
