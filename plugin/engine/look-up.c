/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for an order that may have arrived long ago. The list is asked, not the single order, since
 * nobody says which of the two ids its path takes; docs/PROTOCOL.md 8 (4). */
#include "engine/look-up.h"

#include "api/orders.h"
#include "config.h"
#include "model/sale.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_UP_AFTER SHOPCAISSE_DAY
#define WINDOW        SHOPCAISSE_MINUTE /* around the time of pick-up, by which the list filters */

/**
 * shopcaisse_look_up_is_due:
 * @context: the engine's parts
 * @job: an order about to be sent
 *
 * Returns: whether it is to be looked for first: an attempt of a day ago may have arrived, or one
 *   before that which was refused
 */
gboolean
shopcaisse_look_up_is_due(ShopcaisseContext *context, const ShopcaisseJob *job)
{
  return job->unknown_at != 0 &&
         (shopcaisse_context_get_now(context) - job->unknown_at >= LOOK_UP_AFTER ||
          g_str_equal(job->reason, "rejected"));
}

/* The register it was sent to, whichever is chosen by now. */
static char *
dup_register(const ShopcaisseJob *job)
{
  const char *query = job->path != NULL ? strchr(job->path, '?') : NULL;
  g_autoptr(GHashTable) values = NULL;

  if (query == NULL)
    return NULL;
  values = g_uri_parse_params(query + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
  return values != NULL ? g_strdup(g_hash_table_lookup(values, "pos")) : NULL;
}

/**
 * shopcaisse_look_up_build:
 * @job: an order
 * @record: its sale
 * @request: (out) (transfer full): the question
 * @error: return location for an error
 *
 * Asks for the orders of the store about the time this one is to be fetched, in whatever state.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_INVALID
 */
gboolean
shopcaisse_look_up_build(const ShopcaisseJob *job,
                         const ShopcaisseSaleRecord *record,
                         ShopcaisseRequest **request,
                         GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(record->payload, error);
  g_autofree char *pos_id = dup_register(job);
  ShopcaisseOrdersQuery query = { .status = "all" };

  if (sale == NULL)
    return FALSE;
  query.store_id = record->store_id;
  query.pos_id = pos_id;
  query.from = MAX(0, sale->pickup_at - WINDOW);
  query.to = sale->pickup_at + WINDOW;
  *request = shopcaisse_orders_request(&query);
  return TRUE;
}

/**
 * shopcaisse_look_up_ask:
 * @verdict: (inout): what to do
 *
 * Parks the order with a question.
 */
void
shopcaisse_look_up_ask(ShopcaisseVerdict *verdict)
{
  shopcaisse_verdict_clear(verdict);
  verdict->action = SHOPCAISSE_VERDICT_PARK;
  verdict->reason = "unknown";
  verdict->message =
      g_strdup(_("the list of orders does not tell whether this one arrived: look for "
                 "it on the till, then send or cancel it"));
}

/* Whose it is can be told, and what it costs if it is ours. */
static gboolean
is_enough(const ShopcaisseOrderEcho *echo, const ShopcaisseSaleRecord *record)
{
  const char *discriminator = echo->sub_channel_order_id;

  return discriminator != NULL &&
         (echo->has_amounts || !g_str_equal(discriminator, record->discriminator));
}

/**
 * shopcaisse_look_up_find:
 * @record: the sale
 * @body: the answer
 * @echo: (out) (transfer full) (nullable): its order, when it is there
 * @error: return location for an error
 *
 * Finds the order of a sale among those that were listed.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is no list of orders.
 *
 * Returns: how far it is there
 */
ShopcaisseLookUp
shopcaisse_look_up_find(const ShopcaisseSaleRecord *record,
                        GBytes *body,
                        ShopcaisseOrderEcho **echo,
                        GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_orders_parse(body, error);

  if (page == NULL)
    return SHOPCAISSE_LOOK_UP_FAILED;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseOrderEcho *row = page->rows->pdata[i];

    if (g_strcmp0(row->order_id, record->order_id) != 0)
      continue;
    *echo = g_ptr_array_steal_index(page->rows, i);
    return is_enough(*echo, record) ? SHOPCAISSE_LOOK_UP_FOUND : SHOPCAISSE_LOOK_UP_LISTED;
  }
  return page->has_next || page->skipped > 0 || page->rejected->len > 0
             ? SHOPCAISSE_LOOK_UP_DOUBTFUL
             : SHOPCAISSE_LOOK_UP_ABSENT;
}
