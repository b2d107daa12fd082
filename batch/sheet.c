/* mingbai sheet: notices, board sheets and index sheets as PDF.
 *
 * This file reads the options and opens what a run needs (template, fonts, settings, workbook).  What is
 * selected is in sheet_select.c, what stands on it in sheet_fill.c and beside it, how it is printed in
 * sheet_run.c.
 */
#include "batch/sheet.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

static const struct option_spec options[] = {
  {"kind", "KIND", N_("公示单种类：notice 公示、board 公开栏（一个领域）、index 总目录"), false, 0},
  {"unit", "U", N_("单位代码或名称；不写为所有有内容的单位；可写多次"), true, 0},
  {"level", "LEVEL", N_("只印这一级：village、township 等；与 --unit 同用时指其下属"), false, 0},
  {"domain", "D", N_("领域编号或名称；不写为全部；可写多次"), true, 0},
  {"item", "I", N_("事项编号，如 19.05；可写多次"), true, 0},
  {"period", "P", N_("周期，如 2026Q3；公开栏和总目录默认为当前季度"), false, 0},
  {"event", "D", N_("事件日（只用于 notice）"), false, 0},
  {"uid", "UID", N_("记录标识（只用于 notice）"), false, 0},
  {"template", "T", N_("模板：文件，或 templates 文件夹中的名称"), false, 0},
  {"list", NULL, N_("列出可用的模板"), false, 0},
  {"output", "DIR|FILE.pdf", N_("以 .pdf 结尾时合成一个文件，否则为文件夹，每份一个 PDF"), false, 'o'},
  {NULL, NULL, NULL, false, 0}
};

/* What the command opens; one place frees it. */
struct work {
  struct app *app;
  const struct args *args;
  const char *file;
  struct workbook *wb;
  struct template *t;
  struct fonts *fonts;
  struct slot_plan *plan;
  struct sheet_source source;
  struct sheet_choice choice;
  struct sheet_run *run;
};

/* ---- template */

static struct template *load_template(struct app *app, const char *path) {
  struct findings f = {0};
  struct template *t = sheet_template_load(path, &f);
  if (f.n) report_findings(app, &f, app->err);
  findings_free(&f);
  return t;
}

/* --template, else the one named like the kind; the kind follows from it. */
static enum status open_template(struct work *w) {
  const char *kind = args_get(w->args, "kind"), *given = args_get(w->args, "template");
  struct text path = {0};
  sheet_template_path(w->app, given ? given : kind, &path);
  if (!file_exists(text_str(&path))) {
    struct error e;
    error_set(&e, given ? ST_NOINPUT : ST_CONFIG, "sheet.no-template",
              _("没有模板 %s；用 mingbai sheet --list 看有哪些模板"), given ? given : kind);
    report_error(w->app, &e);
    text_free(&path);
    return e.status;
  }
  w->t = load_template(w->app, text_str(&path));
  text_free(&path);
  if (!w->t) return ST_CONFIG;
  if (kind && strcmp(kind, w->t->kind) != 0)
    return report_usage(w->app, &command_sheet, _("模板 %s 是 %s 的，与 --kind %s 不符"), given, w->t->kind,
                        kind);
  w->choice.kind = sheet_kind_find(w->t->kind);
  return w->choice.kind ? ST_OK : ST_CONFIG; /* the template's own check knows the kinds */
}

static enum status list_templates(struct app *app) {
  struct text dir = {0}, path = {0}, out = {0};
  struct error e;
  char **names = NULL;
  size_t n = 0;
  path_join(&dir, app->data_dir, "templates");
  enum status st = path_list(text_str(&dir), ".cfg", &names, &n, &e);
  for (size_t i = 0; !st && i < n; i++) {
    path_join(&path, text_str(&dir), names[i]);
    struct template *t = load_template(app, text_str(&path));
    names[i][strlen(names[i]) - 4] = '\0';
    utf8_fit(&out, names[i], 16, false);
    text_addf(&out, " %-8s ", t ? t->kind : "-");
    utf8_clean(&out, t ? t->summary : _("（有错误，见上）"));
    text_addc(&out, '\n');
    template_free(t);
  }
  if (!st) fputs(text_str(&out), app->out);
  path_list_free(names, n);
  text_free(&dir);
  text_free(&path);
  text_free(&out);
  return st ? report_error(app, &e) : ST_OK;
}

/* ---- choice */

static enum status bad_option(struct work *w, const char *option, const char *value, const char *want) {
  return report_usage(w->app, &command_sheet, _("--%s %s 不对，应写%s"), option, value, want);
}

static enum status choose_dates(struct work *w) {
  struct sheet_choice *c = &w->choice;
  const char *period = args_get(w->args, "period"), *event = args_get(w->args, "event");
  bool notice = c->kind->of == SHEET_OF_RECORD;
  c->event = DAY_NONE;
  c->uid = args_get(w->args, "uid");
  if (!notice && (event || c->uid || args_has(w->args, "item")))
    return report_usage(w->app, &command_sheet, "%s", _("--item、--event、--uid 只用于 --kind notice"));
  if (period && !period_parse(period, &c->period))
    return bad_option(w, "period", period, _("周期，如 2026Q3、2026-07、2026"));
  if (event && !day_parse(event, &c->event)) return bad_option(w, "event", event, _("日期，如 2026-09-03"));
  if (!period && !notice) c->period = period_of(w->app->on, PERIOD_QUARTER);
  return ST_OK;
}

