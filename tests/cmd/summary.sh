#!/bin/sh
# mingbai summary: what is counted where, in text, CSV and JSON.  The numbers are counted by hand.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/small.sh"
set_() { "$MINGBAI" --on 2026-10-20 set "$wb" --unit "$@" >/dev/null || echo "Bail out! set $*"; }
set_ 甲村 --item 19.01 --published 2026-07-01
set_ 甲村 --item 19.02 --event 2026-07-01 --published 2026-07-16 --title 名单 # due 2026-07-15: late
set_ 甲村 --item 19.03 --period 2026Q3 --none 本季没有资金
set_ 北城街道 --item 20.01 --period 2026-07 --published 2026-07-31
set_ 北城街道 --item 20.01 --period 2026-08 --published 2026-09-05 # due 2026-08-31: late
set_ 北城街道 --item 19.02 --period 2026Q3 --none 本季没有对象
summary() { run --on 2026-10-20 summary "$wb" --period 2026Q3 "$@"; }
rows() { printf '%s\n' "$out" | tr -d '\r' | tail -n +2; }

# ---- CSV: by township, the default
summary --format csv
is "CSV" "$status$err" 0
is "begins with a BOM" "$(printf '%s' "$out" | head -c 3 | od -An -tx1)" " ef bb bf"
is "has its columns" "$(printf '%s' "$out" | head -n 1 | tail -c +4 | tr -d '\r')" \
  "period,on,unit,name,township,domain,domain_name,item,item_name,slots,published,late,none,pending,overdue,unchecked,fill,disclosure,on_time,fill_num,fill_den,disclosure_num,disclosure_den,on_time_num,on_time_den"
is "ends lines as spreadsheets do" "$(printf '%s\n' "$out" | grep -c "$(printf '\r')$")" 4
is "the county by itself, then each township with its villages" "$(rows)" \
"2026Q3,2026-10-20,140581000000,高平市,高平市,,,,,1,0,0,0,0,0,1,0.0000,0.0000,0.0000,0,1,0,1,0,1
2026Q3,2026-10-20,140581001000,北城街道,北城街道,,,,,11,2,2,2,0,2,3,0.5455,0.5000,0.2500,6,11,4,8,2,8
2026Q3,2026-10-20,140581002000,东城街道,东城街道,,,,,8,0,0,0,0,4,4,0.0000,0.0000,0.0000,0,8,0,6,0,6"

# ---- by the other keys
summary --format csv --by domain
is "by domain" "$(rows)" \
"2026Q3,2026-10-20,,,,19,社会救助,,,14,1,1,2,0,2,8,0.2857,0.2222,0.1111,4,14,2,9,1,9
2026Q3,2026-10-20,,,,20,养老服务,,,6,1,1,0,0,4,0,0.3333,0.3333,0.1667,2,6,2,6,1,6"
summary --format csv --by item
is "by item" "$(rows | cut -d, -f6-16)" \
"19,社会救助,19.01,政策文件,6,1,0,0,0,0,5
19,社会救助,19.02,对象名单,5,0,1,1,0,0,3
19,社会救助,19.03,资金使用,3,0,0,1,0,2,0
20,养老服务,20.01,补贴发放,6,1,1,0,0,4,0"
summary --format csv --by village
is "by village: a row for every unit that has slots" "$(rows | cut -d, -f3-5,10-16)" \
"140581000000,高平市,高平市,1,0,0,0,0,0,1
140581001000,北城街道,北城街道,5,1,1,1,0,1,1
140581001001,甲村,北城街道,3,1,1,1,0,0,0
140581001002,乙村,北城街道,3,0,0,0,0,1,2
140581002000,东城街道,东城街道,5,0,0,0,0,3,2
140581002001,丙村,东城街道,3,0,0,0,0,1,2"
summary --format csv --by domain --by township
is "by two keys: unit before domain, groups without slots left out" "$(rows | cut -d, -f3,6,10)" \
"140581000000,19,1
140581001000,19,8
140581001000,20,3
140581002000,19,5
140581002000,20,3"
for by in "--by village --by item" "--by township --by item" "--by village --by domain" "--by village" "--by item"; do
  summary --format csv $by
  is "slots add up: $by" "$(rows | awk -F, '{ s += $10; f += $20; d += $23 } END { print s, f, d }')" "20 6 15"
