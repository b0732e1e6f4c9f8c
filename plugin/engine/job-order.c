/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One sale's order: the frozen bytes out, or the question whether they had arrived. */
#include "api/orders.h"
#include "config.h"
#include "engine/customer.h"
#include "engine/erase-sale.h"
#include "engine/job.h"
#include "engine/look-up.h"
#include "engine/missed.h"
#include "engine/order-echo.h"
#include "engine/prepare.h"
#include "model/text.h"
#include "store/journal.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>

#define LOOK_UP_PAUSE (15 * SHOPCAISSE_MINUTE)

#define LISTED "listed" /* the service has it: posting again answers it whole */

/* Nothing that the host does not want leaves, if nothing of it can have left before. */
static gboolean
end_unwanted(ShopcaisseContext *context,
             ShopcaisseSaleRecord *record,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  shopcaisse_order_withdraw(record, verdict);
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, error);
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };
  gboolean is_outdated = FALSE;

  if (record == NULL)
    return FALSE;
  if (shopcaisse_sale_record_is_unwanted(record) && job->unknown_at == 0)
    return end_unwanted(context, record, verdict, error);
  shopcaisse_prepare_check_job(context, job, &obstacle);
  if (obstacle.reason != NULL) {
    verdict->action = SHOPCAISSE_VERDICT_HOLD;
    verdict->reason = obstacle.reason;
    verdict->message = g_steal_pointer(&obstacle.message);
    return TRUE;
  }
  if (shopcaisse_missed_is(context, job, record)) {
    shopcaisse_missed_ask(verdict);
    return TRUE;
  }
  is_outdated = shopcaisse_prepare_is_outdated(context, job);
  if (is_outdated && job->unknown_at == 0) {
    verdict->action = SHOPCAISSE_VERDICT_PARK;
    verdict->reason = "form";
    verdict->message = g_strdup(_("it was written in another unit of money: send it anew"));
    return TRUE;
  }
  if (!g_str_equal(job->reason, LISTED) &&
      (is_outdated || shopcaisse_look_up_is_due(context, job))) {
    verdict->action = SHOPCAISSE_VERDICT_LOOK_UP;
    return shopcaisse_look_up_build(job, record, request, error);
  }
  *request = shopcaisse_order_create_request(job->path, job->body);
  return TRUE;
}

static gboolean
judge_look_up(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              GBytes *body,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;
  gboolean is_unwanted = shopcaisse_sale_record_is_unwanted(record);

  switch (shopcaisse_look_up_find(record, body, &echo, error)) {
  case SHOPCAISSE_LOOK_UP_FAILED:
    return FALSE;
  case SHOPCAISSE_LOOK_UP_FOUND:
    return shopcaisse_order_judge_echo(context, record, echo, verdict, error);
  case SHOPCAISSE_LOOK_UP_LISTED:
    if (is_unwanted) {
      shopcaisse_text_replace(&record->external_id, echo->id);
      return shopcaisse_order_call_back(context, record, verdict, error);
    }
    verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
    verdict->reason = LISTED;
    verdict->doubt = SHOPCAISSE_DOUBT_BEGINS;
    return TRUE;
  case SHOPCAISSE_LOOK_UP_ABSENT:
    verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
    verdict->reason = "unknown";
    verdict->doubt = SHOPCAISSE_DOUBT_ENDS;
    if (is_unwanted)
      shopcaisse_order_withdraw(record, verdict);
    return TRUE;
  case SHOPCAISSE_LOOK_UP_DOUBTFUL:
    break;
  }
  if (is_unwanted)
    return shopcaisse_order_call_back(context, record, verdict, error);
  shopcaisse_look_up_ask(verdict);
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, error);
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;

  if (record == NULL)
    return FALSE;
  if (job->is_look_up) {
    if (!judge_look_up(context, record, body, verdict, error))
      return FALSE;
  } else {
    echo = shopcaisse_order_parse(body, error);
    if (echo == NULL || !shopcaisse_order_judge_echo(context, record, echo, verdict, error))
      return FALSE;
  }
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* What is not accepted may be repeated in the answer, the customer with it. */
static void
take_customer_out(const ShopcaisseSaleRecord *record,
                  const ShopcaisseJob *job,
                  ShopcaisseVerdict *verdict)
{
  char *message = NULL;

  if (verdict->message == NULL)
    return;
  message = shopcaisse_erase_from_message(record, job, verdict->message);
  g_free(verdict->message);
  verdict->message = message;
}

/* Names the register: whoever reads it must switch the module on there. */
static void
name_register(ShopcaisseContext *context, ShopcaisseVerdict *verdict)
{
  g_autofree char *pos_id = NULL;
  g_autoptr(ShopcaissePlace) place = NULL;
  char *message = NULL;

  shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id);
  if (pos_id != NULL)
    place = shopcaisse_mirror_get_place(context->database, SHOPCAISSE_PLACE_POS, pos_id, NULL);
  if (place == NULL)
    return;
  message = g_strdup_printf(_("register %1$s: %2$s"), place->name, verdict->message);
  g_free(verdict->message);
  verdict->message = message;
}

