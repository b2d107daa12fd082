/* pty [OPTION...] KEYS OUT -- PROGRAM [ARG...]: plays a key script (tui/script.h) to a program in a real
 * terminal of its own, and writes what that terminal shows, as mingbai --keys KEYS --dump OUT does without one.
 *
 *   -s 80x24       size             -t TYPE   TERM (xterm-256color)
 *   -a 1|2|0       columns of an ambiguous character; 0: as 1, and the terminal does not tell
 *   -e END         after the script: term (SIGTERM, the default), kill (SIGKILL), hangup (the window is closed)
 *   -c FILE        what each step cost: step, its line, bytes written, CPU microseconds until it waits again, and
 *                  until the first of the bytes; then KB resident, and how many of these only it has
 *   -i SECONDS     after the script press nothing for so long; then in FILE "idle", bytes, CPU microseconds, and
 *                  how often it woke
 *   -r FILE        all bytes the program wrote
 *
 * Its exit status is the program's, 128 + n for one ended by signal n; 3 when the terminal was sent what it does
 * not know, or was not left as it was found; 4 when the program did not answer for long.
 *
 * A step is over when the program has read the step's bytes and waits in poll for as long as it takes; so it
 * works under valgrind and sanitizers too, only slower.  Where the system does not tell, it is over when nothing
 * was written for a while. */
#include "tests/pty/encode.h"
#include "base/file.h"
#include "tui/script.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#define PATIENCE_MS 60000
#define QUIET_MS 150 /* where the system does not tell what a program waits for */
#define SHORT_MS 1000 /* who waits no longer than that is still at work */
#define MARK 0x05     /* what no program sends: after it in the line nothing is left of what was written before */
#define CHUNK 1024    /* the kernel's line holds 4095 bytes */

struct options {
  const char *type, *end, *costs, *raw, *keys, *out;
  int rows, cols, ambiguous, idle;
};

struct run {
  const struct options *o;
  struct vt vt;
  int master, slave;
  pid_t pid;
  bool ended, told; /* told: the system does say what it waits for */
  int status; /* of waitpid */
  struct termios before;
  FILE *raw, *costs;
  size_t bytes; /* written by the program so far */
  long shown;   /* CPU microseconds when it first wrote in this step; 0: not yet */
  bool marked;  /* the mark has come */
  bool held;    /* its output waits */
  struct text out;
  int dumps;
};

/* ---- what the system tells of the program */

static bool read_proc(pid_t pid, const char *name, char *to, size_t room) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? -1 : read(fd, to, room - 1);
  if (fd >= 0) close(fd);
  if (n < 0) return false;
  to[n] = '\0';
  return true;
}

/* Bytes it has read so far, keys and signals among them; 0: not told. */
static unsigned long long read_so_far(pid_t pid) {
  char text[512];
  if (!read_proc(pid, "io", text, sizeof text)) return 0;
  const char *line = strstr(text, "rchar:");
  return line != NULL ? strtoull(line + sizeof "rchar:" - 1, NULL, 10) : 0;
}

/* A number of its status, by "\nName:"; -1: not told. */
static long status_of(pid_t pid, const char *name) {
  char text[8192];
  const char *line = read_proc(pid, "status", text, sizeof text) ? strstr(text, name) : NULL;
  return line != NULL ? atol(line + strlen(name)) : -1;
}

static long cpu_microseconds(pid_t pid) {
  char text[128];
  return read_proc(pid, "schedstat", text, sizeof text) ? (long)(strtoull(text, NULL, 10) / 1000) : 0;
}

enum state { AT_WORK, WRITES, WAITS, WAITS_A_WHILE, NOT_TOLD };

/* "7 0x7ffd1234 0x2 0xffffffffffffffff ..." when it waits in poll without end. */
static enum state state_of(pid_t pid) {
  char text[256];
  char *p;
  if (!read_proc(pid, "syscall", text, sizeof text) || text[0] == '-') return NOT_TOLD;
  if (text[0] == 'r') return AT_WORK; /* running */
  long number = strtol(text, &p, 10);
  if (number == SYS_write) return WRITES;
#ifdef SYS_poll
  if (number == SYS_poll) {
    (void)strtoull(p, &p, 16);
    (void)strtoull(p, &p, 16);
    int ms = (int)strtoull(p, &p, 16);
    return ms < 0 ? WAITS : ms > SHORT_MS ? WAITS_A_WHILE : AT_WORK;
  }
#endif
#ifdef SYS_ppoll
  if (number == SYS_ppoll) {
    (void)strtoull(p, &p, 16);
    (void)strtoull(p, &p, 16);
    return strtoull(p, &p, 16) == 0 ? WAITS : NOT_TOLD;
  }
#endif
  return AT_WORK;
}

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- bytes both ways */

