#!/bin/sh
# The main job on a real county, 高平市 (140581): a workbook for its townships and villages, sample records from a
# spreadsheet, sheets for the village boards, and the county's rates.  Everything lands in demo/.
# The records are invented; the persons in them are called 某示例甲 so that nobody takes them for real.
# Run by ./bootstrap demo, or from the top of a built tree.
set -eu
mingbai=${MINGBAI:-./mingbai}
examples=$(dirname "$0")
MINGBAI_PERSON=${MINGBAI_PERSON:-演示}
export MINGBAI_PERSON
day=2026-10-20 period=2026Q3 # a fixed day, so that the figures are the same for everybody
villages="140581001001 140581101202 140581103201"

rm -rf demo
mkdir demo
cp "$examples/mingbai.cfg" demo/
book=demo/高平市.mingbai
say() { printf '\n== %s\n' "$*"; }

say "建立台账：高平市的乡镇和村"
"$mingbai" init "$book" --divisions "$examples/140581.csv" --on $day
say "导入示例记录"
"$mingbai" import "$book" "$examples/140581-records.csv" --on $day
say "打印：三个村的公示、公开栏页、索引页"
for v in $villages; do
  "$mingbai" sheet "$book" --kind notice --unit $v --item 19.05 --on $day -o demo
  "$mingbai" sheet "$book" --kind board --unit $v --domain 19 --period $period --on $day -o demo
  "$mingbai" sheet "$book" --kind index --unit $v --period $period --on $day -o demo
done
say "打印：全部村的公开栏页，合成一个文件"
"$mingbai" sheet "$book" --kind board --level village --domain 19 --period $period --on $day -o demo/全部村-社会救助-$period.pdf
say "全市汇总，按乡镇"
"$mingbai" summary "$book" --period $period --by township --on $day
say "其中一个村，按领域"
"$mingbai" summary "$book" --period $period --unit 140581001001 --by domain --on $day --quiet

say "做出的文件"
ls demo | sed 's|^|  demo/|'
printf '\n打开终端界面：\n  %s %s\n' "$mingbai" "$book"
