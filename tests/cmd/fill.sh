#!/bin/sh
# mingbai fill: one question a line, through the same validators, each answer stored at once.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
village=140581001001
day=2026-10-20
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 --on $day >/dev/null

# answers LINE…: fills with these answers, a line each; further options in $more
answers() {
  printf '%s\n' "$@" >"$T/answers"
  "$MINGBAI" fill "$wb" --unit $village --on $day $more <"$T/answers" >"$T/.out" 2>"$T/.err"
  status=$?
  out=$(cat "$T/.out")
  err=$(cat "$T/.err")
}
records() { "$MINGBAI" export "$wb" --format csv | tail -n +2 | tr -d '\r'; }
steps() { "$MINGBAI" export "$wb" --what history --format csv | grep -c "$1"; }

# ---- what is asked
more='--domain 19'
answers q
like "it says where, what and how much" "$status $out" '^0 城西社区居委会，19 社会救助，2026年第4季度。要办的有 [0-9]+ 项。'
like "and that nothing need be saved" "$out" '不用另外保存'
like "the first item with its name" "$out" '^第 1 项，共 [0-9]+ 项。19\.01 综合业务：政策法规文件'
like "and how it stands" "$out" '^现在：待确认。'
like "leaving at once stores nothing" "$out" '没有记下什么'
is "indeed" "$(records)" ""
unlike "no sign steers a terminal" "$out" "$(printf '[\033\007\010\r]')"
answers '？' q
like "the full-width question mark tells more" "$out" '公开依据：.*政府信息公开条例'
answers '' '?' b q
like "help of a field" "$out" '期限从这天算起'
is "back from the first field to the choice" "$(printf '%s\n' "$out" | grep -c '^怎样办')" 2

# ---- an event: each kind of value, wrong ones first
more='--item 19.05'
answers '' '2026-02-30' '９月３日' '2026年9月21日' t '99' '1、2' 'javascript:x' 'https://example.invalid/a' \
  '低保审核公示' '第一段 莫𡐓村' '身份证 11010519491231002X' . '姓名，金额' '张三，1200' . '' '' '' q
is "it ends well" "$status $err" "0 "
like "a day that does not exist is refused in words" "$out" '不行：事件日“2026-02-30”不对'
like "the day is told back" "$out" '记下了：事件日，2026年9月21日，星期一。'
like "with its due day" "$out" '期限：10个工作日，自2026-09-21起.*到期2026-10-12。'
like "t is today" "$out" '记下了：公开日期，2026年10月20日，星期二。'
like "channels have numbers, the item's own first" "$out" '公开渠道：1 村公示栏，2 政府网站'
like "a number that is not there is refused" "$out" '不行：.*99'
like "channels are told back by name" "$out" '记下了：公开渠道，政府网站、村公示栏。'
like "an address that is none is refused" "$out" '不行：网址“javascript:x”不对'
like "a number of a person is warned of" "$out" '注意：第 2 行像是公民身份号码（110\*+2X）'
like "text is told back by its size" "$out" '记下了：正文，2 行'
like "and so is the table" "$out" '记下了：附表，2 行'
like "what was stored is said at the end" "$out" '记下了 7 处，办了 1 项'
out=$("$MINGBAI" export "$wb" --format json)
is "the values are in the workbook" "$(json_get "$out" '$.records[0].event_on') $(json_get "$out" '$.records[0].url')" \
  "2026-09-21 https://example.invalid/a"
is "the text with its lines" "$(json_get "$out" '$.records[0].body')" "第一段 莫𡐓村
身份证 11010519491231002X"
is "the table as CSV" "$(json_get "$out" '$.records[0].table')" "姓名,金额
张三,1200"
is "a step of its own for each answer" "$(steps '填写')" 8
run set "$wb" --unit $village --item 19.05 --event 2026-09-21 --body-file '' --on $day
is "the text is emptied again" "$status" 0

