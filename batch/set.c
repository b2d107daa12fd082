/* mingbai set: one record made or changed from a script, in one step of the history.
 *
 * set_values.c reads the options, set_find.c decides which record is meant, set_tell.c says what came of it.
 */
#include "batch/set.h"
#include <stdlib.h>

/* ---- making the change */

static enum status load_old(struct setting *s, int64_t no) {
  enum status st = wb_get(s->wb, no, &s->r, &s->e);
  if (st == ST_OK && (s->r.unit != s->given.unit || s->r.item != s->given.item)) {
    return error_set(&s->e, ST_DATA, "set.other", _("编号 %s 的记录属于别的单位或事项"), s->r.uid);
  }
  for (int f = 0; st == ST_OK && f < FIELD_COUNT; f++) {
    text_add(&s->old[f], record_get(&s->r, (enum record_field)f));
  }
  return st;
}

static void overlay(struct setting *s) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (s->has[f]) {
      free(s->r.value[f]);
      s->r.value[f] = s->given.value[f];
      s->given.value[f] = NULL;
    }
  }
}

static const char *step_word(const struct setting *s) {
  if (!str_empty(record_get(&s->r, FIELD_NONE)) && s->has[FIELD_NONE]) {
    return _("本期无");
  }
  return s->has[FIELD_PUBLISHED] && !str_empty(record_get(&s->r, FIELD_PUBLISHED)) ? _("公开") : _("修改");
}

/* Is there anything to be stored in a new record beside its period? */
static bool says_something(const struct setting *s) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (f != FIELD_PERIOD && s->given.value[f] != NULL) {
      return true;
    }
  }
  return false;
}

/* The record of "none this period" of an event item holds nothing but its reason: without it, it goes. */
static bool takes_none_back(const struct setting *s) {
  bool event = s->item->cadence == CAD_EVENT || s->item->cadence == CAD_BEFORE;
  return event && s->old[FIELD_NONE].len > 0 && str_empty(record_get(&s->r, FIELD_NONE));
}

static enum status put_or_delete(struct setting *s, int64_t no) {
  s->deleted = takes_none_back(s);
  if (!s->deleted) {
    return wb_put(s->wb, &s->r, &s->changed, &s->e);
  }
  s->changed = 1;
  return wb_delete(s->wb, no, &s->e);
}

static enum status store(struct setting *s, int64_t no, const char *uid) {
  struct text label = {0};
  enum status st = no != 0 ? load_old(s, no) : ST_OK;
  if (no == 0 && !says_something(s)) {
    return error_set(&s->e, ST_DATA, "set.nothing",
                     _("还没有这条记录，也没有写要记什么；例如 --published 日期"));
  }
  if (no == 0) {
    s->fresh = true;
    s->r.unit = s->given.unit;
    s->r.item = s->given.item;
    s->r.uid = *uid != '\0' ? str_dup(uid) : NULL;
  }
  if (st == ST_OK) {
    overlay(s);
    text_addf(&label, "%s %s", step_word(s), s->item->id);
    st = wb_begin(s->wb, text_str(&label), s->app->person, s->app->now, &s->e);
  }
  if (st == ST_OK) {
    st = put_or_delete(s, no);
    st = st == ST_OK ? wb_commit(s->wb, &s->e) : st;
  }
  if (st != ST_OK) {
    wb_cancel(s->wb);
  }
  text_free(&label);
  return st;
}

/* ---- the command */

static enum status find_place(struct setting *s) {
  size_t n;
  int unit = app_unit(s->wb, args_get(s->args, "unit"), &s->e);
  if (unit < 0) {
    return error_at(&s->e, NULL, 0, "--unit");
  }
  int item = app_item(wb_catalogue(s->wb), args_get(s->args, "item"), &s->e);
  if (item < 0) {
    return error_at(&s->e, NULL, 0, "--item");
  }
  s->given.unit = unit;
  s->given.item = item;
  s->unit = &wb_units(s->wb, &n)[unit];
  s->item = &wb_catalogue(s->wb)->items[item];
  return ST_OK;
}

/* *told: what went wrong is already printed. */
static enum status change(struct setting *s, bool *told) {
  struct text uid = {0};
  int64_t no = 0;
  enum status st = find_place(s);
  st = st == ST_OK ? set_values(s) : st;
  if (st == ST_OK) {
    st = set_check_options(s);
    *told = st != ST_OK;
  }
  st = st == ST_OK ? set_locate(s, &no, &uid) : st;
  st = st == ST_OK ? store(s, no, text_str(&uid)) : st;
  text_free(&uid);
  return st;
}

static void setting_fini(struct setting *s) {
  record_free(&s->given);
  record_free(&s->r);
  for (int f = 0; f < FIELD_COUNT; f++) {
    text_free(&s->old[f]);
  }
  wb_close(s->wb);
}

static enum status run_set(struct app *app, const struct args *args) {
  struct setting s = {.app = app, .args = args};
  bool told = false;
  if (!args_has(args, "unit") || !args_has(args, "item")) {
    return report_usage(app, &command_set, _("缺少 --%s"), args_has(args, "unit") ? "item" : "unit");
  }
  if (app_calendar(app) == NULL) {
    return ST_CONFIG;
  }
  enum status st = app_open(app, args->file[0], WB_WRITE, &s.wb);
  if (st != ST_OK) {
    return st;
  }
  st = change(&s, &told);
  if (st == ST_OK) {
    set_tell(&s);
  } else if (!told) {
    st = report_error(app, &s.e);
  }
  setting_fini(&s);
  return st;
}

static const struct option_spec options[] = {
    {"unit", "U", N_("单位：代码，或只有一个单位用的名称"), false, 0},
    {"item", "I", N_("事项编号，如 19.05"), false, 0},
    {"period", "P", N_("周期：2026-07、2026Q3、2026H2 或 2026"), false, 0},
    {"event", "DATE", N_("事件日：信息形成或变更的日子"), false, 0},
    {"published", "DATE", N_("公开日期"), false, 0},
    {"removed", "DATE", N_("撤下日期"), false, 0},
    {"printed", "DATE", N_("打印日期"), false, 0},
    {"filed", "DATE", N_("归档日期"), false, 0},
    {"none", "REASON", N_("本期没有可公开的，写明理由"), false, 0},
    {"channel", "C", N_("公开渠道，如 政府网站"), true, 0},
    {"url", "URL", N_("网址"), false, 0},
    {"title", "TITLE", N_("标题"), false, 0},
    {"body-file", "FILE", N_("正文所在的文本文件"), false, 0},
    {"table-file", "FILE", N_("附表所在的 CSV 文件"), false, 0},
    {"phone", "T", N_("监督电话"), false, 0},
    {"note", "T", N_("备注（不上墙）"), false, 0},
    {"uid", "UID", N_("记录编号，见 export"), false, 0},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_set = {
    .name = "set",
    .operands = "FILE --unit U --item I",
    .summary = N_("新增或修改一条公开记录"),
    .examples =
        N_("  # 记下一次公开\n"
           "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --event 2026-09-21 \\\n"
           "      --published 2026-09-23 --title 低保对象公示 --channel 公开查阅点\n"
           "  # 本期没有，写明理由\n"
           "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --period 2026Q3 --none 本季度无变动\n"
           "  # 清空一栏：给空值\n"
           "  mingbai set 高平.mingbai --unit 140581001001 --item 19.05 --event 2026-09-21 --note ''\n"),
    .options = options,
    .min_files = 1,
    .max_files = 1,
    .run = run_set,
};
