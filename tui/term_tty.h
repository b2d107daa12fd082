/* The line to the terminal: its modes, its size, bytes in and out, and signals as events.
 *
 * Standard input and output are used.  Handlers do nothing but write to a pipe.
 */
#ifndef MB_TUI_TERM_TTY_H
#define MB_TUI_TERM_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

enum tty_event { TTY_NOTHING, TTY_INPUT, TTY_SIGNAL, TTY_GONE };

#define TTY_SIGNALS 6
struct tty {
  int wake[2];
  struct sigaction before[TTY_SIGNALS];
  struct termios cooked;
  bool gone; /* nothing more can be written */
};

bool tty_is_terminal(void);
bool tty_is_console(void); /* the kernel's own text console */
/* Catch signals and note the modes.  False (errno): neither was done. */
bool tty_open(struct tty *t);
void tty_raw(struct tty *t);    /* every key comes at once and unchanged */
void tty_cooked(struct tty *t); /* as it was */
void tty_close(struct tty *t);  /* modes and signals as they were */
bool tty_size(int *rows, int *cols); /* false: the line does not know */
void tty_write(struct tty *t, const char *s, size_t n); /* all of it, or t->gone */
size_t tty_read(struct tty *t, unsigned char *to, size_t room); /* 0: t->gone */
/* Until something happens, or for so many milliseconds; -1: as long as it takes. */
enum tty_event tty_wait(struct tty *t, int ms);
int tty_signal(struct tty *t); /* a signal that came, once; 0: none */
/* Forget those that came but for SIGTERM and SIGHUP. */
void tty_forget_signals(struct tty *t);

#endif
