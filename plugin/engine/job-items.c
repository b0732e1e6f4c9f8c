/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The company's items, a thousand a page; docs/PROTOCOL.md 3.5. */
#include "api/catalogue.h"
#include "engine/flow.h"
#include "engine/job.h"
#include "engine/pace.h"
#include "engine/page-writer.h"
#include "engine/paging.h"
#include "store/mirror.h"

#define PAGE_SIZE_MIN 25

static guint
get_page_size(const ShopcaisseJob *job)
{
  return (guint)shopcaisse_paging_get_number(job, "size", SHOPCAISSE_ITEMS_PAGE_SIZE);
}

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  gboolean may_go = FALSE;

  if (!shopcaisse_paging_may_go(context, &may_go, verdict, error))
    return FALSE;
  if (may_go)
    *request = shopcaisse_items_request(shopcaisse_paging_get_text(job, "company"),
                                        shopcaisse_paging_get_page(job), get_page_size(job));
  return TRUE;
}

static const char *
get_id(gpointer row)
{
  return ((ShopcaisseItem *)row)->id;
}

static gboolean
put(ShopcaisseContext *context, const ShopcaisseJob *job, gpointer row, GError **error)
{
  ShopcaisseItem *item = row;

  if (item->company_id == NULL)
    item->company_id = g_strdup(shopcaisse_paging_get_text(job, "company"));
  return shopcaisse_mirror_put_item(context->database, item, shopcaisse_paging_get_sweep(job),
                                    error);
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  ShopcaissePageRows rows = { .page_size = get_page_size(job), .get_id = get_id, .put = put };
  ShopcaissePage *page = shopcaisse_items_parse(body, error);

  if (page == NULL)
    return FALSE;
  shopcaisse_pace_note_page(context);
  shopcaisse_page_writer_take(context, job, &rows, page, verdict);
  return TRUE;
}

/* The page is too large for one answer: the same rows again as two pages of half the size. */
static gboolean
append_half(ShopcaisseContext *context, const ShopcaisseJob *job, guint half, GError **error)
{
  guint size = get_page_size(job) / 2;
  guint page = shopcaisse_paging_get_page(job) * 2 + half;
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);
  g_autofree char *key = g_strdup_printf("items:%u:%" G_GINT64_FORMAT "/%u", size, job->run, page);
  ShopcaisseFlowRow row = {
    .kind = job->kind,
    .key = key,
    .lane = job->lane,
    .lane_width = job->lane_width,
    .priority = job->priority,
    .run = job->run,
  };

  g_variant_dict_insert(&args, "page", "x", (gint64)page);
  g_variant_dict_insert(&args, "size", "x", (gint64)size);
  row.args = g_variant_dict_end(&args);
  return shopcaisse_flow_append(context, &row, error);
}

static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  shopcaisse_pace_note_refusal(context, reply->kind);
  if (reply->kind != SHOPCAISSE_REPLY_OVERSIZED || get_page_size(job) / 2 < PAGE_SIZE_MIN)
    return TRUE;
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  return append_half(context, job, 0, error) && append_half(context, job, 1, error);
}

const ShopcaisseJobKind shopcaisse_job_items = {
  .name = "items",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
};
