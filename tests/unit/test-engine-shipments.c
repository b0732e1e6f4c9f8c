/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parcels of a sale: asked for after the sales, shown beside the order and in its history. */
#include "engine-lists.h"
#include "engine-words.h"

#include <comptoir/comptoir-rows.h>

/* Catches up; the host has sold nothing new and has these parcels. */
static void
read_parcels(Bench *bench, const char *rows)
{
  g_autoptr(GVariant) list = g_variant_parse(G_VARIANT_TYPE("aa{sv}"), rows, NULL, NULL, NULL);

  assert_non_null(list);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SHIPMENTS),
               g_variant_new_parsed("{'rows': <%@aa{sv}>}", list));
}

static void
sell(Bench *bench)
{
  bench->host.host.features |= COMPTOIR_HOST_LIST_SHIPMENTS;
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

#define PARCEL(id, number)                                                                         \
  "{'id': <'" id "'>, 'sale_id': <'sale-1'>, 'carrier': <'La Poste & Cie'>, 'number': <'" number   \
  "'>"
#define SENT ", 'sent_at': <'2026-03-02T09:00:00Z'>}"

/* (transfer full): the parcels of sale-1. */
static GVariant *
list_parcels(Bench *bench)
{
  g_autoptr(GVariant) row = engine_lists_find(bench, "orders", NULL, "sale-1");

  return g_variant_lookup_value(row, "shipments", G_VARIANT_TYPE("aa{sv}"));
}

static void
order_with_one_parcel_has_one_shipment(void **state)
{
  g_autoptr(GVariant) parcels = NULL;

  sell(*state);
  read_parcels(*state, "[" PARCEL("p-1", "6A 001") SENT "]");
  parcels = list_parcels(*state);
  assert_int_equal(g_variant_n_children(parcels), 1);
  assert_row_text(*state, "orders", "sale-1", "shipping_name", "1 of 1 parcel sent");
}

static void
number_and_carrier_pass_unchanged(void **state)
{
  g_autoptr(GVariant) parcels = NULL;
  g_autoptr(GVariant) parcel = NULL;

  sell(*state);
  read_parcels(*state, "[" PARCEL("p-1", " 6A-001/é ") SENT "]");
  parcels = list_parcels(*state);
  parcel = g_variant_get_child_value(parcels, 0);
  assert_string_equal(bench_text(parcel, "carrier"), "La Poste & Cie");
  assert_string_equal(bench_text(parcel, "number"), " 6A-001/é ");
  assert_string_equal(bench_text(parcel, "sent_at"), "2026-03-02T09:00:00Z");
}

/* Told again, as each catching up does. */
static void
two_parcels_are_sent_in_part_then_all_and_never_doubled(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) parcels = NULL;
  BenchAnswer *answer = NULL;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GString) steps = g_string_new(NULL);

  sell(bench);
  for (guint i = 0; i < 2; i++)
    read_parcels(bench, "[" PARCEL("p-1", "1") SENT ", " PARCEL("p-2", "2") "}]");
  assert_row_text(bench, "orders", "sale-1", "shipping_name", "1 of 2 parcels sent");
  for (guint i = 0; i < 2; i++)
    read_parcels(bench, "[" PARCEL("p-2", "2") SENT "]");
  assert_row_text(bench, "orders", "sale-1", "shipping_name", "2 of 2 parcels sent");
  parcels = list_parcels(bench);
  assert_int_equal(g_variant_n_children(parcels), 2);
  answer = bench_list_window(bench, "timeline", "{'sale': <'sale-1'>}", 0, 100);
  bench_run(bench);
  rows = g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "kind"), "shipment"))
      g_string_append_printf(steps, "%s; ", bench_text(row, "name"));
  }
  assert_string_equal(steps->str, "1 of 2 parcels sent; 2 of 2 parcels sent; ");
}

static void
parcel_that_is_gone_does_not_count(void **state)
{
  sell(*state);
  read_parcels(*state, "[" PARCEL("p-1", "1") SENT ", " PARCEL("p-2", "2") "}]");
  read_parcels(*state, "[{'id': <'p-2'>, 'sale_id': <'sale-1'>, 'deleted': <true>}]");
  assert_row_text(*state, "orders", "sale-1", "shipping_name", "1 of 1 parcel sent");
}

static void
wrong_row_is_named_and_keeps_no_other_back(void **state)
{
  sell(*state);
  read_parcels(*state, "[{'id': <'p-9'>}, {'id': <'p-8'>, 'sale_id': <'sale-9'>},"
                       " " PARCEL("p-1", "1") SENT "]");
  assert_row_text(*state, "orders", "sale-1", "shipping_name", "1 of 1 parcel sent");
}

static void
host_without_shipments_is_not_asked(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
  assert_int_equal(bench->host.questions->len, 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_with_one_parcel_has_one_shipment),
    bench_test(number_and_carrier_pass_unchanged),
    bench_test(two_parcels_are_sent_in_part_then_all_and_never_doubled),
    bench_test(parcel_that_is_gone_does_not_count),
    bench_test(wrong_row_is_named_and_keeps_no_other_back),
    bench_test(host_without_shipments_is_not_asked),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
