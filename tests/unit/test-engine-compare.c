/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One item against one article: what is made, what is set, and what a sync never touches. */
#include "engine/compare.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Item-1, "Tarte", 12.50, with a managed stock of 3; linked to nothing. */
static int
set_up(void **state)
{
  ShopcaisseOffer *offer = g_new0(ShopcaisseOffer, 1);
  ShopcaisseItem *item = g_new0(ShopcaisseItem, 1);

  item->id = g_strdup("item-1");
  item->name = g_strdup("Tarte");
  item->type = SHOPCAISSE_ITEM_SIMPLE;
  item->unit = g_strdup("UNIT");
  item->reference = g_strdup("T-1");
  item->barcodes = g_strsplit("3770000000017", ",", -1);
  item->has_price = TRUE;
  item->price_minor = 1250;
  item->manage_stock = TRUE;
  item->family_name = g_strdup("Desserts");
  item->vat_on_site_bp = 1000;
  item->vat_take_away_bp = 550;
  offer->item = item;
  offer->has_stock = TRUE;
  offer->available_milli = 3000;
  *state = offer;
  return 0;
}

static int
tear_down(void **state)
{
  shopcaisse_offer_free(*state);
  return 0;
}

#define offer_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* As if linked to an article that is the same, under the merchant's own name. */
static void
link_offer(ShopcaisseOffer *offer)
{
  offer->article_id = g_strdup("a-1");
  offer->article_name = g_strdup("Tarte de Mamie");
  offer->article_has_price = TRUE;
  offer->article_price_minor = 1250;
  offer->article_has_stock = TRUE;
  offer->article_stock_milli = 3000;
}

static const char *
lookup(GVariant *fields, const char *key)
{
  const char *text = NULL;

  g_variant_lookup(fields, key, "&s", &text);
  return text;
}

static void
new_item_is_made(void **state)
{
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_compare_offer(*state);

  assert_non_null(line);
  assert_string_equal(line->change, "create");
  assert_string_equal(line->article_id, "");
  assert_string_equal(line->item_id, "item-1");
  assert_string_equal(lookup(line->after, "name"), "Tarte");
  assert_string_equal(lookup(line->after, "price"), "12.50");
  assert_string_equal(lookup(line->after, "vat_rate"), "5.5");
  assert_string_equal(lookup(line->after, "stock"), "3");
  assert_string_equal(lookup(line->after, "reference"), "T-1");
  assert_string_equal(lookup(line->after, "family"), "Desserts");
  assert_string_equal(lookup(line->after, "external_id"), "item-1");
}

static void
technical_family_is_not_shown(void **state)
{
  ShopcaisseOffer *offer = *state;
  g_autoptr(ShopcaissePlanLine) line = NULL;

  offer->item->flags = SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY;
  line = shopcaisse_compare_offer(offer);
  assert_null(lookup(line->after, "family"));
}

static void
variation_is_named_after_its_parent(void **state)
{
  ShopcaisseOffer *offer = *state;
  g_autoptr(ShopcaissePlanLine) line = NULL;

  offer->item->type = SHOPCAISSE_ITEM_VARIATION;
  offer->parent_name = g_strdup("T-shirt");
  line = shopcaisse_compare_offer(offer);
  assert_string_equal(lookup(line->after, "name"), "T-shirt");
  assert_string_equal(lookup(line->after, "variant"), "Tarte");
}

/* These are no articles of a shop. */
static void
assert_not_made(ShopcaisseOffer *offer)
{
  g_autoptr(ShopcaissePlanLine) line = shopcaisse_compare_offer(offer);

  assert_null(line);
}

static void
zero_price_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->item->price_minor = 0;
  assert_not_made(*state);
}

static void
missing_price_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->item->has_price = FALSE;
  assert_not_made(*state);
}

static void
deleted_item_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->is_gone = TRUE;
  assert_not_made(*state);
}

static void
menu_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->item->type = SHOPCAISSE_ITEM_MENU;
  assert_not_made(*state);
}

static void
modifier_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->item->type = SHOPCAISSE_ITEM_MODIFIER;
  assert_not_made(*state);
}

static void
unknown_type_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->item->type = SHOPCAISSE_ITEM_OTHER;
  assert_not_made(*state);
}

