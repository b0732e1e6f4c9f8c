/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether it is a sale's turn. Nothing here looks at what the order needs: engine/prepare.c. */
#include "engine/when.h"

#include "config.h"
#include "engine/vocabulary.h"

#include <glib/gi18n-lib.h>

#define ASKED "asked" /* of an order's args */

/**
 * shopcaisse_when_is_asked:
 * @job: an order
 *
 * Returns: whether a person has said "send now" of it
 */
gboolean
shopcaisse_when_is_asked(const ShopcaisseJob *job)
{
  gboolean is_asked = FALSE;

  return job->args != NULL && g_variant_lookup(job->args, ASKED, "b", &is_asked) && is_asked;
}

/**
 * shopcaisse_when_ask:
 * @job: (inout): an order
 *
 * Notes that a person has said "send now". It holds whatever else is in the way of the order still.
 */
void
shopcaisse_when_ask(ShopcaisseJob *job)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);

  g_variant_dict_insert(&args, ASKED, "b", TRUE);
  g_clear_pointer(&job->args, g_variant_unref);
  job->args = g_variant_ref_sink(g_variant_dict_end(&args));
}

static void
set_obstacle(ShopcaisseObstacle *obstacle, const char *reason, char *message)
{
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = reason;
  obstacle->message = message;
}

/* A sale that does not say whether it is paid may be a quote: its status decides. */
static gboolean
is_sent(ShopcaisseContext *context, const ShopcaisseSale *sale)
{
  g_autofree char *meaning =
      shopcaisse_vocabulary_dup_meaning(context->database, SHOPCAISSE_WORD_STATUS, sale->status);

  if (context->configuration->sends_when_paid && sale->says_paid)
    return TRUE;
  return g_str_equal(meaning, "true");
}

/**
 * shopcaisse_when_check:
 * @context: the engine's parts
 * @sale: a sale
 * @job: the row of its order
 * @obstacle: (inout): why it is no order yet
 *
 * Looks whether the sale is an order by now. What is not paid is none, whoever asks.
 */
void
shopcaisse_when_check(ShopcaisseContext *context,
                      const ShopcaisseSale *sale,
                      const ShopcaisseJob *job,
                      ShopcaisseObstacle *obstacle)
{
  if (!sale->is_paid) {
    set_obstacle(obstacle, SHOPCAISSE_OBSTACLE_UNPAID, g_strdup(_("it waits for its payment")));
  } else if (shopcaisse_when_is_asked(job)) {
    return;
  } else if (sale->status != NULL && !is_sent(context, sale)) {
    g_autofree char *name =
        shopcaisse_vocabulary_dup_name(context->database, SHOPCAISSE_WORD_STATUS, sale->status);

    set_obstacle(obstacle, SHOPCAISSE_OBSTACLE_STATUS,
                 /* Translators: %s is a status of a sale, in the words of the program. */
                 g_strdup_printf(_("its status is \"%s\", in which sales are not sent"), name));
  } else if (!context->configuration->is_automatic) {
    set_obstacle(obstacle, SHOPCAISSE_OBSTACLE_MANUAL,
                 g_strdup(_("it waits for you: sales are not sent by themselves")));
  }
}

/**
 * shopcaisse_when_is_question:
 * @reason: why an order is held
 *
 * Returns: whether a person has to answer, whatever the settings say by now
 */
gboolean
shopcaisse_when_is_question(const char *reason)
{
  return g_str_equal(reason, SHOPCAISSE_OBSTACLE_LATE) ||
         g_str_equal(reason, SHOPCAISSE_OBSTACLE_MANUAL);
}

/**
 * shopcaisse_when_may_ask:
 * @reason: why an order is held
 *
 * Returns: whether it goes when a person says "send now"
 */
gboolean
shopcaisse_when_may_ask(const char *reason)
{
  return shopcaisse_when_is_question(reason) || g_str_equal(reason, SHOPCAISSE_OBSTACLE_STATUS);
}

/**
 * shopcaisse_when_is_early:
 * @record: a sale
 *
 * Returns: whether it is no order yet, so that the host may still say it with other words
 */
gboolean
shopcaisse_when_is_early(const ShopcaisseSaleRecord *record)
{
  return g_str_equal(record->state, "held") && shopcaisse_when_is_too_early(record->reason);
}

/**
 * shopcaisse_when_is_too_early:
 * @reason: why an order is held
 *
 * Returns: whether it is none yet
 */
gboolean
shopcaisse_when_is_too_early(const char *reason)
{
  return g_str_equal(reason, SHOPCAISSE_OBSTACLE_STATUS) ||
         g_str_equal(reason, SHOPCAISSE_OBSTACLE_UNPAID);
}
