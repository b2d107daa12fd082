/* Private to the catalogue's files: the list of an item's fields, written once for the checker
 * (catalogue_load.c), the tailoring (tailoring.c) and copying and freeing (catalogue.c). */
#ifndef MB_CHECKLISTS_CATALOGUE_RULES_H
#define MB_CHECKLISTS_CATALOGUE_RULES_H

#include "checklists/catalogue.h"
#include "checklists/conf.h"

/* Enumerations as they stand in the files, NULL-terminated, in the order of their enums (catalogue.c). */
extern const char *const cadence_keys[], *const level_keys[];
extern const char *const channel_names[], *const item_field_names[];

/* Numbers from here on belong to counties' own items (tailoring). */
#define ITEM_OWN_FIRST 90

/* ---- catalogue_load.c */
extern const struct conf_rule item_rules[], span_rules[];
const char *conf_is_item_id(const struct conf *node); /* a check function for rules */
/* What the table of rules cannot say of one item: empty lists, fields named in unverified.  node may be
 * faulty. */
size_t item_check(const struct conf *node, struct findings *f);
/* "19.05" -> domain part "19" compared with no, sequence as result; -1 when it is not such an id. */
int item_sequence(const char *id, const char *no);

/* ---- catalogue_build.c: fill a zeroed struct from a checked node.  False: out of memory; what was filled is
 * then freed as usual. */
bool item_read(struct item *item, const struct conf *node);
bool domain_read(struct domain *d, const struct conf *node);
bool strings_read(struct strings *out, const struct conf *array); /* array NULL: empty */
struct span span_read(const struct conf *group);                  /* NULL: SPAN_NONE */

/* ---- catalogue.c */
void strings_free(struct strings *s);
struct catalogue *catalogue_copy(const struct catalogue *c); /* NULL: out of memory */

#endif
