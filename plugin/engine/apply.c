/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Does what a plan says, batch by batch, or takes it back. Each line has a key, so that a batch
 * which was done and not answered can be said again. */
#include "config.h"
#include "engine/articles.h"
#include "engine/context.h"
#include "engine/plan.h"
#include "engine/prepare.h"
#include "engine/progress.h"
#include "engine/slices.h"
#include "model/text.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/plans.h"

#include <glib/gi18n-lib.h>

#define BATCH_MAX 50

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *plan_id;              /* (owned) */
  ShopcaissePlanDirection direction;
  GPtrArray *lines; /* (owned) (nullable): the batch the host has */
  GVariant *rows;   /* (owned) (nullable): what it is asked to change */
  guint position;   /* of the first line after the batch */
  guint batch;      /* lines the host gets at once */
  guint n_done;
  GPtrArray *finished; /* (owned) (element-type ShopcaissePlanLine): of the batch; not owned each */
  guint n_copied;      /* of these, whose articles we have, too */
} Execution;

static gboolean take_batch(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void taken_cb(const GError *error, gpointer user_data);
static void applied_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);
static gboolean copy_articles(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void copied_cb(const GError *error, gpointer user_data);

static gboolean
is_undo(const Execution *self)
{
  return self->direction == SHOPCAISSE_PLAN_UNDO;
}

static void
end_execution(Execution *self, const GError *error)
{
  self->context->is_applying = FALSE;
  if (error == NULL)
    shopcaisse_plan_describe(self->context, self->plan_id, g_variant_new("a{sv}", NULL),
                             self->answer);
  else
    shopcaisse_answer_fail_copy(self->answer, error);
  shopcaisse_context_catalogue_changed(self->context);
  shopcaisse_context_list_changed(self->context, "plan");
  shopcaisse_worker_wake(self->context->worker);
  g_ptr_array_unref(self->finished);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_clear_pointer(&self->rows, g_variant_unref);
  g_free(self->plan_id);
  g_free(self);
}

static char *
make_key(const Execution *self, const ShopcaissePlanLine *line)
{
  return g_strdup_printf("%s%s:%u", self->plan_id, is_undo(self) ? ":undo" : "", line->position);
}

static gboolean
is_wanted(const Execution *self, const ShopcaissePlanLine *line)
{
  if (is_undo(self))
    return g_str_equal(line->state, "done");
  return g_str_equal(line->state, "planned") || g_str_equal(line->state, "failed");
}

static const char *
get_change(const Execution *self, const ShopcaissePlanLine *line)
{
  if (is_undo(self) && g_str_equal(line->change, "create"))
    return "delete";
  return line->change;
}

static GVariant *
build_change(const Execution *self, const ShopcaissePlanLine *line)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *key = make_key(self, line);

  g_variant_dict_insert(&row, "key", "s", key);
  g_variant_dict_insert(&row, "change", "s", get_change(self, line));
  if (*line->article_id != '\0')
    g_variant_dict_insert(&row, "id", "s", line->article_id);
  g_variant_dict_insert_value(&row, "fields", is_undo(self) ? line->before : line->after);
  return g_variant_dict_end(&row);
}

/* A link is ours alone; it is done at once. */
static gboolean
move_link(Execution *self, ShopcaissePlanLine *line, GError **error)
{
  ShopcaisseContext *context = self->context;
  g_autoptr(GError) link_error = NULL;
  gboolean ok =
      is_undo(self)
          ? shopcaisse_links_remove(context->database, line->article_id, &link_error)
          : shopcaisse_links_add(context->database, line->article_id, line->item_id, line->reason,
                                 shopcaisse_context_get_now(context), &link_error);

  if (!ok && !g_error_matches(link_error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&link_error));
    return FALSE;
  }
  shopcaisse_text_replace(&line->state, !ok ? "failed" : is_undo(self) ? "undone" : "done");
  shopcaisse_text_replace(&line->message, ok ? "" : link_error->message);
  self->n_done += ok ? 1 : 0;
  return shopcaisse_plans_set_line(context->database, self->plan_id, line, error);
}

static gboolean
fail_line(Execution *self, ShopcaissePlanLine *line, const char *message, GError **error)
{
  shopcaisse_text_replace(&line->state, "failed");
  shopcaisse_text_replace(&line->message, message);
  return shopcaisse_plans_set_line(self->context->database, self->plan_id, line, error) &&
         shopcaisse_context_journal(self->context, SHOPCAISSE_JOURNAL_WARNING, "articles",
                                    line->name, message, error);
}