static void write_all(struct run *r, const char *s, size_t n);

/* What has come is taken; true when something had. */
static bool take_output(struct run *r, int wait_ms) {
  unsigned char bytes[16384];
  struct pollfd fd = { .fd = r->master, .events = POLLIN };
  if (poll(&fd, 1, wait_ms) <= 0 || (fd.revents & POLLIN) == 0) return false;
  ssize_t n = read(r->master, bytes, sizeof bytes);
  if (n <= 0) return false;
  if (bytes[n - 1] == MARK) {
    r->marked = true;
    n--;
  }
  r->bytes += (size_t)n;
  if (r->raw != NULL) fwrite(bytes, 1, (size_t)n, r->raw);
  vt_take(&r->vt, bytes, (size_t)n);
  if (r->vt.reply.len > 0) {
    struct text reply = r->vt.reply;
    r->vt.reply = (struct text){ 0 };
    write_all(r, text_str(&reply), reply.len);
    text_free(&reply);
  }
  return true;
}

static void write_all(struct run *r, const char *s, size_t n) {
  while (n > 0) {
    ssize_t done = write(r->master, s, n < CHUNK ? n : CHUNK);
    if (done < 0 && errno != EAGAIN && errno != EINTR) return;
    if (done > 0) {
      s += done;
      n -= (size_t)done;
    }
    if (n > 0) (void)take_output(r, 1);
  }
}

static bool has_ended(struct run *r) {
  if (!r->ended && waitpid(r->pid, &r->status, WNOHANG) == r->pid) r->ended = true;
  return r->ended;
}

/* The system tells exactly what a program has used only while it stands still.  So where costs are asked for, its
 * first write of a step is made to wait until that was looked at. */
static void hold_output(struct run *r) {
  r->shown = 0;
  r->held = r->costs != NULL && tcflow(r->slave, TCOOFF) == 0;
}

static void release_output(struct run *r) {
  if (r->held && r->slave >= 0) tcflow(r->slave, TCOON);
  r->held = false;
}

static void look_at_writing(struct run *r) {
  if (!r->held || state_of(r->pid) != WRITES) return;
  r->shown = cpu_microseconds(r->pid);
  release_output(r);
}

/* What was written may still be on its way through the kernel: up to a mark of our own all is taken. */
static void take_rest(struct run *r) {
  unsigned char mark = MARK;
  r->marked = false;
  if (r->slave < 0 || write(r->slave, &mark, 1) != 1) return;
  for (long start = milliseconds(); !r->marked && milliseconds() - start < PATIENCE_MS; ) (void)take_output(r, 10);
}

static bool is_idle(struct run *r, unsigned long long reads, bool long_wait, long quiet_since) {
  unsigned long long have = read_so_far(r->pid); /* looked at first: it goes on meanwhile */
  enum state state = state_of(r->pid);
  if (r->bytes == 0) return false; /* not even begun */
  if (state != NOT_TOLD) r->told = true;
  else if (r->told) return false; /* just now: it becomes another program */
  if (state == NOT_TOLD) return milliseconds() - quiet_since > (long_wait ? 4000 : QUIET_MS);
  if (state == AT_WORK || state == WRITES || (long_wait && state != WAITS)) return false;
  return have == 0 || have >= reads;
}

/* Until the program waits again, having read so many bytes, or has ended.  long_wait: until nothing is left
 * that it waits for but keys. */
static void settle(struct run *r, unsigned long long reads, bool long_wait) {
  long start = milliseconds(), quiet_since = start;
  for (;;) {
    if (take_output(r, 0)) {
      quiet_since = milliseconds();
      continue;
    }
    look_at_writing(r);
    if (has_ended(r)) break;
    if (is_idle(r, reads, long_wait, quiet_since)) break;
    if (milliseconds() - start > PATIENCE_MS) {
      vt_dump(&r->vt, &r->out);
      fprintf(stderr, "pty: the program does not answer\n%s", text_str(&r->out));
      kill(r->pid, SIGKILL);
      exit(4);
    }
    (void)ppoll(&(struct pollfd){ .fd = r->master, .events = POLLIN }, 1, &(struct timespec){ .tv_nsec = 200000 },
                NULL);
  }
  release_output(r);
  take_rest(r);
}

/* ---- steps */

