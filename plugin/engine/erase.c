/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "Erase this customer", from the question to the files: noted first, so that it is finished
 * whatever happens; then the rows, a slice at a time; then what they left behind. */
#include "engine/erase.h"

#include "config.h"
#include "engine/progress.h"
#include "engine/wash.h"
#include "store/erasures.h"

#include <glib/gi18n-lib.h>

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) (nullable): nobody waits for one that is resumed */
  ShopcaisseWalk *walk;       /* (owned) */
  guint n_set_aside;
  gint64 id; /* of the row; 0: nothing is erased */
} Erasure;

static void looked_cb(const GError *error, gpointer user_data);
static gboolean forget_cb(gpointer user_data, GError **error);
static void erased_cb(const GError *error, gpointer user_data);
static void washed_cb(const GError *error, gpointer user_data);

static void
free_erasure(Erasure *self)
{
  shopcaisse_walk_free(self->walk);
  g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Erasure, free_erasure)

static Erasure *
new_erasure(ShopcaisseContext *context, ShopcaissePerson *person, ShopcaisseWalkPurpose purpose)
{
  Erasure *self = g_new0(Erasure, 1);

  self->context = context;
  self->walk = shopcaisse_walk_new(context, person, purpose);
  self->n_set_aside = shopcaisse_database_count_set_aside(context->database);
  return self;
}

static void
fail(Erasure *self, const GError *error)
{
  if (self->answer != NULL)
    shopcaisse_answer_fail_copy(self->answer, error);
  else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning("a customer is not erased yet, retrying at the next start: %s", error->message);
}

static void
answer(Erasure *self)
{
  const ShopcaisseWalk *walk = self->walk;
  g_autofree char *message = shopcaisse_erase_describe(walk, self->n_set_aside);

  if (self->answer != NULL)
    shopcaisse_answer_take(
        self->answer,
        g_variant_new_parsed("{'sales': <%u>, 'waiting': <%u>, 'on_the_way': <%u>, 'texts': <%u>,"
                             " 'settings': <%u>, 'set_aside': <%u>, 'message': <%s>}",
                             walk->n_sales, walk->n_waiting, walk->n_on_the_way, walk->n_texts,
                             walk->n_settings, self->n_set_aside, message));
}

static void
looked_cb(const GError *error, gpointer user_data)
{
  g_autoptr(Erasure) self = user_data;

  if (error != NULL)
    fail(self, error);
  else
    answer(self);
}

/**
 * shopcaisse_erase_plan:
 * @context: the engine's parts
 * @argument: a{sv}: a customer
 * @answer: (transfer full): for whoever asked: what is kept of the customer, counted
 *
 * Looks what erasing a customer would change. Nothing is changed.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when nobody is named, %COMPTOIR_ERROR_STORAGE, or
 * %G_IO_ERROR_CANCELLED when the channel closes.
 */
void
shopcaisse_erase_plan(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  ShopcaissePerson *person = shopcaisse_person_parse(argument, &error);
  Erasure *self = NULL;

  if (person == NULL)
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  self = new_erasure(context, person, SHOPCAISSE_WALK_LOOK);
  self->answer = answer;
  shopcaisse_walk_run(self->walk, NULL, looked_cb, self);
}

/* Rows are clean: who it was is written nowhere from here on. */
static gboolean
forget_cb(gpointer user_data, GError **error)
{
  Erasure *self = user_data;

  return shopcaisse_erasures_forget(self->context->database, self->id, error) &&
         shopcaisse_context_journal(self->context, SHOPCAISSE_JOURNAL_INFO, "customers", "",
                                    _("a customer was erased"), error);
}

static ShopcaisseMask *
copy_traces(Erasure *self)
{
  return shopcaisse_mask_copy(shopcaisse_person_get_traces(self->walk->person));
}

static void
erased_cb(const GError *error, gpointer user_data)
{
  Erasure *self = user_data;

  shopcaisse_context_step(self->context, "erased", "");
  if (error != NULL) {
    (void)shopcaisse_configuration_reload(self->context->configuration, self->context->database,
                                          NULL);
    fail(self, error);
    free_erasure(self);
    return;
  }
  if (self->walk->n_settings > 0)
    shopcaisse_context_tell_settings(self->context);
  shopcaisse_progress_tell(self->context);
  shopcaisse_worker_wake(self->context->worker);
  shopcaisse_wash_run(self->context, self->id, copy_traces(self), washed_cb, self);
}

static void
washed_cb(const GError *error, gpointer user_data)
{
  g_autoptr(Erasure) self = user_data;

  if (error != NULL)
    fail(self, error);
  else
    answer(self);
}

static void
start(Erasure *self, gint64 id)
{
  self->id = id;
  shopcaisse_walk_run(self->walk, forget_cb, erased_cb, self);
}

/**
 * shopcaisse_erase_customer:
 * @context: the engine's parts
 * @argument: a{sv}: a customer
 * @answer: (transfer full): for whoever asked: what was erased, counted, once the files are clean
 *
 * Erases a customer from everything that is kept here. No order is lost for it: what the service
 * has not accepted goes without the customer, what it may have accepted is erased once that is
 * known.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when nobody is named, and with %COMPTOIR_ERROR_STORAGE or
 * %G_IO_ERROR_CANCELLED when the rest is done at the next start.
 */
void
shopcaisse_erase_customer(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  ShopcaissePerson *person = shopcaisse_person_parse(argument, &error);
  Erasure *self = NULL;
  gint64 id = 0;

  if (person == NULL)
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  self = new_erasure(context, person, SHOPCAISSE_WALK_ERASE);
  self->answer = answer;
  if (!shopcaisse_erasures_add(context->database, shopcaisse_person_get_row(person), &id, &error)) {
    fail(self, error);
    free_erasure(self);
    return;
  }
  shopcaisse_context_step(context, "noted", "");
  start(self, id);
}

static void
resume(ShopcaisseContext *context, const ShopcaisseErasure *erasure)
{
  ShopcaissePerson *person =
      erasure->customer != NULL ? shopcaisse_person_parse(erasure->customer, NULL) : NULL;

  if (person != NULL)
    start(new_erasure(context, person, SHOPCAISSE_WALK_ERASE), erasure->id);
  else
    shopcaisse_wash_run(context, erasure->id, NULL, NULL, NULL);
}

/**
 * shopcaisse_erase_resume:
 * @context: the engine's parts
 *
 * Finishes the erasures that were begun, from their beginning: what is erased already is passed
 * over.
 */
void
shopcaisse_erase_resume(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) erasures = shopcaisse_erasures_list(context->database, &error);

  if (erasures == NULL) {
    g_warning("erasures that were begun cannot be read: %s", error->message);
    return;
  }
  for (guint i = 0; i < erasures->len; i++)
    resume(context, erasures->pdata[i]);
}
