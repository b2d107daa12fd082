/* The gates of sheet_gate.h.  Messages mask what they found: a refusal must not leak what it protects. */
#include "batch/sheet_gate.h"
#include "base/text.h"
#include "base/utf8.h"
#include "checklists/privacy.h"
#include <stdio.h>
#include <string.h>

#define PHONES_MAX 8

/* Walking all texts of a sheet: a value, or a cell with its row and column (1-based, the head counts). */
struct place { const char *name, *text; int row, column; };
typedef void place_fn(const struct place *p, void *ctx);

static void each_text(const struct sheet_data *d, place_fn *fn, void *ctx) {
  for (size_t i = 0; i < d->n_values; i++) {
    struct place p = {.name = d->values[i].name, .text = d->values[i].text};
    if (*p.text) fn(&p, ctx);
  }
  for (size_t i = 0; i < d->n_rows; i++) {
    const struct sheet_rows *r = &d->rows[i];
    for (size_t k = 0; k < r->n_rows * r->n_fields; k++) {
      struct place p = {.name = r->field ? r->field[k % r->n_fields] : r->name, .text = r->cell[k],
                        .row = (int)(k / r->n_fields) + 1, .column = (int)(k % r->n_fields) + 1};
      if (*p.text) fn(&p, ctx);
    }
  }
}

/* 附表第3行第2列 / 正文 */
static void add_place(struct text *t, const struct place *p) {
  text_add(t, sheet_label(p->name));
  if (p->row) text_addf(t, _("第%d行第%d列"), p->row, p->column);
}

/* ---- privacy */

struct privacy_walk {
  const char *file, *subject;
  struct findings *f;
  const char *allowed[PHONES_MAX + 1];
  char digits[PHONES_MAX][24];
  const struct place *place;
  int hits;
};

/* The numbers in a telephone field: runs of digits, with - and blanks between. */
static void allow_phones(struct privacy_walk *w, const char *s) {
  int n = 0, k = 0;
  for (;; s++) {
    bool digit = *s >= '0' && *s <= '9';
    if (digit && k < 23) w->digits[n][k++] = *s;
    if (digit || (*s && strchr(" -", *s))) continue;
    w->digits[n][k] = '\0';
    if (k > 0 && n < PHONES_MAX) w->allowed[n] = w->digits[n], n++;
    k = 0;
    if (*s == '\0' || n == PHONES_MAX) break;
  }
  w->allowed[n] = NULL;
}

/* A whole text with its numbers masked: a unit's name, too, may hold one. */
struct mask_walk {
  struct text *out;
  const char *s;
  size_t done;
};

static void mask_hit(const struct privacy_hit *hit, void *ctx) {
  struct mask_walk *w = ctx;
  if (hit->begin < w->done) return;
  text_addn(w->out, w->s + w->done, hit->begin - w->done);
  privacy_mask(w->out, w->s, hit);
  w->done = hit->end;
}

static void mask_all(struct text *out, const char *s) {
  struct mask_walk w = {.out = out, .s = s};
  privacy_scan(s, NULL, mask_hit, &w);
  text_add(out, s + w.done);
}

static void on_hit(const struct privacy_hit *hit, void *ctx) {
  struct privacy_walk *w = ctx;
  const struct place *p = w->place;
  struct text where = {0}, masked = {0};
  /* Long runs of digits in an address are serial numbers far more often than cards. */
  if (hit->rule == PRIVACY_BANKCARD && strcmp(p->name, "url") == 0) return;
  add_place(&where, p);
  privacy_mask(&masked, p->text, hit);
  findings_add(w->f, SEV_ERROR, "sheet.privacy", w->file, 0, w->subject,
               _("%s，第%d行第%d个字起，有%s %s，不能上墙"), text_str(&where), hit->line, hit->column,
               privacy_rule_name(hit->rule), text_str(&masked));
  findings_advise(w->f, _("在台账中删去或遮盖这个号码，再打印"));
  w->hits++;
  text_free(&where);
  text_free(&masked);
}

static void scan_place(const struct place *p, void *ctx) {
  static const char *const ours[] = {"address", "unit_code", "uid", "code", NULL}; /* made by the program */
  struct privacy_walk *w = ctx;
  for (size_t i = 0; ours[i]; i++)
    if (strcmp(ours[i], p->name) == 0) return;
  w->place = p;
  privacy_scan(p->text, w->allowed, on_hit, w);
}

int sheet_gate_privacy(const struct sheet_data *d, const char *file, const char *subject,
                       struct findings *f) {
  struct text masked = {0};
  mask_all(&masked, subject);
  struct privacy_walk w = {.file = file, .subject = text_str(&masked), .f = f};
  allow_phones(&w, sheet_get(d, "telephone"));
  each_text(d, scan_place, &w);
  text_free(&masked);
  return w.hits;
}

/* ---- glyphs */

struct glyph_walk {
  const char *file, *subject;
  struct findings *f;
  const char *packages; /* fonts that are not installed */
  char utf8[5];
  uint32_t cp;
  int found;
};

static void report_private(struct glyph_walk *w, const char *where) {
  findings_add(w->f, SEV_ERROR, "sheet.glyph", w->file, 0, w->subject,
               _("%s里的字“%s”（U+%04X）是自造字，在别的字体里是另一个字，不能印"), where, w->utf8,
               (unsigned)w->cp);
  findings_advise(w->f, _("改用有正式编码的字，或在 mingbai.cfg 的 fonts 中写明本单位的自造字字体（TrueType）"));
  w->found++;
}

static void report_glyph(struct glyph_walk *w, const char *where) {
  if (fonts_is_private(w->cp)) {
    report_private(w, where);
    return;
  }
  findings_add(w->f, SEV_ERROR, "sheet.glyph", w->file, 0, w->subject,
               _("%s里的字“%s”（U+%04X）所有字体都没有，印出来会是空白"), where, w->utf8, (unsigned)w->cp);
  char advice[200];
  if (*w->packages) snprintf(advice, sizeof advice, _("先安装字体：sudo apt install %s，再打印"), w->packages);
  else snprintf(advice, sizeof advice, "%s", _("在 mingbai.cfg 的 fonts 中加一个有这个字的 TrueType 字体，或改用别的字"));
  findings_advise(w->f, advice);
  w->found++;
}

static void find_glyph(const struct place *p, void *ctx) {
  struct glyph_walk *w = ctx;
  struct text t = {0};
  if (strcmp(p->name, "address") == 0 || !strstr(p->text, w->utf8)) return;
  add_place(&t, p);
  report_glyph(w, text_str(&t));
  text_free(&t);
}

void sheet_gate_glyphs(const struct sheet_data *d, const struct layout *l, const struct fonts *fonts,
                       const char *file, const char *subject, struct findings *f) {
  const uint32_t *cps;
  size_t n = layout_missing(l, &cps);
  for (size_t i = 0; i < n; i++) {
    struct glyph_walk w = {.file = file, .subject = subject, .f = f, .packages = fonts_advice(fonts), .cp = cps[i]};
    utf8_encode(cps[i], w.utf8);
    each_text(d, find_glyph, &w);
    if (w.found == 0) report_glyph(&w, _("模板"));
  }
}
