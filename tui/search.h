/* What is found for a few words typed: units and items at once, records in pieces.
 *
 * A word is found by its characters or by first letters of pinyin (base/pinyin.h).  Several words must all be
 * found, each in the record's or the item's own name, or in that of its unit or of the unit above: "bc db"
 * are the 低保 items of 北城街道, and the records of them in its villages.  Chinese words are also found with
 * characters left out between (低保 in 最低生活保障); with letters so are a few items where no
 * other fits, behind everything else, and units and records only once it is known that nothing is found otherwise.  Best first: the whole name, its beginning, then what is nearest to the unit one came from, then
 * the newest.
 */
#ifndef MB_TUI_SEARCH_H
#define MB_TUI_SEARCH_H

#include "base/pinyin.h"
#include "tui/view.h"

#define SEARCH_WORDS 6
#define SEARCH_KEPT 200 /* of a kind; typing more is quicker than reading these */

enum found_kind { FOUND_UNIT, FOUND_ITEM, FOUND_RECORD, FOUND_KINDS };
struct found {
  int unit;   /* -1: an item, of no unit in particular */
  int item;   /* -1: a unit */
  int64_t no; /* of a record */
  struct period recurrence;
  day event;
  bool none;
  char *title; /* of a record; owned */
  int score;   /* the smaller the better */
};
struct found_list { struct found row[SEARCH_KEPT]; int n; long total; };

/* Which words stand in a name (own), in that or in the names above it (any), and how well. */
struct words_of { uint8_t own, any; uint16_t fit; };

struct search {
  struct ui *ui;
  int unit; /* where one came from; -1: nowhere in particular */
  int item; /* only units that this is asked of; -1: everything */
  struct pinyin_query word[SEARCH_WORDS];
  int words;
  unsigned all; /* a bit for each word */
  bool loose;   /* nothing was found: letters too may leave characters out */
  struct words_of *of_unit, *of_item; /* owned, by index */
  bool *in_use; /* items that some unit of the workbook is asked; owned */
  struct found_list list[FOUND_KINDS];
  int64_t from; /* records below this number are still to be looked at; 0: all were */
};

/* False: out of memory. */
bool search_init(struct search *s, struct ui *ui, int unit);
void search_fini(struct search *s);
/* Begin anew with what is typed.  Units and items are found on return. */
void search_start(struct search *s, const char *typed);
/* Is the item one of the unit's? */
bool search_has_item(const struct search *s, const struct found *f);
/* How well its name fits, wherever it is; the smaller the better. */
int search_rank(const struct found *f);
/* Were characters left out of it, or letters far apart? */
bool search_is_loose(const struct found *f);
/* The place in a name where word number w stands. */
bool search_hit(const struct search *s, int w, const char *name, struct pinyin_hit *hit);
/* Look at some hundred records more; *more false: that was all. */
enum status search_work(struct search *s, bool *more, struct error *e) MB_MUST_USE;

/* ---- drawing (search_draw.c) */
/* One row; the cells are filled already. */
void search_draw_row(const struct search *s, struct screen *to, struct rect at, enum found_kind kind,
                     const struct found *f, bool selected);
/* Nothing is typed yet: what can be typed. */
void search_draw_examples(const struct search *s, struct screen *to, struct rect at);

#endif
