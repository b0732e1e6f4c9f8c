/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long work on the engine's thread, a slice at a time: docs/decisions/0005, 20 ms. What the flush
 * of a commit costs is not counted: it does not depend on the rows, and shorter slices have more of
 * them. */
#include "engine/slices.h"

#include "config.h"
#include "engine/context.h"

#include <glib/gi18n-lib.h>

#define LIMIT_MIN 5
#define LIMIT_MAX 500
#define COST_LOW  (5 * 1000) /* microseconds; a slice aims at the middle of both */
#define COST_HIGH (10 * 1000)

/* Of the host's thread, which must not notice. */
#define HOST_COST_LOW  500
#define HOST_COST_HIGH 1500

struct ShopcaisseSlices {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseSliceStep step;
  ShopcaisseSlicesDone done;
  gpointer user_data;
  guint limit;
  gboolean is_repeatable; /* its commits wait for no flush */
  gboolean is_bare;       /* it has no transactions */
  GSource *source;        /* (owned) */
};

static gboolean slice_cb(gpointer user_data);

/**
 * shopcaisse_slice_adapt:
 * @limit: how many rows a slice had
 * @cost_us: how long it took, without its commit
 *
 * Makes slices shorter at once and longer by and by: a first synchronisation writes much for each
 * row, later ones little, and disks differ.
 *
 * Returns: how many rows the next may have
 */
guint
shopcaisse_slice_adapt(guint limit, gint64 cost_us)
{
  if (cost_us > COST_HIGH)
    return MAX(LIMIT_MIN, limit / 2);
  return cost_us < COST_LOW ? MIN(LIMIT_MAX, limit + 1 + limit / 4) : limit;
}

/**
 * shopcaisse_host_page_adapt:
 * @limit: how many rows the host had to deal with at once
 * @max: how many it may ever get
 * @cost_us: how long that held its thread
 *
 * Finds how many rows cost the host little. A host that works in a thread of its own gets @max.
 *
 * Returns: how many rows the next page may have
 */
guint
shopcaisse_host_page_adapt(guint limit, guint max, gint64 cost_us)
{
  if (cost_us > HOST_COST_HIGH)
    return MAX(LIMIT_MIN, limit / 2);
  return cost_us < HOST_COST_LOW ? MIN(max, limit + 1 + limit / 4) : limit;
}

/* Nobody hears of it any more after this. */
static void
end_slices(ShopcaisseSlices *self, const GError *error)
{
  g_ptr_array_remove(self->context->slices, self);
  g_source_destroy(self->source);
  g_source_unref(self->source);
  self->done(error, self->user_data);
  g_free(self);
}

static ShopcaisseSlices *
start(ShopcaisseContext *context,
      ShopcaisseSliceStep step,
      ShopcaisseSlicesDone done,
      gpointer user_data)
{
  ShopcaisseSlices *self = g_new0(ShopcaisseSlices, 1);

  self->context = context;
  self->step = step;
  self->done = done;
  self->user_data = user_data;
  self->limit = SHOPCAISSE_SLICE_FIRST;
  self->source = g_idle_source_new();
  g_source_set_priority(self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback(self->source, slice_cb, self, NULL);
  if (context->slices == NULL)
    context->slices = g_ptr_array_new();
  g_ptr_array_add(context->slices, self);
  g_source_attach(self->source, context->config->context);
  return self;
}

/**
 * shopcaisse_slices_run:
 * @context: the engine's parts
 * @step: does a slice, in a transaction
 * @done: called once, never from inside this
 * @user_data: for both
 *
 * Does long work without anybody waiting for it.
 */
void
shopcaisse_slices_run(ShopcaisseContext *context,
                      ShopcaisseSliceStep step,
                      ShopcaisseSlicesDone done,
                      gpointer user_data)
{
  (void)start(context, step, done, user_data);
}

/**
 * shopcaisse_slices_run_repeatable:
 * @context: the engine's parts
 * @step: does a slice
 * @done: called once, never from inside
 * @user_data: for both
 *
 * The same for rows that whoever wrote them would write again: a power cut may take back slices
 * that are done. The next other commit brings them to disk.
 */
void
shopcaisse_slices_run_repeatable(ShopcaisseContext *context,
                                 ShopcaisseSliceStep step,
                                 ShopcaisseSlicesDone done,
                                 gpointer user_data)
{
  start(context, step, done, user_data)->is_repeatable = TRUE;
}

/**
 * shopcaisse_slices_run_bare:
 * @context: the engine's parts
 * @step: does a slice, outside any transaction
 * @done: called once, never from inside
 * @user_data: for both
 *
 * The same for work on the files themselves.
 */
void
shopcaisse_slices_run_bare(ShopcaisseContext *context,
                           ShopcaisseSliceStep step,
                           ShopcaisseSlicesDone done,
                           gpointer user_data)
{
  start(context, step, done, user_data)->is_bare = TRUE;
}

static gboolean
do_bare_slice(ShopcaisseSlices *self, gboolean *is_done, GError **error)
{
  ShopcaisseClock *clock = self->context->clock;
  gint64 began_at = clock->get_monotonic(clock);

  if (!self->step(self->limit, is_done, self->user_data, error))
    return FALSE;
  self->limit = shopcaisse_slice_adapt(self->limit, clock->get_monotonic(clock) - began_at);
  return TRUE;
}

static gboolean
do_slice(ShopcaisseSlices *self, gboolean *is_done, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  ShopcaisseClock *clock = self->context->clock;
  gint64 began_at = clock->get_monotonic(clock);
  gboolean is_begun = FALSE;

  if (self->is_bare)
    return do_bare_slice(self, is_done, error);
  is_begun = self->is_repeatable ? shopcaisse_database_begin_repeatable(database, error)
                                 : shopcaisse_database_begin(database, error);

  if (!is_begun)
    return FALSE;
  if (self->step(self->limit, is_done, self->user_data, error)) {
    self->limit = shopcaisse_slice_adapt(self->limit, clock->get_monotonic(clock) - began_at);
    if (shopcaisse_database_commit(database, error))
      return TRUE;
  }
  shopcaisse_database_rollback(database);
  return FALSE;
}

static gboolean
slice_cb(gpointer user_data)
{
  ShopcaisseSlices *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  if (self->context->is_closing)
    g_set_error_literal(&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel closes"));
  else if (do_slice(self, &is_done, &error) && !is_done)
    return G_SOURCE_CONTINUE;
  end_slices(self, error);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_slices_cancel_all:
 * @context: the engine's parts, closing
 *
 * Ends all work that is underway.
 */
void
shopcaisse_slices_cancel_all(ShopcaisseContext *context)
{
  g_autoptr(GError) error =
      g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel closes"));

  while (context->slices != NULL && context->slices->len > 0)
    end_slices(context->slices->pdata[0], error);
}
