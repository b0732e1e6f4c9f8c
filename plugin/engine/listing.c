/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the rows of a query in slices and answers windows of it. A window whose rows are known does
 * not wait long for the total: it says that it is not complete, and the list is told as changed
 * when it is. */
#include "engine/listing.h"

#include "engine/ambiguity.h"
#include "engine/context.h"
#include "engine/list-rows.h"
#include "engine/slices.h"

#define ROWS_EACH 8  /* reading a row of an index costs less than writing one */
#define EARLY_MAX 64 /* queries that are remembered without their rows */

typedef struct {
  ShopcaisseAnswer *answer; /* (owned) */
  guint offset;
  guint limit;
  gint64 asked_at; /* monotonic, microseconds */
} Waiting;

typedef struct {
  ShopcaisseListings *owner; /* (nullable) (not owned): NULL when it is kept no more */
  ShopcaisseContext *context;
  char *key;        /* (owned): kind and query */
  const char *kind; /* static */
  ShopcaisseListSource source;
  gboolean is_of_both;       /* rows are chosen by what the other side is, too */
  gboolean is_whole;         /* no window goes out without its total */
  gboolean is_of_ambiguous;  /* rows are chosen by being ambiguous */
  ShopcaisseListQuery query; /* (owned): until the walk has it */
  ShopcaisseListWalk *walk;  /* (owned) (nullable): until then */
  guint64 stamp;             /* of what it looked at */
  GPtrArray *waiting;        /* (owned) (element-type Waiting) */
  gboolean is_found;         /* all of them */
  gboolean was_early;        /* a window went out without its total */
  gboolean is_idle;          /* its slices have ended */
} Listing;

struct ShopcaisseListings {
  ShopcaisseContext *context;     /* (not owned) */
  ShopcaisseAmbiguity *ambiguity; /* (owned) */
  GQueue listings;                /* (owned) (element-type Listing): the last asked for first */
  GHashTable *early; /* (owned): key -> stamp of what a window went out of without its total */
};

static gboolean step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void done_cb(const GError *error, gpointer user_data);

static const char *const source_kinds[] = {
  [SHOPCAISSE_LIST_ARTICLES] = "articles",
  [SHOPCAISSE_LIST_ITEMS] = "items",
  [SHOPCAISSE_LIST_JOURNAL] = "journal",
};

static void
free_listing(Listing *listing)
{
  g_free(listing->key);
  shopcaisse_list_query_clear(&listing->query);
  shopcaisse_list_walk_free(listing->walk);
  g_ptr_array_unref(listing->waiting);
  g_free(listing);
}

/* One that is in slices frees itself at their end. */
static void
drop_listing(Listing *listing)
{
  listing->owner = NULL;
  if (listing->is_idle)
    free_listing(listing);
}

/**
 * shopcaisse_listings_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): nothing was asked for yet
 */
