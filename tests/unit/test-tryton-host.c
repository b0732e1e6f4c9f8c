/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Tryton host against a server that says what it is told: sessions, lists, and the calls that
 * it makes, in order. */
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

#define ARTICLES                                                                                   \
  "[{\"id\":10,\"code\":\"CAF\",\"suffix_code\":\"CAF\",\"list_price\":{\"__class__\":\"Decimal\"" \
  ",\"decimal\":\"4.1583\"},\"quantity\":23.0,\"type\":\"goods\",\"active\":true,\"salable\":1,"   \
  "\"default_uom\":1,\"account_category\":1,\"categories\":[1,3],\"template.\":{\"name\":"         \
  "\"Coffee\",\"products\":[10]},\"identifiers.\":[{\"id\":1,\"type\":\"ean\",\"code\":"           \
  "\"3760001000023\"},{\"id\":2,\"type\":null,\"code\":\"comptoir:x\"},{\"id\":3,\"type\":null,"   \
  "\"code\":\"shopcaisse:I1\"}]},"                                                                 \
  "{\"id\":11,\"active\":false,\"salable\":true,\"template.\":{\"name\":\"Old\"}},"                \
  "{\"id\":12,\"active\":true,\"salable\":true,\"template.\":{\"name\":\"Next\"}}]"

#define SALE                                                                                       \
  "[{\"id\":7,\"number\":\"S7\",\"state\":\"processing\",\"total_amount\":{\"__class__\":"         \
  "\"Decimal\",\"decimal\":\"16.97\"},\"payment_term\":1,\"currency.\":{\"code\":\"EUR\"},"        \
  "\"create_date\":{\"__class__\":\"datetime\",\"year\":2026,\"month\":3,\"day\":1,\"hour\":9,"    \
  "\"minute\":0,\"second\":0,\"microsecond\":0},\"reference\":%s}]"

#define LINES                                                                                      \
  "[{\"id\":1,\"sale\":7,\"product\":10,\"quantity\":4.0,\"unit_price\":{\"__class__\":"           \
  "\"Decimal\",\"decimal\":\"4.1583\"},\"taxes\":[1],\"product.\":{\"name\":\"Coffee\"},"          \
  "\"moves.\":[{\"create_date\":{\"__class__\":\"datetime\",\"year\":2026,\"month\":3,\"day\":1,"  \
  "\"hour\":11,\"minute\":2,\"second\":0,\"microsecond\":0}}]},"                                   \
  "{\"id\":2,\"sale\":7,\"product\":null,\"quantity\":1.0,\"unit_price\":{\"__class__\":"          \
  "\"Decimal\",\"decimal\":\"-2.4942\"},\"taxes\":[1],\"summary\":\"Off\"}]"

#define TICKET                                                                                     \
  "[{'key': <'k1'>, 'id': <'T1'>, 'status': <'PAID'>, 'sold_at': <'2026-03-01T11:02:00Z'>,"        \
  " 'total': <'0.99'>, 'lines': <[{'article_id': <'10'>, 'name': <'Card'>, 'quantity': <'1'>,"     \
  " 'unit_price': <'0.99'>, 'total': <'0.99'>, 'vat_rate': <'20'>}]>, 'payments':"                 \
  " <[{'method': <'cash'>, 'amount': <'0.99'>}]>}]"

#define CHANGES                                                                                    \
  "[{\"unit\":1,\"unit_price\":{\"__class__\":\"Decimal\",\"decimal\":\"0.8250\"},\"taxes\":"      \
  "{\"add\":[[0,{\"id\":1}]]}}]"

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
assert_asked(TrytonFixture *fixture, guint number, const char *part)
{
  if (strstr(tryton_fixture_get_body(fixture, number), part) == NULL)
    fail_msg("call %u: %s is not in %s", number, part, tryton_fixture_get_body(fixture, number));
}

