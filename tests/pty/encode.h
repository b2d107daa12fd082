/* The bytes a terminal sends for a key. */
#ifndef MB_TESTS_PTY_ENCODE_H
#define MB_TESTS_PTY_ENCODE_H

#include "tests/pty/vt.h"
#include "tui/key.h"

/* Appended; nothing when that terminal sends nothing.  type is the value of TERM. */
void encode_key(struct text *out, const struct vt *vt, const char *type, struct key k);

#endif
