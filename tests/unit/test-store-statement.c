/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/statement.h"

#include <string.h>

static void
assert_translated(int code, ComptoirError expected)
{
  g_autoptr(GError) error = NULL;

  shopcaisse_storage_set_error(&error, NULL, code);
  assert_store_error(error, expected);
}

static void
a_failure_of_the_disk_is_storage(void **state)
{
  assert_translated(SQLITE_FULL, COMPTOIR_ERROR_STORAGE);
  assert_translated(SQLITE_READONLY, COMPTOIR_ERROR_STORAGE);
  assert_translated(SQLITE_IOERR_FSYNC, COMPTOIR_ERROR_STORAGE);
  assert_translated(SQLITE_CORRUPT, COMPTOIR_ERROR_STORAGE);
  assert_translated(SQLITE_CONSTRAINT_NOTNULL, COMPTOIR_ERROR_STORAGE);
}

static void
a_file_that_another_program_holds_is_busy(void **state)
{
  assert_translated(SQLITE_BUSY, COMPTOIR_ERROR_BUSY);
  assert_translated(SQLITE_BUSY_SNAPSHOT, COMPTOIR_ERROR_BUSY);
}

static void
a_key_that_is_taken_is_a_conflict(void **state)
{
  assert_translated(SQLITE_CONSTRAINT_PRIMARYKEY, COMPTOIR_ERROR_CONFLICT);
  assert_translated(SQLITE_CONSTRAINT_UNIQUE, COMPTOIR_ERROR_CONFLICT);
}

static void
wrong_sql_is_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_database_prepare(self->database, "SELECT nothing FROM nowhere", &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

static void
the_same_text_is_prepared_once(void **state)
{
  StoreFixture *self = *state;
  const char *sql = "SELECT 1";
  g_autofree char *copy = g_strdup(sql);
  const ShopcaisseStatement *first = shopcaisse_database_prepare(self->database, sql, NULL);
  const ShopcaisseStatement *second = shopcaisse_database_prepare(self->database, copy, NULL);

  assert_ptr_equal(first, second);
}

static void
a_released_statement_has_forgotten_its_parameters(void **state)
{
  StoreFixture *self = *state;
  gint64 number = 0;

  {
    g_autoptr(ShopcaisseStatement) first =
        shopcaisse_database_prepare(self->database, "SELECT ?1", NULL);

    sqlite3_bind_int64(first, 1, 5);
    assert_true(shopcaisse_statement_read_number(first, -1, &number, NULL));
    assert_int_equal(number, 5);
  }

  g_autoptr(ShopcaisseStatement) second =
      shopcaisse_database_prepare(self->database, "SELECT ?1", NULL);

  assert_true(shopcaisse_statement_read_number(second, -1, &number, NULL));
  assert_int_equal(number, -1);
}

static void
a_text_that_is_no_value_is_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(self->database, "SELECT '{broken' AS args", NULL);
  g_autoptr(GVariant) value = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_row = FALSE;

  assert_true(shopcaisse_statement_step(statement, &has_row, NULL));
  assert_false(
      shopcaisse_statement_read_variant(statement, 0, G_VARIANT_TYPE_VARDICT, &value, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  assert_non_null(strstr(error->message, "args"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_failure_of_the_disk_is_storage),
    store_test(a_file_that_another_program_holds_is_busy),
    store_test(a_key_that_is_taken_is_a_conflict),
    store_test(wrong_sql_is_an_error),
    store_test(the_same_text_is_prepared_once),
    store_test(a_released_statement_has_forgotten_its_parameters),
    store_test(a_text_that_is_no_value_is_an_error),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
