/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales that the host recorded and we never heard of. Nothing before the day of connection: old
 * sales are no orders. */
#include "engine/catch-up.h"

#include "config.h"
#include "engine/context.h"
#include "engine/identity.h"
#include "engine/learn.h"
#include "engine/progress.h"
#include "engine/restored.h"
#include "engine/schedule.h"
#include "engine/shipments.h"
#include "engine/submit.h"
#include "engine/vocabulary.h"
#include "engine/when.h"
#include "model/timestamp.h"
#include "store/journal.h"
#include "store/sales-aside.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define OVERLAP    (48 * SHOPCAISSE_HOUR)
#define LATE_AFTER (15 * SHOPCAISSE_MINUTE)
#define PAGE_LIMIT 100
#define PAGES_MAX  2000

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseCatchUpDone done;
  gpointer user_data;
  gint64 since;
  gint64 looked_at; /* the last time before this one, 0: never */
  gint64 started_at;
  char *witness;         /* (owned) (nullable): a sale that the host must have */
  gboolean is_suspected; /* the host has not got what it had: was it restored? */
  guint n_pages;
  guint n_rows;
  guint n_found;
} CatchUp;

static void page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

static void
caught_up_cb(guint n_found, const GError *error, gpointer user_data)
{
  (void)user_data;
  if (error != NULL)
    g_debug("the host's sales: %s", error->message);
  else if (n_found > 0)
    g_message("%u sales of the host were taken over", n_found);
}

static void
note_end(ShopcaisseContext *context, const GError *catch_up_error)
{
  g_autoptr(GError) error = NULL;

  /* A host that has no sales to list has none that were missed. */
  if (g_error_matches(catch_up_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches(catch_up_error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED))
    return;
  if (!shopcaisse_schedule_note_end(context->schedule, "catch-up",
                                    catch_up_error != NULL ? catch_up_error->message : NULL,
                                    &error))
    g_warning("catch-up: %s, how it ended is not recorded", error->message);
}

static void
end(CatchUp *self, const GError *error)
{
  ShopcaisseContext *context = self->context;

  context->is_catching_up = FALSE;
  note_end(context, error);
  self->done(self->n_found, error, self->user_data);
  g_free(self->witness);
  g_free(self);
  if (context->has_newer_sales && !context->is_closing)
    shopcaisse_catch_up_soon(context);
}

static void
ask_page(CatchUp *self, const char *cursor)
{
  g_autofree char *since = shopcaisse_timestamp_to_text(self->since);
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, "since", "s", since);
  g_variant_dict_insert(&query, "limit", "u", (guint32)PAGE_LIMIT);
  if (self->context->configuration->sends_when_paid ||
      shopcaisse_vocabulary_wants_any_status(self->context->database))
    g_variant_dict_insert(&query, "any_status", "b", TRUE);
  if (cursor != NULL)
    g_variant_dict_insert(&query, "cursor", "s", cursor);
  self->context->host->ask(self->context->host, SHOPCAISSE_ASK_LIST_SALES,
                           g_variant_dict_end(&query), page_cb, self);
}

/* Most have: they are neither checked nor read again. What is no order yet may have become one. */
static gboolean
has_order(CatchUp *self, GVariant *row, gint64 sold_at, gboolean *has, GError **error)
{
  g_autofree char *discriminator = NULL;
  g_autofree char *held_for = NULL;
  const char *sale_id = "";
  const char *till = "";

  g_variant_lookup(row, "id", "&s", &sale_id);
  g_variant_lookup(row, "till", "&s", &till);
  discriminator = shopcaisse_identity_discriminate(till, sold_at);
  if (!shopcaisse_sales_find_same(self->context->database, sale_id, discriminator, &held_for,
                                  error))
    return FALSE;
  *has = held_for != NULL && !shopcaisse_when_is_too_early(held_for);
  return TRUE;
}

