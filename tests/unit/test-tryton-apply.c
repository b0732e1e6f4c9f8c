/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes of articles that a Tryton host is asked for: the calls that it makes for them, in order.
 */
#include "tryton-fixture.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define N_OPENING 8 /* calls until a host is started */

#define CHANGES                                                                                    \
  "[{'key': <'a'>, 'change': <'create'>, 'fields': <{'name': <'Tea'>, 'stock': <'5'>}>},"          \
  " {'key': <'b'>, 'change': <'create'>, 'fields': <{'name': <'Mug'>, 'stock': <'7'>}>}]"
#define REFUSED "[\"UserError\",[\"No such place.\",\"\",null]]"

static int
set_up(void **state)
{
  *state = tryton_fixture_new();
  return 0;
}

static int
tear_down(void **state)
{
  tryton_fixture_free(*state);
  return 0;
}

static void
expect_two_made(TrytonFixture *fixture)
{
  tryton_fixture_expect(fixture, "model.product.identifier.search_read", "[]");
  tryton_fixture_expect(fixture, "model.product.template.create", "[20,21]");
  tryton_fixture_expect(
      fixture, "model.product.identifier.search_read",
      "[{\"id\":1,\"code\":\"comptoir:a\",\"product\":10,\"product.\":{\"template\":20}},"
      "{\"id\":2,\"code\":\"comptoir:b\",\"product\":11,\"product.\":{\"template\":21}}]");
}

static GVariant *
apply(TrytonFixture *fixture, ComptoirTrytonHost *host)
{
  return tryton_fixture_ask(fixture, host, comptoir_host_apply_articles,
                            g_variant_parse(G_VARIANT_TYPE("aa{sv}"), CHANGES, NULL, NULL, NULL),
                            NULL);
}

static void
assert_asked(TrytonFixture *fixture, guint number, const char *part)
{
  if (strstr(tryton_fixture_get_body(fixture, number), part) == NULL)
    fail_msg("call %u: %s is not in %s", number, part, tryton_fixture_get_body(fixture, number));
}

static void
assert_status(GVariant *answer, gsize row, const char *wanted)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) found = g_variant_get_child_value(rows, row);
  const char *status = "";

  (void)g_variant_lookup(found, "status", "&s", &status);
  assert_string_equal(status, wanted);
}

static void
stock_of_several_articles_is_one_inventory(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_two_made(*state);
  tryton_fixture_expect(*state, "model.stock.inventory.create", "[30]");
  tryton_fixture_expect(*state, "model.stock.inventory.confirm", "null");
  answer = apply(*state, host);
  assert_status(answer, 0, "done");
  assert_status(answer, 1, "done");
  assert_asked(*state, N_OPENING + 3,
               "[{\"product\":10,\"quantity\":5.0},{\"product\":11,\"quantity\":7.0}]");
}

static void
new_articles_are_made_in_one_call(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_two_made(*state);
  tryton_fixture_expect(*state, "model.stock.inventory.create", "[30]");
  tryton_fixture_expect(*state, "model.stock.inventory.confirm", "null");
  answer = apply(*state, host);
  assert_asked(*state, N_OPENING + 1, "\"Tea\"");
  assert_asked(*state, N_OPENING + 1, "\"Mug\"");
  assert_int_equal(tryton_fixture_count_left(*state), 0);
}

static void
what_is_refused_together_is_made_one_by_one(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.product.identifier.search_read", "[]");
  tryton_fixture_expect_error(*state, "model.product.template.create", REFUSED);
  tryton_fixture_expect_error(*state, "model.product.template.create", REFUSED);
  tryton_fixture_expect(*state, "model.product.template.create", "[21]");
  tryton_fixture_expect(*state, "model.product.identifier.search_read",
                        "[{\"id\":2,\"product\":11,\"product.\":{\"template\":21}}]");
  tryton_fixture_expect(*state, "model.stock.inventory.create", "[30]");
  tryton_fixture_expect(*state, "model.stock.inventory.confirm", "null");
  answer = apply(*state, host);
  assert_status(answer, 0, "failed");
  assert_status(answer, 1, "done");
}

static void
an_article_that_somebody_else_made_first_stays_alone(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.product.identifier.search_read", "[]");
  tryton_fixture_expect(*state, "model.product.template.create", "[20,21]");
  tryton_fixture_expect(
      *state, "model.product.identifier.search_read",
      "[{\"id\":1,\"code\":\"comptoir:a\",\"product\":9,\"product.\":{\"template\":19}},"
      "{\"id\":2,\"code\":\"comptoir:a\",\"product\":10,\"product.\":{\"template\":20}},"
      "{\"id\":3,\"code\":\"comptoir:b\",\"product\":11,\"product.\":{\"template\":21}}]");
  tryton_fixture_expect(*state, "model.product.template.delete", "null");
  tryton_fixture_expect(*state, "model.stock.inventory.create", "[30]");
  tryton_fixture_expect(*state, "model.stock.inventory.confirm", "null");
  answer = apply(*state, host);
  assert_asked(*state, N_OPENING + 3, "[[20],");
  assert_asked(*state, N_OPENING + 4, "[{\"product\":11,\"quantity\":7.0}]");
  assert_status(answer, 0, "done");
}

static void
an_article_that_cannot_be_counted_holds_up_no_other(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_two_made(*state);
  tryton_fixture_expect_error(*state, "model.stock.inventory.create", REFUSED);
  tryton_fixture_expect_error(*state, "model.stock.inventory.create", REFUSED);
  tryton_fixture_expect(*state, "model.stock.inventory.create", "[31]");
  tryton_fixture_expect(*state, "model.stock.inventory.confirm", "null");
  answer = apply(*state, host);
  assert_status(answer, 0, "done");
  assert_status(answer, 1, "failed");
  assert_int_equal(tryton_fixture_count_left(*state), 0);
}

static void
an_inventory_that_is_not_confirmed_is_taken_away(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_two_made(*state);
  for (guint i = 0; i < 3; i++) { /* of both, then of each */
    tryton_fixture_expect(*state, "model.stock.inventory.create", "[30]");
    tryton_fixture_expect_error(*state, "model.stock.inventory.confirm", REFUSED);
    tryton_fixture_expect(*state, "model.stock.inventory.delete", "null");
  }
  answer = apply(*state, host);
  assert_status(answer, 0, "failed");
  assert_status(answer, 1, "failed");
  assert_int_equal(tryton_fixture_count_left(*state), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(new_articles_are_made_in_one_call),
    TEST(what_is_refused_together_is_made_one_by_one),
    TEST(an_article_that_somebody_else_made_first_stays_alone),
    TEST(stock_of_several_articles_is_one_inventory),
    TEST(an_article_that_cannot_be_counted_holds_up_no_other),
    TEST(an_inventory_that_is_not_confirmed_is_taken_away),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
