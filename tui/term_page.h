/* What is said before the first screen, in plain ASCII, where Chinese would not be seen. */
#ifndef MB_TUI_TERM_PAGE_H
#define MB_TUI_TERM_PAGE_H

enum term_fault {
  FAULT_CONSOLE, /* the text console of the kernel */
  FAULT_CHARSET  /* not set to UTF-8 */
};

/* Whole lines of at most 60 columns, each ended by CR LF; the ending says which keys go on and leave. */
const char *term_page(enum term_fault fault);
const char *term_page_ending(void);

#endif
