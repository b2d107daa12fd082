/* QR codes: encoding by libqrencode, drawing as filled rectangles, and the address in them.
 *
 * Dark modules are merged greedily (widest run of a row, then as far down as it goes), which
 * leaves about a third of the rectangles of one per module.  Leaves out: logos, colours, kanji mode.
 */
#include "batch/qr.h"
#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#define QUIET 4                        /* modules of white on each side, ISO/IEC 18004 */
#define MODULE_MIN (0.5f * 72 / 25.4f) /* points; below this a phone misreads a laser print */

static QRecLevel level_of(char level) {
  return level == 'L' ? QR_ECLEVEL_L : level == 'Q' ? QR_ECLEVEL_Q : level == 'H' ? QR_ECLEVEL_H : QR_ECLEVEL_M;
}

enum status qr_make(struct qr *q, const char *text, char level, struct error *e) {
  memset(q, 0, sizeof *q);
  if (str_empty(text)) return error_set(e, ST_DATA, "qr.empty", _("二维码没有内容，请检查设置中的网址样式"));
  errno = 0;
  QRcode *code = QRcode_encodeString(text, 0, level_of(level), QR_MODE_8, 1);
  if (!code) {
    if (errno == ENOMEM) return error_nomem(e);
    return error_set(e, ST_DATA, "qr.too-long", _("二维码的内容有 %zu 字节，放不下，请缩短网址"),
                     strlen(text));
  }
  size_t cells = (size_t)code->width * (size_t)code->width;
  q->dark = malloc(cells);
  if (q->dark) {
    q->size = code->width;
    for (size_t i = 0; i < cells; i++) q->dark[i] = code->data[i] & 1;
  }
  QRcode_free(code);
  return q->dark ? ST_OK : error_nomem(e);
}

void qr_free(struct qr *q) {
  free(q->dark);
  memset(q, 0, sizeof *q);
}

int qr_modules(const char *text, char level) {
  struct qr q;
  struct error e;
  if (qr_make(&q, text, level, &e) != ST_OK) return 0;
  int modules = q.size + 2 * QUIET;
  qr_free(&q);
  return modules;
}

/* Cells of todo in row y from x on that are still to be drawn, at most `most`. */
static int run_at(const unsigned char *todo, int size, int x, int y, int most) {
  int n = 0;
  while (n < most && todo[y * size + x + n]) n++;
  return n;
}

/* Take the rectangle that starts at x, y off todo; its height is returned. */
static int take(unsigned char *todo, int size, int x, int y, int w) {
  int h = 0;
  while (y + h < size && run_at(todo, size, x, y + h, w) == w) {
    memset(todo + (y + h) * size + x, 0, (size_t)w);
    h++;
  }
  return h;
}

enum status qr_draw(const struct qr *q, struct page *p, float x, float y, float side, struct error *e) {
  float module = side / (float)(q->size + 2 * QUIET);
  if (module < MODULE_MIN)
    return error_set(e, ST_DATA, "qr.too-small",
                     _("二维码每格只有 %.2f 毫米，印出来扫不准（至少 0.5 毫米），请把模板中的边长改到 %.0f 毫米"
                       "以上，或缩短网址"),
                     (double)(module * 25.4f / 72), (double)((float)(q->size + 2 * QUIET) * 0.5f + 0.5f));
  size_t cells = (size_t)q->size * (size_t)q->size;
  unsigned char *todo = malloc(cells);
  if (!todo) return error_nomem(e);
  memcpy(todo, q->dark, cells);
  bool kept = true;
  for (int row = 0; row < q->size && kept; row++) {
    for (int col = 0; col < q->size && kept; col++) {
      int w = run_at(todo, q->size, col, row, q->size - col);
      if (w == 0) continue;
      int h = take(todo, q->size, col, row, w);
      kept = page_box(p, (struct box){x + (float)(QUIET + col) * module, y + (float)(QUIET + row) * module,
                                      (float)w * module, (float)h * module, 0});
      col += w - 1;
    }
  }
  free(todo);
  return kept ? ST_OK : error_nomem(e);
}

/* Append s, every byte outside `keep` and the unreserved characters of RFC 3986 percent-encoded. */
static void add_encoded(struct text *out, const char *s, size_t n, const char *keep) {
  static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  for (size_t i = 0; i < n; i++) {
    if (strchr(unreserved, s[i]) || strchr(keep, s[i]))
      text_addc(out, s[i]);
    else
      text_addf(out, "%%%02X", (unsigned)(unsigned char)s[i]);
  }
}

static const char *value_of(const struct qr_names *names, const char *name, size_t n) {
  const struct {
    const char *name, *value;
  } table[] = {{"unit", names->unit},
               {"domain", names->domain},
               {"item", names->item},
               {"record", names->record},
               {"code", names->code}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (strlen(table[i].name) == n && memcmp(table[i].name, name, n) == 0)
      return table[i].value ? table[i].value : "";
  return NULL;
}

enum status qr_address(struct text *out, const char *pattern, const struct qr_names *n, struct error *e) {
  for (const char *at = pattern; *at;) {
    size_t plain = strcspn(at, "{}");
    add_encoded(out, at, plain, ":/?#[]@!$&'()*+,;=%");
    at += plain;
    if (!*at) break;
    size_t length = *at == '{' ? strcspn(at + 1, "{}") : 0;
    const char *value = *at == '{' && at[1 + length] == '}' ? value_of(n, at + 1, length) : NULL;
    if (!value)
      return error_set(
          e, ST_CONFIG, "qr.unknown-name",
          _("网址样式“%s”第 %zu 字节起的大括号用错了，可用的名字：{unit} {domain} {item} {record} {code}"),
          pattern, (size_t)(at - pattern) + 1);
    add_encoded(out, value, strlen(value), "");
    at += length + 2;
  }
  return text_ok(out) ? ST_OK : error_nomem(e);
}

const char *qr_library(void) { return QRcode_APIVersionString(); }
