/* The table of commands, and what every command shares: parsing by option table, --help, usage errors.
 *
 * Parsing is getopt_long over a table built from the command's options and the global ones, so that both
 * may stand anywhere among the operands.  getopt's own messages are off: they are not in our words.
 * command_help.c prints the same tables, so that help and parsing cannot drift.
 */
#include "batch/command.h"
#include "base/text.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const struct command *const commands[] = {
    &command_init, &command_units,  &command_items, &command_set,   &command_fill,    &command_import,
    &command_export, &command_todo, &command_check, &command_sheet, &command_summary, NULL,
};

enum global { G_ON, G_CONFIG, G_COLOR, G_QUIET, G_JSON, G_HELP, G_VERSION, G_COUNT };

const struct option_spec global_options[] = {
    [G_ON] = {"on", "DATE", N_("当作这一天来算（默认今天）"), false, 0},
    [G_CONFIG] = {"config", "FILE", N_("设置文件（默认依次找台账所在文件夹、个人、系统的 mingbai.cfg）"),
                  false, 0},
    [G_COLOR] = {"color", "WHEN", N_("颜色：auto、always 或 never"), false, 0},
    [G_QUIET] = {"quiet", NULL, N_("只说错误，不显示进度"), false, 'q'},
    [G_JSON] = {"json", NULL, N_("结果用 JSON 输出（有结果可报的命令）"), false, 0},
    [G_HELP] = {"help", NULL, N_("显示用法和例子"), false, 'h'},
    [G_VERSION] = {"version", NULL, N_("显示本程序和所用程序库的版本"), false, 0},
    [G_COUNT] = {NULL, NULL, NULL, false, 0},
};

const struct command *command_find(const char *name) {
  for (size_t i = 0; commands[i] != NULL; i++) {
    if (strcmp(commands[i]->name, name) == 0) {
      return commands[i];
    }
  }
  return NULL;
}

/* ---- parsed arguments */

static int spec_find(const struct option_spec *specs, const char *name) {
  for (int i = 0; specs != NULL && specs[i].name != NULL; i++) {
    if (strcmp(specs[i].name, name) == 0) {
      return i;
    }
  }
  return -1;
}

static size_t spec_count(const struct option_spec *specs) {
  size_t n = 0;
  while (specs != NULL && specs[n].name != NULL) {
    n++;
  }
  return n;
}

const char *args_get(const struct args *a, const char *name) {
  int i = spec_find(a->specs, name);
  return i < 0 || a->opt[i].n == 0 || a->opt[i].v == NULL ? NULL : a->opt[i].v[a->opt[i].n - 1];
}

size_t args_all(const struct args *a, const char *name, const char *const **values) {
  int i = spec_find(a->specs, name);
  *values = i < 0 ? NULL : (const char *const *)a->opt[i].v;
  return i < 0 ? 0 : a->opt[i].n;
}

bool args_has(const struct args *a, const char *name) {
  int i = spec_find(a->specs, name);
  return i >= 0 && a->opt[i].n > 0;
}

static void args_free(struct args *a) {
  size_t n = spec_count(a->specs);
  for (size_t i = 0; a->opt != NULL && i < n; i++) {
    free(a->opt[i].v);
  }
  free(a->opt);
  free(a->file);
  memset(a, 0, sizeof *a);
}

/* Room for every option given as often as there are words. */
static bool args_init(struct args *a, const struct option_spec *specs, size_t words) {
  size_t n = spec_count(specs);
  memset(a, 0, sizeof *a);
  a->specs = specs;
  a->file = calloc(words + 1, sizeof *a->file);
  a->opt = calloc(n + 1, sizeof *a->opt);
  bool ok = a->file != NULL && a->opt != NULL;
  for (size_t i = 0; ok && i < n; i++) {
    if (specs[i].arg != NULL) {
      a->opt[i].v = calloc(words + 1, sizeof *a->opt[i].v);
      ok = a->opt[i].v != NULL;
    }
  }
  return ok;
}

/* ---- getopt's tables */

enum { CODE_GLOBAL = 256, CODE_OWN = 512 };

struct getopt_tables {
  struct option *long_options; /* owned */
  struct text short_options;
};

static void add_specs(struct getopt_tables *t, const struct option_spec *specs, size_t *n, int code) {
  for (int i = 0; specs != NULL && specs[i].name != NULL; i++) {
    t->long_options[(*n)++] = (struct option){
        specs[i].name, specs[i].arg != NULL ? required_argument : no_argument, NULL, code + i};
    if (specs[i].short_name != 0) {
      text_addc(&t->short_options, specs[i].short_name);
      text_add(&t->short_options, specs[i].arg != NULL ? ":" : "");
    }
  }
}

