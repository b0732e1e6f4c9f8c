/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds pairs that are exact: one article and one item share a value, and nothing speaks for
 * another pair. Two candidates or more link nothing; a person decides. Three walks, each in steps:
 * over the articles' values, over the items' values, over the values that both have. */
#include "store/links-match.h"

#include "store/statement.h"

typedef enum {
  WALK_ARTICLES,
  WALK_ITEMS,
  WALK_VALUES, /* notes where each leads */
  WALK_PAIRS,  /* chooses */
  WALK_DONE
} Walk;

/* An article or an item that is free to be linked. Others point at it by 1 + its index. */
typedef struct {
  const char *id; /* (not owned): in the chunk */
  guint partner;  /* where its values lead; 0: nowhere yet */
  guint value;    /* an ambiguous one it has, 0: none */
  gboolean is_several;
  gboolean is_linked;
} End;

/* One more that has a value: a list. */
typedef struct {
  guint end;
  guint next; /* 0: the last */
} Node;

typedef struct {
  const char *text; /* (not owned): in the chunk */
  guint articles;   /* the first node, 0: none */
  guint items;      /* the same */
  guint n_articles;
  guint n_items;
} Value;

typedef struct {
  GArray *ends;      /* (owned) (element-type End) */
  GHashTable *by_id; /* (owned): id to 1 + index */
} Side;

typedef struct {
  guint article;
  guint item;
} Pair;

struct ShopcaisseLinksMatch {
  ShopcaisseDatabase *database; /* (not owned) */
  char *kind;                   /* (owned) */
  Walk walk;
  char *after_value;   /* (owned): the last row of the walk so far */
  char *after_id;      /* (owned) */
  guint next;          /* the first value of the next step */
  GStringChunk *texts; /* (owned) */
  GArray *values;      /* (owned) (element-type Value): in order */
  GHashTable *by_text; /* (owned): text to 1 + index */
  GArray *nodes;       /* (owned) (element-type Node) */
  Side articles;
  Side items;
  GArray *pairs; /* (owned) (element-type Pair) */
  guint n_ambiguous;
};

/* Each walks an index and answers every row, so that a step has an end: value, id, is free. */
static const char article_key_sql[] =
    "SELECT k.value, k.id, a.deleted = 0 AND l.article_id IS NULL FROM match_key k"
    " LEFT JOIN article a ON a.id = k.id LEFT JOIN link l ON l.article_id = k.id"
    " WHERE k.side = 'article' AND k.kind = ?1 AND (k.value, k.id) > (?2, ?3)"
    " ORDER BY k.value, k.id LIMIT ?4";

static const char item_key_sql[] =
    "SELECT k.value, k.id, i.deleted = 0 AND l.item_id IS NULL AND i.sweep >= coalesce("
    "  (SELECT w.before FROM item_sweep w WHERE w.company_id = i.company_id), i.sweep)"
    " FROM match_key k LEFT JOIN item i ON i.id = k.id LEFT JOIN link l ON l.item_id = k.id"
    " WHERE k.side = 'item' AND k.kind = ?1 AND (k.value, k.id) > (?2, ?3)"
    " ORDER BY k.value, k.id LIMIT ?4";

static const char article_id_sql[] =
    "SELECT a.external_id, a.id, a.deleted = 0 AND l.article_id IS NULL FROM article a"
    " LEFT JOIN link l ON l.article_id = a.id"
    " WHERE a.external_id <> '' AND (a.external_id, a.id) > (?2, ?3)"
    " ORDER BY a.external_id, a.id LIMIT ?4";

static const char item_id_sql[] =
    "SELECT i.id, i.id, i.deleted = 0 AND l.item_id IS NULL AND i.sweep >= coalesce("
    "  (SELECT w.before FROM item_sweep w WHERE w.company_id = i.company_id), i.sweep)"
    " FROM item i LEFT JOIN link l ON l.item_id = i.id WHERE i.id > ?2 ORDER BY i.id LIMIT ?4";

