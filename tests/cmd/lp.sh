#!/bin/sh
# Printing from the screen: the very files of `mingbai sheet`, to a folder or through lp (a stand-in that writes
# down what it was given), what a gate stops, the day kept on the record, the QR code on the screen.
. "${srcdir:-.}/tests/lib.sh"
day=2026-10-20
wb=$T/a.mingbai
v=900001000001
cat >"$T/units.csv" <<'EOF'
code,name,level,parent
900000000000,试县,county,
900001000000,莫𡐓镇,township,900000000000
900001000001,莫𡐓村村民委员会,village,900001000000
900001000002,东村村民委员会,village,900001000000
900001000003,西村村民委员会,village,900001000000
EOF
"$MINGBAI" init "$wb" --divisions "$T/units.csv" --on $day >/dev/null || echo "Bail out! no workbook"
put() { run --on $day set "$wb" "$@"; [ "$status" -eq 0 ] || echo "# set: $err"; }
put --unit $v --item 19.05 --event 2026-10-08 --title 莫𡐓村十月低保审核公示
printf '关于低保审核情况，现予公示。\n' >"$T/body.txt"
put --unit $v --item 19.05 --event 2026-10-08 --body-file "$T/body.txt"

# Keys from the first screen to the record: 19.05's list of records, its first.
record='C-u Down Enter Down Enter "19" Enter "05" Enter'
play() { # KEYS [SIZE]
  printf '%s\n' "$1" >"$T/k.keys"
  run "$wb" --keys "$T/k.keys" --dump "$T/screen.txt" --size "${2:-80x24}" --on $day
  screen=$(cat "$T/screen.txt")
}
field() { # NAME: of the one record
  json_get "$("$MINGBAI" export "$wb" --format json)" "\$.records[0].$1"
}

# ---- to a folder
play "$record C-p Enter dump"
is "a record is printed by two keys" "$status" 0
f=$T/打印/$v-莫𡐓村村民委员会-notice-19.05-2026-10-08.pdf
is "into the folder beside the workbook, under the command's name" "$(ls "$T/打印")" "${f##*/}"
like "it is said how many and where" "$screen" '已存成 1 个 PDF（1 页），在台账旁边的“打印”文件夹'
like "and which key is next" "$screen" '按 F5'
run --on $day sheet "$wb" --kind notice --unit $v -o "$T/cmd"
ok "the bytes are those of the command" cmp "$f" "$T/cmd/${f##*/}"
is "the day is kept on the record" "$(field printed_on)" $day
like "the life of the sheet is shown" "$screen" '打印 10-20 · 张贴 — · 撤下 — · 归档 —'
play "$record C-p C-z dump"
like "as one step with a name" "$screen" '已撤销：打印 19\.05 莫𡐓村村民委员会'
is "which can be taken back" "$(field printed_on)" ""
play "$record C-p F5 dump"
like "posted today by a key" "$screen" '张贴 10-20'
is "on the record" "$(field published_on)" $day
play "$record C-p Up*2 Enter dump Enter dump Enter dump"
like "taking down before its time asks" "$screen" '公示期到 2026-10-29 才满，今天就撤下？'
like "then it is kept" "$screen" '撤下 10-20'
is "and filing after it" "$(field removed_on) $(field filed_on)" "$day $day"
play 'C-z C-z C-z'
is "all taken back" "$(field published_on)$(field removed_on)$(field filed_on)" ""

play "$record C-p Up*3 Enter \"~/x\" Enter dump"
like "a shell's ~ is no folder" "$screen" '这里不认'
play "$record C-p Up*3 Enter \"别处/十月\" Enter C-p dump"
is "the folder can be another, seen from the workbook" "$(ls "$T/别处/十月")" "${f##*/}"
: >"$T/file"
play "$record C-p Up*3 Enter \"file\" Enter C-p dump"
like "one that cannot be made is said" "$screen" '! .*file'

# ---- all villages
rm -rf "$T/打印"
play 'C-u Down Enter Down Enter "19" Right C-p Home Down*3 Right End Enter dump'
is "boards of a domain for all villages" "$(ls "$T/打印" | cut -c12 | tr -d '\n')" 123
like "counted" "$screen" '已存成 3 个 PDF'
run --on $day sheet "$wb" --kind board --level village --domain 19 -o "$T/cmd2"
ok "the same as the command's" diff -r "$T/打印" "$T/cmd2"
play 'C-u Down Enter Down C-p Home Left Down*3 Right End dump Enter Esc dump'
like "Esc stops between sheets" "$screen" '一份也没有印。停下了，还有 [0-9][0-9] 份没有印'

