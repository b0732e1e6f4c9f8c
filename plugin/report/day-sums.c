/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Adds up a day, or a shift of it. Nothing is rounded here: VAT is what the till says, beside what
 * the rate says, and how far the two may be apart. docs/decisions/0020-closing-a-day.md. */
#include "report/day-sums.h"

#define VAT_TOLERANCE_MINOR 1 /* cents a line: roundings differ without anyone being wrong */

typedef struct {
  gint64 vat_bp;        /* or SHOPCAISSE_VAT_UNKNOWN */
  gint64 gross_minor;   /* tickets of orders */
  gint64 vat_minor;     /* the same, as their lines say */
  gint64 only_minor;    /* tickets of the till alone */
  gint64 only_vat;      /* the same, as their lines say */
  gint64 host_minor;    /* sales, as far as their rates are known */
  gint64 rounded_lines; /* of tickets of orders */
} Rate;

typedef struct {
  gint64 orders_minor;
  gint64 only_minor;
} Paid;

/**
 * shopcaisse_day_sums_new:
 *
 * Returns: (transfer full): nothing sold
 */
ShopcaisseDaySums *
shopcaisse_day_sums_new(void)
{
  ShopcaisseDaySums *self = g_new0(ShopcaisseDaySums, 1);

  self->vat = g_array_new(FALSE, TRUE, sizeof(Rate));
  self->payments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->host_payments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * shopcaisse_day_sums_free:
 * @self: (transfer full) (nullable): sums
 *
 * Frees them.
 */
void
shopcaisse_day_sums_free(ShopcaisseDaySums *self)
{
  if (self == NULL)
    return;
  g_array_unref(self->vat);
  g_hash_table_unref(self->payments);
  g_hash_table_unref(self->host_payments);
  g_free(self);
}

static Rate *
find_rate(ShopcaisseDaySums *self, gint64 vat_bp)
{
  guint i = 0;

  while (i < self->vat->len && g_array_index(self->vat, Rate, i).vat_bp < vat_bp)
    i++;
  if (i == self->vat->len || g_array_index(self->vat, Rate, i).vat_bp != vat_bp) {
    Rate fresh = { .vat_bp = vat_bp };

    g_array_insert_val(self->vat, i, fresh);
  }
  return &g_array_index(self->vat, Rate, i);
}

static Paid *
find_paid(GHashTable *payments, const char *kind)
{
  Paid *paid = g_hash_table_lookup(payments, kind);

  if (paid == NULL) {
    paid = g_new0(Paid, 1);
    g_hash_table_insert(payments, g_strdup(kind), paid);
  }
  return paid;
}

/* A child's total is for one piece of its parent. */
static gboolean
add_line(GArray *sums, const ShopcaisseSaleLine *line, gint64 n_parents, gint64 discount_minor)
{
  gint64 n_pieces = n_parents * line->quantity_milli / SHOPCAISSE_QUANTITY_ONE;

  if (line->vat_bp == SHOPCAISSE_VAT_UNKNOWN)
    return FALSE;
  shopcaisse_vat_sums_add(sums, line->vat_bp, line->total_minor * n_parents - discount_minor);
  for (guint i = 0; i < line->children->len; i++) {
    if (!add_line(sums, line->children->pdata[i], n_pieces, 0))
      return FALSE;
  }
  return TRUE;
}

static gint64
sum_line(const ShopcaisseSaleLine *line)
{
  gint64 sum = line->total_minor;

  for (guint i = 0; i < line->children->len; i++)
    sum += sum_line(line->children->pdata[i]) * line->quantity_milli / SHOPCAISSE_QUANTITY_ONE;
  return sum;
}

/**
 * shopcaisse_day_sums_by_rate:
 * @sale: a sale
 *
 * Finds what it is worth by rate of VAT.
 *
 * Returns: (transfer full) (nullable) (element-type ShopcaisseVatSum): the sums, or %NULL when that
 * cannot be known
 */
GArray *
shopcaisse_day_sums_by_rate(const ShopcaisseSale *sale)
{
  g_autoptr(GArray) sums = shopcaisse_vat_sums_new();
  g_autofree gint64 *weights = g_new0(gint64, sale->lines->len);
  g_autofree gint64 *discounts = g_new0(gint64, sale->lines->len);

  if (sale->service_charge_minor != 0 || sale->delivery_cost_minor != 0 ||
      sale->bag_fee_minor != 0 || sale->tip_minor != 0)
    return NULL;
  for (guint i = 0; i < sale->lines->len; i++)
    weights[i] = sum_line(sale->lines->pdata[i]);
  shopcaisse_money_share(sale->discount_minor, weights, sale->lines->len, discounts);
  for (guint i = 0; i < sale->lines->len; i++) {
    if (!add_line(sums, sale->lines->pdata[i], 1, discounts[i]))
      return NULL;
  }
  return g_steal_pointer(&sums);
}

/**
 * shopcaisse_day_sums_add_sale:
 * @self: sums
 * @sale: a sale that counts in the host
 *
 * Adds its total, its payments and, as far as its rates are known, what it is worth by rate. What
 * cash was rounded by is no turnover.
 */
void
shopcaisse_day_sums_add_sale(ShopcaisseDaySums *self, const ShopcaisseSale *sale)
{
  g_autoptr(GArray) sums = shopcaisse_day_sums_by_rate(sale);

  self->n_sales++;
  self->host_minor += sale->total_minor - sale->rounding_minor;
  for (guint i = 0; i < sale->payments->len; i++) {
    const ShopcaissePayment *payment = sale->payments->pdata[i];

    find_paid(self->host_payments, payment->method)->orders_minor += payment->amount_minor;
  }
  for (guint i = 0; sums != NULL && i < sums->len; i++) {
    const ShopcaisseVatSum *sum = &g_array_index(sums, ShopcaisseVatSum, i);

    find_rate(self, sum->vat_bp)->host_minor += sum->gross_minor;
  }
}

static void
add_rates(ShopcaisseDaySums *self, const ShopcaisseTicket *ticket, ShopcaisseDayTicket kind)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const ShopcaisseTicketLine *line = ticket->lines->pdata[i];
    Rate *rate = find_rate(self, line->vat_bp);

    if (kind == SHOPCAISSE_DAY_TICKET_TILL_ONLY) {
      rate->only_minor += line->total_minor;
      rate->only_vat += line->vat_minor;
      continue;
    }
    rate->gross_minor += line->total_minor;
    rate->vat_minor += line->vat_minor;
    rate->rounded_lines++;
  }
}