static bool tables_init(struct getopt_tables *t, const struct option_spec *own) {
  size_t n = 0;
  memset(t, 0, sizeof *t);
  t->long_options = calloc(spec_count(own) + G_COUNT + 1, sizeof *t->long_options);
  text_add(&t->short_options, ":");
  if (t->long_options == NULL) {
    return false;
  }
  add_specs(t, global_options, &n, CODE_GLOBAL);
  add_specs(t, own, &n, CODE_OWN);
  return text_ok(&t->short_options);
}

static void tables_free(struct getopt_tables *t) {
  free(t->long_options);
  text_free(&t->short_options);
}

/* The code of a short option: that of its long one. */
static int code_of_short(int c, const struct option_spec *own) {
  for (int i = 0; i < G_COUNT; i++) {
    if (global_options[i].short_name == c) {
      return CODE_GLOBAL + i;
    }
  }
  for (int i = 0; own != NULL && own[i].name != NULL; i++) {
    if (own[i].short_name == c) {
      return CODE_OWN + i;
    }
  }
  return -1;
}

/* ---- nearest name, for what was mistyped */

static size_t least(size_t a, size_t b, size_t c) {
  size_t m = a < b ? a : b;
  return m < c ? m : c;
}

/* Edit distance of two short ASCII words. */
static size_t distance(const char *a, const char *b) {
  size_t row[40], n = strlen(b);
  if (n >= 40) {
    return n;
  }
  for (size_t j = 0; j <= n; j++) {
    row[j] = j;
  }
  for (size_t i = 0; a[i] != '\0'; i++) {
    size_t corner = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < n; j++) {
      size_t above = row[j + 1];
      row[j + 1] = least(above + 1, row[j] + 1, corner + (a[i] != b[j]));
      corner = above;
    }
  }
  return row[n];
}

static size_t shared_start(const char *a, const char *b) {
  size_t n = 0;
  while (a[n] != '\0' && a[n] == b[n]) {
    n++;
  }
  return n;
}

/* People slip at the end of a word, not at its start: the whole word as a start counts one slip, three letters
 * of it at most two. */
static void consider(const char *name, const char *given, const char **best, size_t *least_far) {
  size_t far = distance(given, name), shared = shared_start(given, name);
  if (shared >= 2 && given[shared] == '\0') {
    far = 1;
  } else if (shared >= 3 && far > 2) {
    far = 2;
  }
  if (far < *least_far && far < strlen(name)) {
    *least_far = far;
    *best = name;
  }
}

const char *command_nearest(const char *given) {
  const char *best = NULL;
  size_t far = strlen(given) / 4 + 2; /* two slips in a short word, more in a long one */
  for (size_t i = 0; commands[i] != NULL; i++) {
    consider(commands[i]->name, given, &best, &far);
  }
  return best;
}

static const char *nearest_option(const struct option_spec *own, const char *given) {
  const char *best = NULL;
  size_t far = strlen(given) / 4 + 2;
  for (size_t i = 0; i < spec_count(own); i++) {
    consider(own[i].name, given, &best, &far);
  }
  for (size_t i = 0; i < G_COUNT; i++) {
    consider(global_options[i].name, given, &best, &far);
  }
  return best;
}

/* ---- parsing */

static enum status take_color(struct app *app, const struct command *c, const char *value) {
  if (strcmp(value, "always") == 0) {
    app->color = true;
  } else if (strcmp(value, "never") == 0) {
    app->color = false;
  } else if (strcmp(value, "auto") != 0) {
    return report_usage(app, c, _("--color 只能是 auto、always 或 never，不能是“%s”"), value);
  }
  return ST_OK;
}

/* History written with --on carries noon of that day, Chinese time. */
static enum status take_day(struct app *app, const struct command *c, const char *value) {
  day d;
  if (!day_parse(value, &d)) {
    return report_usage(app, c, _("--on 的日期“%s”不对，请写成 2026-09-03 这样"), value);
  }
  app->on = d;
  app->day_given = true;
  app->clock = NULL;
  app->now = (int64_t)d * 86400 + 4 * 3600;
  return ST_OK;
}

