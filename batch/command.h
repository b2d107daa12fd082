/* Commands: one file a command, each with one constant entry; one table of them.
 *
 * The option tables make parsing, --help, and the man page's synopsis, so these cannot drift.
 * A command gets a struct app (what the program knows of the world: day, person, folders) and
 * parsed arguments, writes results to stdout and words to stderr, and returns an exit status.
 */
#ifndef MB_BATCH_COMMAND_H
#define MB_BATCH_COMMAND_H

#include "base/error.h"
#include "checklists/calendar.h"
#include "checklists/settings.h"
#include "checklists/workbook.h"
#include <stdio.h>

/* The world, filled by main.c; commands and the UI never read clock or environment. */
struct app {
  const char *program;   /* "mingbai" */
  const char *data_dir;  /* holds checklists/ and templates/ (and examples/) */
  const char *config;    /* settings file to use, or NULL; see app_settings */
  const char *xdg_config; /* $XDG_CONFIG_HOME/mingbai, may be NULL */
  const char *system_config; /* the system's settings folder, may be NULL */
  const char *state_dir; /* $XDG_STATE_HOME/mingbai: what the program remembers of a user; may be NULL */
  const char *editor;    /* $VISUAL or $EDITOR; NULL: none */
  const char *person;    /* who: MINGBAI_PERSON, else login name */
  day on;                /* --on, default today */
  int64_t now;           /* seconds since 1970 UTC for history; with --on: 12:00 of that day, Chinese time */
  int64_t (*clock)(void); /* the same, asked anew by what lasts long; NULL: now stands still */
  bool day_given;        /* --on was given: now stands still */
  bool chinese_console;  /* $FBTERM is set: a Linux console that shows Chinese */
  bool quiet, json, color, progress; /* progress: stderr is a terminal and not quiet */
  bool typed;            /* stdin is a terminal, which shows what is typed */
  int columns;           /* width of the terminal, 80 when unknown */
  int processors;
  FILE *in, *out, *err;
  void (*version)(FILE *out); /* what --version prints: program and libraries */
  /* lazily loaded, owned by app */
  struct calendar *calendar;
  struct settings *settings;
};

/* Load on first use; on failure the findings are printed and NULL returned. */
const struct calendar *app_calendar(struct app *app);
/* file: the workbook, whose folder may hold mingbai.cfg; may be NULL. */
const struct settings *app_settings(struct app *app, const char *file);
/* The same without a word: what is found is appended to f. */
const struct settings *app_find_settings(struct app *app, const char *file, struct findings *f);
struct catalogue *app_catalogue(struct app *app); /* from data_dir, caller frees */
/* Open a workbook, print the error and return the status. */
enum status app_open(struct app *app, const char *file, enum wb_mode mode, struct workbook **wb);
void app_fini(struct app *app);
/* May a result be written as path (NULL, "-": yes)?  Never over a workbook, this one or another:
 * ST_CANTCREATE. */
enum status app_output(const struct workbook *wb, const char *path, struct error *e);
/* Index of the unit with that code, or with that name if only one has it; -1 and e (with the candidates
 * named) otherwise. */
int app_unit(const struct workbook *wb, const char *given, struct error *e);
/* Index of the item with that id ("19.05", full-width digits too); -1 and e otherwise. */
int app_item(const struct catalogue *c, const char *given, struct error *e);

/* ---- option tables */
struct option_spec {
  const char *name;   /* "unit" for --unit; NULL ends the table */
  const char *arg;    /* "CODE", NULL for a flag */
  const char *help;   /* Chinese, N_() */
  bool repeat;        /* may be given many times */
  char short_name;    /* 'o', or 0 */
};
struct args {
  const char **file; size_t n_files; /* positional, in order */
  const struct option_spec *specs;   /* the command's table */
  struct { const char **v; size_t n; } *opt; /* by index in specs; flags: n = times given */
};
const char *args_get(const struct args *a, const char *name); /* last value, or NULL */
size_t args_all(const struct args *a, const char *name, const char *const **values);
bool args_has(const struct args *a, const char *name);

struct command {
  const char *name;
  const char *operands;    /* "FILE DATA.csv", for the usage line */
  const char *summary;     /* one Chinese line, N_() */
  const char *examples;    /* Chinese comments and command lines, N_(); shown first by --help */
  const struct option_spec *options;
  size_t min_files, max_files;
  enum status (*run)(struct app *app, const struct args *args);
};
extern const struct command command_init, command_units, command_items, command_set, command_fill, command_import,
    command_export, command_todo, command_check, command_sheet, command_summary;
extern const struct command *const commands[]; /* NULL-terminated, in order of help */
extern const struct option_spec global_options[]; /* on, config, color, quiet, json, help, version */

/* Parse argv of a command (argv[0] = its name) and run it.  Global options may stand anywhere. */
enum status command_run(const struct command *c, struct app *app, int argc, char **argv);
const struct command *command_find(const char *name);
/* The command whose name is nearest to what was typed, for a hint; NULL when none is near. */
const char *command_nearest(const char *given);
/* Index of the first word of argv that is neither an option (of c or global) nor an option's value;
 * 0 when there is none, or when an option before it is wrong. */
int command_word(const struct command *c, int argc, char **argv);
void command_help(const struct command *c, FILE *out);     /* one command */
void command_help_all(FILE *out);                          /* the program */

/* ---- words to the user (report.c) */
/* "mingbai: FILE:LINE: PATH: sentence" on app->err; control characters made harmless. Returns e->status. */
enum status report_error(struct app *app, const struct error *e);
/* All findings, worst first is not applied: in order found; and a closing count.  To `to`. */
void report_findings(struct app *app, const struct findings *f, FILE *to);
/* As JSON: {"schema":"mingbai.findings/1","dropped":0,
 * "findings":[{"id","severity","file","line","path","text","advice"}]} */
void report_findings_json(const struct findings *f, FILE *to);
/* Usage error: sentence and "试试 mingbai CMD --help"; ST_USAGE. */
enum status report_usage(struct app *app, const struct command *c, const char *fmt, ...) MB_PRINTF(3, 4);
/* One line progress on stderr, rewritten at most ten times a second by `done` steps (no clock: by count);
 * nothing unless app->progress.  total 0: unknown.  progress_end clears the line. */
void report_progress(struct app *app, const char *what, long done, long total);
void report_progress_end(struct app *app);

#endif
