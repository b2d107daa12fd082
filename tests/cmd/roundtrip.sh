#!/bin/sh
# Out and in again: an export imported into its own workbook changes nothing, and into a fresh one gives the
# same bytes when exported again.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null

# Everything awkward: line breaks, quotes, formula starts, apostrophes, rare characters, empty fields, commas,
# blank edges inside a text, several events of a day with one title, a table, records without any value.
cat >"$T/in.csv" <<'END'
unit,item,period,event_on,published_on,removed_on,none_reason,channels,url,title,body,note,uid,table,phone
140581001001,19.05,,2026-09-21,2026-09-23,2026-10-08,,政府网站;公开查阅点,https://www.example.gov.cn/?a=1&b=2,同题,"第一行
第二行，""引号"",逗号

空行之后",,,,
140581001001,19.05,,2026-09-21,,,,,,同题,,,,,
140581001001,19.05,,2026-09-21,,,,,,同题,,,own-uid_1.x,,
140581001001,19.05,,2026-09-22,,,,,,'=1+1,'+86,'-x,,,
140581001001,19.05,,2026-09-23,,,,,,''=1+1,'@here,"'",,,
140581001001,19.05,,2026-09-24,,,,,,-3,+4.5,'-3,,,
140581001001,19.05,,2026-09-25,,,,,,'单引号开头,"='x,y",'''@,,,
140581001001,19.05,,2026-09-26,,,,,,莫𡐓村𠮷〇㐂,𫝀𬺰𮯠 e,ǚ①,,,
140581001001,19.05,,2026-09-27,,,,,,有附表,,,,"姓名,金额
张三三,""1,200""
=2+2,-3",0356-5220000
140581001001,19.05,2026Q2,,,,本期无,,,,,,,,
140581001002,00.04,2026Q3,2026-09-28,2026-10-09,,,村(社区)公示栏,,,,,,,
140581001002,00.01,,,,,,,,,,,,,
140581001000,19.01,,,2026-01-01,,,,,"a ""b"" c",,,,,
END
sed -i 's/村(社区)公示栏/公开查阅点/' "$T/in.csv"
run import "$wb" "$T/in.csv"
is "the awkward file is taken" "$status$err" 0
like "whole" "$out" '新增 13，'
"$MINGBAI" export "$wb" --format csv -o "$T/1.csv"
run import "$wb" "$T/1.csv"
like "importing its own export changes nothing" "$status $out" '^0 读入 13 行：新增 0，修改 0，没有变化 13'
ok "not even the history" sh -c "[ \$('$MINGBAI' export '$wb' --what history --format csv | grep -c '导入 1.csv') -eq 0 ]"

fresh() { # NAME FILE: a new workbook with the records of FILE, exported as NAME.csv
  "$MINGBAI" init "$T/$1.mingbai" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null
  run import "$T/$1.mingbai" "$2"
  is "$1: imported" "$status$err" 0
  "$MINGBAI" export "$T/$1.mingbai" --format csv -o "$T/$1.csv"
}
fresh b "$T/1.csv"
ok "into a fresh workbook and out again: identical bytes" cmp "$T/1.csv" "$T/b.csv"
"$MINGBAI" export "$wb" --format json >"$T/1.json"
"$MINGBAI" export "$T/b.mingbai" --format json >"$T/b.json"
ok "JSON too" cmp "$T/1.json" "$T/b.json"
# The file as another tool writes it: no byte order mark, LF, GB 18030.
tail -c +4 "$T/1.csv" | tr -d '\r' | iconv -f UTF-8 -t GB18030 >"$T/gb.csv"
fresh c "$T/gb.csv"
ok "through GB 18030 and LF: identical bytes" cmp "$T/1.csv" "$T/c.csv"
# A reversed file gives the same, since order is canonical and uids are in it.
{ head -n 1 "$T/b.csv"; awk 'BEGIN { RS = "\r\n" } NR > 1 && length($0) { a[NR] = $0 } END { for (i = NR; i > 1; i--) printf "%s\r\n", a[i] }' "$T/b.csv"; } >"$T/reversed.csv"
fresh d "$T/reversed.csv"
ok "from the last line to the first: identical bytes" cmp "$T/1.csv" "$T/d.csv"
json "JSON is valid" "$(cat "$T/1.json")"
is "a rare character in it is one character" \
  "$(sqlite3 :memory: "SELECT count(*) FROM json_each(CAST(readfile('$T/1.json') AS TEXT), '\$.records') WHERE json_extract(value, '\$.title') = '莫𡐓村𠮷〇㐂'")" 1
is "an apostrophe of its own is kept" \
  "$(sqlite3 :memory: "SELECT count(*) FROM json_each(CAST(readfile('$T/1.json') AS TEXT), '\$.records') WHERE json_extract(value, '\$.title') = '''=1+1'")" 1
done_testing
