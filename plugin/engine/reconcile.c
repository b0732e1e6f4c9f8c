/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day, matched: every order with its fiscal sale. Each difference has a class and a next step.
 * docs/PROTOCOL.md 5.2. */
#include "engine/reconcile.h"

#include "config.h"
#include "engine/context.h"
#include "model/sale.h"
#include "model/vat.h"
#include "store/places.h"
#include "store/sales-read.h"
#include "store/tickets.h"

#include <glib/gi18n-lib.h>

#define VAT_TOLERANCE_MINOR 1 /* cents a line: roundings differ without anyone being wrong */

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  GHashTable *by_id; /* (owned) (element-type utf8 ShopcaisseTicketRecord): not owned rows */
  GVariantBuilder differences;
  guint n_differences;
  guint n_sales;
  guint n_sent;
  guint n_on_till;
  guint n_finalised;
  gint64 host_minor;
  gint64 till_minor;
  guint n_till_only;
  gint64 till_only_minor;
  GArray *vat;          /* (owned) (element-type ShopcaisseVatSum): of the matched tickets */
  GHashTable *payments; /* (owned) (element-type utf8 gint64): cents by kind */
  GHashTable *matched;  /* (owned) (element-type utf8): ids of tickets that belong to a sale */
} Day;

static void
clear_day(Day *day)
{
  g_variant_builder_clear(&day->differences);
  g_hash_table_unref(day->by_id);
  g_array_unref(day->vat);
  g_hash_table_unref(day->payments);
  g_hash_table_unref(day->matched);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Day, clear_day)

/**
 * shopcaisse_reconcile_get_day:
 * @context: the engine's parts
 * @day: (nullable): "2026-03-01", or today
 * @from: (out): its beginning
 * @to: (out): its end; 23 or 25 hours later when the clocks change
 * @error: return location for an error
 *
 * Finds the bounds of a day in the shop's time zone.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_INVALID
 */
gboolean
shopcaisse_reconcile_get_day(
    ShopcaisseContext *context, const char *day, gint64 *from, gint64 *to, GError **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(context->configuration->time_zone);
  g_autoptr(GDateTime) start = NULL;
  g_autoptr(GDateTime) end = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_utc();
  if (day == NULL || *day == '\0') {
    g_autoptr(GDateTime) utc =
        g_date_time_new_from_unix_utc(shopcaisse_context_get_now(context) / SHOPCAISSE_SECOND);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);

    start = g_date_time_new(zone, g_date_time_get_year(local), g_date_time_get_month(local),
                            g_date_time_get_day_of_month(local), 0, 0, 0);
  } else {
    g_autofree char *text = g_strconcat(day, "T00:00:00", NULL);

    start = g_date_time_new_from_iso8601(text, zone);
  }
  if (start == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("\"%s\" is not a day such as 2026-03-01"), day);
    return FALSE;
  }
  end = g_date_time_add_days(start, 1);
  *from = g_date_time_to_unix(start) * SHOPCAISSE_SECOND;
  *to = g_date_time_to_unix(end) * SHOPCAISSE_SECOND;
  return TRUE;
}

static void
insert_money(GVariantDict *dict, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  g_variant_dict_insert(dict, key, "s", text);
}

static void
add_difference(Day *day,
               const ShopcaisseSaleRecord *record,
               const char *class,
               const char *message,
               const char *next_step)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "class", "s", class);
  g_variant_dict_insert(&row, "sale_id", "s", record->sale_id);
  g_variant_dict_insert(&row, "number", "s", record->number);
  g_variant_dict_insert(&row, "message", "s", message);
  g_variant_dict_insert(&row, "next_step", "s", next_step);
  insert_money(&row, "total", record->total_minor);
  g_variant_builder_add_value(&day->differences, g_variant_dict_end(&row));
  day->n_differences++;
}

static void
add_payments(Day *day, const ShopcaisseTicket *ticket)
{
  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];
    gint64 *sum = g_hash_table_lookup(day->payments, payment->kind);

    if (sum == NULL) {
      sum = g_new0(gint64, 1);
      g_hash_table_insert(day->payments, g_strdup(payment->kind), sum);
    }
    *sum += payment->amount_minor;
  }
}

