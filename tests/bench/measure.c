/* measure [-t] COMMAND [ARG...]: runs a command and prints its CPU time and peak memory.
 *
 * "CPU_MS PEAK_KB STATUS" on file descriptor 3, so that the command's own output stays apart.  CPU time and
 * not wall time: other work on the machine disturbs it least.
 * -t: the command runs on a terminal of its own, 80x24; at its first output it is sent Ctrl-Q, so what is
 * measured is the way from the start to the first screen, and out again. */
#include <poll.h>
#include <signal.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPORT_FD 3
#define PATIENCE_MS 20000 /* a program that does not leave is ended */

static pid_t start(char **command, int *terminal) {
  struct winsize size = { .ws_row = 24, .ws_col = 80 };
  pid_t pid = terminal ? forkpty(terminal, NULL, NULL, &size) : fork();
  if (pid == 0) {
    close(REPORT_FD);
    if (terminal) setenv("TERM", "xterm-256color", 1);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
  }
  return pid;
}

/* Read what is drawn, answer the first of it with Ctrl-Q, until the program has closed its side. */
static void look_and_leave(int terminal, pid_t pid) {
  char screen[65536];
  struct pollfd fd = { .fd = terminal, .events = POLLIN };
  int asked = 0;
  while (poll(&fd, 1, PATIENCE_MS) > 0 && read(terminal, screen, sizeof screen) > 0)
    if (!asked++ && write(terminal, "\021", 1) != 1) break;
  if (asked == 0) kill(pid, SIGTERM);
}

int main(int argc, char **argv) {
  int on_terminal = argc > 1 && strcmp(argv[1], "-t") == 0, terminal = -1, status = 0;
  struct rusage use;
  if (argc < 2 + on_terminal) {
    fputs("usage: measure [-t] COMMAND [ARG...]\n", stderr);
    return 2;
  }
  pid_t pid = start(argv + 1 + on_terminal, on_terminal ? &terminal : NULL);
  if (pid < 0) {
    perror("fork");
    return 1;
  }
  if (on_terminal) look_and_leave(terminal, pid);
  if (wait4(pid, &status, 0, &use) < 0) {
    perror("wait4");
    return 1;
  }
  double ms = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 +
              (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  dprintf(REPORT_FD, "%.1f %ld %d\n", ms, use.ru_maxrss, code);
  return code;
}
