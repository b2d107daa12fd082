/* mingbai export: records, slots or history as CSV or JSON.
 *
 * `import` of an exported CSV changes nothing, and into a fresh workbook gives the same bytes again.  CSV has
 * a byte order mark and CRLF, because spreadsheets here take it for GB 18030 otherwise; a cell that a
 * spreadsheet would run as a formula is guarded (base/csv.h).  Leaves out xlsx.
 */
#include "batch/export.h"
#include "base/csv.h"
#include <inttypes.h>
#include <string.h>

/* ---- the sink */

enum { SINK_FULL = 64 * 1024 };

/* path NULL or "-": standard output. */
static enum status sink_open(struct sink *s, struct app *app, const char *path, bool as_json) {
  memset(s, 0, sizeof *s);
  s->app = app;
  s->as_json = as_json;
  s->to_file = path != NULL && strcmp(path, "-") != 0;
  s->st = s->to_file ? file_begin(&s->file, path, 0666, &s->e) : ST_OK;
  return s->st;
}

/* Hand the buffer on. */
static void flush(struct sink *s) {
  if (!text_ok(&s->buffer) && s->st == ST_OK) {
    s->st = error_nomem(&s->e);
  }
  if (s->st == ST_OK && s->to_file) {
    s->st = file_add(&s->file, text_str(&s->buffer), s->buffer.len, &s->e);
  } else if (s->st == ST_OK) {
    fwrite(text_str(&s->buffer), 1, s->buffer.len, s->app->out);
  }
  text_clear(&s->buffer);
}

void sink_head(struct sink *s, const char *schema, const char *list, const char *const *columns, size_t n) {
  if (s->as_json) {
    json_init(&s->json, &s->buffer);
    json_open(&s->json, NULL, '{');
    json_str(&s->json, "schema", schema);
    json_open(&s->json, list, '[');
    return;
  }
  text_add(&s->buffer, "\xEF\xBB\xBF");
  for (size_t i = 0; i < n; i++) {
    csv_add(&s->buffer, columns[i], i == 0, false);
  }
  text_add(&s->buffer, "\r\n");
}

void sink_row(struct sink *s) {
  s->first = true;
  if (s->as_json) {
    json_nl(&s->json);
    json_open(&s->json, NULL, '{');
  }
}

void sink_cell(struct sink *s, const char *key, const char *value) {
  if (s->as_json) {
    json_str(&s->json, key, value != NULL ? value : "");
  } else {
    csv_add(&s->buffer, value != NULL ? value : "", s->first, true);
  }
  s->first = false;
}

void sink_number(struct sink *s, const char *key, int64_t value) {
  if (s->as_json) {
    json_int(&s->json, key, value);
  } else {
    text_addf(&s->buffer, "%s%" PRId64, s->first ? "" : ",", value);
  }
  s->first = false;
}

bool sink_row_end(struct sink *s) {
  if (s->as_json) {
    json_close(&s->json, '}');
  } else {
    text_add(&s->buffer, "\r\n");
  }
  if (s->buffer.len >= SINK_FULL) {
    flush(s);
  }
  return s->st == ST_OK && (s->to_file || !ferror(s->app->out));
}

/* Finish, or take back what was written when st is not ST_OK. */
static enum status sink_close(struct sink *s, enum status st) {
  if (s->as_json && st == ST_OK) {
    json_close(&s->json, ']');
    json_close(&s->json, '}');
    text_addc(&s->buffer, '\n');
  }
  if (st == ST_OK) {
    flush(s);
    st = s->st;
  }
  if (st == ST_OK && s->to_file) {
    st = file_commit(&s->file, &s->e);
  }
  file_cancel(&s->file);
  text_free(&s->buffer);
  return st;
}

/* ---- the command */

static const struct {
  const char *name;
  enum status (*run)(struct sink *s, struct workbook *wb, struct period p);
} whats[] = {
    {"records", export_records},
    {"slots", export_slots},
    {"history", export_history},
};
enum { WHATS = sizeof whats / sizeof whats[0] };

static enum status write_out(struct app *app, const struct args *args, size_t what, struct period p,
                             bool as_json) {
  struct workbook *wb = NULL;
  struct sink s = {0};
  enum status st = app_open(app, args->file[0], WB_READ, &wb);
  if (st != ST_OK) {
    return st;
  }
  st = app_output(wb, args_get(args, "output"), &s.e);
  st = st == ST_OK ? sink_open(&s, app, args_get(args, "output"), as_json) : st;
  if (st == ST_OK) {
    st = whats[what].run(&s, wb, p);
    st = sink_close(&s, st);
  }
  wb_close(wb);
  return st == ST_OK ? ST_OK : report_error(app, &s.e);
}

static enum status run_export(struct app *app, const struct args *args) {
  const char *what = args_get(args, "what"), *format = args_get(args, "format"),
             *period = args_get(args, "period");
  struct period p = period_of(app->on, PERIOD_QUARTER);
  size_t i = 0;
  while (what != NULL && i < WHATS && strcmp(whats[i].name, what) != 0) {
    i++;
  }
  if (i == WHATS) {
    return report_usage(app, &command_export, _("--what 只能是 records、slots 或 history，不能是“%s”"), what);
  }
  if (format == NULL) {
    format = app->json ? "json" : "csv";
  }
  if (strcmp(format, "xlsx") == 0) {
    return report_usage(app, &command_export, _("还不能直接写 xlsx；请用 --format csv，表格软件可以打开"));
  }
  if (strcmp(format, "csv") != 0 && strcmp(format, "json") != 0) {
    return report_usage(app, &command_export, _("--format 只能是 csv 或 json，不能是“%s”"), format);
  }
  if (app->json && strcmp(format, "json") != 0) {
    return report_usage(app, &command_export, _("--json 与 --format %s 只能用一个"), format);
  }
  if (period != NULL && !period_parse(period, &p)) {
    return report_usage(app, &command_export, _("--period “%s”不对，请写成 2026-07、2026Q3、2026H2 或 2026"),
                        period);
  }
  if (period != NULL && whats[i].run != export_slots) {
    return report_usage(app, &command_export, _("--period 只和 --what slots 一起用"));
  }
  return write_out(app, args, i, p, strcmp(format, "json") == 0);
}

static const struct option_spec options[] = {
    {"what", "WHAT", N_("records 公开记录（默认）、slots 应公开点、history 变更历史"), false, 0},
    {"format", "FORMAT", N_("csv（默认）或 json"), false, 0},
    {"period", "P", N_("应公开点的周期（默认本季度）"), false, 0},
    {"output", "FILE", N_("写到文件（默认写到标准输出）"), false, 'o'},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_export = {
    .name = "export",
    .operands = "FILE --format csv|json",
    .summary = N_("导出公开记录、应公开点或变更历史"),
    .examples = N_("  # 全部公开记录，可以用表格软件改好再导入\n"
                   "  mingbai export 高平.mingbai --format csv -o 记录.csv\n"
                   "  # 第三季度每个应公开点的状态\n"
                   "  mingbai export 高平.mingbai --what slots --period 2026Q3 --format csv -o 应公开点.csv\n"
                   "  # 谁在什么时候改了什么\n"
                   "  mingbai export 高平.mingbai --what history --format json\n"),
    .options = options,
    .min_files = 1,
    .max_files = 1,
    .run = run_export,
};
