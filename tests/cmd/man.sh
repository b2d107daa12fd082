#!/bin/sh
# The manual names every command and every option that the option tables know, each in its command's section; its
# table of keys is what `mingbai help keys` says (UPDATE=1 writes it anew); it and the sample settings name every
# setting.
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

# ---- keys: help, hints and manual come from one keymap
keys_of() { sed -n '/^\.\\" keys begin$/,/^\.\\" keys end$/p' "$1" | sed '1d;$d'; }
run help keys
printf '%s\n' "$out" | sed 's/\\/\\e/g' >"$T/keys"
like "the keys are many" "$(wc -l <"$T/keys")" '^ *([7-9][0-9]|[1-9][0-9][0-9])$'
if [ -n "$UPDATE" ]; then
  awk -v keys="$T/keys" '
    /^\.\\" keys end$/ { while ((getline line <keys) > 0) print line; skip = 0 }
    !skip
    /^\.\\" keys begin$/ { skip = 1 }' "$man" >"$T/man" && cat "$T/man" >"$man"
fi
is "the manual has the keys that the program has" "$(keys_of "$man")" "$(cat "$T/keys")"

# ---- what everyday work costs in keys: the READMEs repeat the manual, in the same order
tasks=$(for f in "$src"/tests/keystrokes/*.keys; do sed -n '1s/^# *//p' "$f"; done)
costs=$(printf '%s\n' "$tasks" | while read -r task; do sed -n "s/^$task.*[^0-9]\([0-9]*\)\$/\1/p" "$man"; done | tr '\n' ' ')
like "the manual says what everyday work costs" "$costs" '^([0-9]+ ){6}$'
for readme in README.md README.zh-CN.md; do
  is "$readme says the same" "$(sed -n 's/^| .* | \([0-9]*\) |$/\1/p' "$src/$readme" | tr '\n' ' ')" "$costs"
done
is "the tasks have their names" "$(sed -n 's/^| \(.*\) | [0-9]* |$/\1/p' "$src/README.zh-CN.md")" "$tasks"

# ---- settings: the program names those it knows when one is misspelt
echo 'mispelt = 1;' >"$T/bad.cfg"
run init "$T/a.mingbai" --divisions "$src/examples/140581.csv" --unit 140581001000 --config "$T/bad.cfg"
settings=$(printf '%s\n' "$err" | sed -n 's/.*可以写：\([a-z、]*\).*/\1/p' | sed 's/、/ /g')
like "the program says which settings there are" "$settings" 'mouse'
for s in $settings; do
  ok "the manual tells of the setting $s" grep -q "^\.It Ic .*\<$s\>" "$man"
  ok "the sample settings have $s" grep -Eq "^(# )?$s = " "$src/examples/mingbai.cfg"
done

if command -v mandoc >/dev/null; then
  is "the manual is well-formed" "$(mandoc -T lint -W error "$man" 2>&1)" ""
fi
done_testing
