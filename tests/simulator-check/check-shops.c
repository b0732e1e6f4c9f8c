/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two shops, generated items and stores, and the command line. */

#include "checks.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
gift_shop_has_the_known_oddities(void **state)
{
  (void)state;
  const char *const arguments[] = { "--set", "odd_fields=off", NULL };
  Fixture *self = fixture_new(arguments);
  g_autoptr(HttpReply) reply =
      api(self, "GET", "/v1/companies/%s/items?pageSize=1000", self->company);
  json_t *items = value_at(reply->json, "items");
  guint n_deleted = 0, n_free = 0, n_weight = 0, n_374 = 0, n_no_vat = 0, n_children = 0,
        n_packs = 0, n_no_family = 0, n_unpriced = 0;
  for (gsize i = 0; i < json_array_size(items); i++) {
    const json_t *item = json_array_get(items, i);
    n_deleted += json_is_true(value_at(item, "delete"));
    n_free += number_at(item, "defaultPrice") == 0;
    n_weight += g_str_equal(text_at(item, "unit"), "KILOGRAM");
    n_374 += g_str_has_prefix(text_at(item, "barcodes.0"), "374");
    n_no_vat += json_is_null(value_at(item, "vatOnSite"));
    n_children += g_str_equal(text_at(item, "type"), "VARIATION") && *text_at(item, "parentItem");
    n_packs += g_str_equal(text_at(item, "type"), "PACK");
    n_no_family += json_is_null(value_at(item, "family"));
    n_unpriced += value_at(item, "priceCollections.1.price") == NULL;
  }
  assert_true(n_deleted >= 1 && n_free >= 2 && n_weight >= 1 && n_374 >= 15 && n_no_vat >= 1);
  assert_true(n_children >= 8 && n_packs >= 2 && n_no_family >= 1 && n_unpriced >= 2);
  fixture_free(self);
}

static void
snack_bar_has_menus_modifiers_and_two_rates(void **state)
{
  (void)state;
  const char *const arguments[] = { "--shop", "snack", "--set", "odd_fields=off", NULL };
  Fixture *self = fixture_new(arguments);
  g_autofree char *menu = find_item(self, "menu-burger");
  g_autoptr(HttpReply) item = api(self, "GET", "/v1/companies/%s/items/%s", self->company, menu);
  assert_int_equal(json_array_size(value_at(item->json, "productMenuSteps")), 3);
  assert_true(number_at(item->json, "vatOnSite.rate") == 0.12);
  assert_true(number_at(item->json, "vatTakeAway.rate") == 0.06);
  assert_string_equal(text_at(item->json, "vatOnSite.code"), "B");
  g_autoptr(HttpReply) groups =
      api(self, "GET", "/v1/companies/%s/modifiergroups?pageSize=1000", self->company);
  assert_int_equal((int)number_at(groups->json, "items.0.modifiers.0.maxSelect"), 2);
  assert_string_equal(text_at(groups->json, "items.0.modifiers.0.name"), "");
  g_autoptr(HttpReply) menus = api(self, "GET", "/v1/companies/%s/menus", self->company);
  assert_int_equal(json_array_size(value_at(menus->json, "unavailabilities")), 2);
  g_autoptr(HttpReply) lists =
      api(self, "GET", "/v1/companies/%s/prices?pageSize=25", self->company);
  assert_int_equal(json_array_size(value_at(lists->json, "items")), 2);
  g_autoptr(HttpReply) pos = api(self, "GET", "/v1/pos?pageSize=25");
  assert_int_equal(json_array_size(value_at(pos->json, "items")), 2);
  fixture_free(self);
}

static void
order_with_children_in_the_snack_bar(void **state)
{
  (void)state;
  const char *const arguments[] = { "--shop", "snack", NULL };
  Fixture *self = fixture_new(arguments);
  g_autofree char *sauce = find_item(self, "mod-andalouse");
  g_autofree char *body = build_order(
      self, &(Wish){ .item = "fricadelle", .price = "2.4", .quantity = "2", .payment = "6.6" });
  g_autofree char *children = g_strdup_printf(
      "\"children\":[{\"itemId\":\"%s\",\"name\":\"Andalouse\",\"price\":0.9,\"quantity\":1,"
      "\"productType\":\"MODIFIER\"}]",
      sauce);
  g_auto(GStrv) parts = g_strsplit(body, "\"children\":[]", 2);
  g_autofree char *order = g_strjoinv(children, parts);
  g_autoptr(HttpReply) without = api_body(self, "POST", order, "/v1/stores/%s/orders", self->store);
  assert_int_equal(without->status, 400);
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", order, "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_int_equal(reply->status, 201);
  assert_true(number_at(reply->json, "items.0.children.0.price") == 90);
  control_done(self, "POST", "/tap", "{\"tap\":\"ingest\"}");
  control_done(self, "POST", "/tap", "{\"tap\":\"process\"}");
  json_t *sales = control(self, "GET", "/sales", NULL);
  assert_true(number_at(sales, "sales.0.totalPrice.vatIncluded") == 6.6);
  assert_true(number_at(sales, "sales.0.lines.1.price.vatRate") == 0.06);
  json_decref(sales);
  fixture_free(self);
}

