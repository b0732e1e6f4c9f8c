/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A host's words, kept as one text of a(sss) for each kind. What a person chose for a word is a
 * setting of its own: engine/vocabulary-settings.c. */
#include "engine/vocabulary.h"

#include "engine/context.h"
#include "engine/vocabulary-settings.h"
#include "store/settings.h"

#define WORDS_MAX 64 /* of a kind */

static const char *const list_keys[] = {
  [SHOPCAISSE_WORD_STATUS] = "host-statuses",
  [SHOPCAISSE_WORD_METHOD] = "host-methods",
  [SHOPCAISSE_WORD_TYPE] = "host-types",
};

/**
 * shopcaisse_word_new:
 * @id: what a sale says
 * @name: (nullable): for people; %NULL or "": @id
 * @hint: what it means until a person says
 *
 * Returns: (transfer full): a word
 */
ShopcaisseWord *
shopcaisse_word_new(const char *id, const char *name, const char *hint)
{
  ShopcaisseWord *self = g_new0(ShopcaisseWord, 1);

  self->id = g_strdup(id);
  self->name = g_strdup(name != NULL && *name != '\0' ? name : id);
  self->hint = g_strdup(hint);
  return self;
}

/**
 * shopcaisse_word_free:
 * @self: (nullable): a word
 *
 * Releases it.
 */
void
shopcaisse_word_free(ShopcaisseWord *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_free(self->hint);
  g_free(self);
}

static GPtrArray *
parse_words(const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_word_free);
  g_autoptr(GVariant) list =
      text != NULL ? g_variant_parse(G_VARIANT_TYPE("a(sss)"), text, NULL, NULL, NULL) : NULL;
  GVariantIter iter;
  const char *id = NULL;
  const char *name = NULL;
  const char *hint = NULL;

  if (list == NULL)
    return words;
  g_variant_iter_init(&iter, list);
  while (g_variant_iter_next(&iter, "(&s&s&s)", &id, &name, &hint))
    g_ptr_array_add(words, shopcaisse_word_new(id, name, hint));
  return words;
}

static char *
print_words(const GPtrArray *words)
{
  g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(sss)"));
  g_autoptr(GVariant) value = NULL;

  for (guint i = 0; i < words->len; i++) {
    const ShopcaisseWord *word = words->pdata[i];

    g_variant_builder_add(&list, "(sss)", word->id, word->name, word->hint);
  }
  value = g_variant_ref_sink(g_variant_builder_end(&list));
  return g_variant_print(value, TRUE);
}

/**
 * shopcaisse_vocabulary_list:
 * @database: the store
 * @kind: of which words
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type ShopcaisseWord): what is known, in the host's order; %NULL
 *   with %COMPTOIR_ERROR_STORAGE
 */
GPtrArray *
shopcaisse_vocabulary_list(ShopcaisseDatabase *database, ShopcaisseWordKind kind, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autofree char *text = shopcaisse_settings_get(database, list_keys[kind], &read_error);

  if (read_error == NULL)
    return parse_words(text);
  g_propagate_error(error, g_steal_pointer(&read_error));
  return NULL;
}

static ShopcaisseWord *
find_word(const GPtrArray *words, const char *id)
{
  for (guint i = 0; i < words->len; i++) {
    ShopcaisseWord *word = words->pdata[i];

    if (g_str_equal(word->id, id))
      return word;
  }
  return NULL;
}

static gboolean
write_words(ShopcaisseContext *context,
            ShopcaisseWordKind kind,
            const GPtrArray *words,
            GError **error)
{
  g_autofree char *text = print_words(words);
  g_autofree char *known = shopcaisse_settings_get(context->database, list_keys[kind], NULL);

  if (g_strcmp0(text, known) == 0)
    return TRUE;
  /* There are other settings to show, after the commit. */
  context->configuration->has_new_words = TRUE;
  return shopcaisse_settings_set(context->database, list_keys[kind], text, error);
}

