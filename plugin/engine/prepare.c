/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Freezes an order: from here on its bytes never change. Nothing leaves before everything that
 * decides them is known: docs/decisions/0004-unit-of-money.md. */
#include "engine/prepare.h"

#include "api/orders.h"
#include "config.h"
#include "engine/customer.h"
#include "engine/delivery.h"
#include "engine/order-types.h"
#include "engine/payments.h"
#include "engine/sold-items.h"
#include "engine/when.h"
#include "model/client-match.h"
#include "model/text.h"
#include "store/outbox-many.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

#define CHANNEL "COMPTOIR"

#define HOST_IS_TILL "host-is-till"
#define FORM         "form" /* of an order's args */

/**
 * shopcaisse_obstacle_clear:
 * @self: an obstacle
 *
 * Releases what it holds.
 */
void
shopcaisse_obstacle_clear(ShopcaisseObstacle *self)
{
  g_clear_pointer(&self->message, g_free);
}

static void
set_obstacle(ShopcaisseObstacle *obstacle, const char *reason, const char *message)
{
  obstacle->reason = reason;
  shopcaisse_text_replace(&obstacle->message, message);
}

/**
 * shopcaisse_prepare_assign:
 * @context: the engine's parts
 * @job: (inout): an order
 * @store_id: the store it is for, "" when none is chosen
 *
 * Puts an order into the lane of its store, and notes the form of its amounts.
 */
void
shopcaisse_prepare_assign(ShopcaisseContext *context, ShopcaisseJob *job, const char *store_id)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);

  g_variant_dict_insert(&args, FORM, "s",
                        shopcaisse_form_to_text(context->configuration->unit.form));
  g_clear_pointer(&job->args, g_variant_unref);
  job->args = g_variant_ref_sink(g_variant_dict_end(&args));
  g_free(job->lane);
  job->lane = g_strconcat("orders:", store_id, NULL);
  job->lane_width = 1;
  shopcaisse_text_replace(&job->store_id, *store_id != '\0' ? store_id : "unchosen");
}

/**
 * shopcaisse_prepare_is_outdated:
 * @context: the engine's parts
 * @job: a frozen order
 *
 * Returns: whether its amounts are in another form than its store takes by now: it would arrive a
 *   hundred times wrong
 */
gboolean
shopcaisse_prepare_is_outdated(ShopcaisseContext *context, const ShopcaisseJob *job)
{
  ShopcaisseUnit unit = shopcaisse_configuration_get_unit(context->database, job->store_id);
  const char *form = "";

  if (job->args != NULL)
    g_variant_lookup(job->args, FORM, "&s", &form);
  return !g_str_equal(form, shopcaisse_form_to_text(unit.form));
}

/**
 * shopcaisse_prepare_check:
 * @context: the engine's parts
 * @obstacle: (inout): what is in the way of every order
 *
 * Looks at what all orders need.
 */
void
shopcaisse_prepare_check(ShopcaisseContext *context, ShopcaisseObstacle *obstacle)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  g_autofree char *pos_id = NULL;

  if (configuration->till_of_record == SHOPCAISSE_TILL_NOT_SAID)
    set_obstacle(obstacle, "till-of-record",
                 _("say first which till records the sales: Shopcaisse or this program"));
  else if (configuration->till_of_record == SHOPCAISSE_TILL_HOST)
    set_obstacle(obstacle, HOST_IS_TILL,
                 _("this program is the till: sales are not sent as orders"));
  else if (*configuration->store_id == '\0')
    set_obstacle(obstacle, "store", _("no store has been chosen"));
  else if (!shopcaisse_configuration_dup_register(context->configuration, context->database,
                                                  &pos_id))
    set_obstacle(obstacle, "register",
                 _("the store has several registers: choose which one takes orders"));
  else if (configuration->unit.form == SHOPCAISSE_FORM_UNKNOWN)
    set_obstacle(obstacle, "calibration", _("the unit of money is not calibrated for this store"));
}

/**
 * shopcaisse_prepare_check_job:
 * @context: the engine's parts
 * @job: an order
 * @obstacle: (inout): what is in its way
 *
 * Looks at what this order needs: what all need, its bytes, and the unit of the store it is for.
 */
void
shopcaisse_prepare_check_job(ShopcaisseContext *context,
                             const ShopcaisseJob *job,
                             ShopcaisseObstacle *obstacle)
{
  shopcaisse_prepare_check(context, obstacle);
  if (obstacle->reason != NULL)
    return;
  if (job->body == NULL)
    set_obstacle(obstacle, "unfrozen", "");
  else if (shopcaisse_configuration_get_unit(context->database, job->store_id).form ==
           SHOPCAISSE_FORM_UNKNOWN)
    set_obstacle(obstacle, "calibration",
                 _("the unit of money is not calibrated for the store this order was made for"));
}

