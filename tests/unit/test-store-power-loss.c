/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The power goes after every write, sync and change of a name that a day of sales causes. What of
 * the unsynced writes survives is lost, half lost or torn; what was acknowledged is there. */
#include "simulated-disk.h"
#include "store-fixture.h"
#include "store/sales.h"
#include "store/settings.h"
#include "tests/repeat.h"

#define N_SESSIONS     3
#define N_SHORT        8     /* sales of the first sessions */
#define N_LONG         45    /* of the last, whose log grows until it is brought into the file */
#define LARGE_BODY     90000 /* bytes, so that few sales fill the log */
#define SKIPPED_EVENTS 59    /* of sixty in the last session, whose images are large */

typedef struct {
  StoreFixture *fixture;      /* (unowned) */
  ShopcaisseDatabase *opened; /* (owned) (nullable) */
  SimulatedDisk *disk;        /* (owned) */
  GArray *acknowledged;       /* (owned) (element-type guint): events when sale i was committed */
  guint opened_at;            /* events when the first open had answered */
  guint last_session_at;      /* events when the last session began */
} Day;

/* Sale, job and cursor belong together: they are found together or not at all. */
static void
take_sale_over(Day *day, gsize body_size)
{
  ShopcaisseDatabase *database = day->opened;
  guint number = day->acknowledged->len;
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();
  g_autofree char *key = g_strdup_printf("sale %u", number);
  g_autofree char *body = g_strnfill(body_size, 'x');
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("order", key);

  assert_true(shopcaisse_database_begin_repeatable(database, NULL));
  assert_true(shopcaisse_cursors_set_time(database, "repeatable", number + 1, NULL));
  assert_true(shopcaisse_database_commit(database, NULL));

  g_free(record->sale_id);
  g_free(record->order_id);
  record->sale_id = g_strdup(key);
  record->order_id = g_strdup(key);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'total': <'1.00'>}"));
  job->path = g_strdup("/v1/orders");
  job->body = g_bytes_new(body, body_size);
  assert_true(shopcaisse_database_begin(database, NULL));
  assert_true(shopcaisse_sales_insert(database, record, NULL));
  assert_true(shopcaisse_outbox_append(database, job, 1, NULL, NULL));
  assert_true(shopcaisse_cursors_set_time(database, "sales", number + 1, NULL));
  assert_true(shopcaisse_database_commit(database, NULL));
  number = simulated_disk_get_n_events(day->disk);
  g_array_append_val(day->acknowledged, number);
}

static void
send_one(Day *day)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(day->opened, 10, NULL);

  assert_non_null(job);
  assert_true(shopcaisse_outbox_claim(day->opened, job, NULL));
  assert_true(shopcaisse_outbox_settle(day->opened, job->id, SHOPCAISSE_SETTLE_KEEP, 11, NULL));
}

static void
play_session(Day *day, guint n_sales, gsize body_size)
{
  ShopcaisseDatabaseConfig config = { .folder = day->fixture->folder,
                                      .owner = "test",
                                      .vfs = "recorded" };

  day->last_session_at = simulated_disk_get_n_events(day->disk);
  day->opened = shopcaisse_database_open(&config, NULL);
  assert_non_null(day->opened);
  if (day->opened_at == 0)
    day->opened_at = simulated_disk_get_n_events(day->disk);
  for (guint i = 0; i < n_sales; i++) {
    take_sale_over(day, body_size);
    send_one(day);
  }
  g_clear_pointer(&day->opened, shopcaisse_database_close);
}

/* The cursor says how many sales there are: each of them is whole, and no acknowledged one lacks.
 */
