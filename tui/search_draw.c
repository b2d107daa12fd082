/* Rows of what was found, with what fits made strong; and what can be typed, by examples. */
#include "base/utf8.h"
#include "tui/draw_item.h"
#include "tui/search.h"
#include "tui/view.h"

#define NAME_MOST 90 /* columns; on a wide screen what belongs together stays together */

/* The name, with what was found in it made strong. */
static void put_name(const struct search *s, struct screen *to, struct rect at, enum attr attr,
                     const char *name) {
  screen_fit(to, at.row, at.col, at.cols, attr, name, false);
  if (attr == ATTR_SELECTED) return;
  bool cut = utf8_width(name) > at.cols;
  for (int w = 0; w < s->words; w++) {
    struct pinyin_hit hit;
    struct text before = { 0 }, part = { 0 };
    if (!search_hit(s, w, name, &hit)) continue;
    text_addn(&before, name, hit.begin);
    text_addn(&part, name + hit.begin, hit.end - hit.begin);
    int col = utf8_width(text_str(&before));
    if (col + utf8_width(text_str(&part)) <= at.cols - (cut ? 2 : 0))
      screen_put(to, at.row, at.col + col, at.cols - col, ATTR_STRONG, text_str(&part));
    text_free(&before);
    text_free(&part);
  }
}

/* The name stands at col; how wide it is, and what stands beside it. */
struct columns { int name, side, side_width; };

static struct columns columns_for(int cols, int col) {
  struct columns c = { .side_width = cols < 72 ? 16 : cols < 100 ? 22 : 42 };
  c.name = cols - col - c.side_width - 2;
  if (c.name > NAME_MOST) c.name = NAME_MOST;
  c.side = col + c.name + 1;
  if (cols >= 100) c.side_width = cols - c.side - 1;
  return c;
}

static void draw_unit(const struct search *s, struct screen *to, struct rect at, const struct found *f,
                      enum attr attr) {
  const struct unit *u = ui_unit(s->ui, f->unit);
  struct columns c = columns_for(at.cols, 2);
  int above = at.cols < 100 ? c.side_width : 24;
  put_name(s, to, (struct rect){ at.row, 2, 1, c.name }, attr, u->name);
  if (u->parent >= 0) screen_fit(to, at.row, c.side, above, attr, ui_unit(s->ui, u->parent)->name, false);
  if (above < c.side_width)
    put_name(s, to, (struct rect){ at.row, c.side + above, 1, c.side_width - above }, attr, u->code);
}

static bool has_level(const struct ui *ui, enum level level) {
  for (size_t i = 0; i < ui->n_units; i++)
    if (ui->units[i].level == level) return true;
  return false;
}

/* An item that is not asked of the unit one came from says of whom it is asked. */
static void add_levels(const struct ui *ui, const struct item *item, struct text *out) {
  text_add(out, _("选单位："));
  for (int l = LEVEL_COUNTY; l <= LEVEL_VILLAGE; l++)
    if ((item->levels >> l & 1) != 0 && has_level(ui, (enum level)l))
      text_addf(out, "%s ", level_name((enum level)l));
}

static void draw_item(const struct search *s, struct screen *to, struct rect at, const struct found *f,
                      enum attr attr) {
  const struct item *item = ui_item(s->ui, f->item);
  struct columns c = columns_for(at.cols, 9);
  struct text name = { 0 }, text = { 0 };
  add_item_name(s->ui, f->item, c.name, &name);
  put_name(s, to, (struct rect){ at.row, 2, 1, 6 }, attr, item->id);
  put_name(s, to, (struct rect){ at.row, 9, 1, c.name }, attr, text_str(&name));
  if (search_is_loose(f)) text_add(&text, _("相近 "));
  if (!search_has_item(s, f)) add_levels(s->ui, item, &text);
  else if (f->unit != s->unit) text_add(&text, ui_unit(s->ui, f->unit)->name);
  else text_add(&text, s->ui->catalogue->domains[item->domain].name);
  screen_fit(to, at.row, c.side, c.side_width, attr, text_str(&text), false);
  text_free(&name);
  text_free(&text);
}

