/* The catalogue inside the workbook: stored whole when the workbook is made (with the
 * county's tailoring), loaded whole when it is opened, so that the file can be read alone.
 *
 * The columns of an item are listed once, below; storing, loading and both SQL texts come
 * from that list.  Lists of texts become lines (a line break inside an element becomes a
 * space), sets become words with ";" between them: readable in the sqlite3 shell.
 */
#include "checklists/workbook_private.h"

#include <stdlib.h>
#include <string.h>

enum kind {
  TEXT, LINES, WORDS, NUMBER, UNIT, FLAG, CADENCE, MODE, PERSONAL, CHANNELS, RULE, LEVELS, FIELDS, CONFIRM
};

/* column, kind, member of struct item */
#define ITEM_COLUMNS(X) \
  X("id", TEXT, id) X("level1", TEXT, level1) X("level2", TEXT, level2) X("content", LINES, content) \
  X("basis", LINES, basis) X("deadline_text", TEXT, deadline_text) X("cadence", CADENCE, cadence) \
  X("within_n", NUMBER, within) X("within_unit", UNIT, within) X("event", TEXT, event) \
  X("notice_n", NUMBER, notice) X("notice_unit", UNIT, notice) X("publisher", TEXT, publisher) \
  X("channels", CHANNELS, channels) X("channel_rule", RULE, channel_all) X("audience", TEXT, audience) \
  X("mode", MODE, mode) X("levels", LEVELS, levels) X("personal", PERSONAL, personal) \
  X("has_review", FLAG, has_review) X("proposer", TEXT, review.proposer) \
  X("reviewer", TEXT, review.reviewer) X("approver", TEXT, review.approver) \
  X("signers", LINES, review.signers) X("verified", FLAG, verified) X("unverified", FIELDS, unverified) \
  X("same_as", WORDS, same_as) X("superseded_by", TEXT, superseded_by) X("remark", TEXT, remark) \
  X("dropped", TEXT, dropped) X("confirm", CONFIRM, confirm_implied) X("assigned", TEXT, assigned) \
  X("added", FLAG, added)

#define DOMAIN_COLUMNS(X) \
  X("no", TEXT, no) X("slug", TEXT, slug) X("name", TEXT, name) X("guideline_title", TEXT, guideline_title) \
  X("guideline_issuer", TEXT, guideline_issuer) X("guideline_document", TEXT, guideline_document) \
  X("guideline_date", TEXT, guideline_date) X("notes", TEXT, notes)

static const struct column { enum kind kind; size_t at; } item_columns[] = {
#define X(name, kind, member) {kind, offsetof(struct item, member)},
  ITEM_COLUMNS(X)
#undef X
}, domain_columns[] = {
#define X(name, kind, member) {kind, offsetof(struct domain, member)},
  DOMAIN_COLUMNS(X)
#undef X
};
#define N_ITEM (sizeof item_columns / sizeof item_columns[0])
#define N_DOMAIN (sizeof domain_columns / sizeof domain_columns[0])

#define NAME(name, kind, member) ", " name
#define MARK(name, kind, member) ", ?"
static const char item_insert[] =
    "INSERT INTO item (no, domain" ITEM_COLUMNS(NAME) ") VALUES (?, ?" ITEM_COLUMNS(MARK) ")";
static const char item_select[] = "SELECT no, domain" ITEM_COLUMNS(NAME) " FROM item ORDER BY no";
/* A constant before the columns lets the list begin with a comma here as well. */
static const char domain_insert[] =
    "INSERT INTO domain SELECT column2, column3, column4, column5, column6, column7, column8, column9"
    " FROM (VALUES (0" DOMAIN_COLUMNS(MARK) "))";
static const char domain_select[] = "SELECT 0" DOMAIN_COLUMNS(NAME) " FROM domain ORDER BY no";

/* ---- words for values.  A name at index i stands for value i, or for bit i. */

static const char *const mode_words[] = {"主动", "依申请", NULL};
static const char *const personal_words[] = {"none", "names", "special", NULL};
static const char *const unit_words[] = {"", "workdays", "days", NULL};
static const char *const rule_words[] = {"any", "all", NULL};
static const char *const confirm_words[] = {"required", "implied", NULL};

