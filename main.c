/* mingbai: reads the world (clock, environment, locale, terminal) once, picks a command from the table or
 * opens the terminal UI, and turns what came of it into an exit status.
 *
 * Nothing below this file reads the clock or the environment.  A lost pipe ends quietly as other tools
 * do; anything else that kept results from reaching stdout (full disk, closed) is exit 74.
 */
#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"
#include "batch/command.h"
#include "batch/font.h"
#include "batch/pdf.h"
#include "batch/qr.h"
#include "checklists/conf.h"
#include "checklists/digest.h"
#include "tui/help.h"
#include "tui/term.h"
#include "tui/tui.h"
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/mingbai"
#endif
#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif
#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

/* ---- the UI as a command without a name */

static bool parse_size(const char *s, struct tui_options *o) {
  int columns = 0, lines = 0;
  char end = 0;
  if (sscanf(s, "%4dx%4d%c", &columns, &lines, &end) != 2 || columns < 1 || lines < 1) {
    return false;
  }
  o->columns = columns;
  o->lines = lines;
  return true;
}

static const struct command command_ui;

/* The UI stays open for hours, so it asks for the time of each change. */
static int64_t clock_now(void) {
  return (int64_t)time(NULL);
}

static day today(time_t now);

static day today_now(void) {
  return today(time(NULL));
}

