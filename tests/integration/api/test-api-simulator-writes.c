/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is written, and read again: items, prices, customers; and an order that is checked. The
 * simulator erases what a PUT leaves out. */
#include "api/catalogue.h"
#include "api/clients.h"
#include "api/item-write.h"
#include "api/orders.h"
#include "api/price-write.h"
#include "exchange.h"

#include <locale.h>
#include <string.h>

static ShopcaisseItem *
make_item(const Fixture *self)
{
  static const ShopcaisseItemDraft draft = { .name = "Tarte citron",
                                             .price_minor = 435,
                                             .vat_on_site_bp = 1000,
                                             .vat_take_away_bp = 550,
                                             .reference = "TC-01",
                                             .barcode = "0012345678905",
                                             .description = "maison" };
  g_autoptr(GBytes) body = shopcaisse_item_build(&draft, SHOPCAISSE_FORM_DECIMAL);
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_item_create_request(self->company, body), 201);
  ShopcaisseItem *item = shopcaisse_item_parse(answer, NULL);

  assert_non_null(item);
  return item;
}

static void
new_item_is_what_was_meant(void **state)
{
  g_autoptr(ShopcaisseItem) item = make_item(*state);

  assert_string_equal(item->name, "Tarte citron");
  assert_int_equal(item->price_minor, 435);
  assert_int_equal(item->vat_on_site_bp, 1000);
  assert_int_equal(item->vat_take_away_bp, 550);
  assert_string_equal(item->barcodes[0], "0012345678905");
  assert_int_equal(item->type, SHOPCAISSE_ITEM_SIMPLE);
}

static void
changed_item_keeps_what_was_not_changed(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseItem) made = make_item(self);
  g_autoptr(GBytes) read = exchange(self, shopcaisse_item_request(self->company, made->id), 200);
  ShopcaisseItemChanges changes = { .name = "Tarte au citron" };
  g_autoptr(GBytes) body = shopcaisse_item_edit(read, &changes, NULL);
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_item_edit_request(self->company, made->id, body), 200);
  g_autoptr(ShopcaisseItem) item = shopcaisse_item_parse(answer, NULL);

  assert_non_null(item);
  assert_string_equal(item->name, "Tarte au citron");
  assert_string_equal(item->reference, "TC-01");
  assert_string_equal(item->description, "maison");
  assert_int_equal(item->price_minor, 435);
}

static void
deleted_item_says_so(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseItem) made = make_item(self);
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_item_delete_request(self->company, made->id), 200);
  g_autoptr(ShopcaisseItem) item = shopcaisse_item_parse(answer, NULL);

  assert_non_null(item);
  assert_true(item->deleted);
}

static GPtrArray *
make_prices(const char *item_id, gint64 minor)
{
  GPtrArray *prices = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_price_free);
  ShopcaissePrice *price = g_new0(ShopcaissePrice, 1);

  price->item_id = g_strdup(item_id);
  price->has_price = TRUE;
  price->price_minor = minor;
  g_ptr_array_add(prices, price);
  return prices;
}

static ShopcaissePriceList *
make_list(const Fixture *self, const char *item_id, gint64 minor)
{
  g_autoptr(GPtrArray) prices = make_prices(item_id, minor);
  ShopcaissePriceListDraft draft = { .store_id = self->store,
                                     .name = "Terrasse",
                                     .prices = prices };
  g_autoptr(GBytes) answer = exchange(
      self, shopcaisse_price_list_create_request(self->company, &draft, SHOPCAISSE_FORM_DECIMAL),
      201);
  ShopcaissePriceList *list = shopcaisse_price_list_parse(answer, NULL);

  assert_non_null(list);
  return list;
}

/* The only price of a list. */
static gint64
read_price(const Fixture *self, const char *list_id)
{
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_prices_request(self->company, list_id, 0, 1000), 200);
  g_autoptr(ShopcaissePage) page = shopcaisse_prices_parse(answer, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 1);
  return ((ShopcaissePrice *)page->rows->pdata[0])->price_minor;
}

static void
new_list_has_its_prices(void **state)
{
  const Fixture *self = *state;
  g_autofree char *item = find_item(self, "mustard");
  g_autoptr(ShopcaissePriceList) list = make_list(self, item, 1);

  assert_string_equal(list->store_id, self->store);
  assert_int_equal(read_price(self, list->id), 1);
}

static void
price_that_is_set_is_read_again_to_the_cent(void **state)
{
  static const gint64 amounts[] = { 0, 1, 29, 57, 115, 435, 999999, 99999999 };
  const Fixture *self = *state;
  g_autofree char *item = find_item(self, "mustard");
  g_autoptr(ShopcaissePriceList) list = make_list(self, item, 5);

  for (gsize i = 0; i < G_N_ELEMENTS(amounts); i++) {
    g_autoptr(GBytes) body = shopcaisse_price_build(amounts[i], SHOPCAISSE_FORM_DECIMAL);
    g_autoptr(GBytes) answer =
        exchange(self, shopcaisse_price_put_request(self->company, list->id, item, body), 200);
    g_autoptr(ShopcaissePrice) price = shopcaisse_price_parse(answer, NULL);

    assert_non_null(price);
    assert_int_equal(price->price_minor, amounts[i]);
    assert_int_equal(read_price(self, list->id), amounts[i]);
  }
}

