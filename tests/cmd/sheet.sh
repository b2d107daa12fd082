#!/bin/sh
# mingbai sheet: what is printed (text taken out of the PDF again, QR codes read from its picture), what is
# refused, and that the result does not depend on the number of workers.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
cat >"$T/units.csv" <<'EOF'
code,name,level,parent
900000000000,试县,county,
900001000000,莫𡐓镇,township,900000000000
900001000001,莫𡐓村村民委员会,village,900001000000
900001000002,东村村民委员会,village,900001000000
900001000003,西村村民委员会,village,900001000000
EOF
v=900001000001
"$MINGBAI" init "$wb" --divisions "$T/units.csv" >/dev/null || echo "Bail out! no workbook"
put() { run --on 2026-10-20 set "$wb" "$@"; [ "$status" -eq 0 ] || echo "# set: $err"; }
sheet() { run --on 2026-10-20 sheet "$wb" "$@"; }
text() { pdftotext -layout "$1" - | tr -d ' \f'; }
# All codes of a PDF, one a line.
codes() {
  rm -rf "$T/png"
  mkdir "$T/png"
  pdftoppm -r 150 -gray -png "$1" "$T/png/p"
  zbarimg -q --raw --oneshot -S*.enable=0 -Sqrcode.enable=1 "$T/png"/p*.png 2>/dev/null || :
}
all_codes() {
  rm -rf "$T/png"
  mkdir "$T/png"
  pdftoppm -r 150 -gray -png "$1" "$T/png/p"
  zbarimg -q --raw -S*.enable=0 -Sqrcode.enable=1 "$T/png"/p*.png 2>/dev/null
}
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
# Sound for other programs, with every font embedded, cut down and with its text map.
sound() {
  qpdf --check "$1" >"$T/.qpdf" 2>&1 || { cat "$T/.qpdf"; return 1; }
  pdffonts "$1" | tail -n +3 >"$T/.fonts"
  [ -s "$T/.fonts" ] && ! grep -vE ' yes +yes +yes +[0-9]+ +0 *$' "$T/.fonts" && [ -z "$(cut -c1-7 "$T/.fonts" | grep -v '^[A-Z]\{6\}+')" ]
}

# ---- notice
{
  echo '序号,户主姓名,小组,人口,金额（元）'
  i=1
  while [ $i -le 120 ]; do
    echo "$i,赵$i,第$((i % 9 + 1))组,$((i % 6 + 1)),$((i * 37)).50"
    i=$((i + 1))
  done
} >"$T/table.csv"
printf '根据《社会救助暂行办法》，现将名单予以公示。\n\n　　欢迎监督。\n' >"$T/body.txt"
put --unit $v --item 19.05 --event 2026-09-03 --published 2026-09-03 --title 莫𡐓村低保名单公示 --body-file "$T/body.txt" \
  --table-file "$T/table.csv"
cat >"$T/mingbai.cfg" <<'EOF'
url = "https://gk.example.cn/{unit}/{domain}/{item}?r={record}&c={code}";
telephone = "0356-5222110";
EOF
sheet --kind notice --unit $v -o "$T/n"
is "a notice is printed" "$status" 0
f=$T/n/$v-莫𡐓村村民委员会-notice-19.05-2026-09-03.pdf
is "under a name that says what it is" "$(ls "$T/n")" "${f##*/}"
is "and named on stdout" "$out" "${f##*/}"
ok "it is a sound PDF with subset fonts" sound "$f"
t=$(text "$f")
n=$(pages "$f")
like "title, with a character above U+FFFF" "$t" '^莫𡐓村低保名单公示$'
like "text" "$t" '^根据《社会救助暂行办法》，现将名单予以公示。$'
like "notice period from the record's own date" "$t" '公示期：自2026年9月3日至2026年9月14日（共7个工作日）。'
like "telephone from the settings" "$t" '监督电话：0356-5222110'
like "unit" "$t" '^莫𡐓村村民委员会$'
like "and date" "$t" '^2026年9月3日$'
unlike "no day of asking" "$t" '2026年10月20日'
is "every row of the table" "$(printf '%s\n' "$t" | grep -cE '^[0-9]+赵[0-9]+第[1-9]组[1-6][0-9]+\.50$')" 120
is "its head on every page that has rows" "$(printf '%s\n' "$t" | grep -c '^序号户主姓名小组人口金额（元）$')" \
  "$(p=1; while [ $p -le "$n" ]; do pdftotext -f $p -l $p -layout "$f" - | grep -q '赵' && echo; p=$((p + 1)); done | grep -c '')"