static void send_keys(struct run *r, const struct text *bytes) {
  unsigned long long before = read_so_far(r->pid);
  if (bytes->len == 0) return; /* a terminal that does not send this */
  write_all(r, text_str(bytes), bytes->len);
  settle(r, before + bytes->len, false);
}

static void resize(struct run *r, const struct step *step) {
  struct winsize size = { .ws_row = (unsigned short)step->rows, .ws_col = (unsigned short)step->cols };
  unsigned long long before = read_so_far(r->pid);
  if (step->rows == r->vt.rows && step->cols == r->vt.cols) return;
  if (!vt_resize(&r->vt, step->rows, step->cols) || ioctl(r->master, TIOCSWINSZ, &size) != 0) return;
  settle(r, before + 1, false); /* its handler tells it by a byte */
}

/* A paste goes out as one: its steps, up to the one that ends it. */
static size_t paste(struct run *r, const struct script *s, size_t i) {
  struct text bytes = { 0 };
  if (r->vt.pastes) text_add(&bytes, "\033[200~");
  for (; i < s->n && s->step[i].key.kind != K_PASTED; i++) encode_key(&bytes, &r->vt, r->o->type, s->step[i].key);
  if (r->vt.pastes) text_add(&bytes, "\033[201~");
  send_keys(r, &bytes);
  text_free(&bytes);
  return i;
}

static void press(struct run *r, struct key k) {
  struct text bytes = { 0 };
  if (k.kind == K_SIGNAL) {
    unsigned long long before = read_so_far(r->pid);
    kill(r->pid, (int)k.cp);
    settle(r, before + 1, false);
    return;
  }
  encode_key(&bytes, &r->vt, r->o->type, k);
  send_keys(r, &bytes);
  text_free(&bytes);
}

/* Plays the step at i; answers the last one that was played with it. */
static size_t play_step(struct run *r, const struct script *s, size_t i) {
  const struct step *step = &s->step[i];
  switch (step->kind) {
  case STEP_DUMP:
    r->dumps++;
    vt_dump(&r->vt, &r->out);
    break;
  case STEP_SIZE: resize(r, step); break;
  case STEP_WAIT: settle(r, 0, true); break;
  case STEP_KEY:
    if (step->key.pasted) return paste(r, s, i);
    press(r, step->key);
  }
  return i;
}

static void be_idle(struct run *r) {
  static const char woke[] = "\nvoluntary_ctxt_switches:";
  settle(r, 0, true);
  size_t bytes = r->bytes;
  long slept = status_of(r->pid, woke), cpu = cpu_microseconds(r->pid);
  nanosleep(&(struct timespec){ .tv_sec = r->o->idle }, NULL);
  (void)take_output(r, 0);
  fprintf(r->costs, "idle %zu %ld %ld\n", r->bytes - bytes, cpu_microseconds(r->pid) - cpu,
          status_of(r->pid, woke) - slept);
}

static void play(struct run *r, const struct script *s) {
  settle(r, 0, false);
  for (size_t i = 0; i < s->n && !has_ended(r); i++) {
    size_t bytes = r->bytes;
    long cpu = cpu_microseconds(r->pid), line = s->step[i].line;
    hold_output(r);
    i = play_step(r, s, i);
    if (r->costs == NULL || s->step[i].kind == STEP_DUMP || has_ended(r)) continue;
    long all = cpu_microseconds(r->pid) - cpu, shown = r->shown > 0 ? r->shown - cpu : all;
    fprintf(r->costs, "%zu %ld %zu %ld %ld %ld %ld\n", i, line, r->bytes - bytes, all, shown,
            status_of(r->pid, "\nVmRSS:"), status_of(r->pid, "\nRssAnon:"));
  }
  if (r->costs != NULL && r->o->idle > 0 && !has_ended(r)) be_idle(r);
  if (r->dumps == 0) vt_dump(&r->vt, &r->out);
}

/* ---- begin and end */

static bool start(struct run *r, char **command) {
  struct winsize size = { .ws_row = (unsigned short)r->o->rows, .ws_col = (unsigned short)r->o->cols };
  if (openpty(&r->master, &r->slave, NULL, NULL, &size) != 0) return false;
  tcgetattr(r->slave, &r->before);
  fcntl(r->master, F_SETFL, O_NONBLOCK);
  fcntl(r->master, F_SETFD, FD_CLOEXEC);
  r->pid = fork();
  if (r->pid == 0) {
    login_tty(r->slave);
    setenv("TERM", r->o->type, 1);
    unsetenv("LINES");
    unsetenv("COLUMNS");
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
  }
  fcntl(r->slave, F_SETFD, FD_CLOEXEC);
  return r->pid > 0;
}

