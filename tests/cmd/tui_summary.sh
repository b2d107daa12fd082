#!/bin/sh
# The heat table on the screen says the same numbers as `mingbai summary`: every cell of the county's table and of
# a township's, in words below the table, for both rates; and the missing list has a row for what each cell misses.
. "${srcdir:-.}/tests/lib.sh"
day=2026-10-20
wb=$T/a.mingbai
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" --on $day >/dev/null
run import "$wb" "$src/examples/140581-records.csv" --on $day
is "a county with records" "$status" 0

# cells KEYS ROWS: the words of each cell of so many rows, as "NAME DOMAIN NUM/DEN", one a line.
cells() {
  { echo "$1 Home"
    for row in $(seq "$2"); do
      echo "Left*30 dump"
      for column in $(seq 25); do echo "Right dump"; done
      echo Down
    done; } >"$T/cells.keys"
  "$MINGBAI" "$wb" --keys "$T/cells.keys" --dump "$T/cells.txt" --size 132x20 --on $day || echo "failed: $?"
  sed -nE 's,^ ([^ ]*)　([0-9]{2}) [^　]*　[^ ]*率 [0-9.]+% ([0-9]+/[0-9]+).*,\1 \2 \3,p
           s,^ ([^ ]*)　([0-9]{2}) [^　]*　[^ ]*率 还没有.*,\1 \2 -,p' "$T/cells.txt"
}
# expected BY RATE [PREFIX]: the same of the summary's groups.
expected() {
  "$MINGBAI" summary "$wb" --period 2026Q3 --on $day --by "$1" --by domain --format csv | tr -d '\r' |
    awk -F, -v rate="$2" -v prefix="$3" '
      NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
      index($at["unit"], prefix) == 1 { d = $at[rate "_den"]
        print $at["name"], $at["domain"], (d > 0 ? $at[rate "_num"] "/" d : "-") }'
}
own() { sed 's/（本级）//'; }

for rate in fill disclosure; do
  f4=F4
  [ $rate = fill ] || f4="F4 F4"
  cells "$f4 <" 16 | own >"$T/screen"
  expected township $rate 14 >"$T/summary"
  ok "every township and domain, $rate" diff "$T/summary" "$T/screen"
  ok "and these are hundreds" test "$(grep -c . "$T/screen")" -gt 250
  cells "$f4 < Home Down Enter" 31 | own >"$T/screen"
  expected village $rate 140581001 >"$T/summary"
  ok "every village of a township, $rate" diff "$T/summary" "$T/screen"
done

# ---- what a cell misses is what the list behind it holds
echo 'F4 < Home Down Enter Down*1 "00" dump Enter dump' >"$T/list.keys"
run "$wb" --keys "$T/list.keys" --dump - --size 132x20 --on $day
overdue=$(printf '%s\n' "$out" | sed -n 's/^ 城西社区居委会　00 .*　逾期 \([0-9]*\).*/\1/p')
unchecked=$(printf '%s\n' "$out" | sed -n 's/^ 城西社区居委会　00 .*　待确认 \([0-9]*\).*/\1/p')
like "the list has as many rows as the cell misses" "$out" "00 村务公开　尚缺：逾期 $overdue　待确认 $unchecked　待公开 0 "
ok "and there are some of both" test "$overdue" -gt 0 -a "$unchecked" -gt 0

# ---- and each row leads to its form
echo 'F4 < Home Down Enter Down "20" Enter dump Enter dump' >"$T/form.keys"
run "$wb" --keys "$T/form.keys" --dump - --size 132x20 --on $day
like "a row of the list opens the form" "$out" '^ 公开日期 '
like "of what is missing" "$out" '^ 状态 +(! 逾期未公开|\? 待确认)'

# ---- a change is counted at once, in the row it is in and in the sum
echo 'F4 Home Down Enter Down "00" dump Enter Down F5 Esc dump C-z dump' >"$T/change.keys"
run "$wb" --keys "$T/change.keys" --dump - --size 132x20 --on $day
words=$(printf '%s\n' "$out" | sed -n 's/^ 城西社区居委会　00 .*填报率 [^ ]* \([0-9]*\)\/.*/\1/p' | tr '\n' ' ')
set -- $words
is "one more, and after undo as before" "$words" "$1 $(($1 + 1)) $1 "
done_testing
