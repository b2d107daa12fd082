#!/bin/sh
# The printed files as other programs see them: rare characters of place names in every role, fonts, the QR
# code, the same bytes each time, and a county's sheets in one file.
. "${srcdir:-.}/tests/lib.sh"
for tool in pdftotext pdffonts pdftoppm pdfinfo qpdf zbarimg; do
  command -v $tool >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 0; }
done

# 莫𡐓村 is a village of Shandong; the others stand for plane 2 (𣒍 𡌶), the end of the first block (鿿) and
# extension A (䶮).
cat >"$T/divisions.csv" <<'END'
code,name,level,parent
140581000000,高平市,county,
140581103000,𣒍鿿镇,township,140581000000
140581103201,莫𡐓村委会,village,140581103000
140581103202,䶮𡌶村委会,village,140581103000
140581103203,塬堌垴村委会,village,140581103000
END
echo 'url = "https://www.example.gov.cn/zwgk/{unit}/{domain}";' >"$T/mingbai.cfg"
wb=$T/a.mingbai
"$MINGBAI" init "$wb" --divisions "$T/divisions.csv" >/dev/null

sheet() { # OUTPUT OPTIONS…
  output=$1
  shift
  run sheet "$wb" --config "$T/mingbai.cfg" --on 2026-10-20 --period 2026Q3 "$@" -o "$output"
}

pdf_text() { pdftotext -layout "$@" -; }
pdf_qr() { # FILE PAGE
  pdftoppm -r 150 -f "$2" -l "$2" -singlefile -png "$1" "$T/page" &&
    zbarimg -q --raw -Sdisable -Sqrcode.enable "$T/page.png" 2>/dev/null
}
# Fonts that are not embedded, not subset, or cannot be copied out.
pdf_bad_fonts() { pdffonts "$1" | sed 1,2d | grep -vE 'CID TrueType +Identity-H +yes yes yes'; }

sheet "$T/board.pdf" --kind board --unit 莫𡐓村委会 --domain 19
is "a board is printed" "$status" 0
text=$(pdf_text "$T/board.pdf")
like "the village's name copies out whole" "$text" '莫𡐓村'
like "and the town's" "$text" '𣒍鿿镇'
ok "qpdf finds no fault" qpdf --check "$T/board.pdf"
is "every font is embedded, subset, and has ToUnicode" "$(pdf_bad_fonts "$T/board.pdf")" ""
last=$(pdfinfo "$T/board.pdf" | sed -n 's/^Pages: *//p')
is "the QR code is read at 150 dpi" "$(pdf_qr "$T/board.pdf" "$last")" \
  "https://www.example.gov.cn/zwgk/140581103201/19"
unlike "no date is in the file" "$(strings "$T/board.pdf" 2>/dev/null || cat -v "$T/board.pdf")" CreationDate

sheet "$T/again.pdf" --kind board --unit 莫𡐓村委会 --domain 19
ok "the same bytes each time" cmp "$T/board.pdf" "$T/again.pdf"
size=$(wc -c <"$T/board.pdf")
ok "a sheet is small ($size bytes)" test "$size" -lt 130000

sheet "$T/all.pdf" --kind board --level village --domain 00
is "all villages in one file" "$status" 0
ok "of good form" qpdf --check "$T/all.pdf"
is "each face is embedded once" "$(pdffonts "$T/all.pdf" | sed 1,2d | awk '{ print $1 }' | sed 's/.*+//' | sort | uniq -d)" ""
text=$(pdf_text "$T/all.pdf")
for name in 莫𡐓村 䶮𡌶村 塬堌垴村; do like "with $name" "$text" "$name"; done

sheet "$T/folder/" --kind board --level village --domain 00
parts=0
for f in "$T"/folder/*.pdf; do parts=$((parts + $(pdfinfo "$f" | sed -n 's/^Pages: *//p'))); done
is "as many pages as in files of their own" "$(pdfinfo "$T/all.pdf" | sed -n 's/^Pages: *//p')" "$parts"
for f in "$T"/folder/*.pdf; do pdf_text "$f"; done >"$T/parts.txt"
pdf_text "$T/all.pdf" >"$T/all.txt"
ok "and the same text" cmp "$T/parts.txt" "$T/all.txt"
done_testing
