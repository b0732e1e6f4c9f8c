/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "Where is my order?": the cause is the order's reason with its sentence, the one act that helps
 * is here. */
#include "engine/advice.h"

#include "config.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *reason;
  const char *act; /* to be translated */
} Advice;

#define BY_ITSELF   N_("Nothing: it goes by itself as soon as it can.")
#define IN_SETTINGS N_("Choose it in the settings.")
#define MEND        N_("Mend what Shopcaisse complains about, then send it again, or cancel it.")
#define CALIBRATE   N_("Calibrate, then send it again.")

/* Translators: in these sentences "it" is an order or a sale. */
static const Advice advices[] = {
  { "unpaid", N_("Take its payment in this program: it is sent then.") },
  { "status", N_("Tick its status in the settings, or send it now.") },
  { "manual", N_("Send it now.") },
  { "late", N_("Send it now if it is still wanted, or cancel it.") },
  { "unlinked", N_("Link its articles: it is sent then.") },
  { "payment", N_("Say in the settings what this way of paying is.") },
  { "order-type", N_("Say in the settings what kind of order it is.") },
  { "lines", N_("Change the sale in this program: its lines cannot be sent as they are.") },
  { "till-of-record", IN_SETTINGS },
  { "store", IN_SETTINGS },
  { "register", IN_SETTINGS },
  { "calibration", N_("Calibrate: one test order finds the unit of money out.") },
  { "host-is-till", N_("Nothing: it is in the books of this program.") },
  { "offline", BY_ITSELF },
  { "unknown", BY_ITSELF },
  { "throttled", BY_ITSELF },
  { "restarted", BY_ITSELF },
  { "asked", BY_ITSELF },
  { "customer", BY_ITSELF },
  { "licence", N_("Activate the Order Management module on that register: it is sent then.") },
  { "refused", N_("Set a new token, or its rights, in the back office.") },
  { "tls", N_("See that the address is right and that nothing listens in between.") },
  { "rejected", MEND },
  { "unit", CALIBRATE },
  { "taken-back", CALIBRATE },
  { "form", CALIBRATE },
  { "total", N_("Compare the order on the iPad with the sale, then cancel one of them.") },
  { "id-taken", N_("Send it again: it gets a new id at Shopcaisse.") },
  { "not-cancelled", N_("Cancel it on the iPad, and refund it if it was paid.") },
  { "cancelled-on-till", N_("Refund it if it was paid, then cancel it here.") },
  { "refund", N_("Refund it on the iPad.") },
};

/**
 * shopcaisse_advice_for_order:
 * @record: a sale
 *
 * Returns: (transfer none): what a person does about it, a whole sentence; "" when all is well
 */
const char *
shopcaisse_advice_for_order(const ShopcaisseSaleRecord *record)
{
  for (gsize i = 0; i < G_N_ELEMENTS(advices); i++) {
    if (g_str_equal(record->reason, advices[i].reason))
      return _(advices[i].act);
  }
  if (g_str_equal(record->kitchen, "requires_attention"))
    return _("Look at the order on the iPad.");
  return "";
}
