/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One sale's order: the frozen bytes out, and back only what is surely ours: our id, our
 * discriminator, our total. docs/PROTOCOL.md 3.12, 6.2. */
#include "api/orders.h"
#include "engine/block.h"
#include "engine/cancel.h"
#include "engine/job.h"
#include "engine/look-up.h"
#include "engine/prepare.h"
#include "engine/unit.h"
#include "model/text.h"
#include "store/journal.h"
#include "store/places.h"

#define UNIT_MESSAGE                                                                               \
  "the service stored an order with another unit of money: nothing is sent before a new "          \
  "calibration"

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  shopcaisse_prepare_check(context, &obstacle);
  if (obstacle.reason == NULL && job->body == NULL)
    obstacle.reason = "unfrozen";
  if (obstacle.reason != NULL) {
    verdict->action = SHOPCAISSE_VERDICT_HOLD;
    verdict->reason = obstacle.reason;
    verdict->message = g_steal_pointer(&obstacle.message);
    return TRUE;
  }
  if (shopcaisse_look_up_is_due(context, job)) {
    verdict->action = SHOPCAISSE_VERDICT_LOOK_UP;
    return shopcaisse_look_up_build(context, job, request, error);
  }
  *request = shopcaisse_order_create_request(job->path, job->body);
  return TRUE;
}

static void
park(ShopcaisseVerdict *verdict, const char *reason, const char *message)
{
  verdict->action = SHOPCAISSE_VERDICT_PARK;
  verdict->reason = reason;
  verdict->message = g_strdup(message);
}

/* The service has nothing of it, and the host does not want it any more. */
static void
withdraw(ShopcaisseSaleRecord *record, ShopcaisseVerdict *verdict)
{
  shopcaisse_verdict_clear(verdict);
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  shopcaisse_sale_record_set_state(record, "cancelled", NULL, NULL);
}

static gboolean
not_ours(GError **error, const char *what)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "the answer has %s", what);
  return FALSE;
}

/* The host does not want it any more: it is on the till and is cancelled there. */
static gboolean
call_back(ShopcaisseContext *context,
          ShopcaisseSaleRecord *record,
          ShopcaisseVerdict *verdict,
          GError **error)
{
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  return shopcaisse_cancel_append(context, record, error);
}

/* It is ours and on the till, with another amount: it is never sent under another id, and if it is
 * not wanted it is called back there. */
static gboolean
keep_other_total(ShopcaisseContext *context,
                 ShopcaisseSaleRecord *record,
                 ShopcaisseVerdict *verdict,
                 GError **error)
{
  if (shopcaisse_sale_record_is_unwanted(record))
    return call_back(context, record, verdict, error);
  park(verdict, "total",
       "the service holds this order with another total: look at it on the till, or cancel it");
  return TRUE;
}

/* On a till with the wrong amounts: called back, and no other follows. */
static gboolean
stop_for_unit(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  if (!shopcaisse_block_unit(context, record->store_id, record->sale_id, UNIT_MESSAGE, error))
    return FALSE;
  if (shopcaisse_sale_record_is_unwanted(record))
    return call_back(context, record, verdict, error);
  park(verdict, "unit", UNIT_MESSAGE);
  return shopcaisse_cancel_append_wrong(context, record, error);
}

static gboolean
accept(ShopcaisseContext *context,
       ShopcaisseSaleRecord *record,
       const ShopcaisseOrderEcho *echo,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  record->sent_at = shopcaisse_context_get_now(context);
  shopcaisse_text_replace(&record->kitchen, echo->status != NULL ? echo->status : "");
  shopcaisse_text_replace(&record->fiscal, "open");
  if (!shopcaisse_block_end(context, error))
    return FALSE;
  if (shopcaisse_sale_record_is_unwanted(record))
    return call_back(context, record, verdict, error);
  shopcaisse_sale_record_set_state(record, "sent", NULL, NULL);
  return TRUE;
}

