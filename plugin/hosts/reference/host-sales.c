/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sales. "status" is what the host says (paid, cancelled), "state" what the channel made of it
 * (paid: it has not answered yet). */

#include "host-sales.h"

#include "host-page.h"

#include <comptoir/comptoir.h>

static gboolean
find_payload(HostDatabase *database, const char *id, char **payload, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "SELECT payload FROM sales WHERE id = ?", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, id);
  if (!host_database_step(database, statement, &has_row, error))
    return FALSE;
  *payload = has_row ? g_strdup(host_database_column_text(statement, 0)) : NULL;
  return TRUE;
}

static GVariant *
parse_payload(const char *payload, GError **error)
{
  GVariant *sale = g_variant_parse(G_VARIANT_TYPE_VARDICT, payload, NULL, NULL, error);

  if (sale == NULL)
    g_prefix_error(error, "host database: sale: ");
  return sale;
}

/* Gives the sale what it lacks: an id and a number. Neither is ever given twice. */
static GVariant *
complete_sale(HostDatabase *database, GVariant *sale, GError **error)
{
  g_auto(GVariantDict) complete = G_VARIANT_DICT_INIT(sale);
  gint64 count = 0;
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;

  if (!host_database_next_number(database, "sale", &count, error))
    return NULL;
  number = g_strdup_printf("%" G_GINT64_FORMAT, count);
  id = g_strdup_printf("S%06" G_GINT64_FORMAT, count);
  if (!g_variant_dict_contains(&complete, COMPTOIR_KEY_ID))
    g_variant_dict_insert(&complete, COMPTOIR_KEY_ID, "s", id);
  if (!g_variant_dict_contains(&complete, "number"))
    g_variant_dict_insert(&complete, "number", "s", number);
  return g_variant_ref_sink(g_variant_dict_end(&complete));
}

static gboolean
insert_sale(HostDatabase *database, GVariant *sale, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "INSERT INTO sales (id, number, till, order_type, total, payload, sold_at, updated_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  g_autofree char *payload = g_variant_print(sale, TRUE);
  const char *sold_at = NULL;
  gint64 sold_at_us = 0;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  (void)g_variant_lookup(sale, COMPTOIR_KEY_SOLD_AT, "&s", &sold_at);
  if (!host_database_parse_time(sold_at, &sold_at_us)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "sold_at is not a time");
    return FALSE;
  }
  host_database_bind_key(statement, 1, sale, COMPTOIR_KEY_ID);
  host_database_bind_key(statement, 2, sale, "number");
  host_database_bind_key(statement, 3, sale, "till");
  host_database_bind_key(statement, 4, sale, "order_type");
  host_database_bind_key(statement, 5, sale, COMPTOIR_KEY_TOTAL);
  host_database_bind_text(statement, 6, payload);
  (void)sqlite3_bind_int64(statement, 7, sold_at_us);
  (void)sqlite3_bind_int64(statement, 8, g_get_real_time());
  return host_database_step(database, statement, &has_row, error);
}

/* The sale as it is in the books afterwards: the one given, or the one that had its id already. */
static GVariant *
store_sale(HostDatabase *database, GVariant *sale, GError **error)
{
  g_autofree char *payload = NULL;
  g_autoptr(GVariant) complete = NULL;
  const char *id = NULL;

  if (g_variant_lookup(sale, COMPTOIR_KEY_ID, "&s", &id) &&
      !find_payload(database, id, &payload, error))
    return NULL;
  if (payload != NULL)
    return parse_payload(payload, error);
  complete = complete_sale(database, sale, error);
  if (complete == NULL || !insert_sale(database, complete, error))
    return NULL;
  return g_steal_pointer(&complete);
}

/**
 * host_sales_add:
 * @database: the database
 * @sale: a sale row; without `id` or `number` it is given one
 * @error: return location for an error
 *
 * Writes a paid sale. A sale whose id is known is a success and changes nothing.
 *
 * Returns: (transfer full) (nullable): the sale row as it is on disk now
 */
GVariant *
host_sales_add(HostDatabase *database, GVariant *sale, GError **error)
{
  g_autoptr(GVariant) stored = NULL;

  if (!host_database_begin(database, error))
    return NULL;
  stored = store_sale(database, sale, error);
  if (stored == NULL) {
    host_database_roll_back(database);
    return NULL;
  }
  if (!host_database_commit(database, error))
    return NULL;
  return g_steal_pointer(&stored);
}

/**
 * host_sales_list:
 * @database: the database
 * @query: (nullable): `since`, `cursor`, `limit`
 * @error: return location for an error
 *
 * Reads a page of paid sales, the earliest first. This is what a channel catches up with.
 *
 * Returns: (transfer full) (nullable): a page of sale rows
 */
GVariant *
host_sales_list(HostDatabase *database, GVariant *query, GError **error)
{
  g_auto(HostQuery) asked = { 0 };
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(sqlite3_stmt) statement = NULL;
  gboolean has_row = FALSE;
  gint64 last_time_us = 0;
  gint64 last_seq = 0;

  if (!host_query_init(&asked, query, error))
    return NULL;
  statement =
      host_database_prepare(database,
                            "SELECT seq, sold_at, payload FROM sales"
                            " WHERE status = 'paid' AND sold_at >= ?1 AND (sold_at, seq) > (?2, ?3)"
                            " ORDER BY sold_at, seq LIMIT ?4",
                            error);
  if (statement == NULL)
    return NULL;
  (void)sqlite3_bind_int64(statement, 1, asked.since_us);
  (void)sqlite3_bind_int64(statement, 2, asked.after_time_us);
  (void)sqlite3_bind_int64(statement, 3, asked.after_seq);
  (void)sqlite3_bind_int64(statement, 4, (gint64)asked.limit + 1);
  while (host_database_step(database, statement, &has_row, error)) {
    GVariant *sale = NULL;

    if (!has_row)
      return host_page_new(rows, &asked, last_time_us, last_seq);
    sale = parse_payload(host_database_column_text(statement, 2), error);
    if (sale == NULL)
      return NULL;
    g_ptr_array_add(rows, sale);
    if (rows->len <= asked.limit) {
      last_seq = sqlite3_column_int64(statement, 0);
      last_time_us = sqlite3_column_int64(statement, 1);
    }
  }
  return NULL;
}

