/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The nodes of permission that a token may carry (PROTOCOL 1.1, seed and spec). */

#include "token.h"

#include <string.h>

static const char *const nodes[] = {
  "organisation.*.info",
  "organisation.*.families.read",
  "company.*.info",
  "company.*.items",
  "company.*.items.read",
  "company.*.items.write",
  "company.*.items.delete",
  "company.*.families.read",
  "company.*.prices",
  "company.*.prices.read",
  "company.*.prices.write",
  "company.*.prices.delete",
  "company.*.webhooks",
  "company.*.webhooks.use",
  "store.*.info",
  "store.*.prices",
  "store.*.seating-plan.read",
  "store.*.seating-plan.write",
  "store.*.stocks.read",
  "store.*.customers.read",
  "store.*.customers.write",
  "store.*.customers.delete",
  "store.*.loyalties.read",
  "store.*.loyalties.write",
  "store.*.sales.read",
  "store.*.orders",
  "store.*.orders.read",
  "store.*.orders.write",
  "store.*.orders.cancel",
  "store.*.webhooks",
  "store.*.webhooks.use",
  "pos.*.info",
  "pos.*.orders.read",
};

static gboolean
is_parent(const char *node)
{
  return g_str_equal(node, "company.*.items") || g_str_equal(node, "company.*.prices") ||
         g_str_equal(node, "store.*.orders");
}

static gboolean
is_kept(const char *node, const char *kind)
{
  if (g_str_equal(kind, "all"))
    return TRUE;
  if (g_str_equal(kind, "none") || is_parent(node))
    return FALSE;
  if (g_str_equal(kind, "read-only"))
    return !g_str_has_suffix(node, ".write") && !g_str_has_suffix(node, ".delete") &&
           !g_str_has_suffix(node, ".cancel");
  if (g_str_equal(kind, "orders-only"))
    return strstr(node, ".orders") != NULL || g_str_has_suffix(node, ".info");
  if (g_str_equal(kind, "catalogue-only"))
    return g_str_has_prefix(node, "company.") || g_str_has_suffix(node, ".info");
  if (g_str_equal(kind, "no-cancel"))
    return !g_str_has_suffix(node, ".cancel");
  return !g_str_has_prefix(node, "store.*.sales");
}

/**
 * sim_permissions_choose:
 * @kind: a value of the switch `permissions`
 *
 * Makes a set of permissions. A node without a verb grants all its verbs, so only `all` has some.
 *
 * Returns: (transfer full): an object of node: true
 */
json_t *
sim_permissions_choose(const char *kind)
{
  json_t *result = json_object();
  for (gsize i = 0; i < G_N_ELEMENTS(nodes); i++) {
    if (is_kept(nodes[i], kind))
      json_object_set_new(result, nodes[i], json_true());
  }
  return result;
}
