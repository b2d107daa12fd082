/* mingbai items: the catalogue to look at.  Without a filter the domains with their counts, with one the
 * items that fit all filters, with --item one item whole.  From a workbook's own catalogue when one is named
 * (tailored, of its edition), else the program's. */
#include "batch/items.h"
#include "base/utf8.h"
#include "batch/command.h"

#include <string.h>

struct filter {
  unsigned long long domains; /* bits by index; 0: all */
  int level, cadence;         /* -1: all */
  bool unverified, unverified_fields;
  bool any;                   /* some filter was given */
};

/* ---- reading the filters */

static int find_cadence(const char *given) {
  for (int i = 0; i < CAD_COUNT; i++)
    if (strcmp(given, cadence_key((enum cadence)i)) == 0 || strcmp(given, cadence_name((enum cadence)i)) == 0)
      return i;
  return -1;
}

static enum status read_domains(const struct args *args, const struct catalogue *c, struct filter *f,
                                struct error *e) {
  const char *const *given;
  size_t n = args_all(args, "domain", &given);
  for (size_t i = 0; i < n; i++) {
    int at = catalogue_find_domain(c, given[i]);
    if (at < 0 || at >= 64)
      return error_set(e, ST_DATA, "domain.unknown",
                       _("没有领域“%s”；写两位编号（19）或名称（社会救助），用 mingbai items 可以列出"), given[i]);
    f->domains |= 1ULL << at;
  }
  return ST_OK;
}

static enum status read_filter(struct app *app, const struct args *args, struct filter *f) {
  const char *level = args_get(args, "level"), *cadence = args_get(args, "cadence");
  *f = (struct filter){.level = -1, .cadence = -1};
  if (level && (f->level = level_find(level)) < 0)
    return report_usage(app, &command_items, _("没有级别“%s”，应是 county、township、village 或 department"), level);
  if (cadence && (f->cadence = find_cadence(cadence)) < 0)
    return report_usage(app, &command_items,
                        _("没有公开频次“%s”，应是 standing、event、before、monthly、quarterly、halfyear 或 annual"),
                        cadence);
  f->unverified = args_has(args, "unverified");
  f->unverified_fields = args_has(args, "unverified-fields");
  f->any = level || cadence || f->unverified || f->unverified_fields || args_has(args, "domain");
  return ST_OK;
}

static bool has_level(const struct item *item, int level) {
  return level == LEVEL_DEPARTMENT ? item->assigned != NULL : (item->levels >> level & 1) != 0;
}

/* Seen on a published table, but not all of it. */
static bool has_open_fields(const struct item *item) {
  return item->verified && item->unverified != 0;
}

static bool fits(const struct filter *f, const struct item *item) {
  if (f->domains != 0 && !(f->domains >> item->domain & 1)) return false;
  if (f->level >= 0 && !has_level(item, f->level)) return false;
  if (f->cadence >= 0 && item->cadence != (enum cadence)f->cadence) return false;
  if (!f->unverified && !f->unverified_fields) return true;
  return (f->unverified && !item->verified) || (f->unverified_fields && has_open_fields(item));
}

/* ---- the domains */

struct counts { int items, asked[LEVEL_COUNT], unverified, fields; };

static void count_item(struct counts *n, const struct catalogue *c, int i) {
  const struct item *item = &c->items[i];
  n->items++;
  for (int l = 0; l < LEVEL_COUNT; l++) n->asked[l] += c->asked[i] >> l & 1;
  n->unverified += !item->verified;
  n->fields += has_open_fields(item);
}

static void add_counts(struct text *out, const struct counts *n) {
  text_addf(out, "%6d%6d%6d%6d%6d\n", n->items, n->asked[LEVEL_COUNTY] + n->asked[LEVEL_DEPARTMENT],
            n->asked[LEVEL_TOWNSHIP], n->asked[LEVEL_VILLAGE], n->unverified);
}

