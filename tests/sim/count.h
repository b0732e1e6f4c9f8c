/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happened, so that one sees that it did. */
typedef enum {
  COUNT_KILL,
  COUNT_POWER_CUT,
  COUNT_POWER_CUT_INSIDE,
  COUNT_EXCHANGE,
  COUNT_DISTURBED,
  COUNT_CUT_OFF,
  COUNT_CLOCK_AHEAD,
  COUNT_CLOCK_BACK,
  COUNT_CLOCK_YEARS,
  COUNT_HOUR_CHANGED,
  COUNT_DISK_FULL,
  COUNT_WRITE_REFUSED,
  COUNT_TOKEN_REVOKED,
  COUNT_UNAUTHORISED,
  COUNT_STORE_BLOCKED,
  COUNT_LICENCE_REFUSED,
  COUNT_DISCOVERY,
  COUNT_EVENT,
  COUNT_EVENT_FORGED,
  COUNT_EVENT_REPLAYED,
  COUNT_EVENT_OVERTAKEN,
  COUNT_RESTORED,
  COUNT_ID_AGAIN,
  COUNT_QUESTION,
  COUNT_PICK_UP,
  N_COUNTS
} Count;

/* "12 kills, 3 power cuts, ..." in the order above; (transfer full). */
char *count_describe(const guint *counts);

G_END_DECLS
