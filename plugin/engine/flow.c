/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each flow puts into the outbox: its first rows; those append the rest. */
#include "engine/flow.h"

#include "engine/context.h"
#include "model/text.h"
#include "store/places.h"

#define LANE_PROBE     "probe"
#define LANE_CATALOGUE "catalogue"
#define LANE_POLL      "poll"

#define CATALOGUE_WIDTH 4

/**
 * shopcaisse_flow_append:
 * @context: the engine's parts
 * @row: what to append; its args are taken
 * @error: return location for an error
 *
 * Appends one row.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_append(ShopcaisseContext *context, const ShopcaisseFlowRow *row, GError **error)
{
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new(row->kind, row->key);
  gint64 now = shopcaisse_context_get_now(context);

  shopcaisse_text_replace(&job->lane, row->lane);
  job->lane_width = row->lane_width;
  job->priority = row->priority;
  job->run = row->run;
  job->due_at = now + row->delay_us;
  if (row->args != NULL)
    job->args = g_variant_ref_sink(row->args);
  return shopcaisse_outbox_append(context->database, job, now, NULL, error);
}

/**
 * shopcaisse_flow_append_probe:
 * @context: the engine's parts
 * @delay_us: how long to wait
 * @error: return location for an error
 *
 * Asks for the token once more. One probe waits at most.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_append_probe(ShopcaisseContext *context, gint64 delay_us, GError **error)
{
  ShopcaisseFlowRow row = {
    .kind = "authentication",
    .key = "probe",
    .lane = LANE_PROBE,
    .lane_width = 1,
    .priority = SHOPCAISSE_PRIORITY_ASKED,
    .delay_us = delay_us,
  };

  return shopcaisse_flow_append(context, &row, error);
}

static GVariant *
build_page_args(const char *key, const char *value)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&args, "page", "x", (gint64)0);
  if (key != NULL)
    g_variant_dict_insert(&args, key, "s", value);
  return g_variant_dict_end(&args);
}

static gboolean
append_list(ShopcaisseContext *context,
            const char *kind,
            gint64 run,
            const char *key,
            const char *value,
            GError **error)
{
  g_autofree char *row_key =
      g_strdup_printf("%s:%s:%" G_GINT64_FORMAT "/0", kind, value != NULL ? value : "", run);
  ShopcaisseFlowRow row = {
    .kind = kind,
    .key = row_key,
    .lane = LANE_CATALOGUE,
    .lane_width = CATALOGUE_WIDTH,
    .priority = SHOPCAISSE_PRIORITY_BULK,
    .run = run,
    .args = build_page_args(key, value),
  };

  return shopcaisse_flow_append(context, &row, error);
}

/**
 * shopcaisse_flow_authenticate:
 * @context: the engine's parts
 * @run: the task
 * @error: return location for an error
 *
 * Asks what the service thinks of the token.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_authenticate(ShopcaisseContext *context, gint64 run, GError **error)
{
  g_autofree char *key = g_strdup_printf("authentication:%" G_GINT64_FORMAT, run);
  ShopcaisseFlowRow row = {
    .kind = "authentication",
    .key = key,
    .lane = LANE_PROBE,
    .lane_width = 1,
    .priority = SHOPCAISSE_PRIORITY_ASKED,
    .run = run,
  };

  return shopcaisse_flow_append(context, &row, error);
}

/**
 * shopcaisse_flow_discover:
 * @context: the engine's parts
 * @run: the task
 * @error: return location for an error
 *
 * Reads what the token sees: companies, stores, registers.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_discover(ShopcaisseContext *context, gint64 run, GError **error)
{
  return shopcaisse_flow_authenticate(context, run, error) &&
         append_list(context, "places", run, "kind", "company", error) &&
         append_list(context, "places", run, "kind", "store", error) &&
         append_list(context, "places", run, "kind", "pos", error);
}

/**
 * shopcaisse_flow_currency:
 * @context: the engine's parts
 * @run: the task
 * @company_id: a company
 * @error: return location for an error
 *
 * Reads what a company sells in.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_currency(ShopcaisseContext *context,
                         gint64 run,
                         const char *company_id,
                         GError **error)
{
  return append_list(context, "currency", run, "company", company_id, error);
}

/**
 * shopcaisse_flow_price_lists:
 * @context: the engine's parts
 * @run: the task
 * @company_id: a company
 * @error: return location for an error
 *
 * Reads the names of a company's price lists, so that one can be chosen.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_price_lists(ShopcaisseContext *context,
                            gint64 run,
                            const char *company_id,
                            GError **error)
{
  return append_list(context, "price-lists", run, "company", company_id, error);
}

/**
 * shopcaisse_flow_pull_catalogue:
 * @context: the engine's parts
 * @run: the task, also the number of the sweep
 * @error: return location for an error
 *
 * Reads the whole catalogue of the store's company.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_pull_catalogue(ShopcaisseContext *context, gint64 run, GError **error)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  const char *company_id = configuration->company_id;

  if (!shopcaisse_flow_currency(context, run, company_id, error) ||
      !append_list(context, "families", run, "company", company_id, error) ||
      !shopcaisse_flow_price_lists(context, run, company_id, error) ||
      !append_list(context, "items", run, "company", company_id, error))
    return FALSE;
  /* One list, never several merged; docs/PROTOCOL.md 3.10. */
  if (*configuration->price_list == '\0')
    return TRUE;
  return append_list(context, "prices", run, "list", configuration->price_list, error);
}

