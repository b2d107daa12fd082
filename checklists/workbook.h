/* The workbook (台账): one SQLite file NAME.mingbai with units, catalogue, records and
 * their history (DESIGN §4).  This header is all that other rooms see of it.
 *
 * Ownership: what a getter returns is borrowed and lives until wb_close() unless said
 * otherwise.  One struct workbook is used by one thread.
 * Nothing is stored outside a transaction: wb_begin ... wb_commit or wb_cancel.
 * Time and person are arguments; the module never reads the clock or environment.
 */
#ifndef MB_CHECKLISTS_WORKBOOK_H
#define MB_CHECKLISTS_WORKBOOK_H

#include "base/error.h"
#include "base/text.h"
#include "checklists/catalogue.h"
#include "checklists/record.h"
#include "checklists/slot.h"

struct workbook;

struct unit {
  int no;            /* row number */
  char *code, *name; /* "140581001001" or "140581000000-D01" */
  enum level level;
  int parent;        /* index, -1 for the top */
  int township;      /* index of its township (itself for a township); for county and departments: the county's index */
};

enum wb_mode { WB_READ, WB_WRITE };

/* ---- file (workbook.c) */
/* A new file at path (must not exist), with units and catalogue.  Written under a
 * temporary name and renamed, so a failure leaves nothing. units must hold parents before children. */
struct wb_new_unit { const char *code, *name, *parent; enum level level; };
enum status wb_create(const char *path, const struct wb_new_unit *units, size_t n,
                      const struct catalogue *c, const char *person, int64_t time, struct error *e) MB_MUST_USE;
/* Open.  ids of errors: wb.missing, wb.not-workbook, wb.newer, wb.damaged, wb.read-only, wb.busy.
 * None of these changes the file.  An older version is migrated (WB_WRITE only) in one transaction;
 * WB_READ of an older version migrates a private copy in memory.
 * While a workbook is open nobody else in the process may open and close its file: that
 * drops SQLite's locks (POSIX); look at it through this header only. */
enum status wb_open(struct workbook **wb, const char *path, enum wb_mode mode, struct error *e) MB_MUST_USE;
void wb_close(struct workbook *wb); /* NULL is fine; an open transaction is cancelled */
const char *wb_path(const struct workbook *wb);

/* ---- units and catalogue */
const struct unit *wb_units(const struct workbook *wb, size_t *n); /* by code */
int wb_find_unit(const struct workbook *wb, const char *code);     /* also by a name that only one unit has; -1 */
const struct catalogue *wb_catalogue(const struct workbook *wb);
/* Add a unit, or rename an existing one (same code).  Inside a transaction.  Indexes of
 * wb_units() change: fetch it again after wb_commit. */
enum status wb_put_unit(struct workbook *wb, const struct wb_new_unit *u, struct error *e) MB_MUST_USE;

/* ---- reading records */
/* Light scan in order of unit index and item index, for slots.  unit, item -1: all.
 * fn returns false to stop. */
typedef bool wb_scan_fn(int unit, int item, const struct slot_record *r, void *ctx);
enum status wb_scan(struct workbook *wb, int unit, int item, wb_scan_fn *fn, void *ctx, struct error *e) MB_MUST_USE;
/* The same for units first..last of wb_units (a township's villages, rows on a screen). */
enum status wb_scan_range(struct workbook *wb, int first, int last, wb_scan_fn *fn, void *ctx, struct error *e) MB_MUST_USE;
/* Whole records, ordered by unit code, item id, period, event day, uid.  r is borrowed for the call. */
typedef bool wb_record_fn(const struct record *r, void *ctx);
enum status wb_records(struct workbook *wb, int unit, int item, wb_record_fn *fn, void *ctx, struct error *e) MB_MUST_USE;
/* What a search shows of a record.  unit -1: another window added that unit since. */
struct record_head {
  int64_t no;
  int unit, item;
  struct period period;
  day event_on, published_on;
  bool none;
  const char *title; /* or the reason of a "none"; "" when there is neither; borrowed for the call */
};
typedef bool wb_title_fn(const struct record_head *head, void *ctx);
/* At most `limit` records, newest first, from below number *from on (INT64_MAX: from the newest).  *from is where
 * to go on, 0 when there are no more.  fn returns false to stop (*from then is that record). */
