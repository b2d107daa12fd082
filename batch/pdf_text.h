/* The parts of a PDF that are only text, without libharu: a page's content stream, the character ids of
 * a font and its ToUnicode map.  Private to pdf.c and its tests. */
#ifndef MB_BATCH_PDF_TEXT_H
#define MB_BATCH_PDF_TEXT_H

#include "base/text.h"
#include "batch/font.h"
#include "batch/page.h"
#include <stdbool.h>
#include <stdint.h>

/* Characters of one face used in a document.  A character's CID is its place in order of first use, from 1
 * (0 is .notdef): known while pages are drawn, before the subset font exists. */
struct cid {
  uint32_t cp;
  uint16_t gid;
};
struct cids {
  struct cid *list; /* list[cid - 1] */
  size_t n, cap;
  uint32_t *slot; /* open addressing: place in list + 1, 0 free */
  size_t n_slots;
};
#define CID_MAX 65535u

/* CID of a character, a new one when it was not used before; 0 when there are too many or memory is out. */
unsigned cids_get(struct cids *c, uint16_t gid, uint32_t cp);
void cids_free(struct cids *c);
/* The same for the same characters in the same order, whatever the platform. */
uint64_t cids_hash(const struct cids *c, const char *font_name);

/* Append the operators that draw p.  uses: one for each face of f; font of face i is called /Fi.  False when
 * memory is out or a face has more than CID_MAX characters. */
bool content_write(struct text *out, const struct page *p, const struct fonts *f, struct cids *uses);

/* Append the ToUnicode CMap, characters above U+FFFF as surrogate pairs. */
void tounicode_write(struct text *out, const struct cids *c);

#endif
