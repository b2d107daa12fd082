/* Work days: the notices of the State Council as data, and prefix sums over all days a record may
 * carry, so that counting and adding work days cost two array reads however long the way is.
 *
 * Invariants: before[i] is the number of work days in DAY_MIN .. DAY_MIN+i-1; nth[k] is the day
 * (counted from DAY_MIN) of the k-th work day, k from 1.  Both fit 16 bits, so a calendar is 350 KB.
 * Left out: regional holidays (a county adds them to its own copy of the files). */
#include "checklists/calendar.h"
#include "base/file.h"
#include "checklists/conf.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS = DAY_MAX - DAY_MIN + 1, FIRST_YEAR = 1980, LAST_YEAR = 2099 };

struct calendar {
  uint16_t before[DAYS + 1];
  uint16_t nth[DAYS + 1];
  uint16_t mark[DAYS]; /* 0 plain; otherwise 1 + 2 * index of the holiday's name, + 1 for a make-up day */
  bool listed[LAST_YEAR - FIRST_YEAR + 1];
  char **name;
  size_t n_names;
};

/* ---- asking ---- */

static bool in_range(day d) { return d >= DAY_MIN && d <= DAY_MAX; }

enum calendar_kind calendar_kind(const struct calendar *c, day d) {
  if (!in_range(d) || c->mark[d - DAY_MIN] == 0) return CALENDAR_PLAIN;
  return c->mark[d - DAY_MIN] % 2 == 1 ? CALENDAR_REST : CALENDAR_MAKEUP;
}

const char *calendar_holiday(const struct calendar *c, day d) {
  if (!in_range(d) || c->mark[d - DAY_MIN] == 0) return NULL;
  return c->name[(c->mark[d - DAY_MIN] - 1) / 2];
}

bool calendar_is_workday(const struct calendar *c, day d) {
  return in_range(d) && c->before[d - DAY_MIN + 1] != c->before[d - DAY_MIN];
}

bool calendar_listed(const struct calendar *c, int year) {
  return year >= FIRST_YEAR && year <= LAST_YEAR && c->listed[year - FIRST_YEAR];
}

day calendar_add_workdays(const struct calendar *c, day d, int n) {
  if (!in_range(d)) return DAY_NONE;
  if (n == 0) return d;
  /* after d: count the work days up to d; before d: up to the day before it */
  long k = (long)c->before[d - DAY_MIN + (n > 0 ? 1 : 0)] + n + (n < 0 ? 1 : 0);
  return k < 1 || k > c->before[DAYS] ? DAY_NONE : DAY_MIN + c->nth[k];
}

int calendar_count(const struct calendar *c, day a, day b) {
  day from = a < DAY_MIN - 1 ? DAY_MIN - 1 : a, to = b > DAY_MAX ? DAY_MAX : b;
  return to <= from ? 0 : c->before[to - DAY_MIN + 1] - c->before[from - DAY_MIN + 1];
}

bool calendar_provisional(const struct calendar *c, day a, day b) {
  int first, last, month, dom;
  if (a == DAY_NONE || b == DAY_NONE || b < a) return false;
  day_split(a, &first, &month, &dom);
  day_split(b, &last, &month, &dom);
  for (int year = first; year <= last; year++)
    if (!calendar_listed(c, year)) return true;
  return false;
}

/* ---- building ---- */

static void build_sums(struct calendar *c) {
  int weekday = day_weekday(DAY_MIN);
  unsigned n = 0;
  for (unsigned i = 0; i < DAYS; i++) {
    bool work = c->mark[i] != 0 ? c->mark[i] % 2 == 0 : weekday <= 5;
    if (work) c->nth[++n] = (uint16_t)i;
    c->before[i + 1] = (uint16_t)n;
    weekday = weekday == 7 ? 1 : weekday + 1;
  }
}

/* ---- loading ---- */

static const struct conf_rule source_rules[] = {
  { .name = "number", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY },
  { .name = "date", .type = CONF_STRING, .flags = CONF_REQUIRED, .check = conf_is_date },
  { .name = NULL },
};
static const struct conf_rule holiday_rules[] = {
  { .name = "name", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY },
  { .name = "rest", .type = CONF_ARRAY, .flags = CONF_REQUIRED | CONF_UNIQUE, .element = CONF_STRING },
  { .name = "work", .type = CONF_ARRAY, .flags = CONF_REQUIRED | CONF_UNIQUE, .element = CONF_STRING },
  { .name = NULL },
};
static const struct conf_rule file_rules[] = {
  { .name = "year", .type = CONF_INT, .flags = CONF_REQUIRED, .min = FIRST_YEAR, .max = LAST_YEAR },
  { .name = "source", .type = CONF_GROUP, .flags = CONF_REQUIRED, .members = source_rules },
  { .name = "holidays", .type = CONF_LIST, .flags = CONF_REQUIRED, .members = holiday_rules },
  { .name = NULL },
};

/* YYYY-MM-DD exactly: other spellings are for clerks, not for definitions. */
static bool iso_date(const char *s, size_t n, day *out) {
  char copy[11];
  if (n != 10 || s[4] != '-' || s[7] != '-') return false;
  memcpy(copy, s, 10);
  copy[10] = '\0';
  return day_parse(copy, out);
}

