/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service's items as last read. Most of a pull finds most items as they were, so an unchanged
 * one costs a single short write. */
#include "model/place.h"
#include "store/digest.h"
#include "store/item-row.h"
#include "store/match-keys.h"
#include "store/mirror.h"

static gint64
digest_item(const ShopcaisseItem *item, const char *barcodes)
{
  ShopcaisseDigest *digest = shopcaisse_digest_new();

  shopcaisse_digest_add_text(digest, item->company_id);
  shopcaisse_digest_add_text(digest, item->name);
  shopcaisse_digest_add_text(digest, item->type_text);
  shopcaisse_digest_add_text(digest, item->unit);
  shopcaisse_digest_add_text(digest, item->reference);
  shopcaisse_digest_add_text(digest, barcodes);
  shopcaisse_digest_add_number(digest, item->has_price);
  shopcaisse_digest_add_number(digest, item->has_price ? item->price_minor : 0);
  shopcaisse_digest_add_number(digest, item->deleted);
  shopcaisse_digest_add_number(digest, item->manage_stock);
  shopcaisse_digest_add_text(digest, item->family_id);
  shopcaisse_digest_add_text(digest, item->family_name);
  shopcaisse_digest_add_number(digest, item->vat_on_site_bp);
  shopcaisse_digest_add_number(digest, item->vat_take_away_bp);
  shopcaisse_digest_add_text(digest, item->parent_id);
  shopcaisse_digest_add_text(digest, item->description);
  shopcaisse_digest_add_number(digest, item->flags);
  return shopcaisse_digest_finish(digest);
}

/* An item as a pull saw it. */
typedef struct {
  const ShopcaisseItem *item;
  const char *barcodes; /* as the column holds them */
  gint64 digest;
  gint64 sweep;
} Seen;

/* What the table has of it. */
typedef enum {
  ITEM_IS_NEW,
  ITEM_IS_SAME,
  ITEM_HAS_SAME_KEYS, /* what it is matched by did not change */
  ITEM_IS_OTHER
} Standing;

static gboolean
find_standing(ShopcaisseDatabase *database, const Seen *seen, Standing *standing, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT CASE WHEN digest = ?2 THEN ?6"
      " WHEN reference = ?3 AND barcodes = ?4 AND deleted = ?5 THEN ?7 ELSE ?8 END"
      " FROM item WHERE id = ?1",
      error);
  gint64 number = ITEM_IS_NEW;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, seen->item->id);
  sqlite3_bind_int64(statement, 2, seen->digest);
  shopcaisse_statement_bind_text(statement, 3, seen->item->reference);
  shopcaisse_statement_bind_text(statement, 4, seen->barcodes);
  sqlite3_bind_int(statement, 5, seen->item->deleted);
  sqlite3_bind_int(statement, 6, ITEM_IS_SAME);
  sqlite3_bind_int(statement, 7, ITEM_HAS_SAME_KEYS);
  sqlite3_bind_int(statement, 8, ITEM_IS_OTHER);
  if (!shopcaisse_statement_read_number(statement, ITEM_IS_NEW, &number, error))
    return FALSE;
  *standing = (Standing)number;
  return TRUE;
}

/* After the clock was set back a pull has a small number: what it sees is not gone for that. */
static gboolean
touch_item(ShopcaisseDatabase *database, const Seen *seen, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "UPDATE item SET sweep = max(?2, coalesce("
                                  "(SELECT w.before FROM item_sweep w WHERE w.company_id = ?3), 0))"
                                  " WHERE id = ?1",
                                  error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, seen->item->id);
  sqlite3_bind_int64(statement, 2, seen->sweep);
  shopcaisse_statement_bind_text(statement, 3, seen->item->company_id);
  return shopcaisse_statement_run(statement, error);
}

