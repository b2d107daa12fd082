/* mingbai import: many records from a CSV, or units with --units.
 *
 * Everything happens in one step of the history (undone as one), through the same validators as keying.  All
 * bad lines are found in one pass; unless --skip-bad is given nothing is kept when there is one.
 * An empty cell means "no value"; a column that the file does not have is left as it is.
 * Which record a line means: its natural key, else its uid column, else a uid derived from its content, so
 * that importing a file again changes nothing.
 */
#include "batch/import.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include <string.h>

enum { COL_UNIT, COL_ITEM, COL_UID, COL_FIELDS, COLUMNS = COL_FIELDS + FIELD_COUNT };
enum { BAD_SHOWN = 200, UID_MAX_BYTES = 200 };

struct receipt {
  long lines, added, changed, same, bad;
};

struct importing {
  struct app *app;
  struct workbook *wb;
  const char *path;
  struct csv csv;
  int map[COLUMNS];
  struct key_table *uids;   /* uid -> line */
  struct key_table *counts; /* content of a line without uid -> how many so far */
  struct findings f;
  struct receipt n;
  struct text scratch;
  struct error e;
};

void import_report_bad(struct app *app, struct findings *f) {
  size_t n = f->n, dropped = f->dropped;
  if (n > BAD_SHOWN) {
    f->n = BAD_SHOWN;
    f->dropped += n - BAD_SHOWN;
  }
  if (n > 0) {
    report_findings(app, f, app->err);
  }
  f->n = n;
  f->dropped = dropped;
}

/* ---- one line */

static void bad_line(struct importing *m, const char *column, const struct error *e) {
  struct error at = *e;
  error_at(&at, m->path, m->csv.line, column);
  findings_add_error(&m->f, SEV_ERROR, &at);
}

static const char *cell(const struct importing *m, int column) {
  return csv_unguard(csv_cell(&m->csv, m->map[column]));
}

/* An identifier without the spaces around it, in scratch. */
static const char *trimmed(struct importing *m, const char *s) {
  s += strspn(s, " \t\r\n");
  size_t n = strlen(s);
  while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL) {
    n--;
  }
  text_clear(&m->scratch);
  text_addn(&m->scratch, s, n);
  return text_str(&m->scratch);
}

static void take_place(struct importing *m, struct record *r) {
  struct error e = {0};
  r->unit = app_unit(m->wb, trimmed(m, cell(m, COL_UNIT)), &e);
  if (r->unit < 0) {
    bad_line(m, "unit", &e);
  }
  r->item = app_item(wb_catalogue(m->wb), trimmed(m, cell(m, COL_ITEM)), &e);
  if (r->item < 0) {
    bad_line(m, "item", &e);
  }
}

/* Canonical values of the cells into r; false: out of memory. */
static bool take_fields(struct importing *m, struct record *r) {
  for (int f = 0; f < FIELD_COUNT; f++) {
    struct error e = {0};
    const char *given = cell(m, COL_FIELDS + f);
    text_clear(&m->scratch);
    if (*given != '\0' && record_check_field((enum record_field)f, given, &m->scratch, &e) != ST_OK) {
      bad_line(m, field_key((enum record_field)f), &e);
    } else if (m->scratch.len > 0) {
      r->value[f] = str_dup(text_str(&m->scratch));
      if (r->value[f] == NULL) {
        return false;
      }
    }
  }
  return true;
}

