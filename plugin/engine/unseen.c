/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Watches whether orders reach a till. What was told is kept beside the cursors, and forgotten when
 * the program starts: its notices went with it. */
#include "engine/unseen.h"

#include "config.h"
#include "engine/context.h"
#include "engine/notice.h"
#include "store/sales-read.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define NOTICE      "not-acked"
#define TOLD        "told:not-acked" /* the cursor */
#define EARLY_AFTER (3 * SHOPCAISSE_MINUTE)
#define LATE_AFTER  (10 * SHOPCAISSE_MINUTE)

/* How loud it is said. */
typedef struct {
  const char *word; /* as kept in the cursor */
  const char *level;
  gint64 after;
  char *(*describe)(guint n_orders);
} Stage;

static char *describe_early(guint n_orders);

/* The loudest first. */
static const Stage stages[] = {
  { "late", "error", LATE_AFTER, shopcaisse_unseen_describe },
  { "early", "warning", EARLY_AFTER, describe_early },
};

static gboolean
count_after(ShopcaisseContext *context, gint64 after, guint *n_orders, GError **error)
{
  return shopcaisse_sales_count_unseen(
      context->database, shopcaisse_context_get_now(context) - after, n_orders, error);
}

/**
 * shopcaisse_unseen_count:
 * @context: the engine's parts
 * @n_orders: (out): how many wait for too long
 * @error: return location for an error
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_unseen_count(ShopcaisseContext *context, guint *n_orders, GError **error)
{
  return count_after(context, LATE_AFTER, n_orders, error);
}

/**
 * shopcaisse_unseen_describe:
 * @n_orders: how many
 *
 * Returns: (transfer full): a sentence about them
 */
char *
shopcaisse_unseen_describe(guint n_orders)
{
  return g_strdup_printf(
      g_dngettext(
          GETTEXT_PACKAGE,
          "%u order has been waiting for the till for more than 10 minutes: check the Order "
          "Management module, Discovery mode and the iPad.",
          "%u orders have been waiting for the till for more than 10 minutes: check the Order "
          "Management module, Discovery mode and the iPad.",
          n_orders),
      n_orders);
}

static char *
describe_early(guint n_orders)
{
  return g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE,
                  "%u order has been waiting for the till for more than 3 minutes. Is the Order "
                  "Management module on, Discovery mode off, and the iPad open and online?",
                  "%u orders have been waiting for the till for more than 3 minutes. Is the Order "
                  "Management module on, Discovery mode off, and the iPad open and online?",
                  n_orders),
      n_orders);
}

/* *stage is NULL when no order waits for too long. */
static gboolean
find_stage(ShopcaisseContext *context, const Stage **stage, guint *n_orders, GError **error)
{
  *stage = NULL;
  *n_orders = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(stages) && *n_orders == 0; i++) {
    if (!count_after(context, stages[i].after, n_orders, error))
      return FALSE;
    if (*n_orders > 0)
      *stage = &stages[i];
  }
  return TRUE;
}

static gboolean
tell(ShopcaisseContext *context, GError **error)
{
  g_autofree char *told = shopcaisse_cursors_get(context->database, TOLD, NULL);
  g_autofree char *text = NULL;
  const Stage *stage = NULL;
  const char *word = NULL;
  guint n_orders = 0;

  if (!find_stage(context, &stage, &n_orders, error))
    return FALSE;
  word = stage != NULL ? stage->word : NULL;
  if (g_strcmp0(word, told) == 0)
    return TRUE;
  text = stage != NULL ? stage->describe(n_orders) : g_strdup("");
  shopcaisse_notice(context, NOTICE, stage != NULL ? stage->level : "info", text);
  return shopcaisse_cursors_set(context->database, TOLD, word, error);
}

/**
 * shopcaisse_unseen_tell:
 * @context: the engine's parts, outside transactions
 *
 * Tells the host's user when orders begin to wait for too long, and when none does any more.
 */
void
shopcaisse_unseen_tell(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;

  if (!tell(context, &error))
    g_warning("orders that no till has seen: %s", error->message);
}

/**
 * shopcaisse_unseen_start:
 * @context: the engine's parts, just opened
 *
 * Forgets what was told in another life of the program.
 */
void
shopcaisse_unseen_start(ShopcaisseContext *context)
{
  g_autofree char *told = shopcaisse_cursors_get(context->database, TOLD, NULL);
  g_autoptr(GError) error = NULL;

  if (told != NULL && !shopcaisse_cursors_set(context->database, TOLD, NULL, &error))
    g_warning("orders that no till has seen: %s", error->message);
}
