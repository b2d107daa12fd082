/* The configuration reader and schema checker: the table conf.test over the samples of tests/conf, then what
 * a table cannot say: values read, lines of wrapped texts, links. */
#include "base/file.h"
#include "base/text.h"
#include "checklists/conf.h"
#include "tests/unit/tap.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *const colours[] = {"red", "green", NULL};
static const struct conf_rule box[] = {{.name = "width", .type = CONF_INT, .flags = CONF_REQUIRED},
                                       {.name = "label", .type = CONF_STRING},
                                       {.name = NULL}};
static const struct conf_rule row[] = {{.name = "id", .type = CONF_STRING, .flags = CONF_REQUIRED},
                                       {.name = "n", .type = CONF_INT},
                                       {.name = NULL}};
static const struct conf_rule text_element[] = {{.name = "", .type = CONF_STRING}, {.name = NULL}};
static const struct conf_rule rules[] = {
  {.name = "name", .type = CONF_STRING, .flags = CONF_REQUIRED | CONF_NONEMPTY},
  {.name = "count", .type = CONF_INT, .min = 1, .max = 10},
  {.name = "ratio", .type = CONF_FLOAT},
  {.name = "flag", .type = CONF_BOOL},
  {.name = "day", .type = CONF_STRING, .check = conf_is_date},
  {.name = "span", .type = CONF_STRING, .check = conf_is_date_range},
  {.name = "colour", .type = CONF_STRING, .values = colours},
  {.name = "colours", .type = CONF_ARRAY, .values = colours, .element = CONF_STRING},
  {.name = "tags", .type = CONF_ARRAY, .flags = CONF_UNIQUE, .element = CONF_STRING},
  {.name = "nums", .type = CONF_ARRAY, .element = CONF_INT},
  {.name = "box", .type = CONF_GROUP, .members = box},
  {.name = "rows", .type = CONF_LIST, .members = row},
  {.name = "mixed", .type = CONF_LIST, .members = text_element},
  {.name = "part", .type = CONF_STRING},
  {.name = "part2", .type = CONF_INT},
  {.name = "deep", .type = CONF_STRING},
  {.name = "after", .type = CONF_INT},
  {.name = NULL}};

static const char *srcdir(void) {
  return getenv("srcdir") ? getenv("srcdir") : ".";
}

/* ---- the table */

enum { MAX_ROWS = 200 };
static struct row { char sample[60], want[200]; int line; } table[MAX_ROWS];
static int n_rows;

static void read_table(void) {
  FILE *f = tap_open("tests/conf.test");
  char line[400], *cell[4];
  for (int n = 1; fgets(line, sizeof line, f); n++) {
    if (line[0] == '#' || *tap_trim(line) == '\0') continue;
    struct row *r = &table[n_rows++];
    int cells = tap_split(line, "|", cell, 4);
    r->line = n;
    snprintf(r->sample, sizeof r->sample, "%s", cell[0]);
    if (cells == 4) snprintf(r->want, sizeof r->want, "%s | %s | %s", cell[1], cell[2], cell[3]);
    else snprintf(r->want, sizeof r->want, "none");
  }
  fclose(f);
}

static void describe(char *out, size_t size, const struct finding *x, const char *dir) {
  const char *file = x->e.file;
  if (strncmp(file, dir, strlen(dir)) == 0 && file[strlen(dir)] == '/') file += strlen(dir) + 1;
  char at[30] = "";
  if (x->e.line > 0) snprintf(at, sizeof at, ":%d", x->e.line);
  snprintf(out, size, "%s%s | %s | %s", file, at, x->e.path, x->e.id);
}

static void check_sample(struct tap *t, int first, int last) {
  char dir[500], path[700], got[700], name[300];
  struct findings f = {0};
  snprintf(dir, sizeof dir, "%s/tests/conf", srcdir());
  snprintf(path, sizeof path, "%s/%s", dir, table[first].sample);
  struct conf *root = conf_load(path, NULL, &f);
  if (root) conf_check(root, rules, &f);
  for (int i = first; i < last; i++) {
    size_t k = (size_t)(i - first);
    if (k < f.n) describe(got, sizeof got, &f.list[k], dir);
    else snprintf(got, sizeof got, "none");
    snprintf(name, sizeof name, "conf.test:%d %s", table[i].line, table[i].sample);
    tap_same(t, got, table[i].want, name);
  }
  for (size_t k = (size_t)(last - first); k < f.n; k++) {
    describe(got, sizeof got, &f.list[k], dir);
    tap_ok(t, false, "%s: nothing more (got %s: %s)", table[first].sample, got, f.list[k].e.text);
  }
  conf_free(root);
  findings_free(&f);
}

static void check_table(struct tap *t) {
  read_table();
  for (int first = 0, last; first < n_rows; first = last) {
    for (last = first; last < n_rows && strcmp(table[last].sample, table[first].sample) == 0;) last++;
    check_sample(t, first, last);
  }
}

/* ---- values and lines */

static void check_line(struct tap *t, const struct conf *node, const char *what, int line) {
  tap_ok(t, node && node->line == line, "%s stands on line %d (got %d)", what, line, node ? node->line : -1);
}

