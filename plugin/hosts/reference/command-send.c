/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* send: hands one sale of Tryton over at once, as the client's action does. */

#include "arguments.h"
#include "commands.h"

static void sent_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static GVariant *
parse_send(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, 1 }, error))
    return NULL;
  return arguments_build_one(COMPTOIR_KEY_ID, (*words)[0]);
}

static void
start_send(const Command *command, Session *session, GVariant *request, GTask *task)
{
  const char *id = "";
  gint64 sale_id = 0;

  (void)g_variant_lookup(request, COMPTOIR_KEY_ID, "&s", &id);
  if (session_get_tryton(session) == NULL ||
      !g_ascii_string_to_signed(id, 10, 1, G_MAXINT32, &sale_id, NULL)) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "send is for the number of a sale in Tryton");
    g_object_unref(task);
    return;
  }
  comptoir_tryton_host_send_sale_async(session_get_tryton(session), session_get_channel(session),
                                       sale_id, g_task_get_cancellable(task), sent_cb, task);
}

static void
sent_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer =
      comptoir_tryton_host_send_sale_finish(COMPTOIR_TRYTON_HOST(source), result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

const Command send_commands[] = {
  {
      .name = "send",
      .synopsis = "SALE",
      .summary = "Hand a sale of Tryton over at once",
      .parts = SESSION_CHANNEL,
      .parse = parse_send,
      .start = start_send,
  },
  { .name = NULL },
};
