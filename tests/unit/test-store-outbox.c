/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/blocks.h"
#include "store/statement.h"

#include <string.h>

static void
set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text);
}

/* The key of the job that is next, "" for none. */
static char *
peek_key(StoreFixture *self, gint64 now)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, now, &error);

  assert_no_error(error);
  return g_strdup(job != NULL ? job->key : "");
}

#define assert_next(self, now, key)                                                                \
  do {                                                                                             \
    g_autofree char *found = peek_key(self, now);                                                  \
    assert_string_equal(found, key);                                                               \
  } while (FALSE)

static void
claim_next(StoreFixture *self, gint64 now)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, now, NULL);

  assert_non_null(job);
  assert_true(shopcaisse_outbox_claim(self->database, job, NULL));
}

static gint64
append_for_store(StoreFixture *self, const char *key, const char *lane, const char *store_id)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", key);

  set_text(&job->lane, lane);
  set_text(&job->store_id, store_id);
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
append_gives_an_id(void **state)
{
  assert_true(store_fixture_append(*state, "key", "lane", 0) > 0);
}

static void
append_same_key_twice_keeps_one_row(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  store_fixture_append(self, "key", "lane", 0);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 1);
}

static void
append_same_key_twice_gives_the_same_id(void **state)
{
  StoreFixture *self = *state;
  gint64 first = store_fixture_append(self, "key", "lane", 0);

  store_fixture_append(self, "other", "lane", 0);
  assert_int_equal(store_fixture_append(self, "key", "lane", 0), first);
}

static void
append_tells_whether_the_row_is_new(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", "key");
  gboolean is_first_new = FALSE;
  gboolean is_second_new = TRUE;

  assert_true(shopcaisse_outbox_append(self->database, job, 1, &is_first_new, NULL));
  assert_true(shopcaisse_outbox_append(self->database, job, 2, &is_second_new, NULL));
  assert_true(is_first_new);
  assert_false(is_second_new);
}

static void
append_same_key_changes_nothing(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 5);
  store_fixture_append(self, "key", "another lane", 9);

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(self->database, "key", NULL);

  assert_string_equal(job->lane, "lane");
  assert_int_equal(job->due_at, 5);
}

static void
a_key_stays_taken_when_the_row_is_kept(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);

  assert_true(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  assert_int_equal(store_fixture_append(self, "key", "lane", 0), id);
  assert_next(self, 10, "");
}

static void
a_forgotten_key_is_free(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);

  assert_true(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_FORGET, 2, NULL));
  assert_true(store_fixture_append(self, "key", "lane", 0) != id);
}

static void
a_row_comes_back_as_it_was_appended(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("kind", "key");

  job->version = 3;
  set_text(&job->lane, "lane");
  job->lane_width = 4;
  job->priority = SHOPCAISSE_PRIORITY_ORDER;
  set_text(&job->store_id, "store");
  set_text(&job->subject, "sale");
  job->run = 7;
  job->args = g_variant_ref_sink(g_variant_new_parsed("{'n': <int64 5>, 's': <'\u00e9'>}"));
  job->path = g_strdup("/v1/orders");
  job->body = g_bytes_new_static("a\0b", 3);
  job->state = SHOPCAISSE_JOB_HELD;
  set_text(&job->reason, "late");
  set_text(&job->message, "found late");
  job->due_at = 11;
  job->unknown_at = 12;
  assert_true(shopcaisse_outbox_append(self->database, job, 13, NULL, NULL));
  store_fixture_reopen(self);

  g_autoptr(ShopcaisseJob) found = shopcaisse_outbox_find(self->database, "key", NULL);

  assert_int_equal(found->id, job->id);
  assert_string_equal(found->kind, "kind");
  assert_int_equal(found->version, 3);
  assert_string_equal(found->lane, "lane");
  assert_int_equal(found->lane_width, 4);
  assert_int_equal(found->priority, SHOPCAISSE_PRIORITY_ORDER);
  assert_string_equal(found->store_id, "store");
  assert_string_equal(found->subject, "sale");
  assert_int_equal(found->run, 7);
  assert_true(g_variant_equal(found->args, job->args));
  assert_string_equal(found->path, "/v1/orders");
  assert_true(g_bytes_equal(found->body, job->body));
  assert_int_equal(found->state, SHOPCAISSE_JOB_HELD);
  assert_string_equal(found->reason, "late");
  assert_string_equal(found->message, "found late");
  assert_int_equal(found->due_at, 11);
  assert_int_equal(found->unknown_at, 12);
  assert_int_equal(found->created_at, 13);
}

static void
an_unknown_key_is_not_found(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_outbox_find(self->database, "key", &error));
  assert_no_error(error);
}

static void
an_empty_outbox_has_no_next(void **state)
{
  assert_next(*state, 10, "");
}

static void
a_job_that_is_not_due_waits(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 20);
  assert_next(self, 19, "");
  assert_next(self, 20, "key");
}

