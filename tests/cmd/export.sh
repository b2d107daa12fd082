#!/bin/sh
# mingbai export: records, slots and history in both formats.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
"$MINGBAI" --on 2026-10-01 init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null
set_() { "$MINGBAI" --on 2026-10-20 set "$wb" --unit 140581001001 "$@" >/dev/null; }
set_ --item 19.05 --event 2026-09-21 --published 2026-10-20 --title '=1+1' --channel 政府网站
set_ --item 00.04 --period 2026Q3 --published 2026-09-30
set_ --item 00.01 --published 2026-09-01

run export "$wb" --format csv
is "fine" "$status$err" 0
is "a byte order mark, for spreadsheets" "$(head -c 3 "$T/.out" | od -An -tx1 | tr -d ' ')" efbbbf
is "CRLF on every line" "$(grep -c "$(printf '\r')\$" "$T/.out")" 4
is "the columns of the contract" "$(head -n 1 "$T/.out" | tr -d '\r' | tail -c +4)" \
  unit,item,period,event_on,published_on,removed_on,none_reason,channels,url,title,body,note,uid
like "a formula is guarded" "$out" ",'=1\\+1,"
is "by unit, item, period, event day" "$(tail -n +2 "$T/.out" | cut -d, -f2 | tr '\n' ' ')" "00.01 00.04 19.05 "
set_ --item 00.01 --phone 0356-5220000
run export "$wb"
like "an optional column appears when a record uses it" "$out" 'note,uid,phone'
unlike "and no other" "$out" 'uid,table'
run export "$wb" --format json
json "JSON" "$out"
is "values as they are" "$(json_get "$out" '$.records[2].title')" "=1+1"
is "of a known schema" "$(json_get "$out" '$.schema')" mingbai.records/1
run export "$wb" -o "$T/out.csv"
is "to a file" "$status$out" 0
run export "$wb"
ok "the same bytes" cmp "$T/.out" "$T/out.csv"
run export "$wb" -o "$T/nosuch/out.csv"
ok "a folder that is not there cannot take it" test "$status" -eq 73 -o "$status" -eq 66
if [ -c /dev/full ]; then
  run export "$wb" -o /dev/full
  is "a full disk is an I/O error" "$status" 74
fi

run --on 2026-10-20 export "$wb" --what slots --period 2026Q4 --format csv
is "slots" "$status$err" 0
like "late, with its due day and record" "$out" '^140581001001,城西社区居委会,19\.05,.*,late,逾期公开,2026-10-12,,[0-9a-f]{32}'
like "a confirm slot" "$out" '^140581001002,.*,19\.05,.*,19,unchecked,待确认,,,'
run --on 2026-10-20 export "$wb" --what slots --period 2026Q3 --format csv
like "a recurrence published" "$out" '^140581001001,.*,00\.04,.*,00,published,已公开,2026-09-30,2026Q3,140581001001/00\.04/2026Q3'
like "a recurrence without a record" "$out" '^140581001002,.*,00\.04,.*,00,overdue,逾期未公开,2026-09-30,2026Q3,'
run --on 2026-10-20 export "$wb" --what slots --format csv
like "the present quarter is the default" "$out" ',2026Q4,'
is "each unit and item once at least" "$(printf '%s\n' "$out" | tail -n +2 | cut -d, -f1 | sort -u | grep -c .)" 31
is "in order" "$(printf '%s\n' "$out" | tail -n +2 | cut -d, -f1,3)" "$(printf '%s\n' "$out" | tail -n +2 | cut -d, -f1,3 | sort)"
run export "$wb" --what slots --format json
json "slots as JSON" "$out"

MINGBAI_PERSON=张三三 "$MINGBAI" --on 2026-10-21 set "$wb" --unit 140581001001 --item 00.01 --note 核 >/dev/null
run export "$wb" --what history --format csv
like "history says who and when" "$out" ',2026-10-21T12:00:00\+08:00,张三三,do,修改 00\.01,140581001001/00\.01,note,,核'
run export "$wb" --what history --format json
json "history as JSON" "$out"

run export "$wb" --format xml
is "an unknown format is a usage error" "$status" 2
run export "$wb" --what nosuch
is "so is an unknown thing" "$status" 2
run export "$wb" --what slots --period 2026Q5
is "so is a wrong period" "$status" 2
run export "$wb" --period 2026Q3
is "a period without slots too" "$status" 2
run export "$wb" --format csv --json
is "--json and another format exclude each other" "$status" 2
done_testing
