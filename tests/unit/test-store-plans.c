/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/plans.h"

static void
create(StoreFixture *self, const char *id)
{
  assert_true(shopcaisse_plans_create(self->database, id, 1, NULL));
}

static guint
add(StoreFixture *self, const char *id, const char *change)
{
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_plan_line_new();
  g_autoptr(GError) error = NULL;

  g_free(line->change);
  line->change = g_strdup(change);
  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(g_variant_new_parsed("{'price': <'1.50'>}"));
  assert_true(shopcaisse_plans_add_line(self->database, id, line, &error));
  assert_no_error(error);
  return line->position;
}

static GPtrArray *
list(StoreFixture *self, const char *state, guint position)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *lines =
      shopcaisse_plans_list_lines(self->database, "plan", state, position, 10, &error);

  assert_no_error(error);
  return lines;
}

static void
a_new_plan_is_planned(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");

  g_autofree char *text = shopcaisse_plans_get_state(self->database, "plan", NULL);

  assert_string_equal(text, "planned");
}

static void
an_unknown_plan_has_no_state(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_plans_get_state(self->database, "plan", &error));
  assert_no_error(error);
}

static void
one_id_makes_one_plan(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  create(self, "plan");
  assert_false(shopcaisse_plans_create(self->database, "plan", 1, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_state_is_kept(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  assert_true(shopcaisse_plans_set_state(self->database, "plan", "applied", 9, NULL));

  g_autofree char *text = shopcaisse_plans_get_state(self->database, "plan", NULL);

  assert_string_equal(text, "applied");
  assert_int_equal(store_fixture_query(self, "SELECT applied_at FROM plan"), 9);
}

static void
a_state_of_no_plan_is_a_conflict(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_plans_set_state(self->database, "plan", "applied", 9, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_state_that_is_none_is_refused(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  create(self, "plan");
  assert_false(shopcaisse_plans_set_state(self->database, "plan", "finished", 9, &error));
  assert_store_error(error, COMPTOIR_ERROR_STORAGE);
}

static void
lines_are_numbered_from_zero(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  create(self, "other");
  add(self, "other", "update");
  assert_int_equal(add(self, "plan", "update"), 0);
  assert_int_equal(add(self, "plan", "create"), 1);
}

static void
a_line_comes_back_as_it_was_added(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  add(self, "plan", "create");

  g_autoptr(GPtrArray) lines = list(self, NULL, 0);
  const ShopcaissePlanLine *line = lines->pdata[0];
  const char *price = NULL;

  assert_string_equal(line->change, "create");
  assert_string_equal(line->state, "planned");
  assert_int_equal(g_variant_n_children(line->before), 0);
  assert_true(g_variant_lookup(line->after, "price", "&s", &price));
  assert_string_equal(price, "1.50");
}

static void
lines_are_listed_by_state_from_a_position(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  for (int i = 0; i < 3; i++)
    add(self, "plan", "update");

  g_autoptr(GPtrArray) before = list(self, "planned", 0);
  ShopcaissePlanLine *line = before->pdata[1];

  g_free(line->state);
  line->state = g_strdup("done");
  assert_true(shopcaisse_plans_set_line(self->database, "plan", line, NULL));

  g_autoptr(GPtrArray) planned = list(self, "planned", 1);
  g_autoptr(GPtrArray) any = list(self, NULL, 1);

  assert_int_equal(planned->len, 1);
  assert_int_equal(((ShopcaissePlanLine *)planned->pdata[0])->position, 2);
  assert_int_equal(any->len, 2);
}

static void
what_was_planned_does_not_change_with_its_outcome(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  add(self, "plan", "create");

  g_autoptr(GPtrArray) before = list(self, NULL, 0);
  ShopcaissePlanLine *line = before->pdata[0];

  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  g_free(line->article_id);
  line->article_id = g_strdup("17");
  assert_true(shopcaisse_plans_set_line(self->database, "plan", line, NULL));

  g_autoptr(GPtrArray) after = list(self, NULL, 0);
  const ShopcaissePlanLine *found = after->pdata[0];

  assert_string_equal(found->article_id, "17");
  assert_int_equal(g_variant_n_children(found->after), 1);
}

static void
an_outcome_of_no_line_is_a_conflict(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_plan_line_new();
  g_autoptr(GError) error = NULL;

  create(self, "plan");
  assert_false(shopcaisse_plans_set_line(self->database, "plan", line, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
lines_are_counted_by_change_and_state(void **state)
{
  StoreFixture *self = *state;

  create(self, "plan");
  add(self, "plan", "create");
  add(self, "plan", "update");
  add(self, "plan", "update");

  g_autoptr(GVariant) counts = shopcaisse_plans_count(self->database, "plan", 0, 100, NULL);
  g_autofree char *text = g_variant_print(counts, FALSE);

  assert_string_equal(text, "{'create': 1, 'state:planned': 3, 'update': 2}");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_new_plan_is_planned),
    store_test(an_unknown_plan_has_no_state),
    store_test(one_id_makes_one_plan),
    store_test(a_state_is_kept),
    store_test(a_state_of_no_plan_is_a_conflict),
    store_test(a_state_that_is_none_is_refused),
    store_test(lines_are_numbered_from_zero),
    store_test(a_line_comes_back_as_it_was_added),
    store_test(lines_are_listed_by_state_from_a_position),
    store_test(what_was_planned_does_not_change_with_its_outcome),
    store_test(an_outcome_of_no_line_is_a_conflict),
    store_test(lines_are_counted_by_change_and_state),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
