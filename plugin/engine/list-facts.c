/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of the connection, in words, one line a fact. */
#include "api/authentication.h"
#include "config.h"
#include "engine/block.h"
#include "engine/configuration-places.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/moment.h"
#include "engine/rights.h"
#include "store/mirror.h"
#include "store/places.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

typedef void (*AddFact)(ShopcaisseListPage *page);

static void
add_fact(
    ShopcaisseListPage *page, const char *id, const char *name, const char *text, const char *level)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", id);
  g_variant_dict_insert(&row, "name", "s", name);
  g_variant_dict_insert(&row, "text", "s", text);
  g_variant_dict_insert(&row, "level", "s", level);
  shopcaisse_list_page_add(page, g_variant_dict_end(&row));
}

static const ShopcaisseGrant *
get_grant(const ShopcaisseListPage *page)
{
  return page->context->configuration->grant;
}

static void
add_application(ShopcaisseListPage *page)
{
  const ShopcaisseGrant *grant = get_grant(page);
  const char *id = grant != NULL && grant->application_id != NULL ? grant->application_id : "";

  add_fact(page, "application", _("Application"), *id != '\0' ? id : _("Not known yet"),
           *id != '\0' ? "ok" : "unknown");
}

static void
add_environment(ShopcaisseListPage *page)
{
  const ShopcaisseGrant *grant = get_grant(page);
  const char *environment = grant != NULL ? grant->environment : NULL;

  if (environment == NULL) {
    add_fact(page, "environment", _("Environment"), _("Not known yet"), "unknown");
  } else if (g_str_equal(environment, "staging")) {
    /* Translators: an environment for trials, without real shops. */
    add_fact(page, "environment", _("Environment"), _("Staging"), "warning");
    add_fact(page, "staging", _("Staging"),
             _("staging has no register: orders will never be acknowledged"), "warning");
  } else if (g_str_equal(environment, "prod")) {
    add_fact(page, "environment", _("Environment"), _("Production"), "ok");
  } else {
    add_fact(page, "environment", _("Environment"), environment, "unknown");
  }
}

static void
add_address(ShopcaisseListPage *page)
{
  const char *url = shopcaisse_configuration_get_base_url(page->context->configuration);

  add_fact(page, "address", _("Service address"), url != NULL ? url : _("Not known yet"),
           url != NULL ? "ok" : "unknown");
}

static void
add_issued(ShopcaisseListPage *page)
{
  const ShopcaisseGrant *grant = get_grant(page);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  gint64 age_us = 0;
  guint n_days = 0;

  if (grant == NULL || grant->issued_at < 0) {
    add_fact(page, "issued", _("Token issued"), _("Not known yet"), "unknown");
    return;
  }
  age_us = shopcaisse_context_get_now(page->context) - grant->issued_at;
  n_days = (guint)(MAX(age_us, 0) / SHOPCAISSE_DAY);
  day = shopcaisse_moment_to_day(grant->issued_at);
  /* Translators: %s is a date. */
  text = g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%1$s, %2$u day ago", "%1$s, %2$u days ago", n_days), day,
      n_days);
  add_fact(page, "issued", _("Token issued"), text, "ok");
}

static void
add_token(ShopcaisseListPage *page)
{
  ShopcaisseContext *context = page->context;
  ComptoirStatus status = shopcaisse_status_get(context->status);

  if (context->token == NULL)
    add_fact(page, "token", _("Access token"), _("No token has been set."), "error");
  else if (shopcaisse_block_has_token(context))
    add_fact(page, "token", _("Access token"), _("Accepted by Shopcaisse."), "ok");
  else if (status == COMPTOIR_STATUS_BLOCKED)
    add_fact(page, "token", _("Access token"), _("Refused by Shopcaisse."), "error");
  else
    add_fact(page, "token", _("Access token"), _("Not accepted by Shopcaisse yet."), "unknown");
}

static void
add_rights(ShopcaisseListPage *page)
{
  const ShopcaisseGrant *grant = get_grant(page);
  g_autofree char *rights = NULL;
  g_autofree char *text = NULL;
  guint n_missing = 0;
  guint n_rights = 0;
  guint n_resources = 0;

  if (grant == NULL) {
    add_fact(page, "rights", _("Rights"), _("Not known yet"), "unknown");
    return;
  }
  n_missing = shopcaisse_rights_count_missing(page->context);
  n_rights = grant->permissions != NULL ? g_strv_length(grant->permissions) : 0;
  n_resources = grant->resources != NULL ? g_strv_length(grant->resources) : 0;
  rights =
      g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u right", "%u rights", n_rights), n_rights);
  /* Translators: %1$s is a number of rights, as in "33 rights"; resources are companies and stores
   * that a token may act on. */
  text = g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%1$s, %2$u resource", "%1$s, %2$u resources", n_resources),
      rights, n_resources);
  if (n_missing > 0) {
    g_free(text);
    text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u right that is needed is missing",
                                       "%u rights that are needed are missing", n_missing),
                           n_missing);
  }
  add_fact(page, "rights", _("Rights"), text, n_missing > 0 ? "warning" : "ok");
}

