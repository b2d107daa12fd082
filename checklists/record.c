/* Records: their fields, and the one validator behind every door (keys, set, import, merge).
 *
 * A value is first brought into canonical form by itself (record_value.c); then the
 * record as a whole must fulfil these rules (record_check, the table `rules` below):
 *
 *   item        standing          event, before             monthly ... annual
 *   period      none              only with a none reason   always, of the item's own kind
 *   event day   last change       what counts; not with     what starts the time limit,
 *               (may be empty)    a none reason             where the item names something
 *   none        without period    with a period, any kind   with its recurrence
 *
 *   everywhere  the unit's level has the item (a department is as the county); published and
 *               none exclude each other; removed needs published and is not before it.
 *   warnings    an event record without event day is not counted; text about a special group of
 *               people; published before its event, before the last change, or before its period;
 *               a sheet filed that was never up, is still up, or was taken down later.
 *   notes       the item is superseded, or dropped by the county.
 *
 * A draft without any date is allowed: each field is stored when the clerk leaves it.
 */
#include "checklists/record.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *key, *name;
  enum field_kind kind;
} fields[FIELD_COUNT] = {
#define X(id, key, name, kind) {key, name, kind},
    RECORD_FIELDS(X)
#undef X
};

const char *field_key(enum record_field f) { return fields[f].key; }
const char *field_name(enum record_field f) { return _(fields[f].name); }
enum field_kind field_kind(enum record_field f) { return fields[f].kind; }

int field_find(const char *key) {
  for (int f = 0; f < FIELD_COUNT; f++)
    if (str_same(fields[f].key, key)) return f;
  return -1;
}

void record_free(struct record *r) {
  free(r->uid);
  for (int f = 0; f < FIELD_COUNT; f++) free(r->value[f]);
  memset(r, 0, sizeof *r);
}

const char *record_get(const struct record *r, enum record_field f) { return r->value[f] ? r->value[f] : ""; }

enum status record_set(struct record *r, enum record_field f, const char *value, struct error *e) {
  char *copy = str_empty(value) ? NULL : str_dup(value);
  if (copy == NULL && !str_empty(value)) return error_nomem(e);
  free(r->value[f]);
  r->value[f] = copy;
  return ST_OK;
}

enum status record_copy(const struct record *from, struct record *to, struct error *e) {
  *to = (struct record){ .no = from->no, .unit = from->unit, .item = from->item, .uid = str_dup(from->uid) };
  enum status st = from->uid != NULL && to->uid == NULL ? error_nomem(e) : ST_OK;
  for (int f = 0; f < FIELD_COUNT && st == ST_OK; f++)
    st = record_set(to, (enum record_field)f, from->value[f], e);
  if (st != ST_OK) record_free(to);
  return st;
}

day record_day(const struct record *r, enum record_field f) {
  day d;
  return day_parse(record_get(r, f), &d) ? d : DAY_NONE;
}

/* ---- the whole record --------------------------------------------------- */

/* What the rules ask about, read once. */
struct facts {
  const struct record *r;
  const struct item *item;
  enum level level;
  day event, published, removed, filed;
  bool none, recurs, once; /* once: each disclosure is an event of its own (event, before) */
  struct period period;
};

static bool has_period(const struct facts *x) { return x->period.kind != PERIOD_NONE; }

