/* From checked configuration trees to struct item and struct domain.  Trusts the trees: catalogue_load.c and
 * tailoring.c have checked them. */
#include "base/text.h"
#include "checklists/catalogue_rules.h"

#include <stdlib.h>
#include <string.h>

/* str_dup that remembers a failure; NULL stays NULL. */
static char *take(const char *s, bool *ok) {
  char *copy = str_dup(s);
  if (s != NULL && copy == NULL) *ok = false;
  return copy;
}

static int index_of(const char *const *keys, const char *s) {
  int i = 0;
  while (keys[i] != NULL && strcmp(keys[i], s) != 0) i++;
  return i;
}

static unsigned bits_of(const char *const *keys, const struct conf *array) {
  unsigned bits = 0;
  for (size_t i = 0; array && i < array->n; i++) bits |= 1u << index_of(keys, array->child[i]->s);
  return bits;
}

bool strings_read(struct strings *out, const struct conf *array) {
  *out = (struct strings){0};
  if (array == NULL || array->n == 0) return true;
  out->s = calloc(array->n, sizeof *out->s);
  if (out->s == NULL) return false;
  for (; out->n < array->n; out->n++)
    if ((out->s[out->n] = str_dup(array->child[out->n]->s)) == NULL) return false;
  return true;
}

struct span span_read(const struct conf *group) {
  if (group == NULL) return (struct span){0, SPAN_NONE};
  bool workdays = strcmp(conf_str(group, "unit", ""), "workdays") == 0;
  return (struct span){(int)conf_int(group, "n", 0), workdays ? SPAN_WORKDAYS : SPAN_DAYS};
}

static void read_deadline(struct item *item, const struct conf *deadline, bool *ok) {
  item->deadline_text = take(conf_str(deadline, "text", ""), ok);
  item->cadence = (enum cadence)index_of(cadence_keys, conf_str(deadline, "cadence", ""));
  item->within = span_read(conf_get(deadline, "within"));
  item->event = take(conf_str(deadline, "event", ""), ok);
}

static void read_review(struct item *item, const struct conf *review, bool *ok) {
  if (review == NULL) return;
  item->has_review = true;
  item->review.proposer = take(conf_str(review, "proposer", ""), ok);
  item->review.reviewer = take(conf_str(review, "reviewer", ""), ok);
  item->review.approver = take(conf_str(review, "approver", ""), ok);
  if (!strings_read(&item->review.signers, conf_get(review, "signers"))) *ok = false;
}

static enum personal personal_of(const char *s) {
  return strcmp(s, "names") == 0     ? PERSONAL_NAMES
         : strcmp(s, "special") == 0 ? PERSONAL_SPECIAL
                                     : PERSONAL_NONE;
}

bool item_read(struct item *item, const struct conf *node) {
  bool ok = true;
  item->id = take(conf_str(node, "id", ""), &ok);
  item->level1 = take(conf_str(node, "level1", ""), &ok);
  item->level2 = take(conf_str(node, "level2", ""), &ok);
  read_deadline(item, conf_get(node, "deadline"), &ok);
  item->notice = span_read(conf_get(node, "notice"));
  item->publisher = take(conf_str(node, "publisher", ""), &ok);
  item->channels = (uint16_t)bits_of(channel_names, conf_get(node, "channels"));
  item->channel_all = strcmp(conf_str(node, "channel_rule", ""), "all") == 0;
  item->audience = take(conf_str(node, "audience", ""), &ok);
  item->mode = strcmp(conf_str(node, "mode", ""), "主动") == 0 ? MODE_ACTIVE : MODE_REQUEST;
  item->levels = (uint8_t)bits_of(level_keys, conf_get(node, "levels"));
  item->personal = personal_of(conf_str(node, "personal", ""));
  read_review(item, conf_get(node, "review"), &ok);
  item->verified = conf_bool(node, "verified", false);
  item->unverified = (uint16_t)bits_of(item_field_names, conf_get(node, "unverified"));
  item->superseded_by = take(conf_str(node, "superseded_by", NULL), &ok);
  item->remark = take(conf_str(node, "remark", NULL), &ok);
  return strings_read(&item->content, conf_get(node, "content")) &&
         strings_read(&item->basis, conf_get(node, "basis")) &&
         strings_read(&item->same_as, conf_get(node, "same_as")) && ok;
}

bool domain_read(struct domain *d, const struct conf *node) {
  bool ok = true;
  const struct conf *guideline = conf_get(node, "guideline");
  d->no = take(conf_str(node, "no", ""), &ok);
  d->slug = take(conf_str(node, "slug", ""), &ok);
  d->name = take(conf_str(node, "name", ""), &ok);
  d->guideline_title = take(conf_str(guideline, "title", ""), &ok);
  d->guideline_issuer = take(conf_str(guideline, "issuer", ""), &ok);
  d->guideline_document = take(conf_str(guideline, "document", NULL), &ok);
  d->guideline_date = take(conf_str(guideline, "date", NULL), &ok);
  d->notes = take(conf_str(node, "notes", ""), &ok);
  return ok;
}
