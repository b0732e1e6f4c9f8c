/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the set-up goes by, out of settings, findings, checklist and links. */
#include "config.h"
#include "ui/model/page-model-private.h"
#include "ui/model/row.h"

#include <comptoir/comptoir-row.h>

static void list_cb(ShopcaissePageModel *self);

static GListModel *
open_list(ShopcaissePageModel *self, const char *kind)
{
  GListModel *list = shopcaisse_page_model_list(self, kind, NULL);
  g_signal_connect_swapped(list, "items-changed", G_CALLBACK(list_cb), self);
  return list;
}

static void
close_list(ShopcaissePageModel *self, GListModel **list)
{
  if (*list != NULL)
    g_signal_handlers_disconnect_by_data(*list, self);
  g_clear_object(list);
}

/**
 * shopcaisse_page_model_open_lists:
 * @self: the model
 *
 * Follows the short lists that the set-up goes by, anew.
 */
void
shopcaisse_page_model_open_lists(ShopcaissePageModel *self)
{
  shopcaisse_page_model_close_lists(self);
  self->checklist = open_list(self, "checklist");
  self->links = open_list(self, "links");
}

/**
 * shopcaisse_page_model_close_lists:
 * @self: the model
 *
 * Follows them no longer.
 */
void
shopcaisse_page_model_close_lists(ShopcaissePageModel *self)
{
  close_list(self, &self->checklist);
  close_list(self, &self->links);
}

static void
list_cb(ShopcaissePageModel *self)
{
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_FINDINGS);
}

/**
 * shopcaisse_page_model_examine:
 * @self: the model
 *
 * Asks the channel what is missing; once more afterwards if it is being asked.
 */
void
shopcaisse_page_model_examine(ShopcaissePageModel *self)
{
  if (!shopcaisse_page_model_is_open(self))
    return;
  self->wants_examination =
      !shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_DIAGNOSE, NULL, NULL);
}

/**
 * shopcaisse_page_model_take_findings:
 * @self: the model
 * @answer: (nullable): what the doctor said; %NULL if he failed
 *
 * Takes what is missing.
 */
void
shopcaisse_page_model_take_findings(ShopcaissePageModel *self, GVariant *answer)
{
  if (answer != NULL) {
    g_clear_pointer(&self->findings, g_variant_unref);
    self->findings = shopcaisse_page_row_dup_rows(answer, "rows");
    shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_FINDINGS);
  }
  if (self->wants_examination)
    shopcaisse_page_model_examine(self);
}

/* What stops all orders has the id of its reason; the unit of money is looked at last. */
static gboolean
is_calibrated(GVariant *findings)
{
  static const char *const obstacles[] = { "token",    "till-of-record", "store",
                                           "register", "calibration",    NULL };
  for (gsize i = 0; findings != NULL && i < g_variant_n_children(findings); i++) {
    g_autoptr(GVariant) finding = g_variant_get_child_value(findings, i);
    if (!g_str_equal(shopcaisse_page_row_get_text(finding, "level"), "ok") &&
        g_strv_contains(obstacles, shopcaisse_page_row_get_text(finding, "id")))
      return FALSE;
  }
  return findings != NULL;
}

static guint
count_unconfirmed(GListModel *checklist)
{
  guint n_rows = checklist != NULL ? g_list_model_get_n_items(checklist) : 0;
  guint n_unconfirmed = 0;
  for (guint i = 0; i < n_rows; i++) {
    g_autoptr(ComptoirRow) row = g_list_model_get_item(checklist, i);
    GVariant *values = comptoir_row_get_values(row);
    n_unconfirmed += g_str_equal(shopcaisse_page_row_get_text(values, "state"), "ok") ? 0 : 1;
  }
  return n_unconfirmed;
}

static gboolean
has_value(ShopcaissePageSettings *settings, const char *key)
{
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, key);
  return *value != '\0';
}

static gboolean
has_token(ShopcaissePageSettings *settings)
{
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, "token");
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, "token");
  return g_str_equal(value, "true") && error == NULL;
}

/**
 * shopcaisse_page_model_get_setup:
 * @self: the model
 * @setup: (out caller-allocates): what the set-up goes by
 *
 * Tells how far the set-up has come.
 */
void
shopcaisse_page_model_get_setup(ShopcaissePageModel *self, ShopcaissePageSetup *setup)
{
  g_autofree char *till = shopcaisse_page_settings_dup_value(self->settings, "till-of-record");
  *setup = (ShopcaissePageSetup){
    .has_token = has_token(self->settings),
    .has_store = has_value(self->settings, "store"),
    .n_stores = shopcaisse_page_settings_count_choices(self->settings, "store"),
    .has_register = has_value(self->settings, "pos"),
    .n_registers = shopcaisse_page_settings_count_choices(self->settings, "pos"),
    .has_till = *till != '\0',
    .sends_orders = !g_str_equal(till, "host"),
    .n_unconfirmed = count_unconfirmed(self->checklist),
    .n_linked = self->links != NULL ? g_list_model_get_n_items(self->links) : 0,
    .is_calibrated = is_calibrated(self->findings),
  };
}

/**
 * shopcaisse_page_model_get_findings:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): what the doctor found last, `aa{sv}`
 */
GVariant *
shopcaisse_page_model_get_findings(ShopcaissePageModel *self)
{
  return self->findings;
}
