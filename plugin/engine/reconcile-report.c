/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report of a day close, as comptoir-rows.h describes it. */
#include "config.h"
#include "engine/moment.h"
#include "engine/reconcile-private.h"
#include "model/timestamp.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>

static void
insert_money(GVariantDict *row, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  g_variant_dict_insert(row, key, "s", text);
}

static void
insert_time(GVariantDict *row, const char *key, gint64 at)
{
  g_autofree char *text = at > 0 ? shopcaisse_timestamp_to_text(at) : g_strdup("");

  g_variant_dict_insert(row, key, "s", text);
}

static const char *
get_register(const ShopcaisseReconciliation *self, const char *pos_id)
{
  const char *name = pos_id != NULL ? g_hash_table_lookup(self->registers, pos_id) : NULL;

  return name != NULL ? name : "";
}

static void
insert_sale(GVariantDict *row, const ShopcaisseFinding *finding)
{
  const ShopcaisseSaleRecord *record = finding->record;
  const ShopcaisseTicket *ticket = finding->ticket;
  const ShopcaisseListedOrder *order = finding->order;
  gint64 till_minor = 0;

  if (ticket != NULL)
    till_minor = ticket->total_minor;
  else if (order != NULL && order->goods_minor != SHOPCAISSE_LISTED_UNKNOWN)
    till_minor = order->goods_minor;
  if (record != NULL) {
    g_variant_dict_insert(row, "sale_id", "s", record->sale_id);
    g_variant_dict_insert(row, "number", "s", record->number);
    insert_money(row, "total", record->total_minor);
    insert_time(row, "at", record->sold_at);
  } else {
    g_variant_dict_insert(row, "sale_id", "s", "");
    g_variant_dict_insert(row, "number", "s", ticket != NULL ? ticket->number : "");
    insert_money(row, "total", till_minor);
    insert_time(row, "at", ticket != NULL ? ticket->at : order != NULL ? order->pickup_at : 0);
  }
  if (ticket != NULL || till_minor != 0)
    insert_money(row, "till_total", till_minor);
}

static void
insert_place(const ShopcaisseReconciliation *self,
             GVariantDict *row,
             const ShopcaisseFinding *finding)
{
  const ShopcaisseTicket *ticket = finding->ticket;
  const ShopcaisseShift *shift = NULL;
  const char *pos_id = NULL;

  if (ticket != NULL) {
    shift = shopcaisse_reconcile_find_shift(self, ticket);
    pos_id = ticket->pos_id;
  } else if (finding->order != NULL) {
    pos_id = finding->order->pos_id;
  }
  g_variant_dict_insert(row, "ticket", "s", ticket != NULL ? ticket->number : "");
  g_variant_dict_insert(row, "shift", "s", shift != NULL ? shift->id : "");
  g_variant_dict_insert(row, "register", "s", get_register(self, pos_id));
}

/**
 * shopcaisse_reconcile_note:
 * @self: a reconciliation
 * @finding: a difference
 *
 * Adds a difference to the report.
 */
void
shopcaisse_reconcile_note(ShopcaisseReconciliation *self, const ShopcaisseFinding *finding)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  const char *message = finding->message;

  if (message == NULL || *message == '\0')
    message = shopcaisse_difference_get_message(finding->difference);
  g_variant_dict_insert(&row, "class", "s", shopcaisse_difference_get_nick(finding->difference));
  g_variant_dict_insert(&row, "message", "s", message);
  g_variant_dict_insert(&row, "next_step", "s",
                        shopcaisse_difference_get_next_step(finding->difference));
  insert_sale(&row, finding);
  insert_place(self, &row, finding);
  g_ptr_array_add(self->differences, g_variant_ref_sink(g_variant_dict_end(&row)));
}

/**
 * shopcaisse_reconcile_get_sums:
 * @self: a reconciliation
 * @shift: (nullable): a shift
 *
 * Finds the sums of a shift; one of another day is outside, as what belongs to none.
 *
 * Returns: (transfer none): the sums
 */
ShopcaisseDaySums *
shopcaisse_reconcile_get_sums(ShopcaisseReconciliation *self, const ShopcaisseShift *shift)
{
  const char *id = shift != NULL && shopcaisse_reconcile_is_of_day(self, shift) ? shift->id : "";
  ShopcaisseDaySums *sums = g_hash_table_lookup(self->shift_sums, id);

  if (sums == NULL) {
    sums = shopcaisse_day_sums_new();
    g_hash_table_insert(self->shift_sums, g_strdup(id), sums);
  }
  return sums;
}

static const char *
get_state(const ShopcaisseShift *shift)
{
  switch (shift->phase) {
  case SHOPCAISSE_SHIFT_OPEN:
    return "open";
  case SHOPCAISSE_SHIFT_CLOSED:
    return "closed";
  case SHOPCAISSE_SHIFT_COMPLETED:
    return "completed";
  case SHOPCAISSE_SHIFT_UNKNOWN:
  default:
    return "unknown";
  }
}

