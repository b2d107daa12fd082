/* From the bytes a terminal sends to keys.  No terminal is needed here.
 *
 * Keys are read by their structure (ESC [ numbers letter), not from a list of one terminal's sequences:
 * xterm, VTE, PuTTY, tmux, the Linux console and rxvt send different ones for the same key, often under
 * another's name.  What nobody knows is nothing, never Esc and letters.  A paste comes between ESC [ 200 ~
 * and ESC [ 201 ~: its characters are marked, so that none of them is a command.
 */
#ifndef MB_TUI_TERM_INPUT_H
#define MB_TUI_TERM_INPUT_H

#include "tui/key.h"

#define INPUT_BYTES 4096

struct term_input {
  unsigned char byte[INPUT_BYTES];
  size_t at, n;            /* those not read yet: byte[at] to byte[n - 1] */
  bool pasting;
  bool burst;              /* what is pasted came without its marks, see input_burst() */
  bool after_return;       /* the last pasted character was a carriage return */
  int place_row, place_col; /* the terminal has told where its cursor is, from 1; 0: has not */
};

/* Where and how many bytes may be put; input_added() says how many were. */
unsigned char *input_room(struct term_input *in, size_t *room);
void input_added(struct term_input *in, size_t n);
/* The n bytes added last came at once while nobody was waiting for a key's rest.  Lines or cells that nobody
 * types so fast are a paste of a terminal that does not mark it: they are read as pasted until input_end(). */
void input_burst(struct term_input *in, size_t n);
void input_end(struct term_input *in);
/* The next key.  K_NONE: something that is no key.  K_IDLE: nothing is there, or its rest has not come yet
 * (input_waits); late: it will not come. */
struct key input_key(struct term_input *in, bool late);
static inline bool input_waits(const struct term_input *in) { return in->at < in->n; }
/* Take the answer ESC [ row ; col R out of what has come, wherever it stands; place_row and place_col. */
bool input_find_place(struct term_input *in);

#endif