# ---- lp
mkdir "$T/bin"
cat >"$T/bin/lp" <<'EOF'
#!/bin/sh
for a; do printf '[%s]\n' "$a"; f=$a; done >>"$LP_LOG"
head -c 5 "$f" >>"$LP_LOG"
ls -ld "$(dirname "$f")" | cut -c1-10 >>"$LP_LOG"
if [ -n "$LP_FAIL" ]; then
  printf '%b\n' "$LP_FAIL" >&2
  exit 1
fi
echo 'request id is HP-12 (1 file(s))'
EOF
chmod +x "$T/bin/lp"
LP_LOG=$T/lp.log
export LP_LOG
had=$PATH
PATH=$T/bin:$PATH
left() { ls -d /tmp/mingbai-?????? 2>/dev/null | wc -l; }
before=$(left)
cat >"$T/mingbai.cfg" <<'EOF'
printer = "HP_2";
EOF
play "$record C-p Up*4 Right C-p dump"
like "sent to the printer of the settings" "$screen" '印了 1 份（1 页），送到HP_2'
is "by argument vector, its title what it is" "$(sed 's/^\[\/.*/[FILE]/' "$T/lp.log" | tr '\n' ' ')" \
  "[-d] [HP_2] [-t] [$v 莫𡐓村村民委员会 19.05 2026-10-08] [--] [FILE] %PDF-drwx------ "
is "the day is kept" "$(field printed_on)" $day
is "the temporary file is gone" "$(left)" "$before"
rm "$T/mingbai.cfg" "$T/lp.log"
play "$record C-p Up*4 Right C-p dump"
is "without a printer the system's default" "$(head -n 1 "$T/lp.log")" "[-t]"
play "$record C-p C-z"
LP_FAIL='lp: The printer or class does not exist.\n\033[31mred'
export LP_FAIL
play "$record C-p Up*4 Right Down Enter \"-不存在\" Enter C-p dump"
like "lp's own words are shown as the error" "$(printf '%s' "$screen" | tr -d '\n ')" \
  '打印机“-不存在”没有收下（lp:Theprinterorclassdoesnotexist'
unlike "without their control characters" "$screen" "$(printf '\033')"
is "the name was one argument" "$(sed -n '/^\[-d\]$/{n;p;}' "$T/lp.log" | tail -n 1)" "[-不存在]"
is "nothing is kept then" "$(field printed_on)" ""
is "and nothing left" "$(left)" "$before"
unset LP_FAIL
rm "$T/lp.log"
play "$record C-p Up*4 Right Down Enter \"\$(touch x); 'HP' -d\" Enter C-p dump"
is "no shell sees it" "$(sed -n '/^\[-d\]$/{n;p;}' "$T/lp.log"; ls x 2>/dev/null)" "[\$(touch x); 'HP' -d]"
play "$record C-p C-z"
mkdir "$T/none"
printf '%s\n' "$record C-p Up*4 Right C-p dump" >"$T/k.keys"
PATH=$T/none
"$MINGBAI" "$wb" --keys "$T/k.keys" --dump "$T/screen.txt" --size 80x24 --on $day
PATH=$had
like "without lp: which package brings it" "$(cat "$T/screen.txt")" 'cups-client'

# ---- gates
printf '联系人王五，电话１３８ １２３４ ５６７８。\n' >"$T/leak.txt"
put --unit $v --item 19.05 --event 2026-10-08 --body-file "$T/leak.txt"
rm -rf "$T/打印"
play "$record C-p Enter dump"
like "personal data stops it: what" "$(printf "%s" "$screen" | tr -d "\n ")" "有手机号码"
like "where" "$screen" '正文，第1行第9个字起'
like "and what to do" "$(printf '%s' "$screen" | tr -d '\n ')" '怎么办：在台账中删去或遮盖'
unlike "without leaking it" "$screen" '5678|５６７８'
is "no file" "$(ls "$T/打印")" ""
is "no day" "$(field printed_on)" ""
play "$record C-p Up Enter dump Enter dump"
like "the preview says it too" "$screen" '这一份不能印'
printf '缺字\363\260\200\200公示。\n' >"$T/glyph.txt"
put --unit $v --item 19.05 --event 2026-10-08 --body-file "$T/glyph.txt"
play "$record C-p Enter dump"
like "a character that no font has" "$(printf '%s' "$screen" | tr -d '\n ')" '正文里的字.*U\+F0000'
put --unit $v --item 19.05 --event 2026-10-08 --body-file "$T/body.txt"