/* What the host made or deleted gets its link, or loses it. */
static gboolean
follow_creation(Execution *self, ShopcaissePlanLine *line, const char *id, GError **error)
{
  ShopcaisseContext *context = self->context;

  if (is_undo(self))
    return shopcaisse_links_remove(context->database, line->article_id, error);
  return shopcaisse_links_add(context->database, id, line->item_id, "import",
                              shopcaisse_context_get_now(context), error);
}

/* Our copy of the article, as the host has it now. */
static gboolean
note_article(Execution *self, const ShopcaissePlanLine *line, GError **error)
{
  gboolean is_creation = g_str_equal(line->change, "create");
  gboolean is_deletion = g_str_equal(line->change, "delete");
  g_autoptr(GVariant) fields = NULL;

  if ((is_creation && is_undo(self)) || (is_deletion && !is_undo(self)))
    fields = g_variant_ref_sink(g_variant_new_parsed("{'deleted': <true>}"));
  else
    fields = g_variant_ref(is_undo(self) ? line->before : line->after);
  return shopcaisse_articles_note_written(self->context, line->article_id, fields, error);
}

static gboolean
finish_line(Execution *self, ShopcaissePlanLine *line, const char *id, GError **error)
{
  gboolean is_creation = g_str_equal(line->change, "create");
  g_autoptr(GError) link_error = NULL;

  if (is_creation && !follow_creation(self, line, id, &link_error)) {
    /* Somebody linked one of the two meanwhile: that is no reason to stop all other lines. */
    if (g_error_matches(link_error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT))
      return fail_line(self, line, link_error->message, error);
    g_propagate_error(error, g_steal_pointer(&link_error));
    return FALSE;
  }
  if (is_creation && !is_undo(self))
    shopcaisse_text_replace(&line->article_id, id);
  shopcaisse_text_replace(&line->state, is_undo(self) ? "undone" : "done");
  shopcaisse_text_replace(&line->message, "");
  self->n_done++;
  g_ptr_array_add(self->finished, line);
  return shopcaisse_plans_set_line(self->context->database, self->plan_id, line, error);
}

static ShopcaissePlanLine *
find_line(const Execution *self, const char *key)
{
  for (guint i = 0; i < self->lines->len; i++) {
    g_autofree char *line_key = make_key(self, self->lines->pdata[i]);

    if (g_str_equal(line_key, key))
      return self->lines->pdata[i];
  }
  return NULL;
}

static gboolean
note_answer(Execution *self, GVariant *row, GError **error)
{
  const char *key = "";
  const char *status = "";
  const char *message = _("the host did not say why");
  const char *id = "";
  ShopcaissePlanLine *line = NULL;

  g_variant_lookup(row, "key", "&s", &key);
  g_variant_lookup(row, "status", "&s", &status);
  g_variant_lookup(row, "message", "&s", &message);
  g_variant_lookup(row, "id", "&s", &id);
  line = find_line(self, key);
  if (line == NULL)
    return TRUE;
  if (g_str_equal(status, "done") && (*id != '\0' || *line->article_id != '\0'))
    return finish_line(self, line, id, error);
  return fail_line(self, line, message, error);
}

static gboolean
note_answers(Execution *self, GVariant *rows, GError **error)
{
  GVariantIter iter;
  GVariant *row = NULL;

  if (!shopcaisse_database_begin(self->context->database, error))
    return FALSE;
  g_variant_iter_init(&iter, rows);
  while ((row = g_variant_iter_next_value(&iter)) != NULL) {
    g_autoptr(GVariant) owned = row;

    if (!note_answer(self, owned, error)) {
      shopcaisse_database_rollback(self->context->database);
      return FALSE;
    }
  }
  return shopcaisse_database_commit(self->context->database, error);
}

static gboolean
end_plan(Execution *self, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  gint64 now = shopcaisse_context_get_now(self->context);
  g_autofree char *text =
      g_strdup_printf(is_undo(self) ? g_dngettext(GETTEXT_PACKAGE, "%u change taken back",
                                                  "%u changes taken back", self->n_done)
                                    : g_dngettext(GETTEXT_PACKAGE, "%u change made",
                                                  "%u changes made", self->n_done),
                      self->n_done);

  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (shopcaisse_plans_set_state(database, self->plan_id, is_undo(self) ? "undone" : "applied", now,
                                 error) &&
      shopcaisse_context_journal(self->context, SHOPCAISSE_JOURNAL_INFO, "articles", "", text,
                                 error) &&
      shopcaisse_prepare_held(self->context, error) && shopcaisse_database_commit(database, error))
    return TRUE;
  shopcaisse_database_rollback(database);
  return FALSE;
}

