/* Faces: mapping font files, glyph lookup, widths and subsets.  The only file with hb.h.
 *
 * A subset is cut from a lean copy of the face that holds only the six tables a PDF reads (the bytes stay
 * in the mapped file).  Without cmap and layout tables HarfBuzz has nothing to close over, so a subset
 * of 450 glyphs takes 0.3 ms; preparing the whole face with hb_subset_preprocess would bring 0.2 ms but
 * costs 50 to 480 ms and a copy of the file in memory for each run.
 * Leaves out: shaping, vertical forms, kerning.  Chinese on a form needs none.
 */
#include "batch/font_face.h"
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BMP 0x10000
#define ABSENT 0xFFFF /* in the cache; 0 = not asked yet, else the glyph */

struct table {
  hb_blob_t *blob; /* owned */
  const uint8_t *s;
  unsigned n;
};

enum opened { NOT_YET, OPEN, UNUSABLE };

struct face {
  char *file, *name;
  pthread_mutex_t lock; /* taken while opening */
  atomic_int opened;
  hb_face_t *source, *lean;
  hb_font_t *font;
  struct table hmtx, loca;
  unsigned glyphs, em, wide_metrics; /* wide_metrics: glyphs with an advance of their own in hmtx */
  bool long_loca;
  struct face_metrics metrics;
  char postscript_name[64];
  _Atomic uint16_t *cache; /* glyph of each BMP character, filled as asked */
};

static unsigned be16(const uint8_t *p) { return (unsigned)(p[0] << 8 | p[1]); }
static int be16s(const uint8_t *p) { return (int16_t)be16(p); }
static unsigned be32(const uint8_t *p) { return be16(p) << 16 | be16(p + 2); }

/* v font units in 1/1000 of the size, rounded. */
static int permille(const struct face *f, int v) {
  int em = (int)f->em;
  return (v * 1000 + (v < 0 ? -em / 2 : em / 2)) / em;
}

struct face *face_new(const char *file, const char *name) {
  struct face *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  pthread_mutex_init(&f->lock, NULL);
  f->file = str_dup(file);
  f->name = str_dup(name);
  f->cache = calloc(BMP, sizeof *f->cache);
  if (f->file && f->cache && (f->name || !name)) return f;
  face_free(f);
  return NULL;
}

void face_free(struct face *f) {
  if (!f) return;
  hb_blob_destroy(f->hmtx.blob);
  hb_blob_destroy(f->loca.blob);
  hb_font_destroy(f->font);
  hb_face_destroy(f->lean);
  hb_face_destroy(f->source);
  pthread_mutex_destroy(&f->lock);
  free(f->cache);
  free(f->name);
  free(f->file);
  free(f);
}

const char *face_file(const struct face *f) { return f->file; }
const char *face_name(const struct face *f) { return f->name; }

/* ---- opening */

static void table_get(struct table *t, hb_face_t *face, hb_tag_t tag) {
  t->blob = hb_face_reference_table(face, tag);
  t->s = (const uint8_t *)hb_blob_get_data(t->blob, &t->n);
}

static bool named(hb_face_t *face, const char *want) {
  char have[128];
  unsigned n = sizeof have;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FULL_NAME, hb_language_from_string("en", -1), &n, have);
  return strcmp(have, want) == 0;
}

/* The face of that name in the file, or NULL.  The first one when no name is wanted. */
static hb_face_t *find_face(hb_blob_t *blob, const char *want) {
  unsigned n = hb_face_count(blob);
  for (unsigned i = 0; i < n; i++) {
    hb_face_t *face = hb_face_create(blob, i);
    if (str_empty(want) || named(face, want)) return face;
    hb_face_destroy(face);
  }
  return NULL;
}

static bool has_table(hb_face_t *face, hb_tag_t tag) {
  hb_blob_t *blob = hb_face_reference_table(face, tag);
  bool has = hb_blob_get_length(blob) > 0;
  hb_blob_destroy(blob);
  return has;
}