/**
 * shopcaisse_vocabulary_replace:
 * @context: the engine's parts
 * @kind: of which words
 * @words: (inout) (element-type ShopcaisseWord): what the host lists
 * @error: return location for an error
 *
 * Notes the host's list. Words that only its sales have said stay behind them.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_vocabulary_replace(ShopcaisseContext *context,
                              ShopcaisseWordKind kind,
                              GPtrArray *words,
                              GError **error)
{
  g_autoptr(GPtrArray) known = shopcaisse_vocabulary_list(context->database, kind, error);

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < known->len; i++) {
    const ShopcaisseWord *word = known->pdata[i];

    /* One that was never listed has no name but itself. */
    if (find_word(words, word->id) == NULL && g_str_equal(word->id, word->name))
      g_ptr_array_add(words, shopcaisse_word_new(word->id, word->name, word->hint));
  }
  g_ptr_array_set_size(words, MIN((int)words->len, WORDS_MAX));
  return write_words(context, kind, words, error);
}

/**
 * shopcaisse_vocabulary_learn:
 * @context: the engine's parts
 * @kind: of which words
 * @id: what a sale says
 * @error: return location for an error
 *
 * Notes a word that is new. A status that nobody listed is one to send; what a way of paying means
 * is not known.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_vocabulary_learn(ShopcaisseContext *context,
                            ShopcaisseWordKind kind,
                            const char *id,
                            GError **error)
{
  g_autoptr(GPtrArray) words = shopcaisse_vocabulary_list(context->database, kind, error);

  if (words == NULL)
    return FALSE;
  if (words->len >= WORDS_MAX || find_word(words, id) != NULL)
    return TRUE;
  g_ptr_array_add(words, shopcaisse_word_new(id, NULL, shopcaisse_word_get_default(kind, id)));
  return write_words(context, kind, words, error);
}

/**
 * shopcaisse_vocabulary_dup_name:
 * @database: the store
 * @kind: of which words
 * @id: a word
 *
 * Returns: (transfer full): its name for people, @id when nobody named it
 */
char *
shopcaisse_vocabulary_dup_name(ShopcaisseDatabase *database,
                               ShopcaisseWordKind kind,
                               const char *id)
{
  g_autoptr(GPtrArray) words = shopcaisse_vocabulary_list(database, kind, NULL);
  const ShopcaisseWord *word = words != NULL ? find_word(words, id) : NULL;

  return g_strdup(word != NULL ? word->name : id);
}

/**
 * shopcaisse_vocabulary_dup_meaning:
 * @database: the store
 * @kind: of which words
 * @id: a word
 *
 * Tells what a word means: what a person chose, else what the host says, else what the contract
 * says.
 *
 * Returns: (transfer full): of a status "true" when it is sent, else "false"; of a method "online"
 *   or "other", of a kind of order the service's word, "" when nobody knows
 */
char *
shopcaisse_vocabulary_dup_meaning(ShopcaisseDatabase *database,
                                  ShopcaisseWordKind kind,
                                  const char *id)
{
  g_autofree char *key = shopcaisse_word_dup_key(kind, id);
  g_autofree char *chosen = shopcaisse_settings_get(database, key, NULL);
  g_autoptr(GPtrArray) words = NULL;
  const ShopcaisseWord *word = NULL;

  if (chosen != NULL && *chosen != '\0')
    return g_steal_pointer(&chosen);
  words = shopcaisse_vocabulary_list(database, kind, NULL);
  word = words != NULL ? find_word(words, id) : NULL;
  if (word != NULL && *word->hint != '\0')
    return g_strdup(word->hint);
  return g_strdup(shopcaisse_word_get_default(kind, id));
}

/**
 * shopcaisse_vocabulary_wants_any_status:
 * @database: the store
 *
 * Returns: whether a person has a status sent in which the host counts nothing as sold
 */
gboolean
shopcaisse_vocabulary_wants_any_status(ShopcaisseDatabase *database)
{
  g_autoptr(GPtrArray) words = shopcaisse_vocabulary_list(database, SHOPCAISSE_WORD_STATUS, NULL);

  for (guint i = 0; words != NULL && i < words->len; i++) {
    const ShopcaisseWord *word = words->pdata[i];
    g_autofree char *meaning =
        shopcaisse_vocabulary_dup_meaning(database, SHOPCAISSE_WORD_STATUS, word->id);

    if (g_str_equal(word->hint, "false") && g_str_equal(meaning, "true"))
      return TRUE;
  }
  return FALSE;
}
