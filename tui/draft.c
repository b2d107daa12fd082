/* Keeping what is being typed.  See draft.h; what a draft is: checklists/draft.c. */
#include "tui/draft.h"

#include "tui/form.h"

#include <string.h>

static bool same_place(const struct place *a, const struct place *b) {
  return a->unit == b->unit && a->item == b->item && a->no == b->no &&
         period_same(a->recurrence, b->recurrence);
}

/* The form on the screen, or under what lies over it, in which something is being typed. */
static struct view *find_typing(struct ui *ui, enum record_field *field, const char **typed,
                                const char **stored) {
  for (struct view *v = ui->top; v != NULL; v = v->below)
    if (form_draft(v, field, typed, stored)) return v;
  return NULL;
}

void drafter_look(struct drafter *d, struct ui *ui, int64_t now) {
  enum record_field field;
  const char *typed, *stored;
  struct view *v = find_typing(ui, &field, &typed, &stored);
  if (v == NULL) {
    d->typing = d->waiting = false;
    enum status st = wb_draft_drop(ui->wb, NULL, NULL);
    (void)st; /* locked: at the next look */
    return;
  }
  struct place place = { .unit = v->unit, .domain = -1, .item = -1 };
  v->ops->place(v, ui, &place);
  if (d->typing && field == d->field && same_place(&place, &d->place) && str_same(typed, text_str(&d->typed)))
    return;
  d->place = place;
  d->field = field;
  text_clear(&d->typed);
  text_add(&d->typed, typed);
  text_clear(&d->stored);
  text_add(&d->stored, stored);
  if (!d->waiting) d->since = now;
  d->typing = d->waiting = true;
}

int drafter_wait(const struct drafter *d, int64_t now) {
  if (!d->waiting) return -1;
  int64_t left = d->since + DRAFT_MS - now;
  return left <= 0 ? 0 : left < DRAFT_MS ? (int)left : DRAFT_MS;
}

void drafter_save(struct drafter *d, struct ui *ui, int64_t now) {
  struct text record = { 0 };
  if (!d->waiting || d->place.item < 0) return;
  wb_draft_record(ui->wb, d->place.unit, d->place.item, d->place.no, d->place.recurrence, &record);
  struct draft draft = { .unit = ui_unit(ui, d->place.unit)->code,
                         .item = ui_item(ui, d->place.item)->id,
                         .record = text_str(&record),
                         .field = d->field,
                         .typed = text_str(&d->typed),
                         .stored = text_str(&d->stored),
                         .person = ui->app->person,
                         .time = ui_now(ui) };
  bool whole = text_ok(&record) && text_ok(&d->typed) && text_ok(&d->stored);
  enum status st = whole ? wb_draft_put(ui->wb, &draft, NULL) : ST_SOFTWARE;
  d->waiting = st != ST_OK && st != ST_NOPERM; /* into a read-only workbook nothing typed can come anyway */
  d->since = now;
  text_free(&record);
}

void drafter_free(struct drafter *d) {
  text_free(&d->typed);
  text_free(&d->stored);
  memset(d, 0, sizeof *d);
}
