/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be done with a row, and what each cell says of it. */
#include "ui/model/actions.h"
#include "ui/model/columns.h"
#include "ui/model/day.h"
#include "ui/model/query.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static GVariant *
parse(const char *text)
{
  return g_variant_parse(G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
}

static void
assert_article(const char *text, ShopcaissePageSide side, guint expected)
{
  g_autoptr(GVariant) row = parse(text);
  assert_int_equal(shopcaisse_page_actions_of_article(row, side), expected);
}

static void
assert_order(const char *text, ShopcaissePageWorkState send, guint expected)
{
  g_autoptr(GVariant) row = parse(text);
  assert_int_equal(shopcaisse_page_actions_of_order(row, send), expected);
}

static void
assert_cell(ShopcaissePageTable table, guint column, const char *text, const char *expected)
{
  guint n_columns = 0;
  const ShopcaissePageColumn *columns = shopcaisse_page_columns_get(table, &n_columns);
  g_autoptr(GVariant) row = parse(text);
  assert_in_range(column, 0, n_columns - 1);
  g_autofree char *cell = columns[column].dup_text(row);
  assert_string_equal(cell, expected);
}

static void
unlinked_item_can_be_linked_and_imported(void **state)
{
  assert_article("{'state': <'unlinked'>}", SHOPCAISSE_PAGE_SIDE_ITEMS,
                 SHOPCAISSE_PAGE_CAN_LINK | SHOPCAISSE_PAGE_CAN_IMPORT);
}

static void
unlinked_article_can_be_linked_alone(void **state)
{
  assert_article("{'state': <'unlinked'>}", SHOPCAISSE_PAGE_SIDE_ARTICLES,
                 SHOPCAISSE_PAGE_CAN_LINK);
}

static void
linked_article_can_be_unlinked_alone(void **state)
{
  assert_article("{'state': <'linked'>}", SHOPCAISSE_PAGE_SIDE_ITEMS, SHOPCAISSE_PAGE_CAN_UNLINK);
}

static void
ambiguous_item_can_be_linked(void **state)
{
  assert_article("{'state': <'ambiguous'>}", SHOPCAISSE_PAGE_SIDE_ITEMS,
                 SHOPCAISSE_PAGE_CAN_LINK | SHOPCAISSE_PAGE_CAN_IMPORT);
}

static void
deleted_item_can_not_be_linked(void **state)
{
  assert_article("{'state': <'unlinked'>, 'deleted': <true>}", SHOPCAISSE_PAGE_SIDE_ITEMS,
                 SHOPCAISSE_PAGE_CAN_NOTHING);
}

static void
nothing_selected_can_nothing(void **state)
{
  assert_int_equal(shopcaisse_page_actions_of_article(NULL, SHOPCAISSE_PAGE_SIDE_ITEMS),
                   SHOPCAISSE_PAGE_CAN_NOTHING);
  assert_int_equal(shopcaisse_page_actions_of_order(NULL, SHOPCAISSE_PAGE_IDLE),
                   SHOPCAISSE_PAGE_CAN_NOTHING);
}

static void
link_names_article_and_item_from_either_side(void **state)
{
  g_autoptr(GVariant) item = parse("{'id': <'i1'>}");
  g_autoptr(GVariant) article = parse("{'id': <'a1'>}");
  g_autoptr(GVariant) one =
      g_variant_ref_sink(shopcaisse_page_link_build(item, article, SHOPCAISSE_PAGE_SIDE_ITEMS));
  g_autoptr(GVariant) other =
      g_variant_ref_sink(shopcaisse_page_link_build(article, item, SHOPCAISSE_PAGE_SIDE_ARTICLES));
  g_autofree char *text = g_variant_print(one, FALSE);
  assert_string_equal(text, "{'rows': <[{'id': <'a1'>, 'external_id': <'i1'>}]>}");
  assert_true(g_variant_equal(one, other));
}

static void
unlinking_keeps_what_links_again(void **state)
{
  g_autoptr(GVariant) item = parse("{'id': <'i1'>, 'article_id': <'a1'>}");
  g_autoptr(GVariant) links =
      g_variant_ref_sink(shopcaisse_page_unlink_build(item, SHOPCAISSE_PAGE_SIDE_ITEMS));
  g_autofree char *text = g_variant_print(links, FALSE);
  assert_string_equal(text, "{'rows': <[{'id': <'a1'>, 'external_id': <'i1'>}]>}");
}

static void
order_does_what_the_channel_says(void **state)
{
  assert_order("{'state': <'held'>, 'can_send': <true>, 'can_cancel': <false>}",
               SHOPCAISSE_PAGE_IDLE, SHOPCAISSE_PAGE_CAN_SEND);
}

static void
order_that_is_being_sent_cannot_be_sent_again(void **state)
{
  assert_order("{'state': <'held'>, 'can_send': <true>, 'can_cancel': <false>}",
               SHOPCAISSE_PAGE_RUNNING, SHOPCAISSE_PAGE_CAN_NOTHING);
}

static void
sent_order_cannot_be_sent_where_the_channel_does_not_say(void **state)
{
  assert_order("{'state': <'sent'>}", SHOPCAISSE_PAGE_IDLE, SHOPCAISSE_PAGE_CAN_NOTHING);
}

static void
sent_order_says_when_and_its_id_without_a_mnemonic(void **state)
{
  g_autoptr(GVariant) row = parse("{'state': <'sent'>, 'at': <'2026-03-01T11:02:00Z'>,"
                                  " 'external_id': <'a_b'>}");
  g_autofree char *label = shopcaisse_page_order_dup_send_label(row, SHOPCAISSE_PAGE_IDLE);
  assert_non_null(strstr(label, "a__b"));
}

static void
parked_order_is_tried_again(void **state)
{
  g_autoptr(GVariant) row = parse("{'state': <'parked'>}");
  g_autofree char *label = shopcaisse_page_order_dup_send_label(row, SHOPCAISSE_PAGE_IDLE);
  assert_string_equal(label, "Try a_gain");
}

static void
link_state_has_a_sign_beside_its_word(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_ITEMS, 1, "{'state': <'linked'>}", "✓ Linked");
  assert_cell(SHOPCAISSE_PAGE_TABLE_ITEMS, 1, "{'state': <'unlinked'>}", "✗ Not linked");
  assert_cell(SHOPCAISSE_PAGE_TABLE_ITEMS, 1, "{'state': <'ambiguous'>}", "? Ambiguous");
}