static hb_face_t *lean_copy(hb_face_t *source) {
  static const char tables[][5] = {"glyf", "loca", "head", "hhea", "hmtx", "maxp"};
  hb_face_t *lean = hb_face_builder_create();
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    hb_tag_t tag = hb_tag_from_string(tables[i], 4);
    hb_blob_t *blob = hb_face_reference_table(source, tag);
    hb_face_builder_add_table(lean, tag, blob);
    hb_blob_destroy(blob);
  }
  hb_face_make_immutable(lean);
  return lean;
}

/* A PDF name: ASCII letters, digits and hyphens only. */
static void name_postscript(struct face *f) {
  char full[128];
  unsigned n = sizeof full;
  hb_language_t en = hb_language_from_string("en", -1);
  if (hb_ot_name_get_utf8(f->source, HB_OT_NAME_ID_POSTSCRIPT_NAME, en, &n, full) == 0) {
    n = sizeof full;
    hb_ot_name_get_utf8(f->source, HB_OT_NAME_ID_FULL_NAME, en, &n, full);
  }
  size_t k = 0;
  for (const char *s = full; *s && k + 1 < sizeof f->postscript_name; s++)
    if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '-')
      f->postscript_name[k++] = *s;
  f->postscript_name[k] = '\0';
  if (k == 0) memcpy(f->postscript_name, "Font", 5);
}

/* Read head and hhea, check that hmtx and loca are as long as they have to be. */
static bool read_tables(struct face *f) {
  struct table head, hhea;
  table_get(&head, f->source, HB_TAG('h', 'e', 'a', 'd'));
  table_get(&hhea, f->source, HB_TAG('h', 'h', 'e', 'a'));
  table_get(&f->hmtx, f->source, HB_TAG('h', 'm', 't', 'x'));
  table_get(&f->loca, f->source, HB_TAG('l', 'o', 'c', 'a'));
  f->glyphs = hb_face_get_glyph_count(f->source);
  f->em = hb_face_get_upem(f->source);
  bool good = head.n >= 54 && hhea.n >= 36 && f->em > 0 && f->glyphs > 0 && f->glyphs < ABSENT;
  if (good) {
    f->metrics.ascent = permille(f, be16s(hhea.s + 4));
    f->metrics.descent = abs(permille(f, be16s(hhea.s + 6)));
    for (int i = 0; i < 4; i++) f->metrics.box[i] = permille(f, be16s(head.s + 36 + 2 * i));
    f->long_loca = be16(head.s + 50) != 0;
    f->wide_metrics = be16(hhea.s + 34);
    good = f->wide_metrics > 0 && f->hmtx.n >= 4 * f->wide_metrics &&
           f->loca.n >= (f->glyphs + 1) * (f->long_loca ? 4 : 2);
  }
  hb_blob_destroy(head.blob);
  hb_blob_destroy(hhea.blob);
  return good;
}

