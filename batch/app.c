/* The world of a run, loaded when first asked for: calendar, settings, catalogue, workbook.
 *
 * What goes wrong is printed here, so that a command only passes the status on.  Knows where settings
 * are looked for (option or environment, folder of the workbook, the user's folder, the system's); the
 * environment itself is read by main.c alone.
 */
#include "base/file.h"
#include "base/text.h"
#include "base/utf8.h"
#include "batch/command.h"
#include <string.h>

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

const struct settings *app_find_settings(struct app *app, const char *file, struct findings *f) {
  struct text path = {0};
  if (app->settings == NULL) {
    app->settings = settings_load(settings_path(app, file, &path), f);
    text_free(&path);
  }
  return app->settings;
}

const struct settings *app_settings(struct app *app, const char *file) {
  struct findings f = {0};
  const struct settings *s = app_find_settings(app, file, &f);
  if (s == NULL || f.count[SEV_WARNING] > 0) {
    report_findings(app, &f, app->err);
  }
  findings_free(&f);
  return s;
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

static bool is_named_workbook(const char *path) {
  static const char end[] = ".mingbai";
  size_t n = strlen(path);
  return n >= sizeof end - 1 && strcmp(path + n - (sizeof end - 1), end) == 0 && file_exists(path);
}

enum status app_output(const struct workbook *wb, const char *path, struct error *e) {
  if (path == NULL || strcmp(path, "-") == 0) {
    return ST_OK;
  }
  if (file_same(path, wb_path(wb)) || is_named_workbook(path)) {
    return error_set(e, ST_CANTCREATE, "output.workbook",
                     _("%s 是台账，不会用结果覆盖它；请给 -o 另写一个文件名"), path);
  }
  return ST_OK;
}

/* ---- what a user names */

enum { CANDIDATES = 5 };

/* Is a unit near to what was given?  Same name (several have it), a part of the name, the code's beginning.
 */
static bool unit_near(const struct unit *u, const char *given, bool same_name) {
  if (same_name) {
    return strcmp(u->name, given) == 0;
  }
  return strstr(u->name, given) != NULL || strstr(given, u->name) != NULL ||
         (strlen(given) >= 6 && strncmp(u->code, given, strlen(given)) == 0);
}

/* Append up to CANDIDATES near units; returns how many there are. */
static size_t list_candidates(const struct workbook *wb, const char *given, bool same_name,
                              struct text *out) {
  size_t n, near = 0;
  const struct unit *units = wb_units(wb, &n);
  for (size_t i = 0; i < n; i++) {
    const struct unit *u = &units[i];
    if (!unit_near(u, given, same_name) || ++near > CANDIDATES) {
      continue;
    }
    text_addf(out, "%s%s %s", near > 1 ? "、" : "", u->code, u->name);
    if (u->parent >= 0) {
      text_addf(out, "（%s）", units[u->parent].name);
    }
  }
  text_add(out, near > CANDIDATES ? "……" : "");
  return near;
}

int app_unit(const struct workbook *wb, const char *given, struct error *e) {
  struct text list = {0}, folded = {0};
  utf8_fold_text(&folded, given);
  int at = wb_find_unit(wb, given);
  at = at < 0 ? wb_find_unit(wb, text_str(&folded)) : at;
  if (at < 0 && *given == '\0') {
    error_set(e, ST_DATA, "unit.empty", _("没有写单位"));
  } else if (at < 0 && list_candidates(wb, given, true, &list) > 0) {
    error_set(e, ST_DATA, "unit.ambiguous", _("有几个单位都叫“%s”，请改用代码：%s"), given, text_str(&list));
  } else if (at < 0 && list_candidates(wb, given, false, &list) > 0) {
    error_set(e, ST_DATA, "unit.unknown", _("台账里没有单位“%s”；相近的有：%s"), given, text_str(&list));
  } else if (at < 0) {
    error_set(e, ST_DATA, "unit.unknown", _("台账里没有单位“%s”，用 mingbai units 可以列出所有单位"), given);
  }
  text_free(&list);
  text_free(&folded);
  return at;
}

int app_item(const struct catalogue *c, const char *given, struct error *e) {
  struct text folded = {0};
  char no[3] = "";
  utf8_fold_text(&folded, given);
  int at = catalogue_find(c, text_str(&folded));
  if (at < 0 && folded.len > 2) {
    memcpy(no, text_str(&folded), 2);
  }
  int domain = at < 0 && *no != '\0' ? catalogue_find_domain(c, no) : -1;
  if (at < 0 && *given == '\0') {
    error_set(e, ST_DATA, "item.empty", _("没有写事项"));
  } else if (at < 0 && domain >= 0 && c->domains[domain].n > 0) {
    const struct domain *d = &c->domains[domain];
    error_set(e, ST_DATA, "item.unknown", _("标准目录里没有事项“%s”；%s领域是 %s 至 %s"), given, d->name,
              c->items[d->first].id, c->items[d->first + d->n - 1].id);
  } else if (at < 0) {
    error_set(e, ST_DATA, "item.unknown",
              _("标准目录里没有事项“%s”；编号写成 19.05 这样，用 mingbai items 可以列出"), given);
  }
  text_free(&folded);
  return at;
}

void app_fini(struct app *app) {
  calendar_free(app->calendar);
  settings_free(app->settings);
  app->calendar = NULL;
  app->settings = NULL;
}