static GVariant *
read_state(sqlite3_stmt *statement)
{
  static const char *const keys[] = { "id",      "number", "till",     "total",
                                      "status",  "state",  "order_id", "external_id",
                                      "kitchen", "fiscal", "reason",   "message" };
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *sold_at =
      host_database_format_time(sqlite3_column_int64(statement, G_N_ELEMENTS(keys)));

  for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
    host_database_insert_column(&row, keys[i], statement, (int)i);
  g_variant_dict_insert(&row, COMPTOIR_KEY_SOLD_AT, "s", sold_at);
  return g_variant_ref_sink(g_variant_dict_end(&row));
}

/**
 * host_sales_show:
 * @database: the database
 * @query: `{search}`: an id or a number; without it all sales
 * @error: return location for an error
 *
 * Reads how the sales are, for people: without their lines, the earliest first.
 *
 * Returns: (transfer full) (nullable): `{rows}`
 */
GVariant *
host_sales_show(HostDatabase *database, GVariant *query, GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "SELECT id, number, till, total, status, state, order_id, external_id, kitchen, fiscal,"
      " reason, message, sold_at FROM sales WHERE ?1 IS NULL OR id = ?1 OR number = ?1"
      " ORDER BY id IS NOT ?1, seq",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  host_database_bind_key(statement, 1, query, "search");
  while (host_database_step(database, statement, &has_row, error)) {
    if (!has_row)
      return g_variant_ref_sink(
          comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), NULL));
    g_ptr_array_add(rows, read_state(statement));
  }
  return NULL;
}

/**
 * host_sales_progress:
 * @database: the database
 * @progress: a progress row; the same again changes nothing
 * @error: return location for an error
 *
 * Writes how far a sale has come. A key that is absent leaves what was known; `reason` and
 * `message` belong to the state they came with.
 *
 * Returns: (transfer full) (nullable): @progress
 */
GVariant *
host_sales_progress(HostDatabase *database, GVariant *progress, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "UPDATE sales SET state = ifnull(?2, state), order_id = ifnull(?3, order_id),"
      " external_id = ifnull(?4, external_id), kitchen = ifnull(?5, kitchen),"
      " fiscal = ifnull(?6, fiscal), reason = ?7, message = ?8, updated_at = ?9 WHERE id = ?1",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  host_database_bind_key(statement, 1, progress, COMPTOIR_KEY_ID);
  host_database_bind_key(statement, 2, progress, COMPTOIR_KEY_STATE);
  host_database_bind_key(statement, 3, progress, COMPTOIR_KEY_ORDER_ID);
  host_database_bind_key(statement, 4, progress, COMPTOIR_KEY_EXTERNAL_ID);
  host_database_bind_key(statement, 5, progress, COMPTOIR_KEY_KITCHEN);
  host_database_bind_key(statement, 6, progress, COMPTOIR_KEY_FISCAL);
  host_database_bind_key(statement, 7, progress, COMPTOIR_KEY_REASON);
  host_database_bind_key(statement, 8, progress, COMPTOIR_KEY_MESSAGE);
  (void)sqlite3_bind_int64(statement, 9, g_get_real_time());
  if (!host_database_step(database, statement, &has_row, error))
    return NULL;
  return g_variant_ref(progress);
}

/**
 * host_sales_set_status:
 * @database: the database
 * @argument: `{id, status}`: an id or a number, and `paid` or `cancelled`
 * @error: return location for an error
 *
 * Writes what the host says of a sale. Fails with %COMPTOIR_ERROR_INVALID when there is no such
 * sale, or when several have the number.
 *
 * Returns: (transfer full) (nullable): the sale's row as host_sales_show() has it
 */
GVariant *
host_sales_set_status(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GVariant) page = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) sale = NULL;
  g_autoptr(sqlite3_stmt) statement = NULL;
  const char *name = "";
  const char *id = "";
  gboolean has_row = FALSE;
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) asked = NULL;

  (void)g_variant_lookup(argument, COMPTOIR_KEY_ID, "&s", &name);
  g_variant_dict_insert(&query, "search", "s", name);
  asked = g_variant_ref_sink(g_variant_dict_end(&query));
  page = host_sales_show(database, asked, error);
  if (page == NULL)
    return NULL;
  rows = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);
  if (name[0] != '\0' && g_variant_n_children(rows) > 0) {
    sale = g_variant_get_child_value(rows, 0);
    (void)g_variant_lookup(sale, COMPTOIR_KEY_ID, "&s", &id);
  }
  if (sale == NULL || (g_variant_n_children(rows) > 1 && !g_str_equal(id, name))) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "sale %s: %s", name,
                sale == NULL ? "there is no such sale" : "several have this number, give its id");
    return NULL;
  }
  statement = host_database_prepare(
      database, "UPDATE sales SET status = ?, updated_at = ? WHERE id = ?", error);
  if (statement == NULL)
    return NULL;
  host_database_bind_key(statement, 1, argument, COMPTOIR_KEY_STATUS);
  (void)sqlite3_bind_int64(statement, 2, g_get_real_time());
  host_database_bind_text(statement, 3, id);
  if (!host_database_step(database, statement, &has_row, error))
    return NULL;
  return g_steal_pointer(&sale);
}