static GVariant *
parse(const char *type, const char *text)
{
  return g_variant_parse(G_VARIANT_TYPE(type), text, NULL, NULL, NULL);
}

/* (transfer full): what a row of the answer has under a key, as text */
static char *
dup_value(GVariant *answer, gsize row, const char *key)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) found = NULL;
  g_autoptr(GVariant) value = NULL;

  assert_true(row < g_variant_n_children(rows));
  found = g_variant_get_child_value(rows, row);
  value = g_variant_lookup_value(found, key, NULL);
  return value == NULL ? g_strdup("absent") : g_variant_print(value, FALSE);
}

static void
assert_value(GVariant *answer, gsize row, const char *key, const char *wanted)
{
  g_autofree char *value = dup_value(answer, row, key);

  assert_string_equal(value, wanted);
}

static void
a_login_makes_the_session_of_later_calls(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);

  assert_non_null(host);
  assert_asked(*state, 0, "\"marie\"");
  assert_string_equal(tryton_fixture_get_authorization(*state, 0), "");
  assert_string_equal(tryton_fixture_get_authorization(*state, 1), "Session bWFyaWU6NTprZXk=");
  assert_int_equal(tryton_fixture_count_left(*state), 0);
}

static void
a_session_that_ended_is_renewed_and_the_call_repeated(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect_status(*state, "model.product.product.search_read", 401);
  tryton_fixture_expect(*state, "common.db.login", "[5,\"other\"]");
  tryton_fixture_expect(*state, "model.product.product.search_read", "[]");
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_articles, NULL, NULL);
  assert_non_null(answer);
  assert_string_equal(tryton_fixture_get_authorization(*state, N_OPENING + 2),
                      "Session bWFyaWU6NTpvdGhlcg==");
}

static void
a_login_that_is_refused_is_told(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GError) error = NULL;

  tryton_fixture_expect_status(*state, "model.product.product.search_read", 401);
  tryton_fixture_expect_status(*state, "common.db.login", 401);
  assert_null(tryton_fixture_ask(*state, host, comptoir_host_list_articles, NULL, &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_UNAUTHORIZED);
}

