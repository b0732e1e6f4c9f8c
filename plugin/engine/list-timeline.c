/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became of one order, in order, with words for people. */
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/order-words.h"
#include "engine/refund.h"
#include "engine/shipments.h"
#include "engine/vocabulary.h"
#include "model/timestamp.h"
#include "store/sale-events.h"

static void
insert_text(GVariantDict *row, const char *key, const char *text)
{
  if (*text != '\0')
    g_variant_dict_insert(row, key, "s", text);
}

static void
insert_time(GVariantDict *row, const char *key, gint64 at)
{
  g_autofree char *text = shopcaisse_timestamp_to_text(at);

  g_variant_dict_insert(row, key, "s", text);
}

static char *
dup_shipping(const ShopcaisseSaleEvent *event)
{
  ShopcaisseShipmentCount count = { 0, 0 };
  g_auto(GStrv) parts = g_strsplit(event->word, "/", 2);

  if (g_strv_length(parts) != 2)
    return g_strdup(event->word);
  count.n_sent = (guint)g_ascii_strtoull(parts[0], NULL, 10);
  count.n_all = (guint)g_ascii_strtoull(parts[1], NULL, 10);
  return shopcaisse_shipments_describe(count);
}

static char *
dup_name(ShopcaisseDatabase *database, const ShopcaisseSaleEvent *event)
{
  if (g_str_equal(event->kind, "host"))
    return shopcaisse_vocabulary_dup_name(database, SHOPCAISSE_WORD_STATUS, event->word);
  if (g_str_equal(event->kind, "shipment"))
    return dup_shipping(event);
  if (g_str_equal(event->kind, "kitchen"))
    return g_strdup(shopcaisse_order_words_kitchen(event->word));
  if (g_str_equal(event->kind, "fiscal"))
    return g_strdup(shopcaisse_order_words_fiscal(event->word));
  return g_strdup(shopcaisse_order_words_state(event->word));
}

/* A state that needs nobody has no reason, or a good one. */
static const char *
get_level(const ShopcaisseSaleEvent *event)
{
  if (g_str_equal(event->kind, "host") || g_str_equal(event->kind, "shipment"))
    return "info";
  if (g_str_equal(event->word, "parked"))
    return "error";
  if (g_str_equal(event->reason, SHOPCAISSE_REFUND_DONE))
    return "info";
  return *event->reason != '\0' ? "warning" : "info";
}

static GVariant *
build_event(ShopcaisseDatabase *database, const ShopcaisseSaleEvent *event)
{
  g_autofree char *name = dup_name(database, event);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "x", event->id);
  insert_time(&row, "at", event->first_at);
  if (event->times > 1) {
    g_variant_dict_insert(&row, "times", "u", (guint32)event->times);
    insert_time(&row, "until", event->last_at);
  }
  g_variant_dict_insert(&row, "kind", "s", event->kind);
  g_variant_dict_insert(&row, "word", "s", event->word);
  g_variant_dict_insert(&row, "name", "s", name);
  g_variant_dict_insert(&row, "level", "s", get_level(event));
  insert_text(&row, "reason", event->reason);
  insert_text(&row, "text",
              *event->message != '\0' ? event->message
                                      : shopcaisse_order_words_reason(event->reason));
  return g_variant_dict_end(&row);
}

/**
 * shopcaisse_list_fill_timeline:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists what became of the sale that was asked for, the oldest first.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when no sale was named, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_list_fill_timeline(ShopcaisseListPage *page, GError **error)
{
  ShopcaisseDatabase *database = page->context->database;
  const char *sale = page->asked->sale;
  g_autoptr(GPtrArray) events = NULL;

  if (sale == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "list timeline: of which sale is not said");
    return FALSE;
  }
  events = shopcaisse_sale_events_list(database, sale, page->offset, page->limit, error);
  if (events == NULL || !shopcaisse_sale_events_count(database, sale, &page->total, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    g_variant_builder_add_value(&page->rows, build_event(database, events->pdata[i]));
  return TRUE;
}
