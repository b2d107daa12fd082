#!/bin/sh
# mingbai todo: overdue, due soon, to be taken down, to be confirmed.  The numbers are counted by hand.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/small.sh"
set_() { "$MINGBAI" --on 2026-10-20 set "$wb" --unit "$@" >/dev/null || echo "Bail out! set $*"; }
todo() { run --on 2026-10-20 todo "$wb" "$@"; }
counts() { printf '%s\n' "$out" | head -n 1; }

# ---- a workbook without records, one village: three quarters of 19.03 are overdue, the fourth pending;
# 19.02 is to be confirmed for the present quarter and the last, 19.01 for the present one
todo --unit 丙村
is "todo" "$status$err" 0
is "counts on top; ten work days from 2026-10-20" "$(counts)" \
  "截至2026-10-20：已逾期 3，即将到期 0（到2026-11-03），公示期满应撤下 0，待确认 3"
like "overdue: day, unit with its township, item, period" "$out" '^  2026-03-31  东城街道 丙村  19\.03 资金使用  2026Q1$'
like "and why" "$out" '^ +未规定期后天数，以2026年第3季度末为限，到期2026-09-30$'
is "oldest first" "$(printf '%s\n' "$out" | grep -oE '^  2026-[0-9-]+' | tr -d '\n')" "  2026-03-31  2026-06-30  2026-09-30"
like "to be confirmed: counted by unit, domain and period" "$out" '^  东城街道 丙村  19 社会救助  2026Q3 1项，2026Q4 2项$'
todo --unit 丙村 --until 2026-12-31
like "a later day shows what is due until then" "$(counts)" '即将到期 1（到2026-12-31）'
like "with its period" "$out" '^  2026-12-31  东城街道 丙村  19\.03 资金使用  2026Q4$'
todo --unit 丙村 --until 2026-12-30
like "not what is due after it" "$(counts)" '即将到期 0'
todo --unit 丙村 --all
is "each to be confirmed with --all" "$(printf '%s\n' "$out" | grep -cE '^  东城街道 丙村  19\.0[12] ')" 3
todo
like "the county: 9 and 18 overdue, 2 due, 16 to confirm" "$(counts)" '已逾期 27，即将到期 2（.*待确认 16$'
todo --domain 20
like "one domain, by number" "$(counts)" '已逾期 18，即将到期 2（.*待确认 0$'
todo --domain 养老服务 --unit 北城街道
like "or by name, of one township" "$(counts)" '已逾期 9，即将到期 1（.*待确认 0$'

# ---- events
set_ 甲村 --item 19.02 --event 2026-10-10 --title 待公开名单  # due 2026-10-23
set_ 甲村 --item 19.02 --event 2026-09-21 --title 逾期名单    # due 2026-10-12
set_ 甲村 --item 19.02 --event 2024-01-31 --title 旧名单      # due 2024-02-19, long ago, still open
todo --unit 甲村
like "an event due soon" "$out" '^  2026-10-23  北城街道 甲村  19\.02 对象名单“待公开名单”$'
like "an event overdue explains itself" "$out" '10个工作日，自2026-09-21起（当日不计），扣除9-25、10-01至10-07，补班10-10计入，到期2026-10-12'
like "an event left open long ago is not forgotten" "$out" '^  2024-02-19  北城街道 甲村  19\.02'
like "an event of the quarter leaves nothing to confirm in it" "$out" '^  北城街道 甲村  19 社会救助  2026Q3 1项，2026Q4 1项$'

# ---- published, none, taken down
set_ 甲村 --item 19.02 --event 2026-10-10 --title 待公开名单 --published 2026-10-12 # notice until 2026-10-19
todo --unit 甲村
like "published: its notice period is over on the day after" "$out" '^  2026-10-19  北城街道 甲村  19\.02 对象名单“待公开名单”$'
like "with the way there" "$out" '公示7日，自2026-10-12起（当日不计），到期2026-10-19'
like "and counted" "$(counts)" '公示期满应撤下 1'
run --on 2026-10-19 todo "$wb" --unit 甲村
like "not on its last day" "$(counts)" '公示期满应撤下 0'
set_ 甲村 --item 19.02 --event 2026-10-10 --title 待公开名单 --removed 2026-10-20
todo --unit 甲村
like "nor when taken down" "$(counts)" '公示期满应撤下 0'
set_ 丙村 --item 19.02 --period 2026Q3 --none 本季没有对象
set_ 丙村 --item 19.01 --published 2026-07-01
todo --unit 丙村
like "said none and put up: one is left" "$out" '^  东城街道 丙村  19 社会救助  2026Q4 1项$'
set_ 丙村 --item 19.03 --period 2026Q1 --published 2026-04-20
todo --unit 丙村
like "published late is no longer overdue" "$(counts)" '已逾期 2'

# ---- JSON
todo --unit 丙村 --json
is "JSON" "$status$err" 0
like "schema, days and counts" "$out" '^\{"schema":"mingbai.todo/1","on":"2026-10-20","until":"2026-11-03","counts":\{"overdue":2,"due":0,"takedown":0,"confirm":1\},'
like "an entry" "$out" '\{"unit":"140581002001","name":"丙村","item":"19\.03","item_name":"资金使用","period":"2026Q2","due":"2026-06-30","explain":"'
like "confirm by domain" "$out" '\{"unit":"140581002001","name":"丙村","domain":"19","domain_name":"社会救助","count":1\}'
todo --unit 丙村 --json --all
like "or each" "$out" '"confirm":\[.*'
like "with its period" "$out" '"item":"19\.02","item_name":"对象名单","period":"2026Q4","explain":"'

todo --unit 甲村 --json
like "an event names its title" "$out" '"due":"2026-10-12","record":[0-9]+,"title":"逾期名单","explain":"'

# ---- what cannot be asked
before=$(cksum <"$wb")
todo --until 2026-10-19
is "a day before today" "$status" 2
todo --until 2028-01-01
is "a day too far" "$status" 2
todo --until 明天
is "a day that is none" "$status" 2
todo --domain 99
is "a domain that is none" "$status" 65
todo --unit 没有
is "a unit that is none" "$status" 65
is "the workbook is as it was" "$(cksum <"$wb")" "$before"
done_testing
