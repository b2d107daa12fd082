#!/bin/sh
# The same key scripts as tui_screens.sh through a real terminal: tests/pty/pty gives the keys as a terminal sends
# them and reads what the program writes; its screens must be those expected, on any terminal, with ambiguous
# characters one and two columns wide, and the terminal must be left as it was.
# Needs PTY (tests/pty/pty).  MINGBAI may be a script that runs the program under another (with exec).
. "${srcdir:-.}/tests/lib.sh"

PTY=${PTY:-./tests/pty/pty}
case $PTY in /*) ;; *) PTY=$PWD/$PTY ;; esac
if [ ! -x "$PTY" ]; then
  echo "Bail out! no pseudo-terminal driver at $PTY"
  exit 1
fi
day=2026-10-20
XDG_STATE_HOME=$T/state
export XDG_STATE_HOME
mkdir -p "$T/state/mingbai" && : >"$T/state/mingbai/tour" # not the first run
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
is "a workbook to show" "$status" 0
run set "$T/base.mingbai" --unit 140581001001 --item 19.05 --event 2026-09-03 --published 2026-09-10 \
  --channel 村公示栏 --title 八月份低保审核公示 --on $day
run set "$T/base.mingbai" --unit 140581001001 --item 19.01 --published 2026-03-02 --channel 村公示栏 --on $day
is "with records in it" "$status" 0

# terminal NAME KEYS [PTY OPTION...]: plays on a fresh copy; screens in $T/NAME.txt, the status in $ended.  The
# workbook is named after the script: its name stands on the screen.
terminal() {
  name=$1 keys=$2
  shift 2
  cp "$T/base.mingbai" "$T/$(basename "$keys" .keys).mingbai"
  "$PTY" "$@" "$keys" "$T/$name.txt" -- "$MINGBAI" "$T/$(basename "$keys" .keys).mingbai" --on $day 2>"$T/.err"
  ended=$?
  err=$(cat "$T/.err")
}

# ---- the same screens as without a terminal
for keys in "$src"/tests/tui/*.keys; do
  screens=$(basename "$keys" .keys)
  terminal "$screens" "$keys"
  like "$screens: ends well" "$ended $err" '^(0|143) $'
  ok "$screens: the screens are those expected" diff "$src/tests/tui/expected/$screens.txt" "$T/$screens.txt"
done

# ---- ambiguous characters are two columns wide, and the terminal says so when asked
mkdir -p "$XDG_CONFIG_HOME/mingbai"
for keys in "$src"/tests/tui/*.keys; do
  screens=$(basename "$keys" .keys)
  echo 'ambiguous = 2;' >"$XDG_CONFIG_HOME/mingbai/mingbai.cfg"
  cp "$T/base.mingbai" "$T/$screens.mingbai"
  run "$T/$screens.mingbai" --keys "$keys" --dump "$T/wide-$screens.want" --size 80x24 --on $day
  rm "$XDG_CONFIG_HOME/mingbai/mingbai.cfg"
  terminal "wide-$screens" "$keys" -a 2
  like "$screens, wide: ends well" "$status $ended $err" '^0 (0|143) $'
  ok "$screens, wide: as without a terminal" diff "$T/wide-$screens.want" "$T/wide-$screens.txt"
done

# ---- other terminals: the same keys by other names, the same screens
cat >"$T/short.keys" <<'END'
dump C-u Down Enter Down Enter F1 dump Esc "19" Enter "05" Enter dump
F7 "2026-9-21" Tab*4 "莫𡐓村“低保”①" Left*2 Backspace Home End Del PgUp PgDn dump Esc dump F5 S-Tab C-z dump
END
cp "$T/base.mingbai" "$T/short.mingbai"
run "$T/short.mingbai" --keys "$T/short.keys" --dump "$T/short.want" --size 80x24 --on $day
for type in vt100 vt220 ansi xterm screen tmux-256color rxvt putty no-such-terminal; do
  terminal "$type" "$T/short.keys" -t $type
  like "$type: ends well" "$ended $err" '^(0|143) $'
  ok "$type: the same screens" diff "$T/short.want" "$T/$type.txt"
done
terminal silent "$T/short.keys" -a 0
ok "a terminal that answers nothing" diff "$T/short.want" "$T/silent.txt"
terminal dumb "$T/short.keys" -t dumb
is "a terminal without a cursor to place is refused" "$ended" 78
like "with a sentence" "$(cat "$T/dumb.txt")" 'TERM.*xterm-256color'

# ---- the text console of the kernel: said in ASCII before anything else
printf 'dump q' >"$T/page.keys"
terminal page "$T/page.keys" -t linux
is "the console's page is left with q" "$ended $err" "78 "
like "it says what to do" "$(cat "$T/page.txt")" 'fbterm or kmscon'
unlike "in ASCII" "$(sed 1d "$T/page.txt")" "$(printf '[\200-\377]')"
printf 'Enter ' | cat - "$T/short.keys" >"$T/go.keys"
cp "$T/short.want" "$T/go.want"
sed -i 's/short\.mingbai/go.mingbai/' "$T/go.want"
terminal go "$T/go.keys" -t linux
ok "Enter goes on, with the console's keys" diff "$T/go.want" "$T/go.txt"
FBTERM=1 terminal frame "$T/short.keys" -t linux
ok "not under fbterm" diff "$T/short.want" "$T/frame.txt"

# ---- the mouse can be switched off
printf 'dump Down*3 wheel-down 8,5 dump click 5,5 dump double 6,5 dump' >"$T/mouse.keys"
cp "$T/base.mingbai" "$T/mouse.mingbai"
run "$T/mouse.mingbai" --keys "$T/mouse.keys" --dump "$T/mouse.want" --size 80x24 --on $day
terminal mouse "$T/mouse.keys" -r "$T/mouse.raw"
ok "clicks and the wheel" diff "$T/mouse.want" "$T/mouse.txt"
echo 'mouse = false;' >"$XDG_CONFIG_HOME/mingbai/mingbai.cfg"
terminal mouse "$T/mouse.keys" -r "$T/off.raw"
rm "$XDG_CONFIG_HOME/mingbai/mingbai.cfg"
is "switched off: they do nothing" "$(grep -c '^====' "$T/mouse.txt") $(grep '^====' "$T/mouse.txt" | sort -u | wc -l)" "4 2"
unlike "and are not asked for" "$(tr -d '\000' <"$T/off.raw")" '1000h'

# ---- only what changed is written
printf 'dump C-u Down Enter Down Enter Down Down Up' >"$T/few.keys"
terminal few "$T/few.keys" -c "$T/costs"
ok "a key that moves a row writes little" awk 'NR > 5 && $3 > 400 { exit 1 }' "$T/costs"
printf 'dump C-u Down Enter Down Enter "19" Enter "05" Enter F7 "2026" C-l' >"$T/few.keys"
terminal few "$T/few.keys" -c "$T/costs"
ok "C-l writes all of it" awk 'END { exit !($3 > 900) }' "$T/costs"

# ---- power cut and a closed window while typing: what was stored stays, what was typed is offered
form='C-u Down Enter Down Enter "19" Enter "05" Enter F7'
printf '%s "2026-9-3" Tab*4 "标题在断电时"' "$form" >"$T/cut.keys"
terminal cut "$T/cut.keys" -e kill
is "killed" "$ended" 137
run check "$T/cut.mingbai" --quiet
unlike "the workbook is sound" "$status" '^(2|6.|7.)$'
run export "$T/cut.mingbai" --format csv
like "a field that was left is stored" "$out" '2026-09-03'
terminal cut "$T/cut.keys" -e hangup
is "hung up" "$ended" 129
run export "$T/cut.mingbai" --format csv
like "a closed window keeps the field being typed" "$out" '标题在断电时'

done_testing
