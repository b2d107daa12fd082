/* The one file that knows curses.
 *
 * Input: a poll over the terminal and a pipe written by signal handlers, so nothing wakes the
 * program but a key or a signal.  get_wch gives characters whole.  A paste comes between
 * brackets (ESC [ 200 ~), so its line breaks are text and not commands.
 * Output: whole rows of cells that changed; curses then writes only what differs.
 */
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#define ESCAPE_DELAY_MS 25 /* how long a lone Esc waits for the rest of a sequence */
#define REST_MS 50         /* how long the rest of a character may take */
#define EMPTY_READS 8      /* readable but nothing to read, that often: the terminal is gone */
#define PASTE_BEGIN (KEY_MAX + 1)
#define PASTE_END (KEY_MAX + 2)

static const int caught[] = { SIGTERM, SIGHUP, SIGINT, SIGWINCH };
#define CAUGHT (sizeof caught / sizeof caught[0])

struct term {
  SCREEN *curses;
  int wake[2];
  struct sigaction before[CAUGHT];
  struct screen shown; /* what curses was told last */
  attr_t look[ATTR_COUNT];
  bool stale, pasting, hung;
  bool after_return; /* the last pasted character was a carriage return */
};

/* A handler can reach nothing else; -1 while no terminal is open. */
static volatile sig_atomic_t wake_fd = -1;

static void on_signal(int signo) {
  int keep = errno;
  unsigned char byte = (unsigned char)signo;
  if (wake_fd >= 0 && write(wake_fd, &byte, 1) < 0) { /* the pipe is full: it will wake anyway */ }
  errno = keep;
}

static bool catch_signals(struct term *t) {
  if (pipe2(t->wake, O_NONBLOCK | O_CLOEXEC) != 0) return false;
  wake_fd = t->wake[1];
  struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  sigemptyset(&act.sa_mask);
  for (size_t i = 0; i < CAUGHT; i++) sigaction(caught[i], &act, &t->before[i]);
  return true;
}

static void release_signals(struct term *t) {
  for (size_t i = 0; i < CAUGHT; i++) sigaction(caught[i], &t->before[i], NULL);
  wake_fd = -1;
  close(t->wake[0]);
  close(t->wake[1]);
}

/* Meaning never by colour alone: each look differs in words or in reverse, bold, underline. */
static void choose_looks(struct term *t, bool color) {
  static const attr_t mono[ATTR_COUNT] = {
    [ATTR_TITLE] = A_REVERSE, [ATTR_HEAD] = A_UNDERLINE, [ATTR_SELECTED] = A_REVERSE, [ATTR_DIM] = A_DIM,
    [ATTR_STRONG] = A_BOLD, [ATTR_WARN] = A_BOLD, [ATTR_ERROR] = A_REVERSE | A_BOLD, [ATTR_KEY] = A_BOLD,
    [ATTR_FIELD] = A_UNDERLINE,
  };
  static const struct { enum attr attr; short fg, bg; attr_t more; } tint[] = {
    { ATTR_TITLE, COLOR_WHITE, COLOR_BLUE, A_BOLD }, { ATTR_WARN, COLOR_RED, -1, A_BOLD },
    { ATTR_GOOD, COLOR_GREEN, -1, 0 },               { ATTR_ERROR, COLOR_WHITE, COLOR_RED, A_BOLD },
    { ATTR_KEY, COLOR_CYAN, -1, A_BOLD },
  };
  memcpy(t->look, mono, sizeof mono);
  if (!color || !has_colors() || start_color() == ERR) return;
  bool plain = use_default_colors() == OK;
  for (size_t i = 0; i < sizeof tint / sizeof tint[0]; i++) {
    short pair = (short)(i + 1), bg = tint[i].bg < 0 && !plain ? (short)COLOR_BLACK : tint[i].bg;
    if (init_pair(pair, tint[i].fg, bg) == OK)
      t->look[tint[i].attr] = (attr_t)COLOR_PAIR(pair) | tint[i].more;
  }
}

/* Outside UTF-8 a Chinese key would arrive as bytes. */
static void need_utf8(void) {
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
  if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) setlocale(LC_CTYPE, "zh_CN.UTF-8");
}

