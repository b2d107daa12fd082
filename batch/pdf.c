/* PDF documents: libharu for document, page tree, cross references and file; fonts of our own making.
 *
 * A page is drawn when it is added and kept only as its deflated content stream.  The fonts come at
 * the end, when it is known which characters the document uses: Type0, Identity-H, CIDFontType2 with the
 * subset as FontFile2, W, ToUnicode, and a CIDToGIDMap stream, since the subset's glyph numbers are known
 * last.  Streams are deflated here, not by libharu: one deflater for all, level of our choice.
 * Leaves out: colours, images, encryption, outlines.
 */
#include "batch/pdf.h"
#include "base/utf8.h"
#include "batch/pdf_text.h"
#include <hpdf.h>
#include <hpdf_pages.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* Outlines hardly repeat.  On a sheet of 490 characters level 1 takes 5.2 ms for 134 KB, 4 6.0 ms for 125 KB,
 * 6 9.5 ms for 121 KB. */
#define LEVEL 4

struct use {
  HPDF_Dict font; /* the Type0 dictionary; made with the first page that needs it, filled at the end */
  size_t page;    /* number of the last page that has it in its resources */
};

struct pdf {
  const struct fonts *fonts;
  HPDF_Doc doc;
  struct use *uses;  /* one for each face */
  struct cids *cids; /* likewise */
  size_t n_pages;
  z_stream deflater;
  bool deflating; /* deflater is set up */
  struct text plain, packed;
};

/* ---- libharu's objects */

static enum status failed(const struct pdf *pdf, struct error *e) {
  HPDF_STATUS code = HPDF_GetError(pdf->doc);
  if (code == HPDF_FAILD_TO_ALLOC_MEM || code == HPDF_NOERROR) return error_nomem(e);
  return error_set(e, ST_SOFTWARE, "pdf.failed", _("制作 PDF 时出错（libharu 0x%04lX），请报告这个问题"),
                   (unsigned long)code);
}

static bool fine(const struct pdf *pdf) { return HPDF_GetError(pdf->doc) == HPDF_NOERROR; }

/* Deflate n bytes into pdf->packed. */
static bool pack(struct pdf *pdf, const void *data, size_t n) {
  text_clear(&pdf->packed);
  if (n > UINT32_MAX / 2 || deflateReset(&pdf->deflater) != Z_OK) return false;
  uLong bound = deflateBound(&pdf->deflater, (uLong)n);
  if (!text_reserve(&pdf->packed, bound)) return false;
  pdf->deflater.next_in = (Bytef *)(uintptr_t)data;
  pdf->deflater.avail_in = (uInt)n;
  pdf->deflater.next_out = (Bytef *)pdf->packed.s;
  pdf->deflater.avail_out = (uInt)bound;
  if (deflate(&pdf->deflater, Z_FINISH) != Z_STREAM_END) return false;
  pdf->packed.len = (size_t)pdf->deflater.total_out;
  return true;
}

/* libharu writes a Filter entry only for streams that it deflates itself. */
static HPDF_STATUS write_filter(HPDF_Dict dict, HPDF_Stream stream) {
  (void)dict;
  return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\012");
}

static bool fill_stream(struct pdf *pdf, HPDF_Dict dict, const void *data, size_t n) {
  if (!dict || !pack(pdf, data, n)) return false;
  dict->write_fn = write_filter;
  return HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)pdf->packed.s, (HPDF_UINT)pdf->packed.len) ==
         HPDF_OK;
}

static HPDF_Dict new_stream(struct pdf *pdf, const void *data, size_t n) {
  HPDF_Dict dict = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);
  return fill_stream(pdf, dict, data, n) ? dict : NULL;
}

static HPDF_Dict new_dict(struct pdf *pdf, bool indirect) {
  HPDF_Dict dict = HPDF_Dict_New(pdf->doc->mmgr);
  if (dict && indirect && HPDF_Xref_Add(pdf->doc->xref, dict) != HPDF_OK) return NULL;
  return dict;
}

static HPDF_Array new_array(struct pdf *pdf, HPDF_Dict owner, const char *key) {
  HPDF_Array array = HPDF_Array_New(pdf->doc->mmgr);
  if (array && HPDF_Dict_Add(owner, key, array) != HPDF_OK) return NULL;
  return array;
}

static void add_string(struct pdf *pdf, HPDF_Dict dict, const char *key, const char *ascii) {
  HPDF_Dict_Add(dict, key, HPDF_String_New(pdf->doc->mmgr, ascii, NULL));
}

