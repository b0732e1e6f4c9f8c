/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every call to the disk fails once, then every call from some point on: the program goes on, and
 * what it acknowledged is there when the disk works again. */
#include "simulated-disk.h"
#include "store-fixture.h"
#include "store/journal.h"
#include "store/sales.h"
#include "store/settings.h"

#define N_SALES 4

/* What was acknowledged: these must be there, the others may be. */
typedef struct {
  gboolean has_sale[N_SALES];
  gboolean has_setting;
  guint n_journal_lines;
} Acknowledged;

static gboolean
insert_sale(ShopcaisseDatabase *database, int number)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();
  g_autofree char *key = g_strdup_printf("sale %d", number);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("order", key);

  g_free(record->sale_id);
  g_free(record->order_id);
  record->sale_id = g_strdup(key);
  record->order_id = g_strdup(key);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'total': <'1.00'>}"));
  job->path = g_strdup("/v1/orders");
  job->body = g_bytes_new_static("body", 4);
  return shopcaisse_sales_insert(database, record, NULL) &&
         shopcaisse_outbox_append(database, job, 1, NULL, NULL);
}

static gboolean
take_sale_over(ShopcaisseDatabase *database, int number)
{
  if (!shopcaisse_database_begin(database, NULL))
    return FALSE;
  if (insert_sale(database, number) && shopcaisse_database_commit(database, NULL))
    return TRUE;
  shopcaisse_database_rollback(database);
  return FALSE;
}

static void
send_one(ShopcaisseDatabase *database)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(database, 10, NULL);

  if (job != NULL && shopcaisse_outbox_claim(database, job, NULL))
    (void)shopcaisse_outbox_settle(database, job->id, SHOPCAISSE_SETTLE_KEEP, 11, NULL);
}

/* Two sessions with a little of everything; errors are what is expected. */
static void
play(StoreFixture *self, Acknowledged *acknowledged)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "test", .vfs = "faulty" };

  for (int session = 0; session < 2; session++) {
    g_autoptr(ShopcaisseDatabase) database = shopcaisse_database_open(&config, NULL);

    if (database == NULL)
      continue;
    assert_false(shopcaisse_database_was_replaced(database));
    for (int i = 0; i < N_SALES / 2; i++) {
      int number = session * N_SALES / 2 + i;

      acknowledged->has_sale[number] = take_sale_over(database, number);
    }
    send_one(database);
    if (shopcaisse_settings_set(database, "key", "value", NULL))
      acknowledged->has_setting = TRUE;
    if (shopcaisse_journal_append(
            database, &(ShopcaisseJournalLine){ 1, SHOPCAISSE_JOURNAL_INFO, "flow", "", "text" },
            NULL))
      acknowledged->n_journal_lines++;
  }
}

static void
assert_nothing_lost(StoreFixture *self, const Acknowledged *acknowledged)
{
  g_autofree char *setting = NULL;

  store_fixture_open(self, "faulty");
  assert_false(shopcaisse_database_was_replaced(self->database));
  for (int i = 0; i < N_SALES; i++) {
    g_autofree char *key = g_strdup_printf("sale %d", i);
    g_autoptr(ShopcaisseSaleRecord) sale = shopcaisse_sales_get(self->database, key, NULL);
    g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(self->database, key, NULL);

    if (acknowledged->has_sale[i])
      assert_non_null(sale);
    assert_true((sale != NULL) == (job != NULL));
  }
  setting = shopcaisse_settings_get(self->database, "key", NULL);
  if (acknowledged->has_setting)
    assert_non_null(setting);
  assert_true(store_fixture_query(self, "SELECT count(*) FROM journal") >=
              acknowledged->n_journal_lines);
  g_clear_pointer(&self->database, shopcaisse_database_close);
}

/* Fails at the n-th call for each n, until the whole scenario passes without reaching it. */
static void
fail_everywhere(SimulatedDiskFailure failure)
{
  guint n = 0;
  gboolean has_failed = TRUE;

  while (has_failed) {
    void *state = NULL;
    g_autoptr(SimulatedDisk) disk = simulated_disk_new("faulty");
    Acknowledged acknowledged = { { FALSE }, FALSE, 0 };

    store_fixture_set_up_folder(&state);
    simulated_disk_fail_at(disk, ++n, failure);
    play(state, &acknowledged);
    has_failed = simulated_disk_has_failed(disk);
    simulated_disk_fail_at(disk, 0, failure);
    assert_nothing_lost(state, &acknowledged);
    store_fixture_tear_down(&state);
  }
  assert_true(n > 100);
  print_message("# %u calls failed\n", n - 1);
}

static void
any_call_that_fails_once_loses_nothing(void **state)
{
  fail_everywhere(SIMULATED_DISK_FAIL_ONCE);
}

static void
a_disk_that_fails_for_good_loses_nothing(void **state)
{
  fail_everywhere(SIMULATED_DISK_FAIL_FROM_THEN_ON);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_call_that_fails_once_loses_nothing),
    cmocka_unit_test(a_disk_that_fails_for_good_loses_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
