/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who a sale's customer is in the store's file, so that the order names the same one and makes no
 * second. It never stops a sale: whatever goes wrong, the order leaves without a customer. */
#include "api/clients.h"
#include "config.h"
#include "engine/client-search.h"
#include "engine/customer.h"
#include "engine/erase-sale.h"
#include "engine/job.h"
#include "engine/paging.h"
#include "model/client-match.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

#define CLIENT_VERSION 1
#define PAGES_MAX      50 /* 5 000 clients; one who stands behind them is not looked for */
#define OFFLINE_PAUSE  (30 * SHOPCAISSE_SECOND)
#define READ_RIGHT     "store.*.customers.read"

/**
 * shopcaisse_client_search_append:
 * @context: the engine's parts
 * @search: a step
 * @error: return location for an error
 *
 * Appends the row of a step. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_client_search_append(ShopcaisseContext *context,
                                const ShopcaisseClientSearch *search,
                                GError **error)
{
  const char *store_id = context->configuration->store_id;
  const char *client_id = search->client_id != NULL ? search->client_id : "";
  g_autofree char *key =
      g_strdup_printf("client:%s:%u:%s", search->order_id, search->page, client_id);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("client", key);
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&args, "page", "x", (gint64)search->page);
  g_variant_dict_insert(&args, "candidate", "s",
                        search->candidate != NULL ? search->candidate : "");
  g_variant_dict_insert(&args, "client", "s", client_id);
  job->version = CLIENT_VERSION;
  job->args = g_variant_ref_sink(g_variant_dict_end(&args));
  g_free(job->lane);
  job->lane = g_strconcat("clients:", store_id, NULL);
  job->lane_width = 1;
  job->priority = SHOPCAISSE_PRIORITY_ORDER;
  shopcaisse_text_replace(&job->store_id, store_id);
  shopcaisse_text_replace(&job->subject, search->sale_id);
  job->due_at = shopcaisse_context_get_now(context);
  return shopcaisse_outbox_append(context->database, job, job->due_at, NULL, error);
}

/* The sale, and the row of its order as long as that waits for its customer. */
typedef struct {
  ShopcaisseSaleRecord *record; /* (owned) */
  ShopcaisseJob *order;         /* (owned) (nullable) */
  ShopcaisseSale *sale;         /* (owned) */
  ShopcaisseCustomer wanted;
} Question;

static void
clear_question(Question *self)
{
  shopcaisse_sale_record_free(self->record);
  shopcaisse_job_free(self->order);
  shopcaisse_sale_free(self->sale);
  shopcaisse_customer_clear(&self->wanted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Question, clear_question)

static gboolean
open_question(ShopcaisseContext *context, const ShopcaisseJob *job, Question *self, GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr(GError) read_error = NULL;

  self->record = shopcaisse_sales_require(context->database, job->subject, error);
  if (self->record == NULL)
    return FALSE;
  key = g_strconcat("order:", self->record->order_id, NULL);
  self->order = shopcaisse_outbox_find(context->database, key, &read_error);
  if (read_error == NULL)
    self->sale = shopcaisse_sale_parse(self->record->payload, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  shopcaisse_customer_get_wanted(context, self->sale, &self->wanted);
  return TRUE;
}

/* Settings change, people cancel: then nobody waits for the answer. */
static gboolean
is_open(const Question *self)
{
  return self->order != NULL && self->order->state == SHOPCAISSE_JOB_HELD &&
         self->order->body == NULL &&
         g_str_equal(self->order->reason, SHOPCAISSE_OBSTACLE_CUSTOMER) &&
         !shopcaisse_sale_record_is_unwanted(self->record);
}

static gboolean
answer(ShopcaisseContext *context,
       const Question *self,
       const ShopcaisseCustomer *customer,
       GError **error)
{
  const ShopcaissePreparation preparation = { .record = self->record,
                                              .job = self->order,
                                              .customer = customer };

  return !is_open(self) || shopcaisse_prepare_again(context, &preparation, error);
}

/* @why is a sentence without anything of the customer in it. */
static gboolean
answer_without(ShopcaisseContext *context, const Question *self, const char *why, GError **error)
{
  const ShopcaisseCustomer nobody = { NULL };
  g_autofree char *masked = NULL;
  g_autofree char *text = NULL;

  if (!is_open(self))
    return TRUE;
  masked = shopcaisse_erase_from_message(self->record, self->order, why);
  /* Translators: %s is the reason, a whole sentence or the words of Shopcaisse. */
  text = g_strdup_printf(_("the order goes without its customer, who could not be looked for: %s"),
                         masked);
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, "orders",
                                    self->record->sale_id, text, error) &&
         answer(context, self, &nobody, error);
}

static gboolean
answer_client(ShopcaisseContext *context,
              const Question *self,
              const ShopcaisseClient *client,
              GError **error)
{
  ShopcaisseCustomer found = { NULL };
  gboolean is_done = FALSE;

  shopcaisse_customer_copy(&self->sale->customer, &found);
  shopcaisse_customer_merge(&found, client);
  is_done = answer(context, self, &found, error);
  shopcaisse_customer_clear(&found);
  return is_done;
}

/* Nobody in the file: a customer of the sale is new there, one that the merchant named is gone. */
static gboolean
answer_stranger(ShopcaisseContext *context, const Question *self, GError **error)
{
  if (shopcaisse_customer_is_empty(&self->sale->customer))
    return answer_without(context, self, _("the customer for sales without one is not in the file"),
                          error);
  return answer(context, self, &self->sale->customer, error);
}

static gboolean
may_read(ShopcaisseContext *context)
{
  const ShopcaisseGrant *grant = context->configuration->grant;

  /* A token need not say what it may: then the service does. */
  return grant == NULL || grant->permissions == NULL || *grant->permissions == NULL ||
         shopcaisse_grant_allows(grant, READ_RIGHT);
}

/* One that the host knows by the service's id needs no search. */
static const char *
get_client_id(const ShopcaisseJob *job, const Question *question)
{
  const char *client_id = shopcaisse_paging_get_text(job, "client");

  if (*client_id == '\0' && question->sale->customer.id != NULL &&
      shopcaisse_text_is_id(question->sale->customer.id))
    client_id = question->sale->customer.id;
  return client_id;
}

static ShopcaisseRequest *
make_request(const ShopcaisseJob *job, const Question *question)
{
  const char *client_id = get_client_id(job, question);

  if (*client_id != '\0')
    return shopcaisse_client_request(job->store_id, client_id);
  return shopcaisse_clients_request(job->store_id, shopcaisse_paging_get_page(job));
}

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_auto(Question) question = { NULL };

  if (!open_question(context, job, &question, error))
    return FALSE;
  if (is_open(&question) && may_read(context)) {
    *request = make_request(job, &question);
    return TRUE;
  }
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  return answer_without(context, &question, _("the token lacks the right to read customers"),
                        error);
}

