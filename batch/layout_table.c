/* Tables: measured column widths, rows as strips, and drawing a row.
 *
 * Columns come from the template, or, where it names none, from the data, whose first row is then the head.
 * A row that is higher than a good part of the page is cut between its lines into several strips, so that
 * it flows over pages like text.
 */
#include "batch/layout_private.h"
#include <math.h>
#include <string.h>

#define PAD_ABOVE 0.18f /* sizes */
#define HEAD_LINE (4000 + 2 * CELL_PAD) /* heads up to four characters stay in one line if there is room */
#define WORD_LEAST (2000 + 2 * CELL_PAD) /* and no text stands upright, one character a line */
#define TALL 0.4f      /* of the page: a higher row is cut */
#define THIN 0.4f
#define THICK 0.9f

/* What is known while one table is built. */
struct maker {
  struct layout *l;
  const struct block *b;
  const struct sheet_rows *r;
  size_t first_data;          /* 1 when the head comes from the data */
  struct columns c;
  const char *head[COLUMNS_MAX];
  int field[COLUMNS_MAX], strong[COLUMNS_MAX];
  enum align align[COLUMNS_MAX];
  struct set body, head_set;
  int group;
  bool any_head;
};

/* ---- columns */

static bool looks_like_number(const char *s) {
  if (*s == '+' || *s == '-') s++;
  size_t n = strspn(s, "0123456789.,%");
  return n > 0 && s[n] == '\0' && *s >= '0' && *s <= '9';
}