static bool wrong_level(const struct facts *x) {
  enum level l = x->level == LEVEL_DEPARTMENT ? LEVEL_COUNTY : x->level;
  return !(x->item->levels & 1u << l);
}
static bool no_recurrence(const struct facts *x) { return x->recurs && !has_period(x); }
static bool wrong_recurrence(const struct facts *x) {
  return x->recurs && has_period(x) && x->period.kind != cadence_period(x->item->cadence);
}
static bool period_of_standing(const struct facts *x) {
  return x->item->cadence == CAD_STANDING && has_period(x);
}
static bool period_of_event(const struct facts *x) { return x->once && !x->none && has_period(x); }
static bool none_without_period(const struct facts *x) { return x->once && x->none && !has_period(x); }
static bool none_with_event(const struct facts *x) { return x->once && x->none && x->event != DAY_NONE; }
static bool none_and_published(const struct facts *x) { return x->none && x->published != DAY_NONE; }
static bool removed_unpublished(const struct facts *x) {
  return x->removed != DAY_NONE && x->published == DAY_NONE;
}
static bool removed_first(const struct facts *x) {
  return x->removed != DAY_NONE && x->published != DAY_NONE && x->removed < x->published;
}
static bool not_counted(const struct facts *x) { return x->once && !x->none && x->event == DAY_NONE; }
static bool special_text(const struct facts *x) {
  bool text = *record_get(x->r, FIELD_BODY) || *record_get(x->r, FIELD_TABLE);
  return x->item->personal == PERSONAL_SPECIAL && text;
}
static bool before_its_event(const struct facts *x) {
  return x->item->cadence == CAD_EVENT && x->event != DAY_NONE && x->published != DAY_NONE &&
         x->published < x->event;
}
static bool before_last_change(const struct facts *x) {
  return x->item->cadence == CAD_STANDING && x->event != DAY_NONE && x->published != DAY_NONE &&
         x->published < x->event;
}
static bool before_its_period(const struct facts *x) {
  return x->recurs && str_empty(x->item->event) && has_period(x) && x->published != DAY_NONE &&
         x->published < period_first(x->period);
}
static bool filed_unpublished(const struct facts *x) {
  return x->filed != DAY_NONE && x->published == DAY_NONE;
}
static bool filed_while_up(const struct facts *x) {
  return x->filed != DAY_NONE && x->published != DAY_NONE && x->removed == DAY_NONE;
}
static bool filed_first(const struct facts *x) {
  return x->filed != DAY_NONE && x->removed != DAY_NONE && x->filed < x->removed;
}
static bool is_superseded(const struct facts *x) { return x->item->superseded_by != NULL; }
static bool is_dropped(const struct facts *x) { return x->item->dropped != NULL; }

static const struct rule {
  enum severity severity;
  const char *id;
  enum record_field field; /* FIELD_COUNT: the item itself */
  bool (*broken)(const struct facts *x);
  const char *text, *advice;
} rules[] = {
    {SEV_ERROR, "record.level", FIELD_COUNT, wrong_level, N_("这个事项不归这一级单位公开"),
     N_("请核对单位和事项编号")},
    {SEV_ERROR, "record.period-missing", FIELD_PERIOD, no_recurrence, N_("定期公开的事项要写周期"), NULL},
    {SEV_ERROR, "record.period-kind", FIELD_PERIOD, wrong_recurrence, N_("周期的种类和事项不合"), NULL},
    {SEV_ERROR, "record.period-standing", FIELD_PERIOD, period_of_standing, N_("长期公开的事项没有周期"),
     N_("请清空周期")},
    {SEV_ERROR, "record.period-event", FIELD_PERIOD, period_of_event,
     N_("逐件公开的事项只有写“本期无”时才写周期"), N_("请清空周期，写事件日")},
    {SEV_ERROR, "record.none-period", FIELD_PERIOD, none_without_period, N_("写“本期无”要写明是哪一期"),
     N_("请写周期，如 2026Q3 或 2026")},
    {SEV_ERROR, "record.none-event", FIELD_EVENT, none_with_event, N_("写了“本期无”就不能再有事件日"),
     N_("请清空事件日，或清空“本期无”的理由")},
    {SEV_ERROR, "record.none-published", FIELD_NONE, none_and_published, N_("不能又写“本期无”又写公开日期"),
     N_("请清空其中一项")},
    {SEV_ERROR, "record.removed-alone", FIELD_REMOVED, removed_unpublished, N_("有撤下日期却没有公开日期"),
     N_("请补写公开日期")},
    {SEV_ERROR, "record.removed-first", FIELD_REMOVED, removed_first, N_("撤下日期早于公开日期"),
     N_("请核对这两个日期")},
    {SEV_WARNING, "record.not-counted", FIELD_EVENT, not_counted, N_("没有事件日，这条不计入统计"),
     N_("请补写事件日（结果形成、文件印发等的日期）")},
    {SEV_WARNING, "record.special", FIELD_BODY, special_text,
     N_("这个事项涉及未成年人、病人、残疾人等，一般只公布总数"), N_("请核对正文和附表里没有个人的情况")},
    {SEV_WARNING, "record.before-event", FIELD_PUBLISHED, before_its_event, N_("公开日期早于事件日"),
     N_("请核对这两个日期")},
    {SEV_WARNING, "record.before-change", FIELD_PUBLISHED, before_last_change,
     N_("公开以后内容又有变动，现在不算已公开"), N_("请重新公开并改写公开日期")},
    {SEV_WARNING, "record.before-period", FIELD_PUBLISHED, before_its_period, N_("周期还没开始就已公开"),
     N_("请核对周期和公开日期")},
    {SEV_WARNING, "record.filed-alone", FIELD_FILED, filed_unpublished, N_("有归档日期却没有公开日期"),
     N_("请补写公开日期，或清空归档日期")},
    {SEV_WARNING, "record.filed-up", FIELD_FILED, filed_while_up, N_("已经归档，却没有撤下日期"),
     N_("请补写撤下日期")},
    {SEV_WARNING, "record.filed-first", FIELD_FILED, filed_first, N_("归档日期早于撤下日期"),
     N_("请核对这两个日期")},
    {SEV_NOTE, "record.superseded", FIELD_COUNT, is_superseded, N_("这个事项已由新的事项代替，不再要求公开"),
     N_("新的内容请记到代替它的事项")},
    {SEV_NOTE, "record.dropped", FIELD_COUNT, is_dropped, N_("本县的目录已不要求公开这个事项"), NULL},
};

