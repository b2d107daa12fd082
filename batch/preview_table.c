/* A table as text: column widths, a frame of ASCII signs, cells wrapped.
 *
 * A column gets what its widest cell needs; when the sum is more than the width, narrow columns keep
 * theirs and the others share the rest by the template's weights, else evenly, but for dates and sums, which
 * are broken only where nothing else fits.
 */
#include "batch/preview.h"
#include "base/utf8.h"
#include "batch/sheet_text.h"
#include <string.h>

#define COLUMNS_MAX 40
#define COLUMN_LEAST 4 /* two characters */
#define WEIGHTED_LEAST 8 /* of a column that the template gives a share */
#define WORD_MOST 10   /* a date is never broken */
#define FRAME 3        /* "| " before and " " after a cell, shared */

struct table {
  struct preview *p;
  const struct block *b;
  const struct sheet_rows *r;
  size_t first_data; /* 1 when the head comes from the data */
  int n;
  const char *head[COLUMNS_MAX];
  int field[COLUMNS_MAX], need[COLUMNS_MAX], least[COLUMNS_MAX], width[COLUMNS_MAX];
  double weight[COLUMNS_MAX];
  enum align align[COLUMNS_MAX];
};

static const char *cell_of(const struct table *t, size_t row, int field) {
  return field < 0 ? "" : t->r->cell[row * t->r->n_fields + (size_t)field];
}

/* ---- columns */

static bool is_number(const char *s) {
  size_t n = strspn(s, "+-0123456789.,%");
  return n > 0 && s[n] == '\0';
}

