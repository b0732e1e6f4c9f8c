/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The settings: each checked when it changes, all of them or none. */
#include "engine-shop.h"
#include "engine/configuration.h"
#include "store/settings.h"

#include <string.h>

typedef struct {
  Bench *bench;
  ShopcaisseDatabase *database;
  ShopcaisseConfiguration *configuration;
} Settings;

static int
set_up(void **state)
{
  Settings *self = g_new0(Settings, 1);
  void *bench = NULL;

  bench_set_up_ready(&bench);
  self->bench = bench;
  self->database = bench_open_store(self->bench);
  self->configuration = shopcaisse_configuration_load(self->database, NULL);
  assert_non_null(self->configuration);
  *state = self;
  return 0;
}

static int
tear_down(void **state)
{
  Settings *self = *state;
  void *bench = self->bench;

  shopcaisse_configuration_free(self->configuration);
  shopcaisse_database_close(self->database);
  g_free(self);
  return bench_tear_down(&bench);
}

#define settings_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* @changes as g_variant_parse() reads them. */
static gboolean
change(Settings *self, const char *changes, GError **error)
{
  g_autoptr(GVariant) parsed = g_variant_parse(G_VARIANT_TYPE_VARDICT, changes, NULL, NULL, NULL);

  assert_non_null(parsed);
  return shopcaisse_configuration_change(self->configuration, self->database, parsed, error);
}

typedef struct {
  const char *changes;
  const char *key; /* (nullable): that the refusal names, NULL: it is accepted */
} Check;

static const Check checks[] = {
  { "{'api-url': <''>}", NULL },
  { "{'api-url': <'https://api.example.org'>}", NULL },
  { "{'api-url': <'http://127.0.0.1:3001'>}", NULL },
  { "{'api-url': <'http://[::1]:3001'>}", NULL },
  { "{'api-url': <'http://localhost:3001'>}", NULL },
  { "{'api-url': <'http://api.example.org'>}", "api-url" },
  { "{'api-url': <'http://localhost.example.org'>}", "api-url" },
  { "{'api-url': <'https://me:secret@api.example.org'>}", "api-url" },
  { "{'api-url': <'ftp://api.example.org'>}", "api-url" },
  { "{'api-url': <'api.example.org'>}", "api-url" },
  { "{'store': <'store-1'>}", NULL },
  { "{'store': <'store-9'>}", "store" },
  { "{'pos': <'pos-1'>}", NULL },
  { "{'pos': <''>}", NULL },
  { "{'pos': <'pos-9'>}", "pos" },
  { "{'till-of-record': <'host'>}", NULL },
  { "{'till-of-record': <'both'>}", "till-of-record" },
  { "{'order-prefix': <'WEB-'>}", NULL },
  { "{'order-prefix': <'a prefix of seventeen'>}", "order-prefix" },
  { "{'send-customer': <true>}", NULL },
  { "{'send-customer': <'perhaps'>}", "send-customer" },
  { "{'orders-interval': <uint32 5>}", NULL },
  { "{'orders-interval': <'0'>}", NULL },
  { "{'orders-interval': <'-1'>}", "orders-interval" },
  { "{'orders-interval': <'10081'>}", "orders-interval" },
  { "{'orders-interval': <'often'>}", "orders-interval" },
  { "{'time-zone': <'Europe/Brussels'>}", NULL },
  { "{'time-zone': <'Mars/Olympus'>}", "time-zone" },
  { "{'transport': <'soup'>}", NULL },
  { "{'transport': <'pigeon'>}", "transport" },
  { "{'debug': <false>}", NULL },
  { "{'api-url': <[1, 2]>}", "api-url" },
  { "{'no-such-setting': <'x'>}", "no-such-setting" },
  { "{'connected-at': <'0'>}", "connected-at" },
  { "{'token-place': <'x'>}", "token-place" },
  { "{'unit:store-1': <'minor:minor'>}", "unit:store-1" },
};

static void
each_value_is_checked(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(checks); i++) {
    g_autoptr(GError) error = NULL;
    gboolean accepted = change(*state, checks[i].changes, &error);

    if (accepted != (checks[i].key == NULL))
      fail_msg("%s: %s", checks[i].changes, error != NULL ? error->message : "accepted");
    if (accepted)
      continue;
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_non_null(strstr(error->message, checks[i].key));
  }
}

