/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What goes with the items: currency, families, price lists, prices of one list, stock of one
 * store. docs/PROTOCOL.md 3.6, 3.10, 3.11. */
#include "api/catalogue.h"
#include "config.h"
#include "engine/configuration-places.h"
#include "engine/job.h"
#include "engine/pace.h"
#include "engine/page-writer.h"
#include "engine/paging.h"
#include "model/text.h"
#include "store/mirror.h"

#include <glib/gi18n-lib.h>

#define OUR_CURRENCY "EUR"

static gboolean
build_currency(ShopcaisseContext *context,
               const ShopcaisseJob *job,
               ShopcaisseRequest **request,
               ShopcaisseVerdict *verdict,
               GError **error)
{
  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_currency_request(shopcaisse_paging_get_text(job, "company"));
  return TRUE;
}

/* To be shown; what is not our currency is refused when it is to be worked with. */
static gboolean
is_discovery(ShopcaisseContext *context, const ShopcaisseJob *job)
{
  const ShopcaisseTask *task = shopcaisse_tasks_find(context->tasks, job->run);

  return task != NULL && g_str_equal(task->name, "discover");
}

static gboolean
apply_currency(ShopcaisseContext *context,
               const ShopcaisseJob *job,
               GBytes *body,
               ShopcaisseVerdict *verdict,
               GError **error)
{
  const char *company_id = shopcaisse_paging_get_text(job, "company");
  g_autoptr(GError) parse_error = NULL;
  g_autofree char *currency = shopcaisse_currency_parse(body, &parse_error);

  if (currency == NULL && is_discovery(context, job))
    return TRUE;
  if (currency == NULL) {
    g_propagate_error(error, g_steal_pointer(&parse_error));
    return FALSE;
  }
  if (!shopcaisse_configuration_set_currency(context->database, company_id, currency, error))
    return FALSE;
  if (g_str_equal(currency, OUR_CURRENCY) || is_discovery(context, job))
    return TRUE;
  verdict->action = SHOPCAISSE_VERDICT_FAIL;
  verdict->error_code = COMPTOIR_ERROR_CONFLICT;
  verdict->message =
      g_strdup_printf(_("the company sells in %s, only EUR is known here"), currency);
  return TRUE;
}

/* A right to prices may be missing; the items say what they cost all the same. */
static gboolean
refuse_optional(ShopcaisseContext *context,
                const ShopcaisseJob *job,
                const ShopcaisseReply *reply,
                ShopcaisseVerdict *verdict,
                GError **error)
{
  (void)job;
  (void)error;
  shopcaisse_pace_note_refusal(context, reply->kind);
  if (reply->kind == SHOPCAISSE_REPLY_FORBIDDEN || reply->kind == SHOPCAISSE_REPLY_NOT_FOUND)
    verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  return TRUE;
}

static gboolean
build_families(ShopcaisseContext *context,
               const ShopcaisseJob *job,
               ShopcaisseRequest **request,
               ShopcaisseVerdict *verdict,
               GError **error)
{
  gboolean may_go = FALSE;

  if (!shopcaisse_paging_may_go(context, &may_go, verdict, error))
    return FALSE;
  if (may_go)
    *request = shopcaisse_families_request(shopcaisse_paging_get_text(job, "company"),
                                           shopcaisse_paging_get_page(job));
  return TRUE;
}

