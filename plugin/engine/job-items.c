/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The company's items, a thousand a page; docs/PROTOCOL.md 3.5. */
#include "api/catalogue.h"
#include "engine/flow.h"
#include "engine/job.h"
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
  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_items_request(shopcaisse_paging_get_text(job, "company"),
                                      shopcaisse_paging_get_page(job), get_page_size(job));
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, error);
  const char *company_id = shopcaisse_paging_get_text(job, "company");
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->rows->len; i++) {
    ShopcaisseItem *item = page->rows->pdata[i];

    if (i == 0)
      first_id = item->id;
    if (item->company_id == NULL)
      item->company_id = g_strdup(company_id);
    if (!shopcaisse_mirror_put_item(context->database, item, shopcaisse_paging_get_sweep(job),
                                    error))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
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
