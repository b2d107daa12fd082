/* The table of keys. */
#include "tui/help.h"
#include "base/utf8.h"

#define KEYS_COLS 22

/* Keys of each place, but for those that work in all of them. */
static const enum context places[] = { CTX_LIST, CTX_TABLE, CTX_FORM,   CTX_SEARCH,
                                       CTX_PAGE, CTX_PROMPT, CTX_CONFIRM };
#define PLACES (sizeof places / sizeof places[0])

static bool everywhere(const struct binding *b) {
  return (b->contexts & CTX_VIEWS) == CTX_VIEWS;
}

/* A table is a list with something more; only that is told of it. */
static bool belongs(const struct binding *b, enum context where) {
  if (everywhere(b) && where != CTX_PROMPT && where != CTX_CONFIRM) return false;
  return (b->contexts & (where == CTX_TABLE ? (unsigned)CTX_CELLS : (unsigned)where)) != 0;
}

static void tell(const struct binding *b, enum context where, help_fn *fn, void *ctx) {
  struct text keys = { 0 };
  keymap_labels(&keys, b->request, where);
  if (keys.len > 0) fn(text_str(&keys), _(b->help), ctx);
  text_free(&keys);
}

static void tell_place(enum context where, const char *title, help_fn *fn, void *ctx) {
  size_t n;
  const struct binding *b = keymap_all(&n);
  fn(NULL, title, ctx);
  for (size_t i = 0; i < n; i++)
    if (belongs(&b[i], where)) tell(&b[i], where, fn, ctx);
}

static void tell_everywhere(help_fn *fn, void *ctx) {
  size_t n;
  const struct binding *b = keymap_all(&n);
  fn(NULL, _("哪里都能按（打字的地方，字母和符号只当文字）"), ctx);
  for (size_t i = 0; i < n; i++)
    if (everywhere(&b[i])) tell(&b[i], CTX_LIST, fn, ctx);
}

void help_each(enum context where, help_fn *fn, void *ctx) {
  struct text title = { 0 };
  text_addf(&title, _("现在（%s）可以按"), context_name(where));
  if (where != CTX_NONE) tell_place(where, text_str(&title), fn, ctx);
  tell_everywhere(fn, ctx);
  for (size_t i = 0; i < PLACES; i++) {
    if (places[i] == where) continue;
    text_clear(&title);
    text_addf(&title, _("%s里可以按"), context_name(places[i]));
    tell_place(places[i], text_str(&title), fn, ctx);
  }
  text_free(&title);
}

static void add_line(const char *keys, const char *text, void *ctx) {
  struct text *out = ctx;
  if (keys == NULL) {
    text_addf(out, "%s%s\n", out->len > 0 ? "\n" : "", text);
    return;
  }
  text_add(out, "  ");
  utf8_fit(out, keys, KEYS_COLS, false);
  text_addf(out, "%s\n", text);
}

void help_keys(struct text *out) {
  help_each(CTX_NONE, add_line, out);
}
