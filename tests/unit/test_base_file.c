/* Whole-file writing under a full disk, and names made from foreign text. */
#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int enter(void **state) {
  char *dir = strdup("/tmp/mingbai-test-XXXXXX");
  *state = dir;
  return dir && mkdtemp(dir) ? 0 : -1;
}

static int entries(const char *dir) {
  int n = 0;
  DIR *d = opendir(dir);
  for (struct dirent *e; d && (e = readdir(d)) != NULL;)
    n += strcmp(e->d_name, ".") && strcmp(e->d_name, "..");
  if (d) closedir(d);
  return n;
}

static int leave(void **state) {
  char command[128];
  snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", (char *)*state, (char *)*state);
  int r = system(command);
  free(*state);
  return r;
}

static const char *in(void **state, const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", (char *)*state, name);
  return path;
}

static void assert_holds(const char *path, const char *want) {
  struct text t = {0};
  assert_int_equal(file_read(path, 1 << 20, &t, NULL), ST_OK);
  assert_string_equal(text_str(&t), want);
  text_free(&t);
}

static void writes_and_replaces(void **state) {
  const char *path = in(state, "甲.txt");
  mode_t old = umask(027);
  assert_int_equal(file_write(path, "one", 3, 0666, NULL), ST_OK);
  umask(old);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0640);
  assert_holds(path, "one");
  assert_int_equal(file_write(path, "", 0, 0600, NULL), ST_OK);
  assert_holds(path, "");
  assert_int_equal(entries(*state), 1);
}

/* A limit on the size of files stands for the full disk. */
static void full_disk_leaves_the_old_file(void **state) {
  const char *path = in(state, "old.txt");
  assert_int_equal(file_write(path, "precious", 8, 0600, NULL), ST_OK);
  struct rlimit keep, small;
  getrlimit(RLIMIT_FSIZE, &keep);
  small = keep;
  small.rlim_cur = 100000;
  signal(SIGXFSZ, SIG_IGN);
  char *big = calloc(1, 300000);
  struct error e;
  setrlimit(RLIMIT_FSIZE, &small);
  enum status whole = file_write(path, big, 300000, 0600, &e);
  struct file_writer w;
  enum status streamed = file_begin(&w, path, 0600, &e);
  for (int i = 0; i < 300 && streamed == ST_OK; i++) streamed = file_add(&w, big, 1000, &e);
  if (streamed == ST_OK) streamed = file_commit(&w, &e);
  file_cancel(&w);
  setrlimit(RLIMIT_FSIZE, &keep);
  free(big);
  assert_int_equal(whole, ST_IO);
  assert_int_equal(streamed, ST_IO);
  assert_string_equal(e.id, "file.too-big");
  assert_string_equal(e.file, path);
  assert_holds(path, "precious");
  assert_int_equal(entries(*state), 1);
}

static void device_is_written_not_replaced(void **state) {
  (void)state;
  struct error e;
  struct stat st;
  assert_int_equal(file_write("/dev/full", "x", 1, 0600, &e), ST_IO);
  assert_string_equal(e.id, "file.disk-full");
  assert_int_equal(stat("/dev/full", &st), 0);
  assert_true(S_ISCHR(st.st_mode));
  assert_int_equal(file_write("/dev/null", "x", 1, 0600, &e), ST_OK);
}

static void cancelled_leaves_nothing(void **state) {
  const char *path = in(state, "new.txt");
  struct file_writer w;
  assert_int_equal(file_begin(&w, path, 0600, NULL), ST_OK);
  assert_int_equal(file_add(&w, "half", 4, NULL), ST_OK);
  assert_int_equal(entries(*state), 1); /* the temporary one */
  file_cancel(&w);
  assert_int_equal(entries(*state), 0);
  file_cancel(&w); /* idle */
}

static void streamed_is_whole(void **state) {
  const char *path = in(state, "s.txt");
  struct file_writer w;
  struct text want = {0};
  assert_int_equal(file_begin(&w, path, 0600, NULL), ST_OK);
  for (int i = 0; i < 30000; i++) {
    text_clear(&want);
    text_addf(&want, "%06d\n", i);
    assert_int_equal(file_add(&w, want.s, want.len, NULL), ST_OK);
  }
  assert_int_equal(file_commit(&w, NULL), ST_OK);
  text_clear(&want);
  assert_int_equal(file_read(path, 1 << 20, &want, NULL), ST_OK);
  assert_int_equal(want.len, 210000);
  for (int i = 0; i < 30000; i++) assert_int_equal(atoi(want.s + 7 * i), i);
  text_free(&want);
}

