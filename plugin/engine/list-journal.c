/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a line of the journal is about, by the number or the name that people know it by. */
#include "engine/list-journal.h"

#include "engine/context.h"
#include "store/places.h"
#include "store/sales.h"
#include "store/tickets.h"

/* (transfer full): %NULL when there is no such thing, or none any more. */
typedef char *(*FindName)(ShopcaisseDatabase *database, const char *subject, GError **error);

static char *
find_sale(ShopcaisseDatabase *database, const char *subject, GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sales_get(database, subject, error);

  return record != NULL ? g_strdup(record->number) : NULL;
}

static char *
find_ticket(ShopcaisseDatabase *database, const char *subject, GError **error)
{
  g_autoptr(ShopcaisseTicketRecord) record = shopcaisse_tickets_get(database, subject, error);

  return record != NULL ? g_strdup(record->ticket->number) : NULL;
}

static char *
find_store(ShopcaisseDatabase *database, const char *subject, GError **error)
{
  g_autoptr(ShopcaissePlace) place =
      shopcaisse_mirror_get_place(database, SHOPCAISSE_PLACE_STORE, subject, error);

  return place != NULL ? g_strdup(place->name) : NULL;
}

/* A plan's lines are noted by the article's name. */
static char *
find_article(ShopcaisseDatabase *database, const char *subject, GError **error)
{
  (void)database;
  (void)error;
  return g_strdup(subject);
}

static const struct {
  const char *flow;
  const char *kind;
  FindName find;
} subjects[] = {
  { "articles", "article", find_article },   { "catch-up", "order", find_sale },
  { "connection", "store", find_store },     { "orders", "order", find_sale },
  { "record-sales", "ticket", find_ticket },
};

static const char *
get_text(GVariant *line, const char *key)
{
  const char *text = "";

  g_variant_lookup(line, key, "&s", &text);
  return text;
}

/**
 * shopcaisse_list_name_line:
 * @context: the engine's parts
 * @line: a line of the journal
 * @error: return location for an error
 *
 * Adds what people call the line's subject. One that nothing is known of keeps its id alone.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): the line; %NULL on failure
 */
GVariant *
shopcaisse_list_name_line(ShopcaisseContext *context, GVariant *line, GError **error)
{
  const char *flow = get_text(line, "flow");
  const char *subject = get_text(line, "subject");
  g_auto(GVariantDict) named = G_VARIANT_DICT_INIT(line);

  for (gsize i = 0; *subject != '\0' && i < G_N_ELEMENTS(subjects); i++) {
    g_autoptr(GError) find_error = NULL;
    g_autofree char *name = NULL;

    if (!g_str_equal(flow, subjects[i].flow))
      continue;
    name = subjects[i].find(context->database, subject, &find_error);
    if (find_error != NULL) {
      g_propagate_error(error, g_steal_pointer(&find_error));
      return NULL;
    }
    if (name == NULL || *name == '\0')
      break;
    g_variant_dict_insert(&named, "subject_kind", "s", subjects[i].kind);
    g_variant_dict_insert(&named, "subject_name", "s", name);
  }
  return g_variant_ref_sink(g_variant_dict_end(&named));
}
