/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's words, from what it lists and from what its sales say. What cannot be learnt is no
 * reason to stop: a sale names what it says. */
#include "engine/learn.h"

#include "engine/context.h"
#include "engine/prepare.h"
#include "engine/progress.h"
#include "engine/vocabulary-settings.h"
#include "model/row.h"
#include "model/text.h"

#define WORDS_LIMIT 64

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseWordKind kind;
} Lesson;

static void listed_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

static void
ask(ShopcaisseContext *context, ShopcaisseWordKind kind)
{
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);
  Lesson *lesson = g_new0(Lesson, 1);

  lesson->context = context;
  lesson->kind = kind;
  g_variant_dict_insert(&query, "limit", "u", (guint32)WORDS_LIMIT);
  context->host->ask(context->host,
                     kind == SHOPCAISSE_WORD_STATUS ? SHOPCAISSE_ASK_LIST_STATUSES
                                                    : SHOPCAISSE_ASK_LIST_METHODS,
                     g_variant_dict_end(&query), listed_cb, lesson);
}

/**
 * shopcaisse_learn_host:
 * @context: the engine's parts
 *
 * Asks the host for its words. It answers later; a host that has none is not asked.
 */
void
shopcaisse_learn_host(ShopcaisseContext *context)
{
  if ((context->host->features & COMPTOIR_HOST_LIST_SALE_STATUSES) != 0)
    ask(context, SHOPCAISSE_WORD_STATUS);
  if ((context->host->features & COMPTOIR_HOST_LIST_PAYMENT_METHODS) != 0)
    ask(context, SHOPCAISSE_WORD_METHOD);
}

/* What the host says a way of paying is: a word of the contract. */
static const char *
read_method_hint(GVariant *row, const char *id)
{
  g_autofree char *kind = NULL;
  const char *hint = "";

  if (shopcaisse_row_get_text(row, "kind", SHOPCAISSE_ROW_OPTIONAL, &kind, NULL) && kind != NULL)
    hint = shopcaisse_word_get_default(SHOPCAISSE_WORD_METHOD, kind);
  return *hint != '\0' ? hint : shopcaisse_word_get_default(SHOPCAISSE_WORD_METHOD, id);
}

static const char *
read_status_hint(GVariant *row)
{
  gboolean is_sold = TRUE;

  (void)shopcaisse_row_get_boolean(row, "sold", &is_sold, NULL); /* else it stays as it is */
  return is_sold ? "true" : "false";
}

static GPtrArray *
read_words(GVariant *answer, ShopcaisseWordKind kind)
{
  GPtrArray *words = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_word_free);
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; rows != NULL && i < MIN(WORDS_LIMIT, g_variant_n_children(rows)); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *id = NULL;
    g_autofree char *name = NULL;

    if (!shopcaisse_row_get_id(row, "id", SHOPCAISSE_ROW_REQUIRED, &id, NULL) ||
        !shopcaisse_row_get_text(row, "name", SHOPCAISSE_ROW_OPTIONAL, &name, NULL))
      continue;
    g_ptr_array_add(words, shopcaisse_word_new(id, name,
                                               kind == SHOPCAISSE_WORD_STATUS
                                                   ? read_status_hint(row)
                                                   : read_method_hint(row, id)));
  }
  return words;
}

/* A sale that waits for a word may go now. */
static gboolean
store_words(const Lesson *lesson, GPtrArray *words, GError **error)
{
  ShopcaisseContext *context = lesson->context;

  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if (shopcaisse_vocabulary_replace(context, lesson->kind, words, error) &&
      (!context->configuration->has_new_words || shopcaisse_prepare_held(context, error)) &&
      shopcaisse_database_commit(context->database, error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  return FALSE;
}

static void
listed_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  g_autofree Lesson *lesson = user_data;
  g_autoptr(GPtrArray) words = NULL;
  g_autoptr(GError) store_error = NULL;

  (void)cost_us;
  if (error != NULL) {
    g_debug("the host's words: %s", error->message);
    return;
  }
  if (lesson->context->is_closing)
    return;
  words = read_words(answer, lesson->kind);
  if (!store_words(lesson, words, &store_error)) {
    g_warning("the host's words: %s, ignoring", store_error->message);
    return;
  }
  shopcaisse_learn_tell(lesson->context);
  shopcaisse_progress_tell(lesson->context);
  shopcaisse_worker_wake(lesson->context->worker);
}

static gboolean
learn_word(ShopcaisseContext *context, ShopcaisseWordKind kind, const char *id, GError **error)
{
  return !shopcaisse_text_is_id(id) || shopcaisse_vocabulary_learn(context, kind, id, error);
}

/**
 * shopcaisse_learn_sale:
 * @context: the engine's parts
 * @sale: a sale
 * @error: return location for an error
 *
 * Notes the words of a sale that are new. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_learn_sale(ShopcaisseContext *context, const ShopcaisseSale *sale, GError **error)
{
  if (sale->status != NULL && !learn_word(context, SHOPCAISSE_WORD_STATUS, sale->status, error))
    return FALSE;
  if (sale->order_word != NULL &&
      !learn_word(context, SHOPCAISSE_WORD_TYPE, sale->order_word, error))
    return FALSE;
  for (guint i = 0; i < sale->payments->len; i++) {
    const char *method = ((const ShopcaissePayment *)sale->payments->pdata[i])->method;

    /* What the contract explains needs no choice. */
    if (*shopcaisse_word_get_default(SHOPCAISSE_WORD_METHOD, method) == '\0' &&
        !learn_word(context, SHOPCAISSE_WORD_METHOD, method, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_learn_tell:
 * @context: the engine's parts
 *
 * Shows the settings anew when there are words that were not there before.
 */
void
shopcaisse_learn_tell(ShopcaisseContext *context)
{
  if (!context->configuration->has_new_words)
    return;
  context->configuration->has_new_words = FALSE;
  shopcaisse_context_tell_settings(context);
}