static void refusals_say_why(void **state) {
  struct error e;
  struct text t = {0};
  assert_int_equal(file_read(in(state, "none"), 10, &t, &e), ST_NOINPUT);
  assert_int_equal(file_read(*state, 10, &t, &e), ST_IO);
  assert_string_equal(e.id, "file.is-folder");
  assert_int_equal(file_write(*state, "x", 1, 0600, &e), ST_CANTCREATE);
  assert_int_equal(file_write(in(state, "none/x"), "x", 1, 0600, &e), ST_CANTCREATE);
  const char *path = in(state, "long");
  assert_int_equal(file_write(path, "12345", 5, 0600, NULL), ST_OK);
  assert_int_equal(file_read(path, 5, &t, &e), ST_OK);
  assert_int_equal(file_read(path, 4, &t, &e), ST_DATA);
  assert_string_equal(e.id, "file.too-large");
  if (geteuid() != 0) {
    chmod(path, 0444);
    assert_int_equal(file_write(path, "x", 1, 0600, &e), ST_NOPERM);
  }
  text_free(&t);
}

static void folders_and_lists(void **state) {
  struct error e;
  char deep[256];
  snprintf(deep, sizeof deep, "%s/甲//乙/丙/", (char *)*state);
  assert_int_equal(file_mkdir(deep, &e), ST_OK);
  assert_int_equal(file_mkdir(deep, &e), ST_OK);
  assert_true(file_is_dir(deep));
  static const char *const names[] = {"b.cfg", "a.cfg", ".hidden.cfg", "a.cfg~", "c.txt"};
  for (int i = 0; i < 5; i++) assert_int_equal(file_write(in(state, names[i]), "x", 1, 0600, &e), ST_OK);
  assert_int_equal(file_mkdir(in(state, "a.cfg/x"), &e), ST_CANTCREATE);
  assert_int_equal(file_mkdir(in(state, "d.cfg"), &e), ST_OK); /* a folder is no plain file */
  char **list;
  size_t n;
  assert_int_equal(path_list(*state, ".cfg", &list, &n, &e), ST_OK);
  assert_int_equal(n, 2);
  assert_string_equal(list[0], "a.cfg");
  assert_string_equal(list[1], "b.cfg");
  path_list_free(list, n);
  assert_int_equal(path_list(in(state, "none"), ".cfg", &list, &n, &e), ST_NOINPUT);
  assert_null(list);
}

static void paths(void **state) {
  (void)state;
  struct text t = {0};
  path_join(&t, "a/", "b");
  assert_string_equal(t.s, "a/b");
  path_join(&t, "a", "/b");
  assert_string_equal(t.s, "/b");
  path_dir(&t, "/b");
  assert_string_equal(t.s, "/");
  path_dir(&t, "b");
  assert_string_equal(t.s, ".");
  assert_string_equal(path_base("a/b.pdf"), "b.pdf");
  text_free(&t);
}

static void safe_names_stay_in_the_folder(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"莫𡐓村", "莫𡐓村"}, {"../../etc/passwd", "_._.._etc_passwd"}, {"..", "__"}, {"", "_"},
      {"a\nb:c*?", "a_b_c__"}, {"村.", "村_"}, {"\xE2\x80\xAE" "fdp.x", "_fdp.x"}, {"坏\xFF", "坏_"},
  };
  struct text t = {0};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    text_clear(&t);
    path_safe(&t, cases[i][0]);
    assert_string_equal(t.s, cases[i][1]);
  }
  char many[2000];
  for (int i = 0; i < 1997; i += 3) memcpy(many + i, "村", 4);
  text_clear(&t);
  path_safe(&t, many);
  assert_true(t.len <= 200 && t.len % 3 == 0);
  text_free(&t);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, enter, leave)
int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(writes_and_replaces),
      IN_FOLDER(full_disk_leaves_the_old_file),
      cmocka_unit_test(device_is_written_not_replaced),
      IN_FOLDER(cancelled_leaves_nothing),
      IN_FOLDER(streamed_is_whole),
      IN_FOLDER(refusals_say_why),
      IN_FOLDER(folders_and_lists),
      cmocka_unit_test(paths),
      cmocka_unit_test(safe_names_stay_in_the_folder),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
