/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each right of a token serves, in words. The service decides what is allowed; this names what
 * is missing before it is refused. docs/PROTOCOL.md 1.1. */
#include "engine/rights.h"

#include "config.h"
#include "engine/context.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

/* Translators: %s is the name of a right, such as "store.*.orders.write"; so below. */
#define MISSING_ITEMS    N_("Reading articles needs %s, which this token lacks.")
#define MISSING_PRICES   N_("Reading price lists needs %s, which this token lacks.")
#define MISSING_STOCKS   N_("Reading stock needs %s, which this token lacks.")
#define MISSING_WRITE    N_("Sending orders needs %s, which this token lacks.")
#define MISSING_READ     N_("Following orders needs %s, which this token lacks.")
#define MISSING_CANCEL   N_("Cancelling orders needs %s, which this token lacks.")
#define MISSING_SALES    N_("Reading the till's sales needs %s, which this token lacks.")
#define MISSING_CLIENTS  N_("Sending customers needs %s, which this token lacks.")
#define MISSING_WEBHOOKS N_("Listening for events needs %s, which this token lacks.")

static const ShopcaisseRight rights[] = {
  { "company.*.items.read", N_("Read articles"), MISSING_ITEMS, "items", SHOPCAISSE_NEED_ALWAYS },
  { "company.*.prices.read", N_("Read price lists"), MISSING_PRICES, "prices",
    SHOPCAISSE_NEED_ALWAYS },
  { "store.*.stocks.read", N_("Read stock"), MISSING_STOCKS, "stocks", SHOPCAISSE_NEED_ALWAYS },
  { "store.*.orders.write", N_("Send orders"), MISSING_WRITE, "order", SHOPCAISSE_NEED_ALWAYS },
  { "store.*.orders.read", N_("Follow orders"), MISSING_READ, "orders", SHOPCAISSE_NEED_ALWAYS },
  { "store.*.orders.cancel", N_("Cancel orders"), MISSING_CANCEL, "cancel",
    SHOPCAISSE_NEED_ALWAYS },
  { "store.*.sales.read", N_("Read the till's sales and close the day"), MISSING_SALES, "tickets",
    SHOPCAISSE_NEED_ALWAYS },
  { "company.*.webhooks.use", N_("Hear at once of changes to articles"), MISSING_WEBHOOKS, NULL,
    SHOPCAISSE_NEED_WEBHOOKS },
  { "store.*.webhooks.use", N_("Hear at once of changes to orders and sales"), MISSING_WEBHOOKS,
    NULL, SHOPCAISSE_NEED_WEBHOOKS },
  { "organisation.*.info", N_("See the organisation"), NULL, NULL, SHOPCAISSE_NEED_OPTIONAL },
  { "company.*.info", N_("See the company"), NULL, NULL, SHOPCAISSE_NEED_OPTIONAL },
  { "store.*.info", N_("See the store"), NULL, NULL, SHOPCAISSE_NEED_OPTIONAL },
  { "pos.*.info", N_("See the registers"), NULL, NULL, SHOPCAISSE_NEED_OPTIONAL },
  { "company.*.families.read", N_("Read families of articles"), NULL, NULL,
    SHOPCAISSE_NEED_OPTIONAL },
  { "organisation.*.families.read", N_("Read the organisation's families"), NULL, NULL,
    SHOPCAISSE_NEED_NEVER },
  { "company.*.items.write", N_("Write articles"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "company.*.items.delete", N_("Delete articles"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "company.*.prices.write", N_("Write prices"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "company.*.prices.delete", N_("Delete prices"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.prices", N_("Read the store's own prices"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.customers.read", N_("Read customers"), MISSING_CLIENTS, "client",
    SHOPCAISSE_NEED_CUSTOMERS },
  { "store.*.customers.write", N_("Write customers"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.customers.delete", N_("Delete customers"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.loyalties.read", N_("Read loyalty points"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.loyalties.write", N_("Write loyalty points"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.seating-plan.read", N_("Read the seating plan"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "store.*.seating-plan.write", N_("Write the seating plan"), NULL, NULL, SHOPCAISSE_NEED_NEVER },
  { "pos.*.orders.read", N_("Read orders made at the register"), NULL, NULL,
    SHOPCAISSE_NEED_NEVER },
};

/**
 * shopcaisse_rights_list:
 * @n_rights: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_rights): the rights that are known, in their order
 */
const ShopcaisseRight *
shopcaisse_rights_list(gsize *n_rights)
{
  *n_rights = G_N_ELEMENTS(rights);
  return rights;
}

static gboolean
is_needed(const ShopcaisseRight *self, ShopcaisseContext *context)
{
  g_autofree char *webhooks = NULL;

  if (self->need == SHOPCAISSE_NEED_CUSTOMERS)
    return context->configuration->send_customer;
  if (self->need != SHOPCAISSE_NEED_WEBHOOKS)
    return self->need == SHOPCAISSE_NEED_ALWAYS;
  webhooks = shopcaisse_settings_get(context->database, "webhooks", NULL);
  return g_strcmp0(webhooks, "true") == 0;
}

/**
 * shopcaisse_right_look:
 * @self: a right
 * @context: the engine's parts, with a token
 *
 * Returns: how the token stands to it
 */
ShopcaisseRightState
shopcaisse_right_look(const ShopcaisseRight *self, ShopcaisseContext *context)
{
  const ShopcaisseGrant *grant = context->configuration->grant;
  gboolean needed = is_needed(self, context);

  if (grant == NULL || !shopcaisse_grant_allows(grant, self->node))
    return needed ? SHOPCAISSE_RIGHT_MISSING : SHOPCAISSE_RIGHT_ABSENT;
  return needed || self->need == SHOPCAISSE_NEED_OPTIONAL ? SHOPCAISSE_RIGHT_GRANTED
                                                          : SHOPCAISSE_RIGHT_UNUSED;
}

/**
 * shopcaisse_right_is_dangerous:
 * @node: a right
 *
 * Returns: %TRUE when it lets its owner delete something
 */
gboolean
shopcaisse_right_is_dangerous(const char *node)
{
  return g_str_has_suffix(node, ".delete");
}

/**
 * shopcaisse_right_dup_missing:
 * @self: a right that something needs
 *
 * Returns: (transfer full): a sentence that names it and what it is for
 */
char *
shopcaisse_right_dup_missing(const ShopcaisseRight *self)
{
  g_autoptr(GString) text = g_string_new(self->missing != NULL ? _(self->missing) : "%s");

  g_string_replace(text, "%s", self->node, 1);
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/**
 * shopcaisse_rights_count_missing:
 * @context: the engine's parts, with a token
 *
 * Returns: how many needed rights the token has not got
 */
guint
shopcaisse_rights_count_missing(ShopcaisseContext *context)
{
  guint n_missing = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(rights); i++)
    n_missing += shopcaisse_right_look(&rights[i], context) == SHOPCAISSE_RIGHT_MISSING ? 1 : 0;
  return n_missing;
}

/**
 * shopcaisse_rights_explain:
 * @context: the engine's parts
 * @job_kind: the kind of the row that was refused
 *
 * Tells a token that is refused from one that lacks a right.
 *
 * Returns: (transfer full) (nullable): a sentence that names the right; %NULL when none is missing
 */
char *
shopcaisse_rights_explain(ShopcaisseContext *context, const char *job_kind)
{
  if (context->configuration->grant == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(rights); i++) {
    if (g_strcmp0(rights[i].job, job_kind) == 0 &&
        shopcaisse_right_look(&rights[i], context) == SHOPCAISSE_RIGHT_MISSING)
      return shopcaisse_right_dup_missing(&rights[i]);
  }
  return NULL;
}
