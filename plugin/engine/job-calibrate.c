/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the unit of money on the wire with a test order, form after form, and takes each test order
 * back. The only code that makes one; docs/decisions/0004-unit-of-money.md. */
#include "engine/job-calibrate.h"

#include "api/orders.h"
#include "config.h"
#include "engine/block.h"
#include "engine/cancel.h"
#include "engine/identity.h"
#include "engine/job.h"
#include "engine/notice.h"
#include "engine/paging.h"
#include "engine/prepare.h"
#include "engine/unit.h"
#include "model/text.h"
#include "model/timestamp.h"
#include "store/journal.h"
#include "store/mirror.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define TRIAL_BAG_FEE 37 /* cents: whole euros echo alike in two readings */

static const ShopcaisseForm forms[] = {
  SHOPCAISSE_FORM_DECIMAL,
  SHOPCAISSE_FORM_DECIMAL_DIGITS,
  SHOPCAISSE_FORM_MINOR,
};

static gint64
get_fee(gint64 price_minor)
{
  return price_minor % 100 == 0 ? TRIAL_BAG_FEE : 0;
}

/* With the time, since the numbers of runs begin anew with a new database. */
static char *
make_discriminator(const ShopcaisseJob *job)
{
  g_autofree char *at = shopcaisse_timestamp_to_text(shopcaisse_paging_get_number(job, "at", 0));

  return g_strconcat("calibration ", at, NULL);
}

static ShopcaisseOrderDraft *
make_draft(const ShopcaisseJob *job)
{
  ShopcaisseOrderDraft *draft = g_new0(ShopcaisseOrderDraft, 1);
  ShopcaisseOrderLine *line = g_new0(ShopcaisseOrderLine, 1);
  gint64 price_minor = shopcaisse_paging_get_number(job, "price", 0);
  ShopcaisseOrderPayment payment = { price_minor + get_fee(price_minor), FALSE };

  draft->channel = "COMPTOIR";
  draft->sub_channel = "COMPTOIR";
  draft->order_id = g_strdup(shopcaisse_paging_get_text(job, "order"));
  draft->discriminator = make_discriminator(job);
  draft->display_id = g_strdup("TEST");
  draft->type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;
  draft->pickup_at = shopcaisse_paging_get_number(job, "at", 0);
  draft->bag_fee_minor = get_fee(price_minor);
  draft->is_test = TRUE;
  line->item_id = g_strdup(shopcaisse_paging_get_text(job, "item"));
  line->name = g_strdup(shopcaisse_paging_get_text(job, "name"));
  line->type = SHOPCAISSE_ITEM_SIMPLE;
  line->unit_minor = price_minor;
  line->quantity_milli = SHOPCAISSE_QUANTITY_ONE;
  line->children = g_ptr_array_new();
  draft->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_line_free);
  g_ptr_array_add(draft->lines, line);
  draft->payments = g_array_new(FALSE, FALSE, sizeof(ShopcaisseOrderPayment));
  g_array_append_val(draft->payments, payment);
  return draft;
}

static ShopcaisseForm
get_form(const ShopcaisseJob *job)
{
  return forms[CLAMP(shopcaisse_paging_get_number(job, "form", 0), 0, 2)];
}

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseOrderDraft) draft = make_draft(job);
  g_autoptr(GBytes) body = shopcaisse_order_build(draft, get_form(job));
  g_autofree char *pos_id = NULL;
  g_autofree char *path = NULL;

  (void)error;
  if (!shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id)) {
    verdict->action = SHOPCAISSE_VERDICT_FAIL;
    verdict->error_code = COMPTOIR_ERROR_NOT_CONFIGURED;
    verdict->message =
        g_strdup(_("the store has several registers: choose which one takes orders"));
    return TRUE;
  }
  path = shopcaisse_order_path(shopcaisse_paging_get_text(job, "store"), pos_id, NULL);
  *request = shopcaisse_order_create_request(path, body);
  return TRUE;
}

static gint64
get_at(GVariant *args)
{
  gint64 at = 0;

  g_variant_lookup(args, "at", "x", &at);
  return at;
}

static gboolean
append_form(ShopcaisseContext *context, GVariant *base, gint64 run, guint form, GError **error)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(base);
  g_autofree char *name =
      g_strdup_printf("calibration:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, run, get_at(base));
  g_autofree char *order_id =
      shopcaisse_identity_order_id(context->host->instance_id, name, form + 1);
  g_autofree char *key = g_strdup_printf("calibrate:%" G_GINT64_FORMAT ":%u", run, form);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("calibrate", key);

  g_variant_dict_insert(&args, "form", "x", (gint64)form);
  g_variant_dict_insert(&args, "order", "s", order_id);
  job->args = g_variant_ref_sink(g_variant_dict_end(&args));
  shopcaisse_text_replace(&job->lane, "calibrate");
  job->lane_width = 1;
  job->priority = SHOPCAISSE_PRIORITY_ASKED;
  job->run = run;
  job->due_at = shopcaisse_context_get_now(context);
  return shopcaisse_outbox_append(context->database, job, shopcaisse_context_get_now(context), NULL,
                                  error);
}

