/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Digests of rows, to see whether one changed, and of frozen requests, to see whether one is
 * damaged. They are stored: the order and form of what is added never changes. */
#include "store/digest.h"

#include <string.h>

/**
 * shopcaisse_digest_new:
 *
 * Starts a digest.
 *
 * Returns: (transfer full): the digest, for [func@Shopcaisse.digest_finish]
 */
ShopcaisseDigest *
shopcaisse_digest_new(void)
{
  return g_checksum_new(G_CHECKSUM_SHA256);
}

/**
 * shopcaisse_digest_add_text:
 * @self: the digest
 * @text: (nullable): the text, which differs from an empty one when it is %NULL
 *
 * Adds a text with its end.
 */
void
shopcaisse_digest_add_text(ShopcaisseDigest *self, const char *text)
{
  if (text == NULL)
    g_checksum_update(self, (const guchar *)"\xff", 1);
  else
    g_checksum_update(self, (const guchar *)text, (gssize)strlen(text) + 1);
}

/**
 * shopcaisse_digest_add_number:
 * @self: the digest
 * @number: the number
 *
 * Adds a number.
 */
void
shopcaisse_digest_add_number(ShopcaisseDigest *self, gint64 number)
{
  gint64 bytes = GINT64_TO_LE(number);

  g_checksum_update(self, (const guchar *)&bytes, sizeof bytes);
}

/**
 * shopcaisse_digest_finish:
 * @self: (transfer full): the digest
 *
 * Ends a digest.
 *
 * Returns: its number
 */
gint64
shopcaisse_digest_finish(ShopcaisseDigest *self)
{
  guint8 bytes[32];
  gsize size = sizeof bytes;
  gint64 number = 0;

  g_checksum_get_digest(self, bytes, &size);
  g_checksum_free(self);
  memcpy(&number, bytes, sizeof number);
  return GINT64_FROM_LE(number);
}

/**
 * shopcaisse_digest_request:
 * @path: the path
 * @body: (nullable): the body
 *
 * Digests path, line feed and body.
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
shopcaisse_digest_request(const char *path, GBytes *body)
{
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

  g_checksum_update(checksum, (const guchar *)path, -1);
  g_checksum_update(checksum, (const guchar *)"\n", 1);
  if (body != NULL && g_bytes_get_size(body) > 0)
    g_checksum_update(checksum, g_bytes_get_data(body, NULL), (gssize)g_bytes_get_size(body));
  return g_strdup(g_checksum_get_string(checksum));
}
