#!/bin/sh
# The house keeps its floors: a floor includes only itself and the floors below, each foreign library is known
# to one room only, and nothing in the tree speaks of machines.  Prints TAP.
src=${srcdir:-.}
cd "$src" || exit 1
n=0 failed=0

# say OK|"" NAME [DETAIL]
say() {
  n=$((n + 1))
  if [ -z "$2" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    printf '%s\n' "$2" | sed 's/^/#   /'
    failed=1
  fi
}

files() { find base checklists templates batch tui main.c -name '*.[ch]' | sort; }

# ---- floors: an include of a higher floor is a wrong turn
floor() {
  case $1 in
    base/*) echo 0 ;; checklists/*) echo 1 ;; templates/*) echo 2 ;; batch/*) echo 3 ;; tui/*) echo 4 ;; *) echo 5 ;;
  esac
}
wrong=$(for f in $(files); do
  mine=$(floor "$f")
  sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f" | while read -r inc; do
    [ -f "$inc" ] || echo "$f includes $inc, which is not a path from the root"
    [ "$(floor "$inc")" -le "$mine" ] || echo "$f includes $inc"
  done
done)
say "a floor uses only the floors below" "$wrong"

# ---- only here: header pattern, then the files that may include it
only_here() {
  header=$1
  shift
  found=$(grep -lE "^ *# *include *<([a-z0-9]+/)?$header>" $(files))
  extra=$(for f in $found; do
    allowed=no
    for ok in "$@"; do
      # shellcheck disable=SC2254 # a pattern on purpose
      case $f in $ok) allowed=yes ;; esac
    done
    [ $allowed = yes ] || echo "$f"
  done)
  [ -n "$found" ] || extra="no file includes it: is this rule still needed?"
  say "$header only in $*" "$extra"
}
only_here 'utf8proc\.h' base/utf8.c
only_here 'libconfig\.h' checklists/conf.c
only_here 'sqlite3\.h' checklists/db.h checklists/db.c 'checklists/workbook*.c'
only_here 'hmac\.h|sha2?\.h' checklists/digest.c
only_here 'hpdf[a-z_]*\.h' batch/pdf.c
only_here 'hb[a-z-]*\.h' batch/font.c
only_here 'qrencode\.h' batch/qr.c
only_here '(n?curses|term)\.h' tui/term.c

# ---- core rooms neither print, exit, nor ask the clock or the environment
core=$(grep -nE '(^|[^_a-z])(printf|puts|putchar|perror|exit|abort|getenv|time|clock_gettime|localtime)\(' \
  $(find base checklists templates -name '*.c') | grep -vE ':[0-9]+: *(\*|//|/\*)')
say "core code does not print, exit, or read clock and environment" "$core"

# ---- no file is in the house by accident: every source is in the build
missing=$(for f in $(files); do grep -q "$f" Makefile.am || echo "$f"; done)
say "every source file is named in Makefile.am" "$missing"

# ---- nothing speaks of one machine
talk=$(grep -rnIE '/ho[m]e/|/usr/l[o]cal/bin|deb\.deb[i]an\.org' base checklists templates batch tui tests examples man po \
  main.c configure.ac Makefile.am README.md README.zh-CN.md NEWS bootstrap .ci 2>/dev/null | head -n 5)
say "no path of a machine" "$talk"

echo "1..$n"
exit $failed