/* Any UTF-8 as UTF-16; libharu's own encoder stops at U+FFFF. */
static bool add_unicode(struct pdf *pdf, const char *key, const char *s) {
  if (str_empty(s)) return true;
  text_clear(&pdf->plain);
  text_addn(&pdf->plain, "\xFE\xFF", 2);
  uint32_t cp;
  for (int n; (n = utf8_decode(s, &cp)) > 0; s += n) {
    uint32_t high = cp >= 0x10000 ? 0xD800 + ((cp - 0x10000) >> 10) : 0;
    uint32_t low = cp >= 0x10000 ? 0xDC00 + ((cp - 0x10000) & 0x3FF) : cp;
    if (high) text_addn(&pdf->plain, (char[]){(char)(high >> 8), (char)high}, 2);
    text_addn(&pdf->plain, (char[]){(char)(low >> 8), (char)low}, 2);
  }
  if (!text_ok(&pdf->plain)) return false;
  HPDF_Binary value = HPDF_Binary_New(pdf->doc->mmgr, (HPDF_BYTE *)pdf->plain.s, (HPDF_UINT)pdf->plain.len);
  return value && HPDF_Dict_Add(pdf->doc->info, key, value) == HPDF_OK;
}

/* ---- beginning and pages */

static bool describe(struct pdf *pdf, const struct pdf_info *info) {
  pdf->doc->pdf_version = HPDF_VER_14;
  add_string(pdf, pdf->doc->catalog, "Lang", "zh-CN");
  if (HPDF_SetInfoAttr(pdf->doc, HPDF_INFO_CREATOR, "mingbai") != HPDF_OK) return false;
  return !info || (add_unicode(pdf, "Title", info->title) && add_unicode(pdf, "Author", info->author) &&
                   add_unicode(pdf, "Subject", info->subject));
}

enum status pdf_begin(struct pdf **out, const struct fonts *f, const struct pdf_info *info, struct error *e) {
  *out = NULL;
  struct pdf *pdf = calloc(1, sizeof *pdf);
  if (!pdf) return error_nomem(e);
  pdf->fonts = f;
  pdf->uses = calloc(fonts_count(f) + 1, sizeof *pdf->uses);
  pdf->cids = calloc(fonts_count(f) + 1, sizeof *pdf->cids);
  pdf->deflating = deflateInit(&pdf->deflater, LEVEL) == Z_OK;
  pdf->doc = HPDF_New(NULL, NULL);
  if (pdf->uses && pdf->cids && pdf->deflating && pdf->doc && describe(pdf, info) && fine(pdf)) {
    *out = pdf;
    return ST_OK;
  }
  pdf_cancel(pdf);
  return error_nomem(e);
}

void pdf_cancel(struct pdf *pdf) {
  if (!pdf) return;
  if (pdf->doc) HPDF_Free(pdf->doc);
  if (pdf->deflating) deflateEnd(&pdf->deflater);
  for (size_t i = 0; pdf->cids && i < fonts_count(pdf->fonts); i++) cids_free(&pdf->cids[i]);
  free(pdf->uses);
  free(pdf->cids);
  text_free(&pdf->plain);
  text_free(&pdf->packed);
  free(pdf);
}

/* The Font resource of a page: the fonts that its marks use. */
static bool add_resources(struct pdf *pdf, HPDF_Page page, const struct page *p) {
  HPDF_Dict fonts = NULL, resources = HPDF_Page_GetInheritableItem(page, "Resources", HPDF_OCLASS_DICT);
  if (!resources) return false;
  for (size_t i = 0; i < p->n_marks; i++) {
    uint16_t face = p->marks[i].face;
    struct use *use = &pdf->uses[face];
    if (use->page == pdf->n_pages) continue;
    use->page = pdf->n_pages;
    if (!use->font) use->font = new_dict(pdf, true);
    if (!fonts) {
      fonts = new_dict(pdf, false);
      if (!fonts || HPDF_Dict_Add(resources, "Font", fonts) != HPDF_OK) return false;
    }
    char name[16];
    snprintf(name, sizeof name, "F%u", face);
    if (!use->font || HPDF_Dict_Add(fonts, name, use->font) != HPDF_OK) return false;
  }
  return true;
}

