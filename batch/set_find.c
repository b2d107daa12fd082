/* mingbai set: which record is meant.
 *
 * A standing item has one, a recurring item one for each recurrence, and so has the "none" of an event
 * item for each period.  Among the event records of one day the title decides; without a title there must
 * be only one.  So two events of a day with two titles are two records, and --uid names one beyond doubt.
 */
#include "batch/import.h"
#include "batch/set.h"
#include <string.h>

static bool is_event_item(const struct item *item) {
  return item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE;
}

/* The record of "none this period" is meant when a reason is given (or taken away), or a period and no event.
 */
static bool means_none(const struct setting *s) {
  return is_event_item(s->item) && !s->has[FIELD_EVENT] && (s->has[FIELD_NONE] || s->has[FIELD_PERIOD]);
}

/* The natural key; false when there is none. */
static bool natural_key(struct setting *s, struct text *uid) {
  char any[] = "-";
  struct record key = {0};
  key.value[FIELD_PERIOD] = s->given.value[FIELD_PERIOD];
  key.value[FIELD_NONE] = means_none(s) ? any : NULL;
  if (is_event_item(s->item) && !means_none(s)) {
    return false;
  }
  return record_natural_uid(uid, s->item, s->unit->code, &key);
}

struct search {
  const char *event, *title; /* title NULL: any */
  int64_t by_title, untitled, by_day;
  int n_by_day, n_untitled;
  struct text list;
};

static bool search_record(const struct record *r, void *ctx) {
  struct search *q = ctx;
  if (strcmp(record_get(r, FIELD_EVENT), q->event) != 0) {
    return true;
  }
  const char *title = record_get(r, FIELD_TITLE);
  q->by_day = r->no;
  q->n_by_day++;
  if (*title == '\0') {
    q->untitled = r->no;
    q->n_untitled++;
  }
  if (q->title != NULL && strcmp(title, q->title) == 0) {
    q->by_title = q->by_title == 0 ? r->no : -1;
  }
  text_addf(&q->list, "%s--uid %s（%s）", q->list.len > 0 ? "、" : "", r->uid, title);
  return true;
}

/* The event record meant, 0 for a new one. */
static enum status find_event(struct setting *s, int64_t *no) {
  struct search q = {.event = record_get(&s->given, FIELD_EVENT)};
  const struct unit *units;
  size_t n;
  units = wb_units(s->wb, &n);
  q.title = s->has[FIELD_TITLE] ? record_get(&s->given, FIELD_TITLE) : NULL;
  enum status st = wb_records(s->wb, (int)(s->unit - units), s->given.item, search_record, &q, &s->e);
  *no = 0;
  if (st == ST_OK && (q.by_title < 0 || (q.title == NULL && q.n_by_day > 1))) {
    st = error_set(&s->e, ST_DATA, "set.several",
                   _("这一天有几条记录，请用 --title 或 --uid 说明是哪一条：%s"), text_str(&q.list));
  } else if (st == ST_OK && q.title == NULL) {
    *no = q.by_day;
  } else if (st == ST_OK) {
    *no = q.by_title > 0 ? q.by_title : q.n_untitled == 1 ? q.untitled : 0;
  }
  text_free(&q.list);
  return st;
}

/* A uid for a new event record that no other has. */
static void new_event_uid(struct setting *s, struct text *uid) {
  for (int count = 1; count == 1 || wb_find_uid(s->wb, text_str(uid)) != 0; count++) {
    text_clear(uid);
    derived_uid(uid, s->unit->code, s->item->id, record_get(&s->given, FIELD_EVENT),
                record_get(&s->given, FIELD_TITLE), count);
  }
}

static enum status need_period(struct setting *s) {
  enum period_kind kind = cadence_period(s->item->cadence);
  if (kind == PERIOD_NONE) kind = PERIOD_QUARTER;
  struct text t = {0};
  period_add(&t, period_step(period_of(s->app->on, kind), -1));
  enum status st = report_usage(s->app, &command_set, _("事项 %s（%s）要写明是哪一期，例如 --period %s"),
                                s->item->id, cadence_name(s->item->cadence), text_str(&t));
  text_free(&t);
  return st;
}

enum status set_check_options(struct setting *s) {
  bool period = s->given.value[FIELD_PERIOD] != NULL, event = s->given.value[FIELD_EVENT] != NULL;
  if (args_has(s->args, "uid")) {
    return ST_OK;
  }
  if ((cadence_recurs(s->item->cadence) || means_none(s)) && !period) {
    return need_period(s);
  }
  if (is_event_item(s->item) && !means_none(s) && !event) {
    return report_usage(s->app, &command_set,
                        _("事项 %s（%s）要用 --event 写明事件日；本期没有就用 --none 理由 --period 周期"),
                        s->item->id, cadence_name(s->item->cadence));
  }
  return ST_OK;
}

enum status set_locate(struct setting *s, int64_t *no, struct text *uid) {
  const char *given = args_get(s->args, "uid");
  struct text natural = {0};
  bool has_natural = natural_key(s, &natural);
  enum status st = ST_OK;
  if (given != NULL) {
    text_add(uid, given);
    *no = wb_find_uid(s->wb, given);
    if (*no == 0 && has_natural && strcmp(text_str(&natural), given) != 0) {
      st = error_set(&s->e, ST_DATA, "set.uid", _("这个事项的记录编号是固定的（%s），不要用 --uid"),
                     text_str(&natural));
    }
  } else if (has_natural) {
    text_add(uid, text_str(&natural));
    *no = wb_find_uid(s->wb, text_str(uid));
  } else if (is_event_item(s->item)) {
    st = find_event(s, no);
    if (st == ST_OK && *no == 0) {
      new_event_uid(s, uid);
    }
  }
  text_free(&natural);
  return st;
}
