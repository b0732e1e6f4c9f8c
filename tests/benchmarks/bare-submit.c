/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What it costs at the least to make a sale durable: two rows of the size of a sale and its order,
 * in one transaction, with the same pragmas. */
#include <glib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define PAYLOAD_BYTES 400
#define BODY_BYTES    900

static void
check(gboolean ok, const char *what)
{
  if (ok)
    return;
  fprintf(stderr, "bare-submit: %s\n", what);
  exit(1);
}

static int
compare(gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

static void
insert(sqlite3 *database, sqlite3_stmt *sale, sqlite3_stmt *row, int number)
{
  static const char bytes[MAX(PAYLOAD_BYTES, BODY_BYTES)];
  g_autofree char *id = g_strdup_printf("bench-%06d", number);

  check(sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, "begin");
  sqlite3_bind_text(sale, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_blob(sale, 2, bytes, PAYLOAD_BYTES, SQLITE_STATIC);
  check(sqlite3_step(sale) == SQLITE_DONE, sqlite3_errmsg(database));
  sqlite3_reset(sale);
  sqlite3_bind_text(row, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_blob(row, 2, bytes, BODY_BYTES, SQLITE_STATIC);
  check(sqlite3_step(row) == SQLITE_DONE, sqlite3_errmsg(database));
  sqlite3_reset(row);
  check(sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, "commit");
}

static void
say(GArray *times)
{
  g_array_sort(times, compare);
  printf("p50_ms %.6f\np99_ms %.6f\nworst_ms %.6f\n",
         (double)g_array_index(times, gint64, (times->len - 1) / 2) / 1000,
         (double)g_array_index(times, gint64, (times->len - 1) * 99 / 100) / 1000,
         (double)g_array_index(times, gint64, times->len - 1) / 1000);
}

int
main(int argc, char **argv)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *sale = NULL;
  sqlite3_stmt *row = NULL;
  g_autofree char *schema = NULL;
  g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(gint64));

  check(argc == 4, "usage: bare-submit SCHEMA DATABASE COUNT");
  check(g_file_get_contents(argv[1], &schema, NULL, NULL), argv[1]);
  check(sqlite3_open(argv[2], &database) == SQLITE_OK, argv[2]);
  check(sqlite3_exec(database,
                     "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY",
                     NULL, NULL, NULL) == SQLITE_OK,
        "pragmas");
  check(sqlite3_exec(database, schema, NULL, NULL, NULL) == SQLITE_OK, "schema");
  check(sqlite3_prepare_v2(database,
                           "INSERT INTO sale (sale_id, payload, number, till, sold_at, total_minor,"
                           " store_id, order_id, discriminator, state, submitted_at, changed_at)"
                           " VALUES (?1, ?2, ?1, '', 1, 1, 'store', ?1, ?1, 'waiting', 1, 1)",
                           -1, &sale, NULL) == SQLITE_OK,
        sqlite3_errmsg(database));
  check(sqlite3_prepare_v2(database,
                           "INSERT INTO outbox (kind, version, key, lane, lane_width, priority,"
                           " store_id, subject, run, args, body, state, due_at, created_at) VALUES"
                           " ('order', 1, ?1, 'store', 1, 1, 'store', ?1, 0, '', ?2, 'waiting', 1,"
                           " 1)",
                           -1, &row, NULL) == SQLITE_OK,
        sqlite3_errmsg(database));
  for (int i = 0; i < atoi(argv[3]); i++) {
    gint64 began_at = g_get_monotonic_time();
    gint64 took = 0;

    insert(database, sale, row, i);
    took = g_get_monotonic_time() - began_at;
    g_array_append_val(times, took);
  }
  say(times);
  sqlite3_finalize(sale);
  sqlite3_finalize(row);
  sqlite3_close(database);
  return 0;
}
