/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale becomes durable: checked, given its order id, frozen if nothing is in its way. */
#include "engine/submit.h"

#include "config.h"
#include "engine/arrival.h"
#include "engine/context.h"
#include "engine/customer.h"
#include "engine/identity.h"
#include "engine/learn.h"
#include "engine/missed.h"
#include "engine/prepare.h"
#include "engine/progress.h"
#include "engine/restored.h"
#include "engine/when.h"
#include "model/text.h"
#include "store/outbox.h"
#include "store/sale-events.h"
#include "store/sales-aside.h"

#include <glib/gi18n-lib.h>

#define ORDER_VERSION 1

typedef struct {
  GVariant *sale; /* (owned) */
  ShopcaisseAnswerFunc callback;
  gpointer user_data;
  GVariant *answer; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
} Submission;

struct ShopcaisseSubmissions {
  ShopcaisseContext *context; /* (not owned) */
  GPtrArray *waiting;         /* (owned) (element-type Submission) */
  GSource *flush;             /* (owned) (nullable) */
};

static void
free_submission(gpointer data)
{
  Submission *submission = data;

  g_variant_unref(submission->sale);
  g_clear_pointer(&submission->answer, g_variant_unref);
  g_clear_error(&submission->error);
  g_free(submission);
}

/**
 * shopcaisse_submissions_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): nothing waits yet
 */
ShopcaisseSubmissions *
shopcaisse_submissions_new(ShopcaisseContext *context)
{
  ShopcaisseSubmissions *self = g_new0(ShopcaisseSubmissions, 1);

  self->context = context;
  self->waiting = g_ptr_array_new_with_free_func(free_submission);
  return self;
}

static void
clear_flush(ShopcaisseSubmissions *self)
{
  if (self->flush != NULL)
    g_source_destroy(self->flush);
  g_clear_pointer(&self->flush, g_source_unref);
}

/**
 * shopcaisse_submissions_free:
 * @self: (nullable): flushed
 *
 * Releases it.
 */
void
shopcaisse_submissions_free(ShopcaisseSubmissions *self)
{
  if (self == NULL)
    return;
  clear_flush(self);
  g_ptr_array_unref(self->waiting);
  g_free(self);
}

