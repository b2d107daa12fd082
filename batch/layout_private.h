/* Shared by layout*.c only: the workspace.  Widths of text are in 1/1000 of its size, so that text is
 * shaped once whatever size it is set in; places on the page are in points. */
#ifndef MB_BATCH_LAYOUT_PRIVATE_H
#define MB_BATCH_LAYOUT_PRIVATE_H

#include "base/array.h"
#include "batch/layout.h"
#include "batch/qr.h"
#include "batch/sheet_text.h"

struct glyph {
  uint32_t cp;        /* '\n' ends a paragraph */
  uint16_t face, gid;
  int advance, shift; /* 1/1000; shift: drawn so far to the right */
  bool may_break;     /* a line may begin here */
  bool closes, opens; /* a mark whose right, or left, half is blank in a Chinese font */
};
struct line { int first, n; int width, indent; bool last; /* of its paragraph */ };

struct set { enum font_role_id role; float size, leading; };
struct run { int first, n; }; /* of glyphs, or of lines */

enum strip_type { STRIP_LINE, STRIP_ROW, STRIP_RULE, STRIP_CODE, STRIP_GRID };
struct strip {
  enum strip_type type;
  bool keep;          /* stays on the page of the next strip */
  float before, height;
  int index;          /* of a line, row, or code (the first of a grid row) */
  int n;              /* codes of a grid row */
  const struct block *block;
};

#define COLUMNS_MAX 40
#define CELL_PAD 380 /* left and right of a cell's text, 1/1000 */
/* Columns of a table while their widths are sought; 1/1000 of the table's size, with padding: the widest cell,
 * the longest word, what the head and nine cells of ten need. */
struct columns {
  int n, table;
  int natural[COLUMNS_MAX], word[COLUMNS_MAX], typical[COLUMNS_MAX], head_need[COLUMNS_MAX];
  double weight[COLUMNS_MAX];
  int width[COLUMNS_MAX];
};

enum row_kind { ROW_HEAD, ROW_GROUP, ROW_DATA, ROW_EMPTY };
struct table {
  const struct block *block;
  int n_columns;
  float x[COLUMNS_MAX + 1];
  enum align align[COLUMNS_MAX];
  struct set body, head;
  int head_strip;     /* -1: none */
};
struct row {
  int table, first_cell; /* ROW_GROUP and ROW_EMPTY: one cell over the whole width */
  enum row_kind kind;
  int from, to;       /* lines of its cells that this strip holds (a tall row is several strips) */
  bool first, last;   /* first, last strip of the row */
};
struct code { struct qr qr; float side; struct run head, text; }; /* a QR code and its caption's lines */

struct layout {
  const struct fonts *fonts;
  const struct template *t;
  const struct sheet_data *d;
  struct pages *out;
  float width;        /* of the text area */
  float gap;          /* due before the next strip */
  float squeeze;      /* 0: as the template says; 1: as tight as it allows */
  bool failed;        /* out of memory */
  uint32_t missing[16]; size_t n_missing;
  struct text text;   /* scratch */
  struct glyph *glyphs; size_t n_glyphs, cap_glyphs;
  struct line *lines; size_t n_lines, cap_lines;
  struct strip *strips; size_t n_strips, cap_strips;
  struct table *tables; size_t n_tables, cap_tables;
  struct row *rows; size_t n_rows, cap_rows;
  struct run *cells; size_t n_cells, cap_cells;
  struct code *codes; size_t n_codes, cap_codes;
  size_t n_made;      /* codes whose QR stays valid while the sheet is set again, tighter */
};

/* Room for one more element; false (and l->failed) when out of memory. */
#define LAYOUT_ROOM(l, list, n, cap) (ARRAY_ROOM((l)->list, (l)->n, (l)->cap) || ((l)->failed = true, false))
/* A strip with the space that is due; its index or -1. */
int layout_push(struct layout *l, struct strip s);
struct set layout_set(const struct layout *l, const struct type *t);
float layout_space(const struct layout *l, double pt); /* a leading or gap, squeezed */

/* ---- layout_text.c */
/* l->text = the template text filled in, see sheet_fill_in(). */
void layout_fill(struct layout *l, const char *pattern, const struct scope *s);
/* Characters to glyphs.  trim: leave out empty paragraphs and blanks at a paragraph's begin (indented
 * text). */
struct run layout_shape(struct layout *l, const char *s, enum font_role_id role, bool trim);
/* Glyphs to lines no wider than width (1/1000 of the size). */
struct run layout_break(struct layout *l, struct run glyphs, int width, int indent);
/* The same with lines of about equal length. */
struct run layout_balance(struct layout *l, struct run glyphs, int width);
int layout_natural(const struct layout *l, struct run glyphs); /* width of the longest paragraph */
int layout_word(const struct layout *l, struct run glyphs);    /* width of the longest unbreakable piece */
static inline bool layout_blank(uint32_t cp) {
  return cp == ' ' || cp == 0x3000 || cp == 0xA0;
}

/* ---- layout_draw.c */
void layout_draw_line(struct layout *l, struct page *p, const struct line *line, const struct set *set,
                      enum align align, float x, float y, float width);
void layout_draw_lines(struct layout *l, struct page *p, struct run lines, const struct set *set,
                       enum align align, float x, float y, float width);

/* ---- layout_table.c */
enum status layout_table(struct layout *l, const struct block *b, struct error *e);
void layout_draw_row(struct layout *l, struct page *p, const struct row *r, float y, float height);

/* ---- layout_widths.c */
bool layout_measure(struct layout *l, struct columns *c); /* typical[], from rows and cells; false: no memory */
void layout_widths(struct layout *l, struct columns *c, int room); /* width[] */

/* The thick lower edge, where a table or its part on a page ends. */
void layout_draw_edge(struct layout *l, struct page *p, const struct table *t, float y);

/* ---- layout_code.c: QR codes and their captions, alone and in a grid */
enum status layout_qr(struct layout *l, const struct block *b, struct error *e);
enum status layout_grid(struct layout *l, const struct block *b, struct error *e);
enum status layout_draw_codes(struct layout *l, struct page *p, const struct strip *s, float y,
                              struct error *e);

#endif
