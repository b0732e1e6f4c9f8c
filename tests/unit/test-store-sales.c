/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/sales-read.h"

static ShopcaisseSaleRecord *
build_record(const char *id)
{
  ShopcaisseSaleRecord *record = shopcaisse_sale_record_new();

  store_fixture_set_text(&record->sale_id, id);
  g_free(record->order_id);
  record->order_id = g_strconcat("order ", id, NULL);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'id': <%s>}", id));
  return record;
}

static void
insert(StoreFixture *self, const char *id, const char *store_id, const char *state, gint64 sold_at)
{
  g_autoptr(ShopcaisseSaleRecord) record = build_record(id);
  g_autoptr(GError) error = NULL;

  store_fixture_set_text(&record->store_id, store_id);
  store_fixture_set_text(&record->state, state);
  record->sold_at = sold_at;
  assert_true(shopcaisse_sales_insert(self->database, record, &error));
  assert_no_error(error);
}

/* The ids of a list, one after the other. Frees it. */
static char *
take_ids(GPtrArray *sales)
{
  GString *ids = g_string_new(NULL);

  assert_non_null(sales);
  for (guint i = 0; i < sales->len; i++)
    g_string_append(ids, ((ShopcaisseSaleRecord *)sales->pdata[i])->sale_id);
  g_ptr_array_unref(sales);
  return g_string_free(ids, FALSE);
}

static void
assert_listed(StoreFixture *self, ShopcaisseSalesQuery query, const char *expected)
{
  g_autofree char *ids = take_ids(shopcaisse_sales_list(self->database, &query, NULL));

  assert_string_equal(ids, expected);
}

static void
a_sale_comes_back_as_it_was_inserted(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("a");

  store_fixture_set_text(&record->number, "1042");
  store_fixture_set_text(&record->till, "till 1");
  record->sold_at = 1;
  record->total_minor = -250;
  store_fixture_set_text(&record->store_id, "store");
  record->generation = 2;
  store_fixture_set_text(&record->discriminator, "till 1 at 1");
  store_fixture_set_text(&record->external_id, "external");
  store_fixture_set_text(&record->state, "sent");
  store_fixture_set_text(&record->kitchen, "NEW");
  store_fixture_set_text(&record->fiscal, "open");
  store_fixture_set_text(&record->receipt_id, "receipt");
  store_fixture_set_text(&record->reason, "why");
  store_fixture_set_text(&record->message, "message");
  record->submitted_at = 3;
  record->sent_at = 4;
  record->changed_at = 5;
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
  store_fixture_reopen(self);

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_true(g_variant_equal(found->payload, record->payload));
  assert_string_equal(found->number, "1042");
  assert_string_equal(found->till, "till 1");
  assert_int_equal(found->sold_at, 1);
  assert_int_equal(found->total_minor, -250);
  assert_string_equal(found->store_id, "store");
  assert_int_equal(found->generation, 2);
  assert_string_equal(found->order_id, "order a");
  assert_string_equal(found->discriminator, "till 1 at 1");
  assert_string_equal(found->external_id, "external");
  assert_string_equal(found->state, "sent");
  assert_string_equal(found->kitchen, "NEW");
  assert_string_equal(found->fiscal, "open");
  assert_string_equal(found->receipt_id, "receipt");
  assert_string_equal(found->reason, "why");
  assert_string_equal(found->message, "message");
  assert_int_equal(found->progress, 1);
  assert_int_equal(found->told, 0);
  assert_int_equal(found->submitted_at, 3);
  assert_int_equal(found->sent_at, 4);
  assert_int_equal(found->changed_at, 5);
}

static void
an_empty_payload_comes_back(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("a");

  g_variant_unref(record->payload);
  record->payload = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_int_equal(g_variant_n_children(found->payload), 0);
}

static void
a_damaged_payload_is_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  insert(self, "a", "store", "waiting", 1);
  store_fixture_query(self, "UPDATE sale SET payload = x'ffffff'");
  assert_null(shopcaisse_sales_get(self->database, "a", &error));
  assert_store_error(error, COMPTOIR_ERROR_INVALID);
}

static void
the_same_sale_twice_is_a_conflict(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("a");
  g_autoptr(GError) error = NULL;

  insert(self, "a", "store", "waiting", 1);
  store_fixture_set_text(&record->order_id, "another order");
  assert_false(shopcaisse_sales_insert(self->database, record, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
two_sales_of_one_order_are_a_conflict(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("b");
  g_autoptr(GError) error = NULL;

  insert(self, "a", "store", "waiting", 1);
  store_fixture_set_text(&record->order_id, "order a");
  assert_false(shopcaisse_sales_insert(self->database, record, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
an_unknown_sale_is_null_without_an_error(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_sales_get(self->database, "a", &error));
  assert_no_error(error);
}

static void
an_update_makes_progress(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);

  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(self->database, "a", NULL);

  store_fixture_set_text(&record->state, "sent");
  assert_true(shopcaisse_sales_update(self->database, record, 50, NULL));
  assert_int_equal(record->progress, 2);

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_string_equal(found->state, "sent");
  assert_int_equal(found->progress, 2);
  assert_int_equal(found->changed_at, 50);
}

static void
an_update_outlives_the_process(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);

  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(self->database, "a", NULL);

  assert_true(shopcaisse_sales_update(self->database, record, 50, NULL));
  store_fixture_reopen(self);

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_int_equal(found->progress, 2);
}

static void
an_update_leaves_what_was_told(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);
  assert_true(shopcaisse_sales_mark_told(self->database, "a", 1, NULL));

  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(self->database, "a", NULL);

  record->told = 9;
  assert_true(shopcaisse_sales_update(self->database, record, 50, NULL));

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_int_equal(found->told, 1);
}

static void
an_update_of_no_sale_is_a_conflict(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("a");
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_sales_update(self->database, record, 50, &error));
  assert_store_error(error, COMPTOIR_ERROR_CONFLICT);
}

static void
a_sale_is_found_by_its_other_ids(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) record = build_record("a");

  record->external_id = g_strdup("external");
  record->receipt_id = g_strdup("receipt");
  record->document_id = g_strdup("document");
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));

  g_autoptr(ShopcaisseSaleRecord) by_external =
      shopcaisse_sales_find_external(self->database, "external", NULL);
  g_autoptr(ShopcaisseSaleRecord) by_document =
      shopcaisse_sales_find_receipt(self->database, "document", NULL);
  g_autoptr(ShopcaisseSaleRecord) by_receipt =
      shopcaisse_sales_find_receipt(self->database, "receipt", NULL);

  assert_non_null(by_external);
  assert_non_null(by_receipt);
  assert_string_equal(by_document->document_id, "document");
  assert_null(shopcaisse_sales_find_receipt(self->database, "external", NULL));
}

