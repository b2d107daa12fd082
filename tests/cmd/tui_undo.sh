#!/bin/sh
# Undo and redo on the screen: each step is named, a big one asks first, all of it works over sessions.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
wb=$T/w.mingbai
run init "$wb" --divisions "$src/examples/140581.csv" --on $day
run set "$wb" --unit 140581001001 --item 19.05 --event 2026-09-03 --title 一条 --on $day
{
  echo unit,item,published_on
  awk -F, '$3 == "village" { print $1 ",00.01,2026-09-01" }' "$src/examples/140581.csv" | head -n 25
} >"$T/many.csv"
run import "$wb" "$T/many.csv" --on $day
like "25 records at once" "$out" '新增 25'
head -n 21 "$T/many.csv" | sed 's/2026-09-01/2026-09-02/' >"$T/few.csv"
run import "$wb" "$T/few.csv" --on $day
like "and 20 changed" "$out" '修改 20'
count() { sqlite3 "$wb" "SELECT count(*) FROM record_readable WHERE item = '00.01'"; }

play() { # KEYS: each in a session of its own
  printf '%s\n' "$1" >"$T/keys"
  run "$wb" --keys "$T/keys" --dump "$T/screen" --on $day
  screen=$(cat "$T/screen")
}
play 'C-z dump'
like "20 records: no question" "$screen" '已撤销：导入 few.csv'
is "they are as before" "$(sqlite3 "$wb" "SELECT DISTINCT published_on FROM record_readable WHERE item = '00.01'")" 2026-09-01
play 'C-z dump Esc dump'
like "more than 20: a question with name and number" "$screen" '撤销“导入 many.csv”？涉及 25 条'
is "Esc: nothing is undone" "$(count)" 25
play 'C-z x C-q'
is "any other key: neither" "$(count)" 25
play 'C-z Enter dump'
like "Enter: it is" "$screen" '已撤销：导入 many.csv'
is "all of it" "$(count)" 0
play 'C-z dump C-z dump'
like "further back" "$screen" '已撤销：.* 19.05'
like "until nothing is left" "$screen" '没有可以撤销的了'
play 'C-y dump'
like "in another session: once more" "$screen" '已重做：.* 19.05'
play 'C-y dump Enter dump'
like "a big one asks when it is done again, too" "$screen" '重做“导入 many.csv”？涉及 25 条'
is "and comes back" "$(count)" 25
play 'C-y dump C-y dump'
like "the last" "$screen" '已重做：导入 few.csv'
like "then there is no more" "$screen" '没有可以重做的了'
is "all is as it was" "$(sqlite3 "$wb" "SELECT count(*) FROM record_readable WHERE published_on = '2026-09-02'")" 20
run check "$wb"
is "the workbook is sound" "$status" 0
done_testing