enum status wb_titles(struct workbook *wb, int64_t *from, int limit, wb_title_fn *fn, void *ctx, struct error *e)
    MB_MUST_USE;
/* One record, owned by the caller (record_free).  ST_NOINPUT "record.missing" when there is none. */
enum status wb_get(struct workbook *wb, int64_t no, struct record *r, struct error *e) MB_MUST_USE;
/* Number of the record with that uid; 0 when there is none. */
int64_t wb_find_uid(struct workbook *wb, const char *uid);
int64_t wb_count_records(struct workbook *wb);
/* A number that is another one once another window or program has changed the file; our own changes
 * leave it.  0: it cannot be read just now. */
int64_t wb_version(struct workbook *wb);
/* Keep little of the file in memory: for a program that stays open on an old PC. */
void wb_keep_small(struct workbook *wb);
/* Does any record use that field? (decides optional CSV columns) */
bool wb_field_used(struct workbook *wb, enum record_field f);

/* ---- changing (history.c): every change is history rows, grouped in a step */
/* label: what the step is called in undo lists, Chinese ("公开 19.05"). time: seconds since 1970 UTC. */
enum status wb_begin(struct workbook *wb, const char *label, const char *person, int64_t time, struct error *e) MB_MUST_USE;
enum status wb_commit(struct workbook *wb, struct error *e) MB_MUST_USE; /* a step without changes leaves no trace */
void wb_cancel(struct workbook *wb);
/* Store r: r->no 0 makes a new one (uid: natural key, or the given one, or random), otherwise
 * only fields that differ are written.  Validated by record_check_field and record_check;
 * r->no and r->uid are filled.  *changed (may be NULL): fields written.  The uid is fixed
 * from then on.  Errors besides the validators': record.exists (that uid is there already: find
 * it with wb_find_uid first), record.identity (a change that would give another natural key,
 * or turn an event record into a "none" or back: delete it and make it anew), record.moved
 * (another unit or item), record.uid (a given uid that is not letters, digits, - _ .).
 * A refused record changes nothing and the step goes on; after a failed write (disk) every
 * further call and the commit give that error again. */
enum status wb_put(struct workbook *wb, struct record *r, int *changed, struct error *e) MB_MUST_USE;
/* Set one field of a stored record ("" or NULL empties it); the same validation. */
enum status wb_set_field(struct workbook *wb, int64_t no, enum record_field f, const char *value, struct error *e) MB_MUST_USE;
/* Delete a record (history keeps it; undo brings it back). */
enum status wb_delete(struct workbook *wb, int64_t no, struct error *e) MB_MUST_USE;

/* Undo the newest step of this workbook copy, redo the newest undone one.  Work across
 * sessions, write new rows.  label (may be NULL): the step's label, appended.
 * ST_NOINPUT "undo.nothing" / "redo.nothing" when there is nothing. */
enum status wb_undo(struct workbook *wb, const char *person, int64_t time, struct text *label, struct error *e) MB_MUST_USE;
enum status wb_redo(struct workbook *wb, const char *person, int64_t time, struct text *label, struct error *e) MB_MUST_USE;

/* What wb_undo (wb_redo) would take next, without doing it; the same errors. */
struct wb_next { int64_t step, records; struct text label; }; /* text_free(&label) */
enum status wb_undo_peek(struct workbook *wb, struct wb_next *next, struct error *e) MB_MUST_USE;
enum status wb_redo_peek(struct workbook *wb, struct wb_next *next, struct error *e) MB_MUST_USE;

