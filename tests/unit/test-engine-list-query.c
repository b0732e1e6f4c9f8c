/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a query may say, and that a value that is not known is refused by its name. */
#include "engine/list-query.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

static gboolean
parse(ShopcaisseListAsked *asked, const char *kind, const char *query, GError **error)
{
  g_autoptr(GVariant) values =
      query != NULL ? g_variant_parse(G_VARIANT_TYPE_VARDICT, query, NULL, NULL, NULL) : NULL;

  memset(asked, 0, sizeof(*asked));
  return shopcaisse_list_asked_parse(asked, kind, values, error);
}

static void
assert_refused(const char *kind, const char *query, const char *message)
{
  g_auto(ShopcaisseListAsked) asked = { 0 };
  g_autoptr(GError) error = NULL;

  assert_false(parse(&asked, kind, query, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_string_equal(error->message, message);
}

static void
articles_are_by_name_and_of_any_state(void **state)
{
  g_auto(ShopcaisseListAsked) asked = { 0 };

  assert_true(parse(&asked, "articles", NULL, NULL));
  assert_true(asked.is_long);
  assert_int_equal(asked.query.source, SHOPCAISSE_LIST_ARTICLES);
  assert_int_equal(asked.query.order, SHOPCAISSE_LIST_BY_NAME);
  assert_int_equal(asked.query.state, SHOPCAISSE_LINK_ANY);
  assert_false(asked.query.is_descending);
}

static void
all_that_items_know_is_read(void **state)
{
  g_auto(ShopcaisseListAsked) asked = { 0 };

  assert_true(parse(&asked, "items",
                    "{'sort': <'-price'>, 'state': <'ambiguous'>, 'vat': <'differs'>,"
                    " 'search': <'Été  X'>, 'deleted': <true>}",
                    NULL));
  assert_int_equal(asked.query.source, SHOPCAISSE_LIST_ITEMS);
  assert_int_equal(asked.query.order, SHOPCAISSE_LIST_BY_PRICE);
  assert_true(asked.query.is_descending);
  assert_int_equal(asked.query.state, SHOPCAISSE_LINK_AMBIGUOUS);
  assert_int_equal(asked.query.vat, SHOPCAISSE_LIST_VAT_DIFFERS);
  assert_true(asked.query.is_deleted);
  assert_string_equal(asked.query.words[0], "ete");
  assert_string_equal(asked.query.words[1], "x");
  assert_null(asked.query.words[2]);
}

static void
empty_texts_ask_for_nothing(void **state)
{
  g_auto(ShopcaisseListAsked) asked = { 0 };

  assert_true(parse(&asked, "journal", "{'search': <' '>, 'level': <''>, 'sort': <''>}", NULL));
  assert_false(asked.is_long);
}

static void
whole_journal_is_read_at_once_and_a_part_is_found(void **state)
{
  g_auto(ShopcaisseListAsked) whole = { 0 };
  g_auto(ShopcaisseListAsked) part = { 0 };

  assert_true(parse(&whole, "journal", NULL, NULL));
  assert_false(whole.is_long);
  assert_true(parse(&part, "journal", "{'level': <'error'>}", NULL));
  assert_true(part.is_long);
  assert_string_equal(part.query.level, "error");
}

static void
unknown_values_are_refused_by_name(void **state)
{
  assert_refused("articles", "{'sort': <'colour'>}",
                 "list articles: sort: \"colour\" is not known");
  assert_refused("items", "{'sort': <'-'>}", "list items: sort: \"-\" is not known");
  assert_refused("items", "{'state': <'lost'>}", "list items: state: \"lost\" is not known");
  assert_refused("articles", "{'vat': <'20'>}", "list articles: vat: \"20\" is not known");
  assert_refused("journal", "{'level': <'loud'>}", "list journal: level: \"loud\" is not known");
  assert_refused("orders", "{'sort': <'price'>}", "list orders: sort: \"price\" is not known");
  assert_refused("orders", "{'state': <'broken'>}", "list orders: state: \"broken\" is not known");
}

static void
value_that_is_no_text_is_refused(void **state)
{
  assert_refused("articles", "{'state': <5>}", "list articles: state is not a text");
}

static void
unknown_list_is_refused_by_name(void **state)
{
  assert_refused("cars", NULL, "there is no list \"cars\"");
}

static void
unknown_keys_are_ignored(void **state)
{
  g_auto(ShopcaisseListAsked) asked = { 0 };

  assert_true(parse(&asked, "stores", "{'colour': <'red'>, 'limit': <5>}", NULL));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(articles_are_by_name_and_of_any_state),
    cmocka_unit_test(all_that_items_know_is_read),
    cmocka_unit_test(empty_texts_ask_for_nothing),
    cmocka_unit_test(whole_journal_is_read_at_once_and_a_part_is_found),
    cmocka_unit_test(unknown_values_are_refused_by_name),
    cmocka_unit_test(value_that_is_no_text_is_refused),
    cmocka_unit_test(unknown_list_is_refused_by_name),
    cmocka_unit_test(unknown_keys_are_ignored),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
