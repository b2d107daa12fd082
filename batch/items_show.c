/* One item of the catalogue for people (all fields, one a line) and for programs (JSON, the fields of
 * checklists/domains with the same names, and what tailoring did). */
#include "base/utf8.h"
#include "batch/items.h"


/* ---- marks */

void item_marks(struct text *out, const struct item *item) {
  const struct { bool set; const char *mark; } marks[] = {
    {!item->verified, _("待核")},
    {item->superseded_by != NULL, _("已替代")},
    {item->mode == MODE_REQUEST, _("依申请")},
    {item->dropped != NULL, _("本县不用")},
    {item->added, _("本县增加")},
  };
  size_t start = out->len;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (marks[i].set) text_addf(out, "%s%s", out->len > start ? " " : "", marks[i].mark);
  if (item->same_as.n == 0) return;
  text_addf(out, _("%s同%s"), out->len > start ? " " : "", item->same_as.s[0]);
  if (item->same_as.n > 1) text_add(out, _("等"));
}

void item_levels(struct text *out, const struct item *item) {
  const char *const letters[] = {_("县"), _("乡"), _("村")};
  for (int i = 0; i < 3; i++) text_add(out, item->levels >> i & 1 ? letters[i] : "　");
}

/* ---- for people */

enum { LABEL = 12 };

struct shown {
  struct text *out;
  int columns;
  const char *value; /* being wrapped */
};

static void wrapped_line(size_t begin, size_t end, void *ctx) {
  struct shown *s = ctx;
  if (begin > 0) text_pad(s->out, ' ', LABEL);
  text_addn(s->out, s->value + begin, end - begin);
  text_addc(s->out, '\n');
}

static void show(struct shown *s, const char *label, const char *value) {
  struct text clean = {0};
  if (value == NULL) return;
  utf8_fit(s->out, label, LABEL, false);
  utf8_clean(&clean, *value ? value : _("（不知道）"));
  s->value = text_str(&clean);
  utf8_wrap(s->value, s->columns - LABEL, 0, NULL, wrapped_line, s);
  text_free(&clean);
}

/* One line for each text; the label only before the first. */
static void show_list(struct shown *s, const char *label, const struct strings *list) {
  if (list->n == 0) show(s, label, "");
  for (size_t i = 0; i < list->n; i++) show(s, i == 0 ? label : "", list->s[i]);
}

static void show_text(struct shown *s, const char *label, struct text *value) {
  show(s, label, text_str(value));
  text_clear(value);
}

static void add_names(struct text *out, unsigned bits, int n, const char *(*name)(int)) {
  size_t start = out->len;
  for (int i = 0; i < n; i++)
    if (bits >> i & 1) text_addf(out, "%s%s", out->len > start ? "、" : "", name(i));
}

static const char *level_word(int i) { return level_name((enum level)i); }
static const char *field_word(int i) {
  static const char *const words[IF_COUNT] = {N_("一级事项"), N_("二级事项"), N_("公开内容"), N_("公开依据"),
                                              N_("公开时限"), N_("公示期"),   N_("公开主体"), N_("公开渠道"),
                                              N_("公开对象"), N_("公开方式"), N_("公开层级"), N_("审核程序")};
  return _(words[i]);
}

static void show_deadline(struct shown *s, const struct item *item) {
  struct text t = {0};
  show(s, _("公开时限"), item->deadline_text);
  text_addf(&t, "%s，", cadence_name(item->cadence));
  if (item->within.unit == SPAN_NONE && item->cadence != CAD_STANDING && item->cadence != CAD_EVENT)
    text_add(&t, _("没有规定天数"));
  else
    span_add_cn(&t, item->within);
  text_addf(&t, item->cadence == CAD_BEFORE ? _("，在“%s”之前") : _("，从“%s”算起"), item->event);
  show_text(s, _("时限算法"), &t);
  if (item->notice.unit != SPAN_NONE) span_add_cn(&t, item->notice);
  if (item->notice.unit != SPAN_NONE) show_text(s, _("公示期"), &t);
  text_free(&t);
}

static void show_review(struct shown *s, const struct item *item) {
  struct text t = {0};
  if (!item->has_review) return;
  text_addf(&t, _("提出：%s；审核：%s；批准：%s；签字："), item->review.proposer, item->review.reviewer,
            item->review.approver);
  for (size_t i = 0; i < item->review.signers.n; i++)
    text_addf(&t, "%s%s", i > 0 ? "、" : "", item->review.signers.s[i]);
  show_text(s, _("审核程序"), &t);
  text_free(&t);
}

void item_verified(struct text *out, const struct item *item) {
  if (item->verified && item->unverified == 0) text_add(out, _("已见原表"));
  else if (item->verified) text_add(out, _("已见原表，字段待核："));
  else text_add(out, _("待核：未见原表，整行来自通行做法"));
  if (item->verified) add_names(out, item->unverified, IF_COUNT, field_word);
}

static void show_standing(struct shown *s, const struct catalogue *c, const struct item *item) {
  struct text t = {0};
  item_verified(&t, item);
  show_text(s, _("核对"), &t);
  for (size_t i = 0; i < item->same_as.n; i++) {
    int other = catalogue_find(c, item->same_as.s[i]);
    text_addf(&t, "%s%s %s", i > 0 ? "；" : "", item->same_as.s[i], other >= 0 ? item_title(&c->items[other]) : "");
  }
  if (t.len > 0) show_text(s, _("同一事项"), &t);
  show(s, _("已被替代"), item->superseded_by);
  show(s, _("本县不用"), item->dropped);
  show(s, _("负责部门"), item->assigned);
  if (item->confirm_implied) show(s, _("本期无"), _("没有记录就视为本期无，不必确认"));
  if (item->added) show(s, _("来源"), _("本县增加"));
  text_free(&t);
}