static void
bind_item(ShopcaisseStatement *statement, const ShopcaisseItem *item, const char *barcodes)
{
  shopcaisse_statement_bind_text(statement, 1, item->id);
  shopcaisse_statement_bind_text(statement, 2, item->company_id);
  shopcaisse_statement_bind_text(statement, 3, item->name);
  shopcaisse_statement_bind_text(statement, 4, item->type_text);
  shopcaisse_statement_bind_text(statement, 5, item->unit);
  shopcaisse_statement_bind_text(statement, 6, item->reference);
  shopcaisse_statement_bind_text(statement, 7, barcodes);
  if (item->has_price)
    sqlite3_bind_int64(statement, 8, item->price_minor);
  sqlite3_bind_int(statement, 9, item->deleted);
  sqlite3_bind_int(statement, 10, item->manage_stock);
  shopcaisse_statement_bind_text(statement, 11, item->family_id);
  shopcaisse_statement_bind_text(statement, 12, item->family_name);
  sqlite3_bind_int64(statement, 13, item->vat_on_site_bp);
  sqlite3_bind_int64(statement, 14, item->vat_take_away_bp);
  shopcaisse_statement_bind_text(statement, 15, item->parent_id);
  shopcaisse_statement_bind_text(statement, 16, item->description);
  sqlite3_bind_int64(statement, 17, item->flags);
}