static void
a_session_that_was_handed_over_is_used_and_not_renewed(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = comptoir_tryton_host_new(tryton_fixture_get_url(*state));
  g_autoptr(GError) error = NULL;

  comptoir_tryton_host_set_session(host, "marie:5:key");
  tryton_fixture_expect_status(*state, "model.res.user.get_preferences", 401);
  assert_false(tryton_fixture_start(*state, host, &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_UNAUTHORIZED);
  assert_string_equal(tryton_fixture_get_authorization(*state, 0), "Session bWFyaWU6NTprZXk=");
  assert_int_equal(tryton_fixture_count_asked(*state), 1);
}

static void
http_is_for_this_computer_alone(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = comptoir_tryton_host_new("http://erp.example.org/shop/");
  g_autoptr(GError) error = NULL;

  assert_false(tryton_fixture_start(*state, host, &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_INVALID);
}

static void
a_user_without_a_company_cannot_start(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_new_host(*state);
  g_autoptr(GError) error = NULL;

  tryton_fixture_expect(*state, "common.db.login", "[5,\"key\"]");
  tryton_fixture_expect(*state, "model.res.user.get_preferences", "{\"language\":\"fr\"}");
  assert_false(tryton_fixture_start(*state, host, &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_NOT_CONFIGURED);
}

static void
two_clients_of_one_database_say_the_same_id(void **state)
{
  g_autoptr(ComptoirTrytonHost) first = tryton_fixture_open_host(*state);
  g_autoptr(ComptoirTrytonHost) second = tryton_fixture_open_host(*state);
  g_autofree char *first_id = comptoir_host_dup_instance_id(COMPTOIR_HOST(first));
  g_autofree char *second_id = comptoir_host_dup_instance_id(COMPTOIR_HOST(second));

  assert_string_equal(first_id, second_id);
}

static void
what_tryton_says_to_people_is_the_reason(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GError) error = NULL;

  tryton_fixture_expect_error(*state, "model.product.product.search_read",
                              "[\"UserError\",[\"You may not.\",\"\",null]]");
  assert_null(tryton_fixture_ask(*state, host, comptoir_host_list_articles, NULL, &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_REJECTED);
  assert_non_null(strstr(error->message, "You may not."));
}

static void
an_article_has_its_price_with_tax_and_its_rate(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.product.product.search_read", ARTICLES);
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_articles, NULL, NULL);
  assert_value(answer, 0, "id", "'10'");
  assert_value(answer, 0, "price", "'4.99'");
  assert_value(answer, 0, "vat_rate", "'20'");
  assert_value(answer, 0, "barcodes", "['3760001000023']");
  assert_value(answer, 0, "external_id", "'I1'");
  assert_value(answer, 0, "stock", "'23'");
  assert_value(answer, 0, "family", "'Grocery'");
}

static void
what_is_no_longer_sold_is_a_tombstone(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.stock.move.search_read", "[{\"id\":1,\"product\":10}]");
  tryton_fixture_expect(*state, "model.product.product.search_read", ARTICLES);
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_articles,
                              parse("a{sv}", "{'since': <'2026-03-01T00:00:00Z'>}"), NULL);
  assert_value(answer, 1, "deleted", "true");
  assert_asked(*state, N_OPENING + 1, "[\"id\",\"in\",[10]]");
}

static void
a_page_ends_with_the_number_of_its_last_article(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;
  const char *cursor = NULL;

  tryton_fixture_expect(*state, "model.product.product.search_read", ARTICLES);
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_articles,
                              parse("a{sv}", "{'limit': <uint32 2>, 'cursor': <'9'>}"), NULL);
  assert_true(g_variant_lookup(answer, "cursor", "&s", &cursor));
  assert_string_equal(cursor, "11");
  assert_asked(*state, N_OPENING, "[\"id\",\">\",9]");
}

static void
a_cursor_of_somebody_else_is_refused(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GError) error = NULL;

  assert_null(tryton_fixture_ask(*state, host, comptoir_host_list_sales,
                                 parse("a{sv}", "{'cursor': <'x'>}"), &error));
  assert_int_equal(error->code, COMPTOIR_ERROR_INVALID);
}

static void
a_sale_adds_up_and_was_sold_when_it_was_processed(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autofree char *sale = g_strdup_printf(SALE, "null");
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.sale.sale.search_read", sale);
  tryton_fixture_expect(*state, "model.sale.line.search_read", LINES);
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_sales, NULL, NULL);
  assert_value(answer, 0, "total", "'16.97'");
  assert_value(answer, 0, "discount", "'2.99'");
  assert_value(answer, 0, "sold_at", "'2026-03-01T11:02:00Z'");
  assert_value(answer, 0, "lines",
               "[{'article_id': <'10'>, 'name': <'Coffee'>, 'quantity': <'4'>, 'unit_price': "
               "<'4.99'>, 'vat_rate': <'20'>}]");
}

static void
its_states_are_statuses_of_which_two_are_sold(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer =
      tryton_fixture_ask(*state, host, comptoir_host_list_sale_statuses, NULL, NULL);

  assert_value(answer, 0, "id", "'quotation'");
  assert_value(answer, 0, "sold", "false");
  assert_value(answer, 1, "sold", "false");
  assert_value(answer, 2, "id", "'processing'");
  assert_value(answer, 2, "sold", "true");
  assert_value(answer, 3, "sold", "true");
}

static void
quotations_are_listed_when_every_status_is_wanted(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autofree char *sale = g_strdup_printf(SALE, "null");
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.sale.sale.search_read", sale);
  tryton_fixture_expect(*state, "model.sale.line.search_read", LINES);
  answer = tryton_fixture_ask(*state, host, comptoir_host_list_sales,
                              parse("a{sv}", "{'any_status': <true>}"), NULL);
  assert_value(answer, 0, "status", "'processing'");
  assert_asked(*state, N_OPENING, "[\"quotation\",\"confirmed\",\"processing\",\"done\"]");
}