static bool add_page(struct pdf *pdf, const struct page *p) {
  pdf->n_pages++;
  text_clear(&pdf->plain);
  if (!content_write(&pdf->plain, p, pdf->fonts, pdf->cids)) return false;
  HPDF_Page page = HPDF_AddPage(pdf->doc);
  if (!page || HPDF_Page_SetWidth(page, p->width) != HPDF_OK ||
      HPDF_Page_SetHeight(page, p->height) != HPDF_OK)
    return false;
  HPDF_PageAttr attributes = page->attr;
  return add_resources(pdf, page, p) && fill_stream(pdf, attributes->contents, pdf->plain.s, pdf->plain.len);
}

enum status pdf_add(struct pdf *pdf, const struct pages *p, struct error *e) {
  for (size_t i = 0; i < p->n; i++)
    if (!add_page(pdf, &p->list[i])) return failed(pdf, e);
  return ST_OK;
}

/* ---- fonts */

/* "ABCDEF+Name"; the tag is made from what the subset holds. */
static void subset_name(char *name, size_t size, const struct cids *c, const char *base) {
  char tag[7] = "";
  uint64_t h = cids_hash(c, base);
  for (int i = 0; i < 6; i++, h /= 26) tag[i] = (char)('A' + h % 26);
  snprintf(name, size, "%s+%s", tag, base);
}

/* W: only characters that are not a full em wide, neighbours in one array. */
static bool add_widths(struct pdf *pdf, HPDF_Dict descendant, uint16_t face) {
  const struct cids *c = &pdf->cids[face];
  HPDF_Array widths = new_array(pdf, descendant, "W"), run = NULL;
  HPDF_Dict_AddNumber(descendant, "DW", 1000);
  for (size_t i = 0; widths && i < c->n; i++) {
    int advance = fonts_advance(pdf->fonts, face, c->list[i].gid);
    if (advance == 1000) {
      run = NULL;
      continue;
    }
    if (!run) {
      HPDF_Array_AddNumber(widths, (HPDF_INT32)i + 1);
      run = HPDF_Array_New(pdf->doc->mmgr);
      if (!run || HPDF_Array_Add(widths, run) != HPDF_OK) return false;
    }
    HPDF_Array_AddNumber(run, advance);
  }
  return widths && fine(pdf);
}

/* FontFile2 and CIDToGIDMap. */
static enum status add_outlines(struct pdf *pdf, HPDF_Dict descendant, HPDF_Dict descriptor, uint16_t face,
                                struct error *e) {
  const struct cids *c = &pdf->cids[face];
  uint16_t *gids = malloc(2 * (c->n + 1) * sizeof *gids), *new_gids = gids + c->n + 1;
  if (!gids) return error_nomem(e);
  for (size_t i = 0; i < c->n; i++) gids[i] = c->list[i].gid;
  text_clear(&pdf->plain);
  enum status st = fonts_subset(pdf->fonts, face, gids, c->n, new_gids, &pdf->plain, e);
  if (st == ST_OK) {
    HPDF_Dict file = new_stream(pdf, pdf->plain.s, pdf->plain.len);
    if (file) HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)pdf->plain.len);
    HPDF_Dict_Add(descriptor, "FontFile2", file);
    text_clear(&pdf->plain);
    text_addn(&pdf->plain, "\0", 2);
    for (size_t i = 0; i < c->n; i++) {
      text_addc(&pdf->plain, (char)(new_gids[i] >> 8));
      text_addc(&pdf->plain, (char)(new_gids[i] & 0xFF));
    }
    HPDF_Dict map = text_ok(&pdf->plain) ? new_stream(pdf, pdf->plain.s, pdf->plain.len) : NULL;
    HPDF_Dict_Add(descendant, "CIDToGIDMap", map);
    if (!file || !map || !fine(pdf)) st = failed(pdf, e);
  }
  free(gids);
  return st;
}

static bool add_descriptor(struct pdf *pdf, HPDF_Dict d, uint16_t face, const char *name) {
  int ascent, descent, box[4];
  fonts_metrics(pdf->fonts, face, &ascent, &descent);
  fonts_bbox(pdf->fonts, face, box);
  HPDF_Dict_AddName(d, "Type", "FontDescriptor");
  HPDF_Dict_AddName(d, "FontName", name);
  HPDF_Dict_AddNumber(d, "Flags", 4); /* symbolic: not the Latin standard set */
  HPDF_Array bounds = new_array(pdf, d, "FontBBox");
  for (int i = 0; bounds && i < 4; i++) HPDF_Array_AddNumber(bounds, box[i]);
  HPDF_Dict_AddNumber(d, "ItalicAngle", 0);
  HPDF_Dict_AddNumber(d, "Ascent", ascent);
  HPDF_Dict_AddNumber(d, "Descent", -descent);
  HPDF_Dict_AddNumber(d, "CapHeight", ascent);
  HPDF_Dict_AddNumber(d, "StemV", 80);
  return bounds && fine(pdf);
}

