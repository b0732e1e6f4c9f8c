/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why nothing is sent for now, how that is found out to be over, and who is told. */
#include "engine/block.h"

#include "engine/flow.h"
#include "engine/job.h"
#include "engine/notice.h"
#include "store/journal.h"

#define PROBE_DELAY (5 * SHOPCAISSE_MINUTE)

#define EVERYTHING ""

static gboolean
is_total(const char *reason)
{
  return g_str_equal(reason, "token") || g_str_equal(reason, "tls");
}

static gboolean
raise_block(ShopcaisseContext *context,
            const char *store_id,
            const char *reason,
            const char *message,
            GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  shopcaisse_status_set(context->status, COMPTOIR_STATUS_BLOCKED, message);
  shopcaisse_notice(context, reason, "error", message);
  return shopcaisse_outbox_block(context->database, store_id, reason, message, now, error) &&
         shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "connection", store_id,
                                    message, error);
}

/**
 * shopcaisse_block_raise:
 * @context: the engine's parts
 * @job: the row that met it
 * @reason: licence, refused, token or tls
 * @message: (nullable): what the service says
 * @error: return location for an error
 *
 * Stops what cannot succeed. A refusal may be the token's fault, so the token is asked too.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_raise(ShopcaisseContext *context,
                       const ShopcaisseJob *job,
                       const char *reason,
                       const char *message,
                       GError **error)
{
  if (message == NULL)
    message = reason;
  if (!g_str_equal(reason, "licence") &&
      !shopcaisse_flow_append_probe(context, is_total(reason) ? PROBE_DELAY : 0, error))
    return FALSE;
  if (is_total(reason))
    return raise_block(context, EVERYTHING, reason, message, error);
  return *job->store_id == '\0' || raise_block(context, job->store_id, reason, message, error);
}

/**
 * shopcaisse_block_expire:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Lets stores try again after five minutes. A block that lasts is raised again by the next order.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_expire(ShopcaisseContext *context, GError **error)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, error);
  gint64 now = shopcaisse_context_get_now(context);

  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const char *store_id = "";
    const char *reason = "";
    gint64 since = 0;

    g_variant_lookup(blocks->pdata[i], "store_id", "&s", &store_id);
    g_variant_lookup(blocks->pdata[i], "reason", "&s", &reason);
    g_variant_lookup(blocks->pdata[i], "since", "x", &since);
    if (is_total(reason) || (now - since < PROBE_DELAY && since <= now))
      continue;
    if (!shopcaisse_outbox_unblock(context->database, store_id, reason, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_block_next_end:
 * @context: the engine's parts
 * @due_at: (inout): when to look again, -1 for never
 * @error: return location for an error
 *
 * Tells when [func@Shopcaisse.block_expire] will have something to do, if that is sooner.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_next_end(ShopcaisseContext *context, gint64 *due_at, GError **error)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, error);

  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const char *reason = "";
    gint64 since = 0;

    g_variant_lookup(blocks->pdata[i], "reason", "&s", &reason);
    g_variant_lookup(blocks->pdata[i], "since", "x", &since);
    if (!is_total(reason) && (*due_at < 0 || since + PROBE_DELAY < *due_at))
      *due_at = since + PROBE_DELAY;
  }
  return TRUE;
}

/**
 * shopcaisse_block_end:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Takes back what was said about a store that is stopped no more.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_end(ShopcaisseContext *context, GError **error)
{
  g_autoptr(GPtrArray) blocks = NULL;

  if (shopcaisse_status_get(context->status) != COMPTOIR_STATUS_BLOCKED)
    return TRUE;
  blocks = shopcaisse_outbox_list_blocks(context->database, error);
  if (blocks == NULL)
    return FALSE;
  if (blocks->len > 0)
    return TRUE;
  shopcaisse_notice(context, "licence", "info", "");
  shopcaisse_notice(context, "refused", "info", "");
  shopcaisse_status_set(context->status, COMPTOIR_STATUS_READY, NULL);
  return TRUE;
}

/**
 * shopcaisse_block_clear_all:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * The token was accepted just now.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_clear_all(ShopcaisseContext *context, GError **error)
{
  shopcaisse_notice(context, "token", "info", "");
  shopcaisse_notice(context, "tls", "info", "");
  if (!shopcaisse_outbox_hasten(context->database, "order", shopcaisse_context_get_now(context),
                                error))
    return FALSE;
  return shopcaisse_outbox_unblock(context->database, EVERYTHING, NULL, error);
}

/**
 * shopcaisse_block_token:
 * @context: the engine's parts
 * @message: what the service says
 * @error: return location for an error
 *
 * Stops everything until the token is accepted again or replaced. Nothing that waits is lost.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_token(ShopcaisseContext *context, const char *message, GError **error)
{
  return raise_block(context, EVERYTHING, "token", message, error);
}
