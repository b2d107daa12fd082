/* Units named on a command line, with all below them; see the header. */
#include "batch/subtree.h"

#include <stdlib.h>

static void mark(const struct unit *units, size_t n, int top, bool *set) {
  for (size_t i = 0; i < n; i++)
    for (int up = (int)i; up >= 0; up = units[up].parent)
      if (up == top) set[i] = true;
}

enum status subtree_read(const struct workbook *wb, const struct args *args, bool **set, struct error *e) {
  const char *const *named;
  size_t n_named = args_all(args, "unit", &named), n;
  const struct unit *units = wb_units(wb, &n);
  *set = NULL;
  if (n_named == 0) return ST_OK;
  if ((*set = calloc(n + 1, sizeof **set)) == NULL) return error_nomem(e);
  for (size_t i = 0; i < n_named; i++) {
    int top = app_unit(wb, named[i], e);
    if (top < 0) return e->status;
    mark(units, n, top, *set);
  }
  return ST_OK;
}
