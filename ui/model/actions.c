/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which buttons a row has, and what they ask of the channel. */
#include "ui/model/actions.h"

#include "config.h"
#include "ui/format.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_page_actions_of_article:
 * @row: (nullable): a listed article
 * @side: which list it is in
 *
 * Says what can be done with an article: what is linked can be unlinked, what is not can be linked,
 * and imported if it is Shopcaisse's.
 *
 * Returns: what can be done
 */
ShopcaissePageActions
shopcaisse_page_actions_of_article(GVariant *row, ShopcaissePageSide side)
{
  const char *state = shopcaisse_page_row_get_text(row, "state");
  if (g_str_equal(state, "linked"))
    return SHOPCAISSE_PAGE_CAN_UNLINK;
  if (*state == '\0' || shopcaisse_page_row_is_true(row, "deleted"))
    return SHOPCAISSE_PAGE_CAN_NOTHING;
  if (side == SHOPCAISSE_PAGE_SIDE_ITEMS)
    return SHOPCAISSE_PAGE_CAN_LINK | SHOPCAISSE_PAGE_CAN_IMPORT;
  return SHOPCAISSE_PAGE_CAN_LINK;
}

/* Older channels do not say: what stands before the service can be sent, and be cancelled. */
static gboolean
is_before_service(GVariant *row)
{
  static const char *const states[] = { "held", "waiting", "parked", NULL };
  return g_strv_contains(states, shopcaisse_page_row_get_text(row, "state"));
}

static gboolean
can(GVariant *row, const char *key)
{
  if (shopcaisse_page_row_is_true(row, key))
    return TRUE;
  return !shopcaisse_page_row_is_false(row, key) && is_before_service(row);
}

/**
 * shopcaisse_page_actions_of_order:
 * @row: (nullable): an order
 * @send: how sending it is
 *
 * Says what can be done with an order. While it is being sent it cannot be sent again.
 *
 * Returns: what can be done
 */
ShopcaissePageActions
shopcaisse_page_actions_of_order(GVariant *row, ShopcaissePageWorkState send)
{
  ShopcaissePageActions actions = SHOPCAISSE_PAGE_CAN_NOTHING;
  if (row == NULL)
    return actions;
  if (send != SHOPCAISSE_PAGE_RUNNING && can(row, "can_send"))
    actions |= SHOPCAISSE_PAGE_CAN_SEND;
  if (can(row, "can_cancel"))
    actions |= SHOPCAISSE_PAGE_CAN_CANCEL;
  return actions;
}

/**
 * shopcaisse_page_order_dup_send_label:
 * @row: (nullable): an order
 * @send: how sending it is
 *
 * Says what is on the button that sends: what it does, or what has been done.
 *
 * Returns: (transfer full): the words, translated, with a mnemonic where it can be pressed
 */
char *
shopcaisse_page_order_dup_send_label(GVariant *row, ShopcaissePageWorkState send)
{
  const char *state = shopcaisse_page_row_get_text(row, "state");
  if (send == SHOPCAISSE_PAGE_RUNNING)
    return g_strdup(_("Sending…"));
  if (g_str_equal(state, "parked"))
    return g_strdup(_("Try a_gain"));
  if (!g_str_equal(state, "sent"))
    return g_strdup(_("_Send now"));
  g_autofree char *at = shopcaisse_format_time(shopcaisse_page_row_get_text(row, "at"));
  g_auto(GStrv) parts = g_strsplit(shopcaisse_page_row_get_text(row, "external_id"), "_", -1);
  g_autofree char *id = g_strjoinv("__", parts); /* no mnemonic is in an id */
  if (*at == '\0')
    return g_strdup(_("Sent"));
  if (*id == '\0')
    return g_strdup_printf(_("Sent, %s"), at);
  /* Translators: when an order was sent, and the id Shopcaisse gave it. */
  return g_strdup_printf(_("Sent, %1$s, %2$s"), at, id);
}

/**
 * shopcaisse_page_order_dup_details:
 * @row: (nullable): an order
 *
 * Says what a person can know of an order that has not arrived.
 *
 * Returns: (transfer full): sentences, translated, or ""
 */
char *
shopcaisse_page_order_dup_details(GVariant *row)
{
  g_autofree char *message =
      shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(row, "message"));
  const char *next = shopcaisse_page_row_get_text(row, "next_try");
  guint n_tries = shopcaisse_page_row_get_number(row, "tries");
  if (*next == '\0' || n_tries == 0)
    return g_steal_pointer(&message);
  g_autofree char *at = shopcaisse_format_time(next);
  /* Translators: how often something was tried, when it is tried again. */
  g_autofree char *tries =
      g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "Tried %1$u time; the next try is at %2$s.",
                                  "Tried %1$u times; the next try is at %2$s.", n_tries),
                      n_tries, at);
  return *message != '\0' ? g_strjoin("\n", message, tries, NULL) : g_steal_pointer(&tries);
}

static const char *
get_article_id(GVariant *row, ShopcaissePageSide side)
{
  return shopcaisse_page_row_get_text(row,
                                      side == SHOPCAISSE_PAGE_SIDE_ARTICLES ? "id" : "article_id");
}

static const char *
get_item_id(GVariant *row, ShopcaissePageSide side)
{
  return shopcaisse_page_row_get_text(row,
                                      side == SHOPCAISSE_PAGE_SIDE_ITEMS ? "id" : "external_id");
}

static GVariant *
build_rows(const char *article_id, const char *item_id)
{
  return g_variant_new_parsed("{'rows': <[{'id': <%s>, 'external_id': <%s>}]>}", article_id,
                              item_id);
}

/**
 * shopcaisse_page_link_build:
 * @row: an article that is not linked
 * @other: the one of the other side that it is
 * @side: which list @row is in
 *
 * Returns: (transfer floating): the argument of the operation that links the two
 */
GVariant *
shopcaisse_page_link_build(GVariant *row, GVariant *other, ShopcaissePageSide side)
{
  const char *id = shopcaisse_page_row_get_text(row, "id");
  const char *other_id = shopcaisse_page_row_get_text(other, "id");
  if (side == SHOPCAISSE_PAGE_SIDE_ARTICLES)
    return build_rows(id, other_id);
  return build_rows(other_id, id);
}

/**
 * shopcaisse_page_unlink_build:
 * @row: an article that is linked
 * @side: which list it is in
 *
 * Returns: (transfer floating): the argument of the operation that unlinks it, or links it again
 */
GVariant *
shopcaisse_page_unlink_build(GVariant *row, ShopcaissePageSide side)
{
  return build_rows(get_article_id(row, side), get_item_id(row, side));
}