static const char *cadence_word(int i) { return i < CAD_COUNT ? cadence_key((enum cadence)i) : NULL; }
static const char *level_word(int i) { return i < LEVEL_COUNT ? level_key((enum level)i) : NULL; }
static const char *field_word(int i) { return i < IF_COUNT ? item_field_name((enum item_field)i) : NULL; }
static const char *mode_word(int i) { return mode_words[i]; }
static const char *personal_word(int i) { return personal_words[i]; }
static const char *unit_word(int i) { return unit_words[i]; }
static const char *rule_word(int i) { return rule_words[i]; }
static const char *confirm_word(int i) { return confirm_words[i]; }

/* Index of the n bytes at s among the words; -1. */
static int word_find(const char *(*word)(int), const char *s, size_t n)
{
  for (int i = 0; word(i) != NULL; i++) {
    if (strlen(word(i)) == n && memcmp(word(i), s, n) == 0)
      return i;
  }
  return -1;
}

static void bits_add(struct text *out, unsigned bits, const char *(*word)(int))
{
  bool first = true;
  for (int i = 0; word(i) != NULL; i++) {
    if ((bits >> i & 1) == 0)
      continue;
    if (!first)
      text_addc(out, ';');
    text_add(out, word(i));
    first = false;
  }
}

static bool bits_read(const char *s, const char *(*word)(int), unsigned *bits)
{
  *bits = 0;
  while (s != NULL && *s != '\0') {
    size_t n = strcspn(s, ";");
    int i = word_find(word, s, n);
    if (i < 0)
      return false;
    *bits |= 1u << i;
    s += n + (s[n] == ';');
  }
  return true;
}

static void list_add(struct text *out, const struct strings *list, char between)
{
  for (size_t i = 0; i < list->n; i++) {
    if (i > 0)
      text_addc(out, between);
    for (const char *p = list->s[i]; *p != '\0'; p++)
      text_addc(out, *p == between ? ' ' : *p);
  }
}

/* ---- storing */

/* What a cell is bound to: a number, or text (borrowed, or built in `built`). */
static void bind_cell(struct db *db, sqlite3_stmt *st, int i, const struct column *c, const void *row,
                      struct text *built)
{
  const void *p = (const char *)row + c->at;
  const struct span *span = p;
  const char *s = NULL;
  text_clear(built);
  switch (c->kind) {
  case TEXT: s = *(char *const *)p; break;
  case LINES: case WORDS:
    list_add(built, p, c->kind == LINES ? '\n' : ';');
    s = ((const struct strings *)p)->n > 0 ? text_str(built) : NULL;
    break;
  case NUMBER:
    if (span->unit != SPAN_NONE)
      db_int(db, st, i, span->n);
    return;
  case UNIT: s = span->unit != SPAN_NONE ? unit_word((int)span->unit) : NULL; break;
  case FLAG: db_int(db, st, i, *(const bool *)p); return;
  case CADENCE: s = cadence_word((int)*(const enum cadence *)p); break;
  case MODE: s = mode_word((int)*(const enum item_mode *)p); break;
  case PERSONAL: s = personal_word((int)*(const enum personal *)p); break;
  case RULE: s = rule_word(*(const bool *)p); break;
  case CONFIRM: s = confirm_word(*(const bool *)p); break;
  case CHANNELS: bits_add(built, *(const uint16_t *)p, channel_name); s = text_str(built); break;
  case LEVELS: bits_add(built, *(const uint8_t *)p, level_word); s = text_str(built); break;
  case FIELDS: bits_add(built, *(const uint16_t *)p, field_word); s = text_str(built); break;
  }
  if (s != NULL) /* built is used again for the next cell: SQLite keeps its own copy */
    db->unbound |= sqlite3_bind_text(st, i, s, -1, SQLITE_TRANSIENT) != SQLITE_OK;
}

static enum status store_row(struct db *db, sqlite3_stmt *st, int first, const struct column *columns,
                             size_t n, const void *row, struct error *e)
{
  struct text built = {0};
  for (size_t i = 0; i < n; i++) {
    bind_cell(db, st, first + (int)i, &columns[i], row, &built);
    db->unbound |= !text_ok(&built);
  }
  enum status result = db_run(db, st, e);
  text_free(&built);
  return result;
}

