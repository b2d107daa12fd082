/* Content streams, character ids and ToUnicode maps as text.
 *
 * Strings are written as literal bytes (two a glyph), not in hexadecimal: half the input for deflate.
 * Coordinates have two decimals (a 360th of a millimetre); what rounding leaves is taken up by the next
 * adjustment, so errors never add up along a line.
 */
#include "batch/pdf_text.h"
#include "base/array.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- character ids */

static uint64_t mix(uint64_t x) {
  x *= 0x9E3779B97F4A7C15u;
  return x ^ x >> 29;
}

static size_t slot_of(const struct cids *c, uint16_t gid, uint32_t cp) {
  size_t i = (size_t)mix((uint64_t)cp << 16 | gid) & (c->n_slots - 1);
  while (c->slot[i] && !(c->list[c->slot[i] - 1].cp == cp && c->list[c->slot[i] - 1].gid == gid))
    i = (i + 1) & (c->n_slots - 1);
  return i;
}

/* Room for one more, at most half of the slots used. */
static bool cids_grow(struct cids *c) {
  if (!ARRAY_ROOM(c->list, c->n, c->cap)) return false;
  if (2 * (c->n + 1) <= c->n_slots) return true;
  size_t n_slots = c->n_slots ? 2 * c->n_slots : 1024;
  uint32_t *slot = calloc(n_slots, sizeof *slot);
  if (!slot) return false;
  free(c->slot);
  c->slot = slot;
  c->n_slots = n_slots;
  for (size_t i = 0; i < c->n; i++) slot[slot_of(c, c->list[i].gid, c->list[i].cp)] = (uint32_t)i + 1;
  return true;
}

unsigned cids_get(struct cids *c, uint16_t gid, uint32_t cp) {
  if (c->n_slots) {
    uint32_t known = c->slot[slot_of(c, gid, cp)];
    if (known) return known;
  }
  if (c->n >= CID_MAX || !cids_grow(c)) return 0;
  c->list[c->n++] = (struct cid){cp, gid};
  c->slot[slot_of(c, gid, cp)] = (uint32_t)c->n;
  return (unsigned)c->n;
}

void cids_free(struct cids *c) {
  free(c->list);
  free(c->slot);
  memset(c, 0, sizeof *c);
}

static uint64_t fnv(uint64_t h, uint32_t value) {
  for (int i = 0; i < 4; i++) h = (h ^ (value >> 8 * i & 0xFF)) * 0x100000001B3u;
  return h;
}

uint64_t cids_hash(const struct cids *c, const char *font_name) {
  uint64_t h = 0xCBF29CE484222325u;
  for (const char *s = font_name; *s; s++) h = fnv(h, (unsigned char)*s);
  for (size_t i = 0; i < c->n; i++) h = fnv(fnv(h, c->list[i].cp), c->list[i].gid);
  return mix(h);
}

/* ---- content stream */

/* v with at most two decimals and a space after it. */
static void add_number(struct text *out, float v) {
  long n = lrintf(v * 100);
  char digits[24], *at = digits + sizeof digits;
  unsigned long u = n < 0 ? (unsigned long)-n : (unsigned long)n;
  unsigned long cents = u % 100;
  *--at = ' ';
  if (cents) {
    if (cents % 10) *--at = (char)('0' + cents % 10);
    *--at = (char)('0' + cents / 10);
    *--at = '.';
  }
  for (u /= 100; u || at[0] == ' '; u /= 10) *--at = (char)('0' + u % 10);
  if (n < 0) *--at = '-';
  text_addn(out, at, (size_t)(digits + sizeof digits - at));
}

static void add_operator(struct text *out, const float *v, int n, const char *name) {
  for (int i = 0; i < n; i++) add_number(out, v[i]);
  text_add(out, name);
  text_addc(out, '\n');
}

static void write_boxes(struct text *out, const struct page *p, float *gray) {
  bool open = false;
  for (size_t i = 0; i < p->n_boxes; i++) {
    const struct box *b = &p->boxes[i];
    if (fabsf(b->gray - *gray) > 0.001f) {
      if (open) text_add(out, "f\n");
      open = false;
      *gray = b->gray;
      add_operator(out, gray, 1, "g");
    }
    add_operator(out, (float[]){b->x, p->height - b->y - b->h, b->w, b->h}, 4, "re");
    open = true;
  }
  if (open) text_add(out, "f\n");
}

static void add_string_byte(struct text *out, unsigned byte) {
  if (byte == '(' || byte == ')' || byte == '\\')
    text_addc(out, '\\');
  else if (byte == '\r') { /* a bare CR in a string is read as LF */
    text_add(out, "\\r");
    return;
  }
  text_addc(out, (char)byte);
}

