/* The tables of a workbook, version by version, and the way from one to the next.
 *
 * A person with nothing but the sqlite3 shell must be able to read the file in twenty
 * years: values are plain texts and keys are words where that costs little, the views
 * *_readable show the rest, and the comments below stay in the file's own schema (so
 * they are Chinese).  What is stored as a number for speed: days since 1970-01-01 and
 * periods (year*1000 + kind*100 + index), both in the covering index that rates are
 * computed from.
 *
 * To change the tables: add a text to migrations[], raise WORKBOOK_VERSION; never edit
 * a text that was once released.
 */
#include "checklists/workbook_private.h"

/* Who is who: the copies of the workbook, the subjects of the history, the units. */
static const char version_1_units[] =
"CREATE TABLE meta (\n"
"  key TEXT PRIMARY KEY, -- about 说明；edition 目录版本；origin 本副本编号；created 建立时间；catalogue 目录的 SHA-256；key 校验码密钥\n"
"  value TEXT NOT NULL\n"
") STRICT, WITHOUT ROWID;\n"
"CREATE TABLE origin (\n"
"  no INTEGER PRIMARY KEY,\n"
"  id TEXT NOT NULL UNIQUE -- 台账的每个副本有一个随机编号\n"
") STRICT;\n"
"CREATE TABLE subject (\n"
"  no INTEGER PRIMARY KEY,\n"
"  name TEXT NOT NULL UNIQUE -- 历史所说的对象：公开记录的 uid，或 unit/单位代码\n"
") STRICT;\n"
"CREATE TABLE unit (\n"
"  no INTEGER PRIMARY KEY REFERENCES subject(no),\n"
"  code TEXT NOT NULL UNIQUE, -- 十二位区划代码；部门为县级代码加 -D01\n"
"  name TEXT NOT NULL,\n"
"  level TEXT NOT NULL CHECK (level IN ('county', 'department', 'township', 'village')),\n"
"  parent TEXT REFERENCES unit(code) DEFERRABLE INITIALLY DEFERRED -- 上级单位代码\n"
") STRICT;\n";

/* The catalogue edition in use, with the county's tailoring. */
static const char version_1_catalogue[] =
"CREATE TABLE domain (\n"
"  no TEXT PRIMARY KEY, -- 领域编号，00 为村务公开\n"
"  slug TEXT NOT NULL, name TEXT NOT NULL,\n"
"  guideline_title TEXT, guideline_issuer TEXT, guideline_document TEXT, guideline_date TEXT,\n"
"  notes TEXT\n"
") STRICT, WITHOUT ROWID;\n"
"CREATE TABLE item (\n"
"  no INTEGER PRIMARY KEY, -- 在目录中的次序，从 1 起\n"
"  id TEXT NOT NULL UNIQUE, -- 如 19.05\n"
"  domain TEXT NOT NULL REFERENCES domain(no),\n"
"  level1 TEXT, level2 TEXT, -- 一级、二级事项\n"
"  content TEXT, basis TEXT, -- 公开内容、依据，每行一条\n"
"  deadline_text TEXT, -- 公开时限原文\n"
"  cadence TEXT NOT NULL, within_n INTEGER, within_unit TEXT, event TEXT,\n"
"  notice_n INTEGER, notice_unit TEXT, -- 公示期\n"
"  publisher TEXT, channels TEXT, channel_rule TEXT NOT NULL,\n"
"  audience TEXT, mode TEXT NOT NULL, levels TEXT, personal TEXT NOT NULL,\n"
"  has_review INTEGER NOT NULL, proposer TEXT, reviewer TEXT, approver TEXT, signers TEXT, -- 审核流程\n"
"  verified INTEGER NOT NULL, unverified TEXT, -- 是否核对，待核字段\n"
"  same_as TEXT, superseded_by TEXT, remark TEXT,\n"
"  dropped TEXT, confirm TEXT NOT NULL, assigned TEXT, added INTEGER NOT NULL -- 本地化\n"
") STRICT;\n";

