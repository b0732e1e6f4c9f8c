/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typed reading of a host's row: presence, type, size and form of one value at a time. */
#include "model/row.h"

#include "config.h"
#include "model/money.h"
#include "model/text.h"
#include "model/timestamp.h"
#include "model/vat.h"

#include <glib/gi18n-lib.h>

/* Whether there is a value to convert: *value stays NULL for an absent optional key. */
static gboolean
look_up(GVariant *row,
        const char *key,
        const char *type,
        ShopcaisseRowPresence presence,
        GVariant **value,
        GError **error)
{
  g_autoptr(GVariant) found = g_variant_lookup_value(row, key, NULL);

  if (found == NULL) {
    if (presence == SHOPCAISSE_ROW_OPTIONAL)
      return TRUE;
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s is missing", key);
    return FALSE;
  }
  if (!g_variant_is_of_type(found, G_VARIANT_TYPE(type))) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s: type %s is wanted, found %s",
                key, type, g_variant_get_type_string(found));
    return FALSE;
  }
  *value = g_steal_pointer(&found);
  return TRUE;
}

/**
 * shopcaisse_row_get_id:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @id: (inout) (transfer full): the id; an earlier one is freed
 * @error: return location for an error
 *
 * Reads an id: at most 255 bytes, not empty, no control characters.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or no id.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_id(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, char **id, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && id != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!shopcaisse_text_is_id(g_variant_get_string(value, NULL))) {
    g_autofree char *quoted = shopcaisse_text_quote(g_variant_get_string(value, NULL));

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "%s %s is not an id: 1 to %d bytes without control characters are wanted", key,
                quoted, SHOPCAISSE_ID_MAX_BYTES);
    return FALSE;
  }
  g_free(*id);
  *id = g_variant_dup_string(value, NULL);
  return TRUE;
}

/**
 * shopcaisse_row_get_text:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @text: (inout) (transfer full): the text; an earlier one is freed
 * @error: return location for an error
 *
 * Reads a text of at most %SHOPCAISSE_ROW_TEXT_MAX_BYTES. An empty one counts as absent.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or too long.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_text(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, char **text, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && text != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;
  gsize length = 0;

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  (void)g_variant_get_string(value, &length); /* the length is what is asked for */
  if (length > SHOPCAISSE_ROW_TEXT_MAX_BYTES) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("%1$s is longer than %2$d bytes"),
                key, SHOPCAISSE_ROW_TEXT_MAX_BYTES);
    return FALSE;
  }
  if (length == 0 && presence == SHOPCAISSE_ROW_REQUIRED) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("%s is empty"), key);
    return FALSE;
  }
  if (length == 0)
    return TRUE;
  g_free(*text);
  *text = g_variant_dup_string(value, NULL);
  return TRUE;
}

/**
 * shopcaisse_row_get_boolean:
 * @row: a dictionary
 * @key: which value
 * @value: (inout): yes or no
 * @error: return location for an error
 *
 * Reads what may be said and is yes or no.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_boolean(GVariant *row, const char *key, gboolean *value, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && value != NULL, FALSE);

  g_autoptr(GVariant) found = NULL;

  if (!look_up(row, key, "b", SHOPCAISSE_ROW_OPTIONAL, &found, error))
    return FALSE;
  if (found != NULL)
    *value = g_variant_get_boolean(found);
  return TRUE;
}

/**
 * shopcaisse_row_get_money:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @minor: (inout): cents, of either sign
 * @error: return location for an error
 *
 * Reads an amount.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or no decimal amount.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_money(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *minor, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && minor != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;
  ShopcaisseMoney money = { 0 };

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!shopcaisse_money_parse(g_variant_get_string(value, NULL), "EUR", &money, error)) {
    g_prefix_error(error, "%s ", key);
    return FALSE;
  }
  *minor = money.minor;
  return TRUE;
}

/**
 * shopcaisse_row_get_quantity:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @milli: (inout): thousandths, of either sign
 * @error: return location for an error
 *
 * Reads a quantity.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or no decimal quantity.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_quantity(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *milli, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && milli != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!shopcaisse_quantity_parse(g_variant_get_string(value, NULL), milli, error)) {
    g_prefix_error(error, "%s ", key);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_row_get_rate:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @vat_bp: (inout): basis points
 * @error: return location for an error
 *
 * Reads a rate in percent.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or no rate.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_rate(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *vat_bp, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && vat_bp != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!shopcaisse_vat_parse_percent(g_variant_get_string(value, NULL), vat_bp, error)) {
    g_prefix_error(error, "%s ", key);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_row_get_time:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @at: (inout): microseconds since 1970, UTC
 * @error: return location for an error
 *
 * Reads a moment.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is missing, of another type or no moment.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_time(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *at, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && at != NULL, FALSE);

  g_autoptr(GVariant) value = NULL;

  if (!look_up(row, key, "s", presence, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!shopcaisse_timestamp_parse(g_variant_get_string(value, NULL), at, error)) {
    g_prefix_error(error, "%s ", key);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_row_get_rows:
 * @row: a dictionary
 * @key: which value
 * @presence: whether it must be there
 * @rows: (out) (transfer full) (nullable): an array of dictionaries; untouched when absent
 * @error: return location for an error
 *
 * Reads rows inside a row.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when they are missing or of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_rows(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, GVariant **rows, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && rows != NULL, FALSE);

  return look_up(row, key, "aa{sv}", presence, rows, error);
}

/**
 * shopcaisse_row_get_number:
 * @row: a dictionary
 * @key: which value
 * @value: (inout): a count
 * @error: return location for an error
 *
 * Reads an optional count.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_number(GVariant *row, const char *key, guint32 *value, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && value != NULL, FALSE);

  g_autoptr(GVariant) found = NULL;

  if (!look_up(row, key, "u", SHOPCAISSE_ROW_OPTIONAL, &found, error))
    return FALSE;
  if (found != NULL)
    *value = g_variant_get_uint32(found);
  return TRUE;
}

/**
 * shopcaisse_row_get_row:
 * @row: a dictionary
 * @key: which value
 * @inner: (out) (transfer full) (nullable): a dictionary; untouched when absent
 * @error: return location for an error
 *
 * Reads an optional dictionary inside a row.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when it is of another type.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_row_get_row(GVariant *row, const char *key, GVariant **inner, GError **error)
{
  g_return_val_if_fail(row != NULL && key != NULL && inner != NULL, FALSE);

  return look_up(row, key, "a{sv}", SHOPCAISSE_ROW_OPTIONAL, inner, error);
}
