/* What a view is, and what it sees of the UI around it.
 *
 * A view is a state struct that begins with struct view, and one constant table of operations.
 * Handlers return flags; one loop (ui.c) draws.  A view never draws on its own and never
 * writes to the workbook but through change.h.
 */
#ifndef MB_TUI_VIEW_H
#define MB_TUI_VIEW_H

#include "batch/command.h"
#include "tui/edit.h"
#include "tui/keymap.h"
#include "tui/list.h"
#include "tui/screen.h"

struct ui;
struct view;
struct term;

/* Flags of handlers. */
enum {
  UI_IGNORED = 0,
  UI_HANDLED = 1, /* the key was for this view */
  UI_LEAVE = 2,   /* close this view */
  UI_ERROR = 4,   /* what was asked could not be done; the message says why */
  UI_AGAIN = 8    /* with UI_LEAVE: the key or request is for the view below */
};

/* What one stands on: indexes, or -1; no 0: no record.  Help, basis, history, copying, printing start
 * from it. */
struct place {
  int unit, domain, item;
  int64_t no;
  struct period recurrence;
};

struct view_ops {
  enum context context;
  const enum request *hints; /* for the hint lines, in order; ends with REQ_NONE_GIVEN */
  /* One line under the title: what is seen; appended. */
  void (*heading)(struct view *v, struct ui *ui, struct text *out);
  /* Records or period have changed (and once before the first drawing). */
  void (*refresh)(struct view *v, struct ui *ui);
  /* at.rows >= 1; at is everything between the heading and the message line. */
  void (*draw)(struct view *v, struct ui *ui, struct rect at);
  unsigned (*request)(struct view *v, struct ui *ui, enum request r);
  unsigned (*key)(struct view *v, struct ui *ui, struct key k); /* characters; may be NULL */
  /* Finish what is being typed.  False: it cannot be kept as it is (the message says why), stay;
   * with force it is given up.  NULL: nothing to finish. */
  bool (*settle)(struct view *v, struct ui *ui, bool force);
  /* A piece of background work; false: nothing left.  May be NULL. */
  bool (*work)(struct view *v, struct ui *ui);
  /* Fill in what one stands on; *p comes with unit = v->unit and nothing else.  NULL: just that. */
  void (*place)(struct view *v, struct ui *ui, struct place *p);
  /* A mouse click at that cell of the screen, within at of the last draw().  NULL: the rows of v->list are
   * clicked.  Wheel and double click come as requests. */
  unsigned (*click)(struct view *v, struct ui *ui, int row, int col);
  void (*close)(struct view *v);               /* free it */
  /* What one sees and does on this screen, in a few sentences; its help begins with them.  NULL: nothing that
   * the keys of its context do not say. */
  const char *about;
  bool whole; /* draws on the whole screen, without title, heading, message and hints (a QR code) */
};

struct view {
  const struct view_ops *ops;
  struct view *below;
  struct list list;    /* of views that are lists */
  int unit;            /* whose things are seen: index, -1 the whole workbook */
  unsigned generation; /* of the data that was read; 0: never */
  struct rect at;      /* of the last draw() */
};

/* Changes whose unit is remembered. */
#define UI_TOUCHED 16

struct ui {
  struct app *app;
  struct workbook *wb;
  const struct catalogue *catalogue;
  const struct calendar *calendar;
  const struct unit *units;
  size_t n_units;
  struct period period;
  struct slot_plan *plan;    /* of that period on app->on */
  struct tally base[LEVEL_COUNT]; /* of a unit without records, see rates.h */
  bool base_ready;
  unsigned generation;       /* grows with every change */
  int touched[UI_TOUCHED];   /* by generation % UI_TOUCHED: whose records changed; see ui_changed_in() */
  int64_t (*clock)(void);
  struct screen screen;
  struct view *top;
  struct text message;
  bool message_is_error;
  int message_rows, hint_row; /* lines the message took, where hints begin (0: nowhere), when last drawn */
  enum status failed;        /* of the last ui_fail; whoever looks at it clears it first */
  int64_t version;           /* of the workbook as last read, see wb_version */
  struct {                   /* a question on the message line */
    bool line, confirm;      /* one of them: asked */
    struct text label;
    struct edit edit;
    unsigned (*done)(struct view *v, struct ui *ui, const char *answer);
  } question;
  struct term *term;         /* of the driver; NULL under a script */
  void (*lend)(struct term *t, bool away); /* give the terminal to another program, and take it back */
  bool ahead;                /* the key was pressed before what the last one did could be read */
  int leaving;               /* Esc on the first screen: 2 at that key, 1 at the next, which then leaves */
  enum request insisted;     /* refused just before: the same again gives the field up */
  bool quit;
  int signal;                /* that asked to end; 0 */
};

