/* The rows of the print form: what may be chosen in each, and the choice that comes of them. */
#include "base/file.h"
#include "base/text.h"
#include "tui/draw_item.h"
#include "tui/life.h"
#include "tui/view_print.h"

#include <stdlib.h>

#define FOLDER "打印"

/* ---- units */

static enum level level_of(const struct print_view *v) {
  return ui_unit(v->ui, v->place.unit)->level;
}

static bool units_offered(const struct print_view *v, enum print_units range) {
  enum level level = level_of(v);
  bool below = level == LEVEL_VILLAGE || level == LEVEL_TOWNSHIP;
  if (v->kind->of == SHEET_OF_RECORD && v->what == WHAT_RECORD) return range == UNITS_THIS;
  if (range == UNITS_VILLAGES) return below;
  return range == UNITS_THIS || !below;
}

static bool in_range(const struct print_view *v, int i) {
  const struct unit *u = ui_unit(v->ui, i), *own = ui_unit(v->ui, v->place.unit);
  switch (v->units) {
  case UNITS_VILLAGES: return u->level == LEVEL_VILLAGE && u->township == own->township;
  case UNITS_TOWNSHIPS: return u->level == LEVEL_TOWNSHIP;
  case UNITS_ALL_VILLAGES: return u->level == LEVEL_VILLAGE;
  default: return i == v->place.unit;
  }
}

static size_t count_units(const struct print_view *v) {
  size_t n = 0;
  for (size_t i = 0; i < v->ui->n_units; i++) n += in_range(v, (int)i);
  return n;
}

static void units_value(struct print_view *v, struct text *out) {
  const struct unit *own = ui_unit(v->ui, v->place.unit);
  switch (v->units) {
  case UNITS_VILLAGES:
    text_addf(out, _("%s各村（%zu 个）"), ui_unit(v->ui, own->township)->name, count_units(v));
    break;
  case UNITS_TOWNSHIPS: text_addf(out, _("各乡镇（%zu 个）"), count_units(v)); break;
  case UNITS_ALL_VILLAGES: text_addf(out, _("各乡镇的各村（%zu 个）"), count_units(v)); break;
  default: text_add(out, own->name);
  }
}

static void units_step(struct print_view *v, int by) {
  int at = (int)v->units;
  do at = (at + by + UNITS_RANGES) % UNITS_RANGES;
  while (!units_offered(v, (enum print_units)at));
  v->units = (enum print_units)at;
}

/* ---- kind */

static void kind_value(struct print_view *v, struct text *out) {
  text_addf(out, _("%s（%s）"), _(v->kind->label), _(v->kind->each));
}

static void kind_step(struct print_view *v, int by) {
  size_t n;
  const struct sheet_kind *all = sheet_kinds(&n);
  v->kind = &all[((size_t)(v->kind - all) + n + (size_t)(by + (int)n)) % n];
  v->template = 0;
  if (!units_offered(v, v->units)) v->units = UNITS_THIS;
}

/* ---- what of it */

static bool what_offered(const struct print_view *v, enum print_what what) {
  switch (what) {
  case WHAT_RECORD: return v->record.no != 0;
  case WHAT_ITEM: return v->place.item >= 0;
  case WHAT_DOMAIN: return v->place.domain >= 0;
  default: return true;
  }
}

static bool asked(const struct print_view *v, int domain) {
  const struct domain *d = &v->ui->catalogue->domains[domain];
  const struct unit *u = ui_unit(v->ui, v->place.unit);
  for (int i = d->first; i < d->first + d->n; i++)
    if (catalogue_asks(v->ui->catalogue, i, u->level, u->code)) return true;
  return false;
}

/* Boards: all domains (-1), then one after the other. */
static void domain_step(struct print_view *v, int by) {
  int n = (int)v->ui->catalogue->n_domains + 1, at = v->domain + 1;
  do at = (at + by + n) % n;
  while (at > 0 && !asked(v, at - 1));
  v->domain = at - 1;
}

static void what_step(struct print_view *v, int by) {
  int at = (int)v->what;
  if (v->kind->of == SHEET_OF_DOMAIN) {
    domain_step(v, by);
    return;
  }
  do at = (at + by + WHAT_ALL + 1) % (WHAT_ALL + 1);
  while (!what_offered(v, (enum print_what)at));
  v->what = (enum print_what)at;
  if (!units_offered(v, v->units)) v->units = UNITS_THIS;
}

