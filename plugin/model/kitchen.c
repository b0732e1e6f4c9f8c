/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the kitchen is with an order; docs/PROTOCOL.md 5.1. */
#include "model/kitchen.h"

typedef struct {
  const char *status;
  ShopcaisseKitchenPhase phase;
} KitchenWord;

static const KitchenWord kitchen_words[] = {
  { "not_acked", SHOPCAISSE_KITCHEN_NOT_ACKED },
  { "auto_accepted_waiting", SHOPCAISSE_KITCHEN_IN_PROGRESS },
  { "accepted", SHOPCAISSE_KITCHEN_IN_PROGRESS },
  { "preparing", SHOPCAISSE_KITCHEN_IN_PROGRESS },
  { "prepared", SHOPCAISSE_KITCHEN_IN_PROGRESS },
  { "ready_for_pickup", SHOPCAISSE_KITCHEN_IN_PROGRESS },
  { "done", SHOPCAISSE_KITCHEN_DONE },
  { "cancelled", SHOPCAISSE_KITCHEN_CANCELLED },
  { "cancelled_by_channel", SHOPCAISSE_KITCHEN_CANCELLED },
  { "cancelled_by_pos", SHOPCAISSE_KITCHEN_CANCELLED },
};

/**
 * shopcaisse_kitchen_phase_parse:
 * @status: (nullable): the status as on the wire
 *
 * Tells how far the kitchen is. "merged", "requires_attention" and "requires_payment" are unknown
 * like any new word: nobody has said what they lead to; docs/PROTOCOL.md 5.1.
 *
 * Returns: the phase
 */
ShopcaisseKitchenPhase
shopcaisse_kitchen_phase_parse(const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS(kitchen_words); i++) {
    if (g_strcmp0(status, kitchen_words[i].status) == 0)
      return kitchen_words[i].phase;
  }
  return SHOPCAISSE_KITCHEN_UNKNOWN;
}
