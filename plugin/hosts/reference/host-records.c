/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the channel gives the host to keep: the till's sales, and notices for people. */

#include "host-records.h"

#include <comptoir/comptoir.h>

/* "OR IGNORE" is the promise of record_sales: the same key again is a success and adds nothing. */
static gboolean
insert_till_sale(HostDatabase *database, GVariant *sale, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database,
                            "INSERT OR IGNORE INTO till_sales"
                            " (key, id, sold_at, total, order_sale_id, payload, recorded_at) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?)",
                            error);
  g_autofree char *payload = g_variant_print(sale, TRUE);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_key(statement, 1, sale, COMPTOIR_KEY_KEY);
  host_database_bind_key(statement, 2, sale, COMPTOIR_KEY_ID);
  host_database_bind_key(statement, 3, sale, COMPTOIR_KEY_SOLD_AT);
  host_database_bind_key(statement, 4, sale, COMPTOIR_KEY_TOTAL);
  host_database_bind_key(statement, 5, sale, "order_sale_id");
  host_database_bind_text(statement, 6, payload);
  (void)sqlite3_bind_int64(statement, 7, g_get_real_time());
  return host_database_step(database, statement, &has_row, error);
}

static gboolean
find_till_sale(HostDatabase *database, const char *key, char **id, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "SELECT id FROM till_sales WHERE key = ?", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, key);
  if (!host_database_step(database, statement, &has_row, error))
    return FALSE;
  *id = has_row ? g_strdup(host_database_column_text(statement, 0)) : NULL;
  return TRUE;
}

/* "OR IGNORE" also swallows a missing column, which NOT NULL would have told: asked before. */
static gboolean
has_required_keys(GVariant *sale)
{
  static const char *const keys[] = { COMPTOIR_KEY_KEY, COMPTOIR_KEY_ID, COMPTOIR_KEY_SOLD_AT,
                                      COMPTOIR_KEY_TOTAL };

  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *text = NULL;

    if (!g_variant_lookup(sale, keys[i], "&s", &text) || text[0] == '\0')
      return FALSE;
  }
  return TRUE;
}

static GVariant *
record_till_sale(HostDatabase *database, GVariant *sale)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  const char *key = "";

  (void)g_variant_lookup(sale, COMPTOIR_KEY_KEY, "&s", &key);
  if (!has_required_keys(sale))
    return comptoir_change_answer_new(key, NULL, "key, id, sold_at or total is missing");
  if (!insert_till_sale(database, sale, &error) || !find_till_sale(database, key, &id, &error))
    return comptoir_change_answer_new(key, NULL, error->message);
  return comptoir_change_answer_new(key, id, NULL);
}

/**
 * host_records_add_till_sales:
 * @database: the database
 * @sales: till sales, `aa{sv}`
 * @error: return location for an error
 *
 * Writes what the till sold, each sale once for its key.
 *
 * Returns: (transfer full) (nullable): `{rows}`: a change answer for each
 */
GVariant *
host_records_add_till_sales(HostDatabase *database, GVariant *sales, GError **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  gsize n_sales = g_variant_n_children(sales);

  if (!host_database_begin(database, error))
    return NULL;
  for (gsize i = 0; i < n_sales; i++) {
    g_autoptr(GVariant) sale = g_variant_get_child_value(sales, i);

    g_ptr_array_add(answers, g_variant_ref_sink(record_till_sale(database, sale)));
  }
  if (!host_database_commit(database, error))
    return NULL;
  return g_variant_ref_sink(
      comptoir_page_new(comptoir_rows_new((GVariant **)answers->pdata, answers->len), NULL));
}

/**
 * host_records_list_till_sales:
 * @database: the database
 * @argument: (nullable): not used
 * @error: return location for an error
 *
 * Reads what the till sold, each sale as last recorded.
 *
 * Returns: (transfer full) (nullable): `{rows}`: till sales
 */
GVariant *
host_records_list_till_sales(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database,
                            "SELECT payload FROM till_sales WHERE seq IN"
                            " (SELECT max(seq) FROM till_sales GROUP BY id) ORDER BY seq",
                            error);
  gboolean has_row = FALSE;

  (void)argument;
  if (statement == NULL)
    return NULL;
  while (host_database_step(database, statement, &has_row, error)) {
    GVariant *sale = NULL;

    if (!has_row)
      return g_variant_ref_sink(
          comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), NULL));
    sale = g_variant_parse(G_VARIANT_TYPE_VARDICT, host_database_column_text(statement, 0), NULL,
                           NULL, error);
    if (sale == NULL)
      return NULL;
    g_ptr_array_add(rows, sale);
  }
  return NULL;
}

static gboolean
withdraw_notice(HostDatabase *database, GVariant *notice, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "DELETE FROM notices WHERE id = ?", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_key(statement, 1, notice, COMPTOIR_KEY_ID);
  return host_database_step(database, statement, &has_row, error);
}

static gboolean
write_notice(HostDatabase *database, GVariant *notice, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "INSERT OR REPLACE INTO notices (id, level, text, at) VALUES (?1, ifnull(?2, 'unknown'), ?3,"
      " ?4)",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_key(statement, 1, notice, COMPTOIR_KEY_ID);
  host_database_bind_key(statement, 2, notice, "level");
  host_database_bind_key(statement, 3, notice, "text");
  (void)sqlite3_bind_int64(statement, 4, g_get_real_time());
  return host_database_step(database, statement, &has_row, error);
}

/**
 * host_records_put_notice:
 * @database: the database
 * @notice: a notice row; an empty text withdraws the notice
 * @error: return location for an error
 *
 * Keeps a notice until it is replaced or withdrawn.
 *
 * Returns: (transfer full) (nullable): @notice
 */
GVariant *
host_records_put_notice(HostDatabase *database, GVariant *notice, GError **error)
{
  const char *text = "";
  gboolean is_kept = FALSE;

  (void)g_variant_lookup(notice, "text", "&s", &text);
  if (text[0] == '\0')
    is_kept = withdraw_notice(database, notice, error);
  else
    is_kept = write_notice(database, notice, error);
  return is_kept ? g_variant_ref(notice) : NULL;
}

static GVariant *
read_notice(sqlite3_stmt *statement)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *at = host_database_format_time(sqlite3_column_int64(statement, 3));

  host_database_insert_column(&row, COMPTOIR_KEY_ID, statement, 0);
  host_database_insert_column(&row, "level", statement, 1);
  host_database_insert_column(&row, "text", statement, 2);
  g_variant_dict_insert(&row, "at", "s", at);
  return g_variant_ref_sink(g_variant_dict_end(&row));
}

/**
 * host_records_list_notices:
 * @database: the database
 * @argument: (nullable): not used
 * @error: return location for an error
 *
 * Reads the notices, the oldest first.
 *
 * Returns: (transfer full) (nullable): `{rows}`
 */
GVariant *
host_records_list_notices(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database, "SELECT id, level, text, at FROM notices ORDER BY at, id", error);
  gboolean has_row = FALSE;

  (void)argument;
  if (statement == NULL)
    return NULL;
  while (host_database_step(database, statement, &has_row, error)) {
    if (!has_row)
      return g_variant_ref_sink(
          comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), NULL));
    g_ptr_array_add(rows, read_notice(statement));
  }
  return NULL;
}
