/* bare FILE: the least a program of this kind costs, to set our figures beside: curses, one query of a workbook,
 * one screen, one key (any).  For `make bench`. */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>

static void show(sqlite3 *db) {
  sqlite3_stmt *st = NULL;
  int row = 0;
  if (sqlite3_prepare_v2(db, "SELECT code, name FROM unit ORDER BY code LIMIT ?", -1, &st, NULL) != SQLITE_OK) return;
  sqlite3_bind_int(st, 1, LINES);
  while (sqlite3_step(st) == SQLITE_ROW)
    mvprintw(row++, 0, "%s  %s", (const char *)sqlite3_column_text(st, 0), (const char *)sqlite3_column_text(st, 1));
  sqlite3_finalize(st);
  refresh();
}

int main(int argc, char **argv) {
  sqlite3 *db = NULL;
  setlocale(LC_ALL, "");
  if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
    fputs("usage: bare FILE\n", stderr);
    return 2;
  }
  SCREEN *screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) return 1;
  raw();
  noecho();
  show(db);
  getch();
  endwin();
  delscreen(screen);
  sqlite3_close(db);
  return 0;
}
