/* mingbai summary: completion rates by township, village, domain or item.
 *
 * Reads the options, counts once (summary_count.c) and hands over to a writer.  Left out: pages
 * (xlsx, pdf, html), and any order but that of the division codes. */
#include "batch/command.h"
#include "batch/subtree.h"
#include "batch/summary_write.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  void (*write)(const struct summary *s, struct summary_sink *k);
} formats[] = { { "text", summary_text }, { "csv", summary_csv }, { "json", summary_json } };

static const struct { const char *name; int units, items; } axes[] = {
  { "township", SUMMARY_BY_TOWNSHIP, 0 }, { "village", SUMMARY_BY_UNIT, 0 },
  { "domain", 0, SUMMARY_BY_DOMAIN },     { "item", 0, SUMMARY_BY_ITEM },
};
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* What was asked for. */
struct request {
  struct period period;
  enum summary_units by_unit;
  enum summary_items by_item;
  bool by_domain;
  size_t format;
};

/* ---- sink ---- */

enum { PIECE = 1 << 16 };

/* Whether the stream took all is looked at by main, for all commands; here it only ends the work early. */
static bool hand_over(struct summary_sink *k) {
  if (k->status == ST_OK && !text_ok(&k->text)) k->status = error_nomem(&k->e);
  if (k->status != ST_OK) return false;
  if (k->stream == NULL) k->status = file_add(&k->file, text_str(&k->text), k->text.len, &k->e);
  else fwrite(text_str(&k->text), 1, k->text.len, k->stream);
  text_clear(&k->text);
  return k->status == ST_OK && (k->stream == NULL || !ferror(k->stream));
}

bool summary_flush(struct summary_sink *k) {
  return k->text.len < PIECE && text_ok(&k->text) ? true : hand_over(k);
}

/* ---- options ---- */

static enum status read_axes(struct app *app, const struct args *args, struct request *r) {
  const char *const *by;
  size_t n = args_all(args, "by", &by);
  if (n > 2) return report_usage(app, &command_summary, _("--by 最多写两次，例如 --by village --by domain"));
  if (n == 0) r->by_unit = SUMMARY_BY_TOWNSHIP;
  for (size_t i = 0; i < n; i++) {
    size_t k = 0;
    while (k < COUNT(axes) && strcmp(axes[k].name, by[i]) != 0) k++;
    if (k == COUNT(axes))
      return report_usage(app, &command_summary, _("不能按“%s”汇总，可以是 township、village、domain、item"), by[i]);
    /* of two on the same side the finer one: its rows name the coarser */
    if (axes[k].units > (int)r->by_unit) r->by_unit = (enum summary_units)axes[k].units;
    if (axes[k].items == SUMMARY_BY_DOMAIN) r->by_domain = true;
    if (axes[k].items > (int)r->by_item) r->by_item = (enum summary_items)axes[k].items;
  }
  return ST_OK;
}

static enum status read_format(struct app *app, const struct args *args, struct request *r) {
  const char *format = args_get(args, "format");
  if (format == NULL) format = app->json ? "json" : "text";
  while (r->format < COUNT(formats) && strcmp(formats[r->format].name, format) != 0) r->format++;
  if (r->format == COUNT(formats))
    return report_usage(app, &command_summary, _("没有格式“%s”，可以是 text、csv、json"), format);
  if (app->json && strcmp(format, "json") != 0)
    return report_usage(app, &command_summary, _("--json 与 --format %s 只能用一个"), format);
  return ST_OK;
}

static enum status read_request(struct app *app, const struct args *args, struct request *r) {
  const char *period = args_get(args, "period");
  r->period = period_of(app->on, PERIOD_QUARTER);
  if (period != NULL && !period_parse(period, &r->period))
    return report_usage(app, &command_summary, _("看不懂统计期“%s”，写成 2026-07、2026Q3、2026H2 或 2026"), period);
  enum status st = read_axes(app, args, r);
  return st == ST_OK ? read_format(app, args, r) : st;
}