/**
 * shopcaisse_calibrate_append:
 * @context: the engine's parts
 * @run: the task
 * @error: return location for an error
 *
 * Starts a calibration of the chosen store, inside the caller's transaction.
 *
 * Fails with %COMPTOIR_ERROR_NOT_CONFIGURED when no store is chosen or no item can be tried,
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_calibrate_append(ShopcaisseContext *context, gint64 run, GError **error)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(ShopcaisseItem) item = NULL;
  g_autoptr(GVariant) base = NULL;

  item = shopcaisse_mirror_find_trial_item(context->database, context->configuration->company_id,
                                           error);
  if (item == NULL && error != NULL && *error == NULL)
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        _("the catalogue has no plain item with a price to try with"));
  if (item == NULL)
    return FALSE;
  g_variant_dict_insert(&args, "store", "s", context->configuration->store_id);
  g_variant_dict_insert(&args, "item", "s", item->id);
  g_variant_dict_insert(&args, "name", "s", item->name);
  g_variant_dict_insert(&args, "price", "x", item->price_minor);
  g_variant_dict_insert(&args, "at", "x", shopcaisse_context_get_now(context));
  base = g_variant_ref_sink(g_variant_dict_end(&args));
  return append_form(context, base, run, 0, error);
}

static gboolean
settle_unit(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            ShopcaisseReading reading,
            GError **error)
{
  ShopcaisseUnit unit = { get_form(job), reading };
  ShopcaisseTask *task = shopcaisse_tasks_find(context->tasks, job->run);
  /* Translators: two words in English for the support, such as "decimal". */
  g_autofree char *text =
      g_strdup_printf(_("unit of money: found for this store (%1$s, %2$s)"),
                      shopcaisse_form_to_text(unit.form), shopcaisse_reading_to_text(reading));

  if (task != NULL) {
    shopcaisse_task_set_result(task, "form",
                               g_variant_new_string(shopcaisse_form_to_text(unit.form)));
    shopcaisse_task_set_result(task, "reading",
                               g_variant_new_string(shopcaisse_reading_to_text(reading)));
  }
  shopcaisse_notice(context, "unit", "info", "");
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "calibration", "", text,
                                    error) &&
         shopcaisse_configuration_set_unit(context->configuration, context->database,
                                           shopcaisse_paging_get_text(job, "store"), unit, error) &&
         shopcaisse_prepare_held(context, error) && shopcaisse_block_end(context, error);
}

static gboolean
try_next(ShopcaisseContext *context,
         const ShopcaisseJob *job,
         ShopcaisseVerdict *verdict,
         GError **error)
{
  guint form = (guint)shopcaisse_paging_get_number(job, "form", 0) + 1;

  if (form < G_N_ELEMENTS(forms)) {
    verdict->action = SHOPCAISSE_VERDICT_SETTLE;
    return append_form(context, job->args, job->run, form, error);
  }
  verdict->action = SHOPCAISSE_VERDICT_FAIL;
  verdict->error_code = COMPTOIR_ERROR_PROTOCOL;
  if (verdict->message == NULL)
    verdict->message =
        g_strdup(_("no form of amounts came back exactly: orders cannot be sent to this store"));
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, error);
  g_autofree char *discriminator = make_discriminator(job);
  const char *order_id = shopcaisse_paging_get_text(job, "order");
  gint64 price_minor = shopcaisse_paging_get_number(job, "price", 0);
  ShopcaisseReading reading = SHOPCAISSE_READING_UNKNOWN;

  if (echo == NULL)
    return FALSE;
  if (g_strcmp0(echo->order_id, order_id) != 0 ||
      g_strcmp0(echo->sub_channel_order_id, discriminator) != 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the answer to the test order is another order");
    return FALSE;
  }
  reading = shopcaisse_unit_find_reading(echo, price_minor + get_fee(price_minor));
  if (!shopcaisse_cancel_append_trial(context, shopcaisse_paging_get_text(job, "store"), echo->id,
                                      order_id, error))
    return FALSE;
  if (reading == SHOPCAISSE_READING_UNKNOWN)
    return try_next(context, job, verdict, error);
  return settle_unit(context, job, reading, error);
}

/* An amount that the service finds too small may be right in another form. */
static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  return reply->kind != SHOPCAISSE_REPLY_REFUSED || try_next(context, job, verdict, error);
}

const ShopcaisseJobKind shopcaisse_job_calibrate = {
  .name = "calibrate",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
};
