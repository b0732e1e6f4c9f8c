/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The choice of the transport. The first argument is a module that has the name of libsoup 2. */
#include "channel/transport-loader.h"
#include "error.h"

#include <dlfcn.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* Which module it was; its `open` says so. */
static char *
dup_name(ShopcaisseTransportOpenFunc open_transport)
{
  g_autoptr(GError) error = NULL;
  if (open_transport == NULL)
    return NULL;
  assert_null(open_transport(&(ShopcaisseTransportConfig){ .base_url = "" }, &error));
  return g_strdup(strrchr(error->message, ' ') + 1);
}

static void
assert_loads(const char *choice, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *found = dup_name(shopcaisse_transport_load(choice, &error));
  assert_null(error);
  assert_non_null(found);
  assert_string_equal(found, name);
}

static void
assert_refused(const char *choice, ComptoirError code)
{
  g_autoptr(GError) error = NULL;
  assert_null(shopcaisse_transport_load(choice, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, code));
}

static void
soup_is_found_by_itself(void **state)
{
  g_autoptr(GError) error = NULL;
  assert_true(shopcaisse_transport_prepare(&error));
  assert_null(error);
  assert_loads(NULL, "soup");
  assert_loads("auto", "soup");
}

static void
each_transport_is_found_by_its_name(void **state)
{
  assert_loads("soup", "soup");
  assert_loads("curl", "curl");
}

static void
unknown_transport_is_not_supported(void **state)
{
  assert_refused("pigeon", COMPTOIR_ERROR_NOT_SUPPORTED);
}

static void
missing_module_is_not_supported(void **state)
{
  g_autofree char *path = g_strdup(g_getenv("SHOPCAISSE_NET_PATH"));
  g_autoptr(GError) error = NULL;
  g_setenv("SHOPCAISSE_NET_PATH", "/nowhere", TRUE);

  assert_refused(NULL, COMPTOIR_ERROR_NOT_SUPPORTED);
  assert_refused("soup", COMPTOIR_ERROR_NOT_SUPPORTED);
  assert_false(shopcaisse_transport_prepare(&error));

  g_setenv("SHOPCAISSE_NET_PATH", path, TRUE);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
}

static void
process_with_libsoup_2_gets_curl(void **state)
{
  void *handle = dlopen(*state, RTLD_NOW | RTLD_LOCAL);
  assert_non_null(handle);

  assert_loads(NULL, "curl");
  assert_loads("auto", "curl");
  assert_loads("curl", "curl");

  dlclose(handle);
}

static void
process_with_libsoup_2_is_refused_soup(void **state)
{
  g_autoptr(GError) error = NULL;
  void *handle = dlopen(*state, RTLD_NOW | RTLD_LOCAL);
  assert_non_null(handle);

  assert_null(shopcaisse_transport_load("soup", &error));

  dlclose(handle);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION));
  assert_string_equal(error->message,
                      "this host already uses libsoup 2; the curl transport is needed");
}

int
main(int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(soup_is_found_by_itself),
    cmocka_unit_test(each_transport_is_found_by_its_name),
    cmocka_unit_test(unknown_transport_is_not_supported),
    cmocka_unit_test(missing_module_is_not_supported),
    cmocka_unit_test_prestate(process_with_libsoup_2_gets_curl, argv[argc - 1]),
    cmocka_unit_test_prestate(process_with_libsoup_2_is_refused_soup, argv[argc - 1]),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
