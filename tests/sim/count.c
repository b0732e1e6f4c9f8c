/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "count.h"

static const char *const words[N_COUNTS] = {
  [COUNT_KILL] = "deaths",
  [COUNT_POWER_CUT] = "power cuts",
  [COUNT_POWER_CUT_INSIDE] = "power cuts inside a write",
  [COUNT_EXCHANGE] = "exchanges",
  [COUNT_DISTURBED] = "disturbed exchanges",
  [COUNT_CUT_OFF] = "networks gone",
  [COUNT_CLOCK_AHEAD] = "clocks ahead",
  [COUNT_CLOCK_BACK] = "clocks back",
  [COUNT_CLOCK_YEARS] = "clocks years off",
  [COUNT_HOUR_CHANGED] = "days of another length",
  [COUNT_DISK_FULL] = "disks full",
  [COUNT_WRITE_REFUSED] = "writes refused",
  [COUNT_TOKEN_REVOKED] = "tokens revoked",
  [COUNT_UNAUTHORISED] = "answers to a revoked token",
  [COUNT_STORE_BLOCKED] = "modules switched off",
  [COUNT_LICENCE_REFUSED] = "orders refused for the module",
  [COUNT_DISCOVERY] = "times in discovery mode",
  [COUNT_EVENT] = "events",
  [COUNT_EVENT_FORGED] = "events forged",
  [COUNT_EVENT_REPLAYED] = "events replayed",
  [COUNT_EVENT_OVERTAKEN] = "events overtaken",
  [COUNT_RESTORED] = "backups restored",
  [COUNT_ID_AGAIN] = "ids given again",
  [COUNT_QUESTION] = "questions about a backup",
  [COUNT_PICK_UP] = "sales to be fetched",
  [COUNT_FINISHED] = "evenings with everything done",
};

char *
count_describe(const guint *counts)
{
  GString *text = g_string_new(NULL);

  for (gsize i = 0; i < N_COUNTS; i++)
    g_string_append_printf(text, "%s%u %s", i > 0 ? ", " : "", counts[i], words[i]);
  return g_string_free(text, FALSE);
}
