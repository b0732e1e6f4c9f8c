/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loading, failed, empty, or there: what to show of a list when there are no rows. */
#include "ui/model/list-state.h"

#include "config.h"

#include <comptoir/comptoir-error.h>
#include <glib/gi18n-lib.h>

static gboolean
has_property(GListModel *list, const char *name)
{
  return g_object_class_find_property(G_OBJECT_GET_CLASS(list), name) != NULL;
}

/**
 * shopcaisse_page_list_is_known:
 * @list: a list
 *
 * Returns: %FALSE if the channel has not got such a list, as an older one
 */
gboolean
shopcaisse_page_list_is_known(GListModel *list)
{
  g_autoptr(GError) error = NULL;
  if (has_property(list, "error"))
    g_object_get(list, "error", &error, NULL);
  return !g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID);
}

/**
 * shopcaisse_page_list_is_complete:
 * @list: a list
 *
 * Returns: %TRUE if all its rows are counted
 */
gboolean
shopcaisse_page_list_is_complete(GListModel *list)
{
  gboolean is_complete = TRUE;
  if (has_property(list, "complete"))
    g_object_get(list, "complete", &is_complete, NULL);
  return is_complete;
}

/**
 * shopcaisse_page_list_dup_error:
 * @list: a list
 *
 * Returns: (transfer full) (nullable): why rows are missing
 */
char *
shopcaisse_page_list_dup_error(GListModel *list)
{
  g_autoptr(GError) error = NULL;
  if (has_property(list, "error"))
    g_object_get(list, "error", &error, NULL);
  return error != NULL ? g_strdup(error->message) : NULL;
}

/**
 * shopcaisse_page_list_has_begun:
 * @list: a list
 *
 * Returns: %TRUE if there is something to show of it: rows, that there are none, or why not
 */
gboolean
shopcaisse_page_list_has_begun(GListModel *list)
{
  g_autofree char *error = shopcaisse_page_list_dup_error(list);
  return error != NULL || g_list_model_get_n_items(list) > 0 ||
         shopcaisse_page_list_is_complete(list);
}

static GVariant *
dup_counts(GListModel *list)
{
  g_autoptr(GVariant) counts = NULL;
  if (has_property(list, "counts"))
    g_object_get(list, "counts", &counts, NULL);
  return g_steal_pointer(&counts);
}

/**
 * shopcaisse_page_list_get_count:
 * @list: a list
 * @state: a state
 *
 * Returns: how many rows are in a state, whichever state was asked for
 */
guint
shopcaisse_page_list_get_count(GListModel *list, const char *state)
{
  g_autoptr(GVariant) counts = dup_counts(list);
  guint32 count = 0;
  if (counts != NULL)
    g_variant_lookup(counts, state, "u", &count);
  return count;
}

/**
 * shopcaisse_page_list_sum_counts:
 * @list: a list
 *
 * Returns: how many rows there are in all states; where nobody counts, how many are in the list
 */
guint
shopcaisse_page_list_sum_counts(GListModel *list)
{
  g_autoptr(GVariant) counts = dup_counts(list);
  if (counts == NULL)
    return g_list_model_get_n_items(list);
  GVariantIter iter;
  guint32 count = 0;
  guint sum = 0;
  g_variant_iter_init(&iter, counts);
  while (g_variant_iter_next(&iter, "{&su}", NULL, &count))
    sum += count;
  return sum;
}

/**
 * shopcaisse_page_list_dup_text:
 * @list: a list
 * @empty: what to say when it has no rows, translated
 *
 * Says what stands in the place of the rows.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL if there are rows
 */
char *
shopcaisse_page_list_dup_text(GListModel *list, const char *empty)
{
  g_autofree char *error = shopcaisse_page_list_dup_error(list);
  if (error != NULL)
    /* Translators: what follows is the reason, a sentence of its own. */
    return g_strdup_printf(_("This list could not be read: %s"), error);
  if (g_list_model_get_n_items(list) > 0)
    return NULL;
  if (!shopcaisse_page_list_is_complete(list))
    return g_strdup(_("Loading…"));
  return g_strdup(empty);
}
