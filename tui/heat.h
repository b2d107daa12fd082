/* The counts behind the heat table: what is below a unit, row by row, each counted by domain.
 *
 * Counted in small pieces while no key waits: first the row one stands on, then the rows that are
 * seen, then the others.  After a change the old numbers stay until the row is counted anew.
 */
#ifndef MB_TUI_HEAT_H
#define MB_TUI_HEAT_H

#include "tui/view.h"

struct heat_row {
  int unit;    /* index; -1: the row of sums of the whole workbook */
  bool own;    /* the unit that one looks into, without what is below it */
  bool sum;    /* the last row: all rows together */
  int last;    /* its units are unit..last */
  bool known;  /* its cells hold numbers */
  bool fresh;  /* and these are of now */
};

struct heat {
  int unit;              /* that one looks into; -1: the whole workbook */
  struct heat_row *row;  /* owned */
  int n;
  int domains;
  struct tally *cell;    /* owned: n rows of domains + 1, the last is the row's total */
  struct tally *part;    /* owned: of the row being counted */
  int counting, next;    /* that row, or -1; its next unit */
};

/* Rows by division code: the unit's own desk, what is directly below it, the sum. */
enum status heat_init(struct heat *h, const struct ui *ui, int unit, struct error *e) MB_MUST_USE;
void heat_free(struct heat *h);
/* Something has changed in that unit (-1: in any): its row is counted anew. */
void heat_stale(struct heat *h, int unit);
/* The old numbers mean something else (another period, another day), so they go. */
void heat_forget(struct heat *h);
/* A piece of counting; false: nothing left.  first, seen: the rows on the screen. */
bool heat_work(struct heat *h, struct ui *ui, int selected, int first, int seen, struct error *e);
/* Column 0 to domains - 1, or domains: the total.  NULL: not counted yet. */
const struct tally *heat_cell(const struct heat *h, int row, int column);
/* The row that holds that unit; its own desk's for the unit itself. */
int heat_find(const struct heat *h, int unit);
/* Does it have units below, to be looked into? */
bool heat_opens(const struct heat *h, int row);

/* ---- what a cell says */
enum heat_measure { HEAT_FILL, HEAT_DISCLOSURE, HEAT_MEASURES };
const char *heat_name(enum heat_measure m); /* 公开率 */
struct rate heat_rate(const struct tally *t, enum heat_measure m);
/* 全: all; 0-9: so many tenths; "-": no rate yet; ".": nothing is asked.  Two columns at most; a sign for
 * overdue comes beside it.  *attr: its shade, darker where more is missing. */
const char *heat_sign(const struct tally *t, enum heat_measure m, enum attr *attr);
/* "公开率 75.0% 12/16　逾期 3　待确认 1"; appended. */
void heat_words(struct text *out, const struct tally *t, enum heat_measure m);

#endif