static gboolean
flush_cb(gpointer user_data)
{
  shopcaisse_submissions_flush(user_data);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_submissions_add:
 * @self: the submissions
 * @sale: a sale row
 * @callback: called after the commit
 * @user_data: for @callback
 *
 * Takes a sale; it is durable when @callback says so.
 */
void
shopcaisse_submissions_add(ShopcaisseSubmissions *self,
                           GVariant *sale,
                           ShopcaisseAnswerFunc callback,
                           gpointer user_data)
{
  Submission *submission = g_new0(Submission, 1);

  submission->sale = g_variant_ref(sale);
  submission->callback = callback;
  submission->user_data = user_data;
  g_ptr_array_add(self->waiting, submission);
  if (self->flush != NULL)
    return;
  self->flush = g_idle_source_new();
  g_source_set_priority(self->flush, G_PRIORITY_HIGH);
  g_source_set_callback(self->flush, flush_cb, self, NULL);
  g_source_attach(self->flush, self->context->config->context);
}

static ShopcaisseSaleRecord *
make_record(ShopcaisseContext *context,
            GVariant *row,
            const ShopcaisseSale *sale,
            const ShopcaisseSaleRecord *heir_of)
{
  ShopcaisseSaleRecord *record = shopcaisse_sale_record_new();
  gint64 now = shopcaisse_context_get_now(context);

  shopcaisse_text_replace(&record->sale_id, sale->id);
  record->payload = shopcaisse_customer_strip(context, row, NULL);
  shopcaisse_text_replace(&record->number, sale->number);
  shopcaisse_text_replace(&record->till, sale->till);
  record->sold_at = sale->sold_at;
  record->total_minor = sale->total_minor;
  shopcaisse_text_replace(&record->store_id, context->configuration->store_id);
  g_free(record->order_id);
  record->order_id = shopcaisse_identity_order_id(context->host->instance_id, sale->id, 0);
  g_free(record->discriminator);
  record->discriminator = shopcaisse_identity_discriminator(sale);
  if (heir_of != NULL) {
    record->generation = 1;
    g_free(record->order_id);
    record->order_id = shopcaisse_identity_renewed_id(context->host->instance_id, sale->id,
                                                      record->discriminator, record->generation);
    /* What the host is just being told of the other is no news of this one. */
    record->progress = heir_of->progress + 1;
  }
  record->submitted_at = now;
  record->changed_at = now;
  return record;
}

static ShopcaisseJob *
make_job(ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  ShopcaisseJob *job = shopcaisse_job_new("order", key);

  job->version = ORDER_VERSION;
  shopcaisse_prepare_assign(context, job, record->store_id);
  job->priority =
      shopcaisse_missed_get_time(record) != 0 ? SHOPCAISSE_PRIORITY_DUE : SHOPCAISSE_PRIORITY_ORDER;
  shopcaisse_text_replace(&job->subject, record->sale_id);
  job->due_at = shopcaisse_context_get_now(context);
  return job;
}

static void
set_state(ShopcaisseSaleRecord *record, const ShopcaisseObstacle *obstacle)
{
  gboolean is_held = obstacle->reason != NULL;

  shopcaisse_sale_record_set_state(record, is_held ? "held" : "waiting", obstacle->reason,
                                   obstacle->message);
}

static gboolean
append_job(ShopcaisseContext *context,
           const ShopcaisseSaleRecord *record,
           ShopcaisseJob *job,
           GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  if (!shopcaisse_outbox_append(context->database, job, now, NULL, error))
    return FALSE;
  if (g_str_equal(record->state, "held") &&
      !shopcaisse_outbox_hold(context->database, job->id, record->reason, record->message, error))
    return FALSE;
  return !g_str_equal(record->reason, SHOPCAISSE_OBSTACLE_CUSTOMER) ||
         shopcaisse_customer_begin(context, record, error);
}

/**
 * shopcaisse_submit_again:
 * @context: the engine's parts
 * @record: (inout): a sale whose order id is new
 * @error: return location for an error
 *
 * Freezes the order of a known sale, for which a person has asked, under its new id and appends it.
 * Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_submit_again(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  g_autoptr(ShopcaisseJob) job = NULL;
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  /* A new order goes where orders go now. */
  shopcaisse_text_replace(&record->store_id, context->configuration->store_id);
  job = make_job(context, record);
  shopcaisse_when_ask(job);
  if (!shopcaisse_prepare_order(context,
                                &(const ShopcaissePreparation){ .record = record, .job = job },
                                &obstacle, error))
    return FALSE;
  set_state(record, &obstacle);
  return append_job(context, record, job, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* One found after more than a day may have been sent before the database was lost: it will be
 * looked for before it goes. */
static gint64
get_doubt(ShopcaisseContext *context, const ShopcaisseSaleRecord *record)
{
  return shopcaisse_context_get_now(context) - record->sold_at > SHOPCAISSE_DAY ? record->sold_at
                                                                                : 0;
}

/* Before any other obstacle: those end by themselves, and then it would go without a question. What
 * is no order yet is not asked about. */
static void
ask_late(ShopcaisseContext *context,
         const ShopcaisseSaleRecord *record,
         ShopcaisseJob *job,
         ShopcaisseObstacle *obstacle)
{
  job->unknown_at = get_doubt(context, record);
  if (g_strcmp0(obstacle->reason, SHOPCAISSE_OBSTACLE_STATUS) == 0 ||
      g_strcmp0(obstacle->reason, SHOPCAISSE_OBSTACLE_UNPAID) == 0)
    return;
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = SHOPCAISSE_OBSTACLE_LATE;
  obstacle->message = g_strdup(_("found long after it was sold: send it still?"));
}

/* How far it is in the host, for its history: engine/list-timeline.c. */
static gboolean
note_status(ShopcaisseContext *context, const ShopcaisseSale *sale, GError **error)
{
  return sale->status == NULL ||
         shopcaisse_sale_events_note(context->database, sale->id, "host", sale->status,
                                     shopcaisse_context_get_now(context), error);
}

static ShopcaisseSaleRecord *
take_sale(ShopcaisseContext *context,
          GVariant *row,
          const ShopcaisseSale *sale,
          const ShopcaisseSaleRecord *heir_of,
          ShopcaisseSubmitWhen when,
          GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = make_record(context, row, sale, heir_of);
  g_autoptr(ShopcaisseJob) job = make_job(context, record);
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  if (!note_status(context, sale, error) || !shopcaisse_learn_sale(context, sale, error) ||
      !shopcaisse_prepare_order(context,
                                &(const ShopcaissePreparation){ .record = record, .job = job },
                                &obstacle, error))
    return NULL;
  if (when == SHOPCAISSE_SUBMIT_LATE)
    ask_late(context, record, job, &obstacle);
  set_state(record, &obstacle);
  if (!shopcaisse_sales_insert(context->database, record, error) ||
      !append_job(context, record, job, error))
    return NULL;
  return g_steal_pointer(&record);
}

static gboolean
is_same(const ShopcaisseSaleRecord *known, const ShopcaisseSale *sale)
{
  g_autofree char *discriminator = shopcaisse_identity_discriminator(sale);

  if (!g_str_equal(known->discriminator, discriminator))
    return FALSE;
  if (known->total_minor != sale->total_minor)
    g_warning("sale %s: it was taken over with another total, ignoring the new one", sale->id);
  return TRUE;
}

/* Answering with the old sale would make the new one vanish. */
static gboolean
refuse_known_id(ShopcaisseContext *context,
                const ShopcaisseSaleRecord *known,
                const ShopcaisseSale *sale,
                GError **error)
{
  g_autofree char *discriminator = shopcaisse_identity_discriminator(sale);
  g_autofree char *text = g_strdup_printf(
      _("sale %1$s: another sale was taken over under this id (%2$s; this one is %3$s): was a "
        "backup restored? If so, say it to the channel; if not, give this sale a new id"),
      sale->id, known->discriminator, discriminator);

  if (shopcaisse_restored_ask(context, text, error))
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, text);
  return FALSE;
}

/* The same id for a sale of another till or another time: the host's numbers went back, as after a
 * restored backup. */
static ShopcaisseSaleRecord *
take_known_id(ShopcaisseContext *context,
              GVariant *row,
              const ShopcaisseSale *sale,
              const ShopcaisseSaleRecord *known,
              ShopcaisseSubmitWhen when,
              GError **error)
{
  g_autofree char *discriminator = shopcaisse_identity_discriminator(sale);
  g_autofree char *own_name = shopcaisse_identity_aside(sale->id, discriminator);
  g_autofree char *old_name = shopcaisse_identity_aside(known->sale_id, known->discriminator);
  g_autoptr(GError) read_error = NULL;
  ShopcaisseSaleRecord *aside = shopcaisse_sales_get(context->database, own_name, &read_error);
  gboolean is_covered = FALSE;

  /* It had its id taken by the known one: the host has gone back once more. */
  if (aside != NULL)
    return aside;
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return NULL;
  }
  if (!shopcaisse_restored_covers(context, known, &is_covered, error) ||
      (!is_covered && !refuse_known_id(context, known, sale, error)))
    return NULL;
  if (!shopcaisse_progress_note(context, error) ||
      !shopcaisse_sales_set_aside(context->database, known->sale_id, old_name, error))
    return NULL;
  return take_sale(context, row, sale, known, when, error);
}