static void domain_value(struct print_view *v, int domain, struct text *out) {
  if (domain < 0) text_add(out, _("全部领域"));
  else text_addf(out, "%s %s", v->ui->catalogue->domains[domain].no, v->ui->catalogue->domains[domain].name);
}

static void record_value(struct print_view *v, struct text *out) {
  const char *title = record_get(&v->record, FIELD_TITLE);
  text_add(out, _("这一条："));
  if (*record_get(&v->record, FIELD_EVENT)) text_addf(out, "%s ", record_get(&v->record, FIELD_EVENT));
  if (*title) text_add(out, title);
  else add_item_name(v->ui, v->place.item, 40, out);
}

static void what_value(struct print_view *v, struct text *out) {
  if (v->kind->of == SHEET_OF_DOMAIN) {
    domain_value(v, v->domain, out);
    return;
  }
  switch (v->what) {
  case WHAT_RECORD: record_value(v, out); break;
  case WHAT_ITEM:
    text_addf(out, "%s ", ui_item(v->ui, v->place.item)->id);
    add_item_name(v->ui, v->place.item, 40, out);
    break;
  case WHAT_DOMAIN: domain_value(v, v->place.domain, out); break;
  default: text_add(out, _("全部领域有标题的事件记录"));
  }
}

/* ---- period */

static void period_value(struct print_view *v, struct text *out) {
  period_add_cn(out, v->ui->period);
}

static void period_change(struct print_view *v, int by) {
  struct error e = { 0 };
  if (ui_set_period(v->ui, period_step(v->ui->period, by), &e) != ST_OK) ui_fail(v->ui, &e);
}

/* ---- where to */

static void to_value(struct print_view *v, struct text *out) {
  text_add(out, v->to == PRINT_FOLDER ? _("存成 PDF 文件") : _("打印机"));
}

static void to_step(struct print_view *v, int by) {
  (void)by;
  v->to = v->to == PRINT_FOLDER ? PRINT_PRINTER : PRINT_FOLDER;
}

static void where_value(struct print_view *v, struct text *out) {
  if (v->to == PRINT_PRINTER) text_add(out, v->printer.len > 0 ? text_str(&v->printer) : _("系统的默认打印机"));
  else if (v->folder.len > 0) text_add(out, text_str(&v->folder));
  else text_addf(out, _("台账旁边的“%s”文件夹"), FOLDER);
}

void print_folder(const struct print_view *v, struct text *out) {
  struct text beside = { 0 };
  path_dir(&beside, wb_path(v->ui->wb));
  path_join(out, text_str(&beside), v->folder.len > 0 ? text_str(&v->folder) : FOLDER);
  text_free(&beside);
}

/* ---- rows */

static void life_value(struct print_view *v, struct text *out) {
  life_add(out, &v->record, v->ui->app->on);
}

static void look_value(struct print_view *v, struct text *out) {
  (void)v;
  text_add(out, _("先在屏幕上看一遍，试扫二维码"));
}

static void go_value(struct print_view *v, struct text *out) {
  struct print_count c = v->print != NULL ? print_count(v->print) : (struct print_count){ 0 };
  if (v->print == NULL || print_state(v->print) == PRINT_LISTING)
    text_addf(out, _("正在数有几份……%ld"), c.total);
  else if (print_state(v->print) == PRINT_GOING)
    text_addf(out, _("第 %ld 份，共 %ld 份（Esc 停下）"), c.done + (c.done < c.total), c.total);
  else if (c.total == 0) text_add(out, _("没有可印的"));
  else text_addf(out, v->to == PRINT_FOLDER ? _("存成 %ld 个 PDF") : _("印 %ld 份"), c.total);
}

static const struct {
  const char *label;
  void (*value)(struct print_view *v, struct text *out);
  void (*step)(struct print_view *v, int by);
  bool again; /* a step changes what is to be printed */
} rows[ROW_COUNT] = {
  [ROW_KIND] = { N_("公示单"), kind_value, kind_step, true },
  [ROW_TEMPLATE] = { N_("样式"), print_template_value, print_template_step, true },
  [ROW_WHAT] = { N_("内容"), what_value, what_step, true },
  [ROW_UNITS] = { N_("单位"), units_value, units_step, true },
  [ROW_PERIOD] = { N_("周期"), period_value, period_change, true },
  [ROW_TO] = { N_("送到"), to_value, to_step, false },
  [ROW_WHERE] = { "", where_value, NULL, false },
  [ROW_LIFE] = { N_("进度"), life_value, NULL, false },
  [ROW_LOOK] = { N_("看样"), look_value, NULL, false },
  [ROW_PRINT] = { N_("打印"), go_value, NULL, false },
};

