/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps the table of what an item or an article can be matched by. Codes that a shop prints for
 * itself name a weight or a price, so they never match. */
#include "store/match-keys.h"

#include "model/item.h"
#include "model/text.h"
#include "store/statement.h"

#define BARCODE_SEPARATOR "\n"
#define IN_STORE_PREFIX   "in-store:"

static const char *
side_to_text(ShopcaisseSide side)
{
  return side == SHOPCAISSE_SIDE_ITEM ? "item" : "article";
}

static gboolean
remove_keys(ShopcaisseDatabase *database, const ShopcaisseMatchKeys *keys, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "DELETE FROM match_key WHERE side = ?1 AND id = ?2", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, side_to_text(keys->side));
  shopcaisse_statement_bind_text(statement, 2, keys->id);
  return shopcaisse_statement_run(statement, error);
}

/* NULL and "" add nothing. */
static gboolean
add_key(ShopcaisseDatabase *database,
        const ShopcaisseMatchKeys *keys,
        const char *kind,
        const char *value,
        GError **error)
{
  if (value == NULL || value[0] == '\0' || g_str_has_prefix(value, IN_STORE_PREFIX))
    return TRUE;

  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO match_key (side, kind, value, id) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (side, kind, value, id) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, side_to_text(keys->side));
  shopcaisse_statement_bind_text(statement, 2, kind);
  shopcaisse_statement_bind_text(statement, 3, value);
  shopcaisse_statement_bind_text(statement, 4, keys->id);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_match_keys_replace:
 * @database: the database
 * @keys: what it is matched by from now on
 * @error: return location for an error
 *
 * Replaces the keys of one item or article. Call it inside a transaction.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_match_keys_replace(ShopcaisseDatabase *database,
                              const ShopcaisseMatchKeys *keys,
                              GError **error)
{
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_KEYS);
  if (!keys->is_new && !remove_keys(database, keys, error))
    return FALSE;
  if (keys->is_deleted)
    return TRUE;

  g_autofree char *reference = shopcaisse_reference_normalise(keys->reference);

  if (!add_key(database, keys, "reference", reference, error))
    return FALSE;
  for (char **barcode = keys->barcodes; barcode != NULL && *barcode != NULL; barcode++) {
    g_autofree char *value = shopcaisse_barcode_normalise(*barcode);

    if (!add_key(database, keys, "barcode", value, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_barcodes_join:
 * @barcodes: (nullable): the barcodes
 *
 * Joins barcodes into one text, one a line; line feeds inside one become spaces.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_barcodes_join(char **barcodes)
{
  GString *text = g_string_new(NULL);

  for (char **barcode = barcodes; barcode != NULL && *barcode != NULL; barcode++) {
    g_autofree char *line = g_strdelimit(g_strdup(*barcode), BARCODE_SEPARATOR, ' ');

    if (text->len > 0)
      g_string_append(text, BARCODE_SEPARATOR);
    g_string_append(text, line);
  }
  return g_string_free(text, FALSE);
}

/**
 * shopcaisse_barcodes_split:
 * @text: (nullable): what [func@Shopcaisse.barcodes_join] made
 *
 * Takes barcodes apart.
 *
 * Returns: (transfer full): the barcodes, perhaps none
 */
char **
shopcaisse_barcodes_split(const char *text)
{
  return g_strsplit(text != NULL ? text : "", BARCODE_SEPARATOR, -1);
}

/**
 * shopcaisse_match_keys_build_search:
 * @name: the name, with the variant's label
 * @reference: the reference
 * @barcodes: what [func@Shopcaisse.barcodes_join] made
 *
 * Makes the text that a row is searched in and ordered by.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_match_keys_build_search(const char *name, const char *reference, const char *barcodes)
{
  g_autofree char *line = g_strdelimit(g_strstrip(g_strdup(name)), "\n", ' ');
  g_autofree char *text = g_strconcat(line, "\n", reference, "\n", barcodes, NULL);

  return shopcaisse_text_fold(text);
}
