/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the fake channel answers. A till or a task with a telling name makes it answer otherwise. */

#include "fake-channel.h"

static gboolean progressed_cb(gpointer user_data);
static void host_answered_cb(GVariant *answer, const GError *error, gpointer user_data);

#define HOST_TIMEOUT_MS 20000

static void
succeed(GTask *task, GVariant *answer)
{
  g_task_return_pointer(task, g_variant_ref_sink(answer), (GDestroyNotify)g_variant_unref);
}

static const char *
look_up(GVariant *row, const char *key)
{
  const char *text = "";

  (void)g_variant_lookup(row, key, "&s", &text);
  return text;
}

static gboolean
cancelled_cb(GCancellable *cancellable, gpointer user_data)
{
  (void)g_task_return_error_if_cancelled(G_TASK(user_data));
  return G_SOURCE_REMOVE;
}

/* As behind a silent service: only being cancelled ends the wait. */
static void
wait_for_cancellation(GTask *task)
{
  g_autoptr(GSource) cancelled = g_cancellable_source_new(g_task_get_cancellable(task));

  g_task_attach_source(task, cancelled, G_SOURCE_FUNC(cancelled_cb));
}

static void
submit_sale(GVariant *sale, GTask *task)
{
  const char *id = look_up(sale, COMPTOIR_KEY_ID);
  g_autofree char *order_id = g_strconcat("O-", id, NULL);

  if (g_str_equal(look_up(sale, "till"), "wrong")) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "payments are 1.00, total is 2.00");
    return;
  }
  if (g_str_equal(look_up(sale, "till"), "never")) {
    wait_for_cancellation(task);
    return;
  }
  (void)g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, progressed_cb, g_object_ref(task), g_object_unref);
  g_object_set_data_full(G_OBJECT(task), "id", g_strdup(id), g_free);
  succeed(task, g_variant_new_parsed("{'id': <%s>, 'state': <'waiting'>, 'order_id': <%s>}", id,
                                     order_id));
}

static gboolean
progressed_cb(gpointer user_data)
{
  FakeChannel *self = FAKE_CHANNEL(g_task_get_source_object(G_TASK(user_data)));
  const char *id = g_object_get_data(G_OBJECT(user_data), "id");

  if (fake_channel_get_host(self) != NULL)
    comptoir_host_sale_progressed(
        fake_channel_get_host(self),
        g_variant_new_parsed("{'id': <%s>, 'state': <'sent'>, 'external_id': <'X'>}", id));
  return G_SOURCE_REMOVE;
}

static void
cancel_sale(GVariant *argument, GTask *task)
{
  const char *id = look_up(argument, COMPTOIR_KEY_ID);

  if (g_str_has_suffix(id, "-final"))
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED, "the till has it");
  else
    succeed(task, g_variant_new_parsed("{'id': <%s>, 'state': <'cancelled'>}", id));
}

/* The names of the host's questions: the answer is the count of the rows it gave. */
static gboolean
ask_host(FakeChannel *self, const char *name, GTask *task)
{
  ComptoirHost *host = fake_channel_get_host(self);
  g_autoptr(ComptoirRequest) request =
      comptoir_request_new(HOST_TIMEOUT_MS, host_answered_cb, g_object_ref(task));

  if (g_str_equal(name, "catch-up")) {
    comptoir_host_list_sales(host, NULL, request);
  } else if (g_str_equal(name, "pull-stock")) {
    comptoir_host_list_articles(host, NULL, request);
  } else if (g_str_equal(name, "discover")) {
    comptoir_host_list_taxes(host, NULL, request);
  } else if (g_str_equal(name, "apply")) {
    comptoir_host_apply_articles(
        host,
        g_variant_new_parsed(
            "[{'key': <'k1'>, 'change': <'create'>, 'fields': <{'name': <'New'>}>}]"),
        request);
  } else {
    comptoir_request_fail(request, COMPTOIR_ERROR_NOT_SUPPORTED, "no such question");
    return FALSE;
  }
  return TRUE;
}

static void
host_answered_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GVariant) rows = NULL;

  if (error != NULL) {
    g_task_return_error(task, g_error_copy(error));
    return;
  }
  rows = g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, NULL);
  succeed(task, g_variant_new_parsed("{'count': <%u>}", (guint)g_variant_n_children(rows)));
}

