/* Storing, changing and deleting records: the one door through which every value goes
 * (keys, set, import), each change written to the history and to the row together.
 *
 * Everything is validated before the first write, so a refused record leaves the step as
 * it was and the caller may go on with the next one.  A record's uid is fixed when it is
 * made: where it is the natural key (standing item; recurring item and recurrence; none of
 * an event item and its period), a change that would give another key is refused: delete
 * the record and make it anew.
 */
#include "checklists/workbook_private.h"

#include <stdlib.h>
#include <string.h>

#define UID_MAX 80

/* ---- validation */

/* Bring every value of r into canonical form. */
static enum status canonical(struct record *r, struct error *e)
{
  struct text text = {0};
  enum status st = ST_OK;
  for (int f = 0; f < FIELD_COUNT && st == ST_OK; f++) {
    if (str_empty(r->value[f])) {
      free(r->value[f]);
      r->value[f] = NULL;
      continue;
    }
    text_clear(&text);
    st = record_check_field((enum record_field)f, r->value[f], &text, e);
    if (st != ST_OK || strcmp(text_str(&text), r->value[f]) == 0)
      continue;
    char *value = text.len > 0 ? str_dup(text_str(&text)) : NULL;
    if (!text_ok(&text) || (text.len > 0 && value == NULL)) {
      st = error_nomem(e);
      continue;
    }
    free(r->value[f]);
    r->value[f] = value;
  }
  text_free(&text);
  return st;
}

static enum status whole(const struct workbook *wb, const struct record *r, struct error *e)
{
  const struct unit *u = &wb->units[r->unit];
  struct findings f = {0};
  size_t errors = record_check(r, &wb->catalogue->items[r->item], u->level, u->code, &f);
  enum status st = ST_OK;
  if (errors > 0)
    st = error_set(e, ST_DATA, "record.bad", _("这条记录不能保存"));
  for (size_t i = 0; errors > 0 && i < f.n; i++) {
    if (f.list[i].severity == SEV_ERROR) {
      if (e != NULL)
        *e = f.list[i].e;
      break;
    }
  }
  findings_free(&f);
  return st;
}

static enum status validate(const struct workbook *wb, struct record *r, struct error *e)
{
  bool unit = r->unit >= 0 && (size_t)r->unit < wb->n_units;
  bool item = r->item >= 0 && (size_t)r->item < wb->catalogue->n_items;
  if (!unit || !item)
    return error_set(e, ST_SOFTWARE, "record.place", _("这条记录没有单位或事项"));
  enum status st = canonical(r, e);
  return st == ST_OK ? whole(wb, r, e) : st;
}

/* ---- uid */

/* A uid that somebody gave to an event record: letters, digits, "-", "_", "." only, so it can
 * never look like a natural key or a unit ("/"). */
