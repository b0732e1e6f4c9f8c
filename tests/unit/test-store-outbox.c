/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/outbox-many.h"

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
  store_fixture_assert_next(self, 10, "");
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
  store_fixture_set_text(&job->lane, "lane");
  job->lane_width = 4;
  job->priority = SHOPCAISSE_PRIORITY_ORDER;
  store_fixture_set_text(&job->store_id, "store");
  store_fixture_set_text(&job->subject, "sale");
  job->run = 7;
  job->args = g_variant_ref_sink(g_variant_new_parsed("{'n': <int64 5>, 's': <'\u00e9'>}"));
  job->path = g_strdup("/v1/orders");
  job->body = g_bytes_new_static("a\0b", 3);
  job->state = SHOPCAISSE_JOB_HELD;
  store_fixture_set_text(&job->reason, "late");
  store_fixture_set_text(&job->message, "found late");
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
claiming_counts_an_attempt(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  store_fixture_claim_next(self, 10);

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

  store_fixture_claim_next(self, 10);
  assert_true(shopcaisse_outbox_postpone(self->database, id, 30, 10, "timeout", NULL));
  store_fixture_assert_next(self, 29, "");

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 30, NULL);

  assert_int_equal(job->attempts, 1);
  assert_int_equal(job->unknown_at, 10);
  assert_string_equal(job->reason, "timeout");
}

static void
hastening_ends_the_waiting_of_its_kind(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 100);
  assert_true(shopcaisse_outbox_hasten(self->database, "other", 20, NULL));
  store_fixture_assert_next(self, 20, "");
  assert_true(shopcaisse_outbox_hasten(self->database, "test", 20, NULL));
  store_fixture_assert_next(self, 20, "key");
}

static void
a_held_job_waits_for_its_reason(void **state)
{
  StoreFixture *self = *state;
  gint64 id = store_fixture_append(self, "key", "lane", 0);
  guint n_released = 0;

  assert_true(shopcaisse_outbox_hold(self->database, id, "unlinked", "not linked", NULL));
  store_fixture_assert_next(self, 10, "");
  assert_true(shopcaisse_outbox_release(self->database, "other", NULL, 20, &n_released, NULL));
  assert_int_equal(n_released, 0);
  assert_true(shopcaisse_outbox_release(self->database, "unlinked", NULL, 20, &n_released, NULL));
  assert_int_equal(n_released, 1);
  store_fixture_assert_next(self, 20, "key");
}

static void
a_parked_job_is_released_by_its_subject(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("test", "key");
  guint n_released = 0;

  store_fixture_set_text(&job->subject, "sale 1");
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

static void
what_was_on_the_wire_is_unknown_after_a_start(void **state)
{
  StoreFixture *self = *state;

  store_fixture_append(self, "key", "lane", 0);
  store_fixture_claim_next(self, 10);
  store_fixture_reopen(self);
  assert_true(shopcaisse_outbox_recover(self->database, 0, 40, NULL));

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

  store_fixture_claim_next(self, 10);
  assert_true(shopcaisse_outbox_postpone(self->database, id, 11, 10, "timeout", NULL));
  store_fixture_claim_next(self, 12);
  assert_true(shopcaisse_outbox_recover(self->database, 0, 40, NULL));

  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_peek(self->database, 40, NULL);

  assert_int_equal(job->unknown_at, 10);
}

/* After a full disk: only the job whose answer was lost, and not one that has moved meanwhile. */
static void
recovering_one_leaves_the_others(void **state)
{
  StoreFixture *self = *state;
  gint64 lost = store_fixture_append(self, "lost", "lane", 0);
  gint64 held = store_fixture_append(self, "held", "other lane", 0);
  guint n_sending = 0;
  guint n_held = 0;

  store_fixture_claim_next(self, 10);
  store_fixture_claim_next(self, 10);
  assert_true(shopcaisse_outbox_recover(self->database, lost, 40, NULL));
  assert_true(
      shopcaisse_outbox_count(self->database, NULL, SHOPCAISSE_JOB_SENDING, &n_sending, NULL));
  assert_int_equal(n_sending, 1);
  assert_true(shopcaisse_outbox_hold(self->database, held, "reason", "", NULL));
  assert_true(shopcaisse_outbox_recover(self->database, held, 50, NULL));
  assert_true(shopcaisse_outbox_count(self->database, NULL, SHOPCAISSE_JOB_HELD, &n_held, NULL));
  assert_int_equal(n_held, 1);
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
    store_test(claiming_counts_an_attempt),
    store_test(a_job_is_claimed_once),
    store_test(a_settled_job_is_not_settled_again),
    store_test(postponing_puts_a_job_back),
    store_test(hastening_ends_the_waiting_of_its_kind),
    store_test(a_held_job_waits_for_its_reason),
    store_test(a_parked_job_is_released_by_its_subject),
    store_test(freezing_gives_a_job_its_bytes),
    store_test(freezing_the_same_bytes_again_succeeds),
    store_test(freezing_other_bytes_is_refused),
    store_test(what_was_on_the_wire_is_unknown_after_a_start),
    store_test(recovering_keeps_since_when_the_outcome_is_unknown),
    store_test(recovering_one_leaves_the_others),
    store_test(dropping_a_run_leaves_other_runs),
    store_test(dropping_no_run_drops_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
