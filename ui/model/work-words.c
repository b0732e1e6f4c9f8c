/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sentences about what runs and what is done. What failed says so in the channel's words. */
#include "ui/model/work-words.h"

#include "config.h"
#include "ui/model/row.h"

#include <glib/gi18n-lib.h>

static const char *const running[] = {
  [SHOPCAISSE_PAGE_WORK_TOKEN] = N_("Asking Shopcaisse what this token opens…"),
  [SHOPCAISSE_PAGE_WORK_SETTINGS] = N_("Saving…"),
  [SHOPCAISSE_PAGE_WORK_DISCONNECT] = N_("Disconnecting…"),
  [SHOPCAISSE_PAGE_WORK_TASK] = N_("Running…"),
  [SHOPCAISSE_PAGE_WORK_PLAN] = N_("Comparing the articles of both sides…"),
  [SHOPCAISSE_PAGE_WORK_APPLY] = N_("Making the changes…"),
  [SHOPCAISSE_PAGE_WORK_UNDO] = N_("Taking the changes back…"),
  [SHOPCAISSE_PAGE_WORK_LINK] = N_("Linking…"),
  [SHOPCAISSE_PAGE_WORK_UNLINK] = N_("Unlinking…"),
  [SHOPCAISSE_PAGE_WORK_SEND] = N_("Sending…"),
  [SHOPCAISSE_PAGE_WORK_CANCEL] = N_("Cancelling the order…"),
  [SHOPCAISSE_PAGE_WORK_DAY] = N_("Comparing the day with the till…"),
  [SHOPCAISSE_PAGE_WORK_DAY_FILE] = N_("Writing the file…"),
  [SHOPCAISSE_PAGE_WORK_DIAGNOSE] = N_("Looking for what is missing…"),
  [SHOPCAISSE_PAGE_WORK_SUPPORT] = N_("Collecting what support needs…"),
};
G_STATIC_ASSERT(G_N_ELEMENTS(running) == SHOPCAISSE_PAGE_N_WORKS);

/* NULL: said by a function below. */
static const char *const done[] = {
  [SHOPCAISSE_PAGE_WORK_SETTINGS] = N_("Saved."),
  [SHOPCAISSE_PAGE_WORK_UNDO] = N_("The changes have been taken back."),
  [SHOPCAISSE_PAGE_WORK_LINK] = N_("Linked."),
  [SHOPCAISSE_PAGE_WORK_UNLINK] = N_("Unlinked."),
  [SHOPCAISSE_PAGE_WORK_CANCEL] = N_("The order is being cancelled."),
  [SHOPCAISSE_PAGE_WORK_DAY_FILE] = N_("Done."),
  [SHOPCAISSE_PAGE_WORK_DIAGNOSE] = N_("Done."),
  [SHOPCAISSE_PAGE_WORK_SUPPORT] =
      N_("The support bundle is on the clipboard. It holds neither the token nor customers."),
};

static const struct {
  const char *task;
  const char *running;
  const char *done;
} tasks[] = {
  { "test-connection", N_("Testing the connection…"), N_("The connection works.") },
  { "discover", N_("Looking for stores and registers…"),
    N_("Stores, registers and price lists have been read.") },
  { "calibrate", N_("Sending one test order and taking it back…"),
    N_("The test order has been understood to the cent and taken back.") },
  { "pull-catalogue", N_("Reading the articles of Shopcaisse…"),
    N_("The articles of Shopcaisse have been read.") },
};

/**
 * shopcaisse_page_work_get_running:
 * @work: what runs
 * @subject: (nullable): of what
 *
 * Returns: (transfer none): a sentence, translated
 */
const char *
shopcaisse_page_work_get_running(ShopcaissePageWork work, const char *subject)
{
  for (gsize i = 0; work == SHOPCAISSE_PAGE_WORK_TASK && i < G_N_ELEMENTS(tasks); i++) {
    if (g_strcmp0(subject, tasks[i].task) == 0)
      return _(tasks[i].running);
  }
  return _(running[work]);
}

