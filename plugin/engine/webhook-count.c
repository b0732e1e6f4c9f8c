/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counters of webhooks, kept as one text: a flood must not write a row for each event. */
#include "engine/webhook-count.h"

#include "engine/hint.h"
#include "store/settings.h"

#define CURSOR "webhook"

/* Behind those of the known events. */
static const char *const own_names[] = {
  SHOPCAISSE_COUNT_UNKNOWN, SHOPCAISSE_COUNT_ELSEWHERE, SHOPCAISSE_COUNT_STRANGE,
  SHOPCAISSE_COUNT_FORGED,  SHOPCAISSE_COUNT_MALFORMED, SHOPCAISSE_COUNT_REFUSED,
};

static gsize
count_routes(void)
{
  gsize n_routes = 0;

  while (shopcaisse_hint_get_route(n_routes) != NULL)
    n_routes++;
  return n_routes;
}

/**
 * shopcaisse_webhook_count_name:
 * @i: which
 *
 * Returns: (transfer none) (nullable): the name of a counter, %NULL behind the last
 */
const char *
shopcaisse_webhook_count_name(gsize i)
{
  gsize n_routes = count_routes();

  if (i < n_routes)
    return shopcaisse_hint_get_route(i)->event;
  return i - n_routes < G_N_ELEMENTS(own_names) ? own_names[i - n_routes] : NULL;
}

static guint64 *
find_count(const ShopcaisseWebhookCount *self, const char *name)
{
  for (gsize i = 0; shopcaisse_webhook_count_name(i) != NULL; i++) {
    if (g_str_equal(shopcaisse_webhook_count_name(i), name))
      return &self->counts[i];
  }
  return NULL;
}

static gint64 *
find_time(ShopcaisseWebhookCount *self, const char *name)
{
  if (g_str_equal(name, "first"))
    return &self->first_at;
  if (g_str_equal(name, "last"))
    return &self->last_at;
  return g_str_equal(name, "heard") ? &self->heard_at : NULL;
}

static void
read_pair(ShopcaisseWebhookCount *self, const char *pair)
{
  g_auto(GStrv) halves = g_strsplit(pair, "=", 2);
  gint64 value = 0;
  gint64 *at = NULL;
  guint64 *count = NULL;

  if (g_strv_length(halves) != 2 ||
      !g_ascii_string_to_signed(halves[1], 10, 0, G_MAXINT64, &value, NULL))
    return;
  at = find_time(self, halves[0]);
  count = find_count(self, halves[0]);
  if (at != NULL)
    *at = value;
  if (count != NULL)
    *count = (guint64)value;
}

/**
 * shopcaisse_webhook_count_load:
 * @database: the store
 *
 * Reads the counters. What cannot be read counts as nothing.
 *
 * Returns: (transfer full): the counters
 */
ShopcaisseWebhookCount *
shopcaisse_webhook_count_load(ShopcaisseDatabase *database)
{
  ShopcaisseWebhookCount *self = g_new0(ShopcaisseWebhookCount, 1);
  g_autofree char *text = shopcaisse_cursors_get(database, CURSOR, NULL);
  g_auto(GStrv) pairs = g_strsplit(text != NULL ? text : "", ";", -1);

  self->counts = g_new0(guint64, count_routes() + G_N_ELEMENTS(own_names));
  for (gsize i = 0; pairs[i] != NULL; i++)
    read_pair(self, pairs[i]);
  return self;
}

/**
 * shopcaisse_webhook_count_free:
 * @self: (nullable): the counters
 *
 * Releases them.
 */
void
shopcaisse_webhook_count_free(ShopcaisseWebhookCount *self)
{
  if (self == NULL)
    return;
  g_free(self->counts);
  g_free(self);
}

/**
 * shopcaisse_webhook_count_save:
 * @self: the counters
 * @database: the store
 * @error: return location for an error
 *
 * Writes what has changed.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_webhook_count_save(ShopcaisseWebhookCount *self,
                              ShopcaisseDatabase *database,
                              GError **error)
{
  g_autoptr(GString) text = g_string_new(NULL);

  if (!self->is_changed)
    return TRUE;
  g_string_printf(text,
                  "first=%" G_GINT64_FORMAT ";last=%" G_GINT64_FORMAT ";heard=%" G_GINT64_FORMAT,
                  self->first_at, self->last_at, self->heard_at);
  for (gsize i = 0; shopcaisse_webhook_count_name(i) != NULL; i++)
    g_string_append_printf(text, ";%s=%" G_GUINT64_FORMAT, shopcaisse_webhook_count_name(i),
                           self->counts[i]);
  if (!shopcaisse_cursors_set(database, CURSOR, text->str, error))
    return FALSE;
  self->is_changed = FALSE;
  return TRUE;
}

/**
 * shopcaisse_webhook_count_add:
 * @self: the counters
 * @name: of one
 * @n: how many more
 *
 * Counts.
 */
void
shopcaisse_webhook_count_add(ShopcaisseWebhookCount *self, const char *name, guint64 n)
{
  guint64 *count = find_count(self, name);

  g_return_if_fail(count != NULL);
  *count += n;
  self->is_changed = self->is_changed || n > 0;
}

/**
 * shopcaisse_webhook_count_get:
 * @self: the counters
 * @name: of one
 *
 * Returns: how many there were
 */
guint64
shopcaisse_webhook_count_get(const ShopcaisseWebhookCount *self, const char *name)
{
  const guint64 *count = find_count(self, name);

  return count != NULL ? *count : 0;
}
