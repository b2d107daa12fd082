/* What is said after printing: how many, where, what was not printed and why. */
#include "tui/view_page.h"
#include "tui/view_print.h"


/* "，在台账旁边的“打印”文件夹" / "，已送到打印机 HP" */
static void add_where(struct print_view *v, struct text *out) {
  text_add(out, v->to == PRINT_FOLDER ? _("，在") : _("，送到"));
  print_row_value(v, ROW_WHERE, out);
}

static void add_counts(struct print_view *v, const struct print_count *c, struct text *out) {
  if (c->printed > 0) {
    text_addf(out, v->to == PRINT_FOLDER ? _("已存成 %ld 个 PDF") : _("印了 %ld 份"), c->printed);
    if (c->pages > 0) text_addf(out, _("（%ld 页）"), c->pages);
    add_where(v, out);
  } else {
    text_add(out, _("一份也没有印"));
  }
  if (c->refused > 0) text_addf(out, _("；%ld 份有问题没有印，原因见上"), c->refused);
  if (c->without_phone == 1 && c->printed == 1) text_add(out, _("；上面没有监督电话"));
  else if (c->without_phone > 0) text_addf(out, _("；%ld 份没有监督电话"), c->without_phone);
}

/* The one record that was printed, and not posted yet: the next key. */
static bool to_be_posted(const struct print_view *v) {
  size_t n;
  (void)print_records(v->print, &n);
  return n == 1 && v->record.no != 0 && str_empty(v->record.value[FIELD_PUBLISHED]);
}

void print_say_end(struct print_view *v, bool kept, const struct error *not_kept) {
  struct print_count c = print_count(v->print);
  struct text words = { 0 };
  enum print_state state = print_state(v->print);
  if (state == PRINT_FAILED) {
    struct error e = *print_error(v->print);
    if (c.printed > 0) {
      add_counts(v, &c, &words);
      error_set(&e, e.status, e.id, _("%s。%s，其余没有印"), print_error(v->print)->text, text_str(&words));
    }
    ui_fail(v->ui, &e);
    text_free(&words);
    return;
  }
  if (c.total == 0) {
    ui_say(v->ui, _("这样选没有可印的公示单：请换内容、单位或周期"));
    return;
  }
  add_counts(v, &c, &words);
  if (state == PRINT_STOPPED) text_addf(&words, _("。停下了，还有 %ld 份没有印"), c.total - c.done);
  if (!kept) text_addf(&words, _("。打印日期没有记下：%s"), not_kept->text);
  else if (to_be_posted(v)) text_add(&words, _("。贴出去了就按 F5"));
  ui_say(v->ui, "%s", text_str(&words));
  text_free(&words);
}

/* ---- findings */

void print_add_finding(struct text *out, const struct finding *f) {
  if (f->e.path[0] != '\0') text_addf(out, "%s：", f->e.path);
  text_add(out, f->e.text);
  if (f->advice[0] != '\0') text_addf(out, _("。怎么办：%s"), f->advice);
}

struct view *print_findings_page(struct print_view *v) {
  const struct findings *f = print_findings(v->print);
  struct text title = { 0 }, body = { 0 };
  text_addf(&title, _("没有印出 %ld 份：原因和办法"), print_count(v->print).refused);
  for (size_t i = 0; i < f->n; i++) {
    text_addf(&body, "%zu. ", i + 1);
    print_add_finding(&body, &f->list[i]);
    text_add(&body, "\n\n");
  }
  if (f->dropped > 0) text_addf(&body, _("……还有 %zu 处没有列出。\n"), f->dropped);
  return view_page_new(v->place.unit, &title, &body);
}
