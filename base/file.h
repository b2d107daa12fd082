/* Reading files whole, and writing them whole or not at all. */
#ifndef MB_BASE_FILE_H
#define MB_BASE_FILE_H

#include "base/error.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

/* Read the whole of path ("-" is standard input) into out (appended).  Refused
 * with ST_DATA when larger than limit bytes. */
enum status file_read(const char *path, size_t limit, struct text *out, struct error *e) MB_MUST_USE;

/* Write n bytes as path: a new file beside it, fsync, rename over it, fsync of the
 * folder.  After any failure path is as it was and no other file remains.
 * mode as for open(2), before umask.  "-" writes to standard output. */
enum status file_write(const char *path, const void *data, size_t n, unsigned mode, struct error *e)
    MB_MUST_USE;

/* The same protocol, for output that is streamed: begin, write any number of
 * times, then commit or cancel.  A zeroed struct is idle; cancel on an idle one
 * does nothing, so it can stand after `out:`. */
struct file_writer {
  int fd;          /* valid while path != NULL */
  char *path;      /* owned */
  char *temporary; /* owned; NULL when writing to standard output */
  struct text buffer;
};
enum status file_begin(struct file_writer *w, const char *path, unsigned mode, struct error *e) MB_MUST_USE;
enum status file_add(struct file_writer *w, const void *data, size_t n, struct error *e) MB_MUST_USE;
enum status file_commit(struct file_writer *w, struct error *e) MB_MUST_USE;
void file_cancel(struct file_writer *w);

/* Make folder path (and its parents) if missing. */
enum status file_mkdir(const char *path, struct error *e) MB_MUST_USE;
bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* Do both names lead to one existing file? */
bool file_same(const char *a, const char *b);
/* out = dir "/" name; when name is absolute, name alone.  out is cleared first. */
void path_join(struct text *out, const char *dir, const char *name);
/* out = the folder part of path ("." when none).  out is cleared first. */
void path_dir(struct text *out, const char *path);
/* The part after the last '/'.  Borrowed from path. */
const char *path_base(const char *path);
/* Append s as one safe file-name part: '/', control characters, leading dots and
 * characters that FAT refuses (\ : * ? " < > |) become '_'. */
void path_safe(struct text *out, const char *s);
/* Names of the plain files in dir that end in suffix, sorted by bytes.  *names is
 * an owned array of owned strings (path_list_free). */
enum status path_list(const char *dir, const char *suffix, char ***names, size_t *n, struct error *e)
    MB_MUST_USE;
void path_list_free(char **names, size_t n);

#endif
