# Makes base/pinyin_data.h from Unihan_Readings.txt of the Unicode Unihan Database:
#   bzcat /usr/share/unicode/Unihan_Readings.txt.bz2 | LC_ALL=C awk -f base/pinyin.awk >base/pinyin_data.h
# (Debian: package unicode-data).  Run by hand when the database has a new version; the result is committed.
#
# Of each character the first letters of its readings are kept: kMandarin, kHanyuPinlu (readings counted in
# present-day texts) and kTGHZ2013 (dictionary of the 8,105 characters in general use, with the readings in
# names of places).  A character that has none of these takes its first reading of kHanyuPinyin or kXHC1983.

BEGIN {
  FS = "\t"
  letter_of["ā"] = letter_of["á"] = letter_of["ǎ"] = letter_of["à"] = "a"
  letter_of["ē"] = letter_of["é"] = letter_of["ě"] = letter_of["è"] = letter_of["ê"] = "e"
  letter_of["ō"] = letter_of["ó"] = letter_of["ǒ"] = letter_of["ò"] = "o"
  letter_of["ń"] = letter_of["ň"] = letter_of["ǹ"] = "n"
  letter_of["ḿ"] = "m"
  for (i = 0; i < 16; i++) digit[substr("0123456789ABCDEF", i + 1, 1)] = i
  known[number("3007")] = "l" # 〇, which the database does not count among the characters
  used[number("3007")] = 1
}

function number(hex,   i, n) {
  for (i = 1; i <= length(hex); i++) n = n * 16 + digit[substr(hex, i, 1)]
  return n
}

# The first letter of a reading, without its tone mark; "" when it is none.
function initial(reading,   c) {
  c = substr(reading, 1, 1)
  if (c ~ /[a-z]/) return c
  if (substr(reading, 1, 2) in letter_of) return letter_of[substr(reading, 1, 2)]
  return letter_of[substr(reading, 1, 3)]
}

# Adds c to the sorted letters.
function with(letters, c,   i) {
  if (c == "" || index(letters, c) > 0) return letters
  for (i = 1; i <= length(letters) && substr(letters, i, 1) < c; i++) continue
  return substr(letters, 1, i - 1) c substr(letters, i)
}

/^# Date:/ { date = $0 }
/^# Unicode version:/ { version = $0 }

$2 == "kMandarin" || $2 == "kHanyuPinlu" || $2 == "kTGHZ2013" || $2 == "kHanyuPinyin" || $2 == "kXHC1983" {
  cp = number(substr($1, 3))
  $3 = " " $3
  gsub(/ [0-9.*,]+:/, " ", $3) # places in the dictionary
  n = split($3, reading, /[ ,]+/)
  for (i = 1; i <= n; i++) {
    if (reading[i] == "") continue
    if ($2 == "kHanyuPinyin" || $2 == "kXHC1983") {
      if (!(cp in rare)) rare[cp] = initial(reading[i])
    } else known[cp] = with(known[cp], initial(reading[i]))
  }
  if ($2 == "kTGHZ2013" || $2 == "kXHC1983") used[cp] = 1
}

function letters_at(cp) {
  return cp in known ? known[cp] : cp in rare ? rare[cp] : ""
}

# How a set of letters is written: one letter as itself, "." none, several by a number above 127.
function code(letters) {
  if (letters == "") return "."
  if (length(letters) == 1) return letters
  if (!(letters in number_of)) {
    number_of[letters] = sets
    set[sets++] = letters
  }
  return sprintf("\\%o", 128 + number_of[letters])
}

function block(name, first, last,   cp, line) {
  printf "static const char %s[][65] = {\n", name
  for (cp = first; cp <= last; cp += 64) {
    line = ""
    for (i = 0; i < 64; i++) line = line (cp + i <= last ? code(letters_at(cp + i)) : ".")
    printf "  \"%s\",\n", line
  }
  print "};\n"
}

END {
  print "/* Made by base/pinyin.awk; do not edit."
  print " *"
  print " * From Unihan_Readings.txt of the Unicode Character Database:"
  print " * " substr(version, 3) "; " substr(date, 3)
  print " * Copyright 1991-2022 Unicode, Inc.  Used under the Unicode License (data files and software; SPDX:"
  print " * Unicode-DFS-2016), https://www.unicode.org/license.html"
  print " *"
  print " * The first letters of each character's readings, 64 characters a line: one letter as itself, \".\" none"
  print " * known, 0200 and above several: readings[code - 0200]."
  print " */"
  print "#include <stdint.h>\n\n#define EXT_A_FIRST 0x3400\n#define EXT_A_LAST 0x4DBF\n#define URO_FIRST 0x4E00\n#define URO_LAST 0x9FFF\n"
  block("ext_a", number("3400"), number("4DBF"))
  block("uro", number("4E00"), number("9FFF"))
  print "/* Elsewhere: those that are in a dictionary of present-day Chinese, in order. */"
  print "static const struct { uint32_t cp; char code[4]; } elsewhere[] = {"
  for (cp = number("3000"); cp < number("40000"); cp++) {
    if (cp == number("3400")) cp = number("A000")
    if (!(cp in used) || letters_at(cp) == "") continue
    line = line sprintf(" {0x%X, \"%s\"},", cp, code(letters_at(cp)))
    if (++row % 5 == 0) { print " " line; line = "" }
  }
  if (line != "") print " " line
  print "};\n\nstatic const char readings[][8] = {"
  line = ""
  for (i = 0; i < sets; i++) {
    line = line sprintf(" \"%s\",", set[i])
    if (i % 12 == 11 || i + 1 == sets) { print " " line; line = "" }
  }
  print "};"
}
