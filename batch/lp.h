/* Printing a file with the system's lp command: by argument vector, never through a shell. */
#ifndef MB_BATCH_LP_H
#define MB_BATCH_LP_H

#include "base/error.h"

struct lp; /* one lp at work */

/* Start `lp [-d PRINTER] -t TITLE FILE`.  printer "" or NULL: the system's default.  path: absolute.  Errors:
 * no lp ("lp.missing": says which package brings it), no process. */
enum status lp_start(struct lp **lp, const char *printer, const char *title, const char *path,
                     struct error *e) MB_MUST_USE;
/* Wait for at most ms.  False: still at work.  True: ended; *st is ST_OK when lp took the file, else e says
 * what lp said ("lp.refused").  Frees nothing. */
bool lp_wait(struct lp *lp, int ms, enum status *st, struct error *e);
void lp_free(struct lp *lp); /* one still at work is ended; NULL is fine */

#endif
