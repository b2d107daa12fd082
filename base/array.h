/* Growable arrays: a plain pointer, how many there are, and how many there is room for.  Whoever owns the
 * three asks for room before each element and frees the pointer; all zero is an empty one.
 */
#ifndef MB_BASE_ARRAY_H
#define MB_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Is there room for one more in list, of which n of cap (a size_t) are used?  Makes it, twice as much as
 * there was.  False: out of memory, the array is as it was.  Each argument is a plain place in memory,
 * for it is read twice. */
#define ARRAY_ROOM(list, n, cap) ((size_t)(n) < (cap) || array_grow(&(list), &(cap), sizeof *(list)))

/* list: the address of a pointer to elements of that size. */
bool array_grow(void *list, size_t *cap, size_t size);

#endif
