/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one place that loads JSON: limits before the parser, then typed getters that name what they
 * did not like. No value of an answer is ever put into an error, only its type. */
#include "api/json.h"

#include "api/json-scan.h"
#include "model/text.h"

#include <string.h>

static gboolean
check_bytes(const char *data, gsize size, guint max_depth, GError **error)
{
  const char *fault = NULL;

  if (size == 0)
    fault = "it is empty";
  else if (size > SHOPCAISSE_JSON_MAX_BYTES)
    fault = "it is too large";
  else if (!g_utf8_validate_len(data, size, NULL))
    fault = "it is not UTF-8";
  else
    fault = shopcaisse_json_scan(data, size, max_depth, SHOPCAISSE_JSON_MAX_VALUES);

  if (fault == NULL)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "the answer cannot be read: %s",
              fault);
  return FALSE;
}

/* The parser's own text quotes the answer, which may hold names: only code and place are kept. */
static const char *
describe_code(enum json_error_code code)
{
  switch (code) {
  case json_error_premature_end_of_input:
    return "it ends too early";
  case json_error_end_of_input_expected:
    return "something follows the value";
  case json_error_duplicate_key:
    return "a key stands twice in an object";
  case json_error_numeric_overflow:
    return "a number is out of range";
  case json_error_null_character:
  case json_error_null_byte_in_key:
    return "a text holds a null character";
  default:
    return "it is not JSON";
  }
}

/**
 * shopcaisse_json_load:
 * @body: the answer
 * @max_depth: how deep objects and arrays may be nested
 * @error: return location for an error
 *
 * Loads JSON within the limits of docs/PROTOCOL.md 2.2 and ours: size, UTF-8, depth, count, keys
 * only once.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @body is not such JSON; the message holds nothing of it.
 *
 * Returns: (transfer full): an object or an array
 */
json_t *
shopcaisse_json_load(GBytes *body, guint max_depth, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  gsize size = 0;
  const char *data = g_bytes_get_data(body, &size);
  json_error_t fault;

  if (!check_bytes(data, size, max_depth, error))
    return NULL;

  json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &fault);

  if (root == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                "the answer cannot be read: %s, at byte %d", describe_code(json_error_code(&fault)),
                fault.position);
  }
  return root;
}

/**
 * shopcaisse_json_load_object:
 * @body: the answer
 * @error: return location for an error
 *
 * Loads JSON whose outermost value is an object.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @body is anything else.
 *
 * Returns: (transfer full): the object
 */
json_t *
shopcaisse_json_load_object(GBytes *body, GError **error)
{
  g_autoptr(json_t) root = shopcaisse_json_load(body, SHOPCAISSE_JSON_MAX_DEPTH, error);

  if (root == NULL)
    return NULL;
  if (!json_is_object(root)) {
    shopcaisse_json_fail(error, "the answer", "an object", root);
    return NULL;
  }
  return g_steal_pointer(&root);
}

/**
 * shopcaisse_json_describe:
 * @value: (nullable): a value
 *
 * Names the type of a value for a message.
 *
 * Returns: (transfer none): such as "a number"
 */
const char *
shopcaisse_json_describe(const json_t *value)
{
  if (value == NULL)
    return "nothing";
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    return "an object";
  case JSON_ARRAY:
    return "an array";
  case JSON_STRING:
    return "a string";
  case JSON_INTEGER:
  case JSON_REAL:
    return "a number";
  case JSON_TRUE:
  case JSON_FALSE:
    return "a boolean";
  case JSON_NULL:
  default:
    return "null";
  }
}

/**
 * shopcaisse_json_fail:
 * @error: return location for the error
 * @key: where
 * @wanted: what was wanted, such as "a number"
 * @found: (nullable): what was found
 *
 * Sets the %COMPTOIR_ERROR_PROTOCOL that says so.
 *
 * Returns: %FALSE, for the caller to return
 */
gboolean
shopcaisse_json_fail(GError **error, const char *key, const char *wanted, json_t *found)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: %s is wanted, found %s", key,
              wanted, shopcaisse_json_describe(found));
  return FALSE;
}

/* NULL for absent and for null: the service uses both for nothing, docs/PROTOCOL.md 3. */
static json_t *
look_up(json_t *object, const char *key)
{
  json_t *value = json_object_get(object, key);

  return json_is_null(value) ? NULL : value;
}

