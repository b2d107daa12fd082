/* measure COMMAND [ARG...]: runs a command and prints its CPU time and peak memory.
 *
 * "CPU_MS PEAK_KB STATUS" on the file descriptor named by MEASURE_FD (default 3), so that the command's own
 * output stays apart.  CPU time and not wall time: other work on the machine disturbs it least. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
  if (argc < 2) {
    fputs("usage: measure COMMAND [ARG...]\n", stderr);
    return 2;
  }
  const char *fd = getenv("MEASURE_FD");
  int to = fd ? atoi(fd) : 3;
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    return 1;
  }
  if (pid == 0) {
    close(to);
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    _exit(127);
  }
  int status = 0;
  struct rusage use;
  if (wait4(pid, &status, 0, &use) < 0) {
    perror("wait4");
    return 1;
  }
  double ms = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 +
              (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  dprintf(to, "%.1f %ld %d\n", ms, use.ru_maxrss, code);
  return code;
}