static const char version_1_records[] =
"CREATE TABLE record (\n"
"  no INTEGER PRIMARY KEY REFERENCES subject(no),\n"
"  unit INTEGER NOT NULL REFERENCES unit(no),\n"
"  item INTEGER NOT NULL REFERENCES item(no) ON UPDATE CASCADE,\n"
"  period INTEGER NOT NULL DEFAULT 0, -- 年*1000+种类*100+序号；种类 1 月 2 季 3 半年 4 年；0 无\n"
"  event_on INTEGER CHECK (event_on BETWEEN 3652 AND 47481), -- 1970-01-01 起的天数，1980 至 2099 年\n"
"  published_on INTEGER CHECK (published_on BETWEEN 3652 AND 47481),\n"
"  removed_on INTEGER CHECK (removed_on BETWEEN 3652 AND 47481),\n"
"  none_reason TEXT, channels TEXT, url TEXT, title TEXT, body TEXT, note TEXT,\n"
"  \"table\" TEXT, phone TEXT,\n"
"  is_none INTEGER NOT NULL CHECK (is_none = (none_reason IS NOT NULL)) -- 有“本期无”理由：1\n"
") STRICT;\n"
"CREATE INDEX record_slot ON record\n"
"  (unit, item, period, event_on, published_on, removed_on, is_none);\n"
"CREATE VIEW record_readable AS\n"
"SELECT s.name AS uid, u.code AS unit, u.name AS unit_name, i.id AS item, i.level2 AS item_name,\n"
"  CASE r.period % 1000 / 100\n"
"    WHEN 1 THEN format('%04d-%02d', r.period / 1000, r.period % 100)\n"
"    WHEN 2 THEN format('%04dQ%d', r.period / 1000, r.period % 100)\n"
"    WHEN 3 THEN format('%04dH%d', r.period / 1000, r.period % 100)\n"
"    WHEN 4 THEN format('%04d', r.period / 1000) END AS period,\n"
"  date(r.event_on * 86400, 'unixepoch') AS event_on,\n"
"  date(r.published_on * 86400, 'unixepoch') AS published_on,\n"
"  date(r.removed_on * 86400, 'unixepoch') AS removed_on,\n"
"  r.none_reason, r.channels, r.url, r.title, r.body, r.note, r.\"table\", r.phone\n"
"FROM record r JOIN subject s ON s.no = r.no JOIN unit u ON u.no = r.unit\n"
"  JOIN item i ON i.no = r.item;\n";

static const char version_1_history[] =
"CREATE TABLE step (\n"
"  origin INTEGER NOT NULL REFERENCES origin(no),\n"
"  step INTEGER NOT NULL,\n"
"  time INTEGER NOT NULL, -- 1970-01-01 UTC 起的秒数\n"
"  person TEXT NOT NULL,\n"
"  act TEXT NOT NULL CHECK (act IN ('do', 'undo', 'redo')),\n"
"  target INTEGER, -- 撤销或重做的是哪一步\n"
"  label TEXT NOT NULL,\n"
"  first INTEGER NOT NULL, -- 本步第一条历史的 seq\n"
"  PRIMARY KEY (origin, step)\n"
") STRICT, WITHOUT ROWID;\n"
"CREATE TABLE history (\n"
"  origin INTEGER NOT NULL, seq INTEGER NOT NULL,\n"
"  step INTEGER NOT NULL,\n"
"  subject INTEGER NOT NULL REFERENCES subject(no),\n"
"  field TEXT NOT NULL,\n"
"  old TEXT, new TEXT, -- 改动前、改动后；空值为 NULL\n"
"  replaced_origin INTEGER, replaced_seq INTEGER, -- 被它替换的那条改动\n"
"  sha256 BLOB NOT NULL CHECK (length(sha256) = 32), -- 本条与上一条连成的链\n"
"  PRIMARY KEY (origin, seq),\n"
"  FOREIGN KEY (origin, step) REFERENCES step(origin, step)\n"
") STRICT, WITHOUT ROWID;\n"
"CREATE INDEX history_subject ON history (subject);\n" /* the primary key follows by itself */
"CREATE VIEW history_readable AS\n"
"SELECT o.id AS origin, h.seq, datetime(t.time, 'unixepoch') AS time_utc, t.person, t.act, t.label,\n"
"  s.name AS subject, h.field, h.old, h.new, lower(hex(h.sha256)) AS sha256\n"
"FROM history h JOIN step t ON t.origin = h.origin AND t.step = h.step\n"
"  JOIN origin o ON o.no = h.origin JOIN subject s ON s.no = h.subject;\n";

