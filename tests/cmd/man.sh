#!/bin/sh
# The manual names every command and every option that the option tables know, each in its command's section.
. "${srcdir:-.}/tests/lib.sh"
man=$src/man/mingbai.1

# section COMMAND: the manual's part about it.
section() { awk -v c="$1" '/^\.S[sh] /{ on = ($1 == ".Ss" && $2 == c) } on' "$man"; }
# options TEXT: the long names in a help text's own list, above the options that every command has.
options() { printf '%s\n' "$1" | sed '/^通用选项/,$d' | sed -n 's/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p'; }

run --help
like "the program's help lists commands" "$out" '^  summary '
for c in $(printf '%s\n' "$out" | sed -n '/^命令：/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p'); do
  ok "the manual has a section about $c" test -n "$(section "$c")"
  run "$c" --help
  for o in $(options "$out"); do
    like "the manual tells of $c --$o" "$(section "$c")" "^\.It .*Fl Fl $o( |\$)"
  done
done
run summary --help
for o in $(printf '%s\n' "$out" | sed -n '/^通用选项/,$s/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p'); do
  like "the manual tells of --$o" "$(cat "$man")" "^\.It Fl Fl $o( |\$)"
done
if command -v mandoc >/dev/null; then
  is "the manual is well-formed" "$(mandoc -T lint -W error "$man" 2>&1)" ""
fi
done_testing
