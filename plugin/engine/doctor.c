/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is missing before orders flow, in the order in which a merchant sets it up. What the service
 * does not tell is said to be unknown: docs/PROTOCOL.md 1, 3.3. */
#include "engine/doctor.h"

#include "api/tally.h"
#include "config.h"
#include "engine/block.h"
#include "engine/checklist.h"
#include "engine/context.h"
#include "engine/duties.h"
#include "engine/prepare.h"
#include "engine/rights.h"
#include "engine/slices.h"
#include "engine/unseen.h"
#include "engine/webhook-report.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/places.h"
#include "store/sales-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_EACH 10 /* counting an article costs less than writing one */

/* Which setting mends what was found. */
static const struct {
  const char *id;
  const char *setting;
} remedies[] = {
  { "token", "token" },
  { "refused", "token" },
  { "staging", "token" },
  { "till-of-record", "till-of-record" },
  { "host-is-till", "till-of-record" },
  { "store", "store" },
  { "binding", "store" },
  { "register", "pos" },
  { "subscription", "confirmed-subscription" },
  { "module", "confirmed-module" },
  { "discovery", "confirmed-selling" },
  { "ipad", "confirmed-ipad" },
  { "menu", "confirmed-menu" },
  { "webhooks", "webhooks" },
  { "webhooks-first", "webhook-url" },
  { "webhooks-public", "webhook-address" },
};

static const char *
find_setting(const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS(remedies); i++) {
    if (g_str_equal(remedies[i].id, id))
      return remedies[i].setting;
  }
  /* A right, which comes with another token. */
  return strstr(id, ".*.") != NULL ? "token" : NULL;
}

/**
 * shopcaisse_doctor_add:
 * @rows: of the answer
 * @id: names the finding
 * @level: ok, warning, error or unknown
 * @title: what was found
 * @next_step: what a person does about it, "" for nothing
 *
 * Adds a finding.
 */
void
shopcaisse_doctor_add(GVariantBuilder *rows,
                      const char *id,
                      const char *level,
                      const char *title,
                      const char *next_step)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  const char *setting = find_setting(id);

  g_variant_dict_insert(&row, "id", "s", id);
  g_variant_dict_insert(&row, "level", "s", level);
  g_variant_dict_insert(&row, "title", "s", title);
  g_variant_dict_insert(&row, "next_step", "s", next_step);
  if (setting != NULL)
    g_variant_dict_insert(&row, "setting", "s", setting);
  g_variant_builder_add_value(rows, g_variant_dict_end(&row));
}

static void
examine_token(ShopcaisseContext *context, GVariantBuilder *rows)
{
  if (context->token != NULL)
    shopcaisse_doctor_add(rows, "token", "ok", _("a token is set"), "");
  else
    shopcaisse_doctor_add(
        rows, "token", "error", _("no token has been set"),
        _("In the Shopcaisse back office, subscribe to the Public API and create an application at "
          "Features > Integrations > Connectors & API > Public API > Configure > Your External "
          "Applications, then paste its token here."));
}

static void
add_missing_right(const ShopcaisseRight *right, GVariantBuilder *rows)
{
  g_autofree char *title = shopcaisse_right_dup_missing(right);

  shopcaisse_doctor_add(
      rows, right->node, "warning", title,
      _("Add the right to the application in the back office and paste the new token."));
}

static void
add_needless_right(const ShopcaisseRight *right, GVariantBuilder *rows)
{
  /* Translators: %s is the name of a right, such as "store.*.customers.delete". */
  g_autofree char *title =
      g_strdup_printf(_("The token may use %s, which nothing here needs."), right->node);

  shopcaisse_doctor_add(
      rows, right->node, "warning", title,
      _("Take the right from the application in the back office: a narrower token is safer."));
}

/* Those for events are the webhook's own to tell. */
static void
examine_rights(ShopcaisseContext *context, GVariantBuilder *rows)
{
  gsize n_rights = 0;
  const ShopcaisseRight *rights = shopcaisse_rights_list(&n_rights);

  for (gsize i = 0; context->configuration->grant != NULL && i < n_rights; i++) {
    ShopcaisseRightState state = shopcaisse_right_look(&rights[i], context);

    if (state == SHOPCAISSE_RIGHT_MISSING && rights[i].need == SHOPCAISSE_NEED_ALWAYS)
      add_missing_right(&rights[i], rows);
    else if (state == SHOPCAISSE_RIGHT_UNUSED && shopcaisse_right_is_dangerous(rights[i].node))
      add_needless_right(&rights[i], rows);
  }
}

