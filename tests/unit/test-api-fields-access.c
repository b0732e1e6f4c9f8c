/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of places, of what a token says and is told, and of errors. */
#include "api-fields.h"
#include "api/authentication.h"
#include "api/orders.h"
#include "api/places.h"

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
show_place(ApiShown *shown, gconstpointer row)
{
  static const char *const kinds[] = { "o", "c", "s", "p" };
  const ShopcaissePlace *self = row;
  const struct {
    const char *name;
    const char *value;
  } texts[] = { { "id", self->id },
                { "parent", self->parent_id },
                { "name", self->name },
                { "country", self->country },
                { "city", self->city } };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *name = g_strconcat(kinds[self->kind], "_", texts[i].name, NULL);

    api_show_text(shown, name, texts[i].value);
  }

  g_autofree char *active = g_strconcat(kinds[self->kind], "_active", NULL);
  g_autofree char *mode = g_strconcat(kinds[self->kind], "_mode", NULL);

  api_show_number(shown, active, self->active);
  api_show_number(shown, mode, self->configuration_mode);
}

static gboolean
show_organisation(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page =
      shopcaisse_places_parse(SHOPCAISSE_PLACE_ORGANISATION, body, error);

  return api_show_page(shown, page, show_place, error);
}

static gboolean
show_company(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_places_parse(SHOPCAISSE_PLACE_COMPANY, body, error);

  return api_show_page(shown, page, show_place, error);
}

static gboolean
show_pos(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_places_parse(SHOPCAISSE_PLACE_POS, body, error);

  return api_show_page(shown, page, show_place, error);
}

#define NO_STORE "-s_id -s_parent -s_name -s_country -s_city -s_active -s_mode"
#define NO_POS   "-p_id -p_parent -p_name -p_country -p_city -p_active -p_mode"

/* A place that is named by its id alone is known to be there, and nothing more. */
static const ApiField company_fields[] = {
  API_TEXT("id", "c_id", "!"),
  API_TEXT("name", "c_name", "c_name="),
  API_TEXT("countryCode", "c_country", "c_country=none"),
  API_TEXT("organisationId", "c_parent", "c_parent=none"),
  API_FLAG("active", "c_active", "c_active=1"),
  { "stores",
    { "!", "s_id=probe s_parent=c s_name= s_city=none s_active=1 " NO_POS, "!", "!", "!", "!",
      NO_STORE " " NO_POS } },
  { "stores.0",
    { "!", "!", "s_id=probe s_parent=c s_name= s_city=none s_active=1 " NO_POS, "!", "!", "!",
      "!" } },
  API_TEXT("stores.0.id", "s_id", "!"),
  API_TEXT("stores.0.name", "s_name", "s_name="),
  API_TEXT("stores.0.companyId", "s_parent", "s_parent=c"),
  API_FLAG("stores.0.active", "s_active", "s_active=1"),
  { "stores.0.address", { "s_city=none", "!", "!", "!", "!", "!", "s_city=none" } },
  API_TEXT("stores.0.address.city", "s_city", "s_city=none"),
  { "stores.0.poss",
    { "!", "p_id=probe p_parent=s p_name= p_active=1", "!", "!", "!", "!", NO_POS } },
  { "stores.0.poss.0",
    { "!", "!", "p_id=probe p_parent=s p_name= p_active=1", "!", "!", "!", "!" } },
  API_TEXT("stores.0.poss.0.id", "p_id", "!"),
  API_TEXT("stores.0.poss.0.name", "p_name", "p_name="),
  API_TEXT("stores.0.poss.0.storeId", "p_parent", "p_parent=s"),
  API_FLAG("stores.0.poss.0.active", "p_active", "p_active=1"),
  API_FLAG("stores.0.poss.0.configurationMode", "p_mode", "-"),
};

