#!/bin/sh
# Events on the screen: straight to a new form where there is none yet, and no publication without the day of
# the event, which would count nowhere.
. "${srcdir:-.}/tests/lib.sh"
day=2026-10-20
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --unit 140581001000 --on $day
echo 'F3 "cx 1905" Enter Tab*4 "没有日子的" Enter' >"$T/x.keys"
run "$T/base.mingbai" --keys "$T/x.keys" --on $day
is "a township with a record that has no event day" "$status" 0
play() { # KEYS: on a fresh copy; the screen in $screen, the records in $out
  cp "$T/base.mingbai" "$T/w.mingbai"
  printf '%s\n' "$1" >"$T/x.keys"
  run "$T/w.mingbai" --keys "$T/x.keys" --dump "$T/x.txt" --size 80x24 --on $day
  screen=$(cat "$T/x.txt")
  run export "$T/w.mingbai" --format csv
}
play 'F3 "cb 1905" Enter dump'
like "an event item without a record: found, and its form is open" "$screen" '事件日 *>.*今天'
like "which is a new one" "$screen" 新记录
play 'F3 "cx 1905" Enter dump'
like "with a record: they are listed" "$screen" '^> .*没有日子的'
play 'F3 "cb 1905" Enter F5 dump'
like "published without its day: it is asked for" "$screen" 先填事件日
unlike "and nothing is stored" "$out" 140581001002
play 'F3 "cb 1905" Enter F5 "." F5'
like "with its day it is published" "$out" "^140581001002,19\\.05,,$day,$day,"
play 'F3 "cx 1905" Enter F5 dump'
like "in the list, too, its form opens at the day" "$screen" '事件日 *>.*今天'
like "and says why" "$screen" 不计入统计
like "it is as it was" "$out" '^140581001001,19\.05,,,,.*没有日子的'
play 'F3 "cx 1905" Enter C-a F5 y dump'
like "of many, it is left out" "$screen" '1 项要打开逐件填'
like "as it was" "$out" '^140581001001,19\.05,,,,.*没有日子的'

# ---- none this period, from the form
play 'F3 "cb 1905" Enter F6 dump Enter dump'
like "the period is named" "$screen" '2026年第4季度本期无，理由'
like "one is back where one came from" "$screen" '^ 查找　'
like "which is stored" "$out" '^140581001002,19\.05,2026Q4,,,,本期无此事项'
play 'F3 "cb 1905" Enter "." Enter F6 dump'
like "not beside an event of this period" "$screen" '2026年第4季度已有登记'
unlike "nothing is said" "$out" 本期无此事项
done_testing