done
summary --format csv --by township --by village
is "township and village: the finer, its township beside it" "$(rows | grep -c .)" 6

# ---- a part of the county
summary --format csv --by item --unit 北城街道
is "one township with its villages" "$(rows | cut -d, -f8,10-16)" \
"19.01,3,1,0,0,0,0,2
19.02,3,0,1,1,0,0,1
19.03,2,0,0,1,0,1,0
20.01,3,1,1,0,0,1,0"
summary --format csv --by village --unit 140581001001 --unit 140581002001
is "two villages" "$(rows | cut -d, -f3,10)" "140581001001,3
140581002001,3"
summary --unit 没有
is "a unit that is not there" "$status" 65
like "is named" "$err" 没有

# ---- other periods and days
run --on 2026-10-20 summary "$wb" --format csv --period 2026-07 --by item --unit 北城街道
is "a month: what is due in it, standing and to confirm" "$(rows | cut -d, -f8,10-16)" \
"19.01,3,1,0,0,0,0,2
19.02,3,0,1,1,0,0,1
20.01,1,1,0,0,0,0,0"
run --on 2026-08-15 summary "$wb" --format csv --unit 140581002000
is "inside the default quarter: nothing is owed of standing items yet" "$(rows | cut -d, -f1,10-25)" \
"2026Q3,8,0,0,0,3,1,4,0.0000,0.0000,0.0000,0,8,0,1,0,1"
run --on 2026-07-20 summary "$wb" --format csv --unit 140581002000
is "a zero denominator prints a dash" "$(rows | cut -d, -f17-25)" "0.0000,—,—,0,8,0,0,0,0"

# ---- JSON
summary --json
first='{"unit":"140581001000","name":"北城街道","slots":11,"published":2,"late":2,"none":2,"pending":0,"overdue":2,"unchecked":3,"fill":0.5455'
is "JSON" "$status$err" 0
like "names its schema, period and day" "$out" '^\{"schema":"mingbai.summary/1","period":"2026Q3","on":"2026-10-20","groups":\['
like "has a group for each township" "$out" "$(printf '%s' "$first" | sed 's/[{.]/\\&/g')"
unlike "and no key that is not grouped by" "$out" '"(domain|item)":'
summary --json --by item
unlike "by item alone no domain" "$out" '"domain":'
summary --json --by domain --by item
like "by domain and item both" "$out" '^\{"domain":"[0-9]{2}","item":"[0-9.]+","slots":'
summary --format json --by domain
like "by domain" "$out" '\{"domain":"19","slots":14,'
unlike "without units" "$out" '"(unit|name|item)":'
run --on 2026-07-20 summary "$wb" --json --unit 东城街道
like "a rate without denominator is null" "$out" '"disclosure":null'