enum status wb_store_catalogue(struct db *db, const struct catalogue *c, struct error *e)
{
  enum status result = ST_OK;
  for (size_t i = 0; i < c->n_domains && result == ST_OK; i++) {
    sqlite3_stmt *st = db_prepare(db, domain_insert, e);
    if (st == NULL)
      return e->status;
    result = store_row(db, st, 1, domain_columns, N_DOMAIN, &c->domains[i], e);
  }
  for (size_t i = 0; i < c->n_items && result == ST_OK; i++) {
    sqlite3_stmt *st = db_prepare(db, item_insert, e);
    if (st == NULL)
      return e->status;
    db_int(db, st, 1, (int64_t)i + 1);
    db_text(db, st, 2, c->domains[c->items[i].domain].no);
    result = store_row(db, st, 3, item_columns, N_ITEM, &c->items[i], e);
  }
  return result;
}

/* ---- loading: all texts go into blocks that hang on one list */

#define BLOCK ((size_t)128 << 10)
struct block { struct block *next; size_t used, size; };
struct kept { struct catalogue c; struct block *blocks; };

static void *keep(struct kept *k, size_t n)
{
  n = (n + 7) & ~(size_t)7;
  struct block *b = k->blocks;
  if (b == NULL || b->size - b->used < n) {
    size_t size = n > BLOCK ? n : BLOCK;
    b = malloc(sizeof *b + size);
    if (b == NULL)
      return NULL;
    *b = (struct block){k->blocks, 0, size};
    k->blocks = b;
  }
  void *p = (char *)(b + 1) + b->used;
  b->used += n;
  return p;
}

static char *keep_text(struct kept *k, const char *s)
{
  size_t n = strlen(s) + 1;
  char *p = keep(k, n);
  return p != NULL ? memcpy(p, s, n) : NULL;
}

static bool load_list(struct kept *k, const char *s, char between, struct strings *out)
{
  *out = (struct strings){0};
  if (s == NULL)
    return true;
  size_t n = 1;
  for (const char *p = s; (p = strchr(p, between)) != NULL; p++)
    n++;
  char *copy = keep_text(k, s);
  out->s = keep(k, n * sizeof *out->s);
  if (copy == NULL || out->s == NULL)
    return false;
  for (char *at = copy; out->n < n; ) {
    out->s[out->n++] = at;
    at = strchr(at, between);
    if (at == NULL)
      break;
    *at++ = '\0';
  }
  return true;
}

/* Index of the word in a cell, 0 for a NULL cell; *ok false when it is none of them. */
static int load_word(const char *s, const char *(*word)(int), bool *ok)
{
  int i = s != NULL ? word_find(word, s, strlen(s)) : 0;
  *ok = i >= 0;
  return i >= 0 ? i : 0;
}

/* False: out of memory, or a value that no version of ours writes. */
static bool load_cell(struct kept *k, sqlite3_stmt *st, int i, const struct column *c, void *row)
{
  void *p = (char *)row + c->at;
  const char *s = c->kind != NUMBER && c->kind != FLAG ? db_col(st, i) : NULL;
  bool ok = true;
  unsigned bits = 0;
  switch (c->kind) {
  case TEXT: return s == NULL || (*(char **)p = keep_text(k, s)) != NULL;
  case LINES: return load_list(k, s, '\n', p);
  case WORDS: return load_list(k, s, ';', p);
  case NUMBER: ((struct span *)p)->n = sqlite3_column_int(st, i); break;
  case UNIT: ((struct span *)p)->unit = (enum span_unit)load_word(s, unit_word, &ok); break;
  case FLAG: *(bool *)p = sqlite3_column_int(st, i) != 0; break;
  case CADENCE: *(enum cadence *)p = (enum cadence)load_word(s, cadence_word, &ok); break;
  case MODE: *(enum item_mode *)p = (enum item_mode)load_word(s, mode_word, &ok); break;
  case PERSONAL: *(enum personal *)p = (enum personal)load_word(s, personal_word, &ok); break;
  case RULE: *(bool *)p = load_word(s, rule_word, &ok) != 0; break;
  case CONFIRM: *(bool *)p = load_word(s, confirm_word, &ok) != 0; break;
  case CHANNELS: ok = bits_read(s, channel_name, &bits); *(uint16_t *)p = (uint16_t)bits; break;
  case LEVELS: ok = bits_read(s, level_word, &bits); *(uint8_t *)p = (uint8_t)bits; break;
  case FIELDS: ok = bits_read(s, field_word, &bits); *(uint16_t *)p = (uint16_t)bits; break;
  }
  return ok;
}

static bool load_row(struct kept *k, sqlite3_stmt *st, int first, const struct column *columns, size_t n,
                     void *row)
{
  for (size_t i = 0; i < n; i++) {
    if (!load_cell(k, st, first + (int)i, &columns[i], row))
      return false;
  }
  return true;
}

