/* The styles (templates) that may be chosen: those that come with the program, and those of the folder in
 * which the workbook is. */
#include "base/file.h"
#include "base/text.h"
#include "tui/view_print.h"

#include <stdlib.h>
#include <string.h>

#define TEMPLATE_MAX ((size_t)1 << 20)

/* first: before all others, for a kind's own is what is meant when nothing is chosen. */
static bool add_template(struct print_view *v, const char *path, const char *label,
                         const struct sheet_kind *kind, bool first) {
  struct print_template *more = realloc(v->templates, (v->n_templates + 1) * sizeof *more);
  if (more == NULL) return false;
  v->templates = more;
  struct print_template t = { str_dup(path), str_dup(label), kind };
  if (t.path == NULL || t.label == NULL) {
    free(t.path);
    free(t.label);
    return false;
  }
  size_t at = first ? 0 : v->n_templates;
  memmove(&more[at + 1], &more[at], (v->n_templates - at) * sizeof *more);
  more[at] = t;
  v->n_templates++;
  return true;
}

void print_forget_templates(struct print_view *v) {
  for (size_t i = 0; i < v->n_templates; i++) {
    free(v->templates[i].path);
    free(v->templates[i].label);
  }
  free(v->templates);
  v->templates = NULL;
  v->n_templates = 0;
}

/* Settings and tailoring end in .cfg too: only what has blocks is a template. */
static bool looks_like_template(const char *path) {
  struct text text = { 0 };
  struct error e;
  bool found = file_read(path, TEMPLATE_MAX, &text, &e) == ST_OK && strstr(text_str(&text), "blocks") != NULL;
  text_free(&text);
  return found;
}

/* One that has errors is named once, so that its owner does not look for it in vain. */
static void try_template(struct print_view *v, const char *path, const char *label, bool built_in) {
  struct findings f = { 0 };
  if (!built_in && (file_same(path, wb_path(v->ui->wb)) || !looks_like_template(path))) return; /* workbook.h */
  struct template *t = sheet_template_load(path, &f);
  if (t != NULL) {
    size_t n = strlen(t->kind);
    bool own = built_in && strncmp(label, t->kind, n) == 0 && strcmp(label + n, ".cfg") == 0;
    add_template(v, path, own ? _("自带的样式") : label, sheet_kind_find(t->kind), own);
  } else if (!built_in && f.n > 0) {
    ui_say(v->ui, _("模板 %s 有错误，没有列出：第 %d 行，%s"), label, f.list[0].e.line, f.list[0].e.text);
  }
  template_free(t);
  findings_free(&f);
}

static void scan_folder(struct print_view *v, const char *folder, bool built_in) {
  char **names = NULL;
  size_t n = 0;
  struct error e;
  struct text path = { 0 };
  if (path_list(folder, ".cfg", &names, &n, &e) != ST_OK) n = 0;
  for (size_t i = 0; i < n; i++) {
    path_join(&path, folder, names[i]);
    try_template(v, text_str(&path), names[i], built_in);
  }
  path_list_free(names, n);
  text_free(&path);
}

void print_scan_templates(struct print_view *v) {
  struct text folder = { 0 };
  if (v->scanned) return;
  v->scanned = true;
  path_join(&folder, v->ui->app->data_dir, "templates");
  scan_folder(v, text_str(&folder), true);
  path_dir(&folder, wb_path(v->ui->wb));
  scan_folder(v, text_str(&folder), false);
  text_free(&folder);
}

const struct print_template *print_chosen_template(const struct print_view *v) {
  size_t n = v->template;
  for (size_t i = 0; i < v->n_templates; i++)
    if (v->templates[i].kind == v->kind && n-- == 0) return &v->templates[i];
  return NULL;
}

size_t print_count_templates(const struct print_view *v) {
  size_t n = 0;
  for (size_t i = 0; i < v->n_templates; i++) n += v->templates[i].kind == v->kind;
  return n;
}

void print_template_value(struct print_view *v, struct text *out) {
  const struct print_template *t = print_chosen_template(v);
  text_add(out, t != NULL ? t->label : _("自带的样式"));
}

void print_template_step(struct print_view *v, int by) {
  print_scan_templates(v);
  size_t n = print_count_templates(v);
  if (n > 0) v->template = (v->template + n + (size_t)(by + (int)n)) % n;
}