/* ---- running ---- */

static enum status write_out(struct app *app, const struct summary *s, const struct request *r,
                             const char *path, struct error *e) {
  struct summary_sink k = { .columns = app->columns, .notes = !app->quiet };
  enum status st = ST_OK;
  if (path == NULL || strcmp(path, "-") == 0) k.stream = app->out;
  else st = file_begin(&k.file, path, 0644, e);
  if (st != ST_OK) goto out;
  formats[r->format].write(s, &k);
  (void)hand_over(&k);
  st = k.status;
  if (st != ST_OK) *e = k.e;
  else if (k.stream == NULL) st = file_commit(&k.file, e);
out:
  file_cancel(&k.file);
  text_free(&k.text);
  return st;
}

static enum status count_and_write(struct app *app, struct workbook *wb, const struct calendar *calendar,
                                   const struct request *r, const struct args *args, struct error *e) {
  bool *wanted = NULL;
  struct summary s = { .wb = wb, .by_unit = r->by_unit, .by_item = r->by_item, .by_domain = r->by_domain };
  struct slot_plan *plan = slots_plan(wb_catalogue(wb), calendar, r->period, app->on);
  enum status st = plan == NULL ? error_nomem(e) : subtree_read(wb, args, &wanted, e);
  if (st != ST_OK) goto out;
  s.plan = plan;
  s.wanted = wanted;
  st = summary_count(&s, e);
  if (st == ST_OK) st = app_output(wb, args_get(args, "output"), e);
  if (st == ST_OK) st = write_out(app, &s, r, args_get(args, "output"), e);
out:
  summary_free(&s);
  slots_plan_free(plan);
  free(wanted);
  return st;
}

static enum status run_summary(struct app *app, const struct args *args) {
  struct request r = { .format = 0 };
  struct workbook *wb = NULL;
  struct error e = { 0 };
  enum status st = read_request(app, args, &r);
  if (st != ST_OK) return st;
  const struct calendar *calendar = app_calendar(app);
  if (calendar == NULL) return ST_CONFIG;
  st = app_open(app, args->file[0], WB_READ, &wb);
  if (st != ST_OK) return st;
  st = count_and_write(app, wb, calendar, &r, args, &e);
  wb_close(wb);
  return st == ST_OK ? st : report_error(app, &e);
}

static const struct option_spec options[] = {
  { .name = "period", .arg = "P", .help = N_("统计期：2026-07、2026Q3、2026H2 或 2026；不写就是今天所在的季度") },
  { .name = "by", .arg = "KEY", .repeat = true,
    .help = N_("按什么汇总：township 乡镇、village 村、domain 领域、item 事项；可写两次，不写就是 township") },
  { .name = "unit", .arg = "U", .repeat = true, .help = N_("只汇总这个单位和它的下级，代码或名称；可写多次") },
  { .name = "format", .arg = "FORMAT", .help = N_("text 文字表、csv 电子表格、json；不写就是 text") },
  { .name = "output", .arg = "FILE", .short_name = 'o', .help = N_("写到文件；不写就显示在屏幕上") },
  { .name = NULL },
};

const struct command command_summary = {
  .name = "summary",
  .operands = "FILE",
  .summary = N_("汇总填报率、公开率、及时率"),
  .examples = N_("  # 本季度各乡镇的情况\n"
                 "  mingbai summary 高平.mingbai\n"
                 "  # 第三季度，各村各领域，交给电子表格\n"
                 "  mingbai summary 高平.mingbai --period 2026Q3 --by village --by domain \\\n"
                 "      --format csv -o 第三季度.csv\n"
                 "  # 一个乡镇，按事项\n"
                 "  mingbai summary 高平.mingbai --unit 140581001000 --by item\n"),
  .options = options,
  .min_files = 1,
  .max_files = 1,
  .run = run_summary,
};