static void
a_ticket_that_is_there_writes_nothing(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.sale.sale.search_read",
                        "[{\"id\":7,\"state\":\"processing\",\"total_amount\":{\"__class__\":"
                        "\"Decimal\",\"decimal\":\"0.99\"}}]");
  answer =
      tryton_fixture_ask(*state, host, comptoir_host_record_sales, parse("aa{sv}", TICKET), NULL);
  assert_value(answer, 0, "status", "'done'");
  assert_value(answer, 0, "id", "'7'");
  assert_int_equal(tryton_fixture_count_asked(*state), N_OPENING + 1);
}

static void
expect_ticket(TrytonFixture *fixture)
{
  tryton_fixture_expect(fixture, "model.sale.sale.search_read", "[]");
  tryton_fixture_expect(fixture, "model.party.party.search_read", "[{\"id\":3,\"addresses\":[6]}]");
  tryton_fixture_expect(fixture, "model.product.product.search_read", "[{\"id\":10}]");
  tryton_fixture_expect(fixture, "model.sale.line.on_change", CHANGES);
  tryton_fixture_expect(fixture, "model.sale.sale.create", "[8]");
}

static void
a_ticket_becomes_a_processed_sale_and_a_cent_is_made_up_for(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_ticket(*state);
  tryton_fixture_expect(*state, "model.sale.sale.search_read", "[{\"id\":8,\"state\":\"draft\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.read",
                        "[{\"id\":8,\"state\":\"draft\",\"_timestamp\":\"1.5\",\"total_amount\":"
                        "{\"__class__\":\"Decimal\",\"decimal\":\"0.98\"}}]");
  tryton_fixture_expect(*state, "model.product.product.search_read", "[{\"id\":99}]");
  tryton_fixture_expect(*state, "model.sale.sale.write", "null");
  tryton_fixture_expect(*state, "model.sale.sale.quote", "null");
  tryton_fixture_expect(*state, "model.sale.sale.read", "[{\"id\":8,\"state\":\"quotation\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.confirm", "null");
  tryton_fixture_expect(*state, "model.sale.sale.read", "[{\"id\":8,\"state\":\"processing\"}]");
  answer =
      tryton_fixture_ask(*state, host, comptoir_host_record_sales, parse("aa{sv}", TICKET), NULL);
  assert_value(answer, 0, "id", "'8'");
  assert_int_equal(tryton_fixture_count_left(*state), 0);
  assert_asked(*state, N_OPENING + 4, "\"reference\":\"shopcaisse:T1\"");
  assert_asked(*state, N_OPENING + 8, "\"decimal\":\"0.01\"");
  assert_asked(*state, N_OPENING + 8, "\"_timestamp\":{\"sale.sale,8\":\"1.5\"}");
}

static void
who_sees_an_older_draft_of_the_ticket_gives_way(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_ticket(*state);
  tryton_fixture_expect(*state, "model.sale.sale.search_read",
                        "[{\"id\":4,\"state\":\"draft\"},{\"id\":8,\"state\":\"draft\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.delete", "null");
  tryton_fixture_expect(*state, "model.sale.sale.read",
                        "[{\"id\":4,\"state\":\"processing\",\"total_amount\":{\"__class__\":"
                        "\"Decimal\",\"decimal\":\"0.99\"}}]");
  answer =
      tryton_fixture_ask(*state, host, comptoir_host_record_sales, parse("aa{sv}", TICKET), NULL);
  assert_value(answer, 0, "id", "'4'");
  assert_asked(*state, N_OPENING + 6, "[[8],");
}

