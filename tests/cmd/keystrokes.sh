#!/bin/sh
# What everyday work costs in keys: each tests/keystrokes/N-*.keys does one task in the real program; what it did is
# proved from the workbook, and the keys after its line of dashes are counted (a character typed, a named key and a
# whole paste are one each; with an input method a Chinese character would be several, so no task needs one).  The table
# in the manual holds the same numbers.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
count_keys() { # FILE: keys after the dashes
  awk '
    /^# ----/ { keys = 0; next }
    /^ *#/ { next }
    {
      while (match($0, /[^ ]/)) {
        $0 = substr($0, RSTART); paste = sub(/^paste +/, ""); n = 0
        if (substr($0, 1, 1) == "\"") {
          rest = substr($0, 2)
          while (substr(rest, 1, 1) != "\"") {
            rest = substr(rest, substr(rest, 1, 1) == "\\" ? 3 : 2); n++
          }
          $0 = substr(rest, 2)
        } else {
          match($0, /^[^ ]+/); word = substr($0, 1, RLENGTH); $0 = substr($0, RLENGTH + 1)
          n = word == "dump" || word == "wait" ? 0 : 1
          if (split(word, part, "*") == 2 && part[2] > 1) n = part[2]
        }
        keys += paste ? 1 : n
      }
    }
    END { print keys }' "$1"
}
is "keys are counted" "$(printf '# x\nF3 "ab"\n# ----\nDown*3 "c\\"d" paste "a b\\n" C-z dump\n' >"$T/k"; count_keys "$T/k")" 8

run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --unit 140581001000 --on $day
run set "$T/base.mingbai" --unit 140581001001 --item 00.40 --period 2026Q2 --published 2026-07-03 --channel 村公示栏 \
  --title 2026年第二季度低保名单 --on $day
is "a township with a record" "$status" 0

play() { # TASK: does it on a fresh copy; its keys are in $keys
  file=$src/tests/keystrokes/$1.keys
  task=$(sed -n '1s/^# *//p' "$file")
  keys=$(count_keys "$file")
  mkdir -p "$T/$1"
  cp "$T/base.mingbai" "$T/$1/w.mingbai"
  run "$T/$1/w.mingbai" --keys "$file" --dump "$T/$1/screen" --size 80x24 --on $day
  is "$task: ends well" "$status $err" "0 "
  screen=$(cat "$T/$1/screen")
  run export "$T/$1/w.mingbai" --format csv
  echo "# $keys keys: $task"
  printf '%s\t%s\n' "$task" "$keys" >>"$T/table"
}

play 1-publish
like "a record of today is there" "$out" ",$day,"
is "in two keys at most" "$([ "$keys" -le 2 ] && echo yes)" yes
play 2-none
like "its event items say none" "$out" '^140581001001,19\.05,2026Q4,.*本期无此事项'
is "each of them" "$(printf '%s\n' "$out" | grep -c '本期无此事项')" "$(sqlite3 "$T/base.mingbai" \
  "SELECT count(*) FROM item WHERE domain = '19' AND levels LIKE '%village%' AND cadence IN ('event', 'before')")"
play 3-carry
like "the quarter after has its own title, today" "$out" "^140581001001,00\\.40,2026Q3,,$day,.*2026年第三季度低保名单"
play 4-list
like "the table is whole" "$out" '^吴冬梅,1,520'
like "published and printed" "$out" "^140581001001,19\\.05,,$day,$day,"
is "one notice lies in the folder" "$(ls "$T/4-list/打印" | wc -l | tr -d ' ')" 1
like "with the twelfth person" "$(pdftotext "$T/4-list/打印/"*.pdf - 2>&1)" '吴冬梅'
play 5-find
like "stands on the item" "$screen" '^> 00\.40 .*最低生活保障对象名单'
play 6-correct
like "the date is what it was" "$out" '00\.40,2026Q2,,2026-07-03,'
like "and was another in between" "$(sqlite3 "$T/6-correct/w.mingbai" "SELECT group_concat(act || new) FROM history_readable WHERE field = 'published_on'")" \
  'do2026-07-03.*do2026-07-02.*undo2026-07-03'

# ---- the manual says the same
while IFS="$(printf '\t')" read -r task keys; do
  ok "the manual: $task" grep -q "^$task.*[^0-9]$keys\$" "$src/man/mingbai.1"
done <"$T/table"

done_testing