/* stop: nothing is left to do (help was printed). */
static enum status take_global(struct app *app, const struct command *c, int which, const char *value,
                               bool *stop) {
  switch (which) {
    case G_ON: return take_day(app, c, value);
    case G_COLOR: return take_color(app, c, value);
    case G_CONFIG: app->config = value; break;
    case G_JSON: app->json = true; break;
    case G_QUIET:
      app->quiet = true;
      app->progress = false;
      break;
    case G_HELP:
      command_help(c, app->out);
      *stop = true;
      break;
    case G_VERSION:
      if (app->version != NULL) {
        app->version(app->out);
      }
      *stop = true;
      break;
  }
  return ST_OK;
}

static enum status take_own(struct app *app, const struct command *c, struct args *a, int which,
                            const char *value) {
  const struct option_spec *spec = &c->options[which];
  if (!spec->repeat && a->opt[which].n > 0) {
    return report_usage(app, c, _("选项 --%s 给了两次，只能给一次"), spec->name);
  }
  if (spec->arg != NULL) {
    a->opt[which].v[a->opt[which].n] = value;
  }
  a->opt[which].n++;
  return ST_OK;
}

/* Words for what getopt refused: word is the argument it stood in. */
static enum status bad_option(struct app *app, const struct command *c, int code, const char *word) {
  char name[64] = "";
  if (code == ':') {
    return report_usage(app, c, _("选项 %s 后面缺少它的值"), word);
  }
  if (strncmp(word, "--", 2) != 0) {
    return report_usage(app, c, _("没有选项 -%c"), optopt);
  }
  const char *equals = strchr(word, '=');
  size_t n = equals != NULL ? (size_t)(equals - word) : strlen(word);
  snprintf(name, sizeof name, "%.*s", n < 60 ? (int)n : 60, word);
  if (spec_find(c->options, name + 2) >= 0 || spec_find(global_options, name + 2) >= 0) {
    return report_usage(app, c, _("选项 %s 后面不能带值"), name);
  }
  const char *near = nearest_option(c->options, name + 2);
  if (near != NULL) {
    return report_usage(app, c, _("没有选项 %s，您是要 --%s 吗？"), name, near);
  }
  return report_usage(app, c, _("没有选项 %s"), name);
}

static enum status parse(const struct command *c, struct app *app, int argc, char **argv, struct args *a,
                         const struct getopt_tables *t, bool *stop) {
  enum status st = ST_OK;
  opterr = 0;
  optind = 0; /* glibc: start over, also after main.c looked for the command's name */
  while (st == ST_OK && !*stop) {
    int code = getopt_long(argc, argv, text_str(&t->short_options), t->long_options, NULL);
    if (code == -1) {
      break;
    }
    if (code == '?' || code == ':') {
      return bad_option(app, c, code, argv[optind - 1]);
    }
    code = code < CODE_GLOBAL ? code_of_short(code, c->options) : code;
    st = code >= CODE_OWN ? take_own(app, c, a, code - CODE_OWN, optarg)
                          : take_global(app, c, code - CODE_GLOBAL, optarg, stop);
  }
  while (optind < argc) {
    a->file[a->n_files++] = argv[optind++];
  }
  return st;
}

static enum status check_operands(const struct command *c, struct app *app, const struct args *a) {
  if (a->n_files < c->min_files) {
    return report_usage(app, c, _("参数不够，应当是：%s %s %s"), app->program, c->name, c->operands);
  }
  if (a->n_files > c->max_files) {
    return report_usage(app, c, _("多出了参数“%s”"), a->file[c->max_files]);
  }
  return ST_OK;
}

enum status command_run(const struct command *c, struct app *app, int argc, char **argv) {
  struct args a = {0};
  struct getopt_tables t = {0};
  bool stop = false;
  enum status st;
  if (!tables_init(&t, c->options) || !args_init(&a, c->options, (size_t)argc)) {
    struct error e;
    error_nomem(&e);
    st = report_error(app, &e);
  } else {
    st = parse(c, app, argc, argv, &a, &t, &stop);
    if (st == ST_OK && !stop) {
      st = check_operands(c, app, &a);
    }
    if (st == ST_OK && !stop) {
      st = c->run(app, &a);
    }
  }
  args_free(&a);
  tables_free(&t);
  return st;
}

int command_word(const struct command *c, int argc, char **argv) {
  struct getopt_tables t = {0};
  struct text stay = {0};
  int code = 0;
  if (tables_init(&t, c->options)) {
    text_addf(&stay, "+%s", text_str(&t.short_options));
    opterr = 0;
    optind = 0;
    do {
      code = getopt_long(argc, argv, text_str(&stay), t.long_options, NULL);
    } while (code != -1 && code != '?' && code != ':');
  }
  text_free(&stay);
  tables_free(&t);
  return code == -1 && optind < argc ? optind : 0;
}
