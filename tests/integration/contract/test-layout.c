/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The places and values that compiled hosts and channels rely on. Lines are appended here, never
 * changed. Places are counted in pointers, so they hold on any machine. */
#include <comptoir/comptoir.h>

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

typedef struct {
  const char *name;
  gsize offset;
  guint slot; /* in pointers from the start; a GTypeInterface takes two */
} Slot;

typedef struct {
  const char *nick;
  gint value;
} Value;

#define HOST(member)    #member, offsetof(ComptoirHostInterface, member)
#define CHANNEL(member) #member, offsetof(ComptoirChannelInterface, member)

static const Slot host_slots[] = {
  { HOST(get_api_version), 2 },     { HOST(dup_name), 3 },
  { HOST(dup_instance_id), 4 },     { HOST(dup_location), 5 },
  { HOST(dup_state_dir), 6 },       { HOST(dup_document_locale), 7 },
  { HOST(list_articles), 8 },       { HOST(list_sales), 9 },
  { HOST(apply_articles), 10 },     { HOST(record_sales), 11 },
  { HOST(list_customers), 12 },     { HOST(list_payment_methods), 13 },
  { HOST(list_taxes), 14 },         { HOST(list_shipments), 15 },
  { HOST(lookup_secret), 16 },      { HOST(store_secret), 17 },
  { HOST(sale_progressed), 18 },    { HOST(show_notice), 19 },
  { HOST(list_sale_statuses), 20 },
};

static const Slot channel_slots[] = {
  { CHANNEL(get_api_version), 2 }, { CHANNEL(open_async), 3 },        { CHANNEL(open_finish), 4 },
  { CHANNEL(close_async), 5 },     { CHANNEL(close_finish), 6 },      { CHANNEL(perform_async), 7 },
  { CHANNEL(perform_finish), 8 },  { CHANNEL(describe_settings), 9 }, { CHANNEL(list), 10 },
};

static const Value errors[] = {
  { "invalid", 0 }, { "not-configured", 1 }, { "unauthorized", 2 },   { "unreachable", 3 },
  { "busy", 4 },    { "rejected", 5 },       { "conflict", 6 },       { "protocol", 7 },
  { "storage", 8 }, { "version", 9 },        { "not-supported", 10 },
};

static const Value statuses[] = {
  { "closed", 0 }, { "not-configured", 1 }, { "ready", 2 }, { "offline", 3 }, { "blocked", 4 },
};

static const Value operations[] = {
  { "submit-sale", 0 },
  { "cancel-sale", 1 },
  { "plan", 2 },
  { "apply-plan", 3 },
  { "undo", 4 },
  { "diagnose", 5 },
  { "close-day", 6 },
  { "suggest", 7 },
  { "link", 8 },
  { "unlink", 9 },
  { "export", 10 },
  { "set-token", 11 },
  { "disconnect", 12 },
  { "change-settings", 13 },
  { "run", 14 },
  { "plan-erasure", 15 },
  { "erase-customer", 16 },
};

static const Value policies[] = { { "keep-queue", 0 }, { "park-queue", 1 } };

static const Value features[] = {
  { "list-articles", 1 },        { "list-sales", 2 },       { "apply-articles", 4 },
  { "record-sales", 8 },         { "list-customers", 16 },  { "list-payment-methods", 32 },
  { "list-taxes", 64 },          { "list-shipments", 128 }, { "secrets", 256 },
  { "list-sale-statuses", 512 },
};

static void
assert_slots(const Slot *slots, gsize n_slots, gsize size)
{
  for (gsize i = 0; i < n_slots; i++)
    if (slots[i].offset != slots[i].slot * sizeof(gpointer))
      fail_msg("%s moved to byte %zu", slots[i].name, slots[i].offset);
  assert_int_equal(size, slots[n_slots - 1].offset + sizeof(gpointer));
}

static void
assert_enum(GType type, const Value *values, gsize n_values)
{
  g_autoptr(GEnumClass) class = g_type_class_ref(type);
  for (gsize i = 0; i < n_values; i++) {
    const GEnumValue *value = g_enum_get_value_by_nick(class, values[i].nick);
    assert_non_null(value);
    assert_int_equal(value->value, values[i].value);
  }
  assert_int_equal(class->n_values, n_values);
}

static void
functions_of_a_host_stay_where_they_are(void **state)
{
  assert_slots(host_slots, G_N_ELEMENTS(host_slots), sizeof(ComptoirHostInterface));
}

static void
functions_of_a_channel_stay_where_they_are(void **state)
{
  assert_slots(channel_slots, G_N_ELEMENTS(channel_slots), sizeof(ComptoirChannelInterface));
}

static void
values_of_enumerations_stay_what_they_are(void **state)
{
  assert_enum(COMPTOIR_TYPE_ERROR, errors, G_N_ELEMENTS(errors));
  assert_enum(COMPTOIR_TYPE_STATUS, statuses, G_N_ELEMENTS(statuses));
  assert_enum(COMPTOIR_TYPE_OPERATION, operations, G_N_ELEMENTS(operations));
  assert_enum(COMPTOIR_TYPE_DISCONNECT_POLICY, policies, G_N_ELEMENTS(policies));
}

static void
values_of_features_stay_what_they_are(void **state)
{
  g_autoptr(GFlagsClass) class = g_type_class_ref(COMPTOIR_TYPE_HOST_FEATURES);
  for (gsize i = 0; i < G_N_ELEMENTS(features); i++) {
    const GFlagsValue *value = g_flags_get_value_by_nick(class, features[i].nick);
    assert_non_null(value);
    assert_int_equal(value->value, features[i].value);
  }
  assert_int_equal(class->n_values, G_N_ELEMENTS(features));
}

static void
names_that_modules_are_found_by_stay_what_they_are(void **state)
{
  assert_string_equal(COMPTOIR_CHANNEL_EXTENSION_POINT, "comptoir-sales-channel-1");
  assert_string_equal(COMPTOIR_PAGE_GTK3_EXTENSION_POINT, "comptoir-settings-page-gtk3-1");
  assert_string_equal(COMPTOIR_PAGE_GTK4_EXTENSION_POINT, "comptoir-settings-page-gtk4-1");
  assert_string_equal(g_quark_to_string(COMPTOIR_ERROR), "comptoir-error-quark");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(functions_of_a_host_stay_where_they_are),
    cmocka_unit_test(functions_of_a_channel_stay_where_they_are),
    cmocka_unit_test(values_of_enumerations_stay_what_they_are),
    cmocka_unit_test(values_of_features_stay_what_they_are),
    cmocka_unit_test(names_that_modules_are_found_by_stay_what_they_are),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