static gboolean
find_known(CatchUp *self, const char *sale_id, ShopcaisseSaleRecord **known, GError **error)
{
  g_autoptr(GError) read_error = NULL;

  *known = shopcaisse_sales_get(self->context->database, sale_id, &read_error);
  if (read_error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&read_error));
  return FALSE;
}

/* A sale that is new is late when it was sold long ago; one that was no order yet, when it was not
 * looked at for long: nobody knows how long it has been one. */
static ShopcaisseSubmitWhen
get_when(CatchUp *self, const ShopcaisseSaleRecord *known, gint64 sold_at)
{
  gint64 expected_at = sold_at;

  if (known != NULL && shopcaisse_when_is_early(known))
    expected_at = MAX(self->looked_at, known->changed_at);
  return self->started_at - expected_at > LATE_AFTER ? SHOPCAISSE_SUBMIT_LATE
                                                     : SHOPCAISSE_SUBMIT_NOW;
}

/* The second of the connection: a host's times may have no fractions. */
static gint64
get_first_moment(ShopcaisseContext *context)
{
  gint64 connected_at = context->configuration->connected_at;

  return connected_at - connected_at % SHOPCAISSE_SECOND;
}

static void
note_row(CatchUp *self, const char *sale_id)
{
  self->n_rows++;
  if (g_strcmp0(self->witness, sale_id) == 0)
    g_clear_pointer(&self->witness, g_free);
}

static gboolean
take_row(CatchUp *self, GVariant *row, GError **error)
{
  ShopcaisseContext *context = self->context;
  g_autoptr(ShopcaisseSaleRecord) known = NULL;
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  g_autoptr(GError) sale_error = NULL;
  const char *sale_id = "";
  const char *sold_at_text = "";
  gint64 sold_at = 0;
  gboolean is_ordered = FALSE;

  g_variant_lookup(row, "id", "&s", &sale_id);
  g_variant_lookup(row, "sold_at", "&s", &sold_at_text);
  note_row(self, sale_id);
  if (shopcaisse_timestamp_parse(sold_at_text, &sold_at, NULL) &&
      sold_at < get_first_moment(context))
    return TRUE;
  if (!has_order(self, row, sold_at, &is_ordered, error))
    return FALSE;
  if (is_ordered)
    return TRUE;
  if (!find_known(self, sale_id, &known, error))
    return FALSE;
  record = shopcaisse_submit_sale(context, row, get_when(self, known, sold_at), &sale_error);
  if (record != NULL) {
    self->n_found += known == NULL || !g_str_equal(known->order_id, record->order_id) ? 1 : 0;
    return TRUE;
  }
  if (!shopcaisse_submit_is_refusal(sale_error)) {
    g_propagate_error(error, g_steal_pointer(&sale_error));
    return FALSE;
  }
  /* That was said with the question. */
  if (g_error_matches(sale_error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT)) {
    self->is_suspected = TRUE;
    return TRUE;
  }
  /* One bad sale is named and the others go on. */
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, "catch-up", sale_id,
                                    sale_error->message, error);
}

static gboolean
take_page(CatchUp *self, GVariant *answer, GError **error)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  GVariantIter iter;
  GVariant *row = NULL;

  if (rows == NULL)
    return TRUE;
  if (!shopcaisse_database_begin(self->context->database, error))
    return FALSE;
  g_variant_iter_init(&iter, rows);
  while ((row = g_variant_iter_next_value(&iter)) != NULL) {
    g_autoptr(GVariant) owned = row;

    if (!take_row(self, owned, error)) {
      shopcaisse_database_rollback(self->context->database);
      return FALSE;
    }
  }
  return shopcaisse_database_commit(self->context->database, error);
}

/* The newest sale, if a person has not said that the host was restored since. A host that forgot
 * just that one and has others was. */
