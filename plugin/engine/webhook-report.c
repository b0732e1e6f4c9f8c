/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Webhooks in the words of the doctor: what is missing until the first one arrives, what has come
 * since. The address is registered by hand: the service has no call for it, docs/PROTOCOL.md 4. */
#include "engine/webhook-report.h"

#include "config.h"
#include "engine/context.h"
#include "engine/doctor.h"
#include "engine/rights.h"
#include "engine/webhook.h"
#include "model/timestamp.h"

#include <glib/gi18n-lib.h>

static void
report_obstacle(const ShopcaisseWebhookView *view, GVariantBuilder *rows)
{
  g_autofree char *title = NULL;

  switch (view->state) {
  case SHOPCAISSE_WEBHOOK_CANNOT_LISTEN:
    shopcaisse_doctor_add(rows, "webhooks", "warning",
                          _("the network library cannot listen for events"),
                          _("choose libsoup, or switch events off: polling goes on"));
    break;
  case SHOPCAISSE_WEBHOOK_NO_RIGHT:
    shopcaisse_doctor_add(
        rows, "webhooks", "warning", _("listening for events needs webhooks.use"),
        _("add the right store.*.webhooks.use, and that of the company, to the "
          "application in the back office and paste the new token; polling goes on"));
    break;
  case SHOPCAISSE_WEBHOOK_NO_KEY:
    shopcaisse_doctor_add(
        rows, "webhooks", "warning",
        _("the token does not name its application, whose events cannot be checked"),
        _("set a new token; polling goes on"));
    break;
  case SHOPCAISSE_WEBHOOK_FAILED:
    title = g_strdup_printf(_("cannot listen for events at %1$s: %2$s"), view->place, view->fault);
    shopcaisse_doctor_add(rows, "webhooks", "error", title,
                          _("choose another address or port; polling goes on"));
    break;
  case SHOPCAISSE_WEBHOOK_OFF:
  case SHOPCAISSE_WEBHOOK_LISTENING:
  default:
    shopcaisse_doctor_add(rows, "webhooks", "ok", _("events are not listened for"),
                          _("nothing: everything is asked for at its interval"));
  }
}

static void
report_rights(const ShopcaisseGrant *grant, GVariantBuilder *rows)
{
  gsize n_rights = 0;
  const ShopcaisseRight *rights = shopcaisse_rights_list(&n_rights);

  for (gsize i = 0; grant != NULL && i < n_rights; i++) {
    g_autofree char *title = shopcaisse_right_dup_missing(&rights[i]);

    if (rights[i].need == SHOPCAISSE_NEED_WEBHOOKS &&
        !shopcaisse_grant_allows(grant, rights[i].node))
      shopcaisse_doctor_add(
          rows, rights[i].node, "warning", title,
          _("add the right to the application in the back office and paste the new "
            "token; polling goes on"));
  }
}

/* Three things stand between the service and here, and none of them can be seen from here. */
static void
report_wait(const ShopcaisseWebhookView *view, GVariantBuilder *rows)
{
  g_autofree char *next_step = NULL;

  if (*view->url == '\0')
    next_step = g_strdup_printf(
        _("lead a public https address to %s by a reverse proxy or a tunnel, enter it in the "
          "settings, then register the address in the back office"),
        view->place);
  else
    next_step = g_strdup_printf(
        _("1. register the address in the back office: %1$s in the settings of the application, "
          "field \"Webhook URL\". 2. check from outside that it leads to %2$s: a GET answers 405. "
          "3. look at the application's log of webhook deliveries in the back office"),
        view->url, view->place);
  shopcaisse_doctor_add(rows, "webhooks-first", "warning", _("no event has been received yet"),
                        next_step);
}

static void
report_times(const ShopcaisseWebhookCount *count, GVariantBuilder *rows)
{
  g_autofree char *first = shopcaisse_timestamp_to_text(count->first_at);
  g_autofree char *last = shopcaisse_timestamp_to_text(count->last_at);
  g_autofree char *title =
      g_strdup_printf(_("the first event came at %1$s, the last at %2$s"), first, last);

  shopcaisse_doctor_add(rows, "webhooks-first", "ok", title, "");
}

/* By type, and what became of them; the refused apart. */
static void
report_counts(const ShopcaisseWebhookCount *count, GVariantBuilder *rows)
{
  g_autoptr(GString) names = g_string_new(NULL);
  g_autofree char *title = NULL;

  for (gsize i = 0; shopcaisse_webhook_count_name(i) != NULL; i++) {
    const char *name = shopcaisse_webhook_count_name(i);

    if (g_str_equal(name, SHOPCAISSE_COUNT_FORGED))
      break;
    if (count->counts[i] == 0)
      continue;
    g_string_append_printf(names, "%s%s %" G_GUINT64_FORMAT, names->len > 0 ? ", " : "", name,
                           count->counts[i]);
  }
  title = names->len > 0 ? g_strdup_printf(_("events so far: %s"), names->str)
                         : g_strdup(_("events so far: none"));
  shopcaisse_doctor_add(rows, "webhooks-events", "ok", title, "");
}

static void
report_refused(const ShopcaisseWebhookCount *count, GVariantBuilder *rows)
{
  guint64 n_forged = shopcaisse_webhook_count_get(count, SHOPCAISSE_COUNT_FORGED);
  guint64 n_malformed = shopcaisse_webhook_count_get(count, SHOPCAISSE_COUNT_MALFORMED);
  guint64 n_refused = shopcaisse_webhook_count_get(count, SHOPCAISSE_COUNT_REFUSED);
  g_autofree char *title = NULL;

  if (n_forged + n_malformed + n_refused == 0)
    return;
  /* Translators: each number counts one sort of them; any of them may be 0 or 1. */
  title = g_strdup_printf(
      _("events refused: wrongly signed: %1$llu, unreadable: %2$llu, of a wrong "
        "form, size or pace: %3$llu"),
      (unsigned long long)n_forged, (unsigned long long)n_malformed, (unsigned long long)n_refused);
  shopcaisse_doctor_add(rows, "webhooks-refused", "warning", title,
                        _("nothing, if they are strangers'; if no event of Shopcaisse arrives, "
                          "set the token of the application in which the address is registered"));
}

/**
 * shopcaisse_webhook_report:
 * @context: the engine's parts
 * @rows: findings are added to it
 *
 * Tells how webhooks are.
 */
void
shopcaisse_webhook_report(ShopcaisseContext *context, GVariantBuilder *rows)
{
  const ShopcaisseWebhookView *view = shopcaisse_webhook_look(context->webhook);
  const ShopcaisseWebhookCount *count = shopcaisse_webhook_count(context->webhook);
  g_autofree char *title = NULL;

  if (view->state != SHOPCAISSE_WEBHOOK_LISTENING) {
    report_obstacle(view, rows);
    return;
  }
  title = g_strdup_printf(_("listening for events at %s"), view->place);
  shopcaisse_doctor_add(rows, "webhooks", "ok", title, "");
  report_rights(context->configuration->grant, rows);
  if (view->is_public)
    shopcaisse_doctor_add(
        rows, "webhooks-public", "warning",
        _("other computers can reach the address at which events are listened for"),
        _("listen at 127.0.0.1, behind a reverse proxy or a tunnel that has TLS"));
  if (count->first_at == 0)
    report_wait(view, rows);
  else
    report_times(count, rows);
  report_counts(count, rows);
  report_refused(count, rows);
}
