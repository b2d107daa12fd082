/* What the workbook's own files share: the struct, and the doors between them.
 * Nobody outside workbook*.c, history.c, undo.c, draft.c and checkcode.c includes this. */
#ifndef MB_CHECKLISTS_WORKBOOK_PRIVATE_H
#define MB_CHECKLISTS_WORKBOOK_PRIVATE_H

#include "base/text.h"
#include "checklists/db.h"
#include "checklists/digest.h"
#include "checklists/workbook.h"

/* "MBWK" in the file's header, so that file(1) and we know a workbook at sight. */
#define WORKBOOK_ID 0x4D42574B
#define WORKBOOK_VERSION 2

/* The step between wb_begin and wb_commit.  Its row is written with its first change. */
struct wb_step {
  bool open, written;
  struct text label, person;
  const char *act;  /* static: "do", "undo", "redo" */
  int64_t target;   /* step undone or redone, 0 for "do" */
  int64_t time;
  int64_t no;       /* within our origin */
  int64_t seq;      /* of the newest history row of our origin */
  uint8_t hash[DIGEST_SIZE]; /* of that row */
  struct text head; /* canonical form of what all rows of the step share */
  bool units;       /* units were changed: load them again after the commit */
  bool failed;      /* the file refused a write: only the reason is left to tell */
  struct error why;
};

struct wb_number { int64_t no; int index; };

struct workbook {
  struct db db;
  char *path;
  enum wb_mode mode;
  struct unit *units; /* by code */
  size_t n_units;
  struct wb_number *unit_by_no; /* sorted by number */
  char *unit_text;    /* all codes and names */
  struct catalogue *catalogue; /* one block with its strings; item.no in the file is index + 1 */
  int64_t origin;     /* this copy's row in origin */
  char origin_id[20];
  uint8_t key[DIGEST_SIZE];
  struct wb_step step;
  struct {
    char session[20]; /* random id, "" before the first draft */
    bool kept;        /* a draft of ours may be in the file */
    int fd;           /* holds the session's lock; 0: none */
  } draft;
  struct text scratch; /* canonical form of one row */
};

/* workbook.c: what a workbook owns besides its own memory; an open step is cancelled. */
void wb_release(struct workbook *wb);

/* workbook_schema.c: bring the file from version `from` to WORKBOOK_VERSION, inside a transaction. */
enum status wb_migrate(struct db *db, int from, struct error *e) MB_MUST_USE;

/* workbook_units.c */
enum status wb_load_units(struct workbook *wb, struct error *e) MB_MUST_USE;
void wb_free_units(struct workbook *wb);
int wb_unit_by_no(const struct workbook *wb, int64_t no); /* -1 */
/* A unit's row as history fields; NULL name: no such row. */
enum { UNIT_NAME, UNIT_LEVEL, UNIT_PARENT, UNIT_FIELDS };
extern const char *const unit_field_key[UNIT_FIELDS];
enum status wb_read_unit(struct workbook *wb, int64_t no, char *value[UNIT_FIELDS],
                         struct error *e) MB_MUST_USE;
/* Store it (insert, update, or delete when the name is NULL); no history. */
enum status wb_write_unit(struct workbook *wb, int64_t no, const char *code,
                          const char *const value[UNIT_FIELDS], struct error *e) MB_MUST_USE;

/* workbook_catalogue.c */
enum status wb_store_catalogue(struct db *db, const struct catalogue *c, struct error *e) MB_MUST_USE;
enum status wb_load_catalogue(struct workbook *wb, struct error *e) MB_MUST_USE;
void wb_free_catalogue(struct workbook *wb);

/* workbook_create.c */
/* SHA-256 over every value of the catalogue in the file, appended as hexadecimal digits; kept in meta when the
 * workbook is made, so that check sees a changed deadline or level. */
enum status wb_catalogue_digest(struct db *db, struct text *hex, struct error *e) MB_MUST_USE;

/* workbook_records.c: one row, without history.  The caller frees what read fills;
 * r->no 0 after reading: there is no such record. */
enum status wb_read_record(struct workbook *wb, int64_t no, struct record *r, struct error *e) MB_MUST_USE;
enum status wb_write_record(struct workbook *wb, const struct record *r, bool fresh,
                            struct error *e) MB_MUST_USE;
enum status wb_erase_record(struct workbook *wb, int64_t no, struct error *e) MB_MUST_USE;
/* Value of "record" in the history: "UNITCODE ITEMID". */
void wb_record_place(const struct workbook *wb, const struct record *r, struct text *out);
bool wb_record_placed(const struct workbook *wb, const char *place, struct record *r); /* and back */

/* history.c */
/* Number of the subject (a record's uid, or "unit/CODE"); made when missing and make is
 * set (*fresh says so), otherwise *no is 0. */
enum status wb_subject(struct workbook *wb, const char *name, bool make, int64_t *no, bool *fresh,
                       struct error *e) MB_MUST_USE;
/* wb_begin for any act; target is the step undone or redone. */
enum status wb_begin_act(struct workbook *wb, const char *act, int64_t target, const char *label,
                         const char *person, int64_t time, struct error *e) MB_MUST_USE;
struct wb_row {
  int64_t subject;
  const char *name; /* of the subject */
  bool fresh;       /* the subject is new: nothing can have been replaced */
  const char *field, *old_value, *new_value;
};
/* Append one history row to the open step. */
enum status wb_history_add(struct workbook *wb, const struct wb_row *row, struct error *e) MB_MUST_USE;
/* draft.c: a field of r was stored in the open step, so its draft goes. */
enum status wb_draft_stored(struct workbook *wb, const struct record *r, enum record_field f,
                            struct error *e) MB_MUST_USE;
void wb_draft_close(struct workbook *wb); /* after the connection: closing drops its locks too */
enum status wb_check_drafts(struct workbook *wb, struct findings *f, struct error *e) MB_MUST_USE;
/* After a failed write: remember why, so that commit refuses.  Returns e's status. */
enum status wb_step_fail(struct workbook *wb, const struct error *e);
/* Is a step open for changes?  Otherwise the reason. */
enum status wb_step_ready(struct workbook *wb, struct error *e) MB_MUST_USE;
/* Canonical form, shared with workbook_check.c.  The row's digest is SHA-256 over the
 * digest before it, head and body. */
void wb_head_put(struct text *out, const char *origin, int64_t step, int64_t time, const char *person,
                 const char *act, int64_t target, const char *label);
void wb_body_put(struct text *out, int64_t seq, const char *subject, const char *field, const char *old_value,
                 const char *new_value, const char *replaced_origin, int64_t replaced_seq);

#endif
