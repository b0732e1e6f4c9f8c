/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where and with which key webhooks are to be listened for. */
#include "engine/webhook-wish.h"

#include "engine/context.h"
#include "engine/setting.h"
#include "store/settings.h"

#include <string.h>

static char *
dup_key(const ShopcaisseGrant *grant, const char *learnt_key)
{
  gboolean is_named =
      grant != NULL && grant->application_id != NULL && *grant->application_id != '\0';

  return g_strdup(is_named ? grant->application_id : learnt_key);
}

/**
 * shopcaisse_webhook_wish_read:
 * @self: (out caller-allocates): the wish
 * @context: the engine's parts
 * @learnt_key: (nullable): the key, for a token that names none
 *
 * Reads what the settings and the token say now.
 */
void
shopcaisse_webhook_wish_read(ShopcaisseWebhookWish *self,
                             ShopcaisseContext *context,
                             const char *learnt_key)
{
  g_autoptr(GVariant) all = shopcaisse_settings_get_all(context->database, NULL);
  g_autofree char *wanted = NULL;
  g_autofree char *port = NULL;

  if (all == NULL)
    all = g_variant_ref_sink(g_variant_new("a{ss}", NULL));
  wanted = shopcaisse_setting_dup_value(all, "webhooks");
  port = shopcaisse_setting_dup_value(all, "webhook-port");
  *self = (ShopcaisseWebhookWish){
    .is_wanted = g_str_equal(wanted, "true"),
    .port = (guint16)g_ascii_strtoull(port, NULL, 10),
    .address = shopcaisse_setting_dup_value(all, "webhook-address"),
    .path = shopcaisse_setting_dup_value(all, "webhook-path"),
    .header = shopcaisse_setting_dup_value(all, "webhook-header"),
    .key = dup_key(context->configuration->grant, learnt_key),
    .url = shopcaisse_setting_dup_value(all, "webhook-url"),
  };
}

/**
 * shopcaisse_webhook_wish_clear:
 * @self: the wish
 *
 * Frees what it owns.
 */
void
shopcaisse_webhook_wish_clear(ShopcaisseWebhookWish *self)
{
  g_clear_pointer(&self->address, g_free);
  g_clear_pointer(&self->path, g_free);
  g_clear_pointer(&self->header, g_free);
  g_clear_pointer(&self->key, g_free);
  g_clear_pointer(&self->url, g_free);
}

/**
 * shopcaisse_webhook_wish_is_same:
 * @a: a wish
 * @b: another
 *
 * Returns: %TRUE when a receiver for one serves the other
 */
gboolean
shopcaisse_webhook_wish_is_same(const ShopcaisseWebhookWish *a, const ShopcaisseWebhookWish *b)
{
  return a->port == b->port && g_strcmp0(a->address, b->address) == 0 &&
         g_strcmp0(a->path, b->path) == 0 && g_strcmp0(a->header, b->header) == 0 &&
         g_strcmp0(a->key, b->key) == 0;
}

/**
 * shopcaisse_webhook_wish_is_public:
 * @self: the wish
 *
 * Returns: %TRUE when other computers can reach the address
 */
gboolean
shopcaisse_webhook_wish_is_public(const ShopcaisseWebhookWish *self)
{
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string(self->address);

  return number == NULL || !g_inet_address_get_is_loopback(number);
}

/**
 * shopcaisse_webhook_wish_dup_place:
 * @self: the wish
 * @port: the port that it came to
 *
 * Returns: (transfer full): the address of http at which is listened
 */
char *
shopcaisse_webhook_wish_dup_place(const ShopcaisseWebhookWish *self, guint16 port)
{
  gboolean is_six = strchr(self->address, ':') != NULL;

  return g_strdup_printf(is_six ? "http://[%s]:%u%s" : "http://%s:%u%s", self->address, port,
                         self->path);
}
