/* mingbai init: a new workbook from a division list, the standard catalogue and a county's tailoring.
 *
 * An existing file is never touched.  Leaves out records: those come by the UI, set and import.
 */
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "batch/import.h"

struct made {
  size_t units[LEVEL_COUNT];
  size_t items, asked;
};

/* Tailoring: the option, else the one that the settings name. */
static enum status tailor(struct app *app, const struct args *args, struct catalogue *c) {
  const char *path = args_get(args, "tailoring");
  const struct settings *s = path == NULL ? app_settings(app, args->file[0]) : NULL;
  struct findings f = {0};
  if (path == NULL && s == NULL) {
    return ST_CONFIG;
  }
  if (path == NULL) {
    path = s->tailoring;
  }
  bool ok = str_empty(path) || catalogue_tailor(c, path, &f);
  if (f.n > 0) {
    report_findings(app, &f, app->err);
  }
  findings_free(&f);
  return ok ? ST_OK : ST_CONFIG;
}

static void count_made(const struct unit_rows *rows, const struct catalogue *c, struct made *m) {
  for (size_t i = 0; i < rows->n; i++) {
    m->units[rows->list[i].level]++;
  }
  m->items = c->n_items;
  for (size_t i = 0; i < c->n_items; i++) {
    m->asked += c->asked[i] != 0;
  }
}

static void print_json(struct app *app, const char *file, const struct catalogue *c, const struct made *m) {
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_open(&j, NULL, '{');
  json_str(&j, "schema", "mingbai.init/1");
  json_str(&j, "file", file);
  json_open(&j, "units", '{');
  for (int l = 0; l < LEVEL_COUNT; l++) {
    json_int(&j, level_key((enum level)l), (long long)m->units[l]);
  }
  json_close(&j, '}');
  json_str(&j, "edition", c->edition);
  json_int(&j, "domains", (long long)c->n_domains);
  json_int(&j, "items", (long long)m->items);
  json_int(&j, "asked", (long long)m->asked);
  json_close(&j, '}');
  fprintf(app->out, "%s\n", text_str(&t));
  text_free(&t);
}

static void print_made(struct app *app, const char *file, size_t units, const struct catalogue *c,
                       const struct made *m) {
  struct text t = {0};
  if (app->json) {
    print_json(app, file, c, m);
    return;
  }
  if (app->quiet) {
    return;
  }
  for (int l = 0; l < LEVEL_COUNT; l++) {
    if (m->units[l] > 0) {
      text_addf(&t, "%s%s %zu", t.len > 0 ? "，" : "", level_name((enum level)l), m->units[l]);
    }
  }
  fprintf(app->out, _("已建立台账 %s：%zu 个单位（%s）。\n"), file, units, text_str(&t));
  fprintf(app->out, _("标准目录 %s 版：%zu 个领域，%zu 个事项，其中 %zu 个要求这些单位主动公开。\n"),
          c->edition, c->n_domains, m->items, m->asked);
  text_free(&t);
}

/* Units as the options ask for; prints what is wrong. */
static enum status read_units(struct app *app, const struct args *args, struct unit_rows *rows) {
  struct findings f = {0};
  struct error e = {0};
  enum status st = unit_rows_read(rows, args_get(args, "divisions"), NULL, &f, &e);
  import_report_bad(app, &f);
  if (st == ST_OK && f.count[SEV_ERROR] > 0) {
    findings_free(&f);
    return ST_DATA;
  }
  if (st == ST_OK && args_has(args, "unit")) {
    st = unit_rows_keep(rows, args_get(args, "unit"), &e);
  }
  findings_free(&f);
  return st == ST_OK ? ST_OK : report_error(app, &e);
}

static enum status create(struct app *app, const struct args *args, const struct unit_rows *rows) {
  struct made made = {0};
  struct error e = {0};
  struct catalogue *c = app_catalogue(app);
  enum status st = c == NULL ? ST_CONFIG : tailor(app, args, c);
  if (st == ST_OK) {
    st = wb_create(args->file[0], rows->list, rows->n, c, app->person, app->now, &e);
    if (st != ST_OK) {
      report_error(app, &e);
    }
  }
  if (st == ST_OK) {
    count_made(rows, c, &made);
    print_made(app, args->file[0], rows->n, c, &made);
  }
  catalogue_free(c);
  return st;
}

static enum status run_init(struct app *app, const struct args *args) {
  const char *file = args->file[0];
  struct unit_rows rows = {0};
  if (!args_has(args, "divisions")) {
    return report_usage(app, &command_init, _("缺少 --divisions，它给出单位清单（CSV）"));
  }
  if (file_exists(file)) {
    struct error e = {0};
    error_set(&e, ST_CANTCREATE, "init.exists", _("这个文件已经有了，不会覆盖；请换一个名字"));
    error_at(&e, file, 0, NULL);
    return report_error(app, &e);
  }
  enum status st = read_units(app, args, &rows);
  if (st == ST_OK) {
    st = create(app, args, &rows);
  }
  unit_rows_free(&rows);
  return st;
}

static const struct option_spec options[] = {
    {"divisions", "CSV", N_("单位清单，各栏为 code,name,level,parent"), false, 0},
    {"unit", "U", N_("只要这个乡镇（代码或名称）和它的村"), false, 0},
    {"tailoring", "FILE", N_("本地化文件（默认用设置里写的）"), false, 0},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_init = {
    .name = "init",
    .operands = "FILE --divisions CSV",
    .summary = N_("为一个县，或一个乡镇和它的村，新建台账"),
    .examples = N_("  # 全县\n"
                   "  mingbai init 高平.mingbai --divisions examples/140581.csv\n"
                   "  # 只要一个乡镇和它的村\n"
                   "  mingbai init 北城街道.mingbai --divisions examples/140581.csv --unit 140581001000\n"),
    .options = options,
    .min_files = 1,
    .max_files = 1,
    .run = run_init,
};
