/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is left to do of an erasure, and where to look for somebody. */
#include "store-fixture.h"
#include "store/erasures.h"
#include "store/sales.h"

#include <string.h>

static void
insert_sale(StoreFixture *self, const char *id)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();

  store_fixture_set_text(&record->sale_id, id);
  store_fixture_set_text(&record->order_id, id);
  record->payload = g_variant_ref_sink(g_variant_new_parsed("{'id': <%s>}", id));
  assert_true(shopcaisse_sales_insert(self->database, record, NULL));
}

static void
append(StoreFixture *self, const char *kind, const char *key, const char *body)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new(kind, key);

  store_fixture_set_text(&job->lane, "lane");
  store_fixture_set_text(&job->subject, "sale-1");
  job->lane_width = 1;
  job->path = g_strdup("/");
  job->body = g_bytes_new(body, strlen(body));
  assert_true(shopcaisse_outbox_append(self->database, job, 1, NULL, NULL));
}

static void
erasure_is_there_until_it_is_removed(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GVariant) customer = g_variant_ref_sink(g_variant_new_parsed("{'email': <'a@b'>}"));
  g_autoptr(GPtrArray) noted = NULL;
  g_autoptr(GPtrArray) forgotten = NULL;
  g_autoptr(GPtrArray) none = NULL;
  gint64 id = 0;

  assert_true(shopcaisse_erasures_add(self->database, customer, &id, NULL));
  store_fixture_reopen(self);
  noted = shopcaisse_erasures_list(self->database, NULL);
  assert_int_equal(noted->len, 1);
  assert_true(g_variant_equal(((ShopcaisseErasure *)noted->pdata[0])->customer, customer));
  assert_true(shopcaisse_erasures_forget(self->database, id, NULL));
  forgotten = shopcaisse_erasures_list(self->database, NULL);
  assert_null(((ShopcaisseErasure *)forgotten->pdata[0])->customer);
  assert_true(shopcaisse_erasures_remove(self->database, id, NULL));
  none = shopcaisse_erasures_list(self->database, NULL);
  assert_int_equal(none->len, 0);
}

static void
sales_are_gone_through_by_their_ids(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) rest = NULL;

  insert_sale(self, "c");
  insert_sale(self, "a");
  insert_sale(self, "b");
  first = shopcaisse_erasures_list_sales(self->database, "", 2, NULL);
  assert_int_equal(first->len, 2);
  assert_string_equal(first->pdata[1], "b");
  rest = shopcaisse_erasures_list_sales(self->database, "b", 2, NULL);
  assert_int_equal(rest->len, 1);
}

static void
orders_that_name_a_customer_are_gone_through(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;
  g_autoptr(GPtrArray) third = NULL;
  gint64 after = 0;

  append(self, "order", "1", "{}");
  append(self, "client", "2", "{\"customer\":{}}");
  append(self, "order", "3", "{\"customer\":{}}");
  first = shopcaisse_erasures_list_orders(self->database, &after, 2, NULL);
  assert_int_equal(first->len, 0);
  second = shopcaisse_erasures_list_orders(self->database, &after, 2, NULL);
  assert_int_equal(second->len, 1);
  third = shopcaisse_erasures_list_orders(self->database, &after, 2, NULL);
  assert_int_equal(third->len, 0);
  assert_int_equal(after, G_MAXINT64);
}

static void
searches_of_a_sale_are_dropped_and_nothing_else(void **state)
{
  StoreFixture *self = *state;

  append(self, "client", "1", "{}");
  append(self, "order", "2", "{}");
  assert_true(shopcaisse_erasures_drop_searches(self->database, "sale-2", NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 2);
  assert_true(shopcaisse_erasures_drop_searches(self->database, "sale-1", NULL));
  assert_int_equal(store_fixture_query(self, "SELECT count(*) FROM outbox"), 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(erasure_is_there_until_it_is_removed),
    store_test(sales_are_gone_through_by_their_ids),
    store_test(orders_that_name_a_customer_are_gone_through),
    store_test(searches_of_a_sale_are_dropped_and_nothing_else),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
