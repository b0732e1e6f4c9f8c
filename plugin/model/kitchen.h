/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_KITCHEN_UNKNOWN, /* a word this version does not know: look again later */
  SHOPCAISSE_KITCHEN_NOT_ACKED,
  SHOPCAISSE_KITCHEN_IN_PROGRESS,
  SHOPCAISSE_KITCHEN_DONE,
  SHOPCAISSE_KITCHEN_CANCELLED
} ShopcaisseKitchenPhase;

ShopcaisseKitchenPhase shopcaisse_kitchen_phase_parse(const char *status);

G_END_DECLS
