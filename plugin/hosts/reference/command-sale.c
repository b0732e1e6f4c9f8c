/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about sales: sell, cancel, sales, till-sales. */

#include "arguments.h"
#include "command-sell.h"
#include "commands.h"
#include "host-records.h"
#include "host-sales.h"
#include "sell-options.h"
#include "text-table.h"

static void marked_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void cancelled_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void restored_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void noted_cb(GObject *source, GAsyncResult *result, gpointer user_data);

typedef struct {
  GVariant *sale;   /* (owned) (nullable): as it was in the books */
  GVariant *answer; /* (owned) (nullable): what the channel said */
  GError *error;    /* (owned) (nullable): why the channel refused */
} Cancellation;

static void
free_cancellation(Cancellation *self)
{
  g_clear_pointer(&self->sale, g_variant_unref);
  g_clear_pointer(&self->answer, g_variant_unref);
  g_clear_error(&self->error);
  g_free(self);
}

static GVariant *
build_status(const char *id, const char *status)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&argument, COMPTOIR_KEY_ID, "s", id);
  g_variant_dict_insert(&argument, COMPTOIR_KEY_STATUS, "s", status);
  return g_variant_dict_end(&argument);
}

static const char *
get_sale_id(Cancellation *self)
{
  const char *id = "";

  (void)g_variant_lookup(self->sale, COMPTOIR_KEY_ID, "&s", &id);
  return id;
}

static GVariant *
parse_cancel(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, 1 }, error))
    return NULL;
  return arguments_build_one(COMPTOIR_KEY_ID, (*words)[0]);
}

/* The books first: from here on the channel no longer finds the sale by catching up. */
static void
start_cancel(const Command *command, Session *session, GVariant *request, GTask *task)
{
  const char *id = "";

  (void)g_variant_lookup(request, COMPTOIR_KEY_ID, "&s", &id);
  g_task_set_task_data(task, g_new0(Cancellation, 1), (GDestroyNotify)free_cancellation);
  host_worker_run_async(session_get_worker(session), host_sales_set_status,
                        build_status(id, "cancelled"), marked_cb, task);
}

static void
marked_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Cancellation *self = g_task_get_task_data(task);
  GError *error = NULL;

  self->sale = host_worker_run_finish(session_get_worker(session), result, &error);
  if (self->sale == NULL) {
    g_task_return_error(task, error);
    return;
  }
  comptoir_channel_cancel_sale_async(session_get_channel(session), get_sale_id(self),
                                     g_task_get_cancellable(task), cancelled_cb,
                                     g_object_ref(task));
}

/* What the channel refuses to cancel is a paid sale again. */
static void
cancelled_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Cancellation *self = g_task_get_task_data(task);

  self->answer =
      comptoir_channel_cancel_sale_finish(COMPTOIR_CHANNEL(source), result, &self->error);
  if (self->answer == NULL)
    host_worker_run_async(session_get_worker(session), host_sales_set_status,
                          build_status(get_sale_id(self), "paid"), restored_cb, g_object_ref(task));
  else
    host_worker_run_async(session_get_worker(session), host_sales_progress, self->answer, noted_cb,
                          g_object_ref(task));
}

static void
restored_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Cancellation *self = g_task_get_task_data(task);
  GError *error = NULL;
  g_autoptr(GVariant) restored =
      host_worker_run_finish(session_get_worker(session), result, &error);

  /* Why the channel refused matters more than that the books could not be restored. */
  g_clear_error(&error);
  error = g_steal_pointer(&self->error);
  g_prefix_error(&error, "sale %s: ", get_sale_id(self));
  g_task_return_error(task, error);
}

static void
noted_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Cancellation *self = g_task_get_task_data(task);
  GError *error = NULL;
  g_autoptr(GVariant) noted = host_worker_run_finish(session_get_worker(session), result, &error);

  if (noted == NULL)
    g_task_return_error(task, error);
  else
    g_task_return_pointer(task, g_steal_pointer(&self->answer), (GDestroyNotify)g_variant_unref);
}

static GVariant *
parse_sales(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 0, 1 }, error))
    return NULL;
  return arguments_build_one("search", (*words)[0]);
}

static void
start_sales(const Command *command, Session *session, GVariant *request, GTask *task)
{
  command_ask_books(session, host_sales_show, request, task);
}

static void
start_till_sales(const Command *command, Session *session, GVariant *request, GTask *task)
{
  command_ask_books(session, host_records_list_till_sales, NULL, task);
}

static void
print_sales(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "id", "ID" },           { "number", "NUMBER" }, { "sold_at", "SOLD" },
    { "total", "TOTAL" },     { "status", "HOST" },   { "state", "CHANNEL" },
    { "kitchen", "KITCHEN" }, { "fiscal", "TILL" },   { "reason", "REASON" },
    { "message", "MESSAGE" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

static void
print_till_sales(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "id", "ID" },        { "number", "NUMBER" },      { "type", "TYPE" },
    { "sold_at", "SOLD" }, { "store", "STORE" },        { "register", "REGISTER" },
    { "total", "TOTAL" },  { "order_sale_id", "SALE" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

const Command sale_commands[] = {
  {
      .name = "sell",
      .synopsis = "--line ARTICLE=QTY[@PRICE]... | --random N [OPTION...]",
      .summary = "Sell; the sale is in the books before the channel hears of it",
      .parts = SESSION_CHANNEL,
      .parse = sell_options_parse,
      .start = command_sell_start,
      .print = command_sell_print,
  },
  {
      .name = "cancel",
      .synopsis = "SALE",
      .summary = "Cancel a sale",
      .parts = SESSION_CHANNEL,
      .parse = parse_cancel,
      .start = start_cancel,
      .print = command_sell_print,
  },
  {
      .name = "sales",
      .synopsis = "[SALE]",
      .summary = "Show the host's sales and how far each has come",
      .parts = SESSION_BOOKS,
      .parse = parse_sales,
      .start = start_sales,
      .print = print_sales,
  },
  {
      .name = "till-sales",
      .synopsis = "",
      .summary = "Show what the till sold",
      .parts = SESSION_BOOKS,
      .start = start_till_sales,
      .print = print_till_sales,
  },
  { .name = NULL },
};
