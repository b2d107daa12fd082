# Sourced after tests/lib.sh by scripts whose numbers are counted by hand: a county with two townships and
# three villages, and a catalogue of four items (two domains).  Leaves $wb, a workbook without records.
#
#   19.01 standing, 10 work days, every level       19.02 event, 10 work days, notice period 7 days, town and village
#   19.03 quarterly, village                        20.01 monthly, town
MINGBAI_DATA=$T/data
export MINGBAI_DATA
mkdir -p "$T/data/checklists/domains" "$T/data/templates"
cp -r "$src/checklists/calendar" "$T/data/checklists/"
cp -r "$src/checklists/words" "$T/data/checklists/" 2>/dev/null

small_domain() { # NO SLUG NAME, items on stdin
  cat <<END
edition = "2026-08";
domain = { no = "$1"; slug = "$2"; name = "$3"; guideline = { title = "指引"; issuer = "部"; }; notes = "试用"; };
items = (
$(cat)
);
END
}

small_item() { # ID LEVEL2 CADENCE WITHIN LEVELS [MORE]
  cat <<END
  { id = "$1"; level1 = "事项"; level2 = "$2"; content = ["内容"]; basis = ["依据"];
    deadline = { text = "时限"; cadence = "$3"; $4 event = "作出决定"; }; $6
    publisher = "村"; channels = ["村公示栏"]; channel_rule = "any"; audience = "全社会"; mode = "主动";
    levels = [$5]; personal = "none"; verified = true; unverified = []; }
END
}

ten='within = { n = 10; unit = "workdays"; };'
{
  small_item 19.01 政策文件 standing "$ten" '"county", "township", "village"'
  echo ,
  small_item 19.02 对象名单 event "$ten" '"township", "village"' 'notice = { n = 7; unit = "days"; };'
  echo ,
  small_item 19.03 资金使用 quarterly '' '"village"'
} | small_domain 19 social-assistance 社会救助 >"$T/data/checklists/domains/19-social-assistance.cfg"
small_item 20.01 补贴发放 monthly '' '"township"' |
  small_domain 20 elderly-care 养老服务 >"$T/data/checklists/domains/20-elderly-care.cfg"

cat >"$T/units.csv" <<'END'
code,name,level,parent
140581000000,高平市,county,
140581001000,北城街道,township,140581000000
140581001001,甲村,village,140581001000
140581001002,乙村,village,140581001000
140581002000,东城街道,township,140581000000
140581002001,丙村,village,140581002000
END
wb=$T/small.mingbai
"$MINGBAI" init "$wb" --divisions "$T/units.csv" >/dev/null || { echo "Bail out! no workbook"; exit 1; }