/* Rows come in the order of the catalogue; anything else is a damaged file. */
static bool place_item(struct catalogue *c, size_t i, int64_t no, const char *domain)
{
  struct item *item = &c->items[i];
  int d = i > 0 ? c->items[i - 1].domain : 0;
  while (d < (int)c->n_domains && (domain == NULL || strcmp(c->domains[d].no, domain) != 0))
    d++;
  if (d == (int)c->n_domains || no != (int64_t)i + 1 || item->id == NULL)
    return false;
  item->domain = d;
  if (c->domains[d].n++ == 0)
    c->domains[d].first = (int)i;
  return true;
}

static enum status bad(struct workbook *wb, struct error *e)
{
  return error_set(e, ST_DATA, "wb.damaged", _("台账 %s 已损坏：里面的标准目录读不出来；请从备份恢复"), wb->path);
}

static enum status load_domains(struct workbook *wb, struct kept *k, size_t n, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, domain_select, e);
  if (st == NULL)
    return e->status;
  int more = 1;
  bool ok = true;
  while (ok && k->c.n_domains < n && (more = db_step(&wb->db, st, e)) == 1) {
    struct domain *d = &k->c.domains[k->c.n_domains++];
    ok = load_row(k, st, 1, domain_columns, N_DOMAIN, d) && d->no != NULL && d->name != NULL;
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return ok ? ST_OK : bad(wb, e);
}

static enum status load_items(struct workbook *wb, struct kept *k, size_t n, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, item_select, e);
  if (st == NULL)
    return e->status;
  int more = 1;
  bool ok = true;
  while (ok && k->c.n_items < n && (more = db_step(&wb->db, st, e)) == 1) {
    size_t i = k->c.n_items++;
    ok = load_row(k, st, 2, item_columns, N_ITEM, &k->c.items[i]) &&
         place_item(&k->c, i, sqlite3_column_int64(st, 0), db_col(st, 1));
  }
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return ok ? ST_OK : bad(wb, e);
}

static enum status load_edition(struct workbook *wb, struct kept *k, struct error *e)
{
  sqlite3_stmt *st = db_prepare(&wb->db, "SELECT value FROM meta WHERE key = 'edition'", e);
  if (st == NULL)
    return e->status;
  int more = db_step(&wb->db, st, e);
  k->c.edition = more == 1 ? keep_text(k, db_col(st, 0)) : NULL;
  db_done(&wb->db, st);
  if (more < 0)
    return e->status;
  return k->c.edition != NULL ? ST_OK : bad(wb, e);
}

enum status wb_load_catalogue(struct workbook *wb, struct error *e)
{
  struct kept *k = calloc(1, sizeof *k);
  if (k == NULL)
    return error_nomem(e);
  wb->catalogue = &k->c; /* the first member: wb_free_catalogue finds the rest */
  int64_t domains = 0, items = 0;
  enum status st = db_number(&wb->db, "SELECT count(*) FROM domain", 0, &domains, e);
  if (st == ST_OK)
    st = db_number(&wb->db, "SELECT count(*) FROM item", 0, &items, e);
  if (st != ST_OK)
    return st;
  size_t bytes_d = (size_t)domains * sizeof *k->c.domains, bytes_i = (size_t)items * sizeof *k->c.items;
  k->c.domains = keep(k, bytes_d + 8);
  k->c.items = keep(k, bytes_i + 8);
  if (k->c.domains == NULL || k->c.items == NULL)
    return error_nomem(e);
  memset(k->c.domains, 0, bytes_d);
  memset(k->c.items, 0, bytes_i);
  st = load_edition(wb, k, e);
  if (st == ST_OK)
    st = load_domains(wb, k, (size_t)domains, e);
  if (st == ST_OK)
    st = load_items(wb, k, (size_t)items, e);
  if (st == ST_OK && !catalogue_seal(&k->c))
    st = error_nomem(e);
  return st;
}

void wb_free_catalogue(struct workbook *wb)
{
  struct kept *k = (struct kept *)wb->catalogue;
  if (k == NULL)
    return;
  free(k->c.asked);
  for (struct block *b = k->blocks, *next; b != NULL; b = next) {
    next = b->next;
    free(b);
  }
  free(k);
  wb->catalogue = NULL;
}

const struct catalogue *wb_catalogue(const struct workbook *wb)
{
  return wb->catalogue;
}
