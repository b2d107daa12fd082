/* Every name that a template may use, once: what it is called in messages and which kinds of sheet offer
 * it. */
#include "batch/sheet_data.h"
#include <string.h>

/* name, what it is called, kinds: n notice, b board, i index */
static const struct { const char *name, *label, *kinds;
} values[] = {
    {"unit", N_("单位名称"), "nbi"},
    {"unit_code", N_("单位代码"), "nbi"},
    {"place", N_("单位全称"), "nbi"},
    {"township", N_("乡镇名称"), "nbi"},
    {"county", N_("县名称"), "nbi"},
    {"level", N_("单位层级"), "nbi"},
    {"on", N_("统计日"), "nbi"},
    {"telephone", N_("监督电话"), "nbi"},
    {"office", N_("受理单位"), "nbi"},
    {"address", N_("二维码内容"), "nbi"},
    {"qr_hint", N_("二维码说明"), "nbi"},
    {"period", N_("周期"), "nbi"},
    {"domain", N_("领域"), "nb"},
    {"domain_no", N_("领域编号"), "nb"},
    {"provisional", N_("暂定说明"), "n"},
    {"item", N_("公开事项"), "n"},
    {"item_id", N_("事项编号"), "n"},
    {"title", N_("标题"), "n"},
    {"body", N_("正文"), "n"},
    {"notice_period", N_("公示期"), "n"},
    {"date", N_("落款日期"), "n"},
    {"event_on", N_("事件日"), "n"},
    {"channels", N_("公开渠道"), "n"},
    {"code", N_("核对码"), "n"},
    {"uid", N_("记录标识"), "n"},
    {"url", N_("网址"), "n"},
    {"total", N_("应公开数"), "bi"},
    {"done", N_("已填报数"), "bi"},
    {"published", N_("按时公开数"), "bi"},
    {"late", N_("逾期公开数"), "bi"},
    {"none", N_("本期无的数目"), "bi"},
    {"pending", N_("待公开数"), "bi"},
    {"overdue", N_("逾期未公开数"), "bi"},
    {"unchecked", N_("待确认数"), "bi"},
    {"fill", N_("填报率"), "bi"},
    {"disclosure", N_("公开率"), "bi"},
    {"on_time", N_("及时率"), "bi"},
    {"unverified", N_("待核事项数"), "b"},
    {"board_title", N_("公开栏标题"), "b"},
};
#define N_VALUES (sizeof values / sizeof *values)

const char *const sheet_item_cells[] = {
#define X(id, name, label) name,
  ITEM_CELLS(X)
#undef X
  NULL};
const char *const sheet_domain_cells[] = {
#define X(id, name, label) name,
  DOMAIN_CELLS(X)
#undef X
  NULL};

void sheet_names(const char *kind, struct sheet_names *out) {
  size_t n = 0;
  memset(out, 0, sizeof *out);
  for (size_t i = 0; i < N_VALUES && n + 1 < sizeof out->values / sizeof *out->values; i++)
    if (strchr(values[i].kinds, kind[0])) out->values[n++] = values[i].name;
  out->names.values = out->values;
  if (strcmp(kind, "notice") == 0) out->names.rows[0].name = "table";
  if (strcmp(kind, "board") == 0) {
    out->names.rows[0].name = "items";
    out->names.rows[0].cells = sheet_item_cells;
  }
  if (strcmp(kind, "index") == 0) {
    out->names.rows[0].name = "domains";
    out->names.rows[0].cells = sheet_domain_cells;
  }
}

const char *sheet_label(const char *name) {
  static const struct { const char *name, *label; } more[] = {
#define X(id, name, label) {name, label},
    ITEM_CELLS(X) DOMAIN_CELLS(X)
#undef X
    {"table", N_("附表")}, {"items", N_("事项表")}, {"domains", N_("领域表")},
  };
  for (size_t i = 0; i < N_VALUES; i++)
    if (strcmp(values[i].name, name) == 0) return _(values[i].label);
  for (size_t i = 0; i < sizeof more / sizeof *more; i++)
    if (strcmp(more[i].name, name) == 0) return _(more[i].label);
  return name;
}
