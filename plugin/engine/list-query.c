/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the query of a list. A key that a list does not know is ignored, as everywhere in the
 * contract; a value that it does not know is an error, or a page would show what was not asked. */
#include "engine/list-query.h"

#include "engine/list-rows.h"
#include "model/text.h"

#include <string.h>

/* A word and what it means. */
typedef struct {
  const char *word;
  int value;
} Word;

static const Word orders[] = {
  { "name", SHOPCAISSE_LIST_BY_NAME },
  { "reference", SHOPCAISSE_LIST_BY_REFERENCE },
  { "price", SHOPCAISSE_LIST_BY_PRICE },
  { NULL, 0 },
};

static const Word rates[] = {
  { "missing", SHOPCAISSE_LIST_VAT_MISSING },
  { "differs", SHOPCAISSE_LIST_VAT_DIFFERS },
  { NULL, 0 },
};

static const char *const order_states[] = {
  "held", "waiting", "sending", "sent", "parked", "cancelling", "cancelled", NULL,
};

static const char *const line_states[] = { "planned", "skipped", "done", "failed", "undone", NULL };

static const char *const changes[] = { "create", "update", "delete", "link", "ambiguous", NULL };

/* Of orders, the other way round: the oldest comes first unless somebody says so. */
static const Word moments[] = { { "sold_at", FALSE }, { "-sold_at", TRUE }, { NULL, 0 } };

static const Word levels[] = { { "info", 0 }, { "warning", 1 }, { "error", 2 }, { NULL, 0 } };

/**
 * shopcaisse_list_asked_clear:
 * @self: what was asked
 *
 * Frees what it owns.
 */
void
shopcaisse_list_asked_clear(ShopcaisseListAsked *self)
{
  shopcaisse_list_query_clear(&self->query);
  g_clear_pointer(&self->text, g_free);
  g_clear_pointer(&self->sale, g_free);
  g_clear_pointer(&self->item, g_free);
  g_clear_pointer(&self->article, g_free);
  g_clear_pointer(&self->plan, g_free);
  g_clear_pointer(&self->change, g_free);
  g_clear_pointer(&self->state, g_free);
}

static gboolean
refuse(const char *kind, const char *key, const char *value, GError **error)
{
  g_autofree char *quoted = shopcaisse_text_quote(value);

  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "list %s: %s: %s is not known", kind,
              key, quoted);
  return FALSE;
}

/* *text is NULL where the query has nothing, or "". */
static gboolean
get_text(GVariant *query, const char *kind, const char *key, const char **text, GError **error)
{
  g_autoptr(GVariant) value = query != NULL ? g_variant_lookup_value(query, key, NULL) : NULL;

  *text = NULL;
  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type(value, G_VARIANT_TYPE_STRING)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "list %s: %s is not a text", kind,
                key);
    return FALSE;
  }
  g_variant_lookup(query, key, "&s", text);
  if (**text == '\0')
    *text = NULL;
  return TRUE;
}

static const Word *
find_word(const Word *words, const char *text)
{
  for (const Word *word = words; word->word != NULL; word++) {
    if (g_str_equal(word->word, text))
      return word;
  }
  return NULL;
}