/**
 * shopcaisse_submit_sale:
 * @context: the engine's parts
 * @row: a sale row
 * @when: whether the shop still expects it
 * @error: return location for an error
 *
 * Takes one sale over, inside the caller's transaction. A sale that is known by id, till and time
 * answers what is there, whatever else the row says now; one that was no order yet is taken over
 * anew. The id of another sale is taken for this one if a person has said that a backup was
 * restored, and raises the question if not.
 *
 * Fails with %COMPTOIR_ERROR_INVALID, naming what is wrong, %COMPTOIR_ERROR_CONFLICT for the id of
 * another sale, or %COMPTOIR_ERROR_STORAGE; nothing is stored then. @error may not be %NULL.
 *
 * Returns: (transfer full): the sale as it stands
 */
ShopcaisseSaleRecord *
shopcaisse_submit_sale(ShopcaisseContext *context,
                       GVariant *row,
                       ShopcaisseSubmitWhen when,
                       GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(row, error);
  g_autoptr(ShopcaisseSaleRecord) known = NULL;
  g_autoptr(GError) read_error = NULL;

  if (sale == NULL)
    return NULL;
  known = shopcaisse_sales_get(context->database, sale->id, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return NULL;
  }
  if (known == NULL)
    return take_sale(context, row, sale, NULL, when, error);
  if (shopcaisse_when_is_early(known))
    return note_status(context, sale, error) && shopcaisse_learn_sale(context, sale, error) &&
                   shopcaisse_arrival_take(context, known, row, sale, when, error)
               ? g_steal_pointer(&known)
               : NULL;
  if (!is_same(known, sale))
    return take_known_id(context, row, sale, known, when, error);
  return note_status(context, sale, error) ? g_steal_pointer(&known) : NULL;
}