static const ApiResource company = {
  .name = "company",
  .before = "{'items':[",
  .row = "{'id':'c','name':'C','countryCode':'FR','organisationId':'o','active':false,'stores':[{'"
         "id':'s',"
         "'name':'S','companyId':'c2','active':false,'address':{'city':'L'},'poss':[{'id':'p','"
         "name':'P',"
         "'storeId':'s2','active':false,'configurationMode':false}]}]}",
  .behind = "],'hasNextPage':false}",
  .show = show_company,
  .fields = company_fields,
  .n_fields = G_N_ELEMENTS(company_fields),
};

static const ApiField organisation_fields[] = {
  API_TEXT("id", "o_id", "!"),
  API_TEXT("name", "o_name", "o_name="),
  { "companies",
    { "!", "c_id=probe c_parent=o c_name= c_country=none c_city=none c_active=1 c_mode=0", "!", "!",
      "!", "!", "-" } },
};

static const ApiResource organisation = {
  .name = "organisation",
  .before = "{'items':[",
  .row = "{'id':'o','name':'O','companies':[]}",
  .behind = "],'hasNextPage':false}",
  .show = show_organisation,
  .fields = organisation_fields,
  .n_fields = G_N_ELEMENTS(organisation_fields),
};

static const ApiField pos_fields[] = {
  API_TEXT("id", "p_id", "!"),
  API_TEXT("name", "p_name", "p_name="),
  API_TEXT("storeId", "p_parent", "p_parent=none"),
  API_FLAG("active", "p_active", "p_active=1"),
  API_FLAG("configurationMode", "p_mode", "-"),
  { "plan", { API_UNTOUCHED } },
};

static const ApiResource pos = {
  .name = "pos",
  .before = "{'items':[",
  .row = "{'id':'p','name':'P','storeId':'s','active':false,'configurationMode':false,'plan':'"
         "PREMIUM'}",
  .behind = "],'hasNextPage':false}",
  .show = show_pos,
  .fields = pos_fields,
  .n_fields = G_N_ELEMENTS(pos_fields),
};

static void
show_grant(ApiShown *shown, const ShopcaisseGrant *self)
{
  g_autofree char *resources = g_strjoinv(",", self->resources);
  g_autofree char *permissions = g_strjoinv(",", self->permissions);

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "application", self->application_id);
  api_show_text(shown, "environment", self->environment);
  api_show_text(shown, "resources", resources);
  api_show_text(shown, "permissions", permissions);
  api_show_number(shown, "issued", self->issued_at);
}

static gboolean
show_authentication(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_authentication_parse(body, error);

  if (grant == NULL)
    return FALSE;
  show_grant(shown, grant);
  return TRUE;
}

static gboolean
show_token(GBytes *body, ApiShown *shown, GError **error)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data(body, &size);
  g_autofree char *payload = g_base64_encode(data, size);
  g_autofree char *token = NULL;
  g_autoptr(ShopcaisseGrant) grant = NULL;

  g_strdelimit(g_strdelimit(payload, "+", '-'), "/", '_');
  payload[strcspn(payload, "=")] = '\0';
  token = g_strconcat("eyJhbGciOiJIUzI1NiJ9.", payload, ".c2lnbmF0dXJl", NULL);
  grant = shopcaisse_token_decode(token, error);
  if (grant == NULL)
    return FALSE;
  show_grant(shown, grant);
  return TRUE;
}

/* The token that the answer echoes is never looked at. */
static const ApiField authentication_fields[] = {
  API_TEXT("id", "id", "id=none"),
  API_TEXT("applicationId", "application", "application=none"),
  { "token", { API_UNTOUCHED } },
  { "bundle", { "resources= permissions=", "!", "!", "!", "!", "!", "resources= permissions=" } },
  { "bundle.resources", { "resources=", "resources=probe", "!", "!", "!", "!", "resources=" } },
  { "bundle.resources.0", { "!", "!", "resources=probe", "!", "!", "!", "!" } },
  { "bundle.permissions", { "permissions=", "!", "!", "!", "!", "!", "permissions=" } },
  { "bundle.permissions.x",
    { "permissions=", "permissions=", "permissions=", "permissions=", "permissions=", "-",
      "permissions=" } },
};

