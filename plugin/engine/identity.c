/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ids of orders: derived, never drawn, so that a lost outbox makes the same ones again. */
#include "engine/identity.h"

#include "model/timestamp.h"

#include <string.h>

#define UUID_BYTES 16

/* The project's own name space, drawn once. */
static const guint8 project_namespace[UUID_BYTES] = { 0x8a, 0x3c, 0x52, 0x1f, 0x0d, 0x64,
                                                      0x4b, 0x7e, 0x9c, 0x11, 0x5e, 0x20,
                                                      0x77, 0xd9, 0x3f, 0xa6 };

/* RFC 4122, version 5. */
static void
hash_name(const guint8 *space, const char *name, guint8 *uuid)
{
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update(checksum, space, UUID_BYTES);
  g_checksum_update(checksum, (const guchar *)name, (gssize)strlen(name));
  g_checksum_get_digest(checksum, digest, &length);
  memcpy(uuid, digest, UUID_BYTES);
  uuid[6] = (guint8)((uuid[6] & 0x0f) | 0x50);
  uuid[8] = (guint8)((uuid[8] & 0x3f) | 0x80);
}

static char *
uuid_to_text(const guint8 *uuid)
{
  GString *text = g_string_sized_new(36);

  for (guint i = 0; i < UUID_BYTES; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      g_string_append_c(text, '-');
    g_string_append_printf(text, "%02x", uuid[i]);
  }
  return g_string_free(text, FALSE);
}

/**
 * shopcaisse_identity_order_id:
 * @instance_id: names the host's sales database
 * @sale_id: the host's id of the sale
 * @generation: 0 for the first
 *
 * Derives the id of the order.
 *
 * Returns: (transfer full): a UUID, version 5, as text
 */
char *
shopcaisse_identity_order_id(const char *instance_id, const char *sale_id, guint generation)
{
  guint8 space[UUID_BYTES];
  guint8 uuid[UUID_BYTES];
  g_autofree char *name = NULL;

  hash_name(project_namespace, instance_id, space);
  name = generation == 0 ? g_strdup(sale_id) : g_strdup_printf("%s\n%u", sale_id, generation);
  hash_name(space, name, uuid);
  return uuid_to_text(uuid);
}

/**
 * shopcaisse_identity_discriminator:
 * @sale: a sale
 *
 * Returns: (transfer full): till and time of sale
 */
char *
shopcaisse_identity_discriminator(const ShopcaisseSale *sale)
{
  return shopcaisse_identity_discriminate(sale->till, sale->sold_at);
}

/**
 * shopcaisse_identity_discriminate:
 * @till: a till's name
 * @sold_at: a time of sale
 *
 * Returns: (transfer full): what tells a sale of that till at that time from others
 */
char *
shopcaisse_identity_discriminate(const char *till, gint64 sold_at)
{
  g_autofree char *text = shopcaisse_timestamp_to_text(sold_at);

  return g_strdup_printf("%s %s", till, text);
}

/**
 * shopcaisse_identity_renewed_id:
 * @instance_id: names the host's sales database
 * @sale_id: the host's id of the sale
 * @discriminator: till and time of sale
 * @generation: how often the sale needed another id, from 1 on
 *
 * Derives the id of the order of a sale whose first id was taken. It holds till and time, so that
 * the same id of the host makes another one for another sale.
 *
 * Returns: (transfer full): a UUID, version 5, as text
 */
char *
shopcaisse_identity_renewed_id(const char *instance_id,
                               const char *sale_id,
                               const char *discriminator,
                               guint generation)
{
  g_autofree char *name = g_strdup_printf("%s\n%s", sale_id, discriminator);

  return shopcaisse_identity_order_id(instance_id, name, generation);
}

/**
 * shopcaisse_identity_aside:
 * @sale_id: the host's id of a sale
 * @discriminator: its till and time of sale
 *
 * Returns: (transfer full): what it is called after another sale has got its id
 */
char *
shopcaisse_identity_aside(const char *sale_id, const char *discriminator)
{
  return g_strdup_printf("%s (%s)", sale_id, discriminator);
}
