/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tells what a plan says and how far it has come: its first thousand lines, and how many it has. */
#include "engine/context.h"
#include "engine/plan.h"
#include "engine/slices.h"
#include "store/plans.h"

#define ROWS_MAX  1000
#define ROWS_EACH 5

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *plan_id;              /* (owned) */
  GVariant *extra;            /* (owned): a{sv}: what else to tell */
  GHashTable *counts;         /* (owned) (element-type utf8 guint): lines by change and state */
  guint n_counted;
  gboolean is_counted;
  GVariantBuilder rows;
  guint position; /* of the first line that is not told */
} Description;

static gboolean describe_step(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void described_cb(const GError *error, gpointer user_data);

/**
 * shopcaisse_plan_describe:
 * @context: the engine's parts
 * @plan_id: a plan
 * @extra: (transfer floating): a{sv}: what else to tell
 * @answer: (transfer full): for whoever asked
 *
 * Tells what a plan says and how far it has come.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE, or %G_IO_ERROR_CANCELLED when the channel closes.
 */
void
shopcaisse_plan_describe(ShopcaisseContext *context,
                         const char *plan_id,
                         GVariant *extra,
                         ShopcaisseAnswer *answer)
{
  Description *self = g_new0(Description, 1);

  self->context = context;
  self->answer = answer;
  self->plan_id = g_strdup(plan_id);
  self->extra = g_variant_ref_sink(extra);
  self->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_variant_builder_init(&self->rows, G_VARIANT_TYPE("aa{sv}"));
  shopcaisse_slices_run(context, describe_step, described_cb, self);
}

static GVariant *
describe_line(const ShopcaissePlanLine *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "change", "s", line->change);
  g_variant_dict_insert(&row, "id", "s", line->article_id);
  g_variant_dict_insert(&row, "external_id", "s", line->item_id);
  g_variant_dict_insert(&row, "name", "s", line->name);
  g_variant_dict_insert(&row, "reason", "s", line->reason);
  g_variant_dict_insert(&row, "state", "s", line->state);
  g_variant_dict_insert(&row, "message", "s", line->message);
  g_variant_dict_insert_value(&row, "before", line->before);
  g_variant_dict_insert_value(&row, "after", line->after);
  return g_variant_dict_end(&row);
}

static gboolean
count_lines(Description *self, guint limit, GError **error)
{
  g_autoptr(GVariant) counts =
      shopcaisse_plans_count(self->context->database, self->plan_id, self->n_counted, limit, error);
  GVariantIter iter;
  const char *name = NULL;
  guint32 count = 0;

  if (counts == NULL)
    return FALSE;
  self->n_counted += limit;
  self->is_counted = g_variant_iter_init(&iter, counts) == 0;
  while (g_variant_iter_next(&iter, "{&su}", &name, &count)) {
    count += GPOINTER_TO_UINT(g_hash_table_lookup(self->counts, name));
    g_hash_table_replace(self->counts, g_strdup(name), GUINT_TO_POINTER(count));
  }
  return TRUE;
}

/* Telling a line costs more than counting it. */
static gboolean
describe_step(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Description *self = user_data;
  guint n_wanted = MIN(limit, ROWS_MAX - self->position);
  g_autoptr(GPtrArray) lines = NULL;

  if (!self->is_counted)
    return count_lines(self, ROWS_EACH * limit, error);
  lines = shopcaisse_plans_list_lines(self->context->database, self->plan_id, NULL, self->position,
                                      n_wanted, error);
  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    g_variant_builder_add_value(&self->rows, describe_line(lines->pdata[i]));
  self->position += lines->len;
  *is_done = lines->len < n_wanted || self->position >= ROWS_MAX;
  return TRUE;
}

static void
insert_count(GVariantDict *dict, GHashTable *counts, const char *from, const char *to)
{
  g_variant_dict_insert(dict, to, "u",
                        (guint32)GPOINTER_TO_UINT(g_hash_table_lookup(counts, from)));
}

static GVariant *
build_answer(Description *self)
{
  static const char *const names[][2] = {
    { "create", "create" },       { "update", "update" },       { "delete", "delete" },
    { "link", "links" },          { "ambiguous", "ambiguous" }, { "state:done", "done" },
    { "state:failed", "failed" }, { "state:undone", "undone" },
  };
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(self->extra);

  g_variant_dict_insert(&dict, "plan", "s", self->plan_id);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    insert_count(&dict, self->counts, names[i][0], names[i][1]);
  g_variant_dict_insert_value(&dict, "rows", g_variant_builder_end(&self->rows));
  return g_variant_dict_end(&dict);
}

static void
described_cb(const GError *error, gpointer user_data)
{
  Description *self = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(self->answer, error);
  else
    shopcaisse_answer_take(self->answer, build_answer(self));
  g_variant_builder_clear(&self->rows);
  g_hash_table_unref(self->counts);
  g_variant_unref(self->extra);
  g_free(self->plan_id);
  g_free(self);
}