static void
the_more_urgent_goes_first(void **state)
{
  StoreFixture *self = *state;

  append_with_priority(self, "bulk", SHOPCAISSE_PRIORITY_BULK);
  append_with_priority(self, "cancel", SHOPCAISSE_PRIORITY_CANCEL);
  append_with_priority(self, "order", SHOPCAISSE_PRIORITY_ORDER);
  assert_next(self, 10, "cancel");
}

static void
among_lanes_the_earliest_due_goes_first(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "later", "one", 5);
  store_fixture_append(self, "earlier", "two", 4);
  assert_next(self, 10, "earlier");
}

static void
within_a_lane_the_oldest_goes_first(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 5);
  store_fixture_append(self, "second", "lane", 4);
  assert_next(self, 10, "first");
}

static void
within_a_lane_the_oldest_goes_first_across_stores(void **state)
{
  StoreFixture *self = *state;

  append_for_store(self, "first", "lane", "b");
  append_for_store(self, "second", "lane", "a");
  assert_next(self, 10, "first");
}

static void
one_that_is_not_due_does_not_hold_the_next_in_its_lane(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 50);
  store_fixture_append(self, "second", "lane", 4);
  assert_next(self, 10, "second");
}

static void
a_full_lane_is_passed_over(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "first", "lane", 0);
  store_fixture_append(self, "second", "lane", 0);
  store_fixture_append(self, "other", "other lane", 5);
  claim_next(self, 10);
  assert_next(self, 10, "other");
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
  claim_next(self, 10);
  assert_next(self, 10, "key 1");
  claim_next(self, 10);
  assert_next(self, 10, "");
}

static void
a_settled_job_makes_room(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "first", "lane", 0);

  store_fixture_append(self, "second", "lane", 0);
  claim_next(self, 10);
  assert_true(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  assert_next(self, 10, "second");
}

static void
claiming_counts_an_attempt(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  claim_next(self, 10);

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(self->database, "key", NULL);

  assert_int_equal(job->state, SHOPCAISSE_JOB_SENDING);
  assert_int_equal(job->attempts, 1);
}

