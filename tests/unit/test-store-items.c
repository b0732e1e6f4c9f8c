/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-catalogue.h"
#include "store-fixture.h"
#include "store/mirror.h"

static void
an_item_comes_back_as_it_was_put(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_set_keys(item, "REF 1", "3760000000017,TEXT");
  item->deleted = TRUE;
  item->manage_stock = TRUE;
  item->family_id = g_strdup("f");
  item->family_name = g_strdup("Family");
  item->parent_id = g_strdup("p");
  item->description = g_strdup("text");
  item->flags = SHOPCAISSE_ITEM_FLAG_NO_VAT;
  store_catalogue_put_item(self, item, 1);

  g_autoptr(ShopcaisseItem) found = shopcaisse_mirror_get_item(self->database, "a", NULL);

  assert_string_equal(found->company_id, "company");
  assert_string_equal(found->name, "item a");
  assert_int_equal(found->type, SHOPCAISSE_ITEM_SIMPLE);
  assert_string_equal(found->type_text, "SIMPLE");
  assert_string_equal(found->unit, "UNIT");
  assert_string_equal(found->reference, "REF 1");
  assert_int_equal(g_strv_length(found->barcodes), 2);
  assert_string_equal(found->barcodes[1], "TEXT");
  assert_true(found->has_price);
  assert_int_equal(found->price_minor, 1234);
  assert_true(found->deleted);
  assert_true(found->manage_stock);
  assert_string_equal(found->family_id, "f");
  assert_string_equal(found->family_name, "Family");
  assert_int_equal(found->vat_on_site_bp, 1000);
  assert_int_equal(found->vat_take_away_bp, SHOPCAISSE_VAT_UNKNOWN);
  assert_string_equal(found->parent_id, "p");
  assert_string_equal(found->description, "text");
  assert_int_equal(found->flags, SHOPCAISSE_ITEM_FLAG_NO_VAT);
}

static void
what_is_absent_stays_absent(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  item->has_price = FALSE;
  store_catalogue_put_item(self, item, 1);

  g_autoptr(ShopcaisseItem) found = shopcaisse_mirror_get_item(self->database, "a", NULL);

  assert_false(found->has_price);
  assert_null(found->family_id);
  assert_null(found->parent_id);
  assert_null(found->description);
  assert_int_equal(g_strv_length(found->barcodes), 0);
}

static void
an_unchanged_item_keeps_its_row(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_put_item(self, item, 1);
  store_fixture_query(self, "UPDATE item SET name = 'marked'");
  store_catalogue_put_item(self, item, 2);

  g_autoptr(ShopcaisseItem) found = shopcaisse_mirror_get_item(self->database, "a", NULL);

  assert_string_equal(found->name, "marked");
  assert_int_equal(store_fixture_query(self, "SELECT sweep FROM item"), 2);
}

static void
a_changed_item_is_written(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_put_item(self, item, 1);
  item->price_minor++;
  store_catalogue_put_item(self, item, 2);

  g_autoptr(ShopcaisseItem) found = shopcaisse_mirror_get_item(self->database, "a", NULL);

  assert_int_equal(found->price_minor, 1235);
}

static void
keys_are_normalised(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "ref 1", "3760000000017");
  assert_int_equal(
      store_fixture_query(self, "SELECT count(*) FROM match_key WHERE side = 'item' AND id = 'a'"
                                " AND kind = 'barcode' AND value = '03760000000017'"),
      1);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 2);
}

static void
in_store_codes_are_no_keys(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", "2100000000017");
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 0);
}

static void
changed_keys_replace_the_old(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "one", "3760000000017");
  store_catalogue_add_item(self, "a", "two", NULL);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 1);
}

static void
a_deleted_item_loses_its_keys(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_set_keys(item, "one", "3760000000017");
  store_catalogue_put_item(self, item, 1);
  item->deleted = TRUE;
  store_catalogue_put_item(self, item, 2);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 0);
}

static void
an_item_that_is_back_has_its_keys_again(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_set_keys(item, "one", NULL);
  item->deleted = TRUE;
  store_catalogue_put_item(self, item, 1);
  item->deleted = FALSE;
  store_catalogue_put_item(self, item, 2);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 1);
}

static guint
count_items(StoreFixture *self)
{
  guint n_items = 0;

  assert_true(shopcaisse_mirror_count_items(self->database, &n_items, NULL));
  return n_items;
}

static void
an_item_is_gone_after_two_sweeps_without_it(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_int_equal(count_items(self), 1);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 3, NULL));
  assert_int_equal(count_items(self), 0);
}

static void
an_item_that_was_missing_once_starts_over(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item("a");

  store_catalogue_put_item(self, item, 1);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  store_catalogue_put_item(self, item, 3);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 3, NULL));
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 4, NULL));
  assert_int_equal(count_items(self), 1);
}

static void
a_sweep_leaves_other_companies(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "other", 2, NULL));
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "other", 3, NULL));
  assert_int_equal(count_items(self), 1);
}

