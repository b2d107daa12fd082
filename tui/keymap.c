/* Looks requests up in the one list of keymap.h. */
#include "tui/keymap.h"

#include <string.h>

static const struct binding bindings[] = {
#define X(id, contexts, keys, hint, help) { REQ_##id, contexts, keys, hint, help },
  REQUESTS(X)
#undef X
};
#define BINDINGS (sizeof bindings / sizeof bindings[0])

const struct binding *keymap_all(size_t *n) {
  *n = BINDINGS;
  return bindings;
}

const struct binding *keymap_get(enum request r) {
  return r > REQ_NONE_GIVEN && r < REQ_COUNT ? &bindings[r - 1] : NULL;
}

/* The key named at *p, and *p moved behind it; false at the end. */
static bool next_key(const char **p, struct key *k) {
  *p += strspn(*p, " ");
  size_t n = strcspn(*p, " ");
  if (n == 0) return false;
  if (!key_parse(*p, n, k)) *k = (struct key){ .kind = K_NONE };
  *p += n;
  return true;
}

enum request keymap_find(enum context where, struct key k) {
  if (k.pasted) return REQ_NONE_GIVEN;
  bool typing = (where & CTX_TYPING) != 0 && k.kind == K_CHAR;
  for (size_t i = 0; i < BINDINGS && !typing; i++) {
    if ((bindings[i].contexts & (unsigned)where) == 0) continue;
    struct key bound;
    for (const char *p = bindings[i].keys; next_key(&p, &bound); )
      if (key_same(bound, k)) return bindings[i].request;
  }
  return REQ_NONE_GIVEN;
}

void keymap_label(struct text *out, enum request r) {
  const struct binding *b = keymap_get(r);
  struct key k;
  const char *p = b != NULL ? b->keys : "";
  if (next_key(&p, &k)) key_label(out, k);
}

void keymap_labels(struct text *out, enum request r, enum context where) {
  const struct binding *b = keymap_get(r);
  struct key k;
  size_t start = out->len;
  for (const char *p = b != NULL ? b->keys : ""; next_key(&p, &k); ) {
    if (keymap_find(where, k) != r) continue;
    if (out->len > start) text_addc(out, ' ');
    key_label(out, k);
  }
}

const char *context_name(enum context c) {
  switch (c) {
  case CTX_LIST: return _("列表");
  case CTX_TABLE: return _("表格");
  case CTX_PAGE: return _("阅读");
  case CTX_FORM: return _("表单");
  case CTX_PROMPT: return _("提问");
  case CTX_CONFIRM: return _("确认");
  case CTX_SEARCH: return _("查找");
  default: return "";
  }
}