static void
init_side(Side *side)
{
  side->ends = g_array_new(FALSE, FALSE, sizeof(End));
  side->by_id = g_hash_table_new(g_str_hash, g_str_equal);
}

static void
clear_side(Side *side)
{
  g_array_unref(side->ends);
  g_hash_table_unref(side->by_id);
}

/**
 * shopcaisse_links_match_new:
 * @database: the database; outlives this
 * @kind: "barcode", "reference" or "id"
 *
 * Begins to look for pairs. Nothing is ever written.
 *
 * Returns: (transfer full): a match
 */
ShopcaisseLinksMatch *
shopcaisse_links_match_new(ShopcaisseDatabase *database, const char *kind)
{
  ShopcaisseLinksMatch *self = g_new0(ShopcaisseLinksMatch, 1);

  self->database = database;
  self->kind = g_strdup(kind);
  self->after_value = g_strdup("");
  self->after_id = g_strdup("");
  self->texts = g_string_chunk_new(16 * 1024);
  self->values = g_array_new(FALSE, FALSE, sizeof(Value));
  self->by_text = g_hash_table_new(g_str_hash, g_str_equal);
  self->nodes = g_array_new(FALSE, FALSE, sizeof(Node));
  self->pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  init_side(&self->articles);
  init_side(&self->items);
  return self;
}

/**
 * shopcaisse_links_match_free:
 * @self: (transfer full) (nullable): the match
 *
 * Frees it with what it found.
 */
void
shopcaisse_links_match_free(ShopcaisseLinksMatch *self)
{
  if (self == NULL)
    return;
  g_free(self->kind);
  g_free(self->after_value);
  g_free(self->after_id);
  g_string_chunk_free(self->texts);
  g_array_unref(self->values);
  g_hash_table_unref(self->by_text);
  g_array_unref(self->nodes);
  g_array_unref(self->pairs);
  clear_side(&self->articles);
  clear_side(&self->items);
  g_free(self);
}

static End *
get_end(const Side *side, guint end)
{
  return &g_array_index(side->ends, End, end - 1);
}

static const Node *
get_node(const ShopcaisseLinksMatch *self, guint node)
{
  return &g_array_index(self->nodes, Node, node - 1);
}

static guint
add_end(ShopcaisseLinksMatch *self, Side *side, const char *id)
{
  guint end = GPOINTER_TO_UINT(g_hash_table_lookup(side->by_id, id));
  End added = { NULL };

  if (end != 0)
    return end;
  added.id = g_string_chunk_insert(self->texts, id);
  g_array_append_val(side->ends, added);
  g_hash_table_insert(side->by_id, (gpointer)added.id, GUINT_TO_POINTER(side->ends->len));
  return side->ends->len;
}

static guint
add_node(ShopcaisseLinksMatch *self, guint end, guint next)
{
  Node node = { end, next };

  g_array_append_val(self->nodes, node);
  return self->nodes->len;
}

static void
add_article(ShopcaisseLinksMatch *self, const char *text, const char *id)
{
  guint index = GPOINTER_TO_UINT(g_hash_table_lookup(self->by_text, text));
  Value *value = NULL;

  if (index == 0) {
    Value empty = { .text = g_string_chunk_insert(self->texts, text) };

    g_array_append_val(self->values, empty);
    index = self->values->len;
    g_hash_table_insert(self->by_text, (gpointer)empty.text, GUINT_TO_POINTER(index));
  }
  value = &g_array_index(self->values, Value, index - 1);
  value->articles = add_node(self, add_end(self, &self->articles, id), value->articles);
  value->n_articles++;
}

/* Values that no article has lead nowhere. */
static void
add_item(ShopcaisseLinksMatch *self, const char *text, const char *id)
{
  guint index = GPOINTER_TO_UINT(g_hash_table_lookup(self->by_text, text));
  Value *value = NULL;

  if (index == 0)
    return;
  value = &g_array_index(self->values, Value, index - 1);
  value->items = add_node(self, add_end(self, &self->items, id), value->items);
  value->n_items++;
}

