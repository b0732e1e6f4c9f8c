/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a sale was paid, as far as Tryton 6.0 knows: by its payment term. */

#include "payment.h"

#include "value.h"

#include <comptoir/comptoir.h>

#define OTHER "other"

/**
 * tryton_payment_dup_method:
 * @term_id: a payment term; 0 when there is none
 *
 * Returns: (transfer full): the word for it
 */
char *
tryton_payment_dup_method(gint64 term_id)
{
  return term_id == 0 ? g_strdup(OTHER) : g_strdup_printf("term:%" G_GINT64_FORMAT, term_id);
}

/**
 * tryton_payment_method_new:
 * @term_id: a payment term; 0 when there is none
 * @name: (nullable): its name
 *
 * Returns: (transfer floating): a payment method row
 */
GVariant *
tryton_payment_method_new(gint64 term_id, const char *name)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *method = tryton_payment_dup_method(term_id);

  g_variant_dict_insert(&row, COMPTOIR_KEY_ID, "s", method);
  /* A term says when, not how: the merchant may say more. */
  g_variant_dict_insert(&row, "kind", "s", OTHER);
  tryton_value_insert_text(&row, COMPTOIR_KEY_NAME, name);
  return g_variant_dict_end(&row);
}