static void
fill_head(ShopcaisseContext *context,
          ShopcaisseOrderDraft *draft,
          const ShopcaisseSaleRecord *record,
          const ShopcaisseSale *sale)
{
  draft->channel = CHANNEL;
  draft->sub_channel = SHOPCAISSE_SUB_CHANNEL;
  draft->order_id = g_strdup(record->order_id);
  draft->discriminator = g_strdup(record->discriminator);
  draft->display_id = g_strconcat(context->configuration->order_prefix, sale->number, NULL);
  (void)shopcaisse_order_type_find(context, sale, &draft->type); /* checked by prepare_sale() */
  draft->pickup_at = sale->pickup_at;
  draft->note = g_strdup(sale->note);
}

static gboolean
check_total(const ShopcaisseOrderDraft *draft, const ShopcaisseSale *sale, GError **error)
{
  gint64 total = shopcaisse_order_draft_get_total(draft);
  gint64 wanted = sale->total_minor - sale->rounding_minor;

  if (total == wanted)
    return TRUE;

  g_autofree char *total_text = shopcaisse_money_to_words(shopcaisse_money(total, sale->currency));
  g_autofree char *wanted_text =
      shopcaisse_money_to_words(shopcaisse_money(wanted, sale->currency));

  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
              _("the order would cost %1$s, the sale %2$s"), total_text, wanted_text);
  return FALSE;
}

static gboolean
build_order(ShopcaisseContext *context,
            const ShopcaissePreparation *preparation,
            const ShopcaisseSale *sale,
            const ShopcaisseCustomer *customer,
            ShopcaisseSoldItems *items,
            GError **error)
{
  g_autoptr(ShopcaisseOrderDraft) draft = g_new0(ShopcaisseOrderDraft, 1);

  fill_head(context, draft, preparation->record, sale);
  if (customer != NULL)
    shopcaisse_customer_copy(customer, &draft->customer);
  shopcaisse_delivery_fill(context, sale, draft);
  if (!shopcaisse_draft_fill(draft, sale, shopcaisse_sold_items_find, items, error) ||
      !check_total(draft, sale, error))
    return FALSE;
  shopcaisse_payments_apply(context, sale, draft);
  preparation->job->body = shopcaisse_order_build(draft, context->configuration->unit.form);
  return TRUE;
}

static void
name_path(ShopcaisseContext *context, ShopcaisseJob *job)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  g_autofree char *pos_id = NULL;

  shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id);
  job->path =
      shopcaisse_order_path(configuration->store_id, pos_id,
                            *configuration->price_list != '\0' ? configuration->price_list : NULL);
}

/* What this very order needs. */
static gboolean
prepare_sale(ShopcaisseContext *context,
             const ShopcaissePreparation *preparation,
             const ShopcaisseSale *sale,
             ShopcaisseObstacle *obstacle,
             GError **error)
{
  g_autoptr(ShopcaisseSoldItems) items = shopcaisse_sold_items_new(context, sale, error);
  const ShopcaisseCustomer *customer = NULL;
  g_autoptr(GError) build_error = NULL;

  if (items == NULL)
    return FALSE;
  shopcaisse_sold_items_check(items, obstacle);
  if (obstacle->reason == NULL)
    shopcaisse_order_type_check(context, sale, obstacle);
  if (obstacle->reason == NULL)
    shopcaisse_payments_check(context, sale, obstacle);
  if (obstacle->reason == NULL)
    customer = shopcaisse_customer_choose(context, preparation, sale, obstacle);
  if (obstacle->reason != NULL)
    return TRUE;
  if (build_order(context, preparation, sale, customer, items, &build_error))
    name_path(context, preparation->job);
  else
    set_obstacle(obstacle, "lines", build_error->message);
  return TRUE;
}

/**
 * shopcaisse_prepare_order:
 * @context: the engine's parts
 * @preparation: a sale, and the row of its order: gets path and body
 * @obstacle: (inout): what is in the way; there is no path and no body then
 * @error: return location for an error
 *
 * Makes the request of a sale's order, if it is one by now and everything that decides it is known.
 *
 * Returns: %TRUE on success or with an obstacle, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_prepare_order(ShopcaisseContext *context,
                         const ShopcaissePreparation *preparation,
                         ShopcaisseObstacle *obstacle,
                         GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(preparation->record->payload, error);

  if (sale == NULL)
    return FALSE;
  /* One that is being called off is only looked for. */
  if (!shopcaisse_sale_record_is_unwanted(preparation->record))
    shopcaisse_when_check(context, sale, preparation->job, obstacle);
  if (obstacle->reason == NULL)
    shopcaisse_prepare_check(context, obstacle);
  return obstacle->reason != NULL || prepare_sale(context, preparation, sale, obstacle, error);
}

