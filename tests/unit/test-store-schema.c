/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/schema.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
truncate_raw(StoreFixture *self, const char *name)
{
  g_autofree char *path = store_fixture_dup_path(self, name);

  assert_int_equal(truncate(path, 0), 0);
}

static void
a_newer_schema_is_refused(void **state)
{
  StoreFixture *self = *state;

  store_fixture_query(self, "PRAGMA user_version = 9999");
  store_fixture_close(self);

  g_autoptr(GError) error = store_fixture_open_failing(self);

  assert_store_error(error, COMPTOIR_ERROR_VERSION);
}

static void
a_newer_database_is_left_as_it_is(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = store_fixture_dup_path(self, "shopcaisse.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before = 0;
  gsize size_after = 0;

  store_fixture_query(self, "PRAGMA user_version = 9999");
  store_fixture_close(self);
  assert_true(g_file_get_contents(path, &before, &size_before, NULL));

  g_autoptr(GError) error = store_fixture_open_failing(self);

  assert_true(g_file_get_contents(path, &after, &size_after, NULL));
  assert_int_equal(size_before, size_after);
  assert_memory_equal(before, after, size_before);
}

static void
assert_set_aside(StoreFixture *self)
{
  store_fixture_open(self, NULL);
  assert_true(shopcaisse_database_was_replaced(self->database));
  assert_true(store_fixture_has_file(self, "shopcaisse.db.damaged-1"));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 0);
}

static void
what_is_no_database_is_set_aside(void **state)
{
  StoreFixture *self = *state;

  store_fixture_close(self);
  store_fixture_write(self, "shopcaisse.db", 0, "this is no database at all", 26);
  assert_set_aside(self);
}

static void
a_damaged_page_is_set_aside(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *rubbish = g_strnfill(4096, 'x');

  store_fixture_close(self);
  store_fixture_write(self, "shopcaisse.db", 4096, rubbish, 4096);
  assert_set_aside(self);
}

static void
a_truncated_file_is_noticed(void **state)
{
  StoreFixture *self = *state;

  store_fixture_close(self);
  truncate_raw(self, "shopcaisse.db");
  assert_set_aside(self);
}

static void
a_missing_file_is_noticed(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = store_fixture_dup_path(self, "shopcaisse.db");

  store_fixture_close(self);
  assert_int_equal(g_unlink(path), 0);
  store_fixture_open(self, NULL);
  assert_true(shopcaisse_database_was_replaced(self->database));
}

static void
an_empty_file_without_marker_is_a_first_start(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *marker = store_fixture_dup_path(self, "profile");

  store_fixture_close(self);
  truncate_raw(self, "shopcaisse.db");
  assert_int_equal(g_unlink(marker), 0);
  store_fixture_open(self, NULL);
  assert_false(shopcaisse_database_was_replaced(self->database));
}

static void
the_log_is_set_aside_with_its_database(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *path = store_fixture_dup_path(self, "shopcaisse.db-wal");

  store_fixture_close(self);
  truncate_raw(self, "shopcaisse.db");
  assert_true(g_file_set_contents(path, "log", -1, NULL));
  assert_set_aside(self);
  assert_true(store_fixture_has_file(self, "shopcaisse.db.damaged-1-wal"));
}

static void
a_second_damaged_file_keeps_the_first(void **state)
{
  StoreFixture *self = *state;

  for (int i = 0; i < 2; i++) {
    store_fixture_close(self);
    truncate_raw(self, "shopcaisse.db");
    store_fixture_open(self, NULL);
  }
  assert_true(store_fixture_has_file(self, "shopcaisse.db.damaged-1"));
  assert_true(store_fixture_has_file(self, "shopcaisse.db.damaged-2"));
}

static void
after_a_replacement_the_next_start_is_plain(void **state)
{
  StoreFixture *self = *state;

  store_fixture_close(self);
  truncate_raw(self, "shopcaisse.db");
  store_fixture_open(self, NULL);
  store_fixture_reopen(self);
  assert_false(shopcaisse_database_was_replaced(self->database));
}

/* A released database, opened by the program as it is now. */
static void
every_released_database_opens(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *target = store_fixture_dup_path(self, "shopcaisse.db");

  for (int version = 1; version <= shopcaisse_schema_get_version(); version++) {
    g_autofree char *name = g_strdup_printf("%04d.db", version);
    g_autofree char *source =
        g_build_filename(g_getenv("G_TEST_SRCDIR"), "data", "databases", name, NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;

    assert_true(g_file_get_contents(source, &bytes, &size, NULL));
    store_fixture_close(self);
    assert_true(g_file_set_contents(target, bytes, (gssize)size, NULL));
    store_fixture_open(self, NULL);
    assert_false(shopcaisse_database_was_replaced(self->database));
    assert_int_equal(store_fixture_query(self, "PRAGMA user_version"),
                     shopcaisse_schema_get_version());

    g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, G_MAXINT64, NULL);

    assert_non_null(job);
    assert_string_equal(job->path, "/v1/example");
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_newer_schema_is_refused),
    store_test(a_newer_database_is_left_as_it_is),
    store_test(what_is_no_database_is_set_aside),
    store_test(a_damaged_page_is_set_aside),
    store_test(a_truncated_file_is_noticed),
    store_test(a_missing_file_is_noticed),
    store_test(an_empty_file_without_marker_is_a_first_start),
    store_test(the_log_is_set_aside_with_its_database),
    store_test(a_second_damaged_file_keeps_the_first),
    store_test(after_a_replacement_the_next_start_is_plain),
    store_test(every_released_database_opens),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