static void
lists_choose_by_store_state_and_time(void **state)
{
  StoreFixture *self = *state;

  insert(self, "d", "one", "sent", 40);
  insert(self, "a", "one", "sent", 10);
  insert(self, "b", "two", "sent", 20);
  insert(self, "c", "one", "parked", 30);
  assert_listed(self, (ShopcaisseSalesQuery){ 0 }, "abcd");
  assert_listed(self, (ShopcaisseSalesQuery){ .store_id = "one" }, "acd");
  assert_listed(self, (ShopcaisseSalesQuery){ .state = "sent" }, "abd");
  assert_listed(self, (ShopcaisseSalesQuery){ .store_id = "one", .state = "sent" }, "ad");
  assert_listed(self, (ShopcaisseSalesQuery){ .from = 20, .to = 40 }, "bc");
  assert_listed(self, (ShopcaisseSalesQuery){ .offset = 1, .limit = 2 }, "bc");
}

static void
a_new_sale_is_untold(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);

  g_autofree char *ids = take_ids(shopcaisse_sales_list_untold(self->database, 10, NULL));

  assert_string_equal(ids, "a");
}

static void
a_told_sale_is_not_listed_until_it_changes(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);
  assert_true(shopcaisse_sales_mark_told(self->database, "a", 1, NULL));

  g_autofree char *before = take_ids(shopcaisse_sales_list_untold(self->database, 10, NULL));
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(self->database, "a", NULL);

  assert_true(shopcaisse_sales_update(self->database, record, 50, NULL));

  g_autofree char *after = take_ids(shopcaisse_sales_list_untold(self->database, 10, NULL));

  assert_string_equal(before, "");
  assert_string_equal(after, "a");
}

static void
what_was_told_never_goes_back(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "waiting", 1);
  assert_true(shopcaisse_sales_mark_told(self->database, "a", 5, NULL));
  assert_true(shopcaisse_sales_mark_told(self->database, "a", 3, NULL));

  g_autoptr(ShopcaisseSaleRecord) found = shopcaisse_sales_get(self->database, "a", NULL);

  assert_int_equal(found->told, 5);
}

static void
the_oldest_open_order_is_sent_and_not_finalised(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(ShopcaisseSaleRecord) finalised = build_record("f");
  gint64 sold_at = -1;

  store_fixture_set_text(&finalised->store_id, "store");
  store_fixture_set_text(&finalised->state, "sent");
  store_fixture_set_text(&finalised->fiscal, "finalised");
  finalised->sold_at = 5;
  assert_true(shopcaisse_sales_insert(self->database, finalised, NULL));
  insert(self, "w", "store", "waiting", 6);
  insert(self, "c", "store", "cancelled", 7);
  insert(self, "o", "other", "sent", 8);
  insert(self, "a", "store", "sent", 30);
  insert(self, "b", "store", "cancelling", 20);
  assert_true(shopcaisse_sales_oldest_open(self->database, "store", &sold_at, NULL));
  assert_int_equal(sold_at, 20);
}

static void
without_open_orders_the_oldest_is_zero(void **state)
{
  StoreFixture *self = *state;
  gint64 sold_at = -1;

  assert_true(shopcaisse_sales_oldest_open(self->database, "store", &sold_at, NULL));
  assert_int_equal(sold_at, 0);
}

static void
sales_are_counted_by_state(void **state)
{
  StoreFixture *self = *state;

  insert(self, "a", "store", "sent", 1);
  insert(self, "b", "store", "sent", 2);
  insert(self, "c", "store", "held", 3);

  g_autoptr(GVariant) counts = shopcaisse_sales_count(self->database, NULL);
  g_autofree char *text = g_variant_print(counts, FALSE);

  assert_string_equal(text, "{'held': 1, 'sent': 2}");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_sale_comes_back_as_it_was_inserted),
    store_test(an_empty_payload_comes_back),
    store_test(a_damaged_payload_is_an_error),
    store_test(the_same_sale_twice_is_a_conflict),
    store_test(two_sales_of_one_order_are_a_conflict),
    store_test(an_unknown_sale_is_null_without_an_error),
    store_test(an_update_makes_progress),
    store_test(an_update_outlives_the_process),
    store_test(an_update_leaves_what_was_told),
    store_test(an_update_of_no_sale_is_a_conflict),
    store_test(a_sale_is_found_by_its_other_ids),
    store_test(lists_choose_by_store_state_and_time),
    store_test(a_new_sale_is_untold),
    store_test(a_told_sale_is_not_listed_until_it_changes),
    store_test(what_was_told_never_goes_back),
    store_test(the_oldest_open_order_is_sent_and_not_finalised),
    store_test(without_open_orders_the_oldest_is_zero),
    store_test(sales_are_counted_by_state),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
