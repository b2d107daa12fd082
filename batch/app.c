/* The world of a run, loaded when first asked for: calendar, settings, catalogue, workbook.
 *
 * What goes wrong is printed here, so that a command only passes the status on.  Knows where settings
 * are looked for (option or environment, folder of the workbook, the user's folder, the system's); the
 * environment itself is read by main.c alone.
 */
#include "base/file.h"
#include "base/text.h"
#include "batch/command.h"

const struct calendar *app_calendar(struct app *app) {
  struct text path = {0};
  struct findings f = {0};
  if (app->calendar == NULL) {
    path_join(&path, app->data_dir, "checklists/calendar");
    app->calendar = calendar_load(text_str(&path), &f);
    if (app->calendar == NULL) {
      report_findings(app, &f, app->err);
    }
    findings_free(&f);
    text_free(&path);
  }
  return app->calendar;
}

/* out = dir/name when that is a file. */
static bool find_in(struct text *out, const char *dir, const char *name) {
  if (str_empty(dir)) {
    return false;
  }
  path_join(out, dir, name);
  return file_exists(text_str(out));
}

static const char *settings_path(const struct app *app, const char *file, struct text *out) {
  struct text dir = {0};
  bool found = false;
  if (app->config != NULL) {
    return app->config;
  }
  if (file != NULL) {
    path_dir(&dir, file);
    found = find_in(out, text_str(&dir), "mingbai.cfg");
  }
  text_free(&dir);
  found = found || find_in(out, app->xdg_config, "mingbai.cfg");
  found = found || find_in(out, app->system_config, "mingbai.cfg");
  return found ? text_str(out) : NULL;
}

const struct settings *app_settings(struct app *app, const char *file) {
  struct text path = {0};
  struct findings f = {0};
  if (app->settings == NULL) {
    app->settings = settings_load(settings_path(app, file, &path), &f);
    if (app->settings == NULL || f.count[SEV_WARNING] > 0) {
      report_findings(app, &f, app->err);
    }
    findings_free(&f);
    text_free(&path);
  }
  return app->settings;
}

struct catalogue *app_catalogue(struct app *app) {
  struct text path = {0};
  struct findings f = {0};
  path_join(&path, app->data_dir, "checklists/domains");
  struct catalogue *c = catalogue_load(text_str(&path), &f);
  if (c == NULL) {
    report_findings(app, &f, app->err);
  }
  findings_free(&f);
  text_free(&path);
  return c;
}

enum status app_open(struct app *app, const char *file, enum wb_mode mode, struct workbook **wb) {
  struct error e = {0};
  *wb = NULL;
  return wb_open(wb, file, mode, &e) == ST_OK ? ST_OK : report_error(app, &e);
}

void app_fini(struct app *app) {
  calendar_free(app->calendar);
  settings_free(app->settings);
  app->calendar = NULL;
  app->settings = NULL;
}