/* The uid of the record that the line means; NULL: out of memory, or a bad uid (reported). */
static char *uid_of(struct importing *m, const struct record *r) {
  size_t n;
  const struct item *item = &wb_catalogue(m->wb)->items[r->item];
  const char *unit = wb_units(m->wb, &n)[r->unit].code;
  struct text uid = {0};
  const char *given = trimmed(m, cell(m, COL_UID));
  if (record_natural_uid(&uid, item, unit, r)) {
    return text_take(&uid);
  }
  if (*given != '\0') {
    utf8_clean(&uid, given);
    if (strcmp(text_str(&uid), given) != 0 || uid.len > UID_MAX_BYTES) {
      struct error e = {0};
      error_set(&e, ST_DATA, "import.uid", _("记录编号太长，或者有控制字符"));
      bad_line(m, "uid", &e);
      text_free(&uid);
      return NULL;
    }
    return text_take(&uid);
  }
  const char *const parts[] = {unit, item->id, record_get(r, FIELD_EVENT), record_get(r, FIELD_TITLE)};
  key_join(&m->scratch, parts, sizeof parts / sizeof parts[0]);
  int *count = keys_at(m->counts, text_str(&m->scratch));
  if (count == NULL) {
    return NULL;
  }
  derived_uid(&uid, parts[0], parts[1], parts[2], parts[3], ++*count);
  return text_take(&uid);
}

/* Two lines that mean one record would overwrite each other.  False: out of memory. */
static bool check_twice(struct importing *m, const char *uid) {
  int *line = keys_at(m->uids, uid);
  if (line != NULL && *line > 0) {
    struct error e = {0};
    error_set(&e, ST_DATA, "import.twice", _("与第 %d 行是同一条记录，请删去一行"), *line);
    bad_line(m, *cell(m, COL_UID) != '\0' ? "uid" : "period", &e);
  } else if (line != NULL) {
    *line = m->csv.line;
  }
  return line != NULL;
}

/* Columns that the file lacks keep the value of the stored record. */
static enum status keep_missing(struct importing *m, struct record *r, int64_t no) {
  struct record old = {0};
  enum status st = wb_get(m->wb, no, &old, &m->e);
  if (st != ST_OK) {
    return st;
  }
  if (old.unit != r->unit || old.item != r->item) {
    struct error e = {0};
    error_set(&e, ST_DATA, "import.other", _("台账里编号 %s 的记录属于别的单位或事项"), old.uid);
    bad_line(m, "uid", &e);
  }
  for (int f = 0; f < FIELD_COUNT; f++) {
    if (m->map[COL_FIELDS + f] < 0) {
      r->value[f] = old.value[f];
      old.value[f] = NULL;
    }
  }
  r->no = no;
  record_free(&old);
  return ST_OK;
}

/* Rules of the record as a whole; each broken one with the line. */
static void check_whole(struct importing *m, const struct record *r) {
  size_t units;
  const struct unit *u = &wb_units(m->wb, &units)[r->unit];
  struct findings own = {0};
  record_check(r, &wb_catalogue(m->wb)->items[r->item], u->level, u->code, &own);
  for (size_t i = 0; i < own.n; i++) {
    if (own.list[i].severity == SEV_ERROR) {
      bad_line(m, NULL, &own.list[i].e);
    }
  }
  findings_free(&own);
}

static enum status put(struct importing *m, struct record *r) {
  struct error e = {0};
  int changed = 0;
  bool fresh = r->no == 0;
  enum status st = wb_put(m->wb, r, &changed, &e);
  if (st == ST_DATA) {
    bad_line(m, NULL, &e);
    return ST_OK;
  }
  if (st != ST_OK) {
    m->e = e;
    return st;
  }
  m->n.added += fresh;
  m->n.changed += !fresh && changed > 0;
  m->n.same += !fresh && changed == 0;
  return ST_OK;
}

/* Fill r from the present line as far as it is good; findings tell the rest. */
static enum status prepare(struct importing *m, struct record *r) {
  size_t errors = m->f.count[SEV_ERROR];
  struct error wide = {0};
  if (csv_row_fits(&m->csv, &wide) != ST_OK) {
    bad_line(m, NULL, &wide);
  }
  take_place(m, r);
  if (!take_fields(m, r)) {
    return error_nomem(&m->e);
  }
  if (m->f.count[SEV_ERROR] > errors) {
    return ST_OK;
  }
  r->uid = uid_of(m, r);
  if (r->uid == NULL || !check_twice(m, r->uid)) {
    return m->f.count[SEV_ERROR] > errors ? ST_OK : error_nomem(&m->e);
  }
  int64_t no = wb_find_uid(m->wb, r->uid);
  enum status st = no != 0 ? keep_missing(m, r, no) : ST_OK;
  if (st == ST_OK && m->f.count[SEV_ERROR] == errors) {
    check_whole(m, r);
  }
  return st;
}

