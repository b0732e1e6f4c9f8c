/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Says that lists have changed, a few times a second at most. */
#include "engine/list-news.h"

#include "engine/context.h"

struct ShopcaisseListNews {
  ShopcaisseContext *context; /* (not owned) */
  GPtrArray *kinds;           /* (owned) (element-type utf8): not said yet; literals */
  ShopcaisseTimer *timer;     /* (nullable): until the next may be said */
};

static void timer_cb(gpointer user_data);

static void
say(ShopcaisseContext *context, const char *kind)
{
  context->config->listener->list_changed(kind, context->config->listener_data);
}

static void
start_pause(ShopcaisseListNews *self)
{
  ShopcaisseClock *clock = self->context->clock;

  self->timer = clock->call_after(clock, SHOPCAISSE_LIST_NEWS_PAUSE, timer_cb, self);
}

static void
timer_cb(gpointer user_data)
{
  ShopcaisseListNews *self = user_data;
  g_autoptr(GPtrArray) kinds = g_steal_pointer(&self->kinds);

  self->timer = NULL;
  self->kinds = g_ptr_array_new();
  if (kinds->len > 0)
    start_pause(self);
  for (guint i = 0; i < kinds->len; i++)
    say(self->context, kinds->pdata[i]);
}

static ShopcaisseListNews *
get_news(ShopcaisseContext *context)
{
  ShopcaisseListNews *self = context->list_news;

  if (self != NULL)
    return self;
  self = g_new0(ShopcaisseListNews, 1);
  self->context = context;
  self->kinds = g_ptr_array_new();
  context->list_news = self;
  return self;
}

/**
 * shopcaisse_context_list_changed:
 * @context: the engine's parts
 * @kind: which list; a literal
 *
 * Says that rows of a list are not what they were, now or soon.
 */
void
shopcaisse_context_list_changed(ShopcaisseContext *context, const char *kind)
{
  const ShopcaisseListener *listener = context->config->listener;
  ShopcaisseListNews *self = NULL;

  if (listener == NULL || listener->list_changed == NULL || context->is_closing)
    return;
  self = get_news(context);
  if (self->timer == NULL) {
    start_pause(self);
    say(context, kind);
  } else if (!g_ptr_array_find_with_equal_func(self->kinds, kind, g_str_equal, NULL)) {
    g_ptr_array_add(self->kinds, (gpointer)kind);
  }
}

/**
 * shopcaisse_context_catalogue_changed:
 * @context: the engine's parts
 *
 * Says that articles, items or links are not what they were.
 */
void
shopcaisse_context_catalogue_changed(ShopcaisseContext *context)
{
  shopcaisse_context_list_changed(context, "articles");
  shopcaisse_context_list_changed(context, "items");
  shopcaisse_context_list_changed(context, "links");
}

/**
 * shopcaisse_context_connection_changed:
 * @context: the engine's parts
 *
 * Says that what is known of the connection is not what it was.
 */
void
shopcaisse_context_connection_changed(ShopcaisseContext *context)
{
  static const char *const kinds[] = { "facts",     "rights",      "checklist", "flows",
                                       "companies", "price-lists", "stores",    "registers" };

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    shopcaisse_context_list_changed(context, kinds[i]);
}

/**
 * shopcaisse_list_news_end:
 * @context: the engine's parts, closing
 *
 * Says nothing more.
 */
void
shopcaisse_list_news_end(ShopcaisseContext *context)
{
  ShopcaisseListNews *self = g_steal_pointer(&context->list_news);

  if (self == NULL)
    return;
  if (self->timer != NULL)
    context->clock->cancel(context->clock, self->timer);
  g_ptr_array_unref(self->kinds);
  g_free(self);
}