/**
 * shopcaisse_json_get_object:
 * @object: an object
 * @key: a key
 * @value: (out) (transfer none) (nullable): the object; %NULL when absent
 * @error: return location for an error
 *
 * Reads an optional object.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_object(json_t *object, const char *key, json_t **value, GError **error)
{
  json_t *found = look_up(object, key);

  if (found != NULL && !json_is_object(found))
    return shopcaisse_json_fail(error, key, "an object", found);
  *value = found;
  return TRUE;
}

/**
 * shopcaisse_json_get_array:
 * @object: an object
 * @key: a key
 * @value: (out) (transfer none) (nullable): the array; %NULL when absent
 * @error: return location for an error
 *
 * Reads an optional array.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_array(json_t *object, const char *key, json_t **value, GError **error)
{
  json_t *found = look_up(object, key);

  if (found != NULL && !json_is_array(found))
    return shopcaisse_json_fail(error, key, "an array", found);
  *value = found;
  return TRUE;
}

/**
 * shopcaisse_json_get_id:
 * @object: an object
 * @key: a key
 * @presence: whether it must be there
 * @id: (inout) (transfer full): the id; an earlier one is freed
 * @error: return location for an error
 *
 * Reads an opaque id; docs/PROTOCOL.md 6.2 (19a).
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is missing or can be no id.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_id(
    json_t *object, const char *key, ShopcaisseJsonPresence presence, char **id, GError **error)
{
  json_t *found = look_up(object, key);

  if (found == NULL && presence == SHOPCAISSE_JSON_OPTIONAL)
    return TRUE;
  if (!json_is_string(found))
    return shopcaisse_json_fail(error, key, "a string", found);
  if (!shopcaisse_text_is_id(json_string_value(found))) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: this string is not an id",
                key);
    return FALSE;
  }
  g_free(*id);
  *id = g_strdup(json_string_value(found));
  return TRUE;
}

/**
 * shopcaisse_json_get_text:
 * @object: an object
 * @key: a key
 * @text: (inout) (transfer full): the text; an earlier one is freed
 * @error: return location for an error
 *
 * Reads an optional text.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type or too long.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_text(json_t *object, const char *key, char **text, GError **error)
{
  json_t *found = look_up(object, key);

  if (found == NULL)
    return TRUE;
  if (!json_is_string(found))
    return shopcaisse_json_fail(error, key, "a string", found);
  if (json_string_length(found) > SHOPCAISSE_JSON_MAX_TEXT) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                "%s: the string is longer than %d bytes", key, SHOPCAISSE_JSON_MAX_TEXT);
    return FALSE;
  }
  g_free(*text);
  *text = g_strdup(json_string_value(found));
  return TRUE;
}

/**
 * shopcaisse_json_get_name:
 * @object: an object
 * @key: a key
 * @name: (out) (transfer full): the name, "" when absent; an earlier one is freed
 * @error: return location for an error
 *
 * Reads a text without the spaces around it.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL as shopcaisse_json_get_text() does.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_name(json_t *object, const char *key, char **name, GError **error)
{
  g_clear_pointer(name, g_free);
  if (!shopcaisse_json_get_text(object, key, name, error))
    return FALSE;
  *name = *name != NULL ? g_strstrip(*name) : g_strdup("");
  return TRUE;
}

/**
 * shopcaisse_json_get_boolean:
 * @object: an object
 * @key: a key
 * @value: (inout): the value; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional boolean.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_boolean(json_t *object, const char *key, gboolean *value, GError **error)
{
  json_t *found = look_up(object, key);

  if (found == NULL)
    return TRUE;
  if (!json_is_boolean(found))
    return shopcaisse_json_fail(error, key, "a boolean", found);
  *value = json_is_true(found);
  return TRUE;
}

/**
 * shopcaisse_json_get_integer:
 * @object: an object
 * @key: a key
 * @value: (inout): the value; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional whole number.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type or has a fraction.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_integer(json_t *object, const char *key, gint64 *value, GError **error)
{
  json_t *found = look_up(object, key);

  if (found == NULL)
    return TRUE;
  if (!json_is_integer(found))
    return shopcaisse_json_fail(error, key, "a whole number", found);
  *value = json_integer_value(found);
  return TRUE;
}

/**
 * shopcaisse_json_get_count:
 * @object: an object
 * @key: a key
 * @value: (inout): the value; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional whole number that is 0 or more and fits a C int.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when it is of another type or out of range.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_json_get_count(json_t *object, const char *key, gint64 *value, GError **error)
{
  gint64 count = -1;

  if (look_up(object, key) == NULL)
    return TRUE;
  if (!shopcaisse_json_get_integer(object, key, &count, error))
    return FALSE;
  if (count < 0 || count > G_MAXINT32) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: this number is no count", key);
    return FALSE;
  }
  *value = count;
  return TRUE;
}