static GVariant *
build_shift(ShopcaisseReconciliation *self, const ShopcaisseShift *shift)
{
  ShopcaisseDaySums *sums = shopcaisse_reconcile_get_sums(self, shift);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", shift != NULL ? shift->id : "");
  g_variant_dict_insert(&row, "register", "s",
                        shift != NULL ? get_register(self, shift->pos_id) : "");
  g_variant_dict_insert(&row, "state", "s", shift != NULL ? get_state(shift) : "");
  g_variant_dict_insert(&row, "status", "s", shift != NULL ? shift->status : "");
  g_variant_dict_insert(&row, "sequence", "u",
                        shift != NULL && shift->sequence > 0 ? (guint32)shift->sequence : 0u);
  insert_time(&row, "start_at", shift != NULL ? shift->start_at : 0);
  insert_time(&row, "end_at", shift != NULL ? shift->end_at : 0);
  shopcaisse_day_sums_insert(sums, &row);
  return g_variant_dict_end(&row);
}

/* Whether there is something that lies in no shift of the day. */
static gboolean
has_outside(const ShopcaisseReconciliation *self)
{
  const ShopcaisseDaySums *sums = g_hash_table_lookup(self->shift_sums, "");

  return sums != NULL &&
         sums->n_sales + sums->n_finalised + sums->n_till_only + sums->n_refunds > 0;
}

static GVariant *
build_shifts(ShopcaisseReconciliation *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < self->shifts->len; i++) {
    const ShopcaisseShift *shift = self->shifts->pdata[i];

    if (shopcaisse_reconcile_is_of_day(self, shift))
      g_variant_builder_add_value(&rows, build_shift(self, shift));
  }
  if (has_outside(self))
    g_variant_builder_add_value(&rows, build_shift(self, NULL));
  return g_variant_builder_end(&rows);
}

static guint
count_open_shifts(const ShopcaisseReconciliation *self, guint *n_shifts)
{
  guint n_open = 0;

  for (guint i = 0; i < self->shifts->len; i++) {
    const ShopcaisseShift *shift = self->shifts->pdata[i];

    if (!shopcaisse_reconcile_is_of_day(self, shift))
      continue;
    (*n_shifts)++;
    if (shift->phase != SHOPCAISSE_SHIFT_COMPLETED)
      n_open++;
  }
  return n_open;
}

/* Why the day is not final, for people; "" when it is. */
static char *
describe_provisional(const ShopcaisseReconciliation *self)
{
  guint n_shifts = 0;
  guint n_open = count_open_shifts(self, &n_shifts);

  if (self->window.is_partial)
    return g_strdup(_("not everything could be read from the till"));
  if (n_shifts == 0)
    return g_strdup(_("the till has no shift on this day"));
  if (n_open == 0)
    return g_strdup("");
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u shift of the till is not complete",
                                     "%u shifts of the till are not complete", n_open),
                         n_open);
}

static GVariant *
build_differences(const ShopcaisseReconciliation *self)
{
  return g_variant_new_array(G_VARIANT_TYPE_VARDICT, (GVariant *const *)self->differences->pdata,
                             self->differences->len);
}

static GVariant *
build_store(ShopcaisseReconciliation *self, const char *reason)
{
  g_autoptr(ShopcaissePlace) place = shopcaisse_mirror_get_place(
      self->context->database, SHOPCAISSE_PLACE_STORE, self->store_id, NULL);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "store", "s", self->store_id);
  g_variant_dict_insert(&row, "name", "s", place != NULL ? place->name : "");
  g_variant_dict_insert(&row, "provisional", "b", *reason != '\0');
  g_variant_dict_insert(&row, "reason", "s", reason);
  shopcaisse_day_sums_insert(self->sums, &row);
  g_variant_dict_insert_value(&row, "shifts", build_shifts(self));
  g_variant_dict_insert_value(&row, "differences", build_differences(self));
  return g_variant_dict_end(&row);
}

static char *
print_day(const ShopcaisseReconciliation *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(self->context->configuration->time_zone);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(self->window.from / SHOPCAISSE_SECOND);
  g_autoptr(GDateTime) local = zone != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

  return g_date_time_format(local != NULL ? local : utc, "%Y-%m-%d");
}

/**
 * shopcaisse_reconcile_build:
 * @self: a reconciliation that is done
 *
 * Puts the report together.
 *
 * Returns: (transfer floating): the report
 */
GVariant *
shopcaisse_reconcile_build(ShopcaisseReconciliation *self)
{
  const ShopcaisseDaySums *sums = self->sums;
  g_autofree char *reason = describe_provisional(self);
  g_autofree char *day = print_day(self);
  g_auto(GVariantDict) report = G_VARIANT_DICT_INIT(NULL);
  GVariant *store = build_store(self, reason);

  g_variant_dict_insert(&report, "day", "s", day);
  insert_time(&report, "compared_at", shopcaisse_context_get_now(self->context));
  g_variant_dict_insert(&report, "time_zone", "s", self->context->configuration->time_zone);
  g_variant_dict_insert_value(&report, "stores",
                              g_variant_new_array(G_VARIANT_TYPE_VARDICT, &store, 1));
  g_variant_dict_insert(&report, "sales", "u", sums->n_sales);
  g_variant_dict_insert(&report, "orders", "u", sums->n_orders);
  g_variant_dict_insert(&report, "finalised", "u", sums->n_finalised);
  g_variant_dict_insert(&report, "differences", "u", self->differences->len);
  g_variant_dict_insert(&report, "provisional", "b", *reason != '\0');
  g_variant_dict_insert(&report, "partial", "b", self->window.is_partial);
  insert_money(&report, "difference", sums->host_minor - sums->till_minor);
  return g_variant_dict_end(&report);
}