static void
add_place(ShopcaisseListPage *page,
          ShopcaissePlaceKind kind,
          const char *id,
          const char *fact,
          const char *name)
{
  g_autoptr(ShopcaissePlace) place = NULL;
  g_autofree char *text = NULL;

  if (*id != '\0')
    place = shopcaisse_mirror_get_place(page->context->database, kind, id, NULL);
  if (place == NULL) {
    add_fact(page, fact, name, *id != '\0' ? id : _("Not chosen yet"), "unknown");
    return;
  }
  text = place->city != NULL && *place->city != '\0'
             ? g_strdup_printf("%s (%s)", place->name, place->city)
             : g_strdup(place->name);
  add_fact(page, fact, name, *text != '\0' ? text : id, "ok");
}

static void
add_company(ShopcaisseListPage *page)
{
  add_place(page, SHOPCAISSE_PLACE_COMPANY, page->context->configuration->company_id, "company",
            _("Company"));
}

static void
add_store(ShopcaisseListPage *page)
{
  const ShopcaisseConfiguration *configuration = page->context->configuration;

  if (configuration->store_fault != NULL)
    add_fact(page, "store", _("Store"), configuration->store_fault, "error");
  else
    add_place(page, SHOPCAISSE_PLACE_STORE, configuration->store_id, "store", _("Store"));
}

static void
add_register(ShopcaisseListPage *page)
{
  ShopcaisseContext *context = page->context;
  g_autofree char *pos_id = NULL;

  if (*context->configuration->store_id != '\0' &&
      !shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id))
    add_fact(page, "register", _("Register"),
             _("The store has several registers: choose the one that takes the orders."), "error");
  else
    add_place(page, SHOPCAISSE_PLACE_POS, pos_id != NULL ? pos_id : "", "register", _("Register"));
}

static void
add_price_list(ShopcaisseListPage *page)
{
  const ShopcaisseConfiguration *configuration = page->context->configuration;
  g_autoptr(GPtrArray) lists =
      shopcaisse_mirror_list_price_lists(page->context->database, configuration->company_id, NULL);
  const char *name = configuration->price_list;

  for (guint i = 0; lists != NULL && i < lists->len; i++) {
    const ShopcaissePriceList *list = lists->pdata[i];

    if (g_str_equal(list->id, configuration->price_list))
      name = list->name;
  }
  add_fact(page, "price-list", _("Price list"),
           *name != '\0' ? name : _("The articles' own prices"), "ok");
}

static void
add_currency(ShopcaisseListPage *page)
{
  g_autofree char *currency = shopcaisse_configuration_dup_currency(
      page->context->database, page->context->configuration->company_id);

  add_fact(page, "currency", _("Currency"), *currency != '\0' ? currency : _("Not known yet"),
           *currency != '\0' ? "ok" : "unknown");
}

/* In this life of the program, or when a flow ended in the last. */
static gint64
find_last_exchange(ShopcaisseContext *context)
{
  gint64 last = context->last_answer_at;
  gint64 now = shopcaisse_context_get_now(context);

  for (guint i = 0;; i++) {
    g_auto(ShopcaisseFlowView) view = { .task = NULL };

    if (!shopcaisse_schedule_look(context->schedule, i, &view))
      return last;
    /* The host answers that one, not the service. */
    if (!g_str_equal(view.task, "catch-up") && view.last_at <= now)
      last = MAX(last, view.last_at);
  }
}

static void
add_last_exchange(ShopcaisseListPage *page)
{
  gint64 last = find_last_exchange(page->context);
  g_autofree char *text = last != 0 ? shopcaisse_moment_to_text(last) : NULL;

  add_fact(page, "last-exchange", _("Last exchange"), text != NULL ? text : _("Never"),
           text != NULL ? "ok" : "unknown");
}

/* In the order to show. */
static const AddFact facts[] = {
  add_application, add_environment, add_address,  add_issued,     add_token,    add_rights,
  add_company,     add_store,       add_register, add_price_list, add_currency, add_last_exchange,
};

/**
 * shopcaisse_list_fill_facts:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists what is known of the connection.
 *
 * Returns: %TRUE
 */
gboolean
shopcaisse_list_fill_facts(ShopcaisseListPage *page, GError **error)
{
  (void)error;
  for (gsize i = 0; i < G_N_ELEMENTS(facts); i++)
    facts[i](page);
  return TRUE;
}
