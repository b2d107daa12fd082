/* The form of one record, shared by its logic (view_form.c) and its drawing (form_draw.c). */
#ifndef MB_TUI_FORM_H
#define MB_TUI_FORM_H

#include "checklists/record.h"
#include "tui/ui.h"

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
  struct edit edit;           /* the field in focus */
  int top;                    /* lines scrolled away */
  bool loaded;                /* the record was read once */
  enum record_field waiting;  /* field of late, a text to be typed once the record was read */
  char *late;
};

/* The value of a field as it stands on the screen: what is being typed, or what is stored. */
const char *form_value(const struct form *f, enum record_field field);
bool form_is_area(enum record_field field); /* several lines */
/* A stored value as it is shown and typed: channels with 、 between them; appended. */
void form_add_shown(struct text *out, enum record_field field, const char *value);
void form_draw(struct view *view, struct ui *ui, struct rect at);

/* What is being typed and not stored yet, for drafts.  True when v is a form and the text of the field in
 * focus differs from what is stored.  *text as typed, *stored as the record has it (""); both borrowed until
 * the next key.  The record itself is told by view_ops.place. */
bool form_draft(const struct view *v, enum record_field *field, const char **text, const char **stored);
/* Go to a field and put a text into it as if it had been typed there: nothing is stored until one leaves the
 * field.  May be called right after view_form_new(). */
void form_type(struct view *v, enum record_field field, const char *text);

#endif
