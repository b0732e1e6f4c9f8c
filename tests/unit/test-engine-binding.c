/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A store is taken when it is chosen, given back when another is. */
#include "engine-lists.h"
#include "store/bindings.h"

#include <glib/gstdio.h>
#include <string.h>

static void
furnish(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  bench->bindings = g_build_filename(bench->parent, "bindings", NULL);
}

/* Another profile of this computer. */
static ShopcaisseBindings *
open_rival(Bench *bench)
{
  g_autofree char *folder = g_build_filename(bench->parent, "rival", NULL);
  ShopcaisseBindingOwner owner = {
    .folder = bench->bindings,
    .instance_id = "instance-2",
    .profile_folder = folder,
    .host = "Rival",
    .location = "Roubaix",
  };

  (void)g_mkdir(folder, 0700);
  return shopcaisse_bindings_new(&owner);
}

static BenchAnswer *
choose(Bench *bench, const char *store_id)
{
  return bench_perform_row(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                           g_variant_new_parsed("{'store': <%s>}", store_id));
}

static void
chosen_store_is_refused_to_another_profile(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;
  g_autoptr(GError) error = NULL;

  furnish(bench);
  bench_open(bench);
  rival = open_rival(bench);
  assert_false(shopcaisse_bindings_take(rival, "store-1", &error));
  assert_non_null(strstr(error->message, "(Lille)"));
}

static void
store_of_another_profile_is_refused_with_its_name(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;

  furnish(bench);
  bench_open(bench);
  rival = open_rival(bench);
  assert_true(shopcaisse_bindings_take(rival, "store-2", NULL));
  bench_assert_error(choose(bench, "store-2"), COMPTOIR_ERROR_CONFLICT, "Rival (Roubaix)");
  assert_row_text(bench, "facts", "store", "text", "store-1");
}

static void
store_that_was_left_can_be_taken(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;

  furnish(bench);
  bench_open(bench);
  bench_assert_done(choose(bench, "store-2"));
  rival = open_rival(bench);
  assert_true(shopcaisse_bindings_take(rival, "store-1", NULL));
  assert_false(shopcaisse_bindings_take(rival, "store-2", NULL));
}

static void
refused_settings_give_the_store_back(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;

  furnish(bench);
  bench_open(bench);
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                                   "{'store': <'store-2'>, 'transport': <'pigeons'>}"),
                     COMPTOIR_ERROR_INVALID, "transport");
  rival = open_rival(bench);
  assert_true(shopcaisse_bindings_take(rival, "store-2", NULL));
}

static void
disconnecting_keeps_the_store(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;

  furnish(bench);
  bench_open(bench);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'keep-queue'>}"));
  rival = open_rival(bench);
  assert_false(shopcaisse_bindings_take(rival, "store-1", NULL));
}

static void
store_that_another_took_meanwhile_is_an_error_and_stays(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;
  g_autofree char *text = NULL;

  furnish(bench);
  rival = open_rival(bench);
  assert_true(shopcaisse_bindings_take(rival, "store-1", NULL));
  bench_open(bench);
  assert_row_text(bench, "facts", "store", "level", "error");
  text = g_variant_print(bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL)),
                         FALSE);
  assert_non_null(strstr(text, "Rival (Roubaix)"));
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
only_store_of_a_token_is_not_bound_twice(void **state)
{
  Bench *bench = *state;
  g_autoptr(ShopcaisseBindings) rival = NULL;
  g_autofree char *token = bench_make_token("prod");

  bench->bindings = g_build_filename(bench->parent, "bindings", NULL);
  rival = open_rival(bench);
  assert_true(shopcaisse_bindings_take(rival, "store-1", NULL));
  bench_start(bench);
  bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                    g_variant_new_parsed("{'token': <%s>}", token));
  bench_answer_discovery(bench);
  assert_row_text(bench, "facts", "store", "level", "error");
  assert_row_text(bench, "checklist", "store", "state", "error");
}

static void
folder_that_cannot_be_used_refuses_nothing(void **state)
{
  Bench *bench = *state;

  furnish(bench);
  assert_true(g_file_set_contents(bench->bindings, "a file", -1, NULL));
  bench_open(bench);
  bench_assert_done(choose(bench, "store-2"));
}

static void
orders_of_the_old_store_stay_its_own(void **state)
{
  Bench *bench = *state;

  furnish(bench);
  bench_set(bench, "unit:store-2", "decimal:decimal");
  bench_open(bench);
  bench->clock.chance = 0;
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_assert_done(choose(bench, "store-2"));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(chosen_store_is_refused_to_another_profile),
    bench_test(store_of_another_profile_is_refused_with_its_name),
    bench_test(store_that_was_left_can_be_taken),
    bench_test(refused_settings_give_the_store_back),
    bench_test(disconnecting_keeps_the_store),
    bench_test(store_that_another_took_meanwhile_is_an_error_and_stays),
    bench_empty_test(only_store_of_a_token_is_not_bound_twice),
    bench_test(folder_that_cannot_be_used_refuses_nothing),
    bench_test(orders_of_the_old_store_stay_its_own),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