/**
 * shopcaisse_flow_pull_stock:
 * @context: the engine's parts
 * @run: the task, also the number of the sweep
 * @error: return location for an error
 *
 * Reads the stock of the store.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_pull_stock(ShopcaisseContext *context, gint64 run, GError **error)
{
  return append_list(context, "stocks", run, "store", context->configuration->store_id, error);
}

typedef struct {
  gint64 run;
  gint64 from;
  gint64 to;
  const char *pos_id; /* (nullable) */
} Window;

static gboolean
append_window(ShopcaisseContext *context, const char *kind, const Window *window, GError **error)
{
  const char *pos_id = window->pos_id != NULL ? window->pos_id : "";
  gint64 from = MAX(0, window->from);
  g_autofree char *key = g_strdup_printf("%s:%s:%" G_GINT64_FORMAT "/0", kind, pos_id, window->run);
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(NULL);
  ShopcaisseFlowRow row = {
    .kind = kind,
    .key = key,
    .lane = LANE_POLL,
    .lane_width = 1,
    .priority = SHOPCAISSE_PRIORITY_POLL,
    .run = window->run,
  };

  g_variant_dict_insert(&args, "page", "x", (gint64)0);
  g_variant_dict_insert(&args, "store", "s", context->configuration->store_id);
  g_variant_dict_insert(&args, "pos", "s", pos_id);
  g_variant_dict_insert(&args, "from", "x", from);
  /* What begins later than it ends was reckoned with a clock that has gone back. */
  g_variant_dict_insert(&args, "to", "x", window->to >= from ? window->to : 0);
  row.args = g_variant_dict_end(&args);
  return shopcaisse_flow_append(context, &row, error);
}

/**
 * shopcaisse_flow_poll_orders:
 * @context: the engine's parts
 * @run: the task
 * @from: pick-up time, microseconds
 * @to: the same, 0 for no end
 * @error: return location for an error
 *
 * Reads the store's orders, register by register: the list may want one; docs/PROTOCOL.md 3.12.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_poll_orders(
    ShopcaisseContext *context, gint64 run, gint64 from, gint64 to, GError **error)
{
  g_autoptr(GPtrArray) registers = shopcaisse_mirror_list_places(
      context->database, SHOPCAISSE_PLACE_POS, context->configuration->store_id, error);
  Window window = { run, from, to, NULL };

  if (registers == NULL)
    return FALSE;
  if (registers->len == 0)
    return append_window(context, "orders", &window, error);
  for (guint i = 0; i < registers->len; i++) {
    window.pos_id = ((ShopcaissePlace *)registers->pdata[i])->id;
    if (!append_window(context, "orders", &window, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_flow_pull_tickets:
 * @context: the engine's parts
 * @run: the task
 * @from: microseconds
 * @to: the same, 0 for no end
 * @error: return location for an error
 *
 * Reads the fiscal documents of the till, and its shifts.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_flow_pull_tickets(
    ShopcaisseContext *context, gint64 run, gint64 from, gint64 to, GError **error)
{
  Window window = { run, from, to, NULL };
  /* The list looks at when a shift began: that of the night began the day before. */
  Window shifts = { run, MAX(0, from - SHOPCAISSE_DAY), to, NULL };

  return append_window(context, "tickets", &window, error) &&
         append_window(context, "shifts", &shifts, error);
}
