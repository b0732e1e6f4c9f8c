/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"

static void
a_new_job_waits_in_the_lane_of_its_kind(void **state)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("kind", "key");

  assert_int_equal(job->id, 0);
  assert_string_equal(job->key, "key");
  assert_string_equal(job->lane, "kind");
  assert_int_equal(job->lane_width, 1);
  assert_string_equal(job->store_id, "");
  assert_int_equal(job->state, SHOPCAISSE_JOB_WAITING);
}

static void
each_state_has_its_word(void **state)
{
  for (int i = SHOPCAISSE_JOB_WAITING; i <= SHOPCAISSE_JOB_SETTLED; i++) {
    ShopcaisseJobState found = SHOPCAISSE_JOB_WAITING;

    assert_true(
        shopcaisse_job_state_parse(shopcaisse_job_state_to_text((ShopcaisseJobState)i), &found));
    assert_int_equal(found, i);
  }
}

static void
another_word_is_no_state(void **state)
{
  ShopcaisseJobState found = SHOPCAISSE_JOB_HELD;

  assert_false(shopcaisse_job_state_parse("lost", &found));
  assert_false(shopcaisse_job_state_parse(NULL, &found));
  assert_int_equal(found, SHOPCAISSE_JOB_HELD);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_new_job_waits_in_the_lane_of_its_kind),
    cmocka_unit_test(each_state_has_its_word),
    cmocka_unit_test(another_word_is_no_state),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