static void
who_has_the_oldest_draft_waits_until_the_others_are_gone(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_ticket(*state);
  tryton_fixture_expect(*state, "model.sale.sale.search_read",
                        "[{\"id\":8,\"state\":\"draft\"},{\"id\":9,\"state\":\"draft\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.search_read", "[{\"id\":8,\"state\":\"draft\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.read",
                        "[{\"id\":8,\"state\":\"processing\",\"total_amount\":{\"__class__\":"
                        "\"Decimal\",\"decimal\":\"0.99\"}}]");
  answer =
      tryton_fixture_ask(*state, host, comptoir_host_record_sales, parse("aa{sv}", TICKET), NULL);
  assert_value(answer, 0, "id", "'8'");
}

static void
who_sees_that_another_went_further_gives_way(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  expect_ticket(*state);
  tryton_fixture_expect(*state, "model.sale.sale.search_read",
                        "[{\"id\":8,\"state\":\"draft\"},{\"id\":9,\"state\":\"processing\"}]");
  tryton_fixture_expect(*state, "model.sale.sale.delete", "null");
  answer =
      tryton_fixture_ask(*state, host, comptoir_host_record_sales, parse("aa{sv}", TICKET), NULL);
  assert_value(answer, 0, "id", "'9'");
}

static void
a_known_key_changes_no_article(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.product.identifier.search_read",
                        "[{\"id\":1,\"code\":\"comptoir:k\",\"product\":10}]");
  answer = tryton_fixture_ask(
      *state, host, comptoir_host_apply_articles,
      parse("aa{sv}", "[{'key': <'k'>, 'change': <'create'>, 'fields': <{'name': <'New'>}>}]"),
      NULL);
  assert_value(answer, 0, "id", "'10'");
  assert_int_equal(tryton_fixture_count_asked(*state), N_OPENING + 1);
}

static void
a_rate_without_a_category_fails_that_article_alone(void **state)
{
  g_autoptr(ComptoirTrytonHost) host = tryton_fixture_open_host(*state);
  g_autoptr(GVariant) answer = NULL;

  tryton_fixture_expect(*state, "model.product.identifier.search_read", "[]");
  answer = tryton_fixture_ask(
      *state, host, comptoir_host_apply_articles,
      parse("aa{sv}", "[{'key': <'k'>, 'change': <'create'>, 'fields': <{'name': <'New'>,"
                      " 'vat_rate': <'2.1'>}>}]"),
      NULL);
  assert_value(answer, 0, "status", "'failed'");
  assert_int_equal(tryton_fixture_count_asked(*state), N_OPENING + 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_login_makes_the_session_of_later_calls),
    TEST(a_session_that_ended_is_renewed_and_the_call_repeated),
    TEST(a_login_that_is_refused_is_told),
    TEST(a_session_that_was_handed_over_is_used_and_not_renewed),
    TEST(http_is_for_this_computer_alone),
    TEST(a_user_without_a_company_cannot_start),
    TEST(two_clients_of_one_database_say_the_same_id),
    TEST(what_tryton_says_to_people_is_the_reason),
    TEST(an_article_has_its_price_with_tax_and_its_rate),
    TEST(what_is_no_longer_sold_is_a_tombstone),
    TEST(a_page_ends_with_the_number_of_its_last_article),
    TEST(a_cursor_of_somebody_else_is_refused),
    TEST(a_sale_adds_up_and_was_sold_when_it_was_processed),
    TEST(its_states_are_statuses_of_which_two_are_sold),
    TEST(quotations_are_listed_when_every_status_is_wanted),
    TEST(a_ticket_that_is_there_writes_nothing),
    TEST(a_ticket_becomes_a_processed_sale_and_a_cent_is_made_up_for),
    TEST(who_sees_an_older_draft_of_the_ticket_gives_way),
    TEST(who_has_the_oldest_draft_waits_until_the_others_are_gone),
    TEST(who_sees_that_another_went_further_gives_way),
    TEST(a_known_key_changes_no_article),
    TEST(a_rate_without_a_category_fails_that_article_alone),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