static enum status choose_catalogue(struct work *w) {
  struct sheet_choice *c = &w->choice;
  const struct catalogue *cat = w->source.catalogue;
  const char *const *given;
  struct error e;
  size_t n = args_all(w->args, "domain", &given);
  c->domains = calloc(n + 1, sizeof *c->domains);
  if (!c->domains) return report_error(w->app, (error_nomem(&e), &e));
  for (size_t i = 0; i < n; i++) {
    int d = catalogue_find_domain(cat, given[i]);
    if (d < 0)
      return bad_option(w, "domain", given[i], _("领域编号或名称，如 19；mingbai items 列出全部领域"));
    c->domains[c->n_domains++] = d;
  }
  n = args_all(w->args, "item", &given);
  c->items = calloc(n + 1, sizeof *c->items);
  if (!c->items) return report_error(w->app, (error_nomem(&e), &e));
  for (size_t i = 0; i < n; i++) {
    int item = app_item(cat, given[i], &e);
    if (item < 0) return report_error(w->app, &e);
    c->items[c->n_items++] = item;
  }
  return ST_OK;
}

/* At or below one of the given units (only itself when no level is asked for). */
static bool is_under(const struct unit *units, int i, const bool *given, bool deep) {
  for (int up = i; up >= 0; up = deep ? units[up].parent : -1)
    if (given[up]) return true;
  return false;
}

static enum status choose_units(struct work *w) {
  struct sheet_choice *c = &w->choice;
  const char *const *names;
  size_t n_units, n = args_all(w->args, "unit", &names);
  const struct unit *units = wb_units(w->wb, &n_units);
  const char *level_given = args_get(w->args, "level");
  int level = level_given ? level_find(level_given) : -1;
  struct error e = {0};
  if (level_given && level < 0)
    return bad_option(w, "level", level_given, _(" county、township、village 或 department"));
  bool *given = calloc(n_units + 1, sizeof *given);
  c->units = calloc(n_units + 1, sizeof *c->units);
  if (!given || !c->units) error_nomem(&e);
  for (size_t i = 0; i < n && !e.status; i++) {
    int u = app_unit(w->wb, names[i], &e);
    if (u >= 0) given[u] = true;
  }
  c->units_given = n > 0 && level < 0;
  for (size_t i = 0; i < n_units && !e.status; i++) {
    if (level >= 0 && (int)units[i].level != level) continue;
    if (n == 0 || is_under(units, (int)i, given, level >= 0)) c->units[c->n_units++] = (int)i;
  }
  free(given);
  return e.status ? report_error(w->app, &e) : ST_OK;
}

/* ---- run */

static bool ends_in_pdf(const char *s) {
  size_t n = strlen(s);
  return strcmp(s, "-") == 0 || (n > 4 && (strcmp(s + n - 4, ".pdf") == 0 || strcmp(s + n - 4, ".PDF") == 0));
}

/* {"schema":"mingbai.sheet/1","kind","out","files":[…],"printed","pages","refused"} */
static void open_json(struct work *w) {
  struct json *j = &w->run->json;
  json_init(j, &w->run->names);
  json_open(j, NULL, '{');
  json_str(j, "schema", "mingbai.sheet/1");
  json_str(j, "kind", w->choice.kind->name);
  json_str(j, "out", w->run->out);
  json_open(j, "files", '[');
}

static enum status start_run(struct work *w, struct error *e) {
  struct sheet_run *r = w->run = calloc(1, sizeof *r);
  if (!r) return error_nomem(e);
  r->app = w->app;
  r->file = w->file;
  r->out = args_get(w->args, "output");
  r->one = ends_in_pdf(r->out);
  r->t = w->t;
  r->fonts = w->fonts;
  open_json(w);
  if (!r->one) return file_mkdir(r->out, e);
  struct pdf_info info = {.title = w->t->summary};
  return pdf_begin(&r->pdf, w->fonts, &info, e);
}

static void print_json(struct work *w) {
  struct sheet_run *r = w->run;
  json_close(&r->json, ']');
  json_int(&r->json, "printed", r->printed);
  json_int(&r->json, "pages", r->pages);
  json_int(&r->json, "refused", r->refused);
  json_close(&r->json, '}');
  fprintf(w->app->out, "%s\n", text_str(&r->names));
}

