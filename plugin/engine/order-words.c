/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people read of an order's states; docs/PROTOCOL.md 5.1. The words of machines stay as they
 * are beside them. */
#include "engine/order-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *word;
  const char *name; /* to be translated */
} OrderWord;

static const OrderWord states[] = {
  /* Translators: states of an order, from this program to the till. */
  { "held", N_("On hold") },        { "waiting", N_("Waiting to be sent") },
  { "sending", N_("Being sent") },  { "sent", N_("Sent") },
  { "parked", N_("Set aside") },    { "cancelling", N_("Being cancelled") },
  { "cancelled", N_("Cancelled") }, { NULL, NULL },
};

static const OrderWord kitchens[] = {
  /* Translators: states of an order on the till and in the kitchen. */
  { "not_acked", N_("Not seen by the till yet") },
  { "auto_accepted_waiting", N_("Accepted, waiting") },
  { "accepted", N_("Accepted") },
  { "preparing", N_("Being prepared") },
  { "prepared", N_("Prepared") },
  { "ready_for_pickup", N_("Ready for pick-up") },
  { "done", N_("Done") },
  { "cancelled", N_("Cancelled") },
  { "cancelled_by_channel", N_("Cancelled by this program") },
  { "cancelled_by_pos", N_("Cancelled on the till") },
  { "merged", N_("Merged with another order") },
  { "requires_attention", N_("Needs attention on the till") },
  { NULL, NULL },
};

static const OrderWord fiscals[] = {
  /* Translators: whether the till has entered an order in its books. */
  { "open", N_("Not entered in the books yet") },
  { "finalised", N_("Entered in the books") },
  { NULL, NULL },
};

/* Of what waits without a sentence of its own. */
static const OrderWord reasons[] = {
  /* Translators: why an order waits. */
  { "offline", N_("Shopcaisse could not be reached.") },
  { "unknown", N_("No answer came; it is asked whether the order has arrived.") },
  { "throttled", N_("Shopcaisse asked to slow down.") },
  { "rejected", N_("Shopcaisse did not accept the token.") },
  { "restarted", N_("The program was closed meanwhile.") },
  { "asked", N_("Somebody asked to send it now.") },
  { NULL, NULL },
};

static const char *
find_name(const OrderWord *words, const char *word)
{
  for (; words->word != NULL; words++) {
    if (g_strcmp0(words->word, word) == 0)
      return _(words->name);
  }
  return word != NULL ? word : "";
}

/**
 * shopcaisse_order_words_state:
 * @state: (nullable): how far it is on its way
 *
 * Returns: (transfer none): the same for people
 */
const char *
shopcaisse_order_words_state(const char *state)
{
  return find_name(states, state);
}

/**
 * shopcaisse_order_words_kitchen:
 * @kitchen: (nullable): the service's word
 *
 * Returns: (transfer none): the same for people
 */
const char *
shopcaisse_order_words_kitchen(const char *kitchen)
{
  return find_name(kitchens, kitchen);
}

/**
 * shopcaisse_order_words_fiscal:
 * @fiscal: (nullable): open or finalised
 *
 * Returns: (transfer none): the same for people
 */
const char *
shopcaisse_order_words_fiscal(const char *fiscal)
{
  return find_name(fiscals, fiscal);
}

/**
 * shopcaisse_order_words_reason:
 * @reason: (nullable): why it waits, a word
 *
 * Returns: (transfer none): the same for people; "" for a reason that brings its own sentence
 */
const char *
shopcaisse_order_words_reason(const char *reason)
{
  const char *name = find_name(reasons, reason);

  return name != reason ? name : "";
}
