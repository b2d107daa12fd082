/* Keys seen while a file is read: a small hash table from text to a number, and the uid of an event record
 * that came without one.  Keys are never removed. */
#include "batch/import.h"
#include "checklists/digest.h"
#include <stdlib.h>
#include <string.h>

struct key {
  char *text;
  uint64_t hash;
  int number;
};
struct key_table {
  struct key *slot;
  size_t cap, n;
};

struct key_table *keys_new(void) {
  struct key_table *t = calloc(1, sizeof *t);
  if (t != NULL) {
    t->cap = 1024;
    t->slot = calloc(t->cap, sizeof *t->slot);
  }
  if (t != NULL && t->slot == NULL) {
    free(t);
    t = NULL;
  }
  return t;
}

void keys_free(struct key_table *t) {
  for (size_t i = 0; t != NULL && i < t->cap; i++) {
    free(t->slot[i].text);
  }
  if (t != NULL) {
    free(t->slot);
  }
  free(t);
}

static uint64_t hash_of(const char *s) {
  uint64_t h = 14695981039346656037u; /* FNV-1a */
  for (; *s != '\0'; s++) {
    h = (h ^ (unsigned char)*s) * 1099511628211u;
  }
  return h;
}

static struct key *place_of(struct key *slot, size_t cap, const char *text, uint64_t hash) {
  size_t i = (size_t)hash & (cap - 1);
  while (slot[i].text != NULL && (slot[i].hash != hash || strcmp(slot[i].text, text) != 0)) {
    i = (i + 1) & (cap - 1);
  }
  return &slot[i];
}

static bool grow(struct key_table *t) {
  size_t cap = t->cap * 2;
  struct key *slot = calloc(cap, sizeof *slot);
  if (slot == NULL) {
    return false;
  }
  for (size_t i = 0; i < t->cap; i++) {
    if (t->slot[i].text != NULL) {
      *place_of(slot, cap, t->slot[i].text, t->slot[i].hash) = t->slot[i];
    }
  }
  free(t->slot);
  t->slot = slot;
  t->cap = cap;
  return true;
}

int *keys_at(struct key_table *t, const char *key) {
  uint64_t hash = hash_of(key);
  if (t->n * 2 >= t->cap && !grow(t)) {
    return NULL;
  }
  struct key *k = place_of(t->slot, t->cap, key, hash);
  if (k->text == NULL) {
    k->text = str_dup(key);
    if (k->text == NULL) {
      return NULL;
    }
    k->hash = hash;
    t->n++;
  }
  return &k->number;
}

void key_join(struct text *out, const char *const *parts, size_t n) {
  text_clear(out);
  for (size_t i = 0; i < n; i++) {
    digest_put(out, parts[i] != NULL ? parts[i] : "");
  }
}

void derived_uid(struct text *out, const char *unit, const char *item, const char *event_on,
                 const char *title, int count) {
  struct text t = {0};
  uint8_t digest[DIGEST_SIZE];
  const char *const parts[] = {"mingbai.uid/1", unit, item, event_on, title};
  key_join(&t, parts, sizeof parts / sizeof parts[0]);
  digest_put_int(&t, count);
  digest_sha256(text_str(&t), t.len, digest);
  digest_hex(out, digest, 16);
  text_free(&t);
}