static gboolean
judge_echo(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           const ShopcaisseOrderEcho *echo,
           ShopcaisseVerdict *verdict,
           GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(record->payload, error);
  ShopcaisseUnit unit = { SHOPCAISSE_FORM_UNKNOWN, SHOPCAISSE_READING_UNKNOWN };

  if (sale == NULL)
    return FALSE;
  if (echo->order_id == NULL || !g_str_equal(echo->order_id, record->order_id))
    return not_ours(error, "another order's id");
  if (echo->sub_channel_order_id == NULL)
    return not_ours(error, "no subChannelOrderId");
  if (!g_str_equal(echo->sub_channel_order_id, record->discriminator)) {
    if (shopcaisse_sale_record_is_unwanted(record))
      withdraw(record, verdict);
    else
      park(verdict, "id-taken", "the id of this order is used by another sale");
    return TRUE;
  }
  shopcaisse_text_replace(&record->external_id, echo->id);
  unit = shopcaisse_configuration_get_unit(context->database, record->store_id);
  switch (shopcaisse_unit_check(echo, unit.reading, sale->total_minor - sale->rounding_minor)) {
  case SHOPCAISSE_ECHO_EXACT:
    return accept(context, record, echo, verdict, error);
  case SHOPCAISSE_ECHO_WRONG_UNIT:
    return stop_for_unit(context, record, verdict, error);
  case SHOPCAISSE_ECHO_OTHER_TOTAL:
    return keep_other_total(context, record, verdict, error);
  case SHOPCAISSE_ECHO_NO_AMOUNTS:
    break;
  }
  return not_ours(error, "no amounts that can be read");
}

static gboolean
judge_look_up(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              GBytes *body,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  g_autoptr(GError) find_error = NULL;
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_look_up_find(record, body, verdict, &find_error);

  if (find_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&find_error));
    return FALSE;
  }
  if (echo != NULL)
    return judge_echo(context, record, echo, verdict, error);
  if (verdict->is_absent && shopcaisse_sale_record_is_unwanted(record))
    withdraw(record, verdict);
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
      shopcaisse_sales_get(context->database, job->subject, error);
  g_autoptr(ShopcaisseOrderEcho) echo = NULL;

  if (record == NULL)
    return FALSE;
  if (job->is_look_up) {
    if (!judge_look_up(context, record, body, verdict, error))
      return FALSE;
  } else {
    echo = shopcaisse_order_parse(body, error);
    if (echo == NULL || !judge_echo(context, record, echo, verdict, error))
      return FALSE;
  }
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
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
  message = g_strdup_printf("register %s: %s", place->name, verdict->message);
  g_free(verdict->message);
  verdict->message = message;
}

static gboolean
end_refused(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            ShopcaisseVerdict *verdict,
            GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, job->subject, error);

  if (record == NULL)
    return FALSE;
  if (!shopcaisse_sale_record_is_unwanted(record))
    return TRUE;
  withdraw(record, verdict);
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  (void)reply;
  if (g_strcmp0(verdict->reason, "licence") == 0)
    name_register(context, verdict);
  if (verdict->action != SHOPCAISSE_VERDICT_PARK)
    return TRUE;
  /* What was refused is the question, not the order. */
  if (job->is_look_up) {
    shopcaisse_look_up_set_doubtful(verdict);
    return TRUE;
  }
  return end_refused(context, job, verdict, error);
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

/* The sale says what its row does; news only when it is news. */
static gboolean
moved(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      const ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  const char *state = get_state(verdict);
  const char *reason = verdict->reason != NULL ? verdict->reason : "";
  const char *message = verdict->message != NULL ? verdict->message : "";

  if (state == NULL)
    return TRUE;
  record = shopcaisse_sales_get(context->database, job->subject, error);
  if (record == NULL)
    return error == NULL || *error == NULL;
  /* Why it is not cancelled yet. */
  if (shopcaisse_sale_record_is_unwanted(record))
    state = record->state;
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
