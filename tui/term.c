/* The terminal: what it can do (terminfo), taking it and giving it back, screens out, keys in.
 *
 * Of curses only terminfo is used: its own output trusts the C library's idea of how wide a character is, and
 * its keys those of one terminal.  What is written comes from term_cells.c, what is read goes through
 * term_input.c.  A poll over the terminal and a pipe written by signal handlers is all that ever waits, so
 * nothing wakes the program but a key or a signal.
 */
#include "tui/term.h"
#include "base/utf8.h"
#include "tui/term_cells.h"
#include "tui/term_input.h"
#include "tui/term_page.h"
#include "tui/term_tty.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#define term term_of_terminfo /* its struct of that name is not ours */
#include <term.h>
#undef term

#define ESCAPE_MS 25      /* how long a lone Esc waits for the rest of a sequence */
#define REST_MS 100       /* how long the rest of anything else may take */
#define ANSWER_MS 100     /* how long the terminal may think about a question */
#define PASTE_PAUSE_MS 1000 /* after that the end of a paste was lost */
#define BURST_PAUSE_MS 60 /* a paste without marks is over */
#define DOUBLE_MS 400

struct term {
  struct tty tty;
  struct term_input input;
  struct cells cells;
  struct text out;
  struct text enter, leave; /* what takes the screen and gives it back */
  bool asked;               /* for the width of ambiguous characters, and not answered yet */
  int rows, cols;
  struct key click;         /* the last one */
  int64_t clicked;          /* when */
  int64_t (*ticks)(void);
};

/* ---- what the terminal can do */

static const char *capability(const char *name) {
  const char *s = tigetstr(name);
  return s == NULL || s == (const char *)-1 ? "" : s;
}

/* A capability without the pauses of old terminals ($<5>). */
static void add_capability(struct text *out, const char *name) {
  for (const char *s = capability(name); *s != '\0'; ) {
    const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
    if (end == NULL) text_addc(out, *s++);
    else s = end + 1;
  }
}

/* A name that is not known here is mostly an xterm under another's; only one that can place its cursor, and in
 * the one way all do today, can show a screen. */
static bool know_terminal(void) {
  int why;
  if (setupterm(NULL, STDOUT_FILENO, &why) != OK && setupterm("xterm", STDOUT_FILENO, &why) != OK)
    return false;
  return strncmp(capability("cup"), "\033[%i%p1%d;%p2%dH", 16) == 0;
}

static void learn(struct term *t, const struct term_options *o) {
  int colors = tigetnum("colors");
  bool sticks = tigetflag("xenl") == TRUE; /* does not go on before a character needs the next line */
  bool stops = *capability("rmam") != '\0' || sticks;
  t->cells.palette = !o->color || colors < 8 ? PALETTE_NONE : colors == 256 ? PALETTE_256 : PALETTE_8;
  t->cells.no_column = *capability("hpa") == '\0';
  t->cells.no_corner = !stops;
  add_capability(&t->enter, "smcup");
  text_add(&t->enter, stops ? "\033[?7l\033[?2004h" : "\033[?2004h");
  if (o->mouse) text_add(&t->enter, "\033[?1000h\033[?1006h");
  if (o->mouse) text_add(&t->leave, "\033[?1006l\033[?1000l");
  text_add(&t->leave, stops ? "\033[?2004l\033[?7h\033[m" : "\033[?2004l\033[m");
  text_addf(&t->leave, "\033[%d;1H\033[K", 999); /* without a screen of its own: the shell goes on below */
  add_capability(&t->leave, "rmcup");
  text_add(&t->leave, "\033[?25h");
}

/* ---- taking and giving back */

static void send(struct term *t, const char *s) {
  tty_write(&t->tty, s, strlen(s));
}

static void adopt_size(struct term *t) {
  if (tty_size(&t->rows, &t->cols)) return;
  int rows = tigetnum("lines"), cols = tigetnum("cols");
  t->rows = rows > 0 ? rows : 24;
  t->cols = cols > 0 ? cols : 80;
}

