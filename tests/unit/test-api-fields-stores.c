/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of customers, opening hours and slots. */
#include "api-fields.h"
#include "api/clients.h"
#include "api/hours.h"

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
show_address(ApiShown *shown, const ShopcaisseClientAddress *self)
{
  api_show_text(shown, "a_id", self->id);
  api_show_text(shown, "a_name", self->name);
  api_show_text(shown, "a_description", self->description);
  api_show_text(shown, "a_line1", self->line1);
  api_show_text(shown, "a_line2", self->line2);
  api_show_text(shown, "a_postal_code", self->postal_code);
  api_show_text(shown, "a_city", self->city);
  api_show_text(shown, "a_country", self->country);
  api_show_text(shown, "a_extra", self->extra);
  api_show_number(shown, "a_default", self->is_default);
}

static void
show_client(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseClient *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "last_name", self->last_name);
  api_show_text(shown, "first_name", self->first_name);
  api_show_text(shown, "phone", self->phone);
  api_show_text(shown, "mobile", self->mobile);
  api_show_text(shown, "email", self->email);
  api_show_text(shown, "note", self->note);
  api_show_text(shown, "date_of_birth", self->date_of_birth);
  api_show_text(shown, "company", self->company);
  api_show_text(shown, "company_type", self->company_type);
  api_show_text(shown, "code_ape", self->code_ape);
  api_show_text(shown, "siret", self->siret);
  api_show_text(shown, "vat_number", self->vat_number);
  api_show_number(shown, "professional", self->professional);
  if (self->addresses->len > 0)
    show_address(shown, g_ptr_array_index(self->addresses, 0));
}

static gboolean
show_clients(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, error);

  return api_show_page(shown, page, show_client, error);
}

static gboolean
show_one_client(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseClient) value = shopcaisse_client_parse(body, error);

  if (value == NULL)
    return FALSE;
  show_client(shown, value);
  return TRUE;
}

#define CLIENT_ROW                                                                                 \
  "{'id':'c','lastName':'A','firstName':'B','phoneNumber':'C','mobileNumb"                         \
  "er':'D','email':'E','note':'F','dateOfBirth':'G','companyName':'H','co"                         \
  "mpanyType':'I','codeApe':'J','siretNumber':'K','vatNumber':'L','profes"                         \
  "sional':false,'addresses':[{'id':'a','name':'a','description':'b','lin"                         \
  "e1':'c','line2':'d','postalCode':'e','city':'f','country':'g','extraAd"                         \
  "dressInfo':'h','default':false}]}"

#define WITHOUT_ADDRESS                                                                            \
  "-a_id -a_name -a_description -a_line1 -a_line2 -a_postal_cod"                                   \
  "e -a_city -a_country -a_extra -a_default"
#define EMPTY_ADDRESS                                                                              \
  "a_id=none a_name=none a_description=none a_line1=none a_line"                                   \
  "2=none a_postal_code=none a_city=none a_country=none a_extra=none"

static const ApiField client_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("lastName", "last_name", "last_name=none"),
  API_TEXT("firstName", "first_name", "first_name=none"),
  API_TEXT("phoneNumber", "phone", "phone=none"),
  API_TEXT("mobileNumber", "mobile", "mobile=none"),
  API_TEXT("email", "email", "email=none"),
  API_TEXT("note", "note", "note=none"),
  API_TEXT("dateOfBirth", "date_of_birth", "date_of_birth=none"),
  API_TEXT("companyName", "company", "company=none"),
  API_TEXT("companyType", "company_type", "company_type=none"),
  API_TEXT("codeApe", "code_ape", "code_ape=none"),
  API_TEXT("siretNumber", "siret", "siret=none"),
  API_TEXT("vatNumber", "vat_number", "vat_number=none"),
  API_FLAG("professional", "professional", "-"),
  { "addresses", { "!", "!", "!", "!", "!", "!", WITHOUT_ADDRESS } },
  { "addresses.0", { EMPTY_ADDRESS, "!", "!", "!", "!", "!", "!" } },
  API_TEXT("addresses.0.id", "a_id", "a_id=none"),
  API_TEXT("addresses.0.name", "a_name", "a_name=none"),
  API_TEXT("addresses.0.description", "a_description", "a_description=none"),
  API_TEXT("addresses.0.line1", "a_line1", "a_line1=none"),
  API_TEXT("addresses.0.line2", "a_line2", "a_line2=none"),
  API_TEXT("addresses.0.postalCode", "a_postal_code", "a_postal_code=none"),
  API_TEXT("addresses.0.city", "a_city", "a_city=none"),
  API_TEXT("addresses.0.country", "a_country", "a_country=none"),
  API_TEXT("addresses.0.extraAddressInfo", "a_extra", "a_extra=none"),
  API_FLAG("addresses.0.default", "a_default", "-"),
};