static void list_domains(struct text *out, const struct catalogue *c) {
  struct counts all = {0};
  int width = 0;
  for (size_t d = 0; d < c->n_domains; d++) {
    int w = utf8_width(c->domains[d].name);
    width = w > width ? w : width;
  }
  width = width > 40 ? 40 : width;
  utf8_fit(out, _("编号"), 6, false);
  utf8_fit(out, _("领域"), width, false);
  const char *const heads[] = {_("事项"), _("县级"), _("乡级"), _("村级"), _("待核")};
  for (size_t i = 0; i < 5; i++) utf8_fit(out, heads[i], 6, true);
  text_addc(out, '\n');
  for (size_t d = 0; d < c->n_domains; d++) {
    struct counts n = {0};
    const struct domain *dom = &c->domains[d];
    for (int i = dom->first; i < dom->first + dom->n; i++) {
      count_item(&n, c, i);
      count_item(&all, c, i);
    }
    utf8_fit(out, dom->no, 6, false);
    utf8_fit(out, dom->name, width, false);
    add_counts(out, &n);
  }
  utf8_fit(out, _("合计"), width + 6, false);
  add_counts(out, &all);
  text_addf(out, _("%zu 个领域，%d 项，版次 %s。\n"), c->n_domains, all.items, c->edition);
  text_add(out, _("县级、乡级、村级：一个这样的单位要公开的项数，已替代、依申请、别处已填的不算。\n"));
  text_addf(out, _("待核：%d 项整行未见原表；另有 %d 项个别字段待核。\n"), all.unverified, all.fields);
}

static void domains_json(struct json *j, const struct catalogue *c) {
  json_open(j, "domains", '[');
  for (size_t d = 0; d < c->n_domains; d++) {
    const struct domain *dom = &c->domains[d];
    struct counts n = {0};
    for (int i = dom->first; i < dom->first + dom->n; i++) count_item(&n, c, i);
    json_nl(j);
    json_open(j, NULL, '{');
    json_str(j, "no", dom->no);
    json_str(j, "slug", dom->slug);
    json_str(j, "name", dom->name);
    json_int(j, "items", n.items);
    json_open(j, "asked", '{');
    for (int l = 0; l < LEVEL_COUNT; l++) json_int(j, level_key((enum level)l), n.asked[l]);
    json_close(j, '}');
    json_int(j, "unverified", n.unverified);
    json_int(j, "unverified_fields", n.fields);
    json_close(j, '}');
  }
  json_close(j, ']');
}

/* ---- the items: "19.05  NAME  DEADLINE  县乡村  marks" under their domain and first-level name */

enum { INDENT = 4, DEADLINE_ENOUGH = 22 };
struct widths { int name, deadline, marks; };

static void max_width(int *max, const char *s) {
  int w = utf8_width(s);
  if (w > *max) *max = w;
}

/* The two texts share what the other columns leave; the name comes first. */
static struct widths measure_items(const struct catalogue *c, const struct filter *f, int columns) {
  struct widths w = {0, 0, 0};
  struct text marks = {0};
  for (size_t i = 0; i < c->n_items; i++) {
    if (!fits(f, &c->items[i])) continue;
    max_width(&w.name, item_title(&c->items[i]));
    max_width(&w.deadline, c->items[i].deadline_text);
    text_clear(&marks);
    item_marks(&marks, &c->items[i]);
    max_width(&w.marks, text_str(&marks));
  }
  text_free(&marks);
  int room = (columns < 60 ? 60 : columns) - INDENT - 7 - 2 - 2 - 6 - (w.marks > 0 ? w.marks + 2 : 0);
  if (w.name + w.deadline > room) {
    int least = w.deadline < DEADLINE_ENOUGH ? w.deadline : DEADLINE_ENOUGH;
    if (least > room / 2) least = room / 2;
    if (w.name > room - least) w.name = room - least;
    w.deadline = room - w.name;
  }
  return w;
}

static void add_item_line(struct text *out, const struct item *item, struct widths w) {
  struct text marks = {0};
  text_pad(out, ' ', INDENT);
  text_addf(out, "%s%c ", item->id, has_open_fields(item) ? '*' : ' ');
  utf8_fit(out, item_title(item), w.name, false);
  text_add(out, "  ");
  utf8_fit(out, item->deadline_text, w.deadline, false);
  text_add(out, "  ");
  item_levels(out, item);
  item_marks(&marks, item);
  if (marks.len > 0) text_addf(out, "  %s", text_str(&marks));
  text_addc(out, '\n');
  text_free(&marks);
}

static void list_items(struct text *out, const struct catalogue *c, const struct filter *f, int columns) {
  struct widths w = measure_items(c, f, columns);
  const struct item *before = NULL;
  int n = 0, unverified = 0, fields = 0;
  for (size_t i = 0; i < c->n_items; i++) {
    const struct item *item = &c->items[i];
    const struct domain *d = &c->domains[item->domain];
    if (!fits(f, item)) continue;
    bool new_domain = before == NULL || before->domain != item->domain;
    if (new_domain) text_addf(out, "%s%s %s\n", before ? "\n" : "", d->no, d->name);
    if (new_domain || strcmp(before->level1, item->level1) != 0) text_addf(out, "  %s\n", item->level1);
    add_item_line(out, item, w);
    before = item;
    n++;
    unverified += !item->verified;
    fields += has_open_fields(item);
  }
  text_addf(out, _("%s共 %d 项，其中待核 %d 项。"), n > 0 ? "\n" : "", n, unverified);
  if (fields > 0) text_addf(out, _("另有 %d 项个别字段待核，标 *。"), fields);
  text_addc(out, '\n');
}

