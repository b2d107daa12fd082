#!/bin/sh
# make bench: what the everyday jobs cost, in CPU time and peak memory, all in one run.
#
# The county is the example's, cut to 300 villages, with 300 slots a village.  Beside our own figures stand two
# of other programs on the same files, so that a figure means something on any machine: the sqlite3 shell counting
# the same records, and the bare start of a process.  Nothing here asserts a time: machines are shared.
# Needs: MINGBAI, MEASURE (tests/bench/measure), MINGBAI_DATA, srcdir; the sqlite3 shell for the data.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
divisions=$srcdir/examples/140581.csv
on=2026-10-20 period=2026Q3
MINGBAI_PERSON=bench
export MINGBAI_PERSON

command -v sqlite3 >/dev/null || { echo "make bench needs the sqlite3 shell (Debian: sqlite3)" >&2; exit 1; }

# cost NAME DIVISOR COMMAND...: CPU time (and by DIVISOR), peak memory, against the bare process start.
cost() {
  name=$1 divisor=$2
  shift 2
  "$MEASURE" "$@" 3>"$work/cost" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
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
cost "a process that does nothing (true)" 1 true >/dev/null
cost "mingbai --version: the bare start" 1 "$MINGBAI" --version
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
awk 'BEGIN { print "code,name,level,parent"; c = "370481000000"; print c ",某市,county,"
  for (t = 1; t <= 21; t++) { town = sprintf("370481%03d000", t); print town ",第" t "镇,township," c
    for (v = 1; v <= (t <= 4 ? 57 : 56); v++) printf "370481%03d%03d,第%d镇%d村,village,%s\n", t, 200 + v, t, v, town } }' > "$work/large.csv"
"$MINGBAI" init "$work/large.mingbai" --divisions "$work/large.csv" --on $on --quiet >/dev/null
interface() { cost "$1" 1 -t "$MINGBAI" "$work/large.mingbai" --on $on; }
interface "interface to the first screen, 1,180 villages"
records "$work/large.mingbai" 1 1000000 > "$work/large-records.csv"
"$MINGBAI" import "$work/large.mingbai" "$work/large-records.csv" --on $on --quiet >/dev/null
interface "  the same with $(($(wc -l < "$work/large-records.csv") - 1)) records"
