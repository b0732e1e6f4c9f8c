/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rights of the token: what each serves, which are missing, which are more than is needed. */
#include "config.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/rights.h"

#include <glib/gi18n-lib.h>

static const char *const state_names[] = {
  [SHOPCAISSE_RIGHT_GRANTED] = "granted",
  [SHOPCAISSE_RIGHT_MISSING] = "missing",
  [SHOPCAISSE_RIGHT_UNUSED] = "unused",
};

typedef struct {
  const char *node;
  const char *name;
  ShopcaisseRightState state;
  const char *level;
  char *text; /* (owned) */
} Line;

static void
add_line(ShopcaisseListPage *page, const Line *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", line->node);
  g_variant_dict_insert(&row, "name", "s", line->name);
  g_variant_dict_insert(&row, "state", "s", state_names[line->state]);
  g_variant_dict_insert(&row, "level", "s", line->level);
  g_variant_dict_insert(&row, "text", "s", line->text != NULL ? line->text : "");
  shopcaisse_list_page_add(page, g_variant_dict_end(&row));
}

static void
warn_of_excess(Line *line)
{
  if (line->state != SHOPCAISSE_RIGHT_UNUSED || !shopcaisse_right_is_dangerous(line->node))
    return;
  line->level = "warning";
  line->text = g_strdup(
      _("Nothing here deletes anything in Shopcaisse: a token without this right is safer."));
}

static void
add_known(ShopcaisseListPage *page, const ShopcaisseRight *right)
{
  Line line = { right->node, _(right->name), shopcaisse_right_look(right, page->context), "ok",
                NULL };

  if (line.state == SHOPCAISSE_RIGHT_ABSENT)
    return;
  if (line.state == SHOPCAISSE_RIGHT_MISSING) {
    line.level = "warning";
    line.text = shopcaisse_right_dup_missing(right);
  }
  warn_of_excess(&line);
  add_line(page, &line);
  g_free(line.text);
}

/* Whether a granted node is one of the known rights, or above one of them. */
static gboolean
is_known(const char *node)
{
  char *nodes[] = { (char *)node, NULL };
  const ShopcaisseGrant granted = { .permissions = nodes };
  gsize n_rights = 0;
  const ShopcaisseRight *rights = shopcaisse_rights_list(&n_rights);

  for (gsize i = 0; i < n_rights; i++) {
    if (shopcaisse_grant_allows(&granted, rights[i].node))
      return TRUE;
  }
  return FALSE;
}

static void
add_unknown(ShopcaisseListPage *page, const char *node)
{
  Line line = { node, node, SHOPCAISSE_RIGHT_UNUSED, "ok", NULL };

  warn_of_excess(&line);
  add_line(page, &line);
  g_free(line.text);
}

/**
 * shopcaisse_list_fill_rights:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists the rights that are granted or needed. None without a token.
 *
 * Returns: %TRUE
 */
gboolean
shopcaisse_list_fill_rights(ShopcaisseListPage *page, GError **error)
{
  const ShopcaisseGrant *grant = page->context->configuration->grant;
  gsize n_rights = 0;
  const ShopcaisseRight *rights = shopcaisse_rights_list(&n_rights);

  (void)error;
  if (grant == NULL)
    return TRUE;
  for (gsize i = 0; i < n_rights; i++)
    add_known(page, &rights[i]);
  for (gsize i = 0; grant->permissions != NULL && grant->permissions[i] != NULL; i++) {
    if (!is_known(grant->permissions[i]))
      add_unknown(page, grant->permissions[i]);
  }
  return TRUE;
}