static gboolean
write_item(ShopcaisseDatabase *database, const Seen *seen, GError **error)
{
  g_autofree char *search =
      shopcaisse_match_keys_build_search(seen->item->name, seen->item->reference, seen->barcodes);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO item (id, company_id, name, type, unit, reference, barcodes, price_minor,"
      " deleted, manage_stock, family_id, family_name, vat_on_site_bp, vat_take_away_bp, parent_id,"
      " description, flags, digest, search, sweep) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
      " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?20, max(?19, coalesce("
      "(SELECT w.before FROM item_sweep w WHERE w.company_id = ?2), 0)))"
      " ON CONFLICT (id) DO UPDATE SET company_id = excluded.company_id, name = excluded.name,"
      " type = excluded.type, unit = excluded.unit, reference = excluded.reference,"
      " barcodes = excluded.barcodes, price_minor = excluded.price_minor,"
      " deleted = excluded.deleted, manage_stock = excluded.manage_stock,"
      " family_id = excluded.family_id, family_name = excluded.family_name,"
      " vat_on_site_bp = excluded.vat_on_site_bp, vat_take_away_bp = excluded.vat_take_away_bp,"
      " parent_id = excluded.parent_id, description = excluded.description,"
      " flags = excluded.flags, digest = excluded.digest, search = excluded.search,"
      " sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  bind_item(statement, seen->item, seen->barcodes);
  sqlite3_bind_int64(statement, 18, seen->digest);
  sqlite3_bind_int64(statement, 19, seen->sweep);
  shopcaisse_statement_bind_text(statement, 20, search);
  return shopcaisse_statement_run(statement, error);
}

/* Inside a transaction. */
static gboolean
replace_item(ShopcaisseDatabase *database, const Seen *seen, Standing standing, GError **error)
{
  const ShopcaisseItem *item = seen->item;
  ShopcaisseMatchKeys keys = { .side = SHOPCAISSE_SIDE_ITEM,
                               .id = item->id,
                               .reference = item->reference,
                               .barcodes = item->barcodes,
                               .is_new = standing == ITEM_IS_NEW,
                               .is_deleted = item->deleted };

  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  return write_item(database, seen, error) &&
         (standing == ITEM_HAS_SAME_KEYS || shopcaisse_match_keys_replace(database, &keys, error));
}

/**
 * shopcaisse_mirror_put_item:
 * @database: the database
 * @item: the item; copied
 * @sweep: the number of the pull that saw it
 * @error: return location for an error
 *
 * Writes an item as it was read. Nothing but the sweep is written when it is as before.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_item(ShopcaisseDatabase *database,
                           const ShopcaisseItem *item,
                           gint64 sweep,
                           GError **error)
{
  g_return_val_if_fail(item != NULL && item->id != NULL, FALSE);

  g_autofree char *barcodes = shopcaisse_barcodes_join(item->barcodes);
  Seen seen = {
    .item = item,
    .barcodes = barcodes,
    .digest = digest_item(item, barcodes),
    .sweep = sweep,
  };
  Standing standing = ITEM_IS_NEW;

  if (!find_standing(database, &seen, &standing, error))
    return FALSE;
  if (standing == ITEM_IS_SAME)
    return touch_item(database, &seen, error);
  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (replace_item(database, &seen, standing, error))
    return shopcaisse_database_commit(database, error);
  shopcaisse_database_rollback(database);
  return FALSE;
}

/**
 * shopcaisse_item_read:
 * @row: a row that begins with the columns named in store/item-row.h
 *
 * Reads an item.
 *
 * Returns: (transfer full): the item
 */
ShopcaisseItem *
shopcaisse_item_read(ShopcaisseStatement *row)
{
  ShopcaisseItem *item = g_new0(ShopcaisseItem, 1);

  item->id = shopcaisse_statement_dup_text(row, 0);
  item->company_id = shopcaisse_statement_dup_text(row, 1);
  item->name = shopcaisse_statement_dup_text(row, 2);
  item->type_text = shopcaisse_statement_dup_text(row, 3);
  item->type = shopcaisse_item_type_parse(item->type_text);
  item->unit = shopcaisse_statement_dup_text(row, 4);
  item->reference = shopcaisse_statement_dup_text(row, 5);
  item->barcodes = shopcaisse_barcodes_split((const char *)sqlite3_column_text(row, 6));
  item->has_price = sqlite3_column_type(row, 7) != SQLITE_NULL;
  item->price_minor = sqlite3_column_int64(row, 7);
  item->deleted = sqlite3_column_int(row, 8) != 0;
  item->manage_stock = sqlite3_column_int(row, 9) != 0;
  item->family_id = shopcaisse_statement_dup_text(row, 10);
  item->family_name = shopcaisse_statement_dup_text(row, 11);
  item->vat_on_site_bp = sqlite3_column_int64(row, 12);
  item->vat_take_away_bp = sqlite3_column_int64(row, 13);
  item->parent_id = shopcaisse_statement_dup_text(row, 14);
  item->description = shopcaisse_statement_dup_text(row, 15);
  item->flags = (guint)sqlite3_column_int64(row, 16);
  return item;
}

/* The item of a statement that answers at most one; NULL without an error when there is none. */
static ShopcaisseItem *
read_one(ShopcaisseStatement *statement, GError **error)
{
  gboolean has_row = FALSE;

  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_item_read(statement);
}

/**
 * shopcaisse_mirror_get_item:
 * @database: the database
 * @id: its id
 * @error: return location for an error
 *
 * Looks an item up, also one that is deleted or gone.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the item; %NULL without an error when there is none
 */
ShopcaisseItem *
shopcaisse_mirror_get_item(ShopcaisseDatabase *database, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT id, company_id, name, type, unit, reference, barcodes, price_minor, deleted,"
      " manage_stock, family_id, family_name, vat_on_site_bp, vat_take_away_bp, parent_id,"
      " description, flags FROM item WHERE id = ?1",
      error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  return read_one(statement, error);
}

/* Best first among many, without reading a large catalogue to its end. */
#define TRIAL_CANDIDATES 2000

/**
 * shopcaisse_mirror_find_trial_item:
 * @database: the database
 * @company_id: whose
 * @error: return location for an error
 *
 * Looks for a plain item to try the unit of money with. A price from one euro whose cents are no
 * multiple of ten tells the readings apart best, so those come first, the most cents first. Of a
 * large catalogue the items that were read first are looked at.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the item; %NULL without an error when there is none
 */
ShopcaisseItem *
shopcaisse_mirror_find_trial_item(ShopcaisseDatabase *database,
                                  const char *company_id,
                                  GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT id, company_id, name, type, unit, reference, barcodes, price_minor, deleted,"
      " manage_stock, family_id, family_name, vat_on_site_bp, vat_take_away_bp, parent_id,"
      " description, flags FROM item WHERE rowid = ("
      "  SELECT candidate FROM ("
      "   SELECT i.rowid AS candidate, i.price_minor, i.id FROM item i"
      "   WHERE i.company_id = ?1 AND i.type = 'SIMPLE' AND i.unit = 'UNIT' AND i.deleted = 0"
      "   AND i.price_minor > 0 AND i.flags & ?2 = 0 AND i.sweep >= coalesce("
      "    (SELECT w.before FROM item_sweep w WHERE w.company_id = i.company_id), i.sweep)"
      "   ORDER BY i.rowid LIMIT ?3)"
      "  ORDER BY CASE WHEN price_minor >= 100 AND price_minor % 10 <> 0 THEN 0 ELSE 1 END,"
      "  price_minor % 100 DESC, id LIMIT 1)",
      error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, company_id);
  sqlite3_bind_int(statement, 2, SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY);
  sqlite3_bind_int(statement, 3, TRIAL_CANDIDATES);
  return read_one(statement, error);
}

