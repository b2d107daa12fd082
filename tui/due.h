/* The day's work, shared by its parts: finding (due_find.c), rows (due_rows.c), drawing (due_draw.c), acts
 * (due_act.c) and the view itself (view_due.c).
 *
 * What there is to do is counted for every unit, domain and kind.  The entries themselves are kept only
 * of units whose rows may be seen: of all when they are few, else of those unfolded.
 */
#ifndef MB_TUI_DUE_H
#define MB_TUI_DUE_H

#include "checklists/todo.h"
#include "tui/change.h"
#include "tui/view.h"

#define DUE_WORKDAYS 10 /* what is due within these is shown */

/* In the order of rows. */
enum due_kind {
  DUE_OVERDUE,
  DUE_SOON,      /* within ten work days */
  DUE_TAKE_DOWN,
  DUE_NONE,      /* an event item without an event: 本期无 has to be said */
  DUE_CHECK,     /* a standing item that is not up and has no due day */
  DUE_KINDS
};

struct due_entry {
  int64_t no;
  day due, from;
  struct period period;
  uint16_t item;
  uint8_t kind;  /* enum due_kind */
  bool marked;   /* while rows are built anew; else the list knows */
};

struct due_unit {
  struct due_entry *entry; /* owned, in order of rows; NULL: not kept */
  uint32_t n;
  size_t cap;
  bool kept;               /* even if there is none */
};

/* A line of the list: a group's heading (n 0), or entries of one unit.  More than one entry stand in a row
 * where they are confirmed together: of one kind, domain and period. */
struct due_line {
  int unit;      /* -1: heading of a domain, of all units */
  int domain;    /* -1: heading of a unit, of all domains */
  uint32_t first, n;
  uint8_t depth; /* of a heading */
  bool town;     /* heading of a township with its villages */
};

/* Titles of records on the screen, read once: by number % DUE_TITLES. */
#define DUE_TITLES 64
struct due_title { int64_t no; char text[120]; };

/* A line and its entry, which outlives the making of new lines. */
struct due_spot { struct due_line line; struct due_entry entry; };

struct due {
  struct view view; /* first */
  struct ui *ui;
  int first, last, n_units;    /* units seen: first..last */
  size_t n_domains;
  bool many;                   /* so many units that groups are folded at first */
  bool towns;                  /* and these stand in several townships */
  bool by_domain;
  struct todo_finder *finder;
  struct due_unit *unit;       /* n_units */
  uint16_t *count;             /* by domain (all of them first), unit, kind */
  uint32_t total[DUE_KINDS];
  int next;                    /* the first unit to be counted again; last + 1: all are */
  int fresh;                   /* while counting: the first unit whose old counts still stand */
  bool complete;               /* all were counted once */
  bool *toggled, *toggled_domain; /* groups folded or unfolded by hand, see due_is_open() */
  struct due_line *line;
  int n_lines;
  size_t cap_lines;
  uint32_t most[DUE_KINDS];    /* that any heading counts */
  int name_cols;               /* of the widest heading; 0: not measured */
  struct due_title title[DUE_TITLES];
  bool undoing;                /* one wants to stand on what an undo brings back */
  struct due_spot spot;        /* where one stood, see due_save(); line.domain -2: nowhere */
  bool failed;                 /* out of memory */
  struct targets targets;      /* what was asked about, until the answer; owned */
};

/* ---- finding (due_find.c) */
bool due_start(struct due *v, struct ui *ui, int unit); /* false: out of memory */
void due_forget(struct due *v);                         /* frees all but v itself */
/* Count some more units, about so many records' worth. */
enum status due_count_some(struct due *v, int budget, struct error *e) MB_MUST_USE;
/* Count this unit again; keep its entries if they were kept, or if so wanted. */
enum status due_count_unit(struct due *v, int unit, bool keep, struct error *e) MB_MUST_USE;
/* The same; the first entry that was not there before becomes v->spot. */
enum status due_count_news(struct due *v, int unit, struct error *e) MB_MUST_USE;
void due_drop_unit(struct due *v, int unit); /* its entries are no longer kept */
/* Sums of a line that is a heading, by kind.  True when there is anything. */
bool due_sum(const struct due *v, const struct due_line *heading, uint32_t sum[DUE_KINDS]);
/* All entries sorted again: by kind and due day, or by domain, kind and due day. */
void due_sort(struct due *v);
int due_compare(const struct due *v, const struct due_entry *a, const struct due_entry *b);

/* The title of an event's record, "" when it has none; borrowed until the next call. */
const char *due_title(struct due *v, const struct due_entry *entry);

/* ---- rows (due_rows.c) */
extern const struct list_ops due_list_ops;
/* Before entries or groups change: remember where one stands and what is marked.  Then make the lines anew:
 * one stands there again, or on the next row, and what is still there is marked again. */
void due_save(struct due *v);
void due_rebuild(struct due *v);
void due_mark(struct due *v, const struct due_line *line, bool on); /* its entries */
bool due_is_open(const struct due *v, const struct due_line *heading);
void due_toggle(struct due *v, const struct due_line *heading);
const struct due_line *due_selected(const struct due *v); /* NULL: no line */
const struct due_entry *due_entry_of(const struct due *v, const struct due_line *line);

/* ---- drawing (due_draw.c) */
void due_draw(struct view *view, struct ui *ui, struct rect at);
void due_draw_line(void *owner, struct screen *s, struct rect at, int i, bool selected);
void due_heading(struct view *view, struct ui *ui, struct text *out);

/* ---- acts (due_act.c): on the marked rows, or on the one one stands on */
unsigned due_publish(struct due *v, struct ui *ui);
unsigned due_none(struct due *v, struct ui *ui);

#endif
