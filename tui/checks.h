/* Check boxes for publication channels: those that the catalogue names for the item first, then the others.
 *
 * What is chosen lives in the field's text ("政府网站、村公示栏"); this is only a way to draw and to change
 * it.  Digits switch a box by its number, Space the one stood on.
 */
#ifndef MB_TUI_CHECKS_H
#define MB_TUI_CHECKS_H

#include "checklists/catalogue.h"
#include "tui/keymap.h"
#include "tui/screen.h"

struct checks {
  uint16_t own;    /* channels that come first, as bits */
  uint16_t chosen;
  int stand;       /* place stood on, 0 the first */
  int across;      /* boxes in a row when last drawn */
  struct rect at;  /* of the last drawing */
};

/* The channels named in a text, as bits; unknown words are passed over. */
uint16_t checks_read(const char *names);
void checks_add_names(struct text *out, uint16_t chosen, const char *between);
/* LEFT RIGHT UP DOWN; false: not one of these, or it leads out of the boxes (UP, DOWN). */
bool checks_request(struct checks *c, enum request r);
bool checks_key(struct checks *c, struct key k); /* true: chosen has changed */
int checks_rows(int cols);
void checks_draw(struct checks *c, struct screen *s, struct rect at);
bool checks_click(struct checks *c, int row, int col); /* true: chosen has changed */

#endif
