/* All that the catalogue says of an item: elements to disclose, legal basis, time limit. */
#include "tui/view.h"
#include "tui/view_page.h"

static void add_list(struct text *out, const char *name, const struct strings *list) {
  if (list->n == 0) return;
  text_addf(out, "%s\n", name);
  for (size_t i = 0; i < list->n; i++) text_addf(out, "\t%zu. %s\n", i + 1, list->s[i]);
}

static void add_line(struct text *out, const char *name, const char *value) {
  if (!str_empty(value)) text_addf(out, "%s　%s\n", name, value);
}

static void add_channels(struct text *out, const struct item *item) {
  struct text names = { 0 };
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    if ((item->channels >> i & 1) == 0) continue;
    if (names.len > 0) text_add(&names, "、");
    text_add(&names, channel_name(i));
  }
  if (names.len > 0) text_add(&names, item->channel_all ? _("（都要）") : _("（任选）"));
  add_line(out, _("公开渠道"), text_str(&names));
  text_free(&names);
}

struct view *view_basis_new(struct ui *ui, int unit, int no) {
  const struct item *item = ui_item(ui, no);
  struct text title = { 0 }, body = { 0 };
  text_addf(&title, "%s %s", item->id, item_title(item));
  if (!item->verified) text_add(&body, _("待核：这一行还有内容没有对照原文核实。\n"));
  add_line(&body, _("一级事项"), item->level1);
  add_list(&body, _("内容要素"), &item->content);
  add_list(&body, _("公开依据"), &item->basis);
  add_line(&body, _("公开时限"), item->deadline_text);
  add_line(&body, _("起算事件"), item->event);
  add_line(&body, _("公开主体"), item->publisher);
  add_channels(&body, item);
  add_line(&body, _("公开对象"), item->audience);
  add_line(&body, _("说明"), item->remark);
  return view_page_new(unit, &title, &body);
}