# ---- going back and emptying
more='--item 19.05 --period 2026Q4 --all'
answers '' '' '' '' b q
is "back asks the question before again" "$(printf '%s\n' "$out" | grep -c '^公开渠道（现在是 政府网站、村公示栏')" 2
answers '' '' '' '' - q
like "a value is emptied" "$out" '记下了：网址，空。'
unlike "and is gone" "$(records)" 'example.invalid'

# ---- none
more='--domain 19'
answers q
n=$(printf '%s\n' "$out" | sed -n 's/.*要办的有 \([0-9]*\) 项.*/\1/p')
answers s n '' q
like "none for a reason" "$out" '记下了：本期无，理由：本期无此事项。'
more='--item 19.06'
answers n 另有通知
like "of an event item under its period" "$(records)" "^$village,19\.06,2026Q4,.*,另有通知,"
answers
like "a named item is asked of also when it is done" "$out" '再记一件新的'
more='--domain 19'
answers q
like "what is done is not asked again" "$out" "要办的有 $((n - 2)) 项"
rest=$(printf '%s\n' "$out" | sed -n 's/.*要办的有 \([0-9]*\) 项.*/\1/p')
more='--domain 19 --all'
answers q
like "but with --all, except what is said to be none of all events" "$out" "要办的有 $((rest + 2)) 项"

# ---- last period's values
more='--item 00.04 --period 2026Q3'
"$MINGBAI" set "$wb" --unit $village --item 00.04 --period 2026Q2 --published 2026-07-02 --title 二季度财务公开 \
  --channel 村公示栏 --phone 0356-5220000 --on $day >/dev/null
answers a '' t q
like "they are shown, in the words of the new period" "$out" '^  标题：三季度财务公开'
like "and taken over by one letter" "$out" '采用了上期的内容'
like "then only the day is new" "$(records)" "^$village,00\.04,2026Q3,,2026-10-20,.*村公示栏,,三季度财务公开"
is "together: the record, its period, channels, title, telephone" "$(steps '采用上期')" 5

# ---- the end of the input
more='--domain 00'
answers ''
is "the input may end anywhere" "$status" 0
answers '' 'yesterday'
is "on a refused answer that is a finding" "$status" 1
answers '' '' '' '' '' '' '写了一半'
like "a text without its end is not stored" "$out" '没有写完'
is "which is a finding" "$status" 1
unlike "not even in part" "$(records)" '写了一半'

# ---- what is refused
run fill "$wb" --domain 19
is "a unit must be given" "$status" 2
run fill "$wb" --unit $village
is "and a domain" "$status" 2
run fill "$wb" --unit $village --domain 19 --period 2026Q9
like "the period must be one" "$status $err" '^2 .*2026Q3'
run fill "$wb" --unit 无此村 --domain 19
is "the unit must be there" "$status" 65
run fill "$wb" --unit $village --domain 无此领域
is "the domain too" "$status" 65
run fill "$wb" --unit $village --domain 04
like "and must ask something of it" "$status $err" '^65 .*城西社区居委会'
chmod 400 "$wb"
if [ ! -w "$wb" ]; then
  run fill "$wb" --unit $village --domain 19
  is "a read-only workbook is not filled" "$status" 77
fi
chmod 600 "$wb"

# ---- a signal in the middle
mkfifo "$T/pipe"
"$MINGBAI" fill "$wb" --unit $village --domain 20 --on $day <"$T/pipe" >"$T/half" 2>&1 &
pid=$!
exec 9>"$T/pipe"
printf '\n2026-10-08\n2026-10-' >&9
for i in 1 2 3 4 5 6 7 8 9 10; do
  grep -q 记下了 "$T/half" && break
  sleep 0.2
done
kill -HUP $pid
exec 9>&-
wait $pid 2>/dev/null
like "what was answered before a signal is stored" "$(records)" '20\.[0-9]+,,2026-10-08,,'
run check "$wb" --quiet
is "and the workbook is whole" "$status" 0
done_testing
