/* See array.h. */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST 16

bool array_grow(void *list, size_t *cap, size_t size) {
  void *old, *now;
  if (*cap > SIZE_MAX / 2 / size) return false;
  size_t more = *cap > 0 ? *cap * 2 : FIRST;
  memcpy(&old, list, sizeof old); /* the pointer has its own type there */
  now = realloc(old, more * size);
  if (now == NULL) return false;
  memcpy(list, &now, sizeof now);
  *cap = more;
  return true;
}
