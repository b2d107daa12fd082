#!/bin/sh
# Leaving the UI: nothing that was typed and is valid is lost, whatever ended it.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
form='C-u Down Enter Down Enter "19" Enter "05" Enter F7'

play() { # NAME KEYS: plays on a fresh copy; the records are in $out, the exit status in $ended
  cp "$T/base.mingbai" "$T/w.mingbai"
  printf '%s\n' "$2" >"$T/keys"
  run "$T/w.mingbai" --keys "$T/keys" --dump "$T/screen" --on $day
  ended=$status
  run export "$T/w.mingbai" --format csv
}

play quit "$form \"2026-9-3\" Tab*4 \"标题甲\" C-q"
is "Ctrl-Q ends at once" "$ended" 0
like "and keeps the field being typed" "$out" '标题甲'

play end "$form \"2026-9-3\" Tab*4 \"标题甲\""
like "a script that just ends keeps it too" "$out" '标题甲'

play term "$form \"2026-9-3\" Tab*4 \"标题甲\" signal 15 Enter"
is "SIGTERM: 128 + 15" "$ended" 143
like "SIGTERM keeps the field being typed" "$out" '标题甲'

play hup "$form \"2026-9-3\" Tab \"2026-99-3\" signal 1"
is "SIGHUP: 128 + 1" "$ended" 129
like "what was settled is kept" "$out" '2026-09-03'
unlike "what is not valid is given up" "$out" '99'

play invalid "$form \"2026-9-3\" Tab \"2026-99-3\" C-q dump C-q"
is "refused once, the same key again leaves" "$ended" 0
like "the sentence was shown" "$(cat "$T/screen")" '2026-99-3.*不对'
like "the rest is there" "$out" '2026-09-03'

play nothing 'Down Up F1 Esc C-z dump C-q'
like "nothing to undo is said" "$(cat "$T/screen")" '没有可以撤销的了'
is "looking changes nothing" "$(cmp "$T/base.mingbai" "$T/w.mingbai" && echo same)" same

play ahead 'C-u C-q'
like "quitting before rates are counted counts none" "$(cat "$T/screen")" '北城街道 .*个村（居） +… *$'
play counted 'C-u Down'
like "a script's last screen has them" "$(cat "$T/screen")" '北城街道 .*[0-9]%'

# ---- a workbook that may not be written is shown, and nothing else
cp "$T/base.mingbai" "$T/r.mingbai"
chmod 0444 "$T/r.mingbai"
printf 'dump C-u Down Enter Down Enter "19" dump Enter F5 dump Enter "2026-9-3" Tab dump C-u "2026-9-3" C-q C-q' >"$T/keys"
run "$T/r.mingbai" --keys "$T/keys" --dump "$T/screen" --on $day
screen=$(tr -d '\n' <"$T/screen")
is "read-only: opens" "$status" 0
like "read-only: is said at once" "$(sed -n '22,24p' "$T/screen")" '是只读的（文件不可写）'
like "read-only: shows the domains" "$screen" '19 社会救助'
like "read-only: refuses to publish and to store" "$screen" '只读方式打开.*只读方式打开'
is "read-only: is as it was" "$(cmp "$T/base.mingbai" "$T/r.mingbai" && echo same)" same

run "$T/w.mingbai" --keys "$T/no-such-file"
is "a script that is not there" "$status" 66
printf 'Down Entr\n' >"$T/keys"
run "$T/w.mingbai" --keys "$T/keys"
is "a script with a word that is no key" "$status" 65
like "names the line" "$err" ':1'
run "$T/none.mingbai"
is "a workbook that is not there" "$status" 66
run "$T/w.mingbai" </dev/null
is "no terminal" "$status" 2
like "says so" "$err" '终端'

done_testing