# ---- what is seen before: the text, and a code that a telephone reads
cat >"$T/mingbai.cfg" <<'EOF'
url = "https://gk.example.cn/{unit}/{item}?c={code}";
EOF
play "$record C-p Up Enter dump" 100x60
like "the title" "$screen" '^ +莫𡐓村十月低保审核公示$'
like "the text" "$screen" '^ +关于低保审核情况，现予公示。$'
like "and how many pages" "$screen" '印出来 1 页'
code=$(printf '%s\n' "$screen" | sed -n 's/.*核对码：\([0-9A-Z-]*\).*/\1/p')
like "the link in words" "$(printf '%s' "$screen" | tr -d '\n ')" "https://gk\.example\.cn/$v/19\.05\?c=$code"
# Half blocks to pixels: the screen is dark around the code's own white.
picture() { # QUIET: from the rows with half blocks, so many white modules around them
  sed -n 's/[^ █▀▄].*//; /[█▀▄]/p' "$T/screen.txt" | sed 's/█/3/g; s/▀/1/g; s/▄/2/g; s/ /0/g' |
    awk -v q="$1" '{ line[NR] = $0; if (length($0) > w) w = length($0) }
      function pixel(x, y) {
        if (x < 0 || y < 0 || y >= NR * 2) return 0
        c = substr(line[int(y / 2) + 1], x + 1, 1) + 0
        return y % 2 ? c >= 2 : c % 2
      }
      END {
        k = 8; edge = 3
        for (x = 0; x < w; x++) for (y = 0; y < NR * 2; y++) if (pixel(x, y)) { if (left == "" || x < left) left = x }
        W = w - left + 2 * (q + edge); H = NR * 2 + 2 * (q + edge)
        print "P1", W * k, H * k
        for (y = 0; y < H * k; y++) {
          row = ""
          for (x = 0; x < W * k; x++) {
            i = int(x / k) - q - edge + left; j = int(y / k) - q - edge
            dark = i < left - q || j < -q || i >= w + q || j >= NR * 2 + q ? 1 : pixel(i, j)
            row = row " " dark
          }
          print row
        }
      }' >"$T/code.pbm"
  zbarimg -q --raw --oneshot -S*.enable=0 -Sqrcode.enable=1 "$T/code.pbm" 2>/dev/null
}
play "$record C-p Up Enter Tab dump"
is "the code on the screen leads there" "$(picture 2)" "https://gk.example.cn/$v/19.05?c=$code"
rm "$T/mingbai.cfg"
play "$record C-p Up Enter Tab dump"
like "without a link the code holds the facts" "$(picture 2 | tr '\n' ' ')" '单位：试县莫𡐓镇莫𡐓村村民委员会 事项：19\.05'
play 'C-u Down Enter Down Enter "19" Right C-p Up Enter Tab dump'
like "a longer one is read with little white around it" "$(picture 1 | tr '\n' ' ')" '领域：社会救助 周期：2026年第4季度'
play "$record C-p Up Enter Tab dump" 60x16
like "where it has no room the size is said" "$screen" '二维码要 [0-9]+ 行 [0-9]+ 列才放得下'

# ---- templates of the folder
sed 's/^summary.*/summary = "大字";/; s/"{title}"/"大字：{title}"/' "$src/templates/notice.cfg" >"$T/大字公示.cfg"
play "$record C-p Home Down dump Right dump Down*20 Up Enter dump"
like "a template beside the workbook can be chosen" "$screen" '大字公示\.cfg'
play "$record C-p Home Down Right Up*3 Enter dump"
like "and is used" "$screen" '大字：莫𡐓村十月低保审核公示'
sed 's/{title}/{titel}/' "$src/templates/notice.cfg" >"$T/坏.cfg"
play "$record C-p dump"
like "a bad one is named with its line" "$screen" '模板 坏\.cfg 有错误，没有列出：第 [0-9]+ 行'
rm "$T/坏.cfg" "$T/大字公示.cfg"

# ---- read-only
chmod 400 "$wb"
if ! [ -w "$wb" ]; then
  rm -rf "$T/打印"
  play "$record C-p Enter dump"
  is "a read-only workbook is printed from" "$(ls "$T/打印")" "${f##*/}"
  like "and it is said that the day is not kept" "$(printf '%s' "$screen" | tr -d '\n ')" '打印日期没有记下'
fi
chmod 600 "$wb"
run check "$wb" --quiet
unlike "the workbook is sound" "$status" '^(2|6.|7.)$'
done_testing
