#!/bin/sh
# mingbai import: what is read, what is refused, and that the same file twice changes nothing.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null
records() { "$MINGBAI" export "$wb" --format csv | tail -n +2 | tr -d '\r'; }
counts() { printf '%s' "$out" | sed 's/.*"lines":\([0-9]*\),"new":\([0-9]*\),"changed":\([0-9]*\),"same":\([0-9]*\),"bad":\([0-9]*\).*/\1 \2 \3 \4 \5/'; }

cat >"$T/good.csv" <<'END'
unit,item,period,event_on,published_on,removed_on,none_reason,channels,url,title,body,note,uid
140581001001,19.05,,2026-09-21,2026.9.23,,,政府网站；公开查阅点,https://www.example.gov.cn/1,低保对象公示,"第一段
第二段",,
城西社区居委会,19.05,,2026年9月21日,,,,,,低保对象公示,,同日同题,
140581001001,19.05,2026Q2,,,,本季度无变动,,,,,,
140581001002,00.04,2026年第3季度,,2026/10/9,,,,,,,,
140581001002,00.01,,,２０２６－１０－０９,,,,,,,,
END
run import "$wb" "$T/good.csv" --dry-run --json
is "a trial counts" "$status $(counts)" "0 5 5 0 0 0"
is "and keeps nothing" "$(records | grep -c .)" 0
run import "$wb" "$T/good.csv" --dry-run
like "and says so" "$status $out" '^0 检查 5 行：可新增 5，.*台账没有改动'
run import "$wb" "$T/good.csv" --json
is "a good file is taken" "$status $(counts) $err" "0 5 5 0 0 0 "
json "the receipt is JSON" "$out"
is "two events of one day and title stay two" "$(records | grep -c 低保对象公示)" 2
run import "$wb" "$T/good.csv" --json
is "the same file again changes nothing" "$(counts)" "5 0 0 5 0"
like "a derived uid is a promise to files imported before" "$(records)" \
  '^第二段",,1c7b31095c95e3a0dd69e968dc341e7f$'
run import "$wb" "$T/good.csv" --quiet
is "nothing is said when quiet" "$status$out$err" 0
run import "$wb" "$T/good.csv"
like "the receipt in words" "$out" '读入 5 行：新增 0，修改 0，没有变化 5，有错 0'
sed 's/同日同题//; s/本季度无变动/确无变动/' "$T/good.csv" >"$T/changed.csv"
run import "$wb" "$T/changed.csv" --json
is "an empty cell clears, another value replaces" "$(counts)" "5 0 2 3 0"
printf 'item,unit,period,note\n00.04,140581001002,2026Q3,只有备注\n' >"$T/part.csv"
run import "$wb" "$T/part.csv" --json
is "a file of few columns, in another order" "$(counts)" "1 0 1 0 0"
like "leaves the other fields alone" "$(records)" '00\.04,2026Q3,,2026-10-09,.*只有备注'
is "one import is one step" "$("$MINGBAI" export "$wb" --what history --format csv | grep -c '导入 part.csv')" 1
iconv -f UTF-8 -t GB18030 "$T/changed.csv" | sed 's/$/\r/' >"$T/gb.csv"
run import "$wb" "$T/changed.csv" --json
same=$(counts)
run import "$wb" "$T/gb.csv" --json
is "GB 18030 and CRLF are the same file" "$(counts)" "5 0 0 5 0"
is "after the notes were cleared once" "$same" "5 0 1 4 0"

# ---- bad lines
before=$(records)
cat >"$T/bad.csv" <<'END'
unit,item,event_on,published_on,title,channels,none_reason,period
140581001001,19.05,2026-13-01,,月份不对,,,
999999999999,19.05,2026-09-01,,没有单位,,,
140581001001,99.99,2026-09-01,,没有事项,,,
140581001001,19.05,2026-09-02,2026-09-03,好的一行,,,
140581001001,19.05,2026-09-01,,渠道不对,村口,,
140581001001,00.04,,2026-09-01,没有周期,,,
140581001001,00.04,,,,,无,2026Q1
140581001001,00.04,,2026-04-01,,,,2026Q1
END
run import "$wb" "$T/bad.csv" --json
is "bad lines are a data error" "$status $(counts)" "65 8 2 0 0 6"
for place in 2:.event_on 3:.unit 4:.item 6:.channels 7: 9:.period; do
  like "bad line is told: $place" "$err" "bad\\.csv:$place"