static void
items_of_another_company_are_gone_until_it_is_chosen(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_true(shopcaisse_mirror_choose_company(self->database, "other", NULL));
  assert_int_equal(count_items(self), 0);
  assert_true(shopcaisse_mirror_choose_company(self->database, "company", NULL));
  assert_int_equal(count_items(self), 1);
}

static void
items_of_the_chosen_company_stay(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_true(shopcaisse_mirror_choose_company(self->database, "company", NULL));
  assert_int_equal(count_items(self), 1);
}

static void
an_item_that_is_deleted_and_gone_is_left_out_once(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) deleted = store_catalogue_new_item("deleted");
  g_autoptr(ShopcaisseItem) kept = store_catalogue_new_item("kept");

  deleted->deleted = TRUE;
  store_catalogue_put_item(self, deleted, 1);
  store_catalogue_put_item(self, kept, 1);
  assert_int_equal(count_items(self), 1);
  for (gint64 sweep = 2; sweep < 5; sweep++) {
    store_catalogue_put_item(self, kept, sweep);
    assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", sweep, NULL));
  }
  assert_int_equal(count_items(self), 1);
}

/* The end of a pull may be told again after a crash. */
static void
one_sweep_counts_once(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_int_equal(count_items(self), 1);
}

/* Pulls are numbered by the time. */
static void
a_clock_that_was_set_back_makes_nothing_gone(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) same = store_catalogue_new_item("same");
  g_autoptr(ShopcaisseItem) changed = store_catalogue_new_item("changed");

  for (gint64 sweep = 100; sweep < 103; sweep++) {
    store_catalogue_put_item(self, same, sweep);
    store_catalogue_put_item(self, changed, sweep);
    assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", sweep, NULL));
  }
  changed->price_minor++;
  store_catalogue_put_item(self, same, 7);
  store_catalogue_put_item(self, changed, 7);
  assert_int_equal(count_items(self), 2);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 7, NULL));
  assert_int_equal(count_items(self), 2);
}

static void
put_priced(StoreFixture *self, const char *id, gint64 price_minor)
{
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item(id);

  item->price_minor = price_minor;
  store_catalogue_put_item(self, item, 1);
}

static void
assert_trial(StoreFixture *self, const char *expected)
{
  g_autoptr(ShopcaisseItem) item =
      shopcaisse_mirror_find_trial_item(self->database, "company", NULL);

  assert_string_equal(item != NULL ? item->id : "", expected);
}

static void
the_trial_item_has_uneven_cents(void **state)
{
  StoreFixture *self = *state;

  put_priced(self, "even", 1000);
  put_priced(self, "ten", 1990);
  put_priced(self, "small", 99);
  put_priced(self, "uneven", 1237);
  assert_trial(self, "uneven");
}

static void
any_price_serves_when_no_better_is_there(void **state)
{
  StoreFixture *self = *state;

  put_priced(self, "free", 0);
  put_priced(self, "even", 1000);
  assert_trial(self, "even");
}

static void
the_trial_item_is_simple_sold_by_the_piece_and_there(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) menu = store_catalogue_new_item("menu");
  g_autoptr(ShopcaisseItem) weighed = store_catalogue_new_item("weighed");
  g_autoptr(ShopcaisseItem) deleted = store_catalogue_new_item("deleted");
  g_autoptr(ShopcaisseItem) technical = store_catalogue_new_item("technical");

  g_free(menu->type_text);
  menu->type_text = g_strdup("MENU");
  g_free(weighed->unit);
  weighed->unit = g_strdup("KILOGRAM");
  deleted->deleted = TRUE;
  technical->flags = SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY;
  store_catalogue_put_item(self, menu, 1);
  store_catalogue_put_item(self, weighed, 1);
  store_catalogue_put_item(self, deleted, 1);
  store_catalogue_put_item(self, technical, 1);
  assert_trial(self, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(an_item_comes_back_as_it_was_put),
    store_test(what_is_absent_stays_absent),
    store_test(an_unchanged_item_keeps_its_row),
    store_test(a_changed_item_is_written),
    store_test(keys_are_normalised),
    store_test(in_store_codes_are_no_keys),
    store_test(changed_keys_replace_the_old),
    store_test(a_deleted_item_loses_its_keys),
    store_test(an_item_that_is_back_has_its_keys_again),
    store_test(an_item_is_gone_after_two_sweeps_without_it),
    store_test(an_item_that_was_missing_once_starts_over),
    store_test(a_sweep_leaves_other_companies),
    store_test(items_of_another_company_are_gone_until_it_is_chosen),
    store_test(items_of_the_chosen_company_stay),
    store_test(an_item_that_is_deleted_and_gone_is_left_out_once),
    store_test(one_sweep_counts_once),
    store_test(a_clock_that_was_set_back_makes_nothing_gone),
    store_test(the_trial_item_has_uneven_cents),
    store_test(any_price_serves_when_no_better_is_there),
    store_test(the_trial_item_is_simple_sold_by_the_piece_and_there),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
