/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/places.h"

static void
put_store(StoreFixture *self, const char *id, const char *parent_id, const char *name)
{
  ShopcaissePlace place = { .kind = SHOPCAISSE_PLACE_STORE,
                            .id = (char *)id,
                            .parent_id = (char *)parent_id,
                            .name = (char *)name,
                            .city = (char *)"Lille",
                            .active = TRUE };

  assert_true(shopcaisse_mirror_put_place(self->database, &place, 1, NULL));
}

static void
a_place_comes_back_as_it_was_put(void **state)
{
  StoreFixture *self = *state;

  put_store(self, "a", "company", "Shop");

  g_autoptr(ShopcaissePlace) place =
      shopcaisse_mirror_get_place(self->database, SHOPCAISSE_PLACE_STORE, "a", NULL);

  assert_int_equal(place->kind, SHOPCAISSE_PLACE_STORE);
  assert_string_equal(place->parent_id, "company");
  assert_string_equal(place->name, "Shop");
  assert_null(place->country);
  assert_string_equal(place->city, "Lille");
  assert_true(place->active);
  assert_false(place->configuration_mode);
}

static void
a_place_is_found_by_kind_and_id(void **state)
{
  StoreFixture *self = *state;

  put_store(self, "a", "company", "Shop");
  assert_null(shopcaisse_mirror_get_place(self->database, SHOPCAISSE_PLACE_POS, "a", NULL));
}

static void
a_place_put_again_has_its_new_name(void **state)
{
  StoreFixture *self = *state;

  put_store(self, "a", "company", "Old");
  put_store(self, "a", "company", "New");

  g_autoptr(ShopcaissePlace) place =
      shopcaisse_mirror_get_place(self->database, SHOPCAISSE_PLACE_STORE, "a", NULL);

  assert_string_equal(place->name, "New");
}

static void
places_come_by_name_under_their_parent(void **state)
{
  StoreFixture *self = *state;

  put_store(self, "1", "company", "b");
  put_store(self, "2", "company", "a");
  put_store(self, "3", "other", "c");

  g_autoptr(GPtrArray) here =
      shopcaisse_mirror_list_places(self->database, SHOPCAISSE_PLACE_STORE, "company", NULL);
  g_autoptr(GPtrArray) anywhere =
      shopcaisse_mirror_list_places(self->database, SHOPCAISSE_PLACE_STORE, NULL, NULL);

  assert_int_equal(here->len, 2);
  assert_string_equal(((ShopcaissePlace *)here->pdata[0])->name, "a");
  assert_int_equal(anywhere->len, 3);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_place_comes_back_as_it_was_put),
    store_test(a_place_is_found_by_kind_and_id),
    store_test(a_place_put_again_has_its_new_name),
    store_test(places_come_by_name_under_their_parent),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
