/* The form of one record, shared by its parts:
 *   view_form.c     life, reading, keys          form_store.c   storing, taking over, pasting, the editor
 *   form_fields.c   which fields, as what         form_note.c    the words beside and under a field
 *   form_layout.c   where each field stands       form_draw.c    drawing
 *   form_asked.c    what the item asks            form_personal.c what looks like personal data
 */
#ifndef MB_TUI_FORM_H
#define MB_TUI_FORM_H

#include "checklists/record.h"
#include "tui/checks.h"
#include "tui/datepick.h"
#include "tui/view.h"

#define FORM_LABEL 1
#define FORM_VALUE 17   /* column where values begin */
#define FORM_WIDE 110   /* from so many columns on what the item asks stands beside the fields */

/* Where a field stood when it was drawn last; rows 0: nowhere. */
struct form_box {
  int line;              /* counted from the top of the form, scrolled or not */
  int rows, notes;       /* of the value; of the words under it */
  struct rect value;     /* on the screen */
};

/* What looks like personal data in a text. */
struct form_personal {
  bool stale;
  int hits;
  struct text words;     /* rule, place and masked number of the first */
};

struct form {
  struct view view; /* first */
  struct ui *ui;
  int item;
  struct period recurrence;   /* of a recurring item */
  int64_t no;                 /* record shown last; kept when an undo takes it away */
  struct record record;       /* as stored, or as it would be begun (no 0) */
  enum record_field field[FIELD_COUNT]; /* those shown, in order */
  int n_fields;
  enum record_field focus;
  struct edit edit;           /* the field in focus; of channels their names */
  struct checks checks;
  struct datepick pick;
  struct text paste;          /* being received */
  bool loaded;                /* the record was read once */
  enum record_field waiting;  /* field of late, a text to be typed once the record was read */
  char *late;
  /* ---- last period's values */
  struct record offer;
  struct text offer_name;     /* of the record they come from */
  bool offer_asked;
  unsigned declined;          /* fields whose proposal was emptied, as bits */
  /* ---- seen while drawing */
  struct form_box box[FIELD_COUNT]; /* by place in field[] */
  int top;                    /* lines scrolled away */
  struct form_personal personal[FIELD_COUNT];
  unsigned personal_version;  /* of edit when it was scanned */
  unsigned ticks;             /* elements found in the texts, as bits */
  unsigned ticks_version;
  bool ticks_stale;
  int table_rows, table_cols; /* of the table as stored or offered */
  double code_side;           /* of the QR code on a notice, mm; 0: not looked up yet */
  char code_level;
  unsigned code_version;
  int code_modules;
};

/* ---- fields (form_fields.c) */
bool form_is_area(enum record_field field); /* several lines */
void form_choose_fields(struct form *f);    /* what can be filled now; focus stays among them */
int form_position(const struct form *f);    /* of the focus in field[] */
void form_focus(struct form *f, enum record_field field);
/* A stored value as it is shown and typed: channels with 、 between them; appended. */
void form_add_shown(struct text *out, enum record_field field, const char *value);
/* The value of a field as it stands on the screen: what is being typed, or what is stored ("" where a
 * proposal stands untouched). */
const char *form_value(const struct form *f, enum record_field field);
/* The same with proposals, for what is seen. */
const char *form_seen(const struct form *f, enum record_field field);
day form_day(const struct form *f, enum record_field field); /* as typed; DAY_NONE while it is none */
bool form_ahead(const struct form *f, enum record_field field); /* may that day lie ahead? */
bool form_typed(const struct form *f); /* does the editor hold another text than what is stored? */
void form_show(struct form *f);        /* what is stored (or proposed), into the editor */
/* The proposal for a field that is empty and was not declined; NULL. */
const char *form_offered(const struct form *f, enum record_field field);
bool form_untouched(const struct form *f); /* a proposal stands in the editor as it came */
int form_offers(const struct form *f);     /* how many there are */

/* ---- storing (form_store.c) */
bool form_settle(struct form *f, bool force);
unsigned form_publish(struct form *f);
unsigned form_take_over(struct form *f); /* all proposals of the page */
bool form_accept(struct form *f);        /* the one in focus; false: it could not be stored */
void form_say_overtaken(struct form *f); /* another window has changed the field in which one types */
void form_look_back(struct form *f);     /* for last period's values, once */
unsigned form_flush(struct form *f);     /* a paste that was received */
unsigned form_edit_outside(struct form *f);

/* ---- words (form_note.c) */
struct note { struct text text; enum attr attr; };
void form_note(struct form *f, enum record_field field, struct note *out);         /* under a field */
void form_beside(const struct form *f, enum record_field field, struct note *out); /* beside a date */
void form_add_hint(const struct form *f, struct text *out);
day form_due(const struct form *f);
void form_draw_state(const struct form *f, struct screen *s, struct rect at, int row);

/* ---- personal data (form_personal.c) */
void form_personal_stale(struct form *f);
bool form_personal_field(enum record_field field);
/* Scan the field in focus if it is short, or (all) the next one that waits.  False: nothing waits. */
bool form_personal_scan(struct form *f, bool all);

/* ---- what the item asks (form_asked.c) */
void form_asked_draw(struct form *f, struct screen *s, struct rect at, bool beside);
bool form_asked_look(struct form *f, bool all); /* for its elements in the texts */

/* ---- where things stand (form_layout.c), and drawing */
void form_layout(struct form *f, struct rect at);
struct rect form_pick_rect(const struct form *f, struct rect at); /* room for the calendar; rows 0: none */
/* At most at.rows lines of a wrapped text; returns the lines used.  s NULL: only counts. */
int form_wrap(struct screen *s, struct rect at, enum attr attr, const char *text);
void form_draw(struct view *view, struct ui *ui, struct rect at);

/* ---- for drafts */
/* What is being typed and not stored yet.  True when v is a form and the text of the field in focus differs
 * from what is stored.  *text as typed, *stored as the record has it (""); both borrowed until the next key.
 * The record itself is told by view_ops.place. */
bool form_draft(const struct view *v, enum record_field *field, const char **text, const char **stored);
/* Go to a field and put a text into it as if it had been typed there: nothing is stored until one leaves the
 * field.  May be called right after view_form_new(). */
void form_type(struct view *v, enum record_field field, const char *text);

#endif
