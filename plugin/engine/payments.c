/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From the host's ways of paying to Shopcaisse's two kinds; docs/PROTOCOL.md 3.12. */
#include "engine/payments.h"

#include "config.h"
#include "engine/vocabulary.h"

#include <glib/gi18n-lib.h>

static char *
dup_meaning(ShopcaisseContext *context, const ShopcaissePayment *payment)
{
  return shopcaisse_vocabulary_dup_meaning(context->database, SHOPCAISSE_WORD_METHOD,
                                           payment->method);
}

static void
set_obstacle(ShopcaisseObstacle *obstacle, GPtrArray *names)
{
  g_autofree char *joined = NULL;
  guint n_names = names->len;

  g_ptr_array_add(names, NULL);
  joined = g_strjoinv(", ", (char **)names->pdata);
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = SHOPCAISSE_OBSTACLE_PAYMENT;
  obstacle->message = g_strdup_printf(
      /* Translators: %s are names of ways of paying. */
      g_dngettext(GETTEXT_PACKAGE, "say what this way of paying is at Shopcaisse: %s",
                  "say what these ways of paying are at Shopcaisse: %s", n_names),
      joined);
}

/**
 * shopcaisse_payments_check:
 * @context: the engine's parts
 * @sale: a sale
 * @obstacle: (inout): what is in the way of its order
 *
 * Looks whether it is known what each payment is at Shopcaisse.
 */
void
shopcaisse_payments_check(ShopcaisseContext *context,
                          const ShopcaisseSale *sale,
                          ShopcaisseObstacle *obstacle)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

  for (guint i = 0; i < sale->payments->len; i++) {
    const ShopcaissePayment *payment = sale->payments->pdata[i];
    g_autofree char *meaning = dup_meaning(context, payment);
    g_autofree char *name = NULL;

    if (*meaning != '\0')
      continue;
    name =
        shopcaisse_vocabulary_dup_name(context->database, SHOPCAISSE_WORD_METHOD, payment->method);
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
      g_ptr_array_add(names, g_steal_pointer(&name));
  }
  if (names->len > 0)
    set_obstacle(obstacle, names);
}

/**
 * shopcaisse_payments_apply:
 * @context: the engine's parts
 * @sale: a sale
 * @draft: (inout): its order, filled
 *
 * Says of each payment what it is at Shopcaisse.
 */
void
shopcaisse_payments_apply(ShopcaisseContext *context,
                          const ShopcaisseSale *sale,
                          ShopcaisseOrderDraft *draft)
{
  g_return_if_fail(draft->payments->len == sale->payments->len);

  for (guint i = 0; i < sale->payments->len; i++) {
    g_autofree char *meaning = dup_meaning(context, sale->payments->pdata[i]);

    g_array_index(draft->payments, ShopcaisseOrderPayment, i).is_online =
        g_str_equal(meaning, "online");
  }
}