static enum status closing(struct work *w) {
  struct sheet_run *r = w->run;
  struct app *app = w->app;
  if (r->findings.n) report_findings(app, &r->findings, app->err);
  if (r->printed + r->refused == 0) {
    struct error e;
    error_set(
        &e, ST_NOINPUT, "sheet.nothing", "%s",
        _("没有可印的内容；请检查 --unit、--domain、--item、--period，或先登记"
                "记录（notice 只印有标题的事件记录）"));
    return report_error(app, &e);
  }
  bool to_stdout = strcmp(r->out, "-") == 0; /* then nothing but the PDF goes there */
  if (app->json && !to_stdout) print_json(w);
  else if (r->one && r->printed && !app->quiet && !to_stdout) fprintf(app->out, "%s\n", r->out);
  if (!app->quiet) {
    fprintf(app->err, _("印出 %ld 份，共 %ld 页，在 %s"), r->printed, r->pages, r->out);
    if (r->refused) fprintf(app->err, _("；%ld 份有问题没有印"), r->refused);
    fputs(_("。\n"), app->err);
    if (r->without_phone)
      fprintf(app->err,
              _("注意：其中 %ld 份没有监督电话；请在 mingbai.cfg 中写 telephone，或在记录中填写。\n"),
              r->without_phone);
  }
  return r->refused ? ST_FOUND : ST_OK;
}

/* All sheets of the choice, through the run. */
static enum status print_all(struct work *w, struct error *e) {
  struct sheet_run *r = w->run;
  struct sheet_list list = {0};
  struct unit_records records = {0};
  enum status st = ST_OK;
  for (size_t i = 0; i < w->choice.n_units && !st; i++)
    st = sheet_list_unit(&w->source, &w->choice, w->choice.units[i], &list, e);
  r->total = (long)list.n;
  for (size_t i = 0; i < list.n && !st; i++) {
    struct sheet_job *j = sheet_run_next(r);
    st = sheet_job_fill(&w->source, &w->choice, &records, &list.spec[i], j, e);
    if (!st && (st = sheet_run_add(r))) *e = r->error;
  }
  if (!st && (st = sheet_run_end(r))) *e = r->error;
  unit_records_fini(&records);
  sheet_list_free(&list);
  return st;
}

static enum status print_sheets(struct work *w) {
  struct error e = {0};
  bool counts = w->choice.kind->counts;
  if (counts) w->plan = slots_plan(w->source.catalogue, w->source.calendar, w->choice.period, w->app->on);
  w->source.plan = w->plan;
  enum status st = counts && !w->plan ? error_nomem(&e) : fonts_open(&w->fonts, w->source.settings, &e);
  if (!st) st = start_run(w, &e);
  if (!st) st = print_all(w, &e);
  if (st) {
    if (w->run && w->run->findings.n) report_findings(w->app, &w->run->findings, w->app->err);
    return report_error(w->app, &e);
  }
  return closing(w);
}

static enum status open_all(struct work *w) {
  enum status st = open_template(w);
  if (!st) st = app_open(w->app, w->file, WB_READ, &w->wb);
  if (st) return st;
  w->source = (struct sheet_source){.wb = w->wb,
                                    .catalogue = wb_catalogue(w->wb),
                                    .calendar = app_calendar(w->app),
                                    .settings = app_settings(w->app, w->file),
                                    .on = w->app->on};
  if (!w->source.calendar || !w->source.settings) return ST_CONFIG;
  st = choose_dates(w);
  if (!st) st = choose_catalogue(w);
  if (!st) st = choose_units(w);
  return st;
}

static void work_fini(struct work *w) {
  if (w->run) sheet_run_fini(w->run);
  free(w->run);
  sheet_choice_fini(&w->choice);
  slots_plan_free(w->plan);
  fonts_free(w->fonts);
  template_free(w->t);
  wb_close(w->wb);
}

static enum status run(struct app *app, const struct args *args) {
  struct work w = {.app = app, .args = args};
  if (args_has(args, "list")) return list_templates(app);
  if (args->n_files == 0) return report_usage(app, &command_sheet, "%s", _("没有写台账文件"));
  if (args_get(args, "kind") && !sheet_kind_find(args_get(args, "kind")))
    return report_usage(app, &command_sheet, _("--kind %s 不对，应写 notice、board 或 index"),
                        args_get(args, "kind"));
  if (!args_get(args, "kind") && !args_get(args, "template"))
    return report_usage(app, &command_sheet, "%s", _("请写 --kind notice、board 或 index"));
  if (str_empty(args_get(args, "output")))
    return report_usage(app, &command_sheet, "%s", _("请写 -o 文件夹 或 -o 文件.pdf"));
  w.file = args->file[0];
  enum status st = open_all(&w);
  if (!st) st = print_sheets(&w);
  work_fini(&w);
  return st;
}

const struct command command_sheet = {
    .name = "sheet",
    .operands = "FILE",
    .summary = N_("打印公示单：公示、公开栏、总目录，都带二维码"),
    .examples = N_(
        "# 一个村的社会救助公开栏\n"
        "mingbai sheet 高平.mingbai --kind board --unit 140581001001 --domain 19 --period 2026Q3 -o 公开栏/\n"
        "# 所有村的公开栏，合成一个 PDF\n"
        "mingbai sheet 高平.mingbai --kind board --level village -o 公开栏.pdf\n"
        "# 一条公示\n"
        "mingbai sheet 高平.mingbai --kind notice --unit 140581001001 --item 19.05 "
        "--event 2026-09-03 -o 公示.pdf\n"),
    .options = options,
    .min_files = 0,
    .max_files = 1,
    .run = run,
};
