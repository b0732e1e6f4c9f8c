/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Slower after 429 or a server's error, faster again when it is calm. In memory: a new start is a
 * new try. docs/decisions/0006-page-sizes.md. */
#include "engine/pace.h"

#include "engine/context.h"
#include "store/outbox.h"

#define PAUSE_FIRST (SHOPCAISSE_SECOND)
#define PAUSE_MAX   (30 * SHOPCAISSE_SECOND)
#define GOOD_PAGES  4 /* in a row: it is calm */

static gint64
get_monotonic(ShopcaisseContext *context)
{
  return context->clock->get_monotonic(context->clock);
}

/* A page that is being written counts too: its row is not settled. */
static gboolean
count_pages(ShopcaisseContext *context, guint *n_pages, GError **error)
{
  static const char *const kinds[] = { "items", "prices", "stocks", "families", "price-lists" };

  *n_pages = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    guint n_jobs = 0;

    if (!shopcaisse_outbox_count(context->database, kinds[i], SHOPCAISSE_JOB_SENDING, &n_jobs,
                                 error))
      return FALSE;
    *n_pages += n_jobs;
  }
  return TRUE;
}

/**
 * shopcaisse_pace_ask:
 * @context: the engine's parts
 * @wait_us: (out): 0: a page may go now; else microseconds after which to ask again
 * @error: return location for an error
 *
 * Asks for a page's turn.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_pace_ask(ShopcaisseContext *context, gint64 *wait_us, GError **error)
{
  const ShopcaissePace *self = &context->pace;
  guint n_pages = 0;

  *wait_us = 0;
  if (self->pause_us == 0)
    return TRUE;
  if (!count_pages(context, &n_pages, error))
    return FALSE;
  *wait_us = MAX(0, self->next_at - get_monotonic(context));
  if (n_pages > 0)
    *wait_us = MAX(*wait_us, self->pause_us);
  return TRUE;
}

/**
 * shopcaisse_pace_note_page:
 * @context: the engine's parts
 *
 * A page came as it should.
 */
void
shopcaisse_pace_note_page(ShopcaisseContext *context)
{
  ShopcaissePace *self = &context->pace;

  if (self->pause_us == 0)
    return;
  self->n_good++;
  self->next_at = get_monotonic(context) + self->pause_us;
  if (self->n_good >= GOOD_PAGES)
    *self = (ShopcaissePace){ 0 };
}

/**
 * shopcaisse_pace_note_refusal:
 * @context: the engine's parts
 * @reply: what came instead of a page
 *
 * Slows down when the service is in trouble, more each time.
 */
void
shopcaisse_pace_note_refusal(ShopcaisseContext *context, ShopcaisseReplyKind reply)
{
  ShopcaissePace *self = &context->pace;

  if (reply != SHOPCAISSE_REPLY_THROTTLED && reply != SHOPCAISSE_REPLY_UNKNOWN)
    return;
  self->pause_us = self->pause_us == 0 ? PAUSE_FIRST : MIN(2 * self->pause_us, PAUSE_MAX);
  self->next_at = get_monotonic(context) + self->pause_us;
  self->n_good = 0;
}
