#!/bin/sh
# A workbook of format 1 (tests/version-1.mingbai, made by the program of that time: three records, two undone,
# one done again): reading leaves it alone, the first change brings it to the present format, nothing is lost.
. "${srcdir:-.}/tests/lib.sh"
old=$src/tests/version-1.mingbai
wb=$T/w.mingbai
cp "$old" "$wb"
chmod 600 "$wb"
version() { sqlite3 "$wb" 'PRAGMA user_version'; }
is "the workbook is of format 1" "$(version)" 1

run units "$wb"
is "its units can be read" "$status" 0
like "all of them" "$out" '莫𡐓村'
run export "$wb"
records=$out
like "its records too" "$records" '140581001001,19\.02,,2026-09-01,2026-09-10,,,,,九月审核'
unlike "without columns that none of them uses" "$records" 'printed_on|filed_on'
run check "$wb"
is "nothing is wrong with it" "$status $err" "0 "
ok "reading has not changed a byte" cmp "$old" "$wb"
chmod 400 "$wb"
run export "$wb"
is "a read-only one can be read as well" "$status $out" "0 $records"
chmod 600 "$wb"
run export "$wb" --what history
history=$out

# ---- the first change
run set "$wb" --unit 140581001001 --item 19.02 --event 2026-10-01 --title 十月审核 --on 2026-10-02
is "a change goes in" "$status" 0
is "the workbook is of format 2 now" "$(version)" 2
run check "$wb"
is "the history goes on, tables are as they should be" "$status $err" "0 "
run export "$wb" --what history
is "what was history still is" "$(printf '%s\n' "$out" | head -n "$(printf '%s\n' "$history" | wc -l)")" "$history"
echo 'C-z C-z' >"$T/keys"
run "$wb" --keys "$T/keys" --dump - --on 2026-10-03
is "steps of before can be undone" "$status" 0
run export "$wb"
unlike "and are" "$out" '十月审核|0356-5220000'
printf 'unit,item,uid,event_on,printed_on,filed_on\n140581001001,19.02,new-1,2026-10-01,2026年10月5日,2026-10-9\n' >"$T/in.csv"
run import "$wb" "$T/in.csv" --on 2026-10-10
is "new columns can be filled" "$status" 0
run export "$wb"
like "and come out again after uid" "$out" 'uid,printed_on,filed_on'
like "in their one form" "$out" ',new-1,2026-10-05,2026-10-09'
is "the file can be read without the program" \
  "$(sqlite3 "$wb" "SELECT printed_on, filed_on FROM record_readable WHERE uid = 'new-1'")" '2026-10-05|2026-10-09'
run check "$wb"
like "filed without having been up is a warning" "$err$out" 'record\.filed-alone'
unlike "nothing else is wrong" "$err$out" '错误：'

# ---- cut short: a full disk or a read-only file leave format 1
cp "$old" "$wb"
chmod 400 "$wb"
run set "$wb" --unit 140581001001 --item 19.01 --note x
is "a read-only file is not migrated" "$status" 77
ok "not a byte of it" cmp "$old" "$wb"
chmod 600 "$wb"
sqlite3 -cmd '.timeout 2000' "$wb" 'BEGIN IMMEDIATE' ".shell touch $T/locked; sleep 4" &
while [ ! -e "$T/locked" ]; do sleep 0.05; done
run set "$wb" --unit 140581001001 --item 19.01 --note x
is "one that another program writes to is not, either" "$status" 75
wait
ok "it is as it was" cmp "$old" "$wb"

# ---- two at once: the second finds it done
"$MINGBAI" set "$wb" --unit 140581001001 --item 19.01 --note one >/dev/null 2>"$T/one" &
"$MINGBAI" set "$wb" --unit 140581001001 --item 19.02 --event 2026-10-05 --title two >/dev/null 2>"$T/two"
wait
run export "$wb"
like "two programs migrating at once both get on" "$out$(cat "$T/one" "$T/two")" 'two'
like "both" "$out" ',one,'
run check "$wb"
is "and the workbook is sound" "$status" 0
done_testing
