/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-catalogue.h"
#include "store-fixture.h"
#include "store/links.h"

static gboolean
add(StoreFixture *self, const char *article_id, const char *item_id, GError **error)
{
  return shopcaisse_links_add(self->database, article_id, item_id, "hand", 5, error);
}

static void
a_link_is_found_from_both_sides(void **state)
{
  StoreFixture *self = *state;

  assert_true(add(self, "article", "item", NULL));

  g_autofree char *item = shopcaisse_links_get_item(self->database, "article", NULL);
  g_autofree char *article = shopcaisse_links_get_article(self->database, "item", NULL);

  assert_string_equal(item, "item");
  assert_string_equal(article, "article");
}

static void
what_is_not_linked_is_null_without_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_links_get_item(self->database, "article", &error));
  assert_no_error(error);
}

static void
the_same_link_again_succeeds(void **state)
{
  StoreFixture *self = *state;

  assert_true(add(self, "article", "item", NULL));
  assert_true(add(self, "article", "item", NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM link"), 1);
}

static void
a_linked_article_is_refused_to_a_second_item(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_true(add(self, "article", "item", NULL));
  assert_false(add(self, "article", "other", &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_linked_item_is_refused_to_a_second_article(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_true(add(self, "article", "item", NULL));
  assert_false(add(self, "other", "item", &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_removed_link_frees_both_sides(void **state)
{
  StoreFixture *self = *state;

  assert_true(add(self, "article", "item", NULL));
  assert_true(shopcaisse_links_remove(self->database, "article", NULL));
  assert_true(add(self, "article", "other", NULL));
  assert_true(add(self, "another", "item", NULL));
}

static void
links_come_by_article(void **state)
{
  StoreFixture *self = *state;

  assert_true(add(self, "c", "1", NULL));
  assert_true(add(self, "a", "2", NULL));
  assert_true(add(self, "b", "3", NULL));

  g_autoptr(GPtrArray) links = shopcaisse_links_list(self->database, 1, 5, NULL);

  assert_int_equal(links->len, 2);
  assert_string_equal(((ShopcaisseLink *)links->pdata[0])->article_id, "b");
  assert_string_equal(((ShopcaisseLink *)links->pdata[0])->method, "hand");
  assert_int_equal(((ShopcaisseLink *)links->pdata[0])->linked_at, 5);
}

static void
links_are_counted_by_method(void **state)
{
  StoreFixture *self = *state;

  assert_true(add(self, "a", "1", NULL));
  assert_true(shopcaisse_links_add(self->database, "b", "2", "barcode", 5, NULL));

  g_autoptr(GVariant) counts = shopcaisse_links_count(self->database, NULL);
  g_autofree char *text = g_variant_print(counts, FALSE);

  assert_string_equal(text, "{'barcode': 1, 'hand': 1}");
}

static void
unlinked_articles_are_those_on_sale(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseUnlinkedCount count = { 0 };

  store_catalogue_add_article(self, "deleted", "", NULL);
  store_catalogue_end_read(self, 2);
  store_catalogue_add_article(self, "linked", "", NULL);
  store_catalogue_add_article(self, "free", "", NULL);
  assert_true(add(self, "linked", "item", NULL));
  while (!count.is_done)
    assert_true(shopcaisse_links_count_unlinked(self->database, 1, &count, NULL));
  assert_int_equal(count.n, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_link_is_found_from_both_sides),
    store_test(what_is_not_linked_is_null_without_an_error),
    store_test(the_same_link_again_succeeds),
    store_test(a_linked_article_is_refused_to_a_second_item),
    store_test(a_linked_item_is_refused_to_a_second_article),
    store_test(a_removed_link_frees_both_sides),
    store_test(links_come_by_article),
    store_test(links_are_counted_by_method),
    store_test(unlinked_articles_are_those_on_sale),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
