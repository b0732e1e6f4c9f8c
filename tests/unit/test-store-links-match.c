/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-catalogue.h"
#include "store-fixture.h"
#include "store/links-match.h"
#include "store/links.h"
#include "store/mirror.h"

#define CODE_1 "3760000000017"
#define CODE_2 "3760000000024"

/* Looks at @limit rows at a time. */
static ShopcaisseLinksMatch *
match(StoreFixture *self, const char *kind, guint limit)
{
  ShopcaisseLinksMatch *made = shopcaisse_links_match_new(self->database, kind);
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  while (!is_done) {
    (void)shopcaisse_links_match_step(made, limit, &is_done, &error);
    assert_no_error(error);
  }
  return made;
}

/* Pairs as "article-item " each, then the number of ambiguous values; wherever a step ends. */
static void
assert_match(StoreFixture *self, const char *kind, const char *pairs, guint n_ambiguous)
{
  for (guint limit = 1; limit <= 4; limit++) {
    g_autoptr(ShopcaisseLinksMatch) made = match(self, kind, limit);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < shopcaisse_links_match_count_pairs(made); i++) {
      ShopcaisseLinksPair pair = shopcaisse_links_match_get_pair(made, i);

      g_string_append_printf(text, "%s-%s ", pair.article_id, pair.item_id);
    }
    assert_string_equal(text->str, pairs);
    assert_int_equal(shopcaisse_links_match_count_ambiguous(made), n_ambiguous);
  }
}

static void
one_and_one_make_a_pair(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_match(self, "barcode", "a-i ", 0);
}

static void
nothing_shared_makes_no_pair(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_2);
  assert_match(self, "barcode", "", 0);
}

static void
references_match_normalised(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "ref 1", NULL);
  store_catalogue_add_article(self, "a", "REF 1", NULL);
  assert_match(self, "reference", "a-i ", 0);
}

static void
empty_references_never_match(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", NULL);
  store_catalogue_add_article(self, "a", "", NULL);
  assert_match(self, "reference", "", 0);
}

static void
a_barcode_does_not_match_a_reference(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", CODE_1, NULL);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_match(self, "barcode", "", 0);
  assert_match(self, "reference", "", 0);
}

static void
two_items_of_one_barcode_are_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_item(self, "j", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_match(self, "barcode", "", 1);
}

static void
two_articles_of_one_barcode_are_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  store_catalogue_add_article(self, "b", "", CODE_1);
  assert_match(self, "barcode", "", 1);
}

static void
an_article_that_leads_to_two_items_is_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_item(self, "j", "", CODE_2);
  store_catalogue_add_article(self, "a", "", CODE_1 "," CODE_2);
  assert_match(self, "barcode", "", 2);
}

static void
an_item_that_leads_to_two_articles_is_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1 "," CODE_2);
  store_catalogue_add_article(self, "a", "", CODE_1);
  store_catalogue_add_article(self, "b", "", CODE_2);
  assert_match(self, "barcode", "", 2);
}

static void
two_barcodes_that_agree_make_one_pair(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1 "," CODE_2);
  store_catalogue_add_article(self, "a", "", CODE_1 "," CODE_2);
  assert_match(self, "barcode", "a-i ", 0);
}

static void
a_second_barcode_that_others_share_makes_the_pair_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_item(self, "j", "", CODE_2);
  store_catalogue_add_item(self, "k", "", CODE_2);
  store_catalogue_add_article(self, "a", "", CODE_1 "," CODE_2);
  assert_match(self, "barcode", "", 2);
}

static void
a_linked_item_is_no_candidate(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_item(self, "j", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_true(shopcaisse_links_add(self->database, "other", "i", "hand", 1, NULL));
  assert_match(self, "barcode", "a-j ", 0);
}

static void
a_linked_article_is_no_candidate(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_true(shopcaisse_links_add(self->database, "a", "other", "hand", 1, NULL));
  assert_match(self, "barcode", "", 0);
}

static void
an_item_that_is_gone_is_no_candidate(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 2, NULL));
  assert_true(shopcaisse_mirror_end_item_sweep(self->database, "company", 3, NULL));
  assert_match(self, "barcode", "", 0);
}

static void
put_with_external(StoreFixture *self, const char *id, const char *external_id)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  g_free(article->id);
  g_free(article->external_id);
  article->id = g_strdup(id);
  article->external_id = g_strdup(external_id);
  assert_true(shopcaisse_articles_put(self->database, article, 1, NULL));
}

