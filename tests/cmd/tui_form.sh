#!/bin/sh
# The form beyond its screens: the clerk's own editor, what is stored and what is not, long texts.
. "${srcdir:-.}/tests/lib.sh"

day=2026-10-20
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --on $day
form='C-u Down Enter Down Enter "19" Enter "05" Enter F7 "2026-9-3"'
mkdir "$T/bin"
unset VISUAL EDITOR

play() { # KEYS: plays on a fresh copy; the records are in $out, the last screen in $screen
  cp "$T/base.mingbai" "$T/w.mingbai"
  printf '%s\n' "$1" >"$T/keys"
  run "$T/w.mingbai" --keys "$T/keys" --dump "$T/screen" --size 100x30 --on $day
  screen=$(cat "$T/screen")
  run export "$T/w.mingbai" --format csv
}

# ---- the clerk's own editor
cat >"$T/bin/write" <<'EOF'
#!/bin/sh
# write MARK FILE: says what it was given, and adds a line
{ echo "arguments: $#"; echo "mark: $1"; stat -c 'file: %a' "$2"; stat -c 'folder: %a' "$(dirname "$2")"; echo "path: $2"
  sed 's/^/text: /' "$2"; } >"$SEEN"
printf '\n第二段“编辑器”\n' >>"$2"
touch "$(dirname "$2")/.text.txt.swp"
EOF
chmod +x "$T/bin/write"
SEEN=$T/seen EDITOR="$T/bin/write  --mark"
export SEEN EDITOR
play "$form Tab*5 \"第一段\" C-o dump Tab"
seen=$(cat "$T/seen")
like "the editor gets its arguments and the file" "$seen" '^arguments: 2'
like "divided at blanks" "$seen" '^mark: --mark'
like "what was typed is in the file" "$seen" '^text: 第一段'
like "which is the clerk's alone" "$seen" '^file: 600'
like "in a folder that is, too" "$seen" '^folder: 700'
is "both are gone afterwards" "$(ls -d "$(dirname "$(sed -n 's/^path: //p' "$T/seen")")" 2>/dev/null)" ""
like "what was saved stands in the form" "$screen" '第二段“编辑器”'
like "and is stored on leaving the field, without the last line break" "$out" '^第二段“编辑器”",'

play "$form Tab*5 \"第一段\" C-o C-z dump Tab"
unlike "Ctrl-Z takes the editor's text back" "$out" '编辑器'
like "and leaves what was typed before" "$out" '第一段'

play "$form Tab*4 \"标题\" C-o dump Tab dump"
like "a title of two lines becomes one" "$out" '标题 第二段“编辑器”,'

EDITOR=$T/bin/none
play "$form Tab*5 \"第一段\" C-o dump Tab"
like "an editor that is not there is said" "$screen" '编辑器.*打不开：.*不存在'
like "and what was typed is kept" "$out" '第一段'
EDITOR=false
play "$form Tab*5 \"第一段\" C-o dump Tab"
like "an editor that fails is said" "$screen" '没有正常结束'
printf '#!/bin/sh\nprintf "\\377" >"$1"\n' >"$T/bin/latin"
chmod +x "$T/bin/latin"
EDITOR=$T/bin/latin
play "$form Tab*5 \"第一段\" C-o dump Tab"
like "a text that is no UTF-8 is refused" "$screen" '不是 UTF-8'
like "with what was typed left" "$out" '第一段'
printf '#!/bin/sh\nhead -c 250000 /dev/zero | tr "\\0" x >"$1"\n' >"$T/bin/long"
chmod +x "$T/bin/long"
EDITOR=$T/bin/long
play "$form Tab*5 \"第一段\" C-o dump Tab"
like "one that is too long, too" "$screen" '超过 200000 字节'
unset EDITOR
play "$form Tab*5 C-o dump"
like "no editor is said" "$screen" '没有设编辑器'
EDITOR=$T/bin/write
play "$form Tab*3 C-o dump"
like "boxes need none" "$screen" '这一栏直接填就好'

# ---- last period's values: three keys carry a sheet forward
run set "$T/base.mingbai" --unit 140581001001 --item 00.40 --period 2026Q2 --published 2026-06-30 --channel 村公示栏 \
  --title 2026年第二季度低保名单 --url https://x.gov.cn/q2 --on $day