static void draw_record(const struct search *s, struct screen *to, struct rect at, const struct found *f,
                        enum attr attr) {
  const struct item *item = ui_item(s->ui, f->item);
  struct columns c = columns_for(at.cols, 13);
  struct text when = { 0 }, side_text = { 0 }, title = { 0 };
  if (f->event != DAY_NONE) day_add_iso(&when, f->event);
  else if (f->recurrence.kind != PERIOD_NONE) period_add(&when, f->recurrence);
  text_addf(&side_text, "%s %s", item->id, ui_unit(s->ui, f->unit)->name);
  if (f->none) text_add(&title, _("本期无："));
  text_add(&title, str_empty(f->title) ? item_title(item) : f->title);
  put_name(s, to, (struct rect){ at.row, 2, 1, 10 }, attr, text_str(&when));
  put_name(s, to, (struct rect){ at.row, 13, 1, c.name }, attr, text_str(&title));
  screen_fit(to, at.row, c.side, c.side_width, attr, text_str(&side_text), false);
  text_free(&when);
  text_free(&side_text);
  text_free(&title);
}

void search_draw_row(const struct search *s, struct screen *to, struct rect at, enum found_kind kind,
                     const struct found *f, bool selected) {
  enum attr attr = selected ? ATTR_SELECTED : ATTR_PLAIN;
  screen_put(to, at.row, at.col, 1, attr, selected ? ">" : " ");
  if (kind == FOUND_UNIT) draw_unit(s, to, at, f, attr);
  else if (kind == FOUND_ITEM) draw_item(s, to, at, f, attr);
  else draw_record(s, to, at, f, attr);
}

/* The first letters of a name's two characters, when each has one reading. */
static bool letters_of(const char *name, struct text *out) {
  text_clear(out);
  for (int i = 0; i < 2; i++) {
    uint32_t cp;
    name += utf8_decode(name, &cp);
    uint32_t letters = pinyin_letters(cp);
    if (letters == 0 || (letters & (letters - 1)) != 0) return false;
    int bit = 0;
    while (letters >> bit != 1) bit++;
    text_addc(out, (char)('a' + bit));
  }
  return *name != '\0';
}

/* An example of this workbook's own. */
static void draw_own_example(const struct search *s, struct screen *to, int row, int cols) {
  struct text letters = { 0 };
  const struct unit *found = NULL;
  for (size_t i = 0; i < s->ui->n_units && found == NULL; i++) {
    const struct unit *u = &s->ui->units[i];
    if (u->level == LEVEL_VILLAGE && letters_of(u->name, &letters)) found = u;
  }
  screen_put(to, row, 4, 10, ATTR_KEY, found != NULL ? text_str(&letters) : "szz");
  screen_put(to, row, 15, cols - 16, ATTR_PLAIN, found != NULL ? found->name : _("石嘴子村"));
  text_free(&letters);
}

void search_draw_examples(const struct search *s, struct screen *to, struct rect at) {
  static const struct { const char *typed, *finds; } example[] = {
    { "dbgs", N_("低保公示；隔着字也行：最低生活保障公示") },
    { N_("低保"), N_("汉字也行，可以和字母混着打：低bgs") },
    { "1905", N_("编号 19.05 的事项") },
    { "bcjd db", N_("空一格再打一个词：北城街道的，低保") },
    { "20260903", N_("这一天的记录") },
  };
  screen_put(to, at.row + 1, 2, at.cols - 3, ATTR_PLAIN,
             _("打拼音首字母就行，不用切换输入法；找到的马上列在下面："));
  draw_own_example(s, to, at.row + 3, at.cols);
  for (int i = 0; i < (int)(sizeof example / sizeof example[0]) && i + 4 < at.rows; i++) {
    screen_put(to, at.row + i + 4, 4, 10, ATTR_KEY, _(example[i].typed));
    screen_put(to, at.row + i + 4, 15, at.cols - 16, ATTR_PLAIN, _(example[i].finds));
  }
}