/* A column of numbers stands at the right, as on paper. */
static enum align align_by_data(const struct table *t, int column) {
  bool any = false;
  if (strcmp(t->head[column], "序号") == 0) return ALIGN_CENTER;
  for (size_t i = t->first_data; i < t->r->n_rows; i++) {
    const char *s = cell_of(t, i, column);
    if (*s && !is_number(s)) return ALIGN_LEFT;
    any = any || *s;
  }
  return any ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void read_columns(struct table *t) {
  t->first_data = t->b->n_columns ? 0 : 1;
  for (int i = 0; i < t->n; i++) {
    const struct column *c = t->b->n_columns ? &t->b->columns[i] : NULL;
    t->head[i] = c ? c->head : t->r->n_rows ? t->r->cell[i] : "";
    t->field[i] = c ? sheet_field(t->r, c->value) : i;
    t->weight[i] = c ? c->weight : 0;
    t->align[i] = c ? c->align : align_by_data(t, i);
  }
}

/* The widest line of a cell. */
static int widest(const char *s) {
  int most = 0;
  struct text line = {0};
  for (;; s++) {
    size_t n = strcspn(s, "\n");
    text_clear(&line);
    text_addn(&line, s, n);
    int width = utf8_width(text_str(&line));
    if (width > most) most = width;
    s += n;
    if (*s == '\0') break;
  }
  text_free(&line);
  return most;
}

/* The longest word of ASCII, as a date or a sum, within WORD_MOST. */
static int longest_word(const char *s) {
  int most = COLUMN_LEAST, n = 0;
  for (; *s != '\0'; s++) {
    n = *s > ' ' && *s <= '~' ? n + 1 : 0;
    if (n > most && n <= WORD_MOST) most = n;
  }
  return most;
}

static void measure(struct table *t) {
  int sum = 0;
  for (int c = 0; c < t->n; c++) {
    t->need[c] = utf8_width(t->head[c]);
    t->least[c] = COLUMN_LEAST;
    for (size_t i = t->first_data; i < t->r->n_rows; i++) {
      int width = widest(cell_of(t, i, t->field[c]));
      if (width > t->need[c]) t->need[c] = width;
      int word = longest_word(cell_of(t, i, t->field[c]));
      if (word > t->least[c]) t->least[c] = word;
    }
    if (t->need[c] < 1) t->need[c] = 1;
    if (t->least[c] > t->need[c]) t->least[c] = t->need[c];
    sum += t->least[c];
  }
  if (sum <= t->p->width - 1 - FRAME * t->n) return;
  for (int c = 0; c < t->n; c++) /* then words break */
    if (t->least[c] > COLUMN_LEAST) t->least[c] = COLUMN_LEAST;
}

/* Where the template weighs columns, one without weight is as wide as needed, if the others keep a share;
 * on a narrow screen all are alike. */
static void fix_unweighted(struct table *t, bool *fixed, int *rest) {
  int need = 0, weighted = 0;
  for (int c = 0; c < t->n; c++) {
    if (t->weight[c] > 0) weighted++;
    else need += t->need[c];
  }
  if (*rest - need < weighted * WEIGHTED_LEAST) {
    memset(t->weight, 0, sizeof t->weight);
    return;
  }
  if (weighted == 0) return;
  for (int c = 0; c < t->n; c++) {
    if (t->weight[c] > 0) continue;
    t->width[c] = t->need[c];
    fixed[c] = true;
  }
  *rest -= need;
}

/* The column that is narrowest for its weight, of those that want more; -1: none. */
static int poorest(const struct table *t, const bool *fixed) {
  int best = -1;
  double least = 0;
  for (int c = 0; c < t->n; c++) {
    double has = t->width[c] / (t->weight[c] > 0 ? t->weight[c] : 1);
    if (fixed[c] || t->width[c] >= t->need[c] || (best >= 0 && has >= least)) continue;
    best = c;
    least = has;
  }
  return best;
}

static void choose_widths(struct table *t) {
  bool fixed[COLUMNS_MAX] = {false};
  int rest = t->p->width - 1 - FRAME * t->n;
  fix_unweighted(t, fixed, &rest);
  for (int c = 0; c < t->n; c++) {
    if (fixed[c]) continue;
    t->width[c] = t->least[c];
    rest -= t->width[c];
  }
  for (int c; rest > 0 && (c = poorest(t, fixed)) >= 0; rest--) t->width[c]++;
}

static int whole_width(const struct table *t) {
  int width = 1;
  for (int c = 0; c < t->n; c++) width += t->width[c] + FRAME;
  return width;
}

/* ---- lines */

static void put_edge(const struct table *t) {
  struct text line = {0};
  text_addc(&line, '+');
  for (int c = 0; c < t->n; c++) {
    text_pad(&line, '-', t->width[c] + 2);
    text_addc(&line, '+');
  }
  preview_add(t->p, PREVIEW_TEXT, text_str(&line));
  text_free(&line);
}

static void add_padded(struct text *out, const char *s, int width, enum align align) {
  int spare = width - utf8_width(s), before = 0;
  if (align == ALIGN_RIGHT) before = spare;
  if (align == ALIGN_CENTER) before = spare / 2;
  text_pad(out, ' ', before);
  text_add(out, s);
  text_pad(out, ' ', spare - before);
}

static bool put_cells(const struct table *t, const char *const *cell, bool head) {
  char **lines[COLUMNS_MAX];
  size_t n[COLUMNS_MAX], most = 1;
  bool good = true;
  for (int c = 0; c < t->n; c++) {
    lines[c] = preview_wrap(cell[c], t->width[c], &n[c]);
    if (!lines[c]) n[c] = 0, good = false;
    if (n[c] > most) most = n[c];
  }
  for (size_t i = 0; i < most && good; i++) {
    struct text out = {0};
    for (int c = 0; c < t->n; c++) {
      text_add(&out, "| ");
      add_padded(&out, i < n[c] ? lines[c][i] : "", t->width[c], head ? ALIGN_CENTER : t->align[c]);
      text_addc(&out, ' ');
    }
    text_addc(&out, '|');
    preview_add(t->p, head ? PREVIEW_HEAD : PREVIEW_TEXT, text_str(&out));
    text_free(&out);
  }
  for (int c = 0; c < t->n; c++) preview_wrap_free(lines[c], n[c]);
  return good;
}

/* A heading of a group, or the sentence of an empty table, over the whole width. */
static void put_wide(const struct table *t, enum preview_look look, const char *s) {
  int width = whole_width(t) - 4;
  size_t n;
  char **lines = preview_wrap(s, width, &n);
  for (size_t i = 0; lines && i < n; i++) {
    struct text out = {0};
    text_add(&out, "| ");
    add_padded(&out, lines[i], width, ALIGN_LEFT);
    text_add(&out, " |");
    preview_add(t->p, look, text_str(&out));
    text_free(&out);
  }
  if (!lines) t->p->failed = true;
  else preview_wrap_free(lines, n);
}

static void put_rows(const struct table *t) {
  const char *group = "", *cell[COLUMNS_MAX];
  int by = *t->b->group ? sheet_field(t->r, t->b->group) : -1;
  for (size_t i = t->first_data; i < t->r->n_rows && !t->p->failed; i++) {
    const char *now = cell_of(t, i, by);
    if (by >= 0 && strcmp(now, group) != 0) put_wide(t, PREVIEW_TITLE, now);
    group = now;
    for (int c = 0; c < t->n; c++) cell[c] = cell_of(t, i, t->field[c]);
    if (!put_cells(t, cell, false)) t->p->failed = true;
  }
}

enum status preview_table(struct preview *p, const struct block *b, const struct sheet_data *d,
                          struct error *e) {
  struct table t = {.p = p, .b = b, .r = sheet_rows_find(d, b->source)};
  if (!t.r) return ST_OK;
  size_t n = b->n_columns ? b->n_columns : t.r->n_fields;
  if (n > COLUMNS_MAX)
    return error_set(e, ST_DATA, "sheet.columns", _("表格有 %zu 列，最多 %d 列；请减少列数"), n, COLUMNS_MAX);
  t.n = (int)n;
  read_columns(&t);
  measure(&t);
  choose_widths(&t);
  bool any = false;
  for (int i = 0; i < t.n; i++) any = any || *t.head[i];
  put_edge(&t);
  if (any && !put_cells(&t, t.head, true)) p->failed = true;
  if (any) put_edge(&t);
  put_rows(&t);
  if (t.r->n_rows <= t.first_data && *b->text) {
    struct text words = {0};
    struct scope scope = {.d = d};
    sheet_fill_in(&words, b->text, &scope);
    put_wide(&t, PREVIEW_TEXT, text_str(&words));
    text_free(&words);
  }
  put_edge(&t);
  if (whole_width(&t) > p->width) preview_add(p, PREVIEW_NOTE, _("（表格比屏幕宽，右边没有显示；印出来是全的）"));
  return p->failed ? error_nomem(e) : ST_OK;
}
