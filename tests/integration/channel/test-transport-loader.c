/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The choice of the transport. The first argument is a module that has the name of libsoup 2. */
#include "channel/transport-loader.h"
#include "error.h"

#include <dlfcn.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
transport_is_found_by_itself(void **state)
{
  g_autoptr(GError) error = NULL;
  assert_non_null(shopcaisse_transport_load(NULL, &error));
  assert_null(error);
  assert_non_null(shopcaisse_transport_load("soup", &error));
}

static void
unknown_transport_is_not_supported(void **state)
{
  g_autoptr(GError) error = NULL;
  assert_null(shopcaisse_transport_load("pigeon", &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
}

static void
missing_module_is_not_supported(void **state)
{
  g_autofree char *path = g_strdup(g_getenv("SHOPCAISSE_NET_PATH"));
  g_autoptr(GError) error = NULL;
  g_setenv("SHOPCAISSE_NET_PATH", "/nowhere", TRUE);

  assert_null(shopcaisse_transport_load(NULL, &error));

  g_setenv("SHOPCAISSE_NET_PATH", path, TRUE);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
}

static void
process_with_libsoup_2_is_refused(void **state)
{
  const char *rival = *state;
  g_autoptr(GError) error = NULL;
  void *handle = dlopen(rival, RTLD_NOW | RTLD_LOCAL);
  assert_non_null(handle);

  assert_null(shopcaisse_transport_load(NULL, &error));

  dlclose(handle);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION));
  assert_string_equal(error->message,
                      "this host already uses libsoup 2; the curl transport is needed");
}

int
main(int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(transport_is_found_by_itself),
    cmocka_unit_test(unknown_transport_is_not_supported),
    cmocka_unit_test(missing_module_is_not_supported),
    cmocka_unit_test_prestate(process_with_libsoup_2_is_refused, argv[argc - 1]),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
