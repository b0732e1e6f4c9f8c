/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/blocks.h"

static void
append(StoreFixture *self, const char *key, const char *lane, const char *store_id)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

  g_free(job->lane);
  g_free(job->store_id);
  job->lane = g_strdup(lane);
  job->store_id = g_strdup(store_id);
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
}

static void
block(StoreFixture *self, const char *store_id, const char *reason)
{
  g_autoptr(ShopcaisseBlock) made = shopcaisse_block_new(store_id, reason, "why", 5, 7);

  assert_true(shopcaisse_outbox_block(self->database, made, NULL));
}

static void
a_blocked_store_is_passed_over(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "blocked");
  append(self, "two", "lane", "open");
  block(self, "blocked", "token");
  store_fixture_assert_next(self, 10, "two");
}

static void
a_block_of_all_stops_every_store(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  append(self, "two", "lane", "");
  block(self, "", "token");
  store_fixture_assert_next(self, 10, "");
}

static void
a_probe_passes_a_block_of_all(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  append(self, "probe", "probe", "");
  block(self, "", "token");
  store_fixture_assert_next(self, 10, "probe");
}

static void
a_probe_passes_the_block_of_its_store(void **state)
{
  StoreFixture *self = *state;

  append(self, "probe", "probe", "store");
  block(self, "store", "token");
  store_fixture_assert_next(self, 10, "probe");
}

static void
unblocking_lets_the_store_go_on(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  block(self, "store", "token");
  assert_true(shopcaisse_outbox_unblock(self->database, "store", "token", NULL));
  store_fixture_assert_next(self, 10, "one");
}

static void
a_second_reason_still_blocks(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  block(self, "store", "token");
  block(self, "store", "restored");
  assert_true(shopcaisse_outbox_unblock(self->database, "store", "token", NULL));
  store_fixture_assert_next(self, 10, "");
}

static void
no_reason_takes_every_block_away(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  block(self, "store", "token");
  block(self, "store", "restored");
  assert_true(shopcaisse_outbox_unblock(self->database, "store", NULL, NULL));
  store_fixture_assert_next(self, 10, "one");
}

static void
blocking_again_keeps_only_since_when(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseBlock) again = shopcaisse_block_new("store", "token", "still", 99, 100);

  block(self, "store", "token");
  assert_true(shopcaisse_outbox_block(self->database, again, NULL));

  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(self->database, NULL);

  assert_int_equal(blocks->len, 1);

  const ShopcaisseBlock *found = blocks->pdata[0];

  assert_int_equal(found->since, 5);
  assert_int_equal(found->until, 100);
  assert_string_equal(found->message, "still");
}

static void
blocks_outlive_the_process(void **state)
{
  StoreFixture *self = *state;

  append(self, "one", "lane", "store");
  block(self, "store", "token");
  store_fixture_reopen(self);
  store_fixture_assert_next(self, 10, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_blocked_store_is_passed_over),   store_test(a_block_of_all_stops_every_store),
    store_test(a_probe_passes_a_block_of_all),    store_test(a_probe_passes_the_block_of_its_store),
    store_test(unblocking_lets_the_store_go_on),  store_test(a_second_reason_still_blocks),
    store_test(no_reason_takes_every_block_away), store_test(blocking_again_keeps_only_since_when),
    store_test(blocks_outlive_the_process),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
