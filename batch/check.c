/* mingbai check: every rule on everything.
 *
 * check FILE proves a workbook: its file, its history, every record (checklists/workbook_check.c), and names
 * the items of its catalogue that nobody has compared with a published table yet. check --catalogue reads all
 * definitions the program comes with (or those of another folder) through the same loaders that the commands
 * use, and the county's settings and tailoring where there are any. Exit: 1 when a finding is an error; notes
 * and warnings alone are no reason to stop a script.
 */
#include "base/file.h"
#include "base/text.h"
#include "batch/command.h"
#include "templates/template.h"


static enum status finish(struct app *app, const struct findings *f, const char *fine) {
  if (app->json) report_findings_json(f, app->out);
  else if (f->n + f->dropped > 0) report_findings(app, f, app->out);
  if (!app->json && f->count[SEV_ERROR] == 0) fprintf(app->out, "%s\n", fine);
  return f->count[SEV_ERROR] > 0 ? ST_FOUND : ST_OK;
}

/* ---- a workbook */

static void add_fields(struct text *out, unsigned bits) {
  size_t start = out->len;
  for (int i = 0; i < IF_COUNT; i++)
    if (bits >> i & 1)
      text_addf(out, "%s%s", out->len > start ? "、" : "", item_field_name((enum item_field)i));
}

/* Items that some unit is asked for and that are not confirmed.  What to do is the same for all: on a screen
 * the closing line says it once, a program gets it with each (advise). */
static void note_unverified(const struct catalogue *c, const char *file, bool advise, struct findings *f) {
  struct text fields = {0};
  for (size_t i = 0; i < c->n_items; i++) {
    const struct item *item = &c->items[i];
    if (c->asked[i] == 0 || (item->verified && item->unverified == 0)) continue;
    text_clear(&fields);
    add_fields(&fields, item->unverified);
    if (!item->verified)
      findings_add(f, SEV_NOTE, "catalogue.unverified", file, 0, item->id, _("“%s”待核：未见原表，整行来自通行做法"),
                   item_title(item));
    else
      findings_add(f, SEV_NOTE, "catalogue.unverified-fields", file, 0, item->id, _("“%s”有字段待核：%s"),
                   item_title(item), text_str(&fields));
    if (advise) findings_advise(f, _("使用前请与本县公布的目录核对"));
  }
  text_free(&fields);
}

/* A year mistyped shows as a day that has not come: not wrong by itself, but to be looked at. */
struct future {
  struct findings *f;
  const struct workbook *wb;
  const char *file;
  day on;
};

static bool note_future(const struct record *r, void *ctx) {
  const struct future *x = ctx;
  struct text place = {0};
  size_t n;
  if (record_day(r, FIELD_PUBLISHED) == DAY_NONE || record_day(r, FIELD_PUBLISHED) <= x->on) return true;
  text_addf(&place, "%s %s", wb_units(x->wb, &n)[r->unit].code, wb_catalogue(x->wb)->items[r->item].id);
  size_t head = place.len;
  text_addf(&place, " %s %s", r->uid, field_key(FIELD_PUBLISHED));
  findings_add(x->f, SEV_WARNING, "record.future", x->file, 0, text_str(&place), _("%.*s：公开日期 %s 还没有到"),
               (int)head, text_str(&place), record_get(r, FIELD_PUBLISHED));
  findings_advise(x->f, _("请核对年份；确实是以后公开的，到那一天才算已公开"));
  text_free(&place);
  return true;
}

static enum status check_workbook(struct app *app, const char *file) {
  struct workbook *wb = NULL;
  struct findings f = {0};
  struct error e = {0};
  struct text fine = {0};
  enum status st = app_open(app, file, WB_READ, &wb);
  if (st != ST_OK) return st;
  st = wb_check(wb, &f, &e);
  struct future future = {&f, wb, file, app->on};
  if (st == ST_OK && f.count[SEV_ERROR] == 0) st = wb_records(wb, -1, -1, note_future, &future, &e);
  if (st == ST_OK) {
    size_t units;
    wb_units(wb, &units);
    size_t notes = f.count[SEV_NOTE];
    if (!app->quiet) note_unverified(wb_catalogue(wb), file, app->json, &f);
    notes = f.count[SEV_NOTE] - notes;
    text_addf(&fine, _("台账完好：%zu 个单位，%lld 条记录，历史连续。"), units, (long long)wb_count_records(wb));
    if (notes > 0) text_addf(&fine, _("目录里有 %zu 项待核，使用前请与本县公布的目录核对。"), notes);
    st = finish(app, &f, text_str(&fine));
  } else {
    report_error(app, &e);
  }
  text_free(&fine);
  findings_free(&f);
  wb_close(wb);
  return st;
}

