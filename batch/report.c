/* Words to the user: errors, findings, usage, progress.
 *
 * The one place where an enum status with its struct error, and a list of findings, become lines on a
 * terminal or JSON.  Everything that may come from a file passes utf8_clean(), so that foreign text
 * never steers a terminal.  No clock here: progress is thinned by count.
 */
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "batch/command.h"
#include <string.h>

static const char *severity_key(enum severity s) {
  static const char *const keys[] = {"note", "warning", "error"};
  return keys[s];
}

static const char *severity_word(enum severity s) {
  static const char *const words[] = {N_("提示"), N_("注意"), N_("错误")};
  return _(words[s]);
}

/* "FILE:LINE: PATH: " with whatever of it is known; not the file again when the sentence names it. */
static void add_place(struct text *t, const struct error *e) {
  bool named = e->line == 0 && strstr(e->text, e->file) != NULL;
  if (e->file[0] != '\0' && !named) {
    utf8_clean(t, e->file);
    if (e->line > 0) {
      text_addf(t, ":%d", e->line);
    }
    text_add(t, ": ");
  } else if (e->line > 0) {
    text_addf(t, _("第%d行："), e->line);
  }
  if (e->path[0] != '\0') {
    utf8_clean(t, e->path);
    text_add(t, ": ");
  }
}

enum status report_error(struct app *app, const struct error *e) {
  struct text t = {0};
  text_addf(&t, "%s: ", app->program);
  add_place(&t, e);
  utf8_clean(&t, e->text[0] != '\0' ? e->text : _("程序内部出错，没有更多说明"));
  fprintf(app->err, "%s\n", text_str(&t));
  text_free(&t);
  return e->status != ST_OK ? e->status : ST_SOFTWARE;
}

static void report_finding(const struct finding *f, FILE *to) {
  struct text t = {0};
  add_place(&t, &f->e);
  text_addf(&t, "%s：", severity_word(f->severity));
  utf8_clean(&t, f->e.text);
  if (f->e.id[0] != '\0') {
    text_addf(&t, " [%s]", f->e.id);
  }
  if (f->advice[0] != '\0') {
    text_add(&t, "\n    → ");
    utf8_clean(&t, f->advice);
  }
  fprintf(to, "%s\n", text_str(&t));
  text_free(&t);
}

void report_findings(struct app *app, const struct findings *f, FILE *to) {
  (void)app;
  for (size_t i = 0; i < f->n; i++) {
    report_finding(&f->list[i], to);
  }
  if (f->dropped > 0) {
    fprintf(to, _("……还有 %zu 处没有列出。\n"), f->dropped);
  }
  if (f->n + f->dropped > 0) {
    fprintf(to, _("共 %zu 处错误，%zu 处注意，%zu 处提示。\n"), f->count[SEV_ERROR], f->count[SEV_WARNING],
            f->count[SEV_NOTE]);
  }
}

void report_findings_json(const struct findings *f, FILE *to) {
  struct text t = {0};
  struct json j;
  json_init(&j, &t);
  json_open(&j, NULL, '{');
  json_str(&j, "schema", "mingbai.findings/1");
  json_int(&j, "dropped", (long long)f->dropped);
  json_open(&j, "findings", '[');
  for (size_t i = 0; i < f->n; i++) {
    const struct finding *x = &f->list[i];
    json_nl(&j);
    json_open(&j, NULL, '{');
    json_str(&j, "id", x->e.id);
    json_str(&j, "severity", severity_key(x->severity));
    json_str(&j, "file", x->e.file[0] != '\0' ? x->e.file : NULL);
    if (x->e.line > 0) {
      json_int(&j, "line", x->e.line);
    } else {
      json_null(&j, "line");
    }
    json_str(&j, "path", x->e.path[0] != '\0' ? x->e.path : NULL);
    json_str(&j, "text", x->e.text);
    json_str(&j, "advice", x->advice);
    json_close(&j, '}');
  }
  json_close(&j, ']');
  json_close(&j, '}');
  fprintf(to, "%s\n", text_str(&t));
  text_free(&t);
}

enum status report_usage(struct app *app, const struct command *c, const char *fmt, ...) {
  struct text raw = {0}, t = {0};
  const char *name = c != NULL ? c->name : "";
  const char *space = *name != '\0' ? " " : "";
  va_list ap;
  va_start(ap, fmt);
  text_addvf(&raw, fmt, ap);
  va_end(ap);
  utf8_clean(&t, text_str(&raw));
  fprintf(app->err, "%s%s%s: %s\n", app->program, space, name, text_str(&t));
  fprintf(app->err, _("用法和例子：%s%s%s --help\n"), app->program, space, name);
  text_free(&raw);
  text_free(&t);
  return ST_USAGE;
}

/* ---- progress */

/* A hundred steps of a known total; every 256th of an unknown one. */
static bool progress_due(long done, long total) {
  long step = total > 0 ? total / 100 : 256;
  return step <= 1 || done % step == 0 || done == total;
}

void report_progress(struct app *app, const char *what, long done, long total) {
  struct text line = {0}, fit = {0};
  if (!app->progress || !progress_due(done, total)) {
    return;
  }
  if (total > 0) {
    text_addf(&line, "%s %ld/%ld（%ld%%）", what, done, total, done * 100 / total);
  } else {
    text_addf(&line, "%s %ld", what, done);
  }
  utf8_fit(&fit, text_str(&line), app->columns > 20 ? app->columns - 1 : 79, false);
  fprintf(app->err, "\r%s", text_str(&fit));
  fflush(app->err);
  text_free(&line);
  text_free(&fit);
}

void report_progress_end(struct app *app) {
  if (!app->progress) {
    return;
  }
  fprintf(app->err, "\r%*s\r", app->columns > 20 ? app->columns - 1 : 79, "");
  fflush(app->err);
}
