/* The line to the terminal.  See term_tty.h. */
#include "tui/term_tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/kd.h>
#endif

static const int caught[TTY_SIGNALS] = { SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT };

/* A handler can reach nothing else; -1 while no terminal is open. */
static volatile sig_atomic_t wake_fd = -1;

static void on_signal(int signo) {
  int keep = errno;
  unsigned char byte = (unsigned char)signo;
  if (wake_fd >= 0 && write(wake_fd, &byte, 1) < 0) { /* the pipe is full: it will wake anyway */ }
  errno = keep;
}

bool tty_is_terminal(void) {
  return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool tty_is_console(void) {
#ifdef KDGKBTYPE
  char type;
  return ioctl(STDOUT_FILENO, KDGKBTYPE, &type) == 0;
#else
  return false;
#endif
}

bool tty_open(struct tty *t) {
  *t = (struct tty){ .wake = { -1, -1 } };
  if (tcgetattr(STDIN_FILENO, &t->cooked) != 0 || pipe2(t->wake, O_NONBLOCK | O_CLOEXEC) != 0) return false;
  wake_fd = t->wake[1];
  struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  sigemptyset(&act.sa_mask);
  for (size_t i = 0; i < TTY_SIGNALS; i++) {
    sigaction(caught[i], NULL, &t->before[i]);
    bool never = caught[i] == SIGTSTP && t->before[i].sa_handler == SIG_IGN; /* nobody would wake it again */
    if (!never) sigaction(caught[i], &act, NULL);
  }
  return true;
}

/* Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-V are keys like others; output is not touched either. */
void tty_raw(struct tty *t) {
  struct termios raw = t->cooked;
  raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON | PARMRK);
  raw.c_oflag &= ~(tcflag_t)OPOST;
  raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
  raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
}

void tty_cooked(struct tty *t) {
  tcsetattr(STDIN_FILENO, TCSADRAIN, &t->cooked);
}

void tty_close(struct tty *t) {
  tty_cooked(t);
  for (size_t i = 0; i < TTY_SIGNALS; i++) sigaction(caught[i], &t->before[i], NULL);
  wake_fd = -1;
  close(t->wake[0]);
  close(t->wake[1]);
}

bool tty_size(int *rows, int *cols) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
  *rows = size.ws_row;
  *cols = size.ws_col;
  return true;
}

void tty_write(struct tty *t, const char *s, size_t n) {
  while (n > 0 && !t->gone) {
    ssize_t done = write(STDOUT_FILENO, s, n);
    if (done > 0) {
      s += done;
      n -= (size_t)done;
    } else if (done < 0 && errno == EAGAIN) {
      poll(&(struct pollfd){ .fd = STDOUT_FILENO, .events = POLLOUT }, 1, -1);
    } else if (done < 0 && errno != EINTR) {
      t->gone = true;
    }
  }
}

size_t tty_read(struct tty *t, unsigned char *to, size_t room) {
  ssize_t n;
  do n = read(STDIN_FILENO, to, room);
  while (n < 0 && (errno == EINTR || errno == EAGAIN));
  if (n <= 0) t->gone = true;
  return n > 0 ? (size_t)n : 0;
}

enum tty_event tty_wait(struct tty *t, int ms) {
  struct pollfd fds[2] = { { .fd = t->wake[0], .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN } };
  int ready = poll(fds, 2, ms);
  if (ready < 0) return errno == EINTR ? TTY_SIGNAL : TTY_GONE;
  if ((fds[0].revents & POLLIN) != 0) return TTY_SIGNAL;
  if ((fds[1].revents & POLLIN) != 0) return TTY_INPUT;
  return fds[1].revents != 0 ? TTY_GONE : TTY_NOTHING;
}

int tty_signal(struct tty *t) {
  unsigned char byte;
  return read(t->wake[0], &byte, 1) == 1 ? byte : 0;
}

void tty_forget_signals(struct tty *t) {
  int kept[8], n = 0;
  for (int signo; (signo = tty_signal(t)) != 0; )
    if ((signo == SIGTERM || signo == SIGHUP) && n < 8) kept[n++] = signo;
  while (n > 0) on_signal(kept[--n]);
}
