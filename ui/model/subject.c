/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a line of the journal is about. Ids and the channel's own words are for programs: a line
 * whose subject has no name says at least which part of the work it belongs to. */
#include "ui/model/subject.h"

#include "config.h"
#include "ui/model/row.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *flow;
  const char *name; /* to be translated */
} flows[] = {
  { "articles", N_("Articles") },
  { "authentication", N_("Connection") },
  { "calibrate", N_("Test order") },
  { "calibration", N_("Test order") },
  { "cancel", N_("Orders") },
  { "catch-up", N_("Missed sales") },
  { "close-day-orders", N_("Day close") },
  { "close-day-sales", N_("Day close") },
  { "connection", N_("Connection") },
  { "currency", N_("Articles") },
  { "database", N_("Storage") },
  { "discover", N_("Stores and registers") },
  { "exchange", N_("Detailed log") },
  { "families", N_("Articles") },
  { "items", N_("Articles") },
  { "order", N_("Orders") },
  { "orders", N_("Orders") },
  { "places", N_("Stores and registers") },
  { "poll-orders", N_("Orders") },
  { "price-lists", N_("Articles") },
  { "prices", N_("Articles") },
  { "pull-catalogue", N_("Articles") },
  { "pull-sales", N_("Sales of the till") },
  { "pull-stock", N_("Stock") },
  { "record-sales", N_("Sales of the till") },
  { "shifts", N_("Sales of the till") },
  { "stocks", N_("Stock") },
  { "test-connection", N_("Connection") },
  { "tickets", N_("Sales of the till") },
  { "webhooks", N_("Events") },
};

static const char *
get_flow_name(const char *flow)
{
  for (gsize i = 0; i < G_N_ELEMENTS(flows); i++) {
    if (g_str_equal(flows[i].flow, flow))
      return _(flows[i].name);
  }
  /* Translators: what a line of the journal is about, when it is nothing in particular. */
  return _("Other");
}

/**
 * shopcaisse_page_subject_dup_name:
 * @line: a line of the journal, `a{sv}`
 *
 * Says what the line is about: the thing by its number or name, or else the part of the work.
 *
 * Returns: (transfer full): the words, translated
 */
char *
shopcaisse_page_subject_dup_name(GVariant *line)
{
  const char *kind = shopcaisse_page_row_get_text(line, "subject_kind");
  const char *name = shopcaisse_page_row_get_text(line, "subject_name");
  if (*name == '\0')
    return g_strdup(get_flow_name(shopcaisse_page_row_get_text(line, "flow")));
  if (g_str_equal(kind, "order"))
    /* Translators: %s is the number of an order. */
    return g_strdup_printf(_("Order %s"), name);
  if (g_str_equal(kind, "ticket"))
    /* Translators: %s is the number of a receipt that the till printed. */
    return g_strdup_printf(_("Receipt %s"), name);
  if (g_str_equal(kind, "store"))
    /* Translators: %s is the name of a store. */
    return g_strdup_printf(_("Store %s"), name);
  if (g_str_equal(kind, "article"))
    /* Translators: %s is the name of an article. */
    return g_strdup_printf(_("Article %s"), name);
  return g_strdup(name);
}