static void tell_terminal(const char *sequence) {
  fputs(sequence, stdout);
  fflush(stdout);
}

/* What other terminals send than the one TERM names: PuTTY, tmux and the console under an xterm's
 * name, cursor keys of the other mode. */
static const struct { const char *sequence; int code; } more_keys[] = {
  { "\033[A", KEY_UP },     { "\033OA", KEY_UP },     { "\033[B", KEY_DOWN },   { "\033OB", KEY_DOWN },
  { "\033[C", KEY_RIGHT },  { "\033OC", KEY_RIGHT },  { "\033[D", KEY_LEFT },   { "\033OD", KEY_LEFT },
  { "\033[H", KEY_HOME },   { "\033OH", KEY_HOME },   { "\033[1~", KEY_HOME },  { "\033[7~", KEY_HOME },
  { "\033[F", KEY_END },    { "\033OF", KEY_END },    { "\033[4~", KEY_END },   { "\033[8~", KEY_END },
  { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE }, { "\033[2~", KEY_IC },    { "\033[3~", KEY_DC },
  { "\033[Z", KEY_BTAB },   { "\033OM", KEY_ENTER },
  { "\033OP", KEY_F(1) },   { "\033OQ", KEY_F(2) },   { "\033OR", KEY_F(3) },   { "\033OS", KEY_F(4) },
  { "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) }, { "\033[13~", KEY_F(3) }, { "\033[14~", KEY_F(4) },
  { "\033[[A", KEY_F(1) },  { "\033[[B", KEY_F(2) },  { "\033[[C", KEY_F(3) },  { "\033[[D", KEY_F(4) },
  { "\033[[E", KEY_F(5) },  { "\033[15~", KEY_F(5) }, { "\033[17~", KEY_F(6) }, { "\033[18~", KEY_F(7) },
  { "\033[19~", KEY_F(8) }, { "\033[20~", KEY_F(9) }, { "\033[21~", KEY_F(10) },
};

static void define_keys(void) {
  define_key("\033[200~", PASTE_BEGIN);
  define_key("\033[201~", PASTE_END);
  for (size_t i = 0; i < sizeof more_keys / sizeof more_keys[0]; i++)
    if (key_defined(more_keys[i].sequence) == 0) define_key(more_keys[i].sequence, more_keys[i].code);
}

static void prepare(struct term *t, bool color) {
  raw(); /* Ctrl-Z, Ctrl-Y and Ctrl-Q are ours */
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  curs_set(1);
  define_keys();
  choose_looks(t, color);
  tell_terminal("\033[?2004h");
}

/* A terminal that cannot place its cursor cannot show a screen. */
static bool can_move(void) {
  const char *cup = tigetstr("cup");
  return cup != NULL && cup != (const char *)-1;
}

enum status term_open(struct term **out, bool color, struct error *e) {
  *out = NULL;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return error_set(e, ST_USAGE, "term.none", _("界面要在终端窗口里打开；在脚本里请用各个命令，见 mingbai --help"));
  struct term *t = calloc(1, sizeof *t);
  if (t == NULL) return error_nomem(e);
  need_utf8();
  set_escdelay(ESCAPE_DELAY_MS);
  if (!catch_signals(t)) {
    free(t);
    return error_sys(e, ST_IO, "pipe", _("打开"));
  }
  t->curses = newterm(NULL, stdout, stdin);
  if (t->curses == NULL || !can_move()) {
    if (t->curses != NULL) endwin();
    if (t->curses != NULL) delscreen(t->curses);
    release_signals(t);
    free(t);
    return error_set(e, ST_CONFIG, "term.unknown", _("不认识这种终端，请把环境变量 TERM 设为 xterm-256color 再试"));
  }
  prepare(t, color);
  t->stale = true;
  *out = t;
  return ST_OK;
}

void term_close(struct term *t) {
  if (t == NULL) return;
  tell_terminal("\033[?2004l");
  if (!t->hung) { /* where there is no other screen to go back to, the shell goes on in an empty line */
    move(LINES - 1, 0);
    clrtoeol();
    refresh();
  }
  endwin();
  delscreen(t->curses);
  release_signals(t);
  screen_free(&t->shown);
  free(t);
}

void term_size(const struct term *t, int *rows, int *cols) {
  (void)t;
  *rows = LINES;
  *cols = COLS;
}

void term_redraw(struct term *t) {
  t->stale = true;
  clearok(curscr, TRUE);
}

/* ---- output */

#define GETA_MARK 0x3013 /* 〓, in print: a character that is not at hand */

/* Curses would leave a character blank that the C library does not know (a rare name), or give it
 * another width: something must stand there, and in as many columns. */
static wchar_t showable(const struct cell *c) {
  if (wcwidth((wchar_t)c->cp) == c->width) return (wchar_t)c->cp;
  return c->width == 2 ? GETA_MARK : L'?';
}

static void write_cell(const struct term *t, int row, int col, const struct cell *c) {
  wchar_t chars[CELL_MARKS + 2] = { showable(c) };
  for (int i = 0; i < CELL_MARKS && c->mark[i] != 0; i++) chars[i + 1] = (wchar_t)c->mark[i];
  attr_t look = t->look[c->attr];
  cchar_t out;
  if (setcchar(&out, chars, look & ~(attr_t)A_COLOR, (short)PAIR_NUMBER((int)look), NULL) == OK)
    mvadd_wch(row, col, &out);
}

static void write_row(struct term *t, const struct screen *s, int row) {
  size_t first = (size_t)row * (size_t)s->cols, bytes = (size_t)s->cols * sizeof *s->cell;
  if (!t->stale && memcmp(&t->shown.cell[first], &s->cell[first], bytes) == 0) return;
  for (int col = 0; col < s->cols; col++)
    if (s->cell[first + (size_t)col].width > 0) write_cell(t, row, col, &s->cell[first + (size_t)col]);
  memcpy(&t->shown.cell[first], &s->cell[first], bytes);
}

enum status term_show(struct term *t, const struct screen *s, struct error *e) {
  if (t->shown.rows != s->rows || t->shown.cols != s->cols) {
    if (!screen_resize(&t->shown, s->rows, s->cols)) return error_nomem(e);
    t->stale = true;
  }
  if (t->stale) erase();
  for (int row = 0; row < s->rows && row < LINES; row++) write_row(t, s, row);
  t->stale = false;
  if (s->cursor_row >= 0) move(s->cursor_row, s->cursor_col);
  else move(s->rows - 1, s->cols - 1);
  refresh();
  return ST_OK;
}

/* ---- input */

static const struct { int code; enum key_kind kind; } codes[] = {
  { KEY_ENTER, K_ENTER },   { KEY_UP, K_UP },       { KEY_DOWN, K_DOWN },   { KEY_LEFT, K_LEFT },
  { KEY_RIGHT, K_RIGHT },   { KEY_HOME, K_HOME },   { KEY_END, K_END },     { KEY_PPAGE, K_PGUP },
  { KEY_NPAGE, K_PGDN },    { KEY_IC, K_INS },      { KEY_DC, K_DEL },      { KEY_BACKSPACE, K_BACKSPACE },
  { KEY_BTAB, K_BACKTAB },  { KEY_FIND, K_HOME },   { KEY_SELECT, K_END },  { KEY_A1, K_HOME },
  { KEY_A3, K_PGUP },       { KEY_C1, K_END },      { KEY_C3, K_PGDN },
};

static struct key from_code(struct term *t, int code) {
  if (code == PASTE_BEGIN) t->pasting = true;
  if (code == PASTE_END) {
    t->pasting = false;
    return (struct key){ .kind = K_PASTED };
  }
  if (code >= KEY_F(1) && code <= KEY_F(12))
    return (struct key){ .kind = K_F, .cp = (uint32_t)(code - KEY_F0) };
  for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
    if (codes[i].code == code) return (struct key){ .kind = codes[i].kind };
  return (struct key){ .kind = K_NONE };
}

/* An Esc that begins a key nobody knows (ESC [ 1 ; 9 Z): its rest is there at once, and is no text. */
static bool skip_unknown_key(void) {
  wint_t c;
  wtimeout(stdscr, 0);
  int got = get_wch(&c);
  if (got == KEY_CODE_YES) ungetch((int)c);
  if (got == OK && c != '[' && c != 'O') unget_wch((wchar_t)c);
  if (got != OK || (c != '[' && c != 'O')) return false;
  for (bool first = true; get_wch(&c) == OK && (c < 0x40 || c > 0x7E || (first && c == '[')); first = false) { }
  return true;
}

static struct key from_char(struct term *t, wint_t c) {
  static const struct {
    wint_t c;
    enum key_kind kind;
  } controls[] = {
    { '\r', K_ENTER }, { '\n', K_ENTER },    { '\t', K_TAB },
    { 27, K_ESC },     { 127, K_BACKSPACE }, { 8, K_BACKSPACE },
  };
  bool pair = t->pasting && t->after_return && c == '\n';
  t->after_return = c == '\r';
  if (pair) return (struct key){ .kind = K_NONE }; /* a pasted CR LF is one line break */
  if (c == 27 && !t->pasting && skip_unknown_key()) return (struct key){ .kind = K_NONE };
  for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
    if (controls[i].c == c) return (struct key){ .kind = controls[i].kind, .pasted = t->pasting };
  if (c >= 1 && c <= 26)
    return (struct key){ .kind = K_CTRL, .cp = (uint32_t)(c - 1 + 'a'), .pasted = t->pasting };
  if (c < 32) return (struct key){ .kind = K_NONE };
  return (struct key){ .kind = K_CHAR, .cp = (uint32_t)c, .pasted = t->pasting };
}

static void adopt_size(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  resizeterm(size.ws_row, size.ws_col);
}

/* What the handlers wrote: true and a key when there was something. */
static bool from_signal(struct term *t, struct key *k) {
  unsigned char byte;
  if (read(t->wake[0], &byte, 1) != 1) return false;
  if (byte == SIGWINCH) {
    adopt_size();
    t->stale = true;
    *k = (struct key){ .kind = K_RESIZE };
    return true;
  }
  if (byte == SIGHUP) t->hung = true;
  *k = (struct key){ .kind = K_SIGNAL, .cp = byte };
  return true;
}

void term_suspend(struct term *t) {
  (void)t;
  tell_terminal("\033[?2004l");
  endwin();
}

void term_resume(struct term *t) {
  unsigned char byte, keep[8];
  size_t n = 0;
  while (read(t->wake[0], &byte, 1) == 1)
    if ((byte == SIGTERM || byte == SIGHUP) && n < sizeof keep) keep[n++] = byte;
  for (size_t i = 0; i < n; i++) on_signal(keep[i]);
  reset_prog_mode();
  adopt_size();
  term_redraw(t);
  refresh();
  tell_terminal("\033[?2004h");
}

/* One reading; K_IDLE when there is nothing. */
static struct key read_key(struct term *t, bool readable) {
  wint_t c;
  wtimeout(stdscr, readable ? REST_MS : 0);
  int got = get_wch(&c);
  if (got == KEY_CODE_YES) return from_code(t, (int)c);
  return got == OK ? from_char(t, c) : (struct key){ .kind = K_IDLE };
}

struct key term_key(struct term *t, int wait_ms) {
  struct key k;
  for (int empty = 0; ; ) {
    if (from_signal(t, &k)) return k;
    struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
                             { .fd = t->wake[0], .events = POLLIN } };
    bool readable = poll(fds, 1, 0) > 0;
    k = read_key(t, readable);
    if (k.kind != K_IDLE && k.kind != K_NONE) return k;
    if (readable && k.kind == K_IDLE && ++empty > EMPTY_READS) break;
    if (k.kind == K_NONE) continue;
    if (wait_ms == 0) return k;
    if (!readable) empty = 0;
    int ready = poll(fds, 2, wait_ms);
    if (ready == 0) return k;
    if (ready > 0 && (fds[0].revents & (POLLERR | POLLNVAL)) != 0) break;
  }
  t->hung = true;
  return (struct key){ .kind = K_SIGNAL, .cp = SIGHUP };
}

const char *term_library(void) {
  return curses_version();
}