static void
sixty_stores_need_three_pages(void **state)
{
  (void)state;
  const char *const arguments[] = { "--stores", "59", NULL };
  Fixture *self = fixture_new(arguments);
  static const guint expected[] = { 25, 25, 10 };
  for (guint page = 0; page < 3; page++) {
    g_autoptr(HttpReply) reply = api(self, "GET", "/v1/stores?page=%u&pageSize=25", page);
    assert_int_equal(json_array_size(value_at(reply->json, "items")), expected[page]);
    assert_int_equal(json_is_true(value_at(reply->json, "hasNextPage")), page < 2);
  }
  fixture_free(self);
}

static void
generated_items_follow_the_seed(void **state)
{
  (void)state;
  const char *const arguments[] = { "--items", "3000", "--seed", "5", NULL };
  Fixture *first = fixture_new(arguments);
  Fixture *second = fixture_new(arguments);
  assert_string_equal(first->token, second->token);
  assert_true(count(first, "items") > 3000);
  g_autoptr(HttpReply) one =
      api(first, "GET", "/v1/companies/%s/items?page=2&pageSize=1000", first->company);
  g_autoptr(HttpReply) two =
      api(second, "GET", "/v1/companies/%s/items?page=2&pageSize=1000", first->company);
  assert_int_equal(json_array_size(value_at(one->json, "items")), 1000);
  assert_int_equal(one->body->len, two->body->len);
  assert_memory_equal(one->body->data, two->body->data, one->body->len);
  fixture_free(first);
  fixture_free(second);
}

static void
shop_of_ones_own_is_read(void **state)
{
  (void)state;
  static const char shop[] =
      "{\"name\":\"own\",\"companies\":[{\"name\":\"C\",\"stores\":[{\"name\":\"S\","
      "\"poss\":[{\"name\":\"P\"}]}]}],\"items\":[{\"key\":\"a\",\"name\":\"A\","
      "\"price\":1.5,\"id\":\"my-id\"}]}";
  g_autofree char *path = g_build_filename(g_get_tmp_dir(), "own-shop-XXXXXX", NULL);
  int fd = g_mkstemp(path);
  assert_true(fd >= 0);
  g_close(fd, NULL);
  assert_true(g_file_set_contents(path, shop, -1, NULL));
  const char *const arguments[] = { "--shop", path, NULL };
  Fixture *self = fixture_new(arguments);
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/companies/%s/items/my-id", self->company);
  assert_true(number_at(reply->json, "defaultPrice") == 1.5);
  fixture_free(self);
  g_unlink(path);
}

static void
command_line_explains_itself(void **state)
{
  (void)state;
  static const char *const help[] = { "--help", NULL };
  static const char *const switches[] = { "--list-switches", NULL };
  static const char *const wrong[] = { "--set", "money=gold", NULL };
  g_autofree char *help_text = NULL;
  g_autofree char *switch_text = NULL;
  g_autofree char *nothing = NULL;
  assert_int_equal(process_run(help, &help_text), 0);
  assert_non_null(strstr(help_text, "--ready-fd"));
  assert_int_equal(process_run(switches, &switch_text), 0);
  assert_non_null(strstr(switch_text, "money=spec|decimal|decimal-digits|cents"));
  assert_int_equal(process_run(wrong, &nothing), 1);
  assert_string_equal(nothing, "");
}

static void
manual_names_every_switch(void **state)
{
  (void)state;
  static const char *const arguments[] = { "--list-switches", NULL };
  g_autofree char *list = NULL;
  g_autofree char *manual = NULL;
  assert_int_equal(process_run(arguments, &list), 0);
  assert_true(g_file_get_contents(g_getenv("MANUAL"), &manual, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] == ' ' || lines[i][0] == '\0')
      continue;
    *strchr(lines[i], '=') = '\0';
    g_autofree char *cell = g_strdup_printf("| `%s` |", lines[i]);
    if (strstr(manual, cell) == NULL)
      fail_msg("the manual does not name %s", lines[i]);
  }
}

int
check_shops(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(gift_shop_has_the_known_oddities),
    cmocka_unit_test(snack_bar_has_menus_modifiers_and_two_rates),
    cmocka_unit_test(order_with_children_in_the_snack_bar),
    cmocka_unit_test(sixty_stores_need_three_pages),
    cmocka_unit_test(generated_items_follow_the_seed),
    cmocka_unit_test(shop_of_ones_own_is_read),
    cmocka_unit_test(command_line_explains_itself),
    cmocka_unit_test(manual_names_every_switch),
  };
  return cmocka_run_group_tests_name("shops", tests, NULL, NULL);
}
