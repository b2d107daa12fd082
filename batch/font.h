/* Fonts: files, faces, glyphs, widths and subsets.  The only file with hb.h is font.c.
 *
 * A font set is opened once a run.  The font of each role is mapped at once, a fallback when a
 * character asks for it first, and a face is prepared for cutting when a document first uses it.
 * All of this is locked inside: a font set may be used by several threads.
 */
#ifndef MB_BATCH_FONT_H
#define MB_BATCH_FONT_H

#include "base/error.h"
#include "base/text.h"
#include "checklists/settings.h"
#include <stdbool.h>
#include <stdint.h>

struct fonts;
enum font_role_id { FONT_BODY, FONT_HEADING, FONT_TITLE, FONT_NUMBER, FONT_ROLES };
int font_role_find(const char *name); /* "body" ...; -1 */

/* Roles from settings (may be NULL), else Debian's free fonts (see font.c for the table and for the Debian
 * package named when a file is missing).  A setting is a path, for a collection PATH#FACE NAME; several
 * files are asked for a character in order.  Refused: a missing file of a configured role, a face that is
 * not in the collection, a font without TrueType outlines ("CFF": says which to install).  A missing
 * default fallback is only noted (fonts_advice). */
enum status fonts_open(struct fonts **f, const struct settings *s, struct error *e) MB_MUST_USE;
void fonts_free(struct fonts *f); /* NULL is fine */
/* Debian packages of default fallbacks that are not installed, separated by a space; "" when none.  For the
 * sentence that refuses a sheet because of a character. */
const char *fonts_advice(const struct fonts *f);

/* The glyph gate: face and glyph for a code point in a role (the role's font, then the fallbacks in order).
 * A glyph without outline counts as missing unless the character is a space.  False: nothing has it, or the
 * character is private and no font of the settings has it. */
bool fonts_glyph(const struct fonts *f, enum font_role_id role, uint32_t cp, uint16_t *face, uint16_t *gid);
bool fonts_is_private(uint32_t cp); /* without a meaning of its own: each font shows another character */
/* Advance in 1/1000 of the size.  face, here and below: one that fonts_glyph gave. */
int fonts_advance(const struct fonts *f, uint16_t face, uint16_t gid);
/* Ascent and descent (positive) of a face in 1/1000. */
void fonts_metrics(const struct fonts *f, uint16_t face, int *ascent, int *descent);
size_t fonts_count(const struct fonts *f); /* faces */
const char *fonts_file(const struct fonts *f, uint16_t face);
const char *fonts_postscript_name(const struct fonts *f, uint16_t face); /* ASCII */
void fonts_bbox(const struct fonts *f, uint16_t face, int box[4]);       /* 1/1000: xmin ymin xmax ymax */

/* A TrueType file with only these glyphs of a face (and .notdef, and parts of composites), only the tables
 * that a PDF reads, no hinting.  Glyphs are renumbered: gids[i] becomes new_gids[i].  Appended to out.
 * gids in any order, repetitions allowed. */
enum status fonts_subset(const struct fonts *f, uint16_t face, const uint16_t *gids, size_t n,
                         uint16_t *new_gids, struct text *out, struct error *e) MB_MUST_USE;

/* Version of the library behind this, for --version. */
const char *fonts_library(void);

#endif
