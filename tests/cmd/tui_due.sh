#!/bin/sh
# The day's work on the screen, with numbers counted by hand: the same as those of `mingbai todo`, dealt with in
# a few keys, and nothing left at the end.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/small.sh"
day=2026-10-20
cp "$wb" "$T/blank.mingbai"
play() { # KEYS: into $out; a new workbook unless KEPT is set
  [ -n "${kept-}" ] || cp "$T/blank.mingbai" "$wb"
  printf '%s\n' "$1" >"$T/x.keys"
  run "$wb" --keys "$T/x.keys" --dump - --size "${size:-80x24}" --on $day
}
counts() { printf '%s\n' "$out" | grep -o '^ 待办 .*' | tail -n 1 | sed 's/  *\(选中.*\)*[0-9]*\/[0-9]* *$//'; }

run --on $day todo "$wb"
like "what todo counts" "$out" '已逾期 27，即将到期 2（.*待确认 16$'
play 'dump'
is "the same on the screen; 16 to confirm are 10 of events and 6 standing" "$status$err$(counts)" \
  "0 待办  逾期 27  快到期 2  本期无 10  待确认 6"
like "one stands on the first row" "$out" '^> 19\.01 .*[?] 待确认'
like "groups by unit, with their counts" "$out" '^  \[-\] 北城街道（本级） .*逾期 9  快到期 1  本期无 2  待确认 1$'
unlike "nothing to take down takes no room" "$out" 该撤下

# ---- two keys
play 'Tab F5 dump'
is "published today with one key" "$(counts)" " 待办  逾期 26  快到期 2  本期无 10  待确认 6"
like "one stands on the next row" "$out" '^> 20\.01 .*2026-02 ! 逾期234天'
like "which is said" "$out" '已记下：公开 20\.01'
run export "$wb" --format csv
like "and stored" "$out" '^140581001000,20\.01,2026-01,,2026-10-20,'
play 'Tab F5 F5 Down F5 C-z dump'
like "what an undo brings back is where one stands" "$out" '^> 20\.01 .*2026-04 '
is "and is counted again" "$(counts)" " 待办  逾期 25  快到期 2  本期无 10  待确认 6"

play 'Tab Enter F5 Esc dump'
is "published in its form" "$(counts)" " 待办  逾期 26  快到期 2  本期无 10  待确认 6"
like "and back on the next row" "$out" '^> 20\.01 .*2026-02 '
play 'Tab Enter Esc F5 C-z C-y dump'
is "done again" "$(counts)" " 待办  逾期 26  快到期 2  本期无 10  待确认 6"

# ---- groups
play 'Tab Down*3 Left dump Left dump'
like "to the heading of the group" "$out" '^> [[]-[]] 北城街道（本级）'
like "and folded" "$out" '^> [[][+][]] 北城街道（本级）'
play 'Tab Up Enter dump'
like "a group is folded" "$out" '^> [[][+][]] 北城街道（本级）'
size=80x60
play 'dump C-g dump'
like "by domain" "$out" '^  \[-\] 20 养老服务 .*逾期 18  快到期 2$'
like "each row says whose it is" "$out" '^  丙村 .*19\.03 .*2026Q1  ! 逾期203天'
is "the counts are the same" "$(counts)" " 待办  逾期 27  快到期 2  本期无 10  待确认 6"
is "kinds stand in their order in a group" \
  "$(printf '%s\n' "$out" | sed -n '/社会救助/,/养老服务/p' | grep -o '[!?] ..' | uniq | tr -d '\n')" "! 逾期? 待填? 待确"

# ---- many at once
size=
play 'Tab Up Space dump F5 dump Enter dump'
like "Space on a heading marks its rows" "$out" '选中 13'
like "asked once, with the number, and what is left out" "$out" '把选中的 11 项记为今天公开？（另 2 项不能这样办，不动）'
is "done" "$(counts)" " 待办  逾期 18  快到期 1  本期无 10  待确认 5"
kept=1
play 'C-z dump'
is "one step" "$(counts)" " 待办  逾期 27  快到期 2  本期无 10  待确认 6"
kept=
play 'C-a F5 Esc dump'
is "refused: nothing is done" "$(counts)" " 待办  逾期 27  快到期 2  本期无 10  待确认 6"
play 'C-a F6 C-u Enter dump'
like "without a reason nothing is done" "$out" '要写一句理由'

# ---- to the end
play 'C-a F5 Enter C-a F6 Enter dump'
like "a calm sentence when all is done" "$out" '眼下该办的都办好了'
like "and what next" "$out" 'Ctrl-U  *看各单位'
run --on $day todo "$wb"
like "todo agrees" "$out" '已逾期 0，即将到期 0（.*，公示期满应撤下 0，待确认 0$'
run check "$wb"
is "the workbook is sound" "$(printf '%s' "$status" | tr 01 00)" 0

# ---- take down
size=80x60
cp "$T/blank.mingbai" "$wb"
run --on $day set "$wb" --unit 甲村 --item 19.02 --event 2026-10-09 --published 2026-10-10 --title 十月名单
kept=1
play 'dump'
is "a sheet whose notice period is over" "$(counts)" " 待办  逾期 27  快到期 2  该撤下 1  本期无 9  待确认 6"
like "has its row" "$out" '^  19\.02 *对象名单：十月名单 .*10-10   ! 该撤下了  *2026-10-17'
play 'Tab*5 F2 Tab dump Enter dump'
like "Enter opens its form" "$out" '19\.02 对象名单'
done_testing
