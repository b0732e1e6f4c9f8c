/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing articles: what a person adds or imports, and what a channel asks for, each change once.
 */

#include "host-article-changes.h"

#include "amounts.h"
#include "host-articles.h"

#include <comptoir/comptoir.h>

/* Bound as parameters 1 to 12 of the statement in write_article(), in this order. */
static const char *const text_keys[] = {
  "id",       "name",     "variant", "parent_id", "reference", "price",
  "currency", "vat_rate", "stock",   "unit",      "family",    "external_id",
};

enum {
  PARAMETER_TEXTS = 1,
  PARAMETER_BARCODES = 1 + G_N_ELEMENTS(text_keys),
  PARAMETER_INCLUDES_TAX,
  PARAMETER_DELETED,
  PARAMETER_CHANGED_AT
};

static char *
join_barcodes(GVariant *article)
{
  g_autofree const char **barcodes = NULL;

  if (!g_variant_lookup(article, "barcodes", "^a&s", &barcodes))
    return NULL;
  return g_strjoinv("\n", (char **)barcodes);
}

static gint64
read_changed_at(GVariant *article)
{
  const char *text = NULL;
  gint64 time_us = 0;

  if (g_variant_lookup(article, "changed_at", "&s", &text) &&
      host_database_parse_time(text, &time_us))
    return time_us;
  return g_get_real_time();
}

static gboolean
write_article(HostDatabase *database, GVariant *article, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "INSERT INTO articles (id, name, variant, parent_id, reference, price, currency, vat_rate,"
      " stock, unit, family, external_id, barcodes, price_includes_tax, deleted, changed_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, variant = excluded.variant,"
      " parent_id = excluded.parent_id, reference = excluded.reference, price = excluded.price,"
      " currency = excluded.currency, vat_rate = excluded.vat_rate, stock = excluded.stock,"
      " unit = excluded.unit, family = excluded.family, external_id = excluded.external_id,"
      " barcodes = excluded.barcodes, price_includes_tax = excluded.price_includes_tax,"
      " deleted = excluded.deleted, changed_at = excluded.changed_at",
      error);
  g_autofree char *barcodes = join_barcodes(article);
  gboolean is_deleted = FALSE;
  gboolean includes_tax = TRUE;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(text_keys); i++)
    host_database_bind_key(statement, PARAMETER_TEXTS + (int)i, article, text_keys[i]);
  host_database_bind_text(statement, PARAMETER_BARCODES, barcodes);
  if (g_variant_lookup(article, "price_includes_tax", "b", &includes_tax))
    (void)sqlite3_bind_int(statement, PARAMETER_INCLUDES_TAX, includes_tax);
  (void)g_variant_lookup(article, "deleted", "b", &is_deleted);
  (void)sqlite3_bind_int(statement, PARAMETER_DELETED, is_deleted);
  (void)sqlite3_bind_int64(statement, PARAMETER_CHANGED_AT, read_changed_at(article));
  return host_database_step(database, statement, &has_row, error);
}

static gboolean
check_article(GVariant *article, GError **error)
{
  static const char *const money_keys[] = { "price", "vat_rate" };
  const char *text = NULL;
  gint64 number = 0;

  if (!g_variant_lookup(article, COMPTOIR_KEY_NAME, "&s", &text) || text[0] == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "an article needs a name");
    return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(money_keys); i++) {
    if (!g_variant_lookup(article, money_keys[i], "&s", &text) || text[0] == '\0' ||
        (amounts_parse_money(text, &number) && number >= 0))
      continue;
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s \"%s\" is not a number",
                money_keys[i], text);
    return FALSE;
  }
  if (g_variant_lookup(article, "stock", "&s", &text) && text[0] != '\0' &&
      !amounts_parse_quantity(text, &number)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "stock \"%s\" is not a number",
                text);
    return FALSE;
  }
  return TRUE;
}

/* The article as it was, with the new fields over it. */
static GVariant *
merge_fields(GVariant *article, const char *id, GVariant *fields)
{
  g_auto(GVariantDict) merged = G_VARIANT_DICT_INIT(article);
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  (void)g_variant_dict_remove(&merged, "deleted");
  (void)g_variant_dict_remove(&merged, "changed_at");
  (void)g_variant_iter_init(&iter, fields);
  while (g_variant_iter_next(&iter, "{&sv}", &key, &value)) {
    g_variant_dict_insert_value(&merged, key, value);
    g_variant_unref(value);
  }
  g_variant_dict_insert(&merged, COMPTOIR_KEY_ID, "s", id);
  return g_variant_ref_sink(g_variant_dict_end(&merged));
}

/* (transfer full): the id that was written */
static char *
create_article(HostDatabase *database, GVariant *fields, GError **error)
{
  g_autoptr(GVariant) article = NULL;
  g_autofree char *id = NULL;
  gint64 number = 0;

  (void)g_variant_lookup(fields, COMPTOIR_KEY_ID, "s", &id);
  if (id == NULL || id[0] == '\0') {
    if (!host_database_next_number(database, "article", &number, error))
      return NULL;
    g_free(id);
    id = g_strdup_printf("A%06" G_GINT64_FORMAT, number);
  }
  article = merge_fields(NULL, id, fields);
  if (!check_article(article, error) || !write_article(database, article, error))
    return NULL;
  return g_steal_pointer(&id);
}

static char *
update_article(HostDatabase *database, const char *id, GVariant *fields, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GVariant) before = host_articles_read(database, id, &local_error);
  g_autoptr(GVariant) article = NULL;

  if (local_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&local_error));
    return NULL;
  }
  if (before == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, "there is no article %s", id);
    return NULL;
  }
  article = merge_fields(before, id, fields);
  if (!check_article(article, error) || !write_article(database, article, error))
    return NULL;
  return g_strdup(id);
}