/* "D" or "D..D" within year.  Findings for what is wrong. */
static bool read_range(const struct conf *node, int year, struct findings *f, day *first, day *last) {
  *first = *last = DAY_NONE;
  const char *dots = strstr(node->s, "..");
  size_t n = dots != NULL ? (size_t)(dots - node->s) : strlen(node->s);
  bool ok = iso_date(node->s, n, first);
  *last = *first;
  if (ok && dots != NULL) ok = iso_date(dots + 2, strlen(dots + 2), last);
  if (!ok) {
    conf_report(node, f, SEV_ERROR, "calendar.date", _("“%s”不是日期，应写作 2026-10-01 或 2026-10-01..2026-10-07"),
                node->s);
  } else if (*last < *first) {
    conf_report(node, f, SEV_ERROR, "calendar.order", _("“%s”的末日早于首日，请对调"), node->s);
    ok = false;
  } else if (*first < day_make(year, 1, 1) || *last > day_make(year, 12, 31)) {
    conf_report(node, f, SEV_ERROR, "calendar.year", _("“%s”不在%d年内，请写到那一年的文件里"), node->s, year);
    ok = false;
  }
  return ok;
}

/* Mark the days of one entry of rest (makeup false) or work (makeup true). */
static void mark_range(struct calendar *c, const struct conf *node, int year, bool makeup,
                       struct findings *f) {
  day first, last;
  char iso[16];
  if (!read_range(node, year, f, &first, &last)) return;
  for (day d = first; d <= last; d++) {
    uint16_t *mark = &c->mark[d - DAY_MIN];
    if (*mark != 0 && (*mark % 2 == 0) != makeup) {
      conf_report(node, f, SEV_ERROR, "calendar.both", _("%s 既列为放假又列为补班，请核对通知，只留一处"),
                  day_iso(d, iso));
    } else if (makeup && day_weekday(d) <= 5) {
      conf_report(node, f, SEV_WARNING, "calendar.weekday", _("补班日 %s 本来就是周一至周五，请核对通知"),
                  day_iso(d, iso));
    }
    *mark = (uint16_t)((c->n_names - 1) * 2 + (makeup ? 2 : 1));
  }
}

static bool add_name(struct calendar *c, const char *name) {
  char **grown = realloc(c->name, (c->n_names + 1) * sizeof *grown);
  if (grown == NULL) return false;
  c->name = grown;
  c->name[c->n_names] = str_dup(name);
  return c->name[c->n_names++] != NULL;
}

static bool read_holidays(struct calendar *c, const struct conf *root, int year, struct findings *f) {
  const struct conf *list = conf_get(root, "holidays");
  for (size_t i = 0; i < list->n; i++) {
    const struct conf *rest = conf_get(list->child[i], "rest"), *work = conf_get(list->child[i], "work");
    if (!add_name(c, conf_str(list->child[i], "name", ""))) return false;
    for (size_t k = 0; k < rest->n; k++) mark_range(c, rest->child[k], year, false, f);
    for (size_t k = 0; k < work->n; k++) mark_range(c, work->child[k], year, true, f);
  }
  return true;
}

/* The file's name must be its year, so that nobody edits 2026 in a file called 2027. */
static bool name_fits(const char *file, int year) {
  return strlen(file) == 8 && strtol(file, NULL, 10) == year && strcmp(file + 4, ".cfg") == 0;
}

static bool load_file(struct calendar *c, const char *dir, const char *file, struct findings *f) {
  struct text path = { 0 };
  bool ok = true;
  path_join(&path, dir, file);
  struct conf *root = conf_load(text_str(&path), NULL, f);
  if (root == NULL || conf_check(root, file_rules, f) > 0) goto out;
  int year = (int)conf_int(root, "year", 0);
  if (!name_fits(file, year))
    conf_report(conf_get(root, "year"), f, SEV_ERROR, "calendar.name", _("年份是 %d，文件名应为 %d.cfg"), year, year);
  c->listed[year - FIRST_YEAR] = true;
  ok = read_holidays(c, root, year, f);
out:
  conf_free(root);
  text_free(&path);
  return ok;
}

struct calendar *calendar_load(const char *dir, struct findings *f) {
  size_t errors = f->count[SEV_ERROR], n = 0;
  char **names = NULL;
  struct error e = { 0 };
  struct calendar *c = calloc(1, sizeof *c);
  bool ok = c != NULL;
  if (!ok) {
    (void)error_nomem(&e);
    findings_add_error(f, SEV_ERROR, &e);
  } else if (path_list(dir, ".cfg", &names, &n, &e) != ST_OK) {
    findings_add_error(f, SEV_ERROR, &e);
  }
  for (size_t i = 0; ok && i < n; i++) ok = load_file(c, dir, names[i], f);
  if (c != NULL && !ok) {
    (void)error_nomem(&e);
    findings_add_error(f, SEV_ERROR, &e);
  }
  path_list_free(names, n);
  if (f->count[SEV_ERROR] != errors) {
    calendar_free(c);
    return NULL;
  }
  build_sums(c);
  return c;
}

void calendar_free(struct calendar *c) {
  if (c == NULL) return;
  for (size_t i = 0; i < c->n_names; i++) free(c->name[i]);
  free(c->name);
  free(c);
}
