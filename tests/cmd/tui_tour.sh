#!/bin/sh
# The tour of the first run in a real terminal: shown once, in nobody's way, remembered for the user; and the table
# of keys that the help screen, the manual and `mingbai help keys` share.
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
run init "$T/w.mingbai" --divisions "$src/examples/140581.csv" --on $day
is "a workbook" "$status" 0

play() { # KEYS: leaves what the terminal showed in $out
  printf '%s\n' "$1" >"$T/keys"
  "$PTY" "$T/keys" "$T/out" -- "$MINGBAI" "$T/w.mingbai" --on $day 2>"$T/.err"
  status=$?
  out=$(cat "$T/out")
  err=$(cat "$T/.err")
}
forget() { rm -rf "$T/state"; }

# ---- once
play 'dump'
like "the first run opens the tour" "$out" '入门说明.* 1/5'
like "over the day's work" "$out" '待办'
is "that is remembered in a folder of the user's own" "$(stat -c %a "$T/state/mingbai")" 700
play 'dump'
unlike "the second run does not" "$out" '入门说明'
is "and ends well" "$status$err" 143

# ---- through it, and out at any point
forget
play 'Enter Space PgDn Right dump Enter dump'
like "four steps to the last page" "$out" '入门说明.* 5/5'
is "the fifth closes it" "$(grep -c 入门说明 "$T/out")" 1
forget
play 'Enter Enter Left dump Esc dump'
like "back a page" "$out" ' 2/5'
is "Esc leaves" "$(grep -c 入门说明 "$T/out")" 1
is "and only the tour" "$status" 143

# ---- any other key does what it always does
for key in F1:帮助： F3:查找： F2:待办; do
  forget
  play "${key%%:*} dump"
  unlike "${key%%:*} leaves the tour" "$out" '入门说明：'
  like "and does its work" "$out" "${key#*:}"
done
forget
play 'Down dump'
is "Down moves on the list" "$(printf '%s\n' "$out" | grep '^> ' | grep -c 本级)" 0
forget
play 'C-q'
is "Ctrl-Q quits" "$status" 0

# ---- nowhere to remember it: no tour at every start, and no word about it
forget
: >"$T/state"
play 'dump'
unlike "a state folder that cannot be made: no tour" "$out" '入门说明'
is "and no error" "$status$err" 143
rm "$T/state"
echo dump >"$T/keys"
run "$T/w.mingbai" --keys "$T/keys" --dump - --on $day
unlike "a script sees no tour" "$out" '入门说明'
ok "and does not count as a first run" test ! -e "$T/state"

# ---- the table of keys
run help keys
is "help keys: status" "$status$err" 0
like "has its groups" "$out" '^列表里可以按$'
like "and keys with what they do" "$out" '^  F3 Ctrl-F / +查找单位'
keys=$out
printf 'F1 dump PgDn dump PgDn dump PgDn dump PgDn dump PgDn dump PgDn dump PgDn dump' >"$T/keys"
run "$T/w.mingbai" --keys "$T/keys" --dump - --size 200x24 --on $day
missing=$(printf '%s\n' "$keys" | sed -n 's/^  .*  \([^ ].*\)$/\1/p' | while read -r does; do
  printf '%s\n' "$out" | grep -qF -e "$does" || echo "$does"
done)
is "the help screen shows all of it" "$missing" ""

done_testing