static int64_t ticks_now(void) {
  struct timespec t = {0};
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status run_ui(struct app *app, const struct args *args) {
  struct tui_options o = {.keys = args_get(args, "keys"), .dump = args_get(args, "dump")};
  o.clock = app->day_given ? NULL : clock_now;
  o.today = app->day_given ? NULL : today_now;
  o.ticks = ticks_now;
  const char *size = args_get(args, "size");
  if (size != NULL && !parse_size(size, &o)) {
    return report_usage(app, &command_ui, _("--size 应当写成 80x24 这样，不能是“%s”"), size);
  }
  return tui_run(app, args->n_files > 0 ? args->file[0] : NULL, &o);
}

static const struct option_spec ui_options[] = {
    {"keys", "FILE", N_("按文件里写的键操作，不读键盘（用于测试）"), false, 0},
    {"dump", "FILE", N_("结束时把屏幕内容写到这个文件（用于测试）"), false, 0},
    {"size", "COLSxLINES", N_("固定屏幕大小，如 80x24"), false, 0},
    {NULL, NULL, NULL, false, 0},
};
static const struct command command_ui = {"", "[FILE]", "", "", ui_options, 0, 1, run_ui};

/* ---- the world */

/* A closed 0, 1 or 2 would be given to the next file opened, and results be written into a workbook.  The
 * stand-in refuses reading or writing as the closed one would. */
static void hold_standard_files(void) {
  for (int fd = 0; fd < 3; fd++) {
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}

static const char *environment(const char *name) {
  const char *v = getenv(name);
  return str_empty(v) ? NULL : v;
}

/* The messages are Chinese as they stand.  For a list such as zh_CN:en gettext would look for a Chinese
 * catalogue in vain and take the next language. */
static bool prefers_chinese(void) {
  const char *list = environment("LANGUAGE");
  return list != NULL && strncmp(list, "zh", 2) == 0;
}

/* Chinese is written as UTF-8 whatever the locale; messages are translated only if the user's language
 * asks for it. */
static void set_locale(void) {
  setlocale(LC_MESSAGES, "");
  if (setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    setlocale(LC_CTYPE, "C.UTF-8");
  }
  if (prefers_chinese()) {
    return;
  }
  const char *given = environment("MINGBAI_LOCALEDIR");
  bindtextdomain("mingbai", given != NULL ? given : LOCALEDIR);
  bind_textdomain_codeset("mingbai", "UTF-8");
  textdomain("mingbai");
}

static bool holds_data(const char *dir) {
  struct text path = {0};
  path_join(&path, dir, "checklists/domains");
  bool found = file_is_dir(text_str(&path));
  text_free(&path);
  return found;
}

/* The folder of the running program, in a build tree and when installed anywhere. */
static bool program_dir(struct text *out, const char *argv0) {
  char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n > 0) {
    path[n] = '\0';
  } else if (realpath(argv0, path) == NULL) {
    return false;
  }
  path_dir(out, path);
  return text_ok(out);
}

static void find_data(struct text *out, const char *argv0) {
  struct text exe = {0};
  const char *given = environment("MINGBAI_DATA");
  if (given != NULL) {
    text_add(out, given);
  } else if (program_dir(&exe, argv0)) {
    text_add(out, text_str(&exe));
    if (!holds_data(text_str(out))) {
      path_join(out, text_str(&exe), "../share/mingbai");
    }
  }
  if (given == NULL && !holds_data(text_str(out))) {
    text_clear(out);
    text_add(out, PKGDATADIR);
  }
  text_free(&exe);
}

static void find_person(struct text *out) {
  static const char *const names[] = {"MINGBAI_PERSON", "USER", "LOGNAME"};
  const char *name = NULL;
  for (size_t i = 0; name == NULL && i < sizeof names / sizeof names[0]; i++) {
    name = environment(names[i]);
  }
  if (name == NULL) {
    const struct passwd *p = getpwuid(getuid());
    name = p != NULL ? p->pw_name : NULL;
  }
  if (name != NULL && utf8_valid(name, strlen(name), NULL)) {
    utf8_clean(out, name);
  } else {
    text_addf(out, "uid %ld", (long)getuid());
  }
}

/* Our folder in one of the XDG base folders: $variable/mingbai, else in the home. */
static void find_xdg(struct text *out, const char *variable, const char *in_home) {
  const char *xdg = environment(variable);
  const char *home = environment("HOME");
  if (xdg != NULL && *xdg == '/') {
    path_join(out, xdg, "mingbai");
  } else if (home != NULL) {
    path_join(out, home, in_home);
  }
}

static int terminal_columns(void) {
  struct winsize w = {0};
  bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 || ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0;
  if (known && w.ws_col > 0) {
    return w.ws_col;
  }
  const char *c = environment("COLUMNS");
  long n = c != NULL ? strtol(c, NULL, 10) : 0;
  return n > 0 && n < 1000 ? (int)n : 80;
}

/* Each version is known to the one file that uses the library. */
static void print_version(FILE *out) {
  static const struct {
    const char *name, *(*version)(void);
  } libraries[] = {
      {"SQLite ", wb_library},      {"libconfig ", conf_library}, {"libharu ", pdf_library},
      {"HarfBuzz ", fonts_library}, {"libqrencode ", qr_library}, {"utf8proc ", utf8_library},
      {"Nettle ", digest_library},  {"", term_library},
  };
  fprintf(out, "mingbai %s\n", PACKAGE_VERSION);
  for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
    fprintf(out, "%s%s\n", libraries[i].name, libraries[i].version());
  }
}

static day today(time_t now) {
  struct tm t;
  bool known = localtime_r(&now, &t) != NULL;
  return known ? day_make(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday) : (day)(now / 86400);
}

/* Strings found out by main, owned for the run. */
struct world {
  struct text data, person, config, state;
};

static void app_init(struct app *app, struct world *w, const char *argv0) {
  time_t now = time(NULL);
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  find_data(&w->data, argv0);
  find_person(&w->person);
  find_xdg(&w->config, "XDG_CONFIG_HOME", ".config/mingbai");
  find_xdg(&w->state, "XDG_STATE_HOME", ".local/state/mingbai");
  *app = (struct app){.program = "mingbai",
                      .data_dir = text_str(&w->data),
                      .config = environment("MINGBAI_CONFIG"),
                      .xdg_config = w->config.len > 0 ? text_str(&w->config) : NULL,
                      .state_dir = w->state.len > 0 ? text_str(&w->state) : NULL,
                      .editor = environment("VISUAL") != NULL ? environment("VISUAL") : environment("EDITOR"),
                      .system_config = SYSCONFDIR "/mingbai",
                      .person = text_str(&w->person),
                      .on = today(now),
                      .now = (int64_t)now,
                      .clock = clock_now,
                      .typed = isatty(STDIN_FILENO) != 0,
                      .chinese_console = environment("FBTERM") != NULL,
                      .color = isatty(STDOUT_FILENO) && environment("NO_COLOR") == NULL,
                      .progress = isatty(STDERR_FILENO) != 0,
                      .columns = terminal_columns(),
                      .processors = processors > 0 ? (int)processors : 1,
                      .in = stdin,
                      .out = stdout,
                      .err = stderr,
                      .version = print_version};
}