done
unlike "good lines are not" "$err" 'bad\.csv:(5|8):'
is "nothing is imported" "$(records)" "$before"
run import "$wb" "$T/bad.csv"
like "and the receipt says so" "$out" '台账没有改动'
run import "$wb" "$T/bad.csv" --skip-bad
is "unless they are skipped" "$status $(records | grep -c 好的一行)" "0 1"
printf 'unit,item,colour,size\n' >"$T/unknown.csv"
run import "$wb" "$T/unknown.csv"
like "unknown columns are named" "$status $err" '^65 .*colour,size'
printf 'unit,title\n' >"$T/lacking.csv"
run import "$wb" "$T/lacking.csv"
like "a missing column too" "$status $err" '^65 .*item'
printf 'unit,item\n140581001001,"00.01\n' >"$T/quote.csv"
run import "$wb" "$T/quote.csv"
like "an open quote with its line" "$status $err" '^65 .*quote\.csv:2'
awk 'BEGIN { print "unit,item"; for (i = 0; i < 250; i++) print "1,19.05" }' >"$T/many.csv"
run import "$wb" "$T/many.csv"
is "two hundred bad lines are told" "$(printf '%s\n' "$err" | grep -c 'many\.csv:')" 200
like "and how many more there are" "$err" '50 处没有列出'
run import "$wb" "$T/nosuch.csv"
is "a missing file is no input" "$status" 66
run import "$wb" "$T/x.xlsx"
like "a spreadsheet file says what to do" "$status $err" '^2 .*CSV'

# ---- what spreadsheets leave behind a table, and a comma that was not quoted
printf 'unit,item,event_on,title,note\n140581001001,19.05,2026-09-08,甲,\n,,,,\n,,,,\n' >"$T/tail.csv"
run import "$wb" "$T/tail.csv" --dry-run --json
is "rows of nothing but commas are no lines" "$status $(counts)" "0 1 1 0 0 0"
printf 'unit,item,event_on,title,note\n140581001001,19.05,2026-09-08,甲,一,二\n' >"$T/wide.csv"
run import "$wb" "$T/wide.csv" --dry-run
like "a row wider than the head is refused" "$status $err" '^65 .*wide\.csv:2: .*“二”'
printf 'unit,item,event_on,title,note\n140581001001,19.05,2026-09-08,甲,一,,\n' >"$T/wide.csv"
run import "$wb" "$T/wide.csv" --dry-run
is "empty cells at its end do no harm" "$status" 0

# ---- progress: on a terminal only
if command -v script >/dev/null; then
  like "progress is shown on a terminal" \
    "$(script -qec "'$MINGBAI' import '$wb' '$T/many.csv' --dry-run" /dev/null </dev/null | tr '\r' '\n')" '正在导入.*（[0-9]+%）'
  unlike "not when quiet" \
    "$(script -qec "'$MINGBAI' import '$wb' '$T/many.csv' --dry-run --quiet" /dev/null </dev/null)" '正在导入'
fi
run import "$wb" "$T/many.csv" --dry-run
unlike "and not in a file" "$err" '正在导入'

# ---- uids
printf 'unit,item,event_on,title,uid\n140581001001,19.05,2026-09-05,甲,own-1\n' >"$T/uid.csv"
run import "$wb" "$T/uid.csv"
printf 'unit,item,event_on,title,uid\n140581001001,19.05,2026-09-06,乙,own-1\n' >"$T/uid.csv"
run import "$wb" "$T/uid.csv" --json
is "a uid finds its record whatever else changed" "$(counts)" "1 0 1 0 0"
printf 'unit,item,event_on,title,uid\n140581001002,19.05,2026-09-06,乙,own-1\n' >"$T/uid.csv"
run import "$wb" "$T/uid.csv"
like "a uid of another unit is refused" "$status $err" '^65 .*uid\.csv:2: uid'
printf 'unit,item,event_on,title,uid\n140581001001,19.05,2026-09-06,乙,a/b\n' >"$T/uid.csv"
run import "$wb" "$T/uid.csv"
like "a uid that looks like a natural key is refused" "$status $err" '^65 .*uid\.csv:2: uid'

# ---- units
printf 'code,name,level,parent\n140581001000,北城街道办,township,\n140581001999,新村,village,140581001000\n140581001001,城西社区居委会,village,140581001000\n' >"$T/units.csv"
run import "$wb" "$T/units.csv" --units --json
is "units: one new, one renamed, one the same" "$(printf '%s' "$out" | cut -d, -f2-4)" '"new":1,"changed":1,"same":1'
run units "$wb"
like "the new one is there" "$out" '140581001999 +新村'
like "the other has its new name" "$out" '140581001000 +北城街道办'
printf 'code,name,level,parent\n140581001001,城西社区居委会,township,140581001000\n' >"$T/units.csv"
run import "$wb" "$T/units.csv" --units
is "a unit does not change its level" "$status" 65
ok "the workbook is whole after all this" sh -c "sqlite3 '$wb' 'PRAGMA integrity_check' | grep -qx ok"
done_testing