/* Each shop with its own token: what one loses stops no other. */
static void
examine_environment(ShopcaisseContext *context, GVariantBuilder *rows)
{
  const ShopcaisseGrant *grant = context->configuration->grant;
  guint n_stores = 0;

  for (gsize i = 0; grant != NULL && grant->resources != NULL && grant->resources[i] != NULL; i++)
    n_stores += g_str_has_prefix(grant->resources[i], "store.") ? 1 : 0;
  if (n_stores > 1) {
    g_autofree char *title =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "The token serves %u store.",
                                    "The token serves %u stores.", n_stores),
                        n_stores);

    shopcaisse_doctor_add(rows, "token-stores", "ok", title,
                          _("One token for each store keeps their limits apart."));
  }
  if (grant != NULL && g_strcmp0(grant->environment, "staging") == 0)
    shopcaisse_doctor_add(rows, "staging", "warning",
                          _("staging has no register: orders will never be acknowledged"),
                          _("Use a token of the production environment for a real shop."));
}

static gboolean
examine_blocks(ShopcaisseContext *context, GVariantBuilder *rows, GError **error)
{
  g_autoptr(GPtrArray) blocks = shopcaisse_outbox_list_blocks(context->database, error);

  if (blocks == NULL)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++) {
    const ShopcaisseBlock *block = blocks->pdata[i];

    if (g_str_equal(block->reason, SHOPCAISSE_BLOCK_THROTTLED)) {
      shopcaisse_doctor_add(rows, block->reason, "warning",
                            _("the service asks to be left alone for a while"),
                            _("nothing: it goes on by itself"));
      continue;
    }
    shopcaisse_doctor_add(rows, block->reason, "error", block->message,
                          g_str_equal(block->reason, "licence")
                              ? _("activate the Order Management module on that register")
                              : _("set a new token, or its rights, in the back office"));
  }
  return TRUE;
}

/* No fault: somebody has chosen so. */
static void
add_host_is_till(GVariantBuilder *rows)
{
  shopcaisse_doctor_add(rows, "host-is-till", "ok",
                        _("This program is the till of record: no sale is sent as an order."), "");
}

static void
examine_setup(ShopcaisseContext *context, GVariantBuilder *rows)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  if (configuration->store_fault != NULL)
    shopcaisse_doctor_add(rows, "binding", "error", configuration->store_fault,
                          _("Choose the store that belongs to this program."));
  shopcaisse_prepare_check(context, &obstacle);
  if (configuration->till_of_record == SHOPCAISSE_TILL_HOST)
    add_host_is_till(rows);
  else if (obstacle.reason != NULL)
    shopcaisse_doctor_add(rows, obstacle.reason, "error", obstacle.message,
                          g_str_equal(obstacle.reason, "calibration")
                              ? _("calibrate: one test order finds it out")
                              : _("see the settings"));
  else
    shopcaisse_doctor_add(rows, "set-up", "ok", _("store, register and unit of money are set"), "");
}

static gboolean
examine_links(ShopcaisseContext *context, guint n_unlinked, GVariantBuilder *rows, GError **error)
{
  g_autofree char *title = NULL;
  guint n_items = 0;

  if (!shopcaisse_mirror_count_items(context->database, &n_items, error))
    return FALSE;
  if (n_items == 0)
    shopcaisse_doctor_add(rows, "catalogue", "warning", _("no article of Shopcaisse has been read"),
                          _("run a first synchronisation; check that the token may read items"));
  title = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u article is linked to no item",
                                      "%u articles are linked to no item", n_unlinked),
                          n_unlinked);
  if (n_unlinked > 0)
    shopcaisse_doctor_add(rows, "links", "warning", title,
                          _("link them: their sales are held until then"));
  return TRUE;
}

/* Unknown is no fault, and never green before somebody has looked. */
static void
examine_blind_spots(ShopcaisseContext *context, GVariantBuilder *rows)
{
  gsize n = 0;
  const ShopcaisseConfirmation *confirmations = shopcaisse_confirmations_list(&n);

  for (gsize i = 0; i < n; i++) {
    const ShopcaisseConfirmation *confirmation = &confirmations[i];

    if (shopcaisse_confirmation_is_proven(confirmation, context))
      continue;
    if (shopcaisse_confirmation_is_given(confirmation, context))
      shopcaisse_doctor_add(rows, confirmation->id, "ok", _(confirmation->confirmed), "");
    else
      shopcaisse_doctor_add(rows, confirmation->id, "unknown", _(confirmation->unseen),
                            _(confirmation->question));
  }
}

