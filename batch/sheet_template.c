/* Templates of sheets: found by name or path, and loaded with their names checked. */
#include "base/file.h"
#include "base/text.h"
#include "batch/sheet.h"
#include <string.h>

static bool ends_in_cfg(const char *s) {
  size_t n = strlen(s);
  return n > 4 && strcmp(s + n - 4, ".cfg") == 0;
}

void sheet_template_path(const struct app *app, const char *given, struct text *out) {
  struct text name = {0};
  text_clear(out);
  if (strchr(given, '/') || (ends_in_cfg(given) && file_exists(given))) {
    text_add(out, given);
    return;
  }
  text_addf(&name, "templates/%s%s", given, ends_in_cfg(given) ? "" : ".cfg");
  path_join(out, app->data_dir, text_str(&name));
  text_free(&name);
}

struct template *sheet_template_load(const char *path, struct findings *f) {
  struct sheet_names names;
  struct template *t = template_load(path, f);
  if (!t) return NULL;
  sheet_names(t->kind, &names);
  if (template_check_names(t, &names.names, f)) return t;
  template_free(t);
  return NULL;
}