static const char *const period_advice[CAD_COUNT] = {
    [CAD_MONTHLY] = N_("这个事项每月公开，请写月份，如 2026-07"),
    [CAD_QUARTERLY] = N_("这个事项每季度公开，请写季度，如 2026Q3"),
    [CAD_HALFYEAR] = N_("这个事项每半年公开，请写半年，如 2026H2"),
    [CAD_ANNUAL] = N_("这个事项每年公开，请写年度，如 2026"),
};

/* Days and period must have been stored in canonical form; from a damaged file they may not be. */
static size_t check_canonical(const struct record *r, const char *unit_code, const struct item *item,
                              struct findings *f) {
  size_t errors = 0;
  for (int i = 0; i < FIELD_COUNT; i++) {
    const char *value = record_get(r, (enum record_field)i);
    enum field_kind kind = fields[i].kind;
    if (*value == '\0' || (kind != KIND_DAY && kind != KIND_PERIOD)) continue;
    struct text canonical = {0};
    bool good = record_check_field((enum record_field)i, value, &canonical, NULL) == ST_OK &&
                str_same(value, text_str(&canonical));
    text_free(&canonical);
    if (good) continue;
    errors++;
    findings_add(f, SEV_ERROR, "record.value", NULL, 0, fields[i].key, _("%s %s：%s不是规定的写法"), unit_code,
                 item->id, _(fields[i].name));
  }
  return errors;
}

size_t record_check(const struct record *r, const struct item *item, enum level level, const char *unit_code,
                    struct findings *f) {
  struct facts x = {.r = r, .item = item, .level = level};
  x.event = record_day(r, FIELD_EVENT);
  x.published = record_day(r, FIELD_PUBLISHED);
  x.removed = record_day(r, FIELD_REMOVED);
  x.filed = record_day(r, FIELD_FILED);
  x.none = *record_get(r, FIELD_NONE) != '\0';
  x.recurs = cadence_recurs(item->cadence);
  x.once = item->cadence == CAD_EVENT || item->cadence == CAD_BEFORE;
  if (!period_parse(record_get(r, FIELD_PERIOD), &x.period)) x.period = (struct period){0};
  size_t errors = check_canonical(r, unit_code, item, f);
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
    const struct rule *rule = &rules[i];
    if (!rule->broken(&x)) continue;
    errors += rule->severity == SEV_ERROR;
    if (!f) continue;
    const char *path = rule->field == FIELD_COUNT ? "item" : fields[rule->field].key;
    const char *advice = rule->advice;
    if (rule->field == FIELD_PERIOD && x.recurs) advice = period_advice[item->cadence];
    findings_add(f, rule->severity, rule->id, NULL, 0, path, _("%s %s：%s"), unit_code, item->id,
                 _(rule->text));
    if (advice) findings_advise(f, _(advice));
  }
  return errors;
}

bool record_natural_uid(struct text *out, const struct item *item, const char *unit_code,
                        const struct record *r) {
  bool standing = item->cadence == CAD_STANDING;
  bool recurs = cadence_recurs(item->cadence);
  const char *period = record_get(r, FIELD_PERIOD);
  if (!standing && *period == '\0') return false;
  if (!standing && !recurs && *record_get(r, FIELD_NONE) == '\0') return false;
  text_addf(out, "%s/%s", unit_code, item->id);
  if (!standing) text_addf(out, "/%s", period);
  return true;
}
