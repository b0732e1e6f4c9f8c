/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "Send now", until there is nothing that could be sent now. */
#include "engine/drain.h"

#include "config.h"
#include "engine/context.h"
#include "store/outbox.h"
#include "store/sales-read.h"

#include <glib/gi18n-lib.h>

/* No order is on the wire, and none would be if there were room. */
static gboolean
is_drained(ShopcaisseContext *context, GError **error)
{
  g_autoptr(ShopcaisseJob) next = NULL;
  g_autoptr(GError) peek_error = NULL;
  guint n_sending = 0;

  if (!shopcaisse_outbox_count(context->database, "order", SHOPCAISSE_JOB_SENDING, &n_sending,
                               error))
    return FALSE;
  if (n_sending > 0)
    return FALSE;
  if (!shopcaisse_worker_has_transport(context->worker))
    return TRUE;
  next =
      shopcaisse_outbox_peek(context->database, shopcaisse_context_get_now(context), &peek_error);
  if (peek_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&peek_error));
    return FALSE;
  }
  return next == NULL || !g_str_equal(next->kind, "order");
}

static void
answer_all(ShopcaisseContext *context, GVariant *counts, const GError *error)
{
  g_autoptr(GPtrArray) draining = g_steal_pointer(&context->draining);

  for (guint i = 0; draining != NULL && i < draining->len; i++) {
    if (error != NULL)
      shopcaisse_answer_fail_copy(draining->pdata[i], error);
    else
      shopcaisse_answer_take(draining->pdata[i], g_variant_new_parsed("{'orders': <%*>}", counts));
  }
}

/**
 * shopcaisse_drain_add:
 * @context: the engine's parts
 * @answer: (transfer full): for whoever asked: {orders}: sales by state
 *
 * Waits until the orders that can be sent have been tried.
 */
void
shopcaisse_drain_add(ShopcaisseContext *context, ShopcaisseAnswer *answer)
{
  if (context->draining == NULL)
    context->draining = g_ptr_array_new();
  g_ptr_array_add(context->draining, answer);
  shopcaisse_drain_check(context);
}

/**
 * shopcaisse_drain_check:
 * @context: the engine's parts
 *
 * Answers whoever waits when there is nothing left to try now.
 */
void
shopcaisse_drain_check(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) counts = NULL;

  if (context->draining == NULL)
    return;
  if (!is_drained(context, &error) && error == NULL)
    return;
  if (error == NULL)
    counts = shopcaisse_sales_count(context->database, &error);
  answer_all(context, counts, error);
}

/**
 * shopcaisse_drain_cancel:
 * @context: the engine's parts
 *
 * Tells whoever waits that the channel closes.
 */
void
shopcaisse_drain_cancel(ShopcaisseContext *context)
{
  g_autoptr(GError) error =
      g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel closes"));

  answer_all(context, NULL, error);
}