static gboolean
examine_waiting(ShopcaisseContext *context, GVariantBuilder *rows, GError **error)
{
  g_autofree char *title = NULL;
  guint n_waiting = 0;

  if (!shopcaisse_unseen_count(context, &n_waiting, error))
    return FALSE;
  if (n_waiting == 0)
    return TRUE;
  title = shopcaisse_unseen_describe(n_waiting);
  shopcaisse_doctor_add(rows, "not-acked", "error", title,
                        _("One of the three stops them: confirm each in the settings once you have "
                          "looked."));
  return TRUE;
}

static gboolean
examine_refunds(ShopcaisseContext *context, GVariantBuilder *rows, GError **error)
{
  g_autofree char *title = NULL;
  guint n_open = 0;

  if (!shopcaisse_sales_count_refunds(context->database, &n_open, error))
    return FALSE;
  if (n_open == 0)
    return TRUE;
  title = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u refund is to be made on the till.",
                                      "%u refunds are to be made on the till.", n_open),
                          n_open);
  shopcaisse_doctor_add(rows, "refunds", "warning", title,
                        _("Shopcaisse refunds nothing by itself: open the ticket on the iPad and "
                          "refund it there. The orders say how much."));
  return TRUE;
}

/* Counted since the start, pages that were read twice twice: that there is something matters. */
static void
examine_unknown(ShopcaisseContext *context, GVariantBuilder *rows)
{
  g_autofree char *names = NULL;
  g_autofree char *title = NULL;

  if (context->unknown == NULL)
    return;
  names = shopcaisse_tally_to_text(context->unknown);
  title = g_strdup_printf(_("the service sends what this version does not know, and it is left "
                            "aside: %s"),
                          names);
  shopcaisse_doctor_add(rows, "unknown-fields", "ok", title, "");
}

/* What the law of the shop's country asks is said, not judged. */
static void
examine_country(ShopcaisseContext *context, GVariantBuilder *rows)
{
  g_autoptr(ShopcaissePlace) company = shopcaisse_mirror_get_place(
      context->database, SHOPCAISSE_PLACE_COMPANY, context->configuration->company_id, NULL);
  const ShopcaisseDuty *duty = company != NULL ? shopcaisse_duty_find(company->country) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *source = NULL;

  if (duty == NULL)
    return;
  title = shopcaisse_duty_describe(duty);
  /* Translators: %s are laws and internet addresses. */
  source = g_strdup_printf(_("Sources: %s"), duty->source);
  shopcaisse_doctor_add(rows, "country", "ok", title, source);
}

static GVariant *
examine(ShopcaisseContext *context, guint n_unlinked, GError **error)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);

  examine_token(context, &rows);
  examine_environment(context, &rows);
  examine_rights(context, &rows);
  if (!examine_blocks(context, &rows, error))
    return NULL;
  examine_setup(context, &rows);
  if (!examine_links(context, n_unlinked, &rows, error) ||
      !examine_waiting(context, &rows, error) || !examine_refunds(context, &rows, error))
    return NULL;
  shopcaisse_webhook_report(context, &rows);
  examine_blind_spots(context, &rows);
  examine_country(context, &rows);
  examine_unknown(context, &rows);
  g_variant_dict_insert_value(&answer, "rows", g_variant_builder_end(&rows));
  return g_variant_dict_end(&answer);
}

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  ShopcaisseUnlinkedCount unlinked;
} Examination;

static gboolean
count_unlinked(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Examination *self = user_data;

  if (!shopcaisse_links_count_unlinked(self->context->database, ROWS_EACH * limit, &self->unlinked,
                                       error))
    return FALSE;
  *is_done = self->unlinked.is_done;
  return TRUE;
}

static void
counted_cb(const GError *error, gpointer user_data)
{
  g_autofree Examination *self = user_data;
  g_autoptr(GError) examine_error = NULL;
  GVariant *findings = NULL;

  if (error == NULL)
    findings = examine(self->context, self->unlinked.n, &examine_error);
  if (findings != NULL)
    shopcaisse_answer_take(self->answer, findings);
  else
    shopcaisse_answer_fail_copy(self->answer, error != NULL ? error : examine_error);
}

/**
 * shopcaisse_doctor_examine:
 * @context: the engine's parts
 * @answer: (transfer full): for whoever asked: {rows}
 *
 * Looks at everything that orders need.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE, or %G_IO_ERROR_CANCELLED when the channel closes.
 */
void
shopcaisse_doctor_examine(ShopcaisseContext *context, ShopcaisseAnswer *answer)
{
  Examination *self = g_new0(Examination, 1);

  self->context = context;
  self->answer = answer;
  shopcaisse_slices_run(context, count_unlinked, counted_cb, self);
}
