/* The one reader of libconfig files, and the one schema checker.
 *
 * A file is read into a tree of struct conf nodes that remember file and line.
 * conf_check() compares a tree with a table of rules and reports everything that
 * does not fit at once: unknown key, wrong type, missing field, value not allowed.
 * Loaders of catalogue, calendar, templates, settings read the checked tree.
 */
#ifndef MB_CHECKLISTS_CONF_H
#define MB_CHECKLISTS_CONF_H

#include "base/error.h"
#include <stdbool.h>
#include <stddef.h>

enum conf_type { CONF_GROUP, CONF_LIST, CONF_ARRAY, CONF_STRING, CONF_INT, CONF_FLOAT, CONF_BOOL };

struct conf {
  char *name; /* NULL for elements of lists and arrays, and for the root */
  enum conf_type type;
  const char *file; /* borrowed from the tree */
  int line;
  char *s;     /* CONF_STRING: valid UTF-8, checked */
  long long i; /* CONF_INT, and CONF_BOOL as 0/1 */
  double d;    /* CONF_FLOAT; for CONF_INT the same number */
  struct conf **child;
  size_t n;
  struct conf *parent;
};

/* Read path.  @include is allowed only for files in folder `inside` (resolved,
 * links followed; NULL: the folder of path).  Syntax errors, bad UTF-8 and such an
 * include go to f with file and line; then NULL.  Files above 4 MiB are refused. */
struct conf *conf_load(const char *path, const char *inside, struct findings *f);
void conf_free(struct conf *root); /* NULL is fine */

/* One member of a group (or, with name "", every element of a list or array). */
enum { CONF_REQUIRED = 1, CONF_NONEMPTY = 2, CONF_UNIQUE = 4 /* elements of an array differ */ };
struct conf_rule {
  const char *name;                /* NULL ends the table */
  enum conf_type type;             /* CONF_FLOAT accepts an integer too */
  unsigned flags;
  const char *const *values;       /* allowed strings, NULL-terminated; NULL: any.  For CONF_ARRAY of strings: of its elements */
  const struct conf_rule *members; /* CONF_GROUP: its members; CONF_LIST: members of each element, which is a group */
  enum conf_type element;          /* CONF_ARRAY: type of its elements */
  long long min, max;              /* CONF_INT: both 0 means any */
  /* One more check; returns what was expected (a Chinese phrase) or NULL when fine. */
  const char *(*check)(const struct conf *node);
};
/* Check group against rules; findings carry file, line, path like
 * "items[3].deadline.cadence" and what was expected.  Returns the number of errors. */
size_t conf_check(const struct conf *group, const struct conf_rule *rules, struct findings *f);
/* Report something of your own at a node (duplicate id, bad reference). */
void conf_report(const struct conf *node, struct findings *f, enum severity sev, const char *id,
                 const char *fmt, ...) MB_PRINTF(5, 6);
/* Ready check functions for the table. */
const char *conf_is_date(const struct conf *node);      /* YYYY-MM-DD that exists */
const char *conf_is_date_range(const struct conf *node); /* YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD */

/* Reading a checked tree.  A missing member gives the fallback. */
const struct conf *conf_get(const struct conf *group, const char *name); /* NULL when missing */
const char *conf_str(const struct conf *group, const char *name, const char *fallback); /* borrowed */
long long conf_int(const struct conf *group, const char *name, long long fallback);
double conf_num(const struct conf *group, const char *name, double fallback);
bool conf_bool(const struct conf *group, const char *name, bool fallback);

/* Version of the library behind this, for --version. */
const char *conf_library(void);

#endif