/* *value stays as it is where the query has nothing. */
static gboolean
get_word(GVariant *query,
         const char *kind,
         const char *key,
         const Word *words,
         int *value,
         GError **error)
{
  const char *text = NULL;
  const Word *word = NULL;

  if (!get_text(query, kind, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  word = find_word(words, text);
  if (word == NULL)
    return refuse(kind, key, text, error);
  *value = word->value;
  return TRUE;
}

static gboolean
get_order(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  const char *text = NULL;
  const Word *word = NULL;

  if (!get_text(query, kind, "sort", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  self->query.is_descending = *text == '-';
  word = find_word(orders, self->query.is_descending ? text + 1 : text);
  if (word == NULL)
    return refuse(kind, "sort", text, error);
  self->query.order = (ShopcaisseListOrder)word->value;
  return TRUE;
}

static gboolean
get_link_state(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  const char *text = NULL;

  self->query.state = SHOPCAISSE_LINK_ANY;
  if (!get_text(query, kind, "state", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  for (guint state = 0; state < SHOPCAISSE_LINK_ANY; state++) {
    if (g_str_equal(shopcaisse_link_state_to_text((ShopcaisseLinkState)state), text)) {
      self->query.state = (ShopcaisseLinkState)state;
      return TRUE;
    }
  }
  return refuse(kind, "state", text, error);
}

static gboolean
get_search(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  const char *text = NULL;

  if (!get_text(query, kind, "search", &text, error))
    return FALSE;
  self->query.words = shopcaisse_text_split_words(text);
  return TRUE;
}

static gboolean
parse_catalogue(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  int vat = SHOPCAISSE_LIST_VAT_ANY;

  self->is_long = TRUE;
  self->query.source =
      g_str_equal(kind, "items") ? SHOPCAISSE_LIST_ITEMS : SHOPCAISSE_LIST_ARTICLES;
  if (!get_search(self, kind, query, error) || !get_order(self, kind, query, error) ||
      !get_link_state(self, kind, query, error) ||
      !get_word(query, kind, "vat", rates, &vat, error))
    return FALSE;
  self->query.vat = (ShopcaisseListVat)vat;
  if (query != NULL)
    g_variant_lookup(query, "deleted", "b", &self->query.is_deleted);
  return TRUE;
}

/* A list with one order of its own. */
static gboolean
refuse_order(const char *kind, GVariant *query, GError **error)
{
  const char *text = NULL;

  if (!get_text(query, kind, "sort", &text, error))
    return FALSE;
  return text == NULL || refuse(kind, "sort", text, error);
}

static gboolean
parse_journal(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  const char *subject = NULL;
  const char *level = NULL;
  int number = 0;

  if (!refuse_order(kind, query, error) || !get_search(self, kind, query, error) ||
      !get_text(query, kind, "subject", &subject, error) ||
      !get_text(query, kind, "level", &level, error) ||
      !get_word(query, kind, "level", levels, &number, error))
    return FALSE;
  self->query.source = SHOPCAISSE_LIST_JOURNAL;
  self->query.level = g_strdup(level);
  self->query.subject = g_strdup(subject);
  self->is_long = subject != NULL || level != NULL || self->query.words != NULL;
  return TRUE;
}

/* A copy in *copy, one of @known if that is given. */
static gboolean
take_text(GVariant *query,
          const char *kind,
          const char *key,
          const char *const *known,
          char **copy,
          GError **error)
{
  const char *text = NULL;

  if (!get_text(query, kind, key, &text, error))
    return FALSE;
  if (text != NULL && known != NULL && !g_strv_contains(known, text))
    return refuse(kind, key, text, error);
  *copy = g_strdup(text);
  return TRUE;
}

static gboolean
parse_orders(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  int moment = FALSE;

  if (!get_word(query, kind, "sort", moments, &moment, error) ||
      !take_text(query, kind, "state", order_states, &self->state, error) ||
      !take_text(query, kind, "sale", NULL, &self->sale, error) ||
      !take_text(query, kind, "search", NULL, &self->text, error))
    return FALSE;
  self->is_newest_first = moment;
  return TRUE;
}

static gboolean
parse_plan(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  return refuse_order(kind, query, error) &&
         take_text(query, kind, "plan", NULL, &self->plan, error) &&
         take_text(query, kind, "change", changes, &self->change, error) &&
         take_text(query, kind, "state", line_states, &self->state, error);
}

static gboolean
parse_places(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  return refuse_order(kind, query, error) && get_search(self, kind, query, error);
}

static gboolean
parse_suggestions(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  return refuse_order(kind, query, error) &&
         take_text(query, kind, "item", NULL, &self->item, error) &&
         take_text(query, kind, "article", NULL, &self->article, error);
}

static gboolean
parse_timeline(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  return refuse_order(kind, query, error) &&
         take_text(query, kind, "sale", NULL, &self->sale, error);
}

static gboolean
parse_plain(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error)
{
  (void)self;
  return refuse_order(kind, query, error);
}

static const struct {
  const char *kind;
  gboolean (*parse)(ShopcaisseListAsked *self, const char *kind, GVariant *query, GError **error);
} kinds[] = {
  { "articles", parse_catalogue },
  { "checklist", parse_plain },
  { "companies", parse_places },
  { "facts", parse_plain },
  { "flows", parse_plain },
  { "items", parse_catalogue },
  { "journal", parse_journal },
  { "links", parse_plain },
  { "orders", parse_orders },
  { "plan", parse_plan },
  { "price-lists", parse_plain },
  { "registers", parse_places },
  { "rights", parse_plain },
  { "stores", parse_places },
  { "suggestions", parse_suggestions },
  { "timeline", parse_timeline },
};

/**
 * shopcaisse_list_asked_parse:
 * @self: (out caller-allocates): what is asked; all zero before
 * @kind: which list
 * @query: (nullable): a{sv}
 * @error: return location for an error
 *
 * Reads a query.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a list, or a value, that is not known.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_list_asked_parse(ShopcaisseListAsked *self,
                            const char *kind,
                            GVariant *query,
                            GError **error)
{
  if (query != NULL)
    g_variant_lookup(query, "whole", "b", &self->query.is_whole);
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (g_str_equal(kinds[i].kind, kind))
      return kinds[i].parse(self, kind, query, error);
  }
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no list \"%s\"", kind);
  return FALSE;
}