/* The lines of the next batch; links are done here, the rest is for the host. */
static gboolean
take_batch(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Execution *self = user_data;
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  guint n_rows = 0;

  (void)limit;
  g_clear_pointer(&self->rows, g_variant_unref);
  g_ptr_array_set_size(self->finished, 0);
  self->n_copied = 0;
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  self->lines = shopcaisse_plans_list_lines(self->context->database, self->plan_id, NULL,
                                            self->position, self->batch, error);
  if (self->lines == NULL)
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++) {
    ShopcaissePlanLine *line = self->lines->pdata[i];

    self->position = line->position + 1;
    if (!is_wanted(self, line))
      continue;
    if (!g_str_equal(line->change, "link")) {
      g_variant_builder_add_value(&rows, build_change(self, line));
      n_rows++;
    } else if (!move_link(self, line, error)) {
      return FALSE;
    }
  }
  if (n_rows > 0)
    self->rows = g_variant_ref_sink(g_variant_builder_end(&rows));
  *is_done = n_rows > 0 || self->lines->len < self->batch;
  return TRUE;
}

static void
ask_host(Execution *self)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert_value(&argument, "rows", self->rows);
  self->context->host->ask(self->context->host, SHOPCAISSE_ASK_APPLY_ARTICLES,
                           g_variant_dict_end(&argument), applied_cb, self);
}

static void
taken_cb(const GError *error, gpointer user_data)
{
  Execution *self = user_data;
  g_autoptr(GError) end_error = NULL;

  if (error != NULL)
    return end_execution(self, error);
  if (self->rows != NULL)
    return ask_host(self);
  (void)end_plan(self, &end_error);
  end_execution(self, end_error);
}

static void
next_batch(Execution *self)
{
  shopcaisse_context_list_changed(self->context, "plan");
  shopcaisse_slices_run(self->context, take_batch, taken_cb, self);
}

static void
applied_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  Execution *self = user_data;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GError) note_error = NULL;

  if (error != NULL)
    return end_execution(self, error);
  self->batch = shopcaisse_host_page_adapt(self->batch, BATCH_MAX, cost_us);
  rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  if (rows == NULL)
    note_error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                                     "the host answered changes without rows");
  if (rows == NULL || !note_answers(self, rows, &note_error))
    return end_execution(self, note_error);
  shopcaisse_slices_run_repeatable(self->context, copy_articles, copied_cb, self);
}

/* What is lost of it in a crash is read with the next plan. */
static gboolean
copy_articles(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Execution *self = user_data;
  guint last = MIN(self->finished->len, self->n_copied + limit);

  for (; self->n_copied < last; self->n_copied++) {
    if (!note_article(self, self->finished->pdata[self->n_copied], error))
      return FALSE;
  }
  *is_done = last == self->finished->len;
  return TRUE;
}

static void
copied_cb(const GError *error, gpointer user_data)
{
  Execution *self = user_data;

  if (error != NULL)
    return end_execution(self, error);
  next_batch(self);
}

static gboolean
check_state(ShopcaisseContext *context,
            const char *plan_id,
            ShopcaissePlanDirection direction,
            GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autofree char *state = shopcaisse_plans_get_state(context->database, plan_id, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (state == NULL)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("there is no plan \"%s\""),
                plan_id);
  else if (context->is_applying)
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                        _("a plan is being applied already"));
  else if (direction == SHOPCAISSE_PLAN_APPLY && g_str_equal(state, "undone"))
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                _("plan %s was taken back: make a new one"), plan_id);
  else if (direction == SHOPCAISSE_PLAN_UNDO && g_str_equal(state, "planned"))
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                _("plan %s was never applied: there is nothing to take back"), plan_id);
  else
    return TRUE;
  return FALSE;
}

/**
 * shopcaisse_plan_execute:
 * @context: the engine's parts
 * @plan_id: a plan
 * @direction: apply it, or take it back
 * @answer: (transfer full): for whoever asked
 *
 * Does the lines of a plan that are not done, or takes back those that are.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for an unknown plan, %COMPTOIR_ERROR_BUSY while another is
 * applied, %COMPTOIR_ERROR_CONFLICT when its state does not allow it, %COMPTOIR_ERROR_STORAGE, and
 * with what the host answers. What was done until then stays done.
 */
void
shopcaisse_plan_execute(ShopcaisseContext *context,
                        const char *plan_id,
                        ShopcaissePlanDirection direction,
                        ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  Execution *self = NULL;

  if (!check_state(context, plan_id, direction, &error) ||
      !shopcaisse_plans_set_state(context->database, plan_id, "applying",
                                  shopcaisse_context_get_now(context), &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  self = g_new0(Execution, 1);
  self->context = context;
  self->answer = answer;
  self->plan_id = g_strdup(plan_id);
  self->direction = direction;
  self->batch = SHOPCAISSE_HOST_PAGE_FIRST;
  self->finished = g_ptr_array_new();
  context->is_applying = TRUE;
  next_batch(self);
}
