/* The store behind a sheet: named values and row lists, all texts in one chain of memory blocks, so that a
 * sheet is thrown away in one go. */
#include "batch/sheet_data.h"
#include "base/array.h"
#include "base/text.h"
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct sheet_block {
  struct sheet_block *next;
  size_t used, size;
  alignas(max_align_t) char bytes[];
};

void sheet_data_fini(struct sheet_data *d) {
  while (d->memory) {
    struct sheet_block *next = d->memory->next;
    free(d->memory);
    d->memory = next;
  }
  for (size_t i = 0; i < d->n_rows; i++) free(d->rows[i].cell);
  free(d->values);
  memset(d, 0, sizeof *d);
}

char *sheet_copy(struct sheet_data *d, const char *s, size_t n) {
  struct sheet_block *b = d->memory;
  if (!b || b->size - b->used <= n) {
    size_t size = n + 1 > 4000 ? n + 1 : 4000;
    b = malloc(sizeof *b + size);
    if (!b) {
      d->failed = true;
      return NULL;
    }
    *b = (struct sheet_block){.next = d->memory, .size = size};
    d->memory = b;
  }
  char *to = b->bytes + b->used;
  if (n) memcpy(to, s, n);
  to[n] = '\0';
  b->used += n + 1;
  return to;
}

void sheet_set(struct sheet_data *d, const char *name, const char *text) {
  const char *copy = str_empty(text) ? "" : sheet_copy(d, text, strlen(text));
  if (!copy) return;
  for (size_t i = 0; i < d->n_values; i++)
    if (strcmp(d->values[i].name, name) == 0) {
      d->values[i].text = copy;
      return;
    }
  if (ARRAY_ROOM(d->values, d->n_values, d->cap_values))
    d->values[d->n_values++] = (struct sheet_value){name, copy};
  else d->failed = true;
}

void sheet_setf(struct sheet_data *d, const char *name, const char *fmt, ...) {
  struct text t = {0};
  va_list ap;
  va_start(ap, fmt);
  text_addvf(&t, fmt, ap);
  va_end(ap);
  if (!text_ok(&t)) d->failed = true;
  sheet_set(d, name, text_str(&t));
  text_free(&t);
}

const char *sheet_get(const struct sheet_data *d, const char *name) {
  for (size_t i = 0; i < d->n_values; i++)
    if (strcmp(d->values[i].name, name) == 0) return d->values[i].text;
  return "";
}

struct sheet_rows *sheet_rows_add(struct sheet_data *d, const char *name, const char *const *field,
                                  size_t n_fields) {
  if (d->n_rows == sizeof d->rows / sizeof *d->rows) {
    d->failed = true;
    return NULL;
  }
  struct sheet_rows *r = &d->rows[d->n_rows++];
  *r = (struct sheet_rows){.name = name, .field = field, .n_fields = n_fields};
  return r;
}

const char **sheet_row(struct sheet_data *d, struct sheet_rows *r) {
  if (r->n_rows == r->cap && !array_grow(&r->cell, &r->cap, r->n_fields * sizeof *r->cell)) {
    d->failed = true;
    return NULL;
  }
  const char **row = r->cell + r->n_rows++ * r->n_fields;
  for (size_t i = 0; i < r->n_fields; i++) row[i] = "";
  return row;
}

const struct sheet_rows *sheet_rows_find(const struct sheet_data *d, const char *name) {
  for (size_t i = 0; i < d->n_rows; i++)
    if (strcmp(d->rows[i].name, name) == 0) return &d->rows[i];
  return NULL;
}

int sheet_field(const struct sheet_rows *r, const char *field) {
  for (size_t i = 0; r->field && i < r->n_fields; i++)
    if (strcmp(r->field[i], field) == 0) return (int)i;
  return -1;
}