is "pages are counted" "$(printf '%s\n' "$t" | grep -cE "第[0-9]+页，共${n}页\$")" "$n"
code=$(printf '%s\n' "$t" | sed -n 's/^.*核对码：//p')
like "a check code" "$code" '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$'
uid=$("$MINGBAI" export "$wb" --format csv | tr -d '\r' | sed -n 's/.*,\([0-9a-f]\{16,\}\),.*/\1/p')
[ -n "$uid" ] || uid=$("$MINGBAI" export "$wb" --format json | sed -n 's/.*"uid" *: *"\([^"]*\)".*/\1/p' | head -1)
is "the QR code leads to the address of the settings" "$(codes "$f")" "https://gk.example.cn/$v/19/19.05?r=$uid&c=$code"
rm "$T/mingbai.cfg"
sheet --kind notice --unit $v --item 19.05 --event 2026-09-03 -o "$T/n2.pdf"
is "without settings it is printed" "$status" 0
like "with a word that there is no telephone" "$err" '1 份没有监督电话'
like "and the QR code carries the facts themselves" "$(codes "$T/n2.pdf" | tr '\n' ' ')" "单位：试县莫𡐓镇莫𡐓村村民委员会 事项：19.05 审核信息 日期：2026年9月3日 核对码：$code"
put --unit $v --item 19.05 --event 2026-09-03 --url http://a.example.cn/x
sheet --kind notice --uid "$uid" -o "$T/n3.pdf"
is "or the record's own address" "$(codes "$T/n3.pdf")" "http://a.example.cn/x"
put --unit $v --item 19.05 --event 2026-09-20 --title 未张贴的公示 --phone 13812345678 2>/dev/null
sheet --kind notice --unit $v --event 2026-09-20 -o "$T/n4.pdf"
like "not yet posted: the days are left open" "$(text "$T/n4.pdf")" '自张贴之日起7个工作日（张贴当日不计）'
like "the date too" "$(text "$T/n4.pdf")" '^　*年　*月　*日$'
put --unit $v --item 19.05 --event 2026-09-03 --removed 2026-09-17
sheet --kind notice --unit $v --event 2026-09-03 -o "$T/n5.pdf"
like "taken down: until that day" "$(text "$T/n5.pdf" | tr -d '\n')" '自2026年9月3日至2026年9月17日（共10个工作日）'
put --unit $v --item 19.05 --event 2026-09-03 --note 内部备注一则
sheet --kind notice --unit $v --period 2026Q3 -o "$T/p3"
is "--period: the events of the quarter" "$status $(ls "$T/p3" | cut -d- -f5- | tr '\n' ' ')" "0 2026-09-03.pdf 2026-09-20.pdf "
unlike "the office's note is not on the sheet" "$(text "$T/p3/${f##*/}")" '内部备注'
sheet --kind notice --unit $v --period 2026-10 -o "$T/p4"
is "and those that are due in it" "$status $(ls "$T/p4" | cut -d- -f5-)" "0 2026-09-20.pdf"
sheet --kind notice --unit $v --period 2026Q2 -o "$T/p5"
is "no others" "$status" 66

# ---- board
put --unit $v --item 19.01 --published 2026-08-03 --title 社会救助文件汇编
put --unit $v --item 19.06 --period 2026Q3 --none 本季度没有审批
sheet --kind board --unit $v --domain 19 --period 2026Q3 -o "$T/b"
f=$T/b/$v-莫𡐓村村民委员会-board-19-2026Q3.pdf
is "a board sheet is printed" "$status $(ls "$T/b")" "0 ${f##*/}"
ok "it is sound" sound "$f"
t=$(text "$f")
like "title" "$t" '^社会救助公开栏$'
like "period and the day of asking" "$t" '^2026年第3季度　*截至2026年10月20日$'
is "every item that is asked, each once" "$(printf '%s\n' "$t" | grep -oE '19\.[01][0-9]' | sort | tr '\n' ' ')" \
  '19.01 19.02 19.03 19.04 19.05 19.06 19.07 19.08 19.09 19.10 19.11 19.12 19.13 '
like "state and dates of a published item" "$t" '^19\.05.*已公开2026-09-032026-09-17$'
like "none this period with its reason" "$t" '本季度没有审批'
like "unverified items are marked" "$t" '^19\.09.*【待核】'
like "numerator and denominator" "$t" '填报率[0-9.]+%（[0-9]+/13）'
like "QR code" "$(codes "$f" | tr '\n' ' ')" '领域：社会救助 周期：2026年第3季度'
json=$("$MINGBAI" --on 2026-10-20 --json summary "$wb" --period 2026Q3 --by village --by domain)
n=$(printf '%s' "$json" | tr '{' '\n' | grep "\"$v\"" | grep '"domain": *"19"' | sed 's/.*"fill": *\([0-9.]*\).*/\1/')
is "its rate is that of the summary" "$(printf '%s\n' "$t" | sed -n 's/^.*填报率\([0-9.]*\)%.*/\1/p')" \
  "$(awk -v x="$n" 'BEGIN { printf "%.1f", x * 100 }')"
for item in 19.01 19.02 19.03 19.04 19.07 19.08; do put --unit 900001000003 --item $item --published 2026-09-30; done
put --unit 900001000003 --item 19.03 --event 2026-08-31
put --unit 900001000003 --item 19.05 --event 2026-09-02 --published 2026-09-03 --title 关于西村最低生活保障审核情况的公示
sheet --kind board --unit 900001000003 --domain 19 --period 2026Q3 -o "$T/full.pdf"
is "thirteen items with their dates fit on a page" "$(pages "$T/full.pdf")" 1
sheet --kind board --unit $v --domain 02 -o "$T/empty.pdf"
like "an empty domain asked for by name says so" "$status $(text "$T/empty.pdf")" '本单位在这个领域没有需要公开的事项'
is "period: the quarter of the day" "$(text "$T/empty.pdf" | grep -c '^2026年第4季度')" 1
sheet --kind board --unit $v --domain 00 -o "$T/b00.pdf"
is "a long board repeats its head" "$(text "$T/b00.pdf" | grep -c '^编号公开事项公开时限状态')" "$(pages "$T/b00.pdf")"
like "on several pages" "$(pages "$T/b00.pdf")" '^[2-9]$'

# ---- index
sheet --kind index --unit $v --period 2026Q3 -o "$T/i.pdf"
is "an index sheet is printed" "$status" 0
ok "it is sound" sound "$T/i.pdf"
t=$(text "$T/i.pdf")
domains=$("$MINGBAI" --on 2026-10-20 sheet "$wb" --kind board --unit $v -o "$T/all" 2>/dev/null | grep -c '^9')
is "a QR code for every domain that has a board sheet" "$(all_codes "$T/i.pdf" | grep -c '^试县莫𡐓镇莫𡐓村村民委员会$')" "$domains"
like "with its counts" "$t" '应公开13项，已填报3项'

# ---- many
sheet --kind board --domain 19 -o "$T/m.pdf"
is "all units that are asked, in one file" "$status $(text "$T/m.pdf" | grep -oE '^.*第1页，共' | tr '\n' ' ')" \
  "0 试县第1页，共 试县莫𡐓镇第1页，共 试县莫𡐓镇莫𡐓村村民委员会第1页，共 试县莫𡐓镇东村村民委员会第1页，共 试县莫𡐓镇西村村民委员会第1页，共 "
is "each with its own page count" "$(text "$T/m.pdf" | grep -c '第[12]页，共[12]页')" "$(pages "$T/m.pdf")"
ok "it is sound" sound "$T/m.pdf"
sheet --kind board --level village -o "$T/m1"
first=$(cd "$T/m1" && sha256sum ./*)
is "order on stdout is the workbook's" "$out" "$(printf '%s\n' "$out" | LC_ALL=C sort)"
taskset -c 0 "$MINGBAI" --on 2026-10-20 sheet "$wb" --kind board --level village -o "$T/m2" >/dev/null 2>&1
is "the same bytes with one processor" "$(cd "$T/m2" && sha256sum ./*)" "$first"
sheet --kind board --unit 900001000000 --level village --domain 19 -o "$T/m3"
is "the villages of a township" "$(printf '%s\n' "$out" | grep -c '^90000100000[123]-')" 3
sheet --kind board --unit 东村村民委员会 --domain 社会救助 --quiet -o "$T/m4"
is "names will do; quiet is quiet" "$status$out$err" 0

# ---- gates
put --unit 900001000002 --item 19.05 --event 2026-09-03 --published 2026-09-03 --title 东村公示
printf '姓名,人口\n张三,3\n' >"$T/fine.csv"
printf '姓名,证件\n张三,11010519491231002X\n李四,无\n' >"$T/leak.csv"
put --unit 900001000002 --item 19.05 --event 2026-09-03 --table-file "$T/leak.csv"
put --unit 900001000003 --item 19.05 --event 2026-09-03 --published 2026-09-03 --title 西村公示 --note 好
sheet --kind notice --level village --event 2026-09-03 -o "$T/g"
is "a sheet with an ID number is not printed, the others are" "$status $(ls "$T/g" | cut -c12 | tr -d '\n')" "1 13"
like "refusal names unit and item" "$err" '900001000002 东村村民委员会 19\.05'
like "table, row and column" "$err" '附表第2行第2列'
like "what it is, and its place" "$err" '第1行第1个字起，有公民身份号码'
unlike "and does not leak it" "$err$out" '19491231'
like "and says what to do" "$err" '→.*台账'
printf '联系人王五，电话１３８ １２３４ ５６７８。\n' >"$T/leak.txt"
put --unit 900001000002 --item 19.05 --event 2026-09-03 --table-file "$T/fine.csv" --body-file "$T/leak.txt"
sheet --kind notice --unit 900001000002 -o "$T/g2.pdf"
like "a mobile number in the text stops it" "$status $err" '^1 .*正文，第1行第9个字起，有手机'
ok "and no file is made" test ! -e "$T/g2.pdf"
put --unit 900001000002 --item 19.05 --event 2026-09-03 --phone 13812345678
sheet --kind notice --unit 900001000002 -o "$T/g3.pdf"
is "the sheet's own telephone may stand" "$status" 0
put --unit 900001000002 --item 19.05 --event 2026-09-03 --body-file "$T/body.txt" --title "$(printf '缺字\363\260\200\200村公示')"
sheet --kind notice --unit 900001000002 -o "$T/g4"
is "the other notice of the unit is printed" "$status $(ls "$T/g4" | wc -l)" "1 1"
like "a character without glyph: named with its code point, field and unit" "$err" \
  '900001000002 东村村民委员会 19\.05 .*标题里的字“.*”（U\+F0000）'

put --unit 900001000002 --item 19.05 --event 2026-09-03 --title "$(printf '自造\356\200\200村公示')"
sheet --kind notice --unit 900001000002 --event 2026-09-03 -o "$T/g5.pdf"
like "a private character is refused as such, though fonts have something there" "$status $err" \
  '标题里的字“.*”（U\+E000）是自造字'

sed 's/东村村民委员会/东村13812345678村委会/' "$T/units.csv" >"$T/units2.csv"
"$MINGBAI" init "$T/b.mingbai" --divisions "$T/units2.csv" >/dev/null
run --on 2026-10-20 sheet "$T/b.mingbai" --kind board --level village --domain 19 -o "$T/g6"
is "a mobile number in a unit's name stops its sheet alone" "$status $(ls "$T/g6" | cut -c12 | tr -d '\n')" "1 13"
like "which is named" "$err" '900001000002 东村138\*+78村委会 19 .*单位名称，第1行第3个字起，有手机'
unlike "and nothing leaks it" "$err$out" '13812345678'

# ---- refused
sheet --kind poster -o "$T/x"
is "unknown kind" "$status" 2
sheet --kind board
is "no output" "$status" 2
sheet --kind board -o ''
is "an empty one" "$status" 2
sheet --kind board --item 19.05 -o "$T/x"
is "--item is for notices" "$status" 2
sheet --kind board --unit 999999999999 -o "$T/x"
like "unknown unit" "$status" '^6[0-9]$'
sheet --kind board --domain 99 -o "$T/x"
is "unknown domain" "$status" 2
sheet --kind notice --unit 900001000000 -o "$T/x.pdf"
is "nothing to print" "$status $(ls "$T/x.pdf" 2>/dev/null)" "66 "
sheet --kind board --template "$src/tests/templates/bad-names.cfg" -o "$T/x"
is "a bad template" "$status" 78
like "each fault with file and line" "$err" 'bad-names\.cfg:5: .*telefone'
sheet --kind board --template notice -o "$T/x"
is "a template of another kind" "$status" 2
sheet --kind board --template nosuch -o "$T/x"
is "no such template" "$status" 66
ok "none of them made a folder" test ! -e "$T/x"
: >"$T/file"
sheet --kind board --unit $v -o "$T/file/x"
like "a folder that cannot be made" "$status" '^7[0-9]$'
sheet --kind board --unit $v --domain 19 --json -o "$T/j"
json "--json is JSON" "$out"
is "with what was printed" "$(json_get "$out" '$.printed') $(json_get "$out" '$.files[0]')" "1 $(ls "$T/j")"
run sheet --list
like "templates are listed" "$status $(printf '%s' "$out" | tr '\n' ' ')" '^0 board .*index .*notice '
done_testing
