/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Matches as a plan would, from the surest kind of value down, and remembers whom it left. What a
 * surer kind pairs is not ambiguous by a lesser one. */
#include "engine/ambiguity.h"

#include "engine/context.h"
#include "engine/slices.h"
#include "store/links-match.h"

#define ROWS_EACH 5                       /* reading a row costs less than writing one */
#define PAUSE     (2 * SHOPCAISSE_SECOND) /* between two, while a catalogue comes in */

static const char *const kinds[] = { "id", "barcode", "reference" };

typedef struct {
  GHashTable *articles; /* (owned) (element-type utf8) */
  GHashTable *items;    /* (owned) (element-type utf8) */
} Sets;

struct ShopcaisseAmbiguity {
  ShopcaisseContext *context; /* (not owned) */
  Sets known;                 /* empty pointers before the first answer */
  guint64 known_stamp;
  guint64 version;
  ShopcaisseLinksMatch *match; /* (owned) (nullable): while it finds out */
  gsize kind;                  /* that is being matched */
  guint64 stamp;               /* what it looks at */
  Sets found;
  Sets paired; /* by the kinds so far */
  gint64 ended_at;
  ShopcaisseTimer *timer; /* (nullable) */
  gboolean is_slicing;
};

static void timer_cb(gpointer user_data);
static gboolean step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void done_cb(const GError *error, gpointer user_data);