void item_show(struct text *out, const struct catalogue *c, int at, int columns) {
  static const char *const personal[] = {N_("不涉及"), N_("含个人姓名：只列规定要列的"),
                                         N_("特殊人群：只公开汇总数，或不上公示栏")};
  const struct item *item = &c->items[at];
  const struct domain *d = &c->domains[item->domain];
  struct shown s = {.out = out, .columns = columns < 40 ? 40 : columns};
  struct text t = {0};
  show(&s, _("编号"), item->id);
  text_addf(&t, "%s %s", d->no, d->name);
  show_text(&s, _("领域"), &t);
  show(&s, _("一级事项"), item->level1);
  show(&s, _("二级事项"), item->level2);
  show_list(&s, _("公开内容"), &item->content);
  show_list(&s, _("公开依据"), &item->basis);
  show_deadline(&s, item);
  show(&s, _("公开主体"), item->publisher);
  add_names(&t, item->channels, CHANNEL_COUNT, channel_name);
  if (t.len > 0) text_add(&t, item->channel_all ? _("（每种都要）") : _("（任选一种）"));
  show_text(&s, _("公开渠道"), &t);
  show(&s, _("公开对象"), item->audience);
  show(&s, _("公开方式"), item->mode == MODE_ACTIVE ? _("主动公开") : _("依申请公开"));
  add_names(&t, item->levels, 3, level_word);
  show_text(&s, _("公开层级"), &t);
  show(&s, _("个人信息"), _(personal[item->personal]));
  show_review(&s, item);
  show_standing(&s, c, item);
  show(&s, _("备注"), item->remark);
  text_free(&t);
}

/* ---- for programs */

static void json_list(struct json *j, const char *key, const struct strings *list) {
  json_open(j, key, '[');
  for (size_t i = 0; i < list->n; i++) json_str(j, NULL, list->s[i]);
  json_close(j, ']');
}

static void json_span(struct json *j, const char *key, struct span s) {
  if (s.unit == SPAN_NONE) {
    json_null(j, key);
    return;
  }
  json_open(j, key, '{');
  json_int(j, "n", s.n);
  json_str(j, "unit", s.unit == SPAN_WORKDAYS ? "workdays" : "days");
  json_close(j, '}');
}

static void json_bits(struct json *j, const char *key, unsigned bits, int n, const char *(*name)(int)) {
  json_open(j, key, '[');
  for (int i = 0; i < n; i++)
    if (bits >> i & 1) json_str(j, NULL, name(i));
  json_close(j, ']');
}

static const char *level_key_of(int i) { return level_key((enum level)i); }
static const char *field_key_of(int i) { return item_field_name((enum item_field)i); }

static void json_deadline(struct json *j, const struct item *item) {
  json_open(j, "deadline", '{');
  json_str(j, "text", item->deadline_text);
  json_str(j, "cadence", cadence_key(item->cadence));
  json_span(j, "within", item->within);
  json_str(j, "event", item->event);
  json_close(j, '}');
  json_span(j, "notice", item->notice);
}

static void json_review(struct json *j, const struct item *item) {
  if (!item->has_review) {
    json_null(j, "review");
    return;
  }
  json_open(j, "review", '{');
  json_str(j, "proposer", item->review.proposer);
  json_str(j, "reviewer", item->review.reviewer);
  json_str(j, "approver", item->review.approver);
  json_list(j, "signers", &item->review.signers);
  json_close(j, '}');
}

void item_json(struct json *j, const struct catalogue *c, int at) {
  static const char *const personal[] = {"none", "names", "special"};
  const struct item *item = &c->items[at];
  json_open(j, NULL, '{');
  json_str(j, "id", item->id);
  json_str(j, "domain", c->domains[item->domain].no);
  json_str(j, "level1", item->level1);
  json_str(j, "level2", item->level2);
  json_list(j, "content", &item->content);
  json_list(j, "basis", &item->basis);
  json_deadline(j, item);
  json_str(j, "publisher", item->publisher);
  json_bits(j, "channels", item->channels, CHANNEL_COUNT, channel_name);
  json_str(j, "channel_rule", item->channel_all ? "all" : "any");
  json_str(j, "audience", item->audience);
  json_str(j, "mode", item->mode == MODE_ACTIVE ? "主动" : "依申请");
  json_bits(j, "levels", item->levels, 3, level_key_of);
  json_str(j, "personal", personal[item->personal]);
  json_review(j, item);
  json_bool(j, "verified", item->verified);
  json_bits(j, "unverified", item->unverified, IF_COUNT, field_key_of);
  json_list(j, "same_as", &item->same_as);
  json_str(j, "superseded_by", item->superseded_by);
  json_str(j, "remark", item->remark);
  json_bits(j, "asked", c->asked[at], LEVEL_COUNT, level_key_of);
  json_str(j, "dropped", item->dropped);
  json_str(j, "assigned", item->assigned);
  json_str(j, "confirm", item->confirm_implied ? "implied" : "required");
  json_bool(j, "added", item->added);
  json_close(j, '}');
}
