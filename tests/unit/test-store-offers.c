/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-catalogue.h"
#include "store-fixture.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/offers.h"

/* The one offer there is. */
static ShopcaisseOffer *
get_only(GPtrArray *offers)
{
  assert_int_equal(offers->len, 1);
  return offers->pdata[0];
}

static GPtrArray *
list(StoreFixture *self, const char *price_list)
{
  ShopcaisseOffersQuery query = {
    .company_id = "company", .store_id = "store", .price_list = price_list, .limit = 10
  };
  g_autoptr(GError) error = NULL;
  GPtrArray *offers = shopcaisse_mirror_list_offers(self->database, &query, &error);

  assert_no_error(error);
  return offers;
}

static void
put_price(StoreFixture *self, const char *item_id, gboolean has_price)
{
  ShopcaissePrice price = { .item_id = (char *)item_id,
                            .has_price = has_price,
                            .price_minor = 999 };

  assert_true(shopcaisse_mirror_put_price(self->database, "list", &price, 1, NULL));
}

static void
the_chosen_list_gives_the_price(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  put_price(self, "a", TRUE);

  g_autoptr(GPtrArray) offers = list(self, "list");

  assert_int_equal(get_only(offers)->item->price_minor, 999);
}

static void
without_a_list_the_item_gives_the_price(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  put_price(self, "a", TRUE);

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_int_equal(get_only(offers)->item->price_minor, 1234);
}

static void
an_empty_row_of_the_list_gives_no_price(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  put_price(self, "a", FALSE);

  g_autoptr(GPtrArray) offers = list(self, "list");

  assert_int_equal(get_only(offers)->item->price_minor, 1234);
}

static void
available_is_stock_less_reservations(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseStock stock = { .item_id = (char *)"a", .stock_milli = 5000, .reserved_milli = 1500 };

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_put_stock(self->database, "store", &stock, 1, 1, NULL));

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_true(get_only(offers)->has_stock);
  assert_int_equal(get_only(offers)->available_milli, 3500);
}

static void
the_stock_of_another_store_is_none(void **state)
{
  StoreFixture *self = *state;
  ShopcaisseStock stock = { .item_id = (char *)"a", .stock_milli = 5000 };

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_put_stock(self->database, "other", &stock, 1, 1, NULL));

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_false(get_only(offers)->has_stock);
}

static void
a_variation_names_its_parent(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseItem) variation = store_catalogue_new_item("b");

  store_catalogue_add_item(self, "a", "", NULL);
  variation->parent_id = g_strdup("a");
  store_catalogue_put_item(self, variation, 1);

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_int_equal(offers->len, 2);
  assert_null(((ShopcaisseOffer *)offers->pdata[0])->parent_name);
  assert_string_equal(((ShopcaisseOffer *)offers->pdata[1])->parent_name, "item a");
}

static void
a_linked_article_comes_along(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  store_catalogue_add_item(self, "a", "", NULL);
  g_free(article->id);
  g_free(article->name);
  article->id = g_strdup("1");
  article->name = g_strdup("article");
  article->has_price = TRUE;
  article->price_minor = 77;
  article->has_stock = TRUE;
  article->stock_milli = 88;
  assert_true(shopcaisse_articles_put(self->database, article, 1, NULL));
  assert_true(shopcaisse_links_add(self->database, "1", "a", "hand", 1, NULL));

  g_autoptr(GPtrArray) offers = list(self, NULL);
  const ShopcaisseOffer *offer = get_only(offers);

  assert_string_equal(offer->article_id, "1");
  assert_string_equal(offer->article_name, "article");
  assert_false(offer->article_deleted);
  assert_true(offer->article_has_price);
  assert_int_equal(offer->article_price_minor, 77);
  assert_true(offer->article_has_stock);
  assert_int_equal(offer->article_stock_milli, 88);
}

static void
an_unlinked_item_has_no_article(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_null(get_only(offers)->article_id);
  assert_false(get_only(offers)->article_has_price);
}

static void
what_two_sweeps_missed_is_gone(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 3, NULL));

  g_autoptr(GPtrArray) offers = list(self, NULL);

  assert_true(get_only(offers)->is_gone);
}

static void
pages_walk_by_id_and_leave_nothing_out(void **state)
{
  StoreFixture *self = *state;
  g_autofree char *after = NULL;
  guint n_seen = 0;

  for (int i = 0; i < 7; i++) {
    g_autofree char *id = g_strdup_printf("%d", i);

    store_catalogue_add_item(self, id, "", NULL);
  }
  for (;;) {
    ShopcaisseOffersQuery query = {
      .company_id = "company", .store_id = "store", .after_id = after, .limit = 3
    };
    g_autoptr(GPtrArray) offers = shopcaisse_mirror_list_offers(self->database, &query, NULL);

    if (offers->len == 0)
      break;
    n_seen += offers->len;
    g_free(after);
    after = g_strdup(((ShopcaisseOffer *)offers->pdata[offers->len - 1])->item->id);
  }
  assert_int_equal(n_seen, 7);
  assert_string_equal(after, "6");
}

static GPtrArray *
list_one(StoreFixture *self, const char *item_id, const char *after_id, guint limit)
{
  ShopcaisseOffersQuery query = {
    .company_id = "company",
    .store_id = "store",
    .after_id = after_id,
    .limit = limit,
    .item_id = item_id,
  };
  g_autoptr(GError) error = NULL;
  GPtrArray *offers = shopcaisse_mirror_list_offers(self->database, &query, &error);

  assert_no_error(error);
  return offers;
}

static void
add_variation(StoreFixture *self, const char *id, const char *parent_id)
{
  g_autoptr(ShopcaisseItem) variation = store_catalogue_new_item(id);

  variation->parent_id = g_strdup(parent_id);
  store_catalogue_put_item(self, variation, 1);
}

static void
one_item_is_offered_with_its_variations_alone(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "a", "", NULL);
  store_catalogue_add_item(self, "b", "", NULL);
  add_variation(self, "c", "b");

  g_autoptr(GPtrArray) offers = list_one(self, "b", NULL, 10);

  assert_int_equal(offers->len, 2);
  assert_string_equal(((ShopcaisseOffer *)offers->pdata[0])->item->id, "b");
  assert_string_equal(((ShopcaisseOffer *)offers->pdata[1])->item->id, "c");
}

static void
variations_of_one_item_come_in_pages(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "b", "", NULL);
  add_variation(self, "a", "b");
  add_variation(self, "c", "b");

  g_autoptr(GPtrArray) first = list_one(self, "b", NULL, 2);
  g_autoptr(GPtrArray) second = list_one(self, "b", "b", 2);

  assert_int_equal(first->len, 2);
  assert_string_equal(get_only(second)->item->id, "c");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(the_chosen_list_gives_the_price),
    store_test(without_a_list_the_item_gives_the_price),
    store_test(an_empty_row_of_the_list_gives_no_price),
    store_test(available_is_stock_less_reservations),
    store_test(the_stock_of_another_store_is_none),
    store_test(a_variation_names_its_parent),
    store_test(a_linked_article_comes_along),
    store_test(an_unlinked_item_has_no_article),
    store_test(what_two_sweeps_missed_is_gone),
    store_test(pages_walk_by_id_and_leave_nothing_out),
    store_test(one_item_is_offered_with_its_variations_alone),
    store_test(variations_of_one_item_come_in_pages),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
