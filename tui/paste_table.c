/* Tab-separated text to CSV: once over it to count, once to write. */
#include "tui/paste_table.h"
#include "base/csv.h"

#include <string.h>

static bool is_break(char c) {
  return c == '\n' || c == '\r';
}

bool paste_is_table(const char *text) {
  const char *first = text + strcspn(text, "\r\n");
  return strchr(text, '\t') != NULL && first[strspn(first, "\r\n")] != '\0';
}

/* A cell that was written in quotes: its end, or NULL when the quote was only a character. */
static const char *quoted_end(const char *s) {
  if (*s != '"') return NULL;
  for (s++; *s != '\0'; s++) {
    if (*s != '"') continue;
    if (s[1] == '"') s++;
    else return s[1] == '\0' || s[1] == '\t' || is_break(s[1]) ? s + 1 : NULL;
  }
  return NULL;
}

static void add_trimmed(struct text *cell, const char *s, size_t n) {
  while (n > 0 && *s == ' ') s++, n--;
  while (n > 0 && s[n - 1] == ' ') n--;
  text_addn(cell, s, n);
}

/* The cell at *s into cell, *s moved behind it.  Returns what ended it: '\t', '\n' or 0. */
static char next_cell(const char **s, struct text *cell) {
  const char *end = quoted_end(*s);
  text_clear(cell);
  if (end != NULL) {
    for (const char *p = *s + 1; p < end - 1; p++) {
      if (*p == '\r') continue;
      text_addc(cell, *p);
      if (*p == '"') p++;
    }
  } else {
    end = *s + strcspn(*s, "\t\r\n");
    add_trimmed(cell, *s, (size_t)(end - *s));
  }
  char stop = *end;
  if (stop == '\r' && end[1] == '\n') end++;
  *s = stop != '\0' ? end + 1 : end;
  return is_break(stop) ? '\n' : stop;
}

static void count(const char *text, struct pasted *p) {
  struct text cell = { 0 };
  *p = (struct pasted){ 0 };
  for (int row = 1; *text != '\0'; row++) {
    char stop = '\t';
    for (int col = 1; stop == '\t'; col++) {
      stop = next_cell(&text, &cell);
      if (cell.len == 0) continue;
      p->rows = row;
      if (col > p->cols) p->cols = col;
    }
  }
  text_free(&cell);
}

void paste_table(struct text *out, const char *text, struct pasted *p) {
  struct text cell = { 0 };
  count(text, p);
  for (int row = 1; row <= p->rows; row++) {
    char stop = '\t';
    int col = 0, given = 0;
    for (; stop == '\t'; ) {
      stop = next_cell(&text, &cell);
      given++;
      if (col < p->cols) csv_add(out, text_str(&cell), col == 0, false);
      col++;
    }
    for (; col < p->cols; col++) csv_add(out, "", col == 0, false);
    text_addc(out, '\n');
    if (given >= p->cols || p->short_row != 0) continue;
    p->short_row = row;
    p->short_cols = given;
  }
  text_free(&cell);
}

bool table_size(const char *csv, int *rows, int *cols) {
  struct csv c;
  struct error e;
  int r = -1;
  *rows = *cols = 0;
  if (csv_open_text(&c, "", csv, strlen(csv), &e) != ST_OK) return false;
  while ((r = csv_next(&c, &e)) == 1) {
    ++*rows;
    if ((int)c.n > *cols) *cols = (int)c.n;
  }
  csv_close(&c);
  return r == 0;
}