static GHashTable *
make_set(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
init_sets(Sets *sets)
{
  sets->articles = make_set();
  sets->items = make_set();
}

static void
clear_sets(Sets *sets)
{
  g_clear_pointer(&sets->articles, g_hash_table_unref);
  g_clear_pointer(&sets->items, g_hash_table_unref);
}

/**
 * shopcaisse_ambiguity_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): nothing is known yet
 */
ShopcaisseAmbiguity *
shopcaisse_ambiguity_new(ShopcaisseContext *context)
{
  ShopcaisseAmbiguity *self = g_new0(ShopcaisseAmbiguity, 1);

  self->context = context;
  self->ended_at = G_MININT64 / 2;
  return self;
}

static void
end_match(ShopcaisseAmbiguity *self)
{
  g_clear_pointer(&self->match, shopcaisse_links_match_free);
  clear_sets(&self->found);
  clear_sets(&self->paired);
}

/**
 * shopcaisse_ambiguity_free:
 * @self: (transfer full) (nullable): it, whose slices have ended
 *
 * Frees it.
 */
void
shopcaisse_ambiguity_free(ShopcaisseAmbiguity *self)
{
  if (self == NULL)
    return;
  if (self->timer != NULL)
    self->context->clock->cancel(self->context->clock, self->timer);
  end_match(self);
  clear_sets(&self->known);
  g_free(self);
}

/**
 * shopcaisse_ambiguity_get_articles:
 * @self: it
 *
 * Returns: (transfer none) (nullable) (element-type utf8): the articles, as last known
 */
GHashTable *
shopcaisse_ambiguity_get_articles(ShopcaisseAmbiguity *self)
{
  return self->known.articles;
}

/**
 * shopcaisse_ambiguity_get_items:
 * @self: it
 *
 * Returns: (transfer none) (nullable) (element-type utf8): the items, as last known
 */
GHashTable *
shopcaisse_ambiguity_get_items(ShopcaisseAmbiguity *self)
{
  return self->known.items;
}

/**
 * shopcaisse_ambiguity_get_version:
 * @self: it
 *
 * Returns: another number than before when what is known is another
 */
guint64
shopcaisse_ambiguity_get_version(ShopcaisseAmbiguity *self)
{
  return self->version;
}

static guint64
get_stamp(ShopcaisseAmbiguity *self)
{
  ShopcaisseDatabase *database = self->context->database;

  return shopcaisse_database_count_writes(database, SHOPCAISSE_CHANGED_KEYS) +
         shopcaisse_database_count_writes(database, SHOPCAISSE_CHANGED_LINKS);
}

static gboolean
is_fresh(ShopcaisseAmbiguity *self)
{
  return self->known.articles != NULL && self->known_stamp == get_stamp(self);
}

/* Before the first answer nothing is shown as ambiguous. */
static gboolean
is_same_set(GHashTable *set, GHashTable *other)
{
  GHashTableIter iter;
  gpointer id = NULL;

  if (set == NULL)
    return g_hash_table_size(other) == 0;
  if (g_hash_table_size(set) != g_hash_table_size(other))
    return FALSE;
  g_hash_table_iter_init(&iter, set);
  while (g_hash_table_iter_next(&iter, &id, NULL)) {
    if (!g_hash_table_contains(other, id))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_paired(gpointer id, gpointer value, gpointer user_data)
{
  (void)value;
  return g_hash_table_contains(user_data, id);
}

static void
add_pairs(ShopcaisseAmbiguity *self)
{
  guint n_pairs = shopcaisse_links_match_count_pairs(self->match);

  for (guint i = 0; i < n_pairs; i++) {
    ShopcaisseLinksPair pair = shopcaisse_links_match_get_pair(self->match, i);

    g_hash_table_add(self->paired.articles, g_strdup(pair.article_id));
    g_hash_table_add(self->paired.items, g_strdup(pair.item_id));
  }
}

static void
end_kind(ShopcaisseAmbiguity *self)
{
  Sets left = { NULL, NULL };
  GHashTableIter iter;
  gpointer id = NULL;

  init_sets(&left);
  shopcaisse_links_match_add_ambiguous(self->match, left.articles, left.items);
  g_hash_table_foreach_remove(left.articles, is_paired, self->paired.articles);
  g_hash_table_foreach_remove(left.items, is_paired, self->paired.items);
  g_hash_table_iter_init(&iter, left.articles);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_hash_table_add(self->found.articles, g_strdup(id));
  g_hash_table_iter_init(&iter, left.items);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_hash_table_add(self->found.items, g_strdup(id));
  clear_sets(&left);
  add_pairs(self);
  g_clear_pointer(&self->match, shopcaisse_links_match_free);
  self->kind++;
}

static void
keep_found(ShopcaisseAmbiguity *self)
{
  ShopcaisseClock *clock = self->context->clock;

  if (!is_same_set(self->known.articles, self->found.articles) ||
      !is_same_set(self->known.items, self->found.items)) {
    self->version++;
    shopcaisse_context_list_changed(self->context, "articles");
    shopcaisse_context_list_changed(self->context, "items");
  }
  clear_sets(&self->known);
  self->known = self->found;
  self->found = (Sets){ NULL, NULL };
  self->known_stamp = self->stamp;
  self->ended_at = clock->get_monotonic(clock);
  end_match(self);
}

static void
begin_kind(ShopcaisseAmbiguity *self)
{
  if (self->found.articles == NULL) {
    init_sets(&self->found);
    init_sets(&self->paired);
    self->kind = 0;
    self->stamp = get_stamp(self);
  }
  self->match = shopcaisse_links_match_new(self->context->database, kinds[self->kind]);
}

/**
 * shopcaisse_ambiguity_step:
 * @self: it
 * @limit: about how many rows to write would take as long
 * @is_done: (out): whether it is known
 * @error: return location for an error
 *
 * Goes on finding out, or begins. What changes meanwhile is found out the next time.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_ambiguity_step(ShopcaisseAmbiguity *self, guint limit, gboolean *is_done, GError **error)
{
  gboolean is_matched = FALSE;

  *is_done = self->found.articles == NULL && is_fresh(self);
  if (*is_done)
    return TRUE;
  if (self->match == NULL)
    begin_kind(self);
  if (!shopcaisse_links_match_step(self->match, ROWS_EACH * limit, &is_matched, error)) {
    end_match(self);
    return FALSE;
  }
  if (is_matched)
    end_kind(self);
  *is_done = self->kind == G_N_ELEMENTS(kinds);
  if (*is_done)
    keep_found(self);
  return TRUE;
}

/**
 * shopcaisse_ambiguity_refresh:
 * @self: it
 *
 * Finds out anew, if need be, without anybody waiting; not again and again while much changes.
 */
void
shopcaisse_ambiguity_refresh(ShopcaisseAmbiguity *self)
{
  ShopcaisseClock *clock = self->context->clock;
  gint64 delay_us = self->ended_at + PAUSE - clock->get_monotonic(clock);

  if (self->is_slicing || self->timer != NULL || self->context->is_closing || is_fresh(self))
    return;
  if (delay_us > 0) {
    self->timer = clock->call_after(clock, delay_us, timer_cb, self);
    return;
  }
  self->is_slicing = TRUE;
  shopcaisse_slices_run(self->context, step_cb, done_cb, self);
}

static void
timer_cb(gpointer user_data)
{
  ShopcaisseAmbiguity *self = user_data;

  self->timer = NULL;
  shopcaisse_ambiguity_refresh(self);
}

static gboolean
step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  return shopcaisse_ambiguity_step(user_data, limit, is_done, error);
}

static void
done_cb(const GError *error, gpointer user_data)
{
  ShopcaisseAmbiguity *self = user_data;

  self->is_slicing = FALSE;
  if (error != NULL)
    end_match(self);
  else
    shopcaisse_ambiguity_refresh(self); /* what changed meanwhile */
}
