/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The flows as they are shown: how often, when last, when next, and how the last one ended. */
#include "config.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/restored.h"
#include "model/timestamp.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *task;
  const char *name; /* to be translated */
} flow_names[] = {
  { "catch-up", N_("Look for missed sales") },           { "poll-orders", N_("Follow orders") },
  { "pull-sales", N_("Fetch the till's sales") },        { "pull-stock", N_("Fetch stock") },
  { "pull-catalogue", N_("Fetch articles and prices") },
};

static const char *
get_name(const char *task)
{
  for (gsize i = 0; i < G_N_ELEMENTS(flow_names); i++) {
    if (g_str_equal(flow_names[i].task, task))
      return _(flow_names[i].name);
  }
  return task;
}

static const char *
get_state(const ShopcaisseFlowView *view)
{
  if (view->is_running)
    return "running";
  if (view->minutes == 0)
    return "off";
  return view->failure != NULL ? "failed" : "idle";
}

static void
insert_time(GVariantDict *row, const char *key, gint64 at)
{
  g_autofree char *text = at != 0 ? shopcaisse_timestamp_to_text(at) : g_strdup("");

  g_variant_dict_insert(row, key, "s", text);
}

static GVariant *
build_flow(const ShopcaisseFlowView *view)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", view->task);
  g_variant_dict_insert(&row, "name", "s", get_name(view->task));
  g_variant_dict_insert(&row, "setting", "s", view->setting);
  g_variant_dict_insert(&row, "minutes", "u", (guint32)view->minutes);
  insert_time(&row, "last_run", view->last_at);
  insert_time(&row, "next_run", view->next_at);
  g_variant_dict_insert(&row, "state", "s", get_state(view));
  g_variant_dict_insert(&row, "message", "s", view->failure != NULL ? view->failure : "");
  return g_variant_dict_end(&row);
}

/* Here a person answers yes; no is to do nothing. */
static void
add_question(ShopcaisseListPage *page)
{
  g_autofree char *question = shopcaisse_restored_dup_question(page->context);
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  if (question == NULL)
    return;
  g_variant_dict_insert(&row, "id", "s", "host-restored");
  /* Translators: beside a button; who presses it says that it is so. */
  g_variant_dict_insert(&row, "name", "s", _("A backup of the sales was restored"));
  g_variant_dict_insert(&row, "setting", "s", "");
  g_variant_dict_insert(&row, "minutes", "u", (guint32)0);
  insert_time(&row, "last_run", 0);
  insert_time(&row, "next_run", 0);
  g_variant_dict_insert(&row, "state", "s", "asked");
  g_variant_dict_insert(&row, "message", "s", question);
  shopcaisse_list_page_add(page, g_variant_dict_end(&row));
}

/**
 * shopcaisse_list_fill_flows:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists the flows, and before them what a person is asked.
 *
 * Returns: %TRUE
 */
gboolean
shopcaisse_list_fill_flows(ShopcaisseListPage *page, GError **error)
{
  (void)error;
  add_question(page);
  for (guint i = 0;; i++) {
    g_auto(ShopcaisseFlowView) view = { .task = NULL };

    if (!shopcaisse_schedule_look(page->context->schedule, i, &view))
      return TRUE;
    shopcaisse_list_page_add(page, build_flow(&view));
  }
}
