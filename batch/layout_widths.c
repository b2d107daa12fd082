/* How wide the columns of a table are: by weights from the template, or measured.
 *
 * All widths are in 1/1000 of the table's type size and include the padding.  The aim is few lines: most
 * rows in one line, the few long cells wrapped; and no word broken.
 */
#include "batch/layout_private.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_ints(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

/* What nine of ten cells of each column need in one line. */
bool layout_measure(struct layout *l, struct columns *m) {
  int *list = malloc((l->n_rows + 1) * sizeof *list);
  for (int c = 0; list && c < m->n; c++) {
    size_t n = 0;
    for (size_t i = 0; i < l->n_rows; i++)
      if (l->rows[i].table == m->table && l->rows[i].kind == ROW_DATA)
        list[n++] = layout_natural(l, l->cells[l->rows[i].first_cell + c]) + 2 * CELL_PAD;
    if (n) qsort(list, n, sizeof *list, compare_ints);
    m->typical[c] = n ? list[(n - 1) * 9 / 10] : m->natural[c];
    if (m->typical[c] < m->word[c]) m->typical[c] = m->word[c];
    if (m->typical[c] < m->head_need[c]) m->typical[c] = m->head_need[c];
  }
  free(list);
  if (!list) l->failed = true;
  return list != NULL;
}

/* Shares: columns without weight take what they need, the others divide the rest. */
static void widths_by_weight(struct columns *m, int room, double sum) {
  int rest = room;
  for (int i = 0; i < m->n; i++) {
    if (m->weight[i] > 0) continue;
    m->width[i] = m->natural[i] < room / 3 ? m->natural[i] : room / 3;
    rest -= m->width[i];
  }
  int taken = room - rest, most = room - room / 4;
  for (int i = 0; taken > most && i < m->n; i++)
    if (m->weight[i] <= 0) m->width[i] = (int)((double)m->width[i] * most / taken);
  if (taken > most) rest = room - most;
  for (int i = 0; i < m->n; i++)
    if (m->weight[i] > 0) m->width[i] = (int)(rest * m->weight[i] / sum);
}

/* Lines of all rows together, with the two weighted columns this wide. */
static int count_lines(struct layout *l, const struct columns *m, int a, int b, int wide_a, int wide_b) {
  size_t had = l->n_lines;
  int sum = 0;
  for (size_t i = 0; i < l->n_rows; i++) {
    const struct row *r = &l->rows[i];
    if (r->table != m->table || r->kind != ROW_DATA) continue;
    int na = layout_break(l, l->cells[r->first_cell + a], wide_a - 2 * CELL_PAD, 0).n;
    int nb = layout_break(l, l->cells[r->first_cell + b], wide_b - 2 * CELL_PAD, 0).n;
    sum += na > nb ? na : nb;
    l->n_lines = had;
  }
  return sum;
}

/* Weights are a wish: where two columns divide the rest, the division moves to where the rows need fewest
 * lines, and among such divisions to the one nearest to the wish. */
static void tune_weights(struct layout *l, struct columns *m) {
  int pair[2], n = 0, best_a = 0, least = 0;
  for (int i = 0; i < m->n; i++)
    if (m->weight[i] > 0 && n++ < 2) pair[n - 1] = i;
  if (n != 2) return;
  int a = pair[0], b = pair[1], total = m->width[a] + m->width[b], step = total / 20;
  for (int k = 0; k <= 14; k++) {
    int wide = m->width[a] + (k % 2 ? -1 : 1) * (k + 1) / 2 * step;
    if (wide < m->word[a] || total - wide < m->word[b] || wide < m->width[a] / 2 ||
        total - wide < m->width[b] / 2)
      continue;
    int lines = count_lines(l, m, a, b, wide, total - wide);
    if (best_a > 0 && lines >= least) continue;
    best_a = wide;
    least = lines;
  }
  if (best_a == 0) return;
  m->width[a] = best_a;
  m->width[b] = total - best_a;
}

/* Where most rows fit in one line, the few long cells of some columns divide what is left over. */
static bool widths_by_typical(struct columns *m, int room) {
  int used = 0, beyond = 0;
  for (int i = 0; i < m->n; i++) {
    used += m->typical[i];
    beyond += m->natural[i] - m->typical[i];
  }
  if (used > room || beyond <= 0) return false;
  for (int i = 0; i < m->n; i++)
    m->width[i] = m->typical[i] + (int)((double)(room - used) * (m->natural[i] - m->typical[i]) / beyond);
  return true;
}

/* Narrow columns keep their width; wide ones divide what is left, by what they hold. */
static void widths_by_need(struct columns *m, int room) {
  bool fixed[COLUMNS_MAX] = {false};
  int rest = room, open = m->n;
  for (bool again = true; again && open > 0; ) {
    again = false;
    for (int i = 0; i < m->n; i++) {
      if (fixed[i] || m->natural[i] > rest / open) continue;
      m->width[i] = m->natural[i];
      fixed[i] = again = true;
      rest -= m->width[i];
      if (--open == 0) break;
    }
  }
  double need = 0;
  for (int i = 0; i < m->n; i++)
    if (!fixed[i]) need += sqrt(m->natural[i]);
  for (int i = 0; i < m->n; i++)
    if (!fixed[i]) m->width[i] = (int)(rest * sqrt(m->natural[i]) / need);
}

/* No column narrower than its longest word, taken from the widest ones. */
static void widths_for_words(struct columns *m) {
  for (int i = 0; i < m->n; i++) {
    while (m->width[i] < m->word[i]) {
      int from = -1, missing = m->word[i] - m->width[i];
      for (int k = 0; k < m->n; k++)
        if (m->width[k] > m->word[k] &&
            (from < 0 || m->width[k] - m->word[k] > m->width[from] - m->word[from]))
          from = k;
      if (from < 0) return;
      int spare = m->width[from] - m->word[from], take = spare < missing ? spare : missing;
      m->width[from] -= take;
      m->width[i] += take;
    }
  }
}

static void spread(struct columns *m, int room) {
  int sum = 0;
  for (int i = 0; i < m->n; i++) sum += m->width[i];
  for (int i = 0; i < m->n && sum < room; i++) m->width[i] += (room - sum) / m->n;
}

void layout_widths(struct layout *l, struct columns *m, int room) {
  int need = 0;
  double weights = 0;
  for (int i = 0; i < m->n; i++) {
    need += m->natural[i];
    weights += m->weight[i];
  }
  if (weights > 0) {
    widths_by_weight(m, room, weights);
    tune_weights(l, m);
  } else if (need <= room) {
    memcpy(m->width, m->natural, sizeof m->width);
  } else if (!widths_by_typical(m, room)) {
    widths_by_need(m, room);
  }
  widths_for_words(m);
  spread(m, room);
}