static void
variant_stands_with_its_article(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_ARTICLES, 0, "{'name': <'T-shirt'>, 'variant': <'L'>}",
              "T-shirt (L)");
  assert_cell(SHOPCAISSE_PAGE_TABLE_ITEMS, 0, "{'name': <'L'>, 'parent_name': <'T-shirt'>}",
              "T-shirt (L)");
}

static void
order_states_are_those_for_people(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_ORDERS, 4,
              "{'kitchen': <'accepted'>, 'kitchen_name': <'Accepted'>}", "Accepted");
}

static void
long_order_states_are_short_in_their_columns(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_ORDERS, 4,
              "{'kitchen': <'not_acked'>, 'kitchen_name': <'Not seen by the till yet'>}",
              "– Not seen yet");
  assert_cell(SHOPCAISSE_PAGE_TABLE_ORDERS, 5,
              "{'fiscal': <'open'>, 'fiscal_name': <'Not entered in the books yet'>}",
              "– Not entered");
  assert_cell(SHOPCAISSE_PAGE_TABLE_ORDERS, 5,
              "{'fiscal': <'finalised'>, 'fiscal_name': <'Entered in the books'>}", "✓ Entered");
}

static void
change_is_told_field_by_field(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_PLAN, 2,
              "{'before': <{'name': <'Café'>, 'reference': <'C1'>}>,"
              " 'after': <{'name': <'Café crème'>, 'reference': <'C1'>, 'family': <'Bar'>}>}",
              "name Café → Café crème; family Bar");
}

static void
new_article_is_not_named_twice(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_PLAN, 2,
              "{'change': <'create'>, 'after': <{'name': <'Café'>, 'reference': <'C1'>}>}",
              "reference C1");
}

static void
journal_names_the_order_by_its_number(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_JOURNAL, 2,
              "{'flow': <'orders'>, 'subject': <'7f3c'>, 'subject_kind': <'order'>,"
              " 'subject_name': <'1001'>}",
              "Order 1001");
}

static void
journal_shows_no_words_of_programs(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_JOURNAL, 2, "{'flow': <'orders'>, 'subject': <'7f3c'>}",
              "Orders");
  assert_cell(SHOPCAISSE_PAGE_TABLE_JOURNAL, 2, "{'flow': <'pull-catalogue'>}", "Articles");
  assert_cell(SHOPCAISSE_PAGE_TABLE_JOURNAL, 2, "{'flow': <'of-tomorrow'>}", "Other");
}

static void
reason_of_a_change_is_in_words(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_PLAN, 4, "{'reason': <'barcode'>}", "Same barcode");
  assert_cell(SHOPCAISSE_PAGE_TABLE_PLAN, 4, "{'reason': <'new'>, 'message': <'no account'>}",
              "No account.");
}

static void
text_of_the_service_is_left_as_it_is(void **state)
{
  assert_cell(SHOPCAISSE_PAGE_TABLE_JOURNAL, 3, "{'text': <'<b>&amp;'>}", "<b>&amp;");
}

static void
query_has_only_what_was_asked(void **state)
{
  ShopcaissePageQuery query = { NULL };
  assert_true(shopcaisse_page_query_set(&query.search, "  creme 25 "));
  assert_true(shopcaisse_page_query_set(&query.state, "linked"));
  assert_false(shopcaisse_page_query_set(&query.state, "linked"));
  assert_false(shopcaisse_page_query_set(&query.level, ""));
  g_autoptr(GVariant) built = g_variant_ref_sink(shopcaisse_page_query_build(&query));
  const char *search = NULL;
  assert_int_equal(g_variant_n_children(built), 2);
  assert_true(g_variant_lookup(built, "search", "&s", &search));
  assert_string_equal(search, "creme 25");
  shopcaisse_page_query_clear(&query);
}

