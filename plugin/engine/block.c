/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why nothing is sent for now, how that is found out to be over, and who is told. */
#include "engine/block.h"

#include "config.h"
#include "engine/flow.h"
#include "engine/job.h"
#include "engine/notice.h"
#include "store/journal.h"
#include "store/outbox-many.h"

#include <glib/gi18n-lib.h>

#define PROBE_DELAY (5 * SHOPCAISSE_MINUTE)

#define EVERYTHING ""

static gboolean
is_total(const char *reason)
{
  return g_str_equal(reason, "token") || g_str_equal(reason, "tls");
}

static gboolean
add_block(ShopcaisseContext *context,
          const char *store_id,
          const char *reason,
          const char *message,
          gint64 until,
          GError **error)
{
  g_autoptr(ShopcaisseBlock) block =
      shopcaisse_block_new(store_id, reason, message, shopcaisse_context_get_now(context), until);

  return shopcaisse_outbox_block(context->database, block, error);
}

static gboolean
raise_block(ShopcaisseContext *context,
            const char *store_id,
            const char *reason,
            const char *message,
            GError **error)
{
  gint64 until = is_total(reason) ? 0 : shopcaisse_context_get_now(context) + PROBE_DELAY;

  shopcaisse_status_set(context->status, COMPTOIR_STATUS_BLOCKED, message);
  shopcaisse_notice(context, reason, "error", message);
  return add_block(context, store_id, reason, message, until, error) &&
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
 * shopcaisse_block_throttle:
 * @context: the engine's parts
 * @job: the row that met it
 * @delay_us: how long the service wants to be left alone
 * @error: return location for an error
 *
 * Lets everything for that store wait. Nothing is wrong, so nobody is told.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_throttle(ShopcaisseContext *context,
                          const ShopcaisseJob *job,
                          gint64 delay_us,
                          GError **error)
{
  return *job->store_id == '\0' || add_block(context, job->store_id, SHOPCAISSE_BLOCK_THROTTLED, "",
                                             shopcaisse_context_get_now(context) + delay_us, error);
}

/**
 * shopcaisse_block_expire:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Lets stores try again whose time is over. A block that lasts is raised again by the next order.
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
    const ShopcaisseBlock *block = blocks->pdata[i];

    /* One of the future: the clock was set back since. */
    if (block->until == 0 || (block->since <= now && now < block->until))
      continue;
    if (!shopcaisse_outbox_unblock(context->database, block->store_id, block->reason, error))
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
    const ShopcaisseBlock *block = blocks->pdata[i];

    if (block->until != 0 && (*due_at < 0 || block->until < *due_at))
      *due_at = block->until;
  }
  return TRUE;
}

/**
 * shopcaisse_block_lift:
 * @context: the engine's parts
 * @which: which of them
 * @error: return location for an error
 *
 * Ends blocks before their time. What the service asked for, to be left alone, is kept.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_lift(ShopcaisseContext *context, ShopcaisseBlockLift which, GError **error)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, error);

  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const ShopcaisseBlock *block = blocks->pdata[i];

    if (g_str_equal(block->reason, SHOPCAISSE_BLOCK_THROTTLED) ||
        (which == SHOPCAISSE_LIFT_STORES && *block->store_id == '\0'))
      continue;
    if (!shopcaisse_outbox_unblock(context->database, block->store_id, block->reason, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_block_find_trouble:
 * @context: the engine's parts
 * @message: (out) (transfer full) (nullable): what is wrong; %NULL: nothing
 * @error: return location for an error
 *
 * Tells whether something stops a store that a person has to know.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_find_trouble(ShopcaisseContext *context, char **message, GError **error)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, error);

  *message = NULL;
  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len && *message == NULL; i++) {
    const ShopcaisseBlock *block = blocks->pdata[i];

    if (!g_str_equal(block->reason, SHOPCAISSE_BLOCK_THROTTLED))
      *message = g_strdup(block->message);
  }
  return TRUE;
}

/**
 * shopcaisse_block_tell_status:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Says how the channel is by what the service said last, in this life of the program or before. An
 * accepted token is not all: a store may be stopped, for a right or a module that is missing.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_tell_status(ShopcaisseContext *context, GError **error)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  g_autofree char *trouble = NULL;

  if (!shopcaisse_block_find_trouble(context, &trouble, error))
    return FALSE;
  if (trouble != NULL)
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_BLOCKED, trouble);
  else if (configuration->connected_at == 0)
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED,
                          _("the token has not been accepted yet"));
  else if (*configuration->store_id == '\0')
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED,
                          _("the token is accepted: choose a store"));
  else
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_READY, NULL);
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
  g_autofree char *trouble = NULL;

  if (shopcaisse_status_get(context->status) != COMPTOIR_STATUS_BLOCKED)
    return TRUE;
  if (!shopcaisse_block_find_trouble(context, &trouble, error))
    return FALSE;
  if (trouble != NULL)
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

/**
 * shopcaisse_block_has_token:
 * @context: the engine's parts
 *
 * Returns: whether there is a token which the service accepted when it was last asked
 */
gboolean
shopcaisse_block_has_token(ShopcaisseContext *context)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, NULL);

  if (blocks == NULL || context->token == NULL || context->configuration->connected_at == 0)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    if (g_str_equal(((const ShopcaisseBlock *)blocks->pdata[i])->reason, "token"))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_block_unit:
 * @context: the engine's parts
 * @store_id: the store
 * @sale_id: the sale that showed it
 * @message: what was seen
 * @error: return location for an error
 *
 * Forgets the unit of money of a store, so that its orders are held until it is found anew.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_block_unit(ShopcaisseContext *context,
                      const char *store_id,
                      const char *sale_id,
                      const char *message,
                      GError **error)
{
  ShopcaisseUnit unknown = { SHOPCAISSE_FORM_UNKNOWN, SHOPCAISSE_READING_UNKNOWN };

  shopcaisse_status_set(context->status, COMPTOIR_STATUS_BLOCKED, message);
  shopcaisse_notice(context, "unit", "error", message);
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "orders", sale_id, message,
                                    error) &&
         shopcaisse_configuration_set_unit(context->configuration, context->database, store_id,
                                           unknown, error);
}