/* ---- picking a command */

/* mingbai help keys: the table that the help screen shows and the manual holds. */
static enum status print_keys(struct app *app) {
  struct text out = {0};
  help_keys(&out);
  fputs(text_str(&out), app->out);
  text_free(&out);
  return ST_OK;
}

static enum status unknown_word(struct app *app, const char *word) {
  if (strcmp(word, "help") == 0) {
    command_help(&command_ui, app->out);
    return ST_OK;
  }
  const char *near = command_nearest(word);
  if (strpbrk(word, "/.") != NULL) {
    struct error e = {0};
    error_set(&e, ST_NOINPUT, "main.no-file", _("没有这个文件；新建台账请用 mingbai init"));
    error_at(&e, word, 0, NULL);
    return report_error(app, &e);
  }
  if (near != NULL) {
    return report_usage(app, NULL, _("“%s”不是命令，也没有叫这个名字的文件；您是要 mingbai %s 吗？"), word,
                        near);
  }
  return report_usage(app, NULL, _("“%s”不是命令，也没有叫这个名字的文件"), word);
}

/* The command's name is moved to the front, so that options before it are parsed with those after. */
static enum status dispatch(struct app *app, int argc, char **argv) {
  int at = command_word(&command_ui, argc, argv);
  if (at == 0) {
    return command_run(&command_ui, app, argc, argv);
  }
  char *word = argv[at];
  const struct command *c = command_find(word);
  if (c == NULL) {
    const char *about = strcmp(word, "help") == 0 && at + 1 < argc ? argv[at + 1] : "";
    c = command_find(about);
    if (strcmp(about, "keys") == 0) {
      return print_keys(app);
    }
    if (c != NULL) { /* mingbai help set */
      command_help(c, app->out);
      return ST_OK;
    }
    return file_exists(word) ? command_run(&command_ui, app, argc, argv) : unknown_word(app, word);
  }
  memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
  argv[1] = word;
  return command_run(c, app, argc - 1, argv + 1);
}

/* ---- the end */

static bool pipe_is_lost(void) {
  struct pollfd p = {STDOUT_FILENO, POLLOUT, 0};
  return poll(&p, 1, 0) > 0 && (p.revents & POLLERR) != 0;
}

static enum status finish_output(struct app *app, enum status st) {
  bool failed = ferror(stdout) != 0;
  errno = 0;
  if (fflush(stdout) == 0 && !failed) {
    return st;
  }
  if (pipe_is_lost()) {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
  }
  struct error e = {0};
  const char *why = errno == EBADF ? _("标准输出是关着的") : error_errno(errno != 0 ? errno : EIO);
  error_set(&e, ST_IO, "main.stdout", _("结果没有写全：%s"), why);
  return report_error(app, &e);
}

int main(int argc, char **argv) {
  struct app app;
  struct world world = {0};
  hold_standard_files();
  signal(SIGPIPE, SIG_IGN); /* so that a half-written file is taken back; see finish_output */
  signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is told like a full disk */
  set_locale();
  app_init(&app, &world, argv[0]);
  enum status st = dispatch(&app, argc, argv);
  st = finish_output(&app, st);
  app_fini(&app);
  text_free(&world.data);
  text_free(&world.person);
  text_free(&world.config);
  text_free(&world.state);
  return (int)st;
}