static gboolean
note_obstacle(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              ShopcaisseSaleRecord *record,
              const ShopcaisseObstacle *obstacle,
              GError **error)
{
  const char *message = obstacle->message != NULL ? obstacle->message : "";

  if (g_str_equal(obstacle->reason, SHOPCAISSE_OBSTACLE_CUSTOMER) &&
      !shopcaisse_customer_begin(context, record, error))
    return FALSE;
  if (g_str_equal(record->reason, obstacle->reason) && g_str_equal(record->message, message))
    return TRUE;
  shopcaisse_text_replace(&record->reason, obstacle->reason);
  shopcaisse_text_replace(&record->message, message);
  return shopcaisse_outbox_hold(context->database, job->id, obstacle->reason, message, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* It goes where orders go now. */
static gboolean
assign_order(ShopcaisseContext *context,
             ShopcaisseJob *job,
             ShopcaisseSaleRecord *record,
             GError **error)
{
  shopcaisse_text_replace(&record->store_id, context->configuration->store_id);
  shopcaisse_prepare_assign(context, job, record->store_id);
  return shopcaisse_outbox_freeze(context->database, job->id, job->path, job->body, error) &&
         shopcaisse_outbox_assign(context->database, job, error);
}

static gboolean
release_order(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              ShopcaisseSaleRecord *record,
              GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  /* One that is being cancelled goes on being that, whatever its row waited for. */
  if (!shopcaisse_sale_record_is_unwanted(record))
    shopcaisse_sale_record_set_state(record, "waiting", NULL, NULL);
  return shopcaisse_outbox_release(context->database, NULL, job->subject, now, NULL, error) &&
         shopcaisse_sales_update(context->database, record, now, error);
}

/* While the host was the till, its receipts were the sales: an order now is for a person to ask.
 * Before any other obstacle, since those end by themselves. */
static void
ask_first(const ShopcaisseJob *job,
          const ShopcaisseSaleRecord *record,
          ShopcaisseObstacle *obstacle)
{
  if (!g_str_equal(job->reason, HOST_IS_TILL) || g_strcmp0(obstacle->reason, HOST_IS_TILL) == 0 ||
      shopcaisse_sale_record_is_unwanted(record))
    return;
  set_obstacle(obstacle, SHOPCAISSE_OBSTACLE_LATE,
               _("sold while this program was the till: send it still?"));
}

/**
 * shopcaisse_prepare_again:
 * @context: the engine's parts
 * @preparation: a sale that is held, and the row of its order
 * @error: return location for an error
 *
 * Looks at it again: it is frozen and waits, or is held for what is in its way now. Inside the
 * caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_prepare_again(ShopcaisseContext *context,
                         const ShopcaissePreparation *preparation,
                         GError **error)
{
  ShopcaisseSaleRecord *record = preparation->record;
  ShopcaisseJob *job = preparation->job;
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };
  gboolean is_frozen = job->body != NULL;

  if (is_frozen)
    shopcaisse_prepare_check_job(context, job, &obstacle);
  else if (!shopcaisse_prepare_order(context, preparation, &obstacle, error))
    return FALSE;
  ask_first(job, record, &obstacle);
  if (obstacle.reason != NULL)
    return note_obstacle(context, job, record, &obstacle, error);
  return (is_frozen || assign_order(context, job, record, error)) &&
         release_order(context, job, record, error);
}

static gboolean
prepare_job(ShopcaisseContext *context, ShopcaisseJob *job, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, &read_error);
  const ShopcaissePreparation preparation = { .record = record, .job = job };

  /* A damaged sale keeps nothing from the others. */
  if (g_error_matches(read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID))
    return TRUE;
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  /* A question to a person is not answered by a setting. */
  return shopcaisse_when_is_question(job->reason) ||
         shopcaisse_prepare_again(context, &preparation, error);
}

/**
 * shopcaisse_prepare_held:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Looks at every held order again: those that nothing stops any more are frozen and wait. Inside
 * the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_prepare_held(ShopcaisseContext *context, GError **error)
{
  g_autoptr(GPtrArray) held =
      shopcaisse_outbox_list(context->database, "order", SHOPCAISSE_JOB_HELD, G_MAXINT32, error);

  if (held == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++) {
    if (!prepare_job(context, held->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}