/* Append-only means that the file itself refuses anything else. */
#define KEEP(table) \
  "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table \
  " BEGIN SELECT RAISE(ABORT, '" table " is append-only'); END;\n" \
  "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table \
  " BEGIN SELECT RAISE(ABORT, '" table " is append-only'); END;\n"
static const char version_1_keep[] = KEEP("history") KEEP("step") KEEP("origin") KEEP("subject");

static const char *const version_1[] = {
  version_1_units, version_1_catalogue, version_1_records, version_1_history, version_1_keep, NULL,
};

/* Version 2: the life of the paper, and text being typed. */
static const char version_2_records[] =
"ALTER TABLE record ADD COLUMN printed_on INTEGER /* 打印日期 */ CHECK (printed_on BETWEEN 3652 AND 47481);\n"
"ALTER TABLE record ADD COLUMN filed_on INTEGER /* 归档日期 */ CHECK (filed_on BETWEEN 3652 AND 47481);\n"
"DROP VIEW record_readable;\n"
"CREATE VIEW record_readable AS\n"
"SELECT s.name AS uid, u.code AS unit, u.name AS unit_name, i.id AS item, i.level2 AS item_name,\n"
"  CASE r.period % 1000 / 100\n"
"    WHEN 1 THEN format('%04d-%02d', r.period / 1000, r.period % 100)\n"
"    WHEN 2 THEN format('%04dQ%d', r.period / 1000, r.period % 100)\n"
"    WHEN 3 THEN format('%04dH%d', r.period / 1000, r.period % 100)\n"
"    WHEN 4 THEN format('%04d', r.period / 1000) END AS period,\n"
"  date(r.event_on * 86400, 'unixepoch') AS event_on,\n"
"  date(r.published_on * 86400, 'unixepoch') AS published_on,\n"
"  date(r.removed_on * 86400, 'unixepoch') AS removed_on,\n"
"  r.none_reason, r.channels, r.url, r.title, r.body, r.note, r.\"table\", r.phone,\n"
"  date(r.printed_on * 86400, 'unixepoch') AS printed_on,\n"
"  date(r.filed_on * 86400, 'unixepoch') AS filed_on\n"
"FROM record r JOIN subject s ON s.no = r.no JOIN unit u ON u.no = r.unit\n"
"  JOIN item i ON i.no = r.item;\n";

static const char version_2_draft[] =
"CREATE TABLE draft ( -- 正在填、还没有存好的字；不是记录，也不进历史，存好即删\n"
"  session TEXT NOT NULL, -- 打开台账的窗口，每次一个随机编号\n"
"  unit TEXT NOT NULL, item TEXT NOT NULL, -- 单位代码，事项编号\n"
"  record TEXT NOT NULL, -- 公开记录的 uid；还没有记录的是将来的 uid，事前不知道的写 new\n"
"  field TEXT NOT NULL,\n"
"  typed TEXT NOT NULL, -- 窗口里的字\n"
"  stored TEXT, -- 开始填的时候台账里的值；空值为 NULL\n"
"  person TEXT NOT NULL,\n"
"  time INTEGER NOT NULL, -- 1970-01-01 UTC 起的秒数\n"
"  PRIMARY KEY (session, unit, item, record, field)\n"
") STRICT, WITHOUT ROWID;\n";

static const char *const version_2[] = {version_2_records, version_2_draft, NULL};

/* migrations[v] brings version v to v + 1. */
static const char *const *const migrations[WORKBOOK_VERSION] = {version_1, version_2};

#define TEXT_OF(x) #x
#define PRAGMA_OF(name, value) "PRAGMA " name " = " TEXT_OF(value)

enum status wb_migrate(struct db *db, int from, struct error *e)
{
  for (int v = from; v < WORKBOOK_VERSION; v++) {
    for (const char *const *sql = migrations[v]; *sql != NULL; sql++) {
      enum status st = db_exec(db, *sql, e);
      if (st != ST_OK)
        return st;
    }
  }
  enum status st = db_exec(db, PRAGMA_OF("application_id", WORKBOOK_ID), e);
  return st == ST_OK ? db_exec(db, PRAGMA_OF("user_version", WORKBOOK_VERSION), e) : st;
}