/* What the text state is while marks are written. */
struct pen {
  float line_x, line_y; /* start of the present line, points, y upwards */
  float x;              /* where the next glyph would stand */
  float size, gray;
  int face;             /* -1: none set */
};

/* Does m go on where the pen stands?  A gap of more than an em is another run: a column of a table. */
static bool continues(const struct pen *pen, const struct mark *m, float y) {
  float gap = m->x - pen->x;
  return pen->face == m->face && fabsf(pen->size - m->size) < 0.001f && fabsf(pen->gray - m->gray) < 0.001f &&
         fabsf(pen->line_y - y) < 0.005f && gap > -m->size && gap < m->size;
}

static void start_run(struct text *out, struct pen *pen, const struct mark *m, float y) {
  if (fabsf(pen->gray - m->gray) > 0.001f) {
    pen->gray = m->gray;
    add_operator(out, &pen->gray, 1, "g");
  }
  if (pen->face != m->face || fabsf(pen->size - m->size) > 0.001f) {
    pen->face = m->face;
    pen->size = m->size;
    text_addf(out, "/F%d ", pen->face);
    add_operator(out, &pen->size, 1, "Tf");
  }
  /* Td moves from the start of the last line by what was really written, in hundredths. */
  float dx = roundf((m->x - pen->line_x) * 100) / 100, dy = roundf((y - pen->line_y) * 100) / 100;
  add_operator(out, (float[]){dx, dy}, 2, "Td");
  pen->line_x += dx;
  pen->line_y += dy;
  pen->x = pen->line_x;
}

#define SLACK 0.02f /* points; a smaller gap is left as it is */

/* The marks from first that make one run, as one Tj or TJ; the number taken, 0 on failure. */
static size_t write_run(struct text *out, const struct page *p, size_t first, const struct fonts *f,
                        struct cids *uses, struct pen *pen) {
  size_t opening = out->len, i = first;
  bool adjusted = false;
  text_add(out, "[(");
  for (; i < p->n_marks; i++) {
    const struct mark *m = &p->marks[i];
    if (i > first && !continues(pen, m, p->height - m->y)) break;
    long k = lrintf((pen->x - m->x) * 1000 / m->size);
    if (k && fabsf(pen->x - m->x) > SLACK) {
      text_addf(out, ")%ld(", k);
      pen->x -= (float)k * m->size / 1000;
      adjusted = true;
    }
    unsigned cid = cids_get(&uses[m->face], m->gid, m->cp);
    if (cid == 0) return 0;
    add_string_byte(out, cid >> 8);
    add_string_byte(out, cid & 0xFF);
    pen->x += (float)fonts_advance(f, m->face, m->gid) * m->size / 1000;
  }
  text_add(out, adjusted ? ")]TJ\n" : ")Tj\n");
  if (!adjusted && text_ok(out)) out->s[opening] = '\n';
  return i - first;
}

bool content_write(struct text *out, const struct page *p, const struct fonts *f, struct cids *uses) {
  float gray = 0;
  write_boxes(out, p, &gray);
  if (p->n_marks == 0) return text_ok(out);
  struct pen pen = {.gray = gray, .face = -1};
  text_add(out, "BT\n");
  for (size_t i = 0; i < p->n_marks;) {
    start_run(out, &pen, &p->marks[i], p->height - p->marks[i].y);
    size_t taken = write_run(out, p, i, f, uses, &pen);
    if (taken == 0) return false;
    i += taken;
  }
  text_add(out, "ET\n");
  return text_ok(out);
}

/* ---- ToUnicode */

static void add_utf16(struct text *out, uint32_t cp) {
  if (cp >= 0x10000)
    text_addf(out, "%04X%04X", (unsigned)(0xD800 + ((cp - 0x10000) >> 10)),
              (unsigned)(0xDC00 + ((cp - 0x10000) & 0x3FF)));
  else
    text_addf(out, "%04X", (unsigned)cp);
}

void tounicode_write(struct text *out, const struct cids *c) {
  text_add(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
  for (size_t i = 0; i < c->n;) {
    size_t end = i + 100 < c->n ? i + 100 : c->n; /* at most 100 in a block */
    text_addf(out, "%zu beginbfchar\n", end - i);
    for (; i < end; i++) {
      text_addf(out, "<%04X> <", (unsigned)i + 1);
      add_utf16(out, c->list[i].cp);
      text_add(out, ">\n");
    }
    text_add(out, "endbfchar\n");
  }
  text_add(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}
