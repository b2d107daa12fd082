/* Which fields a form has now, what stands in them, and what the editor is for each. */
#include "tui/form.h"
#include "tui/rows.h"

/* Fields in the order in which a clerk meets them. */
static const enum record_field order[] = { FIELD_EVENT,    FIELD_PUBLISHED, FIELD_REMOVED, FIELD_PRINTED,
                                           FIELD_FILED,    FIELD_NONE,      FIELD_CHANNELS, FIELD_URL,
                                           FIELD_TITLE,    FIELD_BODY,      FIELD_TABLE,   FIELD_PHONE,
                                           FIELD_NOTE };
#define ORDER (sizeof order / sizeof order[0])

bool form_is_area(enum record_field field) {
  return field_kind(field) == KIND_TEXT;
}

void form_add_shown(struct text *out, enum record_field field, const char *value) {
  if (field_kind(field) != KIND_CHANNELS) {
    text_add(out, value);
    return;
  }
  for (; *value != '\0'; value++) {
    if (*value == ';') text_add(out, "、");
    else text_addc(out, *value);
  }
}

/* ---- which */

/* What can not be filled now is not shown: none beside a publication, the life of the paper before it,
 * an event beside "none this period". */
static bool shown(const struct form *f, enum record_field field) {
  bool published = !str_empty(f->record.value[FIELD_PUBLISHED]),
       none = !str_empty(f->record.value[FIELD_NONE]);
  bool event = item_is_event(ui_item(f->ui, f->item));
  switch (field) {
  case FIELD_REMOVED:
  case FIELD_PRINTED:
  case FIELD_FILED: return published;
  case FIELD_NONE: return none || (!event && !published);
  case FIELD_NOTE: return true;
  default: return !none;
  }
}

void form_choose_fields(struct form *f) {
  bool found = false, typed = f->loaded && form_typed(f); /* what is typed stays in sight, see type_late() */
  f->n_fields = 0;
  for (size_t i = 0; i < ORDER; i++) {
    if (!shown(f, order[i]) && !(order[i] == f->focus && typed)) continue;
    f->field[f->n_fields++] = order[i];
    found = found || order[i] == f->focus;
  }
  if (!found) f->focus = f->field[0];
}

int form_position(const struct form *f) {
  for (int i = 0; i < f->n_fields; i++)
    if (f->field[i] == f->focus) return i;
  return 0;
}

/* ---- proposals */

const char *form_offered(const struct form *f, enum record_field field) {
  const char *value = record_get(&f->offer, field);
  if (*value == '\0' || !str_empty(f->record.value[field]) || (f->declined >> field & 1) != 0) return NULL;
  return str_empty(f->record.value[FIELD_NONE]) ? value : NULL;
}

int form_offers(const struct form *f) {
  int n = 0;
  for (int i = 0; i < FIELD_COUNT; i++) n += form_offered(f, (enum record_field)i) != NULL;
  return n;
}

static bool editor_has(const struct form *f, const char *value) {
  struct text text = { 0 };
  if (field_kind(f->focus) != KIND_CHANNELS) return str_same(value, edit_get(&f->edit));
  form_add_shown(&text, f->focus, value);
  bool same = str_same(text_str(&text), edit_get(&f->edit));
  text_free(&text);
  return same;
}

bool form_untouched(const struct form *f) {
  const char *offer = form_offered(f, f->focus);
  return offer != NULL && f->edit.look == ATTR_PROPOSED && editor_has(f, offer);
}

/* ---- values */

bool form_typed(const struct form *f) {
  return !form_untouched(f) && !editor_has(f, record_get(&f->record, f->focus));
}

const char *form_value(const struct form *f, enum record_field field) {
  if (field != f->focus) return record_get(&f->record, field);
  return form_untouched(f) ? "" : edit_get(&f->edit);
}

const char *form_seen(const struct form *f, enum record_field field) {
  const char *offer = form_offered(f, field);
  if (field == f->focus) return edit_get(&f->edit);
  return offer != NULL ? offer : record_get(&f->record, field);
}

bool form_ahead(const struct form *f, enum record_field field) {
  return field == FIELD_REMOVED || (field == FIELD_EVENT && ui_item(f->ui, f->item)->cadence == CAD_BEFORE);
}

day form_day(const struct form *f, enum record_field field) {
  day d;
  bool guessed;
  return date_read(form_value(f, field), f->ui->app->on, form_ahead(f, field), &d, &guessed) ? d : DAY_NONE;
}

/* ---- the editor */

void form_show(struct form *f) {
  struct text text = { 0 };
  const char *offer = form_offered(f, f->focus);
  form_add_shown(&text, f->focus, offer != NULL ? offer : record_get(&f->record, f->focus));
  edit_set(&f->edit, text_str(&text));
  f->edit.look = offer != NULL ? ATTR_PROPOSED : ATTR_FIELD;
  bool chosen = field_kind(f->focus) == KIND_DAY || (offer != NULL && !f->edit.lines);
  f->edit.whole = chosen && f->edit.text.len > 0;
  text_free(&text);
}

void form_focus(struct form *f, enum record_field field) {
  static const size_t limits[] = { [KIND_PERIOD] = 40, [KIND_DAY] = 40, [KIND_LINE] = LINE_MAX_BYTES,
                                   [KIND_CHANNELS] = LINE_MAX_BYTES, [KIND_URL] = URL_MAX_BYTES,
                                   [KIND_TEXT] = TEXT_MAX_BYTES };
  f->focus = field;
  f->edit.lines = form_is_area(field);
  f->edit.fold = field_kind(field) == KIND_DAY || field_kind(field) == KIND_URL;
  f->edit.limit = limits[field_kind(field)];
  f->checks.stand = 0;
  form_show(f);
}
