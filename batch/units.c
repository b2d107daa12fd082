/* mingbai units: the workbook's units as a tree, with how many units are below each and how many records
 * each has.  With --level the lines are flat. */
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "batch/command.h"
#include <stdlib.h>

struct listing {
  struct app *app;
  const struct unit *units;
  size_t n;
  long *records; /* owned, by unit */
  long *below;   /* owned, units below each, at every depth */
  int level;     /* only these; -1 all */
  int name_width;
  struct text out;
  struct json json;
  size_t shown;
};

static bool count_record(int unit, int item, const struct slot_record *r, void *ctx) {
  struct listing *l = ctx;
  (void)item;
  (void)r;
  l->records[unit]++;
  return true;
}

static void count_below(struct listing *l) {
  for (size_t i = 0; i < l->n; i++) {
    for (int up = l->units[i].parent; up >= 0; up = l->units[up].parent) {
      l->below[up]++;
    }
  }
}

static void show_json(struct listing *l, int i) {
  const struct unit *u = &l->units[i];
  json_nl(&l->json);
  json_open(&l->json, NULL, '{');
  json_str(&l->json, "code", u->code);
  json_str(&l->json, "name", u->name);
  json_str(&l->json, "level", level_key(u->level));
  json_str(&l->json, "parent", u->parent >= 0 ? l->units[u->parent].code : NULL);
  json_int(&l->json, "units", l->below[i]);
  json_int(&l->json, "records", l->records[i]);
  json_close(&l->json, '}');
}

static void show_text(struct listing *l, int i, int depth) {
  const struct unit *u = &l->units[i];
  struct text *t = &l->out;
  int indent = l->level >= 0 ? 0 : depth * 2;
  text_pad(t, ' ', indent);
  text_addf(t, "%s  ", u->code);
  utf8_fit(t, u->name, l->name_width - indent, false);
  text_addf(t, "  %s", level_name(u->level));
  if (l->below[i] > 0) {
    text_addf(t, _("  下级 %ld"), l->below[i]);
  }
  if (l->records[i] > 0) {
    text_addf(t, _("  记录 %ld"), l->records[i]);
  }
  text_addc(t, '\n');
}

/* A unit and all below it.  Units are few (a county has two thousand), so children are looked for. */
static void show(struct listing *l, int i, int depth) {
  if (l->level < 0 || l->units[i].level == (enum level)l->level) {
    l->shown++;
    if (l->app->json) {
      show_json(l, i);
    } else {
      show_text(l, i, depth);
    }
  }
  for (size_t k = 0; l->below[i] > 0 && k < l->n; k++) {
    if (l->units[k].parent == i) {
      show(l, (int)k, depth + 1);
    }
  }
}

static void show_all(struct listing *l, int top) {
  struct json *j = &l->json;
  json_init(j, &l->out);
  if (l->app->json) {
    json_open(j, NULL, '{');
    json_str(j, "schema", "mingbai.units/1");
    json_open(j, "units", '[');
  }
  for (size_t i = 0; i < l->n; i++) {
    if (top >= 0 ? (int)i == top : l->units[i].parent < 0) {
      show(l, (int)i, 0);
    }
  }
  if (l->app->json) {
    json_close(j, ']');
    json_close(j, '}');
    text_addc(&l->out, '\n');
  } else {
    text_addf(&l->out, _("共 %zu 个单位。\n"), l->shown);
  }
  fputs(text_str(&l->out), l->app->out);
}

static enum status run_listing(struct listing *l, struct workbook *wb, const char *unit) {
  struct error e = {0};
  int top = unit != NULL ? app_unit(wb, unit, &e) : -1;
  enum status st = unit != NULL && top < 0 ? e.status : ST_OK;
  l->units = wb_units(wb, &l->n);
  l->records = calloc(l->n + 1, sizeof *l->records);
  l->below = calloc(l->n + 1, sizeof *l->below);
  if (st == ST_OK) {
    st = l->records == NULL || l->below == NULL ? error_nomem(&e) : wb_scan(wb, -1, -1, count_record, l, &e);
  }
  if (st != ST_OK) {
    return report_error(l->app, &e);
  }
  count_below(l);
  for (size_t i = 0; i < l->n; i++) {
    int width = utf8_width(l->units[i].name) + 4;
    l->name_width = width > l->name_width ? width : l->name_width;
  }
  l->name_width = l->name_width > 40 ? 40 : l->name_width;
  show_all(l, top);
  return ST_OK;
}

static enum status run_units(struct app *app, const struct args *args) {
  struct listing l = {.app = app, .level = -1};
  struct workbook *wb = NULL;
  const char *level = args_get(args, "level");
  if (level != NULL && (l.level = level_find(level)) < 0) {
    return report_usage(app, &command_units, _("没有级别“%s”，应是 county、township、village 或 department"),
                        level);
  }
  enum status st = app_open(app, args->file[0], WB_READ, &wb);
  if (st == ST_OK) {
    st = run_listing(&l, wb, args_get(args, "unit"));
  }
  wb_close(wb);
  free(l.records);
  free(l.below);
  text_free(&l.out);
  return st;
}

static const struct option_spec options[] = {
    {"level", "LEVEL", N_("只列一级：county、township、village 或 department"), false, 0},
    {"unit", "U", N_("只列这个单位（代码或名称）和它的下级"), false, 0},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_units = {
    .name = "units",
    .operands = "FILE",
    .summary = N_("列出台账里的单位"),
    .examples = N_("  # 全部单位，按上下级\n"
                   "  mingbai units 高平.mingbai\n"
                   "  # 一个乡镇的村\n"
                   "  mingbai units 高平.mingbai --unit 北城街道 --level village\n"),
    .options = options,
    .min_files = 1,
    .max_files = 1,
    .run = run_units,
};
