/* SQLite as the workbook's files see it: a connection with a statement cache, binding
 * and stepping with one error path, and the only place that turns an SQLite result
 * into a sentence.  Private to the workbook (workbook*.c, history.c, undo.c, checkcode.c);
 * the only file that includes sqlite3.h.
 */
#ifndef MB_CHECKLISTS_DB_H
#define MB_CHECKLISTS_DB_H

#include "base/error.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define DB_CACHE 64

struct db {
  sqlite3 *h;
  const char *path; /* borrowed, for messages */
  struct { const char *sql; sqlite3_stmt *st; bool used; } cache[DB_CACHE];
  size_t n;
  bool unbound; /* a binding failed since the last step: that statement must not run */
};

enum { DB_BUSY_MS = 2000 };

/* Open path ("" for memory) with every switch that keeps a foreign file harmless and a
 * power cut survivable.  flags as for sqlite3_open_v2. */
enum status db_open(struct db *db, const char *path, int flags, struct error *e) MB_MUST_USE;
/* The first n bytes of a file and its size, without opening it as a database.  *got is less
 * than n for a shorter file.  Goes through SQLite, because closing a descriptor of our own
 * would drop the locks that another connection of this process holds on the file. */
enum status db_peek(const char *path, void *p, size_t n, size_t *got, int64_t *size, struct error *e) MB_MUST_USE;
void db_close(struct db *db); /* also on a zeroed one */
/* The connection's present error as a status and a sentence. */
enum status db_fail(struct db *db, struct error *e);
/* Run SQL text without results; several statements are fine. */
enum status db_exec(struct db *db, const char *sql, struct error *e) MB_MUST_USE;

/* A statement, ready to bind.  sql is kept by address: pass string constants only.
 * Asked for again while in use, a second one is made.  NULL on an error. */
sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct error *e);
/* Hand it back (NULL is fine). */
void db_done(struct db *db, sqlite3_stmt *st);
/* 1 a row, 0 no more, -1 error (the statement stays the caller's in every case). */
int db_step(struct db *db, sqlite3_stmt *st, struct error *e);
/* Step a statement that gives no rows, and hand it back. */
enum status db_run(struct db *db, sqlite3_stmt *st, struct error *e) MB_MUST_USE;

/* Bind; NULL text is NULL.  Text is borrowed until the statement is handed back. */
void db_text(struct db *db, sqlite3_stmt *st, int i, const char *s);
void db_int(struct db *db, sqlite3_stmt *st, int i, int64_t v);
void db_blob(struct db *db, sqlite3_stmt *st, int i, const void *p, size_t n);
/* A text column; NULL for NULL.  Borrowed until the next step. */
const char *db_col(sqlite3_stmt *st, int i);
/* One number: the first column of the first row, or fallback when there is no row. */
enum status db_number(struct db *db, const char *sql, int64_t fallback, int64_t *out,
                      struct error *e) MB_MUST_USE;

#endif