static const char *
choose_sql(const ShopcaisseLinksMatch *self)
{
  gboolean is_id = g_str_equal(self->kind, "id");

  if (self->walk == WALK_ARTICLES)
    return is_id ? article_id_sql : article_key_sql;
  return is_id ? item_id_sql : item_key_sql;
}

static void
begin_walk(ShopcaisseLinksMatch *self, Walk walk)
{
  self->walk = self->values->len > 0 ? walk : WALK_DONE;
  g_free(self->after_value);
  g_free(self->after_id);
  self->after_value = g_strdup("");
  self->after_id = g_strdup("");
  self->next = 0;
}

static void
take_row(ShopcaisseLinksMatch *self, ShopcaisseStatement *row)
{
  g_free(self->after_value);
  g_free(self->after_id);
  self->after_value = shopcaisse_statement_dup_text(row, 0);
  self->after_id = shopcaisse_statement_dup_text(row, 1);
  if (sqlite3_column_int(row, 2) == 0)
    return;
  if (self->walk == WALK_ARTICLES)
    add_article(self, self->after_value, self->after_id);
  else
    add_item(self, self->after_value, self->after_id);
}

static gboolean
read_rows(ShopcaisseLinksMatch *self, guint limit, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(self->database, choose_sql(self), error);
  gboolean has_row = FALSE;
  guint n_rows = 0;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, self->kind);
  shopcaisse_statement_bind_text(statement, 2, self->after_value);
  shopcaisse_statement_bind_text(statement, 3, self->after_id);
  sqlite3_bind_int64(statement, 4, limit);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return FALSE;
    if (!has_row)
      break;
    take_row(self, statement);
    n_rows++;
  }
  if (n_rows < limit)
    begin_walk(self, self->walk == WALK_ARTICLES ? WALK_ITEMS : WALK_VALUES);
  return TRUE;
}

/* Several have the value: none of them is an exact candidate, by whatever value. */
static void
note_crowd(const ShopcaisseLinksMatch *self, const Side *side, guint nodes)
{
  for (guint node = nodes; node != 0; node = get_node(self, node)->next)
    get_end(side, get_node(self, node)->end)->is_several = TRUE;
}

static void
note_partner(End *end, guint partner)
{
  if (end->partner != 0 && end->partner != partner)
    end->is_several = TRUE;
  end->partner = partner;
}

/* An article that leads to two items by two values, or the reverse, is no exact pair either. */
static void
note_value(const ShopcaisseLinksMatch *self, const Value *value)
{
  guint article = 0;
  guint item = 0;

  if (value->n_items == 0)
    return;
  if (value->n_articles > 1 || value->n_items > 1) {
    note_crowd(self, &self->articles, value->articles);
    note_crowd(self, &self->items, value->items);
    return;
  }
  article = get_node(self, value->articles)->end;
  item = get_node(self, value->items)->end;
  note_partner(get_end(&self->articles, article), item);
  note_partner(get_end(&self->items, item), article);
}

static void
refuse_value(ShopcaisseLinksMatch *self, guint index)
{
  const Value *value = &g_array_index(self->values, Value, index);

  self->n_ambiguous++;
  for (guint node = value->items; node != 0; node = get_node(self, node)->next)
    get_end(&self->items, get_node(self, node)->end)->value = index + 1;
  for (guint node = value->articles; node != 0; node = get_node(self, node)->next)
    get_end(&self->articles, get_node(self, node)->end)->value = index + 1;
}

/* The same pair by a second value is one pair. */
static void
choose_value(ShopcaisseLinksMatch *self, guint index)
{
  const Value *value = &g_array_index(self->values, Value, index);
  Pair pair = { 0, 0 };

  if (value->n_items == 0)
    return;
  pair.article = get_node(self, value->articles)->end;
  pair.item = get_node(self, value->items)->end;
  if (get_end(&self->articles, pair.article)->is_several ||
      get_end(&self->items, pair.item)->is_several)
    return refuse_value(self, index);
  if (!get_end(&self->articles, pair.article)->is_linked)
    g_array_append_val(self->pairs, pair);
  get_end(&self->articles, pair.article)->is_linked = TRUE;
}

