/* Private to the configuration reader (conf.c, conf_source.c).
 *
 * A configuration file as one flat text with its @include lines already replaced, and with the file and line
 * each flat line came from.  We include ourselves, because libconfig 1.5 opens whatever a file names and
 * takes the path from the working folder.
 */
#ifndef MB_CHECKLISTS_CONF_SOURCE_H
#define MB_CHECKLISTS_CONF_SOURCE_H

#include "base/error.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct conf_place { int file, line; }; /* file: index into conf_source.file */

struct conf_open { char bracket; size_t line; }; /* a bracket not yet closed, and its flat line */
#define CONF_DEPTH_MAX 50

struct conf_source {
  struct text text;                              /* what libconfig reads */
  struct conf_place *place; size_t n, cap;       /* of each line of text */
  size_t *string;
  size_t n_strings, cap_strings; /* flat line (from 0) where each string value begins, in order */
  char **file; size_t n_files;                   /* as the user named them; owned */
  /* ---- while scanning */
  struct findings *f;
  char *inside;        /* resolved folder that may be included from; owned */
  size_t errors;
  bool in_string_run;  /* the token before was a string: the next one continues it */
  struct conf_open open[CONF_DEPTH_MAX];
  int depth;
};

/* Read path and everything it includes.  False when something was wrong (reported to f).
 * conf_source_fini() is due in both cases. */
bool conf_source_read(struct conf_source *s, const char *path, const char *inside, struct findings *f);
/* Where flat line n (from 0) came from; past the end: the last line.  *file is borrowed from s. */
int conf_source_place(const struct conf_source *s, size_t n, const char **file);
void conf_source_fini(struct conf_source *s);

#endif