static void
run(FakeChannel *self, GVariant *argument, GTask *task)
{
  const char *name = look_up(argument, "task");

  if (g_str_equal(name, "test-connection")) {
    fake_channel_set_progress(self, 0.5);
    fake_channel_set_progress(self, -1);
    succeed(task, g_variant_new_parsed("{'account': <'Fake'>}"));
  } else if (g_str_equal(name, "send-orders")) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, "no answer");
  } else if (g_str_equal(name, "notice")) {
    comptoir_host_show_notice(
        fake_channel_get_host(self),
        g_variant_new_parsed("{'id': <'n'>, 'level': <'warning'>, 'text': <'Look here'>}"));
    succeed(task, g_variant_new("a{sv}", NULL));
  } else {
    (void)ask_host(self, name, task);
  }
}

static GVariant *
build_fixed(ComptoirOperation operation, GVariant *argument)
{
  switch (operation) {
  case COMPTOIR_OPERATION_PLAN:
    return g_variant_new_parsed(
        "{'plan': <'p1'>, 'create': <uint32 1>, 'rows': <[{"
        "'change': <'update'>, 'id': <'A1'>, 'before': <{'price': <'1.00'>}>,"
        "'after': <{'price': <'1.10'>}>}]>}");
  case COMPTOIR_OPERATION_APPLY_PLAN:
    return g_variant_new_parsed("{'done': <uint32 1>, 'failed': <uint32 0>,"
                                " 'rows': <[{'state': <'done'>, 'change': <'create'>}]>}");
  case COMPTOIR_OPERATION_UNDO:
    return g_variant_new_parsed("{'done': <uint32 0>, 'failed': <uint32 1>}");
  case COMPTOIR_OPERATION_CLOSE_DAY:
    return g_variant_new_parsed(
        "{'day': <%s>, 'sales': <uint32 2>, 'difference': <'0.01'>, 'stores': <[{"
        "'store': <'s1'>, 'name': <'Main'>, 'provisional': <true>, 'host_total': <'3.00'>,"
        "'till_total': <'2.99'>, 'difference': <'0.01'>,"
        "'vat': <[{'rate': <'20'>, 'gross': <'3.00'>}]>,"
        "'differences': <[{'class': <'amount'>, 'sale_id': <'S1'>, 'message': <'one cent'>}]>}]>}",
        look_up(argument, "day"));
  case COMPTOIR_OPERATION_EXPORT:
    return g_variant_new_parsed(
        "{'name': <'list.csv'>, 'media_type': <'text/csv'>, 'text': <'a;b\n1;2\n'>}");
  case COMPTOIR_OPERATION_DIAGNOSE:
    return g_variant_new_parsed("{'rows': <[{'id': <'d'>, 'level': <'ok'>, 'title': <'Fine'>}]>}");
  case COMPTOIR_OPERATION_SET_TOKEN:
    return g_variant_new_parsed("{'stored': <true>}");
  case COMPTOIR_OPERATION_SUBMIT_SALE:
  case COMPTOIR_OPERATION_CANCEL_SALE:
  case COMPTOIR_OPERATION_SUGGEST:
  case COMPTOIR_OPERATION_LINK:
  case COMPTOIR_OPERATION_UNLINK:
  case COMPTOIR_OPERATION_DISCONNECT:
  case COMPTOIR_OPERATION_CHANGE_SETTINGS:
  case COMPTOIR_OPERATION_RUN:
  default:
    return argument;
  }
}

/**
 * fake_answers_perform:
 * @self: the channel
 * @operation: what is asked
 * @argument: with what
 * @task: (transfer full): returns the answer
 *
 * Answers. What has no answer of its own is echoed.
 */
void
fake_answers_perform(FakeChannel *self,
                     ComptoirOperation operation,
                     GVariant *argument,
                     GTask *task)
{
  g_autoptr(GTask) owned = task;

  switch (operation) {
  case COMPTOIR_OPERATION_SUBMIT_SALE:
    submit_sale(argument, owned);
    break;
  case COMPTOIR_OPERATION_CANCEL_SALE:
    cancel_sale(argument, owned);
    break;
  case COMPTOIR_OPERATION_RUN:
    run(self, argument, owned);
    break;
  case COMPTOIR_OPERATION_PLAN:
  case COMPTOIR_OPERATION_APPLY_PLAN:
  case COMPTOIR_OPERATION_UNDO:
  case COMPTOIR_OPERATION_DIAGNOSE:
  case COMPTOIR_OPERATION_CLOSE_DAY:
  case COMPTOIR_OPERATION_SUGGEST:
  case COMPTOIR_OPERATION_LINK:
  case COMPTOIR_OPERATION_UNLINK:
  case COMPTOIR_OPERATION_EXPORT:
  case COMPTOIR_OPERATION_SET_TOKEN:
  case COMPTOIR_OPERATION_DISCONNECT:
  case COMPTOIR_OPERATION_CHANGE_SETTINGS:
  default:
    succeed(owned, build_fixed(operation, argument));
  }
}
