/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a pull costs at the least: page after page with libcurl, jansson and SQLite, a transaction a
 * page, the same rows in the same tables with the same pragmas, and nothing else. */
#include <curl/curl.h>
#include <glib.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define PAGE 1000

typedef struct {
  sqlite3 *database;
  sqlite3_stmt *item;
  sqlite3_stmt *key;
  CURL *easy;
  GByteArray *body;
} Bare;

static void
check(gboolean ok, const char *what)
{
  if (ok)
    return;
  fprintf(stderr, "bare-pull: %s\n", what);
  exit(1);
}

static void
execute(Bare *self, const char *sql)
{
  check(sqlite3_exec(self->database, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void
open_database(Bare *self, const char *path, const char *schema)
{
  g_autofree char *sql = NULL;

  check(g_file_get_contents(schema, &sql, NULL, NULL), schema);
  check(sqlite3_open(path, &self->database) == SQLITE_OK, path);
  execute(self, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
  execute(self, sql);
  check(sqlite3_prepare_v2(
            self->database,
            "INSERT INTO item (id, company_id, name, type, unit, reference, barcodes, price_minor,"
            " deleted, manage_stock, family_id, family_name, vat_on_site_bp, vat_take_away_bp,"
            " parent_id, description, search, flags, digest, sweep) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
            " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 0, 0, 1)",
            -1, &self->item, NULL) == SQLITE_OK,
        sqlite3_errmsg(self->database));
  check(sqlite3_prepare_v2(self->database,
                           "INSERT INTO match_key (side, kind, value, id)"
                           " VALUES ('item', ?1, ?2, ?3) ON CONFLICT DO NOTHING",
                           -1, &self->key, NULL) == SQLITE_OK,
        sqlite3_errmsg(self->database));
}

static size_t
take_bytes(char *bytes, size_t size, size_t n, void *user_data)
{
  g_byte_array_append(user_data, (const guint8 *)bytes, (guint)(size * n));
  return size * n;
}

static void
open_connection(Bare *self, const char *token_file)
{
  g_autofree char *token = NULL;

  check(g_file_get_contents(token_file, &token, NULL, NULL), token_file);
  self->body = g_byte_array_new();
  self->easy = curl_easy_init();
  curl_easy_setopt(self->easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
  curl_easy_setopt(self->easy, CURLOPT_XOAUTH2_BEARER, g_strstrip(token));
  curl_easy_setopt(self->easy, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(self->easy, CURLOPT_WRITEDATA, self->body);
  curl_easy_setopt(self->easy, CURLOPT_FAILONERROR, 1L);
}

static json_t *
fetch(Bare *self, const char *api, const char *company, guint page)
{
  g_autofree char *url =
      g_strdup_printf("%s/v1/companies/%s/items?page=%u&pageSize=%d", api, company, page, PAGE);
  json_t *root = NULL;

  g_byte_array_set_size(self->body, 0);
  curl_easy_setopt(self->easy, CURLOPT_URL, url);
  check(curl_easy_perform(self->easy) == CURLE_OK, url);
  root = json_loadb((const char *)self->body->data, self->body->len, 0, NULL);
  check(root != NULL, "the answer is not JSON");
  return root;
}

static void
bind_text(sqlite3_stmt *statement, int at, const char *text)
{
  sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
}

static const char *
get_text(const json_t *row, const char *key)
{
  return json_string_value(json_object_get(row, key));
}

static void
run(sqlite3_stmt *statement)
{
  check(sqlite3_step(statement) == SQLITE_DONE, "an insert failed");
  sqlite3_reset(statement);
}

static void
add_key(Bare *self, const char *kind, const char *value, const char *id)
{
  if (value == NULL || *value == '\0')
    return;
  bind_text(self->key, 1, kind);
  bind_text(self->key, 2, value);
  bind_text(self->key, 3, id);
  run(self->key);
}

static gint64
get_rate(const json_t *row, const char *key)
{
  const json_t *vat = json_object_get(row, key);

  return (gint64)(json_number_value(json_object_get(vat, "rate")) * 10000 + 0.5);
}

static void
add_item(Bare *self, const char *company, const json_t *row)
{
  const char *id = get_text(row, "id");
  const char *reference = get_text(row, "reference");
  const json_t *family = json_object_get(row, "family");
  const json_t *barcodes = json_object_get(row, "barcodes");
  const char *barcode = json_string_value(json_array_get(barcodes, 0));
  g_autofree char *search =
      g_strdup_printf("%s\n%s\n%s", get_text(row, "name"), reference != NULL ? reference : "",
                      barcode != NULL ? barcode : "");

  bind_text(self->item, 1, id);
  bind_text(self->item, 2, company);
  bind_text(self->item, 3, get_text(row, "name"));
  bind_text(self->item, 4, get_text(row, "type"));
  bind_text(self->item, 5, get_text(row, "unit"));
  bind_text(self->item, 6, reference != NULL ? reference : "");
  bind_text(self->item, 7, barcode != NULL ? barcode : "");
  sqlite3_bind_int64(self->item, 8,
                     (gint64)(json_number_value(json_object_get(row, "price")) * 100 + 0.5));
  sqlite3_bind_int(self->item, 9, json_is_true(json_object_get(row, "deleted")));
  sqlite3_bind_int(self->item, 10, json_is_true(json_object_get(row, "manageStock")));
  bind_text(self->item, 11, get_text(family, "id"));
  bind_text(self->item, 12, get_text(family, "name"));
  sqlite3_bind_int64(self->item, 13, get_rate(row, "vatOnSite"));
  sqlite3_bind_int64(self->item, 14, get_rate(row, "vatTakeAway"));
  bind_text(self->item, 15, get_text(json_object_get(row, "parentItem"), "id"));
  bind_text(self->item, 16, get_text(row, "description"));
  bind_text(self->item, 17, search);
  run(self->item);
  add_key(self, "reference", reference, id);
  for (gsize i = 0; i < json_array_size(barcodes); i++)
    add_key(self, "barcode", json_string_value(json_array_get(barcodes, i)), id);
}

static guint
pull(Bare *self, const char *api, const char *company)
{
  gboolean has_next = TRUE;
  guint n_items = 0;

  for (guint page = 0; has_next; page++) {
    json_t *root = fetch(self, api, company, page);
    const json_t *items = json_object_get(root, "items");

    execute(self, "BEGIN IMMEDIATE");
    for (gsize i = 0; i < json_array_size(items); i++)
      add_item(self, company, json_array_get(items, i));
    execute(self, "COMMIT");
    n_items += (guint)json_array_size(items);
    has_next = json_is_true(json_object_get(root, "hasNextPage"));
    json_decref(root);
  }
  return n_items;
}

int
main(int argc, char **argv)
{
  Bare bare = { 0 };
  gint64 began_at = 0;
  guint n_items = 0;

  check(argc == 6, "usage: bare-pull API TOKEN-FILE COMPANY SCHEMA DATABASE");
  open_connection(&bare, argv[2]);
  open_database(&bare, argv[5], argv[4]);
  began_at = g_get_monotonic_time();
  n_items = pull(&bare, argv[1], argv[3]);
  printf("seconds %.6f\nitems %u\n", (double)(g_get_monotonic_time() - began_at) / G_USEC_PER_SEC,
         n_items);
  sqlite3_finalize(bare.item);
  sqlite3_finalize(bare.key);
  sqlite3_close(bare.database);
  curl_easy_cleanup(bare.easy);
  g_byte_array_unref(bare.body);
  return 0;
}
