/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was deleted is not in the files either. */
#include "store-fixture.h"
#include "store/sales.h"
#include "store/wash.h"
#include "tests/find-bytes.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "Delannoy-4711"

static GVariant *
make_payload(const char *text, gsize length)
{
  g_autofree char *filler = g_strnfill(length, 'x');

  return g_variant_ref_sink(
      g_variant_new_parsed("{'customer': <{'name': <%s>, 'more': <%s>}>}", text, filler));
}

static void
insert_sale(StoreFixture *self, guint number, const char *text, gsize length)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  g_free(record->sale_id);
  record->sale_id = g_strdup_printf("sale-%05u", number);
  store_fixture_set_text(&record->order_id, record->sale_id);
  record->payload = make_payload(text, length);
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
}

static void
write_sale(StoreFixture *self, guint number, const char *text, gsize length)
{
  g_autofree char *sale_id = g_strdup_printf("sale-%05u", number);
  g_autoptr(GVariant) payload = make_payload(text, length);

  assert_true(shopcaisse_sales_set_payload(self->database, sale_id, payload, NULL));
}

static gboolean
is_in_file(StoreFixture *self, const char *name)
{
  g_autofree char *path = store_fixture_dup_path(self, name);
  g_autofree char *content = NULL;
  gsize size = 0;

  return g_file_get_contents(path, &content, &size, NULL) &&
         find_bytes(content, size, SECRET, strlen(SECRET));
}

/* As the channel looks for it. */
static gboolean
is_found(StoreFixture *self, gsize size)
{
  g_autoptr(ShopcaisseMask) mask = shopcaisse_mask_new();
  ShopcaisseWashSearch search = { .mask = mask };

  shopcaisse_mask_add(mask, SECRET);
  while (!search.is_found && !search.is_end)
    assert_true(shopcaisse_wash_search(self->database, &search, size, NULL));
  return search.is_found;
}

static void
log_is_empty_after_it_was_washed(void **state)
{
  StoreFixture *self = *state;

  insert_sale(self, 1, SECRET, 10);
  write_sale(self, 1, "nobody", 10);
  assert_true(is_in_file(self, "shopcaisse.db-wal"));
  assert_true(shopcaisse_wash_truncate(self->database, NULL));
  assert_false(is_in_file(self, "shopcaisse.db-wal"));
  assert_false(is_in_file(self, "shopcaisse.db"));
}

static void
what_is_in_the_file_is_found_in_parts_of_any_size(void **state)
{
  static const gsize sizes[] = { 700, 4096, 100000 };
  StoreFixture *self = *state;

  insert_sale(self, 1, SECRET, 10);
  assert_true(shopcaisse_wash_truncate(self->database, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
    assert_true(is_found(self, sizes[i]));
  write_sale(self, 1, "nobody", 10);
  assert_true(shopcaisse_wash_truncate(self->database, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
    assert_false(is_found(self, sizes[i]));
}

/* Rows that move to another page leave a copy in the gap of the one they were on. */
static gboolean
leave_a_copy(StoreFixture *self)
{
  for (guint round = 0; round < 40; round++) {
    guint number = 1000 * round;

    for (guint i = 0; i < 24; i++)
      insert_sale(self, number + i, SECRET, 40 + 37 * ((i + round) % 9));
    for (guint i = 0; i < 24; i += 2)
      write_sale(self, number + i, SECRET, 600 + 41 * ((i + round) % 13));
    for (guint i = 0; i < 24; i++)
      write_sale(self, number + i, "nobody", 1);
    assert_true(shopcaisse_wash_truncate(self->database, NULL));
    if (is_in_file(self, "shopcaisse.db"))
      return TRUE;
  }
  return FALSE;
}

static void
file_that_is_written_anew_holds_no_copy(void **state)
{
  StoreFixture *self = *state;

  assert_true(leave_a_copy(self));
  assert_true(is_found(self, 65536));
  assert_true(shopcaisse_wash_rebuild(self->database, NULL));
  assert_false(is_in_file(self, "shopcaisse.db"));
  assert_false(is_in_file(self, "shopcaisse.db-wal"));
  assert_false(is_found(self, 65536));
}

static void
database_can_be_used_after_it_was_written_anew(void **state)
{
  StoreFixture *self = *state;

  insert_sale(self, 1, SECRET, 10);
  assert_true(shopcaisse_wash_rebuild(self->database, NULL));
  insert_sale(self, 2, "nobody", 10);
  store_fixture_reopen(self);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM sale"), 2);
}

static void
rows_keep_their_places_and_lists_are_read_again(void **state)
{
  StoreFixture *self = *state;
  guint64 n_writes = 0;

  for (guint i = 0; i < 5; i++)
    insert_sale(self, i, "nobody", 10);
  assert_int_equal(store_fixture_query(self, "DELETE FROM sale WHERE sale_id < 'sale-00003'"
                                             " RETURNING 1"),
                   1);
  n_writes = shopcaisse_database_count_writes(self->database, SHOPCAISSE_CHANGED_ITEMS);
  assert_true(shopcaisse_wash_rebuild(self->database, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT max(rowid) FROM sale"), 5);
  assert_true(shopcaisse_database_count_writes(self->database, SHOPCAISSE_CHANGED_ITEMS) !=
              n_writes);
}

static void
nothing_is_washed_inside_a_transaction(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  assert_false(shopcaisse_wash_rebuild(self->database, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  shopcaisse_database_rollback(self->database);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(log_is_empty_after_it_was_washed),
    store_test(what_is_in_the_file_is_found_in_parts_of_any_size),
    store_test(file_that_is_written_anew_holds_no_copy),
    store_test(database_can_be_used_after_it_was_written_anew),
    store_test(rows_keep_their_places_and_lists_are_read_again),
    store_test(nothing_is_washed_inside_a_transaction),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
