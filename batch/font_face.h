/* One face of a font file; private to font.c (the faces, HarfBuzz) and font_roles.c (the set, the roles).
 * A face is opened when it is first asked for something; after that it does not change, and the
 * opening is locked, so every function here may be called by several threads. */
#ifndef MB_BATCH_FONT_FACE_H
#define MB_BATCH_FONT_FACE_H

#include "base/error.h"
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

struct face;
struct face_metrics {
  int ascent, descent, box[4]; /* 1/1000 */
};

/* name: full name of a face of a collection, NULL or "" for the first.  NULL: out of memory. */
struct face *face_new(const char *file, const char *name);
void face_free(struct face *f);
/* Open now.  Errors: font.missing, font.no-face, font.cff, font.broken. */
enum status face_open(struct face *f, struct error *e) MB_MUST_USE;
const char *face_file(const struct face *f);
const char *face_name(const struct face *f); /* as wanted; NULL the first */
/* Glyph of a code point, 0 when the face cannot be opened or has none to show. */
uint16_t face_glyph(struct face *f, uint32_t cp);

/* The rest only for an open face. */
int face_advance(const struct face *f, uint16_t gid);
struct face_metrics face_metrics(const struct face *f);
const char *face_postscript_name(const struct face *f);
enum status face_subset(const struct face *f, const uint16_t *gids, size_t n, uint16_t *new_gids,
                        struct text *out, struct error *e) MB_MUST_USE;

#endif
