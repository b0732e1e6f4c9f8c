/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Notices to the host's user. They are not durable: what lasts is raised again. */
#include "engine/notice.h"

#include "engine/context.h"

static void
told_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  (void)answer;
  (void)cost_us;
  (void)user_data;
  if (error != NULL)
    g_debug("the host does not take notices: %s", error->message);
}

/**
 * shopcaisse_notice:
 * @context: the engine's parts
 * @id: names the notice
 * @level: info, warning or error
 * @text: for people; empty to withdraw it
 *
 * Tells the host's user.
 */
void
shopcaisse_notice(ShopcaisseContext *context, const char *id, const char *level, const char *text)
{
  GVariantBuilder row;

  g_variant_builder_init(&row, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&row, "{sv}", "id", g_variant_new_string(id));
  g_variant_builder_add(&row, "{sv}", "level", g_variant_new_string(level));
  g_variant_builder_add(&row, "{sv}", "text", g_variant_new_string(text));
  context->host->tell(context->host, SHOPCAISSE_TELL_NOTICE, g_variant_builder_end(&row), told_cb,
                      NULL);
}