bool print_row_shown(const struct print_view *v, enum print_row row) {
  if (row == ROW_WHAT) return v->kind->of != SHEET_OF_UNIT;
  if (row == ROW_LIFE) return v->record.no != 0;
  if (row == ROW_PERIOD) return v->kind->counts || v->what != WHAT_RECORD;
  return true;
}

const char *print_row_label(enum print_row row) {
  return *rows[row].label != '\0' ? _(rows[row].label) : "";
}

void print_row_value(struct print_view *v, enum print_row row, struct text *out) {
  rows[row].value(v, out);
}

bool print_row_changes(const struct print_view *v, enum print_row row) {
  if (row == ROW_UNITS) return !(v->kind->of == SHEET_OF_RECORD && v->what == WHAT_RECORD);
  if (row == ROW_TEMPLATE) return print_count_templates(v) > 1;
  return rows[row].step != NULL;
}

void print_row_step(struct print_view *v, enum print_row row, int by) {
  if (row == ROW_TEMPLATE) print_scan_templates(v);
  if (rows[row].step == NULL || !print_row_changes(v, row)) return;
  rows[row].step(v, by);
  if (rows[row].again) print_changed(v);
}

/* ---- the choice */

static const struct sheet_kind *kind_of(enum sheet_of of) {
  size_t n;
  const struct sheet_kind *all = sheet_kinds(&n);
  for (size_t i = 0; i < n; i++)
    if (all[i].of == of) return &all[i];
  return all;
}

void print_begin_choice(struct print_view *v) {
  const struct place *p = &v->place;
  bool notice = v->record.no != 0 && str_empty(v->record.value[FIELD_NONE]);
  v->kind = kind_of(notice ? SHEET_OF_RECORD : p->domain >= 0 ? SHEET_OF_DOMAIN : SHEET_OF_UNIT);
  v->domain = p->domain;
  v->what = p->domain >= 0 ? WHAT_DOMAIN : WHAT_ALL;
  if (p->item >= 0) v->what = WHAT_ITEM;
  if (v->record.no != 0) v->what = WHAT_RECORD;
  v->units = UNITS_THIS;
  v->to = PRINT_FOLDER;
}

static bool one_index(int **list, size_t *n, int index) {
  if (index < 0) return true;
  *list = malloc(sizeof **list);
  if (*list == NULL) return false;
  **list = index;
  *n = 1;
  return true;
}

static bool make_choice(struct print_view *v, struct sheet_choice *c) {
  bool notice = v->kind->of == SHEET_OF_RECORD, one = notice && v->what == WHAT_RECORD;
  *c = (struct sheet_choice){ .kind = v->kind, .event = DAY_NONE, .units_given = v->units == UNITS_THIS };
  c->units = calloc(v->ui->n_units, sizeof *c->units);
  if (c->units == NULL) return false;
  for (size_t i = 0; i < v->ui->n_units; i++)
    if (in_range(v, (int)i)) c->units[c->n_units++] = (int)i;
  if (one) c->uid = v->record.uid;
  else c->period = v->ui->period;
  int domain = notice ? (v->what == WHAT_DOMAIN ? v->place.domain : -1) : v->domain;
  int item = notice && v->what <= WHAT_ITEM ? v->place.item : -1;
  return one_index(&c->domains, &c->n_domains, domain) && one_index(&c->items, &c->n_items, item);
}

void print_changed(struct print_view *v) {
  print_free(v->print);
  v->print = NULL;
  v->broken = (struct error){ 0 };
}

bool print_ready(struct print_view *v) {
  struct sheet_choice c;
  struct text path = { 0 };
  if (v->print != NULL) return true;
  const struct print_template *t = print_chosen_template(v);
  if (t != NULL) text_add(&path, t->path);
  else sheet_template_path(v->ui->app, v->kind->name, &path);
  v->broken = (struct error){ 0 };
  if (!make_choice(v, &c)) {
    sheet_choice_fini(&c);
    error_nomem(&v->broken);
  } else if (print_new(&v->print, v->ui->app, v->ui->wb, &c, text_str(&path), &v->broken) != ST_OK) {
    v->print = NULL;
  }
  text_free(&path);
  return v->print != NULL;
}
