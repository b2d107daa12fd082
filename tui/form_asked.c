/* What the item asks, beside or below the form: its elements as a list to check against the text, the legal
 * basis, and what of the catalogue's row is not sure (待核).
 *
 * An element counts as found when its words stand in title, text or the table's head, which is all that is
 * claimed (文中提到): a help to the eye, nothing more, and nothing is refused for it.  A proposal that nobody
 * has accepted does not count.
 */
#include "base/utf8.h"
#include "batch/items.h"
#include "tui/form.h"

#include <string.h>

#define LOOKED_AT 20000 /* bytes of a text that are looked through */
#define AT_ONCE 6000
#define TICKS 32

/* ---- found in the texts */

static bool is_word(uint32_t cp) {
  return cp >= 0x80 && !utf8_no_start(cp) && !utf8_no_end(cp) && cp != 0x3000 && cp != 0x53CA /* 及 */ &&
         cp != 0x548C /* 和 */ && cp != 0x7684 /* 的 */;
}

/* Words that every element has and that say nothing. */
static bool is_noise(const char *pair) {
  static const char *const noise[] = { "相关", "信息", "情况", "有关", "其他", "内容", "关信" };
  for (size_t i = 0; i < sizeof noise / sizeof noise[0]; i++)
    if (strcmp(noise[i], pair) == 0) return true;
  return false;
}

/* All pairs of its characters must stand there, but for noise: rather too few found than one that is not. */
static bool is_in(const char *element, const char *texts) {
  bool any = false;
  uint32_t a = 0, b;
  for (int n; (n = utf8_decode(element, &b)) > 0; element += n) {
    char pair[10];
    if (is_word(a) && is_word(b)) {
      int len = utf8_encode(a, pair);
      utf8_encode(b, pair + len);
      any = any || !is_noise(pair);
      if (!is_noise(pair) && strstr(texts, pair) == NULL) return false;
    }
    a = b;
  }
  return any;
}

static void look(struct form *f) {
  const struct strings *content = &ui_item(f->ui, f->item)->content;
  const char *body = form_value(f, FIELD_BODY), *table = form_value(f, FIELD_TABLE); /* no proposals */
  struct text texts = { 0 };
  text_addf(&texts, "%s\n", form_value(f, FIELD_TITLE));
  text_addn(&texts, body, strnlen(body, LOOKED_AT));
  text_addc(&texts, '\n');
  text_addn(&texts, table, strcspn(table, "\n"));
  f->ticks = 0;
  for (size_t i = 0; i < content->n && i < TICKS; i++)
    if (is_in(content->s[i], text_str(&texts))) f->ticks |= 1u << i;
  f->ticks_stale = false;
  text_free(&texts);
}

bool form_asked_look(struct form *f, bool all) {
  bool text = f->focus == FIELD_TITLE || f->focus == FIELD_BODY || f->focus == FIELD_TABLE;
  if (text && f->edit.version != f->ticks_version) f->ticks_stale = true;
  f->ticks_version = f->edit.version;
  if (!f->ticks_stale || (!all && f->edit.text.len > AT_ONCE)) return false;
  look(f);
  return true;
}

/* ---- drawing */

static const char *box(const struct form *f, size_t i) {
  return i < TICKS && (f->ticks >> i & 1) != 0 ? "[x]" : "[ ]";
}

/* Elements one after the other, or each in lines of its own; returns the lines used. */
static int draw_elements(const struct form *f, struct screen *s, struct rect at, bool beside) {
  const struct strings *content = &ui_item(f->ui, f->item)->content;
  struct text text = { 0 };
  int row = 0;
  for (size_t i = 0; i < content->n && row < at.rows; i++) {
    text_addf(&text, "%s%s%zu.%s", !beside && i > 0 ? "　" : "", box(f, i), i + 1, content->s[i]);
    if (!beside) continue;
    struct rect rest = { at.row + row, at.col, at.rows - row, at.cols };
    row += form_wrap(s, rest, ATTR_PLAIN, text_str(&text));
    text_clear(&text);
  }
  if (!beside) row = form_wrap(s, at, ATTR_PLAIN, text_str(&text));
  text_free(&text);
  return row;
}

static int draw_basis(const struct form *f, struct screen *s, struct rect at, bool beside) {
  const struct strings *basis = &ui_item(f->ui, f->item)->basis;
  struct text text = { 0 };
  int row = 0;
  for (size_t i = 0; i < basis->n && row < at.rows; i++) {
    text_addf(&text, "%s%zu.%s", !beside && i > 0 ? "　" : "", i + 1, basis->s[i]);
    if (!beside) continue;
    struct rect rest = { at.row + row, at.col, at.rows - row, at.cols };
    row += form_wrap(s, rest, ATTR_PLAIN, text_str(&text));
    text_clear(&text);
  }
  if (!beside) row = form_wrap(s, at, ATTR_DIM, text_str(&text));
  text_free(&text);
  return row;
}

static int draw_unsure(const struct form *f, struct screen *s, struct rect at) {
  const struct item *item = ui_item(f->ui, f->item);
  struct text text = { 0 };
  if (item->verified && item->unverified == 0) return 0;
  item_verified(&text, item);
  int rows = form_wrap(s, at, ATTR_DIM, text_str(&text));
  text_free(&text);
  return rows;
}

typedef int part_fn(const struct form *f, struct screen *s, struct rect at, bool beside);

/* A part with its name before it (below the form) or above it (beside); returns the lines used. */
static int draw_part(const struct form *f, struct screen *s, struct rect at, const char *name, part_fn *draw,
                     bool beside) {
  struct rect text = { at.row + beside, at.col, at.rows - beside, at.cols };
  if (!beside) {
    text.col += FORM_VALUE;
    text.cols -= FORM_VALUE + 1;
  }
  if (text.rows <= 0) return 0;
  screen_put(s, at.row, at.col + (beside ? 0 : FORM_LABEL), at.cols, beside ? ATTR_STRONG : ATTR_PLAIN, name);
  return draw(f, s, text, beside) + (beside ? 2 : 0);
}

void form_asked_draw(struct form *f, struct screen *s, struct rect at, bool beside) {
  const struct item *item = ui_item(f->ui, f->item);
  bool unsure = !item->verified || item->unverified != 0;
  struct rect first = at;
  if (unsure && at.rows > 0) {
    struct rect line = { at.row, at.col + (beside ? 0 : FORM_VALUE), beside ? 3 : 1,
                         at.cols - (beside ? 0 : FORM_VALUE + 1) };
    int rows = draw_unsure(f, s, line);
    if (!beside) screen_put(s, at.row, at.col + FORM_LABEL, FORM_VALUE, ATTR_PLAIN, _("目录核对"));
    first.row += rows + beside;
    first.rows -= rows + beside;
  }
  int most = beside ? first.rows * 2 / 3 : first.rows > 1 ? first.rows - 1 : first.rows;
  struct rect upper = { first.row, first.col, most, first.cols };
  int used = draw_part(f, s, upper, beside ? _("内容要素（[x] 文中提到）") : _("内容要素"), draw_elements, beside);
  if (!beside && used > 1)
    screen_put(s, first.row + 1, first.col + FORM_LABEL, FORM_VALUE - FORM_LABEL - 1, ATTR_DIM, _("[x] 文中提到"));
  struct rect lower = { first.row + used, first.col, first.rows - used, first.cols };
  draw_part(f, s, lower, _("公开依据"), draw_basis, beside);
}
