/* The font set: which face serves which role, and in which order the others are asked.
 *
 * The defaults are Debian's free fonts with TrueType outlines, chosen by printing them.  Body: AR PL SungtiL
 * GB, a Song face with the mainland's forms and punctuation, for the 7,000 characters of GB 2312; BabelStone
 * Han, drawn from the same outlines, for the rest of the first CJK block and 29,000 characters of plane 2.
 * (AR PL UMing sets the comma of lists in the middle, as Taiwan does, and lacks 2,253 of the block; it
 * serves when the others are missing.)  Headings: WenQuanYi Zen Hei.  Hanazono closes the rest of GB
 * 18030-2022.
 */
#include "batch/font.h"
#include "batch/font_face.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEBIAN "/usr/share/fonts/"
#define CHAIN_MAX 32

struct source {
  const char *file, *name, *package;
};

/* In order of trial.  package: worth installing when the file is missing; NULL: only a stopgap. */
static const struct source song[] = {
    {DEBIAN "truetype/arphic-gbsn00lp/gbsn00lp.ttf", NULL, "fonts-arphic-gbsn00lp"},
    {DEBIAN "truetype/babelstone/BabelStoneHan.ttf", NULL, "fonts-babelstone-han"},
    {DEBIAN "truetype/arphic/uming.ttc", "AR PL UMing CN", NULL},
    {NULL, NULL, NULL},
};
static const struct source hei[] = {
    {DEBIAN "truetype/wqy/wqy-zenhei.ttc", "WenQuanYi Zen Hei", "fonts-wqy-zenhei"},
    {NULL, NULL, NULL},
};
static const struct source fallbacks[] = {
    {DEBIAN "truetype/hanazono/HanaMinA.ttf", NULL, "fonts-hanazono"},
    {DEBIAN "truetype/hanazono/HanaMinB.ttf", NULL, "fonts-hanazono"},
    {DEBIAN "fonts-droid-fallback/truetype/DroidSansFallback.ttf", NULL, NULL},
    {NULL, NULL, NULL},
};

/* follows: the role whose setting counts when this one has none; -1 none. */
static const struct {
  const char *name, *use;
  const struct source *first;
  int follows;
} roles[FONT_ROLES] = {
    [FONT_BODY] = {"body", N_("正文"), song, -1},
    [FONT_HEADING] = {"heading", N_("小标题"), hei, -1},
    [FONT_TITLE] = {"title", N_("标题"), hei, FONT_HEADING},
    [FONT_NUMBER] = {"number", N_("数字"), song, FONT_BODY},
};

struct chain {
  uint16_t face[CHAIN_MAX];
  size_t n, own; /* own: the first ones, named in the settings */
};

struct fonts {
  struct face **faces; /* owned, each file and name once */
  size_t n;
  struct chain chain[FONT_ROLES];
  struct text advice;
};

int font_role_find(const char *name) {
  for (int i = 0; i < FONT_ROLES; i++)
    if (str_same(roles[i].name, name)) return i;
  return -1;
}

/* ---- building the set */

static bool add_to_chain(struct fonts *f, int role, const char *file, const char *name) {
  size_t i = 0;
  while (i < f->n && !(str_same(face_file(f->faces[i]), file) && str_same(face_name(f->faces[i]), name))) i++;
  if (i == f->n) {
    struct face **faces = realloc(f->faces, (f->n + 1) * sizeof *faces);
    if (!faces) return false;
    f->faces = faces;
    faces[i] = face_new(file, name);
    if (!faces[i]) return false;
    f->n++;
  }
  struct chain *c = &f->chain[role];
  for (size_t k = 0; k < c->n; k++)
    if (c->face[k] == i) return true;
  if (c->n < CHAIN_MAX) c->face[c->n++] = (uint16_t)i;
  return true;
}

/* A setting is PATH or PATH#FACE NAME. */
static enum status add_configured(struct fonts *f, int role, const struct strings *files, struct error *e) {
  for (size_t i = 0; i < files->n; i++) {
    char *file = str_dup(files->s[i]);
    if (!file) return error_nomem(e);
    char *name = strchr(file, '#');
    if (name) *name++ = '\0';
    bool added = add_to_chain(f, role, file, name);
    free(file);
    if (!added) return error_nomem(e);
    struct chain *c = &f->chain[role];
    c->own = c->n;
    enum status st = face_open(f->faces[c->face[c->n - 1]], e);
    if (st != ST_OK) return error_at(e, NULL, 0, roles[role].name);
  }
  return ST_OK;
}

static bool installed(const struct source *s) { return access(s->file, R_OK) == 0; }

