/* mingbai.cfg: a county's or office's settings.  Search order: option, environment
 * (MINGBAI_CONFIG), folder of the workbook, $XDG_CONFIG_HOME/mingbai/, system.  The caller
 * finds the file (main.c knows the environment); this module reads and checks it. */
#ifndef MB_CHECKLISTS_SETTINGS_H
#define MB_CHECKLISTS_SETTINGS_H

#include "base/error.h"
#include "checklists/catalogue.h"

struct contact { char *unit; char *telephone; char *office; }; /* unit: code or its beginning */
struct font_role { char *role; struct strings files; };        /* "body", "heading", ...; files in order of trial */

struct settings {
  char *url;        /* QR address pattern with {unit} {domain} {item} {record} {code}; "" none */
  char *telephone;  /* default objection telephone */
  char *office;     /* default unit named as receiver of objections; "" = the publishing unit */
  char *printer;
  char *tailoring;  /* path, relative to the settings file, made absolute */
  int ambiguous;    /* columns of a character of ambiguous width: 1, 2; 0 auto (the terminal is asked) */
  bool mouse;       /* clicks are for the program; default true */
  struct contact *contacts; size_t n_contacts;
  struct font_role *fonts; size_t n_fonts;
};
/* path NULL: built-in defaults.  Findings at once; NULL on an error. */
struct settings *settings_load(const char *path, struct findings *f);
void settings_free(struct settings *s);
/* Telephone for a unit: the contact with the longest matching code, else the default. Borrowed, "" when none. */
const char *settings_telephone(const struct settings *s, const char *unit_code);
const char *settings_office(const struct settings *s, const char *unit_code); /* likewise */

#endif
