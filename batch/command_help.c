/* --help: examples first, then usage and the option tables that parsing uses too. */
#include "base/text.h"
#include "base/utf8.h"
#include "batch/command.h"
#include <string.h>

enum { HELP_COLUMN = 26 };

static void help_options(const struct option_spec *specs, FILE *out) {
  struct text t = {0};
  for (size_t i = 0; specs != NULL && specs[i].name != NULL; i++) {
    const struct option_spec *s = &specs[i];
    text_clear(&t);
    text_add(&t, "  ");
    if (s->short_name != 0) {
      text_addf(&t, "-%c, ", s->short_name);
    }
    text_addf(&t, "--%s%s%s%s", s->name, s->arg != NULL ? " " : "", s->arg != NULL ? s->arg : "",
              s->repeat ? " …" : "");
    int width = utf8_width(text_str(&t));
    if (width > HELP_COLUMN - 2) {
      text_addc(&t, '\n');
      width = 0;
    }
    text_pad(&t, ' ', HELP_COLUMN - width);
    fprintf(out, "%s%s\n", text_str(&t), _(s->help));
  }
  text_free(&t);
}

/* Every line two columns in, at least. */
static void help_examples(const char *examples, FILE *out) {
  fputs(_("例子：\n"), out);
  while (*examples != '\0') {
    int n = (int)strcspn(examples, "\n");
    fprintf(out, "%s%.*s\n", *examples == ' ' ? "" : "  ", n, examples);
    examples += n + (examples[n] == '\n');
  }
  fputc('\n', out);
}

void command_help(const struct command *c, FILE *out) {
  bool ui = *c->name == '\0';
  if (ui) {
    command_help_all(out);
  } else {
    fprintf(out, "mingbai %s：%s\n\n", c->name, _(c->summary));
    help_examples(_(c->examples), out);
    fprintf(out, _("用法：mingbai %s %s%s\n"), c->name, c->operands, c->options != NULL ? _(" [选项]…") : "");
  }
  if (c->options != NULL && c->options[0].name != NULL) {
    fputs(ui ? _("\n界面的选项：\n") : _("\n选项：\n"), out);
    help_options(c->options, out);
  }
  fputs(_("\n通用选项（可以放在任何位置）：\n"), out);
  help_options(global_options, out);
}

static const char examples_all[] =
    N_("  # 为一个县建台账，打开界面填写\n"
       "  mingbai init 高平.mingbai --divisions examples/140581.csv\n"
       "  mingbai 高平.mingbai\n"
       "  # 看看什么快到期、什么已逾期\n"
       "  mingbai todo 高平.mingbai\n"
       "  # 打印一个村的公示单，汇总全县的公开率\n"
       "  mingbai sheet 高平.mingbai --kind board --unit 140581001001 -o 公示单/\n"
       "  mingbai summary 高平.mingbai --period 2026Q3 --by township\n");

void command_help_all(FILE *out) {
  struct text t = {0};
  fputs(_("mingbai（明白栏）：基层政务公开、村务公开的台账、公示单和公开率\n\n"), out);
  help_examples(_(examples_all), out);
  fputs(
      _("用法：\n  mingbai [FILE]          打开界面\n  mingbai 命令 [选项]…    见各命令的 --help\n\n命令：\n"),
      out);
  for (size_t i = 0; commands[i] != NULL; i++) {
    text_clear(&t);
    text_addf(&t, "  %s", commands[i]->name);
    text_pad(&t, ' ', 12 - utf8_width(text_str(&t)));
    fprintf(out, "%s%s\n", text_str(&t), _(commands[i]->summary));
  }
  text_free(&t);
}