static bool add_installed(struct fonts *f, int role, const struct source *list) {
  for (; list->file; list++)
    if (installed(list) && !add_to_chain(f, role, list->file, list->name)) return false;
  return true;
}

/* The role's own font, which has to be there. */
static enum status add_default(struct fonts *f, int role, struct error *e) {
  if (!add_installed(f, role, roles[role].first)) return error_nomem(e);
  if (f->chain[role].n) return face_open(f->faces[f->chain[role].face[0]], e);
  return error_set(e, ST_NOINPUT, "font.missing",
                   _("没有找到印%s用的字体，请安装软件包 %s（命令：sudo apt install %s），"
                     "或在设置的 fonts 中另指字体文件"),
                   _(roles[role].use), roles[role].first->package, roles[role].first->package);
}

static bool add_fallbacks(struct fonts *f, int role) {
  return add_installed(f, role, song) && add_installed(f, role, hei) && add_installed(f, role, fallbacks);
}

static void note_missing(struct fonts *f) {
  const struct source *const lists[] = {song, hei, fallbacks};
  for (size_t i = 0; i < 3; i++)
    for (const struct source *s = lists[i]; s->file; s++)
      if (s->package && !installed(s) && !strstr(text_str(&f->advice), s->package))
        text_addf(&f->advice, "%s%s", f->advice.len ? " " : "", s->package);
}

/* What the settings say for a role, or for the role it follows; NULL: the default. */
static const struct strings *configured(const struct settings *s, int role) {
  for (int r = role; s && r >= 0; r = roles[r].follows)
    for (size_t i = 0; i < s->n_fonts; i++)
      if (str_same(s->fonts[i].role, roles[r].name) && s->fonts[i].files.n) return &s->fonts[i].files;
  return NULL;
}

static enum status build(struct fonts *f, const struct settings *s, struct error *e) {
  for (int role = 0; role < FONT_ROLES; role++) {
    const struct strings *files = configured(s, role);
    enum status st = files ? add_configured(f, role, files, e) : add_default(f, role, e);
    if (st != ST_OK) return st;
    if (!add_fallbacks(f, role)) return error_nomem(e);
  }
  note_missing(f);
  return text_ok(&f->advice) ? ST_OK : error_nomem(e);
}

enum status fonts_open(struct fonts **out, const struct settings *s, struct error *e) {
  *out = NULL;
  struct fonts *f = calloc(1, sizeof *f);
  if (!f) return error_nomem(e);
  enum status st = build(f, s, e);
  if (st == ST_OK)
    *out = f;
  else
    fonts_free(f);
  return st;
}

void fonts_free(struct fonts *f) {
  if (!f) return;
  for (size_t i = 0; i < f->n; i++) face_free(f->faces[i]);
  free(f->faces);
  text_free(&f->advice);
  free(f);
}

/* ---- asking it */

const char *fonts_advice(const struct fonts *f) { return text_str(&f->advice); }

/* Every font has other characters there: only one that the user names is to be trusted with them. */
bool fonts_is_private(uint32_t cp) {
  return (cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000;
}

bool fonts_glyph(const struct fonts *f, enum font_role_id role, uint32_t cp, uint16_t *face, uint16_t *gid) {
  const struct chain *c = &f->chain[role];
  size_t n = fonts_is_private(cp) ? c->own : c->n;
  for (size_t i = 0; i < n; i++) {
    uint16_t glyph = face_glyph(f->faces[c->face[i]], cp);
    if (glyph == 0) continue;
    *face = c->face[i];
    *gid = glyph;
    return true;
  }
  return false;
}

int fonts_advance(const struct fonts *f, uint16_t face, uint16_t gid) {
  return face_advance(f->faces[face], gid);
}

void fonts_metrics(const struct fonts *f, uint16_t face, int *ascent, int *descent) {
  struct face_metrics m = face_metrics(f->faces[face]);
  *ascent = m.ascent;
  *descent = m.descent;
}

void fonts_bbox(const struct fonts *f, uint16_t face, int box[4]) {
  struct face_metrics m = face_metrics(f->faces[face]);
  memcpy(box, m.box, sizeof m.box);
}

size_t fonts_count(const struct fonts *f) { return f->n; }
const char *fonts_file(const struct fonts *f, uint16_t face) { return face_file(f->faces[face]); }

const char *fonts_postscript_name(const struct fonts *f, uint16_t face) {
  return face_postscript_name(f->faces[face]);
}

enum status fonts_subset(const struct fonts *f, uint16_t face, const uint16_t *gids, size_t n,
                         uint16_t *new_gids, struct text *out, struct error *e) {
  return face_subset(f->faces[face], gids, n, new_gids, out, e);
}
