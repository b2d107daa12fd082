/* See when.h. */
#include "tui/when.h"
#include "checklists/day.h"

#define CHINA (8 * 3600)

void when_add(struct text *out, int64_t seconds) {
  int64_t local = seconds + CHINA;
  int64_t days = local / 86400, rest = local % 86400;
  if (local < 0 || days > DAY_MAX) return; /* no time that this program wrote */
  day_add_iso(out, (day)days);
  text_addf(out, " %02d:%02d", (int)(rest / 3600), (int)(rest / 60 % 60));
}
