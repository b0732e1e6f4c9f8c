/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sees to it that what was erased is not in the files any more either: empties the log, deletes
 * databases that were set aside, looks through the file, and writes it anew if need be. */
#include "engine/wash.h"

#include "store/erasures.h"
#include "store/wash.h"

#define SEARCH_UNIT ((gsize)(64 * 1024)) /* bytes: what a slice counts */

typedef enum {
  BEGIN,
  SEARCH,
  REBUILD,
  END
} Step;

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  gint64 id;
  ShopcaisseMask *mask; /* (owned) (nullable) */
  ShopcaisseWashSearch search;
  Step step;
  ShopcaisseSlicesDone done; /* (nullable) */
  gpointer user_data;
} Wash;

static gboolean begin(Wash *self, GError **error);
static gboolean search(Wash *self, guint limit, GError **error);
static gboolean rebuild(Wash *self, GError **error);
static gboolean end(Wash *self, GError **error);

static gboolean
step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Wash *self = user_data;

  switch (self->step) {
  case BEGIN:
    return begin(self, error);
  case SEARCH:
    return search(self, limit, error);
  case REBUILD:
    return rebuild(self, error);
  case END:
  default:
    *is_done = TRUE;
    return end(self, error);
  }
}

static gboolean
begin(Wash *self, GError **error)
{
  self->step = self->mask != NULL ? SEARCH : REBUILD;
  return shopcaisse_database_delete_set_aside(self->context->database, error) &&
         shopcaisse_wash_truncate(self->context->database, error);
}

static gboolean
search(Wash *self, guint limit, GError **error)
{
  if (!shopcaisse_wash_search(self->context->database, &self->search, SEARCH_UNIT * limit, error))
    return FALSE;
  if (self->search.is_found)
    self->step = REBUILD;
  else if (self->search.is_end)
    self->step = END;
  return TRUE;
}

static gboolean
rebuild(Wash *self, GError **error)
{
  self->step = END;
  return shopcaisse_wash_rebuild(self->context->database, error);
}

static gboolean
end(Wash *self, GError **error)
{
  return shopcaisse_erasures_remove(self->context->database, self->id, error);
}

static void
washed_cb(const GError *error, gpointer user_data)
{
  g_autofree Wash *self = user_data;

  if (error != NULL && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning("an erased customer may be left in unused parts of the database until the next start:"
              " %s",
              error->message);
  if (self->done != NULL)
    self->done(error, self->user_data);
  shopcaisse_mask_free(self->mask);
}

/**
 * shopcaisse_wash_run:
 * @context: the engine's parts
 * @id: the row of the erasure
 * @mask: (transfer full) (nullable): what must not be left
 * @done: (nullable): called at the end
 * @user_data: for @done
 *
 * Washes the files in slices; one of them takes as long as copying the database, if something was
 * left in it.
 */
void
shopcaisse_wash_run(ShopcaisseContext *context,
                    gint64 id,
                    ShopcaisseMask *mask,
                    ShopcaisseSlicesDone done,
                    gpointer user_data)
{
  Wash *self = g_new0(Wash, 1);

  self->context = context;
  self->id = id;
  self->mask = mask;
  self->search.mask = mask;
  self->done = done;
  self->user_data = user_data;
  shopcaisse_slices_run_bare(context, step_cb, washed_cb, self);
}

/**
 * shopcaisse_wash_later:
 * @context: the engine's parts
 * @mask: (transfer full) (nullable): what must not be left
 * @error: return location for an error
 *
 * Notes a washing in the caller's transaction and does it after that. When the transaction is
 * rolled back, nothing was to be washed and it does no harm.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_wash_later(ShopcaisseContext *context, ShopcaisseMask *mask, GError **error)
{
  g_autoptr(ShopcaisseMask) owned = mask;
  gint64 id = 0;

  if (!shopcaisse_erasures_add(context->database, NULL, &id, error))
    return FALSE;
  shopcaisse_wash_run(context, id, g_steal_pointer(&owned), NULL, NULL);
  return TRUE;
}