static void enter(struct term *t) {
  tty_raw(&t->tty);
  send(t, text_str(&t->enter));
  adopt_size(t);
  t->cells.stale = true;
}

static void leave(struct term *t) {
  send(t, text_str(&t->leave));
  tty_cooked(&t->tty);
}

void term_suspend(struct term *t) {
  leave(t);
}

void term_resume(struct term *t) {
  tty_forget_signals(&t->tty);
  enter(t);
}

static void forget(struct term *t) {
  cells_free(&t->cells);
  text_free(&t->out);
  text_free(&t->enter);
  text_free(&t->leave);
  if (cur_term != NULL) del_curterm(cur_term);
  free(t);
}

void term_close(struct term *t) {
  if (t == NULL) return;
  leave(t);
  tty_close(&t->tty);
  forget(t);
}

/* ---- questions to the terminal, and to who sits there */

/* The columns that "■中" took: the first 1 or 2, the second 2. */
static void judge_width(struct term *t) {
  utf8_set_ambiguous(t->input.place_col == 5 ? 2 : 1);
  t->asked = false;
}

/* In row 2, so that the answer is none of the keys Shift-F3 and so on.  Keys typed meanwhile stay. */
static void ask_width(struct term *t) {
  size_t room;
  send(t, "\033[2H\342\226\240\344\270\255\033[6n\r\033[K");
  t->asked = true;
  while (t->asked && !t->tty.gone && tty_wait(&t->tty, ANSWER_MS) == TTY_INPUT) {
    unsigned char *to = input_room(&t->input, &room);
    if (room == 0) break;
    input_added(&t->input, tty_read(&t->tty, to, room));
    if (input_find_place(&t->input)) judge_width(t);
  }
}

/* One of the pages in ASCII, on the screen as it is.  True: go on. */
static bool read_page(struct term *t, enum term_fault fault) {
  send(t, "\033[H\033[J\033[?25h");
  send(t, term_page(fault));
  send(t, term_page_ending());
  for (;;) {
    struct key k = term_key(t, -1);
    if (k.kind == K_ENTER) return true;
    if (k.kind == K_SIGNAL || k.kind == K_ESC) return false;
    if ((k.kind == K_CTRL && (k.cp == 'c' || k.cp == 'q')) || (k.kind == K_CHAR && (k.cp | 0x20) == 'q'))
      return false;
  }
}

/* True: the screens may come. */
static bool greet(struct term *t, const struct term_options *o) {
  bool console = tty_is_console() || strncmp(termname(), "linux", 5) == 0;
  if (console && !o->can_chinese && !read_page(t, FAULT_CONSOLE)) return false;
  if (o->ambiguous != 0) {
    utf8_set_ambiguous(o->ambiguous);
    return true;
  }
  utf8_set_ambiguous(1);
  ask_width(t);
  bool strange = t->input.place_col == 2 || t->input.place_col > 5;
  return !strange || read_page(t, FAULT_CHARSET);
}

enum status term_open(struct term **out, const struct term_options *o, struct error *e) {
  *out = NULL;
  if (!tty_is_terminal())
    return error_set(e, ST_USAGE, "term.none", _("界面要在终端窗口里打开；在脚本里请用各个命令，见 mingbai --help"));
  if (!know_terminal())
    return error_set(e, ST_CONFIG, "term.unknown", _("不认识这种终端，请把环境变量 TERM 设为 xterm-256color 再试"));
  struct term *t = calloc(1, sizeof *t);
  if (t == NULL) return error_nomem(e);
  learn(t, o);
  t->ticks = o->ticks;
  if (!text_ok(&t->enter) || !text_ok(&t->leave) || !tty_open(&t->tty)) {
    forget(t);
    return error_sys(e, ST_IO, "pipe", _("打开"));
  }
  enter(t);
  if (!greet(t, o)) {
    term_close(t);
    return ST_CONFIG;
  }
  *out = t;
  return ST_OK;
}

/* ---- output */

void term_size(const struct term *t, int *rows, int *cols) {
  *rows = t->rows;
  *cols = t->cols;
}

void term_redraw(struct term *t) {
  t->cells.stale = true;
}