static void
day_report_tells_every_store_and_difference(void **state)
{
  g_autoptr(GVariant) report =
      parse("{'stores': <[{'name': <'Lille'>, 'host_total': <'10.00'>,"
            " 'differences': <[{'number': <'17'>, 'message': <'It is missing.'>,"
            "                   'next_step': <'send it'>}]>}]>}");
  g_autoptr(GPtrArray) lines = shopcaisse_page_day_list_lines(report);
  const ShopcaissePageDayLine *first = lines->pdata[0];
  const ShopcaissePageDayLine *last = lines->pdata[lines->len - 1];
  assert_true(first->is_heading);
  assert_string_equal(first->name, "Lille");
  assert_string_equal(last->name, "17");
  assert_string_equal(last->note, "It is missing.\nSend it.");
}

static void
what_no_shift_has_is_told_without_a_state(void **state)
{
  g_autoptr(GVariant) report =
      parse("{'stores': <[{'name': <'Lille'>, 'shifts': <[{'id': <''>, 'host_total': <'10.00'>,"
            " 'till_total': <'8.00'>, 'difference': <'2.00'>}]>}]>}");
  g_autoptr(GPtrArray) lines = shopcaisse_page_day_list_lines(report);
  const ShopcaissePageDayLine *last = lines->pdata[lines->len - 1];
  assert_string_equal(last->name, "Outside every shift");
  assert_true(g_str_has_prefix(last->note, "this program "));
}

static void
what_the_till_sold_alone_stands_beside_the_orders(void **state)
{
  g_autoptr(GVariant) report = parse(
      "{'stores': <[{'name': <'Lille'>, 'payments': <[{'method': <'Carte'>, 'amount': <'9.00'>,"
      " 'till_only_amount': <'0.00'>}, {'method': <'Espèces'>, 'amount': <'0.00'>,"
      " 'till_only_amount': <'14.40'>}]>}]>}");
  g_autoptr(GPtrArray) lines = shopcaisse_page_day_list_lines(report);
  const ShopcaissePageDayLine *card = lines->pdata[lines->len - 2];
  const ShopcaissePageDayLine *cash = lines->pdata[lines->len - 1];
  assert_string_equal(card->note, "");
  assert_true(g_str_has_prefix(cash->note, "on the till alone "));
  assert_non_null(strstr(cash->note, "14"));
}

static void
only_a_day_of_the_calendar_is_a_day(void **state)
{
  assert_true(shopcaisse_page_day_is_date("2026-03-01"));
  assert_false(shopcaisse_page_day_is_date("2026-02-30"));
  assert_false(shopcaisse_page_day_is_date("1/3/2026"));
}

static void
day_before_the_first_of_march_is_in_february(void **state)
{
  g_autofree char *day = shopcaisse_page_day_dup_other("2026-03-01", -1);
  assert_string_equal(day, "2026-02-28");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(unlinked_item_can_be_linked_and_imported),
    cmocka_unit_test(unlinked_article_can_be_linked_alone),
    cmocka_unit_test(linked_article_can_be_unlinked_alone),
    cmocka_unit_test(ambiguous_item_can_be_linked),
    cmocka_unit_test(deleted_item_can_not_be_linked),
    cmocka_unit_test(nothing_selected_can_nothing),
    cmocka_unit_test(link_names_article_and_item_from_either_side),
    cmocka_unit_test(unlinking_keeps_what_links_again),
    cmocka_unit_test(order_does_what_the_channel_says),
    cmocka_unit_test(order_that_is_being_sent_cannot_be_sent_again),
    cmocka_unit_test(sent_order_cannot_be_sent_where_the_channel_does_not_say),
    cmocka_unit_test(sent_order_says_when_and_its_id_without_a_mnemonic),
    cmocka_unit_test(parked_order_is_tried_again),
    cmocka_unit_test(link_state_has_a_sign_beside_its_word),
    cmocka_unit_test(variant_stands_with_its_article),
    cmocka_unit_test(order_states_are_those_for_people),
    cmocka_unit_test(long_order_states_are_short_in_their_columns),
    cmocka_unit_test(change_is_told_field_by_field),
    cmocka_unit_test(new_article_is_not_named_twice),
    cmocka_unit_test(journal_names_the_order_by_its_number),
    cmocka_unit_test(journal_shows_no_words_of_programs),
    cmocka_unit_test(reason_of_a_change_is_in_words),
    cmocka_unit_test(text_of_the_service_is_left_as_it_is),
    cmocka_unit_test(query_has_only_what_was_asked),
    cmocka_unit_test(day_report_tells_every_store_and_difference),
    cmocka_unit_test(what_no_shift_has_is_told_without_a_state),
    cmocka_unit_test(what_the_till_sold_alone_stands_beside_the_orders),
    cmocka_unit_test(only_a_day_of_the_calendar_is_a_day),
    cmocka_unit_test(day_before_the_first_of_march_is_in_february),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