static char *
dup_token(GVariant *answer)
{
  guint n_stores = shopcaisse_page_row_get_number(answer, "stores");
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "The token works: it opens %u store.",
                                     "The token works: it opens %u stores.", n_stores),
                         n_stores);
}

static char *
dup_disconnect(GVariant *answer)
{
  guint n_parked = shopcaisse_page_row_get_number(answer, "parked");
  guint n_waiting = shopcaisse_page_row_get_number(answer, "waiting");
  if (n_parked > 0)
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
                                       "Disconnected. %u order has been set aside.",
                                       "Disconnected. %u orders have been set aside.", n_parked),
                           n_parked);
  if (n_waiting > 0)
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "Disconnected. %u order waits for the next connection.",
                    "Disconnected. %u orders wait for the next connection.", n_waiting),
        n_waiting);
  return g_strdup(_("Disconnected. Articles and links stay as they are."));
}

static guint
count_changes(GVariant *answer)
{
  return shopcaisse_page_row_get_number(answer, "create") +
         shopcaisse_page_row_get_number(answer, "update") +
         shopcaisse_page_row_get_number(answer, "delete") +
         shopcaisse_page_row_get_number(answer, "links");
}

static char *
dup_plan(GVariant *answer)
{
  guint n_changes = count_changes(answer);
  if (n_changes == 0)
    return g_strdup(_("Both sides agree: there is nothing to change."));
  return g_strdup_printf(
      g_dngettext(GETTEXT_PACKAGE, "%u change is proposed. Nothing has been written yet.",
                  "%u changes are proposed. Nothing has been written yet.", n_changes),
      n_changes);
}

static char *
dup_applied(GVariant *answer)
{
  guint n_done = shopcaisse_page_row_get_number(answer, "done");
  guint n_failed = shopcaisse_page_row_get_number(answer, "failed");
  if (n_failed > 0)
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u change could not be made; the table says why.",
                    "%u changes could not be made; the table says why.", n_failed),
        n_failed);
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u change has been made.",
                                     "%u changes have been made.", n_done),
                         n_done);
}

static char *
dup_task(const char *subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tasks); i++) {
    if (g_strcmp0(subject, tasks[i].task) == 0)
      return g_strdup(_(tasks[i].done));
  }
  return g_strdup(_("Done."));
}

static char *
dup_day(GVariant *answer)
{
  guint n_differences = shopcaisse_page_row_get_number(answer, "differences");
  if (n_differences == 0)
    return g_strdup(_("The day agrees with the till to the cent."));
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u difference has been found.",
                                     "%u differences have been found.", n_differences),
                         n_differences);
}

static char *
dup_sent(const char *subject)
{
  if (subject == NULL)
    return g_strdup(_("What could be sent is on its way."));
  return g_strdup(_("The order is on its way."));
}

/**
 * shopcaisse_page_work_dup_done:
 * @work: what is done
 * @subject: (nullable): of what
 * @answer: (nullable): what came back
 *
 * Returns: (transfer full): a sentence, translated
 */
char *
shopcaisse_page_work_dup_done(ShopcaissePageWork work, const char *subject, GVariant *answer)
{
  switch (work) {
  case SHOPCAISSE_PAGE_WORK_TOKEN:
    return dup_token(answer);
  case SHOPCAISSE_PAGE_WORK_DISCONNECT:
    return dup_disconnect(answer);
  case SHOPCAISSE_PAGE_WORK_TASK:
    return dup_task(subject);
  case SHOPCAISSE_PAGE_WORK_PLAN:
    return dup_plan(answer);
  case SHOPCAISSE_PAGE_WORK_APPLY:
    return dup_applied(answer);
  case SHOPCAISSE_PAGE_WORK_SEND:
    return dup_sent(subject);
  case SHOPCAISSE_PAGE_WORK_DAY:
    return dup_day(answer);
  default:
    return g_strdup(_(done[work]));
  }
}