# ---- text
summary
is "text" "$status$err" 0
like "says what it is of" "$(printf '%s\n' "$out" | head -n 1)" '^高平市 2026年第3季度.*2026-10-20'
like "shows what is missing first" "$(printf '%s\n' "$out" | sed -n 2p)" '^ +尚缺 +逾期未公开 +待确认 +待公开 +已公开 +逾期公开 +本期无 +应公开点$'
like "a township: counts" "$out" '^北城街道 +5 +2 +3 +0 +2 +2 +2 +11$'
like "below it the rates, numerator and denominator, and a bar" "$out" '^ +54\.5% 6/11 +50\.0% 4/8 +25\.0% 2/8 +█+▒+░+$'
like "a total from sums of slots" "$out" '^合计 +14 +6 +8 +0 +2 +2 +2 +20$'
like "with its rates" "$out" '^ +30\.0% 6/20 +26\.7% 4/15 +13\.3% 2/15 +█+▒+░+$'
is "in division-code order" "$(printf '%s\n' "$out" | grep -oE '^(高平市（县级）|北城街道|东城街道) {2}|^合计' | tr -d ' ' | tr '\n' ' ')" "高平市（县级） 北城街道 东城街道 合计 "
like "with the rates explained" "$out" '^公开率＝'
summary --quiet
unlike "not when quiet" "$out" '公开率＝'
like "but with the table" "$out" '^北城街道'
summary --by township --by domain
like "by two keys: the unit as a heading" "$out" '^【北城街道】140581001000$'
like "the domains below it" "$out" '^20 养老服务 +1 +1 +0 +0 +1 +1 +0 +3$'
run --on 2026-07-20 summary "$wb" --unit 东城街道
like "a dash without denominator" "$out" ' — +— +░+$'

# ---- departments and tailoring: 19.01 is the department's, 19.02 may be silent, 20.01 is dropped
sed '2a 140581000000-D01,民政局,department,140581000000' "$T/units.csv" >"$T/tailored.csv"
cat >"$T/tailoring.cfg" <<'END'
drop = ( { id = "20.01"; reason = "本县没有此项业务"; } );
confirm = ( { id = "19.02"; value = "implied"; } );
assign = ( { unit = "140581000000-D01"; items = ["19.01"]; } );
END
ok "a workbook with a department and tailoring" "$MINGBAI" init "$T/tailored.mingbai" \
  --divisions "$T/tailored.csv" --tailoring "$T/tailoring.cfg"
run --on 2026-10-20 summary "$T/tailored.mingbai" --period 2026Q3 --format csv
is "departments stand in the county's group; silence is none; a dropped item is not asked" \
  "$(rows | cut -d, -f3,10-16)" \
"140581000000,1,0,0,0,0,0,1
140581001000,8,0,0,3,0,2,3
140581002000,5,0,0,2,0,1,2"
run --on 2026-10-20 summary "$T/tailored.mingbai" --period 2026Q3 --format csv --by village --by item
is "by village the department has a row of its own" "$(rows | head -n 1 | cut -d, -f3-5,8,10)" \
  "140581000000-D01,民政局,高平市,19.01,1"

# ---- to a file
summary --format csv -o "$T/out.csv"
is "to a file" "$status$out$err" 0
summary --format csv
is "the same bytes" "$(cat "$T/out.csv")" "$out"
summary --format csv -o "$T/none/out.csv"
is "a folder that is not there" "$status" 73
before=$(cksum <"$wb")
summary >/dev/null
is "the workbook is as it was" "$(cksum <"$wb")" "$before"

# ---- what cannot be asked
summary --format xlsx
is "a format that is not offered" "$status$out" 2
like "names those that are" "$err" 'text.*csv.*json'
summary --by county
is "a key that is not one" "$status" 2
like "names the keys" "$err" 'township.*village.*domain.*item'
summary --by village --by domain --by item
is "three keys" "$status" 2
run summary "$wb" --period 2026Q5
is "a period that does not exist" "$status" 2
like "is named, with what can be written" "$err" '2026Q5.*2026H2'
summary --json --format csv
is "two formats" "$status" 2
run summary
is "no workbook" "$status" 2
run summary "$T/missing.mingbai"
is "a workbook that is not there" "$status" 66

# ---- names from a file never steer a spreadsheet
cat >"$T/odd.csv" <<'END'
code,name,level,parent
140581000000,=1+1,county,
END
if "$MINGBAI" init "$T/odd.mingbai" --divisions "$T/odd.csv" >/dev/null 2>&1; then
  run --on 2026-10-20 summary "$T/odd.mingbai" --format csv
  like "a formula is shielded" "$out" ",'=1\+1,"
fi
done_testing