static enum status take_line(struct importing *m) {
  struct record r = {0};
  size_t errors = m->f.count[SEV_ERROR];
  enum status st = prepare(m, &r);
  if (st == ST_OK && m->f.count[SEV_ERROR] == errors) {
    st = put(m, &r);
  }
  m->n.lines++;
  m->n.bad += m->f.count[SEV_ERROR] > errors;
  record_free(&r);
  return st;
}

/* ---- the file */

static enum status read_head(struct importing *m) {
  const char *names[COLUMNS];
  struct text unknown = {0};
  names[COL_UNIT] = "unit";
  names[COL_ITEM] = "item";
  names[COL_UID] = "uid";
  for (int f = 0; f < FIELD_COUNT; f++) {
    names[COL_FIELDS + f] = field_key((enum record_field)f);
  }
  enum status st = csv_head(&m->csv, names, COLUMNS, m->map, &unknown, &m->e);
  if (st == ST_OK && unknown.len > 0) {
    st = error_set(
        &m->e, ST_DATA, "import.unknown-column",
        _("表头里有不认识的栏：%s。可用的栏：unit,item,period,event_on,published_on,removed_on,none_reason,"
          "channels,url,title,body,note,uid,table,phone,printed_on,filed_on"),
        text_str(&unknown));
    error_at(&m->e, m->path, m->csv.line, NULL);
  }
  for (int i = COL_UNIT; st == ST_OK && i <= COL_ITEM; i++) {
    if (m->map[i] < 0) {
      st = error_set(&m->e, ST_DATA, "import.column", _("表头里缺少 %s 一栏"), names[i]);
      error_at(&m->e, m->path, m->csv.line, NULL);
    }
  }
  text_free(&unknown);
  return st;
}

static enum status read_lines(struct importing *m) {
  long total = 0;
  enum status st = ST_OK;
  int got;
  for (size_t i = m->csv.at; i < m->csv.text.len; i++) {
    total += m->csv.text.s[i] == '\n';
  }
  while (st == ST_OK && (got = csv_next(&m->csv, &m->e)) != 0) {
    if (got < 0) {
      findings_add_error(&m->f, SEV_ERROR, &m->e); /* the rest cannot be told apart */
      m->n.bad++;
      break;
    }
    st = csv_row_blank(&m->csv) ? ST_OK : take_line(m);
    report_progress(m->app, _("正在导入，第"), m->csv.line, total > m->csv.line ? total : m->csv.line);
  }
  report_progress_end(m->app);
  return st;
}

static void print_receipt(const struct importing *m, bool stored) {
  FILE *out = m->app->out;
  const struct receipt *n = &m->n;
  if (m->app->json) {
    fprintf(out, "{\"schema\":\"mingbai.import/1\",\"lines\":%ld,\"new\":%ld,\"changed\":%ld,\"same\":%ld,",
            n->lines, n->added, n->changed, n->same);
    fprintf(out, "\"bad\":%ld,\"stored\":%s}\n", n->bad, stored ? "true" : "false");
  } else if (stored && !m->app->quiet) {
    fprintf(out, _("读入 %ld 行：新增 %ld，修改 %ld，没有变化 %ld，有错 %ld。\n"), n->lines, n->added,
            n->changed, n->same, n->bad);
  } else if (!m->app->quiet) {
    fprintf(out, _("检查 %ld 行：可新增 %ld，可修改 %ld，没有变化 %ld，有错 %ld；台账没有改动。\n"), n->lines,
            n->added, n->changed, n->same, n->bad);
  }
}

