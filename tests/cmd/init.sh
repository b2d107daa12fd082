#!/bin/sh
# mingbai init: division lists good and bad, the parts of a county, and what is never overwritten.
. "${srcdir:-.}/tests/lib.sh"
county=$src/examples/140581.csv

run init "$T/county.mingbai" --divisions "$county"
is "a county is made" "$status" 0
like "its units are counted by level" "$out" '县级 1，乡级 15，村级 338'
like "the edition and its items are named" "$out" '26 个领域，600 个事项'
is "the workbook belongs to its owner alone" "$(stat -c %a "$T/county.mingbai")" 600
before=$(sha256sum <"$T/county.mingbai")
run init "$T/county.mingbai" --divisions "$county"
is "an existing file is refused" "$status" 73
is "and is as it was" "$(sha256sum <"$T/county.mingbai")" "$before"

run init "$T/town.mingbai" --divisions "$county" --unit 140581001000 --json
is "one township is made" "$status" 0
like "as JSON" "$out" '"township":1,"village":30,'
run units "$T/town.mingbai" --json
like "it is the top" "$out" '"140581001000".*"parent":null'
unlike "the county is not in it" "$out" '140581000000"'
run init "$T/name.mingbai" --divisions "$county" --unit 北城街道
is "a township may be named" "$status" 0
run init "$T/no.mingbai" --divisions "$county" --unit 140581001001
is "a village has no workbook of its own" "$status" 65
run init "$T/no.mingbai" --divisions "$county" --unit 990000000000
is "an unknown unit is refused" "$status" 65
run init "$T/no.mingbai"
is "--divisions must be given" "$status" 2
run init "$T/no.mingbai" --divisions "$T/nosuch.csv"
is "a missing list is no input" "$status" 66
run init "$T/nosuch/no.mingbai" --divisions "$county"
is "a missing folder cannot take it" "$([ "$status" -eq 73 ] || [ "$status" -eq 66 ]; echo $?)" 0

# Every bad line is told at once, with line and column.
cat >"$T/bad.csv" <<'END'
code,name,level,parent
140581000000,高平市,county,
14058100100,北城街道,township,140581000000
140581002000,,township,140581000000
140581003000,南城街道,town,140581000000
140581004000,东城街道,township,140581999000
140581000000,又一个,county,
140581004001,某村,village,140581004000
140581004002,某县,county,140581004000
140581000000-D1,民政局,department,140581000000
END
run init "$T/no.mingbai" --divisions "$T/bad.csv"
is "a bad list is a data error" "$status" 65
for place in 3:.code 4:.name 5:.level 6:.parent 7:.code 9:.parent 10:.code; do
  like "bad line is told: $place" "$err" "bad\\.csv:$place"
done
unlike "a good line is not" "$err" 'bad\.csv:(2|8):'
is "no workbook, no temporary file is left" "$(ls -A "$T" | grep -cE '^no|tmp')" 0

# Children before parents, GB 18030, CRLF, a department, full-width digits, Chinese level names.
printf 'code,name,level,parent\r\n１４０５８１００１００１,莫𡐓村,村级,140581001000\r\n140581001000,北城街道,乡级,140581000000\r\n140581000000-D01,民政局,department,140581000000\r\n140581000000,高平市,县级,\r\n' |
  iconv -f UTF-8 -t GB18030 >"$T/gb.csv"
run init "$T/gb.mingbai" --divisions "$T/gb.csv"
is "a list in GB 18030 in any order is taken" "$status$err" 0
run units "$T/gb.mingbai"
like "rare characters arrive" "$out" '140581001001 +莫𡐓村'
like "departments are units" "$out" '140581000000-D01'

printf 'code,name,level\n140581000000,高平市,county\n' >"$T/short.csv"
run init "$T/no.mingbai" --divisions "$T/short.csv"
like "a missing column is named" "$status $err" '^65 .*parent'
printf 'code,name,level,parent\n' >"$T/empty.csv"
run init "$T/no.mingbai" --divisions "$T/empty.csv"
is "a list without units is refused" "$status" 65

printf 'nosuch = 1;\n' >"$T/tailoring.cfg"
run init "$T/no.mingbai" --divisions "$county" --tailoring "$T/tailoring.cfg"
like "a wrong tailoring file is a configuration error with its place" "$status $err" '^78 .*tailoring\.cfg:1'
done_testing