/* ---- for views (ui.c) */
void ui_push(struct ui *ui, struct view *v); /* takes v; NULL: out of memory is said */
void ui_say(struct ui *ui, const char *fmt, ...) MB_PRINTF(2, 3);
void ui_fail(struct ui *ui, const struct error *e); /* the sentence, as an error */
/* Ask on the message line.  label and initial are copied.  done gets the view on top. */
void ui_ask_line(struct ui *ui, const char *label, const char *initial,
                 unsigned (*done)(struct view *v, struct ui *ui, const char *answer));
void ui_ask(struct ui *ui, const char *label,
            unsigned (*done)(struct view *v, struct ui *ui, const char *answer)); /* yes: answer "" */
void ui_changed(struct ui *ui); /* the workbook has changed */
void ui_changed_in(struct ui *ui, int unit); /* of this unit only; UI_NO_UNIT: no record has changed */
#define UI_NO_UNIT (-2)
void ui_place(const struct ui *ui, struct place *p); /* what one stands on in the view on top */
int64_t ui_now(const struct ui *ui); /* seconds since 1970 UTC, for history */
/* Have the view on top finish what is being typed, because of r.  False: it stays (the message says
 * why); asked for the same r again, the typed text is given up, unless it is valid and only could not
 * be stored just now: then no r but REQ_QUIT gives it up. */
bool ui_settle(struct ui *ui, enum request r);
enum status ui_set_period(struct ui *ui, struct period p, struct error *e) MB_MUST_USE;
const struct unit *ui_unit(const struct ui *ui, int unit);
const struct item *ui_item(const struct ui *ui, int item);
bool ui_is_below(const struct ui *ui, int unit, int top); /* or top itself; -1: all are below it */
/* The last of the units below that one, which follow it (itself when there is none); -1: of all. */
int ui_last_below(const struct ui *ui, int unit);

/* ---- the views: each makes its state, or NULL when out of memory */
struct view *view_due_new(struct ui *ui, int unit);     /* the day's work; -1: of the whole workbook */
struct view *view_units_new(struct ui *ui, int unit);   /* -1: top of the workbook */
struct view *view_domains_new(struct ui *ui, int unit);
/* item: where to stand; -1: the first that is overdue */
struct view *view_items_new(struct ui *ui, int unit, int domain, int item);
struct view *view_records_new(struct ui *ui, int unit, int item);
struct view *view_search_new(struct ui *ui, int unit);  /* searches all; what belongs to unit first */
struct view *view_summary_new(struct ui *ui, int unit); /* heat table of what is below unit */
/* Slots that are missing in ui->period: of unit and all below it (own: of the unit alone); domain -1: of all. */
struct view *view_missing_new(struct ui *ui, int unit, int domain, bool own);
struct view *view_help_new(struct ui *ui, enum context where);
struct view *view_tour_new(struct ui *ui);              /* five short screens for the first run */
struct view *view_basis_new(struct ui *ui, int unit, int item);
/* Changes of the record p->no, who, when, old, new; without one: the steps of the workbook. */
struct view *view_history_new(struct ui *ui, const struct place *p);
struct view *view_print_new(struct ui *ui, const struct place *p);
struct view *view_copy_new(struct ui *ui, const struct place *p); /* p->no to other units of the township */
/* no 0: not stored yet; recurrence PERIOD_NONE unless the item recurs. */
struct view *view_form_new(struct ui *ui, int unit, int item, int64_t no, struct period recurrence);
/* The same, standing on the day of taking down. */
struct view *view_form_take_down(struct ui *ui, int unit, int item, int64_t no);

#endif
