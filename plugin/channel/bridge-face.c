/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host as the engine sees it, in the engine's thread: a question goes to the other thread with
 * a number, and its answer comes back with it. */
#include "channel/bridge-private.h"

typedef struct {
  guint64 id; /* also its key */
  ShopcaisseHostAnswer answer;
  gpointer user_data; /* the engine's */
} Asked;

static void ask(ShopcaisseHost *host,
                ShopcaisseQuestion question,
                GVariant *argument,
                ShopcaisseHostAnswer answer,
                gpointer user_data);
static void tell(ShopcaisseHost *host,
                 ShopcaisseNews news,
                 GVariant *row,
                 ShopcaisseHostAnswer answer,
                 gpointer user_data);

/**
 * shopcaisse_bridge_init_face: (skip)
 * @self: the bridge, with its profile
 *
 * Prepares what the engine will call.
 */
void
shopcaisse_bridge_init_face(ShopcaisseBridge *self)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  side->asked = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
  side->performing = g_hash_table_new_full(NULL, NULL, g_free, NULL);
  side->news_kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  /* What the engine says while it opens goes in one parcel, ahead of the word that it is open. */
  side->is_news_underway = TRUE;
  side->face.bridge = self;
  side->face.base.instance_id = self->profile->instance_id;
  side->face.base.name = self->profile->name;
  side->face.base.features = self->profile->features;
  side->face.base.ask = ask;
  side->face.base.tell = tell;
}

/**
 * shopcaisse_bridge_clear_face: (skip)
 * @self: the bridge
 *
 * Releases it, when the engine is gone.
 */
void
shopcaisse_bridge_clear_face(ShopcaisseBridge *self)
{
  g_clear_pointer(&self->engine_side.performing, g_hash_table_unref);
  g_clear_pointer(&self->engine_side.asked, g_hash_table_unref);
  g_clear_pointer(&self->engine_side.news_kinds, g_hash_table_unref);
}

/* Sends a question, or, when the host is called no more, its failure to ourselves. */
static void
send_question(ShopcaisseBridge *self,
              ShopcaisseParcel *parcel,
              ShopcaisseHostAnswer answer,
              gpointer user_data)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  Asked *asked = g_new0(Asked, 1);
  asked->answer = answer;
  asked->user_data = user_data;
  asked->id = ++side->last_id;
  g_hash_table_insert(side->asked, &asked->id, asked);
  parcel->id = asked->id;
  if (!side->is_leaving) {
    shopcaisse_parcel_post(parcel, self->host_context);
    return;
  }
  parcel->open = shopcaisse_bridge_do_host_answered;
  g_clear_pointer(&parcel->value, g_variant_unref);
  parcel->error = shopcaisse_parcel_closed_error();
  shopcaisse_parcel_post(parcel, self->engine_context);
}

static void
ask(ShopcaisseHost *host,
    ShopcaisseQuestion question,
    GVariant *argument,
    ShopcaisseHostAnswer answer,
    gpointer user_data)
{
  ShopcaisseBridge *self = ((ShopcaisseBridgeFace *)host)->bridge;
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_take_question);
  parcel->kind = question;
  parcel->value = g_variant_ref_sink(argument);
  send_question(self, parcel, answer, user_data);
}

static void
tell(ShopcaisseHost *host,
     ShopcaisseNews news,
     GVariant *row,
     ShopcaisseHostAnswer answer,
     gpointer user_data)
{
  ShopcaisseBridge *self = ((ShopcaisseBridgeFace *)host)->bridge;
  ShopcaisseParcel *parcel = shopcaisse_parcel_new(self, shopcaisse_bridge_take_tale);
  parcel->kind = news;
  parcel->value = g_variant_ref_sink(row);
  send_question(self, parcel, answer, user_data);
}

/**
 * shopcaisse_bridge_do_host_answered: (skip)
 * @self: the bridge
 * @parcel: `id`, `value` or `error`, and `cost_us`
 *
 * Answers the engine, if it was not told already that the host is gone.
 */
void
shopcaisse_bridge_do_host_answered(ShopcaisseBridge *self, ShopcaisseParcel *parcel)
{
  gpointer found = NULL;
  if (!g_hash_table_steal_extended(self->engine_side.asked, &parcel->id, NULL, &found))
    return;
  g_autofree Asked *asked = found;
  if (asked->answer != NULL)
    asked->answer(parcel->value, parcel->error, parcel->cost_us, asked->user_data);
}

/**
 * shopcaisse_bridge_fail_asked: (skip)
 * @self: the bridge, leaving
 *
 * Tells the engine that none of its questions will be answered. What it asks from now on fails by
 * itself.
 */
void
shopcaisse_bridge_fail_asked(ShopcaisseBridge *self)
{
  ShopcaisseEngineSide *side = &self->engine_side;
  g_autoptr(GError) error = shopcaisse_parcel_closed_error();
  g_autoptr(GHashTable) asked = g_steal_pointer(&side->asked);
  side->asked = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);

  g_autoptr(GList) all = g_hash_table_get_values(asked);
  for (GList *link = all; link != NULL; link = link->next) {
    const Asked *one = link->data;
    if (one->answer != NULL)
      one->answer(NULL, error, 0, one->user_data);
  }
}
