/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From an event to what is read again; docs/PROTOCOL.md 4. Two names are sure, the others follow
 * their pattern and the names of the rights. */
#include "engine/hint.h"

#include "engine/context.h"
#include "store/places.h"

static const ShopcaisseHintRoute routes[] = {
  { "company.items", SHOPCAISSE_PLACE_COMPANY, "pull-catalogue" },
  { "company.families", SHOPCAISSE_PLACE_COMPANY, "pull-catalogue" },
  { "company.prices", SHOPCAISSE_PLACE_COMPANY, "pull-catalogue" },
  { "store.prices", SHOPCAISSE_PLACE_STORE, "pull-catalogue" },
  { "store.stocks", SHOPCAISSE_PLACE_STORE, "pull-stock" },
  { "store.orders", SHOPCAISSE_PLACE_STORE, "poll-orders" },
  { "store.sales", SHOPCAISSE_PLACE_STORE, "pull-sales" },
};

static gboolean
is_known_place(ShopcaisseContext *context, ShopcaissePlaceKind kind, const char *id)
{
  g_autoptr(ShopcaissePlace) place = shopcaisse_mirror_get_place(context->database, kind, id, NULL);

  return place != NULL;
}

static ShopcaisseHintKind
find_kind(ShopcaisseContext *context, const ShopcaisseHintRoute *route, const char *resource_id)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  const char *own =
      route->kind == SHOPCAISSE_PLACE_COMPANY ? configuration->company_id : configuration->store_id;

  if (*own != '\0' && g_str_equal(own, resource_id))
    return SHOPCAISSE_HINT_PULL;
  return is_known_place(context, route->kind, resource_id) ? SHOPCAISSE_HINT_ELSEWHERE
                                                           : SHOPCAISSE_HINT_STRANGE;
}

/**
 * shopcaisse_hint_read:
 * @context: the engine's parts
 * @event: an event whose signature is right
 *
 * Finds what is to be read again. One address serves all stores of an application, so most events
 * may be none of this profile's business.
 *
 * Returns: what it means here
 */
ShopcaisseHint
shopcaisse_hint_read(ShopcaisseContext *context, const ShopcaisseEvent *event)
{
  ShopcaisseHint hint = { SHOPCAISSE_HINT_UNKNOWN, NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS(routes); i++) {
    if (!g_str_equal(routes[i].event, event->name))
      continue;
    hint.known = routes[i].event;
    hint.kind = find_kind(context, &routes[i], event->resource_id);
    if (hint.kind == SHOPCAISSE_HINT_PULL)
      hint.task = routes[i].task;
  }
  return hint;
}

/**
 * shopcaisse_hint_get_route:
 * @i: which
 *
 * Returns: (transfer none) (nullable): a known event, %NULL behind the last
 */
const ShopcaisseHintRoute *
shopcaisse_hint_get_route(gsize i)
{
  return i < G_N_ELEMENTS(routes) ? &routes[i] : NULL;
}