static void
add_payments(ShopcaisseDaySums *self, const ShopcaisseTicket *ticket, ShopcaisseDayTicket kind)
{
  for (guint i = 0; i < ticket->payments->len; i++) {
    const ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];
    Paid *paid = find_paid(self->payments, payment->kind);

    if (kind == SHOPCAISSE_DAY_TICKET_TILL_ONLY)
      paid->only_minor += payment->amount_minor;
    else
      paid->orders_minor += payment->amount_minor;
  }
}

/**
 * shopcaisse_day_sums_add_ticket:
 * @self: sums
 * @ticket: a ticket that counts on the till
 * @kind: what it is to the host
 *
 * Adds its total, its VAT and its payments.
 */
void
shopcaisse_day_sums_add_ticket(ShopcaisseDaySums *self,
                               const ShopcaisseTicket *ticket,
                               ShopcaisseDayTicket kind)
{
  switch (kind) {
  case SHOPCAISSE_DAY_TICKET_OF_ORDER:
    self->n_finalised++;
    self->till_minor += ticket->total_minor;
    break;
  case SHOPCAISSE_DAY_TICKET_TILL_ONLY:
    self->n_till_only++;
    self->till_only_minor += ticket->total_minor;
    break;
  case SHOPCAISSE_DAY_TICKET_REFUND:
    self->n_refunds++;
    self->refunds_minor += ticket->total_minor;
    self->till_minor += ticket->total_minor;
    break;
  }
  add_rates(self, ticket, kind);
  add_payments(self, ticket, kind);
}

static void
insert_money(GVariantDict *row, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  g_variant_dict_insert(row, key, "s", text);
}

static GVariant *
build_rate(const Rate *rate)
{
  g_autofree char *percent = shopcaisse_vat_to_percent(rate->vat_bp);
  gint64 expected = shopcaisse_vat_of_gross(rate->gross_minor, rate->vat_bp);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "rate", "s", percent != NULL ? percent : "");
  insert_money(&row, "gross", rate->gross_minor);
  insert_money(&row, "vat", rate->vat_minor);
  insert_money(&row, "net", rate->gross_minor - rate->vat_minor);
  insert_money(&row, "expected", expected);
  insert_money(&row, "tolerance", rate->rounded_lines * VAT_TOLERANCE_MINOR);
  insert_money(&row, "host_gross", rate->host_minor);
  insert_money(&row, "till_only_gross", rate->only_minor);
  insert_money(&row, "till_only_vat", rate->only_vat);
  return g_variant_dict_end(&row);
}

static GVariant *
build_rates(const ShopcaisseDaySums *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->vat->len; i++)
    g_variant_builder_add_value(&rows, build_rate(&g_array_index(self->vat, Rate, i)));
  return g_variant_builder_end(&rows);
}

static int
compare_kinds(gconstpointer a, gconstpointer b)
{
  return g_strcmp0(a, b);
}

static GVariant *
build_payments(GHashTable *payments)
{
  g_autoptr(GList) kinds = g_list_sort(g_hash_table_get_keys(payments), compare_kinds);
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (GList *l = kinds; l != NULL; l = l->next) {
    const Paid *paid = g_hash_table_lookup(payments, l->data);
    g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

    g_variant_dict_insert(&row, "method", "s", l->data);
    insert_money(&row, "amount", paid->orders_minor);
    insert_money(&row, "till_only_amount", paid->only_minor);
    g_variant_builder_add_value(&rows, g_variant_dict_end(&row));
  }
  return g_variant_builder_end(&rows);
}

/**
 * shopcaisse_day_sums_insert:
 * @self: sums
 * @row: (inout): a row of a report
 *
 * Writes the sums into a row.
 */
void
shopcaisse_day_sums_insert(const ShopcaisseDaySums *self, GVariantDict *row)
{
  g_variant_dict_insert(row, "host_orders", "u", self->n_sales);
  g_variant_dict_insert(row, "sent", "u", self->n_sent);
  g_variant_dict_insert(row, "on_till", "u", self->n_orders);
  g_variant_dict_insert(row, "finalised", "u", self->n_finalised);
  g_variant_dict_insert(row, "till_only", "u", self->n_till_only);
  g_variant_dict_insert(row, "refunds", "u", self->n_refunds);
  insert_money(row, "host_total", self->host_minor);
  insert_money(row, "till_total", self->till_minor);
  insert_money(row, "difference", self->host_minor - self->till_minor);
  insert_money(row, "till_only_total", self->till_only_minor);
  insert_money(row, "refunds_total", self->refunds_minor);
  g_variant_dict_insert_value(row, "vat", build_rates(self));
  g_variant_dict_insert_value(row, "payments", build_payments(self->payments));
  g_variant_dict_insert_value(row, "host_payments", build_payments(self->host_payments));
}