/* ---- the definitions */

struct definitions {
  const char *dir;
  struct findings f;
  size_t domains, items, unverified, years, templates;
};

static void count_years(struct definitions *d, const struct calendar *c) {
  for (int year = 1980; year < 2100; year++) d->years += calendar_listed(c, year);
}

static void check_calendar(struct definitions *d) {
  struct text path = {0};
  path_join(&path, d->dir, "checklists/calendar");
  struct calendar *c = calendar_load(text_str(&path), &d->f);
  if (c) count_years(d, c);
  calendar_free(c);
  text_free(&path);
}

static void check_templates(struct definitions *d) {
  struct text dir = {0}, path = {0};
  struct error e = {0};
  char **names = NULL;
  size_t n = 0;
  path_join(&dir, d->dir, "templates");
  if (path_list(text_str(&dir), ".cfg", &names, &n, &e) != ST_OK) findings_add_error(&d->f, SEV_ERROR, &e);
  for (size_t i = 0; i < n; i++) {
    path_join(&path, text_str(&dir), names[i]);
    struct template *t = template_load(text_str(&path), &d->f);
    d->templates += t != NULL;
    template_free(t);
  }
  path_list_free(names, n);
  text_free(&dir);
  text_free(&path);
}

/* The county's own: the settings in use (loaded as every command does) and the tailoring they or --tailoring
 * name. False when the settings are wrong; their findings are printed already. */
static bool check_own(struct app *app, const struct args *args, struct catalogue *c, struct findings *f) {
  const struct settings *s = app_settings(app, NULL);
  const char *path = args_get(args, "tailoring");
  if (s == NULL) return false;
  if (path == NULL) path = s->tailoring;
  if (c != NULL && !str_empty(path)) catalogue_tailor(c, path, f);
  return true;
}

static enum status check_definitions(struct app *app, const struct args *args) {
  struct definitions d = {.dir = args->n_files > 0 ? args->file[0] : app->data_dir};
  struct text path = {0}, fine = {0};
  path_join(&path, d.dir, "checklists/domains");
  struct catalogue *c = catalogue_load(text_str(&path), &d.f);
  for (size_t i = 0; c && i < c->n_items; i++) d.unverified += !c->items[i].verified;
  if (c) d.domains = c->n_domains;
  if (c) d.items = c->n_items;
  check_calendar(&d);
  check_templates(&d);
  bool own = check_own(app, args, c, &d.f);
  text_addf(&fine, _("定义完好：%zu 个领域，%zu 项（待核 %zu 项），%zu 年的工作日，%zu 个样式。"), d.domains, d.items,
            d.unverified, d.years, d.templates);
  enum status st = finish(app, &d.f, text_str(&fine));
  catalogue_free(c);
  findings_free(&d.f);
  text_free(&path);
  text_free(&fine);
  return st == ST_OK && !own ? ST_FOUND : st;
}

static enum status run_check(struct app *app, const struct args *args) {
  if (args_has(args, "catalogue")) return check_definitions(app, args);
  if (args_has(args, "tailoring"))
    return report_usage(app, &command_check, "%s", _("--tailoring 要和 --catalogue 一起用"));
  if (args->n_files == 0)
    return report_usage(app, &command_check, "%s", _("要写台账文件；检查程序自带的目录用 --catalogue"));
  return check_workbook(app, args->file[0]);
}

static const struct option_spec options[] = {
  {"catalogue", NULL, N_("检查标准目录、工作日和样式；DIR 里要有 checklists 和 templates 文件夹，不写就是程序自带的"), false, 0},
  {"tailoring", "FILE", N_("连同这份本地化文件一起检查"), false, 0},
  {NULL, NULL, NULL, false, 0},
};

const struct command command_check = {
  .name = "check",
  .operands = "FILE | --catalogue [DIR]",
  .summary = N_("检查台账，或检查目录等定义文件"),
  .examples = N_("  # 台账是否完好，每条记录是否合规\n"
                 "  mingbai check 高平.mingbai\n"
                 "  # 程序自带的目录、工作日、样式\n"
                 "  mingbai check --catalogue\n"
                 "  # 写好的本地化文件有没有写错\n"
                 "  mingbai check --catalogue --tailoring tailoring.cfg\n"),
  .options = options,
  .min_files = 0,
  .max_files = 1,
  .run = run_check,
};
