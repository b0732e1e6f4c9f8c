/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/blocks.h"

static gint64
append_for_store(StoreFixture *self, const char *key, const char *lane, const char *store_id)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

  store_fixture_set_text(&job->lane, lane);
  store_fixture_set_text(&job->store_id, store_id);
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  return job->id;
}

static gint64
append_with_priority(StoreFixture *self, const char *key, ShopcaissePriority priority)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

  job->priority = priority;
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  return job->id;
}

static void
an_empty_outbox_has_no_next(void **state)
{
  store_fixture_assert_next(*state, 10, "");
}

static void
a_job_that_is_not_due_waits(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 20);
  store_fixture_assert_next(self, 19, "");
  store_fixture_assert_next(self, 20, "key");
}

static void
the_more_urgent_goes_first(void **state)
{
  StoreFixture *self = *state;

  append_with_priority(self, "bulk", SHOPCAISSE_PRIORITY_BULK);
  append_with_priority(self, "cancel", SHOPCAISSE_PRIORITY_CANCEL);
  append_with_priority(self, "order", SHOPCAISSE_PRIORITY_ORDER);
  store_fixture_assert_next(self, 10, "cancel");
}

static void
among_lanes_the_earliest_due_goes_first(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "later", "one", 5);
  store_fixture_append(self, "earlier", "two", 4);
  store_fixture_assert_next(self, 10, "earlier");
}

static void
within_a_lane_the_oldest_goes_first(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 5);
  store_fixture_append(self, "second", "lane", 4);
  store_fixture_assert_next(self, 10, "first");
}

static void
within_a_lane_the_oldest_goes_first_across_stores(void **state)
{
  StoreFixture *self = *state;

  append_for_store(self, "first", "lane", "b");
  append_for_store(self, "second", "lane", "a");
  store_fixture_assert_next(self, 10, "first");
}

static void
one_that_is_not_due_does_not_hold_the_next_in_its_lane(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 50);
  store_fixture_append(self, "second", "lane", 4);
  store_fixture_assert_next(self, 10, "second");
}

static void
a_full_lane_is_passed_over(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 0);
  store_fixture_append(self, "second", "lane", 0);
  store_fixture_append(self, "other", "other lane", 5);
  store_fixture_claim_next(self, 10);
  store_fixture_assert_next(self, 10, "other");
}

static void
a_wide_lane_takes_several(void **state)
{
  StoreFixture *self = *state;

  for (int i = 0; i < 3; i++) {
    g_autofree char *key = g_strdup_printf("key %d", i);
    g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

    job->lane_width = 2;
    assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  }
  store_fixture_claim_next(self, 10);
  store_fixture_assert_next(self, 10, "key 1");
  store_fixture_claim_next(self, 10);
  store_fixture_assert_next(self, 10, "");
}

static void
a_settled_job_makes_room(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "first", "lane", 0);

  store_fixture_append(self, "second", "lane", 0);
  store_fixture_claim_next(self, 10);
  assert_true(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  store_fixture_assert_next(self, 10, "second");
}

/* A job whose bytes changed on disk, before another that is sound. */
static gint64
damage_a_job(StoreFixture *self)
{
  gint64 id = store_fixture_append(self, "damaged", "lane", 0);
  g_autoptr(GBytes) body = g_bytes_new_static("body", 4);

  store_fixture_append(self, "sound", "lane", 0);
  assert_true(shopcaisse_outbox_freeze(self->database, id, "/path", body, NULL));
  store_fixture_query(self, "UPDATE outbox SET body = CAST('bodY' AS BLOB) WHERE body IS NOT NULL");
  return id;
}

static void
changed_bytes_say_so(void **state)
{
  StoreFixture *self = *state;
  gint64 id = damage_a_job(self);
  g_autoptr(ShopcaisseJob) damaged = shopcaisse_outbox_peek(self->database, 10, NULL);

  assert_int_equal(damaged->id, id);
  assert_true(damaged->is_damaged);
  assert_true(shopcaisse_outbox_park(self->database, id, "damaged", "", NULL));

  g_autoptr(ShopcaisseJob) sound = shopcaisse_outbox_peek(self->database, 10, NULL);

  assert_false(sound->is_damaged);
}

static void
a_job_with_changed_bytes_can_still_be_listed(void **state)
{
  StoreFixture *self = *state;
  gint64 id = damage_a_job(self);

  assert_true(shopcaisse_outbox_park(self->database, id, "damaged", "", NULL));

  g_autoptr(GPtrArray) jobs =
      shopcaisse_outbox_list(self->database, NULL, SHOPCAISSE_JOB_PARKED, 10, NULL);

  assert_int_equal(jobs->len, 1);
  assert_true(((ShopcaisseJob *)jobs->pdata[0])->is_damaged);
}

