/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making, changing and deleting items. */
#include "answer.h"
#include "api/item-write.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_request(ShopcaisseRequest *request, ShopcaisseMethod method, const char *path)
{
  assert_non_null(request);
  assert_int_equal(request->method, method);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static char *
get_text(GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);

  return g_strndup(data, size);
}

static void
assert_body(GBytes *body, const char *text)
{
  g_autofree char *found = get_text(body);

  assert_string_equal(found, text);
  g_bytes_unref(body);
}

static ShopcaisseItemDraft
make_draft(void)
{
  ShopcaisseItemDraft draft = { .name = "Tarte \"citron\"",
                                .price_minor = 390,
                                .vat_on_site_bp = 1000,
                                .vat_take_away_bp = 550,
                                .text_lines = { "Tarte", "citron" },
                                .reference = "TC-01",
                                .barcode = "0012345678905",
                                .description = "maison",
                                .family_id = "family-1" };

  return draft;
}

static void
requests_name_company_and_item(void **state)
{
  g_autoptr(GBytes) body = answer_quoted("{}");

  assert_request(shopcaisse_item_create_request("c/1", body), SHOPCAISSE_METHOD_POST,
                 "/v1/companies/c%2F1/items");
  assert_request(shopcaisse_item_edit_request("c", "3d0fS", body), SHOPCAISSE_METHOD_PUT,
                 "/v1/companies/c/items/3d0fS");
  assert_request(shopcaisse_item_delete_request("c", "a b"), SHOPCAISSE_METHOD_DELETE,
                 "/v1/companies/c/items/a%20b");
}

static void
new_item_is_the_file(void **state)
{
  ShopcaisseItemDraft draft = make_draft();
  g_autoptr(GBytes) file = answer_load("item-request.json");
  g_autofree char *text = get_text(file);

  assert_body(shopcaisse_item_build(&draft, SHOPCAISSE_FORM_DECIMAL), g_strchomp(text));
}

static void
smallest_item_has_both_rates(void **state)
{
  ShopcaisseItemDraft draft = { .name = "Sac", .price_minor = 10, .vat_on_site_bp = 2000 };

  assert_body(shopcaisse_item_build(&draft, SHOPCAISSE_FORM_DECIMAL),
              "{\"name\":\"Sac\",\"price\":0.10,\"vatOnSite\":0.2,\"vatTakeAway\":0}");
}

static void
unit_of_the_price_is_the_callers_to_say(void **state)
{
  ShopcaisseItemDraft draft = make_draft();
  g_autoptr(GBytes) body = shopcaisse_item_build(&draft, SHOPCAISSE_FORM_MINOR);
  g_autofree char *text = get_text(body);

  assert_non_null(strstr(text, "\"price\":390,"));
}

static void
change_keeps_what_is_not_known_to_the_byte(void **state)
{
  g_autoptr(GBytes) read = answer_quoted(
      "{ 'id' : 'i', 'name':'Tarte', 'defaultPrice': 3.900, 'nutriScore':{'a':[1,'}',null]},\n"
      " 'big':12345678901234567890.5, 'reference':'' , 'vatOnSite':{'rate':0.10} }");
  ShopcaisseItemChanges changes = { .name = "Tarte citron", .text_lines = { "Tarte", "citron" } };

  assert_body(shopcaisse_item_edit(read, &changes, NULL),
              "{\"id\" : \"i\",\"name\":\"Tarte citron\",\"defaultPrice\": 3.900,"
              "\"nutriScore\":{\"a\":[1,\"}\",null]},\"big\":12345678901234567890.5,"
              "\"reference\":\"\" ,\"vatOnSite\":{\"rate\":0.10} ,"
              "\"textLines\":[\"Tarte\",\"citron\"]}");
}

static void
each_of_the_five_texts_can_be_changed(void **state)
{
  g_autoptr(GBytes) read = answer_quoted("{'id':'i'}");
  ShopcaisseItemChanges changes = { .name = "a",
                                    .text_lines = { "b", "" },
                                    .description = "c",
                                    .long_description = "d",
                                    .reference = "" };

  assert_body(shopcaisse_item_edit(read, &changes, NULL),
              "{\"id\":\"i\",\"name\":\"a\",\"textLines\":[\"b\",\"\"],\"description\":\"c\","
              "\"longDescription\":\"d\",\"reference\":\"\"}");
}

static void
changing_nothing_sends_what_was_read(void **state)
{
  g_autoptr(GBytes) read = answer_quoted("{'id':'i','name':'Tarte','x':0.1}");
  ShopcaisseItemChanges changes = { .name = NULL };

  assert_body(shopcaisse_item_edit(read, &changes, NULL),
              "{\"id\":\"i\",\"name\":\"Tarte\",\"x\":0.1}");
}

static void
what_is_no_item_is_not_changed(void **state)
{
  static const char *const texts[] = { "{'name':'Tarte'}", "[]", "", "{'id':'i','id':'j'}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) read = answer_quoted(texts[i]);
    ShopcaisseItemChanges changes = { .name = "Tarte citron" };
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_item_edit(read, &changes, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_company_and_item),
    cmocka_unit_test(new_item_is_the_file),
    cmocka_unit_test(smallest_item_has_both_rates),
    cmocka_unit_test(unit_of_the_price_is_the_callers_to_say),
    cmocka_unit_test(change_keeps_what_is_not_known_to_the_byte),
    cmocka_unit_test(each_of_the_five_texts_can_be_changed),
    cmocka_unit_test(changing_nothing_sends_what_was_read),
    cmocka_unit_test(what_is_no_item_is_not_changed),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
