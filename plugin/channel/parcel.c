/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Carries values to the other thread: a source on its context, opened there in the order of
 * posting. */
#include "channel/parcel.h"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static gboolean open_cb(gpointer user_data);

/**
 * shopcaisse_parcel_new:
 * @bridge: (transfer none): the bridge; kept until the parcel is gone
 * @open: what to do over there
 *
 * Makes an empty parcel.
 *
 * Returns: (transfer full): the parcel, to be filled and posted
 */
ShopcaisseParcel *
shopcaisse_parcel_new(ShopcaisseBridge *bridge, ShopcaisseParcelFunc open)
{
  ShopcaisseParcel *self = g_new0(ShopcaisseParcel, 1);
  self->bridge = shopcaisse_bridge_ref(bridge);
  self->open = open;
  return self;
}

/**
 * shopcaisse_parcel_free:
 * @self: (transfer full): the parcel
 *
 * Releases a parcel, from either thread.
 */
void
shopcaisse_parcel_free(ShopcaisseParcel *self)
{
  g_free(self->text);
  g_strfreev(self->names);
  g_clear_pointer(&self->value, g_variant_unref);
  g_clear_error(&self->error);
  shopcaisse_bridge_unref(self->bridge);
  g_free(self);
}

/**
 * shopcaisse_parcel_post:
 * @self: (transfer full): the parcel
 * @context: where to open it
 *
 * Sends a parcel. It is opened after those that were posted to @context before, and released.
 */
void
shopcaisse_parcel_post(ShopcaisseParcel *self, GMainContext *context)
{
  g_autoptr(GSource) source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_static_name(source, "shopcaisse parcel");
  g_source_set_callback(source, open_cb, self, (GDestroyNotify)shopcaisse_parcel_free);
  /* GLib's own lock orders the two threads; this pair says so to tools that cannot see it. */
  g_atomic_int_set(&self->sealed, 1);
  g_source_attach(source, context);
}

static gboolean
open_cb(gpointer user_data)
{
  ShopcaisseParcel *self = user_data;
  if (g_atomic_int_get(&self->sealed) != 0)
    self->open(self->bridge, self);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_parcel_closed_error:
 *
 * Says why there will be no answer any more.
 *
 * Returns: (transfer full): a %G_IO_ERROR_CANCELLED
 */
GError *
shopcaisse_parcel_closed_error(void)
{
  return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel was closed"));
}
