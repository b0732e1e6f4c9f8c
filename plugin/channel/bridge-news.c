/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the engine tells of itself. One parcel is underway at a time and the newest word replaces
 * the one before, so a host that stands still for a minute finds one parcel and not ten thousand;
 * an answer takes along what came before it. */
#include "channel/bridge-private.h"

/* The parcel that goes next. */
static ShopcaisseParcel *
collect(ShopcaisseBridge *self)
{
  if (self->engine_side.news == NULL)
    self->engine_side.news = shopcaisse_parcel_new(self, shopcaisse_bridge_take_news);
  return self->engine_side.news;
}

static void
post(ShopcaisseBridge *self)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  g_autofree char **kinds = (char **)g_hash_table_get_keys_as_array(side->news_kinds, NULL);
  side->news->names = g_strdupv(kinds);
  g_hash_table_remove_all(side->news_kinds);
  side->is_news_underway = TRUE;
  shopcaisse_parcel_post(g_steal_pointer(&side->news), self->host_context);
}

static void
send_next(ShopcaisseBridge *self)
{
  if (!self->engine_side.is_news_underway && self->engine_side.news != NULL)
    post(self);
}

/**
 * shopcaisse_bridge_send_news: (skip)
 * @self: the bridge
 *
 * Before an answer: whoever hears it finds the settings and the status that it speaks of.
 */
void
shopcaisse_bridge_send_news(ShopcaisseBridge *self)
{
  const ShopcaisseParcel *news = self->engine_side.news;
  if (news != NULL && (news->value != NULL || news->has_status))
    post(self);
}

static void
status_changed(ComptoirStatus status,
               const char *last_error,
               gboolean busy,
               double progress,
               gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  ShopcaisseParcel *news = collect(self);
  news->has_status = TRUE;
  news->kind = status;
  g_free(news->text);
  news->text = g_strdup(last_error);
  news->is_busy = busy;
  news->progress = progress;
  send_next(self);
}

static void
settings_changed(GVariant *settings, gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  ShopcaisseParcel *news = collect(self);
  g_clear_pointer(&news->value, g_variant_unref);
  news->value = g_variant_ref_sink(settings);
  send_next(self);
}

static void
list_changed(const char *kind, gpointer user_data)
{
  ShopcaisseBridge *self = user_data;
  (void)collect(self);
  g_hash_table_add(self->engine_side.news_kinds, g_strdup(kind));
  send_next(self);
}

const ShopcaisseListener shopcaisse_bridge_listener = {
  .status_changed = status_changed,
  .settings_changed = settings_changed,
  .list_changed = list_changed,
};

/**
 * shopcaisse_bridge_do_news_taken: (skip)
 * @self: the bridge
 * @parcel: (nullable): empty
 *
 * The host's thread has heard the news; what came since may go.
 */
void
shopcaisse_bridge_do_news_taken(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  self->engine_side.is_news_underway = FALSE;
  send_next(self);
}

/**
 * shopcaisse_bridge_take_news: (skip)
 * @self: the bridge
 * @parcel: `value` the settings, `names` the lists, and a status if `has_status`
 *
 * Tells the owner, in the host's thread: the status last, because people look again when it
 * changes.
 */
void
shopcaisse_bridge_take_news(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  if (self->engine_context != NULL)
    shopcaisse_parcel_post(shopcaisse_parcel_new(self, shopcaisse_bridge_do_news_taken),
                           self->engine_context);
  g_autoptr(GObject) owner = g_weak_ref_get(&self->owner);
  if (owner == NULL || self->host_side.is_closed)
    return;
  const ShopcaisseListener *changed = &self->events->changed;
  if (parcel->value != NULL)
    changed->settings_changed(parcel->value, owner);
  for (gsize i = 0; parcel->names[i] != NULL; i++)
    changed->list_changed(parcel->names[i], owner);
  if (parcel->has_status)
    changed->status_changed((ComptoirStatus)parcel->kind, parcel->text, parcel->is_busy,
                            parcel->progress, owner);
}