static void
check_vat(Day *day, const ShopcaisseSaleRecord *record, const ShopcaisseTicket *ticket)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];
    gint64 expected = 0;

    if (line->vat_bp == SHOPCAISSE_VAT_UNKNOWN)
      continue;
    shopcaisse_vat_sums_add(day->vat, line->vat_bp, line->total_minor);
    expected = shopcaisse_vat_of_gross(line->total_minor, line->vat_bp);
    if (ABS(expected - line->vat_minor) > VAT_TOLERANCE_MINOR)
      add_difference(day, record, "vat", _("the VAT of a line is not what its rate says"),
                     _("compare the VAT rates of the article in both systems"));
  }
}

static void
add_not_counted(Day *day, const ShopcaisseSaleRecord *record, const ShopcaisseTicket *ticket)
{
  /* Translators: a word of the service, in English, such as CANCELLED. */
  g_autofree char *message =
      g_strdup_printf(_("the till says \"%s\" of this sale"), ticket->status);

  add_difference(day, record, "not-counted", message,
                 _("the till has not completed this sale, or has cancelled it: look at it there"));
}

static void
match_ticket(Day *day,
             const ShopcaisseSaleRecord *record,
             const ShopcaisseTicket *ticket,
             gint64 expected_minor)
{
  g_hash_table_add(day->matched, g_strdup(ticket->id));
  /* What the till does not count is no turnover and no VAT. */
  if (ticket->phase != SHOPCAISSE_TICKET_COUNTS)
    return add_not_counted(day, record, ticket);
  day->n_finalised++;
  day->till_minor += ticket->total_minor;
  add_payments(day, ticket);
  if (ticket->total_minor != expected_minor)
    add_difference(day, record, "amount", _("the till recorded another total"),
                   _("compare the receipt with the sale; correct it with a refund on the till"));
  check_vat(day, record, ticket);
}

static void
note_missing_ticket(Day *day, const ShopcaisseSaleRecord *record)
{
  if (g_str_equal(record->fiscal, "finalised"))
    add_difference(day, record, "receipt-not-read",
                   _("the order has a receipt, but the till's sale has not been read yet"),
                   _("let the iPad synchronise, then close the day again"));
  else if (g_str_equal(record->state, "sent"))
    add_difference(day, record, "not-finalised", _("the order is on the till and not yet a sale"),
                   _("tap \"Process order\" on the iPad"));
  else
    add_difference(day, record, "not-sent",
                   *record->message != '\0' ? record->message : _("the order has not left yet"),
                   _("see why it is held in the list of orders"));
}

/* Cancelled here it is over; cancelled on the till it is still paid for in the host's books. */
static gboolean
note_cancelled(Day *day, const ShopcaisseSaleRecord *record, gint64 expected_minor)
{
  if (!g_str_equal(record->reason, "cancelled-on-till"))
    return TRUE;
  day->n_sales++;
  day->n_sent++;
  day->host_minor += expected_minor;
  add_difference(day, record, "cancelled-on-till", record->message,
                 _("refund the customer and cancel the sale in this program"));
  return TRUE;
}

static gboolean
add_sale(Day *day, const ShopcaisseSaleRecord *record, GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(record->payload, error);
  const ShopcaisseTicketRecord *ticket = NULL;
  gint64 expected_minor = 0;

  if (sale == NULL)
    return FALSE;
  if (record->receipt_id != NULL)
    ticket = g_hash_table_lookup(day->by_id, record->receipt_id);
  if (ticket == NULL && record->document_id != NULL)
    ticket = g_hash_table_lookup(day->by_id, record->document_id);
  expected_minor = sale->total_minor - sale->rounding_minor;
  if (g_str_equal(record->state, "cancelled")) {
    if (ticket == NULL || ticket->ticket->phase != SHOPCAISSE_TICKET_COUNTS)
      return note_cancelled(day, record, expected_minor);
    add_difference(day, record, "cancelled-and-sold",
                   _("the order was cancelled, the till recorded it all the same"),
                   _("refund it on the till"));
  }
  day->n_sales++;
  day->host_minor += expected_minor;
  if (record->sent_at != 0)
    day->n_sent++;
  if (record->external_id != NULL && g_str_equal(record->state, "sent"))
    day->n_on_till++;
  if (ticket != NULL)
    match_ticket(day, record, ticket->ticket, expected_minor);
  else
    note_missing_ticket(day, record);
  return TRUE;
}