static void
one_wrong_value_changes_nothing(void **state)
{
  Settings *self = *state;
  g_autofree char *stored = NULL;

  assert_false(change(self, "{'order-prefix': <'WEB-'>, 'time-zone': <'Mars/Olympus'>}", NULL));
  assert_string_equal(self->configuration->order_prefix, "");
  stored = shopcaisse_settings_get(self->database, "order-prefix", NULL);
  assert_true(stored == NULL || *stored == '\0');
}

static void
change_is_seen_at_once(void **state)
{
  Settings *self = *state;

  assert_true(change(self, "{'order-prefix': <'  WEB-  '>, 'send-customer': <true>}", NULL));
  assert_string_equal(self->configuration->order_prefix, "WEB-");
  assert_true(self->configuration->send_customer);
}

static void
other_store_forgets_register_and_price_list(void **state)
{
  Settings *self = *state;

  engine_shop_put_place(self->database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  assert_true(change(self, "{'pos': <'pos-1'>, 'price-list': <'list-1'>}", NULL));
  assert_true(change(self, "{'store': <'store-2'>}", NULL));
  assert_string_equal(self->configuration->pos_id, "");
  assert_string_equal(self->configuration->price_list, "");
}

static void
same_store_forgets_nothing(void **state)
{
  Settings *self = *state;

  assert_true(change(self, "{'pos': <'pos-1'>}", NULL));
  assert_true(change(self, "{'store': <'store-1'>}", NULL));
  assert_string_equal(self->configuration->pos_id, "pos-1");
}

static void
company_is_the_stores(void **state)
{
  assert_string_equal(((Settings *)*state)->configuration->company_id, "company-1");
}

static void
unit_belongs_to_its_store(void **state)
{
  Settings *self = *state;
  ShopcaisseUnit unit = { SHOPCAISSE_FORM_MINOR, SHOPCAISSE_READING_MINOR };

  assert_true(shopcaisse_configuration_set_unit(self->configuration, self->database, "store-2",
                                                unit, NULL));
  assert_int_equal(self->configuration->unit.form, SHOPCAISSE_FORM_DECIMAL);
  assert_int_equal(shopcaisse_configuration_get_unit(self->database, "store-2").form,
                   SHOPCAISSE_FORM_MINOR);
  assert_int_equal(shopcaisse_configuration_get_unit(self->database, "store-3").form,
                   SHOPCAISSE_FORM_UNKNOWN);
}

static void
only_register_needs_no_choice(void **state)
{
  Settings *self = *state;
  g_autofree char *pos_id = NULL;

  assert_true(shopcaisse_configuration_dup_register(self->configuration, self->database, &pos_id));
  assert_string_equal(pos_id, "pos-1");
}

static void
several_registers_are_a_choice(void **state)
{
  Settings *self = *state;
  char *pos_id = NULL;

  engine_shop_put_place(self->database, SHOPCAISSE_PLACE_POS, "pos-2", "store-1");
  assert_false(shopcaisse_configuration_dup_register(self->configuration, self->database, &pos_id));
  assert_null(pos_id);
}

static void
proxy_none_is_no_proxy_and_system_is_the_systems(void **state)
{
  Settings *self = *state;

  assert_null(self->configuration->proxy);
  assert_true(change(self, "{'proxy': <'none'>}", NULL));
  assert_string_equal(self->configuration->proxy, "");
  assert_true(change(self, "{'proxy': <'http://proxy.example.org:3128'>}", NULL));
  assert_string_equal(self->configuration->proxy, "http://proxy.example.org:3128");
}

static void
description_has_every_setting_and_no_token(void **state)
{
  Settings *self = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autofree char *text = NULL;

  assert_true(change(self, "{'order-prefix': <'WEB-'>}", NULL));
  rows = shopcaisse_configuration_describe(self->configuration, self->database);
  text = g_variant_print(rows, FALSE);
  assert_non_null(strstr(text, "'WEB-'"));
  assert_non_null(strstr(text, "'store-1'"));
  assert_null(strstr(text, "eyJ"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    settings_test(each_value_is_checked),
    settings_test(one_wrong_value_changes_nothing),
    settings_test(change_is_seen_at_once),
    settings_test(other_store_forgets_register_and_price_list),
    settings_test(same_store_forgets_nothing),
    settings_test(company_is_the_stores),
    settings_test(unit_belongs_to_its_store),
    settings_test(only_register_needs_no_choice),
    settings_test(several_registers_are_a_choice),
    settings_test(proxy_none_is_no_proxy_and_system_is_the_systems),
    settings_test(description_has_every_setting_and_no_token),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
