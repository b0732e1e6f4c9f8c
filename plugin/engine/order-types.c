/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the host's words for its sales (counter, web order, invoice) to Shopcaisse's four types. The
 * service would take any word, and another VAT rate with it: docs/PROTOCOL.md 6.2 (7). */
#include "engine/order-types.h"

#include "config.h"
#include "engine/vocabulary.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_order_type_find:
 * @context: the engine's parts
 * @sale: a sale
 * @type: (out): what its order is at Shopcaisse
 *
 * Returns: %FALSE when nobody has said; @type is untouched then
 */
gboolean
shopcaisse_order_type_find(ShopcaisseContext *context,
                           const ShopcaisseSale *sale,
                           ShopcaisseOrderType *type)
{
  g_autofree char *meaning = NULL;

  if (sale->order_word == NULL) {
    *type = sale->order_type;
    return TRUE;
  }
  meaning =
      shopcaisse_vocabulary_dup_meaning(context->database, SHOPCAISSE_WORD_TYPE, sale->order_word);
  return shopcaisse_order_type_parse(meaning, type);
}

/**
 * shopcaisse_order_type_check:
 * @context: the engine's parts
 * @sale: a sale
 * @obstacle: (inout): what is in the way of its order
 *
 * Looks whether it is known what kind of order the sale becomes.
 */
void
shopcaisse_order_type_check(ShopcaisseContext *context,
                            const ShopcaisseSale *sale,
                            ShopcaisseObstacle *obstacle)
{
  ShopcaisseOrderType type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;
  g_autofree char *name = NULL;

  if (shopcaisse_order_type_find(context, sale, &type))
    return;
  name = shopcaisse_vocabulary_dup_name(context->database, SHOPCAISSE_WORD_TYPE, sale->order_word);
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = SHOPCAISSE_OBSTACLE_ORDER_TYPE;
  /* Translators: %s is a kind of sale in the words of the program, such as "invoice". */
  obstacle->message = g_strdup_printf(_("say what kind of order this is at Shopcaisse: %s"), name);
}