static gboolean
add_sales(Day *day, gint64 from, gint64 to, GError **error)
{
  ShopcaisseSalesQuery query = { .from = from, .to = to };
  g_autoptr(GPtrArray) sales = shopcaisse_sales_list(day->context->database, &query, error);

  if (sales == NULL)
    return FALSE;
  for (guint i = 0; i < sales->len; i++) {
    if (!add_sale(day, sales->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* The ticket of an order of another day is in that day's report. */
static gboolean
is_till_only(
    Day *day, const ShopcaisseTicketRecord *record, gint64 to, gboolean *till_only, GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) sale = NULL;
  g_autoptr(GError) read_error = NULL;

  *till_only = FALSE;
  if (record->ticket->at >= to || record->ticket->phase != SHOPCAISSE_TICKET_COUNTS ||
      g_hash_table_contains(day->matched, record->ticket->id))
    return TRUE;
  sale = shopcaisse_sales_find_receipt(day->context->database, record->ticket->id, &read_error);
  *till_only = sale == NULL;
  if (read_error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&read_error));
  return FALSE;
}

/* Rung up on the iPad itself: counted apart, no difference. */
static gboolean
add_till_only(Day *day, const GPtrArray *tickets, gint64 to, GError **error)
{
  for (guint i = 0; i < tickets->len; i++) {
    const ShopcaisseTicketRecord *record = tickets->pdata[i];
    gboolean till_only = FALSE;

    if (!is_till_only(day, record, to, &till_only, error))
      return FALSE;
    if (!till_only)
      continue;
    day->n_till_only++;
    day->till_only_minor += record->ticket->total_minor;
  }
  return TRUE;
}

static gboolean
is_provisional(
    Day *day, const char *store_id, gint64 from, gint64 to, gboolean *provisional, GError **error)
{
  g_autoptr(GPtrArray) shifts =
      shopcaisse_shifts_list(day->context->database, store_id, from, to, error);

  if (shifts == NULL)
    return FALSE;
  *provisional = shifts->len == 0;
  for (guint i = 0; i < shifts->len; i++) {
    const ShopcaisseShift *shift = shifts->pdata[i];

    if (shift->phase != SHOPCAISSE_SHIFT_COMPLETED)
      *provisional = TRUE;
  }
  return TRUE;
}

static GVariant *
build_vat(Day *day)
{
  GVariantBuilder rows;

  shopcaisse_vat_sums_finish(day->vat);
  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (guint i = 0; i < day->vat->len; i++) {
    const ShopcaisseVatSum *sum = &g_array_index(day->vat, ShopcaisseVatSum, i);
    g_autofree char *rate = shopcaisse_vat_to_percent(sum->vat_bp);
    g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

    g_variant_dict_insert(&row, "rate", "s", rate);
    insert_money(&row, "gross", sum->gross_minor);
    insert_money(&row, "vat", sum->vat_minor);
    insert_money(&row, "net", sum->net_minor);
    g_variant_builder_add_value(&rows, g_variant_dict_end(&row));
  }
  return g_variant_builder_end(&rows);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return g_strcmp0(a, b);
}

static GVariant *
build_payments(Day *day)
{
  g_autoptr(GList) kinds = g_list_sort(g_hash_table_get_keys(day->payments), compare_names);
  GVariantBuilder rows;

  g_variant_builder_init(&rows, G_VARIANT_TYPE("aa{sv}"));
  for (GList *l = kinds; l != NULL; l = l->next) {
    g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

    g_variant_dict_insert(&row, "method", "s", l->data);
    insert_money(&row, "amount", *(gint64 *)g_hash_table_lookup(day->payments, l->data));
    g_variant_builder_add_value(&rows, g_variant_dict_end(&row));
  }
  return g_variant_builder_end(&rows);
}

static GVariant *
build_store(Day *day, const char *store_id, gboolean provisional)
{
  g_autoptr(ShopcaissePlace) place =
      shopcaisse_mirror_get_place(day->context->database, SHOPCAISSE_PLACE_STORE, store_id, NULL);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "store", "s", store_id);
  g_variant_dict_insert(&row, "name", "s", place != NULL ? place->name : "");
  g_variant_dict_insert(&row, "provisional", "b", provisional);
  g_variant_dict_insert(&row, "host_orders", "u", day->n_sales);
  g_variant_dict_insert(&row, "sent", "u", day->n_sent);
  g_variant_dict_insert(&row, "on_till", "u", day->n_on_till);
  g_variant_dict_insert(&row, "finalised", "u", day->n_finalised);
  g_variant_dict_insert(&row, "till_only", "u", day->n_till_only);
  insert_money(&row, "till_only_total", day->till_only_minor);
  insert_money(&row, "host_total", day->host_minor);
  insert_money(&row, "till_total", day->till_minor);
  insert_money(&row, "difference", day->host_minor - day->till_minor);
  g_variant_dict_insert_value(&row, "vat", build_vat(day));
  g_variant_dict_insert_value(&row, "payments", build_payments(day));
  g_variant_dict_insert_value(&row, "differences", g_variant_builder_end(&day->differences));
  g_variant_builder_init(&day->differences, G_VARIANT_TYPE("aa{sv}"));
  return g_variant_dict_end(&row);
}

static GVariant *
build_report(Day *day, const char *store_id, gboolean provisional, gboolean is_partial)
{
  g_auto(GVariantDict) report = G_VARIANT_DICT_INIT(NULL);
  GVariantBuilder stores;

  g_variant_builder_init(&stores, G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(&stores, build_store(day, store_id, provisional));
  g_variant_dict_insert_value(&report, "stores", g_variant_builder_end(&stores));
  g_variant_dict_insert(&report, "sales", "u", day->n_sales);
  g_variant_dict_insert(&report, "orders", "u", day->n_on_till);
  g_variant_dict_insert(&report, "finalised", "u", day->n_finalised);
  g_variant_dict_insert(&report, "differences", "u", day->n_differences);
  g_variant_dict_insert(&report, "provisional", "b", provisional);
  g_variant_dict_insert(&report, "partial", "b", is_partial);
  insert_money(&report, "difference", day->host_minor - day->till_minor);
  return g_variant_dict_end(&report);
}

/**
 * shopcaisse_reconcile_day:
 * @context: the engine's parts
 * @from: the day's beginning
 * @to: its end
 * @is_partial: not everything that the till sold could be read, so that the day is provisional
 * @error: return location for an error
 *
 * Matches the day's sales with the till's. Totals agree to the cent or a difference says where not;
 * VAT has a tolerance of a cent a line.
 *
 * Returns: (transfer floating): the report, or %NULL with %COMPTOIR_ERROR_STORAGE
 */
GVariant *
shopcaisse_reconcile_day(
    ShopcaisseContext *context, gint64 from, gint64 to, gboolean is_partial, GError **error)
{
  const char *store_id = context->configuration->store_id;
  /* A sale of the evening may be processed on the next morning. */
  g_autoptr(GPtrArray) tickets =
      shopcaisse_tickets_list(context->database, store_id, from, to + SHOPCAISSE_DAY, error);
  g_auto(Day) day = {
    .context = context,
    .by_id = g_hash_table_new(g_str_hash, g_str_equal),
    .vat = shopcaisse_vat_sums_new(),
    .payments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    .matched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean provisional = TRUE;

  g_variant_builder_init(&day.differences, G_VARIANT_TYPE("aa{sv}"));
  if (tickets == NULL)
    return NULL;
  for (guint i = 0; i < tickets->len; i++) {
    ShopcaisseTicketRecord *record = tickets->pdata[i];

    g_hash_table_insert(day.by_id, record->ticket->id, record);
  }
  if (!add_sales(&day, from, to, error) ||
      !is_provisional(&day, store_id, from, to, &provisional, error) ||
      !add_till_only(&day, tickets, to, error))
    return NULL;
  return build_report(&day, store_id, provisional || is_partial, is_partial);
}
