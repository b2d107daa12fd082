#!/bin/sh
# Screens of the terminal UI: each tests/tui/X.keys is played without a terminal, on a fixed day, and what it
# dumps is compared whole with tests/tui/expected/X.txt.  `UPDATE=1 tests/cmd/tui_screens.sh` writes these anew;
# read the difference before it is kept.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
is "a workbook to show" "$status" 0
run set "$T/base.mingbai" --unit 140581001001 --item 19.05 --event 2026-09-03 --published 2026-09-10 \
  --channel 村公示栏 --title 八月份低保审核公示 --on $day
is "with a record in it" "$status" 0
run set "$T/base.mingbai" --unit 140581001001 --item 19.01 --published 2026-03-02 --channel 村公示栏 --on $day
is "and another" "$status" 0

# ---- the same numbers as the summary
run summary "$T/base.mingbai" --by township --period 2026Q4 --on $day --json
json=$out
i=0
while [ "$(json_get "$json" "\$.groups[$i].unit")" != 140581001000 ] && [ $i -lt 30 ]; do i=$((i + 1)); done
slots=$(json_get "$json" "\$.groups[$i].slots")
for state in published late none; do
  eval "$state=$(json_get "$json" "\$.groups[$i].$state")"
done
echo "C-u dump" >"$T/first.keys"
run "$T/base.mingbai" --keys "$T/first.keys" --dump - --on $day
like "a township's filling rate is the summary's" "$out" "北城街道 .*% $((published + late + none))/$slots "

for keys in "$src"/tests/tui/*.keys; do
  screens=$(basename "$keys" .keys)
  expected=$src/tests/tui/expected/$screens.txt
  cp "$T/base.mingbai" "$T/$screens.mingbai"
  run "$T/$screens.mingbai" --keys "$keys" --dump "$T/$screens.txt" --size 80x24 --on $day
  is "$screens: ends well" "$status $err" "0 "
  [ -z "$UPDATE" ] || cp "$T/$screens.txt" "$expected"
  ok "$screens: the screens are those expected" diff "$expected" "$T/$screens.txt"
  run check "$T/$screens.mingbai" --quiet
  unlike "$screens: the workbook is sound" "$status" '^(2|6.|7.)$'
done

run export "$T/form.mingbai" --format csv
like "what was typed is in the workbook" "$out" '莫𡐓村低保九月审核公示'
like "the body keeps its paragraphs" "$out" '^第二段'
like "channels have their names" "$out" '入户现场'

done_testing
