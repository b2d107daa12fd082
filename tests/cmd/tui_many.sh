#!/bin/sh
# Acts on many rows from the UI: each is one step of the workbook, all or nothing, and its undo leaves
# nothing behind.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
village=140581001001
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
run set "$T/base.mingbai" --unit $village --item 19.05 --event 2026-09-03 --published 2026-09-10 \
  --channel 村公示栏 --title 八月份低保审核公示 --phone 0356-5220000 --note 内部备注 --on $day
run set "$T/base.mingbai" --unit $village --item 19.01 --published 2026-03-02 --channel 村公示栏 --on $day
printf '姓名,户数\n甲,1\n' >"$T/table.csv"
run set "$T/base.mingbai" --unit $village --item 19.06 --event 2026-09-05 --title 审批 --table-file "$T/table.csv" --on $day
is "a workbook with three records" "$status" 0
to_village='C-u Down Enter Down Enter'

play() { # KEYS: plays on a fresh copy; the records are in $out
  cp "$T/base.mingbai" "$T/w.mingbai"
  printf '%s\n' "$1" >"$T/keys"
  run "$T/w.mingbai" --keys "$T/keys" --dump "$T/screen" --on $day
  is "ends well: $1" "$status $err" "0 "
  run check "$T/w.mingbai" --quiet
  unlike "the workbook is sound" "$status" '^(2|6.|7.)$'
  run export "$T/w.mingbai" --format csv
}
lines() { # ERE: how many lines of the export match
  printf '%s\n' "$out" | grep -cE "$1"
}

play ""
before=$out
play "$to_village \"19\" Enter C-a F5 Enter dump"
is "a domain's standing items are published with one question" "$(lines ",19\.[0-9]+,,,$day,")" 7
is "what was published before keeps its day" "$(lines ',19.01,,,2026-03-02,')" 1
is "an event of another quarter is left alone" "$(lines ",19.06,,2026-09-05,$day,")" 0
like "the screen says how many" "$(cat "$T/screen")" '公开 7 项'

play "$to_village \"19\" Enter C-a F5 Enter C-z"
is "one undo takes them all back" "$out" "$before"
play "$to_village \"19\" Enter C-a F5 Esc"
is "refused, nothing happens" "$out" "$before"

play "$to_village \"19\" F6 Enter"
none=$(lines ',19\.[0-9]+,2026Q4,.*本期无此事项')
is "none for a domain's event items: two keys" "$none" 5
play "$to_village \"19\" F6 Enter C-z"
is "and one undo" "$out" "$before"

play "$to_village \"10\" Space \"14\" Space F6 C-u \"没有发生\" Enter"
ok "none for several domains" [ "$(lines ',10\.[0-9]+,2026Q4,.*没有发生')" -gt 0 ]
ok "each of them" [ "$(lines ',14\.[0-9]+,2026Q4,.*没有发生')" -gt 0 ]
is "only event items have a none of a period" "$(lines ',(10|14)\.[0-9]+,,.*没有发生')" 0
play "$to_village \"10\" Space \"14\" Space F6 C-u \"没有发生\" Enter dump C-z"
is "and one undo" "$out" "$before"
like "the screen says how many" "$(cat "$T/screen")" '本期无 [0-9]+ 项'

# ---- copying
record="$to_village \"19\" Enter \"05\" Enter"
play "$record C-d Space*2 Enter Enter"
is "a record copied to two villages" "$(lines ',19.05,,2026-09-03,,,')" 2
is "with title and telephone, without the note" "$(lines ',19.05,,2026-09-03,,,.*八月份低保审核公示.*0356-5220000')" 2
is "the note stays where it was" "$(lines '内部备注')" 1
play "$record C-d Space*2 Enter Enter C-z"
is "one undo" "$out" "$before"
play "$record C-d \"1\" C-a Enter Enter"
is "published today in all 29 other villages" "$(lines ",19.05,,2026-09-03,$day,")" 29
play "$record C-d C-a Enter Enter C-d C-a Enter"
is "nobody gets it twice" "$(lines ',19.05,,2026-09-03,')" 30

record="$to_village \"19\" Enter \"06\" Enter"
play "$record C-d Space Enter Enter"
is "a table stays behind" "$(lines '甲,1')" 1
play "$record C-d \"２\" Space Enter Enter"
is "unless it is asked for" "$(lines '甲,1')" 2

# ---- a read-only workbook: each act is refused with a sentence
cp "$T/base.mingbai" "$T/r.mingbai"
chmod 400 "$T/r.mingbai"
if [ ! -w "$T/r.mingbai" ]; then
  printf '%s\n' "$to_village \"19\" Enter C-a F5 Enter dump" >"$T/keys"
  run "$T/r.mingbai" --keys "$T/keys" --dump - --on $day
  like "read-only: refused" "$out" '只读'
fi

done_testing