static void
many_prices_are_set_in_one_call(void **state)
{
  const Fixture *self = *state;
  g_autofree char *item = find_item(self, "mustard");
  g_autoptr(ShopcaissePriceList) list = make_list(self, item, 5);
  g_autoptr(GPtrArray) prices = make_prices(item, 430);
  g_autoptr(GBytes) body = shopcaisse_prices_build(prices, SHOPCAISSE_FORM_DECIMAL);
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_prices_put_request(self->company, list->id, body), 200);
  g_autoptr(ShopcaissePage) page = shopcaisse_written_prices_parse(answer, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 1);
  assert_int_equal(read_price(self, list->id), 430);
}

static ShopcaisseClient *
make_client(const Fixture *self)
{
  ShopcaisseClient draft = { .last_name = (char *)"Exemple", .email = (char *)"a@example.org" };
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_client_create_request(self->store, &draft), 201);
  ShopcaisseClient *client = shopcaisse_client_parse(answer, NULL);

  assert_non_null(client);
  return client;
}

static void
changed_customer_keeps_what_was_not_changed(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseClient) made = make_client(self);
  g_autoptr(GBytes) read = exchange(self, shopcaisse_client_request(self->store, made->id), 200);
  ShopcaisseClient wanted = { .email = (char *)"b@example.org" };
  g_autoptr(GBytes) body = shopcaisse_client_edit(read, &wanted, NULL);
  g_autoptr(GBytes) answer =
      exchange(self, shopcaisse_client_edit_request(self->store, made->id, body), 200);
  g_autoptr(ShopcaisseClient) client = shopcaisse_client_parse(answer, NULL);

  assert_non_null(client);
  assert_string_equal(client->id, made->id);
  assert_string_equal(client->last_name, "Exemple");
  assert_string_equal(client->email, "b@example.org");
}

static void
deleted_customer_is_in_no_page(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseClient) made = make_client(self);
  g_autoptr(GBytes) deleted =
      exchange(self, shopcaisse_client_delete_request(self->store, made->id), 200);
  g_autoptr(GBytes) answer = exchange(self, shopcaisse_clients_request(self->store, 0), 200);
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(answer, NULL);

  assert_non_null(deleted);
  assert_non_null(page);
  assert_int_equal(page->rejected->len, 0);
  assert_true(page->rows->len > 0);
  for (guint i = 0; i < page->rows->len; i++)
    assert_string_not_equal(((ShopcaisseClient *)page->rows->pdata[i])->id, made->id);
}

static GBytes *
build_draft(const Fixture *self)
{
  g_autoptr(ShopcaisseOrderDraft) draft = g_new0(ShopcaisseOrderDraft, 1);
  ShopcaisseOrderLine *line = g_new0(ShopcaisseOrderLine, 1);
  ShopcaisseOrderPayment payment = { 795, TRUE };

  draft->channel = "COMPTOIR";
  draft->sub_channel = "COMPTOIR_SHOP";
  draft->order_id = g_strdup("order-1");
  draft->discriminator = g_strdup("till-1/1");
  draft->display_id = g_strdup("1");
  draft->type = SHOPCAISSE_ORDER_TYPE_PICKUP;
  line->item_id = find_item(self, "mustard");
  line->name = g_strdup("Moutarde");
  line->type = SHOPCAISSE_ITEM_SIMPLE;
  line->unit_minor = 795;
  line->quantity_milli = 1000;
  draft->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  g_ptr_array_add(draft->lines, line);
  draft->payments = g_array_new(FALSE, FALSE, sizeof(ShopcaisseOrderPayment));
  g_array_append_val(draft->payments, payment);
  return shopcaisse_order_build(draft, SHOPCAISSE_FORM_DECIMAL);
}

static ShopcaisseVerification
verify(const Fixture *self, ShopcaisseOrderEcho **echo)
{
  g_autofree char *path = shopcaisse_order_verify_path(self->store, self->pos, NULL);
  g_autoptr(GBytes) body = build_draft(self);
  g_autoptr(GBytes) answer = exchange(self, shopcaisse_order_create_request(path, body), 200);
  ShopcaisseVerification verification = SHOPCAISSE_VERIFICATION_SILENT;

  assert_true(shopcaisse_order_verify_parse(answer, &verification, echo, NULL));
  return verification;
}

static void
checked_order_is_not_there(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;

  assert_int_equal(verify(self, &echo), SHOPCAISSE_VERIFICATION_SILENT);
  assert_null(echo);
  assert_int_equal(count(self, "orders"), 0);
}

static void
checked_order_that_comes_back_can_be_compared(void **state)
{
  const Fixture *self = *state;
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;

  set_switch(self, "verify_answer", "order");
  assert_int_equal(verify(self, &echo), SHOPCAISSE_VERIFICATION_ECHO);
  assert_true(echo->has_amounts);
  assert_string_equal(echo->order_id, "order-1");
  assert_int_equal(count(self, "orders"), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(new_item_is_what_was_meant, fixture_reset),
    cmocka_unit_test_setup(changed_item_keeps_what_was_not_changed, fixture_reset),
    cmocka_unit_test_setup(deleted_item_says_so, fixture_reset),
    cmocka_unit_test_setup(new_list_has_its_prices, fixture_reset),
    cmocka_unit_test_setup(price_that_is_set_is_read_again_to_the_cent, fixture_reset),
    cmocka_unit_test_setup(many_prices_are_set_in_one_call, fixture_reset),
    cmocka_unit_test_setup(changed_customer_keeps_what_was_not_changed, fixture_reset),
    cmocka_unit_test_setup(deleted_customer_is_in_no_page, fixture_reset),
    cmocka_unit_test_setup(checked_order_is_not_there, fixture_reset),
    cmocka_unit_test_setup(checked_order_that_comes_back_can_be_compared, fixture_reset),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, fixture_set_up_group, fixture_tear_down_group);
}