static gboolean
choose_witness(CatchUp *self, GError **error)
{
  ShopcaisseContext *context = self->context;
  g_autofree char *sale_id = NULL;
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  gboolean is_covered = FALSE;

  if (!shopcaisse_sales_find_newest(context->database, self->since, &sale_id, error))
    return FALSE;
  if (sale_id == NULL)
    return TRUE;
  record = shopcaisse_sales_require(context->database, sale_id, error);
  if (record == NULL || !shopcaisse_restored_covers(context, record, &is_covered, error))
    return FALSE;
  self->witness = is_covered ? NULL : g_steal_pointer(&sale_id);
  return TRUE;
}

/* Whether the host has what it had. */
static gboolean
judge_host(CatchUp *self, GError **error)
{
  g_autofree char *text = NULL;

  if (self->is_suspected)
    return TRUE;
  if (self->witness == NULL || self->n_rows == 0) {
    shopcaisse_restored_withdraw(self->context);
    return TRUE;
  }
  text =
      g_strdup_printf(_("sale %s was taken over, and this program does not have it any more: was "
                        "a backup restored? If so, say it to the channel"),
                      self->witness);
  return shopcaisse_restored_ask(self->context, text, error);
}

static void
page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  CatchUp *self = user_data;
  g_autoptr(GError) page_error = NULL;
  const char *cursor = NULL;

  (void)cost_us;
  if (error != NULL)
    return end(self, error);
  if (!take_page(self, answer, &page_error)) {
    shopcaisse_database_rollback(self->context->database);
    return end(self, page_error);
  }
  if (g_variant_lookup(answer, "cursor", "&s", &cursor) && ++self->n_pages < PAGES_MAX)
    return ask_page(self, cursor);
  if (!judge_host(self, &page_error) ||
      !shopcaisse_cursors_set_time(self->context->database, SHOPCAISSE_CURSOR_CATCH_UP,
                                   self->started_at, &page_error))
    return end(self, page_error);
  shopcaisse_learn_tell(self->context);
  shopcaisse_progress_tell(self->context);
  shopcaisse_worker_wake(self->context->worker);
  shopcaisse_shipments_ask(self->context, self->since);
  end(self, NULL);
}

/**
 * shopcaisse_catch_up:
 * @context: the engine's parts
 * @done: called once
 * @user_data: for @done
 *
 * Asks the host for the sales since the last time less two days; the first time, as after a lost
 * database, for those since the first connection.
 *
 * Fails with %COMPTOIR_ERROR_BUSY when one runs already, %COMPTOIR_ERROR_NOT_SUPPORTED when the
 * host cannot list its sales, %COMPTOIR_ERROR_NOT_CONFIGURED before the first connection.
 */
void
shopcaisse_catch_up(ShopcaisseContext *context, ShopcaisseCatchUpDone done, gpointer user_data)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 last = shopcaisse_cursors_get_time(context->database, SHOPCAISSE_CURSOR_CATCH_UP, 0);
  g_autoptr(GError) error = NULL;
  CatchUp *self = NULL;

  if (context->configuration->connected_at == 0)
    error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                                _("the channel was never connected"));
  else if (context->is_catching_up)
    error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                                _("the host is being asked for its sales already"));
  if (error != NULL) {
    done(0, error, user_data);
    return;
  }
  self = g_new0(CatchUp, 1);
  self->context = context;
  self->done = done;
  self->user_data = user_data;
  self->started_at = now;
  self->looked_at = MIN(last, now);
  self->since = MAX(MIN(last, now) - OVERLAP, get_first_moment(context));
  context->is_catching_up = TRUE;
  shopcaisse_context_list_changed(context, "flows");
  if (choose_witness(self, &error))
    ask_page(self, NULL);
  else
    end(self, error);
}

/**
 * shopcaisse_catch_up_soon:
 * @context: the engine's parts
 *
 * The host has sales that it had not: they are asked for now, or when what runs has ended.
 */
void
shopcaisse_catch_up_soon(ShopcaisseContext *context)
{
  context->has_newer_sales = context->is_catching_up;
  if (!context->is_catching_up)
    shopcaisse_catch_up(context, caught_up_cb, NULL);
}
