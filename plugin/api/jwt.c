/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the middle part of a token, without checking its signature: only the service can. No byte
 * of a token is ever put into an error. docs/PROTOCOL.md 1.1. */
#include "api/grant.h"
#include "config.h"
#include "model/timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKEN_BYTES   (8 * 1024)
#define MAX_TOKEN_DEPTH   6
#define N_PARTS           3
#define PAYLOAD_PART      1
#define BEARER_PREFIX     "bearer"
#define BASE64_BLOCK      4
#define MAX_ISSUED_SECOND (SHOPCAISSE_TIMESTAMP_MAX / G_USEC_PER_SEC)

static gboolean
fail(GError **error, const char *message)
{
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_token_character(char character)
{
  return g_ascii_isalnum(character) || character == '-' || character == '_' || character == '.';
}

/* People paste the whole header, or with the line's end. */
static char *
strip_token(const char *token)
{
  char *stripped = g_strstrip(g_strdup(token));
  gsize length = strlen(BEARER_PREFIX);

  if (g_ascii_strncasecmp(stripped, BEARER_PREFIX, length) == 0 &&
      g_ascii_isspace(stripped[length])) {
    memmove(stripped, stripped + length, strlen(stripped + length) + 1);
    g_strchug(stripped);
  }
  return stripped;
}

static gboolean
check_characters(const char *token, GError **error)
{
  for (const char *at = token; *at != '\0'; at++) {
    if (is_token_character(*at))
      continue;
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("the token has a character at position %u that no token has"),
                (guint)(at - token) + 1);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_parts(char **parts, GError **error)
{
  guint n_parts = g_strv_length(parts);

  if (n_parts < N_PARTS) {
    /* Translators: %1$u parts between full stops are there, %2$d belong there. */
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                g_dngettext(GETTEXT_PACKAGE,
                            "the token has %1$u part instead of %2$d: it was not copied whole",
                            "the token has %1$u parts instead of %2$d: it was not copied whole",
                            n_parts),
                n_parts, N_PARTS);
    return FALSE;
  }
  if (n_parts > N_PARTS) {
    /* Translators: %1$u parts between full stops are there, %2$d belong there. */
    g_set_error(
        error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
        g_dngettext(GETTEXT_PACKAGE,
                    "the token has %1$u part instead of %2$d: something else was copied with it",
                    "the token has %1$u parts instead of %2$d: something else was copied with it",
                    n_parts),
        n_parts, N_PARTS);
    return FALSE;
  }
  for (guint i = 0; i < n_parts; i++) {
    if (parts[i][0] == '\0')
      return fail(error, _("the token has an empty part: it was not copied whole"));
  }
  return TRUE;
}

static json_t *
decode_part(const char *part, GError **error)
{
  gsize length = strlen(part);
  gsize size = 0;

  if (length % BASE64_BLOCK == 1) {
    fail(error, _("the token's middle part has a wrong length: it was not copied whole"));
    return NULL;
  }

  GString *padded = g_string_new(part);

  for (gsize i = 0; i < length; i++) {
    if (padded->str[i] == '-')
      padded->str[i] = '+';
    else if (padded->str[i] == '_')
      padded->str[i] = '/';
  }
  while (padded->len % BASE64_BLOCK != 0)
    g_string_append_c(padded, '=');

  g_autofree char *base64 = g_string_free(padded, FALSE);
  guchar *bytes = g_base64_decode(base64, &size);
  g_autoptr(GBytes) payload = g_bytes_new_take(bytes, size);
  json_t *root = shopcaisse_json_load(payload, MAX_TOKEN_DEPTH, NULL);

  if (!json_is_object(root)) {
    json_decref(root);
    fail(error, _("the token's middle part is not a JSON object: it was not copied whole"));
    return NULL;
  }
  return root;
}

static gboolean
read_payload(ShopcaisseGrant *grant, json_t *root, GError **error)
{
  json_t *data = NULL;
  gint64 issued_s = -1;

  if (!shopcaisse_json_get_object(root, "data", &data, error) ||
      !shopcaisse_json_get_integer(root, "iat", &issued_s, error))
    return FALSE;
  if (data == NULL)
    data = root;
  if (issued_s >= 0 && issued_s <= MAX_ISSUED_SECOND)
    grant->issued_at = issued_s * G_USEC_PER_SEC;
  return shopcaisse_json_get_text(data, "id", &grant->id, error) &&
         shopcaisse_json_get_text(data, "applicationId", &grant->application_id, error) &&
         shopcaisse_json_get_text(data, "namespace", &grant->environment, error) &&
         shopcaisse_grant_read(grant, data, error);
}

/**
 * shopcaisse_token_decode:
 * @token: what a person pasted; spaces around it and "Bearer" before it do not matter
 * @error: return location for an error
 *
 * Reads what a token says of itself. It proves nothing: the signature is not checked.
 *
 * Fails with %COMPTOIR_ERROR_NOT_CONFIGURED when there is none and with %COMPTOIR_ERROR_INVALID
 * when it is no token; the message holds nothing of it.
 *
 * Returns: (transfer full): the grant
 */
ShopcaisseGrant *
shopcaisse_token_decode(const char *token, GError **error)
{
  g_return_val_if_fail(token != NULL, NULL);

  if (strnlen(token, MAX_TOKEN_BYTES + 1) > MAX_TOKEN_BYTES) {
    fail(error, _("the token is too long: something else was copied with it"));
    return NULL;
  }

  g_autofree char *stripped = strip_token(token);
  g_auto(GStrv) parts = NULL;
  g_autoptr(json_t) root = NULL;
  g_autoptr(ShopcaisseGrant) grant = NULL;

  if (stripped[0] == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        _("there is no token"));
    return NULL;
  }
  if (!check_characters(stripped, error))
    return NULL;
  parts = g_strsplit(stripped, ".", -1);
  if (!check_parts(parts, error))
    return NULL;
  root = decode_part(parts[PAYLOAD_PART], error);
  if (root == NULL)
    return NULL;

  grant = g_new0(ShopcaisseGrant, 1);
  grant->issued_at = -1;
  if (!read_payload(grant, root, NULL)) {
    fail(error, _("the token does not say what a Shopcaisse token says"));
    return NULL;
  }
  return g_steal_pointer(&grant);
}
