/* Fonts: files, faces, glyphs, widths and subsets.  The only file with hb.h is font.c.
 *
 * A font set is opened once a run: the source faces are mapped and prepared once
 * (hb_subset_preprocess), so that a subset for one document costs little.  After opening it
 * is read-only and may be used by several threads.
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

/* Roles from settings, else Debian's free fonts (see font.c for the table and for the Debian package
 * named when a file is missing).  Refused: a missing file of a configured role, a font without TrueType
 * outlines ("CFF": says which to install).  A missing default fallback is only noted. */
enum status fonts_open(struct fonts **f, const struct settings *s, struct error *e) MB_MUST_USE;
void fonts_free(struct fonts *f);

/* The glyph gate: face and glyph for a code point in a role (the role's font, then the fallbacks in order).
 * False: nothing has it. */
bool fonts_glyph(const struct fonts *f, enum font_role_id role, uint32_t cp, uint16_t *face, uint16_t *gid);
/* Advance in 1/1000 of the size. */
int fonts_advance(const struct fonts *f, uint16_t face, uint16_t gid);
/* Ascent and descent (positive) of a face in 1/1000. */
void fonts_metrics(const struct fonts *f, uint16_t face, int *ascent, int *descent);
size_t fonts_count(const struct fonts *f);              /* faces */
const char *fonts_file(const struct fonts *f, uint16_t face);
const char *fonts_postscript_name(const struct fonts *f, uint16_t face); /* ASCII */
void fonts_bbox(const struct fonts *f, uint16_t face, int box[4]); /* 1/1000: xmin ymin xmax ymax */

/* A TrueType file with only these glyphs of a face, glyph ids kept (retain gids) or renumbered as
 * map[old] -> new says: gids[i] becomes new_gids[i].  Appended to out. */
enum status fonts_subset(const struct fonts *f, uint16_t face, const uint16_t *gids, size_t n, uint16_t *new_gids,
                         struct text *out, struct error *e) MB_MUST_USE;

#endif
