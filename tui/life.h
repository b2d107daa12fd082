/* The life of a sheet on the record: printed, posted, taken down, filed; read in one line, and each stage
 * kept as a step of its own. */
#ifndef MB_TUI_LIFE_H
#define MB_TUI_LIFE_H

#include "checklists/record.h"
#include "tui/view.h"

/* "打印 9-10 · 张贴 9-10 · 撤下 9-20 · 归档 —", with the year where it is not that of `on`; appended. */
void life_add(struct text *out, const struct record *r, day on);
/* The field of the next stage after posting: FIELD_REMOVED, FIELD_FILED; FIELD_PUBLISHED while it is not
 * posted; FIELD_COUNT when nothing is left. */
enum record_field life_next(const struct record *r);
const char *life_name(enum record_field stage); /* 张贴; "" for another field */
/* Is that stage due?  Taking down before the notice period has ended is not; *ends is then its last day. */
bool life_is_time(const struct ui *ui, const struct record *r, enum record_field stage, day *ends);
/* That stage happened today: one step. */
enum status life_keep(struct ui *ui, const struct record *r, enum record_field stage, struct error *e) MB_MUST_USE;
/* The notices of these records were printed today: one step for all.  Records that are gone are passed over. */
enum status life_printed(struct ui *ui, const int64_t *no, size_t n, struct error *e) MB_MUST_USE;

#endif
