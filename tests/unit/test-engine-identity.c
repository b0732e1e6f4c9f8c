/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The same sale is the same order everywhere; two sales never are. */
#include "engine/identity.h"
#include "tests/repeat.h"

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
id_is_the_same_on_every_computer(void **state)
{
  g_autofree char *id = shopcaisse_identity_order_id("instance-1", "sale-1", 0);

  (void)state;
  /* Computed apart, with SHA-1 over the two name spaces: it may never change. */
  assert_string_equal(id, "227ff490-76cb-5c5d-af45-395d280618a6");
}

static void
id_is_an_rfc_4122_uuid_of_version_5(void **state)
{
  (void)state;
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *sale = g_strdup_printf("sale-%u", i);
    g_autofree char *id = shopcaisse_identity_order_id("instance-1", sale, i % 3);

    assert_true(g_uuid_string_is_valid(id));
    assert_int_equal(id[14], '5');
    assert_non_null(strchr("89ab", id[19]));
  }
}

static void
other_instance_is_another_id(void **state)
{
  g_autofree char *one = shopcaisse_identity_order_id("instance-1", "sale-1", 0);
  g_autofree char *other = shopcaisse_identity_order_id("instance-2", "sale-1", 0);

  (void)state;
  assert_string_not_equal(one, other);
}

static void
other_generation_is_another_id(void **state)
{
  g_autofree char *zero = shopcaisse_identity_order_id("instance-1", "sale-1", 0);
  g_autofree char *one = shopcaisse_identity_order_id("instance-1", "sale-1", 1);
  g_autofree char *two = shopcaisse_identity_order_id("instance-1", "sale-1", 2);

  (void)state;
  assert_string_not_equal(zero, one);
  assert_string_not_equal(one, two);
  assert_string_not_equal(zero, two);
}

static void
generation_is_no_part_of_the_sales_name(void **state)
{
  g_autofree char *one = shopcaisse_identity_order_id("instance-1", "sale-1", 1);
  g_autofree char *other = shopcaisse_identity_order_id("instance-1", "sale-11", 0);

  (void)state;
  assert_string_not_equal(one, other);
}

static void
hundred_thousand_sales_have_as_many_ids(void **state)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

  (void)state;
  for (guint i = 0; i < repeat(100000); i++) {
    g_autofree char *sale = g_strdup_printf("%u", i);

    assert_true(g_hash_table_add(ids, shopcaisse_identity_order_id("instance-1", sale, 0)));
  }
}

static void
discriminator_is_till_and_time(void **state)
{
  ShopcaisseSale sale = { .till = (char *)"till-1",
                          .sold_at = G_GINT64_CONSTANT(1772445600000000) };
  g_autofree char *text = shopcaisse_identity_discriminator(&sale);

  (void)state;
  assert_string_equal(text, "till-1 2026-03-02T10:00:00Z");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(id_is_the_same_on_every_computer),
    cmocka_unit_test(id_is_an_rfc_4122_uuid_of_version_5),
    cmocka_unit_test(other_instance_is_another_id),
    cmocka_unit_test(other_generation_is_another_id),
    cmocka_unit_test(generation_is_no_part_of_the_sales_name),
    cmocka_unit_test(hundred_thousand_sales_have_as_many_ids),
    cmocka_unit_test(discriminator_is_till_and_time),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
