/* The three ways a summary is written.  Each hands its text to a sink in pieces, so that a long table
 * never stands in memory whole. */
#ifndef MB_BATCH_SUMMARY_WRITE_H
#define MB_BATCH_SUMMARY_WRITE_H

#include "base/file.h"
#include "batch/summary_count.h"
#include <stdio.h>

/* Where it goes: a stream, or a file that appears only when it is whole. */
struct summary_sink {
  FILE *stream;            /* NULL: the file */
  struct file_writer file;
  struct text text;        /* not yet handed over */
  enum status status;      /* of the first failure; nothing is written after it */
  struct error e;
  int columns;             /* width of the page, for text */
  bool notes;              /* explain the rates below the table */
};
/* Hand over when enough has gathered.  False after a failure. */
bool summary_flush(struct summary_sink *k);

void summary_text(const struct summary *s, struct summary_sink *k);
void summary_csv(const struct summary *s, struct summary_sink *k);
void summary_json(const struct summary *s, struct summary_sink *k);

#endif
