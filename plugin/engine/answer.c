/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer that is given later, once. */
#include "engine/answer.h"

struct ShopcaisseAnswer {
  GMainContext *context; /* (owned) */
  ShopcaisseAnswerFunc callback;
  gpointer user_data;
  GVariant *value; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
};

static gboolean
give_cb(gpointer user_data)
{
  ShopcaisseAnswer *self = user_data;

  self->callback(self->value, self->error, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
free_answer(gpointer data)
{
  ShopcaisseAnswer *self = data;

  g_main_context_unref(self->context);
  g_clear_pointer(&self->value, g_variant_unref);
  g_clear_error(&self->error);
  g_free(self);
}

static void
give_later(ShopcaisseAnswer *self)
{
  g_autoptr(GSource) source = g_idle_source_new();

  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, give_cb, self, free_answer);
  g_source_attach(source, self->context);
}

/**
 * shopcaisse_answer_new:
 * @context: where @callback is called
 * @callback: called once
 * @user_data: for @callback
 *
 * Returns: (transfer full): an answer to give
 */
ShopcaisseAnswer *
shopcaisse_answer_new(GMainContext *context, ShopcaisseAnswerFunc callback, gpointer user_data)
{
  ShopcaisseAnswer *self = g_new0(ShopcaisseAnswer, 1);

  self->context = g_main_context_ref(context);
  self->callback = callback;
  self->user_data = user_data;
  return self;
}

/**
 * shopcaisse_answer_take:
 * @self: (transfer full): the answer
 * @value: (transfer floating): a{sv}
 *
 * Answers well.
 */
void
shopcaisse_answer_take(ShopcaisseAnswer *self, GVariant *value)
{
  self->value = g_variant_take_ref(value);
  give_later(self);
}

/**
 * shopcaisse_answer_fail:
 * @self: (transfer full): the answer
 * @error: (transfer full): why
 *
 * Answers badly.
 */
void
shopcaisse_answer_fail(ShopcaisseAnswer *self, GError *error)
{
  self->error = error;
  give_later(self);
}

/**
 * shopcaisse_answer_fail_copy:
 * @self: (transfer full): the answer
 * @error: why
 *
 * Answers badly.
 */
void
shopcaisse_answer_fail_copy(ShopcaisseAnswer *self, const GError *error)
{
  shopcaisse_answer_fail(self, g_error_copy(error));
}
