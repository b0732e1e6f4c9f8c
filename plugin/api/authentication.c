/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GET /v1/authentication: what the service says of a token; docs/PROTOCOL.md 1.2. The answer holds
 * the token itself, which is not read. */
#include "api/authentication.h"

#include "api/grant.h"
#include "api/path.h"

/**
 * shopcaisse_authentication_request:
 *
 * Asks what the token is and may do.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_authentication_request(void)
{
  GString *path = shopcaisse_path_new("authentication", NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_authentication_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads the answer. The environment is not in it.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer does not describe a token.
 *
 * Returns: (transfer full): the grant
 */
ShopcaisseGrant *
shopcaisse_authentication_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  json_t *bundle = NULL;

  if (root == NULL || !shopcaisse_json_get_object(root, "bundle", &bundle, error))
    return NULL;

  g_autoptr(ShopcaisseGrant) grant = g_new0(ShopcaisseGrant, 1);

  grant->issued_at = -1;
  if (bundle == NULL)
    bundle = root;
  if (!shopcaisse_json_get_text(root, "id", &grant->id, error) ||
      !shopcaisse_json_get_text(root, "applicationId", &grant->application_id, error) ||
      !shopcaisse_grant_read(grant, bundle, error))
    return NULL;
  /* Any JSON object must not pass for an answer: a captive portal has those too. */
  if (grant->application_id == NULL && grant->resources[0] == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the answer does not describe a token");
    return NULL;
  }
  return g_steal_pointer(&grant);
}
