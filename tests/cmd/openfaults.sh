#!/bin/sh
# Files that cannot be opened: a sentence for each case, the right exit status, and not one byte changed.
. "${srcdir:-.}/tests/lib.sh"
good=$T/good.mingbai
"$MINGBAI" init "$good" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null
"$MINGBAI" set "$good" --unit 140581001001 --item 00.01 --published 2026-09-01 >/dev/null
printf 'unit,item,note\n140581001001,00.01,x\n' >"$T/data.csv"

# refused FILE STATUS SENTENCE: reading and writing commands refuse it and leave it as it was
refused() {
  sum=$(sha256sum <"$1")
  for command in "units $1" "export $1" "set $1 --unit 140581001001 --item 00.01 --note x" "import $1 $T/data.csv"; do
    # shellcheck disable=SC2086 # words on purpose; no name here has blanks
    run $command
    is "$(basename "$1"): ${command%% *} exits $2" "$status" "$2"
    like "with a sentence" "$err" "$3"
    is "on one line" "$(printf '%s\n' "$err" | grep -c .)" 1
    is "nothing on stdout" "$out" ""
  done
  is "$(basename "$1") is as it was" "$(sha256sum <"$1")" "$sum"
  ok "no file was left beside it" test ! -e "$1-journal" -a ! -e "$1-wal"
}

printf '这是一份文本文件。\n' >"$T/text.mingbai"
refused "$T/text.mingbai" 65 '不是台账'
: >"$T/empty.mingbai"
refused "$T/empty.mingbai" 65 '不是台账'
sqlite3 "$T/other.mingbai" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
refused "$T/other.mingbai" 65 '不是台账'
cp "$good" "$T/newer.mingbai"
sqlite3 "$T/newer.mingbai" 'PRAGMA user_version = 999'
refused "$T/newer.mingbai" 65 '更新版本'
head -c 100000 "$good" >"$T/short.mingbai"
refused "$T/short.mingbai" 65 '损坏'
head -c 50 "$good" >"$T/stub.mingbai"
refused "$T/stub.mingbai" 65 '损坏'
cp "$good" "$T/torn.mingbai"
dd if=/dev/urandom of="$T/torn.mingbai" bs=4096 seek=1 count=20 conv=notrunc 2>/dev/null
refused "$T/torn.mingbai" 65 '损坏'
mkdir "$T/folder.mingbai"
run units "$T/folder.mingbai"
is "a folder is not a workbook" "$status" 65

run units "$T/nosuch.mingbai"
is "a missing file is no input" "$status" 66
like "with a sentence" "$err" '没有.*nosuch\.mingbai'
run set "$T/nosuch.mingbai" --unit 140581001001 --item 00.01 --note x
is "also for writing" "$status" 66
ok "and it is not made" test ! -e "$T/nosuch.mingbai"

# Read-only: reading goes on, writing is refused.
cp "$good" "$T/readonly.mingbai"
chmod 0444 "$T/readonly.mingbai"
sum=$(sha256sum <"$T/readonly.mingbai")
run units "$T/readonly.mingbai"
is "a read-only file can be read" "$status" 0
run set "$T/readonly.mingbai" --unit 140581001001 --item 00.01 --note x
is "but not written: no permission" "$status" 77
like "with a sentence" "$err" '只读'
run import "$T/readonly.mingbai" "$T/data.csv"
is "nor imported into" "$status" 77
is "it is as it was" "$(sha256sum <"$T/readonly.mingbai")" "$sum"

# Locked by another window.
cp "$good" "$T/locked.mingbai"
sum=$(sha256sum <"$T/locked.mingbai")
mkfifo "$T/pipe"
sqlite3 "$T/locked.mingbai" <"$T/pipe" >"$T/locked" &
exec 3>"$T/pipe"
printf "BEGIN EXCLUSIVE;\nSELECT 'held';\n" >&3
tries=0
while [ ! -s "$T/locked" ] && [ $tries -lt 50 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
run set "$T/locked.mingbai" --unit 140581001001 --item 00.01 --note x
is "a locked file is busy" "$status" 75
like "with a sentence" "$err" '另一个|正在|占用'
run units "$T/locked.mingbai"
is "also for reading" "$status" 75
printf 'ROLLBACK;\n' >&3
exec 3>&-
wait
is "it is as it was" "$(sha256sum <"$T/locked.mingbai")" "$sum"
run set "$T/locked.mingbai" --unit 140581001001 --item 00.01 --note x
is "and can be written again afterwards" "$status" 0

# A file that may not grow, as a full disk: a sentence, nothing stored, no journal left for later.
cp "$good" "$T/full.mingbai"
sum=$(sha256sum <"$T/full.mingbai")
awk 'BEGIN { print "unit,item,event_on,title"
  for (i = 0; i < 9000; i++) printf "140581001001,19.05,2026-%02d-%02d,第%d号\n", 1 + i % 9, 1 + i % 28, i }' >"$T/9000.csv"
(ulimit -f 4000 && "$MINGBAI" import "$T/full.mingbai" "$T/9000.csv" >"$T/.out" 2>"$T/.err")
is "a file that may not grow is an I/O error, not a signal" "$?" 74
like "with a sentence" "$(cat "$T/.err")" '撤回'
is "it is as it was" "$(sha256sum <"$T/full.mingbai")" "$sum"
ok "and whole without a journal" test ! -e "$T/full.mingbai-journal"

# A record that names an item which is not there: every command ends with the same sentence.
cp "$good" "$T/item.mingbai"
"$MINGBAI" import "$T/item.mingbai" "$T/9000.csv" --quiet
sqlite3 "$T/item.mingbai" 'UPDATE record SET item = 100000 WHERE no = (SELECT max(no) FROM record)'
for c in summary todo export "export --what slots"; do
  run $c "$T/item.mingbai"
  like "$c: a damaged workbook" "$status $err" '^65 .*已损坏'
done

# Results never replace a workbook: not this one under any name, nor another.
cp "$good" "$T/own.mingbai"
cp "$good" "$T/other.mingbai"
sum=$(sha256sum <"$good")
ln "$T/own.mingbai" "$T/own.csv"
for target in own.mingbai ./own.mingbai other.mingbai own.csv; do
  run export "$T/own.mingbai" -o "$T/$target"
  like "export does not write over $target" "$status $err" '^73 .*台账'
  run summary "$T/own.mingbai" --format csv -o "$T/$target"
  is "nor does summary" "$status" 73
done
is "they are as they were" "$(sha256sum <"$T/own.mingbai") $(sha256sum <"$T/other.mingbai")" "$sum $sum"
done_testing