static void
an_id_matches_the_item_that_has_it(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", NULL);
  put_with_external(self, "a", "i");
  put_with_external(self, "b", "nowhere");
  put_with_external(self, "c", "");
  assert_match(self, "id", "a-i ", 0);
}

static void
one_id_in_two_articles_is_ambiguous(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_item(self, "i", "", NULL);
  put_with_external(self, "a", "i");
  put_with_external(self, "b", "i");
  assert_match(self, "id", "", 1);
}

/* A placeholder that everything carries must not cost the product of both sides. */
static void
a_barcode_that_all_share_is_one_ambiguous_value(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_database_begin(self->database, NULL));
  for (int i = 0; i < 3000; i++) {
    g_autofree char *id = g_strdup_printf("%d", i);

    store_catalogue_add_item(self, id, "", CODE_1);
    store_catalogue_add_article(self, id, "", CODE_1);
  }
  assert_true(shopcaisse_database_commit(self->database, NULL));
  assert_match(self, "barcode", "", 1);
}

/* The two that share a value lie as far apart as they can. */
static void
ambiguity_is_found_across_steps(void **state)
{
  StoreFixture *self = *state;

  store_catalogue_add_article(self, "a", "REF-A", CODE_1);
  store_catalogue_add_article(self, "z", "REF-Z", CODE_1);
  for (int i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf("m%02d", i);
    g_autofree char *code = g_strdup_printf("37600000001%02d", i);

    store_catalogue_add_article(self, id, "", code);
  }
  store_catalogue_add_item(self, "i", "REF-A", CODE_1);
  store_catalogue_add_item(self, "j", "REF-Z", NULL);
  assert_match(self, "barcode", "", 1);
  assert_match(self, "reference", "a-i z-j ", 0);
}

static void
an_item_tells_which_value_is_ambiguous(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseLinksMatch) made = NULL;
  ShopcaisseLinksAmbiguity ambiguity = { NULL };

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_item(self, "j", "", CODE_2);
  store_catalogue_add_article(self, "a", "", CODE_1);
  store_catalogue_add_article(self, "b", "", CODE_1);
  made = match(self, "barcode", 3);
  assert_true(shopcaisse_links_match_find_ambiguous(made, "i", &ambiguity));
  assert_non_null(strstr(ambiguity.value, CODE_1));
  assert_int_equal(ambiguity.n_articles, 2);
  assert_int_equal(ambiguity.n_items, 1);
  assert_false(shopcaisse_links_match_find_ambiguous(made, "j", &ambiguity));
  assert_false(shopcaisse_links_match_find_ambiguous(made, "none", &ambiguity));
}

static void
an_item_of_a_pair_is_not_ambiguous(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseLinksMatch) made = NULL;
  ShopcaisseLinksAmbiguity ambiguity = { NULL };

  store_catalogue_add_item(self, "i", "", CODE_1);
  store_catalogue_add_article(self, "a", "", CODE_1);
  made = match(self, "barcode", 3);
  assert_false(shopcaisse_links_match_find_ambiguous(made, "i", &ambiguity));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(one_and_one_make_a_pair),
    store_test(nothing_shared_makes_no_pair),
    store_test(references_match_normalised),
    store_test(empty_references_never_match),
    store_test(a_barcode_does_not_match_a_reference),
    store_test(two_items_of_one_barcode_are_ambiguous),
    store_test(two_articles_of_one_barcode_are_ambiguous),
    store_test(an_article_that_leads_to_two_items_is_ambiguous),
    store_test(an_item_that_leads_to_two_articles_is_ambiguous),
    store_test(two_barcodes_that_agree_make_one_pair),
    store_test(a_second_barcode_that_others_share_makes_the_pair_ambiguous),
    store_test(a_linked_item_is_no_candidate),
    store_test(a_linked_article_is_no_candidate),
    store_test(an_item_that_is_gone_is_no_candidate),
    store_test(an_id_matches_the_item_that_has_it),
    store_test(one_id_in_two_articles_is_ambiguous),
    store_test(a_barcode_that_all_share_is_one_ambiguous_value),
    store_test(ambiguity_is_found_across_steps),
    store_test(an_item_tells_which_value_is_ambiguous),
    store_test(an_item_of_a_pair_is_not_ambiguous),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
