#!/bin/sh
# Nothing that was typed is lost: what was not stored when the program was killed is offered at the next start
# with both texts; what ended it politely stored it; a cut during storing leaves a sound workbook.
# Where the driver of real terminals was built (tests/pty), the program runs in one and is killed there.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
PTY=${PTY:-./tests/pty/pty}
case $PTY in /*) ;; *) PTY=$PWD/$PTY ;; esac
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
run set "$T/base.mingbai" --unit 140581001001 --item 19.05 --event 2026-09-03 --title 旧标题 --on $day
is "a workbook with a record" "$status" 0
XDG_STATE_HOME=$T/state
export XDG_STATE_HOME
mkdir -p "$T/state/mingbai" && : >"$T/state/mingbai/tour" # not the first run
wb=$T/w.mingbai
fresh() { cp "$T/base.mingbai" "$wb"; }
drafts() { sqlite3 "$wb" "SELECT field, typed, stored FROM draft ORDER BY time"; }

play() { # KEYS: without a terminal; the last screens are in $screen, the exit status in $ended
  printf '%s\n' "$1" >"$T/keys"
  run "$wb" --keys "$T/keys" --dump "$T/screen" --on $day
  ended=$status screen=$(cat "$T/screen")
  run export "$wb" --format csv
}
# A window that is killed after KEYS.  Without the driver the same by hand: what `wait` kept stays, the rest goes.
crash() { # KEYS
  printf '%s\n' "$1" >"$T/keys"
  if [ -x "$PTY" ]; then
    "$PTY" -e kill "$T/keys" "$T/screen" -- "$MINGBAI" "$wb" --on $day >/dev/null 2>&1
  else
    printf '%s\n' "$1 signal 15" >"$T/keys"
    cp "$wb" "$T/before.mingbai"
    "$MINGBAI" "$wb" --keys "$T/keys" --on $day >/dev/null 2>&1
    typed=$(printf '%s\n' "$1" | sed -n 's/.*"\(.*\)" wait$/\1/p')
    mv "$T/before.mingbai" "$wb"
    [ -z "$typed" ] || sqlite3 "$wb" "INSERT INTO draft SELECT '0123456789abcdef', '140581001001', '19.05', s.name,
      'title', '旧标题$typed', '旧标题', '测试员', 1792468800 FROM record r JOIN subject s ON s.no = r.no"
  fi
}
title='C-u Down Enter Down Enter "19" Enter "05" Enter Enter S-Tab*5'

# ---- killed while typing
fresh
crash "$title \"和新的字\" wait"
run export "$wb" --format csv
like "killed while typing: the workbook has what was stored" "$out" ',旧标题,'
is "and the draft both texts" "$(drafts)" 'title|旧标题和新的字|旧标题'
run check "$wb"
is "the workbook is sound" "$status" 0
play 'dump Esc dump'
like "the next start offers it at once" "$screen" '没有存好的字　1 处'
like "with where it was typed" "$screen" '城西社区居委会　标题　19\.05 '
like "what was typed" "$screen" '没有存好的： +旧标题和新的字'
like "and what is stored" "$screen" '台账里的： +旧标题 *$'
like "Esc: later" "$screen" '下次打开再提示'
play 'dump Enter dump C-c'
like "offered again; Enter puts it into its field" "$screen" '标题 +> 旧标题和新的字'
like "which is stored only when one leaves it: here at the end" "$out" ',旧标题和新的字,'
is "then there is no draft" "$(drafts)" ''
play 'dump'
unlike "and nothing is offered" "$screen" '没有存好的字'

# ---- other ways to deal with it
fresh
crash "$title \"丢掉的\" wait"
play 'F8 dump Esc dump F8 Enter dump'
like "F8 asks first" "$screen" '不要了？'
like "and then drops it" "$screen" '已丢掉'
is "for good" "$(drafts)" ''
like "what is stored stays" "$out" ',旧标题,'
fresh
crash "$title \"后来\" wait"
uid=$(sqlite3 "$wb" 'SELECT uid FROM record_readable')
printf 'unit,item,uid,event_on,title\n140581001001,19.05,%s,2026-09-03,别人改的\n' "$uid" >"$T/other.csv"
run import "$wb" "$T/other.csv" --on $day
play 'dump Enter C-u C-q'
like "changed by others meanwhile: all three texts are shown" "$(printf '%s' "$screen" | tr -d '\n')" \
  '旧标题后来.*台账里的： +别人改的.*填时台账里： +旧标题'
fresh
crash "$title \"键\" wait"
play 'Enter C-u C-q dump'
is "emptied by the clerk and left: the draft is gone too" "$(drafts)" ''

# ---- ended politely
fresh
play "$title C-u \"有效的字\" signal 15"
is "SIGTERM" "$ended" 143
like "stores what is valid" "$out" ',有效的字,'
is "and keeps no draft of it" "$(drafts)" ''
fresh
play "C-u Down Enter Down Enter \"19\" Enter \"05\" Enter Enter Home C-u \"2026-99-3\" signal 1"
is "SIGHUP" "$ended" 129
like "keeps what is stored" "$out" ',2026-09-03,'
is "and what is not valid as a draft" "$(drafts)" 'event_on|2026-99-3|2026-09-03'
play 'dump'
like "which is offered" "$screen" '没有存好的： +2026-99-3'
fresh
play "C-u Down Enter Down Enter \"19\" Enter \"05\" Enter Enter C-u \"2026-99-3\" wait C-q C-q"
is "given up with the same key twice: no draft" "$ended $(drafts)" '0 '

if [ -x "$PTY" ]; then
  fresh
  printf '%s\n' "$title C-u \"关窗口\"" >"$T/keys"
  "$PTY" -e hangup "$T/keys" "$T/screen" -- "$MINGBAI" "$wb" --on $day >/dev/null 2>&1
  run export "$wb" --format csv
  like "a closed window stores what was being typed" "$out" ',关窗口,'
  fresh
  printf '%s\n' "$title wait wait" >"$T/keys"
  "$PTY" -e kill "$T/keys" "$T/screen" -- "$MINGBAI" "$wb" --on $day >/dev/null 2>&1
  ok "nothing typed: nothing is written" cmp "$T/base.mingbai" "$wb"
fi

# ---- killed at any moment while fields are stored one after the other
awk -v form="$title" 'BEGIN { print form
  for (i = 1; i <= 400; i++) printf "C-u \"标题%03d\" wait \"完\" Tab S-Tab\n", i }' >"$T/many"
cut=0 sound=0 whole=0
for pause in 0.02 0.05 0.08 0.11 0.14 0.17 0.2 0.25 0.3 0.4 0.5 0.6; do
  fresh
  "$MINGBAI" "$wb" --keys "$T/many" --on $day >/dev/null 2>&1 &
  pid=$!
  sleep $pause
  kill -s KILL $pid 2>/dev/null && cut=$((cut + 1))
  wait $pid 2>/dev/null
  run check "$wb"
  [ "$status" -eq 0 ] && sound=$((sound + 1))
  run export "$wb" --format csv
  printf '%s\n' "$out" | grep -qE ',(旧标题|标题[0-9]{3}完),' && whole=$((whole + 1))
done
ok "killed in the middle of it, most times" test $cut -ge 6
is "the workbook is sound each time" "$sound" 12
is "and the field holds a whole text, old or new" "$whole" 12

# ---- the offer at several sizes: short and long texts, what others changed, an item that is not there
fresh
sqlite3 "$wb" "WITH r AS (SELECT uid FROM record_readable), body(t) AS (VALUES
    ('根据《社会救助暂行办法》和最低生活保障审核确认的有关规定，经个人申请、家庭经济状况核对、入户调查和乡镇（街道）审核，'
      || '现将莫𡐓村拟纳入最低生活保障的家庭名单公示如下。对公示内容有异议的，可以在公示期内以书面或者电话方式反映。'))
  INSERT INTO draft SELECT 's1', '140581001001', '19.05', uid, 'title', '莫𡐓村“九月”低保公示①', '旧标题', '李秀英', 1792468000 FROM r
  UNION ALL SELECT 's2', '140581001001', '19.05', uid, 'title', '改过的', '更早的标题', '李秀英', 1792468300 FROM r
  UNION ALL SELECT 's3', '140581001002', '00.01', '140581001002/00.01', 'body', t || '电话：0356-5220000', NULL, '张三三', 1792468400 FROM body
  UNION ALL SELECT 's4', '140581001002', '99.99', 'new', 'event_on', '2026-9', NULL, '张三三', 1792468500"
play 'dump size 60x16 dump size 132x43 dump size 200x60 dump size 80x24 End Enter dump'
[ -z "$UPDATE" ] || cp "$T/screen" "$src/tests/tui/expected/draft.txt"
ok "the offer looks as expected" diff "$src/tests/tui/expected/draft.txt" "$T/screen"

# ---- a workbook that cannot be written keeps no drafts and offers none
fresh
crash "$title \"只读\" wait"
chmod 0444 "$wb"
play 'dump'
like "read-only: is opened" "$screen" '只读'
unlike "and not asked what cannot be done" "$screen" '没有存好的字'
chmod 0644 "$wb"
done_testing
