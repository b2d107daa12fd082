/* The catalogue: 26 domains with their items, in one edition, and what a county
 * changed of it (tailoring).
 *
 * Read from checklists/domains/NN-*.cfg when a workbook is made, kept inside the
 * workbook from then on.  Read-only after loading.  All strings are owned by the
 * catalogue and live until catalogue_free().
 * Fields: those of the ministries' standard tables (标准目录); see the head of each .cfg.
 */
#ifndef MB_CHECKLISTS_CATALOGUE_H
#define MB_CHECKLISTS_CATALOGUE_H

#include "base/error.h"
#include "checklists/day.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cadence { CAD_STANDING, CAD_EVENT, CAD_BEFORE, CAD_MONTHLY, CAD_QUARTERLY, CAD_HALFYEAR, CAD_ANNUAL, CAD_COUNT };
enum level { LEVEL_COUNTY, LEVEL_TOWNSHIP, LEVEL_VILLAGE, LEVEL_DEPARTMENT, LEVEL_COUNT };
enum item_mode { MODE_ACTIVE /* 主动 */, MODE_REQUEST /* 依申请 */ };
enum personal { PERSONAL_NONE, PERSONAL_NAMES, PERSONAL_SPECIAL };
enum span_unit { SPAN_NONE, SPAN_WORKDAYS, SPAN_DAYS };
struct span { int n; enum span_unit unit; }; /* SPAN_NONE: not given (null) */

/* A list of texts. */
struct strings { char **s; size_t n; };

struct review { char *proposer, *reviewer, *approver; struct strings signers; };

/* Fields of an item that may stand in `unverified`, as bits; names in item_field_name(). */
enum item_field { IF_LEVEL1, IF_LEVEL2, IF_CONTENT, IF_BASIS, IF_DEADLINE, IF_NOTICE, IF_PUBLISHER, IF_CHANNELS, IF_AUDIENCE, IF_MODE, IF_LEVELS, IF_REVIEW, IF_COUNT };

struct item {
  char *id;            /* "19.05" */
  int domain;          /* index into catalogue.domains */
  char *level1, *level2;
  struct strings content, basis;
  char *deadline_text;
  enum cadence cadence;
  struct span within;  /* SPAN_NONE: at once */
  char *event;         /* what starts the time limit */
  struct span notice;  /* 公示期; SPAN_NONE: none fixed */
  char *publisher;
  uint16_t channels;   /* bits by channel_name() order */
  bool channel_all;    /* channel_rule: every one (else any one) */
  char *audience;
  enum item_mode mode;
  uint8_t levels;      /* bit 1 << enum level, county township village */
  enum personal personal;
  bool has_review;
  struct review review;
  bool verified;
  uint16_t unverified; /* bits by enum item_field */
  struct strings same_as;   /* ids */
  char *superseded_by;      /* id or NULL */
  char *remark;             /* or NULL */
  /* ---- tailoring */
  char *dropped;       /* reason, or NULL */
  bool confirm_implied;
  char *assigned;      /* code of the department that answers for it at county level, or NULL */
  bool added;          /* the county's own item */
};

struct domain {
  char *no, *slug, *name;
  char *guideline_title, *guideline_issuer, *guideline_document, *guideline_date; /* the last two may be NULL */
  char *notes;
  int first, n; /* its items: catalogue.items[first .. first+n-1] */
};

struct catalogue {
  char *edition; /* "2026-08" */
  struct domain *domains; size_t n_domains; /* by no */
  struct item *items; size_t n_items;       /* by id (domain, then sequence) */
  /* asked[level] bit i: items[i] asks something of a unit of that level (filled by catalogue_seal) */
  uint8_t *asked;      /* one byte an item, bit 1 << level */
};

/* Load every *.cfg of folder dir.  All findings of all files at once; NULL when one of
 * them is an error. */
struct catalogue *catalogue_load(const char *dir, struct findings *f);
void catalogue_free(struct catalogue *c);

/* Apply a county's tailoring file (libconfig; keys drop, within, reword, confirm, assign, add:
 * see checklists/tailoring.cfg.example).  On an error the catalogue is unchanged. */
bool catalogue_tailor(struct catalogue *c, const char *path, struct findings *f);

/* Fill `asked`; call once after building or changing a catalogue (catalogue_load and
 * catalogue_tailor do).  DESIGN §3: level, mode 主动, not superseded, not dropped, not
 * same_as an item that the unit has.  A department is asked only what is assigned to it;
 * an assigned item is no longer asked of the county itself. */
bool catalogue_seal(struct catalogue *c); /* false: out of memory */

/* What an item is called in a line: its level2, or its level1 where it has no second. */
const char *item_title(const struct item *item);
int catalogue_find(const struct catalogue *c, const char *id);          /* item index or -1 */
int catalogue_find_domain(const struct catalogue *c, const char *no);   /* also by slug or name; -1 */
/* Does items[item] ask something of a unit with this level and code? */
bool catalogue_asks(const struct catalogue *c, int item, enum level level, const char *unit_code);
/* May such a unit hold records of items[item] (its level has the item, whatever the rest)? */
bool catalogue_allows(const struct catalogue *c, int item, enum level level);

#define CHANNEL_COUNT 13
const char *channel_name(int i);              /* 政府网站 … 其他; NULL past the end */
int channel_find(const char *name);           /* -1 */
const char *cadence_key(enum cadence c);      /* "standing" */
const char *cadence_name(enum cadence c);     /* "长期" 常年公开 etc., Chinese */
const char *level_key(enum level l);          /* "county", "township", "village", "department" */
/* The level that a word names: its key, or its name in Chinese or in the language in use; -1. */
int level_find(const char *word);
const char *level_name(enum level l);         /* 县级 乡级 村级 部门 */
const char *item_field_name(enum item_field f); /* ASCII key */
bool cadence_recurs(enum cadence c);          /* monthly … annual */
enum period_kind cadence_period(enum cadence c); /* of its recurrences; PERIOD_NONE when it does not recur */
/* "20个工作日", "7日", "及时" for SPAN_NONE; appended */
struct text;
void span_add_cn(struct text *out, struct span s);

#endif
