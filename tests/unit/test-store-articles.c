/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-catalogue.h"
#include "store-fixture.h"
#include "store/articles.h"

static ShopcaisseArticle *
build_article(const char *id)
{
  ShopcaisseArticle *article = shopcaisse_article_new();

  g_free(article->id);
  article->id = g_strdup(id);
  return article;
}

static void
put(StoreFixture *self, const ShopcaisseArticle *article, gint64 sweep)
{
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_articles_put(self->database, article, sweep, &error));
  assert_no_error(error);
}

static void
an_article_comes_back_as_it_was_put(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseArticle) article = build_article("a");

  g_free(article->name);
  g_free(article->variant);
  g_free(article->reference);
  g_free(article->external_id);
  g_strfreev(article->barcodes);
  article->name = g_strdup("name");
  article->variant = g_strdup("red, M");
  article->reference = g_strdup("REF");
  article->external_id = g_strdup("external");
  article->barcodes = g_strsplit("1,2", ",", -1);
  article->has_price = TRUE;
  article->price_minor = 5;
  article->vat_bp = 2000;
  article->has_stock = TRUE;
  article->stock_milli = -1000;
  put(self, article, 1);

  g_autoptr(ShopcaisseArticle) found = shopcaisse_articles_get(self->database, "a", NULL);

  assert_string_equal(found->name, "name");
  assert_string_equal(found->variant, "red, M");
  assert_string_equal(found->reference, "REF");
  assert_string_equal(found->external_id, "external");
  assert_int_equal(g_strv_length(found->barcodes), 2);
  assert_true(found->has_price);
  assert_int_equal(found->price_minor, 5);
  assert_int_equal(found->vat_bp, 2000);
  assert_true(found->has_stock);
  assert_int_equal(found->stock_milli, -1000);
  assert_false(found->deleted);
}

static void
what_is_absent_stays_absent(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseArticle) article = build_article("a");

  put(self, article, 1);

  g_autoptr(ShopcaisseArticle) found = shopcaisse_articles_get(self->database, "a", NULL);

  assert_false(found->has_price);
  assert_false(found->has_stock);
  assert_int_equal(found->vat_bp, SHOPCAISSE_VAT_UNKNOWN);
  assert_int_equal(g_strv_length(found->barcodes), 0);
}

static void
a_line_feed_in_a_barcode_makes_no_second_one(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_article(self, "a", "", "12\n34");

  g_autoptr(ShopcaisseArticle) found = shopcaisse_articles_get(self->database, "a", NULL);

  assert_int_equal(g_strv_length(found->barcodes), 1);
}

static void
an_unchanged_article_keeps_its_row(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseArticle) article = build_article("a");

  put(self, article, 1);
  store_fixture_query(self, "UPDATE article SET name = 'marked'");
  put(self, article, 2);

  g_autoptr(ShopcaisseArticle) found = shopcaisse_articles_get(self->database, "a", NULL);

  assert_string_equal(found->name, "marked");
  assert_int_equal(store_fixture_query(self, "SELECT sweep FROM article"), 2);
}

static void
an_article_that_a_read_did_not_see_is_deleted(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseArticle) seen = build_article("seen");

  store_catalogue_add_article(self, "unseen", "REF", NULL);
  put(self, seen, 2);
  store_catalogue_end_read(self, 2);

  g_autoptr(ShopcaisseArticle) lost = shopcaisse_articles_get(self->database, "unseen", NULL);
  g_autoptr(ShopcaisseArticle) kept = shopcaisse_articles_get(self->database, "seen", NULL);

  assert_true(lost->deleted);
  assert_false(kept->deleted);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 0);
}

static void
an_article_that_is_back_is_not_deleted(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_article(self, "a", "REF", NULL);
  store_catalogue_end_read(self, 2);
  store_catalogue_add_article(self, "a", "REF", NULL);

  g_autoptr(ShopcaisseArticle) found = shopcaisse_articles_get(self->database, "a", NULL);

  assert_false(found->deleted);
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM match_key"), 1);
}

static void
an_unknown_article_is_null_without_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_articles_get(self->database, "a", &error));
  assert_no_error(error);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(an_article_comes_back_as_it_was_put),
    store_test(what_is_absent_stays_absent),
    store_test(a_line_feed_in_a_barcode_makes_no_second_one),
    store_test(an_unchanged_article_keeps_its_row),
    store_test(an_article_that_a_read_did_not_see_is_deleted),
    store_test(an_article_that_is_back_is_not_deleted),
    store_test(an_unknown_article_is_null_without_an_error),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
