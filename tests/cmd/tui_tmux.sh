#!/bin/sh
# The UI in a real terminal: Chinese arrives whole and stands on the screen, the cursor stands where one types,
# resizing works, and the terminal is sane after quitting, SIGTERM, SIGHUP and a closed window.
. "${srcdir:-.}/tests/lib.sh"

if ! command -v tmux >/dev/null 2>&1; then
  echo "1..0 # SKIP no tmux"
  exit 0
fi
TMUX_TMPDIR=$T XDG_STATE_HOME=$T/state
export TMUX_TMPDIR XDG_STATE_HOME
mkdir -p "$T/state/mingbai" && : >"$T/state/mingbai/tour" # not the first run
unset TMUX
tm() { tmux -f /dev/null -L mingbai "$@"; }
screen() { tm capture-pane -p -t w; }
wait_for() { # ERE: until the screen shows it, five seconds at most
  tries=0
  until screen | grep -qE -e "$1"; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || return 1
    sleep 0.05
  done
}
keys() { tm send-keys -t w "$@"; }
start() {
  keys "clear; \$MINGBAI $T/w.mingbai --on 2026-10-20; echo rc=\$? \$(stty -a | grep -oE ' -?(icanon|echo|ixon|icrnl)\\b' | tr -d ' \\n')" Enter
  wait_for 'F1 帮助'
}
form() {
  keys C-u
  wait_for '个村（居）'
  keys Down Enter
  wait_for '北城街道'
  keys Down Enter 19 Enter 05 Enter F7
  wait_for '（新记录）'
}

run init "$T/w.mingbai" --divisions "$src/examples/140581.csv" --on 2026-10-20
tm new-session -d -s w -x 80 -y 24 'PS1="$ " exec sh' || { echo "1..0 # SKIP tmux does not start"; exit 0; }
trap 'tm kill-server 2>/dev/null; chmod -R u+w "$T" 2>/dev/null; rm -rf "$T"' EXIT
sleep 0.2
sane='icanoixonicanonecho|icrnlixonicanonecho'

ok "the first screen comes" start
ok "down to a form" form
keys 2026-9-3
ok "the due day is explained while typing" wait_for '到期2026-09-17'
keys Tab Tab Tab Tab
keys -l '莫𡐓村“低保”公示'
ok "Chinese stands on the screen" wait_for '莫𡐓村“低保”公示'
is "the cursor stands where one types" "$(tm display -p -t w '#{cursor_x},#{cursor_y}')" "$((17 + 16)),8"
keys BSpace BSpace
ok "a character is deleted whole" wait_for '莫𡐓村“低保” *$'
tm resize-window -t w -x 59 -y 16
ok "too small a window gets a sentence" wait_for '窗口太小'
tm resize-window -t w -x 100 -y 30
ok "and a larger one all of it" wait_for '公开依据'
like "with what was typed" "$(screen)" '莫𡐓村“低保”'
keys C-q
ok "Ctrl-Q: exit 0, the terminal as before" wait_for "rc=0 ($sane)"
run export "$T/w.mingbai" --format csv
like "what was typed is in the workbook" "$out" '莫𡐓村“低保”|莫𡐓村““低保””'

ok "started for pasting" start
form
keys 2026-9-6 Tab Tab Tab Tab
keys -l '粘贴'
keys Tab Tab
wait_for '附表 *>'
printf '姓名,金额\n张三,100\n李四,200' | tm load-buffer -
tm paste-buffer -p -t w
ok "a paste of several lines stays in its field" wait_for '李四,200'
like "and is no command" "$(screen)" '附表 *> .*张三,100|附表 *> 姓名'
like "there are colours" "$(tm capture-pane -e -p -t w)" "$(printf '\033')\\[([0-9;]*;)?[34][0-8][;m]"
keys C-u
printf '甲,1\r\n乙,2\r\n丙,3' | tm load-buffer -
tm paste-buffer -p -r -t w
ok "a line break of two characters is one" wait_for '共 3 行|丙,3'
keys Tab
awk 'BEGIN { for (i = 1; i <= 1500; i++) printf "%d,张三,最低生活保障金,%d\n", i, i * 10 }' | tm load-buffer -
keys BTab
tm paste-buffer -p -t w
ok "a paste of 1,500 lines is there at once" wait_for '1500,张三'
keys C-q
wait_for "rc=0"
run export "$T/w.mingbai" --format csv
like "its lines are lines of the table" "$out" '^1499,张三'
like "and of the paste before" "$out" '^乙,2$'
unlike "without empty lines" "$out" '^ *$'

