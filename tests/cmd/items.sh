#!/bin/sh
# mingbai items: domains, filters, one item whole, JSON, the workbook's own catalogue.
. "${srcdir:-.}/tests/lib.sh"

run items
is "fine" "$status$err" 0
is "26 domains" "$(printf '%s\n' "$out" | grep -cE '^[0-9]{2}  ')" 26
like "a domain with its counts" "$out" '^19 +社会救助 +13 +11 +13 +13 +1$'
like "the sums" "$out" '^合计 +600 +508 +177 +169 +264$'
run items --json
json "valid JSON" "$out"
is "of a known schema" "$(json_get "$out" '$.schema')" mingbai.items/1
is "the edition" "$(json_get "$out" '$.edition')" 2026-08
is "a domain's number" "$(json_get "$out" '$.domains[19].no')" 19
is "and what it asks of a village" "$(json_get "$out" '$.domains[19].asked.village')" 13

run items --domain 19
is "a domain's items" "$(printf '%s\n' "$out" | grep -cE '^ +19\.[0-9]{2}')" 13
like "under their first level" "$out" '^  最低生活保障$'
like "with name, limit and levels" "$out" '^    19\.01  政策法规文件 +制定或获取信息之日起10个工作日内 +县乡村$'
like "marked when nobody has seen the row" "$out" '19\.10 .*县乡村  待核$'
like "starred when some fields are open" "$out" '19\.08\* '
for d in 社会救助 social-assistance; do
  run items --domain "$d"
  is "the domain by $d" "$(printf '%s\n' "$out" | grep -cE '^ +19\.[0-9]{2}')" 13
done
run items --domain 19 --domain 20
is "two domains" "$(printf '%s\n' "$out" | grep -cE '^ +(19|20)\.[0-9]{2}')" 24
for d in 00 07 16 18 24; do
  run items --domain $d
  ok "domain $d fits 80 columns" test "$(printf '%s\n' "$out" | wc -L)" -le 80
done
run items --domain 07
like "superseded items are marked" "$out" '07\.02 .*已替代$'
run items --domain 00
like "so is what is filled under another item" "$out" '00\.39\* .*同19\.05$'
run items --level village --json
is "by level" "$(printf '%s\n' "$out" | grep -c '"id":')" 179
run items --unverified
like "by unverified rows" "$out" '^共 264 项，其中待核 264 项'
run items --unverified-fields
like "by open fields" "$out" '^共 219 项，其中待核 0 项'
run items --cadence halfyear --domain 00
is "by cadence" "$(printf '%s\n' "$out" | grep -cE '^ +00\.(03|07|09)')" 3
run items --cadence 每半年 --domain 00
is "also in Chinese" "$(printf '%s\n' "$out" | grep -cE '^ +00\.(03|07|09)')" 3

run items --item 19.05
like "one item: name" "$out" '^二级事项 +审核信息$'
like "limit" "$out" '^公开时限 +制定或获取信息之日起10个工作日内，公示7个工作日$'
like "how it is counted" "$out" '^时限算法 +逐次，10个工作日，从“制定或获取信息”算起$'
like "notice period" "$out" '^公示期 +7个工作日$'
like "levels" "$out" '^公开层级 +乡级、村级$'
ok "no line wider than 80 columns" test "$(printf '%s\n' "$out" | wc -L)" -le 80
run items --item １９．０５ --json
is "full-width digits, as JSON" "$(json_get "$out" '$.items[0].deadline.within.n')" 10

run items --domain 99
is "an unknown domain" "$status" 65
like "with a way on" "$err" '没有领域“99”.*mingbai items'
run items --item 19.77
is "an unknown item" "$status" 65
run items --level nosuch
is "an unknown level" "$status" 2
run items --cadence weekly
is "an unknown cadence" "$status" 2
run items "$T/nosuch.mingbai"
is "a missing workbook" "$status" 66

cat >"$T/tailoring.cfg" <<'CFG'
drop = ( { id = "19.01"; reason = "由市级公开"; } );
assign = ( { unit = "140581000000-D01"; domains = ["20"]; } );
CFG
"$MINGBAI" init "$T/a.mingbai" --divisions "$src/examples/140581.csv" --tailoring "$T/tailoring.cfg" >/dev/null
run items "$T/a.mingbai" --domain 19
like "a workbook's catalogue knows what the county dropped" "$out" '19\.01 .*本县不用$'
run items "$T/a.mingbai" --item 19.01
like "and why" "$out" '^本县不用 +由市级公开$'
run items "$T/a.mingbai" --level department
is "and what a department answers for" "$(printf '%s\n' "$out" | grep -cE '^ +20\.')" 11
done_testing