struct change {
  const char *origin; int64_t seq; int64_t time; const char *person, *act /* do undo redo */, *label;
  const char *subject; /* record uid, or "unit/CODE" */
  const char *field;   /* field key, "record" (made/deleted), "name" */
  const char *old_value, *new_value; /* NULL = empty */
};
/* History, oldest first; subject NULL: all.  c is borrowed for the call. */
typedef bool wb_change_fn(const struct change *c, void *ctx);
enum status wb_history(struct workbook *wb, const char *subject, wb_change_fn *fn, void *ctx, struct error *e) MB_MUST_USE;
/* The changes of one step of this copy, at most limit. */
enum status wb_step_history(struct workbook *wb, int64_t step, int limit, wb_change_fn *fn, void *ctx,
                            struct error *e) MB_MUST_USE;

/* The steps of this copy, newest first; they are numbered from 1 (the making of the workbook) without gaps. */
struct past_step {
  int64_t step, time;
  const char *person, *act /* do undo redo */;
  int64_t target; /* the step undone or redone; 0 */
  const char *label;
  int64_t changes; /* rows of history */
};
typedef bool wb_step_fn(const struct past_step *p, void *ctx);
/* Those before step `before` (0: all), at most limit.  p is borrowed for the call. */
enum status wb_steps(struct workbook *wb, int64_t before, int limit, wb_step_fn *fn, void *ctx, struct error *e) MB_MUST_USE;

/* ---- drafts (draft.c): what is being typed and not stored yet; not history, no part of a record */
enum draft_state {
  DRAFT_LEFT, /* its window is gone: a crash, a power cut */
  DRAFT_OURS, /* of this workbook as opened here */
  DRAFT_OPEN  /* of another window that is still open */
};
struct draft {
  const char *session;     /* of the window that typed it, random; wb_draft_put takes this window's */
  const char *unit, *item; /* code, id */
  const char *record;      /* uid, also of a record still to be made; "new": not known before (an event) */
  enum record_field field;
  const char *typed, *stored; /* stored: the canonical value when typing began, NULL = empty */
  const char *person;
  int64_t time;
  enum draft_state state;
};
/* Keep d as this window's only draft, in a short transaction of its own.  ST_BUSY at once while somebody
 * else writes or a step is open, ST_NOPERM in a read-only workbook: try again later. */
enum status wb_draft_put(struct workbook *wb, const struct draft *d, struct error *e) MB_MUST_USE;
/* Drop a session's draft (NULL: this window's).  Storing the same field does so by itself. */
enum status wb_draft_drop(struct workbook *wb, const char *session, struct error *e) MB_MUST_USE;
/* A session's draft becomes this window's, instead of its own. */
enum status wb_draft_take(struct workbook *wb, const char *session, struct error *e) MB_MUST_USE;
/* All drafts, oldest first.  d is borrowed for the call; fn must not write. */
typedef bool wb_draft_fn(const struct draft *d, void *ctx);
enum status wb_drafts(struct workbook *wb, wb_draft_fn *fn, void *ctx, struct error *e) MB_MUST_USE;
/* What draft.record is for record no (0: one not stored yet); appended. */
void wb_draft_record(struct workbook *wb, int unit, int item, int64_t no, struct period recurrence, struct text *out);

/* ---- proof (workbook_check.c) */
/* Integrity of the file, foreign keys, hash chain, state derived again from the rows, and
 * every record through the validators.  Findings with advice. */
enum status wb_check(struct workbook *wb, struct findings *f, struct error *e) MB_MUST_USE;

/* ---- check code of paper (checkcode.c) */
/* Short code of a record's present version: 8 symbols and a check symbol, "7KQ2-M9XD-3";
 * HMAC-SHA256 with the workbook's key over uid and canonical values, truncated. */
enum status wb_checkcode(struct workbook *wb, const struct record *r, char out[16], struct error *e) MB_MUST_USE;
/* A code as somebody typed it (any case, O for 0, I and L for 1, with or without "-") in its
 * printed form; false when it cannot be one (wrong length, symbol or check symbol). */
bool wb_checkcode_read(const char *typed, char out[16]) MB_MUST_USE;

/* Version of the library behind this, for --version. */
const char *wb_library(void);

#endif
