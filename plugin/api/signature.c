/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The signature of a webhook: HMAC-SHA256 over the bytes as they came, keyed with the application's
 * id; docs/PROTOCOL.md 4. How it is written is not sure: hex or base64, perhaps behind "sha256=".
 */
#include "api/signature.h"

#include <string.h>

#define DIGEST_BYTES      32
#define HEX_CHARACTERS    (2 * DIGEST_BYTES)
#define BASE64_CHARACTERS 44 /* one of them fills up */
#define PREFIX            "sha256="

static gboolean
decode_hex(const char *text, guint8 *digest)
{
  for (gsize i = 0; i < DIGEST_BYTES; i++) {
    int high = g_ascii_xdigit_value(text[2 * i]);
    int low = g_ascii_xdigit_value(text[2 * i + 1]);

    if (high < 0 || low < 0)
      return FALSE;
    digest[i] = (guint8)(high * 16 + low);
  }
  return TRUE;
}

/* GLib's decoder skips what it does not know. */
static gboolean
decode_base64(const char *text, guint8 *digest)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  for (gsize i = 0; i < BASE64_CHARACTERS - 1; i++) {
    if (!g_ascii_isalnum(text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  }
  if (text[BASE64_CHARACTERS - 1] != '=')
    return FALSE;
  bytes = g_base64_decode(text, &length);
  if (length != DIGEST_BYTES)
    return FALSE;
  memcpy(digest, bytes, DIGEST_BYTES);
  return TRUE;
}

static gboolean
decode(const char *signature, guint8 *digest)
{
  const char *text = signature;

  if (g_ascii_strncasecmp(text, PREFIX, strlen(PREFIX)) == 0)
    text += strlen(PREFIX);
  switch (strlen(text)) {
  case HEX_CHARACTERS:
    return decode_hex(text, digest);
  case BASE64_CHARACTERS:
    return decode_base64(text, digest);
  default:
    return FALSE;
  }
}

/* All bytes are looked at, wherever the first difference is. */
static gboolean
is_equal(const guint8 *a, const guint8 *b)
{
  volatile guint8 difference = 0;

  for (gsize i = 0; i < DIGEST_BYTES; i++)
    difference = (guint8)(difference | (a[i] ^ b[i]));
  return difference == 0;
}

/**
 * shopcaisse_signature_check:
 * @body: the body, byte for byte
 * @key: (nullable): the application's id
 * @signature: (nullable): as the header had it
 *
 * Looks whether a body was signed by who has the key. Without a key nothing is.
 *
 * Returns: %TRUE when it was
 */
gboolean
shopcaisse_signature_check(GBytes *body, const char *key, const char *signature)
{
  g_return_val_if_fail(body != NULL, FALSE);

  g_autoptr(GHmac) hmac = NULL;
  guint8 expected[DIGEST_BYTES] = { 0 };
  guint8 found[DIGEST_BYTES] = { 0 };
  gsize length = DIGEST_BYTES;
  gsize size = 0;
  const guchar *data = g_bytes_get_data(body, &size);

  if (key == NULL || *key == '\0' || signature == NULL || !decode(signature, found))
    return FALSE;
  hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key));
  if (size > 0)
    g_hmac_update(hmac, data, (gssize)size);
  g_hmac_get_digest(hmac, expected, &length);
  return is_equal(expected, found);
}