static void items_json(struct json *j, const struct catalogue *c, const struct filter *f) {
  json_open(j, "items", '[');
  for (size_t i = 0; i < c->n_items; i++) {
    if (!fits(f, &c->items[i])) continue;
    json_nl(j);
    item_json(j, c, (int)i);
  }
  json_close(j, ']');
}

/* ---- the command */

/* The items named by --item, whole. */
static enum status show_items(struct app *app, const struct args *args, const struct catalogue *c,
                              struct text *out, struct json *j) {
  const char *const *ids;
  size_t n = args_all(args, "item", &ids);
  if (app->json) json_open(j, "items", '[');
  for (size_t i = 0; i < n; i++) {
    struct error e = {0};
    int at = app_item(c, ids[i], &e);
    if (at < 0) return report_error(app, &e);
    if (app->json) item_json(j, c, at);
    else {
      if (i > 0) text_addc(out, '\n');
      item_show(out, c, at, app->columns);
    }
  }
  if (app->json) json_close(j, ']');
  return ST_OK;
}

static enum status show(struct app *app, const struct args *args, const struct catalogue *c,
                        struct text *out) {
  struct filter f;
  struct error e = {0};
  struct json j;
  enum status st = read_filter(app, args, &f);
  if (st != ST_OK) return st;
  if (read_domains(args, c, &f, &e) != ST_OK) return report_error(app, &e);
  json_init(&j, out);
  if (app->json) {
    json_open(&j, NULL, '{');
    json_str(&j, "schema", "mingbai.items/1");
    json_str(&j, "edition", c->edition);
  }
  if (args_has(args, "item")) st = show_items(app, args, c, out, &j);
  else if (app->json && f.any) items_json(&j, c, &f);
  else if (app->json) domains_json(&j, c);
  else if (f.any) list_items(out, c, &f, app->columns);
  else list_domains(out, c);
  if (app->json) {
    json_close(&j, '}');
    text_addc(out, '\n');
  }
  return st;
}

static enum status run_items(struct app *app, const struct args *args) {
  struct workbook *wb = NULL;
  struct catalogue *own = NULL;
  struct text out = {0};
  enum status st = ST_OK;
  if (args->n_files > 0) st = app_open(app, args->file[0], WB_READ, &wb);
  else if ((own = app_catalogue(app)) == NULL) st = ST_CONFIG;
  if (st == ST_OK) st = show(app, args, wb ? wb_catalogue(wb) : own, &out);
  if (st == ST_OK) fputs(text_str(&out), app->out);
  wb_close(wb);
  catalogue_free(own);
  text_free(&out);
  return st;
}

static const struct option_spec options[] = {
  {"domain", "D", N_("只列这个领域（编号 19、名称 社会救助 或 social-assistance）"), true, 0},
  {"level", "LEVEL", N_("只列这一级公开的：county、township、village 或 department"), false, 0},
  {"cadence", "C", N_("只列这种频次：standing、event、before、monthly、quarterly、halfyear 或 annual"), false, 0},
  {"unverified", NULL, N_("只列整行待核的"), false, 0},
  {"unverified-fields", NULL, N_("只列个别字段待核的"), false, 0},
  {"item", "ID", N_("把一项的所有字段列出来"), true, 0},
  {NULL, NULL, NULL, false, 0},
};

const struct command command_items = {
  .name = "items",
  .operands = "[FILE]",
  .summary = N_("列出领域和公开事项"),
  .examples = N_("  # 26 个领域和项数\n"
                 "  mingbai items\n"
                 "  # 社会救助领域里村级要公开的\n"
                 "  mingbai items --domain 社会救助 --level village\n"
                 "  # 一项的全部字段\n"
                 "  mingbai items --item 19.05\n"
                 "  # 台账里的目录（含本地化）中待核的\n"
                 "  mingbai items 高平.mingbai --unverified\n"),
  .options = options,
  .min_files = 0,
  .max_files = 1,
  .run = run_items,
};
