/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders as they are listed: their progress, what they cost, and what a person may do now. */
#include "engine/advice.h"
#include "engine/cancel.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/order-words.h"
#include "engine/progress.h"
#include "engine/resend.h"
#include "engine/shipments.h"
#include "model/money.h"
#include "model/timestamp.h"
#include "store/merged-sales.h"
#include "store/outbox.h"
#include "store/sales-read.h"

#define OUR_CURRENCY "EUR"

static void
insert_time(GVariantDict *row, const char *key, gint64 at)
{
  g_autofree char *text = shopcaisse_timestamp_to_text(at);

  g_variant_dict_insert(row, key, "s", text);
}

static void
insert_words(GVariantDict *row, const ShopcaisseSaleRecord *record)
{
  g_variant_dict_insert(row, "state_name", "s", shopcaisse_order_words_state(record->state));
  g_variant_dict_insert(row, "kitchen_name", "s", shopcaisse_order_words_kitchen(record->kitchen));
  g_variant_dict_insert(row, "fiscal_name", "s", shopcaisse_order_words_fiscal(record->fiscal));
}

/* What the row of the outbox says; there is none once it was settled and its id was freed. */
static void
insert_attempts(GVariantDict *row, const ShopcaisseJob *job)
{
  if (job == NULL)
    return;
  g_variant_dict_insert(row, "tries", "u", (guint32)job->attempts);
  if (job->state == SHOPCAISSE_JOB_WAITING)
    insert_time(row, "next_try", job->due_at);
}

/* What cannot be read is left out: it is no reason to show no order. */
static void
insert_kind(GVariantDict *row, ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  const char *order_type = NULL;
  g_autofree char *main_id = shopcaisse_merged_sales_find_main(context->database, record, NULL);

  if (g_variant_lookup(record->payload, "order_type", "&s", &order_type))
    g_variant_dict_insert(row, "order_type", "s", order_type);
  shopcaisse_shipments_insert(context, record->sale_id, row);
  if (main_id != NULL)
    g_variant_dict_insert(row, "merged_into", "s", main_id);
}

static GVariant *
build_order(ShopcaisseContext *context,
            const ShopcaisseSaleRecord *record,
            const ShopcaisseJob *job)
{
  g_autoptr(GVariant) progress = g_variant_ref_sink(shopcaisse_progress_row(record));
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(progress);
  g_autofree char *total =
      shopcaisse_money_to_text(shopcaisse_money(record->total_minor, OUR_CURRENCY));

  g_variant_dict_insert(&row, "total", "s", total);
  g_variant_dict_insert(&row, "currency", "s", OUR_CURRENCY);
  insert_time(&row, "sold_at", record->sold_at);
  insert_kind(&row, context, record);
  insert_words(&row, record);
  g_variant_dict_insert(&row, "can_send", "b", shopcaisse_resend_is_possible(context, record, job));
  g_variant_dict_insert(&row, "can_cancel", "b", shopcaisse_cancel_is_possible(record));
  if (*shopcaisse_advice_for_order(record) != '\0')
    g_variant_dict_insert(&row, "next_step", "s", shopcaisse_advice_for_order(record));
  insert_attempts(&row, job);
  return g_variant_dict_end(&row);
}

static gboolean
add_order(ShopcaisseListPage *page, const ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(page->context->database, key, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  g_variant_builder_add_value(&page->rows, build_order(page->context, record, job));
  return TRUE;
}

/* How many rows there are, by what was asked for. */
static gboolean
count_orders(ShopcaisseListPage *page, const ShopcaisseSalesQuery *query, GError **error)
{
  GVariantIter iter;
  const char *state = NULL;
  guint32 count = 0;

  page->counts = shopcaisse_sales_count(page->context->database, error);
  if (page->counts == NULL)
    return FALSE;
  if (query->text != NULL || query->sale_id != NULL)
    return shopcaisse_sales_count_found(page->context->database, query, &page->total, error);
  g_variant_iter_init(&iter, page->counts);
  while (g_variant_iter_next(&iter, "{&su}", &state, &count)) {
    if (query->state == NULL || g_str_equal(query->state, state))
      page->total += count;
  }
  return TRUE;
}

/**
 * shopcaisse_list_fill_orders:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists orders, the oldest first unless asked otherwise.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_orders(ShopcaisseListPage *page, GError **error)
{
  ShopcaisseSalesQuery query = { .state = page->asked->state,
                                 .sale_id = page->asked->sale,
                                 .text = page->asked->text,
                                 .is_newest_first = page->asked->is_newest_first,
                                 .offset = page->offset,
                                 .limit = page->limit };
  g_autoptr(GPtrArray) sales = shopcaisse_sales_list(page->context->database, &query, error);

  if (sales == NULL || !count_orders(page, &query, error))
    return FALSE;
  for (guint i = 0; i < sales->len; i++) {
    if (!add_order(page, sales->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}