static void end(struct run *r) {
  long start = milliseconds();
  if (!has_ended(r) && strcmp(r->o->end, "hangup") == 0) {
    close(r->master);
    close(r->slave);
    r->master = r->slave = -1;
  } else if (!has_ended(r)) {
    kill(r->pid, strcmp(r->o->end, "kill") == 0 ? SIGKILL : SIGTERM);
  }
  while (!has_ended(r) && milliseconds() - start < PATIENCE_MS)
    if (r->master < 0 || !take_output(r, 2)) nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
  if (r->ended) {
    take_rest(r);
    return;
  }
  fputs("pty: the program does not end\n", stderr);
  kill(r->pid, SIGKILL);
  exit(4);
}

/* The program left by itself: is all as it was? */
static const char *left_behind(const struct run *r) {
  struct termios now;
  if (r->master < 0 || !WIFEXITED(r->status)) return NULL;
  tcgetattr(r->slave, &now);
  if (now.c_lflag != r->before.c_lflag || now.c_iflag != r->before.c_iflag || now.c_oflag != r->before.c_oflag)
    return "modes of the line";
  return vt_left_behind(&r->vt);
}

static int judge(const struct run *r) {
  const char *left = left_behind(r);
  if (r->vt.unknown > 0)
    fprintf(stderr, "pty: %d sequences that this terminal does not know: %s\n", r->vt.unknown, r->vt.first_unknown);
  if (left != NULL) fprintf(stderr, "pty: the terminal was left with: %s\n", left);
  if (r->vt.unknown > 0 || left != NULL) return 3;
  return WIFEXITED(r->status) ? WEXITSTATUS(r->status) : 128 + WTERMSIG(r->status);
}

static int run(const struct options *o, const struct script *script, char **command) {
  struct run r = { .o = o, .master = -1, .slave = -1 };
  struct error e = { 0 };
  r.vt.ambiguous = o->ambiguous == 2 ? 2 : 1;
  r.vt.silent = o->ambiguous == 0;
  if (o->raw != NULL) r.raw = fopen(o->raw, "w");
  if (o->costs != NULL) r.costs = fopen(o->costs, "w");
  if (!vt_resize(&r.vt, o->rows, o->cols) || !start(&r, command)) {
    perror("pty");
    return 4;
  }
  play(&r, script);
  end(&r);
  int code = judge(&r);
  if (file_write(o->out, text_str(&r.out), r.out.len, 0666, &e) != ST_OK) {
    fprintf(stderr, "pty: %s\n", e.text);
    code = 4;
  }
  if (r.raw != NULL) fclose(r.raw);
  if (r.costs != NULL) fclose(r.costs);
  text_free(&r.out);
  vt_free(&r.vt);
  return code;
}

static bool read_options(struct options *o, int argc, char **argv) {
  *o = (struct options){ .type = "xterm-256color", .end = "term", .rows = 24, .cols = 80, .ambiguous = 1 };
  for (int c; (c = getopt(argc, argv, "+s:t:a:e:c:i:r:")) != -1; ) {
    switch (c) {
    case 's':
      if (!size_parse(optarg, &o->cols, &o->rows)) return false;
      break;
    case 't': o->type = optarg; break;
    case 'a': o->ambiguous = atoi(optarg); break;
    case 'e': o->end = optarg; break;
    case 'c': o->costs = optarg; break;
    case 'i': o->idle = atoi(optarg); break;
    case 'r': o->raw = optarg; break;
    default: return false;
    }
  }
  if (argc - optind < 4 || strcmp(argv[optind + 2], "--") != 0) return false;
  o->keys = argv[optind];
  o->out = argv[optind + 1];
  return true;
}

int main(int argc, char **argv) {
  struct options o;
  struct script script = { 0 };
  struct error e = { 0 };
  setlocale(LC_CTYPE, "C.UTF-8");
  signal(SIGPIPE, SIG_IGN);
  if (!read_options(&o, argc, argv)) {
    fputs("usage: pty [-s COLSxROWS] [-t TERM] [-a 1|2|0] [-e term|kill|hangup] [-c FILE] [-i SECONDS] [-r FILE] KEYS "
          "OUT -- PROGRAM [ARG...]\n", stderr);
    return 2;
  }
  if (script_load(&script, o.keys, &e) != ST_OK) {
    fprintf(stderr, "pty: %s\n", e.text);
    return 2;
  }
  int code = run(&o, &script, argv + optind + 3);
  script_free(&script);
  return code;
}
