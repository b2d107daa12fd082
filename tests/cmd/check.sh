#!/bin/sh
# mingbai check: the definitions that come with the program, a county's own, and a workbook.
. "${srcdir:-.}/tests/lib.sh"

run check --catalogue
is "the shipped definitions are clean" "$status$err" 0
is "said in one line" "$(printf '%s\n' "$out" | wc -l | tr -d ' ')" 1
like "with counts" "$out" '26 个领域，600 项'
run check --catalogue --json
is "as JSON" "$(json_get "$out" '$.schema')" mingbai.findings/1
is "nothing found" "$(json_get "$out" '$.findings[0].id')" ""

# ---- another folder, with one fault of each kind
mkdir -p "$T/data/checklists/domains" "$T/data/checklists/calendar" "$T/data/templates"
cp "$MINGBAI_DATA"/checklists/domains/*.cfg "$T/data/checklists/domains"
cp "$MINGBAI_DATA"/checklists/calendar/*.cfg "$T/data/checklists/calendar"
cp "$MINGBAI_DATA"/templates/*.cfg "$T/data/templates"
run check --catalogue "$T/data"
is "a copy is clean" "$status" 0
f=$T/data/checklists/domains/19-social-assistance.cfg
sed -i -e '0,/cadence = "standing"/s//cadence = "weekly"/' -e 's/id = "19.03"/id = "19.01"/' \
  -e 's/date = "2019-04-30"/date = "2019-04-31"/' -e '0,/n = 10;/s//n = "10";/' -e 's/  slug = .*/&\n  colour = "red";/' \
  -e '0,/    personal = "none";/s///' "$f"
printf 'edition "2026-08";\n' >"$T/data/checklists/domains/20-elderly-care.cfg"
sed -i '1i @include "/etc/passwd"' "$T/data/checklists/domains/21-household-registration.cfg"
run check --catalogue "$T/data"
is "faults are found" "$status" 1
at() { grep -n "$1" "$f" | head -n 1 | cut -d: -f1; }
like "an unknown key" "$out" "19-social-assistance.cfg:$(at colour): domain.colour: 错误：.*\[conf.unknown-key\]"
like "a wrong type" "$out" "19-social-assistance.cfg:$(at 'n = "10"'): items\[0\].deadline.within.n: 错误：应当是整数.*\[conf.type\]"
like "a missing field" "$out" "19-social-assistance.cfg:[0-9]+: items\[0\].personal: 错误：缺少.*\[conf.missing\]"
like "a duplicate id" "$out" "19-social-assistance.cfg:[0-9]+: items\[2\].id: 错误：.*19.01.*\[catalogue.duplicate\]"
like "a bad date" "$out" "19-social-assistance.cfg:$(at 2019-04-31): domain.guideline.date: 错误：.*\[conf.value\]"
like "a wrong enumeration value" "$out" "19-social-assistance.cfg:$(at weekly): items\[0\].deadline.cadence: 错误：.*standing、event.*\[conf.value\]"
like "a syntax error" "$out" "20-elderly-care.cfg:1: 错误：.*\[conf.syntax\]"
like "an include outside the folder" "$out" "21-household-registration.cfg:1: 错误：.*\[conf.include\]"
is "and nothing else" "$(printf '%s\n' "$out" | grep -c '错误：')" 8
run check --catalogue "$T/data" --json
json "the same as JSON" "$out"
is "with its exit status" "$status" 1
like "and the line as a number" "$out" '"severity":"error","file":"[^"]*20-elderly-care.cfg","line":1'
run items
is "the shipped ones are untouched" "$status" 0
run check --catalogue "$T/nosuch"
is "a missing folder is found" "$status" 1

# ---- a county's tailoring
run check --catalogue --tailoring "$src/checklists/tailoring.cfg.example"
is "the example of a tailoring is clean" "$status" 0
printf 'within = ( { id = "19.05"; n = 30; unit = "workdays"; } );\n' >"$T/t.cfg"
run check --catalogue --tailoring "$T/t.cfg"
is "a warning alone is no failure" "$status" 0
like "but it is told" "$out" 't.cfg:1: within\[0\]: 注意：.*\[tailoring.laxer\]'
printf '# mine\ndrop = ( { id = "19.77"; reason = "x"; } );\n' >"$T/t.cfg"
run check --catalogue --tailoring "$T/t.cfg"
is "an unknown item in it is" "$status" 1
like "with its place" "$out" 't.cfg:2: drop\[0\].id: 错误：.*19.77'
printf 'tailoring = "t.cfg";\n' >"$T/mingbai.cfg"
run check --catalogue --config "$T/mingbai.cfg"
is "the settings' tailoring is checked too" "$status" 1
printf 'telefone = "110";\n' >"$T/mingbai.cfg"
run check --catalogue --config "$T/mingbai.cfg"
is "so are the settings" "$status" 1
like "with their place" "$out$err" 'mingbai.cfg:1: telefone: 错误：'

# ---- a workbook
rm "$T/mingbai.cfg"
"$MINGBAI" init "$T/a.mingbai" --divisions "$src/examples/140581.csv" >/dev/null
"$MINGBAI" set "$T/a.mingbai" --unit 140581001001 --item 19.05 --event 2026-09-21 >/dev/null
run check "$T/a.mingbai"
is "a new workbook is whole" "$status" 0
like "said with counts" "$out" '354 个单位，1 条记录'
like "rows that nobody has seen are notes" "$out" '19\.10: 提示：.*待核.*\[catalogue.unverified\]'
unlike "items that nobody is asked for are not" "$out" ' 07\.07: '
run check "$T/a.mingbai" --json
json "the same as JSON" "$out"
like "each with what to do" "$out" '"id":"catalogue.unverified","severity":"note",.*"path":"19.10",.*"advice":"[^"]+"'
run check "$T/a.mingbai" -q
unlike "quiet leaves the notes out" "$out" '提示'
"$MINGBAI" set "$T/a.mingbai" --unit 140581001001 --item 19.05 --event 2026-09-21 --published 2062-09-23 >/dev/null
run check "$T/a.mingbai" -q --on 2026-10-20
like "a day that has not come is a warning" "$status $out" '^0 .*published_on: 注意：.*2062-09-23.*\[record.future\]'
run check "$T/a.mingbai" -q --on 2062-09-23
unlike "on that day it is none" "$out" 'record.future'
sqlite3 "$T/a.mingbai" 'UPDATE record SET event_on = event_on - 1'
run check "$T/a.mingbai"
is "a value changed behind the history's back is an error" "$status" 1
like "that is told as one" "$out" '错误：'
unlike "and then nothing is called whole" "$out" '台账完好'
"$MINGBAI" init "$T/c.mingbai" --divisions "$src/examples/140581.csv" >/dev/null
sqlite3 "$T/c.mingbai" "UPDATE item SET within_n = within_n + 1 WHERE id = '19.05'"
run check "$T/c.mingbai" -q
is "a time limit changed in the catalogue is an error" "$status" 1
like "that names the catalogue" "$out" '错误：.*标准目录.*\[wb.catalogue\]'
run check
is "without a file" "$status" 2
like "the two ways are named" "$err" '--catalogue'
run check "$T/a.mingbai" --tailoring "$T/t.cfg"
is "tailoring belongs to --catalogue" "$status" 2
run check "$T/nosuch.mingbai"
is "a missing workbook" "$status" 66
done_testing