static enum status open_locked(struct face *f, struct error *e) {
  if (access(f->file, F_OK) != 0)
    return error_set(e, ST_NOINPUT, "font.missing",
                     _("没有字体文件 %s。请改正设置中的 fonts，或安装软件包 fonts-arphic-gbsn00lp（宋体）、"
                       "fonts-wqy-zenhei（黑体）"),
                     f->file);
  if (access(f->file, R_OK) != 0) return error_sys(e, ST_NOINPUT, f->file, _("打开字体"));
  hb_blob_t *blob = hb_blob_create_from_file_or_fail(f->file);
  if (!blob) return error_set(e, ST_NOINPUT, "font.broken", _("字体文件 %s 读不出来，请重新安装"), f->file);
  f->source = find_face(blob, f->name);
  bool many = hb_face_count(blob) > 0;
  hb_blob_destroy(blob);
  if (!f->source && many)
    return error_set(e, ST_CONFIG, "font.no-face", _("字体文件 %s 中没有名为“%s”的字体"), f->file, f->name);
  if (!f->source || hb_face_get_glyph_count(f->source) == 0)
    return error_set(e, ST_DATA, "font.broken", _("%s 不是字体文件，或已损坏，请重新安装"), f->file);
  if (!has_table(f->source, HB_TAG('g', 'l', 'y', 'f')))
    return error_set(
        e, ST_CONFIG, "font.cff",
        _("字体 %s 不是 TrueType 轮廓（多半是 CFF，如 Noto CJK），不能印。"
          "请换 TrueType 字体，例如安装软件包 fonts-arphic-gbsn00lp（宋体）或 fonts-wqy-zenhei（黑体）"),
        f->file);
  if (!read_tables(f))
    return error_set(e, ST_DATA, "font.broken", _("字体文件 %s 的表不完整，请重新安装"), f->file);
  name_postscript(f);
  f->font = hb_font_create(f->source);
  hb_font_make_immutable(f->font);
  f->lean = lean_copy(f->source);
  return ST_OK;
}

enum status face_open(struct face *f, struct error *e) {
  if (atomic_load_explicit(&f->opened, memory_order_acquire) == OPEN) return ST_OK;
  enum status st = ST_OK;
  pthread_mutex_lock(&f->lock);
  int opened = atomic_load(&f->opened);
  if (opened == NOT_YET) {
    st = open_locked(f, e);
    atomic_store_explicit(&f->opened, st == ST_OK ? OPEN : UNUSABLE, memory_order_release);
  } else if (opened == UNUSABLE) {
    st = error_set(e, ST_NOINPUT, "font.broken", _("字体文件 %s 用不了"), f->file);
  }
  pthread_mutex_unlock(&f->lock);
  return st;
}

/* ---- glyphs */

static bool is_space(uint32_t cp) {
  return cp == 0x20 || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x202F || cp == 0x205F ||
         cp == 0x3000;
}

/* Where a glyph's outline is; false when loca does not reach so far. */
static bool outline_at(const struct table *loca, bool is_long, unsigned gid, unsigned *from, unsigned *to) {
  unsigned size = is_long ? 4 : 2;
  if ((gid + 2) * size > loca->n) return false;
  const uint8_t *p = loca->s + gid * size;
  *from = is_long ? be32(p) : 2 * be16(p);
  *to = is_long ? be32(p + 4) : 2 * be16(p + 2);
  return true;
}

static bool has_outline(const struct face *f, unsigned gid) {
  unsigned from, to;
  return outline_at(&f->loca, f->long_loca, gid, &from, &to) && from < to;
}

static uint16_t look_up(const struct face *f, uint32_t cp) {
  hb_codepoint_t gid;
  if (!hb_font_get_nominal_glyph(f->font, cp, &gid) || gid == 0 || gid >= f->glyphs)
    return cp == 0xA0 ? look_up(f, ' ') : 0; /* many fonts have one blank for both */
  return has_outline(f, gid) || is_space(cp) ? (uint16_t)gid : 0;
}

uint16_t face_glyph(struct face *f, uint32_t cp) {
  if (cp < BMP) {
    uint16_t known = atomic_load_explicit(&f->cache[cp], memory_order_relaxed);
    if (known == ABSENT) return 0;
    /* A filled entry was written after the opening, but another thread may have done both. */
    if (known && atomic_load_explicit(&f->opened, memory_order_acquire) == OPEN) return known;
  }
  int opened = atomic_load_explicit(&f->opened, memory_order_acquire);
  if (opened == UNUSABLE || (opened == NOT_YET && face_open(f, NULL) != ST_OK)) return 0;
  uint16_t gid = look_up(f, cp);
  if (cp < BMP) atomic_store_explicit(&f->cache[cp], gid ? gid : ABSENT, memory_order_relaxed);
  return gid;
}

