#!/bin/sh
# Options, help and usage errors, shared by every command.
. "${srcdir:-.}/tests/lib.sh"
wb=$T/a.mingbai
"$MINGBAI" --on 2026-10-20 init "$wb" --divisions "$src/examples/140581.csv" --unit 140581001000 >/dev/null

run --help
is "--help is fine" "$status" 0
like "--help lists the commands" "$out" '^  export '
is "--help begins with examples" "$(printf '%s\n' "$out" | grep -nE '例子|用法' | head -n 1 | cut -d: -f2)" "例子："
for c in init units items set import export todo check sheet summary; do
  run "$c" --help
  is "$c --help is fine and says nothing on stderr" "$status $err" "0 "
  like "$c --help shows an example before its options" "$(printf '%s\n' "$out" | sed '/^选项：/,$d')" "^  mingbai $c"
done
run --version
like "--version names the program" "$out" '^mingbai [0-9]'
for library in SQLite libconfig libharu HarfBuzz libqrencode utf8proc Nettle ncurses; do
  like "and the version of $library" "$out" "^$library [0-9]"
done

run exprot "$wb"
is "an unknown word is a usage error" "$status" 2
like "and the nearest command is named" "$err" 'mingbai export'
run sume
like "a shared start counts for more than letters in common" "$err" 'mingbai summary 吗'
run zzzz
unlike "no command is named when none is near" "$err" '您是要'
run help
like "help is understood" "$status $out" '^0 mingbai'
run help summary
like "also before a command" "$status $out" '^0 mingbai summary'
run nosuch.mingbai
is "a missing file is no input" "$status" 66
like "with a way on" "$err" 'mingbai init'
run "$(printf 'x\033[2Jy')"
unlike "what was typed cannot steer the terminal" "$err" "$(printf '\033')"

run units
is "a missing operand is a usage error" "$status" 2
run units "$wb" more
is "one operand too many is a usage error" "$status" 2
run units "$wb" --nosuch
is "an unknown option is a usage error" "$status" 2
like "with the way to help" "$err" 'mingbai units --help'
run units "$wb" --levle village
like "a mistyped option names the nearest" "$err" '\-\-level'
run units "$wb" --level
is "an option without its value is a usage error" "$status" 2
run units "$wb" --json=yes
is "a value for a flag is a usage error" "$status" 2
run units "$wb" --unit 140581001001 --unit 140581001002
is "an option that stands once is not given twice" "$status" 2
run units "$wb" --on 2026-02-30
is "a day that does not exist is a usage error" "$status" 2
run units "$wb" --color blue
is "an unknown colour is a usage error" "$status" 2

run --on ２０２６年１０月１日 --json units "$wb" --level township
is "global options may stand before the command" "$status" 0
like "and are heeded" "$out" '"schema":"mingbai.units/1"'
run units --level township --json "$wb"
like "options may stand before the operand" "$out" '"140581001000"'

if [ -c /dev/full ]; then
  "$MINGBAI" units "$wb" >/dev/full 2>"$T/err"
  is "a full disk under stdout is an I/O error" "$?" 74
  like "and is told" "$(cat "$T/err")" '磁盘已满'
fi
"$MINGBAI" units "$wb" >&- 2>"$T/err"
is "a closed stdout is an I/O error" "$?" 74
"$MINGBAI" units "$wb" --level village >&- 2>&- <&-
"$MINGBAI" units "$wb" >/dev/null
is "and nothing was written into the workbook instead" "$?" 0
# More than a pipe holds, so that the writer meets the reader's end.
"$MINGBAI" export "$wb" --what slots --period 2026 2>"$T/err" | head -n 1 >"$T/head"
is "a lost pipe ends quietly" "$(cat "$T/err")" ""

# Settings: a wrong file named by option is a configuration error.
printf 'nosuchkey = 1;\n' >"$T/bad.cfg"
run init "$T/b.mingbai" --divisions "$src/examples/140581.csv" --config "$T/bad.cfg"
is "a wrong settings file is a configuration error" "$status" 78
like "with file and line" "$err" 'bad\.cfg:1'
run init "$T/b.mingbai" --divisions "$src/examples/140581.csv" --config "$T/nosuch.cfg"
is "a missing settings file too" "$([ "$status" -eq 78 ] || [ "$status" -eq 66 ]; echo $?)" 0

# The order of search: option, environment, folder of the workbook, the user's folder.
mkdir -p "$T/office" "$XDG_CONFIG_HOME/mingbai"
: >"$T/good.cfg"
config_of() { # which settings file the run read: each one is wrong in its own way
  run init "$T/office/b.mingbai" --divisions "$src/examples/140581.csv" --unit 140581001000 "$@"
  printf '%s\n' "$err" | sed -n 's/.*\(by_[a-z]*\).*/\1/p' | head -n 1
}
echo 'by_user = 1;' >"$XDG_CONFIG_HOME/mingbai/mingbai.cfg"
is "the user's settings are found" "$(config_of)" by_user
echo 'by_folder = 1;' >"$T/office/mingbai.cfg"
is "those beside the workbook come before" "$(config_of)" by_folder
echo 'by_environment = 1;' >"$T/env.cfg"
is "the environment before them" "$(MINGBAI_CONFIG=$T/env.cfg; export MINGBAI_CONFIG; config_of)" by_environment
echo 'by_option = 1;' >"$T/option.cfg"
is "the option before all" "$(MINGBAI_CONFIG=$T/env.cfg; export MINGBAI_CONFIG; config_of --config "$T/option.cfg")" by_option
run init "$T/office/b.mingbai" --divisions "$src/examples/140581.csv" --config "$T/good.cfg"
is "and it alone is read" "$status$err" 0

is "and no workbook was made where settings were wrong" "$(ls "$T" | grep -c '^b\.mingbai')" 0
done_testing