/* What was refused is the question, not the order. */
static gboolean
refuse_look_up(ShopcaisseContext *context,
               ShopcaisseSaleRecord *record,
               const ShopcaisseReply *reply,
               ShopcaisseVerdict *verdict,
               GError **error)
{
  gboolean may_not_ask = reply->kind == SHOPCAISSE_REPLY_FORBIDDEN;

  /* Questions that are too many are not orders that are too many. */
  if (reply->kind == SHOPCAISSE_REPLY_THROTTLED)
    verdict->block = NULL;
  /* Longer than the store is stopped for, so that the others get their turn. */
  if (verdict->block != NULL && !may_not_ask)
    verdict->delay_us = MAX(verdict->delay_us, LOOK_UP_PAUSE);
  if (verdict->action != SHOPCAISSE_VERDICT_PARK && !may_not_ask)
    return TRUE;
  verdict->block = NULL;
  if (shopcaisse_sale_record_is_unwanted(record))
    return shopcaisse_order_call_back(context, record, verdict, error);
  shopcaisse_look_up_ask(verdict);
  return TRUE;
}

/* An earlier attempt may have arrived all the same: it is looked for before anybody is told. What
 * the list named and a repetition does not answer, a person looks at. */
static gboolean
refuse_order(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             ShopcaisseSaleRecord *record,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  gboolean is_unwanted = shopcaisse_sale_record_is_unwanted(record);

  if (verdict->action != SHOPCAISSE_VERDICT_PARK)
    return TRUE;
  if (g_str_equal(job->reason, LISTED)) {
    if (is_unwanted)
      return shopcaisse_order_call_back(context, record, verdict, error);
    shopcaisse_look_up_ask(verdict);
  } else if (job->unknown_at != 0) {
    verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
    verdict->delay_us = MAX(verdict->delay_us, SHOPCAISSE_MINUTE);
  } else if (is_unwanted) {
    shopcaisse_order_withdraw(record, verdict);
  }
  return TRUE;
}

static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, error);

  if (record == NULL)
    return FALSE;
  take_customer_out(record, job, verdict);
  if (g_strcmp0(verdict->reason, "licence") == 0)
    name_register(context, verdict);
  if (job->is_look_up ? !refuse_look_up(context, record, reply, verdict, error)
                      : !refuse_order(context, job, record, verdict, error))
    return FALSE;
  return !shopcaisse_sale_record_is_unwanted(record) ||
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static const char *
get_state(const ShopcaisseVerdict *verdict)
{
  switch (verdict->action) {
  case SHOPCAISSE_VERDICT_SEND:
  case SHOPCAISSE_VERDICT_LOOK_UP:
    return "sending";
  case SHOPCAISSE_VERDICT_POSTPONE:
    return "waiting";
  case SHOPCAISSE_VERDICT_HOLD:
    return "held";
  case SHOPCAISSE_VERDICT_PARK:
    return "parked";
  case SHOPCAISSE_VERDICT_SETTLE:
  case SHOPCAISSE_VERDICT_KEEP:
  case SHOPCAISSE_VERDICT_FAIL:
    break;
  }
  return NULL;
}

/* The row has ended: sent, or not wanted. */
static gboolean
forget_customer(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, &read_error);

  if (g_error_matches(read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID))
    return TRUE;
  if (read_error == NULL)
    return shopcaisse_customer_forget(context, record, error);
  g_propagate_error(error, g_steal_pointer(&read_error));
  return FALSE;
}

/* The sale says what its row does; news only when it is news. */
static gboolean
moved(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      const ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  g_autoptr(GError) read_error = NULL;
  const char *state = get_state(verdict);
  const char *reason = verdict->reason != NULL ? verdict->reason : "";
  const char *message = verdict->message != NULL ? verdict->message : "";

  if (verdict->action == SHOPCAISSE_VERDICT_KEEP)
    return forget_customer(context, job, error);
  if (state == NULL)
    return TRUE;
  record = shopcaisse_sales_require(context->database, job->subject, &read_error);
  /* A sale that is gone or damaged keeps nobody from moving its row. */
  if (g_error_matches(read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID))
    return TRUE;
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  /* Why it is not cancelled yet. */
  if (shopcaisse_sale_record_is_unwanted(record))
    state = record->state;
  if (verdict->action != SHOPCAISSE_VERDICT_SEND && verdict->action != SHOPCAISSE_VERDICT_LOOK_UP &&
      !shopcaisse_erase_late(context, record, error))
    return FALSE;
  if (g_str_equal(record->state, state) && g_str_equal(record->reason, reason))
    return TRUE;
  shopcaisse_sale_record_set_state(record, state, reason, message);
  if (verdict->action == SHOPCAISSE_VERDICT_PARK &&
      !shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "orders", record->sale_id,
                                  message, error))
    return FALSE;
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

const ShopcaisseJobKind shopcaisse_job_order = {
  .name = "order",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
  .moved = moved,
};
