#!/bin/sh
# mingbai units: the tree, its counts and filters.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
"$MINGBAI" init "$wb" --divisions "$src/examples/140581.csv" >/dev/null
"$MINGBAI" set "$wb" --unit 140581001001 --item 19.05 --event 2026-09-21 >/dev/null

run units "$wb"
is "fine" "$status$err" 0
like "the county stands at the margin" "$out" '^140581000000 +高平市 +县级 +下级 353'
like "a township is indented" "$out" '^  140581001000 +北城街道 +乡级 +下级 30'
like "a village more, with its records" "$out" '^    140581001001 +城西社区居委会 +村级 +记录 1$'
like "the number of lines is told" "$out" '^共 354 个单位'
run units "$wb" --level 乡级
is "one level" "$(printf '%s\n' "$out" | grep -c 乡级)" 15
unlike "and no other" "$out" '村级'
run units "$wb" --unit 北城街道 --level village --json
is "below one unit" "$(printf '%s\n' "$out" | grep -c '"level":"village","parent":"140581001000"')" 30
json "valid JSON" "$out"
is "of a known schema" "$(json_get "$out" '$.schema')" mingbai.units/1
run units "$wb" --unit 北城
is "an unknown unit" "$status" 65
like "with its near ones" "$err" '140581001000 北城街道'
run units "$wb" --level nosuch
is "an unknown level is a usage error" "$status" 2
done_testing
