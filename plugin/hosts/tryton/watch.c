/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A timer and three small questions. Times are the server's own, from the heads of its answers, so
 * that no clock has to be right. */

#include "watch.h"

#include "query.h"
#include "value.h"

#define OVERLAP_US (2 * G_USEC_PER_SEC) /* a second is not yet over when it is asked about */

struct TrytonWatch {
  TrytonBooks *books; /* (owned) */
  TrytonWatchNews news;
  gpointer user_data;
  GSource *timer;  /* (owned) (nullable) */
  gint64 since_us; /* of the server */
  gint64 asked_us; /* the server's time before this look */
  guint interval_s;
  gboolean has_articles;
  gboolean has_sales;
  gboolean is_looking;
  gboolean is_freed; /* while it looked: the look frees it */
};

static gboolean due_cb(gpointer user_data);
static void looked_cb(gpointer story, const GError *error);

static json_t *
new_since(TrytonWatch *self, const char *const *prefixes)
{
  const TrytonQuery query = { .since_us = self->since_us };
  json_t *any = NULL;

  for (guint i = 0; prefixes[i] != NULL; i++)
    any = tryton_query_new_since(&query, prefixes[i], any);
  return any;
}

static gboolean
ask_changes(TrytonWatch *self, const char *method, const char *const *prefixes, TrytonCall *call)
{
  call->method = method;
  call->params = json_pack("[[o],i,i,n,[s]]", new_since(self, prefixes), 0, 1, "id");
  call->context = json_pack("{s:b}", "active_test", 0);
  return TRUE;
}

static gboolean
ask_articles(gpointer story, TrytonCall *call)
{
  static const char *const prefixes[] = { "", "template.", "identifiers.", NULL };
  TrytonWatch *self = story;

  return ask_changes(self, "model.product.product.search_read", prefixes, call);
}

static gboolean
take_articles(gpointer story, json_t *result, GError **error)
{
  ((TrytonWatch *)story)->has_articles |= json_array_size(result) > 0;
  return TRUE;
}

static gboolean
ask_moves(gpointer story, TrytonCall *call)
{
  static const char *const prefixes[] = { "", NULL };
  TrytonWatch *self = story;

  return !self->has_articles && ask_changes(self, "model.stock.move.search_read", prefixes, call);
}

static gboolean
ask_sales(gpointer story, TrytonCall *call)
{
  static const char *const prefixes[] = { "", NULL };

  return ask_changes(story, "model.sale.sale.search_read", prefixes, call);
}

static gboolean
take_sales(gpointer story, json_t *result, GError **error)
{
  ((TrytonWatch *)story)->has_sales = json_array_size(result) > 0;
  return TRUE;
}

static void
start_timer(TrytonWatch *self)
{
  self->timer = g_timeout_source_new_seconds(self->interval_s);
  g_source_set_callback(self->timer, due_cb, self, NULL);
  g_source_set_static_name(self->timer, "tryton watch");
  (void)g_source_attach(self->timer, g_main_context_get_thread_default());
}

/**
 * tryton_watch_new:
 * @books: open books
 * @interval_s: seconds between two looks; 0: never
 * @news: called when something changed
 * @user_data: for @news
 *
 * Looks from now on.
 *
 * Returns: (transfer full): the watch
 */
TrytonWatch *
tryton_watch_new(TrytonBooks *books, guint interval_s, TrytonWatchNews news, gpointer user_data)
{
  TrytonWatch *self = g_new0(TrytonWatch, 1);

  self->books = tryton_books_ref(books);
  self->interval_s = interval_s;
  self->news = news;
  self->user_data = user_data;
  self->since_us = tryton_rpc_get_server_time(books->rpc);
  if (interval_s > 0)
    start_timer(self);
  return self;
}

static void
release(TrytonWatch *self)
{
  tryton_books_unref(self->books);
  g_free(self);
}

/**
 * tryton_watch_free:
 * @self: (transfer full) (nullable): the watch
 *
 * Looks no more.
 */
void
tryton_watch_free(TrytonWatch *self)
{
  if (self == NULL)
    return;
  if (self->timer != NULL)
    g_source_destroy(self->timer);
  g_clear_pointer(&self->timer, g_source_unref);
  self->is_freed = TRUE;
  if (!self->is_looking)
    release(self);
}

static gboolean
due_cb(gpointer user_data)
{
  static const TrytonStep steps[] = {
    { ask_articles, take_articles, FALSE },
    { ask_moves, take_articles, FALSE },
    { ask_sales, take_sales, FALSE },
    { NULL, NULL, FALSE },
  };
  TrytonWatch *self = user_data;

  if (self->is_looking)
    return G_SOURCE_CONTINUE;
  self->is_looking = TRUE;
  self->has_articles = FALSE;
  self->has_sales = FALSE;
  self->asked_us = tryton_rpc_get_server_time(self->books->rpc);
  tryton_steps_run(self->books->rpc, steps, looked_cb, self);
  return G_SOURCE_CONTINUE;
}

static void
looked_cb(gpointer story, const GError *error)
{
  TrytonWatch *self = story;

  self->is_looking = FALSE;
  if (self->is_freed) {
    release(self);
    return;
  }
  if (error != NULL) {
    g_debug("changes in Tryton: %s, asking again", error->message);
    return;
  }
  self->since_us = self->asked_us - OVERLAP_US;
  if (self->has_articles || self->has_sales)
    self->news(self->has_articles, self->has_sales, self->user_data);
}
