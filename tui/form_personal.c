/* What looks like personal data in the texts that go on a board, said while one types.
 *
 * Short texts are scanned as they are drawn, long ones when no key is waiting; marks move along with the
 * text meanwhile.  The same rules stand before the printer (batch/sheet_gate.c).
 */
#include "base/csv.h"
#include "checklists/privacy.h"
#include "tui/form.h"

#include <string.h>

#define AT_ONCE 16384 /* bytes scanned between a key and its screen */
#define PHONES 8

bool form_personal_field(enum record_field field) {
  return field == FIELD_TITLE || field == FIELD_BODY || field == FIELD_TABLE || field == FIELD_NOTE;
}

void form_personal_stale(struct form *f) {
  for (int i = 0; i < FIELD_COUNT; i++) f->personal[i].stale = form_personal_field((enum record_field)i);
}

/* Numbers that may stand: the objection telephone of the sheet. */
struct phones { char digits[PHONES][24]; const char *list[PHONES + 1]; };

static void allow_phones(struct phones *p, const char *s) {
  int n = 0, k = 0;
  for (;; s++) {
    bool digit = *s >= '0' && *s <= '9';
    if (digit && k < 23) p->digits[n][k++] = *s;
    if (digit || (*s != '\0' && strchr(" -", *s) != NULL)) continue;
    p->digits[n][k] = '\0';
    if (k > 0) p->list[n] = p->digits[n], n++;
    k = 0;
    if (*s == '\0' || n == PHONES) break;
  }
  p->list[n] = NULL;
}

static const char *telephone(const struct form *f) {
  const char *own = form_seen(f, FIELD_PHONE);
  const struct settings *settings = app_settings(f->ui->app, wb_path(f->ui->wb));
  if (*own != '\0' || settings == NULL) return own;
  return settings_telephone(settings, ui_unit(f->ui, f->view.unit)->code);
}

struct scan {
  struct form_personal *p;
  const char *text;
  bool lines;   /* the text has several */
  int row, col; /* of the cell, in a table; 0: none */
};

static void on_mark(const struct privacy_hit *hit, void *ctx) {
  edit_add_mark(ctx, hit->begin, hit->end);
}

static void on_hit(const struct privacy_hit *hit, void *ctx) {
  const struct scan *s = ctx;
  struct text *words = &s->p->words;
  if (s->p->hits++ > 0) return;
  if (s->row > 0) text_addf(words, _("第 %d 行第 %d 列"), s->row, s->col);
  else if (s->lines) text_addf(words, _("第 %d 行第 %d 字"), hit->line, hit->column);
  else text_addf(words, _("第 %d 字"), hit->column);
  text_addf(words, _("像是%s "), privacy_rule_name(hit->rule));
  privacy_mask(words, s->text, hit);
}

/* Cell by cell, as the sheet prints it.  False: it does not come apart. */
static bool scan_table(struct scan *s, const char *const *phones) {
  struct csv c;
  struct error e;
  int r;
  const char *text = s->text;
  if (csv_open_text(&c, "", text, strlen(text), &e) != ST_OK) return false;
  for (s->row = 1; (r = csv_next(&c, &e)) == 1; s->row++) {
    for (size_t i = 0; i < c.n; i++) {
      s->col = (int)i + 1;
      s->text = c.cell[i];
      privacy_scan(s->text, phones, on_hit, s);
    }
  }
  csv_close(&c);
  s->text = text;
  s->row = 0;
  return r == 0;
}

static void scan(struct form *f, enum record_field field) {
  struct form_personal *p = &f->personal[field];
  struct scan s = { .p = p, .text = form_seen(f, field), .lines = form_is_area(field) };
  struct phones phones;
  allow_phones(&phones, telephone(f));
  p->hits = 0;
  text_clear(&p->words);
  if (field == f->focus) {
    edit_clear_marks(&f->edit);
    privacy_scan(s.text, phones.list, on_mark, &f->edit);
  }
  if (field != FIELD_TABLE || !scan_table(&s, phones.list)) {
    p->hits = 0;
    text_clear(&p->words);
    privacy_scan(s.text, phones.list, on_hit, &s);
  }
  if (p->hits > 1) text_addf(&p->words, _("，共 %d 处"), p->hits);
  p->stale = false;
}

bool form_personal_scan(struct form *f, bool all) {
  if (f->edit.version != f->personal_version) f->personal[f->focus].stale = form_personal_field(f->focus);
  f->personal_version = f->edit.version;
  for (int i = 0; i < FIELD_COUNT; i++) {
    enum record_field field = (enum record_field)i;
    if (!f->personal[i].stale || (!all && strlen(form_seen(f, field)) > AT_ONCE)) continue;
    scan(f, field);
    if (all) return true;
  }
  return false;
}