quarter='C-u Down Enter Down Enter "00" Enter "40" Enter'
play "$quarter Tab*12 Esc"
unlike "proposals that are only looked at are not stored" "$out" '00.40,2026Q4'
play "$quarter F7 F5"
like "F7 and F5 in the form: the quarter is published with last quarter's values" "$out" \
  '00.40,2026Q4,,2026-10-20,,,村公示栏,https://x.gov.cn/q2,2026年第四季度低保名单'
play "$quarter Tab*5 Enter C-q"
like "Enter accepts the one stood on" "$out" '00.40,2026Q4,,,,,,,2026年第四季度低保名单'
play "$quarter Tab*5 \"新标题\" Tab C-q"
like "typing replaces it" "$out" '00.40,2026Q4,,,,,,,新标题'
play "$quarter Tab*5 C-u Tab F7"
like "one that was emptied stays out" "$out" '00.40,2026Q4,,,,,村公示栏,https://x.gov.cn/q2,,'
play "$quarter F7 C-z"
unlike "Ctrl-Z takes back all of it" "$out" '00.40,2026Q4'

# ---- a list from a spreadsheet
list='姓名\t人数\t金额\n'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do list="${list}某某$i\t$i\t$((i * 100))\n"; done
play "$form paste \"$list\" dump Tab"
like "a list of 12 persons becomes the table, wherever one stands" "$screen" '已贴成附表：13 行 3 列'
like "as CSV" "$out" '^某某12,12,1200"'
like "and the field before it was kept" "$out" '19.05,,2026-09-03'
play "$form Tab*2 paste \"政府网站\n村公示栏\" Tab"
like "a list of channels is understood" "$out" '政府网站;村公示栏'
play "$form Tab*5 paste \"一行\t两格\" Tab"
like "one line with a tab is text" "$out" '一行	两格'

# ---- dates
play "$form Tab \".\" Tab"
like "a dot is today" "$out" '2026-09-03,2026-10-20,'
play "$form Tab \"10-8\" \"+\" Tab"
like "without the year, and a day on" "$out" '2026-09-03,2026-10-09,'
play "$form Tab \"10-8\" \"[\" Tab"
like "a month back" "$out" '2026-09-03,2026-09-08,'
play "$form Tab \"10-8\" PgUp PgDn PgUp"
like "turning pages changes no date" "$out" '2026-09-03,2026-10-08,'
play "$form C-z*9 \"－\" Tab"
like "a full-width sign: the day before today" "$out" '19.05,,2026-10-19,'

# ---- the address
long=https://www.example.gov.cn/$(printf '%0150d' 7 | tr 0 a)
play "$form Tab*3 \"$long\" dump Tab"
like "an address whose code would have too small modules is told" "$screen" '偏长：28 毫米的二维码每格只有 0\.4[0-9] 毫米'
like "and kept" "$out" "$long"
play "$form Tab*3 \"ｈｔｔｐｓ：／／ｘ．ｇｏｖ．ｃｎ／<a\" dump"
like "a character that cannot stand in one is named" "$screen" '第 18 个字“<”网址里不能用'
printf 'url = "https://gongkai.example.invalid/{unit}/{item}";\n' >"$T/mingbai.cfg"
play "$form Tab*3 \"https://x.gov.cn/1\" dump"
like "with a pattern in the settings the code is made from that" "$screen" '二维码用设置里的网址样式'
rm "$T/mingbai.cfg"

# ---- channels of an item that asks for all of them: one of the county's own
{ echo 'add = ('; sed -n '/id = "19.90"/,/unverified/p' "$src/checklists/tailoring.cfg.example" | sed '1i {' | \
  sed 's/"村公示栏"/"村公示栏", "政府网站"/; s/channel_rule = "any"/channel_rule = "all"/'; echo '});'; } >"$T/own.cfg"
rm "$T/base.mingbai"
run init "$T/base.mingbai" --divisions "$src/examples/140581.csv" --tailoring "$T/own.cfg" --on $day
is "a county with an item of its own" "$status $err" "0 "
play 'C-u Down Enter Down Enter "19" Enter End Enter Tab*3 "1" dump "2" dump'
like "what is missing is said" "$screen" '目录要求带 \* 的全用，还缺：村公示栏'
like "until all are there" "$screen" '目录要求的渠道（带 \*）都有了'

done_testing