static void
assert_nothing_lost(const Day *day, StoreFixture *image, guint n_events)
{
  gint64 n_acknowledged = 0;

  while (n_acknowledged < day->acknowledged->len &&
         g_array_index(day->acknowledged, guint, n_acknowledged) <= n_events)
    n_acknowledged++;

  gint64 n_sales = shopcaisse_cursors_get_time(image->database, "sales", 0);
  gint64 n_repeatable = shopcaisse_cursors_get_time(image->database, "repeatable", 0);

  assert_true(n_sales >= n_acknowledged);
  assert_true(n_sales <= n_acknowledged + 1);
  /* What was committed before a sale without a flush of its own is on disk with the sale. */
  assert_in_range(n_repeatable, n_sales, n_sales + 1);
  assert_int_equal(store_fixture_query(image, "SELECT count(*) FROM sale"), n_sales);
  assert_int_equal(store_fixture_query(image, "SELECT count(*) FROM outbox"), n_sales);
}

/* Opening runs quick_check. A folder without marker stands for a cut before the first open ended.
 */
static void
open_image(const Day *day, StoreFixture *first, StoreFixture *image, guint n_events)
{
  StoreFixture *fixture = n_events < day->opened_at ? first : image;

  store_fixture_open(fixture, "image");
  if (n_events >= day->opened_at) {
    assert_false(shopcaisse_database_was_replaced(fixture->database));
    assert_nothing_lost(day, fixture, n_events);
  }
  g_clear_pointer(&fixture->database, shopcaisse_database_close);
}

static gboolean
is_skipped(const Day *day, guint n_events)
{
  return n_events > day->last_session_at && n_events % (SKIPPED_EVENTS + 1) != 0;
}

static guint
replay(Day *day, SimulatedDiskCut cut)
{
  g_autoptr(SimulatedDisk) image = simulated_disk_new("image");
  guint n_events = simulated_disk_get_n_events(day->disk);
  guint n_points = 0;
  void *with_marker = NULL;

  store_fixture_set_up(&with_marker);
  g_clear_pointer(&((StoreFixture *)with_marker)->database, shopcaisse_database_close);
  for (guint i = 0; i <= n_events; i++) {
    void *first = NULL;

    /* Each kind of cut begins elsewhere. */
    if (is_skipped(day, i) || (i + cut) % one_in(4) != 0)
      continue;
    if (i < day->opened_at)
      store_fixture_set_up_folder(&first);
    simulated_disk_cut_power(day->disk, i, cut, i, image);
    open_image(day, first, with_marker, i);
    if (first != NULL)
      store_fixture_tear_down(&first);
    n_points++;
  }
  store_fixture_tear_down(&with_marker);
  return n_points;
}

static void
cut_everywhere(StoreFixture *fixture, SimulatedDiskCut cut)
{
  Day day = { .fixture = fixture,
              .disk = simulated_disk_new("recorded"),
              .acknowledged = g_array_new(FALSE, FALSE, sizeof(guint)) };

  simulated_disk_record(day.disk);
  for (int i = 0; i < N_SESSIONS - 1; i++)
    play_session(&day, N_SHORT, 100);
  play_session(&day, N_LONG, LARGE_BODY);

  guint n_points = replay(&day, cut);

  print_message("# %u crash points, %u sales\n", n_points, day.acknowledged->len);
  assert_true(n_points > 500 / one_in(4));
  g_array_unref(day.acknowledged);
  simulated_disk_free(day.disk);
}

static void
unsynced_writes_that_are_lost_take_nothing_acknowledged(void **state)
{
  cut_everywhere(*state, SIMULATED_DISK_LOST);
}

static void
unsynced_writes_that_are_half_lost_take_nothing_acknowledged(void **state)
{
  cut_everywhere(*state, SIMULATED_DISK_HALF_LOST);
}

static void
unsynced_writes_that_are_torn_take_nothing_acknowledged(void **state)
{
  cut_everywhere(*state, SIMULATED_DISK_TORN);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_folder_test(unsynced_writes_that_are_lost_take_nothing_acknowledged),
    store_folder_test(unsynced_writes_that_are_half_lost_take_nothing_acknowledged),
    store_folder_test(unsynced_writes_that_are_torn_take_nothing_acknowledged),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