/* The row stays as a tombstone, so that who asks "since" hears of it. */
static char *
delete_article(HostDatabase *database, const char *id, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database, "UPDATE articles SET deleted = 1, changed_at = ? WHERE id = ? RETURNING id", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  (void)sqlite3_bind_int64(statement, 1, g_get_real_time());
  host_database_bind_text(statement, 2, id);
  if (!host_database_step(database, statement, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, "there is no article %s", id);
    return NULL;
  }
  if (!host_database_step(database, statement, &has_row, error))
    return NULL;
  return g_strdup(id);
}

static char *
change_article(HostDatabase *database, GVariant *change, GError **error)
{
  g_autoptr(GVariant) fields =
      g_variant_lookup_value(change, COMPTOIR_KEY_FIELDS, G_VARIANT_TYPE_VARDICT);
  const char *kind = "";
  const char *id = "";

  if (fields == NULL)
    fields = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  (void)g_variant_lookup(change, COMPTOIR_KEY_CHANGE, "&s", &kind);
  (void)g_variant_lookup(change, COMPTOIR_KEY_ID, "&s", &id);
  if (g_str_equal(kind, "create"))
    return create_article(database, fields, error);
  if (g_str_equal(kind, "update"))
    return update_article(database, id, fields, error);
  if (g_str_equal(kind, "delete"))
    return delete_article(database, id, error);
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "\"%s\" is not a change", kind);
  return NULL;
}

static gboolean
find_applied(HostDatabase *database, const char *key, char **id, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "SELECT id FROM applied WHERE key = ?", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, key);
  if (!host_database_step(database, statement, &has_row, error))
    return FALSE;
  *id = has_row ? g_strdup(host_database_column_text(statement, 0)) : NULL;
  return TRUE;
}

static gboolean
remember_applied(HostDatabase *database, const char *key, const char *id, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "INSERT INTO applied (key, id, at) VALUES (?, ?, ?)", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, key);
  host_database_bind_text(statement, 2, id);
  (void)sqlite3_bind_int64(statement, 3, g_get_real_time());
  return host_database_step(database, statement, &has_row, error);
}

/* A key that is known is a success with the id of then; a row that fails leaves nothing behind. */
static char *
apply_change(HostDatabase *database, GVariant *change, const char *key, GError **error)
{
  g_autofree char *id = NULL;

  if (key[0] == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "a change needs a key");
    return NULL;
  }
  if (!find_applied(database, key, &id, error))
    return NULL;
  if (id != NULL)
    return g_steal_pointer(&id);
  if (!host_database_execute(database, "SAVEPOINT change", error))
    return NULL;
  id = change_article(database, change, error);
  if (id == NULL || !remember_applied(database, key, id, error)) {
    (void)host_database_execute(database, "ROLLBACK TO change; RELEASE change", NULL);
    return NULL;
  }
  if (!host_database_execute(database, "RELEASE change", error))
    return NULL;
  return g_steal_pointer(&id);
}

static gboolean
add_articles(HostDatabase *database, GVariant *rows, GStrvBuilder *ids, GError **error)
{
  gsize n_rows = rows == NULL ? 0 : g_variant_n_children(rows);

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *id = create_article(database, row, error);

    if (id == NULL) {
      g_prefix_error(error, "article %" G_GSIZE_FORMAT ": ", i + 1);
      return FALSE;
    }
    g_strv_builder_add(ids, id);
  }
  return TRUE;
}

/**
 * host_article_changes_add:
 * @database: the database
 * @argument: `{rows}`: article rows; one whose id is known replaces that article
 * @error: return location for an error
 *
 * Writes articles, all of them or none. Fails with %COMPTOIR_ERROR_INVALID when one is wrong.
 *
 * Returns: (transfer full) (nullable): `{ids}`
 */
GVariant *
host_article_changes_add(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(argument, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  g_auto(GStrv) list = NULL;

  if (!host_database_begin(database, error))
    return NULL;
  if (!add_articles(database, rows, ids, error)) {
    host_database_roll_back(database);
    return NULL;
  }
  if (!host_database_commit(database, error))
    return NULL;
  list = g_strv_builder_end(ids);
  g_variant_dict_insert(&answer, "ids", "^as", list);
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}

/**
 * host_article_changes_apply:
 * @database: the database
 * @argument: article changes, `aa{sv}`
 * @error: return location for an error
 *
 * Makes changes, each once for its key, all on disk when this returns. A change that cannot be made
 * is answered `failed` and holds up no other.
 *
 * Returns: (transfer full) (nullable): `{rows}`: a change answer for each
 */
GVariant *
host_article_changes_apply(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  gsize n_changes = g_variant_n_children(argument);

  if (!host_database_begin(database, error))
    return NULL;
  for (gsize i = 0; i < n_changes; i++) {
    g_autoptr(GVariant) change = g_variant_get_child_value(argument, i);
    g_autoptr(GError) row_error = NULL;
    const char *key = "";
    g_autofree char *id = NULL;

    (void)g_variant_lookup(change, COMPTOIR_KEY_KEY, "&s", &key);
    id = apply_change(database, change, key, &row_error);
    g_ptr_array_add(answers, g_variant_ref_sink(comptoir_change_answer_new(
                                 key, id, row_error == NULL ? NULL : row_error->message)));
  }
  if (!host_database_commit(database, error))
    return NULL;
  return g_variant_ref_sink(
      comptoir_page_new(comptoir_rows_new((GVariant **)answers->pdata, answers->len), NULL));
}
