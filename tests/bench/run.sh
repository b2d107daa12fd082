#!/bin/sh
# make bench: what the everyday jobs cost, in CPU time and peak memory, all in one run.
#
# The county is the example's, cut to 300 villages, with 300 slots a village.  Beside our own figures stand two
# of other programs on the same files, so that a figure means something on any machine: the sqlite3 shell counting
# the same records, and the bare start of a process.  Nothing here asserts a time: machines are shared.
# Needs: MINGBAI, MEASURE (tests/bench/measure; beside it bare, and tests/pty/pty), MINGBAI_DATA, srcdir; the sqlite3
# shell for the data; valgrind, if it is there, counts instructions.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
divisions=$srcdir/examples/140581.csv
on=2026-10-20 period=2026Q3
MINGBAI_PERSON=bench
export MINGBAI_PERSON

BARE=${BARE:-${MEASURE%/*}/bare} PTY=${PTY:-${MEASURE%/*}/../pty/pty} # where the build puts them
for program in "$BARE" "$PTY"; do
  [ -x "$program" ] || { echo "make bench needs $program: make tests/bench/bare tests/pty/pty" >&2; exit 1; }
done
command -v sqlite3 >/dev/null || { echo "make bench needs the sqlite3 shell (Debian: sqlite3)" >&2; exit 1; }

# cost NAME DIVISOR COMMAND...: CPU time (and by DIVISOR), peak memory, against the bare process start; of what is
# short the least of several runs.
cost() {
  name=$1 divisor=$2
  shift 2
  for run in $runs; do
    "$MEASURE" "$@" 3>"$work/cost.$run" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
  done
  sort -n "$work"/cost.* | head -n 1 > "$work/cost"
  rm "$work"/cost.*
  awk -v name="$name" -v n="$divisor" -v base="${base:-0}" '{
    each = n > 1 ? sprintf("%8.2f", $1 / n) : "       -"
    ratio = base > 0 ? sprintf("%8.0f", $1 / base) : "       -"
    printf "%-52s %9.1f %s %9.1f %s\n", name, $1, each, $2 / 1024, ratio }' "$work/cost"
}

# records CSV: for every village each standing item once, each recurring item once, each event item EVENTS times.
records() { # WORKBOOK EVENTS LIMIT
  sqlite3 -separator '|' "$1" \
    "SELECT u.code, i.id, i.cadence FROM unit u, item i WHERE u.level = 'village' AND i.levels LIKE '%village%'
       AND i.mode = '主动' AND i.superseded_by IS NULL AND i.same_as IS NULL ORDER BY u.no, i.no" |
    awk -F'|' -v events="$2" -v limit="$3" '
      BEGIN { print "unit,item,period,event_on,published_on,channels,title"
              split("monthly quarterly halfyear annual", c, " "); split("2026-07 2026Q3 2026H2 2026", p, " ")
              for (i in c) period[c[i]] = p[i] }
      n >= limit { exit }
      $3 == "standing" { print $1 "," $2 ",,,2026-03-02,村公示栏,"; n++; next }
      $3 in period { print $1 "," $2 "," period[$3] ",,2026-09-28,村公示栏,"; n++; next }
      { for (k = 1; k <= events && n < limit; k++) { printf "%s,%s,,2026-07-%02d,2026-07-%02d,村公示栏,第%d次\n", $1, $2, 10 + k, 11 + k, k; n++ } }'
}

head -n 1 "$divisions" > "$work/units.csv"
awk -F, 'NR > 1 && ($3 != "village" || n++ < 300)' "$divisions" >> "$work/units.csv"
county() { rm -f "$work/county.mingbai"; "$MINGBAI" init "$work/county.mingbai" --divisions "$work/units.csv" --on $on --quiet >/dev/null; }

printf '%-52s %9s %8s %9s %8s\n' "job" "CPU ms" "each" "peak MB" "x start"
often="1 2 3 4 5 6 7 8 9"
runs=$often
cost "mingbai --version: the bare start" 1 "$MINGBAI" --version
runs=1
base=$(cut -d' ' -f1 "$work/cost")

county
records "$work/county.mingbai" 1 20000 > "$work/20000.csv"
cost "import of 20,000 records" 1 "$MINGBAI" import "$work/county.mingbai" "$work/20000.csv" --on $on --quiet
county
records "$work/county.mingbai" 3 1000000 > "$work/all.csv"
"$MINGBAI" import "$work/county.mingbai" "$work/all.csv" --on $on --quiet >/dev/null
slots=$("$MINGBAI" summary "$work/county.mingbai" --period $period --on $on --format csv --by village |
  awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "slots") c = i; next } { s += $c } END { print s }')
echo "  (300 villages, $(($(wc -l < "$work/all.csv") - 1)) records, $slots slots with those of county and townships)"
cost "summary by village and domain: 300 x 26" 1 "$MINGBAI" summary "$work/county.mingbai" --period $period --on $on --by village --by domain --format csv
cost "summary by township" 1 "$MINGBAI" summary "$work/county.mingbai" --period $period --on $on --format csv
cost "  sqlite3 shell: count per unit and item" 1 sqlite3 "$work/county.mingbai" \
  "SELECT unit, item, count(*), sum(published_on IS NOT NULL), sum(published_on > event_on + 28) FROM record GROUP BY unit, item"

villages=$(awk -F, '$3 == "village" { print "--unit " $1 }' "$work/units.csv" | tr '\n' ' ')
# shellcheck disable=SC2086 # a list of words
cost "300 board sheets as 300 files" 300 "$MINGBAI" sheet "$work/county.mingbai" --kind board --domain 19 --period $period --on $on $villages -o "$work/sheets" --quiet
ls -l "$work/sheets" | awk '$5 > 0 { n++; s += $5; if ($5 > m) m = $5 } END { printf "  (%d files, mean %.1f KB, largest %.1f KB)\n", n, s / n / 1024, m / 1024 }'
# shellcheck disable=SC2086
cost "300 board sheets as one file" 300 "$MINGBAI" sheet "$work/county.mingbai" --kind board --domain 19 --period $period --on $on $villages -o "$work/all.pdf" --quiet
ls -l "$work/all.pdf" | awk '{ printf "  (%.1f KB, %.2f KB a sheet)\n", $5 / 1024, $5 / 1024 / 300 }'

# The interface on the largest county known, 1,180 villages in 21 townships (names made up, sizes real).
XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
export XDG_STATE_HOME XDG_CONFIG_HOME
mkdir -p "$work/state/mingbai" && : > "$work/state/mingbai/tour" # not the first run
awk 'BEGIN { print "code,name,level,parent"; c = "370481000000"; print c ",某市,county,"
  for (t = 1; t <= 21; t++) { town = sprintf("370481%03d000", t); print town ",第" t "镇,township," c
    for (v = 1; v <= (t <= 4 ? 57 : 56); v++) printf "370481%03d%03d,第%d镇%d村,village,%s\n", t, 200 + v, t, v, town } }' > "$work/large.csv"
"$MINGBAI" init "$work/large.mingbai" --divisions "$work/large.csv" --on $on --quiet >/dev/null
cp "$work/large.mingbai" "$work/empty.mingbai"
runs=$often
cost "bare curses, one query, one screen" 1 -t "$BARE" "$work/large.mingbai"
interface() { cost "$1" 1 -t "$MINGBAI" "$work/large.mingbai" --on $on; }
interface "interface to the first screen, 1,180 villages"
records "$work/large.mingbai" 1 1000000 > "$work/large-records.csv"
"$MINGBAI" import "$work/large.mingbai" "$work/large-records.csv" --on $on --quiet >/dev/null
interface "  the same with $(($(wc -l < "$work/large-records.csv") - 1)) records"

# What a key costs: a session in a terminal of its own (tests/pty), each line of which is a kind of key.  To the
# screen: until the screen that answers the key is written.  With all: and what is counted after that is done.
awk 'BEGIN { for (i = 0; i < 170; i++) { for (k = 0; k < 20; k++) printf "为做好最低生活保障工作，"; printf "\\n" } }' > "$work/body"
awk 'NR == FNR { body = $0; next } /^paste/ { i = index($0, "BODY"); $0 = substr($0, 1, i - 1) body substr($0, i + 4) } { print }' \
  "$work/body" "$srcdir/tests/bench/session.keys" > "$work/session.keys"
echo wait > "$work/counted.keys"

# play COUNTY KEYS: what the steps cost to $work/costs, on a copy of the county.
play() {
  cp "$work/$1.mingbai" "$work/played.mingbai"
  "$PTY" -c "$work/costs" -i 3 "$2" "$work/screens" -- "$MINGBAI" "$work/played.mingbai" --on $on 2>"$work/err" ||
    [ $? -eq 143 ] || { cat "$work/err" >&2; exit 1; }
}
memory() { # NAME
  awk -v name="$1" '$1 == "idle" { idle = sprintf("%d bytes, %.1f ms CPU, woken %d times", $2, $3 / 1000, $4); next }
    $6 > most { most = $6; own = $7 }
    END { printf "%-52s %9.1f MB resident at most, %.1f its own; 3 s without a key: %s\n", name, most / 1024, own / 1024, idle }' \
    "$work/costs"
}
table() {
  printf '%-52s %5s %9s %9s %9s %8s\n' "key, to the screen" "keys" "CPU ms" "worst" "with all" "bytes"
  awk 'NR == FNR { if (/^[^#].*# /) { name[FNR] = $0; sub(/.*# /, "", name[FNR]); last = FNR }; next }
    $1 == "idle" { next }
    { n[$2]++; bytes[$2] += $3; all[$2] += $4; shown[$2] += $5; if ($5 > worst[$2]) worst[$2] = $5
      if ($5 <= 3000) within++
      steps++ }
    END { for (i = 1; i <= last; i++) if (n[i] && i in name)
            printf "  %-50s %5d %9.2f %9.2f %9.2f %8d\n", name[i], n[i], shown[i] / n[i] / 1000, worst[i] / 1000,
              all[i] / n[i] / 1000, bytes[i] / n[i]
          printf "  (%d of %d keys within 3 ms)\n", within, steps }' "$srcdir/tests/bench/session.keys" "$work/costs"
}
echo
play empty "$work/counted.keys"
memory "all counted, 1,180 villages"
play large "$work/counted.keys"
memory "  the same with the records"
play large "$work/session.keys"
memory "  and every view visited"
table

# Instructions, which no other work on the machine disturbs.  Without a terminal, left by Ctrl-Q; of a key the
# difference between many of them and none.
command -v valgrind >/dev/null || { echo "  (instructions: needs valgrind)"; exit 0; }
instructions() { # KEYS, a line of a script
  echo "$1 C-q" > "$work/count.keys"
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$MINGBAI" "$work/played.mingbai" --on $on \
    --keys "$work/count.keys" --dump /dev/null 2>&1 | awk '/Collected/ { print $4 }'
}
each() { # NAME BEFORE KEY: between 10 and 60 of them
  few=$(instructions "$2 $3*10") many=$(instructions "$2 $3*60")
  awk -v name="$1" -v few="$few" -v many="$many" 'BEGIN { printf "  %-50s %9.3f\n", name, (many - few) / 50 / 1e6 }'
}
echo
printf '%-52s %9s\n' "callgrind, with the records" "million"
instructions "" | awk '{ printf "  %-50s %9.3f\n", "start, first screen, end", $1 / 1e6 }'
each "Down in the day's work" "Home" Down
each "Down in the units" "C-u" Down
each "Down in the summary" "F4" Down
village='C-u Home Down Enter Down Enter "19" Enter'
each "Down in the items" "$village" Down
each "a character in a form" "$village \"05\" Enter F7 Tab*5" x
each "a character in the search" "F3" x