/**
 * shopcaisse_submit_is_refusal:
 * @error: why a sale was not taken over
 *
 * Returns: whether it is about that sale alone
 */
gboolean
shopcaisse_submit_is_refusal(const GError *error)
{
  return g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID) ||
         g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT);
}

static gboolean
store_waiting(ShopcaisseSubmissions *self, GPtrArray *batch, GError **error)
{
  if (!shopcaisse_database_begin(self->context->database, error))
    return FALSE;
  for (guint i = 0; i < batch->len; i++) {
    Submission *submission = batch->pdata[i];
    g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_submit_sale(
        self->context, submission->sale, SHOPCAISSE_SUBMIT_NOW, &submission->error);

    if (record != NULL)
      submission->answer = g_variant_ref_sink(shopcaisse_progress_row(record));
    else if (!shopcaisse_submit_is_refusal(submission->error))
      return g_set_error_literal(error, COMPTOIR_ERROR, submission->error->code,
                                 submission->error->message),
             FALSE;
  }
  return shopcaisse_progress_note(self->context, error) &&
         shopcaisse_database_commit(self->context->database, error);
}

static void
fail_all(GPtrArray *batch, const GError *error)
{
  for (guint i = 0; i < batch->len; i++) {
    Submission *submission = batch->pdata[i];

    g_clear_pointer(&submission->answer, g_variant_unref);
    if (submission->error == NULL)
      submission->error = g_error_copy(error);
  }
}

/**
 * shopcaisse_submissions_flush:
 * @self: the submissions
 *
 * Stores what waits in one commit and answers each. When the disk refuses, every sale of the batch
 * is refused with the reason and none is stored.
 */
void
shopcaisse_submissions_flush(ShopcaisseSubmissions *self)
{
  g_autoptr(GPtrArray) batch = g_steal_pointer(&self->waiting);
  g_autoptr(GError) error = NULL;

  self->waiting = g_ptr_array_new_with_free_func(free_submission);
  clear_flush(self);
  if (batch->len == 0)
    return;
  if (!store_waiting(self, batch, &error)) {
    shopcaisse_database_rollback(self->context->database);
    g_prefix_error(&error, "%s", _("the sale was not taken over: "));
    fail_all(batch, error);
  }
  for (guint i = 0; i < batch->len; i++) {
    Submission *submission = batch->pdata[i];

    shopcaisse_context_step(self->context, "stored", "");
    submission->callback(submission->answer, submission->error, submission->user_data);
  }
  shopcaisse_learn_tell(self->context);
  shopcaisse_progress_tell(self->context);
  shopcaisse_worker_try(self->context->worker);
}