static const ApiResource authentication = {
  .name = "authentication",
  .before = "",
  .row = "{'id':'t','applicationId':'a','token':'e','bundle':{'resources':['company.c'],'"
         "permissions':{"
         "'x':true}}}",
  .behind = "",
  .show = show_authentication,
  .fields = authentication_fields,
  .n_fields = G_N_ELEMENTS(authentication_fields),
};

/* A message about a token holds nothing of it, its keys neither. */
static const ApiField token_fields[] = {
  { "data",
    { "id=none application=none environment=none resources= permissions=", "!", "!", "!", "!", "!",
      "id=none application=none environment=none resources= permissions=" } },
  API_TEXT("data.id", "id", "id=none"),
  API_TEXT("data.applicationId", "application", "application=none"),
  API_TEXT("data.namespace", "environment", "environment=none"),
  { "data.resources", { "resources=", "resources=probe", "!", "!", "!", "!", "resources=" } },
  { "data.resources.0", { "!", "!", "resources=probe", "!", "!", "!", "!" } },
  { "data.permissions", { "permissions=", "!", "!", "!", "!", "!", "permissions=" } },
  { "data.permissions.x",
    { "permissions=", "permissions=", "permissions=", "permissions=", "permissions=", "-",
      "permissions=" } },
  API_NUMBER("iat", "issued=7000000", "!", "issued=-1"),
};

static const ApiResource token = {
  .name = "token",
  .before = "",
  .row = "{'data':{'id':'t','applicationId':'a','namespace':'prod','resources':['company.c'],'"
         "permissions':{'x':true}},"
         "'iat':5}",
  .behind = "",
  .show = show_token,
  .fields = token_fields,
  .n_fields = G_N_ELEMENTS(token_fields),
  .max_depth = 6,
  .is_reticent = TRUE,
};

static gboolean
show_error_body(GBytes *body, ApiShown *shown, GError **error)
{
  g_autofree char *text = shopcaisse_error_body_to_text(body);

  (void)error;
  api_show_text(shown, "text", text);
  return TRUE;
}

/* Whatever it is, something is said. */
static const ApiField error_body_fields[] = {
  { "message", { "text=e", "text=probe", "text=probe", "text=e", "text=e", "text=e", "text=e" } },
  { "error", { API_UNTOUCHED } },
  { "detail", { API_UNTOUCHED } },
  { "statusCode", { API_UNTOUCHED } },
};

static const ApiResource error_body = {
  .name = "error body",
  .before = "",
  .row = "{'message':'m','error':'e','detail':'d','statusCode':400}",
  .behind = "",
  .show = show_error_body,
  .fields = error_body_fields,
  .n_fields = G_N_ELEMENTS(error_body_fields),
};

static void
company_field_by_field(void **state)
{
  api_fields_check(&company);
}

static void
hostile_company(void **state)
{
  api_hostile_check(&company);
}

static void
organisation_field_by_field(void **state)
{
  api_fields_check(&organisation);
}

static void
hostile_organisation(void **state)
{
  api_hostile_check(&organisation);
}

static void
register_field_by_field(void **state)
{
  api_fields_check(&pos);
}

static void
hostile_pos(void **state)
{
  api_hostile_check(&pos);
}

static void
authentication_field_by_field(void **state)
{
  api_fields_check(&authentication);
}

static void
hostile_authentication(void **state)
{
  api_hostile_check(&authentication);
}

static void
token_field_by_field(void **state)
{
  api_fields_check(&token);
}

static void
hostile_token(void **state)
{
  api_hostile_check(&token);
}

static void
error_body_field_by_field(void **state)
{
  api_fields_check(&error_body);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(company_field_by_field),        cmocka_unit_test(hostile_company),
    cmocka_unit_test(organisation_field_by_field),   cmocka_unit_test(hostile_organisation),
    cmocka_unit_test(register_field_by_field),       cmocka_unit_test(hostile_pos),
    cmocka_unit_test(authentication_field_by_field), cmocka_unit_test(hostile_authentication),
    cmocka_unit_test(token_field_by_field),          cmocka_unit_test(hostile_token),
    cmocka_unit_test(error_body_field_by_field),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