static enum status import_lines(struct importing *m, bool dry_run, bool skip_bad) {
  struct text label = {0};
  text_addf(&label, _("导入 %s"), path_base(m->path));
  enum status st = csv_open(&m->csv, m->path, &m->e);
  st = st == ST_OK ? read_head(m) : st;
  st = st == ST_OK ? wb_begin(m->wb, text_str(&label), m->app->person, m->app->now, &m->e) : st;
  text_free(&label);
  st = st == ST_OK ? read_lines(m) : st;
  bool keep = st == ST_OK && !dry_run && (m->f.count[SEV_ERROR] == 0 || skip_bad);
  if (keep) {
    st = wb_commit(m->wb, &m->e);
  } else {
    wb_cancel(m->wb);
  }
  if (st != ST_OK) {
    return report_error(m->app, &m->e);
  }
  import_report_bad(m->app, &m->f);
  print_receipt(m, keep);
  if (m->f.count[SEV_ERROR] > 0 && !skip_bad) {
    fprintf(m->app->err, "%s: %s\n", m->app->program,
            _("有错的行，所以一行也没有导入；改好后再导入，或者用 --skip-bad 跳过这些行"));
    return ST_DATA;
  }
  return ST_OK;
}

static enum status import_records(struct app *app, struct workbook *wb, const char *path, bool dry_run,
                                  bool skip_bad) {
  struct importing m = {.app = app, .wb = wb, .path = path};
  enum status st;
  m.uids = keys_new();
  m.counts = keys_new();
  if (m.uids == NULL || m.counts == NULL) {
    error_nomem(&m.e);
    st = report_error(app, &m.e);
  } else {
    st = import_lines(&m, dry_run, skip_bad);
  }
  keys_free(m.uids);
  keys_free(m.counts);
  csv_close(&m.csv);
  findings_free(&m.f);
  text_free(&m.scratch);
  return st;
}

static bool ends_in(const char *s, const char *suffix) {
  size_t n = strlen(s), k = strlen(suffix);
  return n >= k && strcmp(s + n - k, suffix) == 0;
}

static enum status run_import(struct app *app, const struct args *args) {
  struct workbook *wb = NULL;
  const char *data = args->file[1];
  bool dry_run = args_has(args, "dry-run");
  if (ends_in(data, ".xlsx") || ends_in(data, ".xls")) {
    return report_usage(app, &command_import, _("还不能直接读“%s”，请在表格软件里另存为 CSV 再导入"), data);
  }
  enum status st = app_open(app, args->file[0], WB_WRITE, &wb);
  if (st == ST_OK && args_has(args, "units")) {
    st = import_units(app, wb, data, dry_run);
  } else if (st == ST_OK) {
    st = import_records(app, wb, data, dry_run, args_has(args, "skip-bad"));
  }
  wb_close(wb);
  return st;
}

static const struct option_spec options[] = {
    {"dry-run", NULL, N_("只检查和试算，不改动台账"), false, 0},
    {"skip-bad", NULL, N_("跳过有错的行，导入其余的"), false, 0},
    {"units", NULL, N_("导入单位（各栏为 code,name,level,parent）"), false, 0},
    {NULL, NULL, NULL, false, 0},
};

const struct command command_import = {
    .name = "import",
    .operands = "FILE DATA.csv",
    .summary = N_("从 CSV 表格导入公开记录，或单位"),
    .examples = N_("  # 先试一遍，看有没有错的行\n"
                   "  mingbai import 高平.mingbai 记录.csv --dry-run\n"
                   "  # 导入；有错的行时一行也不导入\n"
                   "  mingbai import 高平.mingbai 记录.csv\n"
                   "  # 新增几个村，或给村改名\n"
                   "  mingbai import 高平.mingbai 单位.csv --units\n"),
    .options = options,
    .min_files = 2,
    .max_files = 2,
    .run = run_import,
};