static gboolean
apply_families(ShopcaisseContext *context,
               const ShopcaisseJob *job,
               GBytes *body,
               ShopcaisseVerdict *verdict,
               GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_families_parse(body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  shopcaisse_pace_note_page(context);
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseFamily *family = page->rows->pdata[i];

    if (i == 0)
      first_id = family->id;
    if (!shopcaisse_mirror_put_family(context->database, shopcaisse_paging_get_text(job, "company"),
                                      family, shopcaisse_paging_get_sweep(job), error))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

static gboolean
build_price_lists(ShopcaisseContext *context,
                  const ShopcaisseJob *job,
                  ShopcaisseRequest **request,
                  ShopcaisseVerdict *verdict,
                  GError **error)
{
  gboolean may_go = FALSE;

  if (!shopcaisse_paging_may_go(context, &may_go, verdict, error))
    return FALSE;
  if (may_go)
    *request = shopcaisse_price_lists_request(shopcaisse_paging_get_text(job, "company"),
                                              shopcaisse_paging_get_page(job));
  return TRUE;
}

static gboolean
apply_price_lists(ShopcaisseContext *context,
                  const ShopcaisseJob *job,
                  GBytes *body,
                  ShopcaisseVerdict *verdict,
                  GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_price_lists_parse(body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  shopcaisse_pace_note_page(context);
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaissePriceList *list = page->rows->pdata[i];

    if (i == 0)
      first_id = list->id;
    if (!shopcaisse_mirror_put_price_list(context->database,
                                          shopcaisse_paging_get_text(job, "company"), list,
                                          shopcaisse_paging_get_sweep(job), error))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

static gboolean
build_prices(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             ShopcaisseRequest **request,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  gboolean may_go = FALSE;

  if (!shopcaisse_paging_may_go(context, &may_go, verdict, error))
    return FALSE;
  if (may_go)
    *request = shopcaisse_prices_request(
        context->configuration->company_id, shopcaisse_paging_get_text(job, "list"),
        shopcaisse_paging_get_page(job), SHOPCAISSE_PRICES_PAGE_SIZE);
  return TRUE;
}

static const char *
get_price_id(gpointer row)
{
  return ((ShopcaissePrice *)row)->item_id;
}

static gboolean
put_price(ShopcaisseContext *context, const ShopcaisseJob *job, gpointer row, GError **error)
{
  return shopcaisse_mirror_put_price(context->database, shopcaisse_paging_get_text(job, "list"),
                                     row, shopcaisse_paging_get_sweep(job), error);
}

static gboolean
apply_prices(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             GBytes *body,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  static const ShopcaissePageRows rows = { SHOPCAISSE_PRICES_PAGE_SIZE, get_price_id, put_price };
  ShopcaissePage *page = shopcaisse_prices_parse(body, error);

  if (page == NULL)
    return FALSE;
  shopcaisse_pace_note_page(context);
  shopcaisse_page_writer_take(context, job, &rows, page, verdict);
  return TRUE;
}

static gboolean
build_stocks(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             ShopcaisseRequest **request,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  const char *type = shopcaisse_paging_get_text(job, "type");
  gboolean may_go = FALSE;

  if (!shopcaisse_paging_may_go(context, &may_go, verdict, error))
    return FALSE;
  if (may_go)
    *request = shopcaisse_stocks_request(
        shopcaisse_paging_get_text(job, "store"), *type != '\0' ? type : NULL,
        shopcaisse_paging_get_page(job), SHOPCAISSE_STOCKS_PAGE_SIZE);
  return TRUE;
}

static const char *
get_stock_id(gpointer row)
{
  return ((ShopcaisseStock *)row)->item_id;
}

static gboolean
put_stock(ShopcaisseContext *context, const ShopcaisseJob *job, gpointer row, GError **error)
{
  return shopcaisse_mirror_put_stock(context->database, shopcaisse_paging_get_text(job, "store"),
                                     row, shopcaisse_paging_get_sweep(job),
                                     shopcaisse_context_get_now(context), error);
}

static gboolean
apply_stocks(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             GBytes *body,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  static const ShopcaissePageRows rows = { SHOPCAISSE_STOCKS_PAGE_SIZE, get_stock_id, put_stock };
  ShopcaissePage *page = shopcaisse_stocks_parse(body, error);

  if (page == NULL)
    return FALSE;
  shopcaisse_pace_note_page(context);
  shopcaisse_page_writer_take(context, job, &rows, page, verdict);
  return TRUE;
}

/* Some deployments want a board type, some do not: the first refusal asks with one. */
static gboolean
refuse_stocks(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              const ShopcaisseReply *reply,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  g_autoptr(ShopcaisseJob) typed = NULL;
  g_autofree char *key = NULL;
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);

  shopcaisse_pace_note_refusal(context, reply->kind);
  if (reply->kind != SHOPCAISSE_REPLY_REFUSED || *shopcaisse_paging_get_text(job, "type") != '\0')
    return TRUE;
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  key = g_strdup_printf("stocks:POS:%" G_GINT64_FORMAT "/0", job->run);
  typed = shopcaisse_job_new("stocks", key);
  g_variant_dict_insert(&args, "type", "s", "POS");
  typed->args = g_variant_ref_sink(g_variant_dict_end(&args));
  shopcaisse_text_replace(&typed->lane, job->lane);
  typed->lane_width = job->lane_width;
  typed->priority = job->priority;
  typed->run = job->run;
  typed->due_at = shopcaisse_context_get_now(context);
  return shopcaisse_outbox_append(context->database, typed, typed->due_at, NULL, error);
}

static gboolean
refuse_prices(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              const ShopcaisseReply *reply,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  (void)job;
  (void)verdict;
  (void)error;
  shopcaisse_pace_note_refusal(context, reply->kind);
  return TRUE;
}

const ShopcaisseJobKind shopcaisse_job_currency = {
  .name = "currency",
  .version = 1,
  .build = build_currency,
  .apply = apply_currency,
  .refuse = refuse_optional,
};

const ShopcaisseJobKind shopcaisse_job_families = {
  .name = "families",
  .version = 1,
  .build = build_families,
  .apply = apply_families,
  .refuse = refuse_optional,
};

const ShopcaisseJobKind shopcaisse_job_price_lists = {
  .name = "price-lists",
  .version = 1,
  .build = build_price_lists,
  .apply = apply_price_lists,
  .refuse = refuse_optional,
};

const ShopcaisseJobKind shopcaisse_job_prices = {
  .name = "prices",
  .version = 1,
  .build = build_prices,
  .apply = apply_prices,
  .refuse = refuse_prices,
};

const ShopcaisseJobKind shopcaisse_job_stocks = {
  .name = "stocks",
  .version = 1,
  .build = build_stocks,
  .apply = apply_stocks,
  .refuse = refuse_stocks,
};