static bool add_descendant(struct pdf *pdf, HPDF_Dict d, HPDF_Dict descriptor, const char *name) {
  HPDF_Dict system = new_dict(pdf, false);
  HPDF_Dict_AddName(d, "Type", "Font");
  HPDF_Dict_AddName(d, "Subtype", "CIDFontType2");
  HPDF_Dict_AddName(d, "BaseFont", name);
  if (!system || HPDF_Dict_Add(d, "CIDSystemInfo", system) != HPDF_OK) return false;
  add_string(pdf, system, "Registry", "Adobe");
  add_string(pdf, system, "Ordering", "Identity");
  HPDF_Dict_AddNumber(system, "Supplement", 0);
  HPDF_Dict_Add(d, "FontDescriptor", descriptor);
  return fine(pdf);
}

static bool add_type0(struct pdf *pdf, HPDF_Dict font, HPDF_Dict descendant, const char *name,
                      const struct cids *c) {
  HPDF_Dict_AddName(font, "Type", "Font");
  HPDF_Dict_AddName(font, "Subtype", "Type0");
  HPDF_Dict_AddName(font, "BaseFont", name);
  HPDF_Dict_AddName(font, "Encoding", "Identity-H");
  HPDF_Array descendants = new_array(pdf, font, "DescendantFonts");
  if (!descendants || HPDF_Array_Add(descendants, descendant) != HPDF_OK) return false;
  text_clear(&pdf->plain);
  tounicode_write(&pdf->plain, c);
  HPDF_Dict map = text_ok(&pdf->plain) ? new_stream(pdf, pdf->plain.s, pdf->plain.len) : NULL;
  return map && HPDF_Dict_Add(font, "ToUnicode", map) == HPDF_OK && fine(pdf);
}

static enum status fill_font(struct pdf *pdf, uint16_t face, struct error *e) {
  char name[96];
  HPDF_Dict descendant = new_dict(pdf, true), descriptor = new_dict(pdf, true);
  subset_name(name, sizeof name, &pdf->cids[face], fonts_postscript_name(pdf->fonts, face));
  if (!descendant || !descriptor || !add_descriptor(pdf, descriptor, face, name) ||
      !add_descendant(pdf, descendant, descriptor, name) || !add_widths(pdf, descendant, face) ||
      !add_type0(pdf, pdf->uses[face].font, descendant, name, &pdf->cids[face]))
    return failed(pdf, e);
  return add_outlines(pdf, descendant, descriptor, face, e);
}

/* ---- the end */

static bool save(struct pdf *pdf, struct text *out) {
  if (HPDF_SaveToStream(pdf->doc) != HPDF_OK || !pdf->doc->stream) return false;
  HPDF_Stream stream = pdf->doc->stream;
  if (!text_reserve(out, HPDF_Stream_Size(stream))) return false;
  for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
    HPDF_UINT n = 0;
    const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(stream, i, &n);
    if (part) text_addn(out, (const char *)part, n);
  }
  return text_ok(out) && fine(pdf);
}

enum status pdf_end(struct pdf *pdf, struct text *out, struct error *e) {
  enum status st = ST_OK;
  for (size_t i = 0; st == ST_OK && i < fonts_count(pdf->fonts); i++)
    if (pdf->uses[i].font) st = fill_font(pdf, (uint16_t)i, e);
  if (st == ST_OK && !save(pdf, out)) st = failed(pdf, e);
  pdf_cancel(pdf);
  return st;
}

enum status pdf_write(const struct fonts *f, const struct pages *p, const struct pdf_info *info,
                      struct text *out, struct error *e) {
  struct pdf *pdf;
  enum status st = pdf_begin(&pdf, f, info, e);
  if (st != ST_OK) return st;
  st = pdf_add(pdf, p, e);
  if (st == ST_OK) return pdf_end(pdf, out, e);
  pdf_cancel(pdf);
  return st;
}

const char *pdf_library(void) { return HPDF_GetVersion(); }
