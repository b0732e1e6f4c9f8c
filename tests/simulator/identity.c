/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Identifiers that look like random UUIDs and are the same in every run. */

#include "identity.h"

#include "options.h"

/**
 * sim_identity_derive:
 * @salt: the shop's name, or a seed
 * @kind: what is named
 * @name: its key within the kind
 *
 * Makes a UUID in the form of version 4 out of a name.
 *
 * Returns: (transfer full): the identifier
 */
char *
sim_identity_derive(const char *salt, const char *kind, const char *name)
{
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  guint8 digest[32] = { 0 };
  gsize length = sizeof digest;

  g_checksum_update(checksum, (const guchar *)salt, -1);
  g_checksum_update(checksum, (const guchar *)"\n", 1);
  g_checksum_update(checksum, (const guchar *)kind, -1);
  g_checksum_update(checksum, (const guchar *)"\n", 1);
  g_checksum_update(checksum, (const guchar *)name, -1);
  g_checksum_get_digest(checksum, digest, &length);

  digest[6] = (guint8)((digest[6] & 0x0f) | 0x40);
  digest[8] = (guint8)((digest[8] & 0x3f) | 0x80);
  return g_strdup_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                         digest[0], digest[1], digest[2], digest[3], digest[4], digest[5],
                         digest[6], digest[7], digest[8], digest[9], digest[10], digest[11],
                         digest[12], digest[13], digest[14], digest[15]);
}

/**
 * sim_identity_next:
 * @sim: the simulator
 * @kind: what is named
 *
 * Makes the next identifier that the service hands out; the sequence follows from the seed.
 *
 * Returns: (transfer full): the identifier
 */
char *
sim_identity_next(Simulator *sim, const char *kind)
{
  g_autofree char *salt = g_strdup_printf("%s/%u", sim->shop_name, sim->options->seed);
  g_autofree char *name = g_strdup_printf("%" G_GUINT64_FORMAT, sim->next_identity++);
  return sim_identity_derive(salt, kind, name);
}
