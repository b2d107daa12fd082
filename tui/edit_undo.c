/* What was typed, taken back and given again: a list of changes, each with the bytes it removed and added.
 *
 * Characters typed one after the other are one step up to the end of a phrase, so that a key takes back
 * what one thinks of as one thing.  Old steps are dropped when the list grows beyond UNDO_BYTES.
 */
#include "base/array.h"
#include "base/utf8.h"
#include "tui/edit_private.h"

#include <stdlib.h>
#include <string.h>

#define UNDO_BYTES ((size_t)2 << 20)
#define PHRASE_BYTES 60

struct edit_op {
  size_t at, removed, added;
  char *bytes; /* owned: the removed, then the added */
  bool phrase; /* may grow */
};

static void drop(struct edit *e, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    e->op_bytes -= e->op[i].removed + e->op[i].added;
    free(e->op[i].bytes);
  }
  if (e->n_ops > to) memmove(e->op + from, e->op + to, (e->n_ops - to) * sizeof *e->op);
  e->n_ops -= to - from;
  if (e->done_ops > from) e->done_ops -= to < e->done_ops ? to - from : e->done_ops - from;
}

void edit_forget(struct edit *e) {
  drop(e, 0, e->n_ops);
}

static bool ends_phrase(const char *s, size_t n) {
  uint32_t cp;
  size_t from = n;
  while (from > 0 && ((unsigned char)s[--from] & 0xC0) == 0x80) { }
  utf8_decode(s + from, &cp);
  return cp == '\n' || cp == ' ' || cp == 0x3002 || cp == 0xFF0C || cp == 0x3001 || cp == 0xFF1B;
}

/* One more character typed behind, or erased before, the last change. */
static bool grow(struct edit *e, size_t begin, size_t end, const char *with, size_t n) {
  struct edit_op *op = e->done_ops > 0 ? &e->op[e->done_ops - 1] : NULL;
  if (op == NULL || !op->phrase || op->removed + op->added > PHRASE_BYTES) return false;
  bool typing = begin == end && op->removed == 0 && op->at + op->added == begin;
  bool erasing = n == 0 && op->added == 0 && end == op->at;
  if (typing && ends_phrase(op->bytes, op->added)) typing = false;
  if (!typing && !erasing) return false;
  size_t more = typing ? n : end - begin, old = op->removed + op->added;
  char *bytes = realloc(op->bytes, old + more + 1);
  if (bytes == NULL) return false;
  op->bytes = bytes;
  if (typing) {
    memcpy(bytes + old, with, n);
    op->added += n;
  } else {
    memmove(bytes + more, bytes, old);
    memcpy(bytes, text_str(&e->text) + begin, more);
    op->removed += more;
    op->at = begin;
  }
  bytes[old + more] = '\0';
  e->op_bytes += more;
  return true;
}

void edit_remember(struct edit *e, size_t begin, size_t end, const char *with, size_t n, bool phrase) {
  drop(e, e->done_ops, e->n_ops);
  if (phrase && grow(e, begin, end, with, n)) return;
  while (e->n_ops > 0 && e->op_bytes > UNDO_BYTES) drop(e, 0, 1);
  if (!ARRAY_ROOM(e->op, e->n_ops, e->cap_ops)) return;
  struct edit_op op = { .at = begin, .removed = end - begin, .added = n, .phrase = phrase };
  op.bytes = malloc(op.removed + n + 1);
  if (op.bytes == NULL) return;
  memcpy(op.bytes, text_str(&e->text) + begin, op.removed);
  memcpy(op.bytes + op.removed, with, n);
  op.bytes[op.removed + n] = '\0';
  e->op_bytes += op.removed + n;
  e->op[e->n_ops++] = op;
  e->done_ops = e->n_ops;
}

bool edit_undo(struct edit *e) {
  if (e->done_ops == 0) return false;
  struct edit_op *op = &e->op[e->done_ops - 1];
  if (!edit_change(e, op->at, op->at + op->added, op->bytes, op->removed)) return false;
  op->phrase = false;
  e->done_ops--;
  return true;
}

bool edit_redo(struct edit *e) {
  if (e->done_ops == e->n_ops) return false;
  struct edit_op *op = &e->op[e->done_ops];
  if (!edit_change(e, op->at, op->at + op->removed, op->bytes + op->removed, op->added)) return false;
  op->phrase = false;
  e->done_ops++;
  return true;
}