int face_advance(const struct face *f, uint16_t gid) {
  unsigned i = gid < f->wide_metrics ? gid : f->wide_metrics - 1;
  return permille(f, (int)be16(f->hmtx.s + 4 * i));
}

struct face_metrics face_metrics(const struct face *f) {
  return f->metrics;
}
const char *face_postscript_name(const struct face *f) { return f->postscript_name; }

/* ---- subset */

/* Does the subset hold what was asked for?  HarfBuzz drops a table without an error when memory runs out, and
 * a character must never vanish from paper. */
static bool complete(const struct face *f, hb_face_t *cut, const uint16_t *gids, const uint16_t *new_gids,
                     size_t n) {
  struct table head, hhea, hmtx, loca, glyf, maxp;
  const struct {
    struct table *t;
    hb_tag_t tag;
    unsigned least;
  } want[] = {{&head, HB_TAG('h', 'e', 'a', 'd'), 54}, {&hhea, HB_TAG('h', 'h', 'e', 'a'), 36},
              {&hmtx, HB_TAG('h', 'm', 't', 'x'), 4},  {&loca, HB_TAG('l', 'o', 'c', 'a'), 4},
              {&glyf, HB_TAG('g', 'l', 'y', 'f'), 0},  {&maxp, HB_TAG('m', 'a', 'x', 'p'), 6}};
  enum { N = sizeof want / sizeof *want };
  bool good = true;
  for (size_t i = 0; i < N; i++) {
    table_get(want[i].t, cut, want[i].tag);
    good = good && want[i].t->n >= want[i].least;
  }
  for (size_t i = 0; good && i < n; i++) {
    unsigned from, to;
    good = new_gids[i] < be16(maxp.s + 4) &&
           outline_at(&loca, be16(head.s + 50) != 0, new_gids[i], &from, &to) && to <= glyf.n &&
           (from < to || !has_outline(f, gids[i]));
  }
  for (size_t i = 0; i < N; i++) hb_blob_destroy(want[i].t->blob);
  return good;
}

/* The subset and where each glyph went; NULL on failure. */
static hb_face_t *cut_glyphs(const struct face *f, hb_subset_input_t *input, const uint16_t *gids, size_t n,
                             uint16_t *new_gids) {
  hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
  hb_set_t *set = hb_subset_input_glyph_set(input);
  for (size_t i = 0; i < n; i++) hb_set_add(set, gids[i]);
  hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(f->lean, input);
  hb_face_t *cut = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
  const hb_map_t *map = plan ? hb_subset_plan_old_to_new_glyph_mapping(plan) : NULL;
  for (size_t i = 0; map && i < n; i++) new_gids[i] = (uint16_t)hb_map_get(map, gids[i]);
  hb_subset_plan_destroy(plan);
  if (cut && complete(f, cut, gids, new_gids, n)) return cut;
  hb_face_destroy(cut);
  return NULL;
}

enum status face_subset(const struct face *f, const uint16_t *gids, size_t n, uint16_t *new_gids,
                        struct text *out, struct error *e) {
  hb_subset_input_t *input = hb_subset_input_create_or_fail();
  if (!input) return error_nomem(e);
  hb_face_t *cut = cut_glyphs(f, input, gids, n, new_gids);
  hb_subset_input_destroy(input);
  if (!cut)
    return error_set(e, ST_DATA, "font.subset", _("字体 %s 无法裁取所用的字：内存不足，或字体文件已损坏"),
                     f->file);
  unsigned length;
  hb_blob_t *blob = hb_face_reference_blob(cut);
  const char *data = hb_blob_get_data(blob, &length);
  size_t before = out->len;
  text_addn(out, data, length);
  hb_blob_destroy(blob);
  hb_face_destroy(cut);
  return text_ok(out) && out->len > before ? ST_OK : error_nomem(e);
}

const char *fonts_library(void) { return hb_version_string(); }