/**
 * shopcaisse_mirror_count_items:
 * @database: the database
 * @n_items: (out): how many are neither deleted nor gone
 * @error: return location for an error
 *
 * Counts the items of all companies.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_count_items(ShopcaisseDatabase *database, guint *n_items, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT (SELECT count(*) FROM item) - (SELECT count(*) FROM item WHERE deleted <> 0)"
      " - (SELECT count(*) FROM item i INDEXED BY item_seen"
      "    WHERE i.sweep < (SELECT max(w.before) FROM item_sweep w) AND i.deleted = 0"
      "    AND i.sweep < (SELECT w.before FROM item_sweep w WHERE w.company_id = i.company_id))",
      error);
  gint64 number = 0;

  if (statement == NULL || !shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_items = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_mirror_end_item_sweep:
 * @database: the database
 * @company_id: whose
 * @sweep: the number of a complete pull
 * @error: return location for an error
 *
 * Notes that a pull saw all items there are: what neither it nor the complete one before it saw is
 * gone. No item is written.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_end_item_sweep(ShopcaisseDatabase *database,
                                 const char *company_id,
                                 gint64 sweep,
                                 GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO item_sweep (company_id, last, before) VALUES (?1, ?2, 0)"
      " ON CONFLICT (company_id) DO UPDATE SET before = min(last, excluded.last),"
      " last = excluded.last WHERE last <> excluded.last",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, company_id);
  sqlite3_bind_int64(statement, 2, sweep);
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_KEYS);
  return shopcaisse_statement_run(statement, error);
}

/* Above every sweep: nothing of such a company is there. */
#define ANOTHER_COMPANY "9223372036854775807"

static gboolean
run_for_company(ShopcaisseDatabase *database,
                const char *sql,
                const char *company_id,
                GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, company_id);
  sqlite3_bind_int(statement, 2, SHOPCAISSE_PLACE_COMPANY); /* where it is asked for */
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_mirror_choose_company:
 * @database: the database
 * @company_id: whose items are worked with from now on
 * @error: return location for an error
 *
 * Sees to it that catalogues do not mix: the items of every other company are gone, until that is
 * chosen again. No item is written. Inside the caller's transaction.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_choose_company(ShopcaisseDatabase *database,
                                 const char *company_id,
                                 GError **error)
{
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_KEYS);
  return run_for_company(database,
                         "UPDATE item_sweep SET before = 0 WHERE company_id = ?1 AND before "
                         "= " ANOTHER_COMPANY,
                         company_id, error) &&
         run_for_company(database,
                         "INSERT INTO item_sweep (company_id, last, before)"
                         " SELECT id, 0, " ANOTHER_COMPANY
                         " FROM place WHERE kind = ?2 AND id <> ?1"
                         " ON CONFLICT (company_id) DO UPDATE SET before = " ANOTHER_COMPANY,
                         company_id, error) &&
         run_for_company(
             database, "UPDATE item_sweep SET before = " ANOTHER_COMPANY " WHERE company_id <> ?1",
             company_id, error);
}