static bool uid_fits(const char *uid)
{
  size_t n = strlen(uid);
  return n > 0 && n <= UID_MAX &&
         strspn(uid, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == n;
}

static enum status given_uid(const char *uid, struct error *e)
{
  if (uid_fits(uid))
    return ST_OK;
  enum status st = error_set(e, ST_DATA, "record.uid",
                             _("记录编号 uid 只能用字母、数字和 - _ .，最长 %d 个；留空则自动编号"), UID_MAX);
  error_at(e, NULL, 0, "uid");
  return st;
}

static bool random_uid(struct text *out)
{
  uint8_t bytes[8];
  if (!digest_random(bytes, sizeof bytes))
    return false;
  digest_hex(out, bytes, sizeof bytes);
  return true;
}

/* The uid of a new record into r->uid. */
static enum status choose_uid(const struct workbook *wb, struct record *r, struct error *e)
{
  struct text uid = {0};
  if (!record_natural_uid(&uid, &wb->catalogue->items[r->item], wb->units[r->unit].code, r)) {
    if (!str_empty(r->uid))
      return given_uid(r->uid, e);
    if (!random_uid(&uid))
      return error_set(e, ST_SOFTWARE, "wb.random", _("系统没有给出随机数，不能给记录编号"));
  }
  char *s = text_take(&uid);
  if (s == NULL)
    return error_nomem(e);
  free(r->uid);
  r->uid = s;
  return ST_OK;
}

static enum status same_identity(const struct workbook *wb, const struct record *old, const struct record *r,
                                 struct error *e)
{
  if (r->unit != old->unit || r->item != old->item)
    return error_set(e, ST_DATA, "record.moved", _("已保存的记录不能换单位或换事项；请删除后重新填写"));
  struct text was = {0}, now = {0};
  const struct item *item = &wb->catalogue->items[r->item];
  bool had = record_natural_uid(&was, item, wb->units[r->unit].code, old);
  bool has = record_natural_uid(&now, item, wb->units[r->unit].code, r);
  bool same = had == has && str_same(text_str(&was), text_str(&now));
  bool memory = text_ok(&was) && text_ok(&now);
  text_free(&was);
  text_free(&now);
  if (!memory)
    return error_nomem(e);
  if (same)
    return ST_OK;
  if (had && has)
    return error_set(e, ST_DATA, "record.identity", _("已保存的记录不能改周期；请删除这一条，在新的周期里重新填写"));
  return error_set(e, ST_DATA, "record.identity", _("“本期无”与公开记录是两种记录，不能互相改；请删除这一条后重新填写"));
}

/* ---- writing */

static enum status add_row(struct workbook *wb, const struct record *r, bool fresh, const char *field,
                           const char *was, const char *now, struct error *e)
{
  return wb_history_add(wb, &(struct wb_row){r->no, r->uid, fresh, field, was, now}, e);
}

/* History rows for every field in which r differs from old (NULL: from nothing). */
static enum status add_fields(struct workbook *wb, const struct record *old, const struct record *r,
                              bool fresh, int *changed, struct error *e)
{
  enum status st = ST_OK;
  for (int f = 0; f < FIELD_COUNT && st == ST_OK; f++) {
    const char *was = old != NULL ? old->value[f] : NULL;
    if (str_same(was, r->value[f]))
      continue;
    st = add_row(wb, r, fresh, field_key((enum record_field)f), was, r->value[f], e);
    if (st == ST_OK)
      st = wb_draft_stored(wb, r, (enum record_field)f, e);
    ++*changed;
  }
  return st;
}

static enum status exists(const struct workbook *wb, const struct record *r, struct error *e)
{
  const struct item *item = &wb->catalogue->items[r->item];
  return error_set(e, ST_DATA, "record.exists", _("%s 的 %s %s 已有这条记录（%s），请改原来那条，不要再加"),
                   wb->units[r->unit].name, item->id, item_title(item), r->uid);
}

static enum status put_new(struct workbook *wb, struct record *r, int *changed, struct error *e)
{
  int64_t no = 0;
  bool fresh = false;
  enum status st = choose_uid(wb, r, e);
  if (st != ST_OK)
    return st;
  if (wb_find_uid(wb, r->uid) != 0)
    return exists(wb, r, e);
  struct text place = {0};
  wb_record_place(wb, r, &place);
  st = text_ok(&place) ? wb_subject(wb, r->uid, true, &no, &fresh, e) : error_nomem(e);
  r->no = no;
  if (st == ST_OK)
    st = add_row(wb, r, fresh, "record", NULL, text_str(&place), e);
  if (st == ST_OK)
    st = add_fields(wb, NULL, r, fresh, changed, e);
  if (st == ST_OK)
    st = wb_write_record(wb, r, true, e);
  text_free(&place);
  if (st == ST_OK)
    return ST_OK;
  r->no = 0;
  return wb_step_fail(wb, e);
}

static enum status put_old(struct workbook *wb, struct record *r, int *changed, struct error *e)
{
  struct record old;
  enum status st = wb_get(wb, r->no, &old, e);
  if (st != ST_OK)
    return st;
  st = same_identity(wb, &old, r, e);
  if (st == ST_OK && !str_same(r->uid, old.uid)) {
    char *uid = str_dup(old.uid);
    if (uid == NULL)
      st = error_nomem(e);
    free(r->uid);
    r->uid = uid;
  }
  if (st == ST_OK) {
    st = add_fields(wb, &old, r, false, changed, e);
    if (st == ST_OK && *changed > 0)
      st = wb_write_record(wb, r, false, e);
    if (st != ST_OK)
      wb_step_fail(wb, e);
  }
  record_free(&old);
  return st;
}

enum status wb_put(struct workbook *wb, struct record *r, int *changed, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  int count = 0;
  enum status st = wb_step_ready(wb, e);
  if (st == ST_OK)
    st = validate(wb, r, e);
  if (st == ST_OK)
    st = r->no == 0 ? put_new(wb, r, &count, e) : put_old(wb, r, &count, e);
  if (changed != NULL)
    *changed = count;
  return st;
}

enum status wb_set_field(struct workbook *wb, int64_t no, enum record_field f, const char *value,
                         struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  struct record r;
  enum status st = wb_step_ready(wb, e);
  if (st == ST_OK)
    st = wb_get(wb, no, &r, e);
  if (st != ST_OK)
    return st;
  st = record_set(&r, f, value, e);
  if (st == ST_OK)
    st = wb_put(wb, &r, NULL, e);
  record_free(&r);
  return st;
}

enum status wb_delete(struct workbook *wb, int64_t no, struct error *e)
{
  struct error own;
  if (e == NULL)
    e = &own;
  struct record r;
  enum status st = wb_step_ready(wb, e);
  if (st == ST_OK)
    st = wb_get(wb, no, &r, e);
  if (st != ST_OK)
    return st;
  struct text place = {0};
  wb_record_place(wb, &r, &place);
  if (!text_ok(&place))
    st = error_nomem(e);
  for (int f = 0; f < FIELD_COUNT && st == ST_OK; f++) {
    if (r.value[f] != NULL)
      st = add_row(wb, &r, false, field_key((enum record_field)f), r.value[f], NULL, e);
  }
  if (st == ST_OK)
    st = add_row(wb, &r, false, "record", text_str(&place), NULL, e);
  if (st == ST_OK)
    st = wb_erase_record(wb, no, e);
  if (st != ST_OK)
    wb_step_fail(wb, e);
  text_free(&place);
  record_free(&r);
  return st;
}
