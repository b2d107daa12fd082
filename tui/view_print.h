/* Printing from the screen, shared by view_print*.c: a small form of choices, the sheet as text, its QR code.
 *
 * One view with three faces (tables of operations that are exchanged), so that what was chosen, listed and
 * looked at is in one place.
 */
#ifndef MB_TUI_VIEW_PRINT_H
#define MB_TUI_VIEW_PRINT_H

#include "batch/preview.h"
#include "batch/print.h"
#include "tui/view.h"

enum print_row {
  ROW_KIND, ROW_TEMPLATE, ROW_WHAT, ROW_UNITS, ROW_PERIOD, ROW_TO, ROW_WHERE, ROW_LIFE, ROW_LOOK, ROW_PRINT,
  ROW_COUNT
};
/* What of notices: this record, its item's, its domain's, all. */
enum print_what { WHAT_RECORD, WHAT_ITEM, WHAT_DOMAIN, WHAT_ALL };
/* Whose: this unit's, all villages' of its township, of its county all townships', all villages'. */
enum print_units { UNITS_THIS, UNITS_VILLAGES, UNITS_TOWNSHIPS, UNITS_ALL_VILLAGES, UNITS_RANGES };

struct print_template {
  char *path, *label;            /* owned */
  const struct sheet_kind *kind;
};

struct print_view {
  struct view view; /* first */
  struct ui *ui;
  struct place place;            /* what one stood on; unit >= 0 */
  struct record record;          /* place.no as stored; no 0: none */
  enum print_row focus;
  /* the choice */
  const struct sheet_kind *kind;
  enum print_what what;
  int domain;                    /* of boards; -1: all */
  enum print_units units;
  enum print_to to;
  struct text folder, printer;   /* folder "": beside the workbook */
  struct print_template *templates; size_t n_templates;
  size_t template;               /* chosen, among those of the kind */
  bool scanned;                  /* templates were looked for */
  /* what comes of it */
  struct print *print;           /* NULL: to be made (the choice has changed) */
  struct error broken;           /* why it could not be made */
  /* the sheet looked at */
  struct sheet_job sample;
  size_t sample_at;
  bool sampled, sample_stale;
  struct preview preview;
  struct qr code;
  int preview_cols, preview_rows; /* it was made for */
  int top, lines;                /* first line shown, lines in all */
  bool flip;                     /* black and white of the code exchanged */
};

/* ---- view_print_choose.c: from rows to a choice */
bool print_row_shown(const struct print_view *v, enum print_row row);
const char *print_row_label(enum print_row row);
void print_row_value(struct print_view *v, enum print_row row, struct text *out);
bool print_row_changes(const struct print_view *v, enum print_row row); /* Left and Right do something */
void print_row_step(struct print_view *v, enum print_row row, int by);
void print_begin_choice(struct print_view *v); /* from v->place */
/* Make v->print from the choice, if it is to be made; false: v->broken says why. */
bool print_ready(struct print_view *v);
void print_changed(struct print_view *v); /* the choice has changed */
/* The folder to print to, whole; out is cleared first. */
void print_folder(const struct print_view *v, struct text *out);

/* ---- view_print_styles.c */
void print_scan_templates(struct print_view *v); /* once */
void print_forget_templates(struct print_view *v);
size_t print_count_templates(const struct print_view *v); /* of the kind */
const struct print_template *print_chosen_template(const struct print_view *v); /* NULL: the kind's own */
void print_template_value(struct print_view *v, struct text *out);
void print_template_step(struct print_view *v, int by);

/* ---- view_print.c */
void print_face_form(struct print_view *v);
/* Print what is chosen. */
unsigned print_go(struct print_view *v);
/* view_ops of all faces */
void print_refresh(struct view *view, struct ui *ui);
bool print_work_piece(struct view *view, struct ui *ui);
void print_place(struct view *view, struct ui *ui, struct place *p);
void print_close(struct view *view);

/* ---- view_print_sheet.c */
/* Look at sheet i of the choice: its face comes up, or the message says why not. */
unsigned print_look(struct print_view *v, size_t i);
void print_forget_sample(struct print_view *v);

/* ---- view_print_words.c: what is said */
void print_say_end(struct print_view *v, bool kept, const struct error *not_kept);
/* Findings as a page: what, where, what to do.  NULL: out of memory. */
struct view *print_findings_page(struct print_view *v);
void print_add_finding(struct text *out, const struct finding *f);

#endif
