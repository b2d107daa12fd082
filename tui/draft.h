/* Drafts of the interface: what is being typed is kept every few seconds, and what a crash left
 * behind is offered at the next start (view_drafts.c).
 *
 * The drivers (tui.c) own a drafter and tell it when a screen was drawn and how late it is; no
 * timer runs, and nothing is written, while nothing is being typed.
 */
#ifndef MB_TUI_DRAFT_H
#define MB_TUI_DRAFT_H

#include "tui/view.h"

#define DRAFT_MS 3000 /* so much typing may be lost, and no more */

struct drafter {
  bool typing;        /* there is text that is not stored */
  bool waiting;       /* and not kept either, since `since` */
  int64_t since;
  struct place place; /* where it is typed */
  enum record_field field;
  struct text typed, stored;
};

/* Look at what is being typed; what is given up or stored is dropped from the workbook.  Call after each
 * drawing.  now: milliseconds that only go on. */
void drafter_look(struct drafter *d, struct ui *ui, int64_t now);
/* Milliseconds until there is something to keep; -1: nothing is. */
int drafter_wait(const struct drafter *d, int64_t now);
/* Keep it, if there is something.  In a workbook that is locked just now the next try is DRAFT_MS later. */
void drafter_save(struct drafter *d, struct ui *ui, int64_t now);
void drafter_free(struct drafter *d);

/* Open the view of drafts that windows now gone have left, to be taken up or thrown away one by one, if there
 * are any. */
void drafts_offer(struct ui *ui);

#endif
