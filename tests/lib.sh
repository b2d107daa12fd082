# Sourced by tests/cmd/*.sh.  Counts, compares and prints TAP; a script ends with `done_testing`.
#
#   run ARGS…            runs the program; leaves $status, and what it wrote in $out and $err
#   ok NAME COMMAND…     passes when the command succeeds
#   is NAME GOT WANT     passes when both texts are equal
#   like NAME GOT ERE    passes when the text matches the extended regular expression
#   unlike NAME GOT ERE  passes when it does not
#   json NAME TEXT       passes when the text is valid JSON; json_get TEXT PATH prints a value of it
#
# $T is a folder of the script's own, gone at the end; $src the source tree.  The world is fixed: language,
# time zone, person, no settings of the user's.
src=$(cd "${srcdir:-.}" && pwd)
MINGBAI=${MINGBAI:-./mingbai}
case $MINGBAI in /*) ;; *) MINGBAI=$PWD/$MINGBAI ;; esac
if [ ! -x "$MINGBAI" ]; then
  echo "Bail out! no program at $MINGBAI"
  exit 1
fi
MINGBAI_DATA=${MINGBAI_DATA:-$src}
case $MINGBAI_DATA in /*) ;; *) MINGBAI_DATA=$PWD/$MINGBAI_DATA ;; esac
T=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$T" 2>/dev/null; rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
LC_ALL=C.UTF-8 TZ=Asia/Shanghai HOME=$T XDG_CONFIG_HOME=$T/config MINGBAI_PERSON=测试员
export MINGBAI MINGBAI_DATA LC_ALL TZ HOME XDG_CONFIG_HOME MINGBAI_PERSON
unset MINGBAI_CONFIG NO_COLOR COLUMNS LANGUAGE XDG_STATE_HOME

tests=0 failures=0

verdict() { # 0|1 NAME [DETAIL]
  tests=$((tests + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $tests - $2"
  else
    failures=$((failures + 1))
    echo "not ok $tests - $2"
    [ -z "$3" ] || printf '%s\n' "$3" | sed 's/^/#   /'
  fi
}

run() {
  "$MINGBAI" "$@" >"$T/.out" 2>"$T/.err"
  status=$?
  out=$(cat "$T/.out")
  err=$(cat "$T/.err")
}

ok() {
  name=$1
  shift
  detail=$("$@" 2>&1)
  verdict $? "$name" "$detail"
}

is() {
  [ "$2" = "$3" ]
  verdict $? "$1" "got:  $2
want: $3"
}

like() {
  printf '%s\n' "$2" | grep -qE -e "$3"
  verdict $? "$1" "got: $2
no match for: $3"
}

unlike() {
  ! printf '%s\n' "$2" | grep -qE -e "$3"
  verdict $? "$1" "got: $2
should not match: $3"
}

# The sqlite3 shell reads JSON too.
json() { # NAME TEXT: passes when the text is valid JSON
  printf '%s' "$2" >"$T/.json"
  is "$1" "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('$T/.json') AS TEXT))")" 1
}

json_get() { # TEXT PATH: prints the value at a path such as '$.units[0].code'
  printf '%s' "$1" >"$T/.json"
  sqlite3 :memory: "SELECT json_extract(CAST(readfile('$T/.json') AS TEXT), '$2')"
}

done_testing() {
  echo "1..$tests"
  [ "$failures" -eq 0 ]
  exit
}