keys "clear; NO_COLOR=1 \$MINGBAI $T/w.mingbai --on 2026-10-20" Enter
ok "NO_COLOR" wait_for 'F1 帮助'
unlike "has no colours" "$(tm capture-pane -e -p -t w)" "$(printf '\033')\\[([0-9;]*;)?[34][0-8][;m]"
like "but marks where one stands" "$(screen)" '^> .*高平市'
keys Escape
ok "one Esc on the first screen only asks" wait_for '再按一次 Esc'
keys Escape
wait_for '\$ $'

# ---- keys of another terminal than TERM names (PuTTY and tmux under an xterm's name), and of none
keys "clear; TERM=xterm-256color \$MINGBAI $T/w.mingbai --on 2026-10-20; echo rc=\$?" Enter
wait_for 'F1 帮助'
keys End
ok "End by another name" wait_for '^> .*原村乡'
keys -l "$(printf '\033[1~')"
ok "Home by another name" wait_for '^> .*高平市'
keys -l "$(printf '\033[1;9W\033[99~')"
keys Down
ok "a key that nobody knows is nothing, not Esc and letters" wait_for '^> .*北城街道'
keys -l "$(printf '\033[11~')"
ok "F1 of PuTTY" wait_for '离开时就存好'
keys C-q
ok "done with those keys" wait_for 'rc=0'

# ---- another program has the workbook locked, or changes it, while the form is open
lock() { # SECONDS: for so long, in the background; back once it is locked, two seconds at most
  rm -f "$T/locked"
  sqlite3 -cmd '.timeout 2000' "$T/w.mingbai" 'BEGIN EXCLUSIVE' ".shell touch $T/locked; sleep $1" &
  locking=$!
  tries=0
  until [ -e "$T/locked" ] || [ $tries -ge 40 ]; do tries=$((tries + 1)); sleep 0.05; done
}
ok "started beside another program" start
form
keys 2026-9-7 Tab Tab Tab Tab
keys -l '锁住时填的'
wait_for '锁住时填的'
lock 5
keys Tab Tab
ok "a locked workbook is said" wait_for '正被另一个窗口'
like "what was typed stays, also after keys pressed before that could be read" "$(screen)" '标题 +> 锁住时填的'
wait $locking
keys Tab
ok "unlocked, the same key stores it" wait_for '正文 +>'
run export "$T/w.mingbai" --format csv
like "while the form is open" "$out" '锁住时填的'
uid=$(printf '%s\n' "$out" | grep '锁住时填的' | cut -d, -f13)
printf 'unit,item,event_on,phone,body,uid,title\n140581001001,19.05,2026-09-07,0356-5224400,别处的正文,%s,锁住时填的\n' \
  "$uid" >"$T/other.csv"
run import "$T/w.mingbai" "$T/other.csv" --on 2026-10-20
is "another window fills this field and another" "$status" 0
keys -l '正文在后'
keys Tab
ok "which is seen when a key is pressed" wait_for '监督电话 +0356-5224400'
like "what it had in the field one typed in is told before it is out of sight" "$(screen)" '改成“别处的正文”，已换成您填的'
run export "$T/w.mingbai" --format csv
like "and both are kept" "$out" '2026-09-07.*正文在后.*0356-5224400'
keys BTab
keys -l '尾'
wait_for '正文在后尾'
lock 3
kill -s TERM "$(pgrep -f "^$MINGBAI $T/w.mingbai")"
ok "SIGTERM waits for a locked workbook" wait_for "rc=143 ($sane)"
wait $locking
run export "$T/w.mingbai" --format csv
like "and keeps what was typed" "$out" '正文在后尾'

for signal in TERM HUP; do
  ok "started again" start
  form
  keys 2026-9-4 Tab Tab Tab Tab
  keys -l "信号$signal"
  wait_for "信号$signal"
  kill -s $signal "$(pgrep -f "^$MINGBAI $T/w.mingbai")"
  case $signal in TERM) code=143 ;; HUP) code=129 ;; esac
  ok "SIG$signal: exit $code, the terminal as before" wait_for "rc=$code ($sane)"
  run export "$T/w.mingbai" --format csv
  like "SIG$signal: the field being typed is kept" "$out" "信号$signal"
done

ok "started once more" start
form
keys 2026-9-5 Tab Tab Tab Tab
keys -l '关窗口'
ok "typed before the window closes" wait_for '标题 +> 关窗口'
pid=$(pgrep -f "^$MINGBAI $T/w.mingbai")
tm kill-server
tries=0
while kill -0 "$pid" 2>/dev/null && [ $tries -lt 200 ]; do tries=$((tries + 1)); sleep 0.05; done
is "a closed window ends the program" "$(kill -0 "$pid" 2>/dev/null && echo runs)" ""
run export "$T/w.mingbai" --format csv
like "a closed window keeps the field being typed" "$out" '关窗口'

done_testing
