/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The currency of a company: an array of settings with texts; docs/PROTOCOL.md 3.10. */
#include "api/catalogue.h"
#include "api/json.h"
#include "api/path.h"

#include <string.h>

#define CODE_SETTING "CURRENCY_CODE"
#define CODE_LENGTH  3

/**
 * shopcaisse_currency_request:
 * @company_id: the company
 *
 * Asks for the currency.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_currency_request(const char *company_id)
{
  g_return_val_if_fail(company_id != NULL, NULL);

  GString *path = shopcaisse_path_new("companies", company_id, "currency", NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gboolean
is_currency_code(const char *text)
{
  return strlen(text) == CODE_LENGTH && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == CODE_LENGTH;
}

/**
 * shopcaisse_currency_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads the currency's code.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer has none.
 *
 * Returns: (transfer full): the ISO 4217 code
 */
char *
shopcaisse_currency_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);

  if (root == NULL)
    return NULL;
  if (!json_is_array(root)) {
    shopcaisse_json_fail(error, "the answer", "an array", root);
    return NULL;
  }
  for (gsize i = 0; i < json_array_size(root); i++) {
    json_t *row = json_array_get(root, i);
    const char *setting = json_string_value(json_object_get(row, "setting"));
    const char *value = json_string_value(json_object_get(row, "value"));

    if (g_strcmp0(setting, CODE_SETTING) == 0 && value != NULL && is_currency_code(value))
      return g_strdup(value);
  }
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                      "the answer names no currency");
  return NULL;
}