static void
finding_a_job_with_changed_bytes_fails(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  damage_a_job(self);
  assert_null(shopcaisse_outbox_find(self->database, "damaged", &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

static void
assert_next_due(StoreFixture *self, gint64 expected)
{
  gint64 due_at = 0;

  assert_true(shopcaisse_outbox_next_due(self->database, &due_at, NULL));
  assert_int_equal(due_at, expected);
}

static void
nothing_is_due_in_an_empty_outbox(void **state)
{
  assert_next_due(*state, -1);
}

static void
the_next_due_is_the_earliest(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "one", "lane", 9);
  store_fixture_append(self, "two", "lane", 7);
  store_fixture_append(self, "three", "other lane", 8);
  assert_next_due(self, 7);
}

static void
a_blocked_store_is_not_due(void **state)
{
  StoreFixture *self = *state;

  append_for_store(self, "key", "lane", "store");

  g_autoptr(ShopcaisseBlock) block = shopcaisse_block_new("store", "token", "", 1, 0);

  assert_true(shopcaisse_outbox_block(self->database, block, NULL));
  assert_next_due(self, -1);
}

static void
a_full_lane_is_not_due(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "one", "lane", 0);
  store_fixture_append(self, "two", "lane", 0);
  store_fixture_claim_next(self, 10);
  assert_next_due(self, -1);
}

static void
lists_are_by_kind_and_state(void **state)
{
  StoreFixture *self = *state;
  gint64 held = store_fixture_append(self, "held", "lane", 0);

  store_fixture_append(self, "one", "lane", 0);
  store_fixture_append(self, "two", "lane", 0);
  assert_true(shopcaisse_outbox_hold(self->database, held, "reason", "", NULL));

  g_autoptr(GPtrArray) of_kind =
      shopcaisse_outbox_list(self->database, "test", SHOPCAISSE_JOB_WAITING, 1, NULL);
  g_autoptr(GPtrArray) of_any =
      shopcaisse_outbox_list(self->database, NULL, SHOPCAISSE_JOB_WAITING, 10, NULL);
  g_autoptr(GPtrArray) of_other =
      shopcaisse_outbox_list(self->database, "other", SHOPCAISSE_JOB_WAITING, 10, NULL);

  assert_int_equal(of_kind->len, 1);
  assert_string_equal(((ShopcaisseJob *)of_kind->pdata[0])->key, "one");
  assert_int_equal(of_any->len, 2);
  assert_int_equal(of_other->len, 0);
}

static void
jobs_are_counted_by_kind_and_state(void **state)
{
  StoreFixture *self = *state;
  guint n_waiting = 0;
  guint n_other = 9;

  store_fixture_append(self, "one", "lane", 0);
  store_fixture_append(self, "two", "lane", 0);
  assert_true(
      shopcaisse_outbox_count(self->database, NULL, SHOPCAISSE_JOB_WAITING, &n_waiting, NULL));
  assert_true(
      shopcaisse_outbox_count(self->database, "other", SHOPCAISSE_JOB_WAITING, &n_other, NULL));
  assert_int_equal(n_waiting, 2);
  assert_int_equal(n_other, 0);
}

static gint64
append_of_run(StoreFixture *self, const char *key, gint64 run)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

  job->run = run;
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  return job->id;
}

static void
a_run_has_left_what_waits_or_is_on_the_wire(void **state)
{
  StoreFixture *self = *state;
  guint n_open = 0;

  append_of_run(self, "sending", 5);
  store_fixture_claim_next(self, 10);
  append_of_run(self, "waiting", 5);
  append_of_run(self, "other run", 6);
  assert_true(
      shopcaisse_outbox_park(self->database, append_of_run(self, "parked", 5), "reason", "", NULL));
  assert_true(shopcaisse_outbox_settle(self->database, append_of_run(self, "settled", 5),
                                       SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  assert_true(shopcaisse_outbox_count_run(self->database, 5, &n_open, NULL));
  assert_int_equal(n_open, 2);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(an_empty_outbox_has_no_next),
    store_test(a_job_that_is_not_due_waits),
    store_test(the_more_urgent_goes_first),
    store_test(among_lanes_the_earliest_due_goes_first),
    store_test(within_a_lane_the_oldest_goes_first),
    store_test(within_a_lane_the_oldest_goes_first_across_stores),
    store_test(one_that_is_not_due_does_not_hold_the_next_in_its_lane),
    store_test(a_full_lane_is_passed_over),
    store_test(a_wide_lane_takes_several),
    store_test(a_settled_job_makes_room),
    store_test(changed_bytes_say_so),

    store_test(a_job_with_changed_bytes_can_still_be_listed),
    store_test(finding_a_job_with_changed_bytes_fails),
    store_test(nothing_is_due_in_an_empty_outbox),
    store_test(the_next_due_is_the_earliest),
    store_test(a_blocked_store_is_not_due),
    store_test(a_full_lane_is_not_due),
    store_test(lists_are_by_kind_and_state),
    store_test(jobs_are_counted_by_kind_and_state),
    store_test(a_run_has_left_what_waits_or_is_on_the_wire),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
