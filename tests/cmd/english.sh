#!/bin/sh
# The English translation: po/en.po is whole, it covers the sources message for message, and the program
# speaks it when asked.  `UPDATE=1 tests/cmd/english.sh` takes new messages of the sources into po/en.po and drops
# those that are gone; the empty ones are then to be translated.
. "${srcdir:-.}/tests/lib.sh"
po=$src/po/en.po
if ! command -v msgfmt >/dev/null; then
  echo "1..0 # SKIP msgfmt is not installed"
  exit 0
fi

skip() { # NAME REASON
  tests=$((tests + 1))
  echo "ok $tests - $1 # SKIP $2"
}

# ---- the sources against po/en.po
# shellcheck disable=SC2317 # called through ok
extract() { # FILE: all messages of the sources
  (cd "$src" && find base batch checklists main.c templates tui -name '*.[ch]' | LC_ALL=C sort |
    xgettext -f - -L C --from-code=UTF-8 -k_ -kN_ --sort-output --no-location -o "$1")
}

ids() { # FILE: its msgids, one a line
  msgcat --no-wrap --no-location --sort-output "$1" 2>/dev/null |
    awk '/^msgid /{sub(/^msgid /, ""); id = $0; in_id = 1; next}
         /^msgstr /{if (in_id) print id; in_id = 0; next}
         in_id && /^"/{id = id $0}' | sort
}

if command -v xgettext >/dev/null; then
  ok "the messages of the sources can be collected" extract "$T/sources.pot"
  if [ -n "$UPDATE" ]; then
    msgmerge -q --no-fuzzy-matching --no-location --sort-output --width=120 "$po" "$T/sources.pot" |
      sed '/^"POT-Creation-Date:/d; /^"Report-Msgid-Bugs-To:/d' | msgattrib --no-obsolete --no-location --sort-output --width=120 -o "$T/en.po" &&
      cat "$T/en.po" >"$po"
  fi
  ids "$T/sources.pot" >"$T/sources"
  ids "$po" >"$T/translated"
  ok "they are many" test "$(wc -l <"$T/sources")" -gt 500
  is "none of them is missing in po/en.po" "$(comm -23 "$T/sources" "$T/translated")" ""
  is "and po/en.po has no others" "$(comm -13 "$T/sources" "$T/translated")" ""
else
  skip "po/en.po has the messages of the sources" "xgettext is not installed"
fi

# ---- po/en.po in itself; -c compares the directives of printf
mkdir -p "$T/locale/en/LC_MESSAGES"
said=$(LC_ALL=C msgfmt -c --statistics -o "$T/locale/en/LC_MESSAGES/mingbai.mo" "$po" 2>&1)
is "every message is translated, and printf's directives agree" \
  "$? $(printf '%s\n' "$said" | sed 's/^[0-9]* translated/all translated/')" "0 all translated messages."
is "nothing is doubtful or left behind, and no line numbers stand in it" "$(grep -nE '^#(,.*fuzzy|~|:)' "$po")" ""

# ---- the program; some C libraries do not translate in C.UTF-8, so gettext(1) is asked which locale does
TEXTDOMAINDIR=$T/locale MINGBAI_LOCALEDIR=$T/locale
export TEXTDOMAINDIR MINGBAI_LOCALEDIR
translating=
for locale in C.UTF-8 en_US.UTF-8 zh_CN.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$'); do
  if [ "$(LC_ALL=$locale LANGUAGE=en gettext mingbai 帮助 2>/dev/null)" = help ]; then
    translating=$locale
    break
  fi
done
if [ -z "$translating" ]; then
  skip "the program speaks English" "no installed UTF-8 locale translates messages"
  done_testing
fi
LC_ALL=$translating

wb=$T/a.mingbai
run init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 --on 2026-10-20
is "a workbook" "$status" 0
run set "$wb" --unit 140581001001 --item 19.05 --event 2026-09-21 --published 2026-09-23 --title 八月份 --on 2026-10-20
like "without a wish the words are Chinese" "$out" '10个工作日，自2026-09-21起'

everything() { # what programs read
  for c in 'summary --json' 'units --json' 'items --json' 'export --format csv' 'export --what history --format json'; do
    # shellcheck disable=SC2086 # a command and its options
    "$MINGBAI" $c "$wb" --on 2026-10-20
  done
}
everything >"$T/chinese"

LANGUAGE=zh_CN:en
export LANGUAGE
run --help
like "a list that begins with Chinese asks for Chinese" "$out" '^用法：'

LANGUAGE=en
run --help
like "the help is English" "$out" '^Usage:'
like "and so are the options" "$out" 'ask as of this day'
is "no Chinese is left but in the examples" \
  "$(printf '%s\n' "$out" | grep -v '^  mingbai ' | sed 's/明白栏//; s/…//g' | LC_ALL=C grep '[^ -~]')" ""
run units
is "an error is the same error" "$status" 2
like "in English" "$err" 'too few arguments'
run set "$wb" --unit 140581001001 --item 19.05 --event 2026-09-21 --note '' --on 2026-10-20
like "a due day is explained" "$out" \
  '10 work days, from 2026-09-21 \(not counted\), less 9-25, 10-01 - 10-07, make-up 10-10 counted, due 2026-10-12$'
run summary "$wb" --period 2026Q3 --on 2026-10-20
like "a summary has English columns" "$out" 'missing +overdue +unchecked +pending +published +late +none +slots'
everything >"$T/english"
ok "what programs read is the same in both languages" cmp "$T/chinese" "$T/english"
run export "$wb" --format csv -o "$T/out.csv"
run import "$wb" "$T/out.csv"
like "what was exported is imported without a change" "$out" '0 new, 0 changed, [0-9]+ unchanged, 0 bad'

run units "$wb" --level 村级
is "a level may still be named in Chinese" "$status" 0
run sheet "$wb" --kind board --unit 140581001001 --domain 19 --period 2026Q3 -o "$T/english.pdf" --on 2026-10-20
LANGUAGE='' "$MINGBAI" sheet "$wb" --kind board --unit 140581001001 --domain 19 --period 2026Q3 -o "$T/chinese.pdf" \
  --on 2026-10-20 >/dev/null 2>&1
ok "paper speaks Chinese whatever the screen speaks" cmp "$T/chinese.pdf" "$T/english.pdf"

echo 'dump Enter dump F9 dump Esc F1 dump Esc*2 F3 dump Esc F4 dump Esc C-u dump C-p dump' >"$T/keys"
run "$wb" --keys "$T/keys" --dump "$T/screens" --size 80x24 --on 2026-10-20
is "the interface opens" "$status $err" "0 "
screens=$(cat "$T/screens")
like "its first screen is English" "$screens" '^ to do +overdue [0-9]+'
like "its keys are named in English" "$screens" 'Enter open +.*F6 none'
like "also those of a form" "$screens" 'Tab next field +.*Esc back|Esc back +.*F1 help'
like "a cell of the summary that is all done has a word of two columns" "$screens" '^ ok=all 0-9=tenths'
is "no Chinese is left in the lines of keys" "$(awk '/^====/ { n = 0 } n++ > 21' "$T/screens" | LC_ALL=C grep '[^ -~]')" ""

done_testing
