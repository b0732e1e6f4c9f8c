/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Companies, stores and registers, 25 a page; docs/PROTOCOL.md 2.1, 3.1 to 3.4. */
#include "api/places.h"
#include "config.h"
#include "engine/flow.h"
#include "engine/job.h"
#include "engine/paging.h"
#include "store/journal.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>

static ShopcaissePlaceKind
get_kind(const ShopcaisseJob *job)
{
  const char *kind = shopcaisse_paging_get_text(job, "kind");

  if (g_str_equal(kind, "company"))
    return SHOPCAISSE_PLACE_COMPANY;
  return g_str_equal(kind, "pos") ? SHOPCAISSE_PLACE_POS : SHOPCAISSE_PLACE_STORE;
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
  *request = shopcaisse_places_request(get_kind(job), shopcaisse_paging_get_page(job));
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_places_parse(get_kind(job), body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaissePlace *place = page->rows->pdata[i];

    if (i == 0)
      first_id = place->id;
    if (!shopcaisse_mirror_put_place(context->database, place, shopcaisse_paging_get_sweep(job),
                                     error))
      return FALSE;
    if (place->kind == SHOPCAISSE_PLACE_COMPANY &&
        (!shopcaisse_flow_price_lists(context, job->run, place->id, error) ||
         !shopcaisse_flow_currency(context, job->run, place->id, error)))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

/* The stores say which company they are of and which registers they have: those two lists may be
 * closed to a token that is good. A token that is not fails in the same task. */
static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  gboolean is_closed =
      reply->kind == SHOPCAISSE_REPLY_FORBIDDEN || reply->kind == SHOPCAISSE_REPLY_NOT_FOUND;
  g_autofree char *text = NULL;

  if (!is_closed || get_kind(job) == SHOPCAISSE_PLACE_STORE)
    return TRUE;
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  text = g_strdup_printf(get_kind(job) == SHOPCAISSE_PLACE_COMPANY
                             ? _("the list of companies cannot be read: %s")
                             : _("the list of registers cannot be read: %s"),
                         verdict->message != NULL ? verdict->message : "");
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, job->kind, "", text,
                                    error);
}

const ShopcaisseJobKind shopcaisse_job_places = {
  .name = "places",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
};