static gboolean
append_next(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            const Question *question,
            const char *candidate,
            GError **error)
{
  const ShopcaisseClientSearch search = { .order_id = question->record->order_id,
                                          .sale_id = question->record->sale_id,
                                          .page = shopcaisse_paging_get_page(job) + 1,
                                          .candidate = candidate };

  return shopcaisse_client_search_append(context, &search, error);
}

/* The last page: whoever shares the telephone is the one. */
static gboolean
end_search(ShopcaisseContext *context,
           const Question *question,
           const char *candidate,
           GError **error)
{
  const ShopcaisseClientSearch search = { .order_id = question->record->order_id,
                                          .sale_id = question->record->sale_id,
                                          .client_id = candidate };

  return *candidate != '\0' ? shopcaisse_client_search_append(context, &search, error)
                            : answer_stranger(context, question, error);
}

static gboolean
apply_page(ShopcaisseContext *context,
           const ShopcaisseJob *job,
           const Question *question,
           const ShopcaissePage *page,
           GError **error)
{
  const char *candidate = shopcaisse_paging_get_text(job, "candidate");

  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseClient *client = page->rows->pdata[i];
    ShopcaisseClientMatch match = shopcaisse_client_match(client, &question->wanted);

    if (match >= SHOPCAISSE_CLIENT_SAME_EMAIL)
      return answer_client(context, question, client, error);
    if (match == SHOPCAISSE_CLIENT_SAME_PHONE && *candidate == '\0')
      candidate = client->id;
  }
  if (page->has_next && page->n_seen > 0 && shopcaisse_paging_get_page(job) + 1 < PAGES_MAX)
    return append_next(context, job, question, candidate, error);
  return end_search(context, question, candidate, error);
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_auto(Question) question = { NULL };
  g_autoptr(ShopcaisseClient) client = NULL;
  g_autoptr(ShopcaissePage) page = NULL;
  g_autoptr(GError) parse_error = NULL;

  (void)verdict;
  if (!open_question(context, job, &question, error))
    return FALSE;
  if (*get_client_id(job, &question) != '\0')
    client = shopcaisse_client_parse(body, &parse_error);
  else
    page = shopcaisse_clients_parse(body, &parse_error);
  if (client != NULL)
    return answer_client(context, &question, client, error);
  if (page != NULL)
    return !is_open(&question) || apply_page(context, job, &question, page, error);
  return answer_without(context, &question, parse_error->message, error);
}

/* Without a network the order could not leave either; anything else ends the search. */
static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  g_auto(Question) question = { NULL };

  if (g_error_matches(reply->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      reply->kind == SHOPCAISSE_REPLY_UNTRUSTED)
    return TRUE;
  if (reply->kind == SHOPCAISSE_REPLY_NOT_SENT) {
    verdict->delay_us = MIN(verdict->delay_us, OFFLINE_PAUSE);
    return TRUE;
  }
  if (!open_question(context, job, &question, error))
    return FALSE;
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  verdict->block = NULL;
  return answer_without(context, &question,
                        verdict->message != NULL ? verdict->message : _("no answer"), error);
}

/* A row that nobody can read, or an answer that is none, is no reason to keep the order either. */
static gboolean
moved(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      const ShopcaisseVerdict *verdict,
      GError **error)
{
  g_auto(Question) question = { NULL };
  gboolean is_garbled = verdict->action == SHOPCAISSE_VERDICT_POSTPONE && verdict->is_unknown &&
                        verdict->message != NULL;

  if (verdict->action != SHOPCAISSE_VERDICT_PARK && !is_garbled)
    return TRUE;
  if (!open_question(context, job, &question, NULL))
    return TRUE; /* the sale is gone or damaged: its order says so */
  return answer_without(context, &question, verdict->message, error);
}

const ShopcaisseJobKind shopcaisse_job_client = {
  .name = "client",
  .version = CLIENT_VERSION,
  .build = build,
  .apply = apply,
  .refuse = refuse,
  .moved = moved,
};