static void
parent_of_variations_is_not_made(void **state)
{
  ((ShopcaisseOffer *)*state)->has_variations = TRUE;
  assert_not_made(*state);
}

static void
nameless_item_is_not_made(void **state)
{
  ShopcaisseOffer *offer = *state;

  *offer->item->name = '\0';
  assert_not_made(offer);
}

static void
same_article_is_unchanged(void **state)
{
  link_offer(*state);
  assert_not_made(*state);
}

static void
new_price_is_set_and_the_old_one_kept(void **state)
{
  ShopcaisseOffer *offer = *state;
  g_autoptr(ShopcaissePlanLine) line = NULL;

  link_offer(offer);
  offer->article_price_minor = 1200;
  line = shopcaisse_compare_offer(offer);
  assert_string_equal(line->change, "update");
  assert_string_equal(line->article_id, "a-1");
  assert_string_equal(line->reason, "price");
  assert_string_equal(lookup(line->before, "price"), "12.00");
  assert_string_equal(lookup(line->after, "price"), "12.50");
  assert_null(lookup(line->after, "stock"));
}

static void
merchants_name_is_never_written_over(void **state)
{
  ShopcaisseOffer *offer = *state;
  g_autoptr(ShopcaissePlanLine) line = NULL;

  link_offer(offer);
  offer->article_price_minor = 1200;
  offer->article_stock_milli = 0;
  line = shopcaisse_compare_offer(offer);
  assert_null(lookup(line->after, "name"));
  assert_null(lookup(line->after, "reference"));
  assert_null(lookup(line->after, "family"));
}

static void
new_stock_is_set(void **state)
{
  ShopcaisseOffer *offer = *state;
  g_autoptr(ShopcaissePlanLine) line = NULL;

  link_offer(offer);
  offer->article_stock_milli = -2500;
  line = shopcaisse_compare_offer(offer);
  assert_string_equal(line->reason, "stock");
  assert_string_equal(lookup(line->before, "stock"), "-2.5");
  assert_string_equal(lookup(line->after, "stock"), "3");
  assert_null(lookup(line->after, "price"));
}

static void
stock_that_nobody_manages_is_left_alone(void **state)
{
  ShopcaisseOffer *offer = *state;

  link_offer(offer);
  offer->article_has_stock = FALSE;
  assert_not_made(offer);
}

static void
stock_that_the_till_does_not_manage_is_left_alone(void **state)
{
  ShopcaisseOffer *offer = *state;

  link_offer(offer);
  offer->item->manage_stock = FALSE;
  offer->article_stock_milli = 9000;
  assert_not_made(offer);
}

static void
price_that_became_zero_is_not_set(void **state)
{
  ShopcaisseOffer *offer = *state;

  link_offer(offer);
  offer->item->price_minor = 0;
  assert_not_made(offer);
}

static void
article_of_an_item_that_is_gone_is_left_alone(void **state)
{
  ShopcaisseOffer *offer = *state;

  link_offer(offer);
  offer->is_gone = TRUE;
  offer->article_price_minor = 1;
  assert_not_made(offer);
}

static void
deleted_article_is_left_alone(void **state)
{
  ShopcaisseOffer *offer = *state;

  link_offer(offer);
  offer->article_deleted = TRUE;
  offer->article_price_minor = 1;
  assert_not_made(offer);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    offer_test(new_item_is_made),
    offer_test(technical_family_is_not_shown),
    offer_test(variation_is_named_after_its_parent),
    offer_test(zero_price_is_not_made),
    offer_test(missing_price_is_not_made),
    offer_test(deleted_item_is_not_made),
    offer_test(menu_is_not_made),
    offer_test(modifier_is_not_made),
    offer_test(unknown_type_is_not_made),
    offer_test(parent_of_variations_is_not_made),
    offer_test(nameless_item_is_not_made),
    offer_test(same_article_is_unchanged),
    offer_test(new_price_is_set_and_the_old_one_kept),
    offer_test(merchants_name_is_never_written_over),
    offer_test(new_stock_is_set),
    offer_test(stock_that_nobody_manages_is_left_alone),
    offer_test(stock_that_the_till_does_not_manage_is_left_alone),
    offer_test(price_that_became_zero_is_not_set),
    offer_test(article_of_an_item_that_is_gone_is_left_alone),
    offer_test(deleted_article_is_left_alone),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
