/* --unit U…: the units named on a command line, with all below them. */
#ifndef MB_BATCH_SUBTREE_H
#define MB_BATCH_SUBTREE_H

#include "batch/command.h"

/* *set (owned by the caller) is NULL when the option was not given: all units.  Otherwise set[i] says
 * whether units[i] or a unit above it was named.  Errors: those of app_unit(); free *set then, too. */
enum status subtree_read(const struct workbook *wb, const struct args *args, bool **set, struct error *e) MB_MUST_USE;

#endif