static const ApiResource customer_of_a_page = {
  .name = "customer of a page",
  .before = "{'items':[",
  .row = CLIENT_ROW,
  .behind = "],'hasNextPage':false}",
  .show = show_clients,
  .fields = client_fields,
  .n_fields = G_N_ELEMENTS(client_fields),
};

static const ApiResource customer_alone = {
  .name = "customer alone",
  .before = "",
  .row = CLIENT_ROW,
  .behind = "",
  .show = show_one_client,
  .fields = client_fields,
  .n_fields = G_N_ELEMENTS(client_fields),
};

static gboolean
show_hours(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseHours) hours = shopcaisse_hours_parse(body, error);

  if (hours == NULL)
    return FALSE;
  for (guint i = 0; i < hours->openings->len; i++) {
    const ShopcaisseOpening *opening = &g_array_index(hours->openings, ShopcaisseOpening, i);

    api_show_number(shown, "weekday", opening->weekday);
    api_show_number(shown, "opens", opening->from_minute);
    api_show_number(shown, "closes", opening->to_minute);
  }
  for (guint i = 0; i < hours->holidays->len; i++) {
    const ShopcaisseHoliday *holiday = g_ptr_array_index(hours->holidays, i);

    api_show_text(shown, "from", holiday->from);
    api_show_text(shown, "to", holiday->to);
    api_show_number(shown, "from_at", holiday->from_at);
    api_show_number(shown, "to_at", holiday->to_at);
  }
  api_show_number(shown, "interval", hours->interval_minutes);
  api_show_number(shown, "minimal", hours->minimal_minutes);
  api_show_text(shown, "zone", hours->time_zone);
  return TRUE;
}

static const ApiField hours_fields[] = {
  { "monday", { "!", "!", "!", "!", "!", "!", "-weekday -opens -closes" } },
  { "monday.0", { API_REFUSED } },
  API_NUMBER("monday.0.fromHour", "opens=450", "!", "!"),
  API_NUMBER("monday.0.fromMinute", "opens=547", "!", "opens=540"),
  API_NUMBER("monday.0.toHour", "closes=435", "!", "!"),
  API_NUMBER("monday.0.toMinute", "closes=727", "!", "closes=720"),
  { "holidays", { "!", "!", "!", "!", "!", "!", "-from -to -from_at -to_at" } },
  { "holidays.0", { "from=none to=none from_at=-1 to_at=-1", "!", "!", "!", "!", "!", "!" } },
  { "holidays.0.from",
    { "!", "!", "from=probe from_at=-1", "!", "!", "!", "from=none from_at=-1" } },
  { "holidays.0.to", { "!", "!", "to=probe to_at=-1", "!", "!", "!", "to=none to_at=-1" } },
  API_NUMBER("orderIntervalMinutes", "interval=7", "!", "interval=-1"),
  API_NUMBER("orderMinimalMinutes", "minimal=7", "!", "minimal=-1"),
  API_TEXT("timezone", "zone", "zone=none"),
};

