/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pick-up times that passed while nothing could be sent. */
#include "engine/missed.h"

#include "config.h"
#include "engine/context.h"
#include "engine/prepare.h"
#include "model/timestamp.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

#define GRACE  (15 * SHOPCAISSE_MINUTE) /* people come late, too */
#define AGREED "agreed"                 /* of an order's args */

/**
 * shopcaisse_missed_get_time:
 * @record: a sale
 *
 * Returns: when it is to be fetched, 0 when that is at once
 */
gint64
shopcaisse_missed_get_time(const ShopcaisseSaleRecord *record)
{
  const char *text = NULL;
  gint64 pick_up_at = 0;

  if (!g_variant_lookup(record->payload, "pickup_at", "&s", &text) ||
      !shopcaisse_timestamp_parse(text, &pick_up_at, NULL) || pick_up_at <= record->sold_at)
    return 0;
  return pick_up_at;
}

static gboolean
is_agreed(const ShopcaisseJob *job)
{
  gboolean agreed = FALSE;

  return job->args != NULL && g_variant_lookup(job->args, AGREED, "b", &agreed) && agreed;
}

/**
 * shopcaisse_missed_is:
 * @context: the engine's parts
 * @job: an order about to be sent
 * @record: its sale
 *
 * Returns: whether its time has passed and nobody has said that it goes all the same; what may have
 *   arrived is not asked about
 */
gboolean
shopcaisse_missed_is(ShopcaisseContext *context,
                     const ShopcaisseJob *job,
                     const ShopcaisseSaleRecord *record)
{
  gint64 pick_up_at = shopcaisse_missed_get_time(record);

  return pick_up_at != 0 && job->unknown_at == 0 && !is_agreed(job) &&
         shopcaisse_context_get_now(context) > pick_up_at + GRACE;
}

/**
 * shopcaisse_missed_ask:
 * @verdict: (inout): what becomes of the order
 *
 * Holds it with a question.
 */
void
shopcaisse_missed_ask(ShopcaisseVerdict *verdict)
{
  verdict->action = SHOPCAISSE_VERDICT_HOLD;
  verdict->reason = SHOPCAISSE_OBSTACLE_LATE;
  verdict->message =
      g_strdup(_("its time of pick-up passed before it could be sent: send it still?"));
}

/**
 * shopcaisse_missed_agree:
 * @context: the engine's parts
 * @job: an order that a person sends
 * @error: return location for an error
 *
 * Notes that it goes, whatever time it is.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_missed_agree(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error)
{
  ShopcaisseJob agreed = *job;
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);
  g_autoptr(GVariant) value = NULL;

  g_variant_dict_insert(&args, AGREED, "b", TRUE);
  value = g_variant_ref_sink(g_variant_dict_end(&args));
  agreed.args = value;
  return shopcaisse_outbox_assign(context->database, &agreed, error);
}
