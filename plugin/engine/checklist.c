/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Before the first order: what a merchant has to do in Shopcaisse. What the service does not tell
 * is confirmed by a person, of one store and register, and is unknown until then: docs/PROTOCOL.md
 * 1, 3.3. */
#include "engine/checklist.h"

#include "config.h"
#include "engine/block.h"
#include "engine/configuration-places.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "store/mirror.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

static const ShopcaisseConfirmation confirmations[] = {
  { "subscription", "confirmed-subscription",
    /* Translators: the offer of Shopcaisse that lets programs talk to the till. */
    N_("Public API subscription"),
    N_("In the Shopcaisse back office, subscribe at Features > Integrations > Connectors & API > "
       "Public API. Your plan may have to be Premium."),
    N_("The subscription to the Public API cannot be seen from here."),
    N_("Confirm that it is active: Features > Integrations > Connectors & API > Public API."),
    N_("The subscription to the Public API was confirmed by a person.") },
  { "module", "confirmed-module",
    /* Translators: the module of Shopcaisse that lets a register take orders. */
    N_("Order Management module"),
    N_("In the Shopcaisse back office, activate the Order Management module for the register that "
       "takes the orders."),
    N_("The Order Management module of the register cannot be seen from here."),
    N_("Confirm that it is active for this register."),
    N_("The Order Management module was confirmed by a person.") },
  { "discovery", "confirmed-selling",
    /* Translators: Discovery mode is a till's trial; no order is taken in it. */
    N_("Discovery mode left"),
    N_("On the iPad, tap \"Start collecting payments\": in Discovery mode no order is taken."),
    N_("Discovery mode cannot be seen from here."),
    N_("Confirm that \"Start collecting payments\" was tapped on the iPad."),
    N_("That Discovery mode was left was confirmed by a person.") },
  { "ipad", "confirmed-ipad", N_("iPad ready"),
    N_("Keep the Shopcaisse app on the iPad open, logged in and online."),
    N_("The iPad cannot be seen from here."),
    N_("Confirm that the app is open, logged in and online."),
    N_("The iPad was confirmed by a person.") },
  { "menu", "confirmed-menu",
    /* Translators: the articles of the till, with their options and VAT rates. */
    N_("Articles complete"),
    N_("In the Shopcaisse back office, complete the articles: options, prices, and a VAT rate for "
       "each."),
    N_("Whether the articles of the till are complete cannot be seen from here."),
    N_("Confirm that options, prices and VAT rates are set."),
    N_("That the articles are complete was confirmed by a person.") },
};

/**
 * shopcaisse_confirmations_list:
 * @n_confirmations: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_confirmations): what a person confirms
 */
const ShopcaisseConfirmation *
shopcaisse_confirmations_list(gsize *n_confirmations)
{
  *n_confirmations = G_N_ELEMENTS(confirmations);
  return confirmations;
}

/**
 * shopcaisse_confirmation_is_given:
 * @self: what a person confirms
 * @context: the engine's parts
 *
 * Returns: whether somebody has, for the store and register that are chosen
 */
gboolean
shopcaisse_confirmation_is_given(const ShopcaisseConfirmation *self, ShopcaisseContext *context)
{
  return shopcaisse_configuration_is_confirmed(context->configuration, context->database,
                                               self->setting);
}

/**
 * shopcaisse_confirmation_is_proven:
 * @self: what a person confirms
 * @context: the engine's parts
 *
 * Returns: whether nobody has to: without the subscription there would be no token that is accepted
 */
gboolean
shopcaisse_confirmation_is_proven(const ShopcaisseConfirmation *self, ShopcaisseContext *context)
{
  return g_str_equal(self->id, "subscription") && shopcaisse_block_has_token(context);
}

typedef struct {
  const char *id;
  const char *name;
  const char *text;
  const char *state;
  const char *setting;
} Line;

static void
add_line(ShopcaisseListPage *page, const Line *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", line->id);
  g_variant_dict_insert(&row, "name", "s", line->name);
  g_variant_dict_insert(&row, "text", "s", line->text);
  g_variant_dict_insert(&row, "state", "s", line->state);
  g_variant_dict_insert(&row, "setting", "s", line->setting);
  shopcaisse_list_page_add(page, g_variant_dict_end(&row));
}

/* Found out, not confirmed: an error until it is done. */
static void
add_found(ShopcaisseListPage *page, const char *id, const char *name, const char *text, gboolean ok)
{
  const Line line = { id, name, text, ok ? "ok" : "error", "" };

  add_line(page, &line);
}

/* A catalogue that was read and holds nothing is not complete, whoever says so. */
static gboolean
is_disproved(const ShopcaisseConfirmation *confirmation, ShopcaisseContext *context)
{
  guint n_items = 1;

  if (!g_str_equal(confirmation->id, "menu") ||
      shopcaisse_cursors_get_time(context->database, SHOPCAISSE_CURSOR_CATALOGUE, 0) == 0)
    return FALSE;
  return shopcaisse_mirror_count_items(context->database, &n_items, NULL) && n_items == 0;
}

static void
add_confirmation(ShopcaisseListPage *page, const ShopcaisseConfirmation *confirmation)
{
  Line line = { confirmation->id, _(confirmation->name), _(confirmation->where), "unknown",
                confirmation->setting };

  if (is_disproved(confirmation, page->context))
    line.state = "error";
  else if (shopcaisse_confirmation_is_proven(confirmation, page->context) ||
           shopcaisse_confirmation_is_given(confirmation, page->context))
    line.state = "ok";
  add_line(page, &line);
}

static void
add_token(ShopcaisseListPage *page)
{
  add_found(page, "token", _("Access token"),
            _("In the Shopcaisse back office, create an application at Features > Integrations > "
              "Connectors & API > Public API > Configure > Your External Applications, and paste "
              "its token here."),
            shopcaisse_block_has_token(page->context));
}

static void
add_choices(ShopcaisseListPage *page)
{
  const ShopcaisseConfiguration *configuration = page->context->configuration;
  g_autofree char *pos_id = NULL;
  gboolean has_register = shopcaisse_configuration_dup_register(page->context->configuration,
                                                                page->context->database, &pos_id);

  add_found(page, "store", _("Store chosen"), _("Choose the store that takes the orders."),
            *configuration->store_id != '\0');
  add_found(page, "register", _("Register chosen"), _("Choose the register that takes the orders."),
            *configuration->store_id != '\0' && has_register);
  add_found(page, "till-of-record", _("Till of record chosen"),
            _("Say which of the two programs records the sales for the tax office."),
            configuration->till_of_record != SHOPCAISSE_TILL_NOT_SAID);
  add_found(page, "calibration", _("Unit of money found"),
            _("Calibrate: one test order finds out in which unit the till reads amounts."),
            configuration->unit.form != SHOPCAISSE_FORM_UNKNOWN);
}

/**
 * shopcaisse_list_fill_checklist:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists what is to be done before the first order, in the order in which it is done.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_checklist(ShopcaisseListPage *page, GError **error)
{
  (void)error;
  add_confirmation(page, &confirmations[0]);
  add_token(page);
  for (gsize i = 1; i < G_N_ELEMENTS(confirmations); i++)
    add_confirmation(page, &confirmations[i]);
  add_choices(page);
  return TRUE;
}