static const ApiResource hours = {
  .name = "hours",
  .before = "",
  .row = "{'monday':[{'fromHour':9,'fromMinute':30,'toHour':12,'toMinute':15}],'holidays':[{"
         "'from':'2026-12-25T00:00:00Z','to':'2026-12-26T00:00:00Z'}],'orderIntervalMinutes':15,"
         "'orderMinimalMinutes':30,'timezone':'Europe/Paris'}",
  .behind = "",
  .show = show_hours,
  .fields = hours_fields,
  .n_fields = G_N_ELEMENTS(hours_fields),
};

static void
show_slot(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseSlot *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "store", self->store_id);
  api_show_number(shown, "start", self->start_at);
  api_show_number(shown, "has_load", self->has_load);
  api_show_number(shown, "max", self->max_load_milli);
  api_show_number(shown, "total", self->total_load_milli);
  api_show_number(shown, "available", self->is_available);
}

static gboolean
show_slots(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_slots_parse(body, error);

  return api_show_page(shown, page, show_slot, error);
}

#define SLOT_ROW                                                                                   \
  "{'id':'t','storeId':'s','startTime':'2026-03-01T11:00:00Z','maxWeight':20,'totalWeight':2,"     \
  "'isAvailable':false,'orderSlotEntries':[]}"

static const ApiField slot_fields[] = {
  API_TEXT("id", "id", "id=none"),
  API_TEXT("storeId", "store", "store=none"),
  { "startTime", { API_REFUSED } },
  API_NUMBER("maxWeight", "max=7000", "max=500", "has_load=0 max=0"),
  API_NUMBER("totalWeight", "total=7000", "total=500", "total=0"),
  API_FLAG("isAvailable", "available", "-"),
  { "orderSlotEntries", { API_UNTOUCHED } },
};

static const ApiResource slot_of_an_array = {
  .name = "slot of an array",
  .before = "[",
  .row = SLOT_ROW,
  .behind = "]",
  .show = show_slots,
  .fields = slot_fields,
  .n_fields = G_N_ELEMENTS(slot_fields),
};

static const ApiResource slot_of_an_object = {
  .name = "slot of an object",
  .before = "{'slots':[",
  .row = SLOT_ROW,
  .behind = "]}",
  .show = show_slots,
  .fields = slot_fields,
  .n_fields = G_N_ELEMENTS(slot_fields),
};

static void
customer_of_a_page_field_by_field(void **state)
{
  api_fields_check(&customer_of_a_page);
}

static void
hostile_customer_of_a_page(void **state)
{
  api_hostile_check(&customer_of_a_page);
}

static void
customer_alone_field_by_field(void **state)
{
  api_fields_check(&customer_alone);
}

static void
hostile_customer_alone(void **state)
{
  api_hostile_check(&customer_alone);
}

static void
hours_field_by_field(void **state)
{
  api_fields_check(&hours);
}

static void
hostile_hours(void **state)
{
  api_hostile_check(&hours);
}

static void
slot_of_an_array_field_by_field(void **state)
{
  api_fields_check(&slot_of_an_array);
}

static void
hostile_slot_of_an_array(void **state)
{
  api_hostile_check(&slot_of_an_array);
}

static void
slot_of_an_object_field_by_field(void **state)
{
  api_fields_check(&slot_of_an_object);
}

static void
hostile_slot_of_an_object(void **state)
{
  api_hostile_check(&slot_of_an_object);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(customer_of_a_page_field_by_field),
    cmocka_unit_test(hostile_customer_of_a_page),
    cmocka_unit_test(customer_alone_field_by_field),
    cmocka_unit_test(hostile_customer_alone),
    cmocka_unit_test(hours_field_by_field),
    cmocka_unit_test(hostile_hours),
    cmocka_unit_test(slot_of_an_array_field_by_field),
    cmocka_unit_test(hostile_slot_of_an_array),
    cmocka_unit_test(slot_of_an_object_field_by_field),
    cmocka_unit_test(hostile_slot_of_an_object),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