static void check_good(struct tap *t) {
  char path[600];
  struct findings f = {0};
  snprintf(path, sizeof path, "%s/tests/conf/good.cfg", srcdir());
  struct conf *root = conf_load(path, NULL, &f);
  if (!tap_ok(t, root != NULL, "good.cfg is read")) return;
  tap_same(t, conf_str(root, "name", ""), "明白栏", "pieces of a text are joined");
  tap_ok(t, conf_int(root, "count", 0) == 10, "a hexadecimal number");
  tap_ok(t, conf_num(root, "ratio", 0) > 1.99 && conf_num(root, "ratio", 0) < 2.01,
         "an integer where a number may stand");
  tap_ok(t, conf_bool(root, "flag", false), "a boolean in capitals");
  tap_same(t, conf_str(conf_get(root, "box"), "label", ""), "say \"好\" \\ \n end", "escapes");
  const struct conf *rows = conf_get(root, "rows"), *tags = conf_get(root, "tags"),
                    *mixed = conf_get(root, "mixed");
  tap_ok(t, conf_int(rows->child[1], "n", 0) == 5000000000LL, "a long integer");
  tap_ok(t, conf_int(root, "absent", 7) == 7 && conf_get(root, "absent") == NULL,
         "a missing member gives the fallback");
  check_line(t, conf_get(root, "name"), "name", 2);
  check_line(t, tags, "tags", 7);
  check_line(t, tags->child[0], "tags[0]", 8);
  check_line(t, tags->child[1], "tags[1], in two pieces", 9);
  check_line(t, conf_get(root, "nums")->child[2], "nums[2]", 13);
  check_line(t, conf_get(conf_get(root, "box"), "label"), "box.label", 16);
  check_line(t, rows->child[1], "rows[1]", 20);
  check_line(t, conf_get(rows->child[1], "n"), "rows[1].n", 22);
  check_line(t, mixed->child[0], "mixed[0]", 25);
  check_line(t, mixed->child[1], "mixed[1]", 26);
  check_line(t, conf_get(root, "part2"), "part2 of the part", 5);
  check_line(t, conf_get(root, "after"), "after the include", 28);
  tap_same(t, path_base(conf_get(root, "deep")->file), "deep.cfg", "a value knows the file it came from");
  conf_free(root);
  findings_free(&f);
}

/* ---- links */

static void write_file(const char *dir, const char *name, const char *text) {
  char path[300];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *f = fopen(path, "w");
  if (f) {
    fputs(text, f);
    fclose(f);
  }
}

static void check_one_include(struct tap *t, const char *dir, const char *name, const char *want,
                              const char *what) {
  char path[300], text[200];
  struct findings f = {0};
  snprintf(text, sizeof text, "@include \"%s\"\n", name);
  write_file(dir, "in/main.cfg", text);
  snprintf(path, sizeof path, "%s/in/main.cfg", dir);
  struct conf *root = conf_load(path, NULL, &f);
  tap_same(t, root ? conf_str(root, "x", "no x") : f.n ? f.list[0].e.id : "nothing", want, what);
  conf_free(root);
  findings_free(&f);
}

static void check_links(struct tap *t) {
  char dir[] = "/tmp/mingbai-conf-XXXXXX", a[300], b[300];
  if (!tap_ok(t, mkdtemp(dir) != NULL, "a folder")) return;
  snprintf(a, sizeof a, "%s/in", dir);
  mkdir(a, 0700);
  snprintf(a, sizeof a, "%s/in-not", dir); /* begins like the folder's name, but is another */
  mkdir(a, 0700);
  write_file(dir, "outside.cfg", "x = \"outside\";\n");
  write_file(dir, "in-not/neighbour.cfg", "x = \"neighbour\";\n");
  write_file(dir, "in/inside.cfg", "x = \"inside\";\n");
  snprintf(b, sizeof b, "%s/in/link-out.cfg", dir);
  int made = symlink("../outside.cfg", b);
  snprintf(b, sizeof b, "%s/in/link-in.cfg", dir);
  made |= symlink("inside.cfg", b);
  snprintf(b, sizeof b, "%s/in/folder.cfg", dir);
  made |= mkdir(b, 0700);
  tap_ok(t, made == 0, "links are made");
  check_one_include(t, dir, "inside.cfg", "inside", "a file of the folder is included");
  check_one_include(t, dir, "../in/inside.cfg", "inside", "the way may lead out and back");
  check_one_include(t, dir, "link-in.cfg", "inside", "a link that stays inside");
  check_one_include(t, dir, "link-out.cfg", "conf.include", "a link that leads outside is refused");
  check_one_include(t, dir, "../outside.cfg", "conf.include", "a way through .. is refused");
  check_one_include(t, dir, "../in-not/neighbour.cfg", "conf.include",
                    "a folder with a similar name is outside");
  check_one_include(t, dir, "folder.cfg", "conf.include", "a folder is no file");
  snprintf(b, sizeof b, "rm -r %s", dir);
  tap_ok(t, system(b) == 0, "the folder is removed");
}

int main(void) {
  struct tap t = {0};
  check_table(&t);
  check_good(&t);
  check_links(&t);
  return tap_done(&t);
}