static enum align align_by_data(const struct maker *m, int column) {
  bool any = false;
  if (strcmp(m->head[column], "序号") == 0) return ALIGN_CENTER;
  for (size_t i = m->first_data; i < m->r->n_rows; i++) {
    const char *s = m->r->cell[i * m->r->n_fields + (size_t)column];
    if (*s == '\0') continue;
    if (!looks_like_number(s)) return ALIGN_LEFT;
    any = true;
  }
  return any ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void columns_from_data(struct maker *m) {
  m->first_data = 1;
  for (int i = 0; i < m->c.n; i++) {
    m->head[i] = m->r->n_rows ? m->r->cell[i] : "";
    m->field[i] = i;
    m->strong[i] = -1;
    m->c.weight[i] = 0;
    m->align[i] = align_by_data(m, i);
  }
}

static void columns_from_template(struct maker *m) {
  for (int i = 0; i < m->c.n; i++) {
    const struct column *c = &m->b->columns[i];
    m->head[i] = c->head;
    m->field[i] = sheet_field(m->r, c->value);
    m->strong[i] = *c->strong ? sheet_field(m->r, c->strong) : -1;
    m->c.weight[i] = c->weight;
    m->align[i] = c->align;
  }
}

static const char *cell_of(const struct maker *m, size_t row, int field) {
  return field < 0 ? "" : m->r->cell[row * m->r->n_fields + (size_t)field];
}

/* ---- shaping and measuring */

static int add_cell(struct layout *l, struct run run) {
  if (!LAYOUT_ROOM(l, cells, n_cells, cap_cells)) return -1;
  l->cells[l->n_cells] = run;
  return (int)l->n_cells++;
}

static void shape_cell(struct maker *m, int column, const char *s, const struct set *set) {
  struct layout *l = m->l;
  struct run run = layout_shape(l, s, set->role, false);
  float scale = set->size / m->body.size;
  int natural = (int)ceilf((float)layout_natural(l, run) * scale) + 2 * CELL_PAD;
  int word = (int)ceilf((float)layout_word(l, run) * scale) + 2 * CELL_PAD;
  if (word < WORD_LEAST) word = natural < WORD_LEAST ? natural : WORD_LEAST;
  if (natural > m->c.natural[column]) m->c.natural[column] = natural;
  if (word > m->c.word[column]) m->c.word[column] = word;
  add_cell(l, run);
}

static struct row *add_row(struct maker *m, enum row_kind kind) {
  struct layout *l = m->l;
  if (!LAYOUT_ROOM(l, rows, n_rows, cap_rows)) return NULL;
  struct row *r = &l->rows[l->n_rows++];
  *r = (struct row){.table = m->c.table, .kind = kind, .first_cell = (int)l->n_cells};
  return r;
}

static void wide_row(struct maker *m, enum row_kind kind, const char *s) {
  struct layout *l = m->l;
  enum font_role_id role = kind == ROW_GROUP ? m->head_set.role : m->body.role;
  if (add_row(m, kind)) add_cell(l, layout_shape(l, s, role, false));
}

static void shape_rows(struct maker *m) {
  const char *group = "";
  if (m->any_head && add_row(m, ROW_HEAD))
    for (int c = 0; c < m->c.n; c++) {
      shape_cell(m, c, m->head[c], &m->head_set);
      m->c.head_need[c] = m->c.natural[c] < HEAD_LINE ? m->c.natural[c] : HEAD_LINE;
    }
  for (size_t i = m->first_data; i < m->r->n_rows && !m->l->failed; i++) {
    const char *now = cell_of(m, i, m->group);
    if (m->group >= 0 && strcmp(now, group) != 0) wide_row(m, ROW_GROUP, now);
    group = now;
    if (!add_row(m, ROW_DATA)) return;
    for (int c = 0; c < m->c.n; c++) {
      struct set set = m->body;
      if (*cell_of(m, i, m->strong[c])) set.role = m->head_set.role;
      shape_cell(m, c, cell_of(m, i, m->field[c]), &set);
    }
  }
  if (m->r->n_rows <= m->first_data && *m->b->text) {
    struct scope scope = {.d = m->l->d};
    layout_fill(m->l, m->b->text, &scope);
    wide_row(m, ROW_EMPTY, text_str(&m->l->text));
  }
}

/* ---- widths */

static void resize(struct maker *m, float size) {
  float by = size / m->body.size;
  m->body.size *= by, m->body.leading *= by, m->head_set.size *= by, m->head_set.leading *= by;
}

static enum status choose_widths(struct maker *m, struct error *e) {
  int typical = 0;
  double weights = 0;
  if (!layout_measure(m->l, &m->c)) return error_nomem(e);
  for (int i = 0; i < m->c.n; i++) {
    typical += m->c.typical[i];
    weights += m->c.weight[i];
  }
  int room = (int)(m->l->width / m->body.size * 1000);
  if (weights <= 0 && typical > room && m->b->min_size < (double)m->body.size) {
    resize(m, fmaxf((float)m->b->min_size, floorf(m->body.size * (float)room / (float)typical * 2) / 2));
    room = (int)(m->l->width / m->body.size * 1000);
  }
  if (m->c.n * (1000 + 2 * CELL_PAD) > room)
    return error_set(e, ST_DATA, "sheet.columns",
                     _("表格有 %d 列，纸面太窄放不下；请减少列数，或在模板中用横放的纸"), m->c.n);
  layout_widths(m->l, &m->c, room);
  return ST_OK;
}

/* ---- rows to strips */

static bool is_wide(enum row_kind k) {
  return k == ROW_GROUP || k == ROW_EMPTY;
}

static const struct set *set_of(const struct table *t, enum row_kind k) {
  return k == ROW_HEAD || k == ROW_GROUP ? &t->head : &t->body;
}

/* Cells' glyphs become lines; returns the lines of the highest cell. */
static int break_row(struct maker *m, const struct row *r) {
  struct layout *l = m->l;
  const struct table *t = &l->tables[m->c.table];
  const struct set *set = set_of(t, r->kind);
  int most = 1, n = is_wide(r->kind) ? 1 : m->c.n;
  for (int c = 0; c < n; c++) {
    float w = is_wide(r->kind) ? l->width : t->x[c + 1] - t->x[c];
    struct run *cell = &l->cells[r->first_cell + c];
    int room = (int)(w / set->size * 1000) - (int)(2 * CELL_PAD * t->body.size / set->size) + 2;
    *cell = layout_break(l, *cell, room, 0);
    if (cell->n > most) most = cell->n;
  }
  return most;
}

static void push_row(struct maker *m, size_t index, bool keep) {
  struct layout *l = m->l;
  struct row r = l->rows[index];
  const struct set *set = set_of(&l->tables[m->c.table], r.kind);
  int lines = break_row(m, &r), step = lines;
  float pad = set->size * PAD_ABOVE, page = (float)(l->t->height - l->t->top - l->t->bottom);
  if ((float)lines * set->leading + 2 * pad > page * TALL) step = 1;
  for (int at = 0; at < lines && !l->failed; at += step) {
    struct row part = r;
    part.from = at, part.to = at + step;
    part.first = at == 0, part.last = at + step >= lines;
    size_t slot = index;
    if (!part.first) {
      if (!LAYOUT_ROOM(l, rows, n_rows, cap_rows)) return;
      slot = l->n_rows++;
    }
    l->rows[slot] = part;
    float height = (float)step * set->leading + (part.first ? pad : 0) + (part.last ? pad : 0);
    bool stay = part.last ? keep : part.first || at + 2 * step >= lines;
    int strip = layout_push(
        l, (struct strip){
               .type = STRIP_ROW, .keep = stay, .height = height, .index = (int)slot, .block = m->b});
    if (r.kind == ROW_HEAD) l->tables[m->c.table].head_strip = strip;
  }
}

/* A head and a group heading stay with the next row, and the last row does not go over alone. */
static void push_rows(struct maker *m, size_t first) {
  size_t end = m->l->n_rows;
  for (size_t i = first; i < end && !m->l->failed; i++) {
    enum row_kind kind = m->l->rows[i].kind;
    bool keep = i + 1 == end ? m->b->keep : kind == ROW_HEAD || kind == ROW_GROUP || i + 2 == end;
    push_row(m, i, keep);
  }
}

static bool add_table(struct maker *m) {
  struct layout *l = m->l;
  if (!LAYOUT_ROOM(l, tables, n_tables, cap_tables)) return false;
  m->c.table = (int)l->n_tables++;
  l->tables[m->c.table] = (struct table){.block = m->b, .n_columns = m->c.n, .head_strip = -1};
  return true;
}

static void finish_table(struct maker *m) {
  struct table *t = &m->l->tables[m->c.table];
  float x = (float)m->l->t->left;
  t->body = m->body;
  t->head = m->head_set;
  for (int i = 0; i < m->c.n; i++) {
    t->x[i] = x;
    t->align[i] = m->align[i];
    x += (float)m->c.width[i] * m->body.size / 1000;
  }
  t->x[m->c.n] = (float)m->l->t->left + m->l->width;
}

enum status layout_table(struct layout *l, const struct block *b, struct error *e) {
  const struct sheet_rows *r = sheet_rows_find(l->d, b->source);
  if (!r) return ST_OK;
  struct maker m = {.l = l,
                    .b = b,
                    .r = r,
                    .body = layout_set(l, &b->body_type),
                    .head_set = layout_set(l, &b->head_type)};
  m.body.leading = (float)b->body_type.leading; /* follows the size; not squeezed twice */
  m.head_set.leading = (float)b->head_type.leading;
  resize(&m, (float)(b->body_type.size + (b->min_size - b->body_type.size) * (double)l->squeeze));
  size_t n = b->n_columns ? b->n_columns : r->n_fields;
  if (n > COLUMNS_MAX)
    return error_set(e, ST_DATA, "sheet.columns", _("表格有 %zu 列，最多 %d 列；请减少列数"), n, COLUMNS_MAX);
  m.c.n = (int)n;
  m.group = *b->group ? sheet_field(r, b->group) : -1;
  if (b->n_columns) columns_from_template(&m);
  else columns_from_data(&m);
  for (int i = 0; i < m.c.n; i++) m.any_head = m.any_head || *m.head[i];
  size_t first = l->n_rows;
  if (!add_table(&m)) return ST_OK; /* l->failed is seen later */
  shape_rows(&m);
  enum status st = choose_widths(&m, e);
  if (st) return st;
  finish_table(&m);
  push_rows(&m, first);
  return ST_OK;
}

/* ---- drawing */

static void box(struct layout *l, struct page *p, float x, float y, float w, float h, float gray) {
  if (!page_box(p, (struct box){x, y, w, h, gray})) l->failed = true;
}

/* Every strip is a closed box: where strips meet, their lines fall on each other. */
static void draw_frame(struct layout *l, struct page *p, const struct table *t, const struct row *r,
                       float y, float height) {
  float left = t->x[0], right = t->x[t->n_columns], width = right - left;
  if (r->kind == ROW_HEAD) box(l, p, left, y, width, height, 0.9f);
  if (r->kind == ROW_GROUP) box(l, p, left, y, width, height, 0.95f);
  if (r->kind == ROW_HEAD) layout_draw_edge(l, p, t, y);
  else if (r->first) box(l, p, left, y - THIN / 2, width, THIN, 0);
  for (int c = 0; c <= t->n_columns; c++) {
    bool edge = c == 0 || c == t->n_columns;
    if (!edge && is_wide(r->kind)) continue;
    float w = edge ? THICK : THIN;
    box(l, p, t->x[c] - w / 2, y, w, height, 0);
  }
}

void layout_draw_edge(struct layout *l, struct page *p, const struct table *t, float y) {
  float left = t->x[0] - THICK / 2, right = t->x[t->n_columns] + THICK / 2;
  box(l, p, left, y - THICK / 2, right - left, THICK, 0);
}

void layout_draw_row(struct layout *l, struct page *p, const struct row *r, float y, float height) {
  const struct table *t = &l->tables[r->table];
  const struct set *set = set_of(t, r->kind);
  bool whole = r->first && r->last;
  draw_frame(l, p, t, r, y, height);
  for (int c = 0; c < (is_wide(r->kind) ? 1 : t->n_columns); c++) {
    struct run lines = l->cells[r->first_cell + c];
    float left = t->x[c], right = is_wide(r->kind) ? t->x[t->n_columns] : t->x[c + 1];
    float pad = CELL_PAD * t->body.size / 1000, top = y + (r->first ? set->size * PAD_ABOVE : 0);
    int from = r->from, to = r->to < lines.n ? r->to : lines.n;
    if (whole) top = y + (height - (float)lines.n * set->leading) / 2;
    if (to <= from) continue;
    enum align align = r->kind == ROW_HEAD || r->kind == ROW_EMPTY ? ALIGN_CENTER
                     : r->kind == ROW_GROUP ? ALIGN_LEFT : t->align[c];
    layout_draw_lines(l, p, (struct run){lines.first + from, to - from}, set, align, left + pad, top,
                      right - left - 2 * pad);
  }
}