static void
look_at_values(ShopcaisseLinksMatch *self, guint limit)
{
  guint end = MIN(self->next + limit, self->values->len);

  for (; self->next < end; self->next++) {
    if (self->walk == WALK_VALUES)
      note_value(self, &g_array_index(self->values, Value, self->next));
    else
      choose_value(self, self->next);
  }
  if (self->next == self->values->len)
    begin_walk(self, self->walk == WALK_VALUES ? WALK_PAIRS : WALK_DONE);
}

/**
 * shopcaisse_links_match_step:
 * @self: the match
 * @limit: at most as many rows, or values, are looked at
 * @is_done: (out): whether nothing is left to be looked at
 * @error: return location for an error
 *
 * Goes on. What changes in the database meanwhile may be seen or not; whoever links checks again.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_links_match_step(ShopcaisseLinksMatch *self,
                            guint limit,
                            gboolean *is_done,
                            GError **error)
{
  if (self->walk == WALK_ARTICLES || self->walk == WALK_ITEMS) {
    if (!read_rows(self, limit, error))
      return FALSE;
  } else if (self->walk != WALK_DONE) {
    look_at_values(self, limit);
  }
  *is_done = self->walk == WALK_DONE;
  return TRUE;
}

/**
 * shopcaisse_links_match_count_pairs:
 * @self: a match that is done
 *
 * Returns: how many pairs it found
 */
guint
shopcaisse_links_match_count_pairs(ShopcaisseLinksMatch *self)
{
  return self->pairs->len;
}

/**
 * shopcaisse_links_match_get_pair:
 * @self: a match that is done
 * @index: which of the pairs
 *
 * Returns: (transfer none): a pair; its texts are the match's
 */
ShopcaisseLinksPair
shopcaisse_links_match_get_pair(ShopcaisseLinksMatch *self, guint index)
{
  const Pair *pair = &g_array_index(self->pairs, Pair, index);

  return (ShopcaisseLinksPair){ get_end(&self->articles, pair->article)->id,
                                get_end(&self->items, pair->item)->id };
}

/**
 * shopcaisse_links_match_count_ambiguous:
 * @self: a match that is done
 *
 * Returns: how many values both sides share without leading to one pair
 */
guint
shopcaisse_links_match_count_ambiguous(ShopcaisseLinksMatch *self)
{
  return self->n_ambiguous;
}

/**
 * shopcaisse_links_match_find_ambiguous:
 * @self: a match that is done
 * @item_id: an item
 * @ambiguity: (out): such a value that it has; its text is the match's
 *
 * Tells why an item has no pair.
 *
 * Returns: whether it has such a value
 */
gboolean
shopcaisse_links_match_find_ambiguous(ShopcaisseLinksMatch *self,
                                      const char *item_id,
                                      ShopcaisseLinksAmbiguity *ambiguity)
{
  guint end = GPOINTER_TO_UINT(g_hash_table_lookup(self->items.by_id, item_id));
  guint index = end != 0 ? get_end(&self->items, end)->value : 0;
  const Value *value = NULL;

  if (index == 0)
    return FALSE;
  value = &g_array_index(self->values, Value, index - 1);
  *ambiguity = (ShopcaisseLinksAmbiguity){ value->text, value->n_articles, value->n_items };
  return TRUE;
}

static void
add_ambiguous(const Side *side, GHashTable *ids)
{
  for (guint end = 1; end <= side->ends->len; end++) {
    if (get_end(side, end)->value != 0)
      g_hash_table_add(ids, g_strdup(get_end(side, end)->id));
  }
}

/**
 * shopcaisse_links_match_add_ambiguous:
 * @self: a match that is done
 * @articles: (element-type utf8): gets ids; frees them
 * @items: (element-type utf8): the same
 *
 * Names what has no pair though the other side has something like it.
 */
void
shopcaisse_links_match_add_ambiguous(ShopcaisseLinksMatch *self,
                                     GHashTable *articles,
                                     GHashTable *items)
{
  add_ambiguous(&self->articles, articles);
  add_ambiguous(&self->items, items);
}
