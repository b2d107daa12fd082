#!/bin/sh
# mingbai set: which record is meant, what is refused, what is told.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
village=140581001001
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null
set_() { run --on 2026-10-20 set "$wb" --unit "$village" "$@"; }
records() { "$MINGBAI" export "$wb" --format csv | tail -n +2 | tr -d '\r'; }
count() { records | grep -c .; }

# ---- an event item
set_ --item 19.05 --event 2026.9.21 --published ２０２６年９月２３日 --title 甲 --channel 公开查阅点 --channel 政府网站
is "a first record" "$status$err" 0
like "is told as new, with its values" "$out" '^新增：城西社区居委会 19\.05.*事件日 2026-09-21.*公开日期 2026-09-23.*标题 甲'
like "and its due day explains itself" "$out" '10个工作日.*到期2026-10-12'
is "on one line" "$(printf '%s\n' "$out" | grep -c .)" 1
set_ --item 19.05 --event 2026-09-21 --published 2026-09-23
like "the same again changes nothing" "$status $out" '^0 没有变化'
set_ --item 19.05 --event 2026-09-21 --note 抄送
like "without a title the only record of the day is meant" "$out" '^修改：.*备注 抄送'
set_ --item 19.05 --event 2026-09-21 --title 乙
like "another title is another record" "$out" '^新增'
is "so there are two" "$(count)" 2
set_ --item 19.05 --event 2026-09-21 --note x
is "now the day alone is not enough" "$status" 65
like "and both are named" "$err" '甲.*乙'
set_ --item 19.05 --event 2026-09-21 --title 甲 --removed 2026-10-01
like "the title decides" "$out" '^修改：.*撤下日期 2026-10-01'
set_ --item 19.05 --event 2026-09-21 --title 甲 --removed ''
like "an empty value clears a field" "$out" '撤下日期 清空'
set_ --item 19.05 --event 2026-09-21 --title 甲 --printed 2026.9.22 --filed 9月30日
is "a day without its year is no day for a script" "$status" 65
set_ --item 19.05 --event 2026-09-21 --title 甲 --printed 2026.9.22 --filed 2026年9月30日
like "the life of the paper is kept, too" "$out" '打印日期 2026-09-22.*归档日期 2026-09-30'
set_ --item 19.05 --event 2026-09-21 --title 甲 --printed '' --filed ''
like "and taken back" "$out" '打印日期 清空.*归档日期 清空'
uid=$(records | grep ',乙,' | sed 's/.*,//')
set_ --item 19.05 --uid "$uid" --title 丙
like "a uid decides, even of a new title" "$out" '^修改：.*标题 丙'
set_ --item 19.01 --uid "$uid" --note x
is "a uid of another item is refused" "$status" 65
set_ --item 19.05
is "an event item needs its day" "$status" 2
like "or a reason" "$err" '\-\-event.*\-\-none'

# ---- none this period
set_ --item 19.05 --none 本季度无变动
like "none needs its period" "$status $err" '^2 .*--period 2026Q3'
set_ --item 19.05 --none 本季度无变动 --period 2026年第三季度
is "none is said" "$status" 0
like "under its natural key" "$(records)" "$village/19\\.05/2026Q3\$"
set_ --item 19.05 --none 确无变动 --period 2026Q3
like "said again it is the same record" "$out" '^修改'
is "three records" "$(count)" 3
set_ --item 19.05 --none '' --period 2026Q3
like "taken back it is gone" "$status $out$err" '^0 删除：.*19\.05'
is "two records" "$(count)" 2
set_ --item 19.05 --none '' --period 2026Q3
is "there is nothing more to take back" "$status" 65
set_ --item 19.05 --none 确无变动 --period 2026Q3 --json
is "and it can be said anew" "$status $(json_get "$out" '$.result')" "0 new"
run check "$wb" --quiet
is "the history is whole" "$status" 0

# ---- a recurring item
set_ --item 00.04 --published 2026-10-09
like "a recurring item needs its period, with an example of its kind" "$status $err" '^2 .*--period 2026Q3'
set_ --item 00.04 --period 2026-07 --published 2026-10-09
is "a period of another kind is refused" "$status" 65
set_ --item 00.04 --period 2026Q3 --published 2026-10-09 --json
json "JSON on request" "$out"
is "new" "$(json_get "$out" '$.result')" new
is "with its due day" "$(json_get "$out" '$.due')" 2026-09-30
set_ --item 00.04 --period 2026Q3 --none 无
is "published and none exclude each other" "$status" 65
set_ --item 00.04 --period 2026Q2
is "a new record that says nothing is refused" "$status" 65
set_ --item 00.01 --published 2026-10-09
like "a standing item needs no period" "$status $out" '^0 新增'

# ---- places and values
run set "$wb" --unit 城西社区居委会 --item 00.01 --note 已核
like "a unit may be named" "$out" '^修改'
run set "$wb" --unit 城西社区 --item 00.01 --note x
like "a near name lists candidates" "$status $err" '^65 .*140581001001 城西社区居委会'
set_ --item 19.99 --note x
like "an unknown item names the range" "$status $err" '^65 .*19\.01'
set_ --note x
is "--item must be given" "$status" 2
set_ --item 19.05 --event 2026-02-30
like "a day that does not exist names its field" "$status $err" '^65 .*event_on'
set_ --item 00.01 --url 'javascript:x'
like "a bad address too" "$status $err" '^65 .*url'
set_ --item 00.01 --channel 村口大喊
like "an unknown channel too" "$status $err" '^65 .*channels'
set_ --item 00.01 --note "$(printf 'a\033[2Jb')"
is "control characters are refused" "$status" 65
unlike "and do not reach the terminal" "$err" "$(printf '\033')"

# ---- texts from files
printf '\357\273\277第一段 莫𡐓村\r\n第二段\n' >"$T/body.txt"
printf '姓名,金额\r\n张三三,"1,200"\r\n' | iconv -f UTF-8 -t GB18030 >"$T/table.csv"
set_ --item 00.01 --body-file "$T/body.txt" --table-file "$T/table.csv" --phone 0356-5220000
is "body, table and telephone" "$status$err" 0
out=$("$MINGBAI" export "$wb" --format json)
is "the body arrives" "$(json_get "$out" '$.records[0].body')" "第一段 莫𡐓村
第二段"
is "the table as plain CSV" "$(json_get "$out" '$.records[0].table')" '姓名,金额
张三三,"1,200"'
head -c 300000 /dev/zero | tr '\0' a >"$T/big.txt"
set_ --item 00.01 --body-file "$T/big.txt"
like "a body that is too large names the limit" "$status $err" '^65 .* 195 KB'
set_ --item 00.01 --body-file "$T/nosuch.txt"
is "a missing file is no input" "$status" 66
printf 'a,"b\n' >"$T/table.csv"
set_ --item 00.01 --table-file "$T/table.csv"
like "a broken table is refused with its line" "$status $err" '^65 .*table\.csv:1'
ok "the workbook is whole after all this" sh -c "sqlite3 '$wb' 'PRAGMA integrity_check' | grep -qx ok"
done_testing