static void
a_job_is_claimed_once(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  store_fixture_append(self, "key", "lane", 0);

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 10, NULL);

  assert_true(shopcaisse_outbox_claim(self->database, job, NULL));
  assert_false(shopcaisse_outbox_claim(self->database, job, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_settled_job_is_not_settled_again(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  assert_false(shopcaisse_outbox_settle(self->database, id, SHOPCAISSE_SETTLE_FORGET, 2, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
postponing_puts_a_job_back(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);

  claim_next(self, 10);
  assert_true(shopcaisse_outbox_postpone(self->database, id, 30, 10, "timeout", NULL));
  assert_next(self, 29, "");

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 30, NULL);

  assert_int_equal(job->attempts, 1);
  assert_int_equal(job->unknown_at, 10);
  assert_string_equal(job->reason, "timeout");
}

static void
a_held_job_waits_for_its_reason(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  guint n_released = 0;

  assert_true(shopcaisse_outbox_hold(self->database, id, "unlinked", "not linked", NULL));
  assert_next(self, 10, "");
  assert_true(shopcaisse_outbox_release(self->database, "other", NULL, 20, &n_released, NULL));
  assert_int_equal(n_released, 0);
  assert_true(shopcaisse_outbox_release(self->database, "unlinked", NULL, 20, &n_released, NULL));
  assert_int_equal(n_released, 1);
  assert_next(self, 20, "key");
}

static void
a_parked_job_is_released_by_its_subject(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", "key");
  guint n_released = 0;

  set_text(&job->subject, "sale 1");
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
  assert_true(shopcaisse_outbox_park(self->database, job->id, "rejected", "no", NULL));
  assert_true(shopcaisse_outbox_release(self->database, NULL, "sale 2", 20, &n_released, NULL));
  assert_int_equal(n_released, 0);
  assert_true(shopcaisse_outbox_release(self->database, NULL, "sale 1", 20, &n_released, NULL));
  assert_int_equal(n_released, 1);
}

static void
freezing_gives_a_job_its_bytes(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  g_autoptr(GBytes) body = g_bytes_new_static("body", 4);

  assert_true(shopcaisse_outbox_freeze(self->database, id, "/path", body, NULL));

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 10, NULL);

  assert_string_equal(job->path, "/path");
  assert_true(g_bytes_equal(job->body, body));
}

static void
freezing_the_same_bytes_again_succeeds(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  g_autoptr(GBytes) body = g_bytes_new_static("body", 4);

  assert_true(shopcaisse_outbox_freeze(self->database, id, "/path", body, NULL));
  assert_true(shopcaisse_outbox_freeze(self->database, id, "/path", body, NULL));
}

static void
freezing_other_bytes_is_refused(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  g_autoptr(GBytes) body = g_bytes_new_static("body", 4);
  g_autoptr(GBytes) other = g_bytes_new_static("bodY", 4);
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_outbox_freeze(self->database, id, "/path", body, NULL));
  assert_false(shopcaisse_outbox_freeze(self->database, id, "/path", other, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
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
changed_bytes_are_never_sent(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *prefix = g_strdup_printf("job %" G_GINT64_FORMAT ": ", damage_a_job(self));
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_outbox_peek(self->database, 10, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
  assert_true(g_str_has_prefix(error->message, prefix));
}

static void
changed_bytes_do_not_hold_the_others(void **state)
{
  StoreFixture *self = *state;

  damage_a_job(self);
  assert_null(shopcaisse_outbox_peek(self->database, 10, NULL));
  assert_next(self, 10, "sound");
}

static void
a_job_with_changed_bytes_can_still_be_listed(void **state)
{
  StoreFixture *self = *state;

  damage_a_job(self);
  assert_null(shopcaisse_outbox_peek(self->database, 10, NULL));

  g_autoptr(GPtrArray) jobs =
      shopcaisse_outbox_list(self->database, NULL, SHOPCAISSE_JOB_PARKED, 10, NULL);

  assert_int_equal(jobs->len, 1);
  assert_string_equal(((ShopcaisseJob *)jobs->pdata[0])->reason, "damaged");
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
what_was_on_the_wire_is_unknown_after_a_start(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  claim_next(self, 10);
  store_fixture_reopen(self);
  assert_true(shopcaisse_outbox_recover(self->database, 40, NULL));

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 40, NULL);

  assert_non_null(job);
  assert_int_equal(job->unknown_at, 40);
  assert_int_equal(job->attempts, 1);
}

static void
recovering_keeps_since_when_the_outcome_is_unknown(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);

  claim_next(self, 10);
  assert_true(shopcaisse_outbox_postpone(self->database, id, 11, 10, "timeout", NULL));
  claim_next(self, 12);
  assert_true(shopcaisse_outbox_recover(self->database, 40, NULL));

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 40, NULL);

  assert_int_equal(job->unknown_at, 10);
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
  assert_true(shopcaisse_outbox_block(self->database, "store", "token", "", 1, NULL));
  assert_next_due(self, -1);
}

static void
a_full_lane_is_not_due(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "one", "lane", 0);
  store_fixture_append(self, "two", "lane", 0);
  claim_next(self, 10);
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
  claim_next(self, 10);
  append_of_run(self, "waiting", 5);
  append_of_run(self, "other run", 6);
  assert_true(
      shopcaisse_outbox_park(self->database, append_of_run(self, "parked", 5), "reason", "", NULL));
  assert_true(shopcaisse_outbox_settle(self->database, append_of_run(self, "settled", 5),
                                       SHOPCAISSE_SETTLE_KEEP, 2, NULL));
  assert_true(shopcaisse_outbox_count_run(self->database, 5, &n_open, NULL));
  assert_int_equal(n_open, 2);
}

static void
dropping_a_run_leaves_other_runs(void **state)
{
  StoreFixture *self = *state;

  append_of_run(self, "one", 5);
  append_of_run(self, "two", 6);
  append_of_run(self, "none", 0);
  assert_true(shopcaisse_outbox_drop_run(self->database, 5, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 2);
}

static void
dropping_no_run_drops_nothing(void **state)
{
  StoreFixture *self = *state;

  append_of_run(self, "none", 0);
  assert_true(shopcaisse_outbox_drop_run(self->database, 0, NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(append_gives_an_id),
    store_test(append_same_key_twice_keeps_one_row),
    store_test(append_same_key_twice_gives_the_same_id),
    store_test(append_tells_whether_the_row_is_new),
    store_test(append_same_key_changes_nothing),
    store_test(a_key_stays_taken_when_the_row_is_kept),
    store_test(a_forgotten_key_is_free),
    store_test(a_row_comes_back_as_it_was_appended),
    store_test(an_unknown_key_is_not_found),
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
    store_test(claiming_counts_an_attempt),
    store_test(a_job_is_claimed_once),
    store_test(a_settled_job_is_not_settled_again),
    store_test(postponing_puts_a_job_back),
    store_test(a_held_job_waits_for_its_reason),
    store_test(a_parked_job_is_released_by_its_subject),
    store_test(freezing_gives_a_job_its_bytes),
    store_test(freezing_the_same_bytes_again_succeeds),
    store_test(freezing_other_bytes_is_refused),
    store_test(changed_bytes_are_never_sent),
    store_test(changed_bytes_do_not_hold_the_others),
    store_test(a_job_with_changed_bytes_can_still_be_listed),
    store_test(finding_a_job_with_changed_bytes_fails),
    store_test(what_was_on_the_wire_is_unknown_after_a_start),
    store_test(recovering_keeps_since_when_the_outcome_is_unknown),
    store_test(nothing_is_due_in_an_empty_outbox),
    store_test(the_next_due_is_the_earliest),
    store_test(a_blocked_store_is_not_due),
    store_test(a_full_lane_is_not_due),
    store_test(lists_are_by_kind_and_state),
    store_test(jobs_are_counted_by_kind_and_state),
    store_test(a_run_has_left_what_waits_or_is_on_the_wire),
    store_test(dropping_a_run_leaves_other_runs),
    store_test(dropping_no_run_drops_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
