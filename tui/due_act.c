/* Dealing with rows of the day's work: published today, or none this period with a reason.
 *
 * One row that is one thing is published at once; several are asked about first, by their number, and are
 * one step of undo.  Only the units concerned are counted again. */
#include "tui/due.h"

/* What an act takes of the marked rows, or of the one one stands on. */
struct choice {
  struct due *v;
  bool publish;
  size_t left_out; /* that cannot be dealt with so */
  size_t checks;   /* of those taken: standing items */
};

static bool may(const struct choice *c, const struct due_entry *e) {
  enum cadence cadence = ui_item(c->v->ui, e->item)->cadence;
  bool event = cadence == CAD_EVENT || cadence == CAD_BEFORE;
  if (e->kind == DUE_TAKE_DOWN) return false;
  return c->publish ? e->kind != DUE_NONE : e->kind == DUE_NONE || !event;
}

static void take(struct choice *c, const struct due_line *l) {
  struct due *v = c->v;
  const struct due_entry *entry = due_entry_of(v, l);
  for (uint32_t i = 0; i < l->n; i++) {
    const struct due_entry *e = &entry[i];
    struct target t = { .unit = l->unit, .item = e->item, .no = e->no };
    if (!may(c, e)) {
      c->left_out++;
      continue;
    }
    if (e->kind != DUE_CHECK) t.recurrence = e->period;
    c->checks += e->kind == DUE_CHECK;
    targets_add(&v->targets, t);
  }
}

static bool choose(struct choice *c) {
  struct due *v = c->v;
  struct list *list = &v->view.list;
  const struct due_line *l = due_selected(v);
  struct error e = { 0 };
  targets_free(&v->targets);
  if (list_marks(list) > 0)
    for (int i = list_next_mark(list, 0); i >= 0; i = list_next_mark(list, i + 1)) take(c, &v->line[i]);
  else if (l != NULL)
    take(c, l);
  if (!v->targets.failed) return v->targets.n > 0;
  error_nomem(&e);
  ui_fail(v->ui, &e);
  return false;
}

/* What was changed is known, so nothing else is looked at again. */
static unsigned count_again(struct due *v, struct ui *ui, unsigned generation, unsigned done) {
  struct error e = { 0 };
  enum status st = ST_OK;
  int last = -1;
  bool known = v->view.generation == generation && ui->generation == generation + 1;
  if ((done & UI_ERROR) == 0) list_unmark(&v->view.list); /* those left out too: the act is over */
  if (known && (done & UI_ERROR) == 0) {
    due_save(v);
    for (size_t i = 0; i < v->targets.n && st == ST_OK; i++) {
      if (v->targets.t[i].unit != last) st = due_count_unit(v, v->targets.t[i].unit, false, &e);
      last = v->targets.t[i].unit;
    }
    due_rebuild(v);
    if (st == ST_OK) v->view.generation = ui->generation;
  }
  targets_free(&v->targets);
  return done;
}

/* ---- publish */

static unsigned publish_one(struct due *v, struct ui *ui) {
  struct target t = v->targets.t[0];
  unsigned before = ui->generation;
  return count_again(v, ui, before, change_publish(ui, t.unit, t.item, t.no, t.recurrence));
}

static unsigned publish_all(struct view *view, struct ui *ui, const char *answer) {
  struct due *v = (struct due *)view;
  unsigned before = ui->generation;
  (void)answer;
  return count_again(v, ui, before, change_publish_many(ui, v->targets.t, v->targets.n));
}

static void add_left_out(struct text *out, const struct choice *c) {
  if (c->left_out > 0) text_addf(out, _("（另 %zu 项不能这样办，不动）"), c->left_out);
}

static void ask_publish(const struct choice *c, struct ui *ui) {
  struct text label = { 0 };
  const struct due_line *l = due_selected(c->v);
  if (list_marks(&c->v->view.list) > 0 || l == NULL)
    text_addf(&label, _("把选中的 %zu 项记为今天公开？"), c->v->targets.n);
  else
    text_addf(&label, _("%s的 %zu 项都已挂出，记为今天公开？"), ui->catalogue->domains[l->domain].name,
              c->v->targets.n);
  add_left_out(&label, c);
  ui_ask(ui, text_str(&label), publish_all);
  text_free(&label);
}

/* Why there is nothing to do with the key. */
static void say_why(const struct due *v, struct ui *ui, bool publish) {
  const struct due_line *l = due_selected(v);
  const struct due_entry *e = l != NULL ? due_entry_of(v, l) : NULL;
  if (ui->message_is_error) return;
  if (list_marks(&v->view.list) > 0) ui_say(ui, _("选中的各行都不能这样办"));
  else if (e == NULL) ui_say(ui, _("先站到要办的一行上（组名上：回车展开，空格选中整组）"));
  else if (e->kind == DUE_TAKE_DOWN) ui_say(ui, _("公示期已满：回车打开，填撤下日期"));
  else if (publish) ui_say(ui, _("还没有登记：有的回车打开登记，没有的按 F6 记为本期无"));
  else ui_say(ui, _("这一条已有记录，不能记为本期无"));
}

unsigned due_publish(struct due *v, struct ui *ui) {
  struct choice c = { .v = v, .publish = true };
  if (!choose(&c)) say_why(v, ui, true);
  else if (v->targets.n == 1 && list_marks(&v->view.list) == 0) return publish_one(v, ui);
  else ask_publish(&c, ui);
  return UI_HANDLED;
}

/* ---- none */

static unsigned none_answered(struct view *view, struct ui *ui, const char *reason) {
  struct due *v = (struct due *)view;
  unsigned before = ui->generation;
  if (*reason == '\0') {
    ui_say(ui, _("没有记下：要写一句理由"));
    return UI_HANDLED;
  }
  return count_again(v, ui, before, change_none_many(ui, v->targets.t, v->targets.n, reason));
}

unsigned due_none(struct due *v, struct ui *ui) {
  struct choice c = { .v = v };
  struct text label = { 0 };
  if (!choose(&c)) {
    say_why(v, ui, false);
    return UI_HANDLED;
  }
  bool standing = c.checks == v->targets.n;
  text_addf(&label, standing ? _("%zu 项不适用，理由：") : _("%zu 项本期无，理由："), v->targets.n);
  add_left_out(&label, &c);
  ui_ask_line(ui, text_str(&label), standing ? _("本单位不涉及") : _("本期无此事项"), none_answered);
  text_free(&label);
  return UI_HANDLED;
}