enum status term_show(struct term *t, const struct screen *s, struct error *e) {
  text_clear(&t->out);
  if (!cells_update(&t->cells, s, &t->out)) return error_nomem(e);
  tty_write(&t->tty, text_str(&t->out), t->out.len);
  return ST_OK;
}

/* ---- input */

/* What a signal means; K_NONE: nothing came. */
static struct key from_signal(struct term *t) {
  int signo = tty_signal(&t->tty);
  if (signo == 0) return (struct key){ .kind = K_NONE };
  if (signo == SIGTSTP) {
    leave(t);
    raise(SIGSTOP);
  }
  if (signo == SIGTSTP || signo == SIGCONT) {
    term_resume(t);
    return (struct key){ .kind = K_RESIZE };
  }
  if (signo == SIGWINCH) {
    adopt_size(t);
    t->cells.stale = true;
    return (struct key){ .kind = K_RESIZE };
  }
  if (signo == SIGHUP) t->tty.gone = true;
  return (struct key){ .kind = K_SIGNAL, .cp = (uint32_t)signo };
}

/* The second click at the same place, soon. */
static struct key count_clicks(struct term *t, struct key k) {
  int64_t now = t->ticks != NULL ? t->ticks() : 0;
  bool second = t->ticks != NULL && k.cp == MOUSE_CLICK && t->click.kind == K_MOUSE && t->click.row == k.row &&
                abs(t->click.col - k.col) <= 1 && now - t->clicked <= DOUBLE_MS;
  t->click = k.cp == MOUSE_CLICK && !second ? k : (struct key){ .kind = K_NONE };
  t->clicked = now;
  if (second) k.cp = MOUSE_DOUBLE;
  return k;
}

/* What has come already: a key, K_IDLE, or K_NONE for something that is none. */
static struct key from_input(struct term *t, bool late) {
  struct key k = input_key(&t->input, late);
  if (k.kind == K_MOUSE) return count_clicks(t, k);
  if (k.kind != K_NONE || !t->asked || t->input.place_row == 0) return k;
  judge_width(t); /* an answer from far away */
  t->cells.stale = true;
  return (struct key){ .kind = K_RESIZE };
}

static int patience(const struct term *t, int wait_ms) {
  const struct term_input *in = &t->input;
  if (input_waits(in)) return in->n - in->at == 1 && in->byte[in->at] == 27 ? ESCAPE_MS : REST_MS;
  if (in->burst) return BURST_PAUSE_MS;
  return in->pasting && wait_ms < 0 ? PASTE_PAUSE_MS : wait_ms;
}

/* Who asks with time to wait has read all that was there: what comes now in one piece was sent in one piece. */
static void take_input(struct term *t, unsigned char *to, size_t room, int wait_ms) {
  bool fresh = !input_waits(&t->input) && wait_ms != 0;
  size_t n = tty_read(&t->tty, to, room);
  input_added(&t->input, n);
  if (fresh) input_burst(&t->input, n);
}

struct key term_key(struct term *t, int wait_ms) {
  for (bool late = false; !t->tty.gone; ) {
    struct key k = from_signal(t);
    if (k.kind == K_NONE) k = from_input(t, late);
    late = false;
    if (k.kind == K_NONE) continue;
    if (k.kind != K_IDLE) return k;
    size_t room;
    unsigned char *to = input_room(&t->input, &room);
    switch (tty_wait(&t->tty, patience(t, wait_ms))) {
    case TTY_INPUT: take_input(t, to, room, wait_ms); break;
    case TTY_SIGNAL: break;
    case TTY_GONE: t->tty.gone = true; break;
    case TTY_NOTHING:
      late = input_waits(&t->input);
      if (!late && wait_ms >= 0 && !t->input.burst) return k;
      if (!late && t->input.pasting) { /* its end was lost, or never comes */
        input_end(&t->input);
        return (struct key){ .kind = K_PASTED };
      }
    }
  }
  return (struct key){ .kind = K_SIGNAL, .cp = SIGHUP };
}

const char *term_library(void) {
  return curses_version();
}
