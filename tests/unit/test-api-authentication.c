/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service's word on a token, and what permission nodes cover. */
#include "answer.h"
#include "api/authentication.h"
#include "error.h"

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
request_asks_for_the_token(void **state)
{
  g_autoptr(ShopcaisseRequest) request = shopcaisse_authentication_request();

  assert_int_equal(request->method, SHOPCAISSE_METHOD_GET);
  assert_string_equal(request->path, "/v1/authentication");
  assert_null(request->body);
  assert_int_equal(request->timeout_ms, SHOPCAISSE_REQUEST_TIMEOUT_MS);
}

static void
answer_is_read_without_its_token(void **state)
{
  g_autoptr(GBytes) body = answer_load("authentication.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_authentication_parse(body, &error);

  assert_null(error);
  assert_string_equal(grant->application_id, "5f0a9d10-2222-4b2b-8b22-000000000002");
  assert_null(grant->environment);
  assert_int_equal(grant->issued_at, -1);
  assert_int_equal(g_strv_length(grant->resources), 2);
  assert_string_equal(grant->resources[0], "company.0c000000-0000-4000-8000-000000000001");
  assert_int_equal(g_strv_length(grant->permissions), 3);
}

static void
other_objects_are_no_answer(void **state)
{
  static const char *const texts[] = { "{}",
                                       "{'status':'ok'}",
                                       "[]",
                                       "{'bundle':[]}",
                                       "{'applicationId':7}",
                                       "{'bundle':{'resources':5}}",
                                       "{'bundle':{'resources':[5]}}",
                                       "{'bundle':{'permissions':[]}}" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;
    g_autoptr(ShopcaisseGrant) grant = shopcaisse_authentication_parse(body, &error);

    assert_null(grant);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

static void
nodes_cover_what_is_below_them(void **state)
{
  static const struct {
    const char *granted;
    const char *wanted;
    gboolean is_allowed;
  } cases[] = {
    { "company.*.items.read", "company.*.items.read", TRUE },
    { "company.*.items", "company.*.items.read", TRUE },
    { "company.*.items", "company.*.items", TRUE },
    { "company.*.items.read", "company.*.items", FALSE },
    { "company.*.items.read", "company.*.items.write", FALSE },
    { "company.*.item", "company.*.items.read", FALSE },
    { "store.*.*", "store.*.orders.write", TRUE },
    { "store.*.*", "store.*.orders.cancel", TRUE },
    { "store.*.*", "company.*.items.read", FALSE },
    { "store.*.orders.*", "store.*.orders.cancel", TRUE },
    { "store.*.orders.write", "store.*.orders.cancel", FALSE },
    { "company.items.read", "company.*.items.read", TRUE },
    { "company.*.items", "company.items.read", TRUE },
    { "", "store.*.orders.write", FALSE },
    { "*", "store.*.orders.write", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *permissions[] = { (char *)cases[i].granted, NULL };
    ShopcaisseGrant grant = { .permissions = permissions };

    assert_int_equal(shopcaisse_grant_allows(&grant, cases[i].wanted), cases[i].is_allowed);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(request_asks_for_the_token),
    cmocka_unit_test(answer_is_read_without_its_token),
    cmocka_unit_test(other_objects_are_no_answer),
    cmocka_unit_test(nodes_cover_what_is_below_them),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