ShopcaisseListings *
shopcaisse_listings_new(ShopcaisseContext *context)
{
  ShopcaisseListings *self = g_new0(ShopcaisseListings, 1);

  self->context = context;
  self->ambiguity = shopcaisse_ambiguity_new(context);
  g_queue_init(&self->listings);
  self->early = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * shopcaisse_listings_free:
 * @self: (transfer full) (nullable): the listings, whose slices have ended
 *
 * Frees them.
 */
void
shopcaisse_listings_free(ShopcaisseListings *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full(&self->listings, (GDestroyNotify)drop_listing);
  shopcaisse_ambiguity_free(self->ambiguity);
  g_hash_table_unref(self->early);
  g_free(self);
}

static guint64
count_writes(const Listing *listing, ShopcaisseChanged changed)
{
  return shopcaisse_database_count_writes(listing->context->database, changed);
}

/* Another number when the rows, or their order, may be others. */
static guint64
get_stamp(const Listing *listing)
{
  guint64 stamp = 0;

  if (listing->source == SHOPCAISSE_LIST_JOURNAL)
    return count_writes(listing, SHOPCAISSE_CHANGED_JOURNAL);
  stamp = count_writes(listing, SHOPCAISSE_CHANGED_LINKS) +
          shopcaisse_ambiguity_get_version(listing->context->listings->ambiguity);
  if (listing->source == SHOPCAISSE_LIST_ARTICLES || listing->is_of_both)
    stamp += count_writes(listing, SHOPCAISSE_CHANGED_ARTICLES);
  if (listing->source == SHOPCAISSE_LIST_ITEMS || listing->is_of_both)
    stamp += count_writes(listing, SHOPCAISSE_CHANGED_ITEMS);
  return stamp;
}

static char *
make_key(const ShopcaisseWindow *window, const ShopcaisseListQuery *query)
{
  g_autofree char *text =
      window->query != NULL ? g_variant_print(window->query, TRUE) : g_strdup("");

  return g_strjoin("\n", window->kind, query->price_list != NULL ? query->price_list : "", text,
                   NULL);
}

/* (transfer none) (nullable): the listing that is true still, as the last asked for. */
static Listing *
find_listing(ShopcaisseListings *self, const char *key)
{
  for (GList *link = self->listings.head; link != NULL; link = link->next) {
    Listing *listing = link->data;

    if (!g_str_equal(listing->key, key))
      continue;
    g_queue_unlink(&self->listings, link);
    if (!listing->is_found || listing->stamp == get_stamp(listing)) {
      g_queue_push_head_link(&self->listings, link);
      return listing;
    }
    g_list_free(link);
    drop_listing(listing);
    return NULL;
  }
  return NULL;
}

static Listing *
add_listing(ShopcaisseListings *self, char *key, ShopcaisseListQuery *query)
{
  Listing *listing = g_new0(Listing, 1);

  listing->owner = self;
  listing->context = self->context;
  listing->key = key;
  listing->kind = source_kinds[query->source];
  listing->source = query->source;
  listing->is_whole = query->is_whole;
  listing->is_of_both = query->vat == SHOPCAISSE_LIST_VAT_DIFFERS;
  listing->is_of_ambiguous =
      query->source != SHOPCAISSE_LIST_JOURNAL && query->state == SHOPCAISSE_LINK_AMBIGUOUS;
  listing->query = *query;
  *query = (ShopcaisseListQuery){ 0 };
  listing->waiting = g_ptr_array_new_with_free_func(g_free);
  g_queue_push_head(&self->listings, listing);
  if (self->listings.length > SHOPCAISSE_LISTINGS_MAX)
    drop_listing(g_queue_pop_tail(&self->listings));
  shopcaisse_slices_run(self->context, step_cb, done_cb, listing);
  return listing;
}

static GHashTable *
get_ambiguous(const Listing *listing)
{
  ShopcaisseAmbiguity *ambiguity = listing->context->listings->ambiguity;

  switch (listing->source) {
  case SHOPCAISSE_LIST_ARTICLES:
    return shopcaisse_ambiguity_get_articles(ambiguity);
  case SHOPCAISSE_LIST_ITEMS:
    return shopcaisse_ambiguity_get_items(ambiguity);
  case SHOPCAISSE_LIST_JOURNAL:
  default:
    return NULL;
  }
}

static void
add_counts(const Listing *listing, GVariantDict *answer)
{
  g_auto(GVariantBuilder) counts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{su}"));

  for (guint state = 0; state < SHOPCAISSE_LINK_ANY; state++)
    g_variant_builder_add(&counts, "{su}", shopcaisse_link_state_to_text(state),
                          shopcaisse_list_walk_count(listing->walk, state));
  g_variant_dict_insert_value(answer, "counts", g_variant_builder_end(&counts));
}

/* Rows of the window that are known. */
static GVariant *
build_window(const Listing *listing, const Waiting *waiting, GError **error)
{
  GArray *rows = shopcaisse_list_walk_get_rows(listing->walk);
  guint offset = MIN(waiting->offset, rows->len);
  ShopcaisseListRows wanted = {
    .source = listing->source,
    .rows = (const gint64 *)(gpointer)rows->data + offset,
    .n_rows = MIN(waiting->limit, rows->len - offset),
    .ambiguous = get_ambiguous(listing),
  };
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  GVariant *values = shopcaisse_list_rows_build(listing->context, &wanted, error);

  if (values == NULL)
    return NULL;
  g_variant_dict_insert_value(&answer, "rows", values);
  g_variant_dict_insert(&answer, "total", "u", rows->len);
  g_variant_dict_insert(&answer, "complete", "b", listing->is_found);
  if (listing->is_found && listing->source != SHOPCAISSE_LIST_JOURNAL)
    add_counts(listing, &answer);
  return g_variant_dict_end(&answer);
}

static void
answer_window(const Listing *listing, const Waiting *waiting)
{
  g_autoptr(GError) error = NULL;
  GVariant *window = build_window(listing, waiting, &error);

  if (window != NULL)
    shopcaisse_answer_take(waiting->answer, window);
  else
    shopcaisse_answer_fail(waiting->answer, g_steal_pointer(&error));
}

/**
 * shopcaisse_listings_answer:
 * @self: the listings
 * @window: what is wanted of the list
 * @query: (transfer full): which rows; it is empty afterwards
 * @answer: (transfer full): gets `{rows, total, complete, counts}`
 *
 * Answers a window, at once when its rows are known, else when they are found.
 */
void
shopcaisse_listings_answer(ShopcaisseListings *self,
                           const ShopcaisseWindow *window,
                           ShopcaisseListQuery *query,
                           ShopcaisseAnswer *answer)
{
  ShopcaisseClock *clock = self->context->clock;
  g_autofree char *key = make_key(window, query);
  Listing *listing = find_listing(self, key);
  Waiting waiting = { answer, window->offset, window->limit, clock->get_monotonic(clock) };

  if (listing == NULL)
    listing = add_listing(self, g_steal_pointer(&key), query);
  shopcaisse_list_query_clear(query);
  if (listing->is_found)
    answer_window(listing, &waiting);
  else
    g_ptr_array_add(listing->waiting, g_memdup2(&waiting, sizeof(waiting)));
}

/* One at a time: reading a window takes as long as a slice may. */
static void
answer_waiting(Listing *listing, guint index)
{
  answer_window(listing, listing->waiting->pdata[index]);
  g_ptr_array_remove_index(listing->waiting, index);
}

static void
note_early(Listing *listing)
{
  GHashTable *early = listing->context->listings->early;

  listing->was_early = TRUE;
  if (g_hash_table_size(early) >= EARLY_MAX)
    g_hash_table_remove_all(early);
  g_hash_table_replace(early, g_strdup(listing->key),
                       g_memdup2(&listing->stamp, sizeof(listing->stamp)));
}

/* Its list is told as changed for that and asks again. With more lists than are kept this would go
 * on for ever, so the second window of the same rows waits. */
static gboolean
was_early_before(const Listing *listing)
{
  const guint64 *stamp = g_hash_table_lookup(listing->context->listings->early, listing->key);

  return stamp != NULL && *stamp == listing->stamp;
}

/* A window whose rows are known has waited long enough for its total. */
static void
answer_early(Listing *listing)
{
  ShopcaisseClock *clock = listing->context->clock;
  gint64 now = clock->get_monotonic(clock);
  guint n_rows = shopcaisse_list_walk_get_rows(listing->walk)->len;

  for (guint i = 0; i < listing->waiting->len; i++) {
    const Waiting *waiting = listing->waiting->pdata[i];

    if (now - waiting->asked_at >= SHOPCAISSE_LISTING_PATIENCE &&
        (guint64)waiting->offset + waiting->limit <= n_rows) {
      note_early(listing);
      return answer_waiting(listing, i);
    }
  }
}

/* What is ambiguous has to be known before the rows that are can be found; else the last known is
 * good enough, and better news comes later. */
static gboolean
prepare_walk(Listing *listing, guint limit, GError **error)
{
  ShopcaisseAmbiguity *ambiguity = listing->context->listings->ambiguity;
  gboolean is_known = !listing->is_of_ambiguous || get_ambiguous(listing) != NULL;

  if (!is_known && !shopcaisse_ambiguity_step(ambiguity, limit, &is_known, error))
    return FALSE;
  if (!is_known)
    return TRUE;
  listing->stamp = get_stamp(listing);
  listing->is_whole = listing->is_whole || was_early_before(listing);
  listing->walk =
      shopcaisse_list_walk_new(listing->context->database, &listing->query, get_ambiguous(listing));
  return TRUE;
}

static gboolean
step_cb(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Listing *listing = user_data;

  if (listing->owner == NULL && listing->waiting->len == 0) {
    *is_done = TRUE;
    return TRUE;
  }
  if (listing->walk == NULL)
    return prepare_walk(listing, limit, error);
  if (listing->is_found) {
    answer_waiting(listing, 0);
  } else {
    if (!shopcaisse_list_walk_step(listing->walk, ROWS_EACH * limit, &listing->is_found, error))
      return FALSE;
    if (!listing->is_found && !listing->is_whole)
      answer_early(listing);
  }
  *is_done = listing->is_found && listing->waiting->len == 0;
  return TRUE;
}

static void
fail_listing(Listing *listing, const GError *error)
{
  for (guint i = 0; i < listing->waiting->len; i++) {
    const Waiting *waiting = listing->waiting->pdata[i];

    shopcaisse_answer_fail_copy(waiting->answer, error);
  }
  g_ptr_array_set_size(listing->waiting, 0);
  if (listing->owner != NULL)
    g_queue_remove(&listing->owner->listings, listing);
  listing->owner = NULL;
}

static void
finish_listing(Listing *listing)
{
  if (listing->walk != NULL && (listing->was_early || listing->stamp != get_stamp(listing)))
    shopcaisse_context_list_changed(listing->context, listing->kind);
  if (listing->source != SHOPCAISSE_LIST_JOURNAL)
    shopcaisse_ambiguity_refresh(listing->context->listings->ambiguity);
}

static void
done_cb(const GError *error, gpointer user_data)
{
  Listing *listing = user_data;

  listing->is_idle = TRUE;
  if (error != NULL)
    fail_listing(listing, error);
  else
    finish_listing(listing);
  if (listing->owner == NULL)
    free_listing(listing);
}
